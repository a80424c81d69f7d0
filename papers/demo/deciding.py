"""Decides an invented workshop by what its reviews say."""

from django.db import transaction
from django.db.models import F

from papers.decisions import decide_paper
from papers.models import Decision, Paper, User, Workshop

COMMENT = "Invented decision. The reviewers agree on what is good here, and it outweighs what is missing."
AWARDED = 2
ACTOR = "create_demo"


@transaction.atomic
def decide_by_rating(workshop: Workshop, *, by: User) -> None:
    """Accept the best of each track up to its target and the room there is, reject the others; the best full papers win.

    Recorded as the work of the one who invents, so that a demo does not begin with thousands of acts to undo.
    """
    kinds = {kind.slug: kind for kind in workshop.presentation_kinds.all()}
    accepted = _choose_accepted(workshop)
    eligible = [paper for paper in accepted if paper.track and paper.track.is_award_eligible][:AWARDED]
    orals = {paper.pk for paper in [*eligible, *(paper for paper in accepted if paper not in eligible)][: kinds["oral"].capacity]}
    awards = {paper.pk: award for paper, award in zip(eligible, workshop.awards.all(), strict=False)}
    chosen = {paper.pk for paper in accepted}
    for paper in _rank(workshop):
        paper.workshop = workshop
        if paper.pk not in chosen:
            decide_paper(paper, outcome=Decision.Outcome.REJECT, by=by, actor=ACTOR)
            continue
        kind = kinds["oral" if paper.pk in orals else "poster"]
        decide_paper(
            paper, outcome=Decision.Outcome.ACCEPT, presentation=kind, award=awards.get(paper.pk), comment=COMMENT, by=by, actor=ACTOR
        )


def _choose_accepted(workshop: Workshop) -> list[Paper]:
    """Return the best of each track, the best of all first."""
    ranked = _rank(workshop)
    left = {
        track.pk: round(sum(paper.track_id == track.pk for paper in ranked) * (track.target_percent or 0) / 100)
        for track in workshop.tracks.all()
    }
    accepted = []
    for paper in ranked:
        if paper.track_id in left and left[paper.track_id] > 0:
            left[paper.track_id] -= 1
            accepted.append(paper)
    return accepted[: sum(kind.capacity or 0 for kind in workshop.presentation_kinds.all())]


def _rank(workshop: Workshop) -> list[Paper]:
    papers = Paper.objects.in_workshop(workshop).active().with_review_figures().select_related("track")
    return list(papers.order_by(F("rating_mean").desc(nulls_last=True), "number", "id"))
