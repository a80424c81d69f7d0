"""The write path with the unmodified client: decisions, revisions, groups, dates."""

from typing import Any

import openreview
import pytest
from openreview.api import Note, OpenReviewClient

from standin import Standin, Venue
from tests.standin.conftest import VENUE, OpenClient

CHAIRS = f"{VENUE}/Program_Chairs"


def decide(client: OpenReviewClient, number: int, decision: str, **note: Any) -> Any:
    content = {"decision": {"value": decision}, "comment": {"value": "Counted."}}
    return client.post_note_edit(f"{VENUE}/Submission{number}/-/Decision", [CHAIRS], Note(content=content, **note))


def test_decision_is_created_once_then_changed_then_deleted(client: OpenReviewClient, venue: Venue) -> None:
    paper = venue.add_submission()
    edit = decide(client, 4, "Accept (Oral)")
    note_id = edit["note"]["id"]
    created = client.get_note(note_id)
    assert (edit["domain"], edit["signatures"]) == (VENUE, [CHAIRS])
    assert (created.forum, created.replyto, created.number) == (paper["id"], paper["id"], 1)
    assert (created.readers, created.nonreaders) == ([CHAIRS], [f"{VENUE}/Submission4/Authors"])
    with pytest.raises(openreview.OpenReviewException, match=r"reached the maximum number \(1\) of replies"):
        decide(client, 4, "Reject")
    decide(client, 4, "Reject", id=note_id)
    changed = client.get_note(note_id)
    assert (changed.content["decision"], changed.tmdate > created.tmdate) == ({"value": "Reject"}, True)
    assert venue.store.notes[note_id]["version"] == 2
    client.post_note_edit(f"{VENUE}/Submission4/-/Decision", [CHAIRS], Note(id=note_id, ddate=venue.store.now))
    assert client.get_note(paper["id"], details="replies").details["replies"] == []
    assert decide(client, 4, "Accept (Poster)")["note"]["id"] != note_id
    assert [edit.invitation for edit in client.get_note_edits(note_id=note_id)] == [f"{VENUE}/Submission4/-/Decision"] * 3


def test_accepting_fills_the_accepted_group_and_never_empties_it(client: OpenReviewClient, venue: Venue) -> None:
    venue.add_submission()
    edit = decide(client, 4, "Accept (Oral)")
    decide(client, 4, "Reject", id=edit["note"]["id"])
    assert client.get_group(f"{VENUE}/Authors/Accepted").members == [f"{VENUE}/Submission4/Authors"]
    assert client.get_notes(number=4, invitation=f"{VENUE}/-/Submission")[0].content["venueid"]["value"] == f"{VENUE}/Submission"


@pytest.mark.parametrize(
    ("invitation", "signature", "content", "name"),
    [
        ("Submission1/-/Decision", CHAIRS, {"decision": {"value": "accept"}}, "EnumError"),
        ("Submission1/-/Decision", CHAIRS, {"title": {"value": "My own title"}}, "ConstError"),
        ("Submission1/-/Decision", CHAIRS, {"verdict": {"value": "x"}}, "AdditionalPropertiesError"),
        ("Submission1/-/Decision", "~Eve_Stranger1", {"decision": {"value": "Reject"}}, "ForbiddenError"),
        ("Submission99/-/Decision", CHAIRS, {"decision": {"value": "Reject"}}, "NotFoundError"),
        ("-/Nothing", CHAIRS, {}, "NotFoundError"),
    ],
)
def test_wrong_edits_are_refused_and_change_nothing(
    standin: Standin, client: OpenReviewClient, invitation: str, signature: str, content: dict[str, Any], name: str
) -> None:
    before = standin.store.to_json()["notes"].copy()
    with pytest.raises(openreview.OpenReviewException, match=name):
        client.post_note_edit(f"{VENUE}/{invitation}", [signature], Note(content=content))
    assert standin.store.notes == before


def test_strangers_and_closed_stages_are_refused(open_client: OpenClient, venue: Venue) -> None:
    eve, note = open_client("eve@x.example"), Note(content={"decision": {"value": "Reject"}})
    with pytest.raises(openreview.OpenReviewException, match="not invited"):
        eve.post_note_edit(f"{VENUE}/Submission1/-/Decision", ["~Eve_Stranger1"], note)
    chair = open_client()
    content = {"expiration_date": {"value": venue.store.now - 1}}
    chair.post_invitation_edit(f"{VENUE}/-/Camera_Ready_Revision/Dates", signatures=[VENUE], content=content)
    with pytest.raises(openreview.OpenReviewException, match="has expired"):
        chair.post_note_edit(f"{VENUE}/-/Camera_Ready_Revision", [CHAIRS], note)
    with pytest.raises(openreview.OpenReviewException, match="ForbiddenError"):
        eve.post_invitation_edit(f"{VENUE}/-/Camera_Ready_Revision/Dates", signatures=["~Eve_Stranger1"], content=content)


def test_a_closed_decision_stage_takes_nothing_until_it_opens_again(client: OpenReviewClient, venue: Venue) -> None:
    del venue.store.invitations[f"{VENUE}/Submission3/-/Decision"]  # implied by its stage
    venue.close_decisions()
    for number in (1, 3):
        with pytest.raises(openreview.OpenReviewException, match="has expired"):
            decide(client, number, "Reject", id=venue.find_decision(number)["id"])
    venue.open_decisions()
    for number in (1, 3):
        decide(client, number, "Accept (Poster)", id=venue.find_decision(number)["id"])
    assert [venue.find_decision(number)["content"]["decision"]["value"] for number in (1, 2, 3)] == [
        "Accept (Poster)",
        "Accept (Oral)",
        "Accept (Poster)",
    ]


def test_a_venue_may_call_its_decision_otherwise(open_client: OpenClient, venue: Venue) -> None:
    other = Venue(venue.store, "x.org/2026/Workshop/Other", decision_name="Verdict", decision_field="verdict")
    other.add_chair("olga@x.example", "Olga Organizer")
    other.add_submission()
    client = open_client()
    note = Note(content={"verdict": {"value": "Accept (Oral)"}})
    client.post_note_edit(f"{other.id}/Submission1/-/Verdict", [f"{other.id}/Program_Chairs"], note)
    assert client.get_group(f"{other.id}/Authors/Accepted").members == [f"{other.id}/Submission1/Authors"]


def test_partial_notes_are_merged(client: OpenReviewClient, venue: Venue) -> None:
    paper = venue.papers[2]["id"]
    content = {"keywords": {"value": {"append": ["new"]}}, "abstract": {"value": {"delete": True}}, "title": {"value": "New title"}}
    client.post_note_edit(f"{VENUE}/-/Edit", [VENUE], Note(id=paper, content=content, readers={"add": ["everyone"]}))
    note = client.get_note(paper)
    assert (note.content["keywords"]["value"], note.content["title"]["value"]) == (["counted", "new"], "New title")
    assert ("abstract" in note.content, note.readers[-1]) == (False, "everyone")
    assert note.invitations[-1] == f"{VENUE}/-/Edit"
    first = client.get_note_edits(note_id=paper, sort="tcdate")[0]
    assert (first.note.content["keywords"]["value"], first.note.content["title"]["value"]) == (["counted"], "Title 2")


def test_lean_venues_imply_their_children(client: OpenReviewClient, venue: Venue) -> None:
    del venue.store.invitations[f"{VENUE}/Submission2/-/Decision"]
    venue.delete_decision(2)
    edit = decide(client, 2, "Accept (Poster)")
    assert edit["note"]["forum"] == venue.papers[2]["id"]


def test_group_members_come_and_go(client: OpenReviewClient, standin: Standin) -> None:
    group = f"{VENUE}/Publication_Chairs"
    assert client.add_members_to_group(group, "~New_Member1").members == ["~Pia_Publisher1", "~New_Member1"]
    assert client.remove_members_from_group(group, "~Pia_Publisher1").members == ["~New_Member1"]
    assert standin.count_requests("/groups/members/cache/~New_Member1", "DELETE") == 1
