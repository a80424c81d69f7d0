"""What the world may see of the program, as plain values."""

import datetime as dt
from dataclasses import dataclass

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


@dataclass(frozen=True, slots=True)
class ListedSession:
    """A session of the program: `starts_at` is aware and in the workshop's zone, `minutes` may be unknown.

    `number` counts the invited talks by time, from 1; other kinds have none.
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


@dataclass(frozen=True, slots=True)
class Listing:
    """All that exports may use: only released facts ever get in here.

    `schedule_revision` counts the changes of the schedule up to `schedule_changed_at`; calendars need both.
    """

    workshop: ListedWorkshop
    papers: tuple[ListedPaper, ...] = ()
    sessions: tuple[ListedSession, ...] = ()
    dates: tuple[ListedDate, ...] = ()
    people: tuple[ListedPerson, ...] = ()
    schedule_revision: int = 0
    schedule_changed_at: dt.datetime | None = None
