"""The lines of the outbox: each mailing, the letters that followed acts by day."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from papers.models import Letter, Mailing, Workshop
from papers.zones import find_zone

AFTER_ACTS = "Letters after acts"


@dataclass(frozen=True, slots=True)
class OutboxLine:
    """A mailing, or all letters that followed acts of `day`; `counts` by state."""

    name: str
    at: dt.datetime
    letter_count: int
    counts: Mapping[str, int]
    mailing: Mailing | None = None
    day: dt.date | None = None


def list_outbox_lines(workshop: Workshop, *, most: int | None = None) -> list[OutboxLine]:
    """Return the newest first; days are those of the workshop's clock."""
    days = Letter.objects.count_after_acts(workshop, find_zone(workshop.zone))[:most]
    lines = [OutboxLine(AFTER_ACTS, day["last_at"], day["letter_count"], _pick(day), day=day["day"]) for day in days]
    lines += [describe_mailing(mailing) for mailing in workshop.mailings.without_notices().for_mailing_page()[:most]]
    return sorted(lines, key=lambda line: (line.at, line.mailing.pk if line.mailing else 0), reverse=True)[:most]


def describe_mailing(mailing: Mailing) -> OutboxLine:
    """Return the line of a mailing that was brought by `for_mailing_page`."""
    counts = {state: getattr(mailing, f"{state}_count") for state in Letter.State.values}
    return OutboxLine(mailing.name, mailing.created_at, sum(counts.values()), counts, mailing)


def _pick(day: Mapping[str, int]) -> dict[str, int]:
    return {state: day[state] for state in Letter.State.values}
