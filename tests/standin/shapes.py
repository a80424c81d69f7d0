"""The shapes that OpenReview's replies have, and a checker that names what does not fit."""

from typing import Any

WHO = {"readers": list, "nonreaders": list, "writers": list, "signatures": list}
TIMES = dict.fromkeys(("cdate", "mdate", "ddate", "tcdate", "tmdate"), int)
NOTE = {
    **WHO, **TIMES, "id": str, "forum": str, "replyto": str, "number": int, "domain": str, "version": int, "license": str,
    "invitations": list, "parentInvitations": str, "pdate": int, "odate": int, "content": dict, "details": dict, "externalIds": list,
}  # fmt: skip
NOTE_V1 = {
    **WHO, "id": str, "original": (str, type(None)), "number": int, "cdate": int, "tcdate": int, "tmdate": int, "pdate": int,
    "odate": int, "mdate": (int, type(None)), "ddate": (int, type(None)), "tddate": (int, type(None)), "forum": str,
    "referent": (str, type(None)), "invitation": str, "replyto": (str, type(None)), "content": dict, "details": dict,
}  # fmt: skip
GROUP = {
    **WHO, **TIMES, "id": str, "invitations": list, "parent": str, "content": dict, "signatories": list, "members": list,
    "deanonymizers": list, "impersonators": list, "host": str, "web": str, "domain": (str, type(None)), "anonids": bool,
}  # fmt: skip
INVITATION = {
    **WHO, **TIMES, "id": str, "type": str, "invitations": list, "content": dict, "domain": str, "edit": (dict, bool),
    "duedate": int, "expdate": int, "invitees": list, "noninvitees": list, "maxReplies": int, "minReplies": int,
}  # fmt: skip
PROFILE = {**WHO, **TIMES, "id": str, "invitation": str, "state": str, "active": bool, "password": bool, "content": dict, "email": str}
EDGE = {**WHO, **TIMES, "id": str, "invitation": str, "head": str, "tail": str, "label": str, "weight": (int, float), "domain": str}
EDIT = {**WHO, **TIMES, "id": str, "invitation": str, "domain": str, "content": dict, "note": dict, "tauthor": str}
MESSAGE = {"id": str, "requestId": str, "status": str, "cdate": int, "timestamp": int, "tauthor": str, "content": dict}
ERROR = {"name": str, "message": str, "status": int, "details": dict}
NAME = {"preferred": bool, "first": str, "middle": str, "last": str, "fullname": str, "username": str}
NEEDED = {
    "notes": ("id", "forum", "invitations", "signatures", "readers", "writers", "cdate", "tcdate", "mdate", "tmdate", "content"),
    "groups": ("id", "members", "readers", "writers", "signatures", "signatories"),
    "invitations": ("id", "readers", "writers", "signatures", "invitees"),
    "profiles": ("id", "invitation", "content", "readers", "writers", "signatures"),
    "edges": ("head", "tail"),
    "edits": ("id", "invitation", "signatures", "note", "tcdate", "tmdate"),
    "messages": ("id", "content"),
}
ENTRY = ("value", "readers", "nonreaders")
KINDS: dict[str, dict[str, Any]] = {
    "notes": NOTE,
    "groups": GROUP,
    "invitations": INVITATION,
    "profiles": PROFILE,
    "edges": EDGE,
    "edits": EDIT,
    "messages": MESSAGE,
}


def list_misfits(body: Any, key: str, *, frame: tuple[str, ...] = ("count",)) -> list[str]:
    """Return a sentence per thing in a listing that has not its shape; the frame is closed."""
    if not isinstance(body, dict) or not isinstance(body.get(key), list):
        return [f"no list {key}"]
    found = [f"{name} beside {key}" for name in body if name not in (key, *frame)]
    for row in body[key]:
        found += check_row(row, KINDS[key], NEEDED[key], str(row.get("id")))
        if key == "notes":
            found += check_note(row)
        if key == "profiles":
            found += [f"name {name}" for name in row["content"]["names"] if check_row(name, NAME, ("fullname", "username"), "")]
    return found


def check_row(row: dict[str, Any], shape: dict[str, Any], needed: tuple[str, ...], label: str) -> list[str]:
    found = [f"{label}: no {name}" for name in needed if name not in row]
    for name, value in row.items():
        if name not in shape:
            found.append(f"{label}: {name} is not in the shape")
        elif not isinstance(value, shape[name]) or (shape[name] is int and isinstance(value, bool)):
            found.append(f"{label}: {name} is {type(value).__name__}")
        elif name.endswith("date") and isinstance(value, int) and not 10**12 < value < 10**13:
            found.append(f"{label}: {name} is not in milliseconds")
    return found


def check_note(note: dict[str, Any]) -> list[str]:
    """Check what only notes have: wrapped content, a reply's parent, replies in the details."""
    label = note["id"]
    entries = note["content"].items()
    found = [f"{label}: content {name}" for name, entry in entries if not isinstance(entry, dict) or "value" not in entry]
    found += [
        f"{label}: content {name} has {key}" for name, entry in entries for key in entry if key not in ("value", "readers", "nonreaders")
    ]
    is_reply = note["forum"] != note["id"]
    if is_reply is not ("replyto" in note):
        found.append(f"{label}: replyto")
    if is_reply and not all("/-/" in invitation for invitation in note["invitations"]):
        found.append(f"{label}: invitations")
    for name in ("replies", "directReplies"):
        for reply in note.get("details", {}).get(name, ()):
            found += check_row(reply, NOTE, NEEDED["notes"], reply["id"]) + check_note(reply)
    return found
