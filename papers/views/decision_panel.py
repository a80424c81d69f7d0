"""What the decision panel of the paper page shows."""

from typing import Any

from django import forms

from papers.access import DECIDERS
from papers.capacity import count_capacity
from papers.forms.decisions import DecisionForm
from papers.models import Decision, Paper
from papers.sight import Sight


def build_decision_panel(paper: Paper, sight: Sight, form: forms.Form | None = None) -> dict[str, Any]:
    """Return the panel's part of the page's context; `form` is a malformed one to be shown again."""
    decision: Decision | None = getattr(paper, "decision", None) if sight.sees_decision(paper) else None
    may_decide = sight.sees_judgments(paper) and paper.workshop.role in DECIDERS
    return {
        "decision": decision,
        "decision_form": form or DecisionForm(workshop=paper.workshop, decision=decision),
        "may_decide_paper": may_decide,
        "capacity": count_capacity(sight) if may_decide and paper.standing == Paper.Standing.ACTIVE else None,
    }
