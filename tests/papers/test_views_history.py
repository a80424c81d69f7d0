"""The pages and files of the history."""

import csv
import datetime as dt
import io
import json
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.html import strip_tags

from papers.decisions import decide_paper
from papers.history import record_change
from papers.history_pages import MOST_COUNTED, PAGE_LENGTH
from papers.models import Batch, BatchRow, ConflictOfInterest, HistoryLine, Paper, User, Workshop
from tests.factories import join_workshop, make_paper, make_user

MOMENT = dt.datetime(2026, 3, 10, 12, tzinfo=dt.UTC)


def visit(user: User, workshop: Workshop, asked: str = "", paper: Paper | None = None) -> Any:
    client = Client()
    client.force_login(user)
    address = reverse("paper-history", args=[workshop.slug, paper.pk]) if paper else reverse("workshop-history", args=[workshop.slug])
    return client.get(address + asked)


def read_text(response: Any) -> str:
    """Return the words of a page."""
    return " ".join(strip_tags(response.content.decode()).split())


def list_shown(response: Any) -> list[str]:
    """Return action and field of what a page shows, in its order."""
    return [f"{told.line.action} {told.line.field}" for told in response.context["page"].lines]


def export(user: User, workshop: Workshop, name: str, asked: str = "") -> bytes:
    client = Client()
    client.force_login(user)
    response = client.get(reverse("export-history", args=[workshop.slug, name]) + asked)
    assert response.status_code == 200
    return b"".join(response.streaming_content)  # type: ignore[attr-defined]


@pytest.fixture
def lines(workshop: Workshop, olga: User) -> list[HistoryLine]:
    """Five changes, an hour apart, the oldest first."""
    paper, other = make_paper(workshop, number=7, title="Synthetic Öfen"), make_paper(workshop, number=8, title="=Formula")
    made = [
        record_change(workshop, "invited", by=olga, field="member", after={"email": "new@example.org", "role": "assistant"}),
        record_change(workshop, "corrected", by=olga, paper=paper, field="title", before="Synthetic Oven", after="Synthetic Öfen"),
        record_change(workshop, "updated", by=None, actor="import 3", paper=other, field="abstract", before="old", after="new"),
        record_change(
            workshop,
            "decided",
            by=olga,
            paper=paper,
            field="decision",
            after={"outcome": "accept", "presentation": "oral", "comment": "ok"},
        ),
        record_change(workshop, "released", by=olga, field="decisions", after=1, note="all at once"),
    ]
    for hours, line in enumerate(made):
        HistoryLine.objects.filter(pk=line.pk).update(at=MOMENT + dt.timedelta(hours=hours))
    return made


def test_newest_change_comes_first(lines: list[HistoryLine], workshop: Workshop, olga: User) -> None:
    response = visit(olga, workshop)
    assert list_shown(response) == ["released decisions", "decided decision", "updated abstract", "corrected title", "invited member"]
    text = read_text(response)
    assert "5 changes" in text
    assert "Accept, Oral" in text
    assert "comment: ok" in text


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ("words=oral", ["decided decision"]),
        ("words=ÖFEN+synthetic", ["decided decision", "corrected title"]),
        ("words=öfen", ["decided decision", "corrected title"]),
        ("words=once", ["released decisions"]),
        ("words=olga+invited", ["invited member"]),
        ("words=import", ["updated abstract"]),
        ("words=nowhere", []),
        ("q=synthetic", ["decided decision", "corrected title"]),
        ("q=dec:accept", []),
        ("paper=8", ["updated abstract"]),
        ("paper=9", []),
        ("person=nobody", ["updated abstract"]),
        ("action=decided", ["decided decision"]),
        ("field=title&action=corrected", ["corrected title"]),
        ("since=2026-03-11", []),
        (
            "since=2026-03-10&until=2026-03-10",
            ["released decisions", "decided decision", "updated abstract", "corrected title", "invited member"],
        ),
        ("until=2026-03-09", []),
    ],
)
def test_changes_are_found(lines: list[HistoryLine], workshop: Workshop, olga: User, asked: str, expected: list[str]) -> None:
    assert list_shown(visit(olga, workshop, f"?{asked}")) == expected


def test_days_are_those_of_the_workshop(lines: list[HistoryLine], workshop: Workshop, olga: User) -> None:
    HistoryLine.objects.filter(pk=lines[0].pk).update(at=dt.datetime(2026, 3, 11, 5, tzinfo=dt.UTC))  # March 10 in Los Angeles
    assert list_shown(visit(olga, workshop, "?since=2026-03-10&until=2026-03-10"))[0] == "invited member"
    assert list_shown(visit(olga, workshop, "?since=2026-03-11")) == []


def test_person_is_chosen_by_name(lines: list[HistoryLine], workshop: Workshop, olga: User) -> None:
    response = visit(olga, workshop, f"?person={olga.pk}")
    assert list_shown(response) == ["released decisions", "decided decision", "corrected title", "invited member"]
    assert response.context["form"].fields["person"].choices == [
        ("", "Anybody"),
        (str(olga.pk), "Olga Organizer"),
        ("nobody", "Imports and commands"),
    ]


def test_chips_drop_one_question_each(lines: list[HistoryLine], workshop: Workshop, olga: User) -> None:
    form = visit(olga, workshop, "?words=oral&action=decided&paper=").context["form"]
    assert [(chip.label, chip.text, chip.without) for chip in form.chips] == [
        ("Words", "oral", "action=decided"),
        ("Change", "Decided", "words=oral"),
    ]


@pytest.mark.parametrize(
    ("asked", "label"),
    [("since=yesterday", "Since:"), ("person=1234567", "By:"), ("paper=x", "Paper number:"), ("q=rating>", "“rating&gt;” needs a value")],
)
def test_malformed_question_is_named(lines: list[HistoryLine], workshop: Workshop, olga: User, asked: str, label: str) -> None:
    response = visit(olga, workshop, f"?{asked}")
    assert response.status_code == 422
    assert label in read_text(response)
    client = Client()
    client.force_login(olga)
    refused = client.get(reverse("export-history", args=[workshop.slug, "csv"]) + f"?{asked}", HTTP_HX_REQUEST="true")
    assert refused.status_code == 409


def test_pages_follow_each_other_without_gap(workshop: Workshop, olga: User) -> None:
    total = 2 * PAGE_LENGTH + 7
    made = HistoryLine.objects.bulk_create(HistoryLine(workshop=workshop, by=olga, action=f"step {number}") for number in range(total))
    HistoryLine.objects.filter(pk__in=[line.pk for line in made[:70]]).update(at=MOMENT)  # one moment for many
    seen, asked, pages = list[int](), "", 0
    while True:
        page = visit(olga, workshop, asked).context["page"]
        seen += [told.line.pk for told in page.lines]
        pages += 1
        if page.older is None:
            break
        asked = f"?older={page.older}"
    assert (pages, len(seen), len(set(seen))) == (3, total, total)
    assert set(seen[-70:]) == {line.pk for line in made[:70]}
    back = visit(olga, workshop, f"?newer={page.newer}").context["page"]
    assert [told.line.pk for told in back.lines] == seen[PAGE_LENGTH : 2 * PAGE_LENGTH]
    top = visit(olga, workshop, f"?newer={back.newer}").context["page"]
    assert ([told.line.pk for told in top.lines], top.newer) == (seen[:PAGE_LENGTH], None)


@pytest.mark.parametrize("asked", ["?older=999999999", "?older=x", "?newer=²", "?older=99999999999999999999"])
def test_odd_edges_show_the_newest(lines: list[HistoryLine], workshop: Workshop, olga: User, asked: str) -> None:
    assert len(list_shown(visit(olga, workshop, asked))) == 5


def test_count_ends_somewhere(workshop: Workshop, olga: User) -> None:
    HistoryLine.objects.bulk_create(HistoryLine(workshop=workshop, by=olga, action="step") for _ in range(MOST_COUNTED + 1))
    page = visit(olga, workshop).context["page"]
    assert (page.count, page.has_more) == (MOST_COUNTED, True)


@pytest.mark.parametrize("count", [1, 3])
def test_history_asks_as_often_for_many_lines(count: int, workshop: Workshop, olga: User, django_assert_num_queries: Any) -> None:
    batch = Batch.objects.create(workshop=workshop, kind="decisions", title="Two papers", paper_count=count, by=olga)
    for _ in range(count):
        record_change(workshop, "decided", by=olga, paper=make_paper(workshop), field="decision", batch=batch)
    client = Client()
    client.force_login(olga)
    with django_assert_num_queries(11):
        client.get(reverse("workshop-history", args=[workshop.slug]))


def test_acts_are_linked_and_named(workshop: Workshop, olga: User) -> None:
    paper = make_paper(workshop)
    batch = Batch.objects.create(workshop=workshop, kind="decisions", title="Rejected 2 papers", paper_count=2, by=olga)
    record_change(workshop, "decided", by=olga, paper=paper, field="decision", batch=batch)
    record_change(workshop, "corrected", by=olga, paper=paper, field="title")
    assert list_shown(visit(olga, workshop, f"?batch={batch.pk}")) == ["decided decision"]
    content = visit(olga, workshop).content.decode()
    assert "Rejected 2 papers" in content
    undo = reverse("batch-undo", args=[workshop.slug, batch.pk])
    assert undo in content
    Batch.objects.filter(pk=batch.pk).update(undone_at=MOMENT)
    assert undo not in visit(olga, workshop).content.decode()
    assert "· undone" in visit(olga, workshop).content.decode()


def test_act_with_a_hidden_paper_is_not_named(workshop: Workshop, olga: User) -> None:
    connie = make_user("connie@example.org")
    member = join_workshop(connie, workshop)
    hidden, paper = make_paper(workshop), make_paper(workshop)
    ConflictOfInterest.objects.create(paper=hidden, member=member, ground="declared")
    batch = Batch.objects.create(workshop=workshop, kind="decisions", title="Rejected the secret one", paper_count=2, by=olga)
    BatchRow.objects.bulk_create(BatchRow(batch=batch, paper=one) for one in (hidden, paper))
    for one in (hidden, paper):
        record_change(workshop, "decided", by=olga, paper=one, field="decision", after={"outcome": "reject"}, batch=batch)
    response = visit(connie, workshop)
    assert list_shown(response) == ["decided decision"]
    assert "Rejected the secret one" not in response.content.decode()
    assert "one act on 2 papers" in response.content.decode()
    assert "Rejected the secret one" in visit(olga, workshop).content.decode()
    page = visit(connie, workshop, paper=hidden)
    assert (list_shown(page), "You have a conflict of interest" in page.content.decode()) == ([], True)


def test_choices_tell_nothing_of_hidden_judgments(workshop: Workshop, olga: User) -> None:
    connie, secret = make_user("connie@example.org"), make_user("secret@example.org", name="Secret Judge")
    member = join_workshop(connie, workshop)
    hidden = make_paper(workshop)
    ConflictOfInterest.objects.create(paper=hidden, member=member, ground="declared")
    record_change(workshop, "recommended", by=secret, paper=hidden, field="recommendation", after={"outcome": "reject"})
    assert "Secret Judge" in visit(olga, workshop).content.decode()
    for asked in ("", "?words=reject", "?action=recommended", f"?person={secret.pk}", "?field=recommendation"):
        content = visit(connie, workshop, asked).content.decode()
        assert [word for word in ("Secret Judge", "recommended</option>", "Recommendation") if word in content] == [], asked


def test_paper_page_shows_its_own_changes(lines: list[HistoryLine], workshop: Workshop, olga: User) -> None:
    paper = Paper.objects.get(number=7)
    assert list_shown(visit(olga, workshop, paper=paper)) == ["decided decision", "corrected title"]
    assert list_shown(visit(olga, workshop, "?words=oven", paper=paper)) == ["corrected title"]
    client = Client()
    client.force_login(olga)
    page = client.get(reverse("paper", args=[workshop.slug, paper.pk]))
    assert [told.line.pk for told in page.context["history"]] == [lines[3].pk, lines[1].pk]
    sent = client.get(reverse("export-paper-history", args=[workshop.slug, paper.pk, "json"]))
    told = json.loads(b"".join(sent.streaming_content))["history"]  # type: ignore[attr-defined]
    assert [line["action"] for line in told] == ["decided", "corrected"]
    assert sent["Content-Disposition"] == 'attachment; filename="counted26-paper-7-history.json"'


def test_export_writes_what_was_found(lines: list[HistoryLine], workshop: Workshop, olga: User) -> None:
    rows = list(csv.reader(io.StringIO(export(olga, workshop, "csv", "?q=number:7").decode())))
    assert rows == [
        ["at", "paper", "title", "by", "email", "action", "field", "before", "after", "note", "batch"],
        [
            "2026-03-10T15:00:00Z",
            "7",
            "Synthetic Öfen",
            "Olga Organizer",
            "olga@example.org",
            "decided",
            "decision",
            "",
            "Accept, Oral; comment: ok",
            "",
            "",
        ],
        [
            "2026-03-10T13:00:00Z",
            "7",
            "Synthetic Öfen",
            "Olga Organizer",
            "olga@example.org",
            "corrected",
            "title",
            "Synthetic Oven",
            "Synthetic Öfen",
            "",
            "",
        ],
    ]


def test_export_is_safe_in_spreadsheets(lines: list[HistoryLine], workshop: Workshop, olga: User) -> None:
    record_change(workshop, "corrected", by=olga, field="title", before="=1+1", after="+cmd", note="-x\n@y")
    rows = list(csv.reader(io.StringIO(export(olga, workshop, "csv").decode())))
    assert rows[1][7:10] == ["'=1+1", "'+cmd", "'-x @y"]
    assert "'=Formula" in {row[2] for row in rows}


def test_export_as_json_keeps_what_is_kept(lines: list[HistoryLine], workshop: Workshop, olga: User) -> None:
    told = json.loads(export(olga, workshop, "json", "?action=decided"))
    assert told == {
        "history": [
            {
                "at": "2026-03-10T15:00:00Z",
                "paper": {"number": 7, "note_id": lines[3].paper.note_id if lines[3].paper else "", "title": "Synthetic Öfen"},
                "by": {"name": "Olga Organizer", "email": "olga@example.org"},
                "actor": "",
                "action": "decided",
                "field": "decision",
                "before": None,
                "after": {"outcome": "accept", "presentation": "oral", "comment": "ok"},
                "note": "",
                "batch": None,
            }
        ]
    }
    assert json.loads(export(olga, workshop, "json", "?words=nowhere")) == {"history": []}


def test_export_goes_through_all_lines(workshop: Workshop, olga: User) -> None:
    HistoryLine.objects.bulk_create(HistoryLine(workshop=workshop, by=olga, action=f"step {number}") for number in range(1203))
    told = [line["action"] for line in json.loads(export(olga, workshop, "json"))["history"]]
    assert told == [f"step {number}" for number in reversed(range(1203))]


def test_unknown_format_is_not_there(workshop: Workshop, olga: User) -> None:
    client = Client()
    client.force_login(olga)
    assert client.get(reverse("export-history", args=[workshop.slug, "pdf"])).status_code == 404


def test_decisions_read_as_words(workshop: Workshop, olga: User) -> None:
    paper = make_paper(workshop)
    decide_paper(paper, outcome="accept", presentation=workshop.presentation_kinds.get(slug="oral"), by=olga)
    decide_paper(paper, outcome="reject", by=olga)
    text = read_text(visit(olga, workshop))
    assert "Accept, Oral Reject" in text
    assert "{" not in text
