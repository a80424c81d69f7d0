"""Sending letters from the command line: all that waits, or why it waits."""

import datetime as dt
import io
import json
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from papers.letters.outbox import claim_letter
from papers.models import Job, User, Workshop
from tests.papers.letter_making import find_job, list_states, make_lettered_paper, make_template, queue
from tests.papers.smtp_server import serve_mail

pytestmark = pytest.mark.django_db


@pytest.fixture
def fast(workshop: Workshop) -> Workshop:
    workshop.letters_per_minute = 30_000
    workshop.save()
    for number in (1, 2):
        make_lettered_paper(workshop, number=number)
    return workshop


def run(*arguments: str) -> str:
    out = io.StringIO()
    call_command("send_letters", *arguments, stdout=out, stderr=io.StringIO())
    return out.getvalue()


def test_command_sends_what_waits(fast: Workshop, olga: User, mailoutbox: list[Any]) -> None:
    assert run("counted26") == "No letters.\n"
    queue(make_template(fast, olga), olga)
    assert (run("counted26"), len(mailoutbox)) == ("sent 2\n", 2)
    assert json.loads(run("counted26", "--json")) == {
        "bounced": 0,
        "canceled": 0,
        "claimed": 0,
        "failed": 0,
        "sent": 2,
        "settled": 0,
        "unclear": 0,
        "waiting": 0,
    }


def test_command_tells_what_an_earlier_run_left_behind(fast: Workshop, olga: User, mailoutbox: list[Any]) -> None:
    mailing = queue(make_template(fast, olga), olga)
    assert claim_letter(fast, "mail", run="dead") is not None
    assert run("counted26") == "sent 1, perhaps sent 1\n"
    assert list_states(mailing) == {"a1.1@example.org": "unclear", "a1.2@example.org": "sent"}


def test_command_leaves_a_running_worker_alone(fast: Workshop, olga: User, mailoutbox: list[Any]) -> None:
    queue(make_template(fast, olga), olga)
    Job.objects.update(state="running", heartbeat_at=timezone.now())
    with pytest.raises(CommandError, match="A worker is sending the letters of Counted 2026 just now") as caught:
        run("counted26")
    assert (caught.value.returncode, mailoutbox) == (1, [])


def test_command_ends_resumably_when_the_server_asks_to_wait(fast: Workshop, olga: User, settings: Any) -> None:
    with serve_mail() as server:
        for name, value in server.settings().items():
            setattr(settings, name, value)
        server.fail("connect", "421 busy", times=9)
        queue(make_template(fast, olga), olga)
        Job.objects.update(created_at=timezone.now() - dt.timedelta(days=1))
        mailing = fast.mailings.get()
        mailing.letters.update(attempt_count=3)
        with pytest.raises(CommandError, match=r"The mail server asks to wait\. It said: 421 busy") as caught:
            run("counted26")
        assert (caught.value.returncode, find_job(fast).state) == (75, "paused")


def test_command_tells_when_the_server_bars_us(fast: Workshop, olga: User, settings: Any) -> None:
    with serve_mail() as server:
        for name, value in server.settings().items():
            setattr(settings, name, value)
        server.fail("mail", "550 sender not allowed", times=9)
        queue(make_template(fast, olga), olga)
        with pytest.raises(CommandError, match=r"does not let us send\. It said: 550 sender not allowed") as caught:
            run("counted26")
        assert caught.value.returncode == 1
