"""Judgments with words and figures that stand out, put on papers whose reader must not notice them."""

from django.utils import timezone

from papers.decisions import decide_paper
from papers.history import record_change
from papers.models import (
    Batch,
    BatchRow,
    Handling,
    HistoryLine,
    Letter,
    Mailing,
    Membership,
    Paper,
    PushedDecision,
    ReadMark,
    Recommendation,
    Remark,
    Review,
    SavedView,
    UpstreamDecision,
)
from tests.access.world import World

# What must not turn up anywhere for somebody who may not see the judgments of the paper.
PLANTED = (
    "Hush Review",
    "Reviewer_Hush",
    "Hush Recommendation",
    "Hush Remark",
    "Hush Comment",
    "Hush History",
    "Hush Upstream",
    "Hush Push",
)
HIGH, LOW = 9.75, 1.25  # ratings that nothing else has


def plant_reviews(world: World, paper: Paper) -> None:
    """Put reviews, recommendations, remarks, a handler, history and what OpenReview says on a paper."""
    owner, organizer = world.find_user("owner"), world.find_user("organizer")
    member = Membership.objects.get(workshop=world.workshop, user=organizer)
    for place, rating in enumerate((HIGH, HIGH, HIGH, LOW), start=1):
        Review.objects.create(
            paper=paper,
            note_id=f"hush{paper.pk}r{place}",
            kind="review",
            signature="leaky/Submission1/Reviewer_Hush",
            rating=rating,
            rating_raw=f"{rating}: Hush Review",
            confidence=4.5,
            confidence_raw="4.5",
            content={"review": "Hush Review"},
        )
    Recommendation.objects.create(paper=paper, by=owner, outcome="reject", reason="Hush Recommendation")
    remark = Remark.objects.create(paper=paper, by=organizer, text="Hush Remark")
    remark.mentioned.add(world.find_user("conflicted"))
    ReadMark.objects.create(paper=paper, user=organizer, at=timezone.now())
    Handling.objects.create(paper=paper, member=member, by=owner)
    UpstreamDecision.objects.create(paper=paper, note_id=f"hush{paper.pk}d", text="Accept (Oral)", comment="Hush Upstream")
    PushedDecision.objects.create(paper=paper, by=owner, state="failed", sentence="Hush Push", after={"decision": "Hush Push"})
    batch = Batch.objects.create(workshop=world.workshop, kind="handling", title="Hush History", paper_count=1, by=owner)
    BatchRow.objects.create(batch=batch, paper=paper, before=None, after={"member": member.pk})
    for field in ("recommendation", "handling", "conflict of interest", "reviews"):
        record_change(world.workshop, "hushed", by=owner, paper=paper, field=field, after="Hush History", batch=batch)
    HistoryLine.objects.create(workshop=world.workshop, by=owner, batch=batch, action="hushed", field="papers", note="Hush History")


def plant_decision(world: World, paper: Paper) -> None:
    """Decide a paper with a comment, through the stage."""
    workshop = world.workshop
    oral, award = workshop.presentation_kinds.get(slug="oral"), workshop.awards.get(slug="best")
    paper.refresh_from_db()
    decide_paper(
        paper, outcome="accept", presentation=oral, award=award, comment="Hush Comment", by=world.find_user("owner"), over_capacity=True
    )


def plant_letters(world: World, paper: Paper) -> None:
    """Send a mailing about a paper, and keep a view that names what it must not tell."""
    owner = world.find_user("owner")
    mailing = Mailing.objects.create(workshop=world.workshop, name="Hush Comment", subject="Hush Comment", body="Hush Comment", by=owner)
    for place, state in enumerate(Letter.State.values):
        Letter.objects.create(
            mailing=mailing,
            paper=paper,
            address=f"hush{place}@example.org",
            subject="Hush Comment",
            body="Hush Comment",
            state=state,
            message_id=f"<hush{paper.pk}.{place}@example.org>",
        )
    SavedView.objects.create(workshop=world.workshop, by=owner, name=f"Hush History {paper.pk}", state={"q": "rating>9"}, is_shared=False)
