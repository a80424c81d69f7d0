"""A push that is killed between any two requests writes no decision twice, and the next one ends where an undisturbed one would."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from papers.decisions import decide_paper
from papers.models import PushedDecision, UpstreamDecision, Workshop
from standin import Fault, Standin, Venue
from tests.papers.command_lines import ROOT, make_environment
from tests.papers.push_venues import list_live
from tests.papers.standin_venues import fill_venue, import_from, make_mapped_workshop, make_venue, serve

PAPERS = 3
LONGEST = 30
pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]


class Pusher:
    """A process that pushes at our word, in a child of its own that can be killed."""

    def __init__(self, process: "subprocess.Popen[str]", slug: str) -> None:
        self.process, self.slug = process, slug

    def run(self, standin: Standin, *, kill_at: Fault | None = None) -> int:
        """Push there; return the exit code. Kill it while the request hangs that the fault has struck."""
        assert self.process.stdin
        assert self.process.stdout
        self.process.stdin.write(f"{self.slug} --base-url {standin.url}\n")
        self.process.stdin.flush()
        child = int(self.process.stdout.readline())
        deadline = time.monotonic() + LONGEST
        if kill_at is not None:
            while not kill_at.struck:
                assert time.monotonic() < deadline, "the push never came so far"
                time.sleep(0.002)
            time.sleep(0.02)  # let the request do its work
            os.kill(child, signal.SIGKILL)
        return int(self.process.stdout.readline())


@contextmanager
def start_pusher(standin: Standin, slug: str) -> Iterator[Pusher]:
    command = [sys.executable, "-m", "tests.papers.import_forks", "push_decisions"]
    environment = {**make_environment(standin), "PYTHONPATH": str(ROOT)}
    pipes: dict[str, Any] = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.DEVNULL}
    with subprocess.Popen(command, cwd=ROOT, env=environment, text=True, **pipes) as process:
        yield Pusher(process, slug)
        assert process.stdin
        process.stdin.close()


def build() -> tuple[Venue, dict[int, list[tuple[str, str]]]]:
    """Build a venue of which half is undecided, with what a push is to leave there."""
    venue = fill_venue(make_venue(), papers=PAPERS)
    for number in (1, 2):
        venue.delete_decision(number)
    return venue, {number: [("Accept (Poster)", f"Comment {number}")] for number in range(1, PAPERS + 1)}


def decide_all(workshop: Workshop) -> None:
    for paper in workshop.papers.all():
        poster = workshop.presentation_kinds.get(slug="poster")
        decide_paper(paper, outcome="accept", presentation=poster, comment=f"Comment {paper.number}", by=None)


def forget(workshop: Workshop) -> None:
    workshop.papers.all().delete()
    workshop.import_runs.all().delete()


def push_disturbed(pusher: Pusher, workshop: Workshop, kind: str, place: int) -> tuple[int, int]:
    """Push a fresh venue, killed at request `place` unless that is 0, then once more; return the first exit code, and the requests."""
    venue, expected = build()
    with serve(venue) as standin:
        forget(workshop)
        import_from(standin, workshop)
        decide_all(workshop)
        standin.requests.clear()
        fault = standin.faults.add(kind, path="/*", method="*", after=place - 1, times=1, seconds=LONGEST) if place else None
        code = pusher.run(standin, kill_at=fault)
        assert all(len(replies) <= 1 for replies in list_live(venue).values())
        count = len(standin.requests)
        if fault is not None:
            assert pusher.run(standin) == 0
        assert list_live(venue) == expected
    states = list(PushedDecision.objects.filter(paper__workshop=workshop).order_by().values_list("state", flat=True))
    assert (states.count("written"), states.count("started")) == (PAPERS, 0)
    live = UpstreamDecision.objects.filter(paper__workshop=workshop, gone_at=None)
    told = sorted(live.values_list("paper__number", "text", "comment"))
    assert told == [(number, *replies[0]) for number, replies in expected.items()]
    return code, count


@pytest.mark.parametrize("kind", ["stall", "slow"])
def test_push_killed_at_any_request_writes_nothing_twice(kind: str) -> None:
    """`stall` kills before the request has done its work, `slow` after it and before its answer."""
    workshop = make_mapped_workshop(pushes_decisions=True)
    with serve(make_venue()) as standin, start_pusher(standin, workshop.slug) as pusher:
        code, count = push_disturbed(pusher, workshop, kind, 0)
        assert (code, count > 3 * PAPERS) == (0, True)
        codes = {push_disturbed(pusher, workshop, kind, place)[0] for place in range(1, count + 1)}
    assert codes == {-signal.SIGKILL}
