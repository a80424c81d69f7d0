"""What authors say of themselves: each way it is kept, each refusal."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest

from papers.attendance import choose_proceedings, confirm_attendance, find_proceedings_choice, name_presenter, withdraw_attendance
from papers.errors import Refusal
from papers.metadata import confirm_metadata, digest_metadata
from papers.models import Attendance, HistoryLine, ImportantDate, Paper, Presenter, User, Workshop
from tests.factories import accept, make_paper
from tests.papers.handed_in import make_owing_paper

Act = Callable[[Paper, User], Any]
STEPS = ("named presenter", "confirmed attendance", "withdrew attendance")
SPEECHES: list[Act] = [
    lambda paper, by: name_presenter(paper, author=paper.authors.get(position=1), mode="remote", by=by),
    lambda paper, by: confirm_attendance(paper, author=paper.authors.get(position=1), by=by),
    lambda paper, by: withdraw_attendance(paper, author=paper.authors.get(position=1), by=by),
    lambda paper, by: choose_proceedings(paper, is_in=True, by=by),
    lambda paper, by: confirm_metadata(paper, digest=digest_metadata(paper), by=by),
]


@pytest.fixture
def paper(workshop: Workshop, ada: User, olga: User) -> Paper:
    return make_owing_paper(workshop, ada, by=olga, number=7, authors=("Ada Author", "Bob Builder"))


def tell(paper: Paper) -> list[tuple[str, Any, Any, User | None]]:
    lines = HistoryLine.objects.filter(paper=paper, action__in=STEPS).order_by("pk").select_related("by")
    return [(line.action, line.before, line.after, line.by) for line in lines]


def test_presenter_is_named_and_changed(paper: Paper, ada: User) -> None:
    first, second = paper.authors.order_by("position")
    name_presenter(paper, author=first, mode="in-person", by=ada)
    name_presenter(paper, author=first, mode="in-person", by=ada)
    name_presenter(paper, author=second, mode="recorded", by=ada)
    held = Presenter.objects.get(paper=paper)
    assert (held.author, held.mode, held.by) == (second, "recorded", ada)
    before, after = {"name": "Ada Author, in person"}, {"name": "Bob Builder, pre-recorded"}
    assert tell(paper) == [("named presenter", None, before, ada), ("named presenter", before, after, ada)]


def test_attendance_is_confirmed_once_and_withdrawn_once(paper: Paper, ada: User) -> None:
    author = paper.authors.get(position=2)
    confirm_attendance(paper, author=author, by=ada)
    confirm_attendance(paper, author=author, by=ada)
    assert [(one.author, one.by) for one in Attendance.objects.all()] == [(author, ada)]
    withdraw_attendance(paper, author=author, by=ada)
    with pytest.raises(Refusal, match=r"^Nobody has said that Bob Builder comes\.$"):
        withdraw_attendance(paper, author=author, by=ada)
    assert tell(paper) == [("confirmed attendance", None, "Bob Builder", ada), ("withdrew attendance", "Bob Builder", None, ada)]


def test_choice_of_proceedings_is_on_record(paper: Paper, ada: User) -> None:
    assert find_proceedings_choice(paper) is None
    assert [choose_proceedings(paper, is_in=True, by=ada), choose_proceedings(paper, is_in=True, by=ada)] == [True, False]
    paper.refresh_from_db()
    line = find_proceedings_choice(paper)
    assert paper.wants_proceedings is True
    assert line is not None
    assert (line.by, line.before, line.after) == (ada, None, True)


def test_track_without_choice_refuses_one(workshop: Workshop, paper: Paper, ada: User) -> None:
    Paper.objects.filter(pk=paper.pk).update(track=workshop.tracks.get(slug="short"))
    with pytest.raises(Refusal, match=r"^The track of this paper leaves no choice about the proceedings\.$"):
        choose_proceedings(Paper.objects.get(pk=paper.pk), is_in=True, by=ada)


def test_choice_ends_with_its_date(workshop: Workshop, paper: Paper, ada: User) -> None:
    due = dt.datetime(2026, 4, 9, 6, 59, tzinfo=dt.UTC)
    ImportantDate.objects.create(workshop=workshop, kind="metadata", name="Metadata", at=due)
    with pytest.raises(Refusal, match=r"^The choice about the proceedings was due Apr 8, 2026, 11:59 PM PDT\. Write to the organizers\.$"):
        choose_proceedings(paper, is_in=True, by=ada)
    paper.refresh_from_db()
    assert paper.wants_proceedings is None


@pytest.mark.parametrize("speak", SPEECHES)
def test_only_its_authors_speak(paper: Paper, eve: User, olga: User, speak: Act) -> None:
    for user in (eve, olga):
        with pytest.raises(Refusal, match=r"^Only its authors speak for paper 7\.$"):
            speak(paper, user)
    assert tell(paper) == []


@pytest.mark.parametrize("speak", SPEECHES)
def test_unreleased_acceptance_asks_nothing_of_anybody(paper: Paper, ada: User, speak: Act) -> None:
    paper.decision.released_at = None
    paper.decision.save()
    with pytest.raises(Refusal, match=r"^Paper 7 owes nothing: authors are asked once a paper is accepted and they know\.$"):
        speak(Paper.objects.get(pk=paper.pk), ada)
    assert tell(paper) == []


@pytest.mark.parametrize("act", [confirm_attendance, withdraw_attendance])
def test_author_of_another_paper_is_refused(workshop: Workshop, paper: Paper, ada: User, act: Callable[..., Any]) -> None:
    other = make_paper(workshop, authors=("Eve Elsewhere",))
    accept(other, is_released=True)
    with pytest.raises(Refusal, match=r"^Eve Elsewhere is not an author of paper 7\.$"):
        act(paper, author=other.authors.get(), by=ada)
    with pytest.raises(Refusal, match=r"^Eve Elsewhere is not an author of paper 7\.$"):
        name_presenter(paper, author=other.authors.get(), mode="remote", by=ada)
