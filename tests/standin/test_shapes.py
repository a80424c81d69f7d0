"""Every kind of reply has the shape that OpenReview's has."""

from pathlib import Path
from typing import Any

import jwt
import pytest
from openreview.api import OpenReviewClient

from standin import Standin, Store, VenueV1
from standin.hostile import build_hostile
from tests.standin.conftest import CHAIR, PASSWORD, VENUE, open_without_retries
from tests.standin.shapes import ERROR, NOTE_V1, check_row, list_misfits

DATA = Path(__file__).parents[2] / "standin" / "data"


def ask(client: OpenReviewClient, path: str, **params: Any) -> Any:
    return client.session.get(f"{client.baseurl}{path}", params=params, headers=client.headers).json()


@pytest.mark.parametrize("source", ["syntagen24.json", "syntagen25.json", "hostile", "unified"])
def test_listings_fit_their_shapes(source: str) -> None:
    store = Store.load(DATA / source) if source.endswith("json") else build_hostile(unified_authors=source == "unified")
    venue = next(group["id"] for group in store.groups.values() if group.get("content"))
    store.add_edge(f"{venue}/-/Preferred_Emails", "~A1", "a@x.example", label="x", weight=1, domain=venue)
    with Standin(store) as standin:
        client = open_without_retries(standin.url, username="chair@syntagen.example", password=PASSWORD)
        client.impersonate(venue)
        paper = client.get_notes(domain=venue)[0].forum
        for path, params in {
            "/notes": {"domain": venue, "details": "replies,directReplies,replyCount", "trash": "true", "count": "true"},
            "/groups": {"prefix": venue},
            "/invitations": {"prefix": venue, "expired": "true"},
            "/profiles": {"term": "invented"},
            "/edges": {"invitation": f"{venue}/-/Preferred_Emails"},
        }.items():
            body = ask(client, path, **params)
            assert (list_misfits(body, path[1:]), len(body[path[1:]]) > 0) == ([], True)
        history = ask(client, "/notes/edits", **{"note.id": paper})
        assert (list_misfits(history, "edits"), len(history["edits"]) > 1) == ([], True)


def test_sign_in_fits_its_shape(client: OpenReviewClient, standin: Standin) -> None:
    body = client.session.post(client.login_url, json={"id": CHAIR, "password": PASSWORD, "expiresIn": 60}).json()
    assert body.keys() == {"token", "user"}
    assert body["user"] == {"id": CHAIR, "profile": {"id": "~Olga_Organizer1", "fullname": "Olga Organizer"}}
    claims = jwt.decode(body["token"], options={"verify_signature": False})
    assert (claims["user"], claims["exp"] - claims["iat"]) == (body["user"], 60)


def test_messages_and_edits_fit_their_shapes(client: OpenReviewClient) -> None:
    client.post_message("Hello", ["~Ada_Author1"], "Text", f"{VENUE}/-/Edit", VENUE)
    assert list_misfits(ask(client, "/messages"), "messages") == []
    note = {"id": client.get_notes(number=1, invitation=f"{VENUE}/-/Submission")[0].id, "content": {"title": {"value": "New"}}}
    edit = {"invitation": f"{VENUE}/-/Edit", "signatures": [VENUE], "note": note}
    posted = client.session.post(client.note_edits_url, json=edit, headers=client.headers).json()
    assert list_misfits({"edits": [posted]}, "edits") == []


@pytest.mark.parametrize("path", ["/notes?id=x", "/notes?limit=1001", "/nowhere", "/groups?id=x", "/messages/requests/x"])
def test_errors_fit_their_shape(client: OpenReviewClient, path: str) -> None:
    reply = client.session.get(client.baseurl + path, headers=client.headers)
    body = reply.json()
    assert (check_row(body, ERROR, tuple(ERROR), path), body["status"]) == ([], reply.status_code)


def test_v1_listings_fit_their_shape() -> None:
    venue = VenueV1(Store(), "old.org/2022/Workshop/W")
    venue.add_chair(CHAIR, "Olga Organizer")
    for number in (1, 2):
        venue.add_submission()
        venue.add_review(number)
        venue.add_decision(number)
    venue.release(1)
    with Standin(venue.store) as standin:
        client = open_without_retries(standin.url, username=CHAIR, password=PASSWORD)
        params = {"invitation": "old.org/2022/Workshop/W/.*", "details": "original,directReplies"}
        body = client.session.get(f"{standin.url_v1}/notes", params=params, headers=client.headers).json()
    rows = body["notes"] + [reply for note in body["notes"] for reply in note.get("details", {}).get("directReplies", [])]
    rows += [note["details"]["original"] for note in body["notes"] if "original" in note.get("details", {})]
    assert [misfit for row in rows for misfit in check_row(row, NOTE_V1, ("id", "invitation", "content"), row["id"])] == []
    assert (len(rows), body["count"]) == (14, 8)
    assert not any(isinstance(value, dict) for row in rows for value in row["content"].values())


def test_checker_names_what_does_not_fit() -> None:
    note = {"id": "a", "forum": "b", "number": "1", "tcdate": 1, "invitations": ["x"], "content": {"title": "plain"}, "odd": 1}
    misfits = list_misfits({"notes": [note], "more": 1}, "notes")
    assert misfits[0] == "more beside notes"
    assert {"a: no readers", "a: number is str", "a: tcdate is not in milliseconds", "a: odd is not in the shape"} < set(misfits)
    assert {"a: content title", "a: replyto", "a: invitations"} < set(misfits)
