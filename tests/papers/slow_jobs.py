"""Kinds of work that take a while, for worker processes that tests start and kill."""

import os
import time
from typing import Any

from django.db import transaction

from papers.history import record_change
from papers.jobs import RunningJob, job_kind


@job_kind("test-slow", is_repeatable=True)
def add_topics(job: RunningJob) -> dict[str, Any]:
    total = job.params["total"]
    for position in range(1, total + 1):
        with transaction.atomic():
            job.workshop.topics.get_or_create(position=position, defaults={"text": f"Topic {position}"})
        job.report(position, total, f"topic {position}")
        time.sleep(job.params.get("seconds", 0))
    return {"added": total}


@job_kind("test-sign", is_repeatable=False)
def sign_once(job: RunningJob) -> dict[str, Any]:
    record_change(job.workshop, "signed", by=None, actor=str(os.getpid()))
    time.sleep(0.2)
    return {}
