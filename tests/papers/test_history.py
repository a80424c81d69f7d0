"""What was changed, as far as each person may know."""

import pytest

from papers.history import record_change
from papers.models import Batch, BatchRow, ConflictOfInterest, HistoryLine, User, Workshop
from papers.sight import Sight, find_sight
from tests.factories import join_workshop, make_paper, make_user


@pytest.fixture
def connie(workshop: Workshop) -> User:
    return make_user("connie@example.org", name="Connie Conflicted")


def list_actions(workshop: Workshop, user: User | None) -> list[str]:
    return [line.action for line in HistoryLine.objects.filter(workshop=workshop).seen_by(find_sight(workshop, user)).order_by("pk")]


def test_judgments_of_hidden_papers_are_left_out(workshop: Workshop, olga: User, connie: User) -> None:
    member = join_workshop(connie, workshop)
    hidden, open_paper = make_paper(workshop), make_paper(workshop)
    ConflictOfInterest.objects.create(paper=hidden, member=member, ground="declared")
    for paper, name in ((hidden, "hidden"), (open_paper, "open")):
        for field in ("decision", "recommendation", "remark", "handling", "reviews", "conflict of interest", "whatever comes", "title"):
            record_change(workshop, f"{name} {field}", by=olga, paper=paper, field=field)
    record_change(workshop, "workshop wide", by=olga, field="decisions")
    open_lines = [
        "open decision",
        "open recommendation",
        "open remark",
        "open handling",
        "open reviews",
        "open conflict of interest",
        "open whatever comes",
        "open title",
        "workshop wide",
    ]
    assert list_actions(workshop, connie) == ["hidden title", *open_lines]
    assert len(list_actions(workshop, olga)) == 17


def test_lines_of_a_batch_with_a_hidden_paper_are_left_out(workshop: Workshop, olga: User, connie: User) -> None:
    member = join_workshop(connie, workshop)
    hidden, open_paper = make_paper(workshop), make_paper(workshop)
    ConflictOfInterest.objects.create(paper=hidden, member=member, ground="coauthor")
    for name, papers in (("both", (hidden, open_paper)), ("harmless", (open_paper,))):
        batch = Batch.objects.create(workshop=workshop, kind="decisions", title=name, by=olga)
        BatchRow.objects.bulk_create(BatchRow(batch=batch, paper=paper) for paper in papers)
        HistoryLine.objects.create(workshop=workshop, batch=batch, by=olga, action=name, field="decisions")
        HistoryLine.objects.create(workshop=workshop, batch=batch, paper=open_paper, by=olga, action=f"{name} row", field="decision")
    assert list_actions(workshop, connie) == ["both row", "harmless", "harmless row"]
    assert list_actions(workshop, olga) == ["both", "both row", "harmless", "harmless row"]


def test_nobody_outside_sees_history(workshop: Workshop, olga: User, eve: User) -> None:
    record_change(workshop, "decided", by=olga, paper=make_paper(workshop), field="title")
    assert (list_actions(workshop, eve), list_actions(workshop, None)) == ([], [])
    assert list(HistoryLine.objects.seen_by(Sight(workshop))) == []


def test_dismissed_conflicts_hide_nothing(workshop: Workshop, olga: User, connie: User) -> None:
    member = join_workshop(connie, workshop)
    paper = make_paper(workshop)
    moment = workshop.created_at
    ConflictOfInterest.objects.create(paper=paper, member=member, ground="domain", dismissed_at=moment, dismissed_by=olga, dismissal="no")
    record_change(workshop, "decided", by=olga, paper=paper, field="decision")
    assert list_actions(workshop, connie) == ["decided"]
