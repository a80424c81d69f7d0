"""What a run looks like: how the cost fell, who stands where."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from papers.zones import find_zone
from program.filling.facts import read_minutes
from program.listings.wording import name_clock
from program.moves.drafts import Draft
from program.schedule_papers import ScheduledPaper

WIDTH, HEIGHT, EDGE = 600, 120, 6
COLORS = 8
MOST_SHOWN = 40


@dataclass(frozen=True, slots=True)
class CostCurve:
    """The cost over the seconds as a stepped line within WIDTH and HEIGHT; first and last in words."""

    points: str
    text: str
    width: int = WIDTH
    height: int = HEIGHT


@dataclass(frozen=True, slots=True)
class Chip:
    """A paper in the picture of a session; `color` counts topics from 0, the same topic the same color."""

    text: str
    title: str
    color: int
    minutes: int | None


@dataclass(frozen=True, slots=True)
class Box:
    """A session with the papers that a run put into it, in order; `more` are not shown."""

    name: str
    place: str
    chips: tuple[Chip, ...]
    more: int = 0


def draw_costs(told: list[list[float]]) -> CostCurve | None:
    """Return the curve of a run whose cost fell at least once, from the first whole schedule on."""
    whole = [(seconds, soft) for seconds, hard, soft in told if not hard]
    rises = [place for place, (one, other) in enumerate(pairwise(whole), start=1) if other[1] > one[1]]
    whole = whole[rises[-1] :] if rises else whole  # posters come after talks, at their own cost
    if len(whole) < 2 or whole[0][1] == whole[-1][1]:
        return None
    end, most, least = whole[-1][0] or 1, max(soft for _, soft in whole), min(soft for _, soft in whole)
    height = HEIGHT - 2 * EDGE

    def at(seconds: float, soft: float) -> str:
        share = (soft - least) / (most - least) if most > least else 0
        return f"{EDGE + (WIDTH - 2 * EDGE) * seconds / end:.1f},{EDGE + height * (1 - share):.1f}"

    steps = [at(*whole[0])]
    for (_, before), (seconds, soft) in pairwise(whole):
        steps += [at(seconds, before), at(seconds, soft)]
    text = f"The cost fell from {whole[0][1] / 100:,.1f} to {whole[-1][1] / 100:,.1f} in {end:,.0f} seconds."
    return CostCurve(" ".join(steps), text)


def draw_places(draft: Draft, papers: Mapping[int, ScheduledPaper], found: Mapping[str, Any]) -> tuple[Box, ...]:
    """Return the sessions with the papers that a run put into them, in program order; those without any are left out."""
    topics = sorted({papers[key].topic for key, *_ in found.get("places", ()) if key in papers and papers[key].topic})
    colors = {topic: number % COLORS for number, topic in enumerate(topics)}
    held: dict[str, list[tuple[int, Chip]]] = {}
    for key, session, place, minutes in found.get("places", ()):
        if key in papers and session in draft.sessions:
            paper = papers[key]
            number = f"#{paper.number}" if paper.number is not None else "–"
            held.setdefault(session, []).append((place, Chip(number, paper.title, colors.get(paper.topic, COLORS), minutes)))
    boxes = []
    for row in draft.list_sessions():
        chips = [chip for _, chip in sorted(held.get(row.uid, []), key=lambda one: one[0])]
        if chips:
            boxes.append(Box(draft.name_session(row), draft.name_place(row), tuple(chips[:MOST_SHOWN]), max(0, len(chips) - MOST_SHOWN)))
    return tuple(boxes)


def draw_starts(draft: Draft, found: Mapping[str, Any]) -> tuple[tuple[str, str, str], ...]:
    """Return when each session would begin, in order, with when it begins now: start, session, before."""
    zone = find_zone(draft.zone)
    rows = []
    for uid, minutes in sorted(found.get("starts", {}).items(), key=lambda one: (one[1], one[0])):
        if uid in draft.sessions:
            row = draft.sessions[uid]
            start = read_minutes(minutes).astimezone(zone)
            before = row.starts_at.astimezone(zone) if row.starts_at else None
            was = "" if before == start else f"now {name_clock(before)}" if before else "no time yet"
            rows.append((f"{start:%b} {start.day}, {name_clock(start)}", draft.name_session(row), was))
    return tuple(rows)
