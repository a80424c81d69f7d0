"""What calendars need of earlier versions: how often something changed, what was taken out."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from papers.models import Workshop
from program.listings import CalendarMark, GoneItem, ListedSession
from program.listings.wording import name_session
from program.models import ScheduleVersion
from program.published.values import list_people_keys, read_changes
from program.published_rows import resolve_rows


@dataclass(frozen=True, slots=True)
class CalendarFacts:
    """Marks of sessions and slots by key, what is gone, when the first version was published, the number of the last."""

    marks: Mapping[str, CalendarMark] = field(default_factory=dict)
    gone: tuple[GoneItem, ...] = ()
    released_at: dt.datetime | None = None
    number: int = 0


def read_calendar_facts(workshop: Workshop) -> CalendarFacts:
    """Count in how many versions each session and slot changed; whole versions are read only where something was taken out."""
    marks: dict[str, CalendarMark] = {}
    left: dict[str, int] = {}  # by key, the last version that held it
    released_at, number = None, 0
    versions = ScheduleVersion.objects.filter(workshop=workshop).order_by("number")
    for number, at, written in versions.values_list("number", "at", "changes"):
        released_at = released_at or at
        for change in read_changes(written):
            for uid in change.uids:
                left.pop(uid, None)
            left |= dict.fromkeys(change.gone, number - 1)
        for uid in {uid for change in read_changes(written) for uid in (*change.uids, *change.gone)}:
            marks[uid] = CalendarMark(marks[uid].count + 1 if uid in marks else 1, at)
    return CalendarFacts(marks, _list_gone(workshop, left), released_at, number)


def _list_gone(workshop: Workshop, left: Mapping[str, int]) -> tuple[GoneItem, ...]:
    """Return what each key stood for in the last version that held it; papers that left the listings are not told."""
    if not left:
        return ()
    held = dict(ScheduleVersion.objects.filter(workshop=workshop, number__in=set(left.values())).values_list("number", "rows"))
    resolved = dict(zip(held, resolve_rows(workshop, *held.values()), strict=True))
    items = {number: {item.uid: item for item in _list_items(sessions)} for number, sessions in resolved.items()}
    return tuple(items[number][uid] for uid, number in sorted(left.items()) if uid in items.get(number, {}))


def _list_items(sessions: Iterable[ListedSession]) -> Iterator[GoneItem]:
    for session in sessions:
        if session.starts_at is None:
            continue
        people = list_people_keys(session)
        yield GoneItem(session.uid, name_session(session), session.starts_at, session.minutes, people=people)
        for slot in session.held:
            at, minutes = (slot.starts_at, slot.minutes) if slot.starts_at else (session.starts_at, session.minutes)
            speakers = (slot.person.key,) if slot.person else ()
            yield GoneItem(slot.uid, slot.name, at, minutes, is_slot=True, paper_key=slot.paper_key, people=speakers)
