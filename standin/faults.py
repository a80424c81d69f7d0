"""Faults that a test or an operator switches on: what strikes, where, when, how often."""

import json
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from threading import Lock
from typing import Any

from standin.answers import Answer, ApiError, Json, Listing, dump_json

PAGE = "<!doctype html><html><head><title>Just a moment</title></head><body>Human verification required</body></html>"
KINDS = (
    "challenge", "change_note", "duplicate_row", "empty_list", "expire_token", "html", "ignore_after", "no_count",
    "other_bytes", "reset", "shape", "slow", "stall", "status", "throttle", "truncate", "zip_less", "zip_names",
)  # fmt: skip


@dataclass
class Fault:
    """One kind of trouble on one path: lets `after` matching calls through, then strikes `times` of them (None: all).

    `path` is exact, or a prefix when it ends in `*`; `params` must all be present with these values.
    A `late` status, throttle, html or challenge lets the request do its work first: what was written stays written.
    `options` by kind: status {status, name, message, text}; throttle {retry_after}; slow {seconds}; stall {seconds};
    change_note {id, note}; shape {top: {key: value}, row: {key: value}, drop: [key], at: index}; other_bytes {note, text};
    zip_less {note}; zip_names {form}, a name made of {id} and {name}.
    """

    kind: str
    path: str = "/notes"
    method: str = "GET"
    host: str | None = None
    params: dict[str, str] = field(default_factory=dict)
    after: int = 0
    times: int | None = None
    options: Json = field(default_factory=dict)
    seen: int = 0
    struck: int = 0

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise ValueError(f"unknown fault {self.kind!r}; one of {', '.join(KINDS)}")

    def matches(self, host: str, method: str, path: str, params: dict[str, str]) -> bool:
        if self.host not in (None, host) or self.method not in ("*", method):
            return False
        on_path = path.startswith(self.path[:-1]) if self.path.endswith("*") else path == self.path
        return on_path and all(params.get(name) == value for name, value in self.params.items())

    def strike(self) -> bool:
        """Count one matching call and tell whether this one is struck."""
        self.seen += 1
        if self.seen <= self.after or (self.times is not None and self.struck >= self.times):
            return False
        self.struck += 1
        return True


class Faults:
    """The faults of one stand-in, in the order they were added."""

    def __init__(self) -> None:
        self.rules: list[Fault] = []
        self.lock = Lock()

    def add(self, kind: str, path: str = "/notes", **fields: Any) -> Fault:
        """Switch on a fault; what Fault does not know by name goes into its options."""
        known = {"method", "host", "params", "after", "times", "options"}
        options = {**fields.pop("options", {}), **{k: fields.pop(k) for k in list(fields) if k not in known}}
        fault = Fault(kind, path, options=options, **fields)
        with self.lock:
            self.rules.append(fault)
        return fault

    def clear(self) -> None:
        with self.lock:
            self.rules.clear()

    def strike(self, host: str, method: str, path: str, params: dict[str, str]) -> list[Fault]:
        with self.lock:
            return [rule for rule in self.rules if rule.matches(host, method, path, params) and rule.strike()]


def find_fault(struck: list[Fault], kind: str) -> Fault | None:
    """Return the first struck fault of this kind."""
    return next((fault for fault in struck if fault.kind == kind), None)


def refuse_instead(struck: list[Fault], *, is_late: bool = False) -> Answer | None:
    """Return the reply that stands in for the real one, or raise it; the late ones once the work is done."""
    for fault in struck:
        options = fault.options
        if bool(options.get("late")) != is_late:
            continue
        if fault.kind == "html":
            return Answer(PAGE.encode(), content_type="text/html; charset=utf-8")
        if fault.kind == "challenge":
            raise ApiError(403, "ChallengeRequiredError", "Challenge verification required")
        if fault.kind == "throttle":
            return throttle(options.get("retry_after", 600), options.get("limit", 500))
        if fault.kind == "status" and "text" in options:
            content_type = "text/plain; charset=utf-8"
            return Answer(str(options["text"]).encode(), options.get("status", 503), content_type)
        if fault.kind == "status":
            status = options.get("status", 500)
            raise ApiError(status, options.get("name", "InternalServerError"), options.get("message", "Internal error"))
    return None


def throttle(retry_after: int, limit: int) -> Answer:
    """Return OpenReview's 429: wait `retry_after` seconds."""
    reset_at = datetime.now(UTC) + timedelta(seconds=retry_after)
    details = {
        "limit": limit,
        "remaining": 0,
        "used": limit + 1,
        "current": limit + 1,
        "resetTime": reset_at.isoformat(timespec="milliseconds").replace("+00:00", "Z"),
        "reqId": "standin-throttled",
    }
    message = f"Too many requests: the limit is {limit} per hour. Try again in {retry_after} seconds"
    body = {"name": "RateLimitError", "message": message, "status": 429, "details": details}
    headers = {
        "Retry-After": str(retry_after),
        "ratelimit-policy": f"{limit};w=3600",
        "ratelimit-limit": str(limit),
        "ratelimit-remaining": "0",
        "ratelimit-reset": str(retry_after),
        "x-ratelimit-reset": str(int(reset_at.timestamp())),
    }
    return Answer(dump_json(body), 429, headers=headers)


def spoil_listing(listing: Listing, struck: list[Fault], repeated: bytes | None) -> Answer:
    """Apply the faults that change rows or the frame around them; `repeated` is the row of `after`."""
    for fault in struck:
        if fault.kind == "no_count":
            listing.count = None
        elif fault.kind == "empty_list":
            listing.rows = []
        elif fault.kind == "duplicate_row" and repeated is not None:
            listing.rows = [repeated, *listing.rows]
    answer = listing.to_answer()
    for fault in struck:
        if fault.kind == "shape":
            answer.body = dump_json(deform(json.loads(answer.body), listing.key, fault.options))
    return answer


def deform(body: Json, key: str | None, options: Json) -> Any:
    """Return the body in a shape OpenReview never promised not to send; a body without rows counts as one row."""
    rows = body[key] if key else [body]
    if options.get("at") is not None:
        rows = rows[options["at"] : options["at"] + 1]
    for row in rows:
        row.update(options.get("row", {}))
        for name in options.get("drop", ()):
            row.pop(name, None)
    body.update(options.get("top", {}))
    return options.get("body", body)
