"""Pushes of decisions as background work: compared first, written once somebody has looked and confirmed."""

import datetime as dt
from typing import Any

from django.db import transaction
from django.utils import timezone

from papers.connections import find_addresses, make_connector
from papers.errors import Refusal, Throttled
from papers.jobs import RunningJob, enqueue_job, job_kind, wake_job
from papers.models import Job, User, Workshop
from papers.openreview.sign_in import SESSION_SECONDS, Credentials
from papers.push_plans import PushAct, PushItem, PushPlan, open_desk, plan_push
from papers.pushing import apply_push, keep_own_writes, refuse_push
from papers.sealing import seal, unseal
from papers.sight import find_sight

KIND = "push-decisions"
PLAN, CONFIRMED = "plan", "confirmed"
# A comparison that nobody confirms is stale by then; its session ends with it.
CONFIRM_WITHIN = dt.timedelta(hours=1)
READY = "The comparison is ready: look at it and confirm it on the push page. Unconfirmed it ends without having written anything."
State = Job.State


def start_push(workshop: Workshop, *, by: User, token: str, search: str = "") -> Job:
    """Queue the comparison of our decisions with OpenReview, which then waits for a confirmation; refuses where pushing is off.

    While a push of the workshop is unfinished, that one is returned.
    """
    refuse_push(workshop)
    return enqueue_job(KIND, workshop=workshop, by=by, params={"secrets": {"token": seal(token)}, "search": search})


def find_push(workshop: Workshop) -> Job | None:
    """Return the unfinished push of the workshop, or nothing."""
    return Job.objects.unfinished().of_kind(KIND).filter(workshop=workshop).first()


def read_plan(job: Job) -> PushPlan | None:
    """Return what the job has compared, or nothing before that."""
    return PushPlan.from_json(job.params[PLAN]) if PLAN in job.params else None


def is_waiting_for_confirmation(job: Job) -> bool:
    """Tell whether the comparison is done and nobody has confirmed it."""
    return job.state == State.PAUSED and PLAN in job.params and CONFIRMED not in job.params


def confirm_push(job: Job, papers: list[int], *, by: User) -> Job:
    """Let the job write the decisions on these papers, by key; refuses what is not in its comparison, and anybody but who made it.

    What each person may see differs, and so does what they may confirm.
    """
    with transaction.atomic():
        job = Job.objects.select_for_update(of=("self",)).select_related("workshop").get(pk=job.pk)
        if not is_waiting_for_confirmation(job):
            raise Refusal("This push does not wait for a confirmation any more.", subject=job)
        if job.by_id != by.pk:
            raise Refusal("Somebody else made this comparison; make your own.", subject=job)
        assert job.workshop is not None
        refuse_push(job.workshop)
        plan = read_plan(job)
        writable = {item.pk for item in plan.writable} if plan else set()
        if not papers or not writable.issuperset(papers):
            raise Refusal("Choose at least one decision of this comparison that can be written.", subject=job)
        wake_job(job, params={**job.params, CONFIRMED: sorted(set(papers)), "confirmed_at": timezone.now().isoformat()})
    return job


@job_kind(KIND, is_repeatable=True, title="Push decisions to OpenReview")
def run_push(running: RunningJob) -> dict[str, Any]:
    """Compare, then wait; once confirmed, write and return the report."""
    assert running.workshop is not None
    token = unseal(running.params["secrets"]["token"], max_seconds=SESSION_SECONDS)
    desk = open_desk(running.workshop, make_connector(find_addresses(), Credentials(token=token)))
    sight = find_sight(running.workshop, running.by)
    if CONFIRMED not in running.params:
        if PLAN in running.params:
            return {"sentence": "Nobody confirmed the comparison; nothing was written."}
        plan, own = plan_push(running.workshop, sight, desk, search=running.params.get("search", ""))
        keep_own_writes(running.workshop, desk, own, by=running.by)
        running.keep_params({**running.params, PLAN: plan.as_json()})
        raise Throttled(READY, until=timezone.now() + CONFIRM_WITHIN)
    items = [PushItem.from_json(told) for told in running.params[PLAN]["items"]]
    confirmed = set(running.params[CONFIRMED])
    report = apply_push(
        running.workshop,
        [item for item in items if item.pk in confirmed and item.act in {PushAct.CREATE, PushAct.CHANGE}],
        sight,
        desk,
        by=running.by,
        since=dt.datetime.fromisoformat(running.params["confirmed_at"]),
        tell=lambda count, total: running.report(count, total, f"{count} of {total} decisions"),
        is_canceled=lambda: running.wants_cancel,
    )
    return {**report.as_json(), "sentence": " ".join([report.sentence, *(problem["sentence"] for problem in report.problems[:3])])}
