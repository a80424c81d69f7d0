"""Commands of letters, each in a process of its own that can be killed at any moment."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

from django.conf import settings
from django.db import connection

from tests.papers.command_lines import ROOT
from tests.papers.smtp_server import MailServer


class Sender:
    """A process that runs a command at our word, in a child of its own that can be killed."""

    def __init__(self, process: "subprocess.Popen[str]", slug: str) -> None:
        self.process, self.slug, self.child = process, slug, 0

    def begin(self, command: str = "send_letters") -> None:
        """Let the command begin for the workshop."""
        assert self.process.stdin and self.process.stdout
        self.child = 0
        self.process.stdin.write(f"{command} {self.slug}\n")
        self.process.stdin.flush()
        self.child = int(self.process.stdout.readline())

    def end(self) -> int:
        """Wait for its end; return the exit code."""
        assert self.process.stdout
        return int(self.process.stdout.readline())

    def run(self, command: str = "send_letters", *, kill_after: float | None = None) -> tuple[int, float]:
        """Run the command; return the exit code and how long it took. Kill it so long after its start."""
        self.begin(command)
        begun = time.monotonic()
        if kill_after is not None:
            time.sleep(kill_after)
            self.kill()
        return self.end(), time.monotonic() - begun

    def kill(self) -> None:
        while not self.child:
            time.sleep(0.001)
        with suppress(ProcessLookupError):  # it was faster
            os.kill(self.child, signal.SIGKILL)


@contextmanager
def start_sender(server: MailServer, slug: str) -> Iterator[Sender]:
    """Yield a process that is ready to run commands on this test's database."""
    pipes: dict[str, Any] = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.DEVNULL}
    command = [sys.executable, "-m", "tests.papers.letter_forks"]
    with subprocess.Popen(command, cwd=ROOT, env=_make_environment(server), text=True, **pipes) as process:
        yield Sender(process, slug)
        assert process.stdin
        process.stdin.close()


def _make_environment(server: MailServer) -> dict[str, str]:
    values: dict[str, Any] = connection.settings_dict
    host = f"{values['USER']}:{values['PASSWORD']}@{values['HOST']}:{values['PORT']}"
    known = {name: value for name, value in os.environ.items() if not name.startswith(("DATABASE_URL", "SYNTAGEN_"))}
    return known | {
        "DJANGO_SETTINGS_MODULE": "syntagen.settings",
        "DATABASE_URL": f"sqlite://{values['NAME']}" if connection.vendor == "sqlite" else f"postgres://{host}/{values['NAME']}",
        "SYNTAGEN_DATA_DIR": str(settings.DATA_DIR),
        "SYNTAGEN_SMTP_HOST": "127.0.0.1",
        "SYNTAGEN_SMTP_PORT": str(server.port),
        "SYNTAGEN_SMTP_TLS": "no",
        "PYTHONPATH": str(ROOT),
    }
