"""Turns a raw note with its replies into a `Submission`. Pure."""

import re
from typing import Any

from papers.openreview.authors import read_authors
from papers.openreview.replies import read_replies
from papers.openreview.values import (
    has_reader,
    list_invitations,
    read_content,
    read_count,
    read_instant,
    read_keywords,
    read_optional_line,
    read_optional_text,
    read_text,
)
from papers.openreview.venue import Venue
from papers.submissions import Submission

SUPPLEMENT_KEYS = ("supplementary_material", "supplementary_materials", "supplementary")
TEXT_KEYS = ("title", "abstract", "TLDR", "TL;DR", "keywords", "authors", "authorids")
CORE_KEYS = frozenset([*TEXT_KEYS, *SUPPLEMENT_KEYS, "pdf", "venue", "venueid", "_bibtex", "paperhash"])
# Venues name the stage freely (openreview.md 2.6): Camera_Ready_Revision, Camera-Ready_Revision, Final_Submission.
CAMERA_READY = re.compile(r"camera.?ready|final.?(?:submission|version|paper|upload)", re.IGNORECASE)
LONGEST_PATH = 300


def normalize_note(note: dict[str, Any], venue: Venue) -> Submission:
    """Return what the note says, in our words. Nothing is invented: an absent field stays unknown."""
    content, problems = read_content(note), list[str]()
    if not isinstance(note.get("content"), dict):
        problems.append("OpenReview sent this submission without content.")
    authors = read_authors(note, content, venue.generation)
    answers = read_replies(note, venue)
    venueid = read_text(content.get("venueid"))
    title = read_optional_line(content.get("title"))
    if title is None:
        problems.append("OpenReview sent this submission without a title.")
    number = read_count(note.get("number"))
    if number is None and note.get("number") is not None:
        problems.append(f"OpenReview numbers this submission {str(note['number'])[:40]!r}, which is no number; it has none here.")
    acceptance = read_acceptance(venueid, venue)
    invitations = list_invitations(note)
    return Submission(
        note_id=str(note["id"]),
        number=number,
        title=title,
        abstract=read_optional_text(content.get("abstract")),
        tldr=read_optional_text(content.get("TLDR", content.get("TL;DR"))),
        keywords=read_keywords(content.get("keywords")),
        authors=authors.authors,
        has_hidden_authors=authors.are_hidden,
        standing=_read_standing(note, venueid, invitations, venue),
        venue=read_text(content.get("venue"))[:300],
        venueid=venueid[:300],
        is_public=has_reader(note, "everyone"),
        pdf=_read_path(content, ("pdf",), problems),
        supplement=_read_path(content, SUPPLEMENT_KEYS, problems),
        license=read_text(note.get("license"))[:60],
        has_camera_ready=any(CAMERA_READY.search(invitation.rsplit("/-/", 1)[-1]) for invitation in invitations),
        extras={key: value for key, value in content.items() if key not in CORE_KEYS},
        invitations=tuple(invitations),
        replies=answers.replies,
        decisions=answers.decisions,
        submitted_at=read_instant(note.get("tcdate"), note.get("cdate")),
        changed_at=read_instant(note.get("tmdate"), note.get("mdate")),
        is_accepted_by_venue=acceptance,
        decision_venue=read_text(content.get("venue")) if acceptance is not None or venue.generation == 1 else "",
        problems=(*problems, *authors.problems, *answers.problems),
    )


def _read_standing(note: dict[str, Any], venueid: str, invitations: list[str], venue: Venue) -> str:
    if note.get("ddate"):
        return "deleted"
    if _is_state(venueid, "Withdrawn", venue.withdrawn_ids, venue):
        return "withdrawn"
    if _is_state(venueid, "Desk_Rejected", venue.desk_rejected_ids, venue):
        return "desk-rejected"
    if venue.generation == 1 and invitations:
        if "/-/Withdrawn" in invitations[0]:
            return "withdrawn"
        if "/-/Desk_Rejected" in invitations[0]:
            return "desk-rejected"
    if venueid and venueid != venue.venue_id and not venueid.startswith(f"{venue.venue_id}/"):
        return "left"
    return "active"


def read_acceptance(venueid: str, venue: Venue) -> bool | None:
    """Return what the venueid says, accepted or not; nothing before the release, and where it is no evidence."""
    if venue.generation == 1 or not venueid:
        return None  # rejected v1 papers carry the bare venue id too (openreview.md 1.9)
    if venueid == venue.venue_id:
        return True
    return False if _is_state(venueid, "Rejected", venue.rejected_ids, venue) else None


def _is_state(venueid: str, word: str, known: tuple[str, ...], venue: Venue) -> bool:
    # Venues with several submission invitations have one such id for each of them.
    return venueid in known or venueid.startswith(f"{venue.venue_id}/{word}_")


def _read_path(content: dict[str, Any], keys: tuple[str, ...], problems: list[str]) -> str | None:
    path = next((line for key in keys if (line := read_optional_line(content.get(key)))), None)
    if path is not None and len(path) > LONGEST_PATH:
        problems.append(f"The address under {keys[0]!r} is longer than {LONGEST_PATH} characters; it was left out.")
        return None
    return path
