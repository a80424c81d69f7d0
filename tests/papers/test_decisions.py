"""Accept, reject, revoke, release: every branch and refusal."""

import pytest
from django.utils import timezone

from papers.decisions import decide_paper, name_hidden_authors, release_decisions, revoke_decision
from papers.errors import Refusal
from papers.listings import list_accepted_papers
from papers.models import Award, Decision, HistoryLine, Paper, User, Workshop
from tests.factories import accept, make_paper, make_workshop, reject


@pytest.fixture
def paper(workshop: Workshop) -> Paper:
    return make_paper(workshop, number=7)


@pytest.fixture
def best_paper(workshop: Workshop) -> Award:
    return Award.objects.create(
        workshop=workshop, slug="best-paper", name="Best Paper", presentation=workshop.presentation_kinds.get(slug="oral")
    )


def read_history(workshop: Workshop) -> list[tuple[str, str, object, object]]:
    return [(line.action, line.field, line.before, line.after) for line in HistoryLine.objects.filter(workshop=workshop).order_by("pk")]


def test_accept_keeps_outcome_presentation_and_history(workshop: Workshop, paper: Paper, olga: User) -> None:
    poster = workshop.presentation_kinds.get(slug="poster")
    decision = decide_paper(paper, outcome="accept", presentation=poster, comment="Well done", by=olga)
    assert decision is not None
    assert (decision.outcome, decision.presentation, decision.by, decision.released_at) == ("accept", poster, olga, None)
    after = {"outcome": "accept", "presentation": "poster", "award": None, "comment": "Well done"}
    assert read_history(workshop) == [("decided", "decision", None, after)]


def test_same_decision_again_changes_nothing(workshop: Workshop, paper: Paper, olga: User) -> None:
    decide_paper(paper, outcome="reject", by=olga)
    assert decide_paper(paper, outcome="reject", by=olga) is None
    assert len(read_history(workshop)) == 1


def test_award_brings_its_presentation(workshop: Workshop, paper: Paper, best_paper: Award, olga: User) -> None:
    decision = decide_paper(paper, outcome="accept", presentation=workshop.presentation_kinds.get(slug="poster"), award=best_paper, by=olga)
    assert decision is not None
    assert decision.presentation == workshop.presentation_kinds.get(slug="oral")


@pytest.mark.parametrize("standing", ["withdrawn", "desk-rejected", "deleted", "left"])
def test_paper_that_is_not_active_cannot_be_decided(workshop: Workshop, paper: Paper, standing: str, olga: User) -> None:
    paper.standing = standing
    said = paper.get_standing_display().lower()
    with pytest.raises(Refusal, match=f"Paper 7 is {said}; it can't be decided."):
        decide_paper(paper, outcome="accept", by=olga)
    assert read_history(workshop) == []


def test_reject_with_award_is_refused(paper: Paper, best_paper: Award, olga: User) -> None:
    with pytest.raises(Refusal, match="can't be rejected and have a presentation or an award"):
        decide_paper(paper, outcome="reject", award=best_paper, by=olga)


def test_short_paper_wins_no_award(workshop: Workshop, paper: Paper, best_paper: Award, olga: User) -> None:
    paper.track = workshop.tracks.get(slug="short")
    with pytest.raises(Refusal, match=r"Paper 7 \(Short papers\) can't win Best Paper: its track is not eligible"):
        decide_paper(paper, outcome="accept", award=best_paper, by=olga)


def test_paper_without_a_track_wins_an_award_only_where_there_are_no_tracks(
    workshop: Workshop, paper: Paper, best_paper: Award, olga: User
) -> None:
    paper.track = None
    paper.save()
    with pytest.raises(Refusal, match="Paper 7 can't win Best Paper without a track; give it one that is eligible for awards"):
        decide_paper(paper, outcome="accept", award=best_paper, by=olga)
    workshop.tracks.all().delete()
    decision = decide_paper(paper, outcome="accept", award=best_paper, by=olga)
    assert decision is not None
    assert decision.award == best_paper


def test_unknown_outcome_is_refused(paper: Paper, olga: User) -> None:
    with pytest.raises(Refusal, match="'maybe' is not a decision; write accept or reject"):
        decide_paper(paper, outcome="maybe", by=olga)


def test_decision_is_revoked_before_release_only(workshop: Workshop, paper: Paper, olga: User) -> None:
    accept(paper)
    revoke_decision(paper, by=olga)
    assert not Decision.objects.exists()
    with pytest.raises(Refusal, match="Paper 7 has no decision to take back"):
        revoke_decision(paper, by=olga)
    accept(paper, is_released=True)
    with pytest.raises(Refusal, match="has been released; decide anew"):
        revoke_decision(paper, by=olga)


def test_release_makes_all_visible_at_one_moment(workshop: Workshop, olga: User) -> None:
    accept(make_paper(workshop, title="Shown"))
    reject(make_paper(workshop))
    assert list_accepted_papers(workshop) == ()
    assert release_decisions(workshop, by=olga).count == 2
    assert [paper.title for paper in list_accepted_papers(workshop)] == ["Shown"]
    assert Decision.objects.values("released_at").distinct().count() == 1
    with pytest.raises(Refusal, match=r"has no decision that is not released yet\.$"):
        release_decisions(workshop, by=olga)
    make_paper(workshop)
    with pytest.raises(Refusal, match="Without a decision: 1 paper; accept or reject them first"):
        release_decisions(workshop, by=olga)


def test_release_leaves_other_workshops_alone(workshop: Workshop, olga: User) -> None:
    other = accept(make_paper(make_workshop("other26")))
    accept(make_paper(workshop))
    release_decisions(workshop, by=olga)
    other.refresh_from_db()
    assert other.released_at is None


def test_hidden_authors_are_listed_only_with_a_reason(workshop: Workshop, olga: User) -> None:
    accept(make_paper(workshop, authors=("Ada Author",), has_hidden_authors=True), is_released=True)
    assert [paper.authors for paper in list_accepted_papers(workshop)] == [()]
    with pytest.raises(Refusal, match="Say why"):
        name_hidden_authors(workshop, reason="  ", by=olga)
    name_hidden_authors(workshop, reason="The call promised it", by=olga)
    assert [[author.name for author in paper.authors] for paper in list_accepted_papers(workshop)] == [["Ada Author"]]


def test_decision_changed_after_release_stays_released(workshop: Workshop, paper: Paper, olga: User) -> None:
    moment = timezone.now()
    decision = accept(paper, "poster", is_released=True)
    changed = decide_paper(paper, outcome="accept", presentation=workshop.presentation_kinds.get(slug="oral"), by=olga)
    assert changed is not None
    assert changed.released_at == decision.released_at
    assert changed.decided_at >= moment
