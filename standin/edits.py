"""The write path of API v2: edits are merged into notes, groups and invitations, and kept as history."""

import re
from typing import Any

from standin.answers import Answer, Json, answer_json, forbid, miss, reject
from standin.calls import Call

CHILD = re.compile(r"(?P<venue>.+)/(?P<kind>[^/]+?)(?P<number>\d+)/-/(?P<name>[^/]+)")
TOP = ("readers", "nonreaders", "writers", "signatures", "ddate", "pdate", "odate", "cdate", "mdate", "license")
DATES = {"activation_date": "cdate", "due_date": "duedate", "expiration_date": "expdate"}


def post_note_edit(call: Call) -> Answer:
    """Create or change a note and answer with the edit, as OpenReview does."""
    body, store = call.json, call.store
    invitation = find_invitation(call, str(body.get("invitation")))
    check_signatures(call, body)
    posted = dict(body.get("note") or {})
    template = get_note_template(invitation)
    check_content(posted.get("content") or {}, template)
    with store.changing() as now:
        note = store.notes.get(posted.get("id", "")) if posted.get("id") else None
        if posted.get("id") and note is None:
            raise miss("Note", posted["id"])
        if note is None:
            note = create_note(call, invitation, template, now)
        merge_note(note, posted, invitation["id"], now)
        edit = make_edit(call, body, invitation, now)
        edit["note"] = {**posted, "id": note["id"], "forum": note["forum"]}
        store.edits.append(edit)
        follow_decision(call, invitation, note)
    return answer_json(edit)


def find_invitation(call: Call, invitation_id: str) -> Json:
    """Return the open invitation; a child of a stage may be implied by its parent."""
    invitations = call.store.invitations
    invitation = invitations.get(invitation_id) or imply_child(call, invitation_id)
    if invitation is None or invitation.get("ddate"):
        raise miss("Invitation", invitation_id)
    if (invitation.get("expdate") or call.store.now) < call.store.now:
        raise reject(f"The Invitation {invitation_id} has expired", "ExpiredInvitationError")
    if call.viewer.groups.isdisjoint(invitation.get("invitees") or ["everyone"]) and not call.viewer.is_super:
        raise forbid(f"{call.viewer.id} is not invited to {invitation_id}")
    return invitation


def imply_child(call: Call, invitation_id: str) -> Json | None:
    """Return `<venue>/Submission<N>/-/<stage>` made from its stage, where a lean venue has not written it out."""
    match = CHILD.fullmatch(invitation_id)
    parent = call.store.invitations.get(f"{match['venue']}/-/{match['name']}") if match else None
    if match is None or parent is None:
        return None
    submission = call.store.groups[match["venue"]]["content"]["submission_id"]["value"]
    for note in call.store.notes.values():
        if note["number"] == int(match["number"]) and submission in note["invitations"]:
            template = {**get_note_template(parent), "forum": note["id"], "replyto": note["id"]}
            return {**parent, "id": invitation_id, "maxReplies": 1, "edit": {"note": template}, "parent": parent["id"]}
    return None


def get_note_template(invitation: Json) -> Json:
    """Return what the invitation says about notes, if anything."""
    edit = invitation.get("edit")
    note = edit.get("note") if isinstance(edit, dict) else None
    return note if isinstance(note, dict) else {}


def check_signatures(call: Call, body: Json) -> None:
    """Refuse an edit signed as somebody the caller is not."""
    signatures = body.get("signatures")
    if not signatures:
        raise reject("signatures is required", "MissingError", path="signatures")
    for signature in signatures:
        if not call.viewer.acts_as(signature):
            raise forbid(f"{call.viewer.id} is not allowed to sign as {signature}")


def check_content(content: Json, template: Json) -> None:
    """Refuse an unknown field, a value outside its enum, another than the constant, where the invitation says so."""
    declared = template.get("content")
    if not declared:
        return
    for name, entry in content.items():
        if name not in declared:
            message = f"The property {name} must NOT be present"
            raise reject(message, "AdditionalPropertiesError", path=f"note/content/{name}")
        value = entry.get("value") if isinstance(entry, dict) else entry
        wanted = declared[name].get("value")
        if not isinstance(wanted, dict):
            if value != wanted and not is_delete(value):
                raise reject(f"The value {value} in {name} must be {wanted}", "ConstError", path=f"note/content/{name}/value", value=value)
            continue
        allowed = wanted.get("param", {}).get("enum")
        if allowed and value not in allowed and not is_delete(value):
            message = f"The value {value} in {name} must be equal to one of the allowed values: {', '.join(allowed)}"
            raise reject(message, "EnumError", path=f"note/content/{name}/value", value=value)


def create_note(call: Call, invitation: Json, template: Json, now: int) -> Json:
    """Add an empty note for this invitation; more than its `maxReplies` are refused."""
    store = call.store
    live = [n for n in store.notes.values() if invitation["id"] in n["invitations"] and not n.get("ddate")]
    most = invitation.get("maxReplies")
    if most is not None and len(live) >= most:
        message = f"The Invitation {invitation['id']} has reached the maximum number ({most}) of replies"
        raise reject(message, "TooManyError", path="invitation", value=invitation["id"])
    note_id = store.make_id("note", invitation["id"], now)
    note = {
        "id": note_id,
        "forum": template.get("forum") or note_id,
        "number": 1 + max((n["number"] for n in live), default=0),
        "domain": invitation.get("domain"),
        "version": 0,
        "invitations": [],
        "signatures": call.json["signatures"],
        "readers": template.get("readers") or ["everyone"],
        "nonreaders": template.get("nonreaders") or [],
        "writers": [invitation.get("domain"), *call.json["signatures"]],
        "cdate": now,
        "tcdate": now,
        "content": {},
    }
    if template.get("replyto"):
        note["replyto"] = template["replyto"]
        note["parentInvitations"] = invitation.get("parent") or re.sub(r"/[^/]+(?=/-/)", "", invitation["id"])
    store.notes[note_id] = note
    return note


def merge_note(note: Json, posted: Json, invitation_id: str, now: int) -> None:
    """Merge a partial note: a {"delete": true} removes, lists may be added to or taken from."""
    for name in TOP:
        if name in posted:
            merge_value(note, name, posted[name])
    content = dict(note["content"])
    for name, entry in (posted.get("content") or {}).items():
        value = entry.get("value") if isinstance(entry, dict) and "value" in entry else None
        if is_delete(entry) or is_delete(value):
            content.pop(name, None)
        elif isinstance(entry, dict):
            content[name] = dict(content.get(name, {}))
            for key, item in entry.items():
                merge_value(content[name], key, item)
    note["content"] = content
    if invitation_id not in note["invitations"]:
        note["invitations"] = [*note["invitations"], invitation_id]
    note["version"] = note.get("version", 0) + 1
    note["mdate"] = note["tmdate"] = now


def is_delete(value: Any) -> bool:
    """Tell whether the value asks for removal."""
    return isinstance(value, dict) and value.get("delete") is True


def merge_value(target: Json, name: str, value: Any) -> None:
    """Set, remove, or add to and take from `target[name]`."""
    if is_delete(value):
        target.pop(name, None)
    elif isinstance(value, dict) and value.keys() & {"add", "append", "remove"}:
        items = list(target.get(name) or [])
        added = value.get("add", [])
        items += [item for item in ([added] if isinstance(added, str) else added) if item not in items]
        items += value.get("append", [])
        removed = value.get("remove", [])
        target[name] = [item for item in items if item not in ([removed] if isinstance(removed, str) else removed)]
    else:
        target[name] = value


def make_edit(call: Call, body: Json, invitation: Json, now: int) -> Json:
    """Return the frame of an edit: who, when, through which invitation."""
    domain = invitation.get("domain")
    signatures = body.get("signatures") or [call.viewer.id]
    return {
        "id": call.store.make_id("edit", now),
        "invitation": invitation["id"],
        "domain": domain,
        "signatures": signatures,
        "readers": body.get("readers") or [domain or "everyone", *signatures],
        "writers": body.get("writers") or [domain],
        "nonreaders": body.get("nonreaders") or [],
        "cdate": now,
        "tcdate": now,
        "tmdate": now,
        "tauthor": call.viewer.id,
    }


def follow_decision(call: Call, invitation: Json, note: Json) -> None:
    """Do what the process function does: authors of an accepted paper join the accepted group, and stay there."""
    group = call.store.groups.get(invitation.get("domain") or "", {})
    content = group.get("content", {})
    field = content.get("decision_field_name", {}).get("value", "decision")
    decision = note["content"].get(field, {}).get("value")
    if decision in content.get("accept_decision_options", {}).get("value", []):
        accepted = call.store.groups[content["authors_accepted_id"]["value"]]
        paper = call.store.notes[note["forum"]]
        authors = f"{group['id']}/{content['submission_name']['value']}{paper['number']}/Authors"
        if authors not in accepted["members"]:
            accepted["members"] = [*accepted["members"], authors]


def post_group_edit(call: Call) -> Answer:
    """Create or change a group; members may be added and removed."""
    body, store = call.json, call.store
    check_signatures(call, body)
    posted = dict(body.get("group") or {})
    with store.changing() as now:
        group = store.groups.get(str(posted.get("id")))
        if group is None:
            group = store.add_group(posted["id"], signatures=body["signatures"])
        elif call.viewer.groups.isdisjoint(group["writers"]) and not call.viewer.is_super:
            raise forbid(f"{call.viewer.id} is not allowed to edit {group['id']}")
        for name in ("members", "readers", "nonreaders", "writers", "signatories"):
            if name in posted:
                merge_value(group, name, posted[name])
        group.setdefault("content", {}).update(posted.get("content") or {})
        group["tmdate"] = now
        edit = make_edit(call, body, {"id": body.get("invitation"), "domain": group.get("domain")}, now)
        edit["group"] = posted
        store.edits.append(edit)
    return answer_json(edit)


def post_invitation_edit(call: Call) -> Answer:
    """Merge into an invitation; `<stage>/Dates` sets the stage's own dates."""
    body, store = call.json, call.store
    check_signatures(call, body)
    name = str(body.get("invitations"))
    posted = dict(body.get("invitation") or {})
    if name.endswith("/Dates"):
        content = body.get("content") or {}
        posted = {DATES[key]: entry["value"] for key, entry in content.items() if key in DATES}
        posted["id"] = name.removesuffix("/Dates")
    with store.changing() as now:
        invitation = store.invitations.get(str(posted.get("id")))
        if invitation is None:
            raise miss("Invitation", str(posted.get("id")))
        if not call.viewer.acts_as(invitation.get("domain") or ""):
            raise forbid(f"{call.viewer.id} is not allowed to edit {invitation['id']}")
        for key, value in posted.items():
            merge_value(invitation, key, value)
        invitation["tmdate"] = now
        edit = make_edit(call, body, {"id": name, "domain": invitation.get("domain")}, now)
        edit["invitation"] = posted
        store.edits.append(edit)
    return answer_json(edit)
