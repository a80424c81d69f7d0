"""The page of a job: progress with and without JavaScript, cancel, who may see it."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client

from papers.jobs import enqueue_job
from papers.models import Job, Role, User, Workshop
from tests.factories import join_workshop, make_workshop
from tests.papers import slow_jobs

assert slow_jobs
NOON = dt.datetime(2030, 1, 1, 12, tzinfo=dt.UTC)


@pytest.fixture
def job(workshop: Workshop, olga: User) -> Job:
    return enqueue_job("test-slow", workshop=workshop, by=olga)


def address(job: Job, tail: str = "") -> str:
    return f"/w/counted26/jobs/{job.pk}/{tail}"


def put(job: Job, state: str, **fields: Any) -> None:
    Job.objects.filter(pk=job.pk).update(state=state, **fields)


def test_running_job_asks_for_itself_and_offers_itself_without_javascript(client: Client, job: Job, olga: User) -> None:
    client.force_login(olga)
    put(job, "running", progress_count=3, total_count=40, message="3 papers; 990 requests left")
    page = client.get(address(job)).content.decode()
    assert f'<noscript><a class="button" href="{address(job)}">Look again</a></noscript>' in page
    assert f'hx-get="{address(job)}" hx-trigger="every 1s"' in page
    assert '<progress aria-label="Test slow" value="3" max="40"></progress>' in page
    assert "3 papers; 990 requests left" in page
    assert "by Olga Organizer" in page


def test_fragment_is_the_panel_alone_and_stops_asking(client: Client, job: Job, olga: User) -> None:
    client.force_login(olga)
    fragment = client.get(address(job), headers={"HX-Request": "true"}).content.decode().strip()
    assert fragment.startswith('<section class="panel" id="job"')
    assert "hx-trigger" in fragment
    assert "starts as soon as a worker is free" in fragment
    put(job, "done", result={"sentence": "40 topics were added.", "address": "/w/counted26/", "address_name": "See the topics"})
    fragment = client.get(address(job), headers={"HX-Request": "true"}).content.decode()
    assert "hx-trigger" not in fragment
    assert "40 topics were added." in fragment
    assert '<a class="button is-primary" href="/w/counted26/">See the topics</a>' in fragment
    assert "Look again" not in client.get(address(job)).content.decode()


@pytest.mark.parametrize(
    ("state", "fields", "said"),
    [
        (
            "paused",
            {"message": "OpenReview asks to wait.", "resume_at": NOON},
            "OpenReview asks to wait.",
        ),
        ("lost", {"message": "The worker stopped.", "attempt_count": 2}, "Attempt 2 of 3"),
        ("failed", {"message": "Row 3 has no title."}, "Row 3 has no title."),
        ("canceled", {"message": "3 of 4"}, "It was stopped. 3 of 4"),
        ("running", {"wants_cancel": True}, "<h2>Stopping</h2>"),
    ],
)
def test_every_state_is_said(client: Client, job: Job, olga: User, state: str, fields: dict[str, Any], said: str) -> None:
    client.force_login(olga)
    put(job, state, **fields)
    assert said in client.get(address(job)).content.decode()


def test_message_is_only_text(client: Client, job: Job, olga: User) -> None:
    client.force_login(olga)
    put(job, "failed", message="<script>alert(1)</script>")
    assert "<script>alert" not in client.get(address(job)).content.decode()


def test_cancel_stops_a_waiting_job(client: Client, job: Job, olga: User) -> None:
    client.force_login(olga)
    assert client.get(address(job, "cancel")).status_code == 405
    answer = client.post(address(job, "cancel"))
    assert (answer.status_code, answer["Location"]) == (302, address(job))
    job.refresh_from_db()
    assert job.state == "canceled"
    answer = client.post(address(job, "cancel"), headers={"Referer": f"http://testserver{address(job)}"}, follow=True)
    assert "Test slow is over already: canceled." in answer.content.decode()


@pytest.mark.parametrize(("role", "may_cancel"), [("owner", True), ("organizer", True), ("publisher", True), ("assistant", False)])
def test_members_see_a_job_and_some_may_cancel(client: Client, job: Job, eve: User, role: str, may_cancel: bool) -> None:
    join_workshop(eve, job.workshop or make_workshop(), Role(role))
    client.force_login(eve)
    page = client.get(address(job))
    assert page.status_code == 200
    assert ("Cancel it" in page.content.decode()) is may_cancel
    assert client.post(address(job, "cancel")).status_code == (302 if may_cancel else 404)


def test_strangers_find_nothing(client: Client, job: Job, eve: User) -> None:
    assert client.get(address(job))["Location"] == f"/accounts/login/?next={address(job)}"
    join_workshop(eve, make_workshop("other26"), Role.OWNER)
    client.force_login(eve)
    assert client.get(address(job)).status_code == 404
    assert client.get(f"/w/other26/jobs/{job.pk}/").status_code == 404
    assert client.post(address(job, "cancel")).status_code == 404


def test_page_needs_few_queries(client: Client, job: Job, olga: User, django_assert_num_queries: Any) -> None:
    client.force_login(olga)
    with django_assert_num_queries(4):  # session, user, membership with workshop, job with its starter
        client.get(address(job), headers={"HX-Request": "true"})
