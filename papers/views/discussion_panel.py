"""What the paper page shows of recommendations and of the private discussion."""

from dataclasses import dataclass
from typing import Any

from django import forms

from papers.discussion import find_read_until, is_changeable
from papers.forms.handling import RecommendationForm, RemarkForm
from papers.models import Paper, Remark, User
from papers.paper_people import PaperPeople
from papers.sight import Sight


@dataclass(frozen=True, slots=True)
class ShownRemark:
    """A remark as one person sees it."""

    remark: Remark
    is_own: bool
    is_new: bool
    is_changeable: bool
    mentioned: tuple[str, ...]
    mentions_me: bool


def build_discussion_panel(
    people: PaperPeople, sight: Sight, *, recommendation_form: forms.Form | None = None, remark_form: forms.Form | None = None
) -> dict[str, Any]:
    """Return the panels' part of the page's context; nothing of it where judgments are hidden."""
    paper = people.paper
    if not sight.sees_judgments(paper) or sight.user is None:
        return {"recommendations": [], "remarks": []}
    recommendations = list(paper.recommendations.for_paper_page())
    own = next((one for one in recommendations if one.by_id == sight.user.pk), None)
    known = {"outcome": own.outcome, "presentation": own.presentation, "award": own.award, "reason": own.reason} if own else {}
    remarks = _show_remarks(paper, sight.user)
    last = remarks[-1].remark.pk if remarks else None
    members = [member for member in people.list_free() if member.user_id != sight.user.pk]
    return {
        "recommendations": recommendations,
        "own_recommendation": own,
        "recommendation_form": recommendation_form or RecommendationForm(workshop=paper.workshop, initial=known),
        "remarks": remarks,
        "unread_count": sum(shown.is_new for shown in remarks),
        "last_remark": last,
        "may_mention": bool(members),
        "remark_form": remark_form or RemarkForm(members=members, initial={"seen": last}),
    }


def _show_remarks(paper: Paper, user: User) -> list[ShownRemark]:
    read_until = find_read_until(paper, user)
    shown = []
    for remark in paper.remarks.for_paper_page():
        mentioned = list(remark.mentioned.all())
        is_own = remark.by_id == user.pk
        is_new = not is_own and remark.withdrawn_at is None and (read_until is None or remark.at > read_until)
        names = tuple(sorted(str(one) for one in mentioned))
        shown.append(ShownRemark(remark, is_own, is_new, is_own and is_changeable(remark), names, user in mentioned))
    return shown
