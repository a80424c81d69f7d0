"""What the paper page shows of who looks after the paper, and who must not judge it."""

from typing import Any

from django import forms

from papers.access import DECIDERS
from papers.forms.handling import AssignForm, DeclareForm
from papers.models import Paper
from papers.paper_people import PaperPeople
from papers.sight import Sight


def build_handling_panel(
    people: PaperPeople, sight: Sight, *, assign_form: forms.Form | None = None, declare_form: forms.Form | None = None
) -> dict[str, Any]:
    """Return the panel's part of the page's context; the forms are malformed ones to be shown again."""
    paper, user = people.paper, sight.user
    sees, may_decide = sight.sees_judgments(paper), paper.workshop.role in DECIDERS
    handlings = list(paper.handlings.for_paper_page()) if sees else []
    taken = {handling.member_id for handling in handlings}
    free = [member for member in people.list_free() if member.pk not in taken]
    declarable = people.members if may_decide else [member for member in people.members if member.user_id == (user.pk if user else None)]
    return {
        "handlings": handlings,
        "bound_handlers": people.bound,
        "interest_conflicts": [one for one in people.conflicts if sees or one.member.user_id == (user.pk if user else None)],
        "bond_sentence": people.tell_bond(user) if user else "",
        "may_assign": sees and may_decide and paper.standing == Paper.Standing.ACTIVE,
        "assign_form": assign_form or AssignForm(members=free),
        "declare_form": declare_form or DeclareForm(members=declarable),
    }
