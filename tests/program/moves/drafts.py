"""Small drafts in memory, what moves make of them."""

import datetime as dt
from typing import Any

import pytest

from papers.errors import Refusal
from program.moves import Draft, PlacedPaper, PlayedMoves, Row, parse_moves, play_moves

ZONE = "America/Los_Angeles"


def at(clock: str, day: str = "2026-06-17", zone: str = "-07:00") -> dt.datetime:
    """Return a local time as an instant."""
    return dt.datetime.fromisoformat(f"{day}T{clock}{zone}").astimezone(dt.UTC)


def make_draft(*rows: Row, papers: tuple[PlacedPaper, ...] = (), hidden: frozenset[str] = frozenset()) -> Draft:
    """Return a draft of these rows; its papers may all be placed."""
    draft = Draft(
        zone=ZONE, papers={paper.key: paper for paper in papers}, placeable=frozenset(paper.key for paper in papers), hidden=hidden
    )
    for row in rows:
        draft.put(row)
    return draft


def play(draft: Draft, *moves: dict[str, Any]) -> PlayedMoves:
    """Play moves as they come in JSON."""
    return play_moves(draft, parse_moves(list(moves), zone=ZONE))


def list_after(played: PlayedMoves) -> list[Row | None]:
    """Return every row that changed as it is afterwards, in the order of the changes."""
    return [change.after for change in played.changes]


def refuse(draft: Draft, *moves: dict[str, Any]) -> list[str]:
    """Return the sentence of a refusal and its reasons; the draft stays as it was."""
    before = draft.copy()
    with pytest.raises(Refusal) as refused:
        play(draft, *moves)
    assert draft == before
    return [refused.value.sentence, *getattr(refused.value, "reasons", ())]


@pytest.fixture
def keys(monkeypatch: pytest.MonkeyPatch) -> None:
    """Give new rows the keys new-1, new-2 and so on."""
    numbers = iter(range(1, 100))
    monkeypatch.setattr("program.moves.acts.secrets.token_hex", lambda _: f"new-{next(numbers)}")
