"""An import that is killed at any moment leaves whole papers, and the next one ends where an undisturbed one would."""

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

import pytest

from papers.models import MappedValue, Workshop
from standin import Standin, Venue
from tests.papers.command_lines import ROOT, make_environment
from tests.papers.dumps import dump_state
from tests.papers.standin_venues import fill_venue, import_from, make_mapped_workshop, make_venue, serve

PAPERS = 160
MOMENTS = 20
LONGEST_START = 30
pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]


class Importer:
    """A process that imports at our word, in a child of its own that can be killed."""

    def __init__(self, process: "subprocess.Popen[str]", standin: Standin, slug: str) -> None:
        self.process, self.standin, self.slug = process, standin, slug

    def run(self, *, kill_after: float | None = None) -> tuple[int, float]:
        """Import; return the exit code and the seconds from its first request on. Kill it so long after that request."""
        assert self.process.stdin and self.process.stdout
        asked = len(self.standin.requests)
        self.process.stdin.write(f"{self.slug}\n")
        self.process.stdin.flush()
        child = int(self.process.stdout.readline())
        begun = time.monotonic()
        while len(self.standin.requests) == asked:
            assert time.monotonic() < begun + LONGEST_START, "the import never asked for anything"
            time.sleep(0.001)
        begun = time.monotonic()
        if kill_after is not None:
            time.sleep(kill_after)
            with suppress(ProcessLookupError):  # it was faster than the one before
                os.kill(child, signal.SIGKILL)
        return int(self.process.stdout.readline()), time.monotonic() - begun


@contextmanager
def start_importer(standin: Standin, slug: str) -> Iterator[Importer]:
    command = [sys.executable, "-m", "tests.papers.import_forks"]
    environment = {**make_environment(standin), "PYTHONPATH": str(ROOT)}
    pipes: dict[str, Any] = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.DEVNULL}
    with subprocess.Popen(command, cwd=ROOT, env=environment, text=True, **pipes) as process:
        yield Importer(process, standin, slug)
        assert process.stdin
        process.stdin.close()


def describe_papers(workshop: Workshop) -> set[tuple[Any, ...]]:
    """Return the kinds of papers there are: the first word of the title, and how much hangs on each."""
    related = ("authors", "reviews", "upstream_decisions", "raw_notes")
    return {
        (paper.title.split()[0], *(len(getattr(paper, name).all()) for name in related), hasattr(paper, "decision"))
        for paper in workshop.papers.select_related("decision").prefetch_related(*related)
    }


def forget(workshop: Workshop) -> None:
    """Take back everything that imports have brought."""
    workshop.papers.all().delete()
    workshop.import_runs.all().delete()
    workshop.profile_aliases.all().delete()
    MappedValue.objects.filter(mapping__workshop=workshop, meaning__isnull=True).delete()


def build(*, is_changed: bool = False) -> Venue:
    """Build the venue, as it is at first or with another title, author, review and track on every paper."""
    venue = fill_venue(make_venue(lean=True, profiles=False), papers=PAPERS)
    for number, note in venue.papers.items() if is_changed else ():
        names, ids = (
            [*note["content"][name]["value"], late] for name, late in (("authors", "Late Author"), ("authorids", "~Late_Author1"))
        )
        venue.change(number, content={"title": f"Changed {number}", "authors": names, "authorids": ids, "track": "Never seen"})
        venue.add_review(number)
    return venue


NEW, CHANGED = ("Paper", 2, 2, 1, 1, True), ("Changed", 3, 3, 1, 2, True)


def test_killed_import_leaves_whole_papers_and_the_next_ends_alike() -> None:
    workshop, chance, found, codes = make_mapped_workshop(), random.Random(20261121), set[tuple[Any, ...]](), set[int]()
    with serve(build()) as standin, start_importer(standin, workshop.slug) as importer:
        code, seconds = importer.run()
        assert (code, describe_papers(workshop)) == (0, {NEW})
        expected = dump_state(workshop)
        for _ in range(MOMENTS):
            forget(workshop)
            codes.add(importer.run(kill_after=chance.random() * seconds)[0])
            found |= describe_papers(workshop)
            import_from(standin, workshop)
            assert dump_state(workshop) == expected
    assert (found, -signal.SIGKILL in codes, codes <= {-signal.SIGKILL, 0}) == ({NEW}, True, True)


def test_killed_update_leaves_each_paper_before_or_after_it() -> None:
    workshop, chance, found = make_mapped_workshop(), random.Random(20261122), set[tuple[Any, ...]]()
    with serve(build()) as first, serve(build(is_changed=True)) as second, start_importer(second, workshop.slug) as importer:
        import_from(first, workshop)
        code, seconds = importer.run()
        assert (code, describe_papers(workshop)) == (0, {CHANGED})
        expected = dump_state(workshop)
        for _ in range(MOMENTS // 2):
            forget(workshop)
            import_from(first, workshop)
            importer.run(kill_after=chance.random() * seconds)
            found |= describe_papers(workshop)
            import_from(second, workshop)
            assert dump_state(workshop) == expected
    assert found == {NEW, CHANGED}
