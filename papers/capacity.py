"""How many papers each presentation kind still takes, with what share of each track is accepted."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from papers.errors import Refusal
from papers.models import Decision, Paper, PresentationKind, Track, User, Workshop
from papers.querysets.placing import count_places, present_as
from papers.sight import Sight, find_sight


class OverCapacity(Refusal):
    """More papers would be presented so than there can be; whoever means it confirms it."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a decision puts a paper: its track, outcome (empty while undecided) and presentation kind, by key."""

    track: int | None
    outcome: str = ""
    kind: int | None = None


@dataclass(frozen=True, slots=True)
class Room:
    """A presentation kind with how many accepted papers it has; `str()` says what is left."""

    kind: PresentationKind
    taken: int

    @property
    def left(self) -> int | None:
        """Return how many more there can be, nothing where there is no limit; below zero it is over."""
        return None if self.kind.capacity is None else self.kind.capacity - self.taken

    @property
    def is_over(self) -> bool:
        """Tell whether there are more than there can be."""
        return self.left is not None and self.left < 0

    def __str__(self) -> str:
        if self.left is None:
            return count_kind(self.taken, self.kind)
        if self.left < 0:
            return f"{count_kind(self.taken, self.kind)}, {-self.left} more than the {self.kind.capacity} there can be"
        return f"{count_kind(self.left, self.kind)} left of {self.kind.capacity}"


@dataclass(frozen=True, slots=True)
class Rate:
    """A track with how many of its active papers there are, are decided, are accepted."""

    track: Track | None
    total: int = 0
    decided: int = 0
    accepted: int = 0

    @property
    def name(self) -> str:
        """Return how the track is called."""
        return self.track.name if self.track else "Without a track"

    @property
    def percent(self) -> int:
        """Return which share is accepted."""
        return round(100 * self.accepted / self.total) if self.total else 0

    @property
    def target(self) -> int | None:
        """Return which share is to be accepted, where the track says it."""
        return self.track.target_percent if self.track else None

    @property
    def to_go(self) -> int | None:
        """Return how many more may be accepted until the target is reached; below zero it is passed."""
        return None if self.target is None else round(self.total * self.target / 100) - self.accepted

    def __str__(self) -> str:
        aim = f", target {self.target} %" if self.target is not None else ""
        return f"{self.name}: {self.accepted} of {self.total} accepted, {self.percent} %{aim}"


@dataclass(frozen=True, slots=True)
class Capacity:
    """Every presentation kind and every track of a workshop, as one person may count them."""

    rooms: tuple[Room, ...]
    rates: tuple[Rate, ...]

    def move(self, moves: Iterable[tuple[Place, Place, int]]) -> "Capacity":
        """Return how it would be after so many papers moved from one place to another."""
        taken = {room.kind.pk: room.taken for room in self.rooms}
        counts = {rate.track and rate.track.pk: [rate.decided, rate.accepted] for rate in self.rates}
        for before, after, count in moves:
            for place, step in ((before, -count), (after, count)):
                if place.kind in taken:
                    taken[place.kind] += step
                counted = counts.get(place.track)
                if counted is not None:
                    counted[0] += step if place.outcome else 0
                    counted[1] += step if place.outcome == Decision.Outcome.ACCEPT else 0
        rates = ((rate, counts[rate.track and rate.track.pk]) for rate in self.rates)
        return Capacity(
            tuple(replace(room, taken=taken[room.kind.pk]) for room in self.rooms),
            tuple(replace(rate, decided=decided, accepted=accepted) for rate, (decided, accepted) in rates),
        )

    def list_overflows(self, before: "Capacity") -> list[str]:
        """Return a sentence for each presentation kind that is over its capacity, and further than before."""
        earlier = {room.kind.pk: room.taken for room in before.rooms}
        return [_tell_overflow(room) for room in self.rooms if room.is_over and room.taken > earlier[room.kind.pk]]


def count_capacity(sight: Sight) -> Capacity:
    """Return how full each presentation kind is, and how many papers of each track are accepted, as far as `sight` reaches."""
    kinds, tracks = sight.workshop.presentation_kinds.all(), {track.pk: track for track in sight.workshop.tracks.all()}
    taken = {kind.pk: 0 for kind in kinds}
    counts: dict[int | None, list[int]] = {key: [0, 0, 0] for key in tracks}  # all, decided, accepted
    for track, outcome, kind, count in count_places(sight.papers, sight.decided):
        counted = counts.setdefault(track, [0, 0, 0])
        counted[0] += count
        counted[1] += count if outcome else 0
        counted[2] += count if outcome == Decision.Outcome.ACCEPT else 0
        if kind in taken:
            taken[kind] += count
    rates = (Rate(tracks[key] if key else None, *counted) for key, counted in counts.items())
    return Capacity(tuple(Room(kind, taken[kind.pk]) for kind in kinds), tuple(rates))


def refuse_overflow(paper: Paper, kind: PresentationKind | None, *, by: User | None) -> None:
    """Refuse one more paper of a presentation kind that is full; call it inside the transaction that accepts `paper`."""
    if kind is None or kind.capacity is None or paper.is_test:
        return
    PresentationKind.objects.select_for_update().filter(pk=kind.pk).first()  # two last places given at once would be one too many
    sight = find_judging_sight(paper.workshop, by)
    taken = present_as(sight.papers, kind.pk, sight.decided).exclude(pk=paper.pk).count()
    if taken >= kind.capacity:
        raise OverCapacity(_tell_overflow(Room(kind, taken + 1)), subject=paper)


def find_judging_sight(workshop: Workshop, by: User | None) -> Sight:
    """Return what `by` sees of the workshop; a command, for which nobody stands, sees all."""
    return find_sight(workshop, by) if by else Sight(workshop, is_inside=True)


def count_kind(count: int, kind: PresentationKind) -> str:
    """Return so many of a presentation kind in words: 1 oral, 3 orals."""
    return f"{count} {kind.name.lower()}{'' if count == 1 else 's'}"


def _tell_overflow(room: Room) -> str:
    return f"This makes {room}. Tick “Go over capacity” if you mean it."
