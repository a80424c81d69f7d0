"""What each column tells, and what it keeps to itself."""

import datetime as dt
from typing import Any

import pytest

from papers.models import (
    Attendance,
    Award,
    FieldConflict,
    FileVerdict,
    FileVersion,
    Letter,
    Mailing,
    Paper,
    Presenter,
    ReadMark,
    Remark,
    User,
    Workshop,
)
from papers.paper_table.columns import COLUMNS, DEFAULT_COLUMNS, list_facts
from papers.paper_table.rows import FACTS, Row, read_rows
from papers.sight import Sight, find_sight
from tests.factories import accept, join_workshop, make_paper, make_user
from tests.papers.paper_table.rated_papers import conflict, handle, make_rated, recommend

NOON = dt.datetime(2026, 4, 7, 12, tzinfo=dt.UTC)


@pytest.fixture
def mats(workshop: Workshop) -> User:
    user = make_user("mats@example.org")
    join_workshop(user, workshop)
    return user


@pytest.fixture
def paper(workshop: Workshop, olga: User, mats: User) -> Paper:
    """Make a paper of which every column has something to tell."""
    paper = make_rated(
        workshop,
        "Everything",
        4,
        6,
        7,
        number=12,
        note_id="forum12",
        keywords=["a", "b"],
        topic="Counting",
        submitted_at=NOON,
        changed_upstream_at=NOON,
        wants_proceedings=True,
        has_upstream_camera_ready=True,
        authors=("Ada Author", "Bob Author"),
    )
    paper.authors.filter(position=1).update(institutions=[{"name": "Uni"}, {"name": "Lab"}])
    paper.authors.filter(position=2).update(institutions=[{"name": "Uni"}, {"domain": "nameless.example"}])
    Presenter.objects.create(paper=paper, author=paper.authors.get(position=2), mode="remote", at=NOON)
    Attendance.objects.create(author=paper.authors.get(position=1), at=NOON)
    decision = accept(paper, "oral")
    decision.award = Award.objects.create(workshop=workshop, slug="best", name="Best paper")
    decision.save()
    handle(paper, olga)
    handle(paper, mats)
    recommend(paper, olga, "accept")
    recommend(paper, mats, "reject")
    for at, by in ((NOON, mats), (NOON + dt.timedelta(hours=2), mats), (NOON + dt.timedelta(hours=3), olga)):
        remark = Remark.objects.create(paper=paper, by=by, text="Hm")
        Remark.objects.filter(pk=remark.pk).update(at=at)
    ReadMark.objects.create(paper=paper, user=olga, at=NOON + dt.timedelta(hours=1))
    mailing = Mailing.objects.create(workshop=workshop, name="Accepted", subject="s", body="b")
    for state in ("failed", "sent"):
        Letter.objects.create(mailing=mailing, paper=paper, address=state, subject="s", body="b", message_id=state, state=state)
    return paper


EXPECTED: dict[str, Any] = {
    "number": 12,
    "title": "Everything",
    "track": "Full papers",
    "reviews": 3,
    "scores": ["4", "6", "7"],
    "mean": 5.67,
    "spread": 3,
    "confidence": 4,
    "handlers": ["Olga Organizer", "mats@example.org"],
    "recommendations": "1 accept, 1 reject",
    "discussion": "3, 1 unread",
    "decision": "accept",
    "presentation": "Oral",
    "award": "Best paper",
    "proceedings": "Yes",
    "camera-ready": "received",
    "presenter": "Bob Author, remote, live",
    "attendance": ["Ada Author"],
    "letters": "Accepted: sent",
    "keywords": ["a", "b"],
    "topic": "Counting",
    "institutions": ["Uni", "Lab"],
    "submitted": NOON,
    "changed": NOON,
    "forum": "https://openreview.net/forum?id=forum12",
    "authors": ["Ada Author", "Bob Author"],
    "standing": "Active",
}


def read_row(sight: Sight, paper: Paper) -> Row:
    [row] = read_rows(sight, [paper.pk], FACTS)
    return row


def test_columns_tell_everything(workshop: Workshop, olga: User, paper: Paper) -> None:
    row = read_row(find_sight(workshop, olga), paper)
    assert {name: column.read(row) for name, column in COLUMNS.items()} == EXPECTED
    assert [name for name, column in COLUMNS.items() if column.is_hidden_in(row)] == []


def test_columns_tell_no_judgment_in_conflict(workshop: Workshop, olga: User, paper: Paper) -> None:
    conflict(paper, olga)
    row = read_row(find_sight(workshop, olga), paper)
    hidden = [name for name, column in COLUMNS.items() if column.is_hidden_in(row)]
    assert hidden == [
        *("reviews", "scores", "mean", "spread", "confidence", "handlers", "recommendations", "discussion"),
        *("decision", "presentation", "award", "letters"),
    ]
    assert {name: COLUMNS[name].read(row) for name in hidden} == {
        "reviews": 0,
        "scores": [],
        "mean": None,
        "spread": None,
        "confidence": None,
        "handlers": [],
        "recommendations": "",
        "discussion": "",
        "decision": "undecided",
        "presentation": "",
        "award": "",
        "letters": "",
    }


def test_released_decision_is_told_in_conflict(workshop: Workshop, olga: User) -> None:
    paper = make_paper(workshop)
    accept(paper, "oral", is_released=True)
    conflict(paper, olga)
    row = read_row(find_sight(workshop, olga), paper)
    assert (COLUMNS["decision"].is_hidden_in(row), COLUMNS["presentation"].read(row)) == (False, "Oral")


def test_difference_in_a_judgment_is_not_told_in_conflict(workshop: Workshop, olga: User) -> None:
    paper, other = make_paper(workshop), make_paper(workshop)
    FieldConflict.objects.create(paper=paper, field="decision", base="a", upstream="b", local="c")
    FieldConflict.objects.create(paper=other, field="title", base="a", upstream="b", local="c")
    assert [read_row(find_sight(workshop, olga), one).is_differing for one in (paper, other)] == [True, True]
    for one in (paper, other):
        conflict(one, olga)
    assert [read_row(find_sight(workshop, olga), one).is_differing for one in (paper, other)] == [False, True]


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"track": None}, ""),
        ({"wants_proceedings": None}, "Open"),
        ({"wants_proceedings": False}, "No"),
        ({"wants_proceedings": True}, "Yes"),
    ],
)
def test_proceedings_are_told_as_far_as_known(workshop: Workshop, olga: User, fields: dict[str, Any], expected: str) -> None:
    row = read_row(find_sight(workshop, olga), make_paper(workshop, **fields))
    assert COLUMNS["proceedings"].read(row) == expected


def test_nothing_is_told_where_nothing_is(workshop: Workshop, olga: User) -> None:
    row = read_row(find_sight(workshop, olga), make_paper(workshop, standing="withdrawn", note_id="", authors=()))
    told = {name: COLUMNS[name].read(row) for name in ("decision", "mean", "discussion", "letters", "forum", "authors", "award")}
    assert told == {"decision": "withdrawn", "mean": None, "discussion": "", "letters": "", "forum": "", "authors": [], "award": ""}


def test_rating_that_is_missing_counts_as_a_review_only(workshop: Workshop, olga: User) -> None:
    row = read_row(find_sight(workshop, olga), make_rated(workshop, "Half", None, 6))
    assert (COLUMNS["reviews"].read(row), row.ratings, row.mean) == (2, [6], 6)


def test_rows_keep_the_order_and_leave_out_what_is_gone(workshop: Workshop, olga: User) -> None:
    first, second = make_paper(workshop, title="First"), make_paper(workshop, title="Second")
    rows = read_rows(find_sight(workshop, olga), [second.pk, 0, first.pk], ())
    assert [row.paper.title for row in rows] == ["Second", "First"]


def test_columns_ask_for_what_they_need() -> None:
    assert list_facts(COLUMNS[name] for name in ("mean", "spread", "handlers", "track")) == {"reviews", "handlers"}
    assert set(DEFAULT_COLUMNS) < set(COLUMNS)
    assert {fact for column in COLUMNS.values() for fact in column.needs} <= set(FACTS)


@pytest.mark.parametrize(("said", "expected"), [(None, "received"), (False, "returned"), (True, "approved")])
def test_camera_ready_file_tells_what_became_of_it(workshop: Workshop, olga: User, said: bool | None, expected: str) -> None:
    paper, other = make_paper(workshop, title="Handed in"), make_paper(workshop, title="Not yet")
    for number, link in ((1, "https://old.example"), (2, "https://new.example")):
        version = FileVersion.objects.create(paper=paper, kind="paper", number=number, link=link, at=NOON)
    FileVersion.objects.create(paper=other, kind="paper", number=1, link="https://gone.example", at=NOON, withdrawn_at=NOON)
    if said is not None:
        FileVerdict.objects.create(version=version, is_approved=said, reasons="" if said else "Fonts", at=NOON)
    sight = find_sight(workshop, olga)
    assert [COLUMNS["camera-ready"].read(read_row(sight, one)) for one in (paper, other)] == [expected, ""]
