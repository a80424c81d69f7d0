"""Tells the replies of a submission apart: reviews, decisions and the rest. Pure."""

from dataclasses import dataclass
from typing import Any

from papers.openreview.values import has_reader, list_invitations, read_content, read_instant, read_list, read_number, read_text
from papers.openreview.venue import Venue
from papers.submissions import SubmittedDecision, SubmittedReply
from papers.texts import clean_line, clean_text

LONGEST_ID = 100


@dataclass(frozen=True, slots=True)
class Replies:
    """The replies of one submission as far as this account may read them; None where they were not sent at all."""

    replies: tuple[SubmittedReply, ...] | None = None
    decisions: tuple[SubmittedDecision, ...] | None = None
    problems: tuple[str, ...] = ()


def read_replies(note: dict[str, Any], venue: Venue) -> Replies:
    """Return the live replies of a note in the order of their ids; every id counts once."""
    details = note.get("details")
    rows = details.get("replies", details.get("directReplies")) if isinstance(details, dict) else None
    if not isinstance(rows, list):
        return Replies(problems=() if rows is None else ("OpenReview sent the replies in a shape that cannot be read; ours stay.",))
    replies: dict[str, SubmittedReply] = {}
    decisions: dict[str, SubmittedDecision] = {}
    unusable = 0
    for row in rows:
        reply_id = row.get("id") if isinstance(row, dict) else None
        if not isinstance(reply_id, str) or not 0 < len(reply_id) <= LONGEST_ID:
            unusable += 1
            continue
        if row.get("ddate"):
            continue
        names = _name_reply(row)
        if venue.decision_name in names:
            decisions[reply_id] = _read_decision(reply_id, row, venue)
        else:
            replies[reply_id] = _read_reply(reply_id, row, names, venue)
    problems = (f"OpenReview sent {unusable} replies without a usable id; they were left out.",) if unusable else ()
    return Replies(tuple(replies[key] for key in sorted(replies)), tuple(decisions[key] for key in sorted(decisions)), problems)


def _name_reply(row: dict[str, Any]) -> list[str]:
    names = [name for invitation in list_invitations(row) for _, mark, name in (invitation.rpartition("/-/"),) if mark]
    return [name for name in names if name != "Edit"] or names if len(names) > 1 else names


def _read_decision(reply_id: str, row: dict[str, Any], venue: Venue) -> SubmittedDecision:
    content = read_content(row)
    return SubmittedDecision(
        note_id=reply_id,
        text=clean_line(read_text(content.get(venue.decision_field)))[:500],
        comment=clean_text(read_text(content.get("comment"))),
        written_at=read_instant(row.get("tcdate"), row.get("cdate")),
        changed_at=read_instant(row.get("tmdate"), row.get("mdate")),
    )


def _read_reply(reply_id: str, row: dict[str, Any], names: list[str], venue: Venue) -> SubmittedReply:
    content, kind = read_content(row), _find_kind(names, venue)
    fields = (venue.recommendation_field,) if kind == "meta-review" else venue.rating_fields
    rating = next((content[key] for key in fields if key in content), None)
    confidence = content.get(venue.confidence_field)
    return SubmittedReply(
        note_id=reply_id,
        kind=kind,
        name=names[0][:100] if names else "",
        signature=", ".join(str(part) for part in read_list(row.get("signatures")))[:300],
        rating=read_number(rating),
        rating_raw="" if rating is None else str(rating)[:500],
        confidence=read_number(confidence),
        confidence_raw="" if confidence is None else str(confidence)[:500],
        content=content,
        is_public=has_reader(row, "everyone"),
        written_at=read_instant(row.get("tcdate"), row.get("cdate")),
        changed_at=read_instant(row.get("tmdate"), row.get("mdate")),
    )


def _find_kind(names: list[str], venue: Venue) -> str:
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
