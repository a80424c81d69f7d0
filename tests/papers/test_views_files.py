"""What authors do with their files: see, hand in, rehearse, withdraw; nobody reaches another's."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from papers.camera_ready import approve_file, extend_deadline, return_file
from papers.models import FileVersion, Job, Paper, StoredFile, User, Workshop
from tests.factories import accept, join_workshop, make_paper, make_user, make_workshop
from tests.papers.handed_in import AFTER, BEFORE, DUE, ask, check_here, hand_in, hand_in_checked, make_owing_paper, make_pdf, make_zip

HTMX = {"HX-Request": "true"}


@pytest.fixture(autouse=True)
def before_the_deadline() -> Iterator[None]:
    with time_machine.travel(BEFORE, tick=False):
        yield


@pytest.fixture
def paper(workshop: Workshop, ada: User, olga: User) -> Paper:
    ask(workshop)
    return make_owing_paper(workshop, ada, by=olga)


def url(name: str, paper: Paper, *rest: object) -> str:
    return reverse(name, args=[paper.workshop.slug, paper.pk, *rest])


def upload(
    client: Client, paper: Paper, content: bytes = b"", *, kind: str = "paper", name: str = "paper.pdf", page: str = "hand-in-file"
) -> Any:
    back = f"http://testserver{url('author-files', paper)}"
    file = SimpleUploadedFile(name, content or make_pdf())
    return client.post(url(page, paper, kind), {"file": file}, headers={"Referer": back})


def read_messages(client: Client, paper: Paper) -> list[str]:
    return [str(message) for message in client.get(url("author-files", paper)).context["messages"]]


def test_author_hands_in_and_sees_the_checks_end(client: Client, paper: Paper, ada: User) -> None:
    client.force_login(ada)
    assert upload(client, paper).status_code == 302
    page = client.get(url("author-files", paper))
    assert [str(message) for message in page.context["messages"]] == ["Paper PDF received, version 1. Its checks take a moment."]
    assert 'hx-trigger="every 2s"' in page.content.decode()
    version = FileVersion.objects.with_all().get()
    check_here(version)
    fragment = client.get(url("author-files", paper), {"kind": "paper"}, headers=HTMX).content.decode()
    assert ["hx-trigger" in fragment, "The checks found nothing." in fragment, "<html" in fragment] == [False, True, False]


def test_page_says_what_is_owed_by_when_in_the_readers_zone(client: Client, workshop: Workshop, paper: Paper, ada: User) -> None:
    ask(workshop, "supplement", is_optional=True, due_at=None, note="Videos, code.")
    client.force_login(ada)
    page = client.get(url("author-files", paper)).content.decode()
    assert re.findall(r'<h2 id="file-\w+">([^<]+)</h2>', page) == ["Paper PDF", "Supplement"]
    assert ["Apr 14, 2026, 11:59 PM PDT" in page, "PDF or ZIP, up to 20 MB" in page, "Videos, code." in page] == [True, True, True]
    User.objects.filter(pk=ada.pk).update(zone="Europe/Berlin")
    assert "Apr 15, 2026, 8:59 AM CEST" in client.get(url("author-files", paper)).content.decode()


def test_findings_show_the_spot_and_the_remedy(client: Client, paper: Paper, ada: User) -> None:
    version = hand_in_checked(paper, ada, make_pdf(body_pages=3))
    client.force_login(ada)
    page = client.get(url("author-files", paper)).content.decode()
    finding = version.findings.get(code="over_length")
    assert [
        str(finding.sentence).replace("'", "&#x27;") in page,
        reverse("finding-crop", args=[paper.workshop.slug, finding.pk]) in page,
    ] == [
        True,
        True,
    ]
    assert "Blocked" in page
    assert "Override" not in page


def test_returned_and_approved_files_say_so(client: Client, paper: Paper, ada: User, olga: User) -> None:
    version = hand_in_checked(paper, ada)
    return_file(version, reasons="Name the grant.\n<script>", by=olga)
    client.force_login(ada)
    page = client.get(url("author-files", paper)).content.decode()
    assert ["Name the grant.<br>&lt;script&gt;" in page, "data-upload=" in page] == [True, True]
    approve_file(version, by=olga)
    page = client.get(url("author-files", paper)).content.decode()
    assert ["Name the grant." in page, "data-upload=" in page, "Nothing is left to do here." in page] == [False, False, True]


def test_after_the_deadline_nothing_is_taken_unless_extended(
    client: Client, workshop: Workshop, paper: Paper, ada: User, olga: User
) -> None:
    client.force_login(ada)
    with time_machine.travel(AFTER, tick=False):
        assert "data-upload=" not in client.get(url("author-files", paper)).content.decode()
        upload(client, paper)
        assert read_messages(client, paper) == [
            "Paper PDF was due Apr 14, 2026, 11:59 PM PDT; nothing is taken any more. Write to the organizers."
        ]
        extend_deadline(paper, kind="paper", due_at=AFTER + (AFTER - DUE), reason="Fire", by=olga)
        page = client.get(url("author-files", paper)).content.decode()
        assert ["data-upload=" in page, "extended for this paper" in page] == [True, True]
        upload(client, paper)
    assert FileVersion.objects.count() == 1


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"<html>", "This is not a PDF file, whatever its name says. Paper PDF is taken as PDF."),
        (make_zip({"a.txt": b"a"}), "This is not a PDF file, whatever its name says. Paper PDF is taken as PDF."),
    ],
)
def test_wrong_content_is_refused_with_a_sentence(client: Client, paper: Paper, ada: User, content: bytes, sentence: str) -> None:
    client.force_login(ada)
    upload(client, paper, content)
    assert read_messages(client, paper) == [sentence]
    assert FileVersion.objects.count() == 0


def test_no_file_is_the_same_form_again(client: Client, paper: Paper, ada: User) -> None:
    client.force_login(ada)
    response = client.post(url("hand-in-file", paper, "paper"))
    assert (response.status_code, "Choose a file first." in response.content.decode()) == (422, True)


def test_too_large_a_file_is_the_same_form_again(client: Client, workshop: Workshop, paper: Paper, ada: User) -> None:
    ask(workshop, max_megabytes=1)
    client.force_login(ada)
    response = upload(client, paper, b"%PDF-1.5" + b"x" * 1_100_000)
    assert response.status_code == 422
    assert "The file has 1.0 MB; 1 MB are allowed here." in response.content.decode()


def test_double_submit_is_one_version(client: Client, paper: Paper, ada: User) -> None:
    client.force_login(ada)
    upload(client, paper)
    upload(client, paper)
    assert FileVersion.objects.count() == 1


def test_hostile_name_is_text(client: Client, paper: Paper, ada: User) -> None:
    client.force_login(ada)
    upload(client, paper, name='"><script>alert(1)</script>.pdf')
    page = client.get(url("author-files", paper)).content.decode()
    assert ["<script>alert" in page, FileVersion.objects.get().name] == [False, "script_.pdf"]


def test_video_is_a_link(client: Client, workshop: Workshop, paper: Paper, ada: User) -> None:
    ask(workshop, "video")
    client.force_login(ada)
    assert client.post(url("hand-in-link", paper, "video"), {"link": "javascript:alert(1)"}).status_code == 422
    assert client.post(url("hand-in-link", paper, "video"), {"link": "https://videos.example/1"}).status_code == 302
    assert "https://videos.example/1" in client.get(url("author-files", paper)).content.decode()


def test_author_withdraws_a_version(client: Client, paper: Paper, ada: User) -> None:
    version = hand_in(paper, ada)
    client.force_login(ada)
    client.post(reverse("withdraw-file", args=[paper.workshop.slug, version.pk]))
    assert read_messages(client, paper) == ["Version 1 of Paper PDF does not count any more."]
    version.refresh_from_db()
    assert (version.withdrawn_at, version.withdrawn_by) == (BEFORE, ada)


@pytest.mark.parametrize("kind", ["paper", "supplement"])
def test_rehearsal_keeps_nothing(client: Client, workshop: Workshop, ada: User, olga: User, kind: str) -> None:
    paper = make_paper(workshop, title="Undecided")
    make_owing_paper(workshop)
    accept(paper)  # not released, and the page must not tell
    paper.claims.create(user=ada, author=paper.authors.get(), ground="organizer")
    client.force_login(ada)
    content = make_pdf(body_pages=3) if kind == "paper" else make_zip({"../x.txt": b"a"})
    response = upload(client, paper, content, kind=kind, page="rehearse-file")
    page = response.content.decode()
    assert ["could not be approved" in page, "data:image/png;base64," in page] == [True, kind == "paper"]
    assert (FileVersion.objects.count(), StoredFile.objects.count(), Job.objects.count()) == (0, 0, 0)


def test_rehearsal_of_nothing_is_the_same_form_again(client: Client, paper: Paper, ada: User) -> None:
    client.force_login(ada)
    response = client.post(url("rehearse-file", paper, "paper"))
    assert (response.status_code, "Choose a file first." in response.content.decode()) == (422, True)
    assert client.post(url("rehearse-file", paper, "poster")).status_code == 404


def test_unreleased_decision_leaves_no_trace(client: Client, workshop: Workshop, ada: User) -> None:
    ask(workshop)
    paper = make_paper(workshop)
    paper.claims.create(user=ada, author=paper.authors.get(), ground="organizer")
    client.force_login(ada)
    pattern = re.compile(r'name="csrfmiddlewaretoken" value="\w+"')
    undecided = pattern.sub("", client.get(url("author-files", paper)).content.decode())
    accept(paper)
    assert pattern.sub("", client.get(url("author-files", paper)).content.decode()) == undecided
    assert "Nothing is owed" in undecided


def test_author_reaches_nothing_of_another_paper(client: Client, workshop: Workshop, paper: Paper, ada: User, olga: User) -> None:
    bert = make_user("bert@example.org")
    other = make_owing_paper(workshop, bert, by=olga, title="Bert's Paper")
    version = hand_in_checked(other, bert, make_pdf(body_pages=3))
    finding = version.findings.exclude(crop=None)[0]
    client.force_login(ada)
    slug = workshop.slug
    statuses = {
        client.get(url("author-files", other)).status_code,
        client.get(url("author-files", other), {"kind": "paper"}, headers=HTMX).status_code,
        upload(client, other).status_code,
        upload(client, other, page="rehearse-file").status_code,
        client.post(url("start-upload", other, "paper"), {"name": "a", "size": "1", "sha256": "0" * 64}).status_code,
        client.get(reverse("download-file", args=[slug, version.pk])).status_code,
        client.get(reverse("finding-crop", args=[slug, finding.pk])).status_code,
        client.post(reverse("withdraw-file", args=[slug, version.pk])).status_code,
        client.post(reverse("approve-file", args=[slug, version.pk])).status_code,
        client.get(url("paper-files", other)).status_code,
    }
    assert statuses == {404}
    assert FileVersion.objects.get().withdrawn_at is None


def test_files_of_another_workshop_are_not_reached_through_mine(client: Client, paper: Paper, ada: User, olga: User) -> None:
    elsewhere = make_workshop("elsewhere26")
    join_workshop(ada, elsewhere)
    version = hand_in(paper, ada)
    client.force_login(ada)
    assert client.get(reverse("download-file", args=["elsewhere26", version.pk])).status_code == 404
    assert client.post(reverse("approve-file", args=["elsewhere26", version.pk])).status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_files_page_asks_the_database_a_fixed_number_of_times(
    client: Client, workshop: Workshop, paper: Paper, ada: User, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(count):
        hand_in_checked(paper, ada, make_pdf(body_pages=3 + number))
    client.force_login(ada)
    with django_assert_num_queries(12):
        client.get(url("author-files", paper))
