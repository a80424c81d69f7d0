"""The board: papers by what they owe, counted by how far each file and each word of their authors is."""

import datetime as dt
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from django.db import transaction
from django.utils import timezone

from papers.board_items import WORD_ITEMS, SaidItem, list_said_items
from papers.camera_ready import approve_file
from papers.errors import Refusal
from papers.models import FileKind, FileVersion, Paper, RequiredFile, User
from papers.owed_files import FileState, OwedFile, list_owed_by_papers
from papers.search import search_papers
from papers.sight import Sight

# The columns of the counts, in the order of a file's way; each is a filter of the board, too.
STATES = {
    "owed": "Owed",
    "overdue": "Overdue",
    "blocked": "Blocked",
    "returned": "Returned",
    "received": "To look at",
    "approved": "Done",
}
DUE = frozenset({"owed", "blocked", "returned"})
# What a question may ask for: a kind of file, or what authors say.
ITEMS = {**dict(FileKind.choices), **WORD_ITEMS}


@dataclass(frozen=True, slots=True)
class BoardQuestion:
    """What the board is asked: a track (by slug), an item, how far it is, a search."""

    track: str = ""
    kind: str = ""
    state: str = ""
    words: str = ""

    @property
    def is_narrow(self) -> bool:
        """Tell whether it asks for anything."""
        return any((self.track, self.kind, self.state, self.words))

    def without_words(self) -> "BoardQuestion":
        """Return the question without its search."""
        return replace(self, words="")


@dataclass(frozen=True, slots=True)
class BoardRow:
    """One paper with a cell for each file and each word of its authors, its states by item; an empty cell is not asked of it."""

    paper: Paper
    cells: tuple[OwedFile | None, ...]
    said: tuple[SaidItem | None, ...]
    states: Mapping[str, frozenset[str]]

    @property
    def due_count(self) -> int:
        """Return how many items its authors owe."""
        return sum(not states.isdisjoint(DUE) for states in self.states.values())

    @property
    def overdue_count(self) -> int:
        """Return how many of them are overdue."""
        return sum("overdue" in states for states in self.states.values())

    @property
    def next_due_at(self) -> dt.datetime | None:
        """Return the first deadline of what its authors owe."""
        items = [item for item in (*self.cells, *self.said) if item and not self.states[item.kind].isdisjoint(DUE)]
        return min((item.due_at for item in items if item.due_at), default=None)


@dataclass(frozen=True, slots=True)
class ItemCounts:
    """How many of an item are how far, with what is asked in all; `kind` is its name in addresses."""

    kind: str
    label: str
    total: int
    counts: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class TrackCounts:
    """How many papers of a track owe nothing more, owe something, are overdue."""

    slug: str
    name: str
    total: int
    finished: int
    owing: int
    overdue: int


@dataclass(frozen=True, slots=True)
class Board:
    """All that the board shows: kinds of files, what authors say by name, counts of the track, the rows asked for, by number."""

    kinds: tuple[FileKind, ...]
    said: Mapping[str, str]
    counts: tuple[ItemCounts, ...]
    tracks: tuple[TrackCounts, ...]
    rows: tuple[BoardRow, ...]
    everything: tuple[BoardRow, ...]
    ready_count: int
    clean_count: int

    @property
    def paper_count(self) -> int:
        """Return how many papers are counted."""
        return len(self.everything)

    @property
    def finished_count(self) -> int:
        """Return how many of them owe nothing more."""
        return sum(not row.due_count for row in self.everything)


def build_board(sight: Sight, question: BoardQuestion) -> Board:
    """Return the board over the papers that a person may know of; counts are of the track, rows of the whole question.

    Raises SearchMistake for words that are no search.
    """
    papers = sight.papers.for_readiness()
    if question.track:
        papers = papers.in_track(question.track)
    found = list(papers)
    for paper in found:
        paper.workshop = sight.workshop
    owed = list_owed_by_papers(sight.workshop, found, brings_facts=False)
    said = list_said_items(sight.workshop, found, now=timezone.now())
    asked = {one.kind for files in owed for one in files}
    kinds = tuple(kind for kind in FileKind if kind in asked)
    has_choice = any(words[-1] for words in said)
    said = said if has_choice else [words[:-1] for words in said]
    rows = tuple(
        BoardRow(paper, _arrange(files, kinds), words, _read_states(files, words))
        for paper, files, words in zip(found, owed, said, strict=True)
    )
    named = set(search_papers(sight, question.words).values_list("pk", flat=True)) if question.words.strip() else None
    return Board(
        kinds=kinds,
        said={kind: label for kind, label in WORD_ITEMS.items() if has_choice or kind != "proceedings"},
        counts=tuple(counts for kind, label in ITEMS.items() if (counts := _count(kind, label, rows)).total),
        tracks=_count_tracks(rows),
        rows=tuple(row for row in rows if _is_wanted(row, question) and (named is None or row.paper.pk in named)),
        everything=rows,
        ready_count=sum(all(_is_ready(one) for one in files) for files in owed),
        clean_count=sum(is_clean(one) for files in owed for one in files),
    )


def sort_by_urgency(rows: Sequence[BoardRow]) -> list[BoardRow]:
    """Return rows with what is overdue first, the most of it before the rest; then by what is due next, who owes most, number."""
    far = dt.datetime.max.replace(tzinfo=dt.UTC)
    return sorted(rows, key=lambda row: (-row.overdue_count, not row.due_count, row.next_due_at or far, -row.due_count))


def list_file_states(owed: OwedFile) -> frozenset[str]:
    """Return under which of the board's states a file counts: overdue ones under what they are, too."""
    states = {"blocked"} if owed.is_blocked else {str(owed.state)}
    return frozenset(states | ({"overdue"} if owed.is_overdue else set()))


def is_clean(owed: OwedFile) -> bool:
    """Tell whether a file was received, checked, and nothing was found in it."""
    current = owed.current
    if owed.state != FileState.RECEIVED or current is None or current.file_id is None or owed.is_checking:
        return False
    return not getattr(current, "block_count", 0) and not getattr(current, "warn_count", 0)


def approve_clean_files(sight: Sight, *, by: User) -> int:
    """Approve every received file in which nothing was found; return how many, or refuse when there is none."""
    papers = list(sight.papers.for_readiness())
    for paper in papers:
        paper.workshop = sight.workshop
    clean = [one.current.pk for files in list_owed_by_papers(sight.workshop, papers) for one in files if is_clean(one) and one.current]
    if not clean:
        raise Refusal("There is no received file without findings. Look at those with findings one by one.", subject=sight.workshop)
    with transaction.atomic():
        for version in FileVersion.objects.with_all().filter(pk__in=clean).order_by("pk"):
            approve_file(version, by=by)
    return len(clean)


def has_requirements(sight: Sight) -> bool:
    """Tell whether the workshop asks for anything."""
    return RequiredFile.objects.of_workshop(sight.workshop).exists()


def _arrange(files: list[OwedFile], kinds: tuple[FileKind, ...]) -> tuple[OwedFile | None, ...]:
    by_kind = {one.kind: one for one in files}
    return tuple(by_kind.get(kind) for kind in kinds)


def _read_states(files: list[OwedFile], said: tuple[SaidItem | None, ...]) -> dict[str, frozenset[str]]:
    return {one.kind.value: list_file_states(one) for one in files} | {item.kind: item.states for item in said if item}


def _count(kind: str, label: str, rows: Sequence[BoardRow]) -> ItemCounts:
    states = [row.states[kind] for row in rows if kind in row.states]
    found = Counter(state for one in states for state in one)
    return ItemCounts(kind, label, len(states), tuple((state, found[state]) for state in STATES))


def _count_tracks(rows: Sequence[BoardRow]) -> tuple[TrackCounts, ...]:
    """Return the counts of each track in the tracks' order, papers without one last."""
    tracks = {row.paper.track_id: row.paper.track for row in rows}
    order = sorted(tracks.values(), key=lambda track: (track is None, track.position if track else 0, track.pk if track else 0))
    counted = []
    for track in order:
        own = [row for row in rows if row.paper.track == track]
        owing, overdue = sum(row.due_count > 0 for row in own), sum(row.overdue_count > 0 for row in own)
        name, slug = (track.name, track.slug) if track else ("Without a track", "")
        counted.append(TrackCounts(slug, name, len(own), len(own) - owing, owing, overdue))
    return tuple(counted)


def _is_wanted(row: BoardRow, question: BoardQuestion) -> bool:
    asked = [states for kind, states in row.states.items() if question.kind in {"", kind}]
    return bool(asked) if not question.state else any(question.state in states for states in asked)


def _is_ready(owed: OwedFile) -> bool:
    return owed.state in {FileState.APPROVED, FileState.OPTIONAL}
