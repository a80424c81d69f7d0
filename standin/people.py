"""Profiles, edges, tags, venues and messages: everything about people that is not a note."""

from standin.access import Viewer, can_read
from standin.answers import Answer, Json, Listing, answer_json, dump_json, forbid, miss, reject
from standin.calls import Call
from standin.queries import PAGING, Query, check_parameters
from standin.store import make_tilde_id

PROFILE_FILTERS = frozenset(
    [
        "id",
        "ids",
        "email",
        "emails",
        "confirmedEmail",
        "confirmedEmails",
        "first",
        "middle",
        "last",
        "fullname",
        "term",
        "relation",
        "dblp",
        "group",
        "trash",
        "withBlocked",
        "needsModeration",
        "state",
        "es",
    ]
)
MESSAGE_FIELDS = frozenset(
    ["groups", "subject", "message", "invitation", "signature", "ignoreGroups", "fromName", "fromEmail", "replyTo", "parentGroup", "useJob"]
)
EDGE_FILTERS = frozenset(["id", "invitation", "head", "tail", "label", "trash", "groupBy", "domain"])


def list_profiles(call: Call) -> Listing:
    """Answer GET /profiles and GET /profiles/search."""
    query = call.query
    check_parameters(query, PAGING | PROFILE_FILTERS)
    derived = call.derived
    if "id" in query:
        profile = derived.profiles_by_name.get(query.one("id") or "")
        return show_profiles([profile] if profile else [], call.viewer)
    if "email" in query or "confirmedEmail" in query:
        email = (query.one("email") or query.one("confirmedEmail") or "").lower()
        profile = derived.profiles_by_email.get(email)
        return show_profiles([profile] if profile else [], call.viewer)
    if query.values.keys() & {"ids", "emails", "confirmedEmails"}:
        return find_profiles(call, {name: query.many(name) for name in ("ids", "emails", "confirmedEmails")})
    profiles = [profile for profile in call.store.profiles.values() if is_named(profile, query)]
    limit, offset = query.integer("limit", 1, 1000) or 1000, query.integer("offset") or 0
    return show_profiles(profiles[offset : offset + limit], call.viewer)


def is_named(profile: Json, query: Query) -> bool:
    """Tell whether the profile carries every part of a name that is asked for."""
    wanted = [query.one(name) for name in ("term", "fullname", "first", "middle", "last")]
    names = " ".join(str(name.get("fullname")) for name in profile["content"].get("names", [])).casefold()
    return all(part.casefold() in names for part in wanted if part)


def search_profiles(call: Call) -> Listing:
    """Answer POST /profiles/search: exactly one of ids, emails, confirmedEmails, at most 1000 of them."""
    return find_profiles(call, call.json)


def find_profiles(call: Call, wanted: Json) -> Listing:
    """Return profiles by ids, or by addresses and then with the address that matched."""
    given = {name: wanted[name] for name in ("ids", "emails", "confirmedEmails") if wanted.get(name)}
    if len(given) != 1 or any(not isinstance(values, list) for values in given.values()):
        raise reject("Exactly one of ids, emails, confirmedEmails must be an array")
    name, values = next(iter(given.items()))
    if len(values) > 1000:
        raise reject(f"{name} must NOT have more than 1000 items", "ItemsError", path=name)
    if name == "ids":
        found = {profile["id"]: profile for key in values if (profile := call.derived.profiles_by_name.get(key))}
        return show_profiles(list(found.values()), call.viewer)
    rows = []
    for email in values:
        profile = call.derived.profiles_by_email.get(str(email).lower())
        if profile and (name == "emails" or email in profile["content"].get("emailsConfirmed", ())):
            matched = {"email": email} if name == "emails" else {"email": email, "confirmedEmails": [email]}
            rows.append(dump_json({**show_profile(profile, call.viewer), **matched}))
    return Listing("profiles", rows, len(rows))


def show_profiles(profiles: list[Json], viewer: Viewer) -> Listing:
    """Serialise profiles as the viewer may see them."""
    return Listing("profiles", [dump_json(show_profile(profile, viewer)) for profile in profiles], len(profiles))


def show_profile(profile: Json, viewer: Viewer) -> Json:
    """Return a profile with its addresses obfuscated, unless it is the viewer's own."""
    if viewer.is_super or viewer.id == profile["id"]:
        return profile
    content = dict(profile["content"])
    for name in ("emails", "emailsConfirmed"):
        content[name] = [obfuscate_email(email) for email in content.get(name, [])]
    if "preferredEmail" in content:
        content["preferredEmail"] = obfuscate_email(content["preferredEmail"])
    return {**profile, "content": content}


def obfuscate_email(email: str) -> str:
    """Return ****@domain."""
    return "****@" + email.rpartition("@")[2]


def list_edges(call: Call) -> Listing:
    """Answer GET /edges, grouped or not."""
    query = call.query
    check_parameters(query, PAGING | EDGE_FILTERS)
    edges = find_edges(call)
    if "groupBy" in query:
        return group_edges(edges, query)
    if not query.flag("stream"):
        offset, limit = query.integer("offset") or 0, query.integer("limit", 1, 1000) or 1000
        page = edges[offset : offset + limit]
    else:
        page = edges
    return Listing("edges", [dump_json(edge) for edge in page], len(edges))


def find_edges(call: Call) -> list[Json]:
    """Return the readable edges that pass every filter."""
    query = call.query
    edges = [edge for edge in call.store.edges if can_read(edge, call.viewer)]
    if not query.flag("trash"):
        edges = [edge for edge in edges if not edge.get("ddate")]
    for name in ("id", "invitation", "head", "tail", "label", "domain"):
        if name in query:
            edges = [edge for edge in edges if edge.get(name) == query.one(name)]
    return edges


def group_edges(edges: list[Json], query: Query) -> Listing:
    """Answer grouped edges: one row per head or tail, its values cut to `select`."""
    name = query.one("groupBy") or "head"
    if name not in ("head", "tail"):
        raise reject("groupBy must be equal to one of the allowed values: head, tail", "EnumError", path="groupBy")
    grouped: dict[str, list[Json]] = {}
    for edge in edges:
        selected = query.many("select") or [key for key in edge if key not in (name, "invitation")]
        grouped.setdefault(edge[name], []).append({key: edge[key] for key in selected if key in edge})
    offset = query.integer("offset") or 0
    keys = list(grouped)[offset : offset + (query.integer("limit", 1, 1000) or len(grouped) or 1)]
    rows = [dump_json({"id": {name: key}, "count": len(grouped[key]), "values": grouped[key]}) for key in keys]
    return Listing("groupedEdges", rows, len(grouped))


def count_edges(call: Call) -> Answer:
    """Answer GET /edges/count."""
    check_parameters(call.query, EDGE_FILTERS)
    return answer_json({"count": len(find_edges(call))})


def list_tags(call: Call) -> Listing:
    """Answer GET /tags."""
    rows = [dump_json(tag) for tag in call.store.tags if can_read(tag, call.viewer)]
    return Listing("tags", rows, len(rows))


def list_venues(call: Call) -> Listing:
    """Answer thin front-page entries made from the domain groups."""
    query = call.query
    check_parameters(query, PAGING | {"id", "ids", "invitations"})
    wanted = query.many("id") + query.many("ids")
    rows = []
    for group in call.store.groups.values():
        if group.get("domain") == group["id"] and (not wanted or group["id"] in wanted):
            content = {name: group["content"][name] for name in ("title", "subtitle") if name in group["content"]}
            rows.append(dump_json({"id": group["id"], "content": content}))
    return Listing("venues", rows)


def suggest_username(call: Call) -> Answer:
    """Answer the tilde id that a name would get."""
    return answer_json({"username": make_tilde_id(call.query.one("fullname") or "")})


def list_messages(call: Call) -> Listing:
    """Answer the letters sent: all to the super user, to others their own."""
    query = call.query
    check_parameters(query, PAGING | {"id", "jobId", "to", "subject", "parentGroup", "status", "tauthor", "viewed"})
    messages = call.store.messages
    if not call.viewer.is_super:
        messages = [message for message in messages if message["tauthor"] == call.viewer.id]
    if query.one("subject"):
        messages = [message for message in messages if message["content"]["subject"] == query.one("subject")]
    if query.one("to"):
        messages = [message for message in messages if query.one("to") == message["content"]["to"]]
    offset, limit = query.integer("offset") or 0, query.integer("limit", 1, 1000) or 1000
    return Listing("messages", [dump_json(row) for row in messages[offset : offset + limit]], len(messages))


def list_message_requests(call: Call) -> Listing:
    """Answer what the caller asked to be sent, by id or by the invitation that allowed it."""
    query = call.query
    check_parameters(query, PAGING | {"id", "invitation"})
    if "id" not in query and "invitation" not in query:
        raise reject("Either id or invitation is required", "MissingError")
    requests = [row for row in call.store.message_requests if row["tauthor"] == call.viewer.id or call.viewer.is_super]
    for name in ("id", "invitation"):
        requests = [row for row in requests if query.one(name) in (None, row.get(name))]
    rows = [dump_json(row) for row in requests]
    return Listing("requests", rows, len(rows))


def send_message(call: Call) -> Answer:
    """Record one letter per recipient; who may not sign as the venue is refused."""
    body = call.json
    for name in ("groups", "subject", "message"):
        if not body.get(name):
            raise reject(f"{name} is required", "MissingError", path=name)
    signature = body.get("signature")
    if call.host == "v2" and body.get("invitation") not in call.store.invitations:
        raise miss("Invitation", str(body.get("invitation")))
    if signature and not call.viewer.acts_as(signature):
        raise forbid(f"{call.viewer.id} is not allowed to sign as {signature}")
    if call.host == "v2":
        check_message(call, body)
    store = call.store
    with store.changing() as now:
        request = {**body, "id": store.make_id("message", now), "tauthor": call.viewer.id}
        store.message_requests.append(request)
        for recipient in expand_recipients(call, body["groups"], body.get("ignoreGroups") or []):
            store.messages.append(
                {
                    "id": store.make_id("message", now, recipient),
                    "requestId": request["id"],
                    "status": "delivered",
                    "cdate": now,
                    "timestamp": now,
                    "tauthor": call.viewer.id,
                    "content": {"to": recipient, "subject": body["subject"], "text": body["message"]},
                }
            )
    return answer_json(request)


def check_message(call: Call, body: Json) -> None:
    """Refuse fields that a message request does not have, and callers whom its invitation does not invite."""
    unknown = sorted(body.keys() - MESSAGE_FIELDS)
    if unknown:
        raise reject(f"The property {unknown[0]} must NOT be present", "AdditionalPropertiesError", path=unknown[0])
    if not isinstance(body["groups"], list):
        raise reject("groups must be an array", path="groups")
    invitees = call.store.invitations[body["invitation"]].get("invitees") or ["everyone"]
    if call.viewer.groups.isdisjoint(invitees) and not call.viewer.is_super:
        raise forbid(f"{call.viewer.id} is not invited to {body['invitation']}")


def expand_recipients(call: Call, groups: list[str], ignored: list[str]) -> list[str]:
    """Return people, not groups: members of members, each once."""
    found: dict[str, None] = {}
    waiting = list(groups)
    while waiting:
        name = waiting.pop(0)
        members = call.store.groups.get(name, {}).get("members")
        if name in ignored:
            continue
        if members is None:
            found.setdefault(name)
        else:
            waiting.extend(members)
    return list(found)
