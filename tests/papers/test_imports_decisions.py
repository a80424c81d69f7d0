"""Decisions on their way in: replies, venueids, what was released, what a person has to choose."""

from collections.abc import Iterator
from typing import Any

import pytest

from papers.arrivals import describe_outcome
from papers.decisions import decide_paper, release_decisions
from papers.import_conflicts import resolve_conflict
from papers.models import Decision, FieldConflict, FieldMapping, MappedValue, Paper, Workshop
from papers.reports import ImportReport
from standin import Standin, Venue
from tests.factories import join_workshop, make_user
from tests.papers.dumps import dump_tables
from tests.papers.standin_venues import import_from, make_mapped_workshop, make_venue, serve

ORAL = {"outcome": "accept", "presentation": "oral"}
POSTER = {"outcome": "accept", "presentation": "poster"}
REJECT = {"outcome": "reject", "presentation": None}


class Scene:
    """A venue of one paper without a decision, its workshop and Olga."""

    def __init__(self, venue: Venue, standin: Standin, workshop: Workshop) -> None:
        self.venue, self.standin, self.workshop = venue, standin, workshop
        self.olga = join_workshop(make_user("olga@example.org"), workshop).user

    def read(self) -> ImportReport:
        return import_from(self.standin, self.workshop)

    @property
    def paper(self) -> Paper:
        return self.workshop.papers.get()

    @property
    def held(self) -> dict[str, Any] | None:
        decision = Decision.objects.filter(paper=self.paper).first()
        return describe_outcome(decision)

    @property
    def waiting(self) -> list[tuple[Any, Any]]:
        return list(FieldConflict.objects.filter(resolved_at=None).values_list("upstream", "local"))

    def settle(self, choice: str) -> None:
        resolve_conflict(FieldConflict.objects.get(resolved_at=None), choice=choice, by=self.olga)

    def move_to(self, state: str) -> None:
        self.venue.change(1, content={"venueid": self.venue.setting.venueids[state]})


@pytest.fixture
def scene(db: None) -> Iterator[Scene]:
    venue = make_venue()
    venue.add_submission(track="Full paper", hidden=())
    workshop = make_mapped_workshop(venue.id)
    with serve(venue) as standin:
        yield Scene(venue, standin, workshop)


def test_decision_before_release_is_taken_and_not_released(scene: Scene) -> None:
    scene.venue.add_decision(1, "Accept (Oral)")
    scene.read()
    decision = scene.paper.decision
    assert (scene.held, decision.released_at, decision.by) == (ORAL, None, None)
    assert scene.paper.venueid.endswith("/Submission")


def test_decision_that_changes_before_release_follows(scene: Scene) -> None:
    scene.venue.add_decision(1, "Accept (Oral)")
    scene.read()
    scene.venue.change_decision(1, "Reject")
    report = scene.read()
    assert (scene.held, scene.waiting) == (REJECT, [])
    assert report.changes[0]["values"] == [{"field": "decision", "before": ORAL, "after": REJECT}]


def test_newest_of_several_decisions_counts_and_all_are_kept(scene: Scene) -> None:
    scene.venue.add_decision(1, "Reject")
    scene.venue.add_decision(1, "Accept (Poster)")
    scene.read()
    assert scene.held == POSTER
    assert sorted(scene.paper.upstream_decisions.values_list("text", flat=True)) == ["Accept (Poster)", "Reject"]


def test_own_decision_differs_and_stays(scene: Scene) -> None:
    scene.read()
    decide_paper(scene.paper, outcome="reject", by=scene.olga)
    scene.venue.add_decision(1, "Accept (Oral)")
    scene.read()
    assert (scene.held, scene.waiting) == (REJECT, [(ORAL, REJECT)])
    scene.settle("upstream")
    decision = scene.paper.decision
    assert (scene.held, decision.by) == (ORAL, scene.olga)


def test_released_decision_is_a_persons_to_change(scene: Scene) -> None:
    scene.venue.add_decision(1, "Accept (Oral)")
    scene.read()
    release_decisions(scene.workshop, by=scene.olga)
    scene.venue.change_decision(1, "Accept (Poster)")
    scene.read()
    assert (scene.held, scene.waiting) == (ORAL, [(POSTER, ORAL)])
    scene.settle("upstream")
    assert scene.held == POSTER
    assert scene.paper.decision.released_at is not None


def test_kept_choice_is_not_asked_again(scene: Scene) -> None:
    scene.venue.add_decision(1, "Accept (Oral)")
    scene.read()
    release_decisions(scene.workshop, by=scene.olga)
    scene.venue.change_decision(1, "Accept (Poster)")
    scene.read()
    scene.settle("local")
    scene.venue.change(1, content={"abstract": "Other words"})
    report = scene.read()
    assert (scene.held, scene.waiting, report.conflicts) == (ORAL, [], [])


def test_changed_after_release_while_the_venueid_is_stale(scene: Scene) -> None:
    scene.venue.add_decision(1, "Accept (Oral)")
    scene.venue.release()
    scene.read()
    assert (scene.held, scene.waiting) == (ORAL, [])
    scene.venue.change_decision(1, "Reject")
    scene.read()
    assert (scene.held, scene.waiting) == (ORAL, [({**REJECT, "venueid_says": "accept"}, ORAL)])
    scene.settle("upstream")
    assert scene.held == REJECT
    scene.venue.change(1, content={"abstract": "Other words"})
    assert (scene.read().conflicts, scene.held) == ([], REJECT)


def test_reply_and_venueid_that_contradict_from_the_start(scene: Scene) -> None:
    scene.venue.add_decision(1, "Reject")
    scene.move_to("accepted")
    report = scene.read()
    assert (scene.held, scene.waiting) == (None, [({**REJECT, "venueid_says": "accept"}, None)])
    assert [conflict["upstream"] for conflict in report.conflicts] == [{**REJECT, "venueid_says": "accept"}]
    scene.settle("local")
    assert scene.held is None


def test_contradiction_that_upstream_mends_needs_no_choice(scene: Scene) -> None:
    scene.venue.add_decision(1, "Reject")
    scene.move_to("accepted")
    scene.read()
    scene.move_to("rejected")
    scene.read()
    assert (scene.held, scene.waiting) == (REJECT, [])


def test_venueid_that_turns_against_our_decision_is_the_other_side(scene: Scene) -> None:
    scene.venue.add_decision(1, "Accept (Oral)")
    scene.read()
    scene.move_to("rejected")
    scene.read()
    assert (scene.held, scene.waiting) == (ORAL, [({**REJECT, "venueid_says": "reject"}, ORAL)])
    scene.settle("upstream")
    assert scene.held == REJECT
    scene.venue.change(1, content={"abstract": "Other words"})
    assert (scene.read().conflicts, scene.held) == ([], REJECT)


def test_deleted_before_release_takes_our_copy_along(scene: Scene) -> None:
    scene.venue.add_decision(1, "Accept (Oral)")
    scene.read()
    scene.venue.delete_decision(1)
    scene.read()
    assert (scene.held, scene.waiting) == (None, [])
    assert scene.paper.upstream_decisions.get().gone_at is not None
    before = dump_tables()
    scene.read()
    assert dump_tables() == before


def test_deleted_after_release_is_a_persons_to_settle(scene: Scene) -> None:
    scene.venue.add_decision(1, "Accept (Oral)")
    scene.venue.release()
    scene.read()
    scene.venue.delete_decision(1)
    scene.read()
    assert (scene.held, scene.waiting) == (ORAL, [({"outcome": None, "venueid_says": "accept"}, ORAL)])
    scene.settle("upstream")
    assert scene.held is None
    scene.venue.change(1, content={"abstract": "Other words"})
    assert (scene.read().conflicts, scene.held) == ([], None)


def test_deleted_and_written_again_is_one_decision(scene: Scene) -> None:
    scene.venue.add_decision(1, "Accept (Oral)")
    scene.read()
    scene.venue.delete_decision(1)
    scene.venue.add_decision(1, "Accept (Poster)")
    scene.read()
    assert (scene.held, scene.waiting) == (POSTER, [])


@pytest.mark.parametrize(("state", "expected"), [("accepted", {"outcome": "accept", "presentation": None}), ("rejected", REJECT)])
def test_venueid_alone_decides_where_no_rule_speaks(scene: Scene, state: str, expected: dict[str, Any]) -> None:
    scene.move_to(state)
    scene.read()
    assert (scene.held, scene.waiting) == (expected, [])


def test_venue_line_tells_the_presentation_once_explained(scene: Scene) -> None:
    rule = FieldMapping.objects.create(workshop=scene.workshop, target="decision", source="venue", position=9)
    scene.venue.change(1, content={"venueid": scene.venue.id, "venue": "Counted 2026 Oral"})
    report = scene.read()
    assert (scene.held, len(report.problems)) == (None, 1)
    MappedValue.objects.filter(mapping=rule, value="Counted 2026 Oral").update(meaning=ORAL)
    scene.read()
    assert scene.held == ORAL


def test_decision_of_a_withdrawn_paper_waits_until_it_comes_back(scene: Scene) -> None:
    scene.venue.add_decision(1, "Accept (Oral)")
    scene.venue.withdraw(1)
    scene.read()
    assert (scene.paper.standing, scene.held) == ("withdrawn", None)
    scene.venue.revert(1)
    scene.read()
    assert (scene.paper.standing, scene.held) == ("active", ORAL)


def test_withdrawal_after_acceptance_is_reported_and_leaves_the_listings(scene: Scene) -> None:
    scene.venue.add_decision(1, "Accept (Oral)")
    scene.venue.release()
    scene.read()
    release_decisions(scene.workshop, by=scene.olga)
    assert scene.workshop.papers.for_listing().count() == 1
    scene.venue.withdraw(1)
    report = scene.read()
    assert (scene.workshop.papers.for_listing().count(), report.withdrawn, scene.held) == (0, 1, ORAL)
    assert [problem["sentence"] for problem in report.problems] == [
        "This accepted paper is withdrawn in OpenReview now and left every listing; look whether it has a place in the schedule."
    ]


def test_unknown_decision_text_is_never_guessed(scene: Scene) -> None:
    scene.venue.add_decision(1, "accept")
    report = scene.read()
    assert scene.held is None
    assert [problem["code"] for problem in report.problems] == ["unmapped"]
