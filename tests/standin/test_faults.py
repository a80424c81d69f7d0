"""Every fault, as the unmodified client meets it."""

import time
from typing import Any

import openreview
import pytest
import requests
from openreview.api import Note, OpenReviewClient

from standin import Fault, Standin, Venue
from tests.standin.conftest import CHAIR, PASSWORD, VENUE, OpenClient

SUBMISSION = f"{VENUE}/-/Submission"


def fetch(client: OpenReviewClient, **params: Any) -> list[int]:
    return [note.number for note in client.get_all_notes(invitation=SUBMISSION, sort="number", **params)]


@pytest.mark.parametrize(
    ("kind", "options", "error", "words"),
    [
        ("html", {}, requests.JSONDecodeError, "Expecting value"),
        ("challenge", {}, openreview.OpenReviewException, "ChallengeRequiredError"),
        ("throttle", {"retry_after": 900}, openreview.OpenReviewException, "RateLimitError"),
        ("status", {"status": 500}, openreview.OpenReviewException, "InternalServerError"),
        ("status", {"status": 502, "text": "Bad Gateway"}, openreview.OpenReviewException, "Bad Gateway"),
        ("status", {"status": 503, "text": "Service Unavailable"}, openreview.OpenReviewException, "Service Unavailable"),
        ("reset", {}, requests.exceptions.ChunkedEncodingError, "reset"),
        ("truncate", {}, requests.JSONDecodeError, "Unterminated|Expecting"),
        ("no_count", {}, KeyError, "count"),
        ("expire_token", {}, openreview.OpenReviewException, "TokenExpiredError"),
        ("shape", {"top": {"notes": None}}, TypeError, "NoneType"),
        ("shape", {"body": []}, TypeError, "list indices"),
    ],
)
def test_fault_strikes_once_and_passes(
    standin: Standin, client: OpenReviewClient, kind: str, options: dict[str, Any], error: type[Exception], words: str
) -> None:
    standin.faults.add(kind, times=1, **options)
    with pytest.raises(error, match=words):
        fetch(client)
    if kind == "expire_token":
        client.login_user(CHAIR, PASSWORD)
    assert fetch(client) == [1, 2, 3]


def test_throttle_says_when_to_come_back(standin: Standin, client: OpenReviewClient) -> None:
    standin.faults.add("throttle", after=1, retry_after=900)
    first, second = (client.session.get(client.notes_url, params={"domain": VENUE}, headers=client.headers) for _ in range(2))
    assert (first.status_code, first.headers["ratelimit-limit"], first.headers["ratelimit-remaining"]) == (200, "500", "499")
    assert (second.status_code, second.headers["Retry-After"], second.headers["ratelimit-remaining"]) == (429, "900", "0")
    assert second.json()["details"].keys() == {"limit", "remaining", "used", "current", "resetTime", "reqId"}


def test_fault_waits_its_turn_and_keeps_to_its_path(standin: Standin, client: OpenReviewClient) -> None:
    fault = standin.faults.add("status", path="/groups", after=1, times=1, status=500)
    client.get_group(f"{VENUE}/Authors")
    assert fetch(client) == [1, 2, 3]
    with pytest.raises(openreview.OpenReviewException):
        client.get_group(f"{VENUE}/Authors")
    client.get_group(f"{VENUE}/Authors")
    assert (fault.seen, fault.struck) == (3, 1)


def test_fault_can_be_bound_to_a_parameter(standin: Standin, client: OpenReviewClient) -> None:
    standin.faults.add("status", params={"trash": "true"}, status=500)
    assert fetch(client) == [1, 2, 3]
    with pytest.raises(openreview.OpenReviewException):
        client.get_notes(invitation=SUBMISSION, trash=True)


def test_empty_list_for_an_id_is_an_index_error(standin: Standin, client: OpenReviewClient) -> None:
    standin.faults.add("empty_list", path="/groups")
    with pytest.raises(IndexError):
        client.get_group(VENUE)


def test_slow_body_arrives_late_but_whole(standin: Standin, client: OpenReviewClient) -> None:
    standin.faults.add("slow", times=1, seconds=0.2)
    begun = time.monotonic()
    assert fetch(client) == [1, 2, 3]
    assert time.monotonic() - begun >= 0.2
    standin.faults.add("slow", seconds=30)
    with pytest.raises(requests.exceptions.ConnectionError, match="timed out"):
        client.session.get(client.notes_url, headers=client.headers, timeout=0.1).json()


def test_ignored_after_repeats_the_first_page(standin: Standin, client: OpenReviewClient) -> None:
    standin.faults.add("ignore_after")
    first = client.get_notes(invitation=SUBMISSION, sort="id", limit=2)
    second = client.get_notes(invitation=SUBMISSION, sort="id", limit=2, after=first[-1].id)
    assert [note.id for note in first] == [note.id for note in second]


def test_duplicate_row_opens_the_next_page(standin: Standin, client: OpenReviewClient) -> None:
    standin.faults.add("duplicate_row", times=1, params={"after": client.get_notes(invitation=SUBMISSION, sort="number")[0].id})
    first = client.get_notes(invitation=SUBMISSION, sort="number", limit=1)
    second = client.get_notes(invitation=SUBMISSION, sort="number", limit=1, after=first[-1].id, details="replies")
    assert [note.number for note in second] == [1, 2]
    assert len(second[0].details["replies"]) == 2


def test_note_changes_between_pages(standin: Standin, client: OpenReviewClient, venue: Venue) -> None:
    changed = {"content": {"title": {"value": "Changed"}}}
    standin.faults.add("change_note", times=1, id=venue.papers[1]["id"], note=changed)
    walked = [client.get_notes(invitation=SUBMISSION, sort="tmdate", limit=1)[0]]
    while page := client.get_notes(invitation=SUBMISSION, sort="tmdate", limit=1, after=walked[-1].id):
        walked += page
    assert [note.content["title"]["value"] for note in walked] == ["Title 1"]
    assert client.get_notes(invitation=SUBMISSION, sort="tmdate:desc")[0].content["title"]["value"] == "Changed"


def test_rows_can_have_a_wrong_shape(standin: Standin, client: OpenReviewClient) -> None:
    standin.faults.add("shape", times=1, at=1, row={"content": "text", "invitations": None}, drop=["number"])
    wrong = client.get_notes(invitation=SUBMISSION, sort="number")
    assert [(note.number, note.content == "text") for note in wrong] == [(1, False), (None, True), (3, False)]
    standin.faults.add("shape", path="/login", method="POST", drop=["user"])
    with pytest.raises(KeyError, match="user"):
        client.login_user(CHAIR, PASSWORD)


def test_unknown_fault_is_refused() -> None:
    with pytest.raises(ValueError, match="unknown fault 'typo'"):
        Fault("typo")


def test_requests_are_written_down(standin: Standin, client: OpenReviewClient) -> None:
    fetch(client)
    assert [(seen.method, seen.path, seen.account, seen.status) for seen in standin.requests] == [
        ("POST", "/login", None, 200),
        ("GET", "/notes", CHAIR, 200),
        ("GET", "/notes", CHAIR, 200),
    ]
    assert standin.requests[1].params == {"invitation": SUBMISSION, "sort": "number", "limit": "1000", "count": "true"}
    assert (standin.count_requests("/notes"), standin.count_requests("/notes", count="false")) == (2, 1)


@pytest.mark.parametrize(
    ("kind", "options"), [("status", {"status": 500}), ("throttle", {"retry_after": 900}), ("html", {}), ("reset", {})]
)
def test_late_fault_loses_the_answer_and_keeps_the_work(
    standin: Standin, open_client: OpenClient, venue: Venue, kind: str, options: Any
) -> None:
    paper = venue.add_submission()
    client = open_client()
    late = {} if kind == "reset" else {"late": True}
    standin.faults.add(kind, path="/notes/edits", method="POST", times=1, **late, **options)
    content = {"decision": {"value": "Reject"}}
    with pytest.raises((openreview.OpenReviewException, requests.RequestException)):
        client.post_note_edit(f"{VENUE}/Submission4/-/Decision", [f"{VENUE}/Program_Chairs"], Note(content=content))
    assert [reply["content"] for reply in client.get_note(paper["id"], details="replies").details["replies"]] == [content]


def test_stalled_request_is_never_looked_at(standin: Standin, open_client: OpenClient, venue: Venue) -> None:
    paper = venue.add_submission()
    client = open_client()
    standin.faults.add("stall", path="/notes/edits", method="POST", times=1, seconds=0.1)
    begun = time.monotonic()
    with pytest.raises(openreview.OpenReviewException, match="never looked at"):
        client.post_note_edit(
            f"{VENUE}/Submission4/-/Decision", [f"{VENUE}/Program_Chairs"], Note(content={"decision": {"value": "Reject"}})
        )
    assert (time.monotonic() - begun >= 0.1, client.get_note(paper["id"], details="replies").details["replies"]) == (True, [])
