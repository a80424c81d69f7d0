"""What writing to OpenReview would do: compared with what stands there now, refused where it moved."""

from collections.abc import Iterator
from typing import Any

import pytest

from papers.decisions import decide_paper
from papers.errors import Refusal
from papers.models import PushedDecision, Workshop
from papers.push_plans import MAILS, PushAct, PushPlan
from standin import Standin, Venue
from tests.papers.push_venues import (
    WRITES,
    decide,
    get_paper,
    list_acts,
    list_live,
    make_decided_venue,
    make_pushing_workshop,
    open_at,
    plan,
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


def test_plan_tells_what_would_be_written_and_writes_nothing(standin: Standin, venue: Venue, workshop: Workshop) -> None:
    decide(workshop, 3, "oral", comment="Well done.\n\nShorten it.")
    decide(workshop, 4, "poster")
    before = list_live(venue)
    found = plan(standin, workshop)
    assert list_acts(found) == [(1, "same", ""), (2, "same", ""), (3, "create", ""), (4, "change", "")]
    reply = venue.find_decision(4)
    assert [(item.before, item.after) for item in found.writable] == [
        (None, {"decision": "Accept (Oral)", "comment": "Well done.\n\nShorten it."}),
        (
            {"note_id": reply["id"], "decision": "Reject", "comment": "", "changed_at": reply["tmdate"]},
            {"decision": "Accept (Poster)", "comment": ""},
        ),
    ]
    assert (found.notes, found.count()) == ((MAILS,), {"create": 1, "change": 1, "same": 2, "refuse": 0})
    assert (list_live(venue), standin.count_requests(*WRITES), PushedDecision.objects.count()) == (before, 0, 0)
    assert PushPlan.from_json(found.as_json()) == found


def move_reply(venue: Venue) -> None:
    venue.change_decision(4, "Accept (Poster)")


def move_and_back(venue: Venue) -> None:
    venue.change_decision(4, "Accept (Poster)")
    venue.change_decision(4, "Reject")


def replace_reply(venue: Venue) -> None:
    venue.delete_decision(4)
    venue.add_decision(4, "Reject")


CHANGED = "Somebody has changed the decision in OpenReview since the last import; import again and look at it first."
MOVES: list[tuple[Any, str]] = [
    (move_reply, CHANGED),
    (move_and_back, CHANGED),
    (replace_reply, CHANGED),
    (lambda venue: venue.delete_decision(4), CHANGED),
    (lambda venue: venue.add_decision(4, "Reject"), "OpenReview holds 2 decisions on this paper; delete all but one there."),
    (lambda venue: venue.withdraw(4), "The paper is withdrawn in OpenReview; import again and look at it first."),
    (lambda venue: venue.desk_reject(4), "The paper is desk-rejected in OpenReview; import again and look at it first."),
    (
        lambda venue: venue.release(4),
        f"Its venueid in OpenReview has become {VENUE_ID}/Rejected_Submission since the last import; import again and look at it first.",
    ),
    (lambda venue: venue.delete(4), "OpenReview shows this paper to this account no more."),
    (lambda venue: venue.change(4, authors=None, content={"authorids": ["~Olga_Chair1"]}), "This account is an author of the paper, so "
     "OpenReview hides its decision; have another chair push it."),
    (lambda venue: venue.store.change_note(venue.papers[4]["id"], {"number": None}), "OpenReview gives this paper no number, by which "
     "decisions are made."),
]  # fmt: skip


@pytest.mark.parametrize(("move", "sentence"), MOVES, ids=range(len(MOVES)))
def test_plan_refuses_what_moved_since_the_import(standin: Standin, venue: Venue, workshop: Workshop, move: Any, sentence: str) -> None:
    decide(workshop, 4, "oral")
    move(venue)
    assert list_acts(plan(standin, workshop))[-1] == (4, "refuse", sentence)


def test_word_that_the_stage_does_not_offer_is_refused_before_anything_is_sent(standin: Standin, workshop: Workshop) -> None:
    Workshop.objects.update(decision_words={"accept:oral": "Accept (Talk)"})
    workshop.refresh_from_db()
    decide(workshop, 3, "oral")
    decide(workshop, 4, "poster")
    planned = plan(standin, workshop)
    sentence = "OpenReview's decision stage does not offer “Accept (Talk)”; it offers Accept (Oral), Accept (Poster), Reject."
    assert list_acts(planned)[2:] == [(3, "refuse", sentence), (4, "change", "")]


def test_unknown_word_is_refused_with_the_place_to_choose_it(standin: Standin, workshop: Workshop) -> None:
    decide_paper(get_paper(workshop, 3), outcome="accept", by=None)
    sentence = (
        "Nobody has said how OpenReview words “Accept, presentation open”; choose one under “OpenReview's words” on the agreement page."
    )
    assert list_acts(plan(standin, workshop))[2] == (3, "refuse", sentence)


def test_what_waits_for_a_choice_is_not_pushed(standin: Standin, venue: Venue, workshop: Workshop) -> None:
    decide(workshop, 4, "oral")
    venue.change_decision(4, "Accept (Poster)")
    venue.change_decision(2, "Accept (Spotlight)")
    import_from(standin, workshop)
    assert list_acts(plan(standin, workshop))[1:] == [
        (2, "refuse", "Nobody has said what OpenReview's word means; say it on the field mapping first."),
        (4, "refuse", "Both sides have changed this decision; choose one on the page of differences first."),
    ]


def test_plan_follows_a_search(standin: Standin, workshop: Workshop) -> None:
    assert [item.number for item in plan(standin, workshop, search='"Paper 2"').items] == [2]


def test_released_contradiction_is_warned_of(standin: Standin, venue: Venue, workshop: Workshop) -> None:
    venue.release()
    import_from(standin, workshop)
    decide(workshop, 4, "oral")
    item = next(item for item in plan(standin, workshop).items if item.number == 4)
    assert (item.act, item.warning) == (
        PushAct.CHANGE,
        "OpenReview has released another decision; its venueid does not follow, have the release there repeated.",
    )


def test_other_venues_are_refused_as_a_whole(standin: Standin, venue: Venue, workshop: Workshop) -> None:
    del venue.store.invitations[f"{VENUE_ID}/-/Decision"]
    with pytest.raises(Refusal, match=r"^OpenReview shows this account no decision stage"):
        open_at(standin, workshop)
    venue.store.groups[VENUE_ID]["domain"] = None
    with pytest.raises(Refusal, match=r"^The venue lives on OpenReview's API v1, to which nothing is written from here; upload the file\."):
        open_at(standin, workshop)
