"""Inviting people of the program."""

import datetime as dt
from uuid import uuid4

import pytest
import time_machine
from django.core import mail
from django.db import IntegrityError, transaction
from django.utils import timezone

from papers.errors import Refusal, Refusals
from papers.jobs import run_job
from papers.letters.links import LINK_PLACE
from papers.letters.mailings import cancel_mailing, send_letter_again
from papers.members import hash_token
from papers.models import Job, Letter, Mailing, User, Workshop
from program.access import reach_own_page
from program.answers import accept_invitation
from program.invitation_words import INVITATION_BODY, read_mail, read_settings
from program.invitations import (
    LINK_LASTS,
    change_settings,
    find_invitation,
    open_invitation,
    plan_invitations,
    revoke_invitation,
    send_invitations,
)
from program.models import PersonInvitation
from program.people_gaps import State, describe_person
from tests.factories import join_workshop, make_user, make_workshop
from tests.program.people import enter, invite, make_person, read_token

pytestmark = pytest.mark.django_db


@pytest.fixture
def olga() -> User:
    return make_user("olga@example.org")


@pytest.fixture
def workshop(olga: User) -> Workshop:
    workshop = make_workshop("things26", contact_email="things@example.org", place="Oslo")
    join_workshop(olga, workshop)
    return workshop


def find_state(workshop: Workshop) -> str:
    (person,) = workshop.people.for_people_page()
    return describe_person(person).state


def test_mail_says_who_what_where(workshop: Workshop, olga: User) -> None:
    ingrid = make_person(workshop, olga)
    plan = plan_invitations(workshop, [ingrid.pk], is_reminder=False)
    (planned,) = plan.mails
    assert (planned.subject, plan.skipped, plan.mistakes) == ("[Counted 2026] Your page as speaker", (), ())
    assert planned.body.startswith(
        "Dear Ingrid Invited,\n\nwe would be glad to have you as speaker at Workshop on Counted Things, Jun 17, 2026 in Oslo.\n"
    )
    assert planned.body.count(LINK_PLACE) == 1
    assert planned.body.endswith("Questions reach us at things@example.org.\n\nThe organizers of Counted 2026\n")


def test_secret_is_in_no_row_and_in_the_mail(workshop: Workshop, olga: User) -> None:
    token = invite(make_person(workshop, olga), olga)
    letter = Letter.objects.get()
    stored = [str(value) for model in (Letter, PersonInvitation, Mailing) for row in model.objects.values() for value in row.values()]
    assert [value for value in stored if token in value] == []
    assert PersonInvitation.objects.get().token_hash == hash_token(token)
    run_job(Job.objects.get(kind="send-letters").pk)
    letter.refresh_from_db()
    (sent,) = mail.outbox
    assert (letter.state, letter.sealed_link, sent.to) == ("sent", "", ["ingrid@example.org"])
    assert f"/people/{token}/" in str(sent.body)
    assert LINK_PLACE not in str(sent.body)
    with pytest.raises(Refusal, match="invite anew"):
        Letter.objects.update(state="bounced")
        letter.refresh_from_db()
        send_letter_again(letter, by=olga)


def test_button_pressed_twice_sends_once(workshop: Workshop, olga: User) -> None:
    ingrid = make_person(workshop, olga)
    plan = plan_invitations(workshop, [ingrid.pk], is_reminder=False)
    first, second = (
        send_invitations(workshop, [ingrid.pk], is_reminder=False, digest=plan.digest, nonce="once", by=olga) for _ in range(2)
    )
    assert (first, Letter.objects.count(), PersonInvitation.objects.count()) == (second, 1, 1)


def test_what_changed_since_the_look_is_not_sent(workshop: Workshop, olga: User) -> None:
    ingrid = make_person(workshop, olga)
    plan = plan_invitations(workshop, [ingrid.pk], is_reminder=False)
    workshop.people.update(email="other@example.org")
    with pytest.raises(Refusal, match="look again"):
        send_invitations(workshop, [ingrid.pk], is_reminder=False, digest=plan.digest, nonce="x", by=olga)
    assert Letter.objects.count() == 0


def test_who_cannot_be_mailed_is_named(workshop: Workshop, olga: User) -> None:
    people = [make_person(workshop, olga, name, email=email) for name, email in (("No Mail", ""), ("Odd Mail", "ö@example.org"))]
    gone = make_person(workshop, olga, "Gone Away")
    workshop.people.filter(pk=gone.pk).update(declined_at=timezone.now())
    keys = [*(person.pk for person in people), gone.pk]
    plan = plan_invitations(workshop, keys, is_reminder=True)
    assert plan.skipped == (
        "Gone Away has declined.",
        "No Mail has no mail address here.",
        "Odd Mail has an address that can't be mailed (ö@example.org).",
    )
    with pytest.raises(Refusals, match="nobody to write to"):
        send_invitations(workshop, keys, is_reminder=True, digest=plan.digest, nonce="x", by=olga)
    assert [planned.person.name for planned in plan_invitations(workshop, keys, is_reminder=False).mails] == ["Gone Away"]


def test_people_of_another_workshop_get_nothing(workshop: Workshop, olga: User) -> None:
    stranger = make_person(make_workshop("other"), olga)
    assert plan_invitations(workshop, [stranger.pk], is_reminder=False).mails == ()


def test_newer_mail_replaces_the_link_and_stops_the_old_one(workshop: Workshop, olga: User) -> None:
    ingrid = make_person(workshop, olga)
    first, second = invite(ingrid, olga), invite(ingrid, olga, is_reminder=True)
    assert [letter.state for letter in Letter.objects.order_by("pk")] == ["canceled", "waiting"]
    with pytest.raises(Refusal, match="newer link"):
        find_invitation(first)
    assert find_invitation(second).person == ingrid
    old = Letter.objects.earliest("pk")
    with pytest.raises(Refusal, match="kept nowhere"):
        send_letter_again(old, by=olga)


def test_open_page_stays_open_when_a_reminder_comes(workshop: Workshop, olga: User) -> None:
    ingrid = make_person(workshop, olga)
    entered = enter(ingrid, olga)
    invite(ingrid, olga, is_reminder=True)
    assert reach_own_page({str(ingrid.pk): entered.pk}, ingrid.pk) == entered


def test_links_fail_in_words(workshop: Workshop, olga: User) -> None:
    token = invite(make_person(workshop, olga), olga)
    with pytest.raises(Refusal, match="not known here"):
        find_invitation(token[:-1] + ("a" if token[-1] != "a" else "b"))
    with pytest.raises(Refusal, match="not known here"):
        find_invitation(PersonInvitation.objects.get().token_hash)
    with time_machine.travel(timezone.now() + LINK_LASTS + dt.timedelta(seconds=1)), pytest.raises(Refusal, match="has run out"):
        open_invitation(token)
    person = workshop.people.get()
    revoke_invitation(person, by=olga)
    with pytest.raises(Refusal, match="taken back"):
        open_invitation(token)
    with pytest.raises(Refusal, match="no link that works"):
        revoke_invitation(person, by=olga)


def test_states_go_from_none_to_confirmed(workshop: Workshop, olga: User) -> None:
    ingrid = make_person(workshop, olga)
    states = [find_state(workshop)]
    token = invite(ingrid, olga)
    states.append(find_state(workshop))
    Letter.objects.update(state="bounced")
    states.append(find_state(workshop))
    invitation = open_invitation(token)
    states.append(find_state(workshop))
    accept_invitation(invitation)
    states.append(find_state(workshop))
    assert states == [State.NONE, State.INVITED, State.TROUBLE, State.OPENED, State.CONFIRMED]


def test_opening_twice_is_one_line(workshop: Workshop, olga: User) -> None:
    token = invite(make_person(workshop, olga), olga)
    first, second = open_invitation(token), open_invitation(token)
    assert first.opened_at == second.opened_at is not None
    assert workshop.history.filter(action="opened personal page", actor="Ingrid Invited").count() == 1


def test_canceled_mail_may_leave_later(workshop: Workshop, olga: User) -> None:
    token = invite(make_person(workshop, olga), olga)
    cancel_mailing(Mailing.objects.get(), by=olga)
    send_letter_again(Letter.objects.get(), by=olga)
    assert (Letter.objects.get().state, read_token(Letter.objects.get())) == ("waiting", token)


def test_one_link_works_in_the_database_as_well(workshop: Workshop, olga: User) -> None:
    invite(make_person(workshop, olga), olga)
    twin = PersonInvitation.objects.get()
    twin.pk, twin.token_hash, twin.letter = None, uuid4().hex, None
    with pytest.raises(IntegrityError), transaction.atomic():
        twin.save()


def test_words_are_kept_and_checked(workshop: Workshop, olga: User) -> None:
    assert read_mail("A", INVITATION_BODY).mistakes == {}
    held = read_settings(workshop)
    values = {name: getattr(held, name) for name in ("invitation_subject", "invitation_body", "reminder_subject", "reminder_body")}
    kept = change_settings(workshop, values={**values, "invitation_subject": "Come, {{ person.name }}", "prints_at_once": True}, by=olga)
    assert (kept.prints_at_once, workshop.history.get(action="changed mails to people").after) == (
        True,
        {"invitation_subject": "Come, {{ person.name }}", "prints_at_once": True},
    )
    ingrid = make_person(workshop, olga)
    assert plan_invitations(workshop, [ingrid.pk], is_reminder=False).mails[0].subject == "Come, Ingrid Invited"
    with pytest.raises(Refusals) as refusal:
        change_settings(workshop, values={**values, "reminder_body": "Hello {{ person.nome }}", "reminder_subject": "{{ link }}"}, by=olga)
    assert refusal.value.reasons == [
        "The link can't stand in a subject: subjects are shown on locked screens.",
        "Line 1, column 10: person.nome is no field. Did you mean person.name?",
        "The mail needs {{ link }}, without which nobody reaches their page.",
    ]
