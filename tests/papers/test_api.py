"""The API: answers, pages, problems, tokens, limits, description."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from papers.access_tokens import find_token, make_token, revoke_token
from papers.api import schema
from papers.api.papers import read_cursor, write_cursor
from papers.errors import Refusal
from papers.models import AccessToken, User
from papers.views.api_urls import OPERATIONS, api_urls
from tests.factories import accept, make_paper
from tests.papers.search.cast import THEN, Desk, make_desk


@pytest.fixture
def desk(db: None) -> Desk:
    return make_desk()


def sign(user: User) -> Client:
    """Return a client that sends a token of `user`."""
    _, secret = make_token(user, name=f"Token {AccessToken.objects.count()}", days=1)
    return Client(headers={"Authorization": f"Bearer {secret}"})


def list_papers(client: Client, **query: Any) -> Any:
    return client.get("/api/v1/workshops/search26/papers/", query)


def test_public_paper_has_the_public_facts(client: Client, desk: Desk) -> None:
    answer = list_papers(client)
    assert answer.json() == {
        "papers": [
            {
                "id": desk.papers[1].pk,
                "number": 1,
                "note_id": "note1",
                "title": "Diffusion at Dawn",
                "abstract": "Noise 100% gone.",
                "keywords": ["generative models", "noise"],
                "authors": [{"name": "Ada Author", "profile_id": "", "institutions": ["Technische Universität"]}],
                "track": "full",
                "presentation": "oral",
                "award": "Best Paper",
                "in_proceedings": True,
                "url": "https://openreview.net/forum?id=note1",
                "pdf_url": "https://openreview.net/pdf?id=note1",
                "inside": None,
            }
        ],
        "next": None,
    }
    assert answer["Content-Type"] == "application/json"


def test_member_gets_judgments(desk: Desk) -> None:
    (paper,) = list_papers(sign(desk.olga), q="#1").json()["papers"]
    assert paper["inside"] == {
        "standing": "active",
        "is_test": False,
        "has_hidden_authors": False,
        "tldr": "Sleep early",
        "wants_proceedings": True,
        "submitted_at": "2026-04-01T12:00:00Z",
        "changed_at": "2026-04-01T12:00:00Z",
        "is_hidden": False,
        "decision": {"outcome": "accept", "comment": "", "decided_at": "2026-04-01T12:00:00Z", "released_at": "2026-04-01T12:00:00Z"},
        "review_count": 3,
        "rating_mean": 8.0,
        "rating_min": 7.0,
        "rating_max": 9.0,
        "confidence_mean": pytest.approx(13 / 3),
        "handlers": ["Olga Organizer"],
    }


def test_one_paper_comes_with_its_live_reviews(desk: Desk) -> None:
    whole = sign(desk.olga).get(f"/api/v1/workshops/search26/papers/{desk.papers[5].pk}").json()
    assert whole["reviews"] == []  # one is gone, one is a meta review
    whole = sign(desk.olga).get(f"/api/v1/workshops/search26/papers/{desk.papers[4].pk}").json()
    assert (whole["paper"]["title"], whole["reviews"]) == (
        "Trackless",
        [{"signature": "", "rating": 5.0, "confidence": 5.0, "written_at": None, "content": {}}],
    )


def test_pages_follow_each_other_without_gap(desk: Desk) -> None:
    client, cursor, seen = sign(desk.olga), "", []
    for _ in range(10):
        page = list_papers(client, limit=4, cursor=cursor).json()
        seen.append([paper["number"] for paper in page["papers"]])
        cursor = page["next"]
        if cursor is None:
            break
        make_paper(desk.workshop, number=100 + len(seen), is_test=True)
    assert seen == [[1, 2, 3, 4], [5, 6, 7, 8], [9, 11]]


@pytest.mark.parametrize("count", [1, 3])
def test_page_asks_the_database_a_fixed_number_of_times(desk: Desk, count: int, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    for _ in range(count):
        accept(make_paper(desk.workshop, authors=("Ada Author", "Bob Author")))
    client = sign(desk.olga)
    list_papers(client)
    with django_assert_num_queries(11):
        list_papers(client)


def test_workshops_in_sight(client: Client, desk: Desk, eve: User) -> None:
    make_desk("other26").workshop.papers.all().delete()
    listed = {
        "slug": "search26",
        "name": "Workshop on Counted Things",
        "short_name": "Counted",
        "year": 2026,
        "conference": "",
        "starts_on": "2026-06-17",
        "ends_on": None,
        "role": "",
        "papers": "http://testserver/api/v1/workshops/search26/papers/",
    }
    assert client.get("/api/v1/workshops").json() == {"workshops": [listed]}
    assert sign(eve).get("/api/v1/workshops").json() == {"workshops": [listed]}
    assert sign(desk.olga).get("/api/v1/workshops").json() == {"workshops": [{**listed, "role": "organizer"}]}


@pytest.mark.parametrize(
    ("query", "problem"),
    [
        (
            {"q": "a track:shrot"},
            {"detail": "Counted 2026 has no track “shrot”; did you mean “short”?", "start": 8, "end": 13, "suggestion": "a track:short"},
        ),
        (
            {"q": "dec:none"},
            {
                "detail": "There is no key “dec”; put quotes around it to look for it as text.",
                "start": 0,
                "end": 3,
                "suggestion": '"dec:none"',
            },
        ),
        ({"cursor": "bm9uc2Vuc2U"}, {"detail": "“bm9uc2Vuc2U” is no cursor; take it from “next” of the page before."}),
        ({"cursor": "ü"}, {"detail": "“ü” is no cursor; take it from “next” of the page before."}),
        ({"limit": "0"}, {"detail": "limit is a number from 1 to 200, not “0”."}),
        ({"limit": "1000000"}, {"detail": "limit is a number from 1 to 200, not “1000000”."}),
        ({"limit": "x"}, {"detail": "limit is a number from 1 to 200, not “x”."}),
    ],
)
def test_what_cannot_be_read_is_a_problem(client: Client, desk: Desk, query: dict[str, str], problem: dict[str, Any]) -> None:
    answer = list_papers(client, **query)
    assert (answer.status_code, answer["Content-Type"]) == (422, "application/problem+json")
    assert answer.json() == {"type": "about:blank", "title": "Unprocessable Entity", "status": 422, **problem} or answer.json() == {
        "type": "about:blank",
        "title": "Unprocessable Content",
        "status": 422,
        **problem,
    }


@pytest.mark.parametrize("address", ["/api/v1/workshops/nowhere/papers/", "/api/v1/workshops/search26/papers/999999"])
def test_what_is_not_there_is_a_problem(client: Client, desk: Desk, address: str) -> None:
    answer = client.get(address)
    assert answer.json() == {"type": "about:blank", "title": "Not Found", "status": 404, "detail": "It is not there, or not yours."}
    assert (answer.status_code, answer["Content-Type"]) == (404, "application/problem+json")


def test_api_is_read_only(client: Client, desk: Desk) -> None:
    answer = Client(enforce_csrf_checks=True).delete("/api/v1/workshops")
    assert (answer.status_code, answer["Allow"], answer.json()["detail"]) == (405, "GET, HEAD", "The API is read by GET alone.")


@pytest.mark.parametrize("header", ["Bearer nonsense", "Bearer ", "Basic abc", "Bearer \ud7ff"])
def test_token_that_opens_nothing_is_told(client: Client, desk: Desk, header: str) -> None:
    answer = client.get("/api/v1/workshops", headers={"Authorization": header})
    assert (answer.status_code, answer["WWW-Authenticate"], answer.json()["title"]) == (401, 'Bearer realm="SyntaGen"', "Unauthorized")


@pytest.mark.parametrize("ended", ["expired", "revoked", "inactive"])
def test_ended_token_opens_nothing(desk: Desk, ended: str) -> None:
    token, secret = make_token(desk.olga, name="Site", days=1)
    client = Client(headers={"Authorization": f"Bearer {secret}"})
    assert list_papers(client, q="dec:none").status_code == 200
    if ended == "expired":
        AccessToken.objects.update(expires_at=THEN)
    elif ended == "revoked":
        revoke_token(token, by=desk.olga)
    else:
        User.objects.filter(pk=desk.olga.pk).update(is_active=False)
    assert list_papers(client).status_code == 401


def test_token_loses_with_the_role_what_the_role_gave(desk: Desk) -> None:
    client = sign(desk.olga)
    desk.members["olga"].delete()
    assert [paper["number"] for paper in list_papers(client).json()["papers"]] == [1]


def test_use_is_noted_once_an_hour(desk: Desk, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    token, secret = make_token(desk.olga, name="Site", days=None)
    assert (token.expires_at, token.used_at, secret in token.token_hash) == (None, None, False)
    with django_assert_num_queries(2):
        find_token(secret)
    with django_assert_num_queries(1):
        find_token(secret)
    AccessToken.objects.update(used_at=THEN)
    find_token(secret)
    assert AccessToken.objects.get().used_at > THEN + dt.timedelta(days=1)  # type: ignore[operator]


@pytest.mark.parametrize(("who", "most"), [("address", 120), ("token", 600)])
def test_too_many_requests_are_told_to_wait(desk: Desk, who: str, most: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("papers.views.api_doors.time.time", lambda: 1_000_050.0)
    monkeypatch.setitem(__import__("papers.views.api_doors", fromlist=["PER_MINUTE"]).PER_MINUTE, who, 3)
    assert most in {120, 600}
    client = sign(desk.olga) if who == "token" else Client()
    assert [client.get("/api/v1/workshops").status_code for _ in range(4)] == [200, 200, 200, 429]
    answer = client.get("/api/v1/workshops")
    assert (answer["Retry-After"], answer.json()["detail"]) == ("30", "More than 3 requests in a minute; try again in 30 s.")
    monkeypatch.setattr("papers.views.api_doors.time.time", lambda: 1_000_081.0)
    assert client.get("/api/v1/workshops").status_code == 200


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        (" \u200b ", "Give the token a name, so that you know it again."),
        ("Site", "You have a token called “Site” already; take it back first, or choose another name."),
        ("One more", "You have 20 tokens; take one back before you make another."),
    ],
)
def test_token_is_refused(desk: Desk, name: str, sentence: str) -> None:
    for number in range(20):
        make_token(desk.olga, name=f"Site {number}" if number else "Site", days=1)
    make_token(desk.bob, name="Site", days=1)
    with pytest.raises(Refusal) as caught:
        make_token(desk.olga, name=name, days=1)
    assert str(caught.value) == sentence


def test_token_is_taken_back_once_by_its_owner(desk: Desk) -> None:
    token, _ = make_token(desk.olga, name="Site", days=1)
    with pytest.raises(Refusal, match="Only its owner"):
        revoke_token(token, by=desk.bob)
    revoke_token(token, by=desk.olga)
    with pytest.raises(Refusal, match="“Site” was taken back already"):
        revoke_token(token, by=desk.olga)
    assert make_token(desk.olga, name="Site", days=1)[0].revoked_at is None


def test_secret_is_shown_once(client: Client, desk: Desk) -> None:
    client.force_login(desk.olga)
    made = client.post(reverse("tokens"), {"name": "Site", "days": "90"})
    secret = made.context["secret"]
    assert (made.status_code, secret in made.content.decode(), made["Cache-Control"]) == (
        200,
        True,
        "max-age=0, no-cache, no-store, must-revalidate, private",
    )
    assert secret not in client.get(reverse("tokens")).content.decode()
    token = find_token(secret)
    assert token is not None
    assert (token.user, token.name, round((token.expires_at - token.created_at).total_seconds() / 86_400)) == (desk.olga, "Site", 90)  # type: ignore[operator]
    again = client.post(reverse("tokens"), {"name": "Site", "days": "0"})
    assert (again.status_code, again.context["form"].errors["name"]) == (
        422,
        ["You have a token called “Site” already; take it back first, or choose another name."],
    )
    assert client.post(reverse("tokens"), {"name": "", "days": "7"}).status_code == 422
    assert client.post(reverse("tokens"), {"name": "For ever", "days": "0"}).status_code == 200
    assert AccessToken.objects.get(name="For ever").expires_at is None
    gone = client.post(reverse("revoke-token", args=[token.pk]), follow=True)
    assert ("“Site” opens nothing any more." in gone.content.decode(), find_token(secret)) == (True, None)


def test_token_of_somebody_else_is_not_there(client: Client, desk: Desk) -> None:
    token, secret = make_token(desk.bob, name="Bobs program", days=1)
    client.force_login(desk.olga)
    assert client.post(reverse("revoke-token", args=[token.pk])).status_code == 404
    assert ("Bobs program" in client.get(reverse("tokens")).content.decode(), find_token(secret)) == (False, token)


@pytest.mark.parametrize("key", [0, 1, 10**17])
def test_cursor_says_where_the_page_begins(key: int) -> None:
    assert read_cursor(write_cursor(key)) == key


def check(value: Any, wanted: dict[str, Any], shapes: dict[str, Any], place: str) -> list[str]:
    """Return where a value is not what the description says."""
    if "$ref" in wanted:
        wanted = shapes[wanted["$ref"].rpartition("/")[2]]
    if "anyOf" in wanted:
        return [] if any(not check(value, one, shapes, place) for one in wanted["anyOf"]) else [place]
    kinds = {"string": str, "integer": int, "number": (int, float), "boolean": bool, "null": type(None), "object": dict, "array": list}
    if not isinstance(value, kinds[wanted["type"]]):  # type: ignore[arg-type]
        return [place]
    if wanted["type"] == "array":
        return [fault for item in value for fault in check(item, wanted["items"], shapes, f"{place}[]")]
    if wanted["type"] == "object" and "properties" in wanted:
        odd = [f"{place}.{name}" for name in {*wanted["required"]} - {*value} | {*value} - {*wanted["properties"]}]
        return odd + [fault for name, item in value.items() for fault in check(item, wanted["properties"][name], shapes, f"{place}.{name}")]
    return []


def test_answers_are_what_the_description_says(desk: Desk) -> None:
    client = sign(desk.olga)
    described = client.get("/api/v1/openapi.json").json()
    assert sorted(described["paths"]) == [
        "/api/v1/workshops",
        "/api/v1/workshops/{slug}/papers/",
        "/api/v1/workshops/{slug}/papers/{pk}",
    ]
    for path, item in described["paths"].items():
        address = path.replace("{slug}", "search26").replace("{pk}", str(desk.papers[4].pk))
        answers = {"200": client.get(address), "401": Client().get(address, headers={"Authorization": "Bearer x"})}
        if "{slug}" in path:
            answers["404"] = client.get(address.replace("search26", "nowhere"))
        for status, answer in answers.items():
            (media_type,) = item["get"]["responses"][status]["content"]
            wanted = item["get"]["responses"][status]["content"][media_type]["schema"]
            assert (answer.status_code, answer["Content-Type"]) == (int(status), media_type)
            assert check(answer.json(), wanted, described["components"]["schemas"], path) == []


def test_description_names_every_address() -> None:
    routes = {str(one.pattern).replace("<slug:slug>", "{slug}").replace("<int:pk>", "{pk}") for one in api_urls}
    assert {operation.path.removeprefix("/") for operation in OPERATIONS} | {"api/v1/openapi.json"} == routes
    assert schema.describe_api(OPERATIONS, title="SyntaGen", version="1")["openapi"] == "3.1.0"
