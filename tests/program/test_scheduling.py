"""What editors do is one edit: done whole or refused, kept with its undo, told to the others."""

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest

from papers.errors import Refusal
from papers.models import Paper, User, Workshop
from program.errors import MoveRefused, MovesRefused, StaleRows
from program.models import Room, ScheduleEdit, Session, Slot
from program.moves import parse_moves
from program.scheduling import AppliedMoves, apply_moves, list_rows, put_rows, redo_edit, try_moves, undo_edit
from program.workshop_files import load_workshop_file, read_workshop
from tests.factories import accept, join_workshop, make_paper, make_user, make_workshop

NINE = dt.datetime(2026, 6, 17, 16, tzinfo=dt.UTC)

pytestmark = pytest.mark.django_db


@pytest.fixture
def workshop() -> Workshop:
    return make_workshop("things")


@pytest.fixture
def olga(workshop: Workshop) -> User:
    olga = make_user("olga@example.org", name="Olga")
    join_workshop(olga, workshop)
    return olga


@pytest.fixture
def otto(workshop: Workshop) -> User:
    otto = make_user("otto@example.org", name="Otto")
    join_workshop(otto, workshop)
    return otto


@pytest.fixture
def orals(workshop: Workshop) -> Session:
    return Session.objects.create(workshop=workshop, uid="orals", position=1, kind="oral", title="Orals", starts_at=NINE, minutes=60)


@pytest.fixture
def paper(workshop: Workshop) -> Paper:
    paper = make_paper(workshop, title="Counting")
    accept(paper, "oral", is_released=True)
    return paper


def play(workshop: Workshop, by: User | None, *moves: dict[str, Any], seen: dict[str, int] | None = None) -> AppliedMoves:
    return apply_moves(workshop, parse_moves(list(moves), zone=workshop.zone), by=by, seen=seen)


def place(session: str, starts: str) -> dict[str, Any]:
    return {"move": "place-session", "session": session, "starts": starts}


def test_an_edit_keeps_what_it_changed(workshop: Workshop, olga: User, orals: Session) -> None:
    edit = play(workshop, olga, place("orals", "2026-06-17T09:30")).edit
    assert edit is not None
    assert (edit.number, edit.by, edit.words) == (1, olga, "Moved “Orals” from 9:00 to 9:30.")
    assert [(one["uid"], one["before"]["starts_at"], one["after"]["starts_at"]) for one in edit.changes] == [
        ("orals", "2026-06-17T16:00:00Z", "2026-06-17T16:30:00Z")
    ]
    orals.refresh_from_db()
    assert (orals.starts_at, orals.revision) == (NINE + dt.timedelta(minutes=30), 1)
    line = workshop.history.get()
    assert (line.by, line.action, line.field, line.note) == (olga, "changed schedule", "schedule", "Moved “Orals” from 9:00 to 9:30.")


def test_a_move_to_where_it_is_leaves_no_edit(workshop: Workshop, olga: User, orals: Session) -> None:
    assert play(workshop, olga, place("orals", "2026-06-17T09:00")) == AppliedMoves(None, ())
    assert (workshop.schedule_edits.count(), workshop.history.count()) == (0, 0)


def test_one_refusal_stops_all(workshop: Workshop, olga: User, orals: Session) -> None:
    with pytest.raises(MoveRefused, match="There is no session “gone” any more"):
        play(workshop, olga, place("orals", "2026-06-17T09:30"), place("gone", "2026-06-17T09:30"))
    with pytest.raises(MovesRefused) as refused:
        play(workshop, olga, place("lost", "2026-06-17T09:30"), place("gone", "2026-06-17T09:30"))
    assert len(refused.value.reasons) == 2
    orals.refresh_from_db()
    assert (orals.starts_at, workshop.schedule_edits.count()) == (NINE, 0)


def test_undo_and_redo_bring_back_every_row(workshop: Workshop, olga: User, orals: Session, paper: Paper) -> None:
    first = list_rows(workshop)
    play(workshop, olga, {"move": "place-paper", "uid": "counting", "paper": paper.pk, "session": "orals", "minutes": 20})
    placed = list_rows(workshop)
    removed = play(workshop, olga, {"move": "remove-session", "session": "orals"}).edit
    assert removed is not None
    gone = list_rows(workshop)
    assert undo_edit(removed, by=olga).words == "Undid: Removed “Orals”."
    assert list_rows(workshop) == placed
    redo_edit(removed, by=olga)
    assert list_rows(workshop) == gone == []
    undo_edit(removed, by=olga)
    undo_edit(ScheduleEdit.objects.get(number=1), by=olga)
    assert list_rows(workshop) == first
    assert [edit.number for edit in workshop.schedule_edits.all()] == [1, 2, 3, 4, 5, 6]


def test_undo_refuses_twice_and_redo_before_it(workshop: Workshop, olga: User, orals: Session) -> None:
    edit = play(workshop, olga, place("orals", "2026-06-17T09:30")).edit
    assert edit is not None
    with pytest.raises(MoveRefused, match="This is not undone"):
        redo_edit(edit, by=olga)
    undo_edit(edit, by=olga)
    with pytest.raises(MoveRefused, match="This was undone already"):
        undo_edit(edit, by=olga)


def test_undo_names_who_changed_it_since(workshop: Workshop, olga: User, otto: User, orals: Session) -> None:
    edit = play(workshop, olga, place("orals", "2026-06-17T09:30")).edit
    play(workshop, otto, place("orals", "2026-06-17T10:00"))
    assert edit is not None
    with pytest.raises(StaleRows) as refused:
        undo_edit(edit, by=olga)
    assert refused.value.uids == ("orals",)
    assert refused.value.sentence.startswith("Otto changed this at ")
    assert refused.value.sentence.endswith("(Moved “Orals” from 9:30 to 10:00), so that can't be taken back or done again.")


def test_what_another_changed_since_it_was_seen_is_refused(workshop: Workshop, olga: User, otto: User, orals: Session) -> None:
    play(workshop, otto, place("orals", "2026-06-17T10:00"))
    with pytest.raises(StaleRows) as refused:
        play(workshop, olga, place("orals", "2026-06-17T11:00"), seen={"orals": 0})
    assert refused.value.uids == ("orals",)
    assert play(workshop, olga, place("orals", "2026-06-17T11:00"), seen={"orals": 1}).edit is not None
    assert play(workshop, olga, place("orals", "2026-06-17T12:00"), seen={"orals": 1}).edit is not None, "one's own change is no surprise"


def test_a_row_that_makes_room_is_not_stale(workshop: Workshop, olga: User, otto: User, orals: Session, paper: Paper) -> None:
    other = make_paper(workshop)
    accept(other, "oral", is_released=True)
    play(workshop, otto, {"move": "place-paper", "uid": "a", "paper": paper.pk, "session": "orals"})
    added = play(
        workshop,
        olga,
        {"move": "place-paper", "uid": "b", "paper": other.pk, "session": "orals", "position": 1},
        seen={"orals": 0, "a": 0},
    )
    assert added.edit is not None
    assert list(Slot.objects.order_by("position").values_list("uid", flat=True)) == ["b", "a"]


def test_whoever_must_not_know_a_decision_can_not_move_it(workshop: Workshop, olga: User, otto: User, orals: Session) -> None:
    secret = make_paper(workshop, title="Secret")
    accept(secret, "oral")
    workshop.papers.get(pk=secret.pk).authors.get().claims.create(user=otto, paper=secret)
    with pytest.raises(MoveRefused, match="There is no accepted paper with the key"):
        play(workshop, otto, {"move": "place-paper", "paper": secret.pk, "session": "orals"})
    placed = play(workshop, olga, {"move": "place-paper", "uid": "secret", "paper": secret.pk, "session": "orals"}).edit
    assert placed is not None
    assert placed.words == "Placed a paper that is not released in “Orals”."
    for move in ({"move": "take-out", "slot": "secret"}, {"move": "remove-session", "session": "orals"}):
        with pytest.raises(MoveRefused, match="about which you must not know"):
            play(workshop, otto, move)
    with pytest.raises(MoveRefused, match="about which you must not know"):
        undo_edit(placed, by=otto)


def test_trying_writes_nothing(workshop: Workshop, olga: User, orals: Session) -> None:
    played = try_moves(workshop, parse_moves([place("orals", "2026-06-17T09:30")], zone=workshop.zone), by=olga)
    assert [change.uid for change in played.changes] == ["orals"]
    assert Session.objects.get().starts_at == NINE


def test_a_kept_state_can_be_put_back(workshop: Workshop, olga: User, orals: Session, paper: Paper) -> None:
    play(workshop, olga, {"move": "place-paper", "paper": paper.pk, "session": "orals"})
    kept = list_rows(workshop)
    play(workshop, olga, {"move": "remove-session", "session": "orals"}, {"move": "add-session", "kind": "poster"})
    edit = put_rows(workshop, kept, by=olga, words="Returned to version 1.")
    assert edit is not None
    assert (list_rows(workshop), edit.words) == (kept, "Returned to version 1.")
    assert put_rows(workshop, kept, by=olga, words="Again.") is None
    Paper.objects.filter(pk=paper.pk).delete()
    Slot.objects.all().delete()
    assert put_rows(workshop, kept, by=olga, words="Without the paper.") is None


def test_rooms_trade_names_and_slots_their_papers(workshop: Workshop, olga: User, orals: Session, paper: Paper) -> None:
    for name in ("A", "B"):
        Room.objects.create(workshop=workshop, uid=name.lower(), name=name)
    edit_a, edit_b = {"move": "edit-room", "room": "a", "name": "B"}, {"move": "edit-room", "room": "b", "name": "A"}
    play(workshop, olga, edit_a, edit_b)
    assert dict(Room.objects.values_list("uid", "name")) == {"a": "B", "b": "A"}
    with pytest.raises(MoveRefused, match="There is a room “A” already"):
        play(workshop, olga, {"move": "edit-room", "room": "a", "name": "A"})
    play(workshop, olga, *({"move": "add-session", "uid": uid, "kind": "poster"} for uid in ("later", "last")))
    places = [{"move": "place-paper", "uid": f"in-{one}", "paper": paper.pk, "session": one} for one in ("orals", "later")]
    play(workshop, olga, *places)
    play(
        workshop,
        olga,
        {"move": "place-slot", "slot": "in-later", "session": "last"},
        {"move": "place-slot", "slot": "in-orals", "session": "later"},
    )
    assert dict(Slot.objects.values_list("uid", "session__uid")) == {"in-orals": "later", "in-later": "last"}


def test_every_refusal_is_for_people() -> None:
    assert issubclass(MoveRefused, Refusal)
    assert issubclass(StaleRows, Refusal)


def test_settings_that_change_sessions_are_an_edit(workshop: Workshop, olga: User, orals: Session) -> None:
    stored = read_workshop(workshop)
    changed = replace(stored.sessions[0], minutes=50)
    load_workshop_file(replace(stored, sessions=(changed,)), by=olga)
    edit = workshop.schedule_edits.get()
    assert (edit.words, edit.by, [change["uid"] for change in edit.changes]) == ("Changed the workshop's settings.", olga, ["orals"])
    orals.refresh_from_db()
    assert orals.revision == 1
    load_workshop_file(replace(read_workshop(workshop), about="All about counting."), by=olga)
    assert workshop.schedule_edits.count() == 1
    undo_edit(edit, by=olga)
    orals.refresh_from_db()
    assert orals.minutes == 60
