"""Two who publish at the same moment: one version each or one refused, numbers without gaps, nothing lost."""

import pytest

from papers.errors import Refusal
from papers.models import Letter, User, Workshop
from program.models import ScheduleVersion, Session
from program.moves import parse_moves
from program.scheduling import apply_moves, list_rows
from program.versions import preview_publication, publish_schedule
from tests.factories import join_workshop, make_user, make_workshop
from tests.papers.test_decisions_together import run_together

pytestmark = pytest.mark.django_db(transaction=True)
ROUNDS = 4


@pytest.fixture
def desk(transactional_db: None) -> Workshop:
    workshop = make_workshop("together26")
    Session.objects.create(workshop=workshop, uid="only", position=1, title="Only")
    return workshop


@pytest.fixture
def pair(desk: Workshop) -> list[User]:
    users = [make_user(f"{name.lower()}@example.org", name=name) for name in ("Olga", "Otto")]
    for user in users:
        join_workshop(user, desk)
    return users


def rename(workshop: Workshop, title: str) -> None:
    apply_moves(workshop, parse_moves([{"move": "edit-session", "session": "only", "title": title}], zone=workshop.zone), by=None)


def test_of_two_publishers_one_wins(desk: Workshop, pair: list[User]) -> None:
    olga, otto = pair
    for number in range(1, ROUNDS + 1):
        rename(desk, f"Title {number}")
        given = run_together(
            lambda: publish_schedule(desk, by=olga, writes_letters=True), lambda: publish_schedule(desk, by=otto, writes_letters=True)
        )
        (version,) = [one for one in given if isinstance(one, ScheduleVersion)]
        (refusal,) = [one for one in given if isinstance(one, Refusal)]
        assert (version.number, version.rows) == (number, list_rows(desk))
        assert refusal.sentence.endswith(f"since version {number}, so nothing was published.")
    assert list(desk.schedule_versions.order_by("number").values_list("number", flat=True)) == list(range(1, ROUNDS + 1))
    assert desk.history.filter(field="schedule", action__in=["released", "published"]).count() == ROUNDS
    assert Letter.objects.count() == 0


def test_publisher_and_editor_at_once_lose_nothing(desk: Workshop, pair: list[User]) -> None:
    olga, _ = pair
    publish_schedule(desk, by=olga)
    for number in range(ROUNDS):
        rename(desk, f"Title {number}")
        seen = preview_publication(desk, by=olga).edit
        given = run_together(
            lambda seen=seen: publish_schedule(desk, by=olga, seen_edit=seen),  # type: ignore[misc]
            lambda number=number: rename(desk, f"Later {number}"),  # type: ignore[misc]
        )
        assert [row["title"] for row in list_rows(desk)] == [f"Later {number}"]
        if isinstance(given[0], ScheduleVersion):
            assert [row["title"] for row in given[0].rows] == [f"Title {number}"]
        else:
            assert "was edited since you looked" in str(given[0])
