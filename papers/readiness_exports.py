"""Writes the board as it is shown as a table."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial

from papers.board_rows import BoardRow
from papers.models import Workshop
from papers.owed_files import FileState, OwedFile
from papers.readiness import Board
from papers.spreadsheets import CSV_TYPE, XLSX_TYPE, stream_csv, stream_xlsx
from papers.zones import format_instant

Writer = Callable[[Iterable[Sequence[str | int | float]]], Iterator[bytes]]
FORMATS: dict[str, tuple[str, Writer]] = {
    "csv": (CSV_TYPE, stream_csv),
    "xlsx": (XLSX_TYPE, partial(stream_xlsx, title="Camera-ready")),
}


def list_board_lines(workshop: Workshop, board: Board, rows: Sequence[BoardRow]) -> Iterator[list[str | int]]:
    """Yield the head, then a line for each row: number, title, track, each item in words, what is due next in the workshop's zone."""
    kinds = [kind.label for kind in board.kinds]
    yield ["No.", "Paper", "Track", *kinds, *board.said.values(), "Owed", "Overdue", "Next due"]
    for row in rows:
        situation = row.situation
        due = situation.next_due_at
        yield [
            row.number if row.number is not None else "",
            row.title,
            row.track.name if row.track else "",
            *(tell_file(cell) if cell else "" for cell in situation.cells),
            *(item.words if item else "" for item in situation.said),
            situation.due_count,
            situation.overdue_count,
            format_instant(due, workshop.zone) if due else "",
        ]


def tell_file(owed: OwedFile) -> str:
    """Return how far a file is, as its badge and the words beside it say."""
    warnings = getattr(owed.current, "warn_count", 0) if owed.state != FileState.APPROVED else 0
    parts = [
        owed.state_words,
        f"{warnings} warning{'' if warnings == 1 else 's'}" if warnings else "",
        "extended" if owed.extension else "",
    ]
    return ", ".join(part for part in parts if part)
