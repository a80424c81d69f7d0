"""Conflicts of poster boards: missing, outside every range, taken twice."""

from collections.abc import Iterator, Sequence

from program.conflicts.timing import Timed, describe_session, time_sessions
from program.conflicts.values import POSTER, Conflict, DraftSession, Frame, Way


def find_wrong_boards(sessions: Sequence[DraftSession], frame: Frame) -> Iterator[Conflict]:
    """Find posters without a board, boards that are not there, sessions with more posters than boards."""
    held = [session for session in sessions if session.kind == POSTER and any(slot.paper for slot in session.slots)]
    count = sum(last - first + 1 for first, last in frame.boards)
    for session in held:
        posters = [slot for slot in session.slots if slot.paper]
        told = describe_session(session)
        without = [slot for slot in posters if slot.board is None]
        if without and (frame.boards or len(without) < len(posters)):
            sentence = f"{len(without)} of {len(posters)} posters of {told} have no board."
            way = Way("Give them boards by the rules", ({"move": "assign-boards", "session": session.uid},))
            yield Conflict(
                "board-missing",
                sentence,
                "Give them boards.",
                (session.uid, *(slot.uid for slot in without)),
                (way,) if frame.boards else (),
            )
        if frame.boards and len(posters) > count:
            sentence = f"{told} holds {len(posters)} posters, but there are {count} boards."
            yield Conflict("boards-few", sentence, "Add boards, or hold a second poster session.", (session.uid,))
        for slot in posters if frame.boards else ():
            if slot.board is not None and slot.paper and not any(first <= slot.board <= last for first, last in frame.boards):
                sentence = f"{slot.paper.name} hangs on board {slot.board} in {told}, but there is no such board."
                yield Conflict("board-outside", sentence, "Give it another board, or add this one to a range.", (session.uid, slot.uid))
    yield from _find_shared(held)


def _find_shared(sessions: Sequence[DraftSession]) -> Iterator[Conflict]:
    """Find boards that two poster sessions use at the same time in the same place."""
    timed = time_sessions(sessions)
    for place, first in enumerate(timed):
        for second in timed[place + 1 :]:
            if first.ends_at is None or second.starts_at >= first.ends_at:
                break
            if first.session.room == second.session.room:
                yield from _tell_shared(first, second)


def _tell_shared(first: Timed, second: Timed) -> Iterator[Conflict]:
    assert isinstance(first.session, DraftSession)
    assert isinstance(second.session, DraftSession)
    boards = {slot.board: slot for slot in first.session.slots if slot.board is not None}
    for slot in second.session.slots:
        if slot.board in boards:
            told = f"{describe_session(first.session)} and {describe_session(second.session)}"
            uids = (first.session.uid, boards[slot.board].uid, second.session.uid, slot.uid)
            yield Conflict("board-twice", f"Board {slot.board} holds a poster of {told} at the same time.", "Give one another board.", uids)
