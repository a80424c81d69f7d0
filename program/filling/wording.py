"""What the solver found or could not, in words."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from papers.zones import find_zone
from program.filling.facts import read_minutes
from program.listings.wording import name_clock
from program.moves.drafts import Draft
from program.schedule_papers import ScheduledPaper
from program.solver.days.rules import RULES
from program.solver.days.values import DayProblem, Reason
from program.solver.single_track import TrackProblem

POINTS = 100


@dataclass(frozen=True, slots=True)
class ToldReason:
    """A rule that takes part in a contradiction: its sentence, and the words of the button that gives it up, if it can be."""

    rule: str
    whom: str
    sentence: str
    relax: str = ""


RELAXATIONS = {
    "placed": "Leave it out",
    "fits": "Let it run over",
    "kind": "Let it into any session",
    "presenters": "Let them overlap",
    "available": "Don't mind the times",
    "pinned": "Don't mind the pin",
    "order": "Drop the order",
    "fixed": "Let it move",
    "held": "Don't place it",
    "day": "Let the day be longer",
}


def tell_day_reasons(problem: DayProblem, reasons: Iterable[Reason]) -> list[ToldReason]:
    """Return a sentence for each rule of a contradiction between papers and sessions."""
    is_poster = any(session.boards is not None for session in problem.sessions)
    talks = {talk.uid: talk for talk in problem.talks}
    sessions = {session.uid: session for session in problem.sessions}
    told = []
    for rule, whom in reasons:
        if rule == "fits":
            session = sessions[whom]
            most = f"lasts {session.minutes} min" if session.boards is None else f"has {session.boards} boards"
            sentence = f"{session.name} {most}."
        elif rule == "presenters":
            sentence = f"{whom.title()} can't present in two sessions at once."
        elif rule == "order":
            before, after = (talks[uid].name for uid in whom.split(">"))
            sentence = f"{before} comes before {after}."
        else:
            talk = talks[whom]
            sentence = {
                "placed": f"{talk.name} needs a {'board' if is_poster else f'place of {talk.minutes} min'}.",
                "kind": f"{talk.name} ({talk.presentation}) goes only into sessions of its kind.",
                "available": f"The presenter of {talk.name} can't at other times.",
                "pinned": f"{talk.name} is pinned to {sessions[talk.pinned].name if talk.pinned in sessions else 'its session'}.",
            }[rule]
        is_held = whom.startswith("slot-") and rule == "placed"
        told.append(ToldReason(rule, whom, sentence, "" if is_held else RELAXATIONS[rule]))
    return told


def tell_track_reasons(draft: Draft, problem: TrackProblem, reasons: Iterable[Reason]) -> list[ToldReason]:
    """Return a sentence for each rule of a contradiction between sessions of a day."""
    pieces = {piece.uid: piece for piece in problem.pieces}
    zone = find_zone(draft.zone)

    def tell_span(start: int, end: int) -> str:
        return f"{name_clock(read_minutes(start).astimezone(zone))} to {name_clock(read_minutes(end).astimezone(zone))}"

    told = []
    for rule, whom in reasons:
        name = draft.name_session(draft.sessions[whom]) if whom in draft.sessions else ""
        if rule == "apart":
            sentence = "One session follows the other."
        elif rule == "day":
            sentence = f"The day lasts from {', and from '.join(tell_span(*day) for day in problem.days)}."
        elif rule == "held":
            sentence = f"{name} takes {pieces[whom].minutes} min."
        elif rule == "fixed":
            start = pieces[whom].fixed or 0
            sentence = f"{name} is fixed: {tell_span(start, start + pieces[whom].minutes)}."
        elif rule == "available":
            sentence = f"The people of {name} can only from {', or from '.join(tell_span(*span) for span in pieces[whom].can)}."
        else:
            before, after = (draft.name_session(draft.sessions[uid]) for uid in whom.split(">"))
            sentence = f"{before} comes before {after}."
        told.append(ToldReason(rule, whom, sentence, RELAXATIONS.get(rule, "")))
    return told


def tell_starts(draft: Draft, problem: TrackProblem, starts: Mapping[str, int]) -> list[str]:
    """Return a sentence for each session that does not begin when the world saw it: from when, to when, why."""
    zone = find_zone(draft.zone)
    ends = {piece.uid: starts[piece.uid] + piece.minutes for piece in problem.pieces}
    told = []
    for piece in problem.pieces:
        old, new = piece.published, starts[piece.uid]
        if old is None or old == new:
            continue
        there = [uid for uid in starts if uid != piece.uid and starts[uid] < old + piece.minutes and old < ends[uid]]
        if piece.can and not any(start <= old and old + piece.minutes <= end for start, end in piece.can):
            why = "its people can't then"
        elif not any(start <= old and old + piece.minutes <= end for start, end in problem.days):
            why = "that is outside the day"
        elif there:
            why = f"{draft.name_session(draft.sessions[min(there, key=lambda uid: starts[uid])])} is there now"
        else:
            why = "so that no gap is left"
        before, after = (name_clock(read_minutes(moment).astimezone(zone)) for moment in (old, new))
        told.append(f"{draft.name_session(draft.sessions[piece.uid])} moves from {before} to {after}: {why}.")
    return told


def tell_costs(costs: Mapping[str, int]) -> list[tuple[str, str, float]]:
    """Return what a plan costs by rule, dearest first: title, words, cost in whole breaches times weight."""
    rows = [(RULES[rule].title, RULES[rule].words, cost / POINTS) for rule, cost in costs.items() if rule in RULES and cost]
    return sorted(rows, key=lambda row: (-row[2], row[0]))


def tell_left(papers: Mapping[int, ScheduledPaper], draft: Draft, placed: Iterable[int]) -> list[str]:
    """Return a sentence for accepted papers that a plan leaves without a place."""
    known = set(placed) | {slot.paper for slot in draft.slots.values()}
    silent = [papers[key].name for key in sorted(draft.placeable - known) if not papers[key].presentation]
    other = [papers[key].name for key in sorted(draft.placeable - known) if papers[key].presentation]
    said = []
    if silent:
        said.append(f"Nobody has said yet whether these are talks or posters: {_list(silent)}.")
    if other:
        said.append(f"No session with a time takes these: {_list(other)}.")
    return said


def _list(names: list[str]) -> str:
    return ", ".join(names[:12]) + (f" and {len(names) - 12} more" if len(names) > 12 else "")
