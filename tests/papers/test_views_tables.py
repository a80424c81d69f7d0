"""The page of tables: upload, preview, apply; what goes wrong; who must not get in."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from papers import kept_tables
from papers.kept_tables import find_kept_table, keep_table
from papers.models import FieldMapping, HistoryLine, ImportRun, Paper, Role, User, Workshop
from tests.factories import join_workshop, make_paper, make_workshop
from tests.papers.tables.reports import tell_decision, tell_papers

PAGE = "/w/counted26/imports/table/"
GOOD = b"number,title,authors,track\n1,One <b>,Ada Lovelace,full\n2,Two,Plato,short\n"
BAD = b"number,title,track,mood\n1,One,Main Track,\nx,<i>Two</i>,Main Track,\n"


@pytest.fixture
def organizer(client: Client, olga: User) -> Any:
    client.force_login(olga)
    return client


def upload(client: Client, content: bytes, *, kind: str = "papers", name: str = "papers.csv") -> Any:
    return client.post(PAGE, {"kind": kind, "file": SimpleUploadedFile(name, content)})


def read_text(response: Any) -> str:
    """Return what a page says, without its tags."""
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


def list_messages(client: Client, address: str) -> list[str]:
    return [str(message) for message in client.get(address).context["messages"]]


def test_table_is_previewed_and_then_applied(organizer: Any, workshop: Workshop, olga: User) -> None:
    assert "Import a table" in read_text(organizer.get(PAGE))
    answer = upload(organizer, GOOD)
    assert (answer.status_code, Paper.objects.count(), ImportRun.objects.count()) == (302, 0, 0)
    page = organizer.get(answer.url)
    assert page.status_code == 200
    assert [(line.paper, line.title, line.is_new) for line in page.context["preview"].lines] == [(1, "One <b>", True), (2, "Two", True)]
    assert "One &lt;b&gt;" in page.content.decode()
    assert (Paper.objects.count(), ImportRun.objects.count()) == (0, 0)
    done = organizer.post(answer.url)
    assert (done.status_code, done.url) == (302, "/w/counted26/imports/")
    assert [paper[:4] for paper in tell_papers(workshop)] == [(1, "One <b>", ["Ada Lovelace"], "full"), (2, "Two", ["Plato"], "short")]
    assert ImportRun.objects.values_list("source", "by__email").get() == ("papers.csv", "olga@example.org")
    assert list_messages(organizer, PAGE) == ["Papers: 2 new, 0 changed, 0 as before."]


def test_second_upload_says_that_nothing_would_change(organizer: Any, workshop: Workshop) -> None:
    organizer.post(upload(organizer, GOOD).url)
    page = read_text(organizer.get(upload(organizer, GOOD).url))
    assert "Nothing would change" in page


def test_decisions_are_previewed_where_all_decisions_are(organizer: Any, workshop: Workshop) -> None:
    paper = make_paper(workshop, number=1)
    answer = upload(organizer, b"number,outcome,presentation\n1,accept,oral\n", kind="decisions", name="decisions.csv")
    assert answer.url.startswith("/w/counted26/decide/preview/?by=table&table=")
    assert "undecided → accept, oral" in read_text(organizer.get(answer.url))
    assert (tell_decision(paper), HistoryLine.objects.count()) == ("", 0)
    digest = answer.url.rpartition("=")[2]
    assert organizer.get(f"{PAGE}{digest}/").url == answer.url


def test_mistakes_are_shown_by_row_and_column(organizer: Any, workshop: Workshop) -> None:
    answer = upload(organizer, BAD)
    assert answer.status_code == 422
    assert [(one.row, one.column, one.value) for one in answer.context["preview"].mistakes] == [
        (2, "track", "Main Track"),
        (3, "number", "x"),
        (3, "track", "Main Track"),
    ]
    assert "3 mistakes in papers.csv" in read_text(answer)
    assert Paper.objects.count() == 0


def test_unknown_words_are_explained_once_and_for_all(organizer: Any, workshop: Workshop, olga: User) -> None:
    content = BAD.replace(b"\nx,", b"\n2,")
    answer = upload(organizer, content)
    (name,) = answer.context["words"].fields
    digest = answer.context["table"].digest
    again = organizer.post(f"{PAGE}words", {"table": digest, name: '"short"'})
    assert (again.status_code, again.url) == (302, f"{PAGE}{digest}/")
    assert organizer.get(again.url).context["preview"].mistakes == ()
    rule = FieldMapping.objects.get(target="track")
    assert (rule.source, rule.key, list(rule.values.values_list("value", "meaning"))) == ("content", "track", [("Main Track", "short")])
    assert HistoryLine.objects.values_list("action", "by__email").get() == ("mapped", "olga@example.org")
    organizer.post(again.url)
    assert [paper[3] for paper in tell_papers(workshop)] == ["short", "short"]


def test_word_of_a_decision_is_explained_for_every_source(organizer: Any, workshop: Workshop) -> None:
    make_paper(workshop, number=1)
    answer = upload(organizer, b"number,outcome\n1,Hall of Fame\n", kind="decisions")
    (name,) = answer.context["words"].fields
    meaning = '{"outcome": "accept", "presentation": "oral"}'
    again = organizer.post(f"{PAGE}words", {"table": answer.context["table"].digest, name: meaning})
    assert organizer.get(again.url, follow=True).context["plan"].all_mistakes == []
    assert list(FieldMapping.objects.order_by("position").values_list("target", "source")) == [
        ("decision", "decision"),
        ("decision", "venue"),
    ]


def test_word_that_is_left_open_stays_a_mistake(organizer: Any, workshop: Workshop) -> None:
    answer = upload(organizer, BAD)
    (name,) = answer.context["words"].fields
    again = organizer.post(f"{PAGE}words", {"table": answer.context["table"].digest, name: ""})
    page = organizer.get(again.url)
    assert (page.status_code, len(page.context["preview"].mistakes), FieldMapping.objects.filter(target="track").count()) == (200, 3, 0)


def test_what_became_wrong_since_the_preview_is_refused(organizer: Any, workshop: Workshop) -> None:
    answer = upload(organizer, GOOD)
    workshop.tracks.filter(slug="short").delete()
    done = organizer.post(answer.url)
    assert (done.status_code, len(done.context["preview"].mistakes), Paper.objects.count()) == (422, 1, 0)


@pytest.mark.parametrize(
    ("content", "kind", "words"),
    [
        (b"", "papers", "The file is empty."),
        (b"PK\x03\x04", "papers", "The workbook is broken"),
        (b"\xff\xfe\x00\xd8", "papers", "not text in an encoding"),
        (GOOD, "decisions", "The table has no column “outcome”."),
        (GOOD, "nonsense", "Select a valid choice"),
    ],
)
def test_malformed_uploads_get_the_form_again(organizer: Any, workshop: Workshop, content: bytes, kind: str, words: str) -> None:
    answer = upload(organizer, content, kind=kind)
    assert answer.status_code == 422
    assert words in read_text(answer)


def test_upload_without_a_file_gets_the_form_again(organizer: Any, workshop: Workshop) -> None:
    answer = organizer.post(PAGE, {"kind": "papers"})
    assert (answer.status_code, answer.context["form"].errors["file"]) == (422, ["This field is required."])


def test_upload_that_is_too_large_is_refused(organizer: Any, workshop: Workshop, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("papers.forms.tables.MOST_BYTES", 10)
    answer = upload(organizer, GOOD)
    assert answer.context["form"].errors["file"] == ["The file is larger than 10 MB. Split it, or use the command import_table."]


def test_upload_is_kept_for_its_workshop_alone(organizer: Any, workshop: Workshop, olga: User) -> None:
    answer = upload(organizer, GOOD)
    other = make_workshop("elsewhere")
    join_workshop(olga, other)
    gone = organizer.get(answer.url.replace("counted26", "elsewhere"))
    assert (gone.status_code, gone.url) == (302, "/w/elsewhere/imports/table/")
    assert list_messages(organizer, "/w/elsewhere/imports/table/") == ["This upload is no longer kept. Choose the file again."]


@pytest.mark.parametrize("digest", ["0" * 64, "short", "..", "%2e%2e%2fsecret", "G" * 64])
def test_upload_that_is_not_kept_leads_back_to_the_form(organizer: Any, workshop: Workshop, digest: str) -> None:
    for answer in (
        organizer.get(f"{PAGE}{digest}/"),
        organizer.post(f"{PAGE}{digest}/"),
        organizer.post(f"{PAGE}words", {"table": digest}),
    ):
        assert (answer.status_code, getattr(answer, "url", PAGE)) in {(302, PAGE), (404, PAGE)}
    assert Paper.objects.count() == 0


def test_upload_is_forgotten_when_applied_and_after_a_day(organizer: Any, workshop: Workshop, monkeypatch: pytest.MonkeyPatch) -> None:
    answer = upload(organizer, GOOD)
    digest = answer.url.split("/")[-2]
    assert find_kept_table(workshop, digest) is not None
    organizer.post(answer.url)
    assert find_kept_table(workshop, digest) is None
    kept = keep_table(workshop, GOOD, name="a.csv", kind="papers")
    assert find_kept_table(workshop, kept.digest) == kept
    monkeypatch.setattr(kept_tables, "KEPT_FOR", timedelta(seconds=-60))
    keep_table(workshop, BAD, name="b.csv", kind="papers")
    assert find_kept_table(workshop, kept.digest) is None


def test_upload_that_was_tampered_with_is_not_used(workshop: Workshop) -> None:
    kept = keep_table(workshop, GOOD, name="a.csv", kind="papers")
    path = f"imports/{workshop.pk}/{kept.digest}.table"
    default_storage.delete(path)
    with default_storage.open(path, "wb") as file:
        file.write(BAD)
    assert find_kept_table(workshop, kept.digest) is None


@pytest.mark.parametrize("role", [None, Role.ASSISTANT, Role.PUBLISHER])
def test_nobody_else_gets_in(client: Client, workshop: Workshop, eve: User, role: Role | None) -> None:
    if role is not None:
        join_workshop(eve, workshop, role)
    kept = keep_table(workshop, GOOD, name="a.csv", kind="papers")
    client.force_login(eve)
    answers = [
        client.get(PAGE),
        upload(client, GOOD),
        client.get(f"{PAGE}{kept.digest}/"),
        client.post(f"{PAGE}{kept.digest}/"),
        client.post(f"{PAGE}words", {"table": kept.digest}),
    ]
    assert [answer.status_code for answer in answers] == [404] * 5
    assert Paper.objects.count() == 0


def test_strangers_are_asked_to_sign_in(client: Client, workshop: Workshop) -> None:
    assert [client.get(PAGE).status_code, upload(client, GOOD).status_code] == [302, 302]
    assert client.get(PAGE).headers["Location"].startswith("/accounts/login/")


@pytest.mark.parametrize("count", [1, 3])
def test_preview_asks_the_same_number_of_queries_for_any_number_of_papers(
    organizer: Any, workshop: Workshop, count: int, django_assert_num_queries: Any
) -> None:
    for number in range(1, count + 1):
        make_paper(workshop, number=number)
    rows = "".join(f"{number},Another {number}\n" for number in range(1, count + 1))
    answer = upload(organizer, f"number,title\n{rows}".encode())
    with django_assert_num_queries(21):
        organizer.get(answer.url)
