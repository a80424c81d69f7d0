"""Reads which files the notes of a venue name, by whom and when each was filed."""

import datetime as dt
import re
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from papers.openreview.notes import CAMERA_READY, LONGEST_PATH, normalize_note
from papers.openreview.reading import OpenVenue
from papers.openreview.values import list_invitations, read_content, read_count, read_instant

# What OpenReview keeps itself; an address of another host, as very old notes have, is nothing that it hands out.
HELD = re.compile(r"/(?:pdf|attachment)/[^/\s]+")
# In which of several fields a kind of file stands when nobody has said, the first that the note has.
USUAL_FIELDS: dict[str, re.Pattern[str]] = {
    "paper": re.compile(r"pdf|camera.?ready(?:.?pdf)?|final.?pdf", re.IGNORECASE),
    "supplement": re.compile(r"suppl\w*(?:.?materials?)?(?:.?(?:file|pdf|zip))?", re.IGNORECASE),
    "form": re.compile(r".*(?:copyright|consent|license.?(?:form|agreement)|release.?form).*", re.IGNORECASE),
    "poster": re.compile(r"poster(?:.?(?:pdf|file))?", re.IGNORECASE),
    "slides": re.compile(r"slides?(?:.?(?:pdf|file))?|presentation.?(?:file|slides?)", re.IGNORECASE),
}


@dataclass(frozen=True, slots=True)
class FiledNote:
    """One submission with the path in each of its file fields; `revisions` are names of invitations, as far as it tells."""

    note_id: str
    number: int | None
    standing: str
    files: dict[str, str]
    revisions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Filing:
    """The revision that put a file there: when, signed by whom, by which invitation; unknown where it is not shown."""

    at: dt.datetime | None = None
    by: str = ""
    revision: str = ""


def list_filed_notes(opened: OpenVenue, note_ids: Collection[str]) -> dict[str, FiledNote]:
    """Return the notes of these ids that this account is shown, by id: a walk of the venue without replies."""
    found: dict[str, FiledNote] = {}
    for invitation in opened.venue.submission_invitations:
        if len(found) == len(note_ids):
            break
        query = {"invitation": invitation}
        if opened.venue.generation == 2:
            query["domain"] = opened.venue.venue_id
        for page in opened.connection.list_note_pages(query):
            notes = [read_filed_note(row, opened) for row, _ in page.rows if row.get("id") in note_ids]
            found |= {note.note_id: note for note in notes}
    return found


def read_filed_note(row: dict[str, Any], opened: OpenVenue) -> FiledNote:
    """Return what a note says of its files."""
    content = read_content(row)
    files = {field: value for field, value in content.items() if isinstance(value, str) and is_held(value)}
    names = tuple(invitation.rsplit("/-/", 1)[-1] for invitation in list_invitations(row))
    return FiledNote(str(row["id"]), read_count(row.get("number")), normalize_note(row, opened.venue).standing, files, names)


def is_held(path: str) -> bool:
    """Tell whether a value names a file that OpenReview keeps."""
    return len(path) <= LONGEST_PATH and HELD.fullmatch(path) is not None


def find_field(note: FiledNote, kind: str, named: str = "") -> str:
    """Return the field of a note that holds a kind of file: the named one, else the usual one; nothing where it has none."""
    if named:
        return next((field for field in note.files if field.casefold() == named.casefold()), "")
    usual = USUAL_FIELDS.get(kind)
    return next((field for field in sorted(note.files, key=len) if usual and usual.fullmatch(field)), "")


def is_of_stage(revisions: Collection[str], stage: str) -> bool:
    """Tell whether one of these revisions is the named stage, or is called like a camera-ready one."""
    return stage in revisions if stage else any(CAMERA_READY.search(name) for name in revisions)


def pick_filing(rows: list[dict[str, Any]], field: str, path: str) -> Filing:
    """Return the newest of a note's revisions that put this path into the field; an empty one where none is shown."""
    filings = []
    for row in rows:
        edited = row.get("note") if isinstance(row.get("note"), dict) else row
        at = read_instant(row.get("tcdate"), row.get("cdate"))
        if at is None or not isinstance(edited, dict) or read_content(edited).get(field) != path:
            continue
        signatures = row.get("signatures")
        by = ", ".join(str(one) for one in signatures if isinstance(one, str)) if isinstance(signatures, list) else ""
        invitation = row.get("invitation")
        filings.append(Filing(at, by[:200], invitation.rsplit("/-/", 1)[-1] if isinstance(invitation, str) else ""))
    return max(filings, key=lambda filing: filing.at or dt.datetime.min.replace(tzinfo=dt.UTC), default=Filing())
