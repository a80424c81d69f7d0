"""The search itself: a posed request in, what was found out as plain JSON, better and better."""

import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from django.conf import settings

from program.filling.asked import Mode
from program.filling.moved import tell_moves
from program.filling.posed import Posed
from program.filling.posing import TALK_KINDS
from program.filling.taking import put_places, write_places
from program.filling.wording import tell_day_reasons, tell_left, tell_starts, tell_track_reasons
from program.schedule_papers import POSTER
from program.solver.days.solving import repeat_effort, solve_day
from program.solver.days.values import Contradiction, DayPlan, DayProblem
from program.solver.searching import Watch
from program.solver.single_track import TrackPlan, solve_track

TALK_SHARE = 0.6  # of the seconds, where there are posters, too
TOLD_LENGTH = 400


@dataclass(frozen=True, slots=True)
class Found:
    """What a search found, or why there is nothing: `reasons` contradict each other."""

    found: dict[str, Any] | None
    reasons: list[dict[str, str]]


class FillSearch:
    """One search; `tell` gets each better schedule as JSON, `should_stop` ends it with the best so far."""

    def __init__(self, posed: Posed, *, tell: Callable[[dict[str, Any]], None], should_stop: Callable[[], bool]) -> None:
        self._posed, self._tell, self._should_stop = posed, tell, should_stop
        self._begun = time.monotonic()
        self._told: list[list[float]] = []
        self._places: list[list[Any]] = []
        self._moved: list[str] = []
        self._sums: dict[str, Any] = {"costs": {}, "hard": 0, "soft": 0, "is_proven": True}

    def run(self) -> Found:
        """Search until the seconds are over, nothing better exists, or somebody stops it."""
        return self._lay_out_day() if self._posed.asked.mode == Mode.DAY else self._place_papers()

    def _lay_out_day(self) -> Found:
        problem, asked = self._posed.pose_day(), self._posed.asked
        found = solve_track(problem, seed=asked.seed, seconds=asked.seconds)
        if isinstance(found, TrackPlan):
            told = {
                "starts": found.starts,
                "costs": found.costs,
                "hard": 0,
                "soft": sum(found.costs.values()),
                "is_proven": found.is_proven,
            }
            return Found({**told, "said": [], "moved": tell_starts(self._posed.stored.draft, problem, found.starts)}, [])
        if found is None:
            said = "Nobody could tell in time whether these sessions fit into the days. Give it more seconds."
            return Found(None, [{"rule": "", "whom": "", "sentence": said, "relax": ""}])
        return Found(None, [asdict(reason) for reason in tell_track_reasons(self._posed.stored.draft, problem, found.reasons)])

    def _place_papers(self) -> Found:
        draft, asked = self._posed.stored.draft, self._posed.asked
        kinds: set[str] = set()
        talks = self._posed.pose_talks()
        has_posters = bool(self._posed.pose_posters().talks)
        if talks.sessions:
            reasons = self._solve(talks, asked.seconds * (TALK_SHARE if has_posters else 1.0))
            if reasons:
                return Found(None, reasons)
            put_places(draft, self._places, asked.scope, frozenset(TALK_KINDS))
            kinds |= set(TALK_KINDS)
        posters = self._posed.pose_posters()
        if posters.sessions:
            reasons = self._solve(posters, asked.seconds * (1 - TALK_SHARE if talks.talks else 1.0))
            if reasons:
                return Found(None, reasons)
            kinds.add(POSTER)
        said = tell_left(self._posed.stored.papers, draft, [place[0] for place in self._places])
        found = {**self._sums, "places": self._places, "kinds": sorted(kinds), "said": said, "moved": self._moved}
        return Found({**found, "told": self._told}, [])

    def _solve(self, problem: DayProblem, seconds: float) -> list[dict[str, str]]:
        before, sums = list(self._places), dict(self._sums)

        def tell(plan: DayPlan, _: float) -> None:
            self._keep(problem, plan, before, sums)
            self._tell({**self._sums, "places": self._places, "kinds": [], "said": [], "told": list(self._told)})

        watch = Watch(tell, self._should_stop)
        cache = Path(settings.DATA_DIR) / "solver"
        plan = solve_day(problem, repeat_effort(seconds, self._posed.asked.seed), cache=cache, watch=watch)
        if isinstance(plan, Contradiction):
            return [asdict(reason) for reason in tell_day_reasons(problem, plan.reasons)]
        self._keep(problem, plan, before, sums)
        self._moved += tell_moves(self._posed.stored.draft, problem, plan)
        return []

    def _keep(self, problem: DayProblem, plan: DayPlan, before: list[list[Any]], sums: dict[str, Any]) -> None:
        self._places = before + write_places(problem, plan)
        costs = {rule: plan.costs.get(rule, 0) + sums["costs"].get(rule, 0) for rule in [*sums["costs"], *plan.costs]}
        self._sums = {
            "costs": costs,
            "hard": sums["hard"] + plan.hard,
            "soft": sums["soft"] + plan.soft,
            "is_proven": sums["is_proven"] and plan.is_proven,
        }
        point = [round(time.monotonic() - self._begun, 1), self._sums["hard"], self._sums["soft"]]
        if self._told[-1:] != [point] and len(self._told) < TOLD_LENGTH:
            self._told.append(point)
