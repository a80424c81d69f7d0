"""Names of sessions, days and times of day as workshop sites print them."""

import datetime as dt
from collections.abc import Iterable

from papers.listings import ListedDate, ListedPaper
from papers.zones import add_minutes, find_zone, format_clock, name_offset
from program.listings.values import ListedPerson, ListedSession, ListedSlot
from program.models import Session, SessionPart

TO_BE_DETERMINED = "TBD"
INVITED_TALK, CONTRIBUTED_TALK, PANEL = Session.Kind.INVITED_TALK.value, Session.Kind.CONTRIBUTED_TALK.value, Session.Kind.PANEL.value
SPEAKER, PANELIST, MODERATOR = SessionPart.Kind.SPEAKER.value, SessionPart.Kind.PANELIST.value, SessionPart.Kind.MODERATOR.value
KIND_WORDS = {kind.value: str(kind.label) for kind in Session.Kind} | {PANEL: "Panel discussion"}


def name_ordinal(number: int) -> str:
    """Return a number as a place in order: 1st, 12th, 22nd."""
    ending = "th" if number % 100 in {11, 12, 13} else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


def name_day(day: dt.date, *, has_year: bool = False) -> str:
    """Return a day as sites print it: March 22nd, or March 22nd, 2025."""
    return f"{day:%B} {name_ordinal(day.day)}" + (f", {day.year}" if has_year else "")


def name_days(first: dt.date, last: dt.date, *, word: str = "-", has_year: bool = False) -> str:
    """Return two days as one phrase: June 11th - 12th, May 31st - June 1st."""
    year = f", {last.year}" if has_year else ""
    if first.year != last.year:
        return f"{name_day(first, has_year=True)} {word} {name_day(last, has_year=True)}"
    if first.month != last.month:
        return f"{name_day(first)} {word} {name_day(last)}{year}"
    return f"{name_day(first)} {word} {name_ordinal(last.day)}{year}"


def name_clock(at: dt.datetime) -> str:
    """Return the time of day without a leading zero: 8:25, 13:00."""
    return f"{at.hour}:{at:%M}"


def name_instant(at: dt.datetime, zone: str, *, has_time: bool, has_year: bool = False) -> str:
    """Return an instant in `zone`, the label derived from that very instant: March 22nd, 11:59 PM PDT."""
    local = at.astimezone(find_zone(zone))
    day = name_day(local.date(), has_year=has_year)
    return f"{day}, {format_clock(local)} {name_offset(local)}" if has_time else day


def name_offset_of(at: dt.datetime, zone: str) -> str:
    """Return the zone of an instant with its distance from UTC: PDT (UTC-7), AoE (UTC-12)."""
    local = at.astimezone(find_zone(zone))
    letters, figures = name_offset(local), name_distance(local.utcoffset() or dt.timedelta())
    return letters if letters == figures else f"{letters} ({figures})"


def name_distance(offset: dt.timedelta) -> str:
    """Return a distance from UTC: UTC, UTC-7, UTC+5:30."""
    minutes = int(offset.total_seconds()) // 60
    hours, rest = divmod(abs(minutes), 60)
    sign = "-" if minutes < 0 else "+"
    return "UTC" + (f"{sign}{hours}" if minutes else "") + (f":{rest:02}" if rest else "")


def name_date(date: ListedDate, *, year: int = 0, has_year: bool = False) -> str:
    """Return a date as printed; the year only when asked for or when it is not `year`. Candidate days are joined by "or"."""
    if date.at is None:
        return TO_BE_DETERMINED
    day = date.at.astimezone(find_zone(date.zone)).date()
    has_year = has_year or bool(year and day.year != year)
    if date.until is not None and date.until > day:
        word = "or" if date.until - day == dt.timedelta(days=1) else "to"
        return name_days(day, date.until, word=word, has_year=has_year)
    return name_instant(date.at, date.zone, has_time=date.has_time, has_year=has_year)


def name_session(session: ListedSession) -> str:
    """Return what the schedule prints of a session in one line: Invited talk 3: Title, Panel discussion: A, B."""
    if session.kind == INVITED_TALK:
        return _join(session.label or _number(session), session.title)
    if session.kind == PANEL:
        panel = _join(session.label or KIND_WORDS[PANEL], session.title)
        panelists = ", ".join(person.name for person in list_people(session, PANELIST))
        return f"{panel} ({panelists})" if session.title and panelists else _join(panel, panelists)
    return _join(session.label, session.title or _title_of_only_paper(session)) or KIND_WORDS.get(session.kind, session.kind)


def list_people(session: ListedSession, kind: str) -> tuple[ListedPerson, ...]:
    """Return the people of a session who have one part in it, in order."""
    return tuple(person for person in session.people if person.kind == kind)


def list_papers_below(session: ListedSession) -> tuple[ListedPaper, ...]:
    """Return the papers that the name of the session does not say already."""
    return () if _title_of_only_paper(session) and not session.title else session.papers


def list_held_below(session: ListedSession) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Return titles and names of what is held in a session, talks without a paper too, but for what its name says already."""
    told = list_papers_below(session)
    if not any(slot.paper is None for slot in session.held):
        return tuple((paper.title, tuple(author.name for author in paper.authors)) for paper in told)
    return tuple(_tell_slot(slot) for slot in session.held if slot.paper is None or told)


def list_speakers(session: ListedSession) -> tuple[str, ...]:
    """Return the names for the speaker column: speakers, a panel's moderators, the authors of a contributed talk."""
    kind = MODERATOR if session.kind == PANEL else SPEAKER
    names = tuple(person.name for person in list_people(session, kind))
    if names or session.kind != CONTRIBUTED_TALK or len(session.papers) != 1:
        return names
    return tuple(author.name for author in session.papers[0].authors)


def needs_speaker(session: ListedSession) -> bool:
    """Tell whether the speaker column says TBD as long as nobody is named."""
    return session.kind in {INVITED_TALK, PANEL}


def find_end(session: ListedSession, sessions: Iterable[ListedSession]) -> dt.datetime | None:
    """Return when a session ends: by its minutes, else at the next start of the same day; nothing when neither says it."""
    if session.starts_at is None:
        return None
    if session.minutes is not None:
        return add_minutes(session.starts_at, session.minutes)
    starts = [other.starts_at for other in sessions if other.starts_at is not None and other.starts_at > session.starts_at]
    same_day = [start for start in starts if start.date() == session.starts_at.date()]
    return min(same_day, default=None)


def count_minutes(session: ListedSession, sessions: Iterable[ListedSession]) -> int | None:
    """Return how long a session lasts, where that is known."""
    end = find_end(session, sessions)
    return None if end is None or session.starts_at is None else int((end - session.starts_at).total_seconds()) // 60


def group_by_day(sessions: Iterable[ListedSession]) -> list[tuple[dt.date | None, list[ListedSession]]]:
    """Return the sessions by day, in the order given; those without a start come under no day, or under the only one."""
    days: dict[dt.date | None, list[ListedSession]] = {}
    for session in sessions:
        days.setdefault(session.starts_at.date() if session.starts_at else None, []).append(session)
    if len(days) == 2 and None in days:
        timeless = days.pop(None)
        (only,) = days.values()
        only += timeless
    return list(days.items())


def name_rooms(sessions: Iterable[ListedSession]) -> bool:
    """Tell whether the schedule needs a column for rooms: as soon as a session names its own."""
    return any(session.room for session in sessions)


def _tell_slot(slot: ListedSlot) -> tuple[str, tuple[str, ...]]:
    if slot.paper is not None:
        return slot.name, tuple(author.name for author in slot.paper.authors)
    return slot.name, (slot.person.name,) if slot.person else ()


def _number(session: ListedSession) -> str:
    word = KIND_WORDS[session.kind]
    return f"{word} {session.number}" if session.number else word


def _title_of_only_paper(session: ListedSession) -> str:
    if session.kind == CONTRIBUTED_TALK and len(session.papers) == 1:
        return session.papers[0].title
    return ""


def _join(*parts: str) -> str:
    return ": ".join(part for part in parts if part)
