"""Files from OpenReview as background work: compared first, taken once somebody has looked and confirmed."""

import datetime as dt
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from papers.connections import find_addresses, make_connector
from papers.errors import Refusal, Throttled
from papers.file_imports import describe_plan, import_files
from papers.file_plans import FilePlan, open_files, plan_files
from papers.jobs import RunningJob, enqueue_job, job_kind, wake_job
from papers.models import Job, User, Workshop
from papers.openreview.sign_in import SESSION_SECONDS, Credentials
from papers.sealing import seal, unseal
from papers.sight import find_sight

KIND = "import-files"
PLAN, CONFIRMED = "plan", "confirmed"
CONFIRM_WITHIN = dt.timedelta(hours=1)
READY = "OpenReview's files are compared: look at them and confirm. Unconfirmed it ends without having taken anything."
State = Job.State


def start_file_import(workshop: Workshop, *, by: User, token: str) -> Job:
    """Queue the comparison of OpenReview's files with ours, which then waits for a confirmation.

    While one of the workshop is unfinished, that one is returned; where it does not run at the moment and is the same
    person's, it goes on with the new token.
    """
    params = {"secrets": {"token": seal(token)}}
    job = enqueue_job(KIND, workshop=workshop, by=by, params=params)
    if job.params != params and job.by_id == by.pk:
        waiting = [State.QUEUED, State.PAUSED, State.LOST]
        Job.objects.filter(pk=job.pk, state__in=waiting).update(params={**job.params, **params})
        job.refresh_from_db()
    return job


def find_file_import(workshop: Workshop) -> Job | None:
    """Return the unfinished one of the workshop, or nothing."""
    return Job.objects.unfinished().of_kind(KIND).filter(workshop=workshop).first()


def read_file_plan(job: Job) -> FilePlan | None:
    """Return what the job has compared, or nothing before that."""
    return FilePlan.from_json(job.params[PLAN]) if PLAN in job.params else None


def is_file_plan_waiting(job: Job) -> bool:
    """Tell whether the comparison is done and nobody has confirmed it."""
    return job.state == State.PAUSED and PLAN in job.params and CONFIRMED not in job.params


def confirm_file_import(job: Job, *, by: User) -> Job:
    """Let the job take what its comparison found; refuses a comparison that does not wait, and anybody but who made it."""
    with transaction.atomic():
        job = Job.objects.select_for_update(of=("self",)).select_related("workshop").get(pk=job.pk)
        if not is_file_plan_waiting(job):
            raise Refusal("These files do not wait for a confirmation any more.", subject=job)
        if job.by_id != by.pk:
            raise Refusal("Somebody else made this comparison; make your own.", subject=job)
        plan = read_file_plan(job)
        if plan is None or not plan.takeable:
            raise Refusal("There is nothing to take.", subject=job)
        wake_job(job, params={**job.params, CONFIRMED: [item.key for item in plan.takeable]})
    return job


@job_kind(KIND, is_repeatable=True, title="Take files from OpenReview")
def run_file_import(running: RunningJob) -> dict[str, Any]:
    """Compare, then wait; once confirmed, take what is left of it and return the report."""
    assert running.workshop is not None
    token = unseal(running.params["secrets"]["token"], max_seconds=SESSION_SECONDS)
    if PLAN in running.params and CONFIRMED not in running.params:
        return {"sentence": "Nobody confirmed the comparison; nothing was taken."}
    opened = open_files(running.workshop, make_connector(find_addresses(), Credentials(token=token)))
    sight = find_sight(running.workshop, running.by)
    if CONFIRMED not in running.params:
        plan = plan_files(sight, opened, is_kept=True)
        running.keep_params({**running.params, PLAN: plan.as_json()})
        raise Throttled(f"{READY} {describe_plan(plan)}", until=timezone.now() + CONFIRM_WITHIN)
    _, report = import_files(
        sight,
        opened,
        by=running.by,
        chosen=set(running.params[CONFIRMED]),
        tell=lambda count, total: running.report(count, total, f"{count} of {total} files"),
        is_canceled=lambda: running.wants_cancel,
    )
    sentence = " ".join([report.sentence, *(f"Paper {told['paper']}: {told['sentence']}" for told in report.problems[:3])])
    address = reverse("camera-ready", args=[running.workshop.slug])
    return {**report.as_json(), "sentence": sentence, "address": address, "address_name": "See the board"}
