"""The import page: sign in, start, follow, read the report."""

from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings

from papers.jobs import run_job
from papers.models import ImportRun, Job, MappedValue, User, Workshop
from standin import Standin
from tests.factories import join_workshop
from tests.papers.standin_venues import fill_venue, make_mapped_workshop, make_venue, serve

MFA = {"methods": ["totp"], "codes": {"totp": "123456"}}


@pytest.fixture
def standin(settings: Settings) -> Iterator[Standin]:
    venue = fill_venue(make_venue())
    venue.add_chair("careful@example.org", "Careful Chair", mfa=MFA)
    with serve(venue) as standin:
        settings.OPENREVIEW_BASE_URL, settings.OPENREVIEW_BASE_URL_V1 = standin.url, standin.url_v1
        yield standin


@pytest.fixture
def here(db: None, olga: User, client: Client) -> Workshop:
    workshop = make_mapped_workshop("example.org/2026/Workshop/Counted", slug="here26")
    join_workshop(olga, workshop)
    client.force_login(olga)
    return workshop


def test_import_is_started_followed_and_reported(
    client: Client, here: Workshop, standin: Standin, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    response = client.post(reverse("import-list", args=[here.slug]), {"username": "chair@example.org", "password": "loopback-only"})
    job = Job.objects.get()
    assert (response.status_code, response["Location"]) == (302, reverse("job", args=[here.slug, job.pk]))
    assert "loopback-only" not in str(job.params)
    run_job(job.pk)
    job.refresh_from_db()
    run = ImportRun.objects.get()
    report = reverse("import-report", args=[here.slug, run.pk])
    assert (job.state, job.result and job.result["address"], job.params.get("secrets")) == ("done", report, None)
    assert "3 papers created" in client.get(reverse("job", args=[here.slug, job.pk])).content.decode()
    page = client.get(report)
    assert (page.status_code, page.context["run"].report["created"]) == (200, 3)
    assert client.get(reverse("import-list", args=[here.slug])).status_code == 200


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ({}, "Give an account with its password, or a session token."),
        ({"username": "chair@example.org", "password": "wrong"}, "OpenReview refused the sign-in"),
    ],
)
def test_failed_sign_in_shows_the_form_again(client: Client, here: Workshop, standin: Standin, data: dict[str, str], sentence: str) -> None:
    response = client.post(reverse("import-list", args=[here.slug]), data)
    assert response.status_code == 422
    assert sentence in response.content.decode()
    assert not Job.objects.exists()


def test_second_factor_is_asked_for_without_the_password(client: Client, here: Workshop, standin: Standin) -> None:
    address = reverse("import-list", args=[here.slug])
    asked = client.post(address, {"username": "careful@example.org", "password": "loopback-only"})
    assert asked.status_code == 422
    page = asked.content.decode()
    assert "loopback-only" not in page
    pending = asked.context["form"]["pending"].value()
    done = client.post(address, {"username": "careful@example.org", "pending": pending, "code": "123456"})
    assert done.status_code == 302


def test_meanings_reach_the_papers_at_once(client: Client, here: Workshop, standin: Standin) -> None:
    here.mappings.get(target="track").values.all().update(meaning=None)
    client.post(reverse("import-list", args=[here.slug]), {"username": "chair@example.org", "password": "loopback-only"})
    run_job(Job.objects.get().pk)
    assert [paper.track for paper in here.papers.order_by("number")] == [None, None, None]
    values = {value.value: value for value in MappedValue.objects.filter(mapping__target="track")}
    data = {f"value_{values['Full paper'].pk}": '"full"', f"value_{values['Short paper'].pk}": '"short"'}
    form = client.get(reverse("mapping", args=[here.slug])).context["form"]
    data |= {name: field.initial for name, field in form.fields.items() if name not in data}
    client.post(reverse("mapping", args=[here.slug]), data)
    assert [paper.track and paper.track.slug for paper in here.papers.order_by("number")] == ["full", "short", "full"]
