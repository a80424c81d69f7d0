"""The board beyond files: what authors say, order, tracks, outlook, export."""

import csv
import datetime as dt
import io
from collections.abc import Iterator

import openpyxl
import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from papers.attendance import choose_proceedings, confirm_attendance, name_presenter
from papers.board_rows import BoardRow
from papers.camera_ready import approve_file, extend_deadline, receive_link
from papers.editing import edit_paper
from papers.metadata import confirm_metadata, digest_metadata
from papers.models import ImportantDate, Paper, Role, User, Workshop
from papers.readiness import Board, BoardQuestion, build_board, sort_by_urgency
from papers.readiness_outlook import LEARNED, look_ahead
from papers.search import SearchMistake
from papers.sight import find_sight
from papers.todo import count_papers, list_paper_todos
from tests.factories import join_workshop
from tests.papers.handed_in import AFTER, BEFORE, DUE, ask, make_owing_paper

HOUR = dt.timedelta(hours=1)
LINK = "https://v.example"


@pytest.fixture(autouse=True)
def before_the_deadline() -> Iterator[None]:
    with time_machine.travel(BEFORE, tick=False):
        yield


@pytest.fixture
def papers(workshop: Workshop, ada: User, olga: User) -> list[Paper]:
    """Return three papers that owe a video; the third is of the track without a choice about proceedings."""
    ask(workshop, "video")
    short = workshop.tracks.get(slug="short")
    made = [make_owing_paper(workshop, ada, by=olga, number=number, title=f"Masks {number}") for number in (1, 2)]
    return [*made, make_owing_paper(workshop, ada, by=olga, number=3, title="Masks 3", track=short)]


def build(workshop: Workshop, olga: User, **asked: str) -> Board:
    return build_board(find_sight(workshop, olga), BoardQuestion(**asked))


def tell(row: BoardRow) -> dict[str, tuple[str, str]]:
    return {item.kind: (item.words, item.tone) for item in row.situation.said if item}


def finish(paper: Paper, ada: User) -> None:
    """Bring and say all that a paper owes."""
    author = paper.authors.get(position=1)
    name_presenter(paper, author=author, mode="remote", by=ada)
    confirm_attendance(paper, author=author, by=ada)
    choose_proceedings(paper, is_in=True, by=ada)
    held = Paper.objects.get(pk=paper.pk)
    confirm_metadata(held, digest=digest_metadata(held), by=ada)
    receive_link(paper, kind="video", link=LINK, by=ada)


def test_board_shows_what_authors_say(workshop: Workshop, olga: User, ada: User, papers: list[Paper]) -> None:
    finish(papers[0], ada)
    first, second, third = build(workshop, olga).rows
    assert tell(first) == {
        "metadata": ("Confirmed", "good"),
        "presenter": ("Remote, live", "good"),
        "attendance": ("Confirmed", "good"),
        "proceedings": ("In", "good"),
    }
    assert tell(second) == dict.fromkeys(("metadata", "presenter", "attendance", "proceedings"), ("Owed", "amber"))
    assert tell(third) == dict.fromkeys(("metadata", "presenter", "attendance"), ("Owed", "amber"))
    assert [(row.situation.due_count, row.situation.next_due_at) for row in (first, second, third)] == [(0, None), (5, DUE), (4, DUE)]


def test_metadata_that_changed_is_owed_again(workshop: Workshop, olga: User, ada: User, papers: list[Paper]) -> None:
    finish(papers[0], ada)
    edit_paper(papers[0], field="title", value="Other masks", by=olga)
    assert tell(build(workshop, olga).rows[0])["metadata"] == ("Changed", "amber")


def test_dates_make_words_overdue_and_the_choice_final(workshop: Workshop, olga: User, papers: list[Paper]) -> None:
    ImportantDate.objects.create(workshop=workshop, kind="metadata", name="Metadata", at=BEFORE - HOUR)
    ImportantDate.objects.create(workshop=workshop, kind="camera-ready", name="Camera-ready", at=BEFORE + HOUR)
    board = build(workshop, olga)
    assert tell(board.rows[0]) == {
        "metadata": ("Overdue", "bad"),
        "presenter": ("Owed", "amber"),
        "attendance": ("Owed", "amber"),
        "proceedings": ("Out", "good"),
    }
    assert [numbers(build(workshop, olga, kind=kind, state="overdue")) for kind in ("metadata", "presenter")] == [[1, 2, 3], []]


def numbers(board: Board) -> list[int | None]:
    return [row.number for row in board.rows]


def test_tracks_are_counted(workshop: Workshop, olga: User, ada: User, papers: list[Paper]) -> None:
    finish(papers[0], ada)
    papers.append(make_owing_paper(workshop, number=4, track=None))
    with time_machine.travel(AFTER, tick=False):
        told = [(one.slug, one.name, one.total, one.finished, one.owing, one.overdue) for one in build(workshop, olga).tracks]
    assert told == [("full", "Full papers", 2, 1, 1, 1), ("short", "Short papers", 1, 0, 1, 1), ("", "Without a track", 1, 0, 1, 1)]


def test_board_without_a_choice_has_no_column_for_it(workshop: Workshop, olga: User, papers: list[Paper]) -> None:
    board = build(workshop, olga, track="short")
    assert (list(board.said), len(board.rows[0].situation.said)) == (["metadata", "presenter", "attendance"], 3)


def test_most_urgent_comes_first(workshop: Workshop, olga: User, ada: User, papers: list[Paper]) -> None:
    finish(papers[0], ada)
    extend_deadline(papers[1], kind="video", due_at=AFTER + HOUR, reason="Ill", by=olga)
    board = build(workshop, olga)
    assert [row.number for row in sort_by_urgency(board.rows)] == [3, 2, 1]
    receive_link(papers[2], kind="video", link=LINK, by=ada)
    assert [row.number for row in sort_by_urgency(build(workshop, olga).rows)] == [2, 3, 1]


def test_words_are_a_search(workshop: Workshop, olga: User, ada: User, papers: list[Paper]) -> None:
    finish(papers[0], ada)
    assert [numbers(build(workshop, olga, words=words)) for words in ("owes:video", "owes:none", "track:short or #1")] == [
        [2, 3],
        [1],
        [1, 3],
    ]
    with pytest.raises(SearchMistake):
        build(workshop, olga, words="owes:nothing-of-it")


def test_outlook_names_what_is_late(workshop: Workshop, olga: User, ada: User, papers: list[Paper]) -> None:
    ask(workshop, "slides", is_optional=True)
    finish(papers[0], ada)
    outlook = look_ahead(build(workshop, olga))
    assert outlook.forecast is not None
    assert outlook.picture is not None
    assert (outlook.forecast.total, outlook.forecast.arrived, outlook.late) == (3, 1, ())
    assert outlook.picture.text == "1 of 3 files are here, 1 of them before the last deadline."
    with time_machine.travel(AFTER, tick=False):
        late = look_ahead(build(workshop, olga, state="approved"))
    assert [row.number for row in late.late] == [2, 3]


def test_outlook_learns_from_files_whose_date_is_over(workshop: Workshop, olga: User, ada: User, papers: list[Paper]) -> None:
    for number in range(10, 28):
        make_owing_paper(workshop, number=number, authors=("Ada Author",))
    ask(workshop, "slides", due_at=BEFORE - HOUR)
    outlook = look_ahead(build(workshop, olga))
    assert outlook.forecast is not None
    assert (outlook.forecast.pattern.words, outlook.forecast.pattern.weight) == (LEARNED, 21)


def test_workshop_that_asks_for_nothing_has_no_outlook(workshop: Workshop, olga: User) -> None:
    make_owing_paper(workshop)
    outlook = look_ahead(build(workshop, olga))
    assert (outlook.picture, outlook.forecast, outlook.late) == (None, None, ())


def test_page_says_what_to_expect(client: Client, workshop: Workshop, olga: User, papers: list[Paper]) -> None:
    client.force_login(olga)
    page = client.get(address("camera-ready")).content.decode()
    assert ["3</strong> papers will have every file in time; 0 have by now." in page, "How this is reckoned" in page] == [True, True]
    wrong = client.get(address("camera-ready"), {"q": "owes:vidio"})
    assert (wrong.status_code, "did you mean “video”?" in wrong.content.decode()) == (422, True)


def address(name: str) -> str:
    return reverse(name, args=["counted26"])


def test_export_is_what_the_board_shows(client: Client, workshop: Workshop, olga: User, ada: User, eve: User, papers: list[Paper]) -> None:
    finish(papers[0], ada)
    Paper.objects.filter(pk=papers[1].pk).update(title="=1+1")
    extend_deadline(papers[1], kind="video", due_at=AFTER, reason="Ill", by=olga)
    approve_file(papers[0].file_versions.get(), by=olga)
    client.force_login(olga)
    response = client.get(address("export-board"), {"q": "#1-2"})
    lines = list(csv.reader(io.StringIO(b"".join(response).decode())))
    assert lines == [
        ["No.", "Paper", "Track", "Video link", "Metadata", "Presenter", "Attendance", "Proceedings", "Owed", "Overdue", "Next due"],
        ["2", "'=1+1", "Full papers", "Owed, extended", *["Owed"] * 4, "5", "0", "Apr 16, 2026, 11:59 PM PDT"],
        ["1", "Masks 1", "Full papers", "Approved", "Confirmed", "Remote, live", "Confirmed", "In", "0", "0", ""],
    ]
    assert response.headers["Content-Disposition"] == 'attachment; filename="counted26-camera-ready.csv"'
    book = openpyxl.load_workbook(io.BytesIO(b"".join(client.get(address("export-board"), {"format": "xlsx", "q": "#1-2"}))))
    assert [list(row) for row in book.active.iter_rows(min_row=2, max_col=4, values_only=True)] == [
        [2, "=1+1", "Full papers", "Owed, extended"],
        [1, "Masks 1", "Full papers", "Approved"],
    ]
    refused = client.get(address("export-board"), {"format": "pdf"})
    assert (refused.status_code, "can be csv, xlsx" in refused.content.decode()) == (409, True)
    client.force_login(eve)
    assert client.get(address("export-board")).status_code == 404
    join_workshop(eve, workshop, Role.ASSISTANT)
    assert client.get(address("export-board")).status_code == 200


def test_to_do_home_leads_to_the_board(workshop: Workshop, olga: User, ada: User, papers: list[Paper]) -> None:
    figures = count_papers(find_sight(workshop, olga))
    receive_link(papers[0], kind="video", link=LINK, by=ada)
    told = [[(one.code, one.count, one.href) for one in list_paper_todos(workshop, figures) if one.code in {"overdue", "files", "blocked"}]]
    with time_machine.travel(AFTER, tick=False):
        told.append([(one.code, one.count, one.href) for one in list_paper_todos(workshop, figures) if one.code in {"overdue", "blocked"}])
    board = address("camera-ready")
    assert told == [[("files", 1, f"{board}?state=received")], [("overdue", 2, f"{board}?state=overdue")]]
