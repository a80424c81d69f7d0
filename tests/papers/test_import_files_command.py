"""The command that takes files: says, takes, ends with the agreed code; killed anywhere it loses nothing and doubles nothing."""

import hashlib
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from papers.models import FileVersion, Job, StoredFile, UpstreamFile, Workshop
from standin import Standin, Venue
from tests.papers.command_lines import ROOT, make_environment
from tests.papers.filed_venues import list_taken, make_filed_venue, make_owing_workshop, read_pdf
from tests.papers.handed_in import ask, make_content
from tests.papers.standin_venues import serve

LONGEST = 30


@pytest.fixture
def venue() -> Venue:
    return make_filed_venue()


@pytest.fixture
def standin(venue: Venue, monkeypatch: pytest.MonkeyPatch) -> Iterator[Standin]:
    with serve(venue) as running:
        monkeypatch.setenv("OPENREVIEW_USERNAME", "chair@example.org")
        monkeypatch.setenv("OPENREVIEW_PASSWORD", "loopback-only")
        yield running


def run(standin: Standin, workshop: Workshop, *arguments: str) -> tuple[int, str, str]:
    """Return exit code, stdout and stderr."""
    out, err = StringIO(), StringIO()
    try:
        call_command("import_files", workshop.slug, "--base-url", standin.url, *arguments, stdout=out, stderr=err)
    except CommandError as error:
        return error.returncode, out.getvalue(), str(error)
    return 0, out.getvalue(), err.getvalue()


@pytest.mark.django_db
def test_dry_run_says_and_writes_nothing(standin: Standin, venue: Venue) -> None:
    workshop = make_owing_workshop(venue)
    venue.withdraw(3)
    assert run(standin, workshop, "--dry-run") == (
        0,
        "new     paper 1, Paper PDF\n"
        "new     paper 2, Paper PDF\n"
        "gone    paper 3, Paper PDF: The paper is withdrawn in OpenReview; import submissions and look first.\n"
        "Would take: 2 new, 0 changed, 0 the same, 0 left for ours, 0 not there, 0 refused earlier, 1 of papers gone there.\n",
        "",
    )
    counts = (UpstreamFile.objects.count(), FileVersion.objects.count(), standin.count_requests("/attachment"))
    assert (counts, standin.count_requests("/notes/edits")) == ((0, 0, 0), 0)


@pytest.mark.django_db
def test_files_are_taken_and_json_is_one_document(standin: Standin, venue: Venue) -> None:
    workshop = make_owing_workshop(venue)
    standin.faults.add("other_bytes", path="/attachment", note=venue.papers[2]["id"], text="<html>")
    code, out, err = run(standin, workshop)
    assert (code, err) == (0, "1 of 3 files\n2 of 3 files\n3 of 3 files\n")
    assert out.splitlines()[-2:] == [
        "problem paper 2, paper: This is not a PDF file, whatever its name says. Paper PDF is taken as PDF.",
        "2 taken, 0 were here already, 0 left for a newer or approved one here, 1 refused, 0 not to be had.",
    ]
    told = json.loads(run(standin, workshop, "--json")[1])
    assert {name: told["counts"][name] for name in ("new", "same", "refused")} == {"new": 0, "same": 2, "refused": 1}
    assert (told["report"]["taken"], told["account"], len(told["items"])) == (0, "~Olga_Chair1", 3)


@pytest.mark.django_db
def test_throttled_command_ends_with_75_and_the_next_goes_on(standin: Standin, venue: Venue) -> None:
    workshop = make_owing_workshop(venue)
    standin.faults.add("throttle", path="/attachment", times=1, retry_after=900)
    code, _, said = run(standin, workshop)
    assert (code, said.startswith("OpenReview asks to wait until ")) == (75, True)
    assert (run(standin, workshop)[0], len(list_taken(workshop))) == (0, 3)


def take_killed(process: "subprocess.Popen[str]", standin: Standin, workshop: Workshop, place: int) -> int:
    """Take files in a child that is killed while request `place` hangs, in the middle of its answer; return its exit code."""
    assert process.stdin
    assert process.stdout
    fault = standin.faults.add("slow", path="/*", method="*", after=place - 1, times=1, seconds=LONGEST) if place else None
    process.stdin.write(f"{workshop.slug} --base-url {standin.url}\n")
    process.stdin.flush()
    child, deadline = int(process.stdout.readline()), time.monotonic() + LONGEST
    while fault is not None and not fault.struck:
        assert time.monotonic() < deadline, "the import never came so far"
        time.sleep(0.002)
    if fault is not None:
        os.kill(child, signal.SIGKILL)
    return int(process.stdout.readline())


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_import_killed_at_any_request_loses_and_doubles_nothing(venue: Venue) -> None:
    """One process is killed at every request in turn, each start going on from what the one before had kept."""
    workshop = make_owing_workshop(venue)
    ask(workshop, "form", due_at=None)
    for number in venue.papers:
        venue.upload_camera_ready(number, copyright_form=venue.store.add_file(make_content(number, 5000) + b"%%EOF"))
    with serve(venue) as standin:
        command = [sys.executable, "-m", "tests.papers.import_forks", "import_files"]
        environment = {**make_environment(standin), "PYTHONPATH": str(ROOT)}
        pipes: dict[str, Any] = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.DEVNULL}
        with subprocess.Popen(command, cwd=ROOT, env=environment, text=True, **pipes) as process:
            codes = [take_killed(process, standin, workshop, place) for place in (1, 2, 3, 4, 5, 4, 5, 4)]
            assert set(codes) == {-signal.SIGKILL}
            assert take_killed(process, standin, workshop, 0) == 0
            assert process.stdin
            process.stdin.close()
    wanted = {
        (number, kind): hashlib.sha256(read_pdf(venue, number, field)).hexdigest()
        for number in venue.papers
        for kind, field in (("paper", "pdf"), ("form", "copyright_form"))
    }
    kept = FileVersion.objects.values_list("paper__number", "kind", "number", "file__sha256")
    assert sorted(kept) == sorted((number, kind, 1, sha256) for (number, kind), sha256 in wanted.items())
    assert (StoredFile.objects.count(), Job.objects.filter(kind="check-file").count()) == (6, 6)
    assert set(UpstreamFile.objects.values_list("outcome", flat=True)) == {"taken"}
