"""Create or update a workshop from the values of its file."""

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass

from django.db import transaction

from papers.errors import Refusal, Refusals
from papers.history import record_change
from papers.models import User, Workshop
from program.pending_papers import place_pending_papers
from program.schedule_edits import track_edit
from program.workshop_files.changes import Change, list_changes
from program.workshop_files.checks import check_settings
from program.workshop_files.keeping import complete_settings
from program.workshop_files.stored import read_workshop
from program.workshop_files.tables.accepting import find_kept_rows, save_accepting
from program.workshop_files.tables.camera_ready import save_hand_over, save_required_files
from program.workshop_files.tables.dates import save_dates
from program.workshop_files.tables.frames import save_boards, save_days, save_rooms
from program.workshop_files.tables.identity import FIELDS, save_decision_words, save_identity, save_topics
from program.workshop_files.tables.mapping import save_mapping
from program.workshop_files.tables.people import save_organizations, save_people
from program.workshop_files.tables.sessions import save_sessions
from program.workshop_files.tables.site import save_site
from program.workshop_files.values import WorkshopSettings

Save = Callable[[Workshop, WorkshopSettings], None]
# In the order in which they refer to each other; a section is written only when it changed.
SECTIONS: tuple[tuple[frozenset[str], Save], ...] = (
    (frozenset({*FIELDS, "series", "submission_invitations", "links"}), save_identity),
    (frozenset({"topics"}), save_topics),
    (frozenset({"tracks", "presentations", "awards"}), save_accepting),
    (frozenset({"required_files", "zone"}), save_required_files),
    (frozenset({"hand_over"}), save_hand_over),
    (frozenset({"mapping"}), save_mapping),
    (frozenset({"decision_words"}), save_decision_words),
    (frozenset({"dates"}), save_dates),
    (frozenset({"people", "roles"}), save_people),
    (frozenset({"sponsors", "affiliations"}), save_organizations),
    (frozenset({"days", "zone"}), save_days),
    (frozenset({"rooms"}), save_rooms),
    (frozenset({"boards"}), save_boards),
    (frozenset({"people", "sessions", "zone"}), save_sessions),
    (frozenset({"site"}), save_site),
)
SCHEDULED = frozenset({"days", "rooms", "boards", "sessions", "people", "zone"})  # sections whose changes editors of the schedule see


@dataclass(frozen=True, slots=True)
class LoadedWorkshop:
    """What loading did, or would do: `workshop` is nothing when a new one was only tried."""

    workshop: Workshop | None
    is_new: bool
    changes: tuple[Change, ...]


def load_workshop_file(
    settings: WorkshopSettings, *, by: User | None, actor: str = "", expected: WorkshopSettings | None = None
) -> LoadedWorkshop:
    """Bring a workshop to these settings, creating it where there is none of this slug; return what changed.

    All in one transaction, with a history line for every change; settings that are in force already
    write nothing. Refuses to drop a track, presentation or award that papers hold, a venue that another
    workshop imports, and stored settings that are not those `expected`.
    """
    with transaction.atomic():
        workshop, before = find_stored(settings.slug)
        if expected is not None and before != expected:
            raise Refusal("Somebody else changed the settings in the meantime; nothing was kept. Look at them and try again.")
        settings = complete_settings(settings, before)
        changes = plan_changes(settings, workshop, before)
        if not changes:
            return LoadedWorkshop(workshop, is_new=False, changes=())
        workshop = workshop or Workshop(slug=settings.slug)
        with _track_schedule(workshop, changes, by=by, is_new=before is None):
            _save_sections(workshop, before, settings)
        if before is None:
            record_change(workshop, "created workshop", by=by, actor=actor, field="workshop", after=settings.slug)
        else:
            for change in changes:
                record_change(
                    workshop,
                    "changed settings",
                    by=by,
                    actor=actor,
                    field=change.place[:60],
                    before=change.before,
                    after=change.after,
                )
        place_pending_papers(workshop)
    return LoadedWorkshop(workshop, is_new=before is None, changes=tuple(changes))


def try_workshop_file(settings: WorkshopSettings) -> LoadedWorkshop:
    """Return what `load_workshop_file` would change; refuses as it would and writes nothing."""
    workshop, before = find_stored(settings.slug)
    changes = plan_changes(complete_settings(settings, before), workshop, before)
    return LoadedWorkshop(workshop, is_new=before is None, changes=tuple(changes))


def find_stored(slug: str) -> tuple[Workshop | None, WorkshopSettings | None]:
    """Return the workshop of this slug, locked inside a transaction, with its settings; nothing where there is none."""
    lock = transaction.get_connection().in_atomic_block
    rows = Workshop.objects.select_for_update(of=("self",)) if lock else Workshop.objects.all()
    workshop = rows.select_related("series").filter(slug=slug).first()
    return workshop, read_workshop(workshop) if workshop else None


def plan_changes(settings: WorkshopSettings, workshop: Workshop | None, before: WorkshopSettings | None) -> list[Change]:
    """Return the changes that loading would make; refuses with every reason why it can't.

    A mistake that is stored already does not keep people from changing something else.
    """
    known = set(map(str, check_settings(before))) if before else set()
    reasons = [sentence for sentence in map(str, check_settings(settings)) if sentence not in known]
    reasons += find_kept_rows(workshop, settings) if workshop else []
    others = Workshop.objects.exclude(slug=settings.slug)
    rival = others.filter(venue_id=settings.venue_id).first() if settings.venue_id else None
    if rival:
        reasons.append(f"$.venue_id: “{settings.venue_id}” is the OpenReview venue of {rival} ({rival.slug}) already.")
    if reasons:
        raise Refusals(f"The settings of {settings.short_name} {settings.year} were not changed.", reasons)
    return list_changes(before, settings)


def _track_schedule(workshop: Workshop, changes: list[Change], *, by: User | None, is_new: bool) -> AbstractContextManager[None]:
    """Let editors of the schedule see what the file changes of it; a new workshop has no editors yet."""
    if is_new or not any(change.place.split()[0] in SCHEDULED for change in changes):
        return nullcontext()
    return track_edit(workshop, by=by, words="Changed the workshop's settings.")


def _save_sections(workshop: Workshop, before: WorkshopSettings | None, after: WorkshopSettings) -> None:
    for names, save in SECTIONS:
        if before is None or any(getattr(before, name) != getattr(after, name) for name in names):
            save(workshop, after)
