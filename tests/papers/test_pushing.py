"""Decisions written to OpenReview: looked up first, once each, refused where the other side moved."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.utils import timezone

from papers.decisions import revoke_decision
from papers.errors import NotPermitted, OtherSideFailed, Refusal, SignInNeeded, Throttled
from papers.models import ConflictOfInterest, HistoryLine, ImportRun, Paper, PushedDecision, UpstreamDecision, User, Workshop
from papers.openreview.sign_in import Credentials
from papers.push_plans import PushAct
from papers.pushing import apply_push
from papers.sight import find_sight
from standin import Standin, Venue
from tests.factories import join_workshop, make_user
from tests.papers.push_venues import (
    WRITES,
    decide,
    get_paper,
    is_in_step,
    list_attempts,
    list_live,
    look_everywhere,
    make_decided_venue,
    make_pushing_workshop,
    open_at,
    plan,
    push,
)
from tests.papers.standin_venues import VENUE_ID, import_from, serve


@pytest.fixture
def venue() -> Venue:
    return make_decided_venue()


@pytest.fixture
def standin(venue: Venue) -> Iterator[Standin]:
    with serve(venue) as running:
        yield running


@pytest.fixture
def workshop(db: None, standin: Standin) -> Workshop:
    return make_pushing_workshop(standin)


@pytest.fixture
def olga(workshop: Workshop) -> User:
    olga = make_user("olga@example.org")
    join_workshop(olga, workshop)
    return olga


def move_reply(venue: Venue) -> None:
    venue.change_decision(4, "Accept (Poster)")


def replace_reply(venue: Venue) -> None:
    venue.delete_decision(4)
    venue.add_decision(4, "Reject")


def test_push_writes_each_once_and_reads_it_back(standin: Standin, venue: Venue, workshop: Workshop, olga: User) -> None:
    venue.change_reply(venue.find_decision(4), {"comment": "Theirs stays"})
    import_from(standin, workshop)
    decide(workshop, 3, "oral", comment="Well done.\n\nShorten it.")
    decide(workshop, 4, "poster")
    report = push(standin, workshop, by=olga)
    assert report.as_json() == {"written": 2, "same": 0, "refused": 0, "failed": 0, "problems": [], "is_canceled": False}
    assert list_live(venue) == {
        1: [("Accept (Oral)", "")],
        2: [("Accept (Poster)", "")],
        3: [("Accept (Oral)", "Well done.\n\nShorten it.")],
        4: [("Accept (Poster)", "Theirs stays")],
    }
    rows = PushedDecision.objects.of_workshop(workshop).order_by("pk")
    edits = {edit["id"]: edit["note"]["id"] for edit in venue.store.edits}
    assert [(row.state, row.by, edits[row.edit_id]) for row in rows] == [("written", olga, (row.after or {})["note_id"]) for row in rows]
    assert [(row.after or {})["note_id"] for row in rows][1] == venue.find_decision(4)["id"]
    line = HistoryLine.objects.filter(action="pushed").order_by("pk")[1]
    told = (line.before or {}).get("decision"), (line.after or {}).get("decision")
    assert (line.paper, line.by, line.field, *told) == (
        get_paper(workshop, 4),
        olga,
        "decision",
        "Reject",
        "Accept (Poster)",
    )
    held = UpstreamDecision.objects.get(paper__number=3, gone_at=None)
    assert (held.text, held.comment) == ("Accept (Oral)", "Well done.\n\nShorten it.")
    assert get_paper(workshop, 4).imported["decision"] == {"outcome": "accept", "presentation": "poster"}
    assert {item.act for item in plan(standin, workshop).items} == {PushAct.SAME}
    assert import_from(standin, workshop).updated == 0


def test_push_is_refused_while_its_setting_is_off(standin: Standin, workshop: Workshop) -> None:
    decide(workshop, 3, "oral")
    Workshop.objects.update(pushes_decisions=False)
    workshop.refresh_from_db()
    planned = plan(standin, workshop)
    with pytest.raises(Refusal, match=r"^Writing decisions to OpenReview is off for Counted 2026; switch it on in its settings, or upload"):
        apply_push(workshop, planned.items, look_everywhere(workshop), open_at(standin, workshop), by=None)
    assert standin.count_requests(*WRITES) == 0


DURING: list[tuple[Any, str]] = [
    (move_reply, "Somebody has changed the decision in OpenReview after the comparison; import again and look at it first."),
    (replace_reply, "Somebody has changed the decision in OpenReview after the comparison; import again and look at it first."),
    (lambda venue: venue.withdraw(4), "The paper is withdrawn in OpenReview; import again and look at it first."),
    (
        lambda venue: venue.release(4),
        f"Its venueid in OpenReview has become {VENUE_ID}/Rejected_Submission since the last import; import again and look at it first.",
    ),
    (lambda venue: venue.store.notes.pop(venue.papers[4]["id"]), "OpenReview shows this paper to this account no more."),
    (lambda _: decide_anew("reject"), "The decision here has changed after the comparison; compare again."),
    (lambda _: decide_anew("comment"), "The decision here has changed after the comparison; compare again."),
    (lambda _: revoke_decision(Paper.objects.get(number=4), by=None), "The decision here was taken back after the comparison."),
]


def decide_anew(what: str) -> None:
    workshop = Workshop.objects.get()
    decide(workshop, 4, "" if what == "reject" else "oral", comment="New" if what == "comment" else None)


@pytest.mark.parametrize(("move", "sentence"), DURING, ids=range(len(DURING)))
def test_push_refuses_what_moved_after_the_plan(standin: Standin, venue: Venue, workshop: Workshop, move: Any, sentence: str) -> None:
    decide(workshop, 4, "oral")
    planned = plan(standin, workshop)
    move(venue)
    before = list_live(venue)
    desk = open_at(standin, workshop)
    report = apply_push(workshop, planned.items, look_everywhere(workshop), desk, by=None)
    assert (report.written, report.refused, [told["sentence"] for told in report.problems]) == (0, 1, [sentence])
    assert (list_attempts(workshop), standin.count_requests(*WRITES)) == ([(4, "refused", sentence)], 0)
    assert list_live(venue) == before


def test_another_chair_between_the_look_and_the_write_loses_nothing(standin: Standin, venue: Venue, workshop: Workshop) -> None:
    """A create that comes second is refused by OpenReview itself."""
    decide(workshop, 3, "oral")
    planned, desk = plan(standin, workshop), open_at(standin, workshop)
    note = venue.add_decision(3, "Reject")
    venue.store.change_note(note["id"], {"readers": ["someone/else"]})
    report = apply_push(workshop, planned.items, look_everywhere(workshop), desk, by=None)
    sentence = (
        "OpenReview holds a decision on this paper that this account can't see, and takes no second one (OpenReview refused it: "
        f"The Invitation {VENUE_ID}/Submission3/-/Decision has reached the maximum number (1) of replies.)"
    )
    assert (list_attempts(workshop), report.refused) == ([(3, "refused", sentence)], 1)
    assert list_live(venue)[3] == [("Reject", "")]


def test_what_stands_there_already_is_not_written_again(standin: Standin, venue: Venue, workshop: Workshop) -> None:
    decide(workshop, 3, "oral")
    planned = plan(standin, workshop)
    venue.add_decision(3, "Accept (Oral)")
    report = apply_push(workshop, planned.items, look_everywhere(workshop), open_at(standin, workshop), by=None)
    assert (report.same, report.written, list_attempts(workshop), standin.count_requests(*WRITES)) == (1, 0, [], 0)
    assert is_in_step(workshop)


def test_closed_stage_is_told_beforehand_and_refused_paper_by_paper(standin: Standin, venue: Venue, workshop: Workshop) -> None:
    decide(workshop, 3, "oral")
    decide(workshop, 4, "oral")
    venue.close_decisions()
    planned = plan(standin, workshop)
    assert planned.notes[0].startswith("OpenReview's decision stage closed at 2026-01-01 ")
    report = push(standin, workshop)
    said = "OpenReview refused it: The Invitation example.org/2026/Workshop/Counted/Submission{}/-/Decision has expired."
    assert list_attempts(workshop) == [(3, "refused", said.format(3)), (4, "refused", said.format(4))]
    assert (report.refused, list_live(venue)[3]) == (2, [])
    venue.open_decisions()
    assert push(standin, workshop).written == 2


def test_papers_of_a_conflicted_person_are_neither_planned_nor_written(
    standin: Standin, venue: Venue, workshop: Workshop, olga: User
) -> None:
    decide(workshop, 3, "oral")
    decide(workshop, 4, "oral")
    planned = plan(standin, workshop)
    member = olga.memberships.get(workshop=workshop)
    ConflictOfInterest.objects.create(paper=get_paper(workshop, 4), member=member, ground="declared")
    sight = find_sight(workshop, olga)
    own = plan(standin, workshop, sight)
    assert ([item.number for item in own.items], own.notes[0]) == (
        [1, 2, 3],
        "1 paper is left to somebody without a conflict of interest.",
    )
    report = apply_push(workshop, planned.items, sight, open_at(standin, workshop), by=olga)
    assert (report.written, [number for number, _, _ in list_attempts(workshop)]) == (1, [3])


def test_account_that_is_no_chair_is_refused(standin: Standin, venue: Venue, workshop: Workshop) -> None:
    decide(workshop, 3, "oral")
    planned = plan(standin, workshop)
    venue.add_member("Publication_Chairs", "pia@example.org", "Pia Publisher")
    for group in (f"{VENUE_ID}/Publication_Chairs",):
        venue.store.change_note(venue.papers[3]["id"], {"readers": ["everyone", group]})
    desk = open_at(standin, workshop, Credentials("pia@example.org", "loopback-only"))
    report = apply_push(workshop, planned.items, look_everywhere(workshop), desk, by=None)
    assert [told["sentence"].partition(":")[0] for told in report.problems] == ["This OpenReview account may not write that"]


LOST = [("status", {"status": 500, "late": True}), ("html", {"late": True}), ("reset", {}), ("truncate", {}), ("slow", {"seconds": 2})]


@pytest.mark.parametrize(("kind", "options"), LOST)
def test_lost_answer_is_looked_up_at_once(standin: Standin, venue: Venue, workshop: Workshop, kind: str, options: Any) -> None:
    decide(workshop, 3, "oral")
    decide(workshop, 4, "oral")
    planned, desk = plan(standin, workshop), open_at(standin, workshop)
    standin.faults.add(kind, path="/notes/edits", method="POST", times=1, **options)
    report = apply_push(workshop, planned.items, look_everywhere(workshop), desk, by=None)
    assert (report.written, standin.count_requests(*WRITES)) == (2, 2)
    assert list_attempts(workshop) == [(3, "written", "OpenReview's answer was lost; the decision stands there."), (4, "written", "")]
    assert (list_live(venue)[3], is_in_step(workshop)) == ([("Accept (Oral)", "")], True)


def test_failure_before_the_write_is_told_and_left_for_later(standin: Standin, venue: Venue, workshop: Workshop) -> None:
    decide(workshop, 3, "oral")
    decide(workshop, 4, "oral")
    planned, desk = plan(standin, workshop), open_at(standin, workshop)
    standin.faults.add("status", path="/notes/edits", method="POST", times=1, status=500)
    report = apply_push(workshop, planned.items, look_everywhere(workshop), desk, by=None)
    assert (report.written, report.failed, list_live(venue)[3]) == (1, 1, [])
    assert list_attempts(workshop)[0] == (
        3,
        "failed",
        "OpenReview's answer was lost and the decision does not stand there (OpenReview failed with status 500 (Internal error); "
        "try again later); compare again later.",
    )
    assert (push(standin, workshop).written, list_live(venue)[3]) == (1, [("Accept (Oral)", "")])


@pytest.mark.parametrize("is_late", [False, True])
@pytest.mark.parametrize("number", [3, 4])
def test_throttled_push_goes_on_with_the_same_items(standin: Standin, venue: Venue, workshop: Workshop, is_late: bool, number: int) -> None:
    for each in (3, 4):
        decide(workshop, each, "oral")
    planned, desk, since = plan(standin, workshop), open_at(standin, workshop), timezone.now()
    standin.faults.add("throttle", path="/notes/edits", method="POST", after=number - 3, times=1, retry_after=900, late=is_late)
    with pytest.raises(Throttled):
        apply_push(workshop, planned.items, look_everywhere(workshop), desk, by=None, since=since)
    assert list_attempts(workshop)[-1] == (number, "started", "")
    report = apply_push(workshop, planned.items, look_everywhere(workshop), desk, by=None, since=since)
    assert (report.written, report.problems) == (2, [])
    assert ({row[0]: row[1] for row in list_attempts(workshop)}, is_in_step(workshop)) == ({3: "written", 4: "written"}, True)
    assert (list_live(venue)[3], list_live(venue)[4]) == ([("Accept (Oral)", "")], [("Accept (Oral)", "")])
    assert standin.count_requests(*WRITES) == (2 if is_late else 3)


def test_vanished_server_leaves_the_attempt_open_until_the_next_plan(standin: Standin, venue: Venue, workshop: Workshop) -> None:
    decide(workshop, 3, "oral")
    planned, desk = plan(standin, workshop), open_at(standin, workshop)
    standin.faults.add("reset", path="/notes/edits", method="POST", times=1)
    standin.faults.add("status", path="/notes", after=1, times=2, status=500)
    with pytest.raises(OtherSideFailed):
        apply_push(workshop, planned.items, look_everywhere(workshop), desk, by=None)
    assert list_attempts(workshop) == [(3, "started", "")]
    standin.faults.clear()
    assert push(standin, workshop).written == 0
    assert (list_attempts(workshop), is_in_step(workshop)) == ([(3, "written", "It had arrived.")], True)


def test_ended_session_ends_the_push(standin: Standin, venue: Venue, workshop: Workshop) -> None:
    decide(workshop, 3, "oral")
    desk = open_at(standin, workshop)
    planned = plan(standin, workshop)
    held = open_at(standin, workshop, Credentials(token=desk.opened.connection.token))
    standin.faults.add("expire_token", path="/notes/edits", method="POST", times=1)
    with pytest.raises(SignInNeeded):
        apply_push(workshop, planned.items, look_everywhere(workshop), held, by=None)
    assert list_attempts(workshop) == [(3, "failed", "The OpenReview session had ended.")]
    assert isinstance(SignInNeeded("x"), NotPermitted)


def test_push_stops_between_two_papers(standin: Standin, venue: Venue, workshop: Workshop) -> None:
    for number in (3, 4):
        decide(workshop, number, "oral")
    planned, desk, told = plan(standin, workshop), open_at(standin, workshop), list[tuple[int, int]]()
    report = apply_push(
        workshop,
        planned.items,
        look_everywhere(workshop),
        desk,
        by=None,
        tell=lambda count, total: told.append((count, total)),
        is_canceled=lambda: bool(told),
    )
    assert (report.sentence, told) == ("Stopped on request. 1 written to OpenReview, 0 stood there already, 0 not written.", [(1, 2)])
    assert (list_live(venue)[3], list_live(venue)[4]) == ([("Accept (Oral)", "")], [("Reject", "")])
    assert UpstreamDecision.objects.get(paper__number=3).text == "Accept (Oral)"


def test_our_own_earlier_write_is_no_foreign_change(standin: Standin, venue: Venue, workshop: Workshop) -> None:
    """Nobody could read back what was written: an import was under way."""
    decide(workshop, 4, "oral")
    planned, desk = plan(standin, workshop), open_at(standin, workshop)
    standin.faults.add("status", path="/notes", after=1, times=1, status=500)
    report = apply_push(workshop, planned.items, look_everywhere(workshop), desk, by=None)
    assert report.problems[0]["sentence"].endswith("; the next import brings it.")
    decide(workshop, 4, "poster")
    assert push(standin, workshop).written == 1
    assert (list_live(venue)[4], is_in_step(workshop)) == ([("Accept (Poster)", "")], True)


def test_many_are_read_back_in_one_walk(standin: Standin, venue: Venue, workshop: Workshop) -> None:
    for _ in range(6):
        venue.add_submission()
    import_from(standin, workshop)
    for number in range(5, 11):
        decide(workshop, number, "poster")
    planned, desk = plan(standin, workshop), open_at(standin, workshop)
    standin.requests.clear()
    assert apply_push(workshop, planned.items, look_everywhere(workshop), desk, by=None).written == 6
    assert (standin.count_requests("/notes", details="replies"), standin.count_requests(*WRITES)) == (6 + 1, 6)
    run = ImportRun.objects.get(source=ImportRun.PUSHED)
    assert (run.state, run.seen_count, run.report["updated"], run.is_from_table) == ("done", 6, 6, False)
