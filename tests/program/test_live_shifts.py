"""The rest of a day shifted while it runs."""

import datetime as dt

import pytest

from papers.errors import Refusal, Refusals
from papers.models import User, Workshop
from program.live_shifts import preview_shift, shift_and_publish
from program.models import Day, ScheduleVersion, Session
from program.moves.bulk_moves import Shift
from tests.factories import join_workshop, make_user, make_workshop
from tests.program.programs import START, add_session, make_program

pytestmark = pytest.mark.django_db
SHIFT = Shift(session="s2", minutes=15)


@pytest.fixture
def olga() -> User:
    return make_user("olga@example.org")


@pytest.fixture
def workshop(olga: User) -> Workshop:
    workshop = make_workshop("things26")
    join_workshop(olga, workshop)
    make_program(workshop, olga)
    return workshop


def list_starts(workshop: Workshop) -> list[int]:
    starts = workshop.sessions.order_by("position").values_list("starts_at", flat=True)
    return [int((start - START).total_seconds()) // 60 for start in starts if start]


def test_preview_says_what_moves_and_moves_nothing(workshop: Workshop, olga: User) -> None:
    Session.objects.filter(uid="s3").update(is_pinned=True)
    preview = preview_shift(workshop, SHIFT, by=olga)
    assert (preview.moved, preview.stayed) == ((("“Session 2”", "9:30", "9:45"),), ("“Session 3” is pinned and stays at 10:00.",))
    assert [conflict.code for conflict in preview.conflicts] == ["overlap"]
    assert list_starts(workshop) == [0, 30, 60]


def test_preview_says_what_else_goes_out(workshop: Workshop, olga: User) -> None:
    assert preview_shift(workshop, SHIFT, by=olga).also == ()
    add_session(workshop, 300, title="Party")
    assert [change.uids for change in preview_shift(workshop, SHIFT, by=olga).also] == [("s4",)]


def test_shift_moves_and_publishes(workshop: Workshop, olga: User) -> None:
    version = shift_and_publish(workshop, SHIFT, by=olga, note="The projector broke.", seen_edit=0)
    assert (version.number, version.note, version.edit, list_starts(workshop)) == (2, "The projector broke.", 1, [0, 45, 75])


def test_note_is_what_was_done_where_nothing_was_written(workshop: Workshop, olga: User) -> None:
    assert shift_and_publish(workshop, SHIFT, by=olga).note == "Shifted 2 sessions from “Session 2” on by 15 min: later."


def test_edit_in_the_meantime_is_refused(workshop: Workshop, olga: User) -> None:
    shift_and_publish(workshop, SHIFT, by=olga)
    with pytest.raises(Refusal, match="was edited since you looked"):
        shift_and_publish(workshop, SHIFT, by=olga, seen_edit=0)
    assert list_starts(workshop) == [0, 45, 75]


def test_nothing_is_published_where_all_is_pinned(workshop: Workshop, olga: User) -> None:
    Session.objects.update(is_pinned=True)
    with pytest.raises(Refusal, match=r"^Nothing was shifted\. “Session 2” is pinned and stays at 9:30\. “Session 3” is pinned"):
        shift_and_publish(workshop, SHIFT, by=olga)
    assert ScheduleVersion.objects.count() == 1


def test_hard_conflicts_undo_the_shift_unless_they_are_wanted(workshop: Workshop, olga: User) -> None:
    ends_at = START + dt.timedelta(minutes=90)
    Day.objects.create(workshop=workshop, on=dt.date(2026, 6, 17), starts_at=START, ends_at=ends_at)
    with pytest.raises(Refusals):
        shift_and_publish(workshop, SHIFT, by=olga)
    assert list_starts(workshop) == [0, 30, 60]
    assert shift_and_publish(workshop, SHIFT, by=olga, despite_conflicts=True).number == 2
