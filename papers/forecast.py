"""How many papers will be complete by their deadline, judged by when such things usually arrive; pure."""

import bisect
import datetime as dt
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

FEWEST = 20  # deadlines of the past from which a pattern is learned
HOUR = dt.timedelta(hours=1)
SURE = 1.2816  # four in five fall within so many standard deviations


@dataclass(frozen=True, slots=True)
class Awaited:
    """One thing that is to be complete by its deadline: a key, the deadline, when it was complete or nothing."""

    key: int
    due_at: dt.datetime
    arrived_at: dt.datetime | None = None

    @property
    def lead(self) -> float:
        """Return how many hours before its deadline it was complete; negative after it, minus infinity where it never was."""
        return (self.due_at - self.arrived_at) / HOUR if self.arrived_at else -math.inf


class Pattern(Protocol):
    """When things usually arrive; `weight` is on how many cases that rests, `words` says where it comes from."""

    @property
    def weight(self) -> int:
        """Return on how many cases it rests."""

    @property
    def words(self) -> str:
        """Say where it comes from."""

    def find_share(self, hours: float) -> float:
        """Return which share of all is complete so many hours before the deadline."""


@dataclass(frozen=True, slots=True)
class LearnedPattern:
    """What happened before: hours of lead in growing order, minus infinity for what never came."""

    leads: tuple[float, ...]
    words: str

    @property
    def weight(self) -> int:
        """Return on how many cases it rests."""
        return len(self.leads)

    def find_share(self, hours: float) -> float:
        """Return which share was complete so many hours before the deadline."""
        return (len(self.leads) - bisect.bisect_left(self.leads, hours)) / len(self.leads)


@dataclass(frozen=True, slots=True)
class RushPattern:
    """A rush that grows as the inverse of the time left, over so many hours, of which `in_time` of all make it.

    Registrations to conferences follow it: V. Alfi, G. Parisi, L. Pietronero, "Conference registration: how people react
    to a deadline", Nature Physics 3, 746 (2007). The hour in the logarithm keeps the last moment finite.
    """

    span: float
    in_time: float = 0.9
    weight: int = 10
    words: str = "the rush that deadlines usually see, which grows as the time left shrinks; nine in ten make it"

    def find_share(self, hours: float) -> float:
        """Return which share is complete so many hours before the deadline."""
        if hours >= self.span:
            return 0.0
        return self.in_time * (1 - math.log1p(max(hours, 0.0)) / math.log1p(self.span))


@dataclass(frozen=True, slots=True)
class Forecast:
    """What is to be expected by the deadlines: a range of four in five, of `total` what is complete, which keys are late.

    `total` counts what has a deadline, `due_at` is the last of them.
    """

    total: int
    arrived: int
    low: int
    high: int
    due_at: dt.datetime
    late: tuple[int, ...]
    pattern: Pattern

    @property
    def is_open(self) -> bool:
        """Tell whether anything can still come in time."""
        return self.arrived + len(self.late) < self.total

    @property
    def range_words(self) -> str:
        """Return the range: 41 to 47, or one figure."""
        return f"{self.low} to {self.high}" if self.low < self.high else f"{self.low}"


def learn_pattern(past: Iterable[Awaited], *, words: str) -> LearnedPattern | None:
    """Return the pattern of what was due in the past, or nothing where that is too little to learn from."""
    leads = tuple(sorted(one.lead for one in past))
    return LearnedPattern(leads, words) if len(leads) >= FEWEST else None


def forecast_arrivals(awaited: Sequence[Awaited], pattern: Pattern, *, now: dt.datetime) -> Forecast | None:
    """Return how many of these will be complete in time; nothing where nothing has a deadline.

    Of what is still missing h hours before its deadline, the share p = (S(0) - S(h)) / (1 - S(h)) comes in time, S being the
    pattern's share. So with n complete the forecast is n + the sum of all p. What is missing shares its luck: the variance
    is the sum of p (1 - p), times 1 + (m - 1) / (w + 1) for m missing and a pattern that rests on w cases. The range holds
    four in five outcomes of a normal distribution, rounded outward, and never leaves what is possible.
    """
    if not awaited:
        return None
    arrived = sum(one.arrived_at is not None for one in awaited)
    missing = [one for one in awaited if one.arrived_at is None]
    late = tuple(sorted(one.key for one in missing if one.due_at < now))
    chances = [_find_chance(pattern, (one.due_at - now) / HOUR) for one in missing if one.due_at >= now]
    spread = sum(chance * (1 - chance) for chance in chances) * (1 + (len(chances) - 1) / (pattern.weight + 1))
    middle, wide = arrived + sum(chances), SURE * math.sqrt(max(spread, 0.0))
    return Forecast(
        total=len(awaited),
        arrived=arrived,
        low=max(arrived, math.floor(middle - wide + 1e-9)),
        high=min(arrived + len(chances), math.ceil(middle + wide - 1e-9)),
        due_at=max(one.due_at for one in awaited),
        late=late,
        pattern=pattern,
    )


def _find_chance(pattern: Pattern, hours: float) -> float:
    came, will = pattern.find_share(hours), pattern.find_share(0.0)
    return max(0.0, (will - came) / (1 - came)) if came < 1 else 1.0
