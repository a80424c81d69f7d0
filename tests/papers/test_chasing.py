"""Chasing: to exactly those who owe exactly that, once, unless it is done before the letter leaves."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from papers.camera_ready import return_file
from papers.errors import Refusal, Refusals
from papers.jobs import run_job
from papers.letters.chasing import Chase, ChaseQuestion, preview_chase, queue_chase
from papers.letters.reminder_words import find_reminder_template
from papers.models import LetterTemplate, Mailing, Paper, User, Workshop
from papers.sight import find_sight
from tests.factories import accept, make_paper
from tests.papers.handed_in import AFTER, BEFORE, ask, hand_in, make_owing_paper
from tests.papers.letter_making import find_job, list_states, make_template
from tests.papers.smtp_server import serve_mail

A7, A8, A9 = (f"a{number}@example.org" for number in (7, 8, 9))


@pytest.fixture(autouse=True)
def before_the_deadline() -> Iterator[None]:
    with time_machine.travel(BEFORE, tick=False):
        yield


def owe(workshop: Workshop, number: int, **fields: Any) -> Paper:
    paper = make_owing_paper(workshop, number=number, **fields)
    paper.authors.filter(position__gt=1).delete()
    paper.authors.update(email=f"a{number}@example.org")
    return paper


@pytest.fixture
def papers(workshop: Workshop, olga: User) -> list[Paper]:
    """Make three papers that owe PDF and form; the PDF of 8 is here, that of 9 came back."""
    workshop.letters_per_minute = 30_000
    workshop.save()
    ask(workshop)
    ask(workshop, "form")
    some = [owe(workshop, 7), owe(workshop, 8, track=workshop.tracks.get(slug="short")), owe(workshop, 9, title="Other words")]
    hand_in(some[1], olga)
    return_file(hand_in(some[2], olga), reasons="Fonts are missing.", by=olga)
    hidden = make_paper(workshop, number=10)
    accept(hidden)
    hidden.authors.update(email="hidden@example.org")
    return some


def preview(workshop: Workshop, olga: User, template: LetterTemplate | None = None, **asked: Any) -> Chase:
    return preview_chase(template or find_reminder_template(workshop), ChaseQuestion(**asked), sight=find_sight(workshop, olga))


def send(workshop: Workshop, olga: User, template: LetterTemplate | None = None, *, nonce: str = "", **asked: Any) -> Mailing:
    chase = preview(workshop, olga, template, **asked)
    words = template or find_reminder_template(workshop)
    return queue_chase(words, chase.question, sight=find_sight(workshop, olga), digest=chase.digest, nonce=nonce, by=olga)


def list_addresses(chase: Chase) -> list[str]:
    return [letter.recipient.address for letter in chase.check.letters]


@pytest.mark.parametrize(
    ("asked", "addresses"),
    [
        ({}, [A7, A8, A9]),
        ({"item": "paper"}, [A7, A9]),
        ({"item": "paper", "state": "owed"}, [A7]),
        ({"item": "paper", "state": "returned"}, [A9]),
        ({"item": "form", "track": "short"}, [A8]),
        ({"item": "form", "words": "other"}, [A9]),
        ({"item": "form", "words": "#8"}, [A8]),
        ({"item": "slides"}, []),
        ({"state": "overdue"}, []),
        ({"state": "approved"}, []),
    ],
)
def test_exactly_those_who_owe_exactly_that(
    papers: list[Paper], workshop: Workshop, olga: User, asked: dict[str, Any], addresses: list[str]
) -> None:
    assert list_addresses(preview(workshop, olga, **asked)) == addresses


def test_overdue_are_found_after_the_deadline(papers: list[Paper], workshop: Workshop, olga: User) -> None:
    with time_machine.travel(AFTER, tick=False):
        assert list_addresses(preview(workshop, olga, item="paper", state="overdue")) == [A7, A9]


def test_letter_lists_what_is_asked_first(papers: list[Paper], workshop: Workshop, olga: User) -> None:
    [letter] = preview(workshop, olga, item="paper", state="returned").check.letters
    assert letter.subject == "[Counted 2026] Still open: paper 9, Other words"
    asked, besides = letter.body.split("Also open")
    assert ("Paper PDF: came back: mend it" in asked, "Copyright form" in asked, "Copyright form" in besides) == (True, False, True)
    assert "Paper PDF:\nFonts are missing." in asked


def test_nobody_to_chase_is_said(papers: list[Paper], workshop: Workshop, olga: User) -> None:
    told = {state: preview(workshop, olga, item="slides", state=state).check.refusals for state in ("", "received", "approved")}
    assert told == {
        "": ("No paper owes this; there is nobody to write to.",),
        "received": ("There is nobody to chase. Their files came; it is on you to look at them.",),
        "approved": ("There is nobody to chase. Their files are approved.",),
    }
    with pytest.raises(Refusals) as refused:
        send(workshop, olga, item="slides")
    assert refused.value.reasons == ["No paper owes this; there is nobody to write to."]
    papers[0].authors.update(email="")
    [refusal] = preview(workshop, olga, item="paper", state="owed").check.refusals
    assert refusal == "No author of these papers can be reached by mail."


def test_mistakes_of_a_letter_are_said(papers: list[Paper], workshop: Workshop, olga: User) -> None:
    template = make_template(workshop, olga)
    template.body = "{{ paper.owned }}"
    assert preview(workshop, olga, template).check.refusals == ("Line 1, column 4: paper.owned is no field. Did you mean paper.owed?",)


def test_who_was_reminded_lately_is_left_out(papers: list[Paper], workshop: Workshop, olga: User) -> None:
    send(workshop, olga, item="paper", state="owed")
    again = preview(workshop, olga, item="paper")
    assert (list_addresses(again), [one.recipient.address for one in again.recent]) == ([A9], [A7])
    whole = preview(workshop, olga, item="paper", skips_recent=False)
    assert list_addresses(whole) == [A7, A9]
    assert [one.sentence for one in whole.check.concerns] == [
        "1 recipient on 1 paper got a reminder within 48 hours and would get one more: 7."
    ]
    only = preview(workshop, olga, item="paper", state="owed").check.refusals
    assert only == ("Everybody who owes this was written to lately; take a shorter time, or write to them again.",)
    with time_machine.travel(BEFORE + dt.timedelta(hours=49), tick=False):
        assert list_addresses(preview(workshop, olga, item="paper")) == [A7, A9]


def test_chase_is_kept_once_with_its_letter(papers: list[Paper], workshop: Workshop, olga: User) -> None:
    mailing = send(workshop, olga, nonce="once", item="paper")
    assert (
        queue_chase(find_reminder_template(workshop), ChaseQuestion(), sight=find_sight(workshop, olga), digest="", nonce="once", by=olga)
        == mailing
    )
    assert (mailing.kind, mailing.name, list_states(mailing)) == ("chase", "Camera-ready reminder", {A7: "waiting", A9: "waiting"})
    assert find_reminder_template(workshop).pk == mailing.template_id
    assert {letter.asks["items"][0] for letter in mailing.letters.all() if letter.asks} == {"paper"}


def test_chase_that_reads_otherwise_by_now_is_refused(papers: list[Paper], workshop: Workshop, olga: User) -> None:
    chase, words = preview(workshop, olga, item="paper"), find_reminder_template(workshop)
    hand_in(papers[0], olga)
    with pytest.raises(Refusal) as refused:
        queue_chase(words, chase.question, sight=find_sight(workshop, olga), digest=chase.digest, nonce="", by=olga)
    assert refused.value.sentence == "What is owed, or the letter, changed since you looked; look again, then send."


@pytest.mark.django_db(transaction=True)
def test_who_no_longer_owes_it_gets_nothing(papers: list[Paper], workshop: Workshop, olga: User, settings: Any) -> None:
    with time_machine.travel(BEFORE, tick=True), serve_mail() as server:
        for name, value in server.settings().items():
            setattr(settings, name, value)
        mailing = send(workshop, olga)
        hand_in(papers[0], olga)
        hand_in(papers[0], olga, kind="form")
        hand_in(papers[2], olga, b"%PDF-1.5 mended")
        workshop.papers.get(number=8).authors.update(email="new@example.org")
        run_job(find_job(workshop).pk)
    chased = [mail for mail in server.mails if "Still open" in str(mail.message["Subject"])]  # the return of 9 is told, too
    assert ([mail.recipient for mail in chased], len(server.mails)) == ([A7, A9], 3)
    assert list_states(mailing) == {A7: "sent", A8: "settled", A9: "sent"}
    told = [str(mail.message.get_content()) for mail in chased]
    assert ["Paper PDF" in text for text in told] == [False, False]


def open_page(client: Client, user: User, workshop: Workshop, query: str = "") -> Any:
    client.force_login(user)
    return client.get(reverse("chase", args=[workshop.slug]) + query)


def test_page_shows_letters_and_sends_them(papers: list[Paper], workshop: Workshop, olga: User, client: Client) -> None:
    page = open_page(client, olga, workshop, "?kind=paper&state=owed")
    assert (page.status_code, page.context["page_obj"].paginator.count, b"Camera-ready reminder</option>" in page.content) == (
        200,
        1,
        True,
    )
    address = reverse("chase", args=[workshop.slug])
    asked = {"kind": "paper", "state": "owed", "digest": page.context["chase"].digest, "nonce": page.context["nonce"]}
    answer = client.post(address, asked)
    mailing = Mailing.objects.get(kind="chase")
    assert (answer.status_code, answer["Location"]) == (302, reverse("mailing", args=[workshop.slug, mailing.pk]))
    again = client.post(address, {**asked, "recent": "again", "nonce": "other"})
    assert (again.status_code, again.context["form"].errors["confirmed"]) == (422, ["Look at what is said above, then tick this."])


def test_page_refuses_what_is_not_owed(papers: list[Paper], workshop: Workshop, olga: User, client: Client) -> None:
    page = open_page(client, olga, workshop, "?kind=nonsense&state=approved&track=none")
    assert page.context["chase"].check.refusals == ("There is nobody to chase. Their files are approved.",)


def test_stranger_finds_nothing(papers: list[Paper], workshop: Workshop, eve: User, client: Client) -> None:
    assert open_page(client, eve, workshop).status_code == 404


def test_page_asks_as_often_for_three_papers(papers: list[Paper], workshop: Workshop, olga: User) -> None:
    def count(**asked: Any) -> tuple[int, int]:
        with CaptureQueriesContext(connection) as queries:
            chase = preview(workshop, olga, **asked)
        return len(chase.check.letters), len(queries)

    (one, few), (three, many) = count(item="form", words="#7"), count(item="form")
    assert (one, three, few) == (1, 3, many)
