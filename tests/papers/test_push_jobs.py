"""A push as background work: compared, confirmed by whoever looked, written, resumed."""

import datetime as dt
from collections.abc import Iterator

import pytest
from django.conf import settings
from django.utils import timezone

from papers.errors import Refusal
from papers.import_jobs import sign_in_for_import
from papers.jobs import cancel_job, find_lost_jobs, resume_due_jobs, run_job
from papers.models import ConflictOfInterest, Job, PushedDecision, User, Workshop
from papers.openreview.sign_in import Credentials
from papers.push_jobs import KIND, READY, confirm_push, find_push, is_waiting_for_confirmation, read_plan, start_push
from standin import Standin, Venue
from tests.factories import join_workshop, make_user
from tests.papers.push_venues import WRITES, decide, get_paper, list_attempts, list_live, make_decided_venue, make_pushing_workshop
from tests.papers.standin_venues import CHAIR, serve

pytestmark = pytest.mark.django_db


@pytest.fixture
def venue() -> Venue:
    return make_decided_venue()


@pytest.fixture
def standin(venue: Venue) -> Iterator[Standin]:
    with serve(venue) as running:
        settings.OPENREVIEW_BASE_URL, settings.OPENREVIEW_BASE_URL_V1 = running.url, running.url_v1
        yield running


@pytest.fixture
def workshop(standin: Standin) -> Workshop:
    workshop = make_pushing_workshop(standin)
    decide(workshop, 3, "oral")
    decide(workshop, 4, "poster")
    return workshop


@pytest.fixture
def olga(workshop: Workshop) -> User:
    olga = make_user("olga@example.org")
    join_workshop(olga, workshop)
    return olga


def sign_in(credentials: Credentials = CHAIR) -> str:
    return sign_in_for_import(credentials)


def compare(workshop: Workshop, olga: User, *, search: str = "") -> Job:
    """Have the comparison made, and return the job that waits."""
    job = start_push(workshop, by=olga, token=sign_in(), search=search)
    run_job(job.pk)
    job.refresh_from_db()
    return job


def list_keys(workshop: Workshop, *numbers: int) -> list[int]:
    return [get_paper(workshop, number).pk for number in numbers]


def test_comparison_waits_for_a_confirmation_and_writes_nothing(standin: Standin, workshop: Workshop, olga: User) -> None:
    job = compare(workshop, olga)
    plan = read_plan(job)
    assert plan is not None
    assert ([item.number for item in plan.writable], is_waiting_for_confirmation(job), job.message) == ([3, 4], True, READY)
    assert (standin.count_requests(*WRITES), find_push(workshop), "secrets" in job.params) == (0, job, True)
    assert start_push(workshop, by=olga, token=sign_in()) == job


def test_confirmed_decisions_are_written_and_the_session_is_forgotten(venue: Venue, workshop: Workshop, olga: User) -> None:
    job = confirm_push(compare(workshop, olga), list_keys(workshop, 3), by=olga)
    assert (job.state, is_waiting_for_confirmation(job)) == (Job.State.QUEUED, False)
    run_job(job.pk)
    job.refresh_from_db()
    assert (job.state, (job.result or {})["sentence"]) == ("done", "1 written to OpenReview, 0 stood there already, 0 not written.")
    assert (job.progress_count, job.total_count, "secrets" in job.params, find_push(workshop)) == (1, 1, False, None)
    assert (list_live(venue)[3], list_live(venue)[4]) == ([("Accept (Oral)", "")], [("Reject", "")])
    assert PushedDecision.objects.get().by == olga


def test_unconfirmed_comparison_ends_without_having_written(standin: Standin, workshop: Workshop, olga: User) -> None:
    job = compare(workshop, olga)
    Job.objects.filter(pk=job.pk).update(resume_at=timezone.now() - dt.timedelta(seconds=1))
    assert resume_due_jobs() == [job]
    run_job(job.pk)
    job.refresh_from_db()
    assert (job.state, job.result, standin.count_requests(*WRITES)) == (
        "done",
        {"sentence": "Nobody confirmed the comparison; nothing was written."},
        0,
    )
    with pytest.raises(Refusal, match=r"^This push does not wait for a confirmation any more\.$"):
        confirm_push(job, list_keys(workshop, 3), by=olga)


def test_only_who_compared_confirms_and_only_what_was_compared(workshop: Workshop, olga: User) -> None:
    job, other = compare(workshop, olga, search='"Paper 3"'), make_user()
    join_workshop(other, workshop)
    with pytest.raises(Refusal, match=r"^Somebody else made this comparison; make your own\.$"):
        confirm_push(job, list_keys(workshop, 3), by=other)
    for papers in ([], list_keys(workshop, 3, 4)):
        with pytest.raises(Refusal, match=r"^Choose at least one decision of this comparison that can be written\.$"):
            confirm_push(job, papers, by=olga)
    Workshop.objects.update(pushes_decisions=False)
    with pytest.raises(Refusal, match=r"^Writing decisions to OpenReview is off for Counted 2026"):
        confirm_push(job, list_keys(workshop, 3), by=olga)


def test_push_that_is_off_does_not_even_start(workshop: Workshop, olga: User) -> None:
    Workshop.objects.update(pushes_decisions=False)
    workshop.refresh_from_db()
    with pytest.raises(Refusal, match=r"^Writing decisions to OpenReview is off for Counted 2026"):
        start_push(workshop, by=olga, token="t")
    assert Job.objects.count() == 0


def test_conflict_of_interest_binds_the_whole_way(venue: Venue, workshop: Workshop, olga: User) -> None:
    job = compare(workshop, olga)
    confirm_push(job, list_keys(workshop, 3, 4), by=olga)
    ConflictOfInterest.objects.create(paper=get_paper(workshop, 4), member=olga.memberships.get(), ground="declared")
    run_job(job.pk)
    assert (list_live(venue)[3], list_live(venue)[4]) == ([("Accept (Oral)", "")], [("Reject", "")])


def test_throttled_push_pauses_and_goes_on_by_itself(standin: Standin, venue: Venue, workshop: Workshop, olga: User) -> None:
    job = confirm_push(compare(workshop, olga), list_keys(workshop, 3, 4), by=olga)
    standin.faults.add("throttle", path="/notes/edits", method="POST", after=1, times=1, retry_after=900, late=True)
    run_job(job.pk)
    job.refresh_from_db()
    assert (job.state, is_waiting_for_confirmation(job), job.resume_at is not None) == ("paused", False, True)
    Job.objects.filter(pk=job.pk).update(resume_at=timezone.now())
    resume_due_jobs()
    run_job(job.pk)
    job.refresh_from_db()
    assert (job.state, (job.result or {})["written"]) == ("done", 2)
    assert (list_live(venue)[4], standin.count_requests(*WRITES)) == ([("Accept (Poster)", "")], 2)
    assert [(number, state) for number, state, _ in list_attempts(workshop)] == [(3, "written"), (4, "written")]


def test_push_whose_worker_died_is_taken_up_again(venue: Venue, workshop: Workshop, olga: User) -> None:
    job = confirm_push(compare(workshop, olga), list_keys(workshop, 3, 4), by=olga)
    Job.objects.filter(pk=job.pk).update(
        state="running", attempt_count=1, heartbeat_at=timezone.now() - dt.timedelta(hours=1), started_at=timezone.now()
    )
    PushedDecision.objects.create(paper=get_paper(workshop, 3), after={"decision": "Accept (Oral)", "comment": ""})
    venue.add_decision(3, "Accept (Oral)")
    assert [lost.state for lost in find_lost_jobs(dt.timedelta(minutes=1))] == ["lost"]
    run_job(job.pk)
    job.refresh_from_db()
    assert (job.state, (job.result or {})["written"]) == ("done", 2)
    assert list_attempts(workshop) == [(3, "written", "It had arrived when the push was interrupted."), (4, "written", "")]
    assert list_live(venue)[3] == [("Accept (Oral)", "")]


def test_canceled_push_writes_nothing_more(standin: Standin, workshop: Workshop, olga: User) -> None:
    job = compare(workshop, olga)
    cancel_job(job, by=olga)
    job.refresh_from_db()
    assert (job.state, "secrets" in job.params) == ("canceled", False)
    job = confirm_push(compare(workshop, olga), list_keys(workshop, 3, 4), by=olga)
    Job.objects.filter(pk=job.pk).update(wants_cancel=True)
    run_job(job.pk)
    job.refresh_from_db()
    assert (job.state, (job.result or {})["sentence"]) == (
        "canceled",
        "Stopped on request. 0 written to OpenReview, 0 stood there already, 0 not written.",
    )
    assert standin.count_requests(*WRITES) == 0
    assert Job.objects.of_kind(KIND).count() == 2
