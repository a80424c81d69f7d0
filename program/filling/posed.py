"""What is asked of the solver, with the draft and all that counts in it."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from papers.errors import Refusal
from papers.models import User, Workshop
from papers.sight import find_sight
from program.filling.asked import FillRequest, Mode, Scope, find_rules, list_session_names
from program.filling.facts import FillFacts, collect_facts
from program.filling.posing import FillPlan, fit_minutes, pose_posters, pose_talks
from program.filling.published import find_published_places, find_published_starts
from program.filling.tracks import pose_track
from program.filling.wishes import PaperWish, read_wishes
from program.schedule_papers import see_all
from program.schedule_rows import StoredDraft, read_draft
from program.solver.days.values import DayProblem
from program.solver.single_track import TrackProblem


@dataclass(frozen=True, slots=True)
class Posed:
    """A draft as one person may know it, what is known beside it, what is asked; asks the database nothing any more.

    `starts` tells when sessions began in the last published version, where that counts.
    """

    stored: StoredDraft
    facts: FillFacts
    plan: FillPlan
    asked: FillRequest
    starts: Mapping[str, dt.datetime]

    def pose_talks(self) -> DayProblem:
        """Return the problem of talks."""
        return pose_talks(self.stored.draft, self.stored.papers, self.facts, self.plan)

    def pose_posters(self) -> DayProblem:
        """Return the problem of posters; talks stand where the draft has them by then."""
        return pose_posters(self.stored.draft, self.stored.papers, self.facts, self.plan)

    def pose_day(self) -> TrackProblem:
        """Return the problem of starts; refuses where there is no day or a length is not known."""
        keeps_times = self.asked.scope == Scope.TRAY
        return pose_track(self.stored.draft, self.facts, published=self.starts, relaxed=self.plan.relaxed, keeps_times=keeps_times)


def pose(workshop: Workshop, asked: FillRequest, *, by: User | None) -> Posed:
    """Return what is asked, ready for the solver; refuses where nothing can be posed at all."""
    stored = read_draft(workshop, sight=see_all(workshop) if by is None else find_sight(workshop, by))
    rules = find_rules(workshop)
    keys = stored.draft.placeable | {slot.paper for slot in stored.draft.slots.values() if slot.paper}
    plan = FillPlan(
        scope=asked.scope,
        weights=rules.weights,
        relaxed=frozenset((rule, whom) for rule, whom in rules.relaxed),
        minutes=fit_minutes(stored.draft, stored.papers, rules.minutes),
        wishes=_find_wishes(stored, rules.wishes),
        published=find_published_places(workshop) if asked.scope == Scope.PUBLISHED else {},
        has_posters_too=rules.has_posters_too,
    )
    starts = find_published_starts(workshop) if asked.scope == Scope.PUBLISHED else {}
    posed = Posed(stored, collect_facts(workshop, stored.draft, keys), plan, asked, starts)
    _refuse_empty(posed)
    return posed


def _find_wishes(stored: StoredDraft, text: str) -> Mapping[int, PaperWish]:
    numbers = [paper.number for paper in stored.papers.values() if paper.number is not None]
    return {wish.number: wish for wish in read_wishes(text, numbers=numbers, sessions=list_session_names(stored))}


def _refuse_empty(posed: Posed) -> None:
    if posed.asked.mode == Mode.DAY:
        posed.pose_day()
        return
    if not posed.pose_talks().sessions and not posed.pose_posters().sessions:
        raise Refusal("No session takes papers yet. Add oral or poster sessions with a start and a length, for example by a template.")
    if not posed.stored.draft.placeable:
        raise Refusal("No paper is accepted yet, so there is nothing to place.")
