"""The editor's doors: the draft, moves, undo, what others did; nothing for who must not know."""

import datetime as dt
import json
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from papers.models import Role, User, Workshop
from program.models import BoardRange, Day, Person, Room, RoomClosure, Session, SessionPart, Slot
from tests.factories import accept, join_workshop, make_paper, make_user, make_workshop

NINE = dt.datetime(2026, 6, 17, 16, tzinfo=dt.UTC)

pytestmark = pytest.mark.django_db


@pytest.fixture
def workshop() -> Workshop:
    return make_workshop("things")


def sign_in(workshop: Workshop, name: str, role: Role = Role.ORGANIZER) -> tuple[Client, User]:
    person = make_user(f"{name.lower()}@example.org", name=name)
    join_workshop(person, workshop, role)
    client = Client()
    client.force_login(person)
    return client, person


def ask(client: Client, workshop: Workshop, name: str = "schedule-draft", **query: Any) -> dict[str, Any]:
    response = client.get(reverse(name, args=[workshop.slug]), query)
    assert response.status_code == 200
    told: dict[str, Any] = response.json()
    return told


def say(client: Client, workshop: Workshop, name: str, body: Any, status: int = 200) -> dict[str, Any]:
    response = client.post(reverse(name, args=[workshop.slug]), json.dumps(body), content_type="application/json")
    assert response.status_code == status, response.content
    told: dict[str, Any] = response.json()
    return told


def fill(workshop: Workshop, count: int) -> None:
    """Make a day, rooms, sessions with papers and people."""
    Day.objects.create(workshop=workshop, uid="day", on=NINE.date(), starts_at=NINE, ends_at=NINE + dt.timedelta(hours=9))
    BoardRange.objects.create(workshop=workshop, uid="boards", first=1, last=50, prefix="B")
    for number in range(1, count + 1):
        room = Room.objects.create(workshop=workshop, uid=f"room-{number}", name=f"Room {number}", position=number, capacity=50)
        RoomClosure.objects.create(room=room, starts_at=NINE - dt.timedelta(hours=3), ends_at=NINE)
        person = Person.objects.create(workshop=workshop, name=f"Person {number}", zone="Asia/Tokyo", attends="remote")
        session = Session.objects.create(
            workshop=workshop,
            uid=f"s-{number}",
            position=number,
            kind="oral",
            title=f"Orals {number}",
            starts_at=NINE,
            minutes=60,
            room=room,
        )
        SessionPart.objects.create(session=session, person=person, kind="chair")
        for place in (1, 2):
            paper = make_paper(workshop, title=f"Paper {number}.{place}", authors=(f"Author {number}.{place}",))
            accept(paper, "oral", is_released=True)
            Slot.objects.create(uid=f"slot-{number}-{place}", session=session, paper=paper, position=place, minutes=30)
    accept(make_paper(workshop, title="Waiting"), "oral", is_released=True)


def test_draft_tells_every_row(workshop: Workshop) -> None:
    fill(workshop, 1)
    client, _ = sign_in(workshop, "Olga")
    told = ask(client, workshop)
    placed = Slot.objects.order_by("position").values_list("paper", flat=True)
    person = Person.objects.get().pk
    assert told["workshop"] == {"slug": "things", "name": "Workshop on Counted Things", "zone": "America/Los_Angeles"}
    assert (told["edit"], [paper["title"] for paper in told["papers"]]) == (0, ["Paper 1.1", "Paper 1.2", "Waiting"])
    assert told["sessions"] == [
        {
            "uid": "s-1",
            "revision": 0,
            "position": 1,
            "kind": "oral",
            "label": "",
            "title": "Orals 1",
            "name": "Orals 1",
            "number": None,
            "starts": "2026-06-17T09:00",
            "ends": "2026-06-17T10:00",
            "starts_at": "2026-06-17T16:00:00Z",
            "ends_at": "2026-06-17T17:00:00Z",
            "minutes": 60,
            "room": "room-1",
            "link": "",
            "is_parallel": False,
            "is_streamed": False,
            "is_pinned": False,
            "note": "",
            "people": [{"person": person, "part": "chair"}],
            "awaited": [],
        }
    ]
    assert [(slot["uid"], slot["paper"], slot["starts"], slot["is_hidden"]) for slot in told["slots"]] == [
        ("slot-1-1", placed[0], "2026-06-17T09:00", False),
        ("slot-1-2", placed[1], "2026-06-17T09:30", False),
    ]
    assert told["tray"] == [paper["id"] for paper in told["papers"] if paper["title"] == "Waiting"]
    assert told["rooms"][0]["closures"] == [
        {
            "starts": "2026-06-17T06:00",
            "ends": "2026-06-17T09:00",
            "starts_at": "2026-06-17T13:00:00Z",
            "ends_at": "2026-06-17T16:00:00Z",
            "reason": "",
        }
    ]
    assert [conflict["code"] for conflict in told["conflicts"]] == ["night", "oral-unplaced"]
    assert told["people"] == [{"id": person, "name": "Person 1", "zone": "Asia/Tokyo", "attends": "remote", "availability": []}]


@pytest.mark.parametrize("count", [1, 3])
def test_draft_takes_as_many_queries_whatever_its_size(workshop: Workshop, django_assert_num_queries: Any, count: int) -> None:
    fill(workshop, count)
    client, _ = sign_in(workshop, "Olga")
    with django_assert_num_queries(22):
        ask(client, workshop)


def test_moves_answer_what_they_changed(workshop: Workshop) -> None:
    fill(workshop, 2)
    client, _ = sign_in(workshop, "Olga")
    move = {"move": "place-session", "session": "s-2", "starts": "2026-06-17T10:00"}
    told = say(client, workshop, "schedule-moves", {"moves": [move], "seen": {"s-2": 0}, "since": 0})
    assert (told["edit"], told["words"]) == (1, "Moved “Orals 2” from 9:00, Room 2 to 10:00, Room 2.")
    since = told["since"]
    assert [(row["uid"], row["revision"], row["starts"]) for row in since["sessions"]] == [("s-2", 1, "2026-06-17T10:00")]
    assert (since["rooms"], since["gone"]) == ([], [])
    assert [(row["uid"], row["starts"]) for row in since["slots"]] == [
        ("slot-2-1", "2026-06-17T10:00"),
        ("slot-2-2", "2026-06-17T10:30"),
    ]
    assert ask(client, workshop, "schedule-edits", since=1) == {"edit": 1, "edits": []}
    undone = say(client, workshop, "schedule-undo", {"edit": 1, "since": 1})
    assert [(edit["number"], edit["by"], edit["by_me"], edit["undoes"]) for edit in undone["since"]["edits"]] == [(2, "Olga", True, 1)]
    redone = say(client, workshop, "schedule-redo", {"edit": 1, "since": 2})
    assert redone["since"]["sessions"][0]["starts"] == "2026-06-17T10:00"
    assert say(client, workshop, "schedule-redo", {"edit": 1, "since": 3}, status=409)["sentence"].startswith("This is not undone")
    removed = say(client, workshop, "schedule-moves", {"moves": [{"move": "remove-session", "session": "s-2"}], "since": 3})
    assert removed["since"]["gone"] == ["s-2", "slot-2-1", "slot-2-2"]
    assert len(removed["since"]["tray"]) == 3


def test_the_later_of_two_editors_sees_what_the_first_did(workshop: Workshop) -> None:
    fill(workshop, 1)
    (olga, _), (otto, _) = sign_in(workshop, "Olga"), sign_in(workshop, "Otto")
    say(otto, workshop, "schedule-moves", {"moves": [{"move": "resize-session", "session": "s-1", "minutes": 50}]})
    move = {"move": "place-session", "session": "s-1", "starts": "2026-06-17T10:00"}
    told = say(olga, workshop, "schedule-moves", {"moves": [move], "seen": {"s-1": 0}, "since": 0}, status=409)
    assert told["stale"] == ["s-1"]
    assert told["sentence"].startswith("Otto changed this at ")
    assert [(row["minutes"], row["starts"]) for row in told["since"]["sessions"]] == [(50, "2026-06-17T09:00")]


def test_trying_tells_conflicts_and_writes_nothing(workshop: Workshop) -> None:
    fill(workshop, 1)
    client, _ = sign_in(workshop, "Olga")
    move = {"move": "resize-session", "session": "s-1", "minutes": 50}
    told = say(client, workshop, "schedule-moves", {"moves": [move], "try": True})
    assert [conflict["code"] for conflict in told["conflicts"]] == ["night", "slots-longer", "oral-unplaced"]
    assert [(change["uid"], change["after"]["minutes"]) for change in told["changes"]] == [("s-1", 50)]
    assert Session.objects.get().minutes == 60


@pytest.mark.parametrize("body", [None, [], {}, {"moves": []}, {"moves": [{"move": "fly"}]}, {"moves": [{"move": "shift", "session": 1}]}])
def test_what_is_no_move_is_malformed(workshop: Workshop, body: Any) -> None:
    client, _ = sign_in(workshop, "Olga")
    assert say(client, workshop, "schedule-moves", body, status=422)["sentence"] == "The moves can't be read."


def test_bytes_that_are_no_json_are_malformed(workshop: Workshop) -> None:
    client, _ = sign_in(workshop, "Olga")
    address = reverse("schedule-moves", args=[workshop.slug])
    for body in (b"{", b'{"moves": "' + b"x" * 2 * 1024 * 1024 + b'"}'):
        assert client.post(address, body, content_type="application/json").status_code == 422


def test_only_who_decides_may_move(workshop: Workshop) -> None:
    fill(workshop, 1)
    client, _ = sign_in(workshop, "Paula", Role.PUBLISHER)
    assert ask(client, workshop)["sessions"]
    for name in ("schedule-moves", "schedule-undo", "schedule-redo"):
        assert client.post(reverse(name, args=[workshop.slug]), "{}", content_type="application/json").status_code == 404


def test_unreleased_papers_are_not_told_to_who_must_not_know(workshop: Workshop) -> None:
    fill(workshop, 1)
    secret, other = make_paper(workshop, title="Secret"), make_paper(workshop, title="Secret, too")
    accept(secret, "oral")
    accept(other, "oral")
    (olga, _), (paula, _), (otto, conflicted) = (
        sign_in(workshop, "Olga"),
        sign_in(workshop, "Paula", Role.PUBLISHER),
        sign_in(workshop, "Otto"),
    )
    for paper in (secret, other):
        paper.authors.get().claims.create(user=conflicted, paper=paper)
    place = {"move": "place-paper", "uid": "hidden", "paper": secret.pk, "session": "s-1", "minutes": 5}
    assert "Secret" not in say(olga, workshop, "schedule-moves", {"moves": [place], "since": 0})["words"]
    assert {secret.pk, other.pk} <= {paper["id"] for paper in ask(olga, workshop)["papers"]}
    for client in (paula, otto):
        for told in (ask(client, workshop), ask(client, workshop, "schedule-edits", since=0)):
            assert "Secret" not in json.dumps(told)
            assert not {secret.pk, other.pk} & {paper["id"] for paper in told["papers"]}
            assert [slot["paper"] for slot in told["slots"] if slot["is_hidden"]] == [None]
    tried = say(otto, workshop, "schedule-moves", {"moves": [{"move": "resize-session", "session": "s-1", "minutes": 9}], "try": True})
    assert "Secret" not in json.dumps(tried)
