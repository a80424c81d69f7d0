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
from papers.name_splits import confirm_names
from papers.paper_links import read_link
from papers.speaking import refuse_voice
from papers.texts import clean_line, clean_text
from papers.topics import list_topics


@dataclass(frozen=True, slots=True)
class AuthorWords:
    """How one author is printed: name, affiliations as pairs of institution and country, ORCID iD in groups of four.

    `mail` is where letters go from now on; without one that stays as it is, since co-authors see each other's blotted out.
    `family` is the family name, the end or the beginning of the name; without one nothing is said of it.
    """

    name: str
    places: tuple[tuple[str, str], ...] = ()
    orcid: str = ""
    mail: str = ""
    family: str = ""


@dataclass(frozen=True, slots=True)
class Corrections:
    """What an author wants printed; `authors` by key, `links` by kind, `seen` the digest of what they changed.

    Without a `topic` that stays as it is.
    """

    seen: str
    title: str
    abstract: str
    keywords: tuple[str, ...]
    links: dict[str, str]
    authors: dict[int, AuthorWords]
    topic: str = ""


def is_title_frozen(paper: Paper) -> bool:
    """Tell whether the title needs an organizer's consent by now: from the date for metadata on."""
    date = find_metadata_date(paper.workshop)
    return date is not None and timezone.now() > date


def correct_metadata(paper: Paper, wanted: Corrections, *, by: User) -> bool:
    """Put an author's corrections into force over later imports; return whether anything changed.

    Refuses strangers, a new title after its date, authors of other papers, nameless authors, families that are not
    in the name, addresses that lead nowhere, topics that the workshop does not name.
    """
    refuse_voice(paper, by=by)
    if is_title_frozen(paper) and clean_line(wanted.title) != clean_line(paper.title):
        raise Refusal("The date for the title is over: ask the organizers for another one below.", subject=paper)
    with transaction.atomic():
        held = Paper.objects.for_merge([paper.pk], is_locked=True)[paper.pk]
        if wanted.seen != digest_metadata(held):
            raise Refusal("Somebody has changed the metadata since you opened the page. Read it again, then correct it.", subject=paper)
        changes = [edit_paper(paper, field=field, value=value, by=by) for field, value in _list_texts(held, wanted)]
        changes += [_put_topic(paper, wanted.topic, by=by), _correct_authors(paper, wanted.authors, by=by)]
        changes += [_put_links(paper, wanted.links, by=by)]
        families = {words.name: words.family for words in wanted.authors.values() if words.family}
        changes.append(confirm_names(paper.workshop, families, by=by) > 0)
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
    mails = [author.mail for author in held.authors.all()]
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
    has_orcids = printed != orcids and any([*printed.values(), *orcids.values()])
    if has_orcids:
        record_change(held.workshop, "corrected", by=by, paper=held, field="orcid", before=orcids, after=printed)
    moved = [author for author, mail in zip(held.authors.all(), mails, strict=True) if author.mail != mail]
    for author in moved:
        record_change(held.workshop, "corrected", by=by, paper=held, field="contact mail", after=f"{author.name}, {author.mail}")
    return bool(after != before) or has_orcids or bool(moved)


def _put_author(row: Author, words: AuthorWords) -> None:
    name = clean_line(words.name)[:LONGEST_NAME]
    if not name:
        raise Refusal(f"{row.name} needs a name: a paper's authors are printed by name.", subject=row)
    kept = row.name if clean_line(row.name) == name else name
    row.name, row.orcid, row.institutions = kept, words.orcid, _merge_places(row.institutions, words.places)
    if words.mail and words.mail.lower() != row.mail.lower():
        row.contact_email = words.mail.lower()
    row.save(update_fields=["name", "orcid", "institutions", "contact_email"])


def _merge_places(held: list[dict[str, Any]], wanted: tuple[tuple[str, str], ...]) -> list[dict[str, Any]]:
    """Return the wanted institutions; what is known beside the name of one that stays, stays."""
    known = {(place.get("name") or place.get("domain") or ""): place for place in held}
    return [_place(known.get(name, {"name": name}), country) for name, country in wanted]


def _place(known: dict[str, Any], country: str) -> dict[str, Any]:
    if country == (known.get("country") or ""):
        return known
    rest = {key: value for key, value in known.items() if key != "country"}
    return {**rest, "country": country} if country else rest


def _put_topic(paper: Paper, wanted: str, *, by: User) -> bool:
    topic = clean_line(wanted)
    held = Paper.objects.for_merge([paper.pk], is_locked=True)[paper.pk]
    if not topic or topic == held.topic:
        return False
    if topic not in list_topics(paper.workshop):
        raise Refusal(f"“{topic[:80]}” is no topic of {paper.workshop}. Choose one of its list.", subject=paper)
    before, held.topic = held.topic, topic
    put_search_text(held, read_local(held)["authors"])
    held.save(update_fields=["topic", "search_text"])
    record_change(paper.workshop, "corrected", by=by, paper=paper, field="topic", before=before, after=topic)
    return True


def _put_links(paper: Paper, wanted: dict[str, str], *, by: User) -> bool:
    held = {link.kind: link.url for link in PaperLink.objects.filter(paper=paper)}
    links = {kind: _read_link(paper, kind, url) for kind, url in wanted.items() if url}
    if links == held:
        return False
    for kind, url in links.items():
        PaperLink.objects.update_or_create(paper=paper, kind=PaperLink.Kind(kind), defaults={"url": url})
    PaperLink.objects.filter(paper=paper).exclude(kind__in=links).delete()
    record_change(paper.workshop, "corrected", by=by, paper=paper, field="links", before=held, after=links)
    return True


def _read_link(paper: Paper, kind: str, url: str) -> str:
    try:
        return read_link(kind, url)
    except ValueError as error:
        raise Refusal(f"{PaperLink.Kind(kind).label}: {error}", subject=paper) from error
