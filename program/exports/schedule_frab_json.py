"""The program as frab's schedule.json: the same facts as its schedule.xml."""

import json
from typing import Any

from program.exports.escaping import escape_json, tidy_line
from program.exports.formats import Format, Options
from program.exports.frab_events import (
    DETAIL,
    GENERATOR,
    LANGUAGE,
    STEP,
    FrabDay,
    FrabEvent,
    list_days,
    make_guid,
    name_acronym,
    name_span,
    name_zone,
)
from program.listings import Listing

SCHEMA = "https://c3voc.de/schedule/schema.json"


def write_schedule_frab_json(listing: Listing, options: Options) -> bytes:
    """Write one document, keys in the order of the schema."""
    days = list_days(listing, detail=options["detail"])
    document = {
        "$schema": SCHEMA,
        "generator": {"name": GENERATOR},
        "schedule": {"version": str(listing.schedule_version), "conference": _describe_conference(listing, days)},
    }
    return escape_json(json.dumps(document, ensure_ascii=False, indent=2)).encode() + b"\n"


def _describe_conference(listing: Listing, days: list[FrabDay]) -> dict[str, Any]:
    workshop = listing.workshop
    first = days[0].on if days else workshop.starts_on
    last = days[-1].on if days else workshop.ends_on or workshop.starts_on
    rooms = dict.fromkeys(room for day in days for room, _ in day.rooms)
    return {
        "acronym": name_acronym(listing),
        "title": tidy_line(workshop.name),
        "start": first.isoformat() if first else "",
        "end": last.isoformat() if last else "",
        "daysCount": len(days),
        "timeslot_duration": STEP,
        "time_zone_name": name_zone(listing),
        "rooms": [{"name": room, "guid": make_guid(listing, f"room {room}")} for room in rooms],
        "days": [_describe_day(day) for day in days],
    }


def _describe_day(day: FrabDay) -> dict[str, Any]:
    return {
        "index": day.index,
        "date": day.on.isoformat(),
        "day_start": day.starts_at.isoformat(),
        "day_end": day.ends_at.isoformat(),
        "rooms": {room: [_describe_event(event) for event in events] for room, events in day.rooms},
    }


def _describe_event(event: FrabEvent) -> dict[str, Any]:
    return {
        "id": event.key,
        "guid": event.guid,
        "date": event.starts_at.isoformat(),
        "start": f"{event.starts_at:%H:%M}",
        "duration": name_span(event.minutes),
        "room": event.room,
        "slug": event.slug,
        "url": event.url,
        "title": event.title,
        "subtitle": "",
        "track": event.track,
        "type": event.kind,
        "language": LANGUAGE,
        "abstract": event.abstract,
        "description": event.description,
        "persons": [{"id": key, "public_name": name} for key, name in event.people],
        "links": [{"url": event.link, "title": event.link}] if event.link else [],
        "attachments": [],
    }


SCHEDULE_FRAB_JSON = Format(
    name="schedule-frab-json",
    sentence="The same as JSON.",
    media_type="application/json",
    file_name="schedule.json",
    write=write_schedule_frab_json,
    options=(DETAIL,),
)
