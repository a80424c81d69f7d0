"""The pages on the agreement with OpenReview: both sides, their words, the file, the push."""

from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries, Settings

from papers.agreement import compare_with_upstream
from papers.decisions import decide_paper
from papers.jobs import run_job
from papers.models import ConflictOfInterest, Decision, FieldConflict, Job, PushedDecision, User, Workshop
from papers.push_jobs import find_push
from standin import Standin, Venue
from tests.factories import join_workshop, make_paper, make_user
from tests.papers.push_venues import decide, get_paper, list_live, look_everywhere, make_decided_venue, make_pushing_workshop
from tests.papers.standin_venues import make_mapped_workshop, serve

pytestmark = pytest.mark.django_db
FRAGMENT = {"hx-request": "true"}
SIGN_IN = {"username": "chair@example.org", "password": "loopback-only"}


@pytest.fixture
def venue() -> Venue:
    return make_decided_venue()


@pytest.fixture
def standin(venue: Venue, settings: Settings) -> Iterator[Standin]:
    with serve(venue) as running:
        settings.OPENREVIEW_BASE_URL, settings.OPENREVIEW_BASE_URL_V1 = running.url, running.url_v1
        yield running


@pytest.fixture
def olga(db: None) -> User:
    return make_user("olga@example.org")


@pytest.fixture
def workshop(standin: Standin, client: Client, olga: User) -> Workshop:
    workshop = make_pushing_workshop(standin)
    join_workshop(olga, workshop)
    client.force_login(olga)
    return workshop


def address(name: str, workshop: Workshop, *keys: int) -> str:
    return reverse(name, args=[workshop.slug, *keys])


def read(client: Client, path: str, status: int = 200) -> str:
    response = client.get(path)
    assert response.status_code == status
    return response.content.decode()


def hide(workshop: Workshop, olga: User, number: int) -> None:
    ConflictOfInterest.objects.create(paper=get_paper(workshop, number), member=olga.memberships.get(), ground="declared")


def seen(workshop: Workshop, number: int) -> str:
    return next(row.seen for row in compare_with_upstream(workshop, look_everywhere(workshop)) if row.number == number)


def test_list_shows_both_sides_and_the_verdicts(client: Client, workshop: Workshop) -> None:
    decide(workshop, 3, "oral")
    decide(workshop, 4, "oral")
    response = client.get(address("agreement", workshop))
    rows = response.context["page_obj"].object_list
    assert [(row.number, row.verdict.value) for row in rows] == [(4, "outcome"), (3, "only-ours"), (1, "agree"), (2, "agree")]
    assert [(tab["label"], tab["count"], tab["is_current"]) for tab in response.context["tabs"]] == [
        ("All", 4, True),
        ("Disagreements", 1, False),
        ("Opposite decisions", 1, False),
        ("Decided here only", 1, False),
        ("Agree", 2, False),
    ]
    assert "One side accepts, the other rejects: take theirs, or push ours." in response.content.decode()


@pytest.mark.parametrize(
    ("asked", "numbers"),
    [
        ("?verdict=disagreements", [4]),
        ("?verdict=agree", [1, 2]),
        ("?verdict=nonsense", [4, 3, 1, 2]),
        ('?q="Paper 2"', [2]),
        ("?page=99", [4, 3, 1, 2]),
    ],
)
def test_list_is_filtered_by_verdict_and_search(client: Client, workshop: Workshop, asked: str, numbers: list[int]) -> None:
    decide(workshop, 3, "oral")
    decide(workshop, 4, "oral")
    response = client.get(address("agreement", workshop) + asked)
    assert [row.number for row in response.context["page_obj"].object_list] == numbers


def test_mistaken_search_is_told(client: Client, workshop: Workshop) -> None:
    page = read(client, address("agreement", workshop) + "?q=rating>>(", 422)
    assert "search-mistake" in page


def test_before_the_first_import_there_is_nothing_to_compare(client: Client, olga: User) -> None:
    workshop = make_mapped_workshop("x.org/W", "empty26")
    join_workshop(olga, workshop)
    client.force_login(olga)
    assert "Nothing to compare yet" in read(client, address("agreement", workshop))


def test_list_asks_the_database_a_fixed_number_of_times(
    client: Client, workshop: Workshop, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client.get(address("agreement", workshop))
    with django_assert_num_queries(26):
        client.get(address("agreement", workshop))
    for _ in range(3):
        decide_paper(make_paper(workshop), outcome="reject", by=None)
    with django_assert_num_queries(26):
        client.get(address("agreement", workshop))


def test_conflicted_papers_tell_nothing_anywhere(client: Client, workshop: Workshop, olga: User) -> None:
    decide(workshop, 4, "oral", comment="Secret comment")
    hide(workshop, olga, 4)
    shown = [
        read(client, address("agreement", workshop) + "?verdict=hidden"),
        read(client, address("paper", workshop, get_paper(workshop, 4).pk)),
    ]
    for page in shown:
        assert [word for word in ("Accept as Oral", "Secret comment", "venueid: released", "Take theirs") if word in page] == []
    assert ">Reject</dd>" not in shown[1]
    download = client.get(address("download-decision-file", workshop))
    assert download.content == b"1,Accept (Oral)\n2,Accept (Poster)\n"
    taken = client.post(
        address("take-upstream-decision", workshop, get_paper(workshop, 4).pk), {"seen": seen(workshop, 4)}, headers=FRAGMENT
    )
    assert (taken.status_code, Decision.objects.get(paper__number=4).outcome) == (409, "accept")


def test_differences_on_hidden_decisions_are_not_listed(client: Client, workshop: Workshop, olga: User) -> None:
    for number in (1, 4):
        told = {"base": None, "upstream": {"outcome": "accept"}, "local": {"outcome": "reject"}}
        FieldConflict.objects.create(paper=get_paper(workshop, number), field="decision", **told)
    FieldConflict.objects.create(paper=get_paper(workshop, 4), field="title", base="a", upstream="b", local="c")
    hide(workshop, olga, 4)
    response = client.get(address("conflict-list", workshop))
    assert [(conflict.paper.number, conflict.field) for conflict in response.context["conflicts"]] == [(1, "decision"), (4, "title")]


def test_theirs_is_taken(client: Client, workshop: Workshop, olga: User) -> None:
    decide(workshop, 4, "oral")
    path = address("take-upstream-decision", workshop, get_paper(workshop, 4).pk)
    response = client.post(path, {"seen": seen(workshop, 4)})
    assert response["Location"] == address("agreement", workshop)
    held = Decision.objects.get(paper__number=4)
    assert (held.outcome, held.by) == ("reject", olga)
    again = client.post(path, {"seen": seen(workshop, 4), "from_paper": "yes"})
    assert again["Location"] == address("paper", workshop, get_paper(workshop, 4).pk)
    stale = client.post(path, {"seen": "something else"}, headers=FRAGMENT)
    assert (stale.status_code, "has changed meanwhile" in stale.content.decode()) == (409, True)


def test_paper_page_shows_both(client: Client, workshop: Workshop) -> None:
    decide(workshop, 4, "oral")
    page = read(client, address("paper", workshop, get_paper(workshop, 4).pk))
    assert ("Agreement with OpenReview" in page, "Opposite decisions" in page, "Take theirs" in page) == (True, True, True)


def test_words_are_chosen(client: Client, workshop: Workshop) -> None:
    path = address("agreement-words", workshop)
    page = read(client, path)
    assert ("From the field mapping: Accept (Oral)" in page, '<option value="Accept (Poster)">' in page) == (True, True)
    assert client.post(path, {"accept": "Accept"})["Location"] == path
    workshop.refresh_from_db()
    assert workshop.decision_words == {"accept": "Accept"}
    assert client.post(path, {"accept": "x" * 501}).status_code == 422
    assert client.post(path, {"accept": "Yes", "reject": "Yes"}, headers=FRAGMENT).status_code == 409


def test_file_is_described_then_downloaded(client: Client, workshop: Workshop) -> None:
    decide(workshop, 3, "oral", comment="Well done")
    response = client.get(address("agreement-file", workshop))
    assert {rows: len(found.rows) for rows, found in response.context["files"].items()} == {"all": 4, "differing": 1}
    download = client.get(address("download-decision-file", workshop) + "?rows=differing")
    assert (download.content, download["Content-Type"], download["Cache-Control"]) == (
        b"3,Accept (Oral),Well done\n",
        "text/csv; charset=utf-8",
        "no-store",
    )
    assert download["Content-Disposition"] == 'attachment; filename="counted26-openreview-decisions.csv"'


def test_file_without_words_is_refused_with_the_reasons(client: Client, workshop: Workshop) -> None:
    decide_paper(get_paper(workshop, 3), outcome="accept", by=None)
    for name in ("agreement-file", "download-decision-file"):
        response = client.get(address(name, workshop), follow=True)
        assert b"Accept (Oral)\n" not in response.content
        assert "OpenReview&#x27;s words for some decisions are not known" in response.content.decode()


@pytest.mark.parametrize("name", ["agreement", "agreement-words", "agreement-file", "download-decision-file", "push-decisions"])
@pytest.mark.parametrize("role", ["publisher", "assistant"])
def test_only_who_decides_gets_the_decisions_out(client: Client, workshop: Workshop, name: str, role: str) -> None:
    person = make_user(f"{role}@example.org")
    join_workshop(person, workshop, role)  # type: ignore[arg-type]
    client.force_login(person)
    expected = 200 if (name, role) == ("agreement", "assistant") else 404
    page = read(client, address(name, workshop), expected)
    assert "Take theirs" not in page


def test_push_is_compared_confirmed_and_written(client: Client, venue: Venue, workshop: Workshop) -> None:
    decide(workshop, 3, "oral", comment="Well <b>done</b>")
    decide(workshop, 4, "poster")
    path = address("push-decisions", workshop)
    assert "Nothing is written before you have seen and confirmed it." in read(client, path)
    assert client.post(path, SIGN_IN)["Location"] == path
    job = find_push(workshop)
    assert job is not None
    assert "loopback-only" not in str(job.params)
    assert ('hx-trigger="every 1s"' in read(client, path), "OpenReview is being read." in read(client, path)) == (True, True)
    run_job(job.pk)
    page = read(client, path)
    told = ("No decision", '<ins class="break">Accept (Oral)</ins>', "Well &lt;b&gt;done&lt;/b&gt;", "decision_email_authors")
    assert ([said for said in told if said not in page], "every 1s" in page) == ([], False)
    chosen = [get_paper(workshop, 3).pk]
    unready = client.post(address("confirm-push", workshop, job.pk), {"papers": chosen})
    assert (unready.status_code, PushedDecision.objects.count()) == (422, 0)
    assert client.post(address("confirm-push", workshop, job.pk), {"knows_of_mails": "on"}).status_code == 422
    confirmed = client.post(address("confirm-push", workshop, job.pk), {"papers": chosen, "knows_of_mails": "on"})
    assert confirmed["Location"] == address("job", workshop, job.pk)
    assert "Decisions are being written to OpenReview." in read(client, path)
    run_job(job.pk)
    assert (list_live(venue)[3], list_live(venue)[4]) == ([("Accept (Oral)", "Well <b>done</b>")], [("Reject", "")])
    page = read(client, path)
    assert ("1 written to OpenReview" in page, "nothing → Accept (Oral)" in page) == (True, True)
    late = client.post(address("confirm-push", workshop, job.pk), {"papers": chosen, "knows_of_mails": "on"}, headers=FRAGMENT)
    assert (late.status_code, PushedDecision.objects.count()) == (409, 1)


def test_comparison_of_another_is_not_shown(client: Client, workshop: Workshop) -> None:
    decide(workshop, 4, "poster", comment="Secret comment")
    client.post(address("push-decisions", workshop), SIGN_IN)
    job = Job.objects.get()
    run_job(job.pk)
    other = make_user("other@example.org", name="Otto Other")
    join_workshop(other, workshop)
    client.force_login(other)
    page = read(client, address("push-decisions", workshop))
    assert ("has compared the decisions with OpenReview" in page, "Secret comment" in page) == (True, False)
    data = {"papers": [get_paper(workshop, 4).pk], "knows_of_mails": "on"}
    assert client.post(address("confirm-push", workshop, job.pk), data, headers=FRAGMENT).status_code == 409


def test_attempts_on_conflicted_papers_are_hidden(client: Client, workshop: Workshop, olga: User) -> None:
    for number in (1, 4):
        PushedDecision.objects.create(paper=get_paper(workshop, number), after={"decision": f"Word {number}"}, state="written")
    hide(workshop, olga, 4)
    page = read(client, address("push-decisions", workshop))
    assert ("Word 1" in page, "Word 4" in page) == (True, False)


def test_push_that_is_off_says_where_to_switch_it_on(client: Client, workshop: Workshop) -> None:
    Workshop.objects.update(pushes_decisions=False)
    path = address("push-decisions", workshop)
    page = read(client, path)
    assert ("Writing to OpenReview is off for this workshop." in page, "password" in page) == (True, False)
    assert client.post(path, SIGN_IN, headers=FRAGMENT).status_code == 409


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ({}, "Give an account with its password, or a session token."),
        ({**SIGN_IN, "password": "wrong"}, "OpenReview refused the sign-in"),
    ],
)
def test_failed_sign_in_shows_the_form_again(client: Client, workshop: Workshop, data: dict[str, str], sentence: str) -> None:
    response = client.post(address("push-decisions", workshop), data)
    assert (response.status_code, sentence in response.content.decode(), Job.objects.count()) == (422, True, 0)


def test_disagreements_are_something_to_do(client: Client, workshop: Workshop) -> None:
    decide(workshop, 4, "oral")
    page = read(client, reverse("organizer-home", args=[workshop.slug]))
    assert "1 decision on which OpenReview and this workshop disagree" in page
    decide(workshop, 4)
    assert "disagree" not in read(client, reverse("organizer-home", args=[workshop.slug]))
