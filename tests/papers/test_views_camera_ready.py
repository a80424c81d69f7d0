"""The organizers' board and the pages behind it: counts, filters, verdicts, what is asked for."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from papers.board_rows import list_file_states
from papers.camera_ready import approve_file, receive_link, return_file
from papers.models import FileExtension, FileVersion, Paper, RequiredFile, Role, User, Workshop
from papers.readiness import STATES, BoardQuestion, build_board
from papers.sight import find_sight
from tests.factories import accept, join_workshop, make_paper, make_user, make_workshop, reject
from tests.papers.handed_in import AFTER, BEFORE, DUE, ask, hand_in, hand_in_checked, make_owing_paper, make_pdf


@pytest.fixture(autouse=True)
def before_the_deadline() -> Iterator[None]:
    with time_machine.travel(BEFORE, tick=False):
        yield


@pytest.fixture
def papers(workshop: Workshop, olga: User) -> list[Paper]:
    """Return a paper in each state: owed, being checked, blocked, clean, with a warning, returned, approved."""
    ask(workshop)
    made = [make_owing_paper(workshop, number=number, title=f"Masks of kind {number}", authors=()) for number in range(1, 8)]
    hand_in(made[1], olga, own_pdf(made[1]))
    end_checks(hand_in(made[2], olga, own_pdf(made[2])), over_length="block")
    end_checks(hand_in(made[3], olga, own_pdf(made[3])))
    end_checks(hand_in(made[4], olga, own_pdf(made[4])), type3_font="warn")
    return_file(end_checks(hand_in(made[5], olga, own_pdf(made[5]))), reasons="No.", by=olga)
    approve_file(end_checks(hand_in(made[6], olga, own_pdf(made[6]))), by=olga)
    return made


def own_pdf(paper: Paper) -> bytes:
    return make_pdf(title=paper.title, body_pages=1)


def end_checks(version: FileVersion, **found: str) -> FileVersion:
    """Say of a version what its checks found, codes with their weights."""
    for position, (code, severity) in enumerate(found.items()):
        version.findings.create(position=position, code=code, severity=severity, page=1, sentence=f"Found {code}.")
    version.checked_at = BEFORE
    version.save()
    return version


def url(name: str, *rest: object) -> str:
    return reverse(name, args=["counted26", *rest])


def numbers(board: Any) -> list[int | None]:
    return [row.number for row in board.rows]


def build(workshop: Workshop, user: User, **asked: str) -> Any:
    return build_board(find_sight(workshop, user), BoardQuestion(**asked))


def read_messages(client: Client) -> list[str]:
    return [str(message) for message in client.get(url("camera-ready")).context["messages"]]


def test_board_counts_every_state(workshop: Workshop, olga: User, papers: list[Paper]) -> None:
    board = build(workshop, olga)
    counts, *said = board.counts
    assert [(one.kind, one.label, one.total, dict(one.counts)["owed"]) for one in said] == [
        ("metadata", "Metadata", 7, 7),
        ("presenter", "Presenter", 7, 7),
        ("attendance", "Attendance", 7, 7),
        ("proceedings", "Proceedings", 7, 7),
    ]
    assert (counts.kind, counts.total, dict(counts.counts)) == (
        "paper", 7, {"owed": 1, "overdue": 0, "blocked": 1, "returned": 1, "received": 3, "approved": 1},
    )  # fmt: skip
    assert (board.paper_count, board.ready_count, board.clean_count, numbers(board)) == (7, 1, 1, [1, 2, 3, 4, 5, 6, 7])


def test_what_is_due_is_overdue_after_its_deadline(workshop: Workshop, olga: User, papers: list[Paper]) -> None:
    with time_machine.travel(AFTER, tick=False):
        assert numbers(build(workshop, olga, state="overdue")) == [1, 3, 6]


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({"kind": "paper", "state": "owed"}, [1, 8]),
        ({"state": "received"}, [2, 4, 5]),
        ({"state": "blocked"}, [3]),
        ({"state": "returned"}, [6]),
        ({"state": "approved"}, [7]),
        ({"kind": "poster"}, [8]),
        ({"kind": "poster", "state": "owed"}, [8]),
        ({"track": "short"}, [8]),
        ({"words": "KIND 3"}, [3]),
        ({"words": "7"}, [7]),
        ({"words": "nothing"}, []),
    ],
)
def test_filters(workshop: Workshop, olga: User, papers: list[Paper], asked: dict[str, str], expected: list[int]) -> None:
    short = workshop.tracks.get(slug="short")
    ask(workshop, "poster", track=short)
    make_owing_paper(workshop, number=8, title="Short", track=short)
    assert numbers(build(workshop, olga, **asked)) == expected


def test_only_released_papers_owe(workshop: Workshop, olga: User) -> None:
    ask(workshop)
    accept(make_paper(workshop, number=1))
    reject(make_paper(workshop, number=2), is_released=True)
    make_paper(workshop, number=3)
    make_owing_paper(workshop, number=4, is_test=True)
    make_owing_paper(workshop, number=5, standing="withdrawn")
    make_owing_paper(workshop, number=6)
    assert numbers(build(workshop, olga)) == [6]


def test_optional_files_leave_a_paper_ready(workshop: Workshop, olga: User) -> None:
    ask(workshop, "supplement", is_optional=True)
    make_owing_paper(workshop)
    board = build(workshop, olga)
    assert (board.ready_count, dict(board.counts[0].counts)) == (1, dict.fromkeys(STATES, 0))


def test_states_of_one_file(workshop: Workshop, olga: User, papers: list[Paper]) -> None:
    [cell] = build(workshop, olga, state="blocked").rows[0].situation.cells
    assert list_file_states(cell) == {"blocked"}


def test_page_leads_to_what_it_counts(client: Client, olga: User, papers: list[Paper]) -> None:
    client.force_login(olga)
    page = client.get(url("camera-ready")).content.decode()
    assert ["?kind=paper&amp;state=blocked" in page, "1 of 7 accepted papers" in page, "Approve 1 without findings" in page] == [True] * 3
    assert client.get(url("camera-ready"), {"state": "nonsense", "track": "x"}).context["page_obj"].paginator.count == 7
    assert "No paper is so" in client.get(url("camera-ready"), {"q": "nothing"}).content.decode()


def test_empty_board_says_what_to_do(client: Client, workshop: Workshop, olga: User, eve: User) -> None:
    join_workshop(eve, workshop, Role.ASSISTANT)
    client.force_login(eve)
    assert "Owners and organizers say which files each track owes." in client.get(url("camera-ready")).content.decode()
    client.force_login(olga)
    assert "Ask for files" in client.get(url("camera-ready")).content.decode()
    ask(workshop)
    assert "No paper owes files" in client.get(url("camera-ready")).content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_board_asks_the_database_a_fixed_number_of_times(
    client: Client, workshop: Workshop, olga: User, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    ask(workshop)
    for number in range(count):
        hand_in(make_owing_paper(workshop, number=number + 1), olga, make_pdf(body_pages=number + 1))
    client.force_login(olga)
    with django_assert_num_queries(17):
        client.get(url("camera-ready"))


def test_clean_files_are_approved_at_once(client: Client, workshop: Workshop, olga: User, papers: list[Paper]) -> None:
    ask(workshop, "video")
    receive_link(papers[0], kind="video", link="https://v.example", by=olga)
    client.force_login(olga)
    client.post(url("approve-clean-files"))
    assert read_messages(client) == ["Approved 1 file without findings."]
    assert numbers(build(workshop, olga, state="approved")) == [4, 7]
    client.post(url("approve-clean-files"), headers={"Referer": f"http://testserver{url('camera-ready')}"})
    assert read_messages(client) == ["There is no received file without findings. Look at those with findings one by one."]


def test_organizer_judges_a_file(client: Client, olga: User, papers: list[Paper]) -> None:
    paper = papers[2]
    version = paper.file_versions.get()
    finding = version.findings.get()
    client.force_login(olga)
    page = client.get(url("paper-files", paper.pk)).content.decode()
    assert [words in page for words in ("Override", "Return to the authors", "Extend the deadline", ">Approve<")] == [
        True,
        True,
        True,
        False,
    ]
    client.post(url("override-finding", finding.pk), {"reason": "Agreed <b>."})
    page = client.get(url("paper-files", paper.pk)).content.decode()
    assert ["Agreed &lt;b&gt;." in page, ">Approve<" in page] == [True, True]
    client.post(url("approve-file", version.pk))
    client.post(url("return-file", version.pk), {"reason": "Wrong file."})
    client.post(url("recheck-file", version.pk))
    answer = client.get(url("paper-files", paper.pk))
    assert [str(message) for message in answer.context["messages"]] == [
        "Paper PDF approved.", "Paper PDF returned. Its authors see the reasons.", "It is being checked again.",
    ]  # fmt: skip
    fragment = client.get(url("paper-files", paper.pk), {"kind": "paper"}, headers={"HX-Request": "true"}).content.decode()
    assert ["The checks run" in fragment, "<html" in fragment] == [True, False]


@pytest.mark.parametrize("name", ["return-file", "override-finding"])
def test_verdict_without_words_is_refused(client: Client, olga: User, papers: list[Paper], name: str) -> None:
    version = papers[2].file_versions.get()
    client.force_login(olga)
    pk = version.pk if name == "return-file" else version.findings.get().pk
    assert client.post(url(name, pk), {"reason": " "}).status_code == 409
    version.refresh_from_db()
    assert (hasattr(version, "verdict"), version.findings.filter(overridden_at__isnull=False).exists()) == (False, False)


def test_organizer_extends_a_deadline_in_the_workshops_zone(client: Client, olga: User, papers: list[Paper]) -> None:
    client.force_login(olga)
    address = url("extend-deadline", papers[0].pk, "paper")
    assert client.post(address, {"due_at": "2026-04-20T12:00", "reason": "Fire"}).status_code == 302
    assert FileExtension.objects.get().due_at == dt.datetime(2026, 4, 20, 19, tzinfo=dt.UTC)
    assert "extended" in client.get(url("camera-ready")).content.decode()


@pytest.mark.parametrize(
    ("due_at", "sentence"), [("soon", "Give a day and a time"), ("9999-12-31T23:59", "Look at the year."), ("", "This field is required.")]
)
def test_malformed_extension_is_the_same_form_again(client: Client, olga: User, papers: list[Paper], due_at: str, sentence: str) -> None:
    client.force_login(olga)
    response = client.post(url("extend-deadline", papers[0].pk, "paper"), {"due_at": due_at, "reason": "Fire"})
    assert (response.status_code, sentence in response.content.decode()) == (422, True)


def test_organizer_hands_in_for_authors(client: Client, olga: User, papers: list[Paper]) -> None:
    client.force_login(olga)
    response = client.post(url("hand-in-file", papers[0].pk, "paper"))
    assert (response.status_code, "Choose a file first." in response.content.decode()) == (422, True)
    withdrawn = papers[1].file_versions.get()
    response = client.post(url("withdraw-file", withdrawn.pk))
    assert (response.status_code, response.headers["Location"]) == (302, url("paper-files", papers[1].pk))


def test_assistant_looks_and_judges_nothing(client: Client, workshop: Workshop, papers: list[Paper], eve: User) -> None:
    join_workshop(eve, workshop, Role.ASSISTANT)
    client.force_login(eve)
    page = client.get(url("paper-files", papers[2].pk)).content.decode()
    assert [words in page for words in ("over_length", "Override", "data-upload=", "Return to the authors")] == [True, False, False, False]


def test_finding_leads_organizers_to_the_other_paper_and_authors_not(client: Client, workshop: Workshop, olga: User, ada: User) -> None:
    ask(workshop)
    other, paper = make_owing_paper(workshop, number=3), make_owing_paper(workshop, ada, by=olga, number=4)
    hand_in_checked(other, olga)
    hand_in_checked(paper, ada)
    link = url("paper-files", other.pk)
    client.force_login(olga)
    assert link in client.get(url("paper-files", paper.pk)).content.decode()
    client.force_login(ada)
    page = client.get(url("author-files", paper.pk)).content.decode()
    assert ["same_file" in page, link in page, "paper 3" in page] == [True, False, False]


def test_organizer_asks_for_files(client: Client, workshop: Workshop, olga: User) -> None:
    client.force_login(olga)
    given = {"kind": "paper", "due_at": "2026-04-14T23:59", "style": "cvpr", "is_blocking": "on", "blocking_codes": "type3_font, bad_link"}
    assert client.post(url("required-files"), {**given, "lenient_codes": "page_numbers"}).status_code == 302
    required = RequiredFile.objects.get()
    assert (required.due_at, required.grace_minutes, required.severities) == (
        DUE, 0, {"bad_link": "block", "page_numbers": "warn", "type3_font": "block"},
    )  # fmt: skip
    page = client.get(url("required-file", required.pk)).content.decode()
    assert ['value="2026-04-14T23:59"' in page, 'value="bad_link type3_font"' in page, 'value="page_numbers"' in page] == [True] * 3
    client.post(url("required-file", required.pk), {"kind": "poster", "style": "any", "grace_minutes": "5"})
    required = RequiredFile.objects.get(kind="paper")  # a line keeps its kind
    assert (required.due_at, required.grace_minutes, required.style, required.is_blocking) == (None, 5, "any", False)
    assert client.post(url("required-file", required.pk), {"style": "nonsense"}).status_code == 422
    client.post(url("remove-required-file", required.pk))
    assert (RequiredFile.objects.count(), "Nothing is asked for yet" in client.get(url("required-files")).content.decode()) == (0, True)


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"kind": "nonsense", "style": "cvpr"}, "Select a valid choice."),
        ({"kind": "paper", "style": "cvpr", "blocking_codes": "nonsense"}, "No finding has the code nonsense"),
        ({"kind": "paper", "style": "cvpr", "due_at": "14.4.2026"}, "Give a day and a time"),
        ({"kind": "paper", "style": "cvpr", "max_megabytes": "100000"}, "less than or equal to 200"),
    ],
)
def test_malformed_wish_is_the_same_form_again(client: Client, olga: User, given: dict[str, str], sentence: str) -> None:
    client.force_login(olga)
    response = client.post(url("required-files"), given)
    assert (response.status_code, sentence in response.content.decode(), RequiredFile.objects.count()) == (422, True, 0)


def test_line_of_another_workshop_is_not_reached(client: Client, workshop: Workshop, olga: User) -> None:
    required = ask(make_workshop())
    client.force_login(olga)
    assert {
        client.get(url("required-file", required.pk)).status_code,
        client.post(url("remove-required-file", required.pk)).status_code,
    } == {404}


def test_author_of_the_workshop_is_no_organizer(client: Client, papers: list[Paper]) -> None:
    author = make_user()
    papers[0].claims.create(user=author, author=None, ground="organizer")
    client.force_login(author)
    assert {
        client.get(url(name, *rest)).status_code for name, *rest in (("camera-ready",), ("paper-files", papers[0].pk), ("required-files",))
    } == {404}
    assert FileVersion.objects.filter(paper=papers[0]).count() == 0
