"""Where a paper stands, as its authors may know it: nothing before its release."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.utils import timezone

from papers.author_steps import Place
from papers.duties import Duty, is_camera_ready
from papers.listings import ListedDate
from papers.models import Decision, Paper
from papers.zones import find_zone, format_instant


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a paper's way; `state` is done, now, next or bad."""

    state: str
    title: str
    note: str = ""
    at: dt.datetime | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """A word, its tone, and the way so far. `decision` is nothing until authors may see it."""

    word: str
    tone: str
    steps: tuple[Step, ...]
    decision: Decision | None = None


def describe_standing(paper: Paper, *, duties: Sequence[Duty] = (), place: Place | None = None) -> Standing:
    """Return where `paper` stands for its authors; an unreleased decision leaves no trace.

    `duties` are what it owes, `place` is where the published schedule has it.
    """
    submitted = Step("done", "Submitted", at=paper.submitted_at)
    if paper.standing != Paper.Standing.ACTIVE:
        word = paper.get_standing_display()
        return Standing(word, "amber", (submitted, Step("bad", word)))
    held: Decision | None = getattr(paper, "decision", None)
    if held is None or held.released_at is None:
        return Standing("Under review", "info", (submitted, Step("now", "Under review"), Step("next", "Decision")))
    if held.outcome == Decision.Outcome.REJECT:
        steps = (submitted, Step("done", "Reviewed"), Step("bad", "Not accepted", at=held.released_at))
        return Standing("Not accepted", "plain", steps, held)
    note = ", ".join(str(part) for part in (held.presentation, held.award) if part)
    accepted = Step("done", "Accepted", note, held.released_at)
    return Standing("Accepted", "good", (submitted, Step("done", "Reviewed"), accepted, *_list_last_steps(paper, duties, place)), held)


def find_next_dates(dates: tuple[ListedDate, ...], *, now: dt.datetime | None = None) -> list[ListedDate]:
    """Return the dates that are not over, the next first; dates without a day come last."""
    now = now or timezone.now()
    coming = [date for date in dates if date.at is None or date.at >= now]
    return sorted(coming, key=lambda date: (date.at is None, date.at or now))


def _list_last_steps(paper: Paper, duties: Sequence[Duty], place: Place | None) -> tuple[Step, ...]:
    """Return camera-ready, scheduled, presented; the first that is not done is now."""
    due_count = sum(duty.is_due for duty in duties if duty.code in {"file", "metadata", "proceedings"})
    is_ready = is_camera_ready(duties)
    waits = f"{due_count} thing{'' if due_count == 1 else 's'} left to do" if due_count else ""
    is_over = place is not None and _is_over(paper, place)
    steps: list[Step] = []
    for step, is_done in (
        (Step("", "Camera-ready", "All that was asked is here" if is_ready else waits), is_ready),
        (_tell_scheduled(paper, place), place is not None),
        (Step("", "Presented", at=place.starts_at if place and is_over else None), is_over),
    ):
        is_next = any(held.state == "now" for held in steps)
        steps.append(replace(step, state="done" if is_done else "next" if is_next else "now"))
    return tuple(steps)


def _tell_scheduled(paper: Paper, place: Place | None) -> Step:
    """Say when and where; the clock on site stands beside the reader's own."""
    if place is None:
        return Step("", "Scheduled", "You see when and where here, once the schedule is published")
    local = f"{format_instant(place.starts_at, paper.workshop.zone)} on site" if place.starts_at else ""
    return Step("", "Scheduled", "; ".join(part for part in (place.words, local) if part), place.starts_at)


def _is_over(paper: Paper, place: Place) -> bool:
    """Tell whether the paper was presented: its place is past, or, where that has no end, the workshop's last day."""
    if place.ends_at:
        return timezone.now() > place.ends_at
    last_day = paper.workshop.ends_on or paper.workshop.starts_on
    return last_day is not None and timezone.now().astimezone(find_zone(paper.workshop.zone)).date() > last_day
