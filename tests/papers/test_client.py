"""One connection to OpenReview: signing in, second factors, time limits, silence on stdout."""

import time
from collections.abc import Iterator
from typing import Any

import pytest

from papers.connections import find_addresses, make_connector
from papers.errors import NotPermitted, NotThere, Throttled, Unavailable
from papers.openreview.client import Connection
from papers.openreview.sign_in import Credentials, SecondFactorNeeded, read_account, read_pending
from standin import Standin
from tests.papers.standin_venues import CHAIR, VENUE_ID, fill_venue, make_venue, serve

TOTP = {"methods": ["totp", "emailOtp"], "preferred": "emailOtp", "codes": {"totp": "123456", "emailOtp": "654321"}}
MAIL = {"methods": ["emailOtp", "passkey"], "codes": {"emailOtp": "654321"}}
PASSKEY = {"methods": ["passkey"]}


@pytest.fixture
def standin() -> Iterator[Standin]:
    venue = fill_venue(make_venue())
    for name, mfa in (("totp", TOTP), ("mail", MAIL), ("key", PASSKEY)):
        venue.add_chair(f"{name}@example.org", f"{name.title()} Chair", mfa=mfa)
    with serve(venue) as standin:
        yield standin


def connect(standin: Standin, username: str = "chair", **credentials: str) -> Connection:
    known = Credentials(f"{username}@example.org", "loopback-only", **credentials)
    return Connection(standin.url, credentials=known)


def test_password_signs_in_for_hours(standin: Standin) -> None:
    connection = connect(standin)
    connection.sign_in()
    assert (connection.account, connection.request_count) == ("~Olga_Chair1", 1)
    assert read_account(connection.token) == "~Olga_Chair1"
    assert connection.get_group(VENUE_ID)["id"] == VENUE_ID
    assert (connection.request_count, connection.quota_left) == (2, 699)


@pytest.mark.parametrize("prefix", ["", "Bearer ", " "])
def test_token_signs_in_without_a_request(standin: Standin, prefix: str) -> None:
    first = connect(standin)
    first.sign_in()
    second = Connection(standin.url, credentials=Credentials(token=prefix + first.token))
    second.sign_in()
    assert (second.account, second.request_count) == ("~Olga_Chair1", 0)
    assert second.get_group(VENUE_ID)["id"] == VENUE_ID


@pytest.mark.parametrize("token", ["", "nonsense", "a.b.c", "a.e30.c", "a.W10.c"])
def test_account_of_a_token_that_tells_none_is_empty(token: str) -> None:
    assert read_account(token) == ""


def test_nothing_to_sign_in_with_is_refused(standin: Standin) -> None:
    with pytest.raises(NotPermitted) as refusal:
        Connection(standin.url, credentials=Credentials()).sign_in()
    assert str(refusal.value) == (
        "OpenReview needs a sign-in: set OPENREVIEW_USERNAME and OPENREVIEW_PASSWORD, or OPENREVIEW_TOKEN, or use the import page."
    )
    assert standin.requests == []


SECOND: list[tuple[str, str, str, str]] = [
    (
        "totp",
        "totp",
        "123456",
        "This OpenReview account has a second factor. Enter the code of the authenticator on the import page, "
        "or set OPENREVIEW_MFA_CODE to it, or OPENREVIEW_TOKEN to a session token.",
    ),
    (
        "mail",
        "emailOtp",
        "654321",
        "This OpenReview account has a second factor: OpenReview has mailed a code. Enter it on the import page, "
        "or set OPENREVIEW_TOKEN to a session token.",
    ),
]


@pytest.mark.parametrize(("username", "method", "code", "sentence"), SECOND)
def test_second_factor_is_asked_for_and_answered_in_two_steps(
    standin: Standin, username: str, method: str, code: str, sentence: str
) -> None:
    with pytest.raises(SecondFactorNeeded) as needed:
        connect(standin, username).sign_in()
    assert (str(needed.value), needed.value.method) == (sentence, method)
    assert standin.count_requests("/mfa/challenge", "POST") == (method == "emailOtp")
    later = Connection(standin.url, credentials=Credentials())
    with pytest.raises(NotPermitted, match=r"^OpenReview refused the sign-in: Invalid verification code\.$"):
        later.finish_sign_in(needed.value.pending, "000000")
    later.finish_sign_in(needed.value.pending, code)
    assert later.account == f"~{username.title()}_Chair1"
    assert later.get_group(VENUE_ID)["id"] == VENUE_ID


def test_code_at_hand_answers_at_once(standin: Standin) -> None:
    connection = connect(standin, "totp", code="123456")
    connection.sign_in()
    assert connection.account == "~Totp_Chair1"


def test_passkey_needs_a_browser(standin: Standin) -> None:
    with pytest.raises(SecondFactorNeeded) as needed:
        connect(standin, "key").sign_in()
    assert (
        str(needed.value)
        == "This OpenReview account signs in by a passkey, which needs a browser. Set OPENREVIEW_TOKEN to a session token."
    )


@pytest.mark.parametrize(("pending", "expected"), [("emailOtp:a.b", ("emailOtp", "a.b")), ("a.b", ("totp", "a.b"))])
def test_pending_mark_names_its_method(pending: str, expected: tuple[str, str]) -> None:
    assert read_pending(pending) == expected


def test_code_is_used_once_and_an_ended_session_needs_another(standin: Standin) -> None:
    connection = connect(standin, "totp", code="123456")
    connection.sign_in()
    standin.faults.add("expire_token", path="/groups", times=1)
    with pytest.raises(SecondFactorNeeded):
        connection.get_group(VENUE_ID)


def test_secrets_are_not_shown(standin: Standin) -> None:
    shown = repr(Credentials("olga@example.org", "hidden-password", "hidden-token", "hidden-code"))
    assert shown == "Credentials(username='olga@example.org')"


@pytest.mark.parametrize("path", ["/login", "/groups", "/notes"])
def test_silence_ends_in_time(standin: Standin, settings: Any, path: str) -> None:
    settings.OPENREVIEW_READ_SECONDS = 0.2
    standin.faults.add("slow", path=path, method="*", seconds=30)
    connection, begun = connect(standin), time.monotonic()
    with pytest.raises(Unavailable):
        connection.sign_in()
        connection.get_group(VENUE_ID)
        list(connection.list_note_pages({"invitation": f"{VENUE_ID}/-/Submission"}))
    assert time.monotonic() - begun < 5


def test_answer_that_only_trickles_is_given_up(standin: Standin, settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.OPENREVIEW_READ_SECONDS = 0.2
    monkeypatch.setattr("standin.server.Handler.send_badly", trickle)
    standin.faults.add("slow", path="/groups")
    connection = connect(standin)
    connection.sign_in()
    with pytest.raises(Unavailable, match=r"^OpenReview's answer came too slowly; try again later\.$"):
        connection.get_group(VENUE_ID)


def trickle(handler: Any, fault: Any, body: bytes) -> None:
    """Send a byte every so often, so that no single silence is too long."""
    for place in range(len(body)):
        handler.wfile.write(body[place : place + 1])
        handler.wfile.flush()
        if handler.server.standin.closing.wait(0.05):
            return


def test_nothing_is_printed_while_everything_fails(standin: Standin, capfd: pytest.CaptureFixture[str]) -> None:
    standin.faults.add("status", times=2, status=503)
    connection = connect(standin)
    connection.sign_in()
    assert len(list(connection.list_note_pages({"invitation": f"{VENUE_ID}/-/Submission"}))) == 1
    standin.faults.add("throttle", path="/groups")
    with pytest.raises(Throttled):
        connection.get_group(VENUE_ID)
    assert capfd.readouterr().out == ""


@pytest.mark.parametrize("url", ["", "no address", "ftp://127.0.0.1", "http://"])
def test_address_that_is_none_is_refused(url: str) -> None:
    with pytest.raises(NotThere, match="is not an address; write one like"):
        Connection(url, credentials=CHAIR).sign_in()


@pytest.mark.parametrize(("url", "generation"), [("https://api.openreview.net", 2), ("https://api2.openreview.net", 1)])
def test_address_of_the_other_generation_is_refused(url: str, generation: int) -> None:
    with pytest.raises(NotThere, match=f"^{url} is not the address of OpenReview's API v{generation}: "):
        Connection(url, generation=generation, credentials=CHAIR)


ADDRESSES: list[tuple[str, str, dict[int, str]]] = [
    ("", "auto", {1: "https://one", 2: "https://two"}),
    ("http://127.0.0.1:1/", "auto", {1: "", 2: "http://127.0.0.1:1"}),
    ("http://127.0.0.1:1", "1", {1: "http://127.0.0.1:1", 2: ""}),
    ("https://api2.dev.openreview.net", "2", {1: "https://api.dev.openreview.net", 2: "https://api2.dev.openreview.net"}),
    ("https://api.openreview.net", "1", {1: "https://api.openreview.net", 2: "https://api2.openreview.net"}),
]


@pytest.mark.parametrize(("base_url", "api", "expected"), ADDRESSES)
def test_addresses_come_in_pairs(settings: Any, monkeypatch: pytest.MonkeyPatch, base_url: str, api: str, expected: dict[int, str]) -> None:
    settings.OPENREVIEW_BASE_URL, settings.OPENREVIEW_BASE_URL_V1 = "https://two", "https://one"
    monkeypatch.delenv("OPENREVIEW_API_BASEURL", raising=False)
    monkeypatch.delenv("OPENREVIEW_API_BASEURL_V2", raising=False)
    assert find_addresses(base_url, api=api) == expected


def test_other_generation_without_an_address_is_refused(standin: Standin) -> None:
    connector = make_connector({2: standin.url, 1: ""}, CHAIR)
    connector(2)
    with pytest.raises(NotThere) as refusal:
        connector(1)
    assert str(refusal.value) == ("The venue lives on OpenReview's API v1, whose address is not known; set OPENREVIEW_API_BASEURL to it.")


def test_one_sign_in_serves_both_generations(standin: Standin) -> None:
    connector = make_connector({2: standin.url, 1: standin.url_v1}, CHAIR)
    assert connector(2) is connector(2)
    assert (connector(1).account, connector(1).request_count) == ("~Olga_Chair1", 1)
    assert standin.count_requests("/login", "POST") == 1
