"""Plays moves on a draft: all of them, or none."""

from collections.abc import Sequence
from dataclasses import dataclass

from papers.errors import Refusal, Refusals
from program.errors import MoveRefused, MovesRefused
from program.moves.acts import Move
from program.moves.checks import find_faults
from program.moves.drafts import Draft, compare_drafts
from program.moves.rows import Change

TOLD = 3


@dataclass(frozen=True, slots=True)
class PlayedMoves:
    """What moves made of a draft: the draft after them, the rows that differ, what was done in words, what stayed because it is pinned."""

    draft: Draft
    changes: tuple[Change, ...]
    words: str
    stayed: tuple[str, ...]


def play_moves(draft: Draft, moves: Sequence[Move]) -> PlayedMoves:
    """Return what moves make of a draft, which itself stays. Refuses with every reason; nothing is half done."""
    played, words, refusals = draft.copy(), [], []
    for move in moves:
        try:
            words.append(move.act(played))
        except Refusal as refusal:
            refusals.append(refusal)
    if not refusals and (faults := find_new_faults(draft, played)):
        raise MoveRefused(faults[0]) if len(faults) == 1 else MovesRefused("The schedule can't be so; nothing was changed.", faults)
    if len(refusals) == 1:
        raise refusals[0]
    if refusals:
        raise MovesRefused(
            f"{len(refusals)} moves are refused; nothing was changed.", [reason for one in refusals for reason in _tell(one)]
        )
    return PlayedMoves(played, compare_drafts(draft, played), tell_moves(words), tuple(played.stayed))


def find_new_faults(before: Draft, after: Draft) -> list[str]:
    """Return the faults that a schedule did not have before: an old one keeps nobody from moving something else."""
    faults = find_faults(after)
    known = set(find_faults(before)) if faults else set()
    return [fault for fault in faults if fault not in known]


def tell_moves(words: Sequence[str]) -> str:
    """Return what several moves did in a line, the rest counted."""
    rest = len(words) - TOLD
    told = [*words[:TOLD], f"And {rest} more."] if rest > 0 else words
    return " ".join(told)


def _tell(refusal: Refusal) -> list[str]:
    return [refusal.sentence, *refusal.reasons] if isinstance(refusal, Refusals) else [refusal.sentence]
