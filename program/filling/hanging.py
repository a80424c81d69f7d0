"""Posters of a session onto boards: rules of ranges first, then topics side by side and authors close to their posters."""

from program.filling.facts import FillFacts, PaperFacts
from program.filling.posing import find_shared
from program.moves.board_moves import find_board
from program.moves.drafts import Draft
from program.moves.rows import SlotRow
from program.solver.boards import BoardProblem, hang_posters
from program.solver.topics import compare_texts


def hang_session(draft: Draft, session: str, facts: FillFacts, *, seed: int, keeps: frozenset[str]) -> int:
    """Give the posters of a session their boards; return for how many none was left.

    Slots named in `keeps` stay where they hang. Ranges with a rule or a topic give boards as they say, all others as
    neighbors suit each other.
    """
    slots = [slot for slot in draft.list_slots(session) if slot.paper is not None]
    taken = {slot.board for slot in slots if slot.board and (slot.is_pinned or slot.uid in keeps)}
    fixed: dict[str, int | None] = {slot.uid: slot.board for slot in slots if slot.board in taken and slot.board}
    ranges = sorted(draft.boards.values(), key=lambda boards: (boards.topic == "", boards.rule == "", boards.first))
    for boards in ranges:
        for slot in slots if boards.rule or boards.topic else ():
            board = find_board(draft, boards, slot, {one for one in taken if one}) if slot.uid not in fixed else None
            if board:
                fixed[slot.uid] = board
                taken.add(board)
    free = sorted({board for one in ranges if not one.rule and not one.topic for board in range(one.first, one.last + 1)} - taken)
    left = [slot for slot in slots if slot.uid not in fixed]
    hung = _hang(slots, fixed, left[: len(free)], free, facts, seed)
    for slot in slots:
        draft.change(slot, board=hung.get(slot.uid))
    return len(left) - len(left[: len(free)])


def _hang(
    slots: list[SlotRow], fixed: dict[str, int | None], left: list[SlotRow], free: list[int], facts: FillFacts, seed: int
) -> dict[str, int | None]:
    """Return the board of each slot; those that are given already count as neighbors."""
    placed = [slot for slot in slots if slot.uid in fixed]
    everybody = [*placed, *left]
    known = [facts.papers.get(slot.paper or 0, PaperFacts("")) for slot in everybody]
    boards = tuple(sorted({*free, *(board for board in fixed.values() if board)}))
    given = {number: board for number, slot in enumerate(placed) if (board := fixed[slot.uid])}
    if not left:
        return fixed
    problem = BoardProblem(compare_texts([one.words for one in known]), find_shared([one.people for one in known]), boards, given)
    hung = hang_posters(problem, seed)
    return {slot.uid: hung[number] for number, slot in enumerate(everybody)}
