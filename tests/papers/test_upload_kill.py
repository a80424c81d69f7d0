"""An upload that is killed at any moment leaves nothing half; the next one ends as if nothing had been."""

import hashlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

import pytest
from django.conf import settings
from django.core.files.storage import default_storage
from django.db import connection
from django.utils import timezone

from papers.models import FileVersion, StoredFile, Upload, User
from papers.stored_files import CHUNKS, FILES, LEFT_AFTER, open_content, sweep_storage
from tests.factories import make_user, make_workshop
from tests.papers.command_lines import ROOT
from tests.papers.handed_in import ask, make_content, make_owing_paper
from tests.papers.kill_moments import draw_moments

SIZE = 4_000_000
pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]


class Uploader:
    """A process that hands files in at our word, in a child of its own that can be killed."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self.process = process

    def run(self, paper: int, user: int, seed: int, *, kill_after: float | None = None) -> tuple[int, float]:
        """Hand in; return the exit code and the seconds it took. Kill it so long after its beginning."""
        assert self.process.stdin and self.process.stdout
        self.process.stdin.write(f"{paper} {user} {seed} {SIZE}\n")
        self.process.stdin.flush()
        child = int(self.process.stdout.readline())
        begun = time.monotonic()
        if kill_after is not None:
            time.sleep(kill_after)
            with suppress(ProcessLookupError):  # it was faster than the one before
                os.kill(child, signal.SIGKILL)
        return int(self.process.stdout.readline()), time.monotonic() - begun


@contextmanager
def start_uploader() -> Iterator[Uploader]:
    values: dict[str, Any] = connection.settings_dict
    host = f"{values['USER']}:{values['PASSWORD']}@{values['HOST']}:{values['PORT']}"
    known = {name: value for name, value in os.environ.items() if not name.startswith(("DATABASE_URL", "SYNTAGEN_"))}
    environment = {
        **known,
        "DJANGO_SETTINGS_MODULE": "syntagen.settings",
        "DATABASE_URL": f"sqlite://{values['NAME']}" if connection.vendor == "sqlite" else f"postgres://{host}/{values['NAME']}",
        "SYNTAGEN_DATA_DIR": str(settings.DATA_DIR),
        "PYTHONPATH": str(ROOT),
    }
    pipes: dict[str, Any] = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.DEVNULL}
    command = [sys.executable, "-m", "tests.papers.upload_forks"]
    with subprocess.Popen(command, cwd=ROOT, env=environment, text=True, **pipes) as process:
        yield Uploader(process)
        assert process.stdin
        process.stdin.close()


def read_digest(stored: StoredFile) -> str:
    with open_content(stored) as file:
        return hashlib.sha256(file.read()).hexdigest()


def list_objects(folder: str) -> set[str]:
    try:
        folders, names = default_storage.listdir(folder)
    except FileNotFoundError:
        return set()
    return {f"{folder}/{name}" for name in names}.union(*(list_objects(f"{folder}/{inner}") for inner in folders))


def test_killed_upload_leaves_nothing_half_and_the_next_ends_alike() -> None:
    workshop, user, moments = make_workshop(), make_user(), draw_moments(20261121)
    ask(workshop, due_at=None)
    papers = [make_owing_paper(workshop, user) for _ in [0.0, *moments]]
    codes = set()
    with start_uploader() as uploader:
        code, seconds = uploader.run(papers[0].pk, user.pk, 0)
        assert code == 0
        for seed, (paper, moment) in enumerate(zip(papers[1:], moments, strict=True), start=1):
            codes.add(uploader.run(paper.pk, user.pk, seed, kill_after=moment * seconds)[0])
            assert {stored.sha256 for stored in StoredFile.objects.all()} == {read_digest(stored) for stored in StoredFile.objects.all()}
            code, seconds = uploader.run(paper.pk, user.pk, seed)
            assert code == 0
            [version] = FileVersion.objects.filter(paper=paper)
            assert version.file is not None
            assert version.file.sha256 == hashlib.sha256(make_content(seed, SIZE)).hexdigest()
    assert (-signal.SIGKILL in codes, codes <= {-signal.SIGKILL, 0}) == (True, True)
    sweep_storage(now=timezone.now() + 2 * LEFT_AFTER)
    assert list_objects(FILES) == set(StoredFile.objects.values_list("path", flat=True))
    assert (list_objects(CHUNKS), Upload.objects.count(), User.objects.count()) == (set(), 0, 1)
