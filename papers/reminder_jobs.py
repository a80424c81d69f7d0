"""Looks now and then whether a reminder is due, as background work."""

import datetime as dt
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from papers.jobs import RunningJob, enqueue_job, job_kind
from papers.letters.reminding import queue_due_reminders
from papers.models import Job, LetterSettings

KIND = "send-reminders"
LOOK_EVERY = dt.timedelta(minutes=15)  # deadlines, extensions and uploads change what is due in between
State = Job.State


def start_due_looks() -> list[Job]:
    """Queue a look for every workshop where it is time; of two workers one does."""
    now = timezone.now()
    started = []
    for held in LetterSettings.objects.to_look_at(now):
        with transaction.atomic():
            if LetterSettings.objects.to_look_at(now).filter(pk=held.pk).update(looks_at=now + LOOK_EVERY):
                started.append(enqueue_job(KIND, workshop=held.workshop, by=None))
    return started


@job_kind(KIND, is_repeatable=True, title="Look for due reminders")
def run_look(running: RunningJob) -> dict[str, Any]:
    """Put what is due into the outbox; say when to look again. Earlier looks that are over are forgotten."""
    workshop, now = running.workshop, timezone.now()
    count, next_at = queue_due_reminders(workshop, now=now)
    LetterSettings.objects.reminding().filter(workshop=workshop).update(looks_at=min(next_at or now + LOOK_EVERY, now + LOOK_EVERY))
    Job.objects.of_kind(KIND).filter(workshop=workshop, state=State.DONE).delete()
    sentence = f"Put {count} reminder{'' if count == 1 else 's'} into the outbox."
    return {"sentence": sentence, "address": reverse("reminders", args=[workshop.slug]), "address_name": "See the reminders"}
