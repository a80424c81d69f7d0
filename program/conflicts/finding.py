"""Every conflict of a schedule."""

from collections.abc import Iterable, Sequence

from program.conflicts.boards import find_wrong_boards
from program.conflicts.papers import find_awaited_papers, find_unplaced_papers, find_wrong_lengths, find_wrong_papers
from program.conflicts.people import find_absent_people, find_empty_panels, find_missing_presenters, find_people_twice, list_presences
from program.conflicts.rooms import find_wrong_rooms
from program.conflicts.times import find_clock_changes, find_gaps, find_outside, find_overlaps
from program.conflicts.values import Conflict, DraftPaper, DraftSession, Frame
from program.listings import ListedSession


def find_conflicts(
    sessions: Sequence[ListedSession], *, orals: Iterable[DraftPaper] = (), frame: Frame | None = None
) -> tuple[Conflict, ...]:
    """Return every conflict of a schedule, family by family, each in the order of the day; the same whatever order sessions come in.

    Without minutes a session lasts until the next one. `orals` are the accepted oral papers; each needs a slot as
    soon as there are slots at all. What stands around the sessions is in `frame`.
    """
    frame = frame or Frame()
    presences = list_presences(sessions)
    drafts = [session for session in sessions if isinstance(session, DraftSession)]
    return (
        *find_overlaps(sessions),
        *find_gaps(sessions),
        *find_outside(sessions, frame),
        *find_clock_changes(sessions, frame),
        *find_people_twice(presences),
        *find_absent_people(presences, frame),
        *find_empty_panels(sessions),
        *find_missing_presenters(drafts, frame),
        *find_wrong_papers(drafts),
        *find_awaited_papers(drafts),
        *find_wrong_lengths(drafts),
        *find_unplaced_papers(drafts, [*orals, *frame.orals], frame),
        *find_wrong_rooms(sessions, frame),
        *find_wrong_boards(drafts, frame),
    )
