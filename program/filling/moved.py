"""What moves of the papers that the world has seen, in words."""

from program.filling.wording import POINTS
from program.moves.drafts import Draft
from program.solver.days.explaining import explain_moves
from program.solver.days.rules import RULES
from program.solver.days.values import DayPlan, DayProblem

MOVED = {
    "gone": "that session is gone, or has no time any more",
    "kind": "that session does not take it any more",
    "available": "its presenter can't be there then",
    "pinned": "it is pinned elsewhere",
    "presenters": "its presenter stands in another session at that time",
    "fits": "others have taken its place there",
    "order": "it comes before or after another paper",
}


def tell_moves(draft: Draft, problem: DayProblem, plan: DayPlan) -> list[str]:
    """Return a sentence for each paper that does not stand where the world saw it: from where, to where, why."""
    names = {talk.uid: talk.name for talk in problem.talks}

    def name(uid: str) -> str:
        session = draft.sessions.get(uid)
        return f"{draft.name_session(session)} ({draft.name_place(session)})" if session else "a session that is gone"

    told = []
    for moved in explain_moves(problem, plan):
        why = MOVED.get(moved.rule) or f"that serves “{RULES[moved.rule].title}”, which costs {moved.gain / POINTS:,.1f} less"
        told.append(f"{names[moved.talk]} moves from {name(moved.before)} to {name(moved.after)}: {why}.")
    return told
