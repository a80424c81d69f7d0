"""Sessions of one room, one after the other, as a problem of the solver."""

import datetime as dt
from collections.abc import Mapping
from itertools import pairwise

from papers.errors import Refusal
from papers.texts import fold_text
from program.filling.facts import FillFacts, count_minutes
from program.moves.drafts import Draft
from program.moves.rows import SessionRow
from program.solver.days.values import Reason, Span
from program.solver.single_track import Piece, TrackProblem

BREAK = "break"


def pose_track(
    draft: Draft, facts: FillFacts, *, published: Mapping[str, dt.datetime], relaxed: frozenset[Reason], keeps_times: bool
) -> TrackProblem:
    """Return the problem of starts for all sessions that do not run in parallel; pinned ones stay, breaks like their time.

    With `keeps_times` sessions that have a start keep it. Refuses where there is no day, or a session's length is not known.
    """
    sessions = [session for session in draft.list_sessions() if not session.is_parallel]
    if not draft.days:
        raise Refusal("There is no day yet. Add one with the times between which sessions are held.")
    lengths = {session.uid: find_length(draft, session) for session in sessions}
    unknown = [draft.name_session(session) for session in sessions if not lengths[session.uid]]
    if unknown:
        raise Refusal(f"Say first how long these sessions last: {', '.join(unknown)}.")
    days = tuple((count_minutes(day.starts_at), count_minutes(day.ends_at)) for day in sorted(draft.days.values(), key=lambda one: one.on))
    pieces = tuple(_make_piece(draft, session, lengths[session.uid], facts, published, keeps_times=keeps_times) for session in sessions)
    return TrackProblem(pieces, days, relaxed=relaxed)


def find_length(draft: Draft, session: SessionRow) -> int:
    """Return the minutes of a session, or of its talks together, or 0 where neither is known."""
    if session.minutes:
        return session.minutes
    minutes = [slot.minutes for slot in draft.list_slots(session.uid)]
    return sum(one or 0 for one in minutes) if minutes and all(minutes) else 0


def _make_piece(
    draft: Draft, session: SessionRow, minutes: int, facts: FillFacts, published: Mapping[str, dt.datetime], *, keeps_times: bool
) -> Piece:
    start = count_minutes(session.starts_at) if session.starts_at else None
    is_fixed = start is not None and (session.is_pinned or keeps_times)
    seen = published.get(session.uid)
    return Piece(
        session.uid,
        minutes,
        fixed=start if is_fixed else None,
        wanted=start if session.kind == BREAK else None,
        published=count_minutes(seen) if seen else None,
        can=_find_times(draft, session, facts),
    )


def _find_times(draft: Draft, session: SessionRow, facts: FillFacts) -> tuple[Span, ...]:
    """Return when all people of a session can; nothing where nobody gave times."""
    spans: list[Span] | None = None
    for part in session.people:
        away = facts.away.get(fold_text(draft.people[part.person])) if part.person in draft.people else None
        if away:
            own = [(one[1], other[0]) for one, other in pairwise(away)]
            spans = own if spans is None else _cut(spans, own)
    return () if spans is None else tuple(spans) or ((0, 0),)


def _cut(first: list[Span], second: list[Span]) -> list[Span]:
    both = [(max(one[0], other[0]), min(one[1], other[1])) for one in first for other in second]
    return [span for span in both if span[0] < span[1]]
