"""A draft as problems: who is placed, where, what holds."""

import datetime as dt

import pytest

from papers.models import Presenter
from program.filling.asked import FillRequest, Scope
from program.filling.posed import Posed, pose
from program.models import FillRules, Person, PersonAvailability, Session, SessionPart
from program.solver.days.values import Talk
from tests.factories import make_user
from tests.program.filling.drafts import NINE, add_paper, make_conference, play

pytestmark = pytest.mark.django_db
MINUTE = 60


def ask(**asked: object) -> FillRequest:
    return FillRequest(**{"seconds": 1, **asked})  # type: ignore[arg-type]


def find_talk(posed: Posed, name: str) -> Talk:
    return next(talk for talk in [*posed.pose_talks().talks, *posed.pose_posters().talks] if talk.name == name)


def count_minutes(moment: dt.datetime) -> int:
    return int(moment.timestamp()) // MINUTE


def test_talks_go_into_sessions_of_their_kind_and_posters_onto_boards() -> None:
    posed = pose(make_conference(orals=2, posters=2), ask(), by=None)
    talks, posters = posed.pose_talks(), posed.pose_posters()
    assert [(one.uid, one.takes, one.seats, one.boards) for one in talks.sessions] == [
        ("early", frozenset({"oral"}), 100, None),
        ("beside", frozenset({"oral"}), 50, None),
        ("late", frozenset({"oral"}), 100, None),
    ]
    assert [(one.uid, one.boards, one.minutes) for one in posters.sessions] == [("posters", 3, 60)]
    assert [(one.name, one.minutes, one.presentation) for one in talks.talks] == [("Paper 1", 15, "oral"), ("Paper 2", 15, "oral")]
    assert [(one.name, one.presentation) for one in posters.talks] == [("Paper 3", "poster"), ("Paper 4", "poster")]


def test_talks_are_shorter_where_all_would_not_fit() -> None:
    assert find_talk(pose(make_conference(orals=10), ask(), by=None), "Paper 1").minutes == 9


def test_given_minutes_count() -> None:
    workshop = make_conference()
    FillRules.objects.create(workshop=workshop, minutes={"oral": 7})
    assert find_talk(pose(workshop, ask(), by=None), "Paper 1").minutes == 7


def test_who_gives_a_talk_may_hang_a_poster_too() -> None:
    workshop = make_conference(orals=1, posters=1)
    FillRules.objects.create(workshop=workshop, has_posters_too=True)
    assert [one.name for one in pose(workshop, ask(), by=None).pose_posters().talks] == ["Paper 1", "Paper 2"]


def test_only_the_tray_moves_when_asked_so() -> None:
    workshop = make_conference(orals=2, posters=0)
    placed, waiting = workshop.papers.order_by("number")
    play(workshop, {"move": "place-paper", "paper": placed.pk, "session": "late", "minutes": 12})
    [held, free] = pose(workshop, ask(scope=Scope.TRAY), by=None).pose_talks().talks
    assert (held.pinned, held.pinned_place, held.minutes, held.uid[:5]) == ("late", 0, 12, "slot-")
    assert (free.uid, free.pinned) == (str(waiting.pk), "")
    assert [one.pinned for one in pose(workshop, ask(), by=None).pose_talks().talks] == ["", ""]


def test_pinned_papers_stay() -> None:
    workshop = make_conference(orals=1, posters=0)
    paper = workshop.papers.get()
    play(
        workshop,
        {"move": "place-paper", "paper": paper.pk, "session": "early", "uid": "one"},
        {"move": "pin", "item": "one", "is_pinned": True},
    )
    assert [one.pinned for one in pose(workshop, ask(), by=None).pose_talks().talks] == ["early"]


def test_presenters_bring_their_times_parts_and_nights() -> None:
    workshop = make_conference(orals=1, posters=0)
    paper = workshop.papers.get()
    author = paper.authors.get()
    user = make_user("ada@example.org", zone="Asia/Tokyo")
    paper.claims.create(user=user, author=author, ground="organizer")
    Presenter.objects.create(paper=paper, author=author, mode=Presenter.Mode.REMOTE, at=NINE)
    person = Person.objects.create(workshop=workshop, name=author.name.upper())
    PersonAvailability.objects.create(person=person, starts_at=NINE, ends_at=NINE + dt.timedelta(hours=1))
    SessionPart.objects.create(session=Session.objects.get(uid="late"), person=person, kind="chair")
    [talk] = pose(workshop, ask(), by=None).pose_talks().talks
    start = count_minutes(NINE)
    assert talk.presenters == frozenset({"oral 0 author"})
    assert talk.away == ((0, start), (start + 60, 10**9))
    assert talk.busy == (("late", (start + 60, start + 90)),)
    # nine in Los Angeles is one at night in Tokyo
    assert any(begin <= start and start + 60 <= end for begin, end in talk.night)


def test_wishes_say_who_comes_where_and_before_whom() -> None:
    workshop = make_conference(orals=2, posters=0)
    first, second = workshop.papers.order_by("number")
    FillRules.objects.create(workshop=workshop, wishes=f"{first.number}, 80, late, {second.number}")
    problem = pose(workshop, ask(), by=None).pose_talks()
    assert [(one.popularity, one.wishes) for one in problem.talks] == [(80, frozenset({"late"})), (0, frozenset())]
    assert problem.order == ((str(first.pk), str(second.pk)),)


def test_sessions_without_a_time_take_nobody() -> None:
    workshop = make_conference(orals=1, posters=0)
    play(workshop, {"move": "place-session", "session": "early", "starts": ""})
    assert [one.uid for one in pose(workshop, ask(), by=None).pose_talks().sessions] == ["beside", "late"]


def test_papers_alike_are_seen_so() -> None:
    workshop = make_conference(orals=0, posters=0)
    for title in ("Diffusion of faces", "Faces by diffusion", "Robots"):
        add_paper(workshop, title, "oral")
    alike = pose(workshop, ask(), by=None).pose_talks().alike
    assert (alike[0, 1] > 50, alike[0, 2]) == (True, 0)
