"""What the world may see of a workshop and its accepted papers, as plain values."""

import datetime as dt
from dataclasses import dataclass

from papers.models import Paper, Workshop
from papers.querysets import PaperQuerySet


@dataclass(frozen=True, slots=True)
class ListedDate:
    """A date as printed: `at` is an aware UTC instant, `zone` an IANA name or "AoE"; `earlier` are given-up values."""

    kind: str
    name: str
    at: dt.datetime | None
    zone: str
    has_time: bool
    note: str = ""
    is_new: bool = False
    until: dt.date | None = None
    earlier: tuple["ListedDate", ...] = ()


@dataclass(frozen=True, slots=True)
class ListedWorkshop:
    """A workshop as the world sees it."""

    slug: str
    name: str
    short_name: str
    year: int
    conference: str
    edition: int | None
    starts_on: dt.date | None
    ends_on: dt.date | None
    part_of_day: str
    place: str
    room: str
    zone: str
    contact_email: str
    venue_id: str
    booktitle: str
    links: tuple[tuple[str, str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class ListedAuthor:
    """An author, name exactly as printed."""

    name: str
    profile_id: str = ""
    institutions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ListedPaper:
    """An accepted, released, active paper."""

    note_id: str
    number: int | None
    title: str
    abstract: str
    authors: tuple[ListedAuthor, ...]
    track: str
    track_name: str
    presentation: str
    presentation_name: str
    award: str
    url: str
    pdf_url: str
    in_proceedings: bool
    keywords: tuple[str, ...] = ()


def list_accepted_papers(workshop: Workshop) -> tuple[ListedPaper, ...]:
    """Return the accepted, released papers of `workshop` in listing order; the one source of every export."""
    return tuple(index_accepted_papers(workshop).values())


def index_accepted_papers(workshop: Workshop) -> dict[int, ListedPaper]:
    """Return the same by key of the paper, in the same order."""
    return {paper.pk: _list_paper_of(workshop, paper) for paper in workshop.papers.in_standing("").for_listing()}


def list_found_papers(workshop: Workshop, found: PaperQuerySet) -> tuple[ListedPaper, ...]:
    """Return those of `found`, papers of this workshop, that are accepted and released, in listing order."""
    return tuple(_list_paper_of(workshop, paper) for paper in found.in_standing("").for_listing())


def _list_paper_of(workshop: Workshop, paper: Paper) -> ListedPaper:
    return list_paper(paper, names_hidden_authors=workshop.names_hidden_authors)


def list_paper(paper: Paper, *, names_hidden_authors: bool = False) -> ListedPaper:
    """Return one paper as a value; authors that OpenReview hides stay hidden unless the workshop gave a reason."""
    decision = paper.decision
    track = paper.track
    return ListedPaper(
        note_id=paper.note_id,
        number=paper.number,
        title=paper.title,
        abstract=paper.abstract,
        authors=()
        if paper.has_hidden_authors and not names_hidden_authors
        else tuple(
            ListedAuthor(author.name, author.profile_id, tuple(str(place.get("name") or "") for place in author.institutions))
            for author in paper.authors.all()
        ),
        track=track.slug if track else "",
        track_name=track.name if track else "",
        presentation=decision.presentation.slug if decision.presentation else "",
        presentation_name=decision.presentation.name if decision.presentation else "",
        award=decision.award.name if decision.award else "",
        url=paper.reader_url,
        pdf_url=find_pdf_url(paper),
        in_proceedings=is_in_proceedings(paper),
        keywords=tuple(str(keyword) for keyword in paper.keywords),
    )


def find_pdf_url(paper: Paper) -> str:
    """Return where everybody gets the PDF, or nothing."""
    return f"https://openreview.net/pdf?id={paper.note_id}" if paper.note_id and paper.pdf and paper.is_public_upstream else ""


def group_papers(papers: tuple[ListedPaper, ...]) -> list[tuple[str, list[ListedPaper]]]:
    """Return the papers by presentation, both in the order they came in."""
    groups: dict[str, list[ListedPaper]] = {}
    for paper in papers:
        groups.setdefault(paper.presentation_name or "Accepted", []).append(paper)
    return list(groups.items())


def is_in_proceedings(paper: Paper) -> bool:
    """Tell whether the paper goes into the proceedings: by its track's rule, then by its authors' choice."""
    if paper.track is None:
        return False
    if paper.track.proceedings == "option":
        return bool(paper.wants_proceedings)
    return paper.track.proceedings == "all"


def list_workshop(workshop: Workshop) -> ListedWorkshop:
    """Return the workshop as a value."""
    return ListedWorkshop(
        slug=workshop.slug,
        name=workshop.name,
        short_name=workshop.short_name,
        year=workshop.year,
        conference=workshop.conference,
        edition=workshop.edition,
        starts_on=workshop.starts_on,
        ends_on=workshop.ends_on,
        part_of_day=workshop.part_of_day,
        place=workshop.place,
        room=workshop.room,
        zone=workshop.zone,
        contact_email=workshop.contact_email,
        venue_id=workshop.venue_id,
        booktitle=workshop.booktitle,
        links=tuple((str(link.get("kind", "")), str(link.get("label", "")), str(link.get("url", ""))) for link in workshop.links),
    )


def list_dates(workshop: Workshop) -> tuple[ListedDate, ...]:
    """Return the dates in printed order, each with the values it had before when those are shown."""
    return tuple(
        ListedDate(
            kind=date.kind,
            name=date.name,
            at=date.at,
            zone=date.zone,
            has_time=date.has_time,
            note=date.note,
            is_new=date.is_new,
            until=date.until,
            earlier=tuple(
                ListedDate(date.kind, date.name, change.at, change.zone, change.has_time, change.note) for change in date.changes.all()
            )
            if date.shows_history
            else (),
        )
        for date in workshop.dates.prefetch_related("changes")
    )
