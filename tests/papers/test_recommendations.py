"""What members propose; what blocks a decision for want of reviews."""

import pytest

from papers.errors import Refusal
from papers.models import Award, ConflictOfInterest, Membership, Paper, Review, User, Workshop
from papers.recommendations import recommend_decision, withdraw_recommendation
from papers.reviewing import count_reviews, refuse_underreviewed
from tests.factories import join_workshop, make_paper, make_user


@pytest.fixture
def paper(workshop: Workshop) -> Paper:
    return make_paper(workshop, number=7)


def test_the_newest_of_each_counts_with_history(paper: Paper, olga: User) -> None:
    oral = paper.workshop.presentation_kinds.get(slug="oral")
    recommend_decision(paper, outcome="accept", presentation=oral, reason=" Sound. ", by=olga)
    recommend_decision(paper, outcome="accept", presentation=oral, reason="Sound.", by=olga)
    recommend_decision(paper, outcome="reject", by=olga)
    held = paper.recommendations.get()
    assert (held.outcome, held.presentation, held.reason, held.by) == ("reject", None, "", olga)
    withdraw_recommendation(paper, by=olga)
    assert paper.recommendations.count() == 0
    first = {"outcome": "accept", "presentation": "oral", "award": None, "reason": "Sound."}
    second = {"outcome": "reject", "presentation": None, "award": None, "reason": ""}
    assert [(line.action, line.field, line.before, line.after) for line in paper.history.order_by("pk")] == [
        ("recommended", "recommendation", None, first),
        ("recommended", "recommendation", first, second),
        ("withdrew", "recommendation", second, None),
    ]


def test_an_award_brings_its_presentation(paper: Paper, olga: User) -> None:
    oral = paper.workshop.presentation_kinds.get(slug="oral")
    award = Award.objects.create(workshop=paper.workshop, slug="best", name="Best Paper", presentation=oral)
    recommended = recommend_decision(paper, outcome="accept", award=award, by=olga)
    assert (recommended.award, recommended.presentation) == (award, oral)


def test_what_no_decision_may_be_is_refused(paper: Paper, olga: User) -> None:
    oral = paper.workshop.presentation_kinds.get(slug="oral")
    gone = make_paper(paper.workshop, number=8, standing="withdrawn")
    for one, outcome, presentation, sentence in (
        (paper, "perhaps", None, "'perhaps' is not a decision"),
        (paper, "reject", oral, "Paper 7 can't be rejected and have a presentation"),
        (gone, "accept", None, "Paper 8 is withdrawn"),
    ):
        with pytest.raises(Refusal, match=sentence):
            recommend_decision(one, outcome=outcome, presentation=presentation, by=olga)
    assert (paper.recommendations.count(), gone.recommendations.count()) == (0, 0)


def test_bound_members_recommend_nothing(paper: Paper, olga: User) -> None:
    ConflictOfInterest.objects.create(paper=paper, member=Membership.objects.get(user=olga), ground="domain")
    with pytest.raises(Refusal, match="You have a conflict of interest with paper 7"):
        recommend_decision(paper, outcome="accept", by=olga)


def test_nothing_of_ones_own_to_take_back(paper: Paper, olga: User) -> None:
    other = make_user()
    join_workshop(other, paper.workshop)
    recommend_decision(paper, outcome="accept", by=other)
    with pytest.raises(Refusal, match="You recommend nothing for paper 7"):
        withdraw_recommendation(paper, by=olga)
    assert paper.recommendations.count() == 1


def test_too_few_reviews_block_where_that_is_set(paper: Paper) -> None:
    for place, kind, gone in ((1, "review", False), (2, "review", False), (3, "comment", False), (4, "review", True)):
        gone_at = paper.workshop.created_at if gone else None
        Review.objects.create(paper=paper, note_id=f"r{place}", kind=kind, gone_at=gone_at)
    refuse_underreviewed(paper)
    paper.workshop.blocks_underreviewed = True
    with pytest.raises(Refusal, match="Paper 7 has 2 of 3 required reviews; it can't be decided"):
        refuse_underreviewed(paper)
    paper.workshop.required_review_count = 2
    refuse_underreviewed(paper)
    assert count_reviews(paper.workshop) == {paper.pk: 2}
