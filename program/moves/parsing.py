"""Moves as they come in JSON."""

from typing import Any

from program.errors import MovesRefused
from program.moves.acts import Move
from program.moves.board_moves import AddBoards, AssignBoards, EditBoards, RemoveBoards, SetBoard
from program.moves.bulk_moves import Clear, Pin, Shift, Swap
from program.moves.day_moves import AddDay, ApplyTemplate, CopyDay, EditDay, RemoveDay
from program.moves.room_moves import AddRoom, EditRoom, RemoveRoom
from program.moves.session_moves import AddSession, EditSession, PlaceSession, RemoveSession, ResizeSession
from program.moves.slot_moves import AddTalk, EditSlot, PlacePaper, PlaceSlot, TakeOut
from program.workshop_files.entries import read_entry
from program.workshop_files.mistakes import Reader, show_value, suggest

MOVES: dict[str, type[Move]] = {
    "place-session": PlaceSession,
    "resize-session": ResizeSession,
    "add-session": AddSession,
    "edit-session": EditSession,
    "remove-session": RemoveSession,
    "place-paper": PlacePaper,
    "place-slot": PlaceSlot,
    "take-out": TakeOut,
    "add-talk": AddTalk,
    "edit-slot": EditSlot,
    "swap": Swap,
    "shift": Shift,
    "pin": Pin,
    "clear": Clear,
    "add-day": AddDay,
    "edit-day": EditDay,
    "remove-day": RemoveDay,
    "copy-day": CopyDay,
    "apply-template": ApplyTemplate,
    "add-room": AddRoom,
    "edit-room": EditRoom,
    "remove-room": RemoveRoom,
    "add-boards": AddBoards,
    "edit-boards": EditBoards,
    "remove-boards": RemoveBoards,
    "set-board": SetBoard,
    "assign-boards": AssignBoards,
}
MOST_MOVES = 5000


def parse_moves(data: Any, *, zone: str) -> tuple[Move, ...]:
    """Return the moves of a JSON list; refuses with every mistake by its place. Times without an offset are local to `zone`."""
    reader = Reader(zone=zone)
    if not isinstance(data, list) or not 0 < len(data) <= MOST_MOVES:
        raise MovesRefused("The moves can't be read.", [f"moves: write a list of 1 to {MOST_MOVES} moves, not {show_value(data)}."])
    moves = [_parse(reader, one, f"moves[{index}]") for index, one in enumerate(data)]
    if reader.mistakes:
        raise MovesRefused("The moves can't be read.", [str(mistake) for mistake in reader.mistakes])
    return tuple(move for move in moves if move is not None)


def parse_move(data: Any, *, zone: str) -> Move:
    """Return one move; refuses as `parse_moves` does."""
    (move,) = parse_moves([data], zone=zone)
    return move


def _parse(reader: Reader, data: Any, path: str) -> Move | None:
    if not isinstance(data, dict) or not isinstance(data.get("move"), str):
        reader.refuse(path, f"write an object with a “move”, not {show_value(data)}.")
        return None
    cls = MOVES.get(data["move"])
    if cls is None:
        reader.refuse(f"{path}.move", f"there is no move “{data['move']}”.{suggest(data['move'], MOVES)}")
        return None
    return read_entry(cls, reader, {key: value for key, value in data.items() if key != "move"}, path)
