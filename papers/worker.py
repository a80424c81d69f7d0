"""Runs jobs in threads: one takes them from the queue, one looks after the interrupted, the paused and the stuck."""

import datetime as dt
import logging
import threading
from collections.abc import Callable

from django.conf import settings
from django.db import DatabaseError, connection
from django.utils import timezone
from django.utils.crypto import get_random_string
from django_tasks_db.management.commands.db_worker import Worker as QueueReader
from django_tasks_db.models import DBTaskResult

from papers.jobs import find_lost_jobs, find_stuck_jobs, heartbeat_seconds, resend_waiting_jobs, resume_due_jobs
from papers.reminder_jobs import start_due_looks

logger = logging.getLogger(__name__)

QUEUE_KEPT_FOR = dt.timedelta(days=7)


class Worker:
    """The two threads of one process; daemons, so that a process ends when told to and leaves its job to be found."""

    def __init__(self) -> None:
        self.reader = make_reader()
        self._stopped = threading.Event()
        self._reading = threading.Thread(target=self._keep_on, args=(self.reader.run,), name="jobs", daemon=True)
        self._minding = threading.Thread(target=self._keep_on, args=(self._mind,), name="jobs minder", daemon=True)

    def start(self) -> None:
        """Work in both threads from now on."""
        clear_queue()
        self._minding.start()
        self._reading.start()

    def run(self) -> None:
        """Work in this thread, the main one, until a signal ends it: SIGTERM lets the running job end, a second one does not."""
        clear_queue()
        self.reader.configure_signals()
        self._minding.start()
        self._keep_on(self.reader.run)

    def stop(self, seconds: float = 5.0) -> None:
        """Take no further job; wait that long for the one that runs."""
        self.reader.running = False
        self._stopped.set()
        for thread in (self._reading, self._minding):
            if thread.is_alive():
                thread.join(seconds)

    def is_alive(self) -> bool:
        """Tell whether both threads run."""
        return self._reading.is_alive() and self._minding.is_alive()

    def _keep_on(self, work: Callable[[], None]) -> None:
        while self.reader.running:
            try:
                work()
            except DatabaseError:
                logger.exception("A worker cannot use the database; it tries again.")
                self._stopped.wait(heartbeat_seconds())
            finally:
                connection.close()

    def _mind(self) -> None:
        mind_jobs()
        self._stopped.wait(heartbeat_seconds())


def make_reader(*, is_batch: bool = False) -> QueueReader:
    """Return django-tasks-db's worker for the default queue; it sets no signals unless asked to."""
    return QueueReader(
        queue_names=["default"],
        excluded_queue_names=[],
        backend_name="default",
        worker_id=get_random_string(32),
        interval=1.0,
        startup_delay=False,
        batch=is_batch,
        max_tasks=None,
    )


def mind_jobs() -> None:
    """Start the interrupted again, resume the due, send the stuck again, look for due reminders."""
    silent_for = dt.timedelta(seconds=settings.JOB_SILENT_SECONDS)
    find_lost_jobs(silent_for)
    resume_due_jobs()
    resend_waiting_jobs(silent_for)
    start_due_looks()


def clear_queue() -> None:
    """Delete what the queue carried long ago; a killed worker leaves entries there that nobody else would."""
    DBTaskResult.objects.filter(enqueued_at__lt=timezone.now() - QUEUE_KEPT_FOR).exclude(status="READY").delete()


def start_web_worker() -> Worker | None:
    """Start a worker in this web process unless the settings say that another process does the work."""
    if not settings.RUNS_JOBS_IN_WEB_PROCESS:
        return None
    worker = Worker()
    worker.start()
    return worker


def check_jobs() -> str:
    """Return "ok", or that jobs wait in vain: what readiness says of the workers, wherever they run."""
    stuck = find_stuck_jobs(dt.timedelta(seconds=settings.JOB_SILENT_SECONDS))
    return "jobs wait and no worker takes them" if stuck else "ok"
