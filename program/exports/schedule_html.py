"""The schedule as the HTML table of the SyntaGen sites."""

from collections.abc import Iterable

from program.exports.escaping import escape_html
from program.exports.formats import Format, FormatOption, Options, encode_lines
from program.listings import ListedSession, Listing
from program.listings.wording import (
    TO_BE_DETERMINED,
    count_minutes,
    group_by_day,
    list_held_below,
    list_speakers,
    name_clock,
    name_day,
    name_rooms,
    name_session,
    needs_speaker,
)

LEFT = ' style="text-align:left;"'


def write_schedule_html(listing: Listing, options: Options) -> bytes:
    """Write one table a day, with a heading where there are several days; TBD while there is no released schedule."""
    if not listing.sessions:
        return encode_lines([f"<p>{TO_BE_DETERMINED}</p>"])
    days, has_rooms = group_by_day(listing.sessions), name_rooms(listing.sessions)
    lines: list[str] = []
    for day, sessions in days:
        if len(days) > 1:
            lines.append(f"<h4>{name_day(day) if day else TO_BE_DETERMINED}</h4>")
        lines.extend(_write_table(sessions, with_papers=options["papers"] == "yes", has_rooms=has_rooms))
    return encode_lines(lines)


def _write_table(sessions: list[ListedSession], *, with_papers: bool, has_rooms: bool) -> Iterable[str]:
    yield from ("<table>", "  <thead>", "    <tr>")
    yield from (f"      <th{LEFT}>Time</th>", "      <th>Event</th>", f"      <th{LEFT}>Duration</th>", f"      <th{LEFT}>Speaker</th>")
    if has_rooms:
        yield f"      <th{LEFT}>Room</th>"
    yield from ("    </tr>", "  </thead>", "  <tbody>")
    for session in sessions:
        minutes = count_minutes(session, sessions)
        yield "    <tr>"
        yield f"      <td{LEFT}>{name_clock(session.starts_at) if session.starts_at else TO_BE_DETERMINED}</td>"
        yield f"      <td>{_write_event(session, with_papers=with_papers)}</td>"
        yield f"      <td{LEFT}>{'' if minutes is None else f'{minutes} mins'}</td>"
        yield f"      <td{LEFT}>{_write_speakers(session)}</td>"
        if has_rooms:
            yield f"      <td{LEFT}>{escape_html(session.room)}</td>"
        yield "    </tr>"
    yield from ("  </tbody>", "</table>")


def _write_event(session: ListedSession, *, with_papers: bool) -> str:
    event = escape_html(name_session(session))
    if not with_papers:
        return event
    return event + "".join(f"<br>{escape_html(title)}" for title, _ in list_held_below(session))


def _write_speakers(session: ListedSession) -> str:
    names = ", ".join(f"<b>{escape_html(name)}</b>" for name in list_speakers(session))
    return names or (TO_BE_DETERMINED if needs_speaker(session) else "")


SCHEDULE_HTML = Format(
    name="schedule-html",
    sentence="The program as an HTML table: time, event, duration, speaker.",
    media_type="text/html; charset=utf-8",
    file_name="schedule.html",
    write=write_schedule_html,
    options=(
        FormatOption("dialect", ("syntagen",), "syntagen: the table of the SyntaGen sites."),
        FormatOption("papers", ("no", "yes"), "yes: the titles of papers and talks stand under their session."),
    ),
)
