"""Letters whose sender is killed at any moment: nobody gets two, nobody is lost but the one that is told to be in doubt."""

import datetime as dt
import signal
from collections import Counter
from collections.abc import Iterator

import pytest
from django.utils import timezone

from papers.models import Job, LetterTemplate, Mailing, User, Workshop
from tests.papers.forked_senders import Sender, start_sender
from tests.papers.kill_moments import draw_moments
from tests.papers.letter_making import list_states, make_lettered_paper, make_template, queue
from tests.papers.smtp_server import MailServer, serve_mail

LETTERS = 8
STEPS = ("connect", "mail", "rcpt", "data", "content", "taken", "answered")
pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]


@pytest.fixture(scope="module")
def server() -> Iterator[MailServer]:
    with serve_mail() as server:
        yield server


@pytest.fixture(scope="module")
def sender(server: MailServer, django_db_setup: None) -> Iterator[Sender]:
    with start_sender(server, "counted26") as sender:
        yield sender


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


def test_killed_sender_sends_nothing_twice_and_loses_nothing(
    template: LetterTemplate, olga: User, sender: Sender, server: MailServer
) -> None:
    codes, outcomes = set[int](), list[str]()
    begin_anew(template, olga, server)
    code, seconds = sender.run()
    assert (code, len(server.mails)) == (0, LETTERS)
    for moment in draw_moments(20261121):
        mailing = begin_anew(template, olga, server)
        codes.add(sender.run(kill_after=moment * seconds)[0])
        go_on(sender)
        outcomes.append(check_outcome(mailing, server))
    assert (-signal.SIGKILL in codes, codes <= {-signal.SIGKILL, 0}) == (True, True)


@pytest.mark.parametrize("step", STEPS)
def test_sender_killed_at_a_step_leaves_at_most_one_in_doubt(
    template: LetterTemplate, olga: User, sender: Sender, server: MailServer, step: str
) -> None:
    expected = {"content": {"had left"}, "taken": {"had left"}, "answered": {"had left", ""}}.get(step, {"had not left"})
    mailing = begin_anew(template, olga, server)
    moment = 1 if step == "connect" else 3
    seen = Counter[str]()

    def kill(now: str) -> None:
        seen[now] += 1
        if now == step and seen[now] == moment:
            sender.kill()

    server.watch = kill
    code = sender.run()[0]
    server.watch = lambda step: None
    assert code in ({-signal.SIGKILL, 0} if step == "answered" else {-signal.SIGKILL})
    go_on(sender)
    assert check_outcome(mailing, server) in expected


def test_two_senders_at_once_send_each_letter_once(template: LetterTemplate, olga: User, sender: Sender, server: MailServer) -> None:
    with start_sender(server, template.workshop.slug) as other:
        mailing = begin_anew(template, olga, server)
        for one in (sender, other):
            one.begin()
        ends = sorted(one.end() for one in (sender, other))
    assert ends in ([0, 0], [0, 1])
    assert (Counter(mail.recipient for mail in server.mails).most_common(1)[0][1], len(server.mails)) == (1, LETTERS)
    assert set(list_states(mailing).values()) == {"sent"}
