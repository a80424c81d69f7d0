"""Files of the paper table: what is shown, no more, harmless."""

import io
import json

import openpyxl
import pytest
from django.http import QueryDict

from papers.errors import Refusal
from papers.models import User, Workshop
from papers.paper_table import exports
from papers.paper_table.exports import FORMATS, list_exported
from papers.paper_table.selections import Selection, list_selected, read_selection, write_search
from papers.paper_table.states import read_state
from papers.search import SearchMistake
from papers.sight import find_sight
from tests.factories import accept, make_paper
from tests.papers.paper_table.rated_papers import conflict, make_rated


def write(workshop: Workshop, user: User, name: str, **asked: str) -> bytes:
    """Return the file of everything found."""
    sight, state = find_sight(workshop, user), read_state(asked)
    keys = list_selected(sight, state, Selection(is_everything=True))
    return b"".join(FORMATS[name].write(sight, keys, list_exported(state)))


def test_csv_holds_what_is_shown(workshop: Workshop, olga: User) -> None:
    make_rated(workshop, "First; one", 4, 6, number=1, authors=("Ada; Author", "Bob"))
    accept(make_rated(workshop, "Second", 9, number=2), "oral")
    assert write(workshop, olga, "csv", columns="number,title,scores,mean,decision,submitted", sort="-mean").decode() == (
        "Number,Title,Authors,Standing,Ratings as a picture,Mean rating,Decision,Submitted\n"
        "2,Second,Ada Author,Active,9,9.0,accept,\n"
        '1,First; one,"Ada, Author; Bob",Active,4; 6,5.0,undecided,\n'
    )


def test_csv_runs_no_formula(workshop: Workshop, olga: User) -> None:
    make_paper(workshop, title="=HYPERLINK(1)\nand\x07more", authors=("@SUM(A1)",), number=1)
    assert write(workshop, olga, "csv", columns="title").decode() == "Title,Authors,Standing\n'=HYPERLINK(1) andmore,'@SUM(A1),Active\n"


def test_json_keeps_kinds_of_values(workshop: Workshop, olga: User) -> None:
    make_rated(workshop, 'Says "so"', 4, 6, number=1)
    document = json.loads(write(workshop, olga, "json", columns="number,title,authors,scores,mean,submitted"))
    assert document == {
        "papers": [
            {
                "number": 1,
                "title": 'Says "so"',
                "standing": "Active",
                "authors": ["Ada Author"],
                "scores": ["4", "6"],
                "mean": 5.0,
                "submitted": None,
            }
        ]
    }


def test_xlsx_holds_text_and_numbers(workshop: Workshop, olga: User) -> None:
    make_rated(workshop, "=1+1", 4, 7, number=1, authors=())
    book = openpyxl.load_workbook(io.BytesIO(write(workshop, olga, "xlsx", columns="number,title,mean")))
    sheet = book["Papers"]
    assert [[cell.value for cell in row] for row in sheet.iter_rows()] == [
        ["Number", "Title", "Authors", "Standing", "Mean rating"],
        [1, "=1+1", None, "Active", 5.5],
    ]
    assert sheet["B2"].data_type == "s"


@pytest.mark.parametrize("name", list(FORMATS))
def test_nothing_found_is_a_file_too(workshop: Workshop, olga: User, name: str) -> None:
    assert write(workshop, olga, name) != b""


def test_export_goes_on_over_chunks(workshop: Workshop, olga: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exports, "CHUNK", 2)
    for title in "ABCDE":
        make_paper(workshop, title=title, authors=())
    assert write(workshop, olga, "csv", columns="title", sort="-title").decode().splitlines() == [
        "Title,Authors,Standing",
        *(f"{title},,Active" for title in "EDCBA"),
    ]


def test_export_tells_no_judgment_in_conflict(workshop: Workshop, olga: User) -> None:
    paper = make_rated(workshop, "Mine", 8.5, number=1)
    accept(paper, "oral")
    conflict(paper, olga)
    columns = "title,reviews,scores,mean,spread,confidence,handlers,recommendations,discussion,decision,presentation,award,letters"
    line = write(workshop, olga, "csv", columns=columns).decode().splitlines()[1]
    assert line == "Mine,Ada Author,Active" + ",conflict of interest" * 12


def test_ticked_papers_come_in_the_order_of_the_table(workshop: Workshop, olga: User, eve: User) -> None:
    low, high, other = make_rated(workshop, "Low", 2), make_rated(workshop, "High", 8), make_rated(workshop, "Other", 5)
    sight, state = find_sight(workshop, olga), read_state({"sort": "-mean", "q": "dec:accept"})
    assert list_selected(sight, state, Selection(frozenset({low.pk, high.pk, 10**17}))) == [high.pk, low.pk]
    assert list_selected(sight, state, Selection(is_everything=True)) == []
    assert list_selected(find_sight(workshop, eve), state, Selection(frozenset({other.pk}))) == []
    with pytest.raises(SearchMistake):
        list_selected(sight, read_state({"q": "("}), Selection(is_everything=True))


@pytest.mark.parametrize(
    ("sent", "expected"),
    [
        ("paper=1&paper=2&paper=1", Selection(frozenset({1, 2}))),
        ("everything=on&paper=1&paper=x", Selection(is_everything=True)),
        ("", Selection()),
    ],
)
def test_selection_is_read(sent: str, expected: Selection) -> None:
    assert read_selection(QueryDict(sent)) == expected
    assert bool(expected) is bool(sent)


@pytest.mark.parametrize("key", ["x", "-1", "", "1 or 1", "9" * 19, "²"])
def test_selection_of_no_paper_is_refused(key: str) -> None:
    data = QueryDict(mutable=True)
    data["paper"] = key
    with pytest.raises(Refusal) as refusal:
        read_selection(data)
    assert refusal.value.sentence == f"“{key}” is not the key of a paper; go back to the table and select anew."


def test_selection_becomes_a_search(workshop: Workshop, olga: User) -> None:
    second, first = make_paper(workshop, number=12), make_paper(workshop, number=3)
    nameless = make_paper(workshop, number=None, note_id="abc")
    sight = find_sight(workshop, olga)
    assert write_search(sight, "dec:none", Selection(is_everything=True)) == "dec:none"
    told = write_search(sight, "dec:none", Selection(frozenset({first.pk, second.pk, nameless.pk})))
    found = list_selected(sight, read_state({"q": told}), Selection(is_everything=True))
    assert sorted(told.split(" or ")) == ["#12", "#3", "note:abc"]
    assert found == [first.pk, second.pk, nameless.pk]
    lost = make_paper(workshop, number=None, note_id="", title="Lost")
    with pytest.raises(Refusal) as refusal:
        write_search(sight, "", Selection(frozenset({lost.pk})))
    assert refusal.value.sentence == "“Lost” has neither a number nor an id by which a search finds it; give it a number first."
