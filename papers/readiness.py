"""The board of camera-ready files: papers by what they owe, counted by how far each file is."""

from collections import Counter
from dataclasses import dataclass

from django.db import transaction

from papers.camera_ready import approve_file
from papers.errors import Refusal
from papers.models import FileKind, FileVersion, Paper, RequiredFile, User
from papers.owed_files import FileState, OwedFile, list_owed_by_papers
from papers.sight import Sight

# The columns of the counts, in the order of a file's way; each is a filter of the board, too.
STATES = {
    "owed": "Owed",
    "overdue": "Overdue",
    "blocked": "Blocked",
    "returned": "Returned",
    "received": "To look at",
    "approved": "Approved",
}


@dataclass(frozen=True, slots=True)
class BoardQuestion:
    """What the board is asked: a track (by slug), a kind of file, how far it is, words of title or number."""

    track: str = ""
    kind: str = ""
    state: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True)
class BoardRow:
    """One paper with a cell for each kind of the board; an empty cell is a file that it does not owe."""

    paper: Paper
    cells: tuple[OwedFile | None, ...]


@dataclass(frozen=True, slots=True)
class KindCounts:
    """How many files of a kind are how far, with what is asked in all."""

    kind: FileKind
    total: int
    counts: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Board:
    """All that the board shows: kinds, counts over the papers of the track, the rows that were asked for."""

    kinds: tuple[FileKind, ...]
    counts: tuple[KindCounts, ...]
    rows: tuple[BoardRow, ...]
    paper_count: int
    ready_count: int
    clean_count: int


def build_board(sight: Sight, question: BoardQuestion) -> Board:
    """Return the board over the papers that a person may know of; counts are of the track, rows of the whole question."""
    papers = sight.papers.for_readiness()
    if question.track:
        papers = papers.in_track(question.track)
    found = list(papers)
    for paper in found:
        paper.workshop = sight.workshop
    owed = list_owed_by_papers(sight.workshop, found)
    asked = {one.kind for files in owed for one in files}
    kinds = tuple(kind for kind in FileKind if kind in asked)
    rows = [BoardRow(paper, _arrange(files, kinds)) for paper, files in zip(found, owed, strict=True)]
    return Board(
        kinds=kinds,
        counts=tuple(_count(kind, owed) for kind in kinds),
        rows=tuple(row for row in rows if _is_wanted(row, question)),
        paper_count=len(rows),
        ready_count=sum(all(_is_ready(one) for one in files) for files in owed),
        clean_count=sum(is_clean(one) for files in owed for one in files),
    )


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


def _count(kind: FileKind, owed: list[list[OwedFile]]) -> KindCounts:
    files = [one for row in owed for one in row if one.kind == kind]
    found = Counter(state for one in files for state in list_file_states(one))
    return KindCounts(kind, len(files), tuple((state, found[state]) for state in STATES))


def _is_wanted(row: BoardRow, question: BoardQuestion) -> bool:
    words = question.words.casefold().split()
    text = f"{row.paper.number} {row.paper.title}".casefold()
    if not all(word in text for word in words):
        return False
    cells = [cell for cell in row.cells if cell and question.kind in {"", cell.kind}]
    return bool(cells) if not question.state else any(question.state in list_file_states(cell) for cell in cells)


def _is_ready(owed: OwedFile) -> bool:
    return owed.state in {FileState.APPROVED, FileState.OPTIONAL}
