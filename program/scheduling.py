"""Stage 4: what editors do to a schedule, one edit after the other, each with its undo."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.db import transaction

from papers.models import User, Workshop
from papers.sight import Sight, find_sight
from papers.zones import find_zone
from program.errors import MoveRefused, MovesRefused, StaleRows
from program.listings.wording import name_clock
from program.models import ScheduleEdit
from program.moves import (
    Change,
    Draft,
    Move,
    PlayedMoves,
    compare_drafts,
    find_new_faults,
    play_moves,
    put_changes,
    read_change,
    read_row,
    write_row,
)
from program.moves.rows import KIND_NAMES, Row, SessionRow, SlotRow
from program.pending_papers import place_pending_papers
from program.schedule_edits import keep_edit
from program.schedule_papers import see_all
from program.schedule_rows import StoredDraft, read_draft


@dataclass(frozen=True, slots=True)
class AppliedMoves:
    """What moves did: their edit, nothing where nothing changed; sentences on what stayed because it is pinned."""

    edit: ScheduleEdit | None
    stayed: tuple[str, ...]


def apply_moves(workshop: Workshop, moves: Sequence[Move], *, by: User | None, seen: Mapping[str, int] | None = None) -> AppliedMoves:
    """Do all moves as one edit, or none of them.

    `seen` holds the revision of each row that the editor had before their eyes: what somebody else changed since is
    refused as `StaleRows`. Nobody without a name (`by`) is refused for what they must not know.
    """
    with transaction.atomic():
        _lock(workshop)
        place_pending_papers(workshop)
        stored = read_draft(workshop, sight=_find_eyes(workshop, by))
        played = play_moves(stored.draft, moves)
        _refuse_stale(workshop, stored, played.changes, seen or {}, by)
        return AppliedMoves(keep_edit(workshop, played.changes, by=by, words=played.words), played.stayed)


def try_moves(workshop: Workshop, moves: Sequence[Move], *, by: User | None) -> PlayedMoves:
    """Return what moves would make of the schedule; refuses as `apply_moves` would and writes nothing."""
    return play_moves(read_draft(workshop, sight=_find_eyes(workshop, by)).draft, moves)


def find_edit(workshop: Workshop, number: int) -> ScheduleEdit:
    """Return an edit by its number; refuses where there is none."""
    edit = ScheduleEdit.objects.filter(workshop=workshop, number=number).first()
    if edit is None:
        raise MoveRefused(f"There is no change {number} of this schedule.", subject=workshop)
    return edit


def undo_edit(edit: ScheduleEdit, *, by: User | None) -> ScheduleEdit:
    """Bring the rows of an edit back to what they were before it, as an edit of its own.

    Refuses when it is undone already, and when a row no longer looks as the edit left it: the sentence says who changed what since.
    """
    with transaction.atomic():
        edit = _lock_edit(edit)
        if edit.undone_by is not None:
            raise MoveRefused(f"This was undone already: {edit.words}", subject=edit)
        turned = tuple(Change(change.kind, change.uid, change.after, change.before) for change in map(read_change, edit.changes))
        undoing = _put_back(edit, turned, by=by, words=f"Undid: {edit.words}")
        ScheduleEdit.objects.filter(undone_by=edit).update(undone_by=None)
        edit.undone_by = undoing
        edit.save(update_fields=["undone_by"])
        return undoing


def redo_edit(edit: ScheduleEdit, *, by: User | None) -> ScheduleEdit:
    """Do an edit again that was undone, as an edit of its own; refuses as `undo_edit` does."""
    with transaction.atomic():
        edit = _lock_edit(edit)
        if edit.undone_by is None:
            raise MoveRefused(f"This is not undone, so it can't be done again: {edit.words}", subject=edit)
        redoing = _put_back(edit, tuple(map(read_change, edit.changes)), by=by, words=f"Did again: {edit.words}")
        edit.undone_by = None
        edit.save(update_fields=["undone_by"])
        return redoing


def list_rows(workshop: Workshop) -> list[dict[str, Any]]:
    """Return the whole schedule as plain JSON rows, each with the kind of its `row`: what a version may keep.

    Awaited papers that have come get their places first.
    """
    place_pending_papers(workshop)
    return list_stored_rows(workshop)


def list_stored_rows(workshop: Workshop) -> list[dict[str, Any]]:
    """Return the same as it is stored; writes nothing."""
    rows = sorted(read_draft(workshop).draft.list_rows(), key=lambda row: (list(KIND_NAMES).index(type(row)), row.uid))
    return [{"row": KIND_NAMES[type(row)], **write_row(row)} for row in rows]


def put_rows(workshop: Workshop, rows: Sequence[Mapping[str, Any]], *, by: User | None, words: str) -> ScheduleEdit | None:
    """Bring the whole schedule to what `list_rows` once returned, as one edit; nothing where it is so already.

    Papers and people that are gone since are left out; refuses what can't be a schedule.
    """
    with transaction.atomic():
        _lock(workshop)
        place_pending_papers(workshop)
        stored = read_draft(workshop)
        wanted = stored.draft.copy()
        for row in list(wanted.list_rows()):
            wanted.drop(row)
        for written in rows:
            _put_known(wanted, read_row(written["row"], written))
        return _keep_sound(workshop, stored.draft, wanted, by=by, words=words)


def change_draft(workshop: Workshop, change: Callable[[Draft], object], *, by: User | None, words: str) -> ScheduleEdit | None:
    """Keep as one edit what a function does to a draft; nothing where that is nothing; refuses what can't be a schedule."""
    with transaction.atomic():
        _lock(workshop)
        place_pending_papers(workshop)
        stored = read_draft(workshop, sight=_find_eyes(workshop, by))
        wanted = stored.draft.copy()
        change(wanted)
        return _keep_sound(workshop, stored.draft, wanted, by=by, words=words)


def _lock(workshop: Workshop) -> None:
    Workshop.objects.select_for_update().get(pk=workshop.pk)


def _lock_edit(edit: ScheduleEdit) -> ScheduleEdit:
    _lock(edit.workshop)
    return ScheduleEdit.objects.select_related("workshop", "undone_by").get(pk=edit.pk)


def _find_eyes(workshop: Workshop, by: User | None) -> Sight:
    return see_all(workshop) if by is None else find_sight(workshop, by)


def _put_back(edit: ScheduleEdit, changes: Sequence[Change], *, by: User | None, words: str) -> ScheduleEdit:
    workshop = edit.workshop
    stored = read_draft(workshop, sight=_find_eyes(workshop, by))
    hidden = [change for change in changes if change.kind == "slot" and change.uid in stored.draft.hidden]
    if hidden:
        raise MoveRefused("This touches a paper about which you must not know yet; somebody else has to do it.", subject=edit)
    others = [change for change in changes if _find_row(stored.draft, change) != change.before]
    if others:
        raise StaleRows(
            _tell_since(workshop, stored, others, "so that can't be taken back or done again"),
            uids=tuple(change.uid for change in others),
            subject=edit,
        )
    wanted = stored.draft.copy()
    put_changes(wanted, changes)
    kept = _keep_sound(workshop, stored.draft, wanted, by=by, words=words)
    if kept is None:
        raise MoveRefused(f"Everything is as it was before: {edit.words}", subject=edit)
    return kept


def _keep_sound(workshop: Workshop, before: Draft, after: Draft, *, by: User | None, words: str) -> ScheduleEdit | None:
    faults = find_new_faults(before, after)
    if faults:
        raise MovesRefused("The schedule can't be so any more; nothing was changed.", faults)
    return keep_edit(workshop, compare_drafts(before, after), by=by, words=words)


def _find_row(draft: Draft, change: Change) -> Row | None:
    row = change.before or change.after
    assert row is not None
    return draft.rows_of(type(row)).get(change.uid)


def _refuse_stale(workshop: Workshop, stored: StoredDraft, changes: Sequence[Change], seen: Mapping[str, int], by: User | None) -> None:
    """Refuse to change rows that somebody else wrote since they were seen; a row that only makes room is not meant."""
    meant = [change for change in changes if not change.is_only_order and change.uid in seen]
    newer = [change for change in meant if stored.revisions.get((change.kind, change.uid), 0) > seen[change.uid]]
    numbers = {stored.revisions[change.kind, change.uid] for change in newer}
    own = set(workshop.schedule_edits.filter(number__in=numbers, by=by).values_list("number", flat=True)) if by and newer else set()
    others = [change for change in newer if stored.revisions[change.kind, change.uid] not in own]
    if others:
        told = _tell_since(workshop, stored, others, "so nothing was done; look at it and try again")
        raise StaleRows(told, uids=tuple(change.uid for change in others), subject=workshop)


def _tell_since(workshop: Workshop, stored: StoredDraft, changes: Sequence[Change], ending: str) -> str:
    """Return who changed these rows last, when and how; a row that is gone was written by the last edit that names it."""
    numbers = {stored.revisions.get((change.kind, change.uid), 0) for change in changes}
    edit = workshop.schedule_edits.filter(number__in=numbers).select_related("by").order_by("-number").first()
    if 0 in numbers or edit is None:
        uids = {change.uid for change in changes}
        latest = workshop.schedule_edits.select_related("by").order_by("-number")[:200]
        edit = next((one for one in latest if any(written["uid"] in uids for written in one.changes)), edit)
    if edit is None:
        return f"This was changed in the meantime, {ending}."
    at = edit.at.astimezone(find_zone(workshop.zone))
    who = str(edit.by) if edit.by else "Somebody"
    return f"{who} changed this at {name_clock(at)} ({edit.words.rstrip('.')}), {ending}."


def _put_known(draft: Draft, row: Row) -> None:
    """Take a row into a draft without the people and papers that are gone."""
    if isinstance(row, SessionRow):
        row = replace(row, people=tuple(part for part in row.people if part.person in draft.people))
    if isinstance(row, SlotRow) and row.paper is not None and row.paper not in draft.papers:
        return
    if isinstance(row, SlotRow) and row.person is not None and row.person not in draft.people:
        row = replace(row, person=None)
    draft.put(row)
