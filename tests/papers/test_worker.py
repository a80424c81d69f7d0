"""Workers: real threads, real processes, and one that is killed."""

import os
import runpy
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from urllib.parse import quote

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import OperationalError, connection
from django_tasks_db.models import DBTaskResult

from papers import worker
from papers.jobs import carry_job, enqueue_job, run_job
from papers.models import Job, Workshop
from papers.worker import Worker, check_jobs, clear_queue
from tests.factories import make_workshop
from tests.papers import slow_jobs

ROOT = Path(settings.BASE_DIR)
RUN_WORKER = (
    "import sys, django; django.setup(); import tests.papers.slow_jobs;"
    "from django.core.management import call_command; call_command('work', *sys.argv[1:])"
)

assert slow_jobs
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


def database_url() -> str:
    values = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite://{quote(str(values['NAME']))}"
    signs = f"{quote(values['USER'])}:{quote(values['PASSWORD'])}@" if values["USER"] else ""
    return f"postgresql://{signs}{values['HOST']}:{values['PORT'] or 5432}/{values['NAME']}"


@contextmanager
def worker_process(*arguments: str) -> Iterator[subprocess.Popen[str]]:
    """Run a worker on the test's database; it believes others dead after two seconds."""
    environment = os.environ | {
        "SYNTAGEN_TEST_DATABASE_URL": database_url(),
        "SYNTAGEN_JOB_SILENT_SECONDS": "2",
        "SYNTAGEN_LOG_LEVEL": "WARNING",
        "DJANGO_SETTINGS_MODULE": "tests.settings",
    }
    command = [sys.executable, "-c", RUN_WORKER, *arguments]
    process = subprocess.Popen(command, cwd=ROOT, env=environment, stderr=subprocess.PIPE, text=True)
    try:
        yield process
    finally:
        process.kill()
        process.wait()
        if process.stderr:
            process.stderr.close()


def wait_until(is_true: Callable[[], bool], seconds: float = 30) -> None:
    deadline = time.monotonic() + seconds
    while not is_true():
        assert time.monotonic() < deadline, "It did not happen in time."
        time.sleep(0.05)


def is_done(job: Job) -> bool:
    job.refresh_from_db()
    return job.state == "done"


def test_killed_worker_leaves_a_job_that_is_found_said_and_repeated(workshop: Workshop) -> None:
    job = enqueue_job("test-slow", workshop=workshop, by=None, params={"total": 40, "seconds": 0.05})
    with worker_process() as first:
        wait_until(lambda: workshop.topics.count() >= 5)
        first.kill()
        first.wait()
    job.refresh_from_db()
    assert (job.state, job.attempt_count) == ("running", 1)
    assert 5 <= workshop.topics.count() < 40
    with worker_process() as second:
        wait_until(lambda: is_done(job))
        second.terminate()
        said = second.communicate()[1]
        assert second.returncode == 0
    assert (job.attempt_count, job.result) == (2, {"added": 40})
    assert f"Job {job.pk} (test-slow) was interrupted: The worker stopped in the middle of it." in said
    assert list(workshop.topics.values_list("position", "text")) == [(n, f"Topic {n}") for n in range(1, 41)]


def test_terminated_worker_ends_its_job_first(workshop: Workshop) -> None:
    job = enqueue_job("test-slow", workshop=workshop, by=None, params={"total": 20, "seconds": 0.05})
    with worker_process() as process:
        wait_until(lambda: workshop.topics.count() >= 5)
        process.terminate()
        process.communicate()
        assert process.returncode == 0
    assert is_done(job)
    assert job.attempt_count == 1


def test_two_worker_processes_run_one_job_once(workshop: Workshop) -> None:
    job = enqueue_job("test-sign", workshop=workshop, by=None)
    for _ in range(3):
        carry_job.enqueue(job.pk)
    with worker_process("--batch") as first, worker_process("--batch") as second:
        assert [first.wait(), second.wait()] == [0, 0]
    assert is_done(job)
    assert (job.attempt_count, workshop.history.count()) == (1, 1)
    assert set(DBTaskResult.objects.values_list("status", flat=True)) == {"SUCCESSFUL"}


def test_eight_threads_run_one_job_once(workshop: Workshop) -> None:
    job = enqueue_job("test-sign", workshop=workshop, by=None)
    gate = threading.Barrier(8)

    def race() -> None:
        gate.wait()
        run_job(job.pk)
        connection.close()

    threads = [threading.Thread(target=race) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert is_done(job)
    assert (job.attempt_count, workshop.history.count()) == (1, 1)


def test_eight_clicks_at_once_queue_one_job(workshop: Workshop) -> None:
    gate = threading.Barrier(8)
    jobs = []

    def click() -> None:
        gate.wait()
        jobs.append(enqueue_job("test-sign", workshop=workshop, by=None).pk)
        connection.close()

    threads = [threading.Thread(target=click) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(jobs) == 8
    assert len(set(jobs)) == Job.objects.count() == DBTaskResult.objects.count() == 1


def test_threads_of_a_web_process_run_jobs(workshop: Workshop, settings: Any) -> None:
    settings.RUNS_JOBS_IN_WEB_PROCESS = True
    hooks = runpy.run_path(str(ROOT / "gunicorn.conf.py"))
    web_process = SimpleNamespace()
    hooks["post_worker_init"](web_process)
    try:
        assert web_process.job_worker.is_alive()
        job = enqueue_job("test-slow", workshop=workshop, by=None, params={"total": 3})
        wait_until(lambda: is_done(job))
    finally:
        hooks["worker_exit"](None, web_process)
    assert not web_process.job_worker.is_alive()


def test_web_process_has_no_threads_where_another_does_the_work(settings: Any) -> None:
    settings.RUNS_JOBS_IN_WEB_PROCESS = False
    hooks = runpy.run_path(str(ROOT / "gunicorn.conf.py"))
    web_process = SimpleNamespace()
    hooks["post_worker_init"](web_process)
    assert web_process.job_worker is None
    hooks["worker_exit"](None, web_process)


def test_worker_outlives_a_database_that_is_away(workshop: Workshop, monkeypatch: pytest.MonkeyPatch, settings: Any) -> None:
    failures = [OperationalError("gone"), OperationalError("gone")]

    def mind() -> None:
        if failures:
            raise failures.pop()

    monkeypatch.setattr(worker, "mind_jobs", mind)
    settings.JOB_SILENT_SECONDS = 1
    threads = Worker()
    threads.start()
    wait_until(lambda: not failures)
    assert threads.is_alive()
    threads.stop()


def test_batch_takes_what_waits(workshop: Workshop) -> None:
    job = enqueue_job("test-slow", workshop=workshop, by=None, params={"total": 3})
    call_command("work", "--batch")
    assert is_done(job)


def test_old_entries_leave_the_queue(workshop: Workshop) -> None:
    enqueue_job("test-slow", workshop=workshop, by=None, params={"total": 1})
    enqueue_job("test-sign", workshop=make_workshop("other26"), by=None)
    old, waiting = DBTaskResult.objects.order_by("enqueued_at")
    long_ago = "2020-01-01T00:00:00Z"
    DBTaskResult.objects.update(enqueued_at=long_ago)
    DBTaskResult.objects.filter(pk=old.pk).update(status="RUNNING")
    clear_queue()
    assert list(DBTaskResult.objects.all()) == [waiting]


def test_readiness_tells_that_no_worker_takes_jobs(workshop: Workshop, client: Any) -> None:
    assert client.get("/readyz").json()["jobs"] == "ok"
    enqueue_job("test-slow", workshop=workshop, by=None)
    Job.objects.update(heartbeat_at="2020-01-01T00:00:00Z")
    answer = client.get("/readyz")
    assert answer.status_code == 200
    assert answer.json() == {"ok": True, "database": "ok", "storage": "ok", "jobs": "jobs wait and no worker takes them"}
    assert check_jobs() == answer.json()["jobs"]
