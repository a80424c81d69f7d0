"""The v1 twin with the unmodified v1 client."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator

import openreview
import pytest
from openreview.api import OpenReviewClient

from standin import Standin, Store, VenueV1

OLD = "old.org/2022/Workshop/W"
BLIND = f"{OLD}/-/Blind_Submission"


@pytest.fixture
def old() -> VenueV1:
    venue = VenueV1(Store(), OLD)
    venue.add_chair("olga@x.example", "Olga Organizer")
    venue.add_person("eve@x.example", "Eve Stranger")
    for number in range(1, 4):
        venue.add_submission()
        venue.add_review(number)
        venue.add_decision(number, "Reject" if number == 3 else "Accept (Poster)")
    return venue


@pytest.fixture
def standin(old: VenueV1) -> Iterator[Standin]:
    with Standin(old.store) as running:
        yield running


@pytest.fixture
def client(standin: Standin, monkeypatch: pytest.MonkeyPatch) -> openreview.Client:
    monkeypatch.setattr("openreview.tools.LOCAL_API_V2", standin.url)
    return openreview.Client(baseurl=standin.url_v1, username="olga@x.example", password="loopback-only")


def test_sign_in_goes_to_the_v2_host(standin: Standin, client: openreview.Client) -> None:
    assert [(seen.host, seen.path) for seen in standin.requests] == [("v2", "/login")]
    assert client.get_group(f"{OLD}/Program_Chairs").members == ["~Olga_Organizer1"]


def test_environment_decides_the_v2_host_at_import(standin: Standin) -> None:
    script = (
        "import openreview, sys; c = openreview.Client(baseurl=sys.argv[1], username='olga@x.example', password='loopback-only');"
        f"print(len(c.get_all_notes(invitation='{BLIND}', details='directReplies')))"
    )
    environment = {**os.environ, "OPENREVIEW_API_V2_URL": standin.url, "TQDM_DISABLE": "1"}
    run = subprocess.run([sys.executable, "-c", script, standin.url_v1], env=environment, capture_output=True, text=True, check=True)
    assert run.stdout == "3\n"


def test_domain_is_null_on_the_v2_host_and_listings_are_empty(standin: Standin) -> None:
    client = OpenReviewClient(baseurl=standin.url, username="olga@x.example", password="loopback-only")
    assert client.get_group(OLD).domain is None
    assert client.get_notes(invitation=BLIND) == []


def test_blind_notes_hide_authors_until_release(client: openreview.Client, old: VenueV1) -> None:
    note = client.get_note(old.papers[1]["id"])
    assert (note.content["authors"], note.content["authorids"]) == (["Anonymous"], [f"{OLD}/Paper1/Authors"])
    (listed,) = client.get_notes(invitation=BLIND, number=1, details="original,directReplies")
    assert listed.details["original"]["content"]["authors"] == ["FirstA Author1", "FirstB Author1"]
    assert [reply["content"].get("decision") for reply in listed.details["directReplies"]] == ["Accept (Poster)", None]
    old.release()
    shown = {
        note.number: (note.content["authors"][0], note.content["venue"], note.content["venueid"])
        for note in client.get_all_notes(invitation=BLIND)
    }
    assert shown == {
        1: ("FirstA Author1", "W 2022 Poster", OLD),
        2: ("FirstA Author2", "W 2022 Poster", OLD),
        3: ("Anonymous", "Submitted to W 2022", OLD),
    }


def test_count_is_always_there(client: openreview.Client) -> None:
    for path, params in (("notes", {"invitation": BLIND, "limit": 1}), ("groups", {"regex": f"{OLD}/.*"}), ("invitations", {"id": BLIND})):
        reply = client.session.get(f"{client.baseurl}/{path}", params=params, headers=client.headers).json()
        assert reply.keys() == {path, "count"}


def test_invitation_takes_a_prefix_and_no_wildcard_inside(client: openreview.Client) -> None:
    assert len(client.get_notes(invitation=f"{OLD}/Paper1/-/.*")) == 2
    assert len(client.get_notes(invitation=f"{OLD}/Paper.*")) == 6
    with pytest.raises(openreview.OpenReviewException, match="must be a prefix regex"):
        client.get_notes(invitation=f"{OLD}/Paper.*/-/Decision")


def test_withdrawn_and_deleted_papers_leave_the_listing(client: openreview.Client, old: VenueV1) -> None:
    old.withdraw(1)
    old.delete(2)
    assert [note.number for note in client.get_notes(invitation=BLIND)] == [3]
    assert [note.number for note in client.get_notes(invitation=f"{OLD}/-/Withdrawn_Submission")] == [1]
    assert sorted(note.number for note in client.get_notes(invitation=BLIND, trash=True)) == [2, 3]


def test_references_keep_revisions(client: openreview.Client, old: VenueV1) -> None:
    old.release(1)
    revisions = client.get_references(referent=old.papers[1]["id"], original=True)
    assert [note.content["venue"] for note in revisions] == ["W 2022 Poster"] * 3
    assert client.get_references(referent="unknown000") == []


def test_groups_have_no_content_and_messages_are_sent(client: openreview.Client, old: VenueV1) -> None:
    raw = client.session.get(client.groups_url, params={"id": OLD}, headers=client.headers).json()["groups"][0]
    assert raw.keys().isdisjoint({"content", "domain", "invitations"})
    client.post_message("Hello", [f"{OLD}/Paper1/Authors"], "Text")
    assert json.dumps([message["content"]["to"] for message in old.store.messages]) == '["~FirstA_Author11", "~FirstB_Author11"]'
