"""Reminders leave by themselves: to who owes something, once, by day, never too late."""

import datetime as dt
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any
from unittest.mock import patch

import pytest
import time_machine
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from papers.camera_ready import extend_deadline
from papers.errors import Refusal
from papers.job_kinds import reminder_jobs
from papers.jobs import run_job
from papers.letter_jobs import start_sending
from papers.letters import reminding as reminding_module
from papers.letters.habits import find_settings, set_notices, set_quiet_hours, start_reminders, stop_reminders
from papers.letters.mailings import cancel_mailing
from papers.letters.reminder_rules import add_reminder_rule, describe_rule, remove_reminder_rule, switch_reminder_rule
from papers.letters.reminding import list_next_reminders, plan_reminders, queue_due_reminders
from papers.models import HistoryLine, Job, Letter, LetterSettings, LetterTemplate, Mailing, Paper, Reminder, User, Workshop
from papers.worker import mind_jobs
from tests.factories import accept, make_paper
from tests.papers.handed_in import DUE, ask, hand_in, make_owing_paper
from tests.papers.letter_making import find_job, make_template

DAY = dt.timedelta(days=1)
START = DUE - 10 * DAY
ADA, BOB = "ada@example.org", "bob@example.org"


@pytest.fixture(autouse=True)
def clock() -> Iterator[Any]:
    with time_machine.travel(START, tick=False) as coordinates:
        yield coordinates


@pytest.fixture
def paper(workshop: Workshop, ada: User, olga: User) -> Paper:
    """Make a paper with two authors that owes PDF and form, due on April 14, 11:59 PM in Los Angeles."""
    workshop.letters_per_minute = 30_000
    workshop.save()
    ask(workshop)
    ask(workshop, "form")
    paper = make_owing_paper(workshop, ada, by=olga, number=7)
    paper.authors.filter(position=1).update(email=ADA)
    paper.authors.filter(position=2).update(email=BOB)
    paper.authors.filter(position__gt=2).delete()
    return paper


def rule(workshop: Workshop, hours: int, *items: str, by: User, **named: Any) -> Any:
    return add_reminder_rule(workshop, items=items, hours=hours, template=named.get("template"), by=by)


def look(workshop: Workshop, at: dt.datetime) -> int:
    with time_machine.travel(at, tick=False):
        return queue_due_reminders(workshop, now=at)[0]


def tell_plan(workshop: Workshop) -> list[tuple[str, str, tuple[str, ...]]]:
    """Tell when each leaves by the workshop's clock, to whom, about what."""
    return [
        (f"{one.leaves_at.astimezone(dt.timezone(dt.timedelta(hours=-7))):%m-%d %H:%M}", one.recipient.address, one.asks.items)
        for one in plan_reminders(workshop, now=START)
    ]


def list_letters() -> list[tuple[str, str]]:
    return list(Letter.objects.order_by("pk").values_list("address", "state"))


def test_plan_follows_rules_and_quiet_hours(paper: Paper, workshop: Workshop, olga: User) -> None:
    rule(workshop, -72, "paper", by=olga)
    rule(workshop, 12, by=olga)
    rule(workshop, -24, "form", by=olga)
    files = ("paper", "form")
    assert tell_plan(workshop) == [
        *(("04-12 08:00", address, ("paper",)) for address in (ADA, BOB)),
        *(("04-14 08:00", address, ("form",)) for address in (ADA, BOB)),
        *(("04-15 11:59", address, files) for address in (ADA, BOB)),
    ]


def test_recipients_zone_counts_where_it_is_known(paper: Paper, workshop: Workshop, olga: User, ada: User) -> None:
    ada.zone = "Europe/Berlin"
    ada.save()
    rule(workshop, -24, "paper", by=olga)
    assert [(when, who) for when, who, _ in tell_plan(workshop)] == [("04-13 23:59", ADA), ("04-14 08:00", BOB)]


def test_items_of_a_day_are_gathered_in_one_letter(paper: Paper, workshop: Workshop, olga: User) -> None:
    ask(workshop, "slides", due_at=DUE + DAY)
    rule(workshop, -24, "paper", by=olga)
    rule(workshop, -46, "slides", by=olga)
    assert tell_plan(workshop) == [("04-14 08:00", ADA, ("paper", "slides")), ("04-14 08:00", BOB, ("paper", "slides"))]


def test_only_released_papers_that_owe_are_reminded(paper: Paper, workshop: Workshop, olga: User, ada: User) -> None:
    accept(make_paper(workshop, number=8, authors=("Cy",)))
    workshop.papers.get(number=8).authors.update(email="cy@example.org")
    make_owing_paper(workshop, number=9, is_test=True).authors.update(email="test@example.org")
    rule(workshop, -24, "paper", by=olga)
    assert {who for _, who, _ in tell_plan(workshop)} == {ADA, BOB}
    hand_in(paper, ada)
    assert tell_plan(workshop) == []


def test_extension_moves_the_reminder(paper: Paper, workshop: Workshop, olga: User) -> None:
    rule(workshop, -24, "paper", by=olga)
    extend_deadline(paper, kind="paper", due_at=DUE + 5 * DAY, reason="Ill", by=olga)
    assert [when for when, _, _ in tell_plan(workshop)] == ["04-19 08:00"] * 2


def test_next_reminders_are_counted(paper: Paper, workshop: Workshop, olga: User) -> None:
    rules = [rule(workshop, -24, "paper", by=olga), rule(workshop, 12, "paper", by=olga)]
    told = list_next_reminders(plan_reminders(workshop, now=START))
    assert [(one.name, one.letter_count, one.paper_count, one.rules) for one in told] == [
        ("Camera-ready reminder", 2, 1, (rules[0],)),
        ("Camera-ready reminder", 2, 1, (rules[1],)),
    ]
    assert list_next_reminders(plan_reminders(workshop, now=START), most=1) == told[:1]


@pytest.fixture
def reminding(paper: Paper, workshop: Workshop, olga: User) -> Workshop:
    """Make it remind a day before and twelve hours after."""
    rule(workshop, -24, "paper", by=olga)
    rule(workshop, 12, "paper", by=olga)
    start_reminders(workshop, by=olga)
    return workshop


MORNING = DUE - DAY + dt.timedelta(hours=8, minutes=1)  # 8:00 AM of April 14 in Los Angeles


def test_reminder_leaves_once(reminding: Workshop, paper: Paper) -> None:
    assert look(reminding, MORNING - dt.timedelta(minutes=1)) == 0
    assert (look(reminding, MORNING), look(reminding, MORNING), look(reminding, MORNING + dt.timedelta(hours=3))) == (2, 0, 0)
    assert list_letters() == [(ADA, "waiting"), (BOB, "waiting")]
    mailing = reminding.mailings.get()
    assert (mailing.name, mailing.kind, mailing.by) == ("Camera-ready reminder", "reminder", None)
    letter = Letter.objects.earliest("pk")
    assert letter.body.count("Paper PDF") == 1 and "Also open" in letter.body
    assert Reminder.objects.values_list("address", "day", "until").first() == (ADA, dt.date(2026, 4, 14), DUE)
    line = HistoryLine.objects.get(action="queued reminders")
    assert (line.by, line.actor, line.after) == (None, "reminders", {"letters": 2, "papers": 1})


def test_second_reminder_comes_after_the_deadline(reminding: Workshop) -> None:
    assert [look(reminding, at) for at in (MORNING, DUE + dt.timedelta(hours=11), DUE + dt.timedelta(hours=12))] == [2, 0, 2]
    assert [str(day) for day in Reminder.objects.order_by("day").values_list("day", flat=True).distinct()] == ["2026-04-14", "2026-04-15"]
    assert Reminder.objects.filter(until=None).count() == 2


def test_worker_that_was_away_catches_up_but_not_too_late(reminding: Workshop) -> None:
    assert look(reminding, MORNING + dt.timedelta(hours=11)) == 2
    Letter.objects.all().delete()
    assert look(reminding, DUE + dt.timedelta(minutes=1)) == 0  # the deadline is over
    assert look(reminding, DUE + dt.timedelta(hours=20, minutes=2)) == 0  # 8 PM: quiet
    assert look(reminding, DUE + dt.timedelta(hours=33)) == 2  # the morning after
    Letter.objects.all().delete()
    assert look(reminding, DUE + dt.timedelta(hours=37)) == 0  # a day later it is old


def test_nobody_gets_two_reminders_on_a_day(reminding: Workshop, olga: User) -> None:
    assert look(reminding, MORNING) == 2
    with time_machine.travel(MORNING + dt.timedelta(minutes=1), tick=False):
        rule(reminding, -12, "paper", by=olga)
    assert look(reminding, DUE - dt.timedelta(hours=12) + dt.timedelta(minutes=1)) == 0
    reminder = Reminder.objects.earliest("pk")
    reminder.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        reminder.save(force_insert=True)


def test_starting_sends_nothing_old(paper: Paper, workshop: Workshop, olga: User) -> None:
    rule(workshop, -24, "paper", by=olga)
    with time_machine.travel(MORNING + dt.timedelta(minutes=5), tick=False):
        start_reminders(workshop, by=olga)
    assert look(workshop, MORNING + dt.timedelta(minutes=6)) == 0


def test_rule_that_was_switched_off_sends_nothing_later(reminding: Workshop, olga: User) -> None:
    before, after = reminding.reminder_rules.all()
    switch_reminder_rule(before, is_active=False, by=olga)
    assert look(reminding, MORNING) == 0
    with time_machine.travel(MORNING + dt.timedelta(minutes=5), tick=False):
        switch_reminder_rule(before, is_active=True, by=olga)
    assert look(reminding, MORNING + dt.timedelta(minutes=6)) == 0
    remove_reminder_rule(after, by=olga)
    assert look(reminding, DUE + dt.timedelta(hours=12)) == 0
    assert list(HistoryLine.objects.filter(field="reminders").order_by("pk").values_list("action", flat=True)) == [
        "added reminder",
        "added reminder",
        "started reminders",
        "switched reminder off",
        "switched reminder on",
        "removed reminder",
    ]


def test_stopping_cancels_what_waits(reminding: Workshop, olga: User) -> None:
    look(reminding, MORNING)
    assert stop_reminders(reminding, by=olga) == 2
    assert (list_letters(), look(reminding, DUE + dt.timedelta(hours=12))) == ([(ADA, "canceled"), (BOB, "canceled")], 0)
    assert find_settings(reminding).looks_at is None


def test_rest_of_a_canceled_day_stays_canceled(reminding: Workshop, ada: User, olga: User) -> None:
    ada.zone = "America/Sao_Paulo"
    ada.save()
    assert look(reminding, DUE - DAY + dt.timedelta(hours=4, minutes=1)) == 1
    with time_machine.travel(MORNING - dt.timedelta(hours=1), tick=False):
        cancel_mailing(Mailing.objects.get(), by=olga)
    assert (look(reminding, MORNING), list_letters()) == (1, [(ADA, "canceled"), (BOB, "canceled")])


def test_words_with_mistakes_stay_here(reminding: Workshop) -> None:
    LetterTemplate.objects.update(body="{{ paper.owned }}")
    assert (look(reminding, MORNING), Letter.objects.count()) == (0, 0)


def test_first_authors_alone(paper: Paper, workshop: Workshop, olga: User) -> None:
    template = make_template(workshop, olga, audience="first")
    rule(workshop, -24, "paper", by=olga, template=template)
    assert [who for _, who, _ in tell_plan(workshop)] == [ADA]
    template.delete()
    assert tell_plan(workshop) == []


def run_mail(workshop: Workshop, at: dt.datetime) -> list[tuple[str, str]]:
    with time_machine.travel(at, tick=True):  # the pace of letters goes by the clock
        Job.objects.filter(kind="send-letters", state="paused").update(state="queued")
        run_job(start_sending(workshop, by=None).pk)
    return list_letters()


def test_reminder_is_looked_at_again_before_it_leaves(reminding: Workshop, paper: Paper, ada: User, mailoutbox: list[Any]) -> None:
    look(reminding, MORNING)
    hand_in(paper, ada)
    assert run_mail(reminding, MORNING) == [(ADA, "settled"), (BOB, "settled")]
    assert (mailoutbox, Letter.objects.latest("pk").trouble) == ([], "The paper does not owe this any more.")


def test_reminder_names_what_is_owed_when_it_leaves(reminding: Workshop, paper: Paper, olga: User, mailoutbox: list[Any]) -> None:
    look(reminding, MORNING)
    extend_deadline(paper, kind="paper", due_at=DUE + 5 * DAY, reason="Ill", by=olga)
    paper.authors.filter(position=2).delete()
    assert run_mail(reminding, MORNING) == [(ADA, "sent"), (BOB, "settled")]
    assert "due Apr 19, 2026, 11:59 PM PDT" in mailoutbox[0].message().get_content()


def test_reminder_of_a_withdrawn_paper_stays_here(reminding: Workshop, paper: Paper) -> None:
    look(reminding, MORNING)
    Paper.objects.filter(pk=paper.pk).update(standing="withdrawn")
    assert run_mail(reminding, MORNING) == [(ADA, "settled"), (BOB, "settled")]


def test_reminder_waits_for_the_end_of_quiet_hours(reminding: Workshop, paper: Paper) -> None:
    look(reminding, DUE + dt.timedelta(hours=12))
    night = DUE + dt.timedelta(hours=20, minutes=2)
    assert run_mail(reminding, night) == [(ADA, "waiting"), (BOB, "waiting")]
    job = find_job(reminding)
    assert (job.state, job.resume_at, Letter.objects.earliest("pk").attempt_count) == ("paused", DUE + dt.timedelta(hours=32, minutes=1), 0)
    assert run_mail(reminding, DUE + dt.timedelta(hours=33)) == [(ADA, "sent"), (BOB, "sent")]


def test_reminder_never_comes_too_late(reminding: Workshop, paper: Paper) -> None:
    look(reminding, MORNING)
    assert run_mail(reminding, DUE - dt.timedelta(hours=1)) == [(ADA, "canceled"), (BOB, "canceled")]
    assert Letter.objects.earliest("pk").trouble == "The deadline that it was to come before is over."


def refuse(act: Any) -> str:
    with pytest.raises(Refusal) as refused:
        act()
    return refused.value.sentence


def test_refusals(paper: Paper, workshop: Workshop, olga: User) -> None:
    one = rule(workshop, -72, "paper", "form", by=olga)
    assert describe_rule(one) == "3 days before the deadline: Paper PDF, Copyright form"
    assert describe_rule(rule(workshop, 12, by=olga)) == "12 hours after the deadline: everything that is owed"
    known = refuse(lambda: rule(workshop, -72, "form", "paper", by=olga))
    assert known == "There is such a rule already: 3 days before the deadline."
    span = "A reminder leaves at least an hour and at most 60 days before or after a deadline."
    assert [refuse(lambda hours=hours: rule(workshop, hours, by=olga)) for hours in (0, 1441, -1441)] == [span] * 3
    assert refuse(lambda: stop_reminders(workshop, by=olga)) == "Reminders are stopped already."
    for held in workshop.reminder_rules.all():
        switch_reminder_rule(held, is_active=False, by=olga)
    assert refuse(lambda: start_reminders(workshop, by=olga)).startswith("There is no rule that is switched on")
    switch_reminder_rule(one, is_active=True, by=olga)
    start_reminders(workshop, by=olga)
    assert refuse(lambda: start_reminders(workshop, by=olga)) == "Reminders leave already."
    assert "four hours" in refuse(lambda: set_quiet_hours(workshop, start=dt.time(9), end=dt.time(6), by=olga))


def test_habits_are_kept_with_their_history(workshop: Workshop, olga: User) -> None:
    set_quiet_hours(workshop, start=dt.time(22), end=dt.time(6, 30), by=olga)
    set_notices(workshop, tells_returns=False, tells_approvals=True, by=olga)
    set_notices(workshop, tells_returns=False, by=olga)
    held = LetterSettings.objects.get()
    assert (held.quiet_from, held.quiet_until) == (dt.time(22), dt.time(6, 30))
    assert (held.tells_returns, held.tells_answers, held.tells_approvals, held.tells_receipts) == (False, True, True, False)
    lines = HistoryLine.objects.filter(workshop=workshop).order_by("pk").values_list("action", "before", "after")
    assert next(iter(lines)) == ("set quiet hours", "20:00 to 08:00", "22:00 to 06:30")
    assert [action for action, _, _ in lines] == ["set quiet hours", "set letters after acts"]


def test_worker_looks_when_it_is_time(reminding: Workshop, clock: Any) -> None:
    def work() -> list[str]:
        mind_jobs()
        jobs = list(Job.objects.of_kind(reminder_jobs.KIND).filter(state="queued"))
        for job in jobs:
            run_job(job.pk)
        return [Job.objects.get(pk=job.pk).result["sentence"] for job in jobs]  # type: ignore[index]

    assert (work(), work()) == (["Put 0 reminders into the outbox."], [])
    clock.move_to(MORNING - dt.timedelta(minutes=5))
    assert (work(), find_settings(reminding).looks_at) == (["Put 0 reminders into the outbox."], MORNING)
    clock.move_to(MORNING)
    assert (work(), work()) == (["Put 2 reminders into the outbox."], [])
    assert Job.objects.of_kind(reminder_jobs.KIND).count() == 1


def test_command_for_cron(reminding: Workshop, capsys: pytest.CaptureFixture[str], clock: Any) -> None:
    clock.move_to(MORNING)
    call_command("send_reminders")
    call_command("send_reminders", "counted26", "--json")
    assert capsys.readouterr().out == 'counted26: 2 reminders into the outbox\n{\n  "counted26": 0\n}\n'
    LetterSettings.objects.update(reminds_since=None)
    call_command("send_reminders")
    assert capsys.readouterr().out == "Reminders are switched on nowhere.\n"


def test_plan_asks_as_often_for_three_papers(paper: Paper, workshop: Workshop, olga: User) -> None:
    rule(workshop, -24, "paper", by=olga)

    def count() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert plan_reminders(workshop, now=START)
        return len(queries)

    one = count()
    for number in (8, 9):
        make_owing_paper(workshop, number=number).authors.filter(position=1).update(email=f"a{number}@example.org")
    assert (count(), len(plan_reminders(workshop, now=START))) == (one, 4)


@pytest.mark.parametrize("step", ["_find_mailing", "make_letter", "Reminder.objects.bulk_create", "record_change", "start_sending"])
def test_look_that_breaks_off_anywhere_leaves_nothing_half(reminding: Workshop, step: str) -> None:
    target = reminding_module if "." not in step else Reminder.objects
    with patch.object(target, step.rpartition(".")[2], side_effect=KeyboardInterrupt), pytest.raises(KeyboardInterrupt):
        look(reminding, MORNING)
    assert (Letter.objects.count(), Reminder.objects.count(), Mailing.objects.count()) == (0, 0, 0)
    assert (look(reminding, MORNING), look(reminding, MORNING), len(list_letters())) == (2, 0, 2)


@pytest.mark.django_db(transaction=True)
def test_two_looks_at_once_write_each_reminder_once(reminding: Workshop) -> None:
    together = Barrier(2)

    def look_together(_: int) -> int:
        try:
            together.wait(timeout=30)
            return queue_due_reminders(reminding, now=MORNING)[0]
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        counts = sorted(pool.map(look_together, range(2)))
    assert (counts, list_letters()) == ([0, 2], [(ADA, "waiting"), (BOB, "waiting")])
