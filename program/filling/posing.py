"""A draft as problems of the solver: which papers are to be placed, where they may stand, what counts."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import numpy as np

from program.filling.facts import FillFacts, PaperFacts, count_minutes, find_nights
from program.filling.wishes import PaperWish
from program.models import FillRun
from program.moves.drafts import Draft
from program.moves.rows import SessionRow, SlotRow
from program.schedule_papers import POSTER, ScheduledPaper
from program.solver.days.values import DayProblem, OpenSession, Reason, Talk
from program.solver.topics import compare_texts

TALK_KINDS = {
    "oral": frozenset({"oral"}),
    "spotlight": frozenset({"spotlight"}),
    "contributed-talk": frozenset({"oral", "spotlight", "contributed-talk"}),
    "mixed": frozenset({"oral", "spotlight", "contributed-talk"}),
}
ANY_TALK = ("oral", "contributed-talk", "mixed")  # take presentations that no kind of session is named after
MINUTES = {"oral": 15, "spotlight": 5}
USUAL_MINUTES = 10
LEAST_MINUTES = 5
Scope = FillRun.Scope


@dataclass(frozen=True, slots=True)
class FillPlan:
    """What is asked: which papers may move, what rules weigh, what is known of papers; minutes of a talk by presentation."""

    scope: str
    weights: Mapping[str, int] = field(default_factory=dict)
    relaxed: frozenset[Reason] = frozenset()
    minutes: Mapping[str, int] = field(default_factory=dict)
    wishes: Mapping[int, PaperWish] = field(default_factory=dict)
    published: Mapping[tuple[int, bool], tuple[str, int]] = field(default_factory=dict)
    has_posters_too: bool = False

    def count_minutes(self, presentation: str) -> int:
        """Return how long a talk of this presentation takes."""
        return self.minutes.get(presentation) or MINUTES.get(presentation, USUAL_MINUTES)


def pose_talks(draft: Draft, papers: Mapping[int, ScheduledPaper], facts: FillFacts, plan: FillPlan) -> DayProblem:
    """Return the problem of talks in sessions that take talks; what stands there already and may not move is pinned."""
    sessions = [session for session in draft.list_sessions() if session.kind in TALK_KINDS and session.starts_at and session.minutes]
    talking = [key for key in sorted(draft.placeable) if papers[key].presentation not in {"", POSTER}]
    return _pose(draft, papers, facts, plan, sessions, talking, is_poster=False)


def pose_posters(draft: Draft, papers: Mapping[int, ScheduledPaper], facts: FillFacts, plan: FillPlan) -> DayProblem:
    """Return the problem of posters in poster sessions, with the talks where the draft has them."""
    sessions = [session for session in draft.list_sessions() if session.kind == POSTER and session.starts_at and session.minutes]
    hanging = [
        key for key in sorted(draft.placeable) if papers[key].presentation and (plan.has_posters_too or papers[key].presentation == POSTER)
    ]
    return _pose(draft, papers, facts, plan, sessions, hanging, is_poster=True)


def fit_minutes(draft: Draft, papers: Mapping[int, ScheduledPaper], given: Mapping[str, int]) -> dict[str, int]:
    """Return the minutes of a talk by presentation: what is given, else the usual, or less where all would not fit otherwise."""
    sessions = [session for session in draft.sessions.values() if session.kind in TALK_KINDS and session.starts_at and session.minutes]
    fitted = dict(given)
    presentations = {papers[key].presentation for key in draft.placeable} - {"", POSTER, *given}
    for presentation in sorted(presentations):
        count = sum(papers[key].presentation == presentation for key in draft.placeable)
        kinds = [kind for kind, takes in TALK_KINDS.items() if presentation in takes] or list(ANY_TALK)
        shared = sum(session.minutes or 0 for session in sessions if session.kind in kinds) // count
        usual = MINUTES.get(presentation, USUAL_MINUTES)
        fitted[presentation] = shared if LEAST_MINUTES <= shared < usual else usual
    return fitted


def _pose(
    draft: Draft,
    papers: Mapping[int, ScheduledPaper],
    facts: FillFacts,
    plan: FillPlan,
    sessions: list[SessionRow],
    wanted: list[int],
    *,
    is_poster: bool,
) -> DayProblem:
    uids = {session.uid for session in sessions}
    standing = [slot for session in sessions for slot in draft.list_slots(session.uid)]
    held = {slot.paper: slot for slot in standing if slot.paper is not None and is_held(draft, slot, plan.scope)}
    movable = [key for key in wanted if key not in held]
    talks, words = [], []
    for slot in standing:
        if slot.paper is None or slot.paper in held:
            talks.append(_hold(draft, slot, papers, facts, plan))
            words.append(facts.papers[slot.paper].words if slot.paper is not None and slot.paper in facts.papers else slot.title)
    for key in movable:
        talks.append(_move(draft, papers[key], facts, plan, uids, is_poster=is_poster))
        words.append(facts.papers[key].words)
    seats = {uid: room.capacity for uid, room in draft.rooms.items()}
    count = len([key for key in wanted if key not in held]) + len(standing)
    boards = sum(ranges.last - ranges.first + 1 for ranges in draft.boards.values()) or count
    known = {talk.presentation for talk in talks}
    opened = tuple(_open(draft, session, seats, known, boards if is_poster else None) for session in sessions)
    held_ones = frozenset((rule, talk.uid) for talk in talks if talk.pinned for rule in ("kind", "available"))
    return DayProblem(
        opened,
        tuple(talks),
        compare_texts(words),
        order=_order(papers, plan, movable),
        weights=plan.weights,
        relaxed=plan.relaxed | held_ones,
    )


def is_held(draft: Draft, slot: SlotRow, scope: str) -> bool:
    """Tell whether a paper stays in its session: pinned, not to be placed any more, hidden, or nothing that has a place moves."""
    session = draft.sessions[slot.session]
    is_fixed = slot.is_pinned or slot.paper not in draft.placeable or slot.uid in draft.hidden
    return is_fixed or (scope == Scope.TRAY and session.starts_at is not None)


def _open(draft: Draft, session: SessionRow, seats: Mapping[str, int | None], known: set[str], boards: int | None) -> OpenSession:
    assert session.starts_at is not None
    assert session.minutes is not None
    start = count_minutes(session.starts_at)
    takes = TALK_KINDS.get(session.kind, frozenset())
    if session.kind in ANY_TALK:
        takes |= {presentation for presentation in known if presentation not in {"", POSTER, *TALK_KINDS}}
    return OpenSession(
        uid=session.uid,
        name=draft.name_session(session),
        span=(start, start + session.minutes),
        day=str(draft.find_date(session)),
        room=session.room,
        seats=seats.get(session.room),
        takes=takes if boards is None else frozenset(),
        boards=boards,
    )


def _hold(draft: Draft, slot: SlotRow, papers: Mapping[int, ScheduledPaper], facts: FillFacts, plan: FillPlan) -> Talk:
    """Return a slot that stays as a talk that is pinned there; nothing else is asked of it."""
    paper = papers[slot.paper] if slot.paper is not None else None
    known = facts.papers.get(slot.paper or 0, PaperFacts(""))
    presentation = paper.presentation if paper else ""
    return Talk(
        uid=f"slot-{slot.uid}",
        name=draft.name_slot(slot),
        minutes=slot.minutes or plan.count_minutes(presentation),
        presentation=presentation,
        presenters=frozenset({known.presenter} - {""}),
        people=known.people,
        pinned=slot.session,
        pinned_place=[one.uid for one in draft.list_slots(slot.session)].index(slot.uid),
    )


def _move(draft: Draft, paper: ScheduledPaper, facts: FillFacts, plan: FillPlan, uids: set[str], *, is_poster: bool) -> Talk:
    known, wish = facts.papers[paper.key], plan.wishes.get(paper.number or 0)
    old = next((slot for slot in draft.slots.values() if slot.paper == paper.key and slot.session in uids), None)
    session, place = plan.published.get((paper.key, is_poster), ("", -1))
    minutes = (old.minutes if old else None) or plan.count_minutes(paper.presentation)
    busy = [draft.sessions[uid] for uid in sorted(facts.parts.get(known.presenter, ()))] if known.presenter else []
    busy += [] if not is_poster else _list_talks(draft, facts, known.presenter)
    return Talk(
        uid=str(paper.key),
        name=paper.name,
        minutes=minutes,
        presentation=POSTER if is_poster else paper.presentation,
        presenters=frozenset({known.presenter} - {""}),
        people=known.people,
        away=facts.away.get(known.presenter, ()) if known.presenter else (),
        busy=tuple((one.uid, _span(one)) for one in busy if one.starts_at and one.minutes),
        night=find_nights(known.zone, draft.sessions.values()),
        popularity=(wish.people if wish else 0) or paper.expected_count or 0,
        wishes=frozenset(wish.sessions if wish else ()) & uids,
        published=session,
        published_place=place,
    )


def _list_talks(draft: Draft, facts: FillFacts, presenter: str) -> list[SessionRow]:
    """Return the sessions in which somebody presents a talk."""
    own = {key for key, known in facts.papers.items() if presenter and known.presenter == presenter}
    found = {slot.session for slot in draft.slots.values() if slot.paper in own}
    return [draft.sessions[uid] for uid in sorted(found) if draft.sessions[uid].kind != POSTER]


def _span(session: SessionRow) -> tuple[int, int]:
    assert session.starts_at is not None
    start = count_minutes(session.starts_at)
    return start, start + (session.minutes or 0)


def _order(papers: Mapping[int, ScheduledPaper], plan: FillPlan, movable: Iterable[int]) -> tuple[tuple[str, str], ...]:
    by_number = {papers[key].number: str(key) for key in movable}
    pairs = [(wish.number, after) for wish in plan.wishes.values() for after in wish.before]
    return tuple((by_number[one], by_number[other]) for one, other in pairs if one in by_number and other in by_number)


def find_shared(people: list[frozenset[str]]) -> np.ndarray:
    """Return which papers share an author: `shared[paper, paper]`, 0 or 1, 0 with themselves."""
    shared = np.array([[bool(one & other) for other in people] for one in people], dtype=np.int64).reshape(len(people), len(people))
    np.fill_diagonal(shared, 0)
    return shared
