"""GET /notes: filters, pages, counts, details, with the unmodified client."""

from typing import Any

import openreview
import pytest
from openreview.api import OpenReviewClient

from standin import Standin, Store, Venue
from tests.standin.conftest import VENUE, open_without_retries

SUBMISSION = f"{VENUE}/-/Submission"


@pytest.fixture(scope="module")
def large() -> Any:
    """2,500 bare papers, and a client of their chair."""
    store = Store()
    venue = Venue(store, VENUE, lean=True, profiles=False)
    venue.add_chair("olga@x.example", "Olga Organizer")
    for _ in range(2500):
        venue.add_submission(pdf=False, authors=())
    with Standin(store, cached=True) as standin:
        yield standin, open_without_retries(standin.url, username="olga@x.example", password="loopback-only")


@pytest.mark.parametrize(("size", "calls"), [(1, 2), (1000, 2), (1001, 3), (2500, 4)])
def test_get_all_notes_pages_until_an_empty_page(large: tuple[Standin, OpenReviewClient], size: int, calls: int) -> None:
    standin, client = large
    for number, note in enumerate(list(standin.store.notes.values()), 1):
        note["domain"] = VENUE if number <= size else "elsewhere.org"
    standin.store.revision += 1
    standin.requests.clear()
    notes = client.get_all_notes(invitation=SUBMISSION, domain=VENUE)
    assert (len({note.id for note in notes}), len(standin.requests)) == (size, calls)
    assert [note.id for note in notes] == sorted(note.id for note in notes)


@pytest.mark.parametrize("sort", ["number:desc", "tmdate:asc", "tcdate", "pdate:desc", "id:desc"])
def test_after_follows_any_order(client: OpenReviewClient, sort: str) -> None:
    whole = [note.id for note in client.get_notes(domain=VENUE, sort=sort)]
    walked: list[str] = []
    while page := client.get_notes(domain=VENUE, sort=sort, limit=2, after=walked[-1] if walked else None):
        walked += [note.id for note in page]
    assert walked == whole
    assert len(whole) == 9


@pytest.mark.parametrize(
    ("params", "name"),
    [
        ({"limit": 1001}, "ValidationError"),
        ({"limit": 0}, "ValidationError"),
        ({"limit": "many"}, "TypeError"),
        ({"sort": "cdate"}, "EnumError"),
        ({"sort": "id:up"}, "EnumError"),
        ({"content.custom": "x"}, "AdditionalPropertiesError"),
        ({"mintmdat": 1}, "AdditionalPropertiesError"),
        ({"after": "unknown", "sort": "number"}, "ValidationError"),
    ],
)
def test_malformed_queries_are_400(client: OpenReviewClient, params: dict[str, Any], name: str) -> None:
    reply = client.session.get(client.notes_url, params=params, headers=client.headers)
    assert (reply.status_code, reply.json()["name"]) == (400, name)


def test_count_comes_only_when_asked_or_with_offset(client: OpenReviewClient) -> None:
    def ask(**params: Any) -> dict[str, Any]:
        reply: dict[str, Any] = client.session.get(client.notes_url, params={"domain": VENUE, **params}, headers=client.headers).json()
        return {**reply, "notes": len(reply["notes"])}

    assert ask() == {"notes": 9}
    assert ask(count="true", limit=2) == {"notes": 2, "count": 9}
    assert ask(offset=8) == {"notes": 1, "count": 9}
    assert ask(stream="true", limit=2) == {"notes": 9}


def test_filters_are_joined_by_and(client: OpenReviewClient, venue: Venue) -> None:
    venue.release()

    def numbers(**params: Any) -> list[int]:
        return [note.number for note in client.get_notes(sort="number", **params)]

    assert numbers(content={"venueid": VENUE}) == [1, 2]
    assert numbers(content={"venueid": VENUE}, number=2) == [2]
    assert numbers(content={"track": "full"}, invitation=SUBMISSION) == [1, 2, 3]
    assert numbers(content={"authorids": "~Ada_Author1"}) == [1]
    assert numbers(content={"title": "Title 3"}) == [3]
    assert numbers(invitation=SUBMISSION, signature=f"{VENUE}/Submission3/Authors") == [3]
    assert numbers(invitation=f"{VENUE}/-/Nothing") == []
    assert len(client.get_notes(parent_invitations=f"{VENUE}/-/Decision")) == 3
    assert len(client.get_notes(forum=venue.papers[1]["id"], replyto=venue.papers[1]["id"])) == 2
    latest = max(note["tmdate"] for note in venue.store.notes.values())
    raw = client.session.get(client.notes_url, params={"mintmdate": latest, "domain": VENUE}, headers=client.headers).json()
    assert [note["tmdate"] for note in raw["notes"]] == [latest]
    assert numbers(mintcdate=venue.papers[3]["tcdate"], invitation=SUBMISSION) == [3]


def test_details_carry_replies_as_raw_rows(client: OpenReviewClient, venue: Venue) -> None:
    decision = venue.find_decision(2)
    comment = venue.add_comment(2, replyto=decision["id"])
    details = client.get_note(venue.papers[2]["id"], details="replies,directReplies,replyCount,writable").details
    assert [reply["id"] for reply in details["replies"]][:2] == [comment["id"], decision["id"]]
    assert next(reply["id"] for reply in details["directReplies"]) == decision["id"]
    assert (len(details["replies"]), len(details["directReplies"]), details["replyCount"]) == (3, 2, 3)
    assert client.get_note(venue.papers[2]["id"]).details is None


def test_deleted_notes_show_in_the_trash_or_by_id(client: OpenReviewClient, venue: Venue) -> None:
    venue.delete(2)
    assert [note.number for note in client.get_notes(invitation=SUBMISSION, sort="number")] == [1, 3]
    assert [note.number for note in client.get_notes(invitation=SUBMISSION, sort="number", trash=True)] == [1, 2, 3]
    assert client.get_note(venue.papers[2]["id"]).ddate == venue.papers[2]["ddate"]
    venue.restore(2)
    assert [note.number for note in client.get_notes(invitation=SUBMISSION, sort="number")] == [1, 2, 3]


def test_unknown_ids_are_404(client: OpenReviewClient) -> None:
    for read in (client.get_note, client.get_group, client.get_invitation):
        with pytest.raises(openreview.OpenReviewException) as missing:
            read("Nowhere")
        assert (missing.value.args[0]["name"], missing.value.args[0]["status"]) == ("NotFoundError", 404)


def test_search_and_select(client: OpenReviewClient, venue: Venue) -> None:
    assert [note.number for note in client.search_notes("title 2")] == [2]
    ids = [venue.papers[1]["id"], "unknown000"]
    assert [note.number for note in client.get_notes_by_ids(ids)] == [1]
    params = {"invitation": SUBMISSION, "number": 3, "select": "id,number,content.title"}
    reply = client.session.get(client.notes_url, params=params, headers=client.headers).json()
    expected = {"id": venue.papers[3]["id"], "number": 3, "content": {"title": {"value": "Title 3"}}}
    assert reply["notes"] == [expected]


def test_note_edits_tell_the_history(client: OpenReviewClient, venue: Venue) -> None:
    before = venue.papers[1]["content"]["pdf"]["value"]
    venue.release(1)
    venue.upload_camera_ready(1, copyright_form="Agreed")
    edits = client.get_note_edits(note_id=venue.papers[1]["id"], sort="tcdate")
    stages = [edit.invitation for edit in edits]
    assert stages == [SUBMISSION, f"{VENUE}/-/Edit", f"{VENUE}/Submission1/-/Camera_Ready_Revision"]
    assert edits[0].note.content["pdf"]["value"] == before
    assert edits[2].note.content.keys() == {"pdf", "copyright_form"}
    assert stages[2] in client.get_note(venue.papers[1]["id"]).invitations


def test_several_venueids_are_asked_for_with_commas(client: OpenReviewClient, venue: Venue) -> None:
    venue.withdraw(2)
    asked = f"{VENUE}/Submission,{VENUE}"
    assert [note.number for note in client.get_all_notes(content={"venueid": asked}, sort="number", domain=VENUE)] == [1, 3]
