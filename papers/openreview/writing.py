"""Writes a decision to OpenReview as its program chairs would; looks first."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from papers.errors import ChangedShape
from papers.openreview.client import Connection
from papers.openreview.documents import Row
from papers.openreview.offices import Offices
from papers.openreview.reading import read_arrival
from papers.openreview.values import read_instant, read_list
from papers.openreview.venue import Venue
from papers.submissions import Arrival
from papers.texts import clean_line


@dataclass(frozen=True, slots=True)
class DecisionStage:
    """How the venue lets its chairs decide: the fields it takes, the options it offers, when it closes. Empty where it is silent.

    `options` are verbatim by their cleaned form, in which everything else of ours keeps them.
    """

    fields: frozenset[str] = frozenset()
    options: dict[str, str] = field(default_factory=dict)
    closes_at: Any = None

    def takes(self, name: str) -> bool:
        """Tell whether a decision may have this field."""
        return not self.fields or name in self.fields


def read_stage(connection: Connection, offices: Offices) -> DecisionStage | None:
    """Return the venue's decision stage, or nothing when it has none that this account can see."""
    invitation = connection.get_invitation(offices.decision_stage)
    if invitation is None:
        return None
    content = next(_find_content(invitation.get("edit"), offices.decision_field), {})
    listed = read_list(_dig(content, offices.decision_field, "value", "param").get("enum"))
    named = [option.get("value") if isinstance(option, dict) else option for option in listed]
    options = {clean_line(option): option for option in named if isinstance(option, str)}
    return DecisionStage(frozenset(content), options, read_instant(invitation.get("expdate")))


def look_up_submission(connection: Connection, note_id: str, venue: Venue) -> Arrival | None:
    """Return a submission as OpenReview holds it at this moment, or nothing when this account cannot see it."""
    row: Row | None = connection.get_submission(note_id)
    if row is None or not isinstance(row[0].get("id"), str):
        return None
    return read_arrival(row[0], row[1], venue)


def write_decision(
    connection: Connection, offices: Offices, stage: DecisionStage, *, number: int, decision: str, comment: str = "", note_id: str = ""
) -> tuple[str, str]:
    """Write a decision once, a new reply or a change of `note_id`; return the ids of the edit and of the reply.

    Look up before: OpenReview refuses a second reply to a paper, and a lost answer does not tell whether it wrote. Without a
    comment the one that is there stays. It is not waited for what OpenReview does afterwards, and that may be to mail authors.
    """
    content = {offices.decision_field: {"value": stage.options.get(decision, decision)}}
    if comment:
        content["comment"] = {"value": comment}
    if not note_id and stage.takes("title"):
        content["title"] = {"value": "Paper Decision"}
    note: dict[str, Any] = {"content": content, **({"id": note_id} if note_id else {})}
    body = {"invitation": offices.name_decision(number), "signatures": [offices.chairs_id], "note": note}
    edit = connection.write("/notes/edits", body)
    written = edit.get("note")
    reply_id = written.get("id") if isinstance(written, dict) else None
    if not isinstance(edit.get("id"), str) or not isinstance(reply_id, str):
        raise ChangedShape("OpenReview took the decision and did not say where it is.")
    return edit["id"], reply_id


def _find_content(value: Any, name: str) -> Iterator[dict[str, Any]]:
    """Yield the contents that have the field, however deep: a stage's own, or that of the invitations it makes."""
    if not isinstance(value, dict):
        return
    content = value.get("content")
    if isinstance(content, dict) and name in content:
        yield content
    for part in value.values():
        yield from _find_content(part, name)


def _dig(value: Any, *names: str) -> dict[str, Any]:
    for name in names:
        value = value.get(name) if isinstance(value, dict) else None
    return value if isinstance(value, dict) else {}
