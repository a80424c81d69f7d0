"""What a decision says as plain values: for people, for history, for comparison, for undo."""

import hashlib
import json
from typing import Any

from papers.models import Decision

Values = dict[str, Any]
UNDECIDED = "undecided"
TOLD = ("outcome", "presentation", "award", "comment")


def describe_decision(decision: Decision | None) -> Values | None:
    """Return what a decision says as plain JSON, for history and comparison."""
    if decision is None:
        return None
    return {
        "outcome": decision.outcome,
        "presentation": decision.presentation.slug if decision.presentation else None,
        "award": decision.award.slug if decision.award else None,
        "comment": decision.comment,
    }


def keep_state(decision: Decision | None) -> Values | None:
    """Return the whole of a decision as plain JSON, from which it can be made again."""
    described = describe_decision(decision)
    if decision is None or described is None:
        return None
    return {
        **described,
        "presentation_id": decision.presentation_id,
        "award_id": decision.award_id,
        "by_id": decision.by_id,
        "decided_at": decision.decided_at.isoformat(),
        "released_at": decision.released_at.isoformat() if decision.released_at else None,
    }


def tell_state(state: Values | None) -> Values | None:
    """Return of a kept state what history tells."""
    return {name: state.get(name) for name in TOLD} if state else None


def digest_decision(decision: Decision | None) -> str:
    """Return a digest of what a decision says, and whether authors see it; the same for equal ones."""
    said = [describe_decision(decision), decision is not None and decision.released_at is not None]
    return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()[:16]


def tell_decision(described: Values | None) -> str:
    """Return a described decision in words: accept, oral, best-paper."""
    if described is None:
        return UNDECIDED
    return ", ".join(part for part in (described.get(name) for name in TOLD) if part)


def tell_place(described: Values | None) -> str:
    """Return the same without the comment."""
    return tell_decision(described and {**described, "comment": ""})
