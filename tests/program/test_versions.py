"""Versions of a schedule: published, compared, brought back; the world sees the last one alone."""

import datetime as dt
from importlib import import_module
from typing import Any

import pytest
from django.apps import apps

from papers.errors import Refusal, Refusals
from papers.models import Paper, User, Workshop
from program.models import Person, Room, ScheduleRelease, ScheduleVersion, Session, SessionPart, Slot
from program.moves import parse_moves
from program.schedules import collect_listing, release_schedule
from program.scheduling import apply_moves, list_rows, undo_edit
from program.versions import compare_versions, preview_publication, publish_schedule, return_to_version
from tests.factories import accept, make_paper

TEN = dt.datetime(2026, 6, 17, 17, tzinfo=dt.UTC)  # 10:00 at the workshop


@pytest.fixture
def placed(workshop: Workshop) -> list[Paper]:
    """Make orals at 10:00 in Room 1 with two papers of 15 minutes, and a free Room 2."""
    first, _ = (Room.objects.create(workshop=workshop, uid=f"r{place}", name=f"Room {place}", position=place) for place in (1, 2))
    session = Session.objects.create(
        workshop=workshop, uid="orals", position=1, kind="mixed", title="Orals", starts_at=TEN, minutes=30, room=first
    )
    papers = [make_paper(workshop, title=title) for title in ("Talk A", "Talk B")]
    for place, paper in enumerate(papers):
        accept(paper, is_released=True)
        Slot.objects.create(uid=f"s{place}", session=session, paper=paper, position=place, minutes=15)
    return papers


def move(workshop: Workshop, *moves: dict[str, Any]) -> None:
    """Do moves as nobody in particular."""
    apply_moves(workshop, parse_moves(list(moves), zone=workshop.zone), by=None)


def list_titles(workshop: Workshop) -> list[str]:
    return [session.title for session in collect_listing(workshop).sessions]


def test_first_publication_releases_the_program(workshop: Workshop, placed: list[Paper], olga: User) -> None:
    version = publish_schedule(workshop, by=olga, note="Here it is")
    release = ScheduleRelease.objects.get(workshop=workshop)
    assert (version.number, version.by, version.note, version.changes, release.released_at) == (1, olga, "Here it is", [], version.at)
    assert version.rows == list_rows(workshop)
    line = workshop.history.get()
    assert (line.action, line.field, line.after, line.note) == ("released", "schedule", 1, "Here it is")


def test_world_sees_the_last_version_and_never_the_draft(workshop: Workshop, placed: list[Paper], olga: User) -> None:
    publish_schedule(workshop, by=olga)
    before = collect_listing(workshop)
    move(workshop, {"move": "place-session", "session": "orals", "starts": "2026-06-17T10:30", "room": "r2"})
    move(workshop, {"move": "add-session", "kind": "panel", "title": "Secret panel", "starts": "2026-06-17T12:00", "minutes": 20})
    assert collect_listing(workshop) == before
    publish_schedule(workshop, by=olga)
    assert list_titles(workshop) == ["Orals", "Secret panel"]


def test_change_list_tells_from_where_to_where(workshop: Workshop, placed: list[Paper], olga: User) -> None:
    publish_schedule(workshop, by=olga)
    move(workshop, {"move": "place-session", "session": "orals", "starts": "2026-06-17T10:30", "room": "r2"})
    version = publish_schedule(workshop, by=olga)
    assert version.changes == [
        {
            "code": "moved",
            "words": "“Orals” with its 2 papers moved from 10:00, Room 1 to 10:30, Room 2.",
            "uids": ["orals", "s0", "s1"],
            "gone": [],
            "papers": [paper.pk for paper in placed],
            "people": [],
        }
    ]
    line = workshop.history.filter(action="published").get()
    assert (line.after, line.note) == (2, version.changes[0]["words"])


def test_what_is_true_now_shows_at_once(workshop: Workshop, placed: list[Paper], olga: User) -> None:
    person = Person.objects.create(workshop=workshop, name="Ingrid")
    SessionPart.objects.create(session=Session.objects.get(), person=person, kind="chair")
    publish_schedule(workshop, by=olga)
    Paper.objects.filter(pk=placed[0].pk).update(title="Talk A, corrected")
    Paper.objects.filter(pk=placed[1].pk).update(standing="withdrawn")
    Person.objects.update(program_name="Dr. Ingrid")
    (session,) = collect_listing(workshop).sessions
    assert [paper.title for paper in session.papers] == ["Talk A, corrected"]
    assert [slot.name for slot in session.held] == ["Talk A, corrected"]
    assert [chair.name for chair in session.people] == ["Dr. Ingrid"]
    person.delete()
    assert collect_listing(workshop).sessions[0].people == ()
    assert preview_publication(workshop, by=olga).changes == ()


def test_publishing_is_refused_without_sessions_and_without_changes(workshop: Workshop, olga: User) -> None:
    with pytest.raises(Refusal, match="has no sessions, so there is no schedule to release"):
        publish_schedule(workshop, by=olga)
    Session.objects.create(workshop=workshop, position=1, title="Only")
    publish_schedule(workshop, by=olga)
    with pytest.raises(Refusal, match=r"Nothing changed in the schedule of .* since version 1, so nothing was published"):
        publish_schedule(workshop, by=olga)
    with pytest.raises(Refusal, match="Nothing changed"):
        release_schedule(workshop, by=None)
    assert (workshop.schedule_versions.count(), workshop.history.count()) == (1, 1)


def test_hard_conflicts_are_named_and_need_a_tick(workshop: Workshop, placed: list[Paper], olga: User) -> None:
    move(workshop, {"move": "add-session", "kind": "break", "title": "Coffee", "starts": "2026-06-17T10:10", "minutes": 30, "room": "r1"})
    with pytest.raises(Refusals) as refusal:
        publish_schedule(workshop, by=olga)
    assert refusal.value.sentence.startswith("The schedule was not published: 1 thing can't happen as planned.")
    assert [("Orals" in reason, "Coffee" in reason) for reason in refusal.value.reasons] == [(True, True)]
    assert workshop.schedule_versions.count() == 0
    assert publish_schedule(workshop, by=olga, despite_conflicts=True).number == 1


def test_release_publishes_what_stands(workshop: Workshop, placed: list[Paper]) -> None:
    move(workshop, {"move": "add-session", "kind": "break", "starts": "2026-06-17T10:10", "minutes": 30, "room": "r1"})
    release = release_schedule(workshop, by=None)
    move(workshop, {"move": "edit-session", "session": "orals", "title": "Morning"})
    assert release_schedule(workshop, by=None) == release
    assert [version.number for version in workshop.schedule_versions.all()] == [2, 1]


def test_edit_after_the_look_is_not_published_unseen(workshop: Workshop, placed: list[Paper], olga: User) -> None:
    publish_schedule(workshop, by=olga)
    move(workshop, {"move": "edit-session", "session": "orals", "title": "Morning"})
    seen = preview_publication(workshop, by=olga)
    move(workshop, {"move": "edit-session", "session": "orals", "title": "Evening"})
    with pytest.raises(Refusal, match="was edited since you looked"):
        publish_schedule(workshop, by=olga, seen_edit=seen.edit)
    again = preview_publication(workshop, by=olga)
    assert (again.number, [change.words for change in again.changes]) == (2, ["“Orals” is called “Evening” now."])
    assert publish_schedule(workshop, by=olga, seen_edit=again.edit).edit == again.edit


def test_draft_returns_to_a_version_and_back(workshop: Workshop, placed: list[Paper], olga: User) -> None:
    first = publish_schedule(workshop, by=olga)
    move(workshop, {"move": "take-out", "slot": "s1"}, {"move": "edit-session", "session": "orals", "title": "Morning"})
    publish_schedule(workshop, by=olga)
    edit = return_to_version(first, by=olga)
    assert list_rows(workshop) == first.rows
    assert list_titles(workshop) == ["Morning"]
    assert (edit.words, edit.by) == ("Returned to version 1.", olga)
    with pytest.raises(Refusal, match="The draft is what version 1 holds already"):
        return_to_version(first, by=olga)
    undo_edit(edit, by=olga)
    assert [row["title"] for row in list_rows(workshop) if row["row"] == "session"] == ["Morning"]


def test_versions_compare_both_ways(workshop: Workshop, placed: list[Paper], olga: User) -> None:
    first = publish_schedule(workshop, by=olga)
    move(workshop, {"move": "take-out", "slot": "s1"})
    second = publish_schedule(workshop, by=olga)
    there, back = compare_versions(workshop, first.rows, second.rows), compare_versions(workshop, second.rows, first.rows)
    assert [change.words for change in there] == ["“Talk B” was taken out of “Orals”; it was at 10:15, Room 1."]
    assert [change.words for change in back] == ["“Talk B” was added to “Orals”: 10:15, Room 1."]
    assert compare_versions(workshop, first.rows, first.rows) == ()


def test_paper_that_arrives_is_no_change(workshop: Workshop, placed: list[Paper], olga: User) -> None:
    Session.objects.update(awaited_papers=[{"paper": "later1", "position": 5, "minutes": 10}])
    version = publish_schedule(workshop, by=olga)
    accept(make_paper(workshop, title="Late", note_id="later1"), is_released=True)
    assert [slot.name for slot in collect_listing(workshop).sessions[0].held] == ["Talk A", "Talk B", "Late"]
    uid = collect_listing(workshop).sessions[0].held[2].uid
    assert preview_publication(workshop, by=olga).is_same
    assert list_rows(workshop) != version.rows
    assert Slot.objects.get(reference="later1").uid == uid
    with pytest.raises(Refusal, match="Nothing changed"):
        publish_schedule(workshop, by=olga)


def test_released_schedules_of_before_get_their_first_version(workshop: Workshop, placed: list[Paper], olga: User) -> None:
    person = Person.objects.create(workshop=workshop, name="Ingrid")
    SessionPart.objects.create(session=Session.objects.get(), person=person, kind="chair")
    move(
        workshop, {"move": "add-day", "on": "2026-06-17", "starts": "08:30", "ends": "18:00"}, {"move": "add-boards", "first": 1, "last": 9}
    )
    publish_schedule(workshop, by=olga)
    shown, rows = collect_listing(workshop), list_rows(workshop)
    ScheduleVersion.objects.all().delete()
    assert collect_listing(workshop).sessions == ()
    keep = import_module("program.migrations.0009_first_versions").keep_first_versions
    keep(apps, None)
    keep(apps, None)
    version = workshop.schedule_versions.get()
    release = ScheduleRelease.objects.get()
    assert (version.number, version.at, version.by, version.rows, version.edit) == (1, release.released_at, olga, rows, 1)
    assert collect_listing(workshop) == shown
