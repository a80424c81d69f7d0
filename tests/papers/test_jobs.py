"""Jobs: queued once, run once, paused, canceled, found when lost."""

import datetime as dt
import logging
import time
from typing import Any

import pytest
import time_machine
from django.db import IntegrityError
from django.utils import timezone
from pytest_django import DjangoCaptureOnCommitCallbacks as Capture

from papers.errors import Refusal, Refusals, Throttled
from papers.jobs import (
    REPORT_SECONDS,
    JobTakenError,
    RunningJob,
    cancel_job,
    enqueue_job,
    find_kind,
    find_lost_jobs,
    find_stuck_jobs,
    job_kind,
    resend_waiting_jobs,
    resume_due_jobs,
    run_job,
)
from papers.models import Job, User, Workshop
from tests.factories import make_workshop

MINUTE = dt.timedelta(minutes=1)
UNTIL = dt.datetime(2030, 1, 1, 12, tzinfo=dt.UTC)


@job_kind("test-count", is_repeatable=True, title="Count")
def count_up(job: RunningJob) -> dict[str, Any]:
    total = job.params.get("total", 2)
    for count in range(1, total + 1):
        job.report(count, total, f"step {count}")
    return {"counted": total}


@job_kind("test-once", is_repeatable=False)
def work_once(job: RunningJob) -> dict[str, Any]:
    return {}


@job_kind("test-refuse", is_repeatable=True)
def refuse(job: RunningJob) -> dict[str, Any]:
    raise Refusals("Two rows are wrong.", ["Row 1.", "Row 2."])


@job_kind("test-break", is_repeatable=True)
def break_down(job: RunningJob) -> dict[str, Any]:
    job.report(1, 9, "so far")
    raise ZeroDivisionError("by nothing")


@job_kind("test-throttled", is_repeatable=True)
def wait_first(job: RunningJob) -> dict[str, Any]:
    if job.params.get("is_throttled", True):
        Job.objects.filter(pk=job.pk).update(params={"is_throttled": False})
        raise Throttled("OpenReview asks to wait until noon.", until=UNTIL)
    return {"came_back": True}


@job_kind("test-cancel", is_repeatable=True)
def heed_cancel(job: RunningJob) -> dict[str, Any]:
    cancel_job(Job.objects.get(pk=job.pk), by=job.by)
    return {"seen": job.wants_cancel}


@job_kind("test-stop", is_repeatable=True)
def stop_inside(job: RunningJob) -> dict[str, Any]:
    job.stop_if_canceled()
    Job.objects.filter(pk=job.pk).update(wants_cancel=True)
    time.sleep(REPORT_SECONDS)
    job.stop_if_canceled()
    return {"reached": "the end"}


def start(kind: str, workshop: Workshop, by: User | None = None, **params: Any) -> Job:
    job = enqueue_job(kind, workshop=workshop, by=by, params=params)
    run_job(job.pk)
    job.refresh_from_db()
    return job


def make_silent(job: Job, state: str = "running", minutes: int = 5, **fields: Any) -> Job:
    Job.objects.filter(pk=job.pk).update(state=state, heartbeat_at=timezone.now() - minutes * MINUTE, attempt_count=1, **fields)
    job.refresh_from_db()
    return job


def test_job_runs_to_its_result(workshop: Workshop, olga: User) -> None:
    job = start("test-count", workshop, olga, total=3)
    assert (job.state, job.result, job.progress_count, job.total_count, job.message) == ("done", {"counted": 3}, 3, 3, "step 3")
    assert job.started_at and job.ended_at and job.by == olga
    assert (job.attempt_count, job.workshop) == (1, workshop)


def test_job_is_sent_after_the_commit(workshop: Workshop, django_capture_on_commit_callbacks: Capture) -> None:
    with django_capture_on_commit_callbacks() as sent:
        job = enqueue_job("test-count", workshop=workshop, by=None)
        again = enqueue_job("test-count", workshop=workshop, by=None, params={"total": 9})
    assert again == job
    assert [callback.args for callback in sent] == [(job.pk,)]  # type: ignore[attr-defined]
    assert Job.objects.count() == 1


def test_jobs_of_one_kind_on_different_subjects_wait_beside_each_other(workshop: Workshop, olga: User) -> None:
    first, second = (enqueue_job("test-count", workshop=workshop, by=olga, subject=subject) for subject in ("1", "2"))
    assert first.pk != second.pk
    assert enqueue_job("test-count", workshop=workshop, by=olga, subject="1") == first
    assert enqueue_job("test-count", workshop=workshop, by=olga).subject == ""


def test_database_holds_one_unfinished_job_of_a_kind(workshop: Workshop) -> None:
    enqueue_job("test-count", workshop=workshop, by=None)
    with pytest.raises(IntegrityError, match=r"job_unfinished_once|papers_job\.workshop_id, papers_job\.kind"):
        Job.objects.create(workshop=workshop, kind="test-count")


def test_kinds_and_workshops_do_not_wait_for_each_other(workshop: Workshop) -> None:
    jobs = {enqueue_job(kind, workshop=workshop, by=None).pk for kind in ("test-count", "test-once")}
    jobs.add(enqueue_job("test-count", workshop=make_workshop("other26"), by=None).pk)
    assert len(jobs) == 3


def test_finished_job_makes_room_for_the_next(workshop: Workshop) -> None:
    assert start("test-count", workshop) != start("test-count", workshop)


def test_unknown_kind_is_a_bug(workshop: Workshop) -> None:
    with pytest.raises(KeyError, match="test-nothing"):
        enqueue_job("test-nothing", workshop=workshop, by=None)


def test_job_without_title_is_called_by_its_kind() -> None:
    assert [find_kind("test-count").title, find_kind("test-once").title] == ["Count", "Test once"]


def test_job_runs_once_only(workshop: Workshop) -> None:
    job = start("test-count", workshop)
    run_job(job.pk)
    job.refresh_from_db()
    assert job.attempt_count == 1


def test_refusal_ends_the_job_with_its_sentences(workshop: Workshop) -> None:
    job = start("test-refuse", workshop)
    assert (job.state, job.message) == ("failed", "Two rows are wrong. Row 1. Row 2.")


def test_exception_ends_the_job_and_is_logged(workshop: Workshop, caplog: pytest.LogCaptureFixture) -> None:
    job = start("test-break", workshop)
    assert job.state == "failed"
    assert job.message == f"A mistake in SyntaGen ended it (ZeroDivisionError); the log has it under job {job.pk}."
    assert job.progress_count == 1
    (record,) = [record for record in caplog.records if record.levelno == logging.ERROR]
    assert record.exc_info and record.exc_info[0] is ZeroDivisionError


def test_throttled_job_pauses_and_comes_back(workshop: Workshop) -> None:
    job = start("test-throttled", workshop)
    assert (job.state, job.resume_at, job.ended_at) == ("paused", UNTIL, None)
    assert (job.message, job.attempt_count) == ("OpenReview asks to wait until noon.", 0)
    with time_machine.travel(UNTIL - MINUTE):
        assert resume_due_jobs() == []
    with time_machine.travel(UNTIL + MINUTE):
        assert resume_due_jobs() == [job]
        assert resume_due_jobs() == []
    run_job(job.pk)
    job.refresh_from_db()
    assert (job.state, job.result, job.attempt_count) == ("done", {"came_back": True}, 1)


def test_running_job_is_canceled_where_its_function_heeds_it(workshop: Workshop, olga: User) -> None:
    job = start("test-cancel", workshop, olga)
    assert (job.state, job.result) == ("canceled", {"seen": True})
    line = workshop.history.get()
    assert (line.action, line.field, line.before, line.by, line.note) == ("canceled", "job", "running", olga, f"test-cancel {job.pk}")


def test_callback_stops_a_canceled_job(workshop: Workshop) -> None:
    job = start("test-stop", workshop)
    assert (job.state, job.result) == ("canceled", None)


@pytest.mark.parametrize("state", ["queued", "paused", "lost"])
def test_waiting_job_is_canceled_at_once(workshop: Workshop, olga: User, state: str) -> None:
    job = make_silent(enqueue_job("test-count", workshop=workshop, by=olga), state)
    assert cancel_job(job, by=olga).state == "canceled"
    run_job(job.pk)
    job.refresh_from_db()
    assert (job.state, job.result) == ("canceled", None)


def test_finished_job_cannot_be_canceled(workshop: Workshop, olga: User) -> None:
    with pytest.raises(Refusal, match=r"^Count is over already: done\.$"):
        cancel_job(start("test-count", workshop), by=olga)


def test_silent_repeatable_job_starts_again(workshop: Workshop, django_capture_on_commit_callbacks: Capture) -> None:
    job = make_silent(enqueue_job("test-count", workshop=workshop, by=None))
    with django_capture_on_commit_callbacks() as sent:
        assert find_lost_jobs(MINUTE) == [job]
    job.refresh_from_db()
    assert (job.state, job.message) == ("lost", "The worker stopped in the middle of it. It starts again: attempt 2 of 3.")
    assert len(sent) == 1
    assert find_lost_jobs(MINUTE) == []
    run_job(job.pk)
    job.refresh_from_db()
    assert (job.state, job.result, job.attempt_count) == ("done", {"counted": 2}, 2)


def test_lively_job_is_left_alone(workshop: Workshop) -> None:
    job = make_silent(enqueue_job("test-count", workshop=workshop, by=None), minutes=0)
    assert find_lost_jobs(MINUTE) == []
    job.refresh_from_db()
    assert job.state == "running"


@pytest.mark.parametrize(
    ("kind", "fields", "state", "rest"),
    [
        ("test-once", {}, "failed", ". Look at what was done before you start it again."),
        ("test-count", {"max_attempts": 1}, "failed", "; this was the last of 1 attempts."),
        ("test-count", {"wants_cancel": True}, "canceled", ", after it was asked to cancel."),
    ],
)
def test_silent_job_ends_where_it_may_not_start_again(workshop: Workshop, kind: str, fields: dict[str, Any], state: str, rest: str) -> None:
    job = make_silent(enqueue_job(kind, workshop=workshop, by=None), **fields)
    assert find_lost_jobs(MINUTE) == [job]
    job.refresh_from_db()
    assert (job.state, job.message) == (state, f"The worker stopped in the middle of it{rest}")
    assert job.ended_at


def test_worker_believed_dead_writes_nothing_more(workshop: Workshop) -> None:
    job = make_silent(enqueue_job("test-count", workshop=workshop, by=None))
    sleeper = RunningJob(job)
    find_lost_jobs(MINUTE)
    run_job(job.pk)
    with pytest.raises(JobTakenError):
        sleeper.report(1, 99, "I only slept")
    assert not sleeper.end(Job.State.FAILED)
    job.refresh_from_db()
    assert (job.state, job.message) == ("done", "step 2")


def test_job_that_the_queue_lost_is_sent_again(workshop: Workshop, django_capture_on_commit_callbacks: Capture) -> None:
    job = make_silent(enqueue_job("test-count", workshop=workshop, by=None), "queued")
    busy = make_silent(enqueue_job("test-once", workshop=workshop, by=None), minutes=0)
    assert find_stuck_jobs(MINUTE) == []
    Job.objects.filter(pk=busy.pk).update(state="done")
    assert find_stuck_jobs(MINUTE) == [job]
    with django_capture_on_commit_callbacks() as sent:
        assert resend_waiting_jobs(MINUTE) == [job]
    assert len(sent) == 1
    assert find_stuck_jobs(MINUTE) == []


def test_report_reaches_the_row_at_most_every_half_second(workshop: Workshop, django_assert_num_queries: Any) -> None:
    job = make_silent(enqueue_job("test-count", workshop=workshop, by=None), minutes=0)
    run = RunningJob(job)
    with django_assert_num_queries(2):
        for count in range(100):
            run.report(count, 100)
    job.refresh_from_db()
    assert job.progress_count == 0
    run.end(Job.State.DONE)
    job.refresh_from_db()
    assert job.progress_count == 99


@pytest.mark.parametrize("kind", ["test-count", "test-refuse", "test-break", "test-cancel"])
def test_secrets_do_not_outlive_the_job(workshop: Workshop, kind: str) -> None:
    assert start(kind, workshop, total=1, secrets={"token": "t"}).params == {"total": 1}


def test_secrets_outlive_a_pause_and_not_a_cancel(workshop: Workshop, olga: User) -> None:
    job = make_silent(enqueue_job("test-count", workshop=workshop, by=olga, params={"secrets": {"token": "t"}}), "paused")
    assert job.params == {"secrets": {"token": "t"}}
    assert cancel_job(job, by=olga).params == {}
    job = make_silent(enqueue_job("test-once", workshop=workshop, by=olga, params={"secrets": {"token": "t"}}))
    find_lost_jobs(MINUTE)
    job.refresh_from_db()
    assert (job.state, job.params) == ("failed", {})
