"""Stage 4: versions of a schedule: published, compared, brought back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone

from papers.errors import Refusal, Refusals
from papers.history import record_change
from papers.models import User, Workshop
from papers.sight import Sight, find_sight
from papers.texts import clean_text
from program.conflicts import Conflict
from program.draft_conflicts import find_draft_conflicts
from program.models import ScheduleEdit, ScheduleRelease, ScheduleVersion
from program.published.comparing import compare_sessions
from program.published.values import VersionChange, VersionComparison, write_changes
from program.published_rows import find_last_version, is_same_schedule, resolve_rows
from program.schedule_papers import see_all
from program.scheduling import list_rows, list_stored_rows, put_rows
from program.version_letters import VersionLetters, queue_version_letters, write_version_letters

Rows = Sequence[Mapping[str, Any]]
HARD = "hard"
MOST_NOTE = 2000


@dataclass(frozen=True, slots=True)
class Publication:
    """What publishing the draft would do now: what differs from `last`, the hard conflicts, the number of the draft's last edit.

    `is_same` says that the draft is what was published last.
    """

    last: ScheduleVersion | None
    compared: VersionComparison
    conflicts: tuple[Conflict, ...]
    edit: int
    is_same: bool

    @property
    def number(self) -> int:
        """Return the number that the next version would have."""
        return self.last.number + 1 if self.last else 1

    @property
    def changes(self) -> tuple[VersionChange, ...]:
        """Return what the world would see otherwise."""
        return self.compared.changes


def preview_publication(workshop: Workshop, *, by: User) -> Publication:
    """Return what `publish_schedule` would do now; writes nothing."""
    return _plan(workshop, list_stored_rows(workshop), find_sight(workshop, by))


def publish_schedule(
    workshop: Workshop,
    *,
    by: User | None,
    note: str = "",
    despite_conflicts: bool = False,
    writes_letters: bool = False,
    seen_edit: int | None = None,
) -> ScheduleVersion:
    """Keep the draft as the next version, which the world sees from now on; the first one releases the program.

    With `writes_letters` those whom its changes touch get a letter through the outbox, once for each version. Refuses a schedule
    without sessions, one in which nothing changed since the last version, one with hard conflicts unless `despite_conflicts`, and
    one that was edited after `seen_edit`, the number of the last edit that `by` has seen.
    """
    with transaction.atomic():
        Workshop.objects.select_for_update().get(pk=workshop.pk)
        rows = list_rows(workshop)
        plan = _plan(workshop, rows, find_sight(workshop, by) if by else see_all(workshop))
        _refuse(workshop, plan, rows, despite_conflicts=despite_conflicts, seen_edit=seen_edit)
        version = _keep(workshop, plan, rows, by=by, note=clean_text(note)[:MOST_NOTE])
        if writes_letters:
            queue_version_letters(workshop, write_version_letters(workshop, plan.compared), number=version.number, by=by)
    return version


def list_versions(workshop: Workshop) -> list[ScheduleVersion]:
    """Return every version without its rows, the last one first."""
    return list(ScheduleVersion.objects.filter(workshop=workshop).select_related("by").defer("rows").order_by("-number"))


def preview_letters(workshop: Workshop) -> VersionLetters:
    """Return the letters that publishing the draft now could send; before the first version it touches nobody."""
    last = find_last_version(workshop)
    compared = _compare(workshop, last.rows, list_stored_rows(workshop)) if last else VersionComparison()
    return write_version_letters(workshop, compared)


def compare_with_draft(workshop: Workshop, before: ScheduleVersion | None, after: ScheduleVersion | None) -> tuple[VersionChange, ...]:
    """Return what differs between two versions; nothing stands for the draft."""
    old, new = (list_stored_rows(workshop) if one is None else one.rows for one in (before, after))
    return compare_versions(workshop, old, new)


def compare_versions(workshop: Workshop, before: Rows, after: Rows) -> tuple[VersionChange, ...]:
    """Return what the world would see otherwise in the rows `after`, both read with what is true now of papers and people."""
    return _compare(workshop, before, after).changes


def return_to_version(version: ScheduleVersion, *, by: User | None) -> ScheduleEdit:
    """Bring the draft to what this version holds, as one edit that can be undone; the world sees it once it is published.

    Papers and people that are gone since stay away. Refuses when the draft is so already.
    """
    workshop = version.workshop
    edit = put_rows(workshop, version.rows, by=by, words=f"Returned to version {version.number}.")
    if edit is None:
        raise Refusal(f"The draft is what version {version.number} holds already.", subject=version)
    return edit


def _compare(workshop: Workshop, before: Rows, after: Rows) -> VersionComparison:
    old, new = resolve_rows(workshop, before, after)
    return VersionComparison(old, new, compare_sessions(old, new))


def _plan(workshop: Workshop, rows: list[dict[str, Any]], sight: Sight) -> Publication:
    last = find_last_version(workshop)
    return Publication(
        last=last,
        compared=_compare(workshop, last.rows, rows) if last else VersionComparison(),
        conflicts=tuple(conflict for conflict in find_draft_conflicts(sight) if conflict.severity == HARD),
        edit=workshop.schedule_edits.order_by("-number").values_list("number", flat=True).first() or 0,
        is_same=last is not None and is_same_schedule(workshop, last.rows, rows),
    )


def _refuse(workshop: Workshop, plan: Publication, rows: Rows, *, despite_conflicts: bool, seen_edit: int | None) -> None:
    if not any(row["row"] == "session" for row in rows):
        raise Refusal(f"{workshop} has no sessions, so there is no schedule to release.", subject=workshop)
    if plan.is_same and plan.last:
        told = f"Nothing changed in the schedule of {workshop} since version {plan.last.number}"
        raise Refusal(f"{told}, so nothing was published.", subject=workshop)
    if seen_edit is not None and seen_edit != plan.edit:
        raise Refusal("The schedule was edited since you looked at what would be published; look again, then publish.", subject=workshop)
    if plan.conflicts and not despite_conflicts:
        count = f"{len(plan.conflicts)} thing{'' if len(plan.conflicts) == 1 else 's'}"
        raise Refusals(
            f"The schedule was not published: {count} can't happen as planned. Settle them, or tick that it is published all the same.",
            [conflict.sentence for conflict in plan.conflicts],
        )


def _keep(workshop: Workshop, plan: Publication, rows: list[dict[str, Any]], *, by: User | None, note: str) -> ScheduleVersion:
    now = timezone.now()
    version = ScheduleVersion.objects.create(
        workshop=workshop, number=plan.number, at=now, by=by, note=note, rows=rows, changes=write_changes(plan.changes), edit=plan.edit
    )
    ScheduleRelease.objects.get_or_create(workshop=workshop, defaults={"released_at": now, "by": by})
    if version.number == 1:
        sessions = sum(row["row"] == "session" for row in rows)
        record_change(workshop, "released", by=by, field="schedule", after=sessions, note=note)
    else:
        told = " ".join(change.words for change in plan.changes)
        record_change(workshop, "published", by=by, field="schedule", after=version.number, note=(note or told)[:MOST_NOTE])
    return version
