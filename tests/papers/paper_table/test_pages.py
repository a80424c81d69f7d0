"""Order, groups and pages of the paper table, with what they must not tell."""

import datetime as dt

import pytest

from papers.models import Letter, LetterTemplate, Mailing, Paper, Remark, User, Workshop
from papers.paper_table import pages
from papers.paper_table.pages import read_page
from papers.paper_table.states import read_state
from papers.querysets.table_orders import GROUPS, ORDERS
from papers.search import SearchMistake
from papers.sight import find_sight
from tests.factories import accept, join_workshop, make_paper, make_user, reject
from tests.papers.paper_table.rated_papers import conflict, handle, list_groups, list_titles, make_rated, recommend, review

NOON = dt.datetime(2026, 4, 7, 12, tzinfo=dt.UTC)


@pytest.fixture
def mats(workshop: Workshop) -> User:
    user = make_user("mats@example.org", name="Mats Member")
    join_workshop(user, workshop)
    return user


@pytest.fixture
def papers(workshop: Workshop, olga: User, mats: User) -> dict[str, Paper]:
    """Make three papers that differ in everything that the table can be ordered by; A comes first wherever order falls."""
    made = {
        "C": make_rated(workshop, "C", 2, 3, number=1, note_id="note1", submitted_at=NOON, changed_upstream_at=NOON),
        "B": make_rated(workshop, "B", 4, 5, 6, number=2, note_id="note2", track=workshop.tracks.get(slug="short")),
        "A": make_rated(workshop, "A", number=3, note_id="note3", track=None),
    }
    review(made["A"], 5, 6, 7, 9, confidence=5)
    Paper.objects.filter(pk=made["A"].pk).update(
        submitted_at=NOON + dt.timedelta(days=2), changed_upstream_at=NOON + dt.timedelta(days=2), has_upstream_camera_ready=True
    )
    Paper.objects.filter(pk=made["B"].pk).update(submitted_at=NOON + dt.timedelta(days=1), changed_upstream_at=NOON + dt.timedelta(days=1))
    accept(made["A"], "poster")
    accept(made["B"], "oral")
    handle(made["A"], olga)
    handle(made["B"], mats)
    recommend(made["A"], olga, "accept")
    recommend(made["B"], olga, "accept")
    recommend(made["B"], mats, "reject")
    recommend(made["C"], mats, "reject")
    for _ in range(2):
        Remark.objects.create(paper=made["A"], by=mats, text="Good")
    Remark.objects.create(paper=made["B"], by=mats, text="Hm")
    Remark.objects.create(paper=made["C"], by=mats, text="Withdrawn", withdrawn_at=NOON)
    return made


@pytest.mark.parametrize(
    ("sort", "expected"),
    [
        ("number", "CBA"),
        ("-number", "ABC"),
        ("title", "ABC"),
        ("track", "CBA"),
        ("-track", "BCA"),
        ("reviews", "CBA"),
        ("mean", "CBA"),
        ("-mean", "ABC"),
        ("spread", "CBA"),
        ("-confidence", "ACB"),
        ("-confidence,-number", "ABC"),
        ("handlers", "BAC"),
        ("-recommendations", "ABC"),
        ("-discussion", "ABC"),
        ("decision,-number", "ABC"),
        ("presentation", "BAC"),
        ("award", "CBA"),
        ("proceedings", "CBA"),
        ("-camera-ready", "ACB"),
        ("submitted", "CBA"),
        ("-changed", "ABC"),
        ("forum", "CBA"),
        ("letters", "CBA"),
    ],
)
def test_table_is_sorted(workshop: Workshop, olga: User, papers: dict[str, Paper], sort: str, expected: str) -> None:
    assert "".join(list_titles(workshop, olga, sort=sort)) == expected


def test_table_is_sorted_by_the_last_letter(workshop: Workshop, olga: User, papers: dict[str, Paper]) -> None:
    template = LetterTemplate.objects.create(workshop=workshop, name="Accept", subject="s", body="b")
    mailing = Mailing.objects.create(workshop=workshop, template=template, name="Accept", subject="s", body="b")
    for title, days in (("A", 2), ("B", 1)):
        Letter.objects.create(
            mailing=mailing,
            paper=papers[title],
            address=f"{title}@x",
            subject="s",
            body="b",
            message_id=title,
            sent_at=NOON + dt.timedelta(days),
        )
    assert list_titles(workshop, olga, sort="-letters") == ["A", "B", "C"]


def test_empty_values_come_last_both_ways(workshop: Workshop, olga: User) -> None:
    make_rated(workshop, "Unrated")
    make_rated(workshop, "Rated", 5)
    assert list_titles(workshop, olga, sort="mean") == list_titles(workshop, olga, sort="-mean") == ["Rated", "Unrated"]


def test_only_live_reviews_count(workshop: Workshop, olga: User) -> None:
    paper = make_rated(workshop, "One", 5)
    review(paper, 9, gone_at=NOON)
    review(paper, 9, kind="meta-review")
    make_rated(workshop, "Two", 6)
    assert list_titles(workshop, olga, sort="-mean") == ["Two", "One"]
    assert [row.ratings for row in (line.row for line in read_page(find_sight(workshop, olga), read_state({})).lines)] == [[5], [6]]


@pytest.mark.parametrize("sort", [name for name, (_, secret) in ORDERS.items() if secret])
@pytest.mark.parametrize("sign", ["", "-"])
def test_order_tells_no_hidden_judgment(workshop: Workshop, olga: User, papers: dict[str, Paper], sort: str, sign: str) -> None:
    for paper in papers.values():
        conflict(paper, olga)
    assert list_titles(workshop, olga, sort=f"{sign}{sort}") == ["C", "B", "A"]


def test_order_puts_a_hidden_judgment_last(workshop: Workshop, olga: User, mats: User, papers: dict[str, Paper]) -> None:
    conflict(papers["A"], olga)
    assert list_titles(workshop, olga, sort="-mean") == ["B", "C", "A"]
    assert list_titles(workshop, mats, sort="-mean") == ["A", "B", "C"]


def test_order_tells_a_released_decision_despite_a_conflict(workshop: Workshop, olga: User) -> None:
    first, second = make_paper(workshop, title="First"), make_paper(workshop, title="Second")
    accept(second, "oral", is_released=True)
    for paper in (first, second):
        conflict(paper, olga)
    assert list_titles(workshop, olga, sort="presentation") == ["Second", "First"]


@pytest.mark.parametrize(
    ("group", "expected"),
    [
        ("track", [("Full papers", 1), "C", ("Short papers", 1), "B", ("No track", 1), "A"]),
        ("decision", [("Undecided", 1), "C", ("Accepted", 2), "B", "A"]),
        ("handler", [("Mats Member", 1), "B", ("Olga Organizer", 1), "A", ("Handled by nobody", 1), "C"]),
        ("presentation", [("Oral", 1), "B", ("Poster", 1), "A", ("No presentation", 1), "C"]),
        ("recommendation", [("Accept recommended", 1), "A", ("Reject recommended", 1), "C", ("Recommendations differ", 1), "B"]),
    ],
)
def test_table_is_grouped(
    workshop: Workshop, olga: User, papers: dict[str, Paper], group: str, expected: list[tuple[str, int] | str]
) -> None:
    assert list_groups(workshop, olga, group) == expected


def test_groups_of_decisions_name_what_is_gone(workshop: Workshop, olga: User) -> None:
    make_paper(workshop, title="Gone", standing="withdrawn")
    reject(make_paper(workshop, title="Out"))
    make_paper(workshop, title="Open")
    assert list_groups(workshop, olga, "decision") == [("Undecided", 1), "Open", ("Rejected", 1), "Out", ("Withdrawn", 1), "Gone"]


@pytest.mark.parametrize("group", [name for name in GROUPS if name != "track"])
def test_groups_tell_no_hidden_judgment(workshop: Workshop, olga: User, papers: dict[str, Paper], group: str) -> None:
    for paper in papers.values():
        conflict(paper, olga)
    labels = {
        "decision": "Undecided",
        "handler": "Handled by nobody",
        "presentation": "No presentation",
        "recommendation": "Nothing recommended",
    }
    assert list_groups(workshop, olga, group) == [(labels[group], 3), "C", "B", "A"]


def test_group_that_goes_on_has_no_second_heading(workshop: Workshop, olga: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pages, "PAGE_LENGTH", 2)
    for title in ("One", "Two", "Three"):
        make_paper(workshop, title=title)
    make_paper(workshop, title="Four", track=None)
    page = read_page(find_sight(workshop, olga), read_state({"group": "track"}), "2")
    assert [(line.row.paper.title, line.heading.label if line.heading else "") for line in page.lines] == [
        ("Three", ""),
        ("Four", "No track"),
    ]
    assert (page.found_count, page.page.number) == (4, 2)


def test_search_that_cannot_be_read_is_a_mistake(workshop: Workshop, olga: User) -> None:
    with pytest.raises(SearchMistake):
        read_page(find_sight(workshop, olga), read_state({"q": "(dec:none"}))
