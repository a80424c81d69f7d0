"""The schedule as a Markdown table with the zone of its times."""

from program.exports.escaping import escape_markdown
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
    name_offset_of,
    name_rooms,
    name_session,
    needs_speaker,
)

HEAD = ("| Time | Event | Duration | Speaker |", "|------|-------|----------|---------|")
ROOM_HEAD = (" Room |", "------|")


def write_schedule_markdown(listing: Listing, options: Options) -> bytes:
    """Write one table a day with the zone of its times; TBD while there is no released schedule."""
    if not listing.sessions:
        return encode_lines([TO_BE_DETERMINED])
    days, has_rooms = group_by_day(listing.sessions), name_rooms(listing.sessions)
    lines: list[str] = []
    for day, sessions in days:
        if lines:
            lines.append("")
        if len(days) > 1:
            lines += [f"#### {name_day(day) if day else TO_BE_DETERMINED}", ""]
        lines += _write_zone(sessions, listing.workshop.zone)
        lines += [f"{line}{column}" for line, column in zip(HEAD, ROOM_HEAD if has_rooms else ("", ""), strict=True)]
        rows = [_write_row(session, sessions, with_papers=options["papers"] == "yes") for session in sessions]
        rooms = [f" {escape_markdown(session.room)} |" if has_rooms else "" for session in sessions]
        lines += [f"{row}{room}" for row, room in zip(rows, rooms, strict=True)]
    return encode_lines(lines)


def _write_zone(sessions: list[ListedSession], zone: str) -> list[str]:
    start = next((session.starts_at for session in sessions if session.starts_at), None)
    return [f"All times are {name_offset_of(start, zone)}.", ""] if start else []


def _write_row(session: ListedSession, sessions: list[ListedSession], *, with_papers: bool) -> str:
    minutes = count_minutes(session, sessions)
    event = escape_markdown(name_session(session))
    if with_papers:
        event += "".join(f"<br>{_write_talk(title, names)}" for title, names in list_held_below(session))
    names = ", ".join(escape_markdown(name) for name in list_speakers(session))
    cells = (
        name_clock(session.starts_at) if session.starts_at else TO_BE_DETERMINED,
        event,
        "" if minutes is None else f"{minutes} mins",
        names or (TO_BE_DETERMINED if needs_speaker(session) else ""),
    )
    return f"| {' | '.join(cells)} |"


def _write_talk(title: str, names: tuple[str, ...]) -> str:
    told = ", ".join(map(escape_markdown, names))
    return f"{escape_markdown(title)}. {told}" if told else escape_markdown(title)


SCHEDULE_MARKDOWN = Format(
    name="schedule-markdown",
    sentence="The program as a Markdown table, with the zone of its times and the papers of each session.",
    media_type="text/markdown; charset=utf-8",
    file_name="schedule.md",
    write=write_schedule_markdown,
    options=(FormatOption("papers", ("yes", "no"), "yes: papers and talks stand under their session, with their names."),),
)
