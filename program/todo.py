"""What an organizer should do next about the program and the site."""

from django.urls import reverse

from papers.sight import Sight
from papers.todo import Todo
from program.schedules import collect_draft_sessions, find_schedule_conflicts, is_schedule_released
from program.sites import is_site_stale


def list_program_todos(sight: Sight) -> list[Todo]:
    """Return what waits in schedule and site; nothing that is in order, no conflict that tells of a decision beyond this sight."""
    workshop = sight.workshop
    schedule = reverse("schedule", args=[workshop.slug])
    sessions = collect_draft_sessions(workshop)
    todos = []
    if sessions:
        conflicts = find_schedule_conflicts(workshop, sight=sight)
        if conflicts:
            plural = "" if len(conflicts) == 1 else "s"
            todos.append(Todo("schedule", len(conflicts), f"{len(conflicts)} conflict{plural} in the schedule", f"{schedule}#conflicts"))
        if not is_schedule_released(workshop):
            todos.append(Todo("program", 1, "The schedule is not released", schedule, "info"))
    if is_site_stale(workshop):
        todos.append(Todo("site", 1, "The site no longer says what is true here: publish again", reverse("site", args=[workshop.slug])))
    return todos
