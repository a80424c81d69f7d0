"""The pages of the hand-over."""

import io
import zipfile
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from papers.models import HandOver, HistoryLine, NameSplit, Role, User, Workshop
from program.hand_over.fields import AUTHOR_COLUMNS, COLUMNS
from tests.factories import join_workshop, make_user
from tests.program.hand_over.ready import make_asking_workshop, make_chosen_paper, make_ready_paper

pytestmark = pytest.mark.django_db
GOOD = {
    "acronym": "",
    "paper_names": "{surname}_{title10}",
    "supplement_names": "{acronym}-{number}_supp",
    "form_names": "{acronym}-{number}_form",
    "columns": "Paper ID = {number:05}\n\nPublisher = IEEE\nA{k} = {author.surname}",
    "author_columns": "\n".join(f"{header} = {value}" for header, value in AUTHOR_COLUMNS),
}


@pytest.fixture
def cast() -> tuple[Workshop, User, User]:
    return make_asking_workshop()


def sign_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def address(name: str, *arguments: str) -> str:
    return reverse(name, args=["handed26", *arguments])


def read(response: object) -> bytes:
    return bytes(response.getvalue())  # type: ignore[attr-defined]


def test_page_tells_who_is_in_and_what_others_wait_for(cast: tuple[Workshop, User, User]) -> None:
    workshop, olga, ada = cast
    make_ready_paper(workshop, olga, ada, number=8, title="Comes")
    make_chosen_paper(workshop, ada, number=9, title="Waits")
    make_chosen_paper(workshop, ada, number=10, title="Stays", wants_proceedings=False)
    response = sign_in(olga).get(address("hand-over"))
    shown = response.context
    assert [paper.values["title"] for paper in shown["papers"]] == ["Comes"]
    assert [one.paper.title for one in shown["waiting"]] == ["Waits"]
    assert [one.paper.title for one in shown["staying"]] == ["Stays"]
    page = response.content.decode()
    assert "1 of 3 accepted papers; 1 that should be in still waits for something." in " ".join(page.split())
    assert (page.count("Counted-8.pdf"), page.count("The paper PDF has not come.")) == (1, 1)
    assert 'value="Author" aria-label="Family name of Ada Author"' in page


def test_page_of_nothing(cast: tuple[Workshop, User, User]) -> None:
    page = sign_in(cast[1]).get(address("hand-over")).content.decode()
    assert "No accepted paper yet" in page
    assert address("hand-over-package") not in page


def test_publisher_downloads_and_changes_nothing(cast: tuple[Workshop, User, User]) -> None:
    workshop, olga, ada = cast
    make_ready_paper(workshop, olga, ada, number=8)
    pat = make_user("pat@example.org")
    join_workshop(pat, workshop, Role.PUBLISHER)
    client = sign_in(pat)
    page = client.get(address("hand-over")).content.decode()
    assert (address("hand-over-package") in page, address("hand-over-settings") in page, "Names to confirm" in page) == (True, False, False)
    assert client.get(address("hand-over-package")).status_code == 200


def test_queries_do_not_grow(cast: tuple[Workshop, User, User]) -> None:
    workshop, olga, ada = cast
    client, counts = sign_in(olga), []
    for wanted in (1, 3):
        while workshop.papers.count() < wanted:
            make_ready_paper(workshop, olga, ada)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address("hand-over")).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 20


def test_package_says_its_length_and_name(cast: tuple[Workshop, User, User]) -> None:
    workshop, olga, ada = cast
    make_ready_paper(workshop, olga, ada, number=8)
    response = sign_in(olga).get(address("hand-over-package"))
    data = read(response)
    assert response["Content-Length"] == str(len(data))
    assert response["Content-Disposition"] == 'attachment; filename="Counted-2026-proceedings.zip"'
    assert (response["Content-Type"], response["Cache-Control"]) == ("application/zip", "private, no-store")
    assert "Counted-8.pdf" in zipfile.ZipFile(io.BytesIO(data)).namelist()
    assert sign_in(olga).head(address("hand-over-package"))["Content-Length"] == str(len(data))


def test_package_of_nobody_is_refused(cast: tuple[Workshop, User, User]) -> None:
    response = sign_in(cast[1]).get(address("hand-over-package"))
    assert (response.status_code, "No paper can be handed over yet" in response.content.decode()) == (409, True)


def test_tables_and_report(cast: tuple[Workshop, User, User]) -> None:
    workshop, olga, ada = cast
    make_ready_paper(workshop, olga, ada, number=8)
    make_chosen_paper(workshop, ada, number=9, title="=Waits", wants_proceedings=None)
    client = sign_in(olga)

    def get_lines(response: Any) -> list[str]:
        return str(response.content.decode("utf-8-sig")).splitlines()

    papers = get_lines(client.get(address("hand-over-table", "proceedings-csv")))
    authors = get_lines(client.get(address("hand-over-table", "proceedings-csv"), {"layout": "authors"}))
    assert (len(papers), papers[0].split(",")[:3]) == (2, ["workshop_acronym", "paper_id", "title"])
    assert (len(authors), authors[0].split(",")[3]) == (2, "author_position")
    assert client.get(address("hand-over-table", "proceedings-xlsx")).content[:2] == b"PK"
    assert get_lines(client.get(address("hand-over-report"))) == [
        "paper_id,title,track,is_meant,reason,what_to_do,who_can",
        "9,'=Waits,full,no,Its authors have not said whether it goes in.,Choose on the paper's page.,authors",
    ]


def test_other_tables_and_options_are_not_there(cast: tuple[Workshop, User, User]) -> None:
    client = sign_in(cast[1])
    assert client.get(address("hand-over-table", "openreview-decisions")).status_code == 404
    assert client.get(address("hand-over-table", "proceedings-csv"), {"layout": "nope"}).status_code == 409


def test_tables_are_no_exports(cast: tuple[Workshop, User, User]) -> None:
    client = sign_in(cast[1])
    assert [client.get(address("export", name)).status_code for name in ("proceedings-csv", "proceedings-xlsx")] == [404, 404]


def test_ticked_names_are_confirmed(cast: tuple[Workshop, User, User]) -> None:
    workshop, olga, ada = cast
    make_ready_paper(workshop, olga, ada, authors=("Ada B. Author", "Cy Author"))
    given = {"name": ["Ada B. Author", "Cy Author"], "family": ["B. Author", "Author"], "sure": ["0"]}
    response = sign_in(olga).post(address("confirm-names"), given, follow=True)
    assert [(row.name, row.given, row.family) for row in NameSplit.objects.all()] == [("Ada B. Author", "Ada", "B. Author")]
    assert [name.name for name in response.context["names"]] == ["Cy Author"]
    assert "1 name confirmed." in response.content.decode()


def test_wrong_family_is_refused(cast: tuple[Workshop, User, User]) -> None:
    given = {"name": ["Ada Author"], "family": ["Lovelace"], "sure": ["0"]}
    came_from = f"http://testserver{address('hand-over')}"
    response = sign_in(cast[1]).post(address("confirm-names"), given, follow=True, headers={"Referer": came_from})
    assert "“Lovelace” is not the end or the beginning of “Ada Author”." in response.content.decode()
    assert not NameSplit.objects.exists()


def test_settings_are_kept_with_a_history_line(cast: tuple[Workshop, User, User]) -> None:
    _, olga, _ = cast
    response = sign_in(olga).post(address("hand-over-settings"), GOOD)
    assert (response.status_code, response["Location"]) == (302, address("hand-over-settings"))
    row = HandOver.objects.get()
    assert (row.paper_names, row.author_columns) == ("{surname}_{title10}", [])
    assert row.columns == [
        {"header": "Paper ID", "value": "{number:05}"},
        {"header": "Publisher", "value": "IEEE"},
        {"header": "A{k}", "value": "{author.surname}"},
    ]
    assert [(line.field, line.by) for line in HistoryLine.objects.filter(action="changed settings")] == [("hand_over", olga)]
    shown = sign_in(olga).get(address("hand-over-settings")).context["form"]
    assert shown["columns"].value() == "Paper ID = {number:05}\nPublisher = IEEE\nA{k} = {author.surname}"
    assert shown["author_columns"].value() == GOOD["author_columns"]


def test_empty_lists_bring_the_usual_columns_back(cast: tuple[Workshop, User, User]) -> None:
    _, olga, _ = cast
    client = sign_in(olga)
    client.post(address("hand-over-settings"), GOOD)
    client.post(address("hand-over-settings"), GOOD | {"columns": " \n"})
    assert HandOver.objects.get().columns == []
    shown = client.get(address("hand-over-settings")).context["form"]
    assert shown["columns"].value().splitlines()[1] == " = ".join(COLUMNS[1])


@pytest.mark.parametrize(
    ("field", "value", "mistake"),
    [
        ("paper_names", "", "This field is required."),
        ("paper_names", "{title}", "There is no field {title}; there are {acronym}, {year}, {number}, {track}, {surname}, {title10}."),
        ("form_names", "a:{number}", ": can't stand in the name of a file."),
        ("acronym", "a b", 'Write letters, digits, hyphens and underscores only, not "a b".'),
        ("columns", "A = {number}\nB = {nope", "Line 2: A field is written as {number}, or {number:05} for leading zeros; "),
        ("columns", "A = 1\n = 2", "Line 2: This can't be empty."),
        ("columns", "A = {author.name}", "Line 1: A column of each author needs {k} in its header: which author it is."),
        ("author_columns", "A\nA", "Line 2: The same header stands at line 1 already."),
    ],
)
def test_mistakes_stand_at_their_field(cast: tuple[Workshop, User, User], field: str, value: str, mistake: str) -> None:
    client = sign_in(cast[1])
    response = client.post(address("hand-over-settings"), GOOD | {field: value})
    assert response.status_code == 422
    assert [error[: len(mistake)] for error in response.context["form"].errors[field]] == [mistake]
    assert not HandOver.objects.exists()
    preview = client.post(address("preview-hand-over"), GOOD | {field: value}, headers={"HX-Request": "true"})
    assert (preview.status_code, 'class="message is-bad"' in preview.content.decode()) == (200, True)


def test_preview_shows_first_lines_and_keeps_nothing(cast: tuple[Workshop, User, User]) -> None:
    workshop, olga, ada = cast
    make_chosen_paper(workshop, ada, number=3, title="Not Ready", authors=("Ada Author", "Bo", "Cy"))
    make_ready_paper(workshop, olga, ada, number=8, title="Ready One")
    client = sign_in(olga)
    whole = client.post(address("preview-hand-over"), GOOD)
    preview = whole.context["preview"]
    assert preview.papers == (("Paper ID", "00008", "00003"), ("Publisher", "IEEE", "IEEE"), ("A1", "Author", "Author"), ("A2", "", "Bo"))
    assert (preview.file_names, preview.is_short) == (("Author_Ready_One.pdf",), True)
    fragment = client.post(address("preview-hand-over"), GOOD, headers={"HX-Request": "true"}).content.decode()
    assert ("<html" in fragment, "<html" in whole.content.decode(), fragment.count("00003")) == (False, True, 1)
    assert not HandOver.objects.exists()


def test_preview_of_nothing_says_so(cast: tuple[Workshop, User, User]) -> None:
    page = sign_in(cast[1]).get(address("hand-over-settings")).content.decode()
    assert "no accepted paper is meant for the proceedings" in page
