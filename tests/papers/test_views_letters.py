"""The pages of letters: written with a preview, looked over, sent, followed."""

from html import unescape
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from papers.letters.mailings import pause_mailing
from papers.models import ConflictOfInterest, Decision, Letter, LetterTemplate, Mailing, Paper, User, Workshop
from tests.factories import accept, make_paper
from tests.papers.letter_making import BODY, make_lettered_paper, make_template, queue

pytestmark = pytest.mark.django_db
HERE = "/w/counted26"


@pytest.fixture
def client(client: Client, olga: User) -> Client:
    client.force_login(olga)
    return client


def give(**words: Any) -> dict[str, Any]:
    return {"name": "Accepted", "subject": "Paper {{ paper.number }}", "body": BODY, "query": "dec:accept", "audience": "all", **words}


def test_empty_page_offers_starting_letters(client: Client, workshop: Workshop) -> None:
    assert "Add starting letters" in client.get(f"{HERE}/letters/").content.decode()
    answer = client.post(f"{HERE}/letters/start", follow=True)
    assert "Added 4 letters. Read them and make the words yours." in answer.content.decode()
    assert workshop.letter_templates.count() == 4


def test_letter_is_written_and_changed(client: Client, workshop: Workshop) -> None:
    assert client.get(f"{HERE}/letters/new/").status_code == 200
    answer = client.post(f"{HERE}/letters/new/", give())
    template = workshop.letter_templates.get()
    assert (answer.status_code, answer["Location"]) == (302, f"{HERE}/letters/{template.pk}/")
    page = client.get(answer["Location"])
    changed = give(subject="New", seen=page.context["form"].initial["seen"])
    assert client.post(answer["Location"], changed).status_code == 302
    template.refresh_from_db()
    assert template.subject == "New"
    stale = client.post(answer["Location"], changed | {"subject": "Stale"}, headers={"HX-Request": "true"})
    assert (stale.status_code, "Somebody changed “Accepted” while you wrote" in stale.content.decode()) == (409, True)


def test_mistakes_stand_beside_their_field(client: Client, workshop: Workshop) -> None:
    answer = client.post(f"{HERE}/letters/new/", give(body="{{ paper.titel }}", query="dec:"))
    assert answer.status_code == 422
    errors = answer.context["form"].errors
    assert errors["body"] == ["Line 1, column 4: paper.titel is no field. Did you mean paper.title?"]
    assert list(errors) == ["body", "query"]
    assert workshop.letter_templates.count() == 0
    assert client.post(f"{HERE}/letters/new/", {"name": "x"}).status_code == 422


@pytest.mark.parametrize(
    ("sent", "number"), [({}, 1), ({"to": "1"}, 2), ({"at": "1"}, 2), ({"at": "0", "to": "1"}, 2), ({"to": "99"}, 2), ({"to": "x"}, 1)]
)
def test_preview_walks_through_the_papers(client: Client, workshop: Workshop, sent: dict[str, str], number: int) -> None:
    for paper in (1, 2):
        make_lettered_paper(workshop, number=paper)
    page = client.post(f"{HERE}/letters/preview", give(**sent), headers={"HX-Request": "true"})
    text = page.content.decode()
    assert (page.status_code, "<html" in text, f"your paper “Title {number}” was accepted as Poster." in text) == (200, False, True)
    assert workshop.letter_templates.count() == 0


def test_preview_without_script_is_the_page_with_the_words(client: Client, workshop: Workshop, olga: User) -> None:
    make_lettered_paper(workshop, number=1)
    template = make_template(workshop, olga)
    page = client.post(f"{HERE}/letters/preview", give(subject="Unkept {{ paper.number }}", template=template.pk))
    text = page.content.decode()
    assert ("Unkept {{ paper.number }}" in text, "Unkept 1" in text, f'action="{HERE}/letters/{template.pk}/"' in text) == (
        True,
        True,
        True,
    )
    assert client.post(f"{HERE}/letters/preview", give(template=999)).status_code == 404


def test_preview_tells_mistakes_and_empty_fields(client: Client, workshop: Workshop) -> None:
    make_lettered_paper(workshop, number=1)
    Decision.objects.update(presentation=None)
    text = client.post(f"{HERE}/letters/preview", give(), headers={"HX-Request": "true"}).content.decode()
    assert "<code>paper.presentation</code> is printed here and there is nothing to print." in text
    text = client.post(f"{HERE}/letters/preview", give(body="{{ x }}"), headers={"HX-Request": "true"}).content.decode()
    assert "Line 1, column 4: x is no field." in text
    text = client.post(f"{HERE}/letters/preview", give(query="dec:reject"), headers={"HX-Request": "true"}).content.decode()
    assert "No paper that you may judge fits this search." in text


def test_preview_shows_an_unreleased_decision_to_who_may_judge_alone(client: Client, workshop: Workshop, olga: User) -> None:
    paper = make_paper(workshop, number=1, title="Hidden Title")
    accept(paper)
    words = give(query="", body="{{ paper.title }} {{ paper.outcome }}")
    assert "Hidden Title accepted" in client.post(f"{HERE}/letters/preview", words).content.decode()
    ConflictOfInterest.objects.create(paper=paper, member=workshop.memberships.get(user=olga), ground="declared")
    text = client.post(f"{HERE}/letters/preview", words).content.decode()
    assert ("Hidden Title" in text, "No paper that you may judge fits this search." in text) == (False, True)


def test_test_goes_to_the_writer_alone(client: Client, workshop: Workshop, mailoutbox: list[Any]) -> None:
    make_lettered_paper(workshop, number=1)
    page = client.post(f"{HERE}/letters/test", give())
    assert ("Sent to olga@example.org." in page.content.decode(), Letter.objects.count()) == (True, 0)
    assert [(mail.to, mail.subject) for mail in mailoutbox] == [(["olga@example.org"], "[Test] Paper 1")]
    assert "It would go to Author1 Paper1 <a1.1@example.org>.\n\nDear Author1 Paper1," in mailoutbox[0].message().get_content().replace(
        "\r", ""
    )
    part = client.post(f"{HERE}/letters/test", give(), headers={"HX-Request": "true"}).content.decode()
    assert ("Sent to olga@example.org." in part, "<html" in part) == (True, False)


def test_tests_are_limited(client: Client, workshop: Workshop, mailoutbox: list[Any]) -> None:
    make_lettered_paper(workshop, number=1)
    for _ in range(20):
        client.post(f"{HERE}/letters/test", give())
    refused = client.post(f"{HERE}/letters/test", give(), headers={"HX-Request": "true"})
    assert (refused.status_code, "You sent yourself 20 tests within an hour; wait a while." in refused.content.decode()) == (409, True)
    assert len(mailoutbox) == 20


@pytest.mark.parametrize(
    ("words", "sentence"), [({"query": "dec:reject"}, "No paper fits the search"), ({"body": "{{ x }}"}, "x is no field")]
)
def test_test_of_nothing_is_refused(
    client: Client, workshop: Workshop, words: dict[str, str], sentence: str, mailoutbox: list[Any]
) -> None:
    make_lettered_paper(workshop, number=1)
    refused = client.post(f"{HERE}/letters/test", give(**words), headers={"HX-Request": "true"})
    assert (refused.status_code, sentence in refused.content.decode(), mailoutbox) == (409, True, [])


def test_letters_are_copied_moved_and_deleted(client: Client, workshop: Workshop, olga: User) -> None:
    one, two = make_template(workshop, olga, name="One"), make_template(workshop, olga, name="Two")
    client.post(f"{HERE}/letters/{two.pk}/up")
    assert list(workshop.letter_templates.values_list("name", flat=True)) == ["Two", "One"]
    client.post(f"{HERE}/letters/{two.pk}/down")
    client.post(f"{HERE}/letters/{one.pk}/copy")
    assert "Delete “Two”?" in client.get(f"{HERE}/letters/{two.pk}/delete").content.decode()
    client.post(f"{HERE}/letters/{two.pk}/delete")
    assert list(workshop.letter_templates.values_list("name", flat=True)) == ["One", "One (copy)"]


def test_letter_is_looked_over_and_sent(client: Client, workshop: Workshop, olga: User) -> None:
    make_lettered_paper(workshop, number=1)
    template = make_template(workshop, olga)
    page = client.get(f"{HERE}/letters/{template.pk}/send/")
    assert "a1.1@example.org" in page.content.decode()
    sent = {"digest": page.context["check"].digest, "nonce": page.context["nonce"], "route": "mail", "repeats": "skip"}
    answer = client.post(f"{HERE}/letters/{template.pk}/send/", sent)
    mailing = workshop.mailings.get()
    assert (answer.status_code, answer["Location"]) == (302, f"{HERE}/outbox/{mailing.pk}/")
    again = client.post(f"{HERE}/letters/{template.pk}/send/", sent)
    assert (again["Location"], Mailing.objects.count(), Letter.objects.count()) == (answer["Location"], 1, 1)


def test_concerns_have_to_be_confirmed(client: Client, workshop: Workshop, olga: User) -> None:
    make_lettered_paper(workshop, number=1, authors=2)
    Paper.objects.get(number=1).authors.filter(position=2).update(email="")
    template = make_template(workshop, olga)
    page = client.get(f"{HERE}/letters/{template.pk}/send/")
    assert "1 author can't be reached by mail" in unescape(page.content.decode())
    sent = {"digest": page.context["check"].digest, "nonce": "n"}
    refused = client.post(f"{HERE}/letters/{template.pk}/send/", sent)
    assert (refused.status_code, "Look at what is said above, then tick this." in refused.content.decode()) == (422, True)
    assert client.post(f"{HERE}/letters/{template.pk}/send/", {**sent, "confirmed": "on"}).status_code == 302


def test_sending_before_the_release_is_refused(client: Client, workshop: Workshop, olga: User) -> None:
    accept(make_paper(workshop, number=1))
    template = make_template(workshop, olga)
    page = client.get(f"{HERE}/letters/{template.pk}/send/")
    assert "the decision on 1 paper is not released: 1." in page.content.decode()
    refused = client.post(
        f"{HERE}/letters/{template.pk}/send/", {"digest": page.context["check"].digest, "nonce": "n"}, headers={"HX-Request": "1"}
    )
    assert (refused.status_code, Mailing.objects.count()) == (409, 0)
    assert client.get(f"{HERE}/letters/{template.pk}/recipients.csv").status_code == 409


def test_outbox_shows_searches_and_filters(client: Client, workshop: Workshop, olga: User) -> None:
    for number in (1, 2, 3):
        make_lettered_paper(workshop, number=number)
    mailing = queue(make_template(workshop, olga), olga)
    mailing.letters.filter(paper__number=2).update(state="unclear", trouble="no answer")
    for place in ("outbox/", f"outbox/{mailing.pk}/"):
        shown = client.get(f"{HERE}/{place}")
        assert [letter.paper.number for letter in shown.context["page_obj"]] == [2, 1, 3]
        asked = {
            q: [letter.paper.number for letter in client.get(f"{HERE}/{place}?{q}").context["page_obj"]]
            for q in ("state=waiting", "q=a1.3", "q=2", "q=answer+Title", "q=nobody")
        }
        assert asked == {"state=waiting": [1, 3], "q=a1.3": [3], "q=2": [2], "q=answer+Title": [2], "q=nobody": []}
        part = client.get(f"{HERE}/{place}", headers={"HX-Request": "true"}).content.decode()
        signs = ("<html", 'hx-trigger="every 3s"', 'hx-swap-oob="true"', "a1.3@example.org", 'type="search"', 'name="q"')
        assert [sign in part for sign in signs] == [False, True, True, True, False, False]
    mailing.letters.update(state="sent")
    assert 'hx-trigger="every 3s"' not in client.get(f"{HERE}/outbox/").content.decode()


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize(
    ("place", "queries"), [("letters/", 7), ("outbox/", 10), ("outbox/{mailing}/", 9), ("letters/{template}/send/", 17)]
)
def test_pages_ask_as_much_for_three_letters_as_for_one(
    client: Client, workshop: Workshop, olga: User, count: int, place: str, queries: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(1, count + 1):
        make_lettered_paper(workshop, number=number)
        mailing = queue(make_template(workshop, olga, name=f"Letter {number}"), olga)
    template = workshop.letter_templates.first()
    assert template is not None
    with django_assert_num_queries(queries):
        assert client.get(f"{HERE}/{place.format(mailing=mailing.pk, template=template.pk)}").status_code == 200


def test_states_are_a_table_without_formulas(client: Client, workshop: Workshop, olga: User) -> None:
    make_lettered_paper(workshop, number=1)
    Paper.objects.update(title="=1+1")
    mailing = queue(make_template(workshop, olga), olga)
    mailing.letters.update(state="failed", trouble="550 no", bounce="hard", attempt_count=1)
    answer = client.get(f"{HERE}/outbox/{mailing.pk}/states.csv")
    assert answer.content.decode() == (
        "paper,forum,title,name,address,state,sent_at,bounced_at,bounce,attempts,said,message_id\n"
        f"1,note1,'=1+1,Author1 Paper1,a1.1@example.org,failed,,,hard,1,550 no,{mailing.letters.get().message_id}\n"
    )


def test_mailing_is_paused_resumed_and_canceled(client: Client, workshop: Workshop, olga: User) -> None:
    make_lettered_paper(workshop, number=1)
    mailing = queue(make_template(workshop, olga), olga)
    address = f"{HERE}/outbox/{mailing.pk}/"
    assert "Pause" in client.get(address).content.decode()
    assert "pauses. At most one letter was just leaving." in client.post(f"{address}pause", follow=True).content.decode()
    mailing.refresh_from_db()
    assert mailing.paused_at is not None
    assert client.get(f"{address}resume").status_code == 200
    assert "goes on." in client.post(f"{address}resume", follow=True).content.decode()
    assert "Cancel the 1 letter that has not left?" in client.get(f"{address}cancel").content.decode()
    assert "Canceled 1 letter." in client.post(f"{address}cancel", follow=True).content.decode()
    assert mailing.letters.get().state == "canceled"


def test_letter_in_doubt_is_settled_on_its_page(client: Client, workshop: Workshop, olga: User) -> None:
    make_lettered_paper(workshop, number=1)
    letter = queue(make_template(workshop, olga), olga).letters.get()
    address = f"{HERE}/outbox/letters/{letter.pk}/"
    Letter.objects.update(state="unclear")
    assert "It was sent" in client.get(address).content.decode()
    assert "counts as sent." in client.post(f"{address}sent", follow=True).content.decode()
    assert client.post(f"{address}bounced", {"bounce": "sideways"}).status_code == 422
    assert (
        "The next mailing names a1.1@example.org"
        in client.post(f"{address}bounced", {"bounce": "hard", "reason": "left"}, follow=True).content.decode()
    )
    assert "waits to be sent again, under its own Message-ID." in client.post(f"{address}again", follow=True).content.decode()
    letter.refresh_from_db()
    assert (letter.state, letter.bounce) == ("waiting", "")


def test_words_of_a_letter_are_hidden_in_conflict(client: Client, workshop: Workshop, olga: User) -> None:
    paper = make_lettered_paper(workshop, number=1)
    letter = queue(make_template(workshop, olga, subject="Secret subject", body="Secret words"), olga).letters.get()
    assert "Secret words" in client.get(f"{HERE}/outbox/letters/{letter.pk}/").content.decode()
    ConflictOfInterest.objects.create(paper=paper, member=workshop.memberships.get(user=olga), ground="declared")
    text = client.get(f"{HERE}/outbox/letters/{letter.pk}/").content.decode()
    assert ("Secret" in text, "Not for you" in text) == (False, True)


def test_paused_mailing_offers_to_go_on(client: Client, workshop: Workshop, olga: User) -> None:
    make_lettered_paper(workshop, number=1)
    mailing = queue(make_template(workshop, olga), olga)
    pause_mailing(mailing, by=olga)
    text = client.get(f"{HERE}/outbox/{mailing.pk}/").content.decode()
    assert ("Go on sending" in text, ">Pause<" in text) == (True, False)


def test_letter_of_another_workshop_is_not_there(client: Client, workshop: Workshop, olga: User) -> None:
    elsewhere = LetterTemplate.objects.create(
        workshop=Workshop.objects.create(slug="other", name="O", short_name="O", year=2026), name="x", subject="x", body="x"
    )
    assert [client.get(f"{HERE}/letters/{elsewhere.pk}/{place}").status_code for place in ("", "send/", "delete")] == [404, 404, 404]
