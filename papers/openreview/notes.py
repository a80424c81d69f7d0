"""Turns a raw note with its replies into a `Submission`: pure, no network, no database."""

import datetime as dt
import re
from typing import Any

from papers.openreview.authors import read_authors
from papers.openreview.venue import Venue
from papers.submissions import Submission, SubmittedDecision, SubmittedReply
from papers.texts import clean_line, clean_text

CORE_KEYS = frozenset(
    [
        "title",
        "abstract",
        "TLDR",
        "TL;DR",
        "keywords",
        "authors",
        "authorids",
        "pdf",
        "supplementary_material",
        "supplementary_materials",
        "supplementary",
        "venue",
        "venueid",
        "_bibtex",
        "paperhash",
    ]
)
NUMBER_FIRST = re.compile(r"\s*(-?\d+(?:\.\d+)?)")


def normalize_note(note: dict[str, Any], venue: Venue) -> Submission:
    """Return what the note says, in our words. Nothing is invented: an absent field stays unknown."""
    content, problems = _read_content(note), list[str]()
    if not isinstance(note.get("content"), dict):
        problems.append("OpenReview sent this submission without content.")
    authors, is_hidden, author_problems = read_authors(note, content, venue.generation)
    problems += author_problems
    replies, decisions = _read_replies(note, venue)
    venueid = _text(content.get("venueid"))
    title = _optional_line(content.get("title"))
    if title is None:
        problems.append("OpenReview sent this submission without a title.")
    acceptance = _read_acceptance(venueid, venue)
    return Submission(
        note_id=str(note["id"]),
        number=note["number"] if isinstance(note.get("number"), int) and not isinstance(note.get("number"), bool) else None,
        title=title,
        abstract=_optional_text(content.get("abstract")),
        tldr=_optional_text(content.get("TLDR", content.get("TL;DR"))),
        keywords=_read_keywords(content.get("keywords")),
        authors=authors,
        has_hidden_authors=is_hidden,
        standing=_read_standing(note, venueid, venue),
        venue=_text(content.get("venue"))[:300],
        venueid=venueid[:300],
        is_public="everyone" in _list(note.get("readers")),
        pdf=_optional_line(content.get("pdf")),
        supplement=_first_line(content, "supplementary_material", "supplementary_materials", "supplementary"),
        license=_text(note.get("license"))[:60],
        has_camera_ready=_has_camera_ready(note, venue),
        extras={key: value for key, value in content.items() if key not in CORE_KEYS},
        invitations=tuple(_invitations(note)),
        replies=replies,
        decisions=decisions,
        submitted_at=read_instant(note.get("tcdate") or note.get("cdate")),
        changed_at=read_instant(note.get("tmdate") or note.get("mdate")),
        is_accepted_by_venue=acceptance,
        decision_venue=_text(content.get("venue")) if acceptance is not None or venue.generation == 1 else "",
        problems=tuple(problems),
    )


def read_number(value: Any) -> float | None:
    """Return the number of a rating: 8, 7.5, "8: accept, good paper"; nothing for "N/A" and the like."""
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, int | float):
        return float(value) if value == value and abs(value) != float("inf") else None
    found = NUMBER_FIRST.match(value) if isinstance(value, str) else None
    return float(found.group(1)) if found else None


def read_instant(value: Any) -> dt.datetime | None:
    """Return milliseconds since the epoch as an aware instant; nothing for null, 0, text and nonsense."""
    if isinstance(value, str) and value.strip().isdigit():
        value = int(value)
    if isinstance(value, bool) or not isinstance(value, int | float) or not value > 0:
        return None
    try:
        return dt.datetime.fromtimestamp(value / 1000, tz=dt.UTC)
    except (OverflowError, OSError, ValueError):
        return None


def _read_content(note: dict[str, Any]) -> dict[str, Any]:
    content = note.get("content")
    if not isinstance(content, dict):
        return {}
    # API v2 wraps every value as {"value": ...}; v1 does not. A key without `value` says nothing.
    read = {}
    for key, value in content.items():
        if isinstance(value, dict) and ("value" in value or "readers" in value):
            if "value" in value:
                read[key] = value["value"]
        else:
            read[key] = value
    return {key: value for key, value in read.items() if value is not None}


def _read_standing(note: dict[str, Any], venueid: str, venue: Venue) -> str:
    if note.get("ddate"):
        return "deleted"
    if venueid in venue.withdrawn_ids:
        return "withdrawn"
    if venueid in venue.desk_rejected_ids:
        return "desk-rejected"
    if venue.generation == 1:
        first = _invitations(note)[:1]
        if first and "/-/Withdrawn" in first[0]:
            return "withdrawn"
        if first and "/-/Desk_Rejected" in first[0]:
            return "desk-rejected"
    if venueid and venueid != venue.venue_id and not venueid.startswith(f"{venue.venue_id}/"):
        return "left"
    return "active"


def _read_acceptance(venueid: str, venue: Venue) -> bool | None:
    if venue.generation == 1 or not venueid:
        return None  # rejected v1 papers carry the bare venue id too (openreview.md 1.9)
    if venueid == venue.venue_id:
        return True
    return False if venueid in venue.rejected_ids else None


def _read_replies(note: dict[str, Any], venue: Venue) -> tuple[tuple[SubmittedReply, ...] | None, tuple[SubmittedDecision, ...] | None]:
    details = note.get("details")
    rows = details.get("replies", details.get("directReplies")) if isinstance(details, dict) else None
    if not isinstance(rows, list):
        return None, None
    replies, decisions = [], []
    for row in rows:
        if not isinstance(row, dict) or not row.get("id") or row.get("ddate"):
            continue
        names = _reply_names(row)
        if venue.decision_name in names:
            decisions.append(_read_decision(row, venue))
        else:
            replies.append(_read_reply(row, names, venue))
    return tuple(sorted(replies, key=lambda reply: reply.note_id)), tuple(sorted(decisions, key=lambda reply: reply.note_id))


def _reply_names(row: dict[str, Any]) -> list[str]:
    names = [invitation.rsplit("/-/", 1)[-1] for invitation in _invitations(row) if "/-/" in invitation]
    return [name for name in names if name != "Edit"] or names


def _read_decision(row: dict[str, Any], venue: Venue) -> SubmittedDecision:
    content = _read_content(row)
    return SubmittedDecision(
        note_id=str(row["id"]),
        text=clean_line(_text(content.get(venue.decision_field)))[:500],
        comment=clean_text(_text(content.get("comment"))),
        written_at=read_instant(row.get("tcdate") or row.get("cdate")),
        changed_at=read_instant(row.get("tmdate") or row.get("mdate")),
    )


def _read_reply(row: dict[str, Any], names: list[str], venue: Venue) -> SubmittedReply:
    content, kind = _read_content(row), _reply_kind(names, venue)
    fields = (venue.recommendation_field,) if kind == "meta-review" else venue.rating_fields
    rating = next((content[key] for key in fields if key in content), None)
    confidence = content.get(venue.confidence_field)
    return SubmittedReply(
        note_id=str(row["id"]),
        kind=kind,
        name=names[0][:100] if names else "",
        signature=", ".join(str(part) for part in _list(row.get("signatures")))[:300],
        rating=read_number(rating),
        rating_raw="" if rating is None else str(rating)[:500],
        confidence=read_number(confidence),
        confidence_raw="" if confidence is None else str(confidence)[:500],
        content=content,
        is_public="everyone" in _list(row.get("readers")),
        written_at=read_instant(row.get("tcdate") or row.get("cdate")),
        changed_at=read_instant(row.get("tmdate") or row.get("mdate")),
    )


def _reply_kind(names: list[str], venue: Venue) -> str:
    for name in names:
        if name in venue.review_names:
            return "review"
        if name in venue.meta_review_names:
            return "meta-review"
        if name.endswith("Ethics_Review"):
            return "ethics"
        if name.endswith("Comment"):
            return "comment"
        if name.endswith("Rebuttal"):
            return "rebuttal"
    return "other"


def _has_camera_ready(note: dict[str, Any], venue: Venue) -> bool:
    return any(invitation.rsplit("/-/", 1)[-1] in venue.camera_ready_names for invitation in _invitations(note))


def _invitations(note: dict[str, Any]) -> list[str]:
    several = [str(part) for part in _list(note.get("invitations"))]
    return several or ([note["invitation"]] if isinstance(note.get("invitation"), str) else [])


def _read_keywords(value: Any) -> tuple[str, ...] | None:
    if isinstance(value, str):
        value = re.split(r"[,;]", value)
    if not isinstance(value, list):
        return None
    return tuple(line for part in value if (line := clean_line(str(part))))


def _first_line(content: dict[str, Any], *keys: str) -> str | None:
    return next((line for key in keys if (line := _optional_line(content.get(key)))), None)


def _optional_line(value: Any) -> str | None:
    return clean_line(value) or None if isinstance(value, str) else None


def _optional_text(value: Any) -> str | None:
    return clean_text(value) if isinstance(value, str) else None


def _text(value: Any) -> str:
    return value if isinstance(value, str) else "" if value is None else str(value)


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []
