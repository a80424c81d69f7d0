"""Sends the letters of a workshop as background work, no faster than it wants and no letter twice."""

import datetime as dt
import time
from typing import Any
from uuid import uuid4

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from papers.errors import Refusal, Throttled
from papers.jobs import RunningJob, enqueue_job, job_kind
from papers.letters.couriers import Courier, Fate, MailCourier
from papers.letters.openreview import OpenReviewCourier
from papers.letters.outbox import claim_letter, hold_letter, report_left_behind, settle_letter
from papers.letters.rechecking import look_again
from papers.models import Job, Letter, Route, User, Workshop
from papers.openreview.sign_in import SESSION_SECONDS
from papers.sealing import seal, unseal

MAIL, OPENREVIEW = "send-letters", "send-openreview-letters"
KINDS = {Route.MAIL: MAIL, Route.OPENREVIEW: OPENREVIEW}
TURN_SECONDS = 20.0  # after so long other work that waits goes first
NAP_SECONDS = 0.5
State = Job.State


def start_sending(workshop: Workshop, *, by: User | None, route: str = Route.MAIL, token: str = "") -> Job:
    """Queue the sending of what waits; one that pauses goes on at once. Sending through OpenReview needs a session token."""
    params: dict[str, Any] = {}
    if route == Route.OPENREVIEW:
        if not token:
            raise Refusal("Sign in to OpenReview to send through it.", subject=workshop)
        params = {"secrets": {"token": seal(token)}}
    job = enqueue_job(KINDS[Route(route)], workshop=workshop, by=by, params=params)
    paused = Job.objects.filter(pk=job.pk, state=State.PAUSED)
    paused.update(resume_at=timezone.now(), **({"params": params} if params else {}))
    return job


@job_kind(MAIL, is_repeatable=True, title="Send letters")
def run_mail(running: RunningJob) -> dict[str, Any]:
    """Send what waits by mail."""
    return _Sending(running, Route.MAIL, MailCourier()).work()


@job_kind(OPENREVIEW, is_repeatable=True, title="Send letters through OpenReview")
def run_openreview(running: RunningJob) -> dict[str, Any]:
    """Send what waits through OpenReview."""
    token = unseal(running.params["secrets"]["token"], max_seconds=SESSION_SECONDS)
    return _Sending(running, Route.OPENREVIEW, OpenReviewCourier(running.workshop, token)).work()


class _Sending:
    """One run: there is never another of this workshop and route that is believed alive, because its job is the only one."""

    def __init__(self, running: RunningJob, route: Route, courier: Courier) -> None:
        self.running, self.workshop, self.route, self.courier = running, running.workshop, route, courier
        self.run = f"{running.pk}.{running.attempt}.{uuid4().hex[:12]}"
        self.begun = time.monotonic()
        self.sent = self.failed = self.held = 0

    def work(self) -> dict[str, Any]:
        report_left_behind(self.workshop, self.route, run=self.run)
        try:
            while not self.running.wants_cancel:
                self._keep_pace()
                if self.running.wants_cancel:
                    break
                letter = claim_letter(self.workshop, self.route, run=self.run)
                if letter is not None:
                    self._send(letter)
                elif self._end():
                    break
        finally:
            self.courier.close()
        return self._tell()

    def _send(self, letter: Letter) -> None:
        hold = look_again(letter)
        if hold:
            self.held += hold_letter(letter, hold, run=self.run)
            return
        handover = self.courier.hand_over(letter, self.workshop)
        settle_letter(letter, handover, run=self.run)
        self.sent += handover.fate is Fate.SENT
        self.failed += handover.fate in {Fate.REFUSED, Fate.UNCLEAR}
        left = Letter.objects.of_workshop(self.workshop, self.route).waiting().count() if self.sent % 10 == 1 else None
        self.running.report(self.sent, None if left is None else self.sent + left, f"Sent {self.sent}")
        if handover.fate is Fate.BARRED:
            raise Refusal(f"The letters wait: {_name_other_side(self.route)} does not let us send. It said: {handover.said}")
        if handover.fate is Fate.BUSY:
            letter.refresh_from_db(fields=["retry_at"])
            until = letter.retry_at or timezone.now() + dt.timedelta(minutes=1)
            raise Throttled(f"{_name_other_side(self.route).capitalize()} asks to wait. It said: {handover.said}", until=until)

    def _keep_pace(self) -> None:
        """Wait until the next letter may leave, counted from the last one by the clock, whoever sent that; let other work go first."""
        last = Letter.objects.of_workshop(self.workshop, self.route).find_last_claim()
        gap = dt.timedelta(minutes=1) / max(1, self.workshop.letters_per_minute)
        until = min(last + gap, timezone.now() + gap) if last else timezone.now()  # a clock that was set back must not stop the letters
        if time.monotonic() - self.begun > TURN_SECONDS and Job.objects.waiting().exclude(pk=self.running.pk).exists():
            raise Throttled("Other work goes first; the letters go on in a moment.", until=max(until, timezone.now()))
        while (seconds := (until - timezone.now()).total_seconds()) > 0 and not self.running.wants_cancel:
            time.sleep(min(seconds, NAP_SECONDS))

    def _end(self) -> bool:
        """End or pause the job under the lock under which letters are queued, so that none is left without a job; false when one came."""
        with transaction.atomic():
            Workshop.objects.select_for_update(no_key=True).get(pk=self.workshop.pk)
            letters = Letter.objects.of_workshop(self.workshop, self.route)
            if letters.due(timezone.now()).exists():
                return False
            until = letters.find_next_retry()
            if until is None:
                self.running.end(State.DONE, result=self._tell())
            else:
                message = "The rest waits: the mail server asked to, or it is quiet hours."
                self.running.end(State.PAUSED, ended_at=None, message=message, resume_at=until, attempt_count=self.running.attempt - 1)
        return True

    def _tell(self) -> dict[str, Any]:
        sentence = f"Sent {self.sent} letter{'' if self.sent == 1 else 's'}."
        if self.held:
            sentence += f" {self.held} stayed here; the outbox says why."
        if self.failed:
            sentence += f" {self.failed} did not surely leave; the outbox says why."
        return {"sentence": sentence, "address": reverse("outbox", args=[self.workshop.slug]), "address_name": "See the outbox"}


def _name_other_side(route: Route) -> str:
    return "OpenReview" if route == Route.OPENREVIEW else "the mail server"
