"""Signing in, second factors, tokens that end, impersonation: with the unmodified client."""

import time

import openreview
import pytest

from standin import Standin, Store, Venue
from standin.sessions import make_totp
from tests.standin.conftest import CHAIR, PASSWORD, VENUE, OpenClient, open_without_retries


def test_sign_in_gives_profile_and_a_token_with_expiry(open_client: OpenClient) -> None:
    client = open_client(tokenExpiresIn=120)
    assert client.profile.id == "~Olga_Organizer1"
    again = open_without_retries(client.baseurl, token=f"Bearer {client.token}")
    assert again.profile.id == "~Olga_Organizer1"
    claims = again.user
    assert claims == {"id": CHAIR, "profile": {"id": "~Olga_Organizer1", "fullname": "Olga Organizer"}}


def test_sign_in_refuses_a_bad_password_and_a_long_life(standin: Standin) -> None:
    with pytest.raises(openreview.OpenReviewException) as refused:
        open_without_retries(standin.url, username=CHAIR, password="wrong")
    assert (refused.value.args[0]["name"], refused.value.args[0]["status"]) == ("LoginError", 400)
    with pytest.raises(openreview.OpenReviewException, match="expiresIn"):
        open_without_retries(standin.url, username=CHAIR, password=PASSWORD, tokenExpiresIn=604_801)


def test_mfa_is_pending_without_a_code_and_ends_with_one(standin: Standin, store: Store, venue: Venue) -> None:
    mfa = {"methods": ["totp", "emailOtp"], "preferred": "totp", "codes": {"emailOtp": "111222"}, "totp_secret": "JBSWY3DPEHPK3PXP"}
    store.add_account("mia@x.example", PASSWORD, venue.add_chair("mia@x.example", "Mia Factor", mfa=mfa), mfa=mfa)
    with pytest.raises(openreview.MfaRequiredException) as pending:
        open_without_retries(standin.url, username="mia@x.example", password=PASSWORD)
    assert (pending.value.mfa_methods, pending.value.preferred_method) == (["totp", "emailOtp"], "totp")
    codes = {"totp": make_totp("JBSWY3DPEHPK3PXP", time.time())}
    client = open_without_retries(standin.url, username="mia@x.example", password=PASSWORD, mfa_code_provider=codes.get)
    assert client.profile.id == "~Mia_Factor1"
    with pytest.raises(openreview.OpenReviewException, match="MfaError"):
        open_without_retries(standin.url, username="mia@x.example", password=PASSWORD, mfa_code_provider=lambda _: "000000x")


def test_mfa_can_be_finished_later_by_mail(standin: Standin, venue: Venue) -> None:
    venue.add_chair("mia@x.example", "Mia Factor", mfa={"methods": ["emailOtp"], "codes": {"emailOtp": "111222"}})
    with pytest.raises(openreview.MfaRequiredException) as pending:
        open_without_retries(standin.url, username="mia@x.example", password=PASSWORD)
    client = open_without_retries(standin.url)
    body = {"mfaPendingToken": pending.value.mfa_pending_token, "method": "emailOtp"}
    assert client.session.post(client.mfa_challenge_url, json=body).json() == {"status": "ok", "method": "emailOtp"}
    reply = client.session.post(client.mfa_verify_url, json={**body, "code": "111222"}).json()
    assert reply["user"]["profile"]["id"] == "~Mia_Factor1"


def test_totp_follows_rfc_6238() -> None:
    secret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
    assert [make_totp(secret, instant) for instant in (59, 1111111109, 20000000000)] == ["287082", "081804", "353130"]


def test_token_ends_with_its_life(standin: Standin) -> None:
    client = open_without_retries(standin.url)
    token = standin.sessions.issue(standin.store.accounts[CHAIR], -1)["token"]
    client.headers["Authorization"] = f"Bearer {token}"
    with pytest.raises(openreview.OpenReviewException) as ended:
        client.get_group(VENUE)
    assert (ended.value.args[0]["name"], ended.value.args[0]["status"]) == ("TokenExpiredError", 401)


def test_guests_are_turned_away_in_the_way_that_is_set(standin: Standin) -> None:
    guest = open_without_retries(standin.url)
    seen = []
    for mode in ("forbidden", "challenge", "open"):
        standin.anonymous = mode
        reply = guest.session.get(guest.notes_url, params={"domain": VENUE})
        seen.append((reply.status_code, reply.json().get("name")))
    standin.anonymous = "html"
    page = guest.session.get(guest.notes_url)
    assert seen == [(403, "ForbiddenError"), (403, "ChallengeRequiredError"), (200, None)]
    assert (page.status_code, page.headers["Content-Type"]) == (200, "text/html; charset=utf-8")


def test_impersonation_is_for_members_and_sees_everything(open_client: OpenClient) -> None:
    chair = open_client("ada@x.example")
    assert len(chair.get_notes(forum=chair.get_notes(number=1, invitation=f"{VENUE}/-/Submission")[0].id)) == 1
    chair.impersonate(VENUE)
    assert len(chair.get_notes(forum=chair.get_notes(number=1, invitation=f"{VENUE}/-/Submission")[0].id)) == 3
    with pytest.raises(openreview.OpenReviewException, match="not allowed to impersonate"):
        open_client("eve@x.example").impersonate(VENUE)
