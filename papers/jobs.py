"""Background work: the `Job` row is the truth, the queue only carries its id."""

import datetime as dt
import logging
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.conf import settings
from django.db import DatabaseError, connection, transaction
from django.db.models import F
from django.db.models.functions import Coalesce
from django.utils import timezone

from papers.compat import task
from papers.errors import Refusal, Throttled
from papers.history import record_change
from papers.models import Job, User, Workshop
from papers.querysets import JobQuerySet

logger = logging.getLogger(__name__)

REPORT_SECONDS = 0.5
State = Job.State
Work = Callable[["RunningJob"], dict[str, Any]]


@dataclass(frozen=True, slots=True)
class JobKind:
    """A kind of background work: its function, whether it may be run again from the start after an interruption."""

    name: str
    title: str
    work: Work
    is_repeatable: bool


_kinds: dict[str, JobKind] = {}


def job_kind(name: str, *, is_repeatable: bool, title: str = "") -> Callable[[Work], Work]:
    """Register the decorated function as the work of the kind `name`; what it returns becomes the job's result.

    Of the result, the job's page shows `sentence`, and a link to `address`, a path of this site, under `address_name`.
    A repeatable function ends in the same state when it is run again after having been killed anywhere.
    Put it into the module `job_kinds` of an app, or import it there: that is what every process loads.
    """

    def register(work: Work) -> Work:
        _kinds[name] = JobKind(name, title or name.replace("-", " ").capitalize(), work, is_repeatable)
        return work

    return register


def find_kind(name: str) -> JobKind:
    """Return the registered kind; an unknown one is a bug."""
    return _kinds[name]


def find_title(job: Job) -> str:
    """Return what people call this work."""
    return _kinds[job.kind].title if job.kind in _kinds else job.kind


class JobTakenError(Exception):
    """Another worker has the job by now, or it is gone: this one was believed dead and must not write any more."""


class JobCanceledError(Exception):
    """Somebody asked to stop; raised where a function cannot simply return."""


class RunningJob:
    """A job while its function runs: what was asked for, and the ways to say how far it is."""

    def __init__(self, job: Job) -> None:
        self.pk = job.pk
        self.workshop = Workshop.objects.get(jobs=job)
        self.by = job.by
        self.params: dict[str, Any] = job.params
        self.attempt = job.attempt_count
        self.has_seen_cancel = False
        self._progress: dict[str, Any] = {}
        self._is_canceled = False
        self._met_at = float("-inf")

    def report(self, count: int, total: int | None = None, message: str = "") -> None:
        """Say how many of `total` steps are done; reaches the row at most every half second.

        Call it outside of transactions, else nobody sees it before they end. Raises JobTakenError.
        """
        self._progress = {"progress_count": count, "total_count": total, "message": message}
        self._meet_row()

    @property
    def wants_cancel(self) -> bool:
        """Tell whether somebody asked to stop; a function that has seen it returns at its next safe point."""
        self._meet_row()
        self.has_seen_cancel |= self._is_canceled
        return self._is_canceled

    def stop_if_canceled(self) -> None:
        """Raise JobCanceledError when somebody asked to stop; for callbacks deep inside the work."""
        if self.wants_cancel:
            raise JobCanceledError

    def keep_params(self, params: dict[str, Any]) -> None:
        """Write down what the next run of this job is to know; raises JobTakenError."""
        if not self._own_row().update(params=params, heartbeat_at=timezone.now()):
            raise JobTakenError(f"Job {self.pk} is not run {self.attempt} any more.")
        self.params = params

    def beat(self) -> None:
        """Say that the worker lives."""
        self._own_row().update(heartbeat_at=timezone.now())

    def end(self, state: State, **fields: Any) -> bool:
        """Write the last progress with the end of this run; tell whether the job still was ours."""
        values = {"ended_at": timezone.now(), **self._progress, **fields}
        if values["ended_at"]:
            values["params"] = drop_secrets(self.params)
        return bool(self._own_row().update(state=state, heartbeat_at=timezone.now(), **values))

    def _meet_row(self) -> None:
        if time.monotonic() - self._met_at < REPORT_SECONDS:
            return
        if not self._own_row().update(heartbeat_at=timezone.now(), **self._progress):
            raise JobTakenError(f"Job {self.pk} is not run {self.attempt} any more.")
        self._is_canceled = Job.objects.filter(pk=self.pk, wants_cancel=True).exists()
        self._met_at = time.monotonic()

    def _own_row(self) -> JobQuerySet:
        return Job.objects.filter(pk=self.pk, state=State.RUNNING, attempt_count=self.attempt)


def enqueue_job(kind: str, *, workshop: Workshop, by: User | None, params: dict[str, Any] | None = None, subject: str = "") -> Job:
    """Queue work for `workshop` and return its job; while one of this kind on this subject is unfinished, return that one.

    A worker starts it once the surrounding transaction is committed. What stands under `secrets` in `params`
    is deleted when the job is over.
    """
    find_kind(kind)
    with transaction.atomic():
        Workshop.objects.select_for_update(no_key=True).get(pk=workshop.pk)  # of two clicks at once, the second waits
        unfinished: Job | None = Job.objects.unfinished().filter(workshop=workshop, kind=kind, subject=subject).first()
        if unfinished:
            return unfinished
        job = Job.objects.create(kind=kind, workshop=workshop, subject=subject, by=by, params=params or {}, heartbeat_at=timezone.now())
        _send_job(job)
    return job


def run_job(job_id: int) -> None:
    """Run a waiting job to its end; do nothing when it does not wait: another worker has it, or it is over.

    A refusal ends it with its sentence, Throttled pauses it, any other exception is logged and ends it.
    """
    now = timezone.now()
    waiting = Job.objects.waiting().filter(pk=job_id)
    values = {"state": State.RUNNING, "attempt_count": F("attempt_count") + 1, "heartbeat_at": now, "resume_at": None}
    if not waiting.update(started_at=Coalesce("started_at", now), **values):
        return
    job = Job.objects.select_related("by").get(pk=job_id)
    run = RunningJob(job)
    with _Heart(run):
        _work(run, job.kind)


def _work(run: RunningJob, kind: str) -> None:
    try:
        result = find_kind(kind).work(run)
        run.end(State.CANCELED if run.has_seen_cancel else State.DONE, result=result)
    except JobTakenError:
        logger.warning("Job %s (%s) was taken over while its worker was silent; this run stops.", run.pk, kind)
    except JobCanceledError:
        run.end(State.CANCELED)
    except Throttled as refusal:
        run.end(State.PAUSED, ended_at=None, message=refusal.sentence, resume_at=refusal.until, attempt_count=run.attempt - 1)
    except Refusal as refusal:
        run.end(State.FAILED, message=" ".join([refusal.sentence, *getattr(refusal, "reasons", [])]))
    except Exception as error:
        logger.exception("Job %s (%s) failed.", run.pk, kind)
        run.end(State.FAILED, message=f"A mistake in SyntaGen ended it ({type(error).__name__}); the log has it under job {run.pk}.")


class _Heart(threading.Thread):
    """Beats while a function works without reporting, so that only a dead worker falls silent."""

    def __init__(self, run: RunningJob) -> None:
        super().__init__(name=f"heart of job {run.pk}", daemon=True)
        self._run_of_job = run
        self._stopped = threading.Event()

    def __enter__(self) -> None:
        self.start()

    def __exit__(self, *_: object) -> None:
        self._stopped.set()
        self.join()

    def run(self) -> None:
        """Beat until stopped."""
        try:
            while not self._stopped.wait(heartbeat_seconds()):
                with suppress(DatabaseError):  # a busy database: the next beat tells
                    self._run_of_job.beat()
        finally:
            connection.close()


def cancel_job(job: Job, *, by: User | None) -> Job:
    """Stop a job: at once while it waits, else at the next safe point of its function; refuses when it is over."""
    with transaction.atomic():
        job = Job.objects.select_for_update(of=("self",)).get(pk=job.pk)
        if job.is_finished:
            raise Refusal(f"{find_title(job)} is over already: {job.get_state_display().lower()}.", subject=job)
        before = job.state
        job.wants_cancel = True
        if job.state != State.RUNNING:
            job.state, job.ended_at, job.resume_at, job.params = State.CANCELED, timezone.now(), None, drop_secrets(job.params)
        job.save(update_fields=["wants_cancel", "state", "ended_at", "resume_at", "params"])
        if job.workshop:
            record_change(job.workshop, "canceled", by=by, field="job", before=before, after=job.state, note=f"{job.kind} {job.pk}")
    return job


def find_lost_jobs(silent_for: dt.timedelta) -> list[Job]:
    """Return the running jobs whose worker has been silent for that long, each said to be interrupted or ended.

    A repeatable one with attempts left is sent again and stays interrupted until a worker takes it; one that
    somebody asked to stop is canceled; any other has failed.
    """
    lost = []
    for job in Job.objects.silent_since(timezone.now() - silent_for):
        with transaction.atomic():
            same_run = Job.objects.filter(pk=job.pk, state=State.RUNNING, heartbeat_at=job.heartbeat_at)
            values = _judge_lost_job(job)
            if not same_run.update(heartbeat_at=timezone.now(), **values):
                continue  # its worker spoke up, or another one found it first
            if values["state"] == State.LOST:
                _send_job(job)
        job.refresh_from_db()
        logger.warning("Job %s (%s) was interrupted: %s", job.pk, job.kind, job.message)
        lost.append(job)
    return lost


def _judge_lost_job(job: Job) -> dict[str, Any]:
    kind = _kinds.get(job.kind)
    over = {"state": State.FAILED, "ended_at": timezone.now(), "params": drop_secrets(job.params)}
    said = "The worker stopped in the middle of it"
    if job.wants_cancel:
        return over | {"state": State.CANCELED, "message": f"{said}, after it was asked to cancel."}
    if kind is None or not kind.is_repeatable:
        return over | {"message": f"{said}. Look at what was done before you start it again."}
    if job.attempt_count >= job.max_attempts:
        return over | {"message": f"{said}; this was the last of {job.max_attempts} attempts."}
    return {"state": State.LOST, "message": f"{said}. It starts again: attempt {job.attempt_count + 1} of {job.max_attempts}."}


def wake_job(job: Job, *, params: dict[str, Any]) -> None:
    """Let a paused job go on now with these parameters; call it in the transaction that locked its row."""
    job.state, job.params, job.resume_at, job.message, job.heartbeat_at = State.QUEUED, params, None, "", timezone.now()
    job.save(update_fields=["state", "params", "resume_at", "message", "heartbeat_at"])
    _send_job(job)


def resume_due_jobs() -> list[Job]:
    """Queue the paused jobs whose waiting time is over; return them."""
    resumed = []
    for job in Job.objects.due(timezone.now()):
        with transaction.atomic():
            paused = Job.objects.filter(pk=job.pk, state=State.PAUSED)
            if paused.update(state=State.QUEUED, resume_at=None, heartbeat_at=timezone.now()):
                _send_job(job)
                resumed.append(job)
    return resumed


def resend_waiting_jobs(silent_for: dt.timedelta) -> list[Job]:
    """Send again what has waited that long while no worker was busy: the queue lost it; return these jobs.

    A process can die between a commit and the sending; to be sent twice does no harm.
    """
    stuck = find_stuck_jobs(silent_for)
    for job in stuck:
        with transaction.atomic():
            Job.objects.filter(pk=job.pk).update(heartbeat_at=timezone.now())
            _send_job(job)
    return stuck


def find_stuck_jobs(silent_for: dt.timedelta) -> list[Job]:
    """Return the jobs that have waited that long although no worker is busy."""
    if Job.objects.filter(state=State.RUNNING).exists():
        return []
    return list(Job.objects.waiting().filter(heartbeat_at__lt=timezone.now() - silent_for))


def drop_secrets(params: dict[str, Any]) -> dict[str, Any]:
    """Return what may be kept of a job's parameters when it is over."""
    return {name: value for name, value in params.items() if name != "secrets"}


def heartbeat_seconds() -> float:
    """Return how often a worker beats: twelve times before silence counts as death."""
    return float(settings.JOB_SILENT_SECONDS) / 12


def _send_job(job: Job) -> None:
    transaction.on_commit(partial(carry_job.enqueue, job.pk))


@task()
def carry_job(job_id: int) -> None:
    """Run the job that the queue carried here."""
    run_job(job_id)
