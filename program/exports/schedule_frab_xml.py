"""The program as frab's schedule.xml, which apps of conferences and recording teams read."""

from collections.abc import Iterator

from program.exports.escaping import escape_xml, tidy_line
from program.exports.formats import Format, Options, encode_lines
from program.exports.frab_events import DETAIL, GENERATOR, LANGUAGE, STEP, FrabDay, FrabEvent, list_days, name_acronym, name_span, name_zone
from program.listings import Listing


def write_schedule_frab_xml(listing: Listing, options: Options) -> bytes:
    """Write one document: days, in each its rooms, in each what is on there."""
    days = list_days(listing, detail=options["detail"])
    lines = ['<?xml version="1.0" encoding="utf-8"?>', "<schedule>", f'  <generator name="{GENERATOR}"/>']
    lines.append(f"  <version>{listing.schedule_version}</version>")
    lines += _write_conference(listing, days)
    for day in days:
        lines += _write_day(day)
    if not days and listing.workshop.starts_on:
        lines.append(f'  <day index="1" date="{listing.workshop.starts_on}"/>')
    return encode_lines([*lines, "</schedule>"])


def _write_conference(listing: Listing, days: list[FrabDay]) -> Iterator[str]:
    workshop = listing.workshop
    first = days[0].on if days else workshop.starts_on
    last = days[-1].on if days else workshop.ends_on or workshop.starts_on
    facts = {
        "acronym": name_acronym(listing),
        "title": tidy_line(workshop.name),
        "start": first.isoformat() if first else "",
        "end": last.isoformat() if last else "",
        "days": str(len(days)),
        "timeslot_duration": STEP,
        "time_zone_name": name_zone(listing),
    }
    yield "  <conference>"
    yield from (f"    {_write_tag(name, value)}" for name, value in facts.items() if value)
    yield "  </conference>"


def _write_day(day: FrabDay) -> Iterator[str]:
    yield f'  <day index="{day.index}" date="{day.on}" start="{day.starts_at.isoformat()}" end="{day.ends_at.isoformat()}">'
    for room, events in day.rooms:
        yield f'    <room name="{escape_xml(room)}">'
        for event in events:
            yield from _write_event(event)
        yield "    </room>"
    yield "  </day>"


def _write_event(event: FrabEvent) -> Iterator[str]:
    facts = {
        "room": event.room,
        "title": event.title,
        "subtitle": "",
        "type": event.kind,
        "date": event.starts_at.isoformat(),
        "start": f"{event.starts_at:%H:%M}",
        "duration": name_span(event.minutes),
        "abstract": event.abstract,
        "slug": event.slug,
        "track": event.track,
        "language": LANGUAGE,
        "description": event.description,
    }
    yield f'      <event id="{event.key}" guid="{event.guid}">'
    yield from (f"        {_write_tag(name, value)}" for name, value in facts.items())
    if event.url:
        yield f"        {_write_tag('url', event.url)}"
    yield "        <persons>"
    yield from (f'          <person id="{key}">{escape_xml(name)}</person>' for key, name in event.people)
    yield "        </persons>"
    yield "        <links>"
    if event.link:
        yield f'          <link href="{escape_xml(event.link)}">{escape_xml(event.link)}</link>'
    yield from ("        </links>", "      </event>")


def _write_tag(name: str, value: str) -> str:
    return f"<{name}>{escape_xml(value)}</{name}>" if value else f"<{name}/>"


SCHEDULE_FRAB_XML = Format(
    name="schedule-frab-xml",
    sentence="The program as frab's schedule.xml, for apps of conferences and recording teams.",
    media_type="application/xml",
    file_name="schedule.xml",
    write=write_schedule_frab_xml,
    options=(DETAIL,),
)
