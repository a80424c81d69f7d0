"""Where a paper stands, as its authors may know it: nothing before its release."""

import datetime as dt
from dataclasses import dataclass

from django.utils import timezone

from papers.listings import ListedDate
from papers.models import Decision, Paper


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a paper's way; `state` is done, now, next or bad."""

    state: str
    title: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Standing:
    """A word, its tone, and the way so far. `decision` is nothing until authors may see it."""

    word: str
    tone: str
    steps: tuple[Step, ...]
    decision: Decision | None = None


def describe_standing(paper: Paper) -> Standing:
    """Return where `paper` stands for its authors; an unreleased decision leaves no trace."""
    submitted = Step("done", "Submitted")
    if paper.standing != Paper.Standing.ACTIVE:
        word = paper.get_standing_display()
        return Standing(word, "amber", (submitted, Step("bad", word)))
    held: Decision | None = getattr(paper, "decision", None)
    if held is None or held.released_at is None:
        return Standing("Under review", "info", (submitted, Step("now", "Under review"), Step("next", "Decision")))
    if held.outcome == Decision.Outcome.REJECT:
        return Standing("Not accepted", "plain", (submitted, Step("done", "Reviewed"), Step("bad", "Not accepted")), held)
    note = ", ".join(str(part) for part in (held.presentation, held.award) if part)
    steps = (submitted, Step("done", "Reviewed"), Step("done", "Accepted", note), Step("now", "Camera-ready"), Step("next", "Presented"))
    return Standing("Accepted", "good", steps, held)


def find_next_dates(dates: tuple[ListedDate, ...], *, now: dt.datetime | None = None) -> list[ListedDate]:
    """Return the dates that are not over, the next first; dates without a day come last."""
    now = now or timezone.now()
    coming = [date for date in dates if date.at is None or date.at >= now]
    return sorted(coming, key=lambda date: (date.at is None, date.at or now))
