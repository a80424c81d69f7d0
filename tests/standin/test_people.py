"""Profiles, edges and messages with the unmodified client."""

import openreview
import pytest
from openreview import tools
from openreview.api import OpenReviewClient

from standin import Standin, Venue
from tests.standin.conftest import VENUE, OpenClient


def test_profiles_are_found_by_id_merged_id_and_mail(client: OpenReviewClient, venue: Venue) -> None:
    venue.store.add_profile("~New_Name1", "New Name", emails=("new@x.example",), other_usernames=("~Old_Name1", "~Old_Name2"))
    found = client.search_profiles(ids=["~Old_Name1", "~Old_Name2", "~Ada_Author1", "~Nobody1"])
    assert [profile.id for profile in found] == ["~New_Name1", "~Ada_Author1"]
    by_mail = client.search_profiles(confirmedEmails=["new@x.example", "nobody@x.example"])
    assert {email: profile.id for email, profile in by_mail.items()} == {"new@x.example": "~New_Name1"}
    assert client.get_profile("NEW@x.example").id == "~New_Name1"
    assert client.get_profile("~Old_Name2").get_preferred_name(pretty=True) == "New Name"
    with pytest.raises(openreview.OpenReviewException, match="Profile Not Found"):
        client.get_profile("~Nobody1")


def test_addresses_are_obfuscated_for_all_but_oneself(client: OpenReviewClient) -> None:
    others = client.get_profile("~Ada_Author1").content
    assert (others["emails"], others["preferredEmail"]) == (["****@x.example"], "****@x.example")
    assert client.get_profile("~Olga_Organizer1").content["emails"] == ["olga@x.example"]


def test_profile_search_takes_one_kind_of_at_most_a_thousand(client: OpenReviewClient) -> None:
    for body in ({"ids": ["~A1"], "emails": ["a@x.example"]}, {"ids": [f"~A{n}" for n in range(1001)]}, {}):
        assert client.session.post(client.profiles_search_url, json=body, headers=client.headers).status_code == 400


def test_preferred_emails_come_as_grouped_edges(open_client: OpenClient, venue: Venue) -> None:
    invitation = f"{VENUE}/-/Preferred_Emails"
    venue.store.add_edge(invitation, "~Ada_Author1", "ada@x.example", readers=[VENUE], domain=VENUE)
    venue.store.add_edge(invitation, "~Second_Author1", "second@x.example", readers=[VENUE], domain=VENUE)
    client = open_client()
    client.impersonate(VENUE)
    profiles = tools.get_profiles(client, ["~Ada_Author1", "nobody@x.example"], with_preferred_emails=invitation)
    assert [profile.content["preferredEmail"] for profile in profiles] == ["ada@x.example", "nobody@x.example"]
    groups = client.get_grouped_edges(invitation=invitation, groupby="head", select="tail")
    assert groups[1] == {"id": {"head": "~Second_Author1"}, "count": 1, "values": [{"tail": "second@x.example"}]}
    assert len(client.get_all_edges(invitation=invitation)) == client.get_edges_count(invitation=invitation) == 2
    assert open_client("eve@x.example").get_all_edges(invitation=invitation) == []


def test_messages_reach_members_once_and_are_written_down(client: OpenReviewClient, venue: Venue) -> None:
    authors = [f"{VENUE}/Submission1/Authors", f"{VENUE}/Submission2/Authors"]
    sent = client.post_message("Hello", [*authors, "~Ada_Author1"], "Dear {{fullname}}", f"{VENUE}/-/Edit", VENUE)
    everyone = ["~Ada_Author1", "~Second_Author1", "~FirstA_Author21", "~FirstB_Author21"]
    assert [message["content"]["to"] for message in client.get_messages(subject="Hello")] == everyone
    assert client.get_messages(to="~Ada_Author1")[0]["content"]["text"] == "Dear {{fullname}}"
    assert client.get_message_requests(id=sent["id"])[0]["groups"] == [*authors, "~Ada_Author1"]


def test_messages_need_the_right_to_sign(open_client: OpenClient, standin: Standin) -> None:
    eve = open_client("eve@x.example")
    with pytest.raises(openreview.OpenReviewException, match="ForbiddenError"):
        eve.post_message("Hello", ["~Ada_Author1"], "Text", f"{VENUE}/-/Edit", VENUE)
    with pytest.raises(openreview.OpenReviewException, match="NotFoundError"):
        eve.post_message("Hello", ["~Ada_Author1"], "Text", f"{VENUE}/-/Nothing")
    assert standin.store.messages == []


def test_message_requests_are_looked_up_by_whoever_made_them(client: OpenReviewClient, open_client: OpenClient) -> None:
    for subject in ("First", "Second"):
        client.post_message(subject, [f"{VENUE}/Submission2/Authors"], "Text", f"{VENUE}/-/Edit", VENUE)
    found = client.get_message_requests(invitation=f"{VENUE}/-/Edit")
    assert [row["subject"] for row in found] == ["First", "Second"]
    assert open_client("ada@x.example").get_message_requests(invitation=f"{VENUE}/-/Edit") == []
    assert client.get_message_requests(invitation=f"{VENUE}/-/Else") == []


def test_message_requests_take_known_fields_from_invited_people_only(
    client: OpenReviewClient, open_client: OpenClient, venue: Venue
) -> None:
    body = {"groups": ["~Ada_Author1"], "subject": "Hello", "message": "Text", "invitation": f"{VENUE}/-/Edit", "signature": VENUE}
    for wrong in ({"color": "red"}, {"groups": "~Ada_Author1"}):
        answer = client.session.post(client.messages_requests_url, json={**body, **wrong}, headers=client.headers)
        assert answer.status_code == 400
    with pytest.raises(openreview.OpenReviewException, match="not invited"):
        open_client("eve@x.example").post_message("Hello", ["~Ada_Author1"], "Text", f"{VENUE}/-/Edit")
    assert venue.store.messages == []


def test_front_page_and_username(client: OpenReviewClient) -> None:
    assert client.get_venues(id=VENUE) == [{"id": VENUE, "content": {"title": {"value": "Workshop W"}, "subtitle": {"value": "W 2026"}}}]
    assert client.get_tildeusername("Nhat-Tan Bui") == {"username": "~Nhat-Tan_Bui1"}
