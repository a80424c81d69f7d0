"""Letters whose sender is killed at any moment: nobody gets two, nobody is lost but the one that is told to be in doubt."""

import datetime as dt
import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.utils import timezone

from papers.models import Job, LetterTemplate, Mailing, User, Workshop
from tests.papers.command_lines import ROOT
from tests.papers.letter_making import list_states, make_lettered_paper, make_template, queue
from tests.papers.smtp_server import MailServer, serve_mail

LETTERS = 8
MOMENTS = 20
STEPS = ("connect", "mail", "rcpt", "data", "content", "taken", "answered")
pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]


class Sender:
    """A process that sends at our word, in a child of its own that can be killed."""

    def __init__(self, process: "subprocess.Popen[str]", slug: str) -> None:
        self.process, self.slug, self.child = process, slug, 0

    def run(self, *, kill_after: float | None = None) -> tuple[int, float]:
        """Send; return the exit code and how long it took. Kill it so long after its start."""
        assert self.process.stdin and self.process.stdout
        self.process.stdin.write(f"{self.slug}\n")
        self.process.stdin.flush()
        self.child = int(self.process.stdout.readline())
        begun = time.monotonic()
        if kill_after is not None:
            time.sleep(kill_after)
            self.kill()
        return int(self.process.stdout.readline()), time.monotonic() - begun

    def kill(self) -> None:
        while not self.child:
            time.sleep(0.001)
        with suppress(ProcessLookupError):  # it was faster
            os.kill(self.child, signal.SIGKILL)


def make_environment(server: MailServer) -> dict[str, str]:
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


@contextmanager
def start_sender(server: MailServer, slug: str) -> Iterator[Sender]:
    pipes: dict[str, Any] = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.DEVNULL}
    command = [sys.executable, "-m", "tests.papers.letter_forks"]
    with subprocess.Popen(command, cwd=ROOT, env=make_environment(server), text=True, **pipes) as process:
        yield Sender(process, slug)
        assert process.stdin
        process.stdin.close()


@pytest.fixture
def template(workshop: Workshop, olga: User) -> LetterTemplate:
    workshop.letters_per_minute = 30_000
    workshop.save()
    for number in range(1, LETTERS + 1):
        make_lettered_paper(workshop, number=number)
    return make_template(workshop, olga)


def begin_anew(template: LetterTemplate, olga: User, server: MailServer) -> Mailing:
    """Forget what was sent and queue everything once more."""
    Mailing.objects.all().delete()
    Job.objects.all().delete()
    server.mails.clear()
    return queue(template, olga)


def go_on(sender: Sender) -> None:
    """Find that the killed one is silent, and send the rest."""
    Job.objects.filter(state="running").update(heartbeat_at=timezone.now() - dt.timedelta(hours=1))
    assert sender.run()[0] == 0


def check_outcome(mailing: Mailing, server: MailServer) -> str:
    """Hold that nobody got two and nobody is lost unsaid; return what became of the letter in doubt, if there is one."""
    states, mails = list_states(mailing), Counter(mail.recipient for mail in server.mails)
    assert set(mails.values()) == {1}
    doubtful = [address for address, state in states.items() if state == "unclear"]
    assert Counter(states.values()) == Counter({"sent": LETTERS - len(doubtful)} | ({"unclear": 1} if doubtful else {}))
    assert set(states) - set(mails) <= set(doubtful)
    return "" if not doubtful else "had left" if doubtful[0] in mails else "had not left"


def test_killed_sender_sends_nothing_twice_and_loses_nothing(template: LetterTemplate, olga: User) -> None:
    chance, codes, outcomes = random.Random(20261121), set[int](), list[str]()
    with serve_mail() as server, start_sender(server, template.workshop.slug) as sender:
        begin_anew(template, olga, server)
        code, seconds = sender.run()
        assert (code, len(server.mails)) == (0, LETTERS)
        for _ in range(MOMENTS):
            mailing = begin_anew(template, olga, server)
            codes.add(sender.run(kill_after=chance.random() * seconds)[0])
            go_on(sender)
            outcomes.append(check_outcome(mailing, server))
    assert (-signal.SIGKILL in codes, codes <= {-signal.SIGKILL, 0}) == (True, True)


@pytest.mark.parametrize("step", STEPS)
def test_sender_killed_at_a_step_leaves_at_most_one_in_doubt(template: LetterTemplate, olga: User, step: str) -> None:
    expected = {"content": {"had left"}, "taken": {"had left"}, "answered": {"had left", ""}}.get(step, {"had not left"})
    with serve_mail() as server, start_sender(server, template.workshop.slug) as sender:
        mailing = begin_anew(template, olga, server)
        moment = 1 if step == "connect" else 3
        seen = Counter[str]()

        def kill(now: str) -> None:
            seen[now] += 1
            if now == step and seen[now] == moment:
                sender.kill()

        server.watch = kill
        assert sender.run()[0] in ({-signal.SIGKILL, 0} if step == "answered" else {-signal.SIGKILL})
        server.watch = lambda step: None
        go_on(sender)
        assert check_outcome(mailing, server) in expected


def test_two_senders_at_once_send_each_letter_once(template: LetterTemplate, olga: User) -> None:
    with serve_mail() as server, start_sender(server, template.workshop.slug) as one, start_sender(server, template.workshop.slug) as two:
        mailing = begin_anew(template, olga, server)
        for sender in (one, two):
            assert sender.process.stdin
            sender.process.stdin.write(f"{sender.slug}\n")
            sender.process.stdin.flush()
        for sender in (one, two):
            assert sender.process.stdout
            sender.process.stdout.readline()
        ends = sorted(int(sender.process.stdout.readline()) for sender in (one, two) if sender.process.stdout)
        assert ends in ([0, 0], [0, 1])
        assert (Counter(mail.recipient for mail in server.mails).most_common(1)[0][1], len(server.mails)) == (1, LETTERS)
        assert set(list_states(mailing).values()) == {"sent"}
