"""What an import brings, before it becomes a paper: frozen values."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class SubmittedAuthor:
    """An author as upstream states them; `profile_id` is a tilde id, `institutions` hold name, domain, country."""

    name: str
    profile_id: str = ""
    email: str = ""
    institutions: tuple[dict[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class SubmittedReply:
    """A review, meta review, comment or other reply; `kind` is one of `Review.Kind`."""

    note_id: str
    kind: str
    name: str
    signature: str
    rating: float | None
    rating_raw: str
    confidence: float | None
    confidence_raw: str
    content: dict[str, Any]
    is_public: bool = False
    written_at: dt.datetime | None = None
    changed_at: dt.datetime | None = None


@dataclass(frozen=True, slots=True)
class SubmittedDecision:
    """A decision reply upstream: its text verbatim."""

    note_id: str
    text: str
    comment: str = ""
    written_at: dt.datetime | None = None
    changed_at: dt.datetime | None = None


@dataclass(frozen=True, slots=True)
class Submission:
    """What upstream holds of one paper. A field that is None is unknown, which is not the same as empty.

    `decision_venue` is the venue line where it is evidence of a decision. `is_accepted_by_venue` is what
    the venueid says, if it says anything. `stated` holds fields that need no mapping because the source
    speaks our words (track, proceedings, decision). `problems` are sentences for the report.
    """

    note_id: str
    number: int | None = None
    title: str | None = None
    abstract: str | None = None
    tldr: str | None = None
    keywords: tuple[str, ...] | None = None
    authors: tuple[SubmittedAuthor, ...] | None = None
    has_hidden_authors: bool = False
    standing: str = "active"
    venue: str = ""
    venueid: str = ""
    is_public: bool = False
    pdf: str | None = None
    link: str | None = None
    supplement: str | None = None
    license: str = ""
    has_camera_ready: bool = False
    extras: dict[str, Any] = field(default_factory=dict)
    invitations: tuple[str, ...] = ()
    replies: tuple[SubmittedReply, ...] | None = None
    decisions: tuple[SubmittedDecision, ...] | None = None
    submitted_at: dt.datetime | None = None
    changed_at: dt.datetime | None = None
    is_accepted_by_venue: bool | None = None
    decision_venue: str = ""
    stated: dict[str, Any] = field(default_factory=dict)
    problems: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Arrival:
    """A submission on its way in: `digest` tells whether anything changed before it is even read.

    `source` is the text it came in, kept as a raw version; a table has none. `is_sighting` is false where
    a kept version is read again, which proves nothing of what upstream holds now.
    """

    note_id: str
    digest: str
    read: Callable[[], Submission]
    source: bytes | None = None
    number: int | None = None
    is_sighting: bool = True
