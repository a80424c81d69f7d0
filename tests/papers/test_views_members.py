"""The people's pages: who sees them, who manages, what an invitation's link does."""

import re
from typing import Any

import pytest
from django.core import mail
from django.test import Client

from papers.members import hash_token
from papers.models import Invitation, Membership, Role, User, Workshop
from tests.factories import join_workshop, make_user, make_workshop

PEOPLE = "/w/counted26/members/"


@pytest.fixture
def owen(workshop: Workshop) -> User:
    user = make_user("owen@example.org", name="Owen Owner")
    join_workshop(user, workshop, Role.OWNER)
    return user


@pytest.fixture
def member(workshop: Workshop, olga: User) -> Membership:
    return workshop.memberships.get(user=olga)


def make_invitation(workshop: Workshop, owen: User, email: str = "ada@example.org", **fields: Any) -> Invitation:
    """Invite as assistant; the link's secret is the address."""
    return Invitation.objects.create(
        workshop=workshop,
        email=email,
        role="assistant",
        invited_by=owen,
        token_hash=hash_token(email),
        expires_at="2099-01-01T00:00:00Z",
        **fields,
    )


def list_people(page: str) -> list[str]:
    return re.findall(r'<td class="is-main(?: break)?">([^<]+?)\s*<', page)


def test_owner_sees_people_and_open_invitations_in_order(client: Client, workshop: Workshop, owen: User, olga: User) -> None:
    join_workshop(make_user("anna@example.org"), workshop, Role.PUBLISHER)
    join_workshop(make_user("elsewhere@example.org"), make_workshop("other26"), Role.OWNER)
    make_invitation(workshop, owen)
    Invitation.objects.create(
        workshop=workshop,
        email="gone@example.org",
        role="owner",
        token_hash="x",
        expires_at="2099-01-01T00:00:00Z",
        revoked_at="2026-01-01T00:00:00Z",
    )
    client.force_login(owen)
    page = client.get(PEOPLE).content.decode()
    assert list_people(page) == ["Owen Owner", "Olga Organizer", "anna@example.org", "ada@example.org"]
    assert "Send the invitation" in page
    assert hash_token("ada@example.org") not in page


def test_organizer_sees_people_and_cannot_manage(client: Client, workshop: Workshop, owen: User, olga: User, member: Membership) -> None:
    invitation = make_invitation(workshop, owen)
    client.force_login(olga)
    page = client.get(PEOPLE).content.decode()
    assert list_people(page) == ["Owen Owner", "Olga Organizer", "ada@example.org"]
    assert "<button" not in page.split('id="main"')[1].split("</main>")[0]
    answers = [
        client.post(PEOPLE, {"email": "eve@example.org", "role": "owner"}),
        client.post(f"{PEOPLE}{member.pk}/role", {"role": "owner"}),
        client.post(f"{PEOPLE}{member.pk}/remove"),
        client.post(f"{PEOPLE}invitations/{invitation.pk}/revoke"),
    ]
    assert [answer.status_code for answer in answers] == [404, 404, 404, 404]
    assert Membership.objects.count() == 2
    assert Invitation.objects.unanswered().count() == 1


@pytest.mark.parametrize("role", [Role.ASSISTANT, Role.PUBLISHER, None])
def test_others_find_nothing(client: Client, workshop: Workshop, owen: User, eve: User, role: Role | None) -> None:
    if role:
        join_workshop(eve, workshop, role)
    join_workshop(eve, make_workshop("other26"), Role.OWNER)
    client.force_login(eve)
    own = workshop.memberships.get(user=owen)
    assert client.get(PEOPLE).status_code == 404
    assert client.post(PEOPLE, {"email": "eve@example.org", "role": "owner"}).status_code == 404
    assert client.post(f"/w/other26/members/{own.pk}/role", {"role": "assistant"}).status_code == 404
    assert client.post(f"/w/other26/members/{own.pk}/remove").status_code == 404


def test_stranger_is_sent_to_the_sign_in(client: Client, workshop: Workshop) -> None:
    assert client.get(PEOPLE)["Location"] == f"/accounts/login/?next={PEOPLE}"


def test_owner_invites_and_the_guest_accepts_with_a_button(
    client: Client, workshop: Workshop, owen: User, eve: User, django_capture_on_commit_callbacks: Any
) -> None:
    client.force_login(owen)
    with django_capture_on_commit_callbacks(execute=True):
        answer = client.post(PEOPLE, {"email": "boss@example.org", "role": "organizer"}, follow=True)
    assert "Invited boss@example.org." in answer.content.decode()
    found = re.search(r"/invitations/[\w-]+/", str(mail.outbox[-1].body))
    assert found
    guest = Client()
    assert guest.get(found.group())["Location"] == f"/accounts/login/?next={found.group()}"
    guest.force_login(eve)
    page = guest.get(found.group()).content.decode()
    assert "You are signed in as eve@example.org." in page
    assert not Membership.objects.filter(user=eve).exists()
    answer = guest.post(found.group())
    assert (answer.status_code, answer["Location"]) == (302, "/")
    assert Membership.objects.get(user=eve).role == "organizer"
    again = guest.get(found.group())
    assert again.status_code == 409
    assert "This invitation was accepted already" in again.content.decode()


def test_wrong_address_comes_back_with_the_form(client: Client, workshop: Workshop, owen: User) -> None:
    client.force_login(owen)
    answer = client.post(PEOPLE, {"email": "boss", "role": "organizer"})
    assert answer.status_code == 422
    assert "Enter a valid email address." in answer.content.decode()
    assert not Invitation.objects.exists()


def test_owner_changes_a_role(client: Client, workshop: Workshop, owen: User, member: Membership) -> None:
    client.force_login(owen)
    answer = client.post(f"{PEOPLE}{member.pk}/role", {"role": "assistant"}, follow=True)
    assert "Olga Organizer is assistant now." in answer.content.decode()
    answer = client.post(f"{PEOPLE}{member.pk}/role", {"role": "king"})
    assert answer.status_code == 409
    member.refresh_from_db()
    assert member.role == "assistant"


def test_last_owner_is_told_why_not(client: Client, workshop: Workshop, owen: User) -> None:
    client.force_login(owen)
    own = workshop.memberships.get(user=owen)
    for address, data in ((f"{PEOPLE}{own.pk}/role", {"role": "assistant"}), (f"{PEOPLE}{own.pk}/remove", {})):
        answer = client.post(address, data, headers={"Referer": f"http://testserver{PEOPLE}"}, follow=True)
        assert "Owen Owner is the last owner of Counted 2026." in answer.content.decode()
    assert workshop.memberships.get().role == "owner"


def test_owner_removes_a_member_after_a_question(client: Client, workshop: Workshop, owen: User, member: Membership) -> None:
    client.force_login(owen)
    assert "Remove Olga Organizer?" in client.get(f"{PEOPLE}{member.pk}/remove").content.decode()
    assert workshop.memberships.count() == 2
    answer = client.post(f"{PEOPLE}{member.pk}/remove", follow=True)
    assert "Olga Organizer does not work on Counted 2026 any more." in answer.content.decode()
    assert list_people(answer.content.decode()) == ["Owen Owner"]


def test_owner_who_leaves_or_steps_down_lands_on_the_start_page(client: Client, workshop: Workshop, owen: User, member: Membership) -> None:
    Membership.objects.filter(pk=member.pk).update(role="owner")
    own = workshop.memberships.get(user=owen)
    client.force_login(owen)
    assert client.post(f"{PEOPLE}{own.pk}/role", {"role": "assistant"})["Location"] == "/"
    Membership.objects.filter(pk=own.pk).update(role="owner")
    assert client.post(f"{PEOPLE}{own.pk}/remove")["Location"] == "/"
    assert client.get(PEOPLE).status_code == 404


def test_owner_takes_an_invitation_back(client: Client, workshop: Workshop, owen: User, eve: User) -> None:
    invitation = make_invitation(workshop, owen)
    client.force_login(owen)
    client.post(f"{PEOPLE}invitations/{invitation.pk}/revoke")
    client.force_login(eve)
    for answer in (client.get("/invitations/ada@example.org/"), client.post("/invitations/ada@example.org/")):
        assert answer.status_code == 409
        assert "This invitation was taken back" in answer.content.decode()
    assert not Membership.objects.filter(user=eve).exists()


def test_unknown_link_says_so(client: Client, eve: User) -> None:
    client.force_login(eve)
    answer = client.get("/invitations/guessed/")
    assert answer.status_code == 409
    assert "This invitation is not known here." in answer.content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_page_needs_the_same_queries_for_more_people(
    client: Client, workshop: Workshop, owen: User, django_assert_num_queries: Any, count: int
) -> None:
    for number in range(count):
        join_workshop(make_user(), workshop, Role.ASSISTANT)
        make_invitation(workshop, owen, f"guest{number}@example.org")
    client.force_login(owen)
    with django_assert_num_queries(6):
        client.get(PEOPLE)
