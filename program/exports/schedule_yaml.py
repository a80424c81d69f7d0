"""The program as YAML, for static sites that lay it out themselves."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from papers.listings import ListedPaper
from program.exports.escaping import escape_address, escape_json, tidy_line, tidy_text
from program.exports.formats import Format, Options, encode_lines
from program.listings import ListedPerson, ListedSession, ListedSlot, Listing
from program.listings.wording import count_minutes, group_by_day, name_session

VERSION = 1


def write_schedule_yaml(listing: Listing, options: Options) -> bytes:
    """Write one mapping: the workshop, then its days with their sessions; every text is quoted, so that nothing in it means anything."""
    workshop = listing.workshop
    days = group_by_day(listing.sessions)
    document = {
        "schema": "syntagen-schedule",
        "version": VERSION,
        "workshop": {"slug": workshop.slug, "name": tidy_line(workshop.name), "zone": workshop.zone, "room": tidy_line(workshop.room)},
        "days": [
            {"date": on.isoformat() if on else None, "sessions": [_describe_session(session, sessions) for session in sessions]}
            for on, sessions in days
        ],
    }
    return encode_lines(list(_write_mapping(document, 0)))


def _describe_session(session: ListedSession, sessions: list[ListedSession]) -> dict[str, Any]:
    return {
        "uid": session.uid,
        "kind": session.kind,
        "name": tidy_line(name_session(session)),
        "title": tidy_line(session.title),
        "starts_at": session.starts_at.isoformat() if session.starts_at else None,
        "minutes": count_minutes(session, sessions),
        "room": tidy_line(session.room),
        "link": escape_address(session.link),
        "is_streamed": session.is_streamed,
        "people": [_describe_person(person) for person in session.people],
        "held": [_describe_slot(slot) for slot in session.held],
    }


def _describe_person(person: ListedPerson) -> dict[str, Any]:
    return {
        "name": tidy_line(person.name),
        "part": person.kind,
        "affiliation": tidy_line(person.affiliation),
        "url": escape_address(person.url),
        "abstract": tidy_text(person.abstract),
        "bio": tidy_text(person.bio),
    }


def _describe_slot(slot: ListedSlot) -> dict[str, Any]:
    return {
        "kind": slot.kind,
        "title": tidy_line(slot.name),
        "people": _list_names(slot.paper, slot.person),
        "starts_at": slot.starts_at.isoformat() if slot.starts_at else None,
        "minutes": slot.minutes,
        "question_minutes": slot.question_minutes,
        "board": tidy_line(slot.board),
        "paper": slot.paper.note_id if slot.paper else "",
        "url": escape_address(slot.paper.url) if slot.paper else "",
    }


def _list_names(paper: ListedPaper | None, person: ListedPerson | None) -> list[str]:
    names = [author.name for author in paper.authors] if paper else [person.name] if person else []
    return [tidy_line(name) for name in names]


def _write_mapping(mapping: Mapping[str, Any], depth: int, *, opening: str = "") -> Iterator[str]:
    """Write a mapping, its first line begun with `opening` where it stands in a list."""
    for place, (key, value) in enumerate(mapping.items()):
        start = opening if opening and place == 0 else "  " * depth
        if isinstance(value, Mapping):
            yield f"{start}{key}:"
            yield from _write_mapping(value, depth + 1)
        elif isinstance(value, list) and value:
            yield f"{start}{key}:"
            yield from _write_list(value, depth + 1)
        else:
            yield f"{start}{key}: {_quote(value)}"


def _write_list(values: list[Any], depth: int) -> Iterator[str]:
    dash = "  " * depth + "- "
    for value in values:
        if isinstance(value, Mapping):
            yield from _write_mapping(value, depth + 1, opening=dash)
        else:
            yield f"{dash}{_quote(value)}"


def _quote(value: Any) -> str:
    """Return a value as JSON, which YAML reads the same way."""
    return escape_json(json.dumps(value, ensure_ascii=False))


SCHEDULE_YAML = Format(
    name="schedule-yaml",
    sentence="The program with people, papers, talks as YAML, for sites that lay it out themselves.",
    media_type="application/yaml",
    file_name="schedule.yml",
    write=write_schedule_yaml,
)
