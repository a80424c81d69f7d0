"""Imports from OpenReview as background work."""

from typing import Any

from papers.connections import find_addresses, make_connector
from papers.imports import ImportOptions, ImportStopped, import_submissions
from papers.jobs import RunningJob, enqueue_job, job_kind
from papers.models import Job, User, Workshop
from papers.openreview.client import Connection
from papers.openreview.sign_in import SESSION_SECONDS, Credentials
from papers.sealing import seal, unseal

KIND = "import-openreview"


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
        return import_submissions(running.workshop, connect=connect, options=options, by=running.by, tell=tell).as_json()
    except ImportStopped as stop:
        return {"sentence": stop.sentence}
