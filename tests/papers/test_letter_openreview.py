"""Letters where OpenReview hides the addresses: sent through it once, looked up before a second try, or taken there as a file."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client

from papers.errors import Refusal
from papers.import_jobs import sign_in_for_import
from papers.jobs import run_job
from papers.letters.checking import check_template
from papers.letters.mailings import resume_mailing, send_letter_again
from papers.letters.openreview import write_recipient_file
from papers.models import Job, Mailing, User, Workshop
from papers.sight import Sight, find_sight
from standin import Standin, Venue
from tests.factories import join_workshop, make_user, make_workshop
from tests.papers.letter_making import find_job, list_states, make_lettered_paper, make_template, queue
from tests.papers.standin_venues import CHAIR, VENUE_ID, fill_venue, make_venue, serve

pytestmark = pytest.mark.django_db
GROUP = f"{VENUE_ID}/Submission1/Authors"
SIGN_IN = {"username": CHAIR.username, "password": CHAIR.password}


@pytest.fixture
def venue() -> Venue:
    return fill_venue(make_venue())


@pytest.fixture
def standin(venue: Venue, settings: Any) -> Iterator[Standin]:
    with serve(venue) as running:
        settings.OPENREVIEW_BASE_URL, settings.OPENREVIEW_BASE_URL_V1 = running.url, running.url_v1
        settings.OPENREVIEW_READ_SECONDS = 0.5
        yield running


@pytest.fixture
def here(db: None) -> Workshop:
    workshop = make_workshop("open26", venue_id=VENUE_ID, pushes_decisions=True, letters_per_minute=30_000)
    for number in (1, 2):
        paper = make_lettered_paper(workshop, number=number, authors=2)
        paper.authors.update(email="****@x.edu")
    return workshop


@pytest.fixture
def chair(here: Workshop) -> User:
    user = make_user("chair@example.org", name="Olga Chair")
    join_workshop(user, here)
    return user


@pytest.fixture
def client(client: Client, chair: User) -> Client:
    client.force_login(chair)
    return client


def send_from_page(client: Client, here: Workshop, chair: User, **sent: Any) -> Any:
    template = make_template(here, chair, query="dec:accept 1")
    address = f"/w/open26/letters/{template.pk}/send/?route=openreview"
    page = client.get(address)
    assert page.status_code == 200
    words = {"digest": page.context["check"].digest, "nonce": "n", "route": "openreview", **SIGN_IN, **sent}
    return client.post(address, words)


def test_letters_leave_through_openreview(client: Client, here: Workshop, chair: User, standin: Standin, venue: Venue) -> None:
    assert send_from_page(client, here, chair).status_code == 302
    mailing = here.mailings.get()
    assert (mailing.route, [(letter.address, letter.name) for letter in mailing.letters.all()]) == ("openreview", [(GROUP, "{{fullname}}")])
    job = find_job(here)
    assert (job.kind, "loopback-only" in str(job.params)) == ("send-openreview-letters", False)
    run_job(job.pk)
    assert (list_states(mailing), find_job(here).state, find_job(here).params) == ({GROUP: "sent"}, "done", {})
    requests = venue.store.message_requests
    assert [(row["groups"], row["subject"]) for row in requests] == [([GROUP], "Paper 1")]
    assert requests[0]["message"].startswith("Dear {{fullname}},\n\nyour paper “Title 1” was accepted as Poster.")


def test_sign_in_that_fails_queues_nothing(client: Client, here: Workshop, chair: User, standin: Standin) -> None:
    answer = send_from_page(client, here, chair, password="wrong")
    assert (answer.status_code, Mailing.objects.count(), "wrong" in answer.content.decode()) == (422, 0, False)
    assert send_from_page_again(client, here, {"route": "openreview"}) == 422


def send_from_page_again(client: Client, here: Workshop, sent: dict[str, str]) -> int:
    template = here.letter_templates.get()
    return client.post(f"/w/open26/letters/{template.pk}/send/", sent).status_code


def test_route_is_off_unless_the_workshop_writes_to_openreview(client: Client, here: Workshop, chair: User) -> None:
    Workshop.objects.update(pushes_decisions=False)
    template = make_template(here, chair)
    assert "Send through OpenReview" not in client.get(f"/w/open26/letters/{template.pk}/send/").content.decode()
    assert client.get(f"/w/open26/letters/{template.pk}/send/?route=openreview").status_code == 409


@pytest.mark.parametrize(("kind", "options"), [("status", {"status": 500, "late": True}), ("reset", {}), ("slow", {"seconds": 2})])
def test_lost_answer_is_looked_up_and_nothing_sent_twice(
    client: Client, here: Workshop, chair: User, standin: Standin, venue: Venue, kind: str, options: Any
) -> None:
    send_from_page(client, here, chair)
    standin.faults.add(kind, path="/messages/requests", method="POST", times=1, **options)
    run_job(find_job(here).pk)
    mailing = here.mailings.get()
    assert (list_states(mailing), find_job(here).state) == ({GROUP: "waiting"}, "paused")
    mailing.letters.update(retry_at=None)
    Job.objects.update(state="queued", resume_at=None)
    run_job(find_job(here).pk)
    assert (list_states(mailing), len(venue.store.message_requests)) == ({GROUP: "sent"}, 1)


def test_letter_left_behind_is_looked_up_when_it_is_sent_again(
    client: Client, here: Workshop, chair: User, standin: Standin, venue: Venue
) -> None:
    send_from_page(client, here, chair)
    run_job(find_job(here).pk)
    mailing = here.mailings.get()
    mailing.letters.update(state="unclear", trouble="The program stopped.")
    send_letter_again(mailing.letters.get(), by=chair)
    assert list_states(mailing) == {GROUP: "waiting"}
    with pytest.raises(Refusal, match="Sign in to OpenReview to send through it"):
        resume_mailing(mailing, by=chair)
    assert "Sign in as a program chair" in client.get(f"/w/open26/outbox/{mailing.pk}/resume").content.decode()
    assert client.post(f"/w/open26/outbox/{mailing.pk}/resume", {}).status_code == 422
    assert client.post(f"/w/open26/outbox/{mailing.pk}/resume", SIGN_IN).status_code == 302
    run_job(find_job(here).pk)
    assert (list_states(mailing), len(venue.store.message_requests)) == ({GROUP: "sent"}, 1)


def test_letter_that_openreview_refuses_fails_alone(here: Workshop, chair: User, standin: Standin) -> None:
    here.papers.filter(number=1).update(title="long " * 60)
    mailing = queue(make_template(here, chair, subject="{{ paper.title }}"), chair, route="openreview", token=sign_in_for_import(CHAIR))
    run_job(find_job(here).pk)
    assert list_states(mailing) == {GROUP: "failed", f"{VENUE_ID}/Submission2/Authors": "sent"}
    assert mailing.letters.get(state="failed").trouble == "The subject must be one line of at most 250 characters."


def test_session_that_ended_bars_the_letters(here: Workshop, chair: User, standin: Standin) -> None:
    mailing = queue(make_template(here, chair), chair, route="openreview", token="no session")
    run_job(find_job(here).pk)
    assert (find_job(here).state, set(list_states(mailing).values())) == ("failed", {"waiting"})
    assert find_job(here).message.startswith("The letters wait: OpenReview does not let us send. It said: ")


def test_paper_that_is_not_in_openreview_is_named(here: Workshop, chair: User) -> None:
    make_lettered_paper(here, number=7)
    here.papers.filter(number=7).update(note_id="")
    check = check_template(make_template(here, chair), sight=find_sight(here, chair), route="openreview")
    assert [concern.details for concern in check.concerns] == [("Paper 7 is not in OpenReview.",)]


def test_file_for_openreview_has_a_line_a_paper(client: Client, here: Workshop, chair: User) -> None:
    here.papers.get(number=1).authors.filter(position=1).update(profile_id="~Ada_Author1")
    template = make_template(here, chair, query="dec:accept 1", subject="=1+1", body="Dear {{ recipient.name }},\n")
    expected = f'number,forum,group,profiles,subject,body\n1,note1,{GROUP},~Ada_Author1,\'=1+1,"Dear {{{{fullname}}}},\n"\n'
    check = check_template(template, sight=Sight(here, is_inside=True), route="openreview")
    assert write_recipient_file(check) == expected
    answer = client.get(f"/w/open26/letters/{template.pk}/recipients.csv")
    assert (answer.content.decode(), answer["Content-Type"]) == (expected, "text/csv; charset=utf-8")
