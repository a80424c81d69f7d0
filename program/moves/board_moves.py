"""Moves of poster boards: ranges, single boards, boards by rule."""

from dataclasses import dataclass
from typing import Any

from program.errors import MoveRefused, MovesRefused
from program.moves import fields as read
from program.moves.acts import Move, refuse_hidden, settle_key
from program.moves.board_rules import name_board, name_boards, read_rule
from program.moves.drafts import Draft
from program.moves.rows import BoardsRow, SessionRow, SlotRow
from program.moves.slot_moves import find_movable_slot
from program.workshop_files.entries import entry
from program.workshop_files.fields import line


@dataclass(frozen=True, slots=True, kw_only=True)
class AddBoards(Move):
    """Add a range of boards."""

    uid: str = entry(read.key, default="")
    first: int = entry(read.board)
    last: int = entry(read.board)
    prefix: str = entry(line(10), default="")
    rule: str = entry(line(40), default="")
    topic: str = entry(line(300), default="")

    def act(self, draft: Draft) -> str:
        """Add it."""
        values = {name: getattr(self, name) for name in ("first", "last", "prefix", "rule", "topic")}
        boards = BoardsRow(uid=settle_key(draft, self.uid), **values)
        draft.put(boards)
        return f"Added the boards {name_boards(boards)}."


@dataclass(frozen=True, slots=True, kw_only=True)
class EditBoards(Move):
    """Change a range of boards; posters keep the boards that they have."""

    boards: str = entry(read.key)
    first: int | None = entry(read.board, default=None)
    last: int | None = entry(read.board, default=None)
    prefix: str | None = entry(line(10), default=None)
    rule: str | None = entry(line(40), default=None)
    topic: str | None = entry(line(300), default=None)

    def act(self, draft: Draft) -> str:
        """Change it; what is not given stays."""
        boards = draft.find(BoardsRow, self.boards)
        values = {name: getattr(self, name) for name in ("first", "last", "prefix", "rule", "topic")}
        given: dict[str, Any] = {name: value for name, value in values.items() if value is not None}
        return f"The boards {name_boards(boards)} are {name_boards(draft.change(boards, **given))} now."


@dataclass(frozen=True, slots=True, kw_only=True)
class RemoveBoards(Move):
    """Remove a range of boards; posters keep the boards that they have."""

    boards: str = entry(read.key)

    def act(self, draft: Draft) -> str:
        """Remove it."""
        boards = draft.find(BoardsRow, self.boards)
        draft.drop(boards)
        return f"Removed the boards {name_boards(boards)}."


@dataclass(frozen=True, slots=True, kw_only=True)
class SetBoard(Move):
    """Give one poster a board, or 0 for none."""

    slot: str = entry(read.key)
    board: int = entry(read.board_or_none)

    def act(self, draft: Draft) -> str:
        """Set it; the poster that had this board has none then."""
        slot = find_movable_slot(draft, self.slot)
        session = draft.find(SessionRow, slot.session)
        if session.kind != "poster":
            raise MoveRefused(f"{draft.name_session(session)} is no poster session, so nothing in it has a board.")
        for other in draft.list_slots(session.uid):
            if self.board and other.board == self.board and other.uid != slot.uid:
                draft.change(find_movable_slot(draft, other.uid), board=None)
        draft.change(slot, board=self.board or None)
        given = f"board {name_board(draft.boards.values(), self.board)}" if self.board else "no board"
        return f"Gave {draft.name_slot(slot)} {given}."


@dataclass(frozen=True, slots=True, kw_only=True)
class AssignBoards(Move):
    """Give every poster of a session a board by the rules of the ranges; pinned posters keep theirs."""

    session: str = entry(read.key)

    def act(self, draft: Draft) -> str:
        """Assign them all; refuses with every poster for which no board is left."""
        session = draft.find(SessionRow, self.session)
        if session.kind != "poster":
            raise MoveRefused(f"{draft.name_session(session)} is no poster session, so it needs no boards.")
        if not draft.boards:
            raise MoveRefused("There are no boards yet; add a range first, for example 140 to 169.")
        slots = [slot for slot in draft.list_slots(session.uid) if slot.paper is not None]
        refuse_hidden(draft, slots)
        ranges = sorted(draft.boards.values(), key=lambda boards: (boards.topic == "", boards.rule == "", boards.first))
        taken = {slot.board for slot in slots if slot.is_pinned and slot.board}
        found = {slot.uid: slot.board for slot in slots if slot.is_pinned}
        for boards in ranges:
            for slot in slots:
                if not found.get(slot.uid) and not slot.is_pinned and (board := find_board(draft, boards, slot, taken)):
                    found[slot.uid] = board
                    taken.add(board)
        missing = [draft.name_slot(slot) for slot in slots if not found.get(slot.uid) and not slot.is_pinned]
        if missing:
            raise MovesRefused(
                f"There is no board left for {len(missing)} posters of {draft.name_session(session)}.",
                [f"No board for {name}." for name in missing],
            )
        for slot in slots:
            draft.change(slot, board=found[slot.uid])
        return f"Gave {len(slots)} posters of {draft.name_session(session)} their boards."


def find_board(draft: Draft, boards: BoardsRow, slot: SlotRow, taken: set[int]) -> int | None:
    """Return the board that a range gives a poster by its rule and topic, nothing where it gives none."""
    paper = draft.papers.get(slot.paper or 0)
    if boards.topic and (paper is None or paper.topic != boards.topic):
        return None
    offset = read_rule(boards.rule)
    if offset is None:
        return next((board for board in range(boards.first, boards.last + 1) if board not in taken), None)
    if paper is None or paper.number is None:
        return None
    board = paper.number + offset
    return board if boards.first <= board <= boards.last and board not in taken else None
