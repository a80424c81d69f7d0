"""What is to be placed, where it may stand, which rules count."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from program.solver.days.rules import RULES

if TYPE_CHECKING:
    from program.solver.placements import Matrix  # loads numpy, which pages that only tell of a run do without

Span = tuple[int, int]  # from, to in minutes since a moment that all spans of a problem share
Reason = tuple[str, str]  # a rule's name with whom it holds: a talk, a session, a person, or a pair


@dataclass(frozen=True, slots=True)
class OpenSession:
    """A session that takes talks in turn, or, where `boards` is told, so many posters at once.

    `takes` names presentations, none of them all; `seats` may be unknown.
    """

    uid: str
    name: str
    span: Span
    day: str = ""
    room: str = ""
    seats: int | None = None
    takes: frozenset[str] = frozenset()
    boards: int | None = None

    @property
    def minutes(self) -> int:
        """Return how long it lasts."""
        return self.span[1] - self.span[0]

    def is_beside(self, other: OpenSession) -> bool:
        """Tell whether two different sessions run at the same time."""
        return self.uid != other.uid and self.span[0] < other.span[1] and other.span[0] < self.span[1]


@dataclass(frozen=True, slots=True)
class Talk:
    """A paper to be placed.

    `presenters` stand in front, `people` are all its authors; `away` when presenters cannot, `busy` the sessions in which
    they have a part, `night` when it is night where they are. `wishes` names sessions. `pinned` and `published` name
    the session where it must stay, and where the world saw it last, `..._place` at which place in it, from 0.
    """

    uid: str
    name: str
    minutes: int
    presentation: str = ""
    presenters: frozenset[str] = frozenset()
    people: frozenset[str] = frozenset()
    away: tuple[Span, ...] = ()
    busy: tuple[tuple[str, Span], ...] = ()
    night: tuple[Span, ...] = ()
    popularity: int = 0
    wishes: frozenset[str] = frozenset()
    pinned: str = ""
    pinned_place: int = -1
    published: str = ""
    published_place: int = -1

    def is_away(self, span: Span, session: str) -> bool:
        """Tell whether presenters cannot at some minute of a span, or have a part in another session then."""
        spans = [*self.away, *(own for uid, own in self.busy if uid != session)]
        return any(start < span[1] and span[0] < end for start, end in spans)

    def may_take(self, session: OpenSession) -> bool:
        """Tell whether the session takes such presentations."""
        return not session.takes or self.presentation in session.takes


@dataclass(frozen=True, slots=True, eq=False)
class DayProblem:
    """Talks, sessions, how alike talks are (`alike[talk, talk]`, 0 to 100), and what counts how much.

    `order` names pairs of talks, the first before the second; `companions` pairs of a talk with its poster. `weights`
    by rule; a rule at 0 does not count. `relaxed` are exceptions: a rule does not hold for this one.
    """

    sessions: tuple[OpenSession, ...]
    talks: tuple[Talk, ...]
    alike: Matrix
    order: tuple[tuple[str, str], ...] = ()
    companions: tuple[tuple[str, str], ...] = ()
    weights: Mapping[str, int] = field(default_factory=dict)
    relaxed: frozenset[Reason] = frozenset()

    def weigh(self, rule: str) -> int:
        """Return what one breach of a rule costs."""
        return self.weights.get(rule, RULES[rule].weight)

    def holds(self, rule: str, whom: str) -> bool:
        """Tell whether a hard rule counts for somebody."""
        return self.weigh(rule) > 0 and (rule, whom) not in self.relaxed


@dataclass(frozen=True, slots=True)
class Place:
    """Where a talk stands: the session, the place in it from 0, from when to when."""

    session: str
    place: int
    span: Span


@dataclass(frozen=True, slots=True)
class DayPlan:
    """Where each talk stands, by its uid; who is not named has no place. `costs` by rule, `is_proven` if nothing better exists."""

    places: dict[str, Place]
    costs: dict[str, int] = field(default_factory=dict)
    hard: int = 0
    soft: int = 0
    is_proven: bool = False


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Rules that cannot all hold: a smallest set, without any one of which the others could."""

    reasons: tuple[Reason, ...]
    is_smallest: bool = True


def name_pair(before: str, after: str) -> str:
    """Return how a pair is named in reasons."""
    return f"{before}>{after}"
