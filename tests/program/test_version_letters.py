"""Letters on a version reach exactly those whom it touches, in their own zone, once."""

import datetime as dt
from typing import Any

import pytest

from papers.claims import claim_for_user
from papers.models import Letter, Mailing, Paper, User, Workshop
from program.models import Person, Room, Session, SessionPart, Slot
from program.moves import parse_moves
from program.scheduling import apply_moves
from program.versions import preview_letters, publish_schedule
from tests.factories import accept, make_paper, make_user

TEN = dt.datetime(2026, 6, 17, 17, tzinfo=dt.UTC)  # 10:00 at the workshop
pytestmark = pytest.mark.django_db


@pytest.fixture
def program(workshop: Workshop, olga: User) -> Workshop:
    """Publish orals with the papers of Ada and Bob, a panel with Ingrid in Tokyo and Mute without an address."""
    first, _ = (Room.objects.create(workshop=workshop, uid=f"r{place}", name=f"Room {place}", position=place) for place in (1, 2))
    orals = Session.objects.create(
        workshop=workshop, uid="orals", position=1, kind="mixed", title="Orals", starts_at=TEN, minutes=30, room=first
    )
    panel = Session.objects.create(
        workshop=workshop, uid="panel", position=2, kind="panel", title="Counting", starts_at=TEN + dt.timedelta(hours=2), minutes=30
    )
    for place, name in enumerate(("Ada", "Bob")):
        paper = make_paper(workshop, title=f"Talk of {name}", authors=(name,))
        paper.authors.update(email=f"{name.lower()}@example.org")
        accept(paper, is_released=True)
        Slot.objects.create(uid=f"s{place}", session=orals, paper=paper, position=place, minutes=15)
    ingrid = Person.objects.create(workshop=workshop, name="Ingrid", email="ingrid@example.org", zone="Asia/Tokyo")
    for person in (ingrid, Person.objects.create(workshop=workshop, name="Mute")):
        SessionPart.objects.create(session=panel, person=person, kind="panelist")
    publish_schedule(workshop, by=olga, writes_letters=True)
    assert Letter.objects.count() == 0
    return workshop


def move(workshop: Workshop, *moves: dict[str, Any]) -> None:
    apply_moves(workshop, parse_moves(list(moves), zone=workshop.zone), by=None)


def test_authors_of_moved_papers_are_written_to_and_nobody_else(program: Workshop, olga: User) -> None:
    move(program, {"move": "place-slot", "slot": "s0", "session": "orals", "position": 2})
    move(program, {"move": "edit-slot", "slot": "s1", "minutes": 10}, {"move": "edit-slot", "slot": "s0", "minutes": 20})
    publish_schedule(program, by=olga, writes_letters=True)
    ada, bob = Letter.objects.order_by("address")
    assert (ada.address, ada.paper, ada.author) == ("ada@example.org", Paper.objects.get(title="Talk of Ada"), ada.paper.authors.get())  # type: ignore[union-attr]
    assert ada.subject == "[Counted 2026] The program has changed"
    assert ada.body.startswith(
        "Dear Ada,\n\nthe program of Workshop on Counted Things has changed. For you this means:\n\n"
        "“Talk of Ada”\n"
        "  before: Jun 17, 2026, 10:00 AM PDT, Room 1\n"
        "  now:    Jun 17, 2026, 10:10 AM PDT, Room 1\n\n"
        "“Talk of Ada” has 20 minutes now, 15 minutes before.\n\n"
        "The whole program: "
    )
    assert (bob.address, "10:15 AM PDT, Room 1\n  now:    Jun 17, 2026, 10:00 AM" in bob.body) == ("bob@example.org", True)


def test_people_read_the_times_of_their_own_zone(program: Workshop, olga: User) -> None:
    move(program, {"move": "place-session", "session": "panel", "starts": "2026-06-17T13:00", "room": "r2"})
    written = preview_letters(program)
    assert written.unreachable == ("Mute has no mail address here that can be mailed.",)
    publish_schedule(program, by=olga, writes_letters=True)
    letter = Letter.objects.get()
    assert (letter.address, letter.paper, letter.body) == ("ingrid@example.org", None, written.letters[0].body)
    assert "  before: Jun 17, 2026, 12:00 PM PDT (Jun 18, 2026, 4:00 AM JST for you)\n" in letter.body
    assert "  now:    Jun 17, 2026, 1:00 PM PDT (Jun 18, 2026, 5:00 AM JST for you), Room 2\n" in letter.body


def test_author_reads_the_times_of_their_own_zone(program: Workshop, olga: User) -> None:
    paper = Paper.objects.get(title="Talk of Ada")
    claim_for_user(paper, paper.authors.get(), make_user("ada@example.org", zone="Europe/Berlin"), by=olga)
    move(program, {"move": "take-out", "slot": "s0"})
    (letter,) = [one for one in preview_letters(program).letters if one.paper == paper]
    assert "10:00 AM PDT (Jun 17, 2026, 7:00 PM CEST for you), Room 1\n  now:    not in the program\n" in letter.body


def test_who_joins_and_who_leaves_are_told(program: Workshop, olga: User) -> None:
    jo = Person.objects.create(workshop=program, name="Jo", email="jo@example.org")
    move(program, {"move": "edit-session", "session": "panel", "people": [{"person": jo.pk, "part": "moderator"}]})
    told = {letter.name: letter.body for letter in preview_letters(program).letters}
    assert sorted(told) == ["Ingrid", "Jo"]
    assert "Jo is moderator in “Panel: Counting” now.".replace("Panel:", "Panel discussion:") in told["Jo"]
    assert "Ingrid is no longer panelist in “Panel discussion: Counting”." in told["Ingrid"]


def test_letters_leave_only_where_asked_and_once_a_version(program: Workshop, olga: User) -> None:
    move(program, {"move": "place-session", "session": "orals", "starts": "2026-06-17T10:30"})
    publish_schedule(program, by=olga)
    assert (Letter.objects.count(), Mailing.objects.count()) == (0, 0)
    assert preview_letters(program).letters == ()
    move(program, {"move": "place-session", "session": "orals", "starts": "2026-06-17T11:00"})
    publish_schedule(program, by=olga, writes_letters=True)
    mailing = Mailing.objects.get()
    assert (mailing.name, mailing.nonce, mailing.by) == ("Changes of the schedule, version 3", "schedule-version-3", olga)
    assert sorted(letter.address for letter in mailing.letters.all()) == ["ada@example.org", "bob@example.org"]
    assert program.history.filter(action="queued letters").get().after == {"letters": 2}
