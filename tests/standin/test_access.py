"""Reader filtering: the same venue seen by a chair, a chair who is an author, a publication chair and a stranger."""

import openreview
import pytest

from standin import Venue
from tests.standin.conftest import CHAIR, VENUE, OpenClient

SUBMISSION = f"{VENUE}/-/Submission"


def count_replies(open_client: OpenClient, username: str) -> dict[int, int]:
    notes = open_client(username).get_all_notes(invitation=SUBMISSION, details="replies")
    return {note.number: len(note.details["replies"]) for note in sorted(notes, key=lambda note: note.number)}


def test_replies_follow_readers_and_nonreaders(open_client: OpenClient) -> None:
    assert count_replies(open_client, CHAIR) == {1: 2, 2: 2, 3: 2}
    assert count_replies(open_client, "ada@x.example") == {1: 0, 2: 2, 3: 2}
    assert count_replies(open_client, "pia@x.example") == {}
    assert count_replies(open_client, "eve@x.example") == {}


def test_release_opens_accepted_papers_to_everyone_and_decisions_to_authors(open_client: OpenClient, venue: Venue) -> None:
    venue.release()
    assert count_replies(open_client, "pia@x.example") == {1: 0, 2: 0}
    assert count_replies(open_client, "eve@x.example") == {1: 0, 2: 0}
    assert count_replies(open_client, "ada@x.example") == {1: 1, 2: 2, 3: 2}
    accepted, _ = open_client("eve@x.example").get_notes(invitation=SUBMISSION, sort="number")
    assert accepted.content["venue"] == {"value": "W 2026 Oral"}
    assert accepted.content["authors"] == {"value": ["Ada Author", "Second Author"]}
    assert (accepted.readers, accepted.pdate is None) == (["everyone"], False)


def test_fields_with_readers_are_dropped_for_others(open_client: OpenClient, venue: Venue) -> None:
    venue.store.change_note(venue.papers[2]["id"], {"readers": ["everyone"]})
    seen = open_client("eve@x.example").get_note(venue.papers[2]["id"]).content
    assert seen.keys() == {"title", "abstract", "keywords", "track", "pdf", "venue", "venueid"}
    full = open_client().get_note(venue.papers[2]["id"]).content
    assert full["authors"]["readers"] == [VENUE, f"{VENUE}/Submission2/Authors"]
    assert open_client("eve@x.example").get_notes(content={"authorids": "~FirstA_Author21"}) == []


def test_reading_by_id_without_permission_is_403(open_client: OpenClient, venue: Venue) -> None:
    with pytest.raises(openreview.OpenReviewException) as refused:
        open_client("eve@x.example").get_note(venue.papers[1]["id"])
    assert (refused.value.args[0]["name"], refused.value.args[0]["status"]) == ("ForbiddenError", 403)
    assert open_client("eve@x.example").get_note_edits(note_id=venue.papers[1]["id"]) == []


def test_outsiders_see_a_part_of_the_domain_group(open_client: OpenClient) -> None:
    chair, eve = (open_client(username).get_group(VENUE).content for username in (CHAIR, "eve@x.example"))
    assert chair.keys() - eve.keys() == {"message_sender", "request_form_id"}
    assert chair["submission_id"]["value"] == SUBMISSION


def test_groups_by_prefix_member_and_anonymous_ids(open_client: OpenClient) -> None:
    client = open_client()
    per_paper = [group.id for group in client.get_all_groups(prefix=f"{VENUE}/Submission1")]
    assert [group.removeprefix(f"{VENUE}/Submission1") for group in per_paper] == [
        "",
        "/Authors",
        per_paper[2][len(VENUE) + 12 :],
        "/Reviewers",
    ]
    reviewers = client.get_group(f"{VENUE}/Submission1/Reviewers")
    assert (reviewers.members, reviewers.anon_members) == (["~Invented_Reviewer_21"], [per_paper[2]])
    mine = [group.id for group in client.get_groups(member="~Ada_Author1")]
    assert mine == [VENUE, f"{VENUE}/Authors", f"{VENUE}/Program_Chairs", f"{VENUE}/Submission1/Authors"]


def test_expired_stages_show_on_request(open_client: OpenClient, venue: Venue) -> None:
    venue.store.invitations[SUBMISSION]["expdate"] = venue.store.now - 1
    client = open_client()
    live = {invitation.id for invitation in client.get_all_invitations(prefix=f"{VENUE}/-/")}
    whole = {invitation.id for invitation in client.get_all_invitations(prefix=f"{VENUE}/-/", expired=True)}
    assert whole - live == {SUBMISSION}
    assert f"{VENUE}/-/Camera_Ready_Revision" in live
