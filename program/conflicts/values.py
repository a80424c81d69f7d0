"""What conflicts are found in, and conflicts themselves: plain values."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from program.listings import ListedSession

ORAL, POSTER = "oral", "poster"
HARD, SOFT = "hard", "soft"

# What can't happen as planned is hard; what people would regret is soft.
SEVERITIES = {
    "overlap": HARD,
    "beside": HARD,
    "gap": SOFT,
    "outside-day": HARD,
    "clock-change": SOFT,
    "clock-twice": SOFT,
    "person-twice": HARD,
    "presenter-twice": HARD,
    "author-twice": SOFT,
    "person-absent": HARD,
    "night": SOFT,
    "panel-empty": SOFT,
    "presenter-missing": SOFT,
    "paper-gone": HARD,
    "paper-not-accepted": HARD,
    "paper-not-released": SOFT,
    "paper-awaited": SOFT,
    "oral-unplaced": HARD,
    "paper-unplaced": SOFT,
    "slots-longer": HARD,
    "slots-shorter": SOFT,
    "room-closed": HARD,
    "room-kind": HARD,
    "room-small": SOFT,
    "board-missing": SOFT,
    "board-outside": SOFT,
    "board-twice": HARD,
    "boards-few": SOFT,
}


@dataclass(frozen=True, slots=True)
class DraftAuthor:
    """An author of a paper; `key` tells people of one name apart where it is known."""

    name: str
    key: str = ""


@dataclass(frozen=True, slots=True)
class DraftPaper:
    """A paper as the draft of a schedule knows it; `name` is how sentences call it, `standing` is said in words.

    `presenter` is the author who presents it, `has_promised` whether that author will come; a paper `is_hidden` when the reader
    must not know how it was decided.
    """

    name: str
    title: str
    presentation: str = ""
    standing: str = ""
    is_active: bool = True
    is_accepted: bool = True
    is_released: bool = True
    key: int = 0
    authors: tuple[DraftAuthor, ...] = ()
    presenter: DraftAuthor | None = None
    has_promised: bool = False
    expected_count: int | None = None
    is_hidden: bool = False


@dataclass(frozen=True, slots=True)
class DraftSlot:
    """A paper's place in a draft session, or that of a talk without a paper; `minutes` may be unknown."""

    paper: DraftPaper | None
    minutes: int | None = None
    uid: str = ""
    title: str = ""
    person: str = ""
    board: int | None = None


@dataclass(frozen=True, slots=True)
class DraftSession(ListedSession):
    """A session with every paper placed in it, whatever became of the paper since; `awaited` names papers that are not here."""

    slots: tuple[DraftSlot, ...] = ()
    awaited: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DraftRoom:
    """A room: seats, the kinds of sessions that it suits (all when there are none), times when it can't be had."""

    name: str
    capacity: int | None = None
    kinds: tuple[str, ...] = ()
    closures: tuple[tuple[dt.datetime, dt.datetime, str], ...] = ()


@dataclass(frozen=True, slots=True)
class DraftDay:
    """A day with the instants between which sessions are held, aware and in the workshop's zone."""

    on: dt.date
    starts_at: dt.datetime
    ends_at: dt.datetime


@dataclass(frozen=True, slots=True)
class DraftPerson:
    """A person of the program; `times` are those at which they can, any when there are none."""

    name: str
    zone: str = ""
    attends: str = ""
    times: tuple[tuple[dt.datetime, dt.datetime], ...] = ()


@dataclass(frozen=True, slots=True)
class Frame:
    """What stands around the sessions of a draft.

    `orals` are the accepted oral papers, `others` the accepted papers of other kinds; `asks_presenters` says that authors
    have begun to name who presents.
    """

    zone: str = ""
    days: tuple[DraftDay, ...] = ()
    rooms: tuple[DraftRoom, ...] = ()
    boards: tuple[tuple[int, int], ...] = ()
    people: tuple[DraftPerson, ...] = ()
    orals: tuple[DraftPaper, ...] = ()
    others: tuple[DraftPaper, ...] = ()
    asks_presenters: bool = False


@dataclass(frozen=True, slots=True)
class Way:
    """A way out that an editor can take with one button: its words, and moves as `parse_moves` takes them."""

    words: str
    moves: tuple[Mapping[str, Any], ...]


@dataclass(frozen=True, slots=True)
class Conflict:
    """Something that can't happen as planned, or that people would regret.

    A sentence that names items with times, a remedy; `uids` are the sessions and slots, `ways` what an editor can do about it.
    """

    code: str
    sentence: str
    remedy: str
    uids: tuple[str, ...] = ()
    ways: tuple[Way, ...] = field(default=(), compare=False)

    @property
    def severity(self) -> str:
        """Return hard for what can't happen, soft for what people would regret."""
        return SEVERITIES[self.code]
