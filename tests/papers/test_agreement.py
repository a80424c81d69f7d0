"""Both sides of every paper, from what was imported: verdicts, masks, what is taken over."""

from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries

from papers.agreement import AgreementRow, compare_with_upstream, count_verdicts, find_agreement, find_last_reading, take_upstream_decision
from papers.decisions import decide_paper, release_decisions, revoke_decision
from papers.errors import Refusal
from papers.models import ConflictOfInterest, Decision, FieldConflict, FieldMapping, MappedValue, Paper, User, Workshop
from papers.sight import find_sight
from papers.verdicts import Verdict
from standin import Venue
from tests.factories import join_workshop, make_paper, make_user
from tests.papers.push_venues import decide, get_paper, look_everywhere, make_decided_venue, make_pushing_workshop
from tests.papers.standin_venues import import_from, serve

pytestmark = pytest.mark.django_db


@pytest.fixture
def venue() -> Venue:
    return make_decided_venue()


@pytest.fixture
def workshop(venue: Venue) -> Workshop:
    with serve(venue) as standin:
        return make_pushing_workshop(standin)


@pytest.fixture
def olga(workshop: Workshop) -> User:
    olga = make_user("olga@example.org")
    join_workshop(olga, workshop)
    return olga


def reimport(venue: Venue, workshop: Workshop) -> None:
    with serve(venue) as standin:
        import_from(standin, workshop)


def compare(workshop: Workshop, **options: Any) -> list[AgreementRow]:
    return compare_with_upstream(workshop, look_everywhere(workshop), **options)


def list_verdicts(workshop: Workshop, **options: Any) -> dict[int | None, str]:
    return {row.number: row.verdict.value for row in compare(workshop, **options)}


def get_row(workshop: Workshop, number: int) -> AgreementRow:
    return next(row for row in compare(workshop) if row.number == number)


def test_an_import_agrees_with_itself(workshop: Workshop) -> None:
    assert list_verdicts(workshop) == {1: "agree", 2: "agree", 4: "agree", 3: "open"}
    row = get_row(workshop, 1)
    assert row.reply is not None
    assert (row.ours_title, row.theirs_title, row.reply.text) == ("Accept as Oral", "Accept as Oral", "Accept (Oral)")


def test_ours_apart_from_theirs_the_urgent_first(workshop: Workshop) -> None:
    decide(workshop, 3, "oral")
    decide(workshop, 4, "oral")
    decide(workshop, 1, "poster")
    revoke_decision(get_paper(workshop, 2), by=None)
    assert list_verdicts(workshop) == {4: "outcome", 2: "only-theirs", 1: "presentation", 3: "only-ours"}
    assert count_verdicts(compare(workshop)) == {
        Verdict.OUTCOME: 1,
        Verdict.ONLY_THEIRS: 1,
        Verdict.PRESENTATION: 1,
        Verdict.ONLY_OURS: 1,
    }
    assert [row.number for row in compare(workshop) if row.is_disagreement] == [4, 2, 1]


def test_releases_apart(venue: Venue, workshop: Workshop) -> None:
    venue.release()
    reimport(venue, workshop)
    assert list_verdicts(workshop) == {1: "released-there", 2: "released-there", 4: "released-there", 3: "open"}
    release_decisions(workshop, by=None)
    assert list_verdicts(workshop) == {1: "agree", 2: "agree", 4: "agree", 3: "open"}


def test_release_here_alone(workshop: Workshop) -> None:
    release_decisions(workshop, by=None)
    assert set(list_verdicts(workshop).values()) == {"released-here", "open"}


def test_changed_and_deleted_after_the_release_there(venue: Venue, workshop: Workshop) -> None:
    venue.release()
    reimport(venue, workshop)
    venue.change_decision(1, "Reject")
    venue.delete_decision(2)
    reimport(venue, workshop)
    found = list_verdicts(workshop)
    assert (found[1], found[2], found[4]) == ("stale", "stale", "released-there")


def test_bulk_edited_venue_without_a_reply_is_a_decision(venue: Venue, workshop: Workshop) -> None:
    venue.change(3, content={"venueid": venue.id, "venue": "Counted 2026 Oral"})
    reimport(venue, workshop)
    row = get_row(workshop, 3)
    assert (row.verdict, row.theirs_title, row.reply) == (Verdict.RELEASED_THERE, "Accept, presentation open", None)
    revoke_decision(get_paper(workshop, 3), by=None)
    assert get_row(workshop, 3).verdict is Verdict.ONLY_THEIRS


def test_withdrawn_there_after_we_accepted(venue: Venue, workshop: Workshop) -> None:
    venue.withdraw(1)
    venue.withdraw(4)
    reimport(venue, workshop)
    assert list_verdicts(workshop) == {1: "withdrawn", 2: "agree", 3: "open", 4: "set-aside"}


def test_word_nobody_explained(venue: Venue, workshop: Workshop) -> None:
    venue.change_decision(2, "Accept (Spotlight)")
    reimport(venue, workshop)
    assert list_verdicts(workshop)[2] == "unexplained"


def test_presentation_from_a_field_of_the_submission(venue: Venue, workshop: Workshop) -> None:
    MappedValue.objects.filter(value="Accept (Poster)").update(meaning={"outcome": "accept"})
    rule = FieldMapping.objects.create(workshop=workshop, target="presentation", source="content", key="wish")
    MappedValue.objects.create(mapping=rule, value="Talk", meaning="oral")
    venue.change(2, content={"wish": "Talk"})
    reimport(venue, workshop)
    decide(workshop, 2, "poster")
    assert (get_row(workshop, 2).theirs_title, get_row(workshop, 2).verdict) == ("Accept as Oral", Verdict.PRESENTATION)


def test_old_venues_tell_nothing_of_a_release(workshop: Workshop) -> None:
    run = find_last_reading(workshop)
    assert run is not None
    run.venue = {**run.venue, "generation": 1}
    run.save()
    release_decisions(workshop, by=None)
    Paper.objects.update(venue="")
    assert list_verdicts(workshop) == {1: "agree", 2: "agree", 4: "agree", 3: "open"}


def test_papers_from_tables_and_tests(workshop: Workshop) -> None:
    decide_paper(make_paper(workshop, number=50, note_id=""), outcome="reject", by=None)
    make_paper(workshop, number=51, is_test=True)
    assert {number: verdict for number, verdict in list_verdicts(workshop).items() if number and number > 4} == {50: "local"}


def test_search_narrows(workshop: Workshop) -> None:
    assert list_verdicts(workshop, search='"Paper 2"') == {2: "agree"}


def test_conflicted_papers_are_masked(workshop: Workshop, olga: User) -> None:
    decide(workshop, 4, "oral")
    paper = get_paper(workshop, 4)
    ConflictOfInterest.objects.create(paper=paper, member=olga.memberships.get(), ground="declared")
    sight = find_sight(workshop, olga)
    rows = compare_with_upstream(workshop, sight)
    assert rows[-1] == AgreementRow(paper.pk, 4, "Paper 4", paper.note_id, Verdict.HIDDEN)
    assert [row.number for row in rows] == [1, 2, 3, 4]
    assert (find_agreement(paper, sight), find_agreement(paper, look_everywhere(workshop)) is None) == (None, False)


def test_one_paper_alone(workshop: Workshop) -> None:
    sight = look_everywhere(workshop)
    found = find_agreement(get_paper(workshop, 1), sight)
    assert found == get_row(workshop, 1)
    assert find_agreement(make_paper(workshop, note_id=""), sight) is None
    assert find_agreement(make_paper(workshop), sight) is None
    workshop.import_runs.all().delete()
    assert find_agreement(get_paper(workshop, 1), sight) is None


def test_number_of_queries_does_not_grow(workshop: Workshop, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_num_queries(10):
        assert len(compare(workshop)) == 4
    for _ in range(20):
        decide_paper(make_paper(workshop), outcome="reject", by=None)
    with django_assert_num_queries(10):
        assert len(compare(workshop)) == 24


def test_theirs_is_taken_with_history_and_settles_the_difference(venue: Venue, workshop: Workshop, olga: User) -> None:
    decide(workshop, 4, "oral")
    venue.change_decision(4, "Accept (Poster)")
    reimport(venue, workshop)
    assert FieldConflict.objects.get().resolved_at is None
    row = get_row(workshop, 4)
    decision = take_upstream_decision(get_paper(workshop, 4), seen=row.seen, by=olga)
    assert decision is not None
    assert (decision.outcome, str(decision.presentation), decision.by) == ("accept", "Poster", olga)
    assert (FieldConflict.objects.get().choice, get_row(workshop, 4).verdict) == ("upstream", Verdict.AGREE)
    reimport(venue, workshop)
    assert FieldConflict.objects.filter(resolved_at=None).count() == 0
    line = get_paper(workshop, 4).history.filter(action="decided").latest("pk")
    assert (line.by, (line.after or {})["presentation"]) == (olga, "poster")


def test_taking_what_stands_here_changes_nothing(workshop: Workshop, olga: User) -> None:
    assert take_upstream_decision(get_paper(workshop, 1), seen=get_row(workshop, 1).seen, by=olga) is None


def test_award_stays_with_a_paper_that_stays_accepted(workshop: Workshop, olga: User) -> None:
    award = workshop.awards.create(slug="best", name="Best")
    paper = get_paper(workshop, 1)
    decide_paper(paper, outcome="accept", presentation=workshop.presentation_kinds.get(slug="poster"), award=award, by=None)
    take_upstream_decision(paper, seen=get_row(workshop, 1).seen, by=olga)
    held = Decision.objects.get(paper=paper)
    assert (held.award, str(held.presentation)) == (award, "Oral")


@pytest.mark.parametrize("who", ["us", "them"])
def test_what_moved_since_it_was_seen_is_refused(venue: Venue, workshop: Workshop, olga: User, who: str) -> None:
    decide(workshop, 4, "oral")
    seen = get_row(workshop, 4).seen
    if who == "us":
        decide(workshop, 4, "poster")
    else:
        venue.change_reply(venue.find_decision(4), {"comment": "Another"})
        reimport(venue, workshop)
    with pytest.raises(Refusal, match=r"^The decision on paper 4 has changed meanwhile; look at both sides again\.$"):
        take_upstream_decision(get_paper(workshop, 4), seen=seen, by=olga)


def test_nothing_there_cannot_be_taken(workshop: Workshop, olga: User) -> None:
    decide(workshop, 3, "oral")
    with pytest.raises(Refusal, match=r"^OpenReview states no decision on paper 3 that could be taken over\.$"):
        take_upstream_decision(get_paper(workshop, 3), seen=get_row(workshop, 3).seen, by=olga)


def test_presentation_that_is_gone_is_refused(workshop: Workshop, olga: User) -> None:
    decide(workshop, 1)
    MappedValue.objects.filter(value="Accept (Oral)").update(meaning={"outcome": "accept", "presentation": "talk"})
    with pytest.raises(Refusal, match=r"^Counted 2026 has no presentation 'talk' any more; explain the value anew\.$"):
        take_upstream_decision(get_paper(workshop, 1), seen=get_row(workshop, 1).seen, by=olga)
    assert Paper.objects.get(number=1).decision.outcome == "reject"
