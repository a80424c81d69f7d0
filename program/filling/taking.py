"""What the solver found, put into a draft."""

import secrets
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from program.filling.facts import FillFacts, read_minutes
from program.filling.hanging import hang_session
from program.filling.posing import is_held
from program.models import FillRun
from program.moves.drafts import Draft
from program.moves.rows import SlotRow
from program.schedule_papers import POSTER
from program.solver.days.values import DayPlan, DayProblem


def write_places(problem: DayProblem, plan: DayPlan) -> list[list[Any]]:
    """Return the places of papers as plain JSON: paper, session, place from 0, minutes; what is held is left out."""
    minutes = {talk.uid: talk.minutes for talk in problem.talks}
    boarded = {session.uid for session in problem.sessions if session.boards is not None}
    places = sorted((place.session, place.place, uid) for uid, place in plan.places.items())
    return [
        [int(uid), session, place, None if session in boarded else minutes[uid]]
        for session, place, uid in places
        if not uid.startswith("slot-")
    ]


def put_places(draft: Draft, places: list[list[Any]], scope: str, kinds: frozenset[str]) -> None:
    """Bring the papers of a draft to these places; of sessions of these kinds, papers that are not named leave."""
    own = {session.uid for session in draft.sessions.values() if session.kind in kinds}
    standing = {uid: draft.list_slots(uid) for uid in own}
    held = {uid: [(place, slot) for place, slot in enumerate(slots) if _stays(draft, slot, scope)] for uid, slots in standing.items()}
    old = {slot.paper: slot for slots in standing.values() for slot in slots if not _stays(draft, slot, scope)}
    for slot in old.values():
        draft.drop(slot)
    found: dict[str, list[SlotRow]] = {uid: [] for uid in own}
    for paper, session, _, minutes in sorted(places, key=lambda one: (one[1], one[2])):
        new = SlotRow(uid=f"p{secrets.token_hex(6)}", session=session, position=0, paper=int(paper), minutes=minutes)
        slot = old.get(int(paper), new)
        board = slot.board if slot.session == session else None
        found[session].append(replace(slot, session=session, minutes=slot.minutes or minutes, board=board))
    for session, slots in found.items():
        for place, slot in held[session]:
            slots.insert(place, slot)
        for position, slot in enumerate(slots, start=1):
            draft.put(slot if slot.position == position else replace(slot, position=position))


def _stays(draft: Draft, slot: SlotRow, scope: str) -> bool:
    return slot.paper is None or is_held(draft, slot, scope)


def put_found(draft: Draft, found: Mapping[str, Any], scope: str, facts: FillFacts, seed: int) -> list[str]:
    """Bring a draft to what a run found; return sentences on what could not be."""
    if "starts" in found:
        for uid, minutes in found["starts"].items():
            if uid in draft.sessions:
                draft.change(draft.sessions[uid], starts_at=read_minutes(minutes))
        return []
    known = [place for place in found["places"] if place[0] in draft.placeable and place[1] in draft.sessions]
    kinds = frozenset(found["kinds"])
    put_places(draft, [place for place in known if draft.sessions[place[1]].kind != POSTER], scope, kinds - {POSTER})
    put_places(draft, [place for place in known if draft.sessions[place[1]].kind == POSTER], scope, kinds & {POSTER})
    said = []
    for session in draft.list_sessions() if POSTER in kinds and draft.boards else ():
        if session.kind == POSTER:
            keeps = frozenset(slot.uid for slot in draft.list_slots(session.uid) if scope != FillRun.Scope.FREE and slot.board)
            left = hang_session(draft, session.uid, facts, seed=seed, keeps=keeps)
            if left:
                said.append(f"{left} posters of {draft.name_session(session)} have no board; add boards.")
    return said
