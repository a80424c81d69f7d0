"""Where the world saw papers and sessions last."""

import datetime as dt
from typing import Any

from papers.models import Workshop
from program.moves.rows import SessionRow, SlotRow, read_row
from program.schedule_papers import POSTER

Places = dict[tuple[int, bool], tuple[str, int]]


def find_published_places(workshop: Workshop) -> Places:
    """Return session and place, from 0, of each paper in the last published version, as a talk (False) and as a poster (True)."""
    places: Places = {}
    counts: dict[str, int] = {}
    rows = _read_rows(workshop)
    posters = {row.uid for row in rows if isinstance(row, SessionRow) and row.kind == POSTER}
    slots = [row for row in rows if isinstance(row, SlotRow)]
    for slot in sorted(slots, key=lambda one: (one.session, one.position, one.uid)):
        place = counts.get(slot.session, 0)
        counts[slot.session] = place + 1
        if slot.paper is not None:
            places[slot.paper, slot.session in posters] = (slot.session, place)
    return places


def find_published_starts(workshop: Workshop) -> dict[str, dt.datetime]:
    """Return when each session began in the last published version."""
    rows = (row for row in _read_rows(workshop) if isinstance(row, SessionRow))
    return {row.uid: row.starts_at for row in rows if row.starts_at}


def _read_rows(workshop: Workshop) -> list[Any]:
    last = workshop.schedule_versions.order_by("-number").first()
    return [read_row(written["row"], written) for written in last.rows] if last else []
