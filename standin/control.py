"""POST /__control: faults, upstream changes and counters for a stand-in that runs as a process of its own."""

import json
from collections import Counter
from typing import TYPE_CHECKING

from standin.answers import Answer, ApiError, answer_json, reject

if TYPE_CHECKING:
    from standin.server import Standin


def answer_control(standin: "Standin", method: str, raw: bytes) -> Answer:
    """Do what the JSON says, in this order, and report what was seen.

    {"reset": true} forgets requests and faults; "faults": [{kind, path, ...}] adds some; "clear": true removes all;
    "anonymous": how guests are met; "change": [{id, note}] edits notes upstream.
    """
    if not standin.has_control:
        return ApiError(404, "NotFoundError", f"Cannot {method} /__control").to_answer(0)
    try:
        body = json.loads(raw or b"{}")
        report = apply_control(standin, body)
    except (ValueError, KeyError, TypeError) as error:
        return reject(f"control: {error}").to_answer(0)
    return answer_json(report)


def apply_control(standin: "Standin", body: dict[str, object]) -> dict[str, object]:
    """Change the running stand-in and return counts, requests and faults."""
    if body.get("reset"):
        standin.requests.clear()
        standin.used.clear()
    if body.get("reset") or body.get("clear"):
        standin.faults.clear()
    faults, changes = body.get("faults") or [], body.get("change") or []
    if not isinstance(faults, list) or not isinstance(changes, list):
        raise TypeError("faults and change must be lists")
    for fault in faults:
        standin.faults.add(**fault)
    for change in changes:
        standin.store.change_note(change["id"], change["note"])
    if isinstance(body.get("anonymous"), str):
        standin.anonymous = str(body["anonymous"])
    seen = list(standin.requests)
    return {
        "counts": dict(Counter(f"{request.method} {request.path}" for request in seen)),
        "requests": [[request.host, request.method, request.path, request.params, request.status] for request in seen],
        "faults": [{"kind": rule.kind, "path": rule.path, "seen": rule.seen, "struck": rule.struck} for rule in standin.faults.rules],
    }
