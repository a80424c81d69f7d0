"""What the world may see of the program, as plain values."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

from papers.listings import ListedDate, ListedPaper, ListedWorkshop


@dataclass(frozen=True, slots=True)
class ListedPerson:
    """A person with their part; `name` is as the schedule prints it, `full_name` as the lists of people do.

    `photo` is a path inside the workshop's site; `photo_key` is there when a photo was handed in here.
    """

    name: str
    kind: str
    title: str = ""
    affiliation: str = ""
    url: str = ""
    photo: str = ""
    full_name: str = ""
    bio: str = ""
    talk_title: str = ""
    abstract: str = ""
    photo_key: int | None = None
    key: int = 0


@dataclass(frozen=True, slots=True)
class ListedSlot:
    """What is held in a session: a paper, or a talk that has a title and perhaps a person.

    `starts_at` is known where the session starts and everything before it has minutes; `board` is the label where a poster hangs.
    """

    uid: str
    kind: str
    title: str = ""
    paper: ListedPaper | None = None
    paper_key: int | None = None
    person: ListedPerson | None = None
    starts_at: dt.datetime | None = None
    minutes: int | None = None
    question_minutes: int | None = None
    board: str = ""

    @property
    def name(self) -> str:
        """Return the title of the paper, else that of the talk."""
        return self.paper.title if self.paper else self.title


@dataclass(frozen=True, slots=True)
class ListedSession:
    """A session of the program: `starts_at` is aware and in the workshop's zone, `minutes` may be unknown.

    `number` counts the invited talks by time, from 1; other kinds have none. `held` are its papers and talks in order,
    `papers` the papers among them.
    """

    uid: str
    kind: str
    label: str
    title: str
    starts_at: dt.datetime | None
    minutes: int | None
    room: str
    link: str
    is_parallel: bool
    number: int | None = None
    people: tuple[ListedPerson, ...] = ()
    papers: tuple[ListedPaper, ...] = ()
    is_streamed: bool = False
    held: tuple[ListedSlot, ...] = ()


@dataclass(frozen=True, slots=True)
class CalendarMark:
    """How often published versions changed a session or slot, and when the last time."""

    count: int
    at: dt.datetime


@dataclass(frozen=True, slots=True)
class GoneItem:
    """A session or slot that an earlier version held and the last one does not; calendars cancel it.

    `paper_key` is the paper of a slot, `people` the keys of those who had a part.
    """

    uid: str
    name: str
    starts_at: dt.datetime
    minutes: int | None = None
    is_slot: bool = False
    paper_key: int | None = None
    people: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Listing:
    """All that exports may use: only released facts ever get in here.

    `sessions` are those of the last published version, `schedule_version` is its number, 0 before the first. For calendars:
    `schedule_revision` counts what changed in every session at once, its zone or its place, `schedule_settled_at` is when that or
    the release was; `marks` tell by key what versions changed since, `gone` what they took out, `schedule_changed_at` the last
    change of all.
    """

    workshop: ListedWorkshop
    papers: tuple[ListedPaper, ...] = ()
    sessions: tuple[ListedSession, ...] = ()
    dates: tuple[ListedDate, ...] = ()
    people: tuple[ListedPerson, ...] = ()
    schedule_version: int = 0
    schedule_revision: int = 0
    schedule_settled_at: dt.datetime | None = None
    schedule_changed_at: dt.datetime | None = None
    marks: Mapping[str, CalendarMark] = field(default_factory=dict)
    gone: tuple[GoneItem, ...] = ()
