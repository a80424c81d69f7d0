"""The page of reminders: what leaves next, rules, quiet hours, the switch."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from papers.letters.habits import find_settings
from papers.letters.reminder_rules import add_reminder_rule
from papers.models import Letter, ReminderRule, User, Workshop
from tests.papers.handed_in import DUE, ask, make_owing_paper
from tests.papers.letter_making import make_template

HERE = "/w/counted26/reminders/"


@pytest.fixture(autouse=True)
def long_before_the_deadline() -> Iterator[None]:
    with time_machine.travel(DUE - dt.timedelta(days=10), tick=False):
        yield


@pytest.fixture
def owing(workshop: Workshop) -> Workshop:
    """Make a paper that owes its PDF, with one author who can be reached."""
    ask(workshop)
    owe(workshop, 1)
    return workshop


@pytest.fixture
def page(client: Client, olga: User) -> Client:
    client.force_login(olga)
    return client


def owe(workshop: Workshop, number: int) -> None:
    paper = make_owing_paper(workshop, number=number)
    paper.authors.filter(position=1).update(email=f"a{number}@example.org")


def add(page: Client, **words: Any) -> Any:
    return page.post(f"{HERE}rules/add", {"count": "3", "unit": "days-before", "items": ["paper"], **words}, follow=True)


def test_empty_page_says_what_to_do(page: Client, owing: Workshop) -> None:
    text = page.get(HERE).content.decode()
    assert ("No rule yet. Common ones: 7 days before" in text, "Nothing: there is no rule." in text) == (True, True)
    assert ("Start reminders" in text, "Stop reminders" in text) == (False, False)


def test_rule_is_added_shown_with_what_would_leave_and_started(page: Client, owing: Workshop) -> None:
    added = add(page)
    text = added.content.decode()
    assert "Added: 3 days before the deadline: Paper PDF." in text
    assert "Reminders are stopped: nothing leaves before you start them." in text
    assert [(one.letter_count, told) for one, told in added.context["next"]] == [(1, ["3 days before the deadline: Paper PDF"])]
    started = page.post(f"{HERE}start", follow=True).content.decode()
    assert ("Reminders leave by themselves since" in started, "Stop reminders" in started) == (True, True)
    assert "Reminders are stopped." in page.post(f"{HERE}stop", follow=True).content.decode()


@pytest.mark.parametrize(("unit", "hours"), [("days-before", -48), ("hours-before", -2), ("hours-after", 2), ("days-after", 48)])
def test_distance_is_read_in_its_unit(page: Client, owing: Workshop, unit: str, hours: int) -> None:
    add(page, count="2", unit=unit, items=[])
    assert list(ReminderRule.objects.values_list("hours", "items")) == [(hours, [])]


def test_reminder_is_offered_once(page: Client, owing: Workshop, olga: User) -> None:
    other = make_template(owing, olga, name="Other")
    add(page)
    add(page, count="2", template=other.pk)
    assert sorted(ReminderRule.objects.values_list("template__name", flat=True)) == ["Camera-ready reminder", "Other"]
    for place in (HERE, "/w/counted26/chase/"):
        form = page.get(place).context["rule_form" if place == HERE else "form"]
        assert [label for _, label in form.fields["template"].choices] == ["Camera-ready reminder", "Other"]


def test_rule_is_switched_and_removed(page: Client, owing: Workshop) -> None:
    add(page)
    rule = ReminderRule.objects.get()
    for act, is_active in (("off", False), ("on", True)):
        assert page.post(f"{HERE}rules/{rule.pk}/{act}")["Location"] == HERE
        rule.refresh_from_db()
        assert rule.is_active is is_active
    assert "Removed. What it has sent stays in the outbox." in page.post(f"{HERE}rules/{rule.pk}/remove", follow=True).content.decode()
    assert ReminderRule.objects.count() == 0


def test_quiet_hours_and_notices_are_kept(page: Client, owing: Workshop) -> None:
    page.post(f"{HERE}quiet", {"start": "21:00", "end": "07:30"})
    page.post(f"{HERE}notices", {"tells_receipts": "on"})
    held = find_settings(owing)
    assert (held.quiet_from, held.quiet_until) == (dt.time(21), dt.time(7, 30))
    assert (held.tells_returns, held.tells_answers, held.tells_approvals, held.tells_receipts) == (False, False, False, True)


def test_what_cannot_be_is_refused(page: Client, owing: Workshop) -> None:
    wrong = add(page, count="0")
    assert (wrong.status_code, list(wrong.context["rule_form"].errors)) == (422, ["count"])
    late = page.post(f"{HERE}quiet", {"start": "soon", "end": "07:30"})
    assert (late.status_code, list(late.context["quiet_form"].errors)) == (422, ["start"])
    assert "There is no rule that is switched on" in page.post(f"{HERE}start", follow=True).content.decode()
    add(page)
    assert "There is such a rule already: 3 days before the deadline." in add(page).content.decode()
    far = add(page, count="90").content.decode()
    assert "at most 60 days before or after a deadline." in far
    assert (ReminderRule.objects.count(), Letter.objects.count()) == (1, 0)


def test_stranger_finds_nothing_and_changes_nothing(client: Client, owing: Workshop, olga: User, eve: User) -> None:
    rule = add_reminder_rule(owing, items=["paper"], hours=-72, template=None, by=olga)
    client.force_login(eve)
    posts = ["start", "stop", "quiet", "notices", "rules/add", *(f"rules/{rule.pk}/{act}" for act in ("on", "off", "remove"))]
    assert [client.get(HERE).status_code, *(client.post(f"{HERE}{place}").status_code for place in posts)] == [404] * 9
    assert (ReminderRule.objects.filter(is_active=True).count(), find_settings(owing).reminds_since) == (1, None)


@pytest.mark.parametrize("count", [1, 3])
def test_page_asks_as_much_for_three_rules_and_papers(
    page: Client, owing: Workshop, olga: User, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(1, count + 1):
        add_reminder_rule(owing, items=["paper"], hours=-24 * number, template=make_template(owing, olga, name=f"L{number}"), by=olga)
    for number in range(2, count + 1):
        owe(owing, number)
    with django_assert_num_queries(19):
        shown = page.get(HERE)
    assert (len(shown.context["rules"]), shown.context["planned_count"]) == (count, count * count)


@pytest.mark.parametrize("count", [1, 3])
def test_chase_asks_as_much_for_three_recipients(
    page: Client, owing: Workshop, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(2, count + 1):
        owe(owing, number)
    with django_assert_num_queries(23):
        shown = page.get("/w/counted26/chase/?kind=paper")
    assert len(shown.context["chase"].check.letters) == count
