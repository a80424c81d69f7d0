"""The answers of the API as plain values; their annotations are its documentation."""

import datetime as dt
from dataclasses import dataclass
from typing import Annotated, Any


@dataclass(frozen=True, slots=True)
class ApiWorkshop:
    """A workshop that has public papers, or of which the token's owner is a member."""

    slug: Annotated[str, "Its key in addresses."]
    name: str
    short_name: str
    year: int
    conference: str
    starts_on: dt.date | None
    ends_on: dt.date | None
    role: Annotated[str, "Of the token's owner: owner, organizer, assistant, publisher; empty for everybody else."]
    papers: Annotated[str, "Where its papers are."]


@dataclass(frozen=True, slots=True)
class ApiWorkshops:
    """All workshops in sight, the newest first."""

    workshops: tuple[ApiWorkshop, ...]


@dataclass(frozen=True, slots=True)
class ApiAuthor:
    """An author, name exactly as printed."""

    name: str
    profile_id: Annotated[str, "The OpenReview tilde id, where it is known."]
    institutions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ApiDecision:
    """What was decided; released once the authors may see it."""

    outcome: Annotated[str, "accept or reject"]
    comment: Annotated[str, "To the authors."]
    decided_at: dt.datetime
    released_at: dt.datetime | None


@dataclass(frozen=True, slots=True)
class ApiInside:
    """What members of the workshop know of a paper beside the public facts."""

    standing: Annotated[str, "active, withdrawn, desk-rejected, deleted or left"]
    is_test: bool
    has_hidden_authors: bool
    tldr: str
    wants_proceedings: bool | None
    submitted_at: dt.datetime | None
    changed_at: Annotated[dt.datetime | None, "In OpenReview."]
    is_hidden: Annotated[bool, "The token's owner has a conflict of interest: what follows is empty, whatever there is."]
    decision: Annotated[ApiDecision | None, "A released one is shown to everybody inside."]
    review_count: int
    rating_mean: float | None
    rating_min: float | None
    rating_max: float | None
    confidence_mean: float | None
    handlers: Annotated[tuple[str, ...], "Who looks after the paper."]


@dataclass(frozen=True, slots=True)
class ApiPaper:
    """A paper: public facts, and under `inside` what members know."""

    id: int
    number: int | None
    note_id: Annotated[str, "The OpenReview forum id, where there is one."]
    title: str
    abstract: str
    keywords: tuple[str, ...]
    authors: Annotated[tuple[ApiAuthor, ...], "In printed order; empty for the public while OpenReview hides them."]
    track: Annotated[str, "Slug, or empty."]
    presentation: Annotated[str, "Slug, or empty; of accepted papers."]
    award: Annotated[str, "Name, or empty; of accepted papers."]
    in_proceedings: bool
    url: Annotated[str, "Where readers find it."]
    pdf_url: str
    inside: ApiInside | None


@dataclass(frozen=True, slots=True)
class ApiPapers:
    """A page of papers in the order of their ids."""

    papers: tuple[ApiPaper, ...]
    next: Annotated[str | None, "The cursor of the next page; null on the last."]


@dataclass(frozen=True, slots=True)
class ApiReview:
    """A review as OpenReview has it."""

    signature: str
    rating: float | None
    confidence: float | None
    written_at: dt.datetime | None
    content: Annotated[dict[str, Any], "The fields of the review form."]


@dataclass(frozen=True, slots=True)
class ApiPaperWhole:
    """One paper with its reviews; outsiders, and members with a conflict of interest, get no reviews."""

    paper: ApiPaper
    reviews: tuple[ApiReview, ...]


@dataclass(frozen=True, slots=True)
class ApiProblem:
    """Why there is no answer (RFC 9457)."""

    type: Annotated[str, "about:blank: the status says what kind it is."]
    title: str
    status: int
    detail: Annotated[str, "A full sentence for people."]
    start: Annotated[int | None, "In a search: the first character to blame."] = None
    end: Annotated[int | None, "In a search: the first character after it."] = None
    suggestion: Annotated[str | None, "In a search: a whole search that would do, or empty."] = None
