"""Answers of OpenReview, good and bad, as values and refusals."""

import datetime as dt
import json
from typing import Any

import pytest
from requests.structures import CaseInsensitiveDict

from papers.errors import ChangedShape, NotPermitted, NotThere, OtherSideFailed, SignInNeeded, Throttled, Unavailable
from papers.openreview.answers import LONGEST_WAIT_SECONDS, Answer, BrokenOff, read_document, read_list, read_listing
from papers.openreview.documents import split_listing

JSON = "application/json; charset=utf-8"


def make_answer(body: bytes | str | dict[str, Any] | list[Any], status: int = 200, kind: str = JSON, **headers: str) -> Answer:
    raw = body if isinstance(body, bytes) else body.encode() if isinstance(body, str) else json.dumps(body).encode()
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return Answer(status, CaseInsensitiveDict({"content-type": kind, **named}), raw)


REFUSED: list[tuple[str, Answer, type[OtherSideFailed], str]] = [
    (
        "page",
        make_answer("<html>", kind="text/html"),
        Unavailable,
        "OpenReview answered with a web page instead of data. It may ask for a sign-in or a check that you are human: "
        "sign in with an account, or try again later.",
    ),
    ("broken", make_answer('{"notes": ['), BrokenOff, "OpenReview's answer broke off in the middle; try again."),
    ("no utf-8", make_answer(b'{"notes": "\xff"}'), BrokenOff, "OpenReview's answer broke off in the middle; try again."),
    ("empty", make_answer(""), BrokenOff, "OpenReview's answer broke off in the middle; try again."),
    ("list", make_answer([1]), ChangedShape, "OpenReview answered something that is not an object; nothing of it was imported."),
    ("deep", make_answer("[" * 200_000), ChangedShape, "OpenReview's answer is nested too deeply to be read; nothing of it was imported."),
    (
        "expired",
        make_answer({"name": "TokenExpiredError"}, 401),
        SignInNeeded,
        "The OpenReview session has ended; sign in again and repeat the import.",
    ),
    (
        "unauthorized",
        make_answer("no", 401, "text/plain"),
        SignInNeeded,
        "The OpenReview session has ended; sign in again and repeat the import.",
    ),
    (
        "password",
        make_answer({"name": "LoginError", "message": "Invalid username or password"}, 400),
        NotPermitted,
        "OpenReview refused the sign-in: Invalid username or password.",
    ),
    (
        "code",
        make_answer({"name": "MfaError", "message": "Invalid verification code."}, 401),
        NotPermitted,
        "OpenReview refused the sign-in: Invalid verification code.",
    ),
    (
        "challenge",
        make_answer({"name": "ChallengeRequiredError"}, 403),
        NotPermitted,
        "OpenReview asks for a check that you are human; sign in with an account, or try again later.",
    ),
    (
        "verification",
        make_answer({"message": "Human verification required"}, 403),
        NotPermitted,
        "OpenReview asks for a check that you are human; sign in with an account, or try again later.",
    ),
    (
        "challenge page",
        make_answer("<!doctype html><html>", 403, "text/html"),
        NotPermitted,
        "OpenReview asks for a check that you are human; sign in with an account, or try again later.",
    ),
    (
        "forbidden",
        make_answer({"name": "ForbiddenError", "message": "Not for you."}, 403),
        NotPermitted,
        "This OpenReview account may not read that: Not for you.",
    ),
    (
        "missing",
        make_answer({"name": "NotFoundError", "message": "The Group x was not found"}, 404),
        NotThere,
        "OpenReview has nothing there: The Group x was not found.",
    ),
    (
        "server",
        make_answer({"message": "Internal error"}, 500),
        Unavailable,
        "OpenReview failed with status 500 (Internal error); try again later.",
    ),
    (
        "gateway",
        make_answer("Bad Gateway", 502, "text/plain"),
        Unavailable,
        "OpenReview failed with status 502 (Bad Gateway); try again later.",
    ),
    (
        "gateway page",
        make_answer("<html>nginx", 503, "text/html"),
        Unavailable,
        "OpenReview failed with status 503 (a web page instead of a reason); try again later.",
    ),
    ("silent", make_answer("", 504), Unavailable, "OpenReview failed with status 504 (no reason given); try again later."),
    (
        "enum",
        make_answer({"name": "EnumError", "message": "sort must be id"}, 400),
        ChangedShape,
        "OpenReview refused the request with status 400 (EnumError: sort must be id).",
    ),
]


@pytest.mark.parametrize(("answer", "kind", "sentence"), [row[1:] for row in REFUSED], ids=[row[0] for row in REFUSED])
def test_bad_answer_is_refused_in_a_sentence(answer: Answer, kind: type[OtherSideFailed], sentence: str) -> None:
    for read in (read_document, lambda answer: read_listing(answer, "notes")):
        with pytest.raises(OtherSideFailed) as refusal:
            read(answer)
        assert (type(refusal.value), str(refusal.value)) == (kind, sentence)


WAITS = [
    ({"details": {"resetTime": "2099-01-01T00:00:00Z"}}, {}, LONGEST_WAIT_SECONDS),
    ({"details": {"resetTime": "2001-01-01T00:00:00"}}, {}, 0),
    ({"details": {"resetTime": "soon"}}, {"Retry_After": "900"}, 900),
    ({"details": [1]}, {"ratelimit_reset": "90"}, 90),
    ({}, {"Retry_After": "999999"}, LONGEST_WAIT_SECONDS),
    ({}, {"Retry_After": "Wed, 21 Oct 2026 07:28:00 GMT"}, 600),
    ({}, {}, 600),
]


@pytest.mark.parametrize(("error", "headers", "seconds"), WAITS)
def test_throttling_says_until_when(error: dict[str, Any], headers: dict[str, str], seconds: int) -> None:
    with pytest.raises(Throttled) as refusal:
        read_document(make_answer({"name": "RateLimitError", "message": "Too many", **error}, 429, **headers))
    wait = (refusal.value.until - dt.datetime.now(tz=dt.UTC)).total_seconds()
    assert wait == pytest.approx(seconds, abs=5)
    assert str(refusal.value) == f"OpenReview asks to wait until {refusal.value.until:%Y-%m-%d %H:%M:%S} UTC (Too many)."


@pytest.mark.parametrize("rows", [None, {}, "x", 7, [1], [{}, None]])
def test_list_of_another_shape_is_refused(rows: Any) -> None:
    sentence = "OpenReview's answer has no list of objects under 'notes'; nothing of it was imported."
    with pytest.raises(ChangedShape, match="^" + sentence.replace(".", r"\.") + "$"):
        read_list({"notes": rows}, "notes")
    with pytest.raises(ChangedShape, match="^" + sentence.replace(".", r"\.") + "$"):
        read_listing(make_answer({"notes": rows}), "notes")


def test_listing_gives_each_row_with_its_source() -> None:
    text = ' {"count" : 2,\n"notes": [ {"id": "ä" , "n":NaN} ,{"id":"b"}\t], "more": {"x": [1]}} '
    document, rows = read_listing(make_answer("\ufeff" + text), "notes")
    assert document == {"count": 2, "more": {"x": [1]}}
    assert rows == [({"id": "ä", "n": None}, '{"id": "ä" , "n":NaN}'.encode()), ({"id": "b"}, b'{"id":"b"}')]


def test_listing_may_be_empty() -> None:
    assert read_listing(make_answer('{"notes":[]}'), "notes") == ({}, [])


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "{}",
        "[]",
        '{"notes"}',
        '{"notes":[}',
        '{"notes":[{}',
        '{"notes":[{}]',
        '{"notes":[]} x',
        "{1:2}",
        "{[]:1}",
        '{"notes":[{}{}]}',
        '{"notes":[],}',
    ],
)
def test_listing_of_broken_text_is_no_listing(text: str) -> None:
    with pytest.raises(ValueError):
        split_listing(text, "notes")
