"""The board: papers by what they owe, counted by how far each file and each word of their authors is."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from django.db import transaction
from django.utils import timezone

from papers.board_items import WORD_ITEMS
from papers.board_rows import BoardRow, Situation, list_board_rows
from papers.camera_ready import approve_file
from papers.errors import Refusal
from papers.models import FileKind, FileVersion, RequiredFile, Track, User
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
    said: dict[str, str]
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
        return sum(not row.situation.due_count for row in self.everything)


def build_board(sight: Sight, question: BoardQuestion) -> Board:
    """Return the board over the papers that a person may know of; counts are of the track, rows of the whole question.

    Raises SearchMistake for words that are no search.
    """
    papers = sight.papers.in_track(question.track) if question.track else sight.papers
    rules, rows = list_board_rows(sight.workshop, papers, now=timezone.now())
    named = set(search_papers(sight, question.words).values_list("pk", flat=True)) if question.words.strip() else None
    alike = Counter(row.situation for row in rows)
    wanted = {one for one in alike if _is_wanted(one, question)}
    return Board(
        kinds=rules.kinds,
        said={kind: label for kind, label in WORD_ITEMS.items() if rules.has_choice or kind != "proceedings"},
        counts=tuple(counts for kind, label in ITEMS.items() if (counts := _count(kind, label, alike)).total),
        tracks=_count_tracks(rows),
        rows=tuple(row for row in rows if row.situation in wanted and (named is None or row.pk in named)),
        everything=tuple(rows),
        ready_count=sum(count for one, count in alike.items() if all(cell is None or _is_ready(cell) for cell in one.cells)),
        clean_count=sum(count * sum(cell is not None and is_clean(cell) for cell in one.cells) for one, count in alike.items()),
    )


def sort_by_urgency(rows: Iterable[BoardRow]) -> list[BoardRow]:
    """Return rows with what is overdue first, the most of it before the rest; then by what is due next, who owes most, number."""
    return sorted(rows, key=lambda row: row.situation.urgency)


def is_clean(owed: OwedFile) -> bool:
    """Tell whether a file was received, checked, and nothing was found in it."""
    current = owed.current
    if owed.state != FileState.RECEIVED or current is None or current.file_id is None or owed.is_checking:
        return False
    return not getattr(current, "block_count", 0) and not getattr(current, "warn_count", 0)


def approve_clean_files(sight: Sight, *, by: User) -> int:
    """Approve every received file in which nothing was found; return how many, or refuse when there is none."""
    clean = list_clean_versions(sight)
    if not clean:
        raise Refusal("There is no received file without findings. Look at those with findings one by one.", subject=sight.workshop)
    with transaction.atomic():
        for version in FileVersion.objects.with_all().filter(pk__in=clean).order_by("pk"):
            approve_file(version, by=by)
    return len(clean)


def list_clean_versions(sight: Sight) -> list[int]:
    """Return the keys of the received versions in which nothing was found; only papers are read that have one."""
    rows = build_board(sight, BoardQuestion()).everything
    keys = [row.pk for row in rows if any(cell and is_clean(cell) for cell in row.situation.cells)]
    papers = sight.papers.for_owed_files(sight.workshop, keys)
    owed = list_owed_by_papers(sight.workshop, papers, brings_facts=False)
    return [one.current.pk for files in owed for one in files if is_clean(one) and one.current]


def has_requirements(sight: Sight) -> bool:
    """Tell whether the workshop asks for anything."""
    return RequiredFile.objects.of_workshop(sight.workshop).exists()


def _count(kind: str, label: str, alike: Counter[Situation]) -> ItemCounts:
    found: Counter[str] = Counter()
    total = 0
    for situation, count in alike.items():
        states = situation.states.get(kind)
        if states is not None:
            total += count
            found.update(dict.fromkeys(states, count))
    return ItemCounts(kind, label, total, tuple((state, found[state]) for state in STATES))


def _count_tracks(rows: Sequence[BoardRow]) -> tuple[TrackCounts, ...]:
    """Return the counts of each track in the tracks' order, papers without one last."""
    alike = Counter((row.track, row.situation) for row in rows)

    def count(track: Track | None) -> TrackCounts:
        own = [(situation, number) for (other, situation), number in alike.items() if other == track]
        total = sum(number for _, number in own)
        owing = sum(number for situation, number in own if situation.due_count)
        overdue = sum(number for situation, number in own if situation.overdue_count)
        name, slug = (track.name, track.slug) if track else ("Without a track", "")
        return TrackCounts(slug, name, total, total - owing, owing, overdue)

    tracks = {track for track, _ in alike}
    order = sorted(tracks, key=lambda track: (track is None, track.position if track else 0, track.pk if track else 0))
    return tuple(count(track) for track in order)


def _is_wanted(situation: Situation, question: BoardQuestion) -> bool:
    asked = [states for kind, states in situation.states.items() if question.kind in {"", kind}]
    return bool(asked) if not question.state else any(question.state in states for states in asked)


def _is_ready(owed: OwedFile) -> bool:
    return owed.state in {FileState.APPROVED, FileState.OPTIONAL}
