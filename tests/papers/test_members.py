"""Members: invited, accepted, changed, removed, never the last owner."""

import datetime as dt
import re
import threading
from typing import Any

import pytest
import time_machine
from allauth.account.models import EmailAddress
from django.core import mail
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone

from papers.errors import Refusal
from papers.members import (
    accept_invitation,
    change_role,
    create_workshop_owner,
    find_invitation,
    hash_token,
    invite_member,
    remove_member,
    revoke_invitation,
)
from papers.models import Invitation, Membership, Role, User, Workshop
from tests.factories import join_workshop, make_user, make_workshop

LINK = re.compile(r"http://127\.0\.0\.1:8000/invitations/([\w-]+)/")


@pytest.fixture
def owen(workshop: Workshop) -> User:
    user = make_user("owen@example.org", name="Owen Owner")
    join_workshop(user, workshop, Role.OWNER)
    return user


@pytest.fixture
def invite(workshop: Workshop, owen: User, django_capture_on_commit_callbacks: Any) -> Any:
    """Return a function that invites and returns the invitation with the secret of its mail."""

    def invite(email: str = "ada@example.org", role: str = "assistant") -> tuple[Invitation, str]:
        with django_capture_on_commit_callbacks(execute=True):
            invitation = invite_member(workshop, email=email, role=role, by=owen)
        found = LINK.search(str(mail.outbox[-1].body))
        assert found
        return invitation, found.group(1)

    return invite


def read_history(workshop: Workshop) -> list[tuple[str, str | None, Any, Any]]:
    return [(line.action, line.by.email if line.by else None, line.before, line.after) for line in workshop.history.order_by("id")]


def test_invitation_is_mailed_and_keeps_only_the_hash(workshop: Workshop, invite: Any) -> None:
    invitation, token = invite(" Ada@Example.org", "organizer")
    (sent,) = mail.outbox
    assert (sent.to, sent.subject) == (["ada@example.org"], "SyntaGen: Counted 2026 asks you to join")
    assert "Owen Owner asks you to join Workshop on Counted Things (Counted 2026) as an organizer." in sent.body
    assert invitation.token_hash == hash_token(token) != token
    assert invitation.expires_at - invitation.invited_at > dt.timedelta(days=13, hours=23)
    assert read_history(workshop) == [("invited", "owen@example.org", None, {"email": "ada@example.org", "role": "organizer"})]


def test_invitation_is_not_mailed_when_the_change_is_undone(workshop: Workshop, owen: User) -> None:
    invite_member(workshop, email="ada@example.org", role="assistant", by=owen)
    assert mail.outbox == []


def test_member_cannot_be_invited(workshop: Workshop, owen: User, olga: User) -> None:
    with pytest.raises(Refusal, match=r"^olga@example.org is an organizer of Counted 2026 already\.$"):
        invite_member(workshop, email="OLGA@example.org", role="assistant", by=owen)


def test_second_invitation_replaces_the_first(workshop: Workshop, invite: Any, ada: User) -> None:
    _, first = invite()
    _, second = invite("ADA@example.org", "organizer")
    with pytest.raises(Refusal, match="taken back or replaced by a newer one"):
        find_invitation(first)
    assert accept_invitation(second, by=ada).role == "organizer"


def test_mail_that_cannot_be_sent_is_said(workshop: Workshop, invite: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise ConnectionRefusedError("no server")

    monkeypatch.setattr("django.core.mail.backends.locmem.EmailBackend.send_messages", fail)
    with pytest.raises(Refusal, match=r"^The mail to ada@example.org could not be sent just now\."):
        invite()


def test_accepting_makes_a_member_and_records_both_addresses(workshop: Workshop, invite: Any, eve: User) -> None:
    invitation, token = invite("boss@example.org")
    member = accept_invitation(token, by=eve)
    assert (member.user, member.role, member.workshop) == (eve, "assistant", workshop)
    invitation.refresh_from_db()
    assert invitation.accepted_at
    said = {"email": "eve@example.org", "role": "assistant", "invited": "boss@example.org"}
    assert read_history(workshop)[-1] == ("accepted invitation", "eve@example.org", None, said)


def test_link_works_once(workshop: Workshop, invite: Any, ada: User, eve: User) -> None:
    _, token = invite()
    accept_invitation(token, by=ada)
    with pytest.raises(Refusal, match=r"^This invitation was accepted already; a link works once\.$"):
        accept_invitation(token, by=eve)
    assert not Membership.objects.filter(user=eve).exists()


def test_link_runs_out_after_fourteen_days(workshop: Workshop, invite: Any, ada: User) -> None:
    _, token = invite()
    with time_machine.travel(timezone.now() + dt.timedelta(days=13, hours=23)):
        assert find_invitation(token)
    with (
        time_machine.travel(timezone.now() + dt.timedelta(days=14, seconds=1)),
        pytest.raises(Refusal, match="has run out: a link holds for 14 days"),
    ):
        accept_invitation(token, by=ada)
    invite()


def test_revoked_link_does_not_work(workshop: Workshop, invite: Any, owen: User, ada: User) -> None:
    invitation, token = invite()
    revoke_invitation(invitation, by=owen)
    with pytest.raises(Refusal, match="was taken back"):
        accept_invitation(token, by=ada)
    with pytest.raises(Refusal, match=r"^The invitation of ada@example.org was answered or taken back already\.$"):
        revoke_invitation(invitation, by=owen)
    assert read_history(workshop)[-1] == (
        "revoked invitation",
        "owen@example.org",
        {"email": "ada@example.org", "role": "assistant"},
        None,
    )


@pytest.mark.django_db
def test_unknown_link_is_refused() -> None:
    with pytest.raises(Refusal, match="not known here"):
        find_invitation("guessed")


def test_member_does_not_use_up_an_invitation(workshop: Workshop, invite: Any, olga: User, ada: User) -> None:
    _, token = invite()
    with pytest.raises(Refusal, match=r"^You are an organizer of Counted 2026 already; an owner can change your role\.$"):
        accept_invitation(token, by=olga)
    assert accept_invitation(token, by=ada)


def test_role_is_changed(workshop: Workshop, owen: User, olga: User) -> None:
    member = change_role(workshop.memberships.get(user=olga), role="publisher", by=owen)
    change_role(member, role="publisher", by=owen)
    member.refresh_from_db()
    assert member.role == "publisher"
    before, after = {"email": "olga@example.org", "role": "organizer"}, {"email": "olga@example.org", "role": "publisher"}
    assert read_history(workshop) == [("changed role", "owen@example.org", before, after)]


def test_last_owner_stays(workshop: Workshop, owen: User, olga: User) -> None:
    join_workshop(owen, make_workshop("other26"), Role.OWNER)
    owner = workshop.memberships.get(user=owen)
    sentence = r"^Owen Owner is the last owner of Counted 2026\. Make somebody else an owner first\.$"
    with pytest.raises(Refusal, match=sentence):
        change_role(owner, role="organizer", by=owen)
    with pytest.raises(Refusal, match=sentence):
        remove_member(owner, by=owen)
    create_workshop_owner(workshop, olga, by=owen)
    remove_member(owner, by=olga)
    assert [(member.user, member.role) for member in workshop.memberships.all()] == [(olga, "owner")]
    assert [line[0] for line in read_history(workshop)] == ["changed role", "removed member"]


def test_member_is_removed(workshop: Workshop, owen: User, olga: User) -> None:
    remove_member(workshop.memberships.get(user=olga), by=owen)
    assert list(workshop.memberships.values_list("user", flat=True)) == [owen.pk]
    before = {"email": "olga@example.org", "role": "organizer"}
    assert read_history(workshop) == [("removed member", "owen@example.org", before, None)]


@pytest.mark.django_db(transaction=True)
def test_two_owners_cannot_remove_each_other_at_once() -> None:
    workshop = make_workshop("counted26")
    owners = [make_user(f"owner{n}@example.org") for n in range(2)]
    members = [join_workshop(owner, workshop, Role.OWNER) for owner in owners]
    gate = threading.Barrier(2)
    refused = []

    def remove(member: Membership, by: User) -> None:
        gate.wait()
        try:
            remove_member(member, by=by)
        except Refusal as refusal:
            refused.append(refusal)
        connection.close()

    threads = [threading.Thread(target=remove, args=(members[place], owners[1 - place])) for place in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(refused) == workshop.memberships.count() == 1


def test_command_makes_user_and_member(workshop: Workshop, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("add_member", "counted26", "New@Example.org", "owner")
    assert capsys.readouterr().out == "new@example.org is owner of Counted 2026.\n"
    call_command("add_member", "counted26", "new@example.org", "owner")
    member = workshop.memberships.get()
    assert (member.user.email, member.role, member.user.has_usable_password()) == ("new@example.org", "owner", False)
    assert read_history(workshop) == [("added member", None, None, {"email": "new@example.org", "role": "owner"})]


@pytest.mark.parametrize(
    ("arguments", "code", "sentence"),
    [
        (["nowhere", "ada@example.org", "owner"], 1, "There is no workshop 'nowhere'."),
        (["counted26", "ada", "owner"], 1, "'ada' is not a mail address."),
        (["counted26", "ada@example.org", "king"], 2, "invalid choice: 'king'"),
    ],
)
def test_command_refuses(workshop: Workshop, arguments: list[str], code: int, sentence: str) -> None:
    with pytest.raises(CommandError, match=re.escape(sentence)) as caught:
        call_command("add_member", *arguments)
    assert caught.value.returncode == (1 if code == 2 else code)
    assert not workshop.memberships.exists()


def test_added_user_signs_in_by_one_code(workshop: Workshop, client: Any) -> None:
    call_command("add_member", "counted26", "new@example.org", "owner")
    assert not EmailAddress.objects.get().verified
    client.post("/accounts/login/", {"login": "new@example.org"})
    code = re.search(r"\b[A-Z0-9]{4}-[A-Z0-9]{4}\b", str(mail.outbox[-1].body))
    assert code
    answer = client.post("/accounts/login/code/confirm/", {"code": code.group()})
    assert answer["Location"] == "/"
    assert "_auth_user_id" in client.session
    assert EmailAddress.objects.get().verified


def test_second_address_names_the_same_person(workshop: Workshop, ada: User) -> None:
    EmailAddress.objects.create(user=ada, email="ada@uni.example", verified=True)
    call_command("add_member", "counted26", "Ada@uni.example", "organizer")
    assert workshop.memberships.get().user == ada
