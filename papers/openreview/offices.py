"""What a venue calls its groups and stages where something is written to it: pure reading of its group."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Offices:
    """Who signs for a venue, through which invitations, to whom; read from its domain group (openreview.md 2.1).

    `accept_options` are the decisions that count as accept, verbatim; empty where the venue does not say.
    """

    venue_id: str
    submission_name: str = "Submission"
    chairs_id: str = ""
    authors_name: str = "Authors"
    decision_name: str = "Decision"
    decision_field: str = "decision"
    meta_invitation_id: str = ""
    accept_options: tuple[str, ...] = ()

    def name_paper(self, number: int) -> str:
        """Return the group of one paper."""
        return f"{self.venue_id}/{self.submission_name}{number}"

    def name_authors(self, number: int) -> str:
        """Return the group of one paper's authors; OpenReview knows their addresses."""
        return f"{self.name_paper(number)}/{self.authors_name}"

    def name_decision(self, number: int) -> str:
        """Return the invitation through which one paper is decided."""
        return f"{self.name_paper(number)}/-/{self.decision_name}"

    @property
    def decision_stage(self) -> str:
        """Return the invitation of which the papers' ones are children."""
        return f"{self.venue_id}/-/{self.decision_name}"


def read_offices(group: dict[str, Any]) -> Offices:
    """Return the names in a venue's group, OpenReview's defaults where it is silent."""
    venue_id = str(group.get("id") or "")
    content = group.get("content")
    values = {key: _unwrap(value) for key, value in content.items()} if isinstance(content, dict) else {}

    def text(key: str, default: str) -> str:
        value = values.get(key)
        return value if isinstance(value, str) and value else default

    options = values.get("accept_decision_options")
    return Offices(
        venue_id=venue_id,
        submission_name=text("submission_name", "Submission"),
        chairs_id=text("program_chairs_id", f"{venue_id}/Program_Chairs"),
        authors_name=text("authors_name", "Authors"),
        decision_name=text("decision_name", "Decision"),
        decision_field=text("decision_field_name", "decision"),
        meta_invitation_id=text("meta_invitation_id", f"{venue_id}/-/Edit"),
        accept_options=tuple(part for part in options if isinstance(part, str) and part) if isinstance(options, list) else (),
    )


def _unwrap(value: Any) -> Any:
    return value.get("value") if isinstance(value, dict) and "value" in value else value
