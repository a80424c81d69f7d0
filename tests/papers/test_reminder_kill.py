"""A look for due reminders that is killed at any moment: nobody is written to twice, nobody is forgotten."""

import datetime as dt
import random
import signal
from collections import Counter
from collections.abc import Iterator

import pytest
import time_machine
from django.utils import timezone

from papers.letters.habits import set_quiet_hours, start_reminders
from papers.letters.reminder_rules import add_reminder_rule
from papers.models import Job, Letter, Mailing, Reminder, User, Workshop
from tests.papers.forked_senders import Sender, start_sender
from tests.papers.handed_in import ask, make_owing_paper
from tests.papers.kill_moments import draw_moments
from tests.papers.smtp_server import MailServer, serve_mail

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]
LOOK = "send_reminders"
PAPERS = 3
NOTHING = (0, 0, 0)
ADDRESSES = {f"a{position}.{number}@example.org" for number in range(1, PAPERS + 1) for position in (1, 2)}
ALL = (len(ADDRESSES), len(ADDRESSES), 1)
STATEMENTS = 200


@pytest.fixture(scope="module")
def server() -> Iterator[MailServer]:
    with serve_mail() as server:
        yield server


@pytest.fixture(scope="module")
def sender(server: MailServer, django_db_setup: None) -> Iterator[Sender]:
    with start_sender(server, "counted26") as sender:
        yield sender


@pytest.fixture
def reminding(workshop: Workshop, olga: User) -> Workshop:
    """Make three papers of two authors each whose files were due 13 hours ago; who owes them is reminded after 12."""
    workshop.letters_per_minute = 30_000
    workshop.save()
    ask(workshop, due_at=timezone.now() - dt.timedelta(hours=13))
    for number in range(1, PAPERS + 1):
        paper = make_owing_paper(workshop, number=number)
        paper.authors.filter(position__gt=2).delete()
        for author in paper.authors.all():
            paper.authors.filter(pk=author.pk).update(email=f"a{author.position}.{number}@example.org")
    with time_machine.travel(timezone.now() - dt.timedelta(days=2)):
        set_quiet_hours(workshop, start=dt.time(0), end=dt.time(0), by=olga)
        add_reminder_rule(workshop, items=["paper"], hours=12, template=None, by=olga)
        start_reminders(workshop, by=olga)
    return workshop


def begin_anew(server: MailServer) -> None:
    """Forget what was written and sent."""
    Mailing.objects.all().delete()
    Job.objects.all().delete()
    server.mails.clear()


def count_rows() -> tuple[int, int, int]:
    """Count what makes a reminder leave once, the letters, the job that sends them: a worker finds that one in any case."""
    return Reminder.objects.count(), Letter.objects.count(), Job.objects.filter(kind="send-letters").count()


def check_outcome(sender: Sender, server: MailServer) -> None:
    """Look twice more, send, and hold that everybody was written to once."""
    assert [sender.run(command)[0] for command in (LOOK, LOOK, "send_letters")] == [0, 0, 0]
    assert Counter(mail.recipient for mail in server.mails) == Counter(ADDRESSES)
    assert (count_rows(), Mailing.objects.count()) == (ALL, 1)
    assert set(Letter.objects.values_list("state", flat=True)) == {"sent"}


def test_look_killed_at_a_statement_leaves_nothing_half(reminding: Workshop, sender: Sender, server: MailServer) -> None:
    chance, number, left = random.Random(20261121), 1, [NOTHING]
    begin_anew(server)
    while (code := sender.run(f"{number} {LOOK}")[0]) == -signal.SIGKILL:
        assert number < STATEMENTS
        left.append(count_rows())
        number += chance.randint(2, 4) if left[-1] == NOTHING else STATEMENTS
    assert (code, len(left) > 8, set(left[:-1]), left[-1] in (NOTHING, ALL)) == (0, True, {NOTHING}, True)
    check_outcome(sender, server)


def test_look_killed_at_a_moment_writes_nobody_twice_and_forgets_nobody(reminding: Workshop, sender: Sender, server: MailServer) -> None:
    codes = set[int]()
    begin_anew(server)
    code, seconds = sender.run(LOOK)
    assert (code, count_rows()) == (0, ALL)
    for moment in draw_moments(20261121):
        begin_anew(server)
        codes.add(sender.run(LOOK, kill_after=moment * seconds)[0])
        assert count_rows() in (NOTHING, ALL)
        check_outcome(sender, server)
    assert (-signal.SIGKILL in codes, codes <= {-signal.SIGKILL, 0}) == (True, True)
