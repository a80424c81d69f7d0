"""Imports from OpenReview as background work."""

from typing import Any

from django.urls import reverse

from papers.connections import find_addresses, make_connector
from papers.imports import ImportOptions, ImportStopped, import_submissions
from papers.jobs import RunningJob, enqueue_job, job_kind
from papers.models import ImportRun, Job, User, Workshop
from papers.openreview.client import Connection
from papers.openreview.sign_in import SESSION_SECONDS, Credentials
from papers.remapping import remap_papers
from papers.sealing import seal, unseal

KIND = "import-openreview"
REMAP = "remap-papers"
REMAPPED_AT_ONCE = 500


def sign_in_for_import(credentials: Credentials, *, pending: str = "", code: str = "") -> str:
    """Return a session token that lasts for an import of some hours.

    Raises `SecondFactorNeeded` when OpenReview wants a code: ask for it, then call again with it and with
    the refusal's `pending`; the password is not needed a second time.
    """
    connection = Connection(find_addresses()[2], credentials=credentials)
    if pending and code:
        connection.finish_sign_in(pending, code)
    else:
        connection.sign_in()
    return connection.token


def start_import(workshop: Workshop, *, by: User | None, token: str, is_rehearsal: bool = False, api: str = "auto") -> Job:
    """Queue an import with a session token, which waits sealed and is deleted when the job is over.

    While an import of the workshop is unfinished, that one is returned; if it does not run at the moment,
    it goes on with the new token.
    """
    params = {"secrets": {"token": seal(token)}, "is_rehearsal": is_rehearsal, "api": api}
    job = enqueue_job(KIND, workshop=workshop, by=by, params=params)
    if job.params != params:
        waiting = [Job.State.QUEUED, Job.State.PAUSED, Job.State.LOST]
        Job.objects.filter(pk=job.pk, state__in=waiting).update(params={**job.params, "secrets": params["secrets"]})
        job.refresh_from_db()
    return job


@job_kind(KIND, is_repeatable=True, title="Import from OpenReview")
def run_import(running: RunningJob) -> dict[str, Any]:
    """Import and return the report; stops between two pages when somebody cancels."""
    assert running.workshop is not None
    token = unseal(running.params["secrets"]["token"], max_seconds=SESSION_SECONDS)

    def tell(count: int, total: int | None, sentence: str) -> None:
        running.report(count, total, sentence)
        if running.wants_cancel:
            raise ImportStopped("The import was canceled; what it had written are whole papers.")

    options = ImportOptions(api=running.params.get("api", "auto"), is_rehearsal=running.params.get("is_rehearsal", False))
    connect = make_connector(find_addresses(), Credentials(token=token))
    try:
        report = import_submissions(running.workshop, connect=connect, options=options, by=running.by, tell=tell)
    except ImportStopped as stop:
        return {"sentence": stop.sentence}
    return {**report.as_json(), "sentence": report.sentence, **_link_report(running.workshop, is_rehearsal=options.is_rehearsal)}


def start_remap(workshop: Workshop, *, by: User | None) -> Job | None:
    """Apply a changed mapping: at once to a small workshop, else as a job, which is returned; to nothing before the first import."""
    if not ImportRun.objects.find_venue(workshop):
        return None
    if workshop.papers.count() > REMAPPED_AT_ONCE:
        return enqueue_job(REMAP, workshop=workshop, by=by, params={})
    remap_papers(workshop, by=by)
    return None


@job_kind(REMAP, is_repeatable=True, title="Apply the field mapping")
def run_remap(running: RunningJob) -> dict[str, Any]:
    """Read every paper's track, proceedings choice and decision anew."""
    assert running.workshop is not None
    report = remap_papers(running.workshop, by=running.by)
    return {**report.as_json(), "sentence": report.sentence, **_link_report(running.workshop, is_rehearsal=False)}


def _link_report(workshop: Workshop, *, is_rehearsal: bool) -> dict[str, str]:
    run = None if is_rehearsal else workshop.import_runs.first()
    return {"address": reverse("import-report", args=[workshop.slug, run.pk]), "address_name": "See the report"} if run else {}
