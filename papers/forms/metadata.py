"""What the pages of a paper's metadata ask for."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.html import escape

from papers.contacts import blot_mail
from papers.corrections import AuthorWords, Corrections
from papers.editing import LONGEST_NAME
from papers.models import Author, ChangeRequest, Paper, PaperLink
from papers.name_splits import list_families, split_at_family
from papers.orcids import read_orcid
from papers.paper_links import read_link
from papers.texts import clean_line
from papers.topics import find_topic, list_topics

MOST_PLACES, LONGEST_PLACE, MOST_AUTHORS = 10, 300, 200
LONGEST_LINK = 500
AUTHOR_PARTS = ("name", "places", "orcid", "mail", "family")
AUTHOR_ROWS = (("name", "family"), ("places",), ("mail", "orcid"))


class MetadataForm(forms.Form):
    """How a paper is printed: texts, topic, links, for each author name, affiliations, ORCID iD, mail address.

    `own` is the key of the author who reads; the addresses of the others are blotted out.
    """

    title = forms.CharField(max_length=1000)
    abstract = forms.CharField(max_length=20_000, required=False, widget=forms.Textarea(attrs={"rows": 8}))
    keywords = forms.CharField(max_length=4000, required=False, widget=forms.Textarea(attrs={"rows": 3}), help_text="One on each line.")
    topic = forms.ChoiceField(required=False, help_text="The one of the call that fits best; the program is arranged by it.")
    seen = forms.RegexField("^[0-9a-f]{64}$", widget=forms.HiddenInput)

    def __init__(self, *args: Any, paper: Paper, seen: str, has_title: bool, own: int | None = None, **kwargs: Any) -> None:
        topics = list_topics(paper.workshop)
        initial = {"title": paper.title, "abstract": paper.abstract, "keywords": "\n".join(map(str, paper.keywords)), "seen": seen}
        super().__init__(*args, **{"initial": {**initial, "topic": find_topic(paper, topics)}, **kwargs})
        self.paper_authors, self.own = list(paper.authors.all()), own
        self.families = list_families(paper.workshop)
        self.fields["title"].disabled = not has_title
        self._offer_topics(paper, topics)
        self._add_links({link.kind: link.url for link in paper.links.all()})
        for author in self.paper_authors:
            self._add_author(author)

    @property
    def link_fields(self) -> list[forms.BoundField]:
        """Return the fields of links."""
        return [self[f"link-{kind}"] for kind in PaperLink.Kind]

    @property
    def author_fields(self) -> list[tuple[Author, list[list[forms.BoundField]]]]:
        """Return each author with the rows of their fields."""
        return [(author, [[self[f"{part}-{author.pk}"] for part in row] for row in AUTHOR_ROWS]) for author in self.paper_authors]

    def clean(self) -> dict[str, Any]:
        """Read affiliations, ORCID iDs, links; say at each field what is wrong with it."""
        cleaned = super().clean() or self.cleaned_data
        for name in list(cleaned):
            try:
                if name.startswith("places-"):
                    cleaned[name] = read_places(cleaned[name])
                elif name.startswith("orcid-") and cleaned[name]:
                    cleaned[name] = read_orcid(cleaned[name])
                elif name.startswith("link-") and cleaned[name]:
                    cleaned[name] = read_link(name.removeprefix("link-"), cleaned[name])
                elif name.startswith("family-"):
                    cleaned[name] = read_family(cleaned[name], str(cleaned.get(f"name-{name.removeprefix('family-')}", "")))
            except ValueError as error:
                self.add_error(name, str(error))
        return cleaned

    def read_corrections(self) -> Corrections:
        """Return what a valid form says."""
        told = self.cleaned_data
        return Corrections(
            seen=told["seen"],
            title=told["title"],
            abstract=told["abstract"],
            keywords=tuple(line for line in (clean_line(part) for part in told["keywords"].splitlines()) if line),
            links={kind.value: told[f"link-{kind}"] for kind in PaperLink.Kind},
            authors={author.pk: AuthorWords(*(told[f"{part}-{author.pk}"] for part in AUTHOR_PARTS)) for author in self.paper_authors},
            topic=told.get("topic", ""),
        )

    def _offer_topics(self, paper: Paper, topics: list[str]) -> None:
        """Offer the workshop's list, and what was chosen when it read otherwise; where there is no list, ask nothing."""
        if not topics:
            del self.fields["topic"]
            return
        offered = [*topics, *([paper.topic] if paper.topic and paper.topic not in topics else [])]
        field = self.fields["topic"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", "Not chosen yet"), *((topic, topic) for topic in offered)]

    def _add_links(self, held: dict[str, str]) -> None:
        for kind in PaperLink.Kind:
            self.fields[f"link-{kind}"] = forms.CharField(
                label=kind.label,
                max_length=LONGEST_LINK,
                required=False,
                initial=held.get(kind, ""),
                widget=forms.TextInput(attrs={"inputmode": "url", "autocomplete": "off", "spellcheck": "false"}),
            )

    def _add_author(self, author: Author) -> None:
        key, lines = author.pk, [" | ".join(filter(None, part)) for part in list_places(author)]
        self.fields[f"name-{key}"] = forms.CharField(
            label="Name as printed", max_length=LONGEST_NAME, initial=author.name, help_text="With every accent and initial."
        )
        self.fields[f"family-{key}"] = forms.CharField(
            label="Family name",
            max_length=LONGEST_NAME,
            required=False,
            initial=self.families.get(clean_line(author.name), ""),
            help_text="The part of the name by which proceedings sort it; empty leaves it to a guess.",
        )
        self.fields[f"places-{key}"] = forms.CharField(
            label="Affiliations",
            max_length=4000,
            required=False,
            initial="\n".join(lines),
            widget=forms.Textarea(attrs={"rows": 2}),
            help_text="One on each line; the country after a bar: University of Bonn | Germany",
        )
        self.fields[f"orcid-{key}"] = forms.CharField(
            label="ORCID iD", max_length=60, required=False, initial=author.orcid, help_text="As in 0000-0002-1825-0097."
        )
        self.fields[f"mail-{key}"] = self._make_mail_field(author)

    def _make_mail_field(self, author: Author) -> forms.EmailField:
        """Show authors their own address whole; that of a co-author only as far as a wrong one is known by."""
        if author.pk == self.own:
            told = "Where letters go; co-authors don't see it."
            return forms.EmailField(label="Mail address", max_length=254, required=False, initial=author.mail, help_text=told)
        known = f"Known: {blot_mail(author.mail)}. Fill in only what is to take its place." if author.mail else "None is known here."
        return forms.EmailField(label="Mail address", max_length=254, required=False, help_text=escape(known))


class TitleRequestForm(forms.Form):
    """Another title, with the reason for it."""

    title = forms.CharField(label="New title", max_length=1000)
    reason = forms.CharField(label="Why", max_length=2000, widget=forms.Textarea(attrs={"rows": 2}))


class AuthorsRequestForm(forms.Form):
    """All authors in printed order, with the reason for the change."""

    authors = forms.CharField(
        label="All authors in printed order",
        max_length=40_000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="One on each line, those who stay spelled as they are; somebody new with a mail: Bob Builder &lt;bob@example.org&gt;",
    )
    reason = forms.CharField(label="Why", max_length=2000, widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, *args: Any, paper: Paper, **kwargs: Any) -> None:
        names = [author.name for author in paper.authors.all()]
        self.known = frozenset(names)
        super().__init__(*args, **{"auto_id": "authors-%s", "initial": {"authors": "\n".join(names)}, **kwargs})

    def clean_authors(self) -> list[dict[str, str]]:
        """Return the authors by name, new ones with their mail address."""
        lines = [line for line in (clean_line(part) for part in self.cleaned_data["authors"].splitlines()) if line]
        if len(lines) > MOST_AUTHORS:
            raise forms.ValidationError(f"A paper has {MOST_AUTHORS} authors at most.")
        return [self._read_author(line) for line in lines]

    def _read_author(self, line: str) -> dict[str, str]:
        if line in self.known:
            return {"name": line}
        name, _, rest = line.partition("<")
        email = rest.removesuffix(">").strip()
        try:
            validate_email(email)
        except ValidationError as error:
            sentence = f"“{line[:80]}” is new: give a mail address behind the name, as in Bob Builder <bob@example.org>."
            raise forms.ValidationError(sentence) from error
        if not name.strip():
            raise forms.ValidationError(f"Give the name of {email}.")
        return {"name": name.strip(), "email": email.lower()}


class AnswerForm(forms.Form):
    """What an organizer says to a request."""

    answer = forms.CharField(label="A word to the authors", max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, *args: Any, request: ChangeRequest | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": f"answer-{request.pk if request else ''}-%s", **kwargs})


def list_places(author: Author) -> list[tuple[str, str]]:
    """Return an author's affiliations as pairs of institution and country."""
    return [(str(place.get("name") or place.get("domain") or ""), str(place.get("country") or "")) for place in author.institutions]


def read_family(family: str, name: str) -> str:
    """Return a family name; raise ValueError with a sentence where it is neither the end nor the beginning of the name."""
    if family and name and split_at_family(name, family) is None:
        raise ValueError(f"“{family[:80]}” is not the end or the beginning of “{name[:80]}”.")
    return family


def read_places(text: str) -> tuple[tuple[str, str], ...]:
    """Return lines of institution and country as pairs; raise ValueError with a sentence where one is none."""
    lines = [line for line in (clean_line(part) for part in text.splitlines()) if line]
    if len(lines) > MOST_PLACES:
        raise ValueError(f"An author has {MOST_PLACES} affiliations at most.")
    places = []
    for line in lines:
        name, _, country = (part.strip() for part in line.rpartition("|")) if "|" in line else (line, "", "")
        if not name or len(line) > LONGEST_PLACE:
            raise ValueError(f"“{line[:60]}” is no affiliation: an institution, then a bar and its country.")
        places.append((name, country))
    return tuple(places)
