"""The conflicts of a stored draft, as one pair of eyes may know them."""

from papers.sight import Sight
from program.conflicts import Conflict, find_conflicts
from program.draft_values import list_draft_sessions, make_frame, read_facts


def find_draft_conflicts(sight: Sight) -> tuple[Conflict, ...]:
    """Return every conflict of the draft, papers that have no place included."""
    facts = read_facts(sight)
    return find_conflicts(list_draft_sessions(facts), frame=make_frame(facts))
