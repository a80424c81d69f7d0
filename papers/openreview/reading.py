"""Walks a venue page by page and hands out arrivals; the only order in which OpenReview is asked."""

import hashlib
import json
import zlib
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from typing import Any

from papers.arrivals import Arrival
from papers.errors import ChangedShape, NotThere
from papers.openreview.client import Connection
from papers.openreview.notes import normalize_note
from papers.openreview.venue import NORMALIZER_VERSION, Venue, clean_venue_id, find_generation, read_venue

NUL = b"\\u0000"


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a walk: its arrivals, the last note id, the invitation's place, the stated count, broken rows."""

    arrivals: list[Arrival]
    last_id: str
    invitation_index: int
    expected: int | None
    problems: list[str]


def open_venue(
    venue_id: str, connect: Callable[[int], Connection], *, api: str = "auto", invitations: tuple[str, ...] = ()
) -> tuple[Connection, Venue]:
    """Return a signed-in connection of the right API generation with the venue's names.

    `connect` makes a signed-in connection for a generation. Raises `NotThere` with a sentence about the
    venue id when there is no such group.
    """
    wanted = clean_venue_id(venue_id)
    if not wanted:
        raise NotThere("The workshop has no OpenReview venue id; write one like thecvf.com/CVPR/2025/Workshop/SyntaGen in its settings.")
    generation = 1 if api == "1" else 2
    connection = connect(generation)
    try:
        group = connection.get_group(wanted)
    except NotThere as error:
        raise NotThere(f"OpenReview has no venue {wanted!r} that this account can see. Check its spelling, capitals too.") from error
    if api == "auto" and find_generation(group) == 1:
        generation, connection = 1, connect(1)
    return connection, read_venue({**group, "id": wanted}, invitations=invitations, generation=generation)


def describe_reading(venue: Venue) -> str:
    """Return what besides the notes decides how they are read; papers read otherwise are made anew."""
    return f"{NORMALIZER_VERSION} {venue!r}"


def walk_submissions(connection: Connection, venue: Venue, *, after: str = "", invitation_index: int = 0) -> Iterator[Page]:
    """Yield the venue's submissions with their replies, fetching one page ahead of the one being worked on."""
    details = "replies" if venue.generation == 2 else "replies,original"
    for index, invitation in enumerate(venue.submission_invitations):
        if index < invitation_index:
            continue
        params = {"invitation": invitation, "details": details}
        if venue.generation == 2:
            params["domain"] = venue.venue_id
        start = after if index == invitation_index else ""
        for rows, expected in _fetch_ahead(connection.list_note_pages(params, after=start)):
            yield _read_page(rows, venue, index, expected)


def find_lost_note(connection: Connection, note_id: str) -> str:
    """Return what became of a note that is no longer listed: `deleted`, or nothing when this account cannot tell."""
    try:
        note = connection.get_note(note_id)
    except NotThere:
        return ""
    return "deleted" if note and note.get("ddate") else ""


def pack_note(note: dict[str, Any]) -> bytes:
    """Return a note as canonical JSON: keys sorted, replies in order of their ids."""
    details = note.get("details")
    replies = details.get("replies") if isinstance(details, dict) else None
    if isinstance(replies, list):
        replies.sort(key=lambda reply: str(reply.get("id")) if isinstance(reply, dict) else "")
    return json.dumps(note, sort_keys=True, separators=(",", ":")).encode()


def _fetch_ahead(pages: Iterator[Any]) -> Iterator[Any]:
    with ThreadPoolExecutor(max_workers=1, thread_name_prefix="openreview") as pool:
        following = pool.submit(next, pages, None)
        while (page := following.result()) is not None:
            following = pool.submit(next, pages, None)
            yield page


def _read_page(rows: list[dict[str, Any]], venue: Venue, index: int, expected: int | None) -> Page:
    arrivals, problems = [], []
    for row in rows:
        note_id = row.get("id")
        if not isinstance(note_id, str) or not note_id or len(note_id) > 100:
            problems.append(f"OpenReview sent a submission without a usable id (number {row.get('number')}); it was left out.")
            continue
        canonical = pack_note(row)
        if NUL in canonical:
            row = json.loads(canonical.replace(NUL, b""))
        arrivals.append(
            Arrival(
                note_id=note_id,
                digest=hashlib.sha256(canonical).hexdigest(),
                read=partial(normalize_note, row, venue),
                pack=partial(zlib.compress, canonical, 1),
            )
        )
    if rows and not arrivals:
        raise ChangedShape("OpenReview sent a page of submissions of which none has an id; nothing of it was imported.")
    return Page(arrivals, str(rows[-1].get("id") or ""), index, expected, problems)
