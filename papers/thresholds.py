"""What if every paper from a threshold on were accepted, and every other rejected."""

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from django.db.models import Q

from papers.capacity import Capacity, Place, count_capacity
from papers.decision_plans import Wish, Wishes
from papers.models import Decision, Paper, PresentationKind, Track
from papers.querysets.measures import Measured, count_measured, list_near, list_rated, measure_papers
from papers.querysets.placing import load_for_deciding
from papers.sight import Sight

MEASURES = {"mean": "Mean rating", "lowest": "Lowest rating", "weighted": "Mean weighted by confidence"}
UNDECIDED, ALL = "undecided", "all"
SCOPES = {UNDECIDED: "Undecided papers only", ALL: "All papers, decided ones too"}
NEAR = 0.5
MOST_NEAR = 40
BINS = 40
ACCEPT, REJECT = Decision.Outcome.ACCEPT.value, Decision.Outcome.REJECT.value


@dataclass(frozen=True, slots=True)
class Threshold:
    """A measure and the level from which papers are accepted; `levels` are those of single tracks, by slug.

    `presentation` is the slug that accepted papers get which have none yet, or nothing.
    """

    measure: str = "mean"
    level: float = 5.5
    levels: Mapping[str, float] = field(default_factory=dict)
    scope: str = UNDECIDED
    presentation: str = ""

    def find_level(self, track: Track | None) -> float:
        """Return the level that counts for papers of a track."""
        return self.levels.get(track.slug, self.level) if track else self.level

    @property
    def title(self) -> str:
        """Return what it is, in few words."""
        apart = "".join(f", {slug} {level:g}" for slug, level in sorted(self.levels.items()))
        return f"{MEASURES[self.measure].lower()} from {self.level:g}{apart}"


@dataclass(frozen=True, slots=True)
class Figure:
    """So many papers of one track that are alike in measure, decision and recommendations."""

    track: Track | None
    measure: float | None
    place: Place
    least: str | None
    most: str | None
    count: int

    def find_wanted(self, threshold: Threshold) -> str:
        """Return the outcome that the threshold gives them: accept, reject, or, where it leaves them alone, what they have."""
        if self.measure is None or (self.place.outcome and threshold.scope == UNDECIDED):
            return self.place.outcome
        return ACCEPT if reaches(self.measure, threshold.find_level(self.track)) else REJECT

    def is_near(self, threshold: Threshold) -> bool:
        """Tell whether they lie so near to their level that a person should look."""
        return self.measure is not None and abs(self.measure - threshold.find_level(self.track)) <= NEAR


@dataclass(slots=True)
class TrackOutlook:
    """What becomes of one track, or of all: counts of papers, with the level that meets the target best."""

    name: str
    slug: str = ""
    level: float = 0.0
    total: int = 0
    accepted: int = 0
    rejected: int = 0
    unrated: int = 0
    changed: int = 0
    target: int | None = None
    advice: float | None = None

    @property
    def open(self) -> int:
        """Return how many stay undecided."""
        return self.total - self.accepted - self.rejected

    @property
    def percent(self) -> int:
        """Return which share is accepted."""
        return round(100 * self.accepted / self.total) if self.total else 0


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar of the histogram: papers with a measure from `start` on; how many are accepted, rejected, left undecided."""

    start: float
    accepted: int = 0
    rejected: int = 0
    open: int = 0

    @property
    def count(self) -> int:
        """Return how many there are."""
        return self.accepted + self.rejected + self.open


@dataclass(frozen=True, slots=True)
class Outlook:
    """What a threshold comes to. `span` is from where to where the measure goes, `width` that of a bar."""

    threshold: Threshold
    whole: TrackOutlook
    tracks: tuple[TrackOutlook, ...]
    capacity: Capacity
    overflows: tuple[str, ...]
    bars: tuple[Bar, ...]
    span: tuple[float, float]
    width: float
    near: tuple[Paper, ...]
    near_count: int
    against: int
    divided: int


@dataclass(frozen=True, slots=True)
class OverThreshold:
    """Accepts every rated paper that reaches the threshold and rejects every other."""

    threshold: Threshold

    @property
    def title(self) -> str:
        """Return what it is, in few words."""
        return self.threshold.title

    def list_wishes(self, sight: Sight) -> Wishes:
        """Ask for every rated paper in scope; an accepted one keeps its presentation and award where it stays accepted."""
        measured = measure_papers(sight.papers, self.threshold.measure, judged=sight.judged, decided=sight.decided)
        values = {pk: value for pk, value, place in list_rated(measured) if not place or self.threshold.scope == ALL}
        given = sight.workshop.presentation_kinds.filter(slug=self.threshold.presentation).first()
        wishes = []
        for key, paper in load_for_deciding(sight.papers, values.keys()).items():
            is_in = reaches(values[key], self.threshold.find_level(paper.track))
            wishes.append(_accept(paper, given) if is_in else Wish(paper, REJECT))
        return Wishes(wishes)


def look_ahead(sight: Sight, threshold: Threshold) -> Outlook:
    """Return what the threshold comes to, as far as `sight` reaches: papers whose judgments are hidden count as unrated."""
    measured = measure_papers(sight.papers, threshold.measure, judged=sight.judged, decided=sight.decided)
    figures = _list_figures(sight, measured)
    held = count_capacity(sight)
    given = next((room.kind for room in held.rooms if room.kind.slug == threshold.presentation), None)
    after = held.move(_list_moves(figures, threshold, given))
    by_track = [[one for one in figures if one.track == rate.track] for rate in held.rates]
    sides = [one.find_wanted(threshold) for one in figures]
    span = find_span(figures)
    bars, width = _draw_bars(figures, threshold, span)
    return Outlook(
        threshold=threshold,
        whole=_sum_up("All papers", figures, threshold),
        tracks=tuple(_sum_up_track(some, threshold) for some in by_track if some),
        capacity=after,
        overflows=tuple(after.list_overflows(held)),
        bars=bars,
        span=span,
        width=width,
        near=tuple(list_near(measured, _find_near(threshold), MOST_NEAR)),
        near_count=sum(one.count for one in figures if one.is_near(threshold)),
        against=sum(one.count for one, side in zip(figures, sides, strict=True) if side and one.least and one.least == one.most != side),
        divided=sum(one.count for one in figures if one.least != one.most),
    )


def suggest_level(sight: Sight, measure: str) -> float:
    """Return a level to begin with: one that meets the targets of the tracks taken together, else the middle of the measures."""
    figures = _list_figures(sight, measure_papers(sight.papers, measure, judged=sight.judged, decided=sight.decided))
    aimed = [one for one in figures if one.track and one.track.target_percent is not None]
    if aimed:
        total = sum(one.count for one in aimed)
        wanted = sum(one.count * (one.track.target_percent or 0) for one in aimed if one.track)
        level = advise_level(aimed, round(wanted / total))
        if level is not None:
            return math.ceil(level * 10 - 1e-9) / 10
    low, high = find_span(figures)
    return (low + high) / 2


def reaches(value: float, level: float) -> bool:
    """Tell whether a measure reaches a level; what differs by rounding alone does."""
    return value >= level - 1e-9


def find_span(figures: list[Figure]) -> tuple[float, float]:
    """Return the whole numbers between which all measures lie; 0 to 10 where nothing is rated."""
    values = [one.measure for one in figures if one.measure is not None]
    if not values:
        return 0.0, 10.0
    low, high = math.floor(min(values)), math.ceil(max(values))
    return float(low), float(max(high, low + 1))


def advise_level(figures: list[Figure], target: int) -> float | None:
    """Return the lowest level at which no more than the target's share of these papers is accepted; nothing where none is rated."""
    allowed = round(sum(one.count for one in figures) * target / 100)
    counts: dict[float, int] = {}
    for one in figures:
        if one.measure is not None:
            counts[one.measure] = counts.get(one.measure, 0) + one.count
    taken, level = 0, None
    for value in sorted(counts, reverse=True):
        taken += counts[value]
        if taken > allowed:
            break
        level = value
    return level


def _list_figures(sight: Sight, measured: Measured) -> list[Figure]:
    tracks = {track.pk: track for track in sight.workshop.tracks.all()}
    return [
        Figure(tracks.get(track or 0), value, Place(track, place, kind), least, most, count)
        for track, value, place, kind, least, most, count in count_measured(measured)
    ]


def _accept(paper: Paper, given: PresentationKind | None) -> Wish:
    held: Decision | None = getattr(paper, "decision", None)
    kept = held if held and held.outcome == ACCEPT else None
    return Wish(paper, ACCEPT, (kept.presentation if kept else None) or given, kept.award if kept else None)


def _list_moves(figures: list[Figure], threshold: Threshold, given: PresentationKind | None) -> Iterator[tuple[Place, Place, int]]:
    for one in figures:
        wanted = one.find_wanted(threshold)
        is_left = one.measure is None or (one.place.outcome and threshold.scope == UNDECIDED)
        kept = one.place.kind if one.place.outcome == ACCEPT else None
        kind = (kept or (given.pk if given else None)) if wanted == ACCEPT and not is_left else kept if wanted == ACCEPT else None
        yield one.place, Place(one.place.track, wanted, kind), one.count


def _sum_up(name: str, figures: list[Figure], threshold: Threshold) -> TrackOutlook:
    told = TrackOutlook(name, level=threshold.level)
    for one in figures:
        wanted = one.find_wanted(threshold)
        told.total += one.count
        told.accepted += one.count if wanted == ACCEPT else 0
        told.rejected += one.count if wanted == REJECT else 0
        told.unrated += one.count if one.measure is None else 0
        told.changed += one.count if wanted != one.place.outcome else 0
    return told


def _sum_up_track(figures: list[Figure], threshold: Threshold) -> TrackOutlook:
    track = figures[0].track
    told = _sum_up(track.name if track else "Without a track", figures, threshold)
    told.level = threshold.find_level(track)
    if track:
        told.slug, told.target = track.slug, track.target_percent
        told.advice = advise_level(figures, track.target_percent) if track.target_percent is not None else None
    return told


def _draw_bars(figures: list[Figure], threshold: Threshold, span: tuple[float, float]) -> tuple[tuple[Bar, ...], float]:
    low, high = span
    width = next(width for width in (0.25, 0.5, 1.0, 2.0, 5.0, 10.0, (high - low) / BINS) if (high - low) / width <= BINS)
    last = math.ceil((high - low) / width) - 1
    counts = [{ACCEPT: 0, REJECT: 0, "": 0} for _ in range(last + 1)]
    for one in figures:
        if one.measure is not None:
            counts[min(int((one.measure - low) / width), last)][one.find_wanted(threshold)] += one.count
    bars = (Bar(low + place * width, count[ACCEPT], count[REJECT], count[""]) for place, count in enumerate(counts))
    return tuple(bars), width


def _find_near(threshold: Threshold) -> Q:
    near = Q(measure__gte=threshold.level - NEAR, measure__lte=threshold.level + NEAR)
    own = {slug: Q(track__slug=slug, measure__gte=level - NEAR, measure__lte=level + NEAR) for slug, level in threshold.levels.items()}
    if not own:
        return near
    found = near & (Q(track__isnull=True) | ~Q(track__slug__in=list(own)))
    for condition in own.values():
        found |= condition
    return found
