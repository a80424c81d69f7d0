"""GET /notes and its kin on API v2."""

import re
from collections.abc import Callable
from functools import partial

from standin.access import Viewer, can_read, can_read_field, show_fields
from standin.answers import Answer, Json, Listing, answer_json, dump_json, forbid, miss, reject
from standin.calls import Call
from standin.queries import (
    PAGING,
    Query,
    check_parameters,
    cut_page,
    parse_order,
    select_fields,
    wants_count,
)

CONTENT_FILTERS = frozenset(
    "content." + name
    for name in [
        "title",
        "confidence",
        "strengths",
        "weaknesses",
        "decision",
        "certifications",
        "previous_URL",
        "user",
        "response",
        "submission_id",
        "venue",
        "venueid",
        "venue_id",
        "presentation_type",
        "sessions",
        "track",
        "authorids",
    ]
)
FILTERS = frozenset(
    [
        "id",
        "ids",
        "invitation",
        "invitations",
        "parentInvitations",
        "forum",
        "replyto",
        "number",
        "paperhash",
        "externalId",
        "tauthor",
        "writer",
        "signature",
        "signatures",
        "transitiveMembers",
        "trash",
        "domain",
        "mintcdate",
        "mintmdate",
        "original",
        "invitee",
        "duedate",
    ]
)
KNOWN = PAGING | FILTERS | CONTENT_FILTERS
SORTS = ("id", "number", "tmdate", "tcdate", "pdate", "replyCount")
DETAILS = frozenset({"replies", "directReplies", "replyCount", "directReplyCount"})
Test = Callable[[Json], bool]


def list_notes(call: Call) -> Listing:
    """Answer GET /notes."""
    query, store = call.query, call.store
    check_parameters(query, KNOWN)
    order = parse_order(query, SORTS, "tcdate:desc")
    note_id = query.one("id")
    if note_id is not None:
        rows = [fetch_note(call, note_id)]
    else:
        key = (call.viewer.id, query.without("limit", "offset", "after", "count", "details", "select").key())
        rows = call.derived.remember_rows(key, lambda: sorted(find_notes(call), key=order.key, reverse=order.is_descending))
    page = cut_page(rows, query, order, store.notes.get)
    details = DETAILS & frozenset(query.many("details"))
    if "select" in query:
        written = [dump_json(select_fields(show_fields(note, call.viewer), query)) for note in page]
    else:
        written = [call.derived.write_note(note, call.viewer, details) for note in page]
    return Listing("notes", written, len(rows) if wants_count(query) else None)


def fetch_note(call: Call, note_id: str) -> Json:
    """Return a note by id, a deleted one too; unknown is 404, unreadable 403."""
    note = call.notes.get(note_id)
    if note is None:
        raise miss("Note", note_id)
    if not can_read(note, call.viewer):
        raise forbid(f"User {call.viewer.id} does not have permission to see Note {note_id}")
    return note


def find_notes(call: Call) -> list[Json]:
    """Return the readable notes that pass every filter, unsorted."""
    tests = build_tests(call.query, call.viewer)
    forum = call.query.one("forum")
    candidates = list(call.store.notes.values())
    if forum is not None and len(call.query.values["forum"]) == 1:
        candidates = [note for note in candidates if note["forum"] == forum]
    return [note for note in candidates if all(test(note) for test in tests) and can_read(note, call.viewer)]


def build_tests(query: Query, viewer: Viewer) -> list[Test]:
    """Turn every filter into a test; a note must pass all of them."""
    tests: list[Test] = []
    if not query.flag("trash"):
        tests.append(lambda note: not note.get("ddate"))
    for parameter, name in (("forum", "forum"), ("replyto", "replyto"), ("number", "number"), ("ids", "id")):
        if parameter in query:
            tests.append(partial(has_one, name, frozenset(query.many(parameter))))
    for parameter, name in (("invitation", "invitations"), ("signature", "signatures"), ("writer", "writers")):
        if parameter in query:
            tests.append(partial(lists_one, name, frozenset([query.one(parameter) or ""])))
    for parameter in ("invitations", "signatures"):
        if parameter in query:
            tests.append(partial(lists_one, parameter, frozenset(query.many(parameter))))
    for name in ("domain", "parentInvitations", "paperhash"):
        if name in query:
            tests.append(partial(has_one, name, frozenset([query.one(name) or ""])))
    if "externalId" in query:
        tests.append(partial(lists_one, "externalIds", frozenset([query.one("externalId") or ""])))
    for parameter, name in (("mintcdate", "tcdate"), ("mintmdate", "tmdate")):
        least = query.integer(parameter)
        if least is not None:
            tests.append(partial(is_at_least, name, least))
    for parameter in CONTENT_FILTERS & query.values.keys():
        name = parameter.removeprefix("content.")
        tests.append(partial(has_content, name, query.values[parameter], viewer))
    return tests


def has_one(name: str, wanted: frozenset[str], note: Json) -> bool:
    """Tell whether the note's value is one of those wanted."""
    return str(note.get(name)) in wanted


def lists_one(name: str, wanted: frozenset[str], note: Json) -> bool:
    """Tell whether the note lists one of those wanted."""
    return not wanted.isdisjoint(note.get(name) or ())


def is_at_least(name: str, least: int, note: Json) -> bool:
    """Tell whether a time of the note is not before `least`."""
    return int(note.get(name) or 0) >= least


def has_content(name: str, wanted: list[str], viewer: Viewer, note: Json) -> bool:
    """Compare a content field that the viewer may read; author ids are found in either encoding.

    One value may be several with commas between them, as OpenReview's own code asks for venueids.
    """
    content = note.get("content") or {}
    entry = content.get(name)
    if name == "authorids" and entry is None:
        entry = content.get("authors")
    if not isinstance(entry, dict) or not can_read_field(entry, note, viewer):
        return False
    value = entry.get("value")
    values = value if isinstance(value, list) else [value]
    known = {str(item.get("username")) if isinstance(item, dict) else str(item) for item in values}
    return not known.isdisjoint([*wanted, *(part for value in wanted for part in value.split(","))])


def search_notes(call: Call) -> Listing:
    """Answer a search for a term in titles and authors."""
    check_parameters(call.query, PAGING | {"term", "content", "group", "source", "type", "venueid"})
    term = (call.query.one("term") or "").casefold()
    live = [note for note in call.store.notes.values() if not note.get("ddate") and can_read(note, call.viewer)]
    shown = [show_fields(note, call.viewer) for note in live]
    pattern = re.compile(re.escape(term))
    found = [note for note in shown if pattern.search(dump_json(note.get("content")).decode().casefold())]
    limit, offset = call.query.integer("limit", 1, 1000) or 1000, call.query.integer("offset") or 0
    return Listing("notes", [dump_json(note) for note in found[offset : offset + limit]], len(found))


def list_notes_by_id(call: Call) -> Listing:
    """Answer POST /notes/search with {ids}."""
    ids = call.json.get("ids")
    if not isinstance(ids, list):
        raise reject("ids must be array", "TypeError")
    notes = [call.store.notes[note_id] for note_id in ids if note_id in call.store.notes]
    rows = [dump_json(show_fields(note, call.viewer)) for note in notes if can_read(note, call.viewer)]
    return Listing("notes", rows, len(rows))


def list_note_edits(call: Call) -> Listing:
    """Answer the history of a note, newest first."""
    query = call.query
    known = PAGING | {"id", "ids", "note.id", "invitation", "domain", "trash", "tauthor", "writer", "signatures"}
    check_parameters(query, known)
    order = parse_order(query, ("id", "tcdate", "tmdate", "cdate"), "tcdate:desc")
    edits = [edit for edit in call.store.edits if "note" in edit and can_read(edit, call.viewer)]
    if not query.flag("trash"):
        edits = [edit for edit in edits if not edit.get("ddate")]
    for name in ("id", "invitation", "domain"):
        if name in query:
            edits = [edit for edit in edits if edit.get(name) == query.one(name)]
    if "note.id" in query:
        edits = [edit for edit in edits if edit["note"].get("id") == query.one("note.id")]
    if "id" in query and not edits:
        raise miss("Edit", query.one("id") or "")
    edits.sort(key=order.key, reverse=order.is_descending)
    by_id = {edit["id"]: edit for edit in edits}
    page = cut_page(edits, query, order, by_id.get)
    rows = [dump_json({**edit, "note": show_edited_note(edit, call.viewer)}) for edit in page]
    return Listing("edits", rows, len(edits) if wants_count(query) else None)


def show_edited_note(edit: Json, viewer: Viewer) -> Json:
    """Hide the changed fields that the viewer may not read, by the edit's domain and readers."""
    shown = show_fields({**edit["note"], "domain": edit.get("domain"), "readers": edit["readers"]}, viewer)
    return {name: value for name, value in shown.items() if name in edit["note"]}


def list_process_logs(call: Call) -> Answer:
    """Answer that the process function of any edit went well."""
    return answer_json({"logs": [{"id": call.query.one("id"), "status": "ok", "log": []}], "count": 1})
