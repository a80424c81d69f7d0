"""Keeps what changed in a schedule as numbered edits."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from django.utils import timezone

from papers.history import record_change
from papers.models import User, Workshop
from program.models import ScheduleEdit
from program.moves.drafts import compare_drafts
from program.moves.rows import Change, write_change
from program.schedule_rows import mark_rows, read_draft, write_changes


@contextmanager
def track_edit(workshop: Workshop, *, by: User | None, words: str) -> Iterator[None]:
    """Keep as one edit what the block changes of the schedule by other ways than moves; call it in a transaction."""
    before = read_draft(workshop)
    yield
    changes = compare_drafts(before.draft, read_draft(workshop).draft)
    keep_edit(workshop, changes, by=by, words=words, is_written=True, has_history=False)


def keep_edit(
    workshop: Workshop, changes: Sequence[Change], *, by: User | None, words: str, is_written: bool = False, has_history: bool = True
) -> ScheduleEdit | None:
    """Write changed rows with the number of their edit, the edit, a line of history; nothing where nothing changed."""
    if not changes:
        return None
    last = workshop.schedule_edits.order_by("-number").values_list("number", flat=True).first() or 0
    written = [write_change(change) for change in changes]
    edit = ScheduleEdit.objects.create(workshop=workshop, number=last + 1, by=by, at=timezone.now(), words=words, changes=written)
    if is_written:
        mark_rows(workshop, changes, revision=edit.number)
    else:
        write_changes(workshop, changes, revision=edit.number)
    if has_history:
        record_change(workshop, "changed schedule", by=by, field="schedule", note=words)
    return edit
