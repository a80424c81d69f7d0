"""Turns what OpenReview answers into values or refusals."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from papers.errors import ChangedShape, NotPermitted, NotThere, OtherSideFailed, Rejected, SignInNeeded, Throttled, Unavailable
from papers.openreview.documents import Row, read_object, split_listing

DEFAULT_WAIT_SECONDS = 600
LONGEST_WAIT_SECONDS = 6 * 3600
HUMAN_CHECK = "OpenReview asks for a check that you are human; sign in with an account, or try again later."


class BrokenOff(Unavailable):
    """The answer ended in the middle; the same request may well go through."""

    def __init__(self) -> None:
        super().__init__("OpenReview's answer broke off in the middle; try again.")


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back for one request; the names of `headers` are looked up without regard to case."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def content_type(self) -> str:
        """Return the media type, with what may follow it."""
        return str(self.headers.get("Content-Type") or "").lower()


def read_document(answer: Answer) -> dict[str, Any]:
    """Return the JSON object of a good answer; raise the fitting refusal for every other."""
    document = _parse(answer)
    if answer.status >= 400:
        raise explain_error(answer.status, document or _quote(answer), answer.headers)
    if document is None:
        raise Unavailable(
            "OpenReview answered with a web page instead of data. It may ask for a sign-in or a check that you are human: "
            "sign in with an account, or try again later."
        )
    return document


def refuse_rejected(answer: Answer) -> None:
    """Raise `Rejected` or `NotPermitted` for a write that OpenReview understood and turned down; let anything else pass."""
    if answer.status not in {400, 403, 422}:
        return
    error = _parse(answer) or _quote(answer)
    name, message = str(error.get("name") or ""), _read_message(error)
    if name in {"RateLimitError", "TokenExpiredError", "LoginError", "MfaError", "ChallengeRequiredError"} or _asks_for_human(message):
        raise explain_error(answer.status, error, answer.headers)
    if answer.status == 403:
        raise NotPermitted(f"This OpenReview account may not write that: {message}.")
    raise Rejected(f"OpenReview refused it: {message}.", name=name)


def read_listing(answer: Answer, key: str) -> tuple[dict[str, Any], list[Row]]:
    """Return the object of a good answer and the objects listed under `key`, each with its source text."""
    try:
        if answer.status >= 400:
            raise ValueError("an error has no list")
        document, rows = split_listing(answer.body.decode("utf-8-sig"), key)
    except (ValueError, RecursionError):
        read_list(read_document(answer), key)
        raise ChangedShape(f"OpenReview's list of {key} could not be read; nothing of it was imported.") from None
    if not all(isinstance(row, dict) for row, _ in rows):
        raise _no_list(key)
    return document, rows


def read_list(document: dict[str, Any], key: str) -> list[dict[str, Any]]:
    """Return the list of objects under `key`; refuse any other shape."""
    rows = document.get(key)
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise _no_list(key)
    return rows


def explain_error(status: int, error: dict[str, Any], headers: Mapping[str, str] | None = None) -> OtherSideFailed:
    """Return the refusal for an error answer with `status` and OpenReview's error object."""
    name = str(error.get("name") or "")
    message = _read_message(error)
    if status == 429 or name == "RateLimitError":
        until = _read_wait(error, headers or {})
        return Throttled(f"OpenReview asks to wait until {until:%Y-%m-%d %H:%M:%S} UTC ({message}).", until=until)
    if name in {"LoginError", "MfaError"}:
        return NotPermitted(f"OpenReview refused the sign-in: {message}.")
    if status == 401 or name == "TokenExpiredError":
        return SignInNeeded("The OpenReview session has ended; sign in again and repeat the import.")
    if name == "ChallengeRequiredError" or _asks_for_human(message):
        return NotPermitted(HUMAN_CHECK)
    if status == 403:
        return NotPermitted(f"This OpenReview account may not read that: {message}.")
    if status == 404 or name == "NotFoundError":
        return NotThere(f"OpenReview has nothing there: {message}.")
    if status >= 500:
        return Unavailable(f"OpenReview failed with status {status} ({message}); try again later.")
    return ChangedShape(f"OpenReview refused the request with status {status} ({name or 'no name'}: {message}).")


def _read_message(error: dict[str, Any]) -> str:
    return str(error.get("message") or "").strip().rstrip(".")[:300] or "no reason given"


def _asks_for_human(message: str) -> bool:
    return "human verification" in message.lower()


def _parse(answer: Answer) -> dict[str, Any] | None:
    try:
        document = read_object(answer.body.decode("utf-8-sig"))
    except RecursionError:
        raise ChangedShape("OpenReview's answer is nested too deeply to be read; nothing of it was imported.") from None
    except ValueError:
        if "json" in answer.content_type and answer.status < 400:
            raise BrokenOff from None
        return None
    if not isinstance(document, dict):
        raise ChangedShape("OpenReview answered something that is not an object; nothing of it was imported.")
    return document


def _quote(answer: Answer) -> dict[str, Any]:
    """Return an answer without JSON in the form of an error: the words of a plain text, nothing of a web page."""
    text = answer.body[:300].decode(errors="replace")
    if "html" in answer.content_type or "<html" in text.lower():
        return {"name": "ChallengeRequiredError"} if answer.status == 403 else {"message": "a web page instead of a reason"}
    return {"message": text}


def _no_list(key: str) -> ChangedShape:
    return ChangedShape(f"OpenReview's answer has no list of objects under {key!r}; nothing of it was imported.")


def _read_wait(error: dict[str, Any], headers: Mapping[str, str]) -> dt.datetime:
    now = dt.datetime.now(tz=dt.UTC)
    limit = now + dt.timedelta(seconds=LONGEST_WAIT_SECONDS)
    details = error.get("details")
    if isinstance(details, dict) and isinstance(details.get("resetTime"), str):
        try:
            until = dt.datetime.fromisoformat(details["resetTime"])
            return max(now, min(until if until.tzinfo else until.replace(tzinfo=dt.UTC), limit))
        except ValueError:
            pass
    for header in ("Retry-After", "ratelimit-reset"):
        raw = str(headers.get(header, ""))
        if raw.isdigit():
            return now + dt.timedelta(seconds=min(int(raw), LONGEST_WAIT_SECONDS))
    return now + dt.timedelta(seconds=DEFAULT_WAIT_SECONDS)
