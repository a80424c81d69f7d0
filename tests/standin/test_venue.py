"""The builder: what becomes of a paper, in both author encodings, and under other names than the usual ones."""

import json
from pathlib import Path

import pytest
from openreview.api import OpenReviewClient

from standin import Standin, Store, Venue
from tests.standin.conftest import VENUE, OpenClient


def get_state(venue: Venue, number: int) -> tuple[str, str]:
    content = venue.papers[number]["content"]
    return content["venueid"]["value"].removeprefix(venue.id), content["venue"]["value"]


def test_release_moves_decided_papers_only(venue: Venue) -> None:
    venue.add_submission()
    venue.release()
    assert [get_state(venue, number) for number in (1, 3, 4)] == [
        ("", "W 2026 Oral"),
        ("/Rejected_Submission", "Submitted to W 2026"),
        ("/Submission", "W 2026 Submission"),
    ]
    assert ("pdate" in venue.papers[1], "pdate" in venue.papers[3]) == (True, False)
    assert venue.store.groups[f"{VENUE}/Authors/Accepted"]["members"] == [f"{VENUE}/Submission1/Authors", f"{VENUE}/Submission2/Authors"]


def test_withdrawing_and_desk_rejecting_can_be_reverted(venue: Venue) -> None:
    venue.withdraw(1)
    venue.desk_reject(2)
    states = [get_state(venue, 1), get_state(venue, 2)]
    assert states == [
        ("/Withdrawn_Submission", "W 2026 Withdrawn Submission"),
        ("/Desk_Rejected_Submission", "W 2026 Desk Rejected Submission"),
    ]
    venue.revert(1)
    venue.revert(2)
    assert [get_state(venue, 1), get_state(venue, 2)] == [("/Submission", "W 2026 Submission")] * 2
    assert len(venue.find_replies(1, "Withdrawal_Reversion") + venue.find_replies(2, "Desk_Rejection_Reversion")) == 2


def test_withdrawal_after_acceptance_keeps_the_decision(venue: Venue) -> None:
    venue.release()
    venue.withdraw(1)
    assert get_state(venue, 1)[0] == "/Withdrawn_Submission"
    assert venue.find_decision(1)["content"]["decision"]["value"] == "Accept (Oral)"


def test_changed_decision_does_not_move_the_venueid(venue: Venue) -> None:
    venue.release()
    before = venue.papers[1]["tmdate"]
    venue.change_decision(1, "Reject")
    assert (venue.find_decision(1)["content"]["decision"]["value"], get_state(venue, 1)[0]) == ("Reject", "")
    venue.delete_decision(1)
    assert (venue.find_replies(1, "Decision"), get_state(venue, 1)[0], venue.papers[1]["tmdate"]) == ([], "", before)


def test_unified_authors_have_no_authorids(store: Store) -> None:
    venue = Venue(store, VENUE, unified_authors=True)
    ann = {"username": "~Ann_Lee1", "fullname": "Ann Lee", "institutions": [{"name": "A Place", "domain": "a.example", "country": "US"}]}
    note = venue.add_submission(authors=[ann, ("Ben Mail", "ben@x.example"), ("No Id", None)])
    assert note["content"]["authors"]["value"] == [ann, {"fullname": "Ben Mail", "username": "ben@x.example"}, {"fullname": "No Id"}]
    assert "authorids" not in note["content"]
    assert store.groups[f"{VENUE}/Submission1/Authors"]["members"] == ["~Ann_Lee1", "ben@x.example"]


def test_client_flattens_both_encodings(store: Store, open_client: OpenClient) -> None:
    unified = Venue(store, "u.org/2026/Workshop/U", unified_authors=True)
    unified.store.groups[f"{unified.id}/Program_Chairs"]["members"].append("~Olga_Organizer1")
    unified.add_submission()
    (note,) = open_client().get_notes(domain=unified.id)
    assert (note.authors, note.authorids) == (["FirstA Author1", "FirstB Author1"], ["~FirstA_Author11", "~FirstB_Author11"])


def test_venue_may_choose_other_names(store: Store) -> None:
    venue = Venue(
        store,
        "x.org/2026/Workshop/提交",
        short="T 26",
        submission_name="Extended_Abstract",
        review_name="Reviewer_Review",
        rating_name="overall_recommendation",
        decision_name="Verdict",
        decision_field="verdict",
        decision_options=("Invite to Venue", "no"),
        accept_options=("Invite to Venue",),
        stages=("Final_Submission",),
    )
    venue.add_submission()
    review = venue.add_review(1, rating="8: accept, good paper", confidence=(), summary="Counted.")
    venue.add_decision(1, "Invite to Venue")
    venue.upload_camera_ready(1, "Final_Submission")
    venue.release()
    assert get_state(venue, 1) == ("", "T 26 InvitetoVenue")
    assert review["invitations"] == [f"{venue.id}/Extended_Abstract1/-/Reviewer_Review"]
    assert review["content"].keys() == {"title", "review", "overall_recommendation", "summary"}
    assert store.groups[venue.id]["content"]["submission_venue_id"]["value"] == f"{venue.id}/Extended_Abstract"


def test_numbers_may_have_gaps_and_ids_may_be_given(store: Store) -> None:
    venue = Venue(store, VENUE)
    notes = [venue.add_submission(id="givenid123", number=7), venue.add_submission(), venue.add_submission(number=12345)]
    assert [(note["number"], note["id"] == "givenid123") for note in notes] == [(7, True), (8, False), (12345, False)]
    assert len({note["id"] for note in notes}) == 3


def test_same_calls_give_the_same_state(tmp_path: Path) -> None:
    states = []
    for name in ("a.json", "b.json"):
        venue = Venue(Store(), VENUE)
        venue.add_chair("olga@x.example", "Olga Organizer")
        venue.add_submission()
        venue.add_review(1)
        venue.add_decision(1)
        venue.release()
        venue.store.save(tmp_path / name)
        states.append((tmp_path / name).read_bytes())
    assert states[0] == states[1]
    assert Store.load(tmp_path / "a.json").to_json() == venue.store.to_json()
    assert json.loads(states[0])["now"] == venue.store.now


@pytest.mark.parametrize("cached", [False, True])
def test_cached_rows_follow_every_change(store: Store, venue: Venue, open_client: OpenClient, cached: bool) -> None:
    client: OpenReviewClient = open_client()
    with Standin(store, cached=cached) as other:
        client.notes_url = f"{other.url}/notes"
        seen = [client.get_notes(invitation=f"{VENUE}/-/Submission", sort="number", details="replies")]
        venue.change(1, content={"title": "Changed"})
        venue.add_comment(1)
        seen.append(client.get_notes(invitation=f"{VENUE}/-/Submission", sort="number", details="replies"))
    assert [notes[0].content["title"]["value"] for notes in seen] == ["Title 1", "Changed"]
    assert [len(notes[0].details["replies"]) for notes in seen] == [2, 3]
