"""The organizers' pages of people."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from papers.models import Letter, Mailing, User, Workshop
from program.answers import read_answers, save_answers
from program.forms.person_page import ProfileForm
from program.models import Person, PersonInvitation, SessionPart
from program.proposals import mark_proposal
from tests.factories import join_workshop, make_user, make_workshop
from tests.program.people import enter, invite, make_person, make_talk

pytestmark = pytest.mark.django_db


@pytest.fixture
def olga() -> User:
    return make_user("olga@example.org")


@pytest.fixture
def workshop(olga: User) -> Workshop:
    workshop = make_workshop("things26")
    join_workshop(olga, workshop)
    return workshop


@pytest.fixture
def desk(olga: User, workshop: Workshop) -> Client:
    client = Client()
    client.force_login(olga)
    return client


def list_names(response: Any) -> list[str]:
    return [row.person.name for row in response.context["rows"]]


def test_list_is_filtered_by_role_state_and_gap(desk: Client, workshop: Workshop, olga: User) -> None:
    make_person(workshop, olga, "Ada Speaker")
    make_person(workshop, olga, "Bob Panelist", roles=("panelist",), bio="Bob.")
    make_person(workshop, olga, "Cleo Chair", roles=("committee",))
    invite(workshop.people.get(name="Bob Panelist"), olga)
    address = reverse("people", args=["things26"])
    asked = ["", "?kind=speaker", "?kind=stage", "?state=invited", "?gap=any", "?gap=talk_title", "?kind=nonsense"]
    assert [list_names(desk.get(f"{address}{query}")) for query in asked] == [
        ["Ada Speaker", "Bob Panelist", "Cleo Chair"],
        ["Ada Speaker"],
        ["Ada Speaker", "Bob Panelist"],
        ["Bob Panelist"],
        ["Ada Speaker", "Bob Panelist"],
        ["Ada Speaker"],
        ["Ada Speaker", "Bob Panelist", "Cleo Chair"],
    ]
    assert "title, abstract, bio, photo, times, slides" in desk.get(address).text


@pytest.mark.parametrize("count", [1, 3])
def test_list_asks_as_often_however_long_it_is(
    desk: Client, workshop: Workshop, olga: User, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(count):
        make_talk(workshop, make_person(workshop, olga, f"Person{number} X"), olga)
        invite(workshop.people.get(name=f"Person{number} X"), olga)
    with django_assert_num_queries(11):
        desk.get(reverse("people", args=["things26"]))


def test_person_is_added_changed_placed_and_taken_out(desk: Client, workshop: Workshop, olga: User) -> None:
    talk = make_talk(workshop, make_person(workshop, olga, "First Speaker"), olga, title="A talk")
    values = {"name": "Ingrid Invited", "email": "ingrid@example.org", "roles": ["speaker", "panelist"], "bio": "One.\r\nTwo."}
    assert desk.post(reverse("add-person", args=["things26"]), values).status_code == 302
    ingrid = workshop.people.get(name="Ingrid Invited")
    assert (ingrid.bio, sorted(role.kind for role in ingrid.roles.all())) == ("One.\nTwo.", ["panelist", "speaker"])
    arguments = ["things26", ingrid.pk]
    assert desk.post(reverse("edit-person", args=arguments), {**values, "roles": ["speaker"], "talk_title": "B"}).status_code == 302
    assert desk.post(reverse("add-part", args=arguments), {"session": talk.pk, "kind": "chair"}).status_code == 302
    assert desk.post(reverse("add-part", args=arguments), {"session": 0, "kind": "chair"}).status_code == 422
    page = desk.get(reverse("person", args=arguments)).text
    assert [part in page for part in ("Session chair", "ingrid@example.org", "Gave part")] == [True, True, True]
    desk.post(reverse("remove-person", args=arguments))
    assert workshop.people.filter(pk=ingrid.pk).exists()  # has a part
    part = SessionPart.objects.get(person=ingrid)
    assert desk.post(reverse("remove-part", args=["things26", part.pk])).status_code == 302
    assert desk.get(reverse("remove-person", args=arguments)).status_code == 200
    assert desk.post(reverse("remove-person", args=arguments)).status_code == 302
    assert [person.name for person in workshop.people.all()] == ["First Speaker"]
    actions = workshop.history.filter(field="people Ingrid Invited").order_by("pk").values_list("action", flat=True)
    assert list(actions) == ["added person", "changed person", "gave part", "took part away", "removed person"]


def test_mistakes_come_back_in_the_form(desk: Client, workshop: Workshop, olga: User) -> None:
    make_person(workshop, olga, "Ada Speaker")
    bad = desk.post(reverse("add-person", args=["things26"]), {"name": "", "zone": "Mars", "email": "x"})
    assert (bad.status_code, sorted(bad.context["form"].errors)) == (422, ["email", "name", "zone"])
    taken = desk.post(reverse("add-person", args=["things26"]), {"name": "Ada Speaker"}, headers={"hx-request": "true"})
    assert (taken.status_code, "each name stands once" in taken.text, workshop.people.count()) == (409, True, 1)


def test_mails_are_shown_then_sent(desk: Client, workshop: Workshop, olga: User) -> None:
    ingrid = make_person(workshop, olga)
    address = reverse("invite-people", args=["things26"])
    page = desk.get(f"{address}?person={ingrid.pk}&person=x&kind=invitation")
    plan, nonce = page.context["plan"], page.context["nonce"]
    data = {"person": [ingrid.pk], "kind": "invitation", "digest": plan.digest, "nonce": nonce}
    assert "[the personal link]" in page.text
    assert [desk.post(address, data).status_code for _ in range(2)] == [302, 302]
    assert (Mailing.objects.get().name, Letter.objects.get().paper, PersonInvitation.objects.get().is_reminder) == (
        "Invitation of people",
        None,
        False,
    )
    letter = Letter.objects.get()
    outbox = [reverse("outbox", args=["things26"]), reverse("sent-letter", args=["things26", letter.pk])]
    outbox += [reverse(name, args=["things26", letter.mailing_id]) for name in ("mailing", "mailing-states")]
    assert [desk.get(one).status_code for one in outbox] == [200, 200, 200, 200]
    assert "Nobody to write to" in desk.get(address).text


def test_words_and_revocation_and_confirmation(desk: Client, workshop: Workshop, olga: User) -> None:
    ingrid = make_person(workshop, olga)
    invite(ingrid, olga)
    words = reverse("people-mails", args=["things26"])
    form = desk.get(words).context["form"]
    values = {**form.initial, "prints_at_once": "on"}
    assert desk.post(words, values).status_code == 302
    bad = desk.post(words, {**values, "reminder_body": "No address."})
    assert (bad.status_code, list(bad.context["form"].errors)) == (422, ["reminder_body"])
    assert desk.post(reverse("revoke-person", args=["things26", ingrid.pk])).status_code == 302
    assert PersonInvitation.objects.get().revoked_at is not None
    assert desk.post(reverse("confirm-person", args=["things26", ingrid.pk])).status_code == 302
    ingrid.refresh_from_db()
    assert ingrid.confirmed_at is not None


def test_proposals_are_taken_over_or_dismissed(desk: Client, workshop: Workshop, olga: User) -> None:
    ingrid = make_person(workshop, olga)
    invitation = enter(ingrid, olga)
    held = read_answers(Person.objects.for_person_page().get(pk=ingrid.pk))
    save_answers(invitation, values={**held, "bio": "New bio", "talk_title": "New title"}, seen=ProfileForm(values=held).marks)
    arguments = ["things26", ingrid.pk]
    page = desk.get(reverse("person", args=arguments))
    assert ["New bio" in page.text, list_names(desk.get(f"{reverse('people', args=['things26'])}?gap=waiting"))] == [
        True,
        ["Ingrid Invited"],
    ]
    assert desk.post(reverse("take-over-person", args=arguments), {"field": ["bio"], "seen": page.context["seen"]}).status_code == 302
    person = Person.objects.for_person_page().get(pk=ingrid.pk)
    data = {"field": ["talk_title"], "seen": mark_proposal(person)}
    assert desk.post(reverse("dismiss-person", args=arguments), data).status_code == 302
    person = Person.objects.for_person_page().get(pk=ingrid.pk)
    assert (person.bio, person.talk_title, hasattr(person, "proposal")) == ("New bio", "", False)


def test_table_is_shown_then_applied(desk: Client, workshop: Workshop, olga: User) -> None:
    make_person(workshop, olga, "Ada Speaker", affiliation="Bonn")
    text = "Name\tMail\tAffiliation\tRole\nAda Speaker\tada@example.org\tOslo\tmoderator\nBob New\tBOB@example.org\t\tspeaker\n"
    page = desk.post(reverse("people-table", args=["things26"]), {"text": text})
    assert [change.pieces for change in page.context["plan"].changes] == [
        [("affiliation", "Bonn", "Oslo"), ("roles", "speaker", "speaker, moderator")],
        [("name", "", "Bob New"), ("email", "", "bob@example.org"), ("roles", "", "speaker")],
    ]
    data = {"text": text, "digest": page.context["plan"].digest}
    assert desk.post(reverse("apply-people-table", args=["things26"]), data).status_code == 302
    assert [(person.name, person.affiliation) for person in workshop.people.all()] == [("Ada Speaker", "Oslo"), ("Bob New", "")]
    again = desk.post(reverse("people-table", args=["things26"]), {"text": text})
    assert (again.context["plan"].changes, "nothing would change" in again.text) == ((), True)
    bad = desk.post(reverse("people-table", args=["things26"]), {"text": "Bob; not a mail; ; king"})
    assert (bad.status_code, bad.context["plan"].mistakes[0]) == (422, "Line 1: “not a mail” is no mail address.")
    assert desk.post(reverse("apply-people-table", args=["things26"]), {"text": ""}).status_code == 422


def test_stranger_finds_no_people(workshop: Workshop, olga: User) -> None:
    ingrid = make_person(workshop, olga)
    eve = Client()
    eve.force_login(make_user("eve@example.org"))
    assert eve.get(reverse("people", args=["things26"])).status_code == 404
    assert eve.post(reverse("confirm-person", args=["things26", ingrid.pk])).status_code == 404


def test_person_of_another_workshop_is_not_there(desk: Client, olga: User) -> None:
    foreign = make_person(make_workshop("other"), olga)
    assert desk.get(reverse("person", args=["things26", foreign.pk])).status_code == 404
