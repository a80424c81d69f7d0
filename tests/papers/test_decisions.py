"""Accept, reject, revoke, release: every branch and refusal."""

import pytest
from django.utils import timezone

from papers.decisions import (
    DecisionChanged,
    OverCapacity,
    decide_paper,
    digest_decision,
    name_hidden_authors,
    release_decisions,
    revoke_decision,
    summarize_release,
)
from papers.errors import Refusal
from papers.listings import list_accepted_papers
from papers.models import Award, Batch, ConflictOfInterest, Decision, HistoryLine, Paper, User, Workshop
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


def test_decision_is_compared_with_what_was_seen(workshop: Workshop, paper: Paper, olga: User) -> None:
    seen = digest_decision(None)
    decision = decide_paper(paper, outcome="accept", presentation=workshop.presentation_kinds.get(slug="oral"), by=olga, seen=seen)
    with pytest.raises(DecisionChanged) as refusal:
        decide_paper(paper, outcome="reject", by=olga, seen=seen)
    assert refusal.value.decision == decision
    assert str(refusal.value).startswith("Olga Organizer decided accept, oral at ")
    assert str(refusal.value).endswith(" while you had this paper open. Look at it, then decide again.")
    assert [action for action, *_ in read_history(workshop)] == ["decided"]
    assert decide_paper(paper, outcome="reject", by=olga, seen=digest_decision(decision)) is not None


def test_what_happened_meanwhile_is_told_as_it_was(workshop: Workshop, paper: Paper, olga: User) -> None:
    seen = digest_decision(accept(paper))
    HistoryLine.objects.create(workshop=workshop, paper=paper, actor="import 7", action="imported", field="decision")
    Decision.objects.filter(paper=paper).update(outcome="reject", presentation=None)
    with pytest.raises(DecisionChanged, match=r"^An import decided reject on Apr 7, 2026 at 5:00 AM PDT while"):
        decide_paper(paper, outcome="accept", by=olga, seen=seen)
    now = digest_decision(Decision.objects.get(paper=paper))
    revoke_decision(paper, by=olga)
    with pytest.raises(DecisionChanged, match=r"^Olga Organizer took the decision back at ") as refusal:
        decide_paper(paper, outcome="accept", by=olga, seen=now)
    assert refusal.value.decision is None


def test_release_in_between_is_a_change(workshop: Workshop, paper: Paper, olga: User) -> None:
    seen = digest_decision(decide_paper(paper, outcome="reject", by=olga))
    release_decisions(workshop, by=olga)
    with pytest.raises(DecisionChanged, match=r"^The decision was released at "):
        decide_paper(paper, outcome="accept", by=olga, seen=seen)


def test_digest_tells_decisions_apart(workshop: Workshop, paper: Paper) -> None:
    decision = accept(paper)
    digests = {digest_decision(None), digest_decision(decision)}
    decision.comment = "Well done"
    digests.add(digest_decision(decision))
    decision.released_at = timezone.now()
    digests.add(digest_decision(decision))
    assert len(digests) == 4
    assert digest_decision(Decision.objects.get(paper=paper)) in digests


def test_decision_of_a_person_can_be_undone_that_of_an_import_not(paper: Paper, olga: User) -> None:
    by_import = decide_paper(paper, outcome="accept", by=olga, actor="import 3")
    assert by_import is not None
    assert (by_import.batch, Batch.objects.count()) == (None, 0)
    by_person = decide_paper(paper, outcome="reject", by=olga)
    assert by_person is not None
    assert by_person.batch == Batch.objects.get()
    assert by_person.batch is not None
    assert (by_person.batch.title, by_person.batch.by) == ("Paper 7: reject", olga)


def test_test_submission_is_not_decided(workshop: Workshop, olga: User) -> None:
    with pytest.raises(Refusal, match="Paper 8 is a test submission; it can't be decided"):
        decide_paper(make_paper(workshop, number=8, is_test=True), outcome="reject", by=olga)


def test_nobody_decides_what_they_must_not_judge(workshop: Workshop, paper: Paper, olga: User) -> None:
    held = accept(paper)
    ConflictOfInterest.objects.create(paper=paper, member=workshop.memberships.get(user=olga), ground="coauthor")
    for act in (lambda: decide_paper(paper, outcome="reject", by=olga), lambda: revoke_decision(paper, by=olga)):
        with pytest.raises(Refusal, match=r"You have a conflict of interest with paper 7 \(co-author\); leave it to somebody else"):
            act()
    assert Decision.objects.get() == held


def test_paper_without_its_reviews_is_not_decided_where_that_blocks(workshop: Workshop, paper: Paper, olga: User) -> None:
    workshop.blocks_underreviewed = True
    workshop.save()
    paper.workshop.refresh_from_db()
    with pytest.raises(Refusal, match="Paper 7 has 0 of 3 required reviews; it can't be decided"):
        decide_paper(paper, outcome="reject", by=olga)


def test_full_presentation_needs_a_confirmation(workshop: Workshop, paper: Paper, olga: User) -> None:
    workshop.presentation_kinds.filter(slug="oral").update(capacity=1)
    oral = workshop.presentation_kinds.get(slug="oral")
    accept(make_paper(workshop), "oral")
    with pytest.raises(OverCapacity, match="This makes 2 orals, 1 more than the 1 there can be"):
        decide_paper(paper, outcome="accept", presentation=oral, by=olga)
    assert decide_paper(paper, outcome="accept", presentation=oral, by=olga, over_capacity=True) is not None
    assert decide_paper(paper, outcome="accept", presentation=oral, comment="It has its place already", by=olga) is not None
    award = Award.objects.create(workshop=workshop, slug="best", name="Best", presentation=oral)
    other = make_paper(workshop)
    with pytest.raises(OverCapacity, match="This makes 3 orals"):
        decide_paper(other, outcome="accept", award=award, by=olga)


def test_release_says_what_becomes_visible_to_how_many(workshop: Workshop, olga: User) -> None:
    papers = [make_paper(workshop, number=number, authors=("Ada Author", f"Author {number}")) for number in (1, 2, 3, 4)]
    accept(papers[0])
    reject(papers[1])
    accept(papers[2])
    Paper.objects.filter(pk=papers[2].pk).update(standing="withdrawn")
    planned = summarize_release(workshop)
    assert (planned.papers, planned.accepted, planned.rejected, planned.withdrawn, planned.author_count) == (
        tuple(paper.pk for paper in papers[:3]),
        1,
        1,
        1,
        4,
    )
    assert release_decisions(workshop, by=olga) == planned
    assert str(planned) == "3 decisions: 1 accepted, 1 rejected, 4 authors"
    assert summarize_release(workshop).count == 0
