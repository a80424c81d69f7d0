"""The plain pages of the schedule do every act by forms, for those who may edit alone."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from papers.models import ConflictOfInterest, Paper, Role, Workshop
from program.models import ScheduleEdit, Session, Slot
from tests.factories import accept, make_paper, make_workshop
from tests.program.test_views_schedule_draft import fill, sign_in

pytestmark = pytest.mark.django_db
QUERIES = 23


@pytest.fixture
def workshop() -> Workshop:
    workshop = make_workshop("things")
    fill(workshop, 1)
    return workshop


def get(client: Client, workshop: Workshop, name: str, *arguments: object, **headers: Any) -> tuple[int, str]:
    answer = client.get(reverse(name, args=[workshop.slug, *arguments]), headers=headers)
    return answer.status_code, answer.content.decode()


def post(client: Client, workshop: Workshop, **fields: Any) -> str:
    """Send a form; return the message that the next page shows."""
    answer = client.post(reverse("schedule-act", args=[workshop.slug]), fields, follow=True, headers={"Referer": "http://testserver/"})
    return " ".join(str(message) for message in answer.context["messages"])


def test_editors_get_the_editor_and_others_the_table(workshop: Workshop) -> None:
    olga, _ = sign_in(workshop, "Olga")
    sue, _ = sign_in(workshop, "Sue", Role.ASSISTANT)
    address = reverse("schedule", args=[workshop.slug])
    names = {
        "editor": str(olga.get(address).templates[0].name),
        "table": str(olga.get(address, {"view": "table"}).templates[0].name),
        "assistant": str(sue.get(address).templates[0].name),
    }
    assert names == {"editor": "program/schedule_editor.html", "table": "program/schedule.html", "assistant": "program/schedule.html"}


def test_pages_show_what_can_be_done(workshop: Workshop) -> None:
    client, _ = sign_in(workshop, "Olga")
    waiting = Paper.objects.get(title="Waiting")
    asked: tuple[tuple[Any, ...], ...] = (
        ("schedule-item", "s-1"),
        ("schedule-item", "slot-1-1"),
        ("schedule-paper", waiting.pk),
        ("schedule-add",),
        ("schedule-frame",),
    )
    offered = {}
    for name, *arguments in asked:
        status, text = get(client, workshop, name, *arguments)
        moves = [line.split('"')[0] for line in text.split('name="move" value="')[1:]]
        offered[f"{name} {status}" if not arguments else f"{name} {status} {arguments[0] == 's-1'}"] = sorted(set(moves))
    assert offered == {
        "schedule-item 200 True": [
            *("add-talk", "clear", "edit-session", "pin", "place-paper", "place-session", "remove-session", "shift"),
        ],
        "schedule-item 200 False": ["edit-slot", "pin", "place-slot", "swap", "take-out"],
        "schedule-paper 200 False": ["place-paper"],
        "schedule-add 200": ["add-session", "apply-template"],
        "schedule-frame 200": [
            *("add-boards", "add-day", "add-room", "clear", "copy-day", "edit-boards", "edit-day", "edit-room"),
            *("remove-boards", "remove-day", "remove-room"),
        ],
    }


def test_dialogs_get_the_forms_alone(workshop: Workshop) -> None:
    client, _ = sign_in(workshop, "Olga")
    status, text = get(client, workshop, "schedule-item", "s-1", **{"HX-Request": "true"})
    assert (status, "<html" in text, 'id="dialog-title"' in text) == (200, False, True)


def test_what_is_not_there_is_not_found(workshop: Workshop) -> None:
    client, _ = sign_in(workshop, "Olga")
    stranger = make_paper(make_workshop("other"))
    undecided = make_paper(workshop)
    found = [get(client, workshop, "schedule-item", "nothing")[0]]
    found += [get(client, workshop, "schedule-paper", paper.pk)[0] for paper in (stranger, undecided)]
    assert found == [404, 404, 404]


def test_forms_move_pin_and_take_out(workshop: Workshop) -> None:
    client, olga = sign_in(workshop, "Olga")
    move = {"move": ["place-session", "edit-session"], "session": "s-1", "date": "2026-06-17", "time": "10:00", "minutes": "45"}
    assert post(client, workshop, **move, seen="s-1=0") == (
        "Moved “Orals 1” from 9:00, Room 1 to 10:00, Room 1. Changed minutes of “Orals 1”."
    )
    assert post(client, workshop, move="take-out", slot="slot-1-1") == "Took “Paper 1.1” out of “Orals 1”."
    assert post(client, workshop, move="pin", item="s-1", is_pinned="yes") == "Pinned “Orals 1”."
    assert post(client, workshop, move="pin", item="s-1", is_pinned="yes") == "Nothing to change: it is so already."
    session = Session.objects.get(uid="s-1")
    assert (session.minutes, session.is_pinned, Slot.objects.filter(uid="slot-1-1").exists()) == (45, True, False)
    assert {edit.by for edit in ScheduleEdit.objects.all()} == {olga}


def test_refusals_are_told_and_change_nothing(workshop: Workshop) -> None:
    client, _ = sign_in(workshop, "Olga")
    otto, _ = sign_in(workshop, "Otto")
    Session.objects.update(is_pinned=True)
    pinned = post(client, workshop, move="place-session", session="s-1", date="2026-06-17", time="10:00")
    assert pinned == "“Orals 1” is pinned, so it stays; take the pin off first."
    assert post(client, workshop, session="s-1").startswith("The moves can't be read.")
    post(otto, workshop, move="pin", item="s-1", is_pinned="no")
    stale = post(client, workshop, move="edit-session", session="s-1", title="New", seen="s-1=0")
    assert stale.startswith("Otto changed this at ")
    assert Session.objects.get(uid="s-1").title == "Orals 1"


def test_dialogs_send_their_forms_as_json(workshop: Workshop) -> None:
    client, _ = sign_in(workshop, "Olga")
    form = [["move", "pin"], ["item", "s-1"], ["is_pinned", "yes"], ["seen", "s-1=0"], ["odd"], ["odd", 3]]
    answer = client.post(reverse("schedule-moves", args=[workshop.slug]), {"form": form}, content_type="application/json")
    assert (answer.status_code, answer.json()["words"]) == (200, "Pinned “Orals 1”.")


@pytest.mark.parametrize("count", [1, 3])
def test_pages_ask_as_often_however_much_there_is(count: int, django_assert_num_queries: Callable[[int], Any]) -> None:
    workshop = make_workshop("counted")
    fill(workshop, count)
    client, _ = sign_in(workshop, "Olga")
    client.get("/")
    for name, arguments in (("schedule-item", ["s-1"]), ("schedule-frame", [])):
        with django_assert_num_queries(QUERIES):
            client.get(reverse(name, args=[workshop.slug, *arguments]))


def test_conflicted_organizers_see_no_hidden_place(workshop: Workshop) -> None:
    client, olga = sign_in(workshop, "Olga")
    secret = make_paper(workshop, title="Secret")
    accept(secret, "oral")
    Slot.objects.create(uid="secret", session=Session.objects.get(), paper=secret, position=9)
    assert get(client, workshop, "schedule-item", "secret")[0] == 200
    member = workshop.memberships.get(user=olga)
    ConflictOfInterest.objects.create(paper=secret, member=member, ground=ConflictOfInterest.Ground.DECLARED)
    assert get(client, workshop, "schedule-item", "secret")[0] == 404
    assert "Secret" not in get(client, workshop, "schedule-item", "s-1")[1]
