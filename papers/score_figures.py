"""Pictures of ratings: of one paper, of a whole set, as values that a page draws."""

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from papers.models import Workshop
from papers.querysets import PaperQuerySet
from papers.querysets.table_figures import count_means, count_outcomes, count_pairs, read_rating_ends
from papers.sight import Sight

MOST_BINS = 11
BAR, GAP, TALL = 5, 1, 18  # pixels of the small picture of one paper
TONES = (("accept", "good", "accepted"), ("", "plain", "undecided"), ("reject", "bad", "rejected"))
HIGH, WIDE = 140, 640  # units of the histogram


@dataclass(frozen=True, slots=True)
class RatingScale:
    """From where to where the ratings of a workshop go; pictures of its papers share it."""

    low: int = 1
    high: int = 10

    @property
    def bin_count(self) -> int:
        """Return into how many bars a paper's ratings go: one a grade, at most eleven."""
        return min(self.high - self.low + 1, MOST_BINS)

    @property
    def bin_width(self) -> float:
        """Return how many grades a bar holds."""
        return (self.high - self.low + 1) / self.bin_count

    @property
    def picture_width(self) -> int:
        """Return how wide the picture of one paper is."""
        return self.bin_count * (BAR + GAP)

    def place(self, rating: float) -> int:
        """Return the bar of a rating."""
        return max(0, min(self.bin_count - 1, int((rating - self.low) / self.bin_width)))


def find_scale(sight: Sight) -> RatingScale | None:
    """Return the scale of the ratings that a person may see, or nothing where there are none."""
    ends = read_rating_ends(sight.papers, sight.judged) if sight.is_inside else None
    return RatingScale(math.floor(ends[0]), max(math.ceil(ends[1]), math.floor(ends[0]) + 1)) if ends else None


def draw_ratings(ratings: Iterable[float], scale: RatingScale) -> str:
    """Return the bars of one paper as the data of an SVG path: as high as there are ratings in them."""
    counts = Counter(scale.place(rating) for rating in ratings)
    unit = (TALL - 2) // max(3, *counts.values()) if counts else 0
    return "".join(
        f"M{place * (BAR + GAP)} {TALL - 1}v-{max(1, count * unit)}h{BAR}V{TALL - 1}z" for place, count in sorted(counts.items())
    )


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a stacked bar: how many papers, in which tone, what they are, from where to where."""

    count: int
    tone: str
    noun: str
    start: float = 0
    length: float = 0


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar of the histogram; `q` is the search that finds its papers."""

    low: float
    high: float
    q: str
    x: float
    width: float
    parts: tuple[Part, ...]

    @property
    def count(self) -> int:
        """Return how many papers it holds."""
        return sum(part.count for part in self.parts)

    @property
    def middle(self) -> float:
        """Return where its label stands."""
        return self.x + self.width / 2

    def __str__(self) -> str:
        told = ", ".join(f"{part.count} {part.noun}" for part in self.parts if part.count)
        return f"Mean from {self.low:g} to below {self.high:g}: {self.count} ({told})"


@dataclass(frozen=True, slots=True)
class Cell:
    """How many reviews have this rating with this confidence; `shade` goes from 0 to 1."""

    rating: str
    confidence: int
    count: int
    shade: float
    x: int
    y: int


@dataclass(frozen=True, slots=True)
class PairGrid:
    """Ratings against confidences, with the labels of both axes."""

    cells: tuple[Cell, ...]
    ratings: tuple[tuple[str, int], ...]
    confidences: tuple[tuple[int, int], ...]

    @property
    def width(self) -> int:
        """Return how wide it is."""
        return 30 * len(self.ratings) + 24

    @property
    def height(self) -> int:
        """Return how high it is."""
        return 24 * len(self.confidences) + 20


@dataclass(frozen=True, slots=True)
class Share:
    """How the papers of a track, or of all, were decided; `q` is the search that finds the accepted ones."""

    label: str
    q: str
    parts: tuple[Part, ...]
    target: int | None = None

    @property
    def count(self) -> int:
        """Return how many active papers there are."""
        return sum(part.count for part in self.parts)

    @property
    def percent(self) -> int:
        """Return which share is accepted."""
        return round(100 * self.parts[0].count / self.count) if self.count else 0


@dataclass(frozen=True, slots=True)
class Places:
    """How many of the papers have a presentation, how many in the whole workshop, how many there can be."""

    label: str
    q: str
    found: int
    taken: int
    capacity: int | None

    @property
    def length(self) -> float:
        """Return how full it is, from 0 to 100."""
        return min(100, 100 * self.taken / self.capacity) if self.capacity else 100 if self.taken else 0

    @property
    def is_over(self) -> bool:
        """Tell whether there are more than there can be."""
        return self.capacity is not None and self.taken > self.capacity


@dataclass(frozen=True, slots=True)
class ScoreFigures:
    """All pictures of a set of papers."""

    bars: tuple[Bar, ...]
    grid: PairGrid | None
    shares: tuple[Share, ...]
    places: tuple[Places, ...]
    hidden_count: int

    @property
    def labels(self) -> list[Bar]:
        """Return the bars under which their start is written: those at whole grades."""
        return [bar for bar in self.bars if bar.low == int(bar.low)]


def draw_figures(sight: Sight, found: PaperQuerySet, q: str = "") -> ScoreFigures:
    """Return the pictures of the papers found by `q`; judgments that must not be seen are in none of them."""
    scale = find_scale(sight)
    outcomes = count_outcomes(found, sight.decided)
    return ScoreFigures(
        bars=_draw_bars(sight, found, scale, q) if scale else (),
        grid=_draw_grid(sight, found, scale) if scale else None,
        shares=_draw_shares(sight.workshop, outcomes, q),
        places=_draw_places(sight, outcomes, q),
        hidden_count=found.filter(pk__in=sight.hidden).count() if sight.hidden else 0,
    )


def narrow(q: str, more: str) -> str:
    """Return a search that finds what both find."""
    return f"({q}) {more}" if " or " in f" {q.casefold()} " else f"{q} {more}".strip()


def _draw_bars(sight: Sight, found: PaperQuerySet, scale: RatingScale, q: str) -> tuple[Bar, ...]:
    width = 0.5 if scale.high - scale.low <= 2 * MOST_BINS else scale.bin_width
    counts: dict[int, dict[str, int]] = {}
    for place, outcome, count in count_means(found, width, judged=sight.judged, decided=sight.decided):
        counts.setdefault(place, {})[outcome] = count
    if not counts:
        return ()
    first, last = math.floor(scale.low / width), max(math.ceil(scale.high / width), *counts)
    step = WIDE / (last - first + 1)
    unit = (HIGH - 10) / max(sum(told.values()) for told in counts.values())
    bars = []
    for place in range(first, last + 1):
        low, high = round(place * width, 4), round((place + 1) * width, 4)
        parts = _stack(counts.get(place, {}), unit)
        search = narrow(q, f"rating>={low:g} rating<{high:g}")
        bars.append(Bar(low, high, search, round((place - first) * step + 1, 2), round(step - 2, 2), parts))
    return tuple(bars)


def _stack(told: dict[str, int], unit: float) -> tuple[Part, ...]:
    parts, top = [], float(HIGH)
    for outcome, tone, noun in TONES:
        length = told.get(outcome, 0) * unit
        top -= length
        parts.append(Part(told.get(outcome, 0), tone, noun, round(top, 2), round(length, 2)))
    return tuple(parts)


def _draw_grid(sight: Sight, found: PaperQuerySet, scale: RatingScale) -> PairGrid | None:
    pairs = count_pairs(found, scale.low, scale.bin_width, judged=sight.judged)
    if not pairs:
        return None
    low, high = min(sure for _, sure, _ in pairs), max(sure for _, sure, _ in pairs)
    if high - low > MOST_BINS:
        return None
    most = max(count for *_, count in pairs)
    labels = [f"{scale.low + place * scale.bin_width:g}" for place in range(scale.bin_count)]
    cells = (
        Cell(labels[min(place, scale.bin_count - 1)], sure, count, round(0.1 + 0.9 * count / most, 3), 24 + 30 * place, 24 * (high - sure))
        for place, sure, count in pairs
        if 0 <= place < scale.bin_count
    )
    return PairGrid(
        tuple(cells),
        tuple((label, 24 + 30 * place + 15) for place, label in enumerate(labels)),
        tuple((sure, 24 * (high - sure) + 12) for sure in range(low, high + 1)),
    )


def _draw_shares(workshop: Workshop, outcomes: Sequence[tuple[int | None, str, int | None, int]], q: str) -> tuple[Share, ...]:
    shares = []
    tracks = [(track.pk, track.name, f"track:{track.slug}", track.target_percent) for track in workshop.tracks.all()]
    for key, label, term, target in [*tracks, (None, "Without a track", "track:none", None)]:
        counts: Counter[str] = Counter()
        for track, outcome, _, count in outcomes:
            counts[outcome] += count if track == key else 0
        if total := counts.total():
            parts, start = [], 0.0
            for outcome, tone, noun in TONES:
                length = 100 * counts[outcome] / total
                parts.append(Part(counts[outcome], tone, noun, round(start, 2), round(length, 2)))
                start += length
            shares.append(Share(label, narrow(q, f"{term} dec:accept"), tuple(parts), target))
    return tuple(shares)


def _draw_places(sight: Sight, outcomes: Sequence[tuple[int | None, str, int | None, int]], q: str) -> tuple[Places, ...]:
    found: Counter[int | None] = Counter()
    taken: Counter[int | None] = Counter()
    for _, outcome, kind, count in outcomes:
        found[kind] += count if outcome == "accept" else 0
    everything = outcomes if not q else count_outcomes(sight.papers.in_standing(""), sight.decided)
    for _, outcome, kind, count in everything:
        taken[kind] += count if outcome == "accept" else 0
    kinds = [(kind.pk, kind.name, f"pres:{kind.slug}", kind.capacity) for kind in sight.workshop.presentation_kinds.all()]
    return tuple(Places(label, narrow(q, term), found[key], taken[key], capacity) for key, label, term, capacity in kinds)
