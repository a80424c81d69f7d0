"""What the addresses of handling take, with judgments that could leak."""

from typing import Any

from papers.discussion import add_remark
from papers.handling import assign_paper
from papers.models import ConflictOfInterest, Paper
from papers.recommendations import recommend_decision


def name_handling_arguments(paper: Paper) -> dict[str, list[Any]]:
    """Let the owner look after a paper, recommend and say something; return what the addresses take."""
    workshop, slug = paper.workshop, paper.workshop.slug
    owner = workshop.memberships.get(role="owner")
    handling = assign_paper(paper, owner, by=owner.user)
    recommend_decision(paper, outcome="accept", reason="Secret Recommendation", by=owner.user)
    remark = add_remark(paper, text="Secret Remark", by=owner.user)
    assistant = workshop.memberships.get(role="assistant")
    conflict = ConflictOfInterest.objects.create(paper=paper, member=assistant, ground="domain", evidence="Secret Evidence")
    dismissed = {"dismissed_at": paper.workshop.created_at, "dismissal": "long ago"}
    ConflictOfInterest.objects.filter(pk=conflict.pk).update(**dismissed)
    names = ("assign-paper", "recommend", "withdraw-recommendation", "add-remark", "mark-read", "declare-interest")
    return {
        **{name: [slug, paper.pk] for name in names},
        "unassign-paper": [slug, paper.pk, handling.member_id],
        "change-remark": [slug, remark.pk],
        "withdraw-remark": [slug, remark.pk],
        "dismiss-interest": [slug, conflict.pk],
        "reopen-interest": [slug, conflict.pk],
        "member-interests": [slug, owner.pk],
    }
