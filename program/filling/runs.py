"""Stage 4: runs of the solver: begun, watched, stopped, taken over as one edit that can be undone."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, wait
from typing import Any

from django.db import transaction
from django.utils import timezone

from papers.errors import Refusal
from papers.history import record_change
from papers.jobs import RunningJob, cancel_job, enqueue_job, job_kind
from papers.models import User, Workshop
from program.filling.asked import FillRequest
from program.models import FillRun, ScheduleEdit
from program.scheduling import change_draft

KIND = "fill-schedule"
MOST_SECONDS = 600
RUNS_SHOWN = 10
WRITE_SECONDS = 1.0  # at most so often is the best so far written down
UNFINISHED = ("queued", "running", "paused", "lost")


def begin_fill(workshop: Workshop, asked: FillRequest, *, by: User | None) -> FillRun:
    """Write down what is asked and queue the work; refuses while another run goes on, and what can't be posed at all."""
    from program.filling.posed import pose  # late: loads numpy

    if not 1 <= asked.seconds <= MOST_SECONDS:
        raise Refusal(f"Give the solver 1 to {MOST_SECONDS} seconds.", subject=workshop)
    with transaction.atomic():
        Workshop.objects.select_for_update().get(pk=workshop.pk)
        if find_unfinished(workshop):
            raise Refusal("The solver is at work on this schedule already. Wait, or stop it.", subject=workshop)
        pose(workshop, asked, by=by)
        run = keep_run(workshop, asked, by=by)
        run.job = enqueue_job(KIND, workshop=workshop, by=by, params={"run": run.pk})
        run.save(update_fields=["job"])
    return run


def keep_run(workshop: Workshop, asked: FillRequest, *, by: User | None) -> FillRun:
    """Write down what is asked of the solver."""
    last = workshop.schedule_edits.order_by("-number").values_list("number", flat=True).first() or 0
    values = {"mode": asked.mode, "scope": asked.scope, "seconds": asked.seconds, "seed": asked.seed}
    run = FillRun.objects.create(workshop=workshop, edit=last, began_at=timezone.now(), by=by, **values)
    record_change(workshop, "began filling", by=by, field="schedule", note=f"{run.get_mode_display()}, {run.seconds} s")
    return run


def find_unfinished(workshop: Workshop) -> FillRun | None:
    """Return the run that is at work or waits for a worker; one whose work ended without a word is neither."""
    return workshop.fill_runs.filter(ended_at__isnull=True, job__state__in=UNFINISHED).select_related("job").first()


def list_runs(workshop: Workshop) -> list[FillRun]:
    """Return the last runs, newest first."""
    return list(workshop.fill_runs.select_related("job", "by", "taken")[:RUNS_SHOWN])


def stop_fill(run: FillRun, *, by: User | None) -> FillRun:
    """Let a run end with the best that it has."""
    if run.ended_at is not None or run.job is None:
        raise Refusal("The solver has ended already.", subject=run)
    if cancel_job(run.job, by=by).is_finished:  # nobody had begun
        FillRun.objects.filter(pk=run.pk, ended_at__isnull=True).update(ended_at=timezone.now())
    return run


@job_kind(KIND, is_repeatable=True, title="Fill the schedule")
def work_on_fill(running: RunningJob) -> dict[str, Any]:
    """Search for the run that the job names; killed anywhere, it begins again, the best so far stays to be seen."""
    run = FillRun.objects.select_related("workshop", "by").get(pk=running.params["run"])
    run.workshop = running.workshop
    solve_run(run, tell=lambda: running.report(len(run.told), None, tell_progress(run)), should_stop=lambda: running.wants_cancel)
    return {"sentence": tell_end(run)}


def solve_run(run: FillRun, *, tell: Callable[[], None] | None = None, should_stop: Callable[[], bool] | None = None) -> FillRun:
    """Search and write down what is found, the best so far at most once a second.

    The search has a thread of its own, which knows nothing of the database; this one writes, tells, and asks whether to stop.
    """
    from program.filling.posed import pose  # late: loads numpy
    from program.filling.searching import FillSearch

    posed = pose(run.workshop, FillRequest(run.mode, run.scope, run.seconds, run.seed), by=run.by)
    news: list[dict[str, Any]] = []
    stopped = threading.Event()
    if should_stop and should_stop():
        stopped.set()
    search = FillSearch(posed, tell=news.append, should_stop=stopped.is_set)
    with ThreadPoolExecutor(max_workers=1, thread_name_prefix="solver") as pool:
        future = pool.submit(search.run)
        while not wait([future], timeout=WRITE_SECONDS).done:
            if news:
                _keep_best(run, news.pop())
                news.clear()
            if tell:
                tell()
            if should_stop and should_stop():
                stopped.set()
        result = future.result()
    if result.found is not None:
        run.told = result.found.pop("told", [])
    run.found, run.reasons, run.ended_at = result.found, result.reasons, timezone.now()
    run.save(update_fields=["told", "found", "reasons", "ended_at"])
    return run


def _keep_best(run: FillRun, found: dict[str, Any]) -> None:
    run.told, run.found = found["told"], {name: value for name, value in found.items() if name != "told"}
    run.save(update_fields=["told", "found"])


def tell_progress(run: FillRun) -> str:
    """Return how far a run is, in a sentence."""
    if not run.found:
        return "Looking for a first schedule."
    placed = len(run.found.get("places", run.found.get("starts", ())))
    if not placed:
        return "Everything that could be placed has its place already."
    return f"{placed} placed, cost {run.found['soft'] / 100:,.1f}."


def tell_end(run: FillRun) -> str:
    """Return how a run ended, in a sentence."""
    if run.reasons:
        return "There is no such schedule: some rules contradict each other. The page says which."
    proof = " Nothing better exists." if run.found and run.found["is_proven"] else ""
    return f"{tell_progress(run)}{proof} Look at it, then take it over."


def take_over(run: FillRun, *, by: User | None) -> ScheduleEdit | None:
    """Bring the schedule to what a run found, as one edit; nothing where it is so already.

    Refuses when the run found nothing, or while it goes on, and when the schedule was changed after it began.
    """
    from program.filling.posed import pose  # late: loads numpy
    from program.filling.taking import put_found

    if run.ended_at is None:
        raise Refusal("The solver is still at work. Stop it to keep the best so far.", subject=run)
    if not run.found:
        raise Refusal("The solver found no schedule, so there is nothing to take over.", subject=run)
    with transaction.atomic():
        workshop = Workshop.objects.select_for_update().get(pk=run.workshop_id)
        last = workshop.schedule_edits.order_by("-number").select_related("by").first()
        if last and last.number > run.edit and run.taken_id != last.pk:
            raise Refusal(f"The schedule was changed since the solver began ({last.words.rstrip('.')}). Let it search again.", subject=run)
        posed = pose(workshop, FillRequest(run.mode, run.scope, run.seconds, run.seed), by=by)
        said: list[str] = []
        edit = change_draft(
            workshop,
            lambda draft: said.extend(put_found(draft, run.found or {}, run.scope, posed.facts, run.seed)),
            by=by,
            words=f"Took over what the solver found: {tell_progress(run)}",
        )
        run.taken = edit
        run.found = {**run.found, "said": [*run.found.get("said", []), *said]}
        run.save(update_fields=["taken", "found"])
    return edit
