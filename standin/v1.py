"""The v1 twin: plain content, one invitation a note, blind notes with originals, `count` always there."""

import re
from functools import partial

from standin.access import can_read
from standin.answers import Json, Listing, dump_json, reject
from standin.calls import Call
from standin.groups import PREFIX_REGEX
from standin.notes import CONTENT_FILTERS, FILTERS, Test, fetch_note, has_one, is_at_least, lists_one
from standin.queries import PAGING, Query, check_parameters, cut_page, parse_order, select_fields

KNOWN = PAGING | CONTENT_FILTERS | (FILTERS - {"domain", "parentInvitations", "externalId", "mintmdate"}) | {"referent"}
SORTS = ("id", "number", "tmdate", "tcdate", "cdate", "mdate", "pdate", "replyCount")


def list_notes(call: Call) -> Listing:
    """Answer GET /notes of API v1."""
    query, notes = call.query, call.notes
    check_parameters(query, KNOWN)
    order = parse_order(query, SORTS, "tcdate:desc")
    note_id = query.one("id")
    if note_id is not None:
        rows = [fetch_note(call, note_id)]
    else:
        tests = build_tests(query)
        rows = [note for note in notes.values() if all(test(note) for test in tests) and can_read(note, call.viewer)]
        rows.sort(key=order.key, reverse=order.is_descending)
    page = cut_page(rows, query, order, notes.get)
    details = frozenset(query.many("details"))
    shown = [select_fields(add_details(note, call, details), query) for note in page]
    return Listing("notes", [dump_json(note) for note in shown], len(rows))


def build_tests(query: Query) -> list[Test]:
    """Turn every filter into a test; a note must pass all of them."""
    tests: list[Test] = []
    if not query.flag("trash"):
        tests.append(lambda note: not note.get("ddate"))
    invitation = query.one("invitation")
    if invitation is not None:
        tests.append(build_invitation_test(invitation))
    if "invitations" in query:
        tests.append(partial(has_one, "invitation", frozenset(query.many("invitations"))))
    for parameter, name in (("forum", "forum"), ("replyto", "replyto"), ("number", "number"), ("ids", "id")):
        if parameter in query:
            tests.append(partial(has_one, name, frozenset(query.many(parameter))))
    for name in ("original", "referent", "paperhash"):
        if name in query and query.one(name) not in ("true", "false"):
            tests.append(partial(has_one, name, frozenset([query.one(name) or ""])))
    for parameter, name in (("signature", "signatures"), ("signatures", "signatures"), ("writer", "writers")):
        if parameter in query:
            tests.append(partial(lists_one, name, frozenset(query.many(parameter))))
    least = query.integer("mintcdate")
    if least is not None:
        tests.append(partial(is_at_least, "tcdate", least))
    for parameter in CONTENT_FILTERS & query.values.keys():
        tests.append(partial(has_plain_content, parameter.removeprefix("content."), query.values[parameter]))
    return tests


def build_invitation_test(pattern: str) -> Test:
    """Match an exact invitation or a prefix; a wildcard in the middle has been refused since 2023."""
    if re.search(r"[*+?()\[\]{}|^$\\]", pattern) is None:
        return partial(has_one, "invitation", frozenset([pattern]))
    if not PREFIX_REGEX.fullmatch(pattern):
        raise reject(f"{pattern} must be a prefix regex", path="invitation", value=pattern)
    start = pattern.lstrip("^").rstrip("$").removesuffix(".*")
    return lambda note: str(note["invitation"]).startswith(start)


def has_plain_content(name: str, wanted: list[str], note: Json) -> bool:
    """Compare a content value, or any of a list."""
    value = note["content"].get(name)
    return not {str(item) for item in (value if isinstance(value, list) else [value])}.isdisjoint(wanted)


def add_details(note: Json, call: Call, details: frozenset[str]) -> Json:
    """Add the original of a blind note and the replies, as far as the viewer may read them."""
    extra: Json = {}
    original = call.store.notes_v1.get(note.get("original") or "")
    if "original" in details and original is not None and can_read(original, call.viewer):
        extra["original"] = original
    forum = call.derived.replies_v1.get(note["forum"], ())
    replies = [reply for reply in forum if reply["id"] != note["id"] and can_read(reply, call.viewer)]
    direct = [reply for reply in replies if reply.get("replyto") == note["id"]]
    for name, value in (("replies", replies), ("directReplies", direct)):
        if name in details:
            extra[name] = value
    for name, rows in (("replyCount", replies), ("directReplyCount", direct)):
        if name in details:
            extra[name] = len(rows)
    return {**note, "details": extra} if extra else note


def list_references(call: Call) -> Listing:
    """Answer the revisions of a note; with `original=true` those of its original too."""
    query = call.query
    check_parameters(query, KNOWN | {"pdf"})
    wanted = {query.one("referent")}
    if query.flag("original"):
        blind = call.store.notes_v1.get(query.one("referent") or "", {})
        wanted.add(blind.get("original"))
    rows = [row for row in call.store.references_v1 if "referent" not in query or row["referent"] in wanted]
    rows = [row for row in rows if can_read(row, call.viewer)]
    if "id" in query:
        rows = [row for row in rows if row["id"] == query.one("id")]
    offset, limit = query.integer("offset") or 0, query.integer("limit", 1, 1000) or 1000
    return Listing("references", [dump_json(row) for row in rows[offset : offset + limit]], len(rows))
