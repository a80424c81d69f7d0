"""Pages of files from OpenReview and of differing metadata: compared, confirmed, taken; strangers learn nothing."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from papers.jobs import run_job
from papers.models import FileVersion, Job, Paper, UpstreamFile, User, Workshop
from standin import Standin, Venue
from tests.factories import accept, join_workshop, make_paper
from tests.papers.filed_venues import get_paper, list_taken, make_filed_venue, make_owing_workshop
from tests.papers.handed_in import hand_in, make_content, make_owing_paper
from tests.papers.standin_venues import serve

pytestmark = pytest.mark.django_db
QUERIES = 11
SIGN_IN = {"username": "chair@example.org", "password": "loopback-only"}


@pytest.fixture
def venue() -> Venue:
    return make_filed_venue()


@pytest.fixture
def standin(venue: Venue, settings: Any) -> Iterator[Standin]:
    with serve(venue) as running:
        settings.OPENREVIEW_BASE_URL, settings.OPENREVIEW_BASE_URL_V1 = running.url, running.url_v1
        yield running


@pytest.fixture
def filed(venue: Venue, olga: User) -> Workshop:
    workshop = make_owing_workshop(venue)
    join_workshop(olga, workshop)
    return workshop


@pytest.fixture
def browser(client: Client, olga: User) -> Client:
    client.force_login(olga)
    return client


def find_job() -> Job:
    return Job.objects.get(kind="import-files")


def test_compare_confirm_take(standin: Standin, filed: Workshop, browser: Client) -> None:
    page = reverse("file-import", args=[filed.slug])
    assert browser.post(page, SIGN_IN).status_code == 302
    run_job(find_job().pk)
    job = find_job()
    assert (job.state, FileVersion.objects.count()) == ("paused", 0)
    shown = browser.get(page).content.decode()
    assert "Take 3 files" in shown
    assert shown.count("/Authors</span>") == 3
    confirm = reverse("confirm-file-import", args=[filed.slug, job.pk])
    assert browser.post(confirm).status_code == 302
    run_job(job.pk)
    assert list_taken(filed) == [(1, 1, True), (2, 1, True), (3, 1, True)]
    job = find_job()
    assert job.result is not None
    assert job.result["sentence"] == "3 taken, 0 were here already, 0 left for a newer or approved one here, 0 refused, 0 not to be had."
    assert "secrets" not in job.params
    assert browser.post(confirm).status_code == 409
    assert "3 taken, 0 were here already" in browser.get(page).content.decode()
    files = browser.get(reverse("paper-files", args=[filed.slug, get_paper(filed, 1).pk])).content.decode()
    assert "from OpenReview, filed there" in files


def test_throttled_job_pauses_and_goes_on(standin: Standin, filed: Workshop, browser: Client) -> None:
    browser.post(reverse("file-import", args=[filed.slug]), SIGN_IN)
    run_job(find_job().pk)
    browser.post(reverse("confirm-file-import", args=[filed.slug, find_job().pk]))
    standin.faults.add("throttle", path="/attachment", times=1, retry_after=900)
    run_job(find_job().pk)
    job = find_job()
    assert (job.state, job.message.startswith("OpenReview asks to wait until ")) == ("paused", True)
    assert "It goes on by itself." in browser.get(reverse("file-import", args=[filed.slug])).content.decode()
    Job.objects.update(state="queued")
    run_job(job.pk)
    assert (find_job().state, FileVersion.objects.count()) == ("done", 3)


def test_unconfirmed_comparison_takes_nothing(standin: Standin, filed: Workshop, browser: Client) -> None:
    browser.post(reverse("file-import", args=[filed.slug]), SIGN_IN)
    run_job(find_job().pk)
    Job.objects.update(state="queued")
    run_job(find_job().pk)
    assert (find_job().result, FileVersion.objects.count()) == ({"sentence": "Nobody confirmed the comparison; nothing was taken."}, 0)


def test_only_who_compared_confirms(standin: Standin, filed: Workshop, browser: Client, ada: User) -> None:
    browser.post(reverse("file-import", args=[filed.slug]), SIGN_IN)
    run_job(find_job().pk)
    join_workshop(ada, filed)
    other = Client()
    other.force_login(ada)
    page = other.get(reverse("file-import", args=[filed.slug])).content.decode()
    assert ("has compared the files with OpenReview" in page, "Take 3 files" in page) == (True, False)
    assert other.post(reverse("confirm-file-import", args=[filed.slug, find_job().pk])).status_code == 409


def test_nothing_to_take_is_said(standin: Standin, venue: Venue, filed: Workshop, browser: Client) -> None:
    for number in venue.papers:
        venue.withdraw(number)
    browser.post(reverse("file-import", args=[filed.slug]), SIGN_IN)
    run_job(find_job().pk)
    page = browser.get(reverse("file-import", args=[filed.slug])).content.decode()
    assert ("Nothing to take" in page, page.count("The paper is withdrawn in OpenReview")) == (True, 3)
    assert browser.post(reverse("confirm-file-import", args=[filed.slug, find_job().pk])).status_code == 409


def test_wrong_password_is_said_in_the_form(standin: Standin, filed: Workshop, browser: Client) -> None:
    answer = browser.post(reverse("file-import", args=[filed.slug]), {**SIGN_IN, "password": "wrong"})
    assert (answer.status_code, "OpenReview refused the sign-in" in answer.content.decode(), Job.objects.count()) == (422, True, 0)


def test_fields_are_kept(filed: Workshop, browser: Client) -> None:
    answer = browser.post(reverse("file-source", args=[filed.slug]), {"stage": "Last_Word", "supplement": "extra"})
    assert answer.status_code == 302
    filed.file_source.refresh_from_db()
    assert (filed.file_source.stage, filed.file_source.fields) == ("Last_Word", {"supplement": "extra"})
    too_long = browser.post(reverse("file-source", args=[filed.slug]), {"stage": "x" * 201})
    assert (too_long.status_code, "x" * 201 in too_long.content.decode()) == (422, True)


def test_another_file_there_is_named_on_the_papers_page(standin: Standin, filed: Workshop, browser: Client, olga: User) -> None:
    paper = get_paper(filed, 1)
    hand_in(paper, olga, make_content(1, 100))
    browser.post(reverse("file-import", args=[filed.slug]), SIGN_IN)
    run_job(find_job().pk)
    assert UpstreamFile.objects.get(paper=paper).outcome == "older"
    page = browser.get(reverse("paper-files", args=[filed.slug, paper.pk])).content.decode()
    assert ("OpenReview holds another Paper PDF, filed" in page, "Older than what is here. What stands here counts." in page) == (
        True,
        True,
    )


@pytest.mark.parametrize("count", [1, 3])
def test_differences_take_the_same_queries_for_any_number(
    workshop: Workshop, client: Client, olga: User, count: int, django_assert_num_queries: Any
) -> None:
    for number in range(count):
        accept(make_paper(workshop, title=f"Counted {number}", imported={"title": "Another one"}), is_released=True)
    hidden = make_paper(workshop, title="Undecided Thing", imported={"title": "Another one"})
    client.force_login(olga)
    client.get(reverse("metadata-differences", args=[workshop.slug]))
    with django_assert_num_queries(QUERIES):
        page = client.get(reverse("metadata-differences", args=[workshop.slug])).content.decode()
    assert (page.count("Another one"), hidden.title in page) == (count, False)


def test_filters_and_empty_pages(workshop: Workshop, client: Client, olga: User) -> None:
    client.force_login(olga)
    address = reverse("metadata-differences", args=[workshop.slug])
    assert "No accepted paper yet" in client.get(address).content.decode()
    paper = make_paper(workshop, title="Counted Thing")
    accept(paper, is_released=True)
    assert "Nothing differs" in client.get(address).content.decode()
    Paper.objects.filter(pk=paper.pk).update(imported={"title": "Another one"})
    assert "No paper differs so" in client.get(address, {"side": "pdf"}).content.decode()
    assert "Another one" in client.get(address, {"side": "openreview", "field": "title", "track": "full"}).content.decode()
    assert "Another one" in client.get(address, {"side": "nonsense"}).content.decode()
    assert "Metadata that differs" in client.get(reverse("paper", args=[workshop.slug, paper.pk])).content.decode()


def test_author_sees_the_sides_of_their_paper_and_eve_nothing(workshop: Workshop, olga: User, ada: User, eve: User) -> None:
    paper = make_owing_paper(workshop, ada, by=olga, imported={"title": "Another one"})
    address = reverse("author-metadata", args=[workshop.slug, paper.pk])
    seen = {}
    for person in (ada, eve):
        browser = Client()
        browser.force_login(person)
        answer = browser.get(address)
        seen[person] = (answer.status_code, "Another one" in answer.content.decode())
        assert browser.get(reverse("metadata-differences", args=[workshop.slug])).status_code == 404
    assert seen == {ada: (200, True), eve: (404, False)}
