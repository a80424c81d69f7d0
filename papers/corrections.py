"""Authors correct how their paper is printed, where that needs nobody's consent."""

from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone

from papers.arrivals import put_search_text, read_local
from papers.author_dates import find_metadata_date
from papers.editing import LONGEST_NAME, edit_paper
from papers.errors import Refusal
from papers.history import record_change
from papers.import_conflicts import follow_edit
from papers.metadata import digest_metadata
from papers.models import Author, Paper, PaperLink, User
from papers.speaking import refuse_voice
from papers.texts import clean_line, clean_text


@dataclass(frozen=True, slots=True)
class AuthorWords:
    """How one author is printed: name, affiliations as pairs of institution and country, ORCID iD in groups of four."""

    name: str
    places: tuple[tuple[str, str], ...] = ()
    orcid: str = ""


@dataclass(frozen=True, slots=True)
class Corrections:
    """What an author wants printed; `authors` by key, `links` by kind, `seen` the digest of what they changed."""

    seen: str
    title: str
    abstract: str
    keywords: tuple[str, ...]
    links: dict[str, str]
    authors: dict[int, AuthorWords]


def is_title_frozen(paper: Paper) -> bool:
    """Tell whether the title needs an organizer's consent by now: from the date for metadata on."""
    date = find_metadata_date(paper.workshop)
    return date is not None and timezone.now() > date


def correct_metadata(paper: Paper, wanted: Corrections, *, by: User) -> bool:
    """Put an author's corrections into force over later imports; return whether anything changed.

    Refuses strangers, a new title after its date, authors of other papers, nameless authors, links without https.
    """
    refuse_voice(paper, by=by)
    if is_title_frozen(paper) and clean_line(wanted.title) != clean_line(paper.title):
        raise Refusal("The date for the title is over: ask the organizers for another one below.", subject=paper)
    with transaction.atomic():
        held = Paper.objects.for_merge([paper.pk], is_locked=True)[paper.pk]
        if wanted.seen != digest_metadata(held):
            raise Refusal("Somebody has changed the metadata since you opened the page. Read it again, then correct it.", subject=paper)
        changes = [edit_paper(paper, field=field, value=value, by=by) for field, value in _list_texts(held, wanted)]
        changes += [_correct_authors(paper, wanted.authors, by=by), _put_links(paper, wanted.links, by=by)]
    return any(changes)


def _list_texts(held: Paper, wanted: Corrections) -> list[tuple[str, Any]]:
    """Return the texts that differ in more than the blanks that a form takes away."""
    keywords = [clean_line(str(keyword)) for keyword in held.keywords]
    texts: list[tuple[str, Any, bool]] = [
        ("title", wanted.title, clean_line(wanted.title) != clean_line(held.title)),
        ("abstract", wanted.abstract, clean_text(wanted.abstract) != clean_text(held.abstract)),
        ("keywords", list(wanted.keywords), list(wanted.keywords) != keywords),
    ]
    return [(field, value) for field, value, is_other in texts if is_other]


def _correct_authors(paper: Paper, wanted: dict[int, AuthorWords], *, by: User) -> bool:
    """Change the rows where they stand, so that a person stays who they are under another spelling."""
    held = Paper.objects.for_merge([paper.pk], is_locked=True)[paper.pk]
    before, orcids = read_local(held)["authors"], {author.name: author.orcid for author in held.authors.all()}
    rows = {author.pk: author for author in held.authors.all()}
    if not set(wanted) <= set(rows):
        raise Refusal("The authors have changed since you opened the page. Open it again.", subject=paper)
    for key, words in wanted.items():
        _put_author(rows[key], words)
    after = read_local(held)["authors"]
    if after != before:
        put_search_text(held, after)
        held.save(update_fields=["search_text"])
        record_change(held.workshop, "corrected", by=by, paper=held, field="authors", before=before, after=after)
        follow_edit(held, "authors", after, by=by)
    printed = {author.name: author.orcid for author in held.authors.all()}
    if printed != orcids and any([*printed.values(), *orcids.values()]):
        record_change(held.workshop, "corrected", by=by, paper=held, field="orcid", before=orcids, after=printed)
        return True
    return bool(after != before)


def _put_author(row: Author, words: AuthorWords) -> None:
    name = clean_line(words.name)[:LONGEST_NAME]
    if not name:
        raise Refusal(f"{row.name} needs a name: a paper's authors are printed by name.", subject=row)
    kept = row.name if clean_line(row.name) == name else name
    row.name, row.orcid, row.institutions = kept, words.orcid, _merge_places(row.institutions, words.places)
    row.save(update_fields=["name", "orcid", "institutions"])


def _merge_places(held: list[dict[str, Any]], wanted: tuple[tuple[str, str], ...]) -> list[dict[str, Any]]:
    """Return the wanted institutions; what is known beside the name of one that stays, stays."""
    known = {(place.get("name") or place.get("domain") or ""): place for place in held}
    return [_place(known.get(name, {"name": name}), country) for name, country in wanted]


def _place(known: dict[str, Any], country: str) -> dict[str, Any]:
    if country == (known.get("country") or ""):
        return known
    rest = {key: value for key, value in known.items() if key != "country"}
    return {**rest, "country": country} if country else rest


def _put_links(paper: Paper, wanted: dict[str, str], *, by: User) -> bool:
    held = {link.kind: link.url for link in PaperLink.objects.filter(paper=paper)}
    links = {kind: url for kind, url in wanted.items() if url}
    if links == held:
        return False
    for kind, url in links.items():
        if not url.startswith("https://"):
            raise Refusal(f"The {PaperLink.Kind(kind).label} link begins with https://.", subject=paper)
        PaperLink.objects.update_or_create(paper=paper, kind=PaperLink.Kind(kind), defaults={"url": url})
    PaperLink.objects.filter(paper=paper).exclude(kind__in=links).delete()
    record_change(paper.workshop, "corrected", by=by, paper=paper, field="links", before=held, after=links)
    return True
