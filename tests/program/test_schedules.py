"""What the world and the organizers see of the schedule."""

import datetime as dt
from typing import Any

import pytest

from papers.errors import Refusal
from papers.models import User, Workshop
from program.models import Person, PersonRole, Session, SessionPart, Slot
from program.schedules import (
    collect_draft_sessions,
    collect_listing,
    count_imported_authors,
    find_schedule_conflicts,
    is_schedule_released,
    release_schedule,
)
from tests.factories import accept, make_paper, make_workshop, reject
from tests.program.published_editions import publish_edition

NINE = dt.datetime(2026, 6, 17, 16, tzinfo=dt.UTC)


def make_session(workshop: Workshop, position: int, **fields: Any) -> Session:
    """Make a session that starts at nine plus ten minutes a position."""
    values = {"kind": "oral", "starts_at": NINE + dt.timedelta(minutes=10 * position), "minutes": 10, **fields}
    return Session.objects.create(workshop=workshop, position=position, **values)


def test_schedule_is_hidden_until_released(workshop: Workshop, olga: User) -> None:
    make_session(workshop, 1, title="Orals")
    before = collect_listing(workshop)
    assert (before.sessions, is_schedule_released(workshop)) == ((), False)
    release_schedule(workshop, by=olga)
    after = collect_listing(workshop)
    assert [session.title for session in after.sessions] == ["Orals"]
    (line,) = workshop.history.all()
    assert (line.action, line.field, line.after, line.by) == ("released", "schedule", 1, olga)
    assert (after.schedule_revision, after.schedule_changed_at) == (0, workshop.schedule_versions.get().at)


def test_release_is_refused_without_sessions_and_twice(workshop: Workshop) -> None:
    with pytest.raises(Refusal, match="has no sessions, so there is no schedule to release"):
        release_schedule(workshop, by=None)
    make_session(workshop, 1)
    release_schedule(workshop, by=None)
    with pytest.raises(Refusal, match="since version 1, so nothing was published"):
        release_schedule(workshop, by=None)
    assert workshop.history.count() == 1


def test_program_shows_only_accepted_and_released_papers(workshop: Workshop) -> None:
    session = make_session(workshop, 1)
    shown, hidden, refused, gone, trial = papers = [make_paper(workshop) for _ in range(5)]
    for paper in (shown, gone, trial):
        accept(paper, "oral", is_released=True)
    accept(hidden, "oral")
    reject(refused, is_released=True)
    gone.standing, trial.is_test = "withdrawn", True
    gone.save()
    trial.save()
    for place, paper in enumerate(papers):
        Slot.objects.create(session=session, paper=paper, position=place)
    release_schedule(workshop, by=None)
    (listed,) = collect_listing(workshop).sessions
    assert [paper.title for paper in listed.papers] == [shown.title]
    assert [paper.title for paper in collect_listing(workshop).papers] == [shown.title]
    (draft,) = collect_draft_sessions(workshop)
    assert [slot.paper and slot.paper.title for slot in draft.slots] == [paper.title for paper in papers]
    assert [(conflict.code, paper.title in conflict.sentence) for paper, conflict in zip(
        (hidden, refused, gone), find_schedule_conflicts(workshop), strict=True)] == [
        ("paper-not-released", True), ("paper-not-accepted", True), ("paper-gone", True)]  # fmt: skip


def test_awaited_papers_have_their_place_as_soon_as_they_are_imported(workshop: Workshop, django_assert_num_queries: Any) -> None:
    awaited = [{"paper": "later00001", "position": 1, "minutes": 15}, {"paper": "#99", "position": 3, "minutes": None}]
    session = make_session(workshop, 1, awaited_papers=awaited)
    first = make_paper(workshop, title="Placed")
    Slot.objects.create(session=session, paper=accept(first, "oral", is_released=True).paper, position=2)
    release_schedule(workshop, by=None)
    assert [paper.title for paper in collect_listing(workshop).sessions[0].papers] == ["Placed"]
    late = make_paper(workshop, note_id="later00001", title="Imported later")
    accept(late, "oral", is_released=True)
    with django_assert_num_queries(9):
        (listed,) = collect_listing(workshop).sessions
    (draft,) = collect_draft_sessions(workshop)
    assert [paper.title for paper in listed.papers] == ["Imported later", "Placed"]
    assert [(slot.paper and slot.paper.title, slot.minutes) for slot in draft.slots] == [("Imported later", 15), ("Placed", None)]
    assert [paper.title for paper in draft.papers] == ["Imported later", "Placed"]
    assert [(conflict.code, conflict.sentence) for conflict in find_schedule_conflicts(workshop)] == [
        ("paper-awaited", "“Oral session” (9:10, 10 min) names the paper “#99”, which is not here or has its place there already.")
    ]
    assert Slot.objects.count() == 1


def test_invited_talks_number_themselves_by_time(workshop: Workshop) -> None:
    make_session(workshop, 1, kind="invited-talk", title="Late", starts_at=NINE + dt.timedelta(hours=3))
    make_session(workshop, 2, kind="break")
    make_session(workshop, 3, kind="invited-talk", title="Early")
    make_session(workshop, 4, kind="invited-talk", title="Open", starts_at=None)
    numbers = [(session.title, session.number) for session in collect_draft_sessions(workshop)]
    assert numbers == [("", None), ("Early", 1), ("Late", 2), ("Open", 3)]


def test_people_keep_printed_and_full_names(workshop: Workshop) -> None:
    person = Person.objects.create(workshop=workshop, name="David J Fleet", program_name="David Fleet", affiliation="Toronto")
    PersonRole.objects.create(person=person, kind="speaker")
    SessionPart.objects.create(session=make_session(workshop, 1, kind="invited-talk"), person=person)
    release_schedule(workshop, by=None)
    listing = collect_listing(workshop)
    (speaker,) = listing.sessions[0].people
    assert (speaker.name, speaker.full_name, speaker.kind) == ("David Fleet", "David J Fleet", "speaker")
    assert listing.people == (speaker,)


def test_times_are_in_the_zone_of_the_workshop(workshop: Workshop) -> None:
    make_session(workshop, 0)
    release_schedule(workshop, by=None)
    (session,) = collect_listing(workshop).sessions
    assert session.starts_at is not None
    assert session.starts_at.isoformat() == "2026-06-17T09:00:00-07:00"
    assert session.uid == workshop.sessions.get().uid


def test_oral_without_a_place_is_a_conflict(workshop: Workshop) -> None:
    placed, lost, hidden = (make_paper(workshop) for _ in range(3))
    for paper in (placed, lost):
        accept(paper, "oral", is_released=True)
    accept(hidden, "poster", is_released=True)
    Slot.objects.create(session=make_session(workshop, 1), paper=placed)
    (found,) = find_schedule_conflicts(workshop)
    assert found.sentence == f"Paper {lost.number} “{lost.title}” is an accepted oral but has no place in the schedule."


def test_imported_authors_are_counted_for_listed_papers(workshop: Workshop) -> None:
    listed, hidden, unreleased = (make_paper(workshop, imported={"authors": [{}, {}]}) for _ in range(3))
    hidden.has_hidden_authors = True
    hidden.save()
    for paper in (listed, hidden):
        accept(paper, is_released=True)
    accept(unreleased)
    assert count_imported_authors(workshop) == {listed.note_id: 2}


@pytest.mark.parametrize("count", [1, 3])
def test_listing_takes_as_many_queries_whatever_its_size(workshop: Workshop, django_assert_num_queries: Any, count: int) -> None:
    make_filled_schedule(workshop, count)
    make_paper(make_workshop("other26"))
    with django_assert_num_queries(8):
        collect_listing(workshop)
    with django_assert_num_queries(5):
        collect_draft_sessions(workshop)


def make_filled_schedule(workshop: Workshop, count: int) -> None:
    """Make sessions with a speaker and a released paper each."""
    for position in range(count):
        session, paper = make_session(workshop, position), make_paper(workshop)
        accept(paper, "oral", is_released=True)
        Slot.objects.create(session=session, paper=paper)
        person = Person.objects.create(workshop=workshop, name=f"Person {position}")
        PersonRole.objects.create(person=person, kind="speaker")
        SessionPart.objects.create(session=session, person=person)
    release_schedule(workshop, by=None)


def test_real_schedules_have_the_conflicts_that_were_published(db: None) -> None:
    assert [conflict.code for conflict in find_schedule_conflicts(publish_edition("syntagen24"))] == []
    found = find_schedule_conflicts(publish_edition("syntagen25"))
    assert [conflict.sentence for conflict in found] == [
        "“Introduction” (8:30, 10 min) lasts until 8:40 and overlaps “Oral presentation” (8:35, 25 min).",
        "“Panel discussion” (11:15, 25 min) has no panelists.",
    ]
