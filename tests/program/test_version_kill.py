"""A publication that is killed at any moment is there as a whole or not at all."""

import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from typing import Any

import pytest

from papers.models import HistoryLine, Letter, Workshop
from program.models import ScheduleRelease, ScheduleVersion, Session
from program.moves import parse_moves
from program.scheduling import apply_moves, list_rows
from tests.factories import make_workshop
from tests.papers.command_lines import ROOT, make_environment
from tests.papers.kill_moments import draw_moments
from tests.papers.standin_venues import make_venue, serve

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]
SESSIONS = 40


def change(workshop: Workshop, number: int) -> None:
    """Rename every session, so that there is something to publish."""
    moves: list[dict[str, Any]] = [
        {"move": "edit-session", "session": f"s{place}", "title": f"Title {number} {place}"} for place in range(SESSIONS)
    ]
    apply_moves(workshop, parse_moves(moves, zone=workshop.zone), by=None)


def publish(process: "subprocess.Popen[str]", slug: str, *, kill_after: float | None = None) -> tuple[int, float]:
    """Publish in a process of its own; return how it ended and after how many seconds."""
    assert process.stdin and process.stdout
    process.stdin.write(f"{slug} schedule\n")
    process.stdin.flush()
    child, begun = int(process.stdout.readline()), time.monotonic()
    if kill_after is not None:
        time.sleep(kill_after)
        with suppress(ProcessLookupError):  # it was faster than the one before
            os.kill(child, signal.SIGKILL)
    return int(process.stdout.readline()), time.monotonic() - begun


def test_killed_publication_is_whole_or_not_there() -> None:
    workshop = make_workshop("killed26")
    for place in range(SESSIONS):
        Session.objects.create(workshop=workshop, uid=f"s{place}", position=place, title=f"Title {place}")
    pipes: dict[str, Any] = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.DEVNULL}
    command = [sys.executable, "-m", "tests.papers.import_forks", "release"]
    with serve(make_venue(lean=True, profiles=False)) as standin:
        environment = {**make_environment(standin), "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(command, cwd=ROOT, env=environment, text=True, **pipes) as process:
        code, seconds = publish(process, workshop.slug)
        assert (code, ScheduleRelease.objects.count()) == (0, 1)
        for number, moment in enumerate(draw_moments(20261123), start=1):
            change(workshop, number)
            held = ScheduleVersion.objects.count()
            code, _ = publish(process, workshop.slug, kill_after=moment * seconds)
            numbers = list(workshop.schedule_versions.order_by("number").values_list("number", flat=True))
            assert numbers == list(range(1, len(numbers) + 1))
            assert len(numbers) - held in ({0, 1} if code else {1})
            if len(numbers) > held:
                last = workshop.schedule_versions.first()
                assert last is not None and (last.rows, len(last.changes)) == (list_rows(workshop), SESSIONS)
            assert HistoryLine.objects.filter(action__in=["released", "published"]).count() == len(numbers)
            assert Letter.objects.count() == 0
            publish(process, workshop.slug)
            assert workshop.schedule_versions.get(number=held + 1).rows == list_rows(workshop)
            assert ScheduleVersion.objects.count() == held + 1
        assert process.stdin
        process.stdin.close()
