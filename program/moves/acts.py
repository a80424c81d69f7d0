"""What all moves have: an act on a draft, and what it refuses."""

from __future__ import annotations

import datetime as dt
import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING

from papers.zones import find_zone
from program.errors import MoveRefused
from program.listings.wording import name_clock
from program.local_times import NoSuchTime, place_in_zone
from program.moves.rows import SessionRow, SlotRow

if TYPE_CHECKING:
    from collections.abc import Iterable

    from program.moves.drafts import Draft

AWAY = ""  # what takes a value away; nothing keeps it


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """One act of an editor; `act` changes the draft and returns the sentence of what was done, or refuses."""

    def act(self, draft: Draft) -> str:
        """Do it."""
        raise NotImplementedError


def settle_key(draft: Draft, wanted: str) -> str:
    """Return the key that a new row gets: the one asked for where it is free, else a new one."""
    taken = {row.uid for row in draft.list_rows()}
    if wanted and wanted in taken:
        raise MoveRefused(f"The key “{wanted}” is in use already.")
    return wanted or secrets.token_hex(5)


def refuse_pinned(draft: Draft, row: SessionRow | SlotRow) -> None:
    """Refuse to move what is pinned."""
    if row.is_pinned:
        name = draft.name_session(row) if isinstance(row, SessionRow) else draft.name_slot(row)
        raise MoveRefused(f"{name[:1].upper()}{name[1:]} is pinned, so it stays; take the pin off first.")


def refuse_hidden(draft: Draft, slots: Iterable[SlotRow]) -> None:
    """Refuse to touch places of papers that the editor must not know of."""
    if any(slot.uid in draft.hidden for slot in slots):
        raise MoveRefused("There is a paper about which you must not know yet; somebody else has to move it.")


def find_local(at: dt.datetime, zone: str) -> dt.datetime:
    """Return an instant as clocks in the zone show it."""
    return at.astimezone(find_zone(zone))


def find_instant(on: dt.date, clock: dt.time, zone: str) -> dt.datetime:
    """Return the instant at which clocks show this; refuses times that clocks never show, or twice."""
    try:
        return place_in_zone(dt.datetime.combine(on, clock), zone)
    except NoSuchTime as problem:
        raise MoveRefused(f"{problem}") from None


def tell_clock(at: dt.datetime, zone: str) -> str:
    """Return the time of day of an instant: 9:30."""
    return name_clock(find_local(at, zone))
