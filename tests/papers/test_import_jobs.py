"""Imports as background work: sealed tokens, progress, pauses, cancel."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest
from django.utils import timezone

from papers.errors import NotPermitted, SignInNeeded
from papers.import_jobs import KIND, sign_in_for_import, start_import
from papers.jobs import cancel_job, resume_due_jobs, run_job
from papers.models import ImportRun, Job, User, Workshop
from papers.openreview.sign_in import SESSION_SECONDS, Credentials, SecondFactorNeeded
from papers.sealing import seal, unseal
from standin import Standin, Venue
from tests.papers.standin_venues import CHAIR, fill_venue, make_long_venue, make_mapped_workshop, make_venue, serve

pytestmark = pytest.mark.django_db


def point_to(standin: Standin, settings: Any) -> None:
    settings.OPENREVIEW_BASE_URL, settings.OPENREVIEW_BASE_URL_V1 = standin.url, standin.url_v1
    settings.OPENREVIEW_READ_SECONDS = 2


@pytest.fixture
def venue() -> Venue:
    return fill_venue(make_venue())


@pytest.fixture
def workshop(venue: Venue) -> Workshop:
    return make_mapped_workshop(venue.id)


@pytest.fixture
def standin(venue: Venue, settings: Any) -> Iterator[Standin]:
    with serve(venue) as standin:
        point_to(standin, settings)
        yield standin


def test_sealed_text_is_unreadable_and_comes_back(settings: Any) -> None:
    sealed = seal("a token")
    assert ("a token" in sealed, unseal(sealed), seal("a token") == sealed) == (False, "a token", False)
    settings.SECRET_KEY = "another key"
    with pytest.raises(SignInNeeded, match=r"^What was kept for the sign-in cannot be read any more; sign in again\.$"):
        unseal(sealed)


def test_sealed_text_grows_old(monkeypatch: pytest.MonkeyPatch) -> None:
    sealed = seal("a token")
    monkeypatch.setattr("time.time", lambda: timezone.now().timestamp() + SESSION_SECONDS + 60)
    assert unseal(sealed) == "a token"
    with pytest.raises(SignInNeeded):
        unseal(sealed, max_seconds=SESSION_SECONDS)


def test_job_imports_with_progress_and_forgets_the_token(standin: Standin, workshop: Workshop, olga: User) -> None:
    job = start_import(workshop, by=olga, token=sign_in_for_import(CHAIR))
    assert set(job.params) == {"secrets", "is_rehearsal", "api"}
    assert CHAIR.password not in str(job.params)
    run_job(job.pk)
    job.refresh_from_db()
    assert (job.state, job.progress_count, job.total_count, job.message) == ("done", 3, 3, "3 papers, 499 requests left")
    assert (job.params, job.result and job.result["created"]) == ({"is_rehearsal": False, "api": "auto"}, 3)
    assert ImportRun.objects.get().by == olga


def test_rehearsal_leaves_its_report_with_the_job(standin: Standin, workshop: Workshop) -> None:
    job = start_import(workshop, by=None, token=sign_in_for_import(CHAIR), is_rehearsal=True)
    run_job(job.pk)
    job.refresh_from_db()
    assert (job.state, job.result and job.result["created"], workshop.papers.count()) == ("done", 3, 0)


def test_refusal_ends_the_job_with_its_sentence(standin: Standin, workshop: Workshop) -> None:
    job = start_import(workshop, by=None, token="expired")
    run_job(job.pk)
    job.refresh_from_db()
    assert (job.state, job.message) == ("failed", "The OpenReview session has ended; sign in again and repeat the import.")
    assert "secrets" not in job.params


def test_throttled_job_pauses_with_its_token_and_goes_on(standin: Standin, workshop: Workshop) -> None:
    standin.faults.add("throttle", times=1, retry_after=900)
    job = start_import(workshop, by=None, token=sign_in_for_import(CHAIR))
    run_job(job.pk)
    job.refresh_from_db()
    assert (job.state, job.resume_at, "secrets" in job.params) == ("paused", ImportRun.objects.get().resume_at, True)
    past = timezone.now() - dt.timedelta(seconds=1)
    Job.objects.update(resume_at=past)
    ImportRun.objects.update(resume_at=past)
    assert resume_due_jobs() == [job]
    run_job(job.pk)
    job.refresh_from_db()
    assert (job.state, job.result and job.result["created"], ImportRun.objects.get().state) == ("done", 3, "done")


def test_import_started_again_while_it_waits_takes_the_new_token(standin: Standin, workshop: Workshop) -> None:
    job = start_import(workshop, by=None, token="old")
    again = start_import(workshop, by=None, token="new", is_rehearsal=True)
    job.refresh_from_db()
    assert (again.pk, unseal(job.params["secrets"]["token"]), job.params["is_rehearsal"]) == (job.pk, "new", False)


def test_canceled_job_stops_between_two_pages(settings: Any) -> None:
    venue = make_long_venue(300)
    workshop = make_mapped_workshop(venue.id)
    with serve(venue) as standin:
        point_to(standin, settings)
        job = start_import(workshop, by=None, token=sign_in_for_import(CHAIR))
        Job.objects.update(wants_cancel=True)
        run_job(job.pk)
    job.refresh_from_db()
    assert (job.state, workshop.papers.count(), "secrets" in job.params) == ("canceled", 250, False)
    run = ImportRun.objects.get()
    assert (run.state, run.report["sentence"]) == ("failed", "The import was canceled; what it had written are whole papers.")


def test_job_canceled_while_it_waits_forgets_the_token(standin: Standin, workshop: Workshop) -> None:
    job = cancel_job(start_import(workshop, by=None, token="waiting"), by=None)
    assert (job.state, job.kind, "secrets" in job.params) == ("canceled", KIND, False)


def test_second_factor_takes_two_steps(standin: Standin, venue: Venue) -> None:
    venue.add_chair("totp@example.org", "Totp Chair", mfa={"methods": ["totp"], "codes": {"totp": "123456"}})
    with pytest.raises(SecondFactorNeeded) as needed:
        sign_in_for_import(Credentials("totp@example.org", "loopback-only"))
    with pytest.raises(NotPermitted, match=r"^OpenReview refused the sign-in: Invalid verification code\.$"):
        sign_in_for_import(Credentials("totp@example.org"), pending=needed.value.pending, code="000000")
    assert sign_in_for_import(Credentials("totp@example.org"), pending=needed.value.pending, code="123456").count(".") == 2
