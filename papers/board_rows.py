"""The rows of the board: of papers that are alike the rules are asked once."""

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, NamedTuple

from papers.board_items import SaidDates, SaidFacts, SaidItem, find_said_dates, tell_items
from papers.metadata import list_outdated_confirmations
from papers.models import FileExtension, FileFinding, FileKind, FileVerdict, FileVersion, Paper, RequiredFile, Track, Workshop
from papers.owed_files import OwedFile, find_requirements
from papers.querysets import PaperQuerySet

NOTHING: Mapping[str, Any] = MappingProxyType({})
FAR = dt.datetime.max.replace(tzinfo=dt.UTC)


class Required(NamedTuple):
    """A file that papers alike must bring: until when, whether their authors have to act."""

    kind: str
    due_at: dt.datetime | None
    is_due: bool


@dataclass(frozen=True, slots=True, eq=False)
class Situation:
    """What papers alike owe: a cell for each file and each word of their authors, states by item; an empty cell is not asked."""

    cells: tuple[OwedFile | None, ...]
    said: tuple[SaidItem | None, ...]
    states: Mapping[str, frozenset[str]]
    required: tuple[Required, ...]
    due_count: int
    overdue_count: int
    next_due_at: dt.datetime | None

    @property
    def urgency(self) -> tuple[int, bool, dt.datetime, int]:
        """Return what puts the most urgent first: what is overdue, then what is due next, then who owes most."""
        return -self.overdue_count, not self.due_count, self.next_due_at or FAR, -self.due_count


class BoardRow(NamedTuple):
    """One paper of the board; `came_at` is when the first version of each file came, by kind."""

    pk: int
    number: int | None
    title: str
    track: Track | None
    released_at: dt.datetime
    came_at: Mapping[str, dt.datetime]
    situation: Situation


class Came(NamedTuple):
    """What the rules ask of the version of a file that counts."""

    is_file: bool
    is_checked: bool
    is_approved: bool | None
    block_count: int
    warn_count: int


@dataclass(slots=True)
class Arrivals:
    """What came of each paper by kind: the version that counts, when the first one came, until when more time was given."""

    current: dict[int, dict[str, Came]] = field(default_factory=lambda: defaultdict(dict))
    first: dict[int, dict[str, dt.datetime]] = field(default_factory=lambda: defaultdict(dict))
    extended: dict[int, dict[str, dt.datetime]] = field(default_factory=lambda: defaultdict(dict))


class Cell(NamedTuple):
    """A file as the rules know it, under which states it counts."""

    file: OwedFile
    states: frozenset[str]
    is_due: bool


@dataclass(slots=True)
class Rules:
    """All that says what a paper owes; of files and papers that are alike it is asked once."""

    tracks: Mapping[int, Track]
    asked: Sequence[RequiredFile]
    dates: SaidDates
    now: dt.datetime
    kinds: tuple[FileKind, ...] = ()
    has_choice: bool = False
    required: dict[tuple[int | None, bool | None], tuple[RequiredFile, ...]] = field(default_factory=dict)
    cells: dict[tuple[int, "Came | None", dt.datetime | None], Cell] = field(default_factory=dict)

    def find_required(self, track_id: int | None, wants: bool | None) -> tuple[RequiredFile, ...]:
        """Return what papers of a track that go into the proceedings, or don't, are asked for."""
        key = (track_id, wants)
        if key not in self.required:
            paper = Paper(track=self.find_track(track_id), wants_proceedings=wants)
            self.required[key] = tuple(find_requirements(paper, self.asked))
        return self.required[key]

    def find_cell(self, row: RequiredFile, came: "Came | None", until: dt.datetime | None) -> Cell:
        """Return what is to be said of a file of which this came, and for which more time was given."""
        key = (row.pk, came, until)
        if key not in self.cells:
            owed = _model_file(row, came, until, self.now)
            self.cells[key] = Cell(owed, list_file_states(owed), owed.is_due)
        return self.cells[key]

    def find_track(self, track_id: int | None) -> Track | None:
        """Return a track by its key."""
        return self.tracks[track_id] if track_id is not None else None


def list_board_rows(workshop: Workshop, papers: PaperQuerySet, *, now: dt.datetime) -> tuple[Rules, list[BoardRow]]:
    """Return a row for each accepted and released one of `papers`, all of one workshop, by number, with the rules behind them.

    Agrees with `list_owed_by_papers`, which is asked of a model of each situation; as many queries for 3 papers as for 3,000.
    """
    facts = papers.list_board_facts()
    outdated = set(list_outdated_confirmations(workshop))
    tracks = {track.pk: track for track in workshop.tracks.all()}
    rules = Rules(tracks, list(RequiredFile.objects.of_workshop(workshop)), find_said_dates(workshop), now)
    kinds = {row.kind for pair in {(one[3], one[4]) for one in facts} for row in rules.find_required(*pair)}
    rules.kinds = tuple(kind for kind in FileKind if kind in kinds)
    rules.has_choice = any(one[3] is not None and tracks[one[3]].proceedings == Track.Proceedings.OPTION for one in facts)
    arrivals = _read_arrivals(workshop)
    known: dict[object, Situation] = {}
    rows = []
    for pk, number, title, track_id, wants, released_at, mode, was_confirmed, comes in facts:
        said = SaidFacts(mode, was_confirmed, pk in outdated, comes, wants)
        current, extended = arrivals.current.get(pk, NOTHING), arrivals.extended.get(pk, NOTHING)
        key = (track_id, said, tuple(current.items()), tuple(extended.items()))
        situation = known.get(key)
        if situation is None:
            situation = known[key] = _find_situation(rules, track_id, said, current, extended)
        rows.append(BoardRow(pk, number, title, rules.find_track(track_id), released_at, arrivals.first.get(pk, NOTHING), situation))
    return rules, rows


def list_file_states(owed: OwedFile) -> frozenset[str]:
    """Return under which of the board's states a file counts: overdue ones under what they are, too."""
    states = {"blocked"} if owed.is_blocked else {str(owed.state)}
    return frozenset(states | ({"overdue"} if owed.is_overdue else set()))


def _read_arrivals(workshop: Workshop) -> Arrivals:
    """Read what came, the newest version first, without its contents and facts."""
    found = Arrivals()
    counts = FileFinding.objects.count_standing(workshop)
    for pk, paper, kind, at, file, is_withdrawn, is_checked, is_approved in FileVersion.objects.list_arrivals(workshop):
        found.first[paper][kind] = at
        if not is_withdrawn and kind not in found.current[paper]:
            held = counts.get(pk, NOTHING)
            found.current[paper][kind] = Came(file is not None, is_checked, is_approved, held.get("block", 0), held.get("warn", 0))
    for paper, kind, due_at in FileExtension.objects.filter(paper__workshop=workshop).values_list("paper", "kind", "due_at"):
        found.extended[paper][kind] = due_at
    return found


def _find_situation(
    rules: Rules, track_id: int | None, said: SaidFacts, current: Mapping[str, Came], extended: Mapping[str, dt.datetime]
) -> Situation:
    track = rules.find_track(track_id)
    found = {
        row.kind: rules.find_cell(row, current.get(row.kind), extended.get(row.kind)) for row in rules.find_required(track_id, said.wants)
    }
    items = tell_items(track, said, rules.dates, now=rules.now)
    states = {kind: cell.states for kind, cell in found.items()} | {item.kind: item.states for item in items if item}
    owed = [cell.file for cell in found.values() if cell.is_due] + [item for item in items if item and not item.is_said]
    return Situation(
        cells=tuple(found[kind].file if kind in found else None for kind in rules.kinds),
        said=items if rules.has_choice else items[:-1],
        states=states,
        required=tuple(
            Required(kind, cell.file.due_at, cell.is_due) for kind, cell in found.items() if not cell.file.requirement.is_optional
        ),
        due_count=len(owed),
        overdue_count=sum("overdue" in held for held in states.values()),
        next_due_at=min((one.due_at for one in owed if one.due_at), default=None),
    )


def _model_file(row: RequiredFile, came: Came | None, until: dt.datetime | None, now: dt.datetime) -> OwedFile:
    """Return a file as the rules know it, with a version that is in no table: whether there is a content, not which."""
    versions: tuple[FileVersion, ...] = ()
    if came:
        version = FileVersion(kind=row.kind, file_id=0 if came.is_file else None, checked_at=now if came.is_checked else None)
        version.block_count, version.warn_count = came.block_count, came.warn_count  # type: ignore[attr-defined]
        if came.is_approved is not None:
            FileVerdict(version=version, is_approved=came.is_approved)  # from now on the version's verdict
        versions = (version,)
    return OwedFile(Paper(), row, versions, FileExtension(kind=row.kind, due_at=until) if until else None, now)
