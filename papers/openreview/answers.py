"""Turns what OpenReview answers into values or refusals."""

import datetime as dt
import json
from typing import Any

from requests import Response

from papers.errors import ChangedShape, NotPermitted, NotThere, OtherSideFailed, SignInNeeded, Throttled, Unavailable

DEFAULT_WAIT_SECONDS = 600
LONGEST_WAIT_SECONDS = 6 * 3600


def read_document(response: Response) -> dict[str, Any]:
    """Return the JSON object of a good answer; raise the fitting refusal for every other."""
    document = _parse_json(response)
    if response.status_code >= 400:
        raise explain_error(response.status_code, document or {}, response.headers)
    if document is None:
        raise Unavailable(
            "OpenReview answered with a web page instead of data. It may ask for a sign-in or a check that you are human: "
            "sign in with an account, or try again later."
        )
    return document


def read_list(document: dict[str, Any], key: str) -> list[dict[str, Any]]:
    """Return the list of objects under `key`; refuse any other shape."""
    rows = document.get(key)
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise ChangedShape(f"OpenReview's answer has no list of objects under {key!r}; nothing of it was imported.")
    return rows


def explain_error(status: int, error: dict[str, Any], headers: Any = None) -> OtherSideFailed:
    """Return the refusal for an error answer with `status` and OpenReview's error object."""
    name = str(error.get("name") or "")
    message = str(error.get("message") or "").strip()[:300] or "no reason given"
    if status == 429 or name == "RateLimitError":
        until = _read_wait(error, headers or {})
        return Throttled(f"OpenReview asks to wait until {until:%Y-%m-%d %H:%M:%S} UTC ({message}).", until=until)
    if status == 401 or name == "TokenExpiredError":
        return SignInNeeded("The OpenReview session has ended; sign in again and repeat the import.")
    if name in {"LoginError", "MfaError"}:
        return NotPermitted(f"OpenReview refused the sign-in: {message}.")
    if name == "ChallengeRequiredError" or "human verification" in message.lower():
        return NotPermitted("OpenReview asks for a check that you are human; sign in with an account, or try again later.")
    if status == 403:
        return NotPermitted(f"This OpenReview account may not read that: {message}")
    if status == 404 or name == "NotFoundError":
        return NotThere(f"OpenReview has nothing there: {message}")
    if status >= 500:
        return Unavailable(f"OpenReview failed with status {status} ({message}); try again later.")
    return ChangedShape(f"OpenReview refused the request with status {status} ({name or 'no name'}: {message}).")


def _parse_json(response: Response) -> dict[str, Any] | None:
    try:
        document = json.loads(response.content)
    except ValueError:
        if "json" in response.headers.get("Content-Type", "") and response.status_code < 400:
            raise Unavailable("OpenReview's answer broke off in the middle; try again.") from None
        return None
    if not isinstance(document, dict):
        raise ChangedShape("OpenReview answered something that is not an object; nothing of it was imported.")
    return document


def _read_wait(error: dict[str, Any], headers: Any) -> dt.datetime:
    now = dt.datetime.now(tz=dt.UTC)
    limit = now + dt.timedelta(seconds=LONGEST_WAIT_SECONDS)
    details = error.get("details")
    if isinstance(details, dict) and isinstance(details.get("resetTime"), str):
        try:
            until = dt.datetime.fromisoformat(details["resetTime"])
            return min(until if until.tzinfo else until.replace(tzinfo=dt.UTC), limit)
        except ValueError:
            pass
    for header in ("Retry-After", "ratelimit-reset"):
        raw = str(headers.get(header, ""))
        if raw.isdigit():
            return now + dt.timedelta(seconds=min(int(raw), LONGEST_WAIT_SECONDS))
    return now + dt.timedelta(seconds=DEFAULT_WAIT_SECONDS)
