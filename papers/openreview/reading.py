"""Walks a venue page by page: the only order in which OpenReview is asked."""

import hashlib
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from papers.errors import ChangedShape, NotThere
from papers.openreview.client import Connection
from papers.openreview.documents import Row, make_storable
from papers.openreview.notes import normalize_note
from papers.openreview.venue import Venue, clean_venue_id, find_generation, read_venue
from papers.submissions import Arrival

LOOKED_UP_ONE_BY_ONE = 4
Connect = Callable[[int], Connection]


@dataclass(frozen=True, slots=True)
class Cursor:
    """Where a walk goes on: the invitation's place, what the next request begins after, what was seen and counted.

    `counts` has one pair for each invitation so far: submissions sent, submissions that OpenReview counted.
    """

    invitation: int = 0
    after: str = ""
    counts: tuple[tuple[int, int | None], ...] = ()
    has_blind: bool = False

    def as_json(self) -> dict[str, Any]:
        """Return the cursor as plain JSON."""
        return {
            "invitation": self.invitation,
            "after": self.after,
            "counts": [list(pair) for pair in self.counts],
            "has_blind": self.has_blind,
        }

    @classmethod
    def from_json(cls, told: dict[str, Any]) -> "Cursor":
        """Return the cursor that `as_json` told; the beginning for an empty object."""
        counts = tuple((sent, expected) for sent, expected in told.get("counts", ()))
        return cls(told.get("invitation", 0), told.get("after", ""), counts, told.get("has_blind", False))

    @property
    def expected_count(self) -> int | None:
        """Return how many submissions OpenReview counted in all invitations so far, or nothing when it never said."""
        known = [expected for _, expected in self.counts if expected is not None]
        return sum(known) if known else None

    @property
    def missing_count(self) -> int:
        """Return how many of the counted submissions were not sent."""
        return sum(max(0, expected - sent) for sent, expected in self.counts if expected is not None)


@dataclass(frozen=True, slots=True)
class Page:
    """Some submissions of a walk, sentences about rows that could not be used, and the cursor behind them."""

    arrivals: list[Arrival]
    problems: list[str]
    cursor: Cursor


@dataclass(frozen=True, slots=True)
class OpenVenue:
    """A venue with a signed-in connection of its API generation; `group` is its description as OpenReview sent it."""

    connection: Connection
    venue: Venue
    group: dict[str, Any]


def open_venue(venue_id: str, connect: Connect, *, api: str = "auto", invitations: tuple[str, ...] = ()) -> OpenVenue:
    """Return the venue with a connection of the right API generation.

    `connect` makes a signed-in connection for a generation. Raises `NotThere` with a sentence about the
    venue id when there is no such venue.
    """
    wanted = clean_venue_id(venue_id)
    if not wanted:
        raise NotThere("The workshop has no OpenReview venue id; write one like thecvf.com/CVPR/2025/Workshop/SyntaGen in its settings.")
    connection = connect(1 if api == "1" else 2)
    try:
        group = connection.get_group(wanted)
    except NotThere as error:
        raise NotThere(
            f"OpenReview has no venue {wanted!r} that this account can see. Check its spelling, capitals too, in the workshop's settings."
        ) from error
    domain = group.get("domain")
    if isinstance(domain, str) and domain and domain != wanted:
        raise NotThere(f"{wanted!r} is a group of the venue {domain!r}; write that into the workshop's settings.")
    generation = find_generation(group) if api != "1" else 1
    if api == "2" and generation == 1:
        raise NotThere(f"The venue {wanted!r} lives on OpenReview's API v1; import it with --api auto or --api 1.")
    if generation == 1 and api == "auto":
        connection = connect(1)
    kept = {"id": wanted, "domain": domain, "content": group.get("content")}
    return OpenVenue(connection, read_venue(kept, invitations=invitations, generation=generation), kept)


def walk_submissions(connection: Connection, venue: Venue, *, cursor: Cursor | None = None) -> Iterator[Page]:
    """Yield the venue's submissions with their replies, fetching one page ahead of the one being worked on."""
    cursor = cursor or Cursor()
    for index in range(cursor.invitation, len(venue.submission_invitations)):
        if index > cursor.invitation:
            cursor = replace(cursor, invitation=index, after="")
        if _is_original(venue, index) and cursor.has_blind:
            return
        sent, expected = cursor.counts[index] if index < len(cursor.counts) else (0, None)
        pages = connection.list_note_pages(_describe_query(venue, index), cursor=cursor.after, seen_count=sent)
        counts = cursor.counts[:index] + ((0, None),) * (index - len(cursor.counts))
        for page in _fetch_ahead(pages):
            sent, expected = sent + len(page.rows), page.expected if page.expected is not None else expected
            has_blind = cursor.has_blind or any(row.get("original") for row, _ in page.rows)
            cursor = Cursor(index, page.cursor, (*counts, (sent, expected)), has_blind)
            yield _read_page(page.rows, venue, cursor)


def find_deleted(connection: Connection, venue: Venue, note_ids: list[str]) -> set[str]:
    """Return which of these notes, no longer listed, were deleted; of the others this account cannot tell.

    A few are looked up one by one, many in one more walk that shows deleted notes too.
    """
    if len(note_ids) <= LOOKED_UP_ONE_BY_ONE:
        found = [connection.get_note(note_id) for note_id in note_ids]
        return {str(note["id"]) for note in found if note and note.get("ddate")}
    deleted, wanted = set[str](), frozenset(note_ids)
    for index in range(len(venue.submission_invitations)):
        query = {**_describe_query(venue, index), "trash": "true"}
        del query["details"]
        for page in connection.list_note_pages(query):
            deleted |= {str(row.get("id")) for row, _ in page.rows if row.get("ddate")} & wanted
    return deleted


def read_arrival(row: dict[str, Any], source: bytes, venue: Venue, *, is_sighting: bool = True) -> Arrival:
    """Return the submission in a note that has been checked for its id."""
    note = make_storable(row, source)
    return Arrival(
        note_id=note["id"],
        digest=hashlib.sha256(source).hexdigest(),
        read=partial(normalize_note, note, venue),
        source=source,
        is_sighting=is_sighting,
    )


def _is_original(venue: Venue, index: int) -> bool:
    return venue.generation == 1 and venue.submission_invitations[index] == f"{venue.venue_id}/-/Submission"


def _describe_query(venue: Venue, index: int) -> dict[str, str]:
    query = {"invitation": venue.submission_invitations[index]}
    if venue.generation == 1:
        return {**query, "details": "directReplies,original"}
    return {**query, "domain": venue.venue_id, "details": "replies"}


def _fetch_ahead(pages: Iterator[Any]) -> Iterator[Any]:
    with ThreadPoolExecutor(max_workers=1, thread_name_prefix="openreview") as pool:
        following = pool.submit(next, pages, None)
        while (page := following.result()) is not None:
            following = pool.submit(next, pages, None)
            yield page


def _read_page(rows: list[Row], venue: Venue, cursor: Cursor) -> Page:
    arrivals, problems = [], []
    for row, source in rows:
        note_id = row.get("id")
        if not isinstance(note_id, str) or not 0 < len(note_id) <= 100 or not note_id.isascii() or not note_id.isprintable():
            problems.append(f"OpenReview sent a submission without a usable id (number {str(row.get('number'))[:20]}); it was left out.")
            continue
        arrivals.append(read_arrival(row, source, venue))
    if rows and not arrivals:
        raise ChangedShape("OpenReview sent a page of submissions of which none has an id; nothing of it was imported.")
    return Page(arrivals, problems, cursor)
