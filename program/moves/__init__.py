"""What an editor can do to a schedule: moves in, another draft out; pure."""

from program.moves.acts import Move
from program.moves.drafts import Draft, PlacedPaper, compare_drafts, put_changes
from program.moves.parsing import MOVES, parse_move, parse_moves
from program.moves.playing import PlayedMoves, find_new_faults, play_moves
from program.moves.rows import Change, Row, read_change, read_row, write_change, write_row
from program.moves.templates import TEMPLATES

__all__ = [
    "MOVES",
    "TEMPLATES",
    "Change",
    "Draft",
    "Move",
    "PlacedPaper",
    "PlayedMoves",
    "Row",
    "compare_drafts",
    "find_new_faults",
    "parse_move",
    "parse_moves",
    "play_moves",
    "put_changes",
    "read_change",
    "read_row",
    "write_change",
    "write_row",
]
