"""What a request can be answered with: JSON, rows of a listing, bytes, or a refusal."""

import json
from dataclasses import dataclass, field
from typing import Any

TYPE_JSON = "application/json; charset=utf-8"
Json = dict[str, Any]


class ApiError(Exception):
    """A reply that is not 2xx, in OpenReview's shape: name, message, status, details."""

    def __init__(self, status: int, name: str, message: str, details: Json | None = None) -> None:
        super().__init__(message)
        self.status = status
        self.name = name
        self.message = message
        self.details = details or {}

    def to_answer(self, request_number: int) -> "Answer":
        details = {**self.details, "reqId": f"standin-{request_number}"}
        body = {"name": self.name, "message": self.message, "status": self.status, "details": details}
        return Answer(dump_json(body), status=self.status)


@dataclass
class Answer:
    """A reply that is ready for the wire."""

    body: bytes
    status: int = 200
    content_type: str = TYPE_JSON
    headers: dict[str, str] = field(default_factory=dict)


@dataclass
class Listing:
    """Rows of one kind, each already JSON; `count` is left out when None."""

    key: str
    rows: list[bytes]
    count: int | None = None

    def to_answer(self) -> Answer:
        parts = [b'{"%s":[' % self.key.encode(), b",".join(self.rows), b"]"]
        if self.count is not None:
            parts.append(b',"count":%d' % self.count)
        parts.append(b"}")
        return Answer(b"".join(parts))


def dump_json(value: Any) -> bytes:
    """Return compact UTF-8 JSON, as OpenReview sends it: not ASCII-escaped."""
    try:
        return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
    except UnicodeEncodeError:  # half a surrogate pair can travel escaped only
        return json.dumps(value, separators=(",", ":")).encode()


def answer_json(value: Any) -> Answer:
    """Return 200 with this value."""
    return Answer(dump_json(value))


def forbid(message: str) -> ApiError:
    """Return the 403 for what the caller may not see or do."""
    return ApiError(403, "ForbiddenError", message)


def miss(kind: str, key: str) -> ApiError:
    """Return the 404 for an id that does not exist."""
    return ApiError(404, "NotFoundError", f"The {kind} {key} was not found", {"path": "id", "value": key})


def reject(message: str, name: str = "ValidationError", **details: Any) -> ApiError:
    """Return a 400 with OpenReview's error name; `details` say where."""
    return ApiError(400, name, message, details)
