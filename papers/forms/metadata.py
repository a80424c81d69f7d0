"""What the pages of a paper's metadata ask for."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from papers.corrections import AuthorWords, Corrections
from papers.editing import LONGEST_NAME
from papers.models import Author, ChangeRequest, Paper, PaperLink
from papers.orcids import read_orcid
from papers.texts import clean_line

MOST_PLACES, LONGEST_PLACE, MOST_AUTHORS = 10, 300, 200


class MetadataForm(forms.Form):
    """How a paper is printed: texts, links, for each author name, affiliations, ORCID iD."""

    title = forms.CharField(max_length=1000)
    abstract = forms.CharField(max_length=20_000, required=False, widget=forms.Textarea(attrs={"rows": 8}))
    keywords = forms.CharField(max_length=4000, required=False, widget=forms.Textarea(attrs={"rows": 3}), help_text="One on each line.")
    seen = forms.RegexField("^[0-9a-f]{64}$", widget=forms.HiddenInput)

    def __init__(self, *args: Any, paper: Paper, seen: str, has_title: bool, **kwargs: Any) -> None:
        initial = {"title": paper.title, "abstract": paper.abstract, "keywords": "\n".join(map(str, paper.keywords)), "seen": seen}
        links = {link.kind: link.url for link in paper.links.all()}
        super().__init__(*args, **{"initial": initial, **kwargs})
        self.paper_authors = list(paper.authors.all())
        self.fields["title"].disabled = not has_title
        for kind in PaperLink.Kind:
            self.fields[f"link-{kind}"] = forms.URLField(
                label=kind.label, max_length=500, required=False, initial=links.get(kind, ""), assume_scheme="https"
            )
        for author in self.paper_authors:
            self._add_author(author)

    @property
    def link_fields(self) -> list[forms.BoundField]:
        """Return the fields of links."""
        return [self[f"link-{kind}"] for kind in PaperLink.Kind]

    @property
    def author_fields(self) -> list[tuple[Author, list[forms.BoundField]]]:
        """Return each author with their fields."""
        return [(author, [self[f"{part}-{author.pk}"] for part in ("name", "places", "orcid")]) for author in self.paper_authors]

    def clean(self) -> dict[str, Any]:
        """Read affiliations, ORCID iDs, links; say at each field what is wrong with it."""
        cleaned = super().clean() or self.cleaned_data
        for name in list(cleaned):
            try:
                if name.startswith("places-"):
                    cleaned[name] = read_places(cleaned[name])
                elif name.startswith("orcid-") and cleaned[name]:
                    cleaned[name] = read_orcid(cleaned[name])
                elif name.startswith("link-") and cleaned[name] and not cleaned[name].startswith("https://"):
                    raise ValueError("The address begins with https://.")
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
            authors={
                author.pk: AuthorWords(told[f"name-{author.pk}"], told[f"places-{author.pk}"], told[f"orcid-{author.pk}"])
                for author in self.paper_authors
            },
        )

    def _add_author(self, author: Author) -> None:
        key, lines = author.pk, [" | ".join(filter(None, part)) for part in list_places(author)]
        self.fields[f"name-{key}"] = forms.CharField(label="Name as printed", max_length=LONGEST_NAME, initial=author.name)
        self.fields[f"places-{key}"] = forms.CharField(
            label="Affiliations",
            max_length=4000,
            required=False,
            initial="\n".join(lines),
            widget=forms.Textarea(attrs={"rows": 2}),
            help_text="One on each line; the country after a bar: University of Bonn | Germany",
        )
        self.fields[f"orcid-{key}"] = forms.CharField(label="ORCID iD", max_length=60, required=False, initial=author.orcid)


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
