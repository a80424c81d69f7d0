"""The lines of the outbox: a mailing each, letters after acts by day."""

import datetime as dt
from typing import Any

import pytest
import time_machine
from django.test import Client

from papers.letters.outbox_lines import list_outbox_lines
from papers.models import Letter, Mailing, Paper, User, Workshop
from tests.papers.letter_making import make_lettered_paper, make_template, queue

FIRST = dt.datetime(2026, 4, 15, 6, 30, tzinfo=dt.UTC)  # 11:30 PM of April 14 in Los Angeles
HOUR = dt.timedelta(hours=1)


def tell(paper: Paper, number: int, *, at: dt.datetime, state: str = "sent") -> None:
    """Keep a letter that followed an act."""
    with time_machine.travel(at, tick=False):
        mailing = Mailing.objects.create(workshop=paper.workshop, kind="notice", name=f"Returned {number}", subject="S", body="B")
        address = f"told{number}@example.org"
        Letter.objects.create(mailing=mailing, paper=paper, address=address, subject="S", body="B", state=state, message_id=f"<{number}@x>")


@pytest.fixture
def told(workshop: Workshop, olga: User) -> Workshop:
    """Send a letter, then tell three acts on two days of the workshop's clock, then send another letter."""
    paper = make_lettered_paper(workshop, number=1)
    with time_machine.travel(FIRST - HOUR, tick=False):
        queue(make_template(workshop, olga, name="Before"), olga)
    for number, state in enumerate(("sent", "waiting", "sent")):
        tell(paper, number, at=FIRST + number * HOUR / 2 - HOUR / 4, state=state)
    with time_machine.travel(FIRST + 2 * HOUR, tick=False):
        queue(make_template(workshop, olga, name="After"), olga)
    return workshop


def describe(workshop: Workshop, **options: Any) -> list[tuple[str, str, int, dict[str, int]]]:
    lines = list_outbox_lines(workshop, **options)
    counted = [{state: count for state, count in line.counts.items() if count} for line in lines]
    return [(line.name, str(line.day or ""), line.letter_count, counts) for line, counts in zip(lines, counted, strict=True)]


def test_letters_after_acts_are_one_line_a_day(told: Workshop) -> None:
    lines = [
        ("After", "", 1, {"waiting": 1}),
        ("Letters after acts", "2026-04-15", 1, {"sent": 1}),
        ("Letters after acts", "2026-04-14", 2, {"sent": 1, "waiting": 1}),
        ("Before", "", 1, {"waiting": 1}),
    ]
    assert (describe(told), describe(told, most=2)) == (lines, lines[:2])


def test_line_of_a_day_leads_to_its_letters(told: Workshop, olga: User, client: Client) -> None:
    client.force_login(olga)
    text = client.get("/w/counted26/outbox/").content.decode()
    assert ('href="/w/counted26/outbox/?acts=2026-04-14"' in text, "Returned 0</a>" in text) == (True, False)
    day = client.get("/w/counted26/outbox/?acts=2026-04-14")
    assert sorted(letter.address for letter in day.context["page_obj"]) == ["told0@example.org", "told1@example.org"]
    assert (day.context["total"], "Letters that followed acts of Apr 14, 2026" in day.content.decode()) == (2, True)
    waiting = client.get("/w/counted26/outbox/?acts=2026-04-14&state=waiting")
    assert [letter.address for letter in waiting.context["page_obj"]] == ["told1@example.org"]
    assert client.get("/w/counted26/outbox/?acts=nonsense").context["total"] == 5
