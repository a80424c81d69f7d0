"""Stage 4: the rest of a day shifted while it runs, and published at once."""

from dataclasses import dataclass, replace

from django.db import transaction

from papers.errors import Refusal
from papers.models import User, Workshop
from papers.sight import find_sight
from program.conflicts import Conflict, find_conflicts
from program.draft_values import list_draft_sessions, make_frame, read_facts
from program.models import ScheduleVersion
from program.moves import PlayedMoves
from program.moves.acts import tell_clock
from program.moves.bulk_moves import Shift
from program.moves.rows import SessionRow
from program.published.values import VersionChange
from program.scheduling import apply_moves, try_moves
from program.versions import preview_publication, publish_schedule

HARD = "hard"


@dataclass(frozen=True, slots=True)
class ShiftPreview:
    """What a shift would do: `moved` are names with the clock before and after; `also` is what else would become public.

    `conflicts` can't happen as planned; `edit` is the number of the draft's last edit.
    """

    words: str
    moved: tuple[tuple[str, str, str], ...]
    stayed: tuple[str, ...]
    conflicts: tuple[Conflict, ...]
    also: tuple[VersionChange, ...]
    edit: int


def preview_shift(workshop: Workshop, shift: Shift, *, by: User) -> ShiftPreview:
    """Return what `shift_and_publish` would do now; refuses as it would and writes nothing."""
    played = try_moves(workshop, [shift], by=by)
    publication = preview_publication(workshop, by=by)
    moved = sorted(
        (change.after.starts_at, played.draft.name_session(change.after), tell_clock(change.before.starts_at, workshop.zone))
        for change in played.changes
        if isinstance(change.before, SessionRow) and isinstance(change.after, SessionRow)
        if change.before.starts_at and change.after.starts_at
    )
    return ShiftPreview(
        words=played.words,
        moved=tuple((name, before, tell_clock(at, workshop.zone)) for at, name, before in moved),
        stayed=played.stayed,
        conflicts=_find_hard_conflicts(workshop, played, by=by),
        also=publication.changes,
        edit=publication.edit,
    )


def shift_and_publish(
    workshop: Workshop, shift: Shift, *, by: User, note: str = "", despite_conflicts: bool = False, seen_edit: int | None = None
) -> ScheduleVersion:
    """Shift what is planned and publish the draft with it, both or nothing.

    Refuses when somebody edited the schedule after `seen_edit`, when everything that would move is pinned, and what
    `publish_schedule` refuses.
    """
    with transaction.atomic():
        Workshop.objects.select_for_update().get(pk=workshop.pk)
        last = preview_publication(workshop, by=by).edit
        if seen_edit is not None and seen_edit != last:
            raise Refusal("The schedule was edited since you looked; look at the shift again, then publish.", subject=workshop)
        done = apply_moves(workshop, [shift], by=by)
        if done.edit is None:
            raise Refusal(f"Nothing was shifted. {' '.join(done.stayed)}".strip(), subject=workshop)
        return publish_schedule(workshop, by=by, note=note or done.edit.words, despite_conflicts=despite_conflicts)


def _find_hard_conflicts(workshop: Workshop, played: PlayedMoves, *, by: User) -> tuple[Conflict, ...]:
    facts = read_facts(find_sight(workshop, by))
    tried = replace(facts, stored=replace(facts.stored, draft=played.draft))
    conflicts = find_conflicts(list_draft_sessions(tried), frame=make_frame(tried))
    return tuple(conflict for conflict in conflicts if conflict.severity == HARD)
