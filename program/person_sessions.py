"""The sessions of one person, as far as the world may know of them."""

from program.listings import ListedSession
from program.models import Person
from program.schedules import collect_listing, is_schedule_released


def list_own_sessions(person: Person) -> tuple[ListedSession, ...]:
    """Return the sessions in which the published program names a person; nothing before its release."""
    if not is_schedule_released(person.workshop):
        return ()
    sessions = collect_listing(person.workshop).sessions
    return tuple(session for session in sessions if any(one.full_name == person.name for one in session.people))
