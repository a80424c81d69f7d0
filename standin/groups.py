"""GET /groups and /invitations, the same on both hosts but for what API v1 never had."""

import re

from standin.access import can_read, gather_groups, show_fields
from standin.answers import Json, Listing, dump_json, forbid, miss, reject
from standin.calls import Call
from standin.queries import PAGING, Query, check_parameters, cut_page, parse_order, select_fields, wants_count

GROUP_FILTERS = frozenset(
    [
        "id",
        "ids",
        "prefix",
        "parent",
        "member",
        "members",
        "signature",
        "signatory",
        "writer",
        "host",
        "web",
        "domain",
        "invitation",
        "regex",
        "trash",
    ]
)
INVITATION_FILTERS = frozenset(
    [
        "id",
        "ids",
        "invitation",
        "prefix",
        "domain",
        "type",
        "replyForum",
        "replyInvitation",
        "minduedate",
        "invitee",
        "signature",
        "replyto",
        "duedate",
        "pastdue",
        "expired",
        "tags",
        "edges",
        "notes",
        "note",
        "replytoNote",
        "trash",
        "super",
        "regex",
    ]
)
SORTS = ("id", "tcdate", "tmdate", "cdate", "duedate", "expdate")
PREFIX_REGEX = re.compile(r"\^?[^\\*+?()\[\]{}|^$]*(\.\*)?\$?")


def list_groups(call: Call) -> Listing:
    """Answer GET /groups."""
    query = call.query
    check_parameters(query, PAGING | GROUP_FILTERS)
    if "id" in query:
        rows = [fetch_item(call, call.store.groups, "Group", query.one("id") or "")]
    else:
        rows = [group for group in call.store.groups.values() if is_wanted_group(group, call)]
        rows = [group for group in rows if can_read(group, call.viewer)]
    return answer_items(call, "groups", rows)


def fetch_item(call: Call, items: dict[str, Json], kind: str, key: str) -> Json:
    """Return a group or invitation by id; unknown is 404, unreadable 403."""
    item = items.get(key)
    if item is None or item.get("ddate"):
        raise miss(kind, key)
    if not can_read(item, call.viewer):
        raise forbid(f"User {call.viewer.id} does not have permission to see {kind} {key}")
    return item


def is_wanted_group(group: Json, call: Call) -> bool:
    """Apply the filters of GET /groups, all of them."""
    query, group_id = call.query, group["id"]
    if group.get("ddate") and not query.flag("trash"):
        return False
    if "ids" in query and group_id not in query.many("ids"):
        return False
    if not matches_prefix(group_id, query):
        return False
    if "parent" in query and group_id.rpartition("/")[0] != query.one("parent"):
        return False
    if "domain" in query and group.get("domain") != query.one("domain"):
        return False
    if "members" in query and query.one("members") not in group["members"]:
        return False
    for name, key in (("signatory", "signatories"), ("signature", "signatures"), ("writer", "writers")):
        if name in query and query.one(name) not in (group.get(key) or ()):
            return False
    if "member" in query:
        member = query.one("member") or ""
        return group_id != member and group_id in gather_groups([member], call.derived.memberships)
    return True


def matches_prefix(item_id: str, query: Query) -> bool:
    """Match `prefix`, or v1's `regex`, which may have a wildcard at its end only."""
    pattern = query.one("prefix")
    if pattern is None:
        pattern = query.one("regex")
        if pattern is None:
            return True
    if not PREFIX_REGEX.fullmatch(pattern):
        raise reject(f"{pattern} must be a prefix regex", path="regex", value=pattern)
    return item_id.startswith(pattern.lstrip("^").rstrip("$").removesuffix(".*"))


def list_invitations(call: Call) -> Listing:
    """Answer GET /invitations."""
    query = call.query
    check_parameters(query, PAGING | INVITATION_FILTERS)
    items = call.store.invitations_v1 if call.host == "v1" else call.store.invitations
    if "id" in query:
        rows = [fetch_item(call, items, "Invitation", query.one("id") or "")]
    else:
        rows = [item for item in items.values() if is_wanted_invitation(item, query, call.store.now)]
        rows = [item for item in rows if can_read(item, call.viewer)]
    return answer_items(call, "invitations", rows)


def is_wanted_invitation(item: Json, query: Query, now: int) -> bool:
    """Apply the filters; without `expired=true` an invitation past its expdate stays out."""
    if item.get("ddate") and not query.flag("trash"):
        return False
    if not query.flag("expired") and (item.get("expdate") or now) < now:
        return False
    if not matches_prefix(item["id"], query):
        return False
    if "ids" in query and item["id"] not in query.many("ids"):
        return False
    if "invitation" in query and query.one("invitation") not in item.get("invitations", ()):
        return False
    if "domain" in query and item.get("domain") != query.one("domain"):
        return False
    if "super" in query and item.get("super") != query.one("super"):
        return False
    if "type" in query and query.one("type") not in ("all", "note", "notes", str(item.get("type")).lower()):
        return False
    note = item.get("edit", {}).get("note", {}) if isinstance(item.get("edit"), dict) else {}
    forum = note.get("forum") if isinstance(note, dict) else None
    for name in ("replyForum", "note", "replytoNote"):
        if name in query and query.one(name) not in (forum, note.get("id") if isinstance(note, dict) else None):
            return False
    return True


def answer_items(call: Call, key: str, rows: list[Json]) -> Listing:
    """Sort, cut and serialise groups or invitations."""
    query = call.query
    order = parse_order(query, SORTS, "id")
    rows = sorted(rows, key=order.key, reverse=order.is_descending)
    by_id = {row["id"]: row for row in rows}
    page = [show_item(row, call) for row in cut_page(rows, query, order, by_id.get)]
    is_counted = wants_count(query) or call.host == "v1"
    return Listing(key, [dump_json(select_fields(row, query)) for row in page], len(rows) if is_counted else None)


def show_item(item: Json, call: Call) -> Json:
    """Return what the viewer may read; the v1 host knows no content on a group."""
    if call.host == "v1":
        return {name: value for name, value in item.items() if name not in ("content", "domain", "invitations")}
    return show_fields(item, call.viewer)
