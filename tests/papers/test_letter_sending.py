"""Letters leave once: over one connection, at their pace, through every mood of a mail server."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from django.utils import timezone

from papers.errors import Refusal
from papers.jobs import run_job
from papers.letter_jobs import start_sending
from papers.letters import couriers
from papers.letters.mailings import cancel_mailing, mark_letter_sent, pause_mailing, resume_mailing, send_letter_again
from papers.letters.outbox import PAUSES, claim_letter, report_left_behind, settle_letter
from papers.models import Job, Letter, User, Workshop
from tests.papers.letter_making import find_job, list_states, make_lettered_paper, make_template, queue, tell_result
from tests.papers.smtp_server import DROP, DROP_AFTER_TAKING, HANG, MailServer, serve_mail

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def server(settings: Any) -> Iterator[MailServer]:
    with serve_mail() as running:
        for name, value in running.settings().items():
            setattr(settings, name, value)
        yield running


@pytest.fixture
def fast(workshop: Workshop) -> Workshop:
    workshop.letters_per_minute = 30_000
    workshop.contact_email = "chairs@example.org"
    workshop.save()
    return workshop


def send(workshop: Workshop, olga: User, *, papers: int = 2, authors: int = 1) -> Any:
    for number in range(1, papers + 1):
        make_lettered_paper(workshop, number=number, authors=authors)
    mailing = queue(make_template(workshop, olga), olga)
    run_job(find_job(workshop).pk)
    return mailing


def go_on(workshop: Workshop) -> Job:
    """Let a paused or new job run now, as if its time had come."""
    Letter.objects.filter(mailing__workshop=workshop).update(retry_at=None)
    Job.objects.filter(workshop=workshop, state="paused").update(state="queued", resume_at=None)
    run_job(find_job(workshop).pk)
    return find_job(workshop)


def test_letters_leave_over_one_connection(server: MailServer, fast: Workshop, olga: User) -> None:
    mailing = send(fast, olga, authors=2)
    letters = {letter.address: letter for letter in mailing.letters.all()}
    assert [mail.recipient for mail in server.mails] == ["a1.1@example.org", "a2.1@example.org", "a1.2@example.org", "a2.2@example.org"]
    assert (server.connection_count, set(list_states(mailing).values())) == (1, {"sent"})
    assert [mail.message_id for mail in server.mails] == [letters[mail.recipient].message_id for mail in server.mails]
    first = server.mails[0]
    assert {name: str(first.message[name]) for name in ("From", "To", "Reply-To", "Subject")} == {
        "From": "Counted 2026 <syntagen@localhost>",
        "To": "Author1 Paper1 <a1.1@example.org>",
        "Reply-To": "Counted 2026 <chairs@example.org>",
        "Subject": "Paper 1",
    }
    assert first.message.get_content_type() == "text/plain"
    assert first.message.get_content().replace("\r\n", "\n") == ("Dear Author1 Paper1,\n\nyour paper “Title 1” was accepted as Poster.\n")
    assert (first.sender, find_job(fast).state, tell_result(fast)) == ("syntagen@localhost", "done", "Sent 4 letters.")
    one = letters["a1.1@example.org"]
    assert one.sent_at is not None and one.claimed_at is not None and one.claimed_at <= one.sent_at
    assert (one.attempt_count, one.claim, one.trouble) == (1, "", "")


def test_bounces_go_where_the_installation_says(server: MailServer, fast: Workshop, olga: User, settings: Any) -> None:
    settings.MAIL_BOUNCES_TO = "Bounces <bounces@example.org>"
    send(fast, olga, papers=1)
    assert server.mails[0].sender == "bounces@example.org"


def test_connection_is_renewed_after_fifty(server: MailServer, fast: Workshop, olga: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(couriers, "MAILS_PER_CONNECTION", 2)
    send(fast, olga, papers=5)
    assert (len(server.mails), server.connection_count) == (5, 3)


def test_odd_words_arrive_as_they_are(server: MailServer, fast: Workshop, olga: User) -> None:
    body = "Zoë,\n.dot\n..two dots\n" + "long " * 400 + "\nFrom here\n{% if paper.is_accepted %}\n\tyes\n{% endif %}"
    make_lettered_paper(fast, number=1)
    queue(make_template(fast, olga, body=body), olga)
    run_job(find_job(fast).pk)
    text = server.mails[0].message.get_content().replace("\r\n", "\n")
    assert text == "Zoë,\n.dot\n..two dots\n" + ("long " * 400).rstrip() + "\nFrom here\n\tyes\n"
    assert max(map(len, server.mails[0].data.splitlines())) <= 78


@pytest.mark.parametrize("step", ["rcpt", "data", "content"])
def test_refused_letter_fails_and_the_others_leave(server: MailServer, fast: Workshop, olga: User, step: str) -> None:
    server.fail(step, "550 5.1.1 no such user", recipient="a1.1@example.org")
    mailing = send(fast, olga)
    assert list_states(mailing) == {"a1.1@example.org": "failed", "a1.2@example.org": "sent"}
    failed = mailing.letters.get(state="failed")
    assert (failed.trouble, failed.bounce, failed.claim) == ("550 5.1.1 no such user", "hard", "")
    assert (find_job(fast).state, [mail.recipient for mail in server.mails]) == ("done", ["a1.2@example.org"])


@pytest.mark.parametrize("step", ["rcpt", "data", "content"])
def test_greylisted_letter_waits_alone_and_longer_each_time(
    server: MailServer, fast: Workshop, olga: User, step: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("papers.letter_jobs._Sending._keep_pace", lambda sending: None)  # the clock stands still
    server.fail(step, "450 4.2.0 come back later", times=2, recipient="a1.1@example.org")
    with time_machine.travel(dt.datetime(2026, 4, 8, 12, tzinfo=dt.UTC), tick=False):
        mailing = send(fast, olga)
        first = mailing.letters.get(address="a1.1@example.org")
        assert (first.state, first.trouble, first.retry_at) == ("waiting", "450 4.2.0 come back later", timezone.now() + PAUSES[0])
        job = find_job(fast)
        assert (job.state, job.resume_at, job.attempt_count) == ("paused", timezone.now() + PAUSES[0], 0)
        assert list_states(mailing)["a1.2@example.org"] == "sent"
        go_on(fast)
        first.refresh_from_db()
        assert (first.retry_at, first.attempt_count) == (timezone.now() + PAUSES[1], 2)
    assert go_on(fast).state == "done"
    assert set(list_states(mailing).values()) == {"sent"}
    assert sorted(mail.recipient for mail in server.mails) == ["a1.1@example.org", "a1.2@example.org"]


def test_letter_is_given_up_after_the_last_attempt(server: MailServer, fast: Workshop, olga: User) -> None:
    server.fail("rcpt", "451 not today", times=99)
    mailing = send(fast, olga, papers=1)
    for _ in PAUSES:
        assert list_states(mailing) == {"a1.1@example.org": "waiting"}
        go_on(fast)
    letter = mailing.letters.get()
    assert (letter.state, letter.bounce) == ("failed", "soft")
    assert letter.trouble == f"Given up after {len(PAUSES) + 1} attempts; the last answer was: 451 not today"


@pytest.mark.parametrize(
    ("step", "answer"),
    [(step, answer) for step in ("connect", "ehlo", "mail", "rcpt", "data") for answer in (DROP, HANG, "421 4.3.2 too busy")]
    + [("content", "421 4.3.2 too busy")],
)
def test_busy_server_lets_everybody_wait(server: MailServer, fast: Workshop, olga: User, step: str, answer: str) -> None:
    server.fail(step, answer, times=2)
    mailing = send(fast, olga)
    job, letter = find_job(fast), mailing.letters.get(address="a1.1@example.org")
    assert (set(list_states(mailing).values()), server.mails, letter.claim) == ({"waiting"}, [], "")
    assert (job.state, job.resume_at) == ("paused", letter.retry_at)
    assert job.message.startswith("The mail server asks to wait. It said: ")
    server.faults.clear()
    assert go_on(fast).state == "done"
    assert sorted(mail.recipient for mail in server.mails) == ["a1.1@example.org", "a1.2@example.org"]


def test_stale_connection_is_opened_anew_at_once(server: MailServer, fast: Workshop, olga: User) -> None:
    server.fail("mail", DROP, recipient="a1.1@example.org")  # the second mail: the first recipient is still known then
    mailing = send(fast, olga)
    assert (set(list_states(mailing).values()), server.connection_count, len(server.mails)) == ({"sent"}, 2, 2)


@pytest.mark.parametrize(("answer", "taken"), [(DROP, 0), (HANG, 0), (DROP_AFTER_TAKING, 1)])
def test_lost_answer_is_told_and_never_sent_again_by_itself(
    server: MailServer, fast: Workshop, olga: User, answer: str, taken: int
) -> None:
    server.fail("content", answer, recipient="a1.1@example.org")
    mailing = send(fast, olga)
    assert list_states(mailing) == {"a1.1@example.org": "unclear", "a1.2@example.org": "sent"}
    assert len([mail for mail in server.mails if mail.recipient == "a1.1@example.org"]) == taken
    letter = mailing.letters.get(state="unclear")
    assert letter.trouble.startswith("The mail server had the letter and gave no answer (")
    start_sending(fast, by=olga)
    go_on(fast)
    assert tell_result(fast) == "Sent 0 letters."
    assert list_states(mailing)["a1.1@example.org"] == "unclear"
    send_letter_again(letter, by=olga)
    go_on(fast)
    assert list_states(mailing)["a1.1@example.org"] == "sent"
    assert {mail.message_id for mail in server.mails if mail.recipient == "a1.1@example.org"} == {letter.message_id}


@pytest.mark.parametrize("step", ["mail"])
def test_server_that_bars_us_ends_the_job_with_a_sentence(server: MailServer, fast: Workshop, olga: User, step: str) -> None:
    server.fail(step, "550 sender not allowed")
    mailing = send(fast, olga)
    job = find_job(fast)
    assert (job.state, job.message) == ("failed", "The letters wait: the mail server does not let us send. It said: 550 sender not allowed")
    assert (set(list_states(mailing).values()), mailing.letters.first().attempt_count) == ({"waiting"}, 0)
    start_sending(fast, by=olga)
    go_on(fast)
    assert set(list_states(mailing).values()) == {"sent"}


def test_wrong_password_bars_us(server: MailServer, fast: Workshop, olga: User, settings: Any) -> None:
    settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD = "me", "wrong"
    mailing = send(fast, olga, papers=1)
    assert (find_job(fast).state, list_states(mailing)) == ("failed", {"a1.1@example.org": "waiting"})


def test_address_that_no_mail_can_bear_fails_alone(server: MailServer, fast: Workshop, olga: User) -> None:
    make_lettered_paper(fast, number=1)
    make_lettered_paper(fast, number=2)
    mailing = queue(make_template(fast, olga), olga)
    mailing.letters.filter(paper__number=1).update(address="no address")
    run_job(find_job(fast).pk)
    assert list_states(mailing) == {"no address": "failed", "a1.2@example.org": "sent"}
    assert mailing.letters.get(state="failed").trouble == "Mail can't go to “no address”; correct it and send the letter again."


def test_other_backends_carry_letters_too(fast: Workshop, olga: User, mailoutbox: list[Any]) -> None:
    mailing = send(fast, olga, papers=1)
    assert list_states(mailing) == {"a1.1@example.org": "sent"}
    assert [(mail.to, mail.message()["Message-ID"]) for mail in mailoutbox] == [(["a1.1@example.org"], mailing.letters.get().message_id)]


def test_pace_is_kept_by_the_clock_across_runs(server: MailServer, workshop: Workshop, olga: User, monkeypatch: pytest.MonkeyPatch) -> None:
    with time_machine.travel(dt.datetime(2026, 4, 8, 12, tzinfo=dt.UTC), tick=False) as clock:
        monkeypatch.setattr("papers.letter_jobs.time.sleep", clock.shift)
        workshop.letters_per_minute = 20
        workshop.save()
        begun = timezone.now()
        mailing = send(workshop, olga, papers=3)
        mailing.letters.filter(paper__number=3).update(state="waiting", sent_at=None)
        start_sending(workshop, by=olga)
        go_on(workshop)
        moments = sorted((letter.sent_at - begun).total_seconds() for letter in mailing.letters.all())
    assert moments == [0, 3, 9]


def test_other_work_goes_first_after_a_while(server: MailServer, fast: Workshop, olga: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("papers.letter_jobs.TURN_SECONDS", -1)
    make_lettered_paper(fast, number=1)
    mailing = queue(make_template(fast, olga), olga)
    other = Job.objects.create(workshop=fast, kind="import-openreview", state="queued")
    run_job(find_job(fast).pk)
    assert (find_job(fast).state, list_states(mailing)) == ("paused", {"a1.1@example.org": "waiting"})
    other.delete()
    assert go_on(fast).state == "done"


def test_canceled_job_stops_between_two_letters(server: MailServer, fast: Workshop, olga: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("papers.jobs.REPORT_SECONDS", 0)

    def cancel(step: str) -> None:
        if step == "taken":
            Job.objects.filter(workshop=fast).update(wants_cancel=True)

    server.watch = cancel
    mailing = send(fast, olga, papers=3)
    assert (find_job(fast).state, list(list_states(mailing).values())) == ("canceled", ["sent", "waiting", "waiting"])


def test_letter_queued_while_a_job_ends_is_sent(server: MailServer, fast: Workshop, olga: User) -> None:
    template = make_template(fast, olga)
    make_lettered_paper(fast, number=1)

    def queue_more(step: str) -> None:
        if step == "taken" and len(server.mails) == 1:
            make_lettered_paper(fast, number=2)
            queue(template, olga)

    server.watch = queue_more
    queue(template, olga)
    run_job(find_job(fast).pk)
    assert [mail.recipient for mail in server.mails] == ["a1.1@example.org", "a1.2@example.org"]
    assert Job.objects.filter(workshop=fast).count() == 1


def test_paused_mailing_keeps_its_letters(server: MailServer, fast: Workshop, olga: User) -> None:
    make_lettered_paper(fast, number=1)
    mailing = queue(make_template(fast, olga), olga)
    pause_mailing(mailing, by=olga)
    pause_mailing(mailing, by=olga)
    run_job(find_job(fast).pk)
    assert (server.mails, list_states(mailing)) == ([], {"a1.1@example.org": "waiting"})
    resume_mailing(mailing, by=olga)
    run_job(find_job(fast).pk)
    assert list_states(mailing) == {"a1.1@example.org": "sent"}
    with pytest.raises(Refusal, match=r"No letter of “Accepted” waits any more; there is nothing to pause\."):
        pause_mailing(mailing, by=olga)
    actions = fast.history.order_by("pk").values_list("action", flat=True)
    assert [action for action in actions if "letters" in action] == ["queued letters", "paused letters", "resumed letters"]


def test_canceled_mailing_never_leaves(server: MailServer, fast: Workshop, olga: User) -> None:
    make_lettered_paper(fast, number=1)
    mailing = queue(make_template(fast, olga), olga)
    assert cancel_mailing(mailing, by=olga) == 1
    run_job(find_job(fast).pk)
    assert (server.mails, list_states(mailing)) == ([], {"a1.1@example.org": "canceled"})
    with pytest.raises(Refusal, match="nothing to cancel"):
        cancel_mailing(mailing, by=olga)
    with pytest.raises(Refusal, match=r"“Accepted” was canceled; send the letter anew instead\."):
        resume_mailing(mailing, by=olga)
    send_letter_again(mailing.letters.get(), by=olga)
    run_job(find_job(fast).pk)
    assert list_states(mailing) == {"a1.1@example.org": "sent"}


def test_sent_letter_is_not_sent_again(fast: Workshop, olga: User, mailoutbox: list[Any]) -> None:
    mailing = send(fast, olga, papers=1)
    with pytest.raises(Refusal, match=r"The letter to a1\.1@example\.org is not one that can be sent again: sent\."):
        send_letter_again(mailing.letters.get(), by=olga)
    with pytest.raises(Refusal, match=r"The letter to a1\.1@example\.org is sent, not in doubt\."):
        mark_letter_sent(mailing.letters.get(), by=olga)


def test_letter_in_doubt_can_be_marked_as_sent(fast: Workshop, olga: User) -> None:
    make_lettered_paper(fast, number=1)
    mailing = queue(make_template(fast, olga), olga)
    letter = claim_letter(fast, "mail", run="dead")
    assert letter is not None
    assert (report_left_behind(fast, "mail", run="new"), report_left_behind(fast, "mail", run="new")) == (1, 0)
    mark_letter_sent(mailing.letters.get(), by=olga)
    held = mailing.letters.get()
    assert (held.state, held.sent_at) == ("sent", held.claimed_at)


def test_letter_is_claimed_once(fast: Workshop, olga: User) -> None:
    make_lettered_paper(fast, number=1)
    queue(make_template(fast, olga), olga)
    first, second = claim_letter(fast, "mail", run="one"), claim_letter(fast, "mail", run="two")
    assert (first is not None and first.claim, second) == ("one", None)


def test_run_that_was_believed_dead_may_still_say_what_became_of_its_letter(fast: Workshop, olga: User) -> None:
    make_lettered_paper(fast, number=1)
    mailing = queue(make_template(fast, olga), olga)
    letter = claim_letter(fast, "mail", run="slow")
    assert letter is not None
    report_left_behind(fast, "mail", run="new")
    sent = couriers.Handover(couriers.Fate.SENT)
    assert (settle_letter(letter, sent, run="other"), list_states(mailing)) == (False, {"a1.1@example.org": "unclear"})
    assert (settle_letter(letter, sent, run="slow"), list_states(mailing)) == (True, {"a1.1@example.org": "sent"})
