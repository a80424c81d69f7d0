"""Mail through OpenReview: sent once, marked, found again, never in a flood."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings

from papers.errors import ChangedShape, NotPermitted, OtherSideFailed, Rejected, SignInNeeded, Throttled
from papers.openreview.client import Connection
from papers.openreview.messages import LookUpRefused, find_sent_message, make_mark, send_through_openreview
from papers.openreview.offices import Offices, read_offices
from papers.openreview.sign_in import Credentials
from standin import Standin, Venue
from tests.papers.standin_venues import CHAIR, VENUE_ID, fill_venue, make_venue, serve

AUTHORS = f"{VENUE_ID}/Submission1/Authors"
MAIL: dict[str, Any] = {"subject": "Your paper", "body": "Dear {{fullname}},\n\nthank you.\n"}


@pytest.fixture
def venue() -> Venue:
    return fill_venue(make_venue())


@pytest.fixture
def standin(venue: Venue) -> Iterator[Standin]:
    with serve(venue) as running:
        yield running


@pytest.fixture
def connection(standin: Standin) -> Connection:
    return sign_in(standin, CHAIR)


def sign_in(standin: Standin, credentials: Credentials) -> Connection:
    settings.OPENREVIEW_READ_SECONDS = 0.5
    made = Connection(standin.url, credentials=credentials)
    made.sign_in()
    return made


def read(connection: Connection) -> Offices:
    return read_offices(connection.get_group(VENUE_ID))


def send(connection: Connection, *, key: str = "letter 7", **fields: Any) -> str:
    return send_through_openreview(connection, offices=read(connection), recipients=[AUTHORS], **{**MAIL, **fields}, key=key)


def test_message_reaches_the_authors_with_its_mark(connection: Connection, venue: Venue) -> None:
    message_id = send(connection)
    assert [(row["id"], row["groups"], row["invitation"], row["signature"]) for row in venue.store.message_requests] == [
        (message_id, [AUTHORS], f"{VENUE_ID}/-/Edit", VENUE_ID)
    ]
    text = f"Dear {{{{fullname}}}},\n\nthank you.\n\n{make_mark('letter 7')}\n"
    assert [(row["content"]["to"], row["content"]["text"]) for row in venue.store.messages] == [
        ("~FirstA_Author11", text),
        ("~FirstB_Author11", text),
    ]


def test_recipients_named_twice_get_one(connection: Connection, venue: Venue) -> None:
    send_through_openreview(connection, offices=read(connection), recipients=[AUTHORS, AUTHORS], **MAIL, key="k")
    assert venue.store.message_requests[0]["groups"] == [AUTHORS]


@pytest.mark.parametrize(
    ("kind", "options"), [("status", {"status": 500, "late": True}), ("html", {"late": True}), ("reset", {}), ("slow", {"seconds": 2})]
)
def test_lost_answer_is_found_on_the_next_try(standin: Standin, connection: Connection, venue: Venue, kind: str, options: Any) -> None:
    offices = read(connection)
    standin.faults.add(kind, path="/messages/requests", method="POST", times=1, **options)
    with pytest.raises(OtherSideFailed) as caught:
        send_through_openreview(connection, offices=offices, recipients=[AUTHORS], **MAIL, key="k")
    assert not isinstance(caught.value, Rejected | NotPermitted | Throttled)
    again = send_through_openreview(connection, offices=offices, recipients=[AUTHORS], **MAIL, key="k", is_retry=True)
    assert [row["id"] for row in venue.store.message_requests] == [again]


def test_retry_sends_what_never_arrived(standin: Standin, connection: Connection, venue: Venue) -> None:
    send(connection, key="another")
    standin.faults.add("status", path="/messages/requests", method="POST", times=1, status=500)
    with pytest.raises(OtherSideFailed):
        send(connection)
    message_id = send(connection, is_retry=True)
    assert [row["id"] for row in venue.store.message_requests][1:] == [message_id]


def test_retry_refuses_where_openreview_does_not_tell(standin: Standin, connection: Connection, venue: Venue) -> None:
    standin.faults.add("status", path="/messages/requests", status=403, name="ForbiddenError", message="no")
    with pytest.raises(LookUpRefused, match=r"Look there, under the venue's messages, before you send this one again\."):
        send(connection, is_retry=True)
    assert venue.store.message_requests == []


def test_ended_session_asks_for_a_sign_in(standin: Standin, connection: Connection) -> None:
    offices = read(connection)
    held = Connection(standin.url, credentials=Credentials(token=connection.token))
    held.sign_in()
    standin.faults.add("expire_token", path="/messages/requests", times=1)
    with pytest.raises(SignInNeeded):
        find_sent_message(held, offices=offices, key="k")


def test_throttle_says_until_when(standin: Standin, connection: Connection, venue: Venue) -> None:
    offices = read(connection)
    standin.faults.add("throttle", path="/messages/requests", method="POST", times=1, retry_after=900)
    with pytest.raises(Throttled):
        send_through_openreview(connection, offices=offices, recipients=[AUTHORS], **MAIL, key="k")
    assert venue.store.message_requests == []


def test_strangers_may_not_write(standin: Standin, venue: Venue) -> None:
    venue.add_person("eve@example.org", "Eve Stranger")
    eve = sign_in(standin, Credentials("eve@example.org", "loopback-only"))
    with pytest.raises(NotPermitted, match=r"^This OpenReview account may not write that: "):
        send_through_openreview(
            eve, offices=Offices(VENUE_ID, meta_invitation_id=f"{VENUE_ID}/-/Edit"), recipients=[AUTHORS], **MAIL, key="k"
        )


def test_answer_without_an_id_is_named(standin: Standin, connection: Connection) -> None:
    offices = read(connection)
    standin.faults.add("shape", path="/messages/requests", method="POST", drop=["id"])
    with pytest.raises(ChangedShape, match="named no id"):
        send_through_openreview(connection, offices=offices, recipients=[AUTHORS], **MAIL, key="k")


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"recipients": []}, "This message has no recipients."),
        ({"recipients": [f"~A{n}" for n in range(101)]}, "This message has 101 recipients; OpenReview gets at most 100 in one."),
        ({"subject": " "}, "A message needs a subject and a text."),
        ({"body": "\n"}, "A message needs a subject and a text."),
        ({"subject": "a\nb"}, "The subject must be one line of at most 250 characters."),
        ({"subject": "a" * 251}, "The subject must be one line of at most 250 characters."),
        ({"body": "a" * 100_001}, "The text is longer than 100000 characters."),
    ],
)
def test_floods_and_empty_mails_are_refused_before_anything_is_sent(
    standin: Standin, connection: Connection, fields: dict[str, Any], sentence: str
) -> None:
    wanted = {"offices": Offices(VENUE_ID), "recipients": [AUTHORS], **MAIL, "key": "k", **fields}
    with pytest.raises(Rejected) as caught:
        send_through_openreview(connection, **wanted)
    assert (caught.value.sentence, standin.count_requests("/messages/requests", "POST")) == (sentence, 0)


def test_names_come_from_the_venue() -> None:
    venue = make_venue("x.org/W", submission_name="Extended_Abstract", decision_name="Verdict", content={"authors_name": "Writers"})
    offices = read_offices(venue.store.groups["x.org/W"])
    assert (offices.name_authors(7), offices.name_decision(7), offices.decision_stage, offices.chairs_id) == (
        "x.org/W/Extended_Abstract7/Writers",
        "x.org/W/Extended_Abstract7/-/Verdict",
        "x.org/W/-/Verdict",
        "x.org/W/Program_Chairs",
    )
    assert offices.accept_options == ("Accept (Oral)", "Accept (Poster)")


def test_silent_venue_has_the_usual_names() -> None:
    for content in (None, {}, {"submission_name": {"value": 3}, "accept_decision_options": {"value": "Accept"}}):
        offices = read_offices({"id": "x.org/W", "content": content})
        assert (offices.name_authors(1), offices.meta_invitation_id, offices.accept_options) == (
            "x.org/W/Submission1/Authors",
            "x.org/W/-/Edit",
            (),
        )
