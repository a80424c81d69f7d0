"""Sends the letters of a workshop that wait, here, now."""

import datetime as dt
import time
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.utils import timezone

from papers.errors import Refusal, Throttled
from papers.jobs import find_lost_jobs, run_job
from papers.letter_jobs import MAIL, start_sending
from papers.management.refusals import RefusingCommand, find_workshop
from papers.models import Job, Letter, Route, Workshop

LONGEST_WAIT = 60.0


class Command(RefusingCommand):
    """Does what a worker does with the job that sends letters; ends with 75 when letters have to wait for long."""

    help = __doc__ or ""

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the workshop."""
        parser.add_argument("workshop")
        parser.add_argument("--json", action="store_true", dest="as_json")

    def handle(self, *args: Any, **options: Any) -> None:
        """Send until nothing waits, or until waiting would take too long."""
        workshop = find_workshop(options["workshop"])
        find_lost_jobs(dt.timedelta(seconds=settings.JOB_SILENT_SECONDS))
        if Job.objects.unfinished().of_kind(MAIL).filter(workshop=workshop, state=Job.State.RUNNING).exists():
            raise Refusal(f"A worker is sending the letters of {workshop} just now; it needs no second one.")
        if Letter.objects.of_workshop(workshop, Route.MAIL).waiting().exists() or _has_left_behind(workshop):
            self._run(start_sending(workshop, by=None))
        counts = Letter.objects.of_workshop(workshop).count_states()
        if options["as_json"]:
            self.write_json(counts)
            return
        self.stdout.write(
            ", ".join(f"{Letter.State(state).label.lower()} {count}" for state, count in counts.items() if count) or "No letters."
        )

    def _run(self, job: Job) -> None:
        while True:
            run_job(job.pk)
            job.refresh_from_db()
            if job.state == Job.State.FAILED:
                raise Refusal(job.message)
            if job.state != Job.State.PAUSED or job.resume_at is None:
                return
            seconds = (job.resume_at - timezone.now()).total_seconds()
            if seconds > LONGEST_WAIT:
                raise Throttled(f"{job.message} The letters go on at {job.resume_at:%Y-%m-%d %H:%M} UTC.", until=job.resume_at)
            time.sleep(max(0.0, seconds))
            Job.objects.filter(pk=job.pk, state=Job.State.PAUSED).update(state=Job.State.QUEUED, resume_at=None)


def _has_left_behind(workshop: Workshop) -> bool:
    return Letter.objects.of_workshop(workshop, Route.MAIL).in_state(Letter.State.CLAIMED).exists()
