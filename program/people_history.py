"""What happened to one person of a program, in order."""

from papers.models import HistoryLine
from program.models import Person

MOST_LINES = 40


def list_person_history(person: Person) -> list[HistoryLine]:
    """Return the newest lines about a person, the newest first; they go by the name, under which people are known."""
    fields = [f"{kind} {person.name}"[:60] for kind in ("person", "people")]
    return list(person.workshop.history.filter(field__in=fields).select_related("by").in_order()[:MOST_LINES])
