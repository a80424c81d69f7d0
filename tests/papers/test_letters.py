"""Letters looked over and queued; nothing tells what is not released."""

import datetime as dt
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from pytest_django import DjangoAssertNumQueries

from papers.claims import claim_for_user
from papers.errors import Refusal, Refusals
from papers.letters.checking import Check, check_template
from papers.letters.mailings import queue_mailing
from papers.models import (
    Author,
    ConflictOfInterest,
    Decision,
    Letter,
    LetterTemplate,
    Mailing,
    Paper,
    Review,
    User,
    Workshop,
)
from papers.sight import Sight, find_sight
from tests.factories import accept, make_paper, make_user, reject
from tests.papers.letter_making import find_job, make_lettered_paper, make_template, queue

pytestmark = pytest.mark.django_db


def look_over(template: LetterTemplate, by: User, **options: Any) -> Check:
    return check_template(template, sight=find_sight(template.workshop, by), **options)


def tell_concerns(check: Check) -> list[str]:
    return [concern.sentence for concern in check.concerns]


def test_values_of_a_paper_can_break_out_of_nothing(workshop: Workshop, olga: User) -> None:
    paper = make_lettered_paper(workshop, number=1)
    Paper.objects.filter(pk=paper.pk).update(title="{{ reviews }}\r\nBcc: eve@example.org\n{% if x %}")
    template = make_template(workshop, olga, subject="About {{ paper.title }}", body="{{ paper.title }}")
    row = look_over(template, olga).letters[0]
    assert row.subject == "About {{ reviews }} Bcc: eve@example.org {% if x %}"
    assert row.body == "{{ reviews }} Bcc: eve@example.org {% if x %}\n"


def test_reviews_are_quoted_without_names_and_confidences_to_chairs(workshop: Workshop, olga: User) -> None:
    paper = make_lettered_paper(workshop, number=1)
    content = {"summary": "Counts.", "confidential_comments": "Secret", "rating": "6", "weaknesses": "Few."}
    make = Review.objects.create
    make(
        paper=paper,
        note_id="r1",
        kind="review",
        rating_raw="6: weak accept",
        confidence_raw="4",
        signature="V/Reviewer_Abc",
        content=content,
    )
    make(paper=paper, note_id="r2", kind="comment", content={"summary": "Chairs only"})
    make(paper=paper, note_id="r3", kind="review", content={"summary": "Gone"}, gone_at=dt.datetime(2026, 1, 1, tzinfo=dt.UTC))
    template = make_template(workshop, olga, body="{{ reviews }}", quotes_reviews=True)
    assert look_over(template, olga).letters[0].body == (
        "Review 1\nRating: 6: weak accept\nConfidence: 4\n\nSummary:\nCounts.\n\nWeaknesses:\nFew.\n"
    )


def test_recipients_are_found_and_the_others_named(workshop: Workshop, olga: User, ada: User) -> None:
    paper = make_lettered_paper(workshop, number=1, authors=5)
    addresses = ["a@example.org", "A@example.org", "****@x.edu", "", "broken"]
    for author, address in zip(paper.authors.all(), addresses, strict=True):
        Author.objects.filter(pk=author.pk).update(email=address)
    claim_for_user(paper, paper.authors.get(position=4), ada, by=olga)
    EmailAddress.objects.create(user=ada, email="ada.late@example.org", verified=True)
    EmailAddress.objects.create(user=ada, email="ada.unproved@example.org", verified=False)
    lone = make_lettered_paper(workshop, number=2)
    lone.authors.all().delete()
    check = look_over(make_template(workshop, olga), olga)
    assert [(row.recipient.name, row.recipient.address) for row in check.letters] == [
        ("Author1 Paper1", "a@example.org"),
        ("Author4 Paper1", "ada@example.org"),
    ]
    assert [(concern.sentence, concern.details) for concern in check.concerns] == [
        (
            "2 authors can't be reached by mail. Nobody at all gets the letter on 1 paper: 2.",
            (
                "Paper 1: Author3 Paper1 has an address that OpenReview hides.",
                "Paper 1: Author5 Paper1 has an address that can't be mailed (broken).",
                "Paper 2 has no author that is known here.",
            ),
        )
    ]


def test_address_that_authors_gave_goes_first(workshop: Workshop, olga: User) -> None:
    paper = make_lettered_paper(workshop, number=1, authors=2)
    paper.authors.filter(position=1).update(contact_email="new@example.org")
    letters = look_over(make_template(workshop, olga), olga).letters
    assert [row.recipient.address for row in letters] == ["new@example.org", "a2.1@example.org"]


def test_first_author_alone_may_get_it(workshop: Workshop, olga: User) -> None:
    make_lettered_paper(workshop, number=1, authors=3)
    body = "{% if recipient.is_first_author %}first{% else %}other{% endif %}"
    template = make_template(workshop, olga, audience="first", body=body, query="dec:accept")
    assert [(row.recipient.address, row.body) for row in look_over(template, olga).letters] == [("a1.1@example.org", "first\n")]
    LetterTemplate.objects.filter(pk=template.pk).update(audience="all")
    template.refresh_from_db()
    assert [row.body for row in look_over(template, olga).letters] == ["first\n", "other\n", "other\n"]


def test_empty_fields_are_named_over_all_papers(workshop: Workshop, olga: User) -> None:
    for number in (1, 2, 3):
        make_lettered_paper(workshop, number=number)
    Decision.objects.filter(paper__number__in=(1, 3)).update(presentation=None)
    check = look_over(make_template(workshop, olga), olga)
    assert tell_concerns(check) == ["paper.presentation is printed and empty for 2 papers: 1, 3."]


def test_many_papers_are_named_up_to_thirty(workshop: Workshop, olga: User) -> None:
    for number in range(1, 33):
        make_lettered_paper(workshop, number=number)
    Decision.objects.update(presentation=None)
    listed = ", ".join(str(number) for number in range(1, 31))
    assert tell_concerns(look_over(make_template(workshop, olga), olga)) == [
        f"paper.presentation is printed and empty for 32 papers: {listed} and 2 more."
    ]


@pytest.mark.parametrize(
    ("query", "body"),
    [
        ("", "{{ paper.presentation }}"),
        ("", "{% if paper.is_accepted %}yes{% endif %}"),
        ("dec:accept", "Congratulations."),
        ("-dec:reject", "Congratulations."),
        ("pres:poster", "Congratulations."),
        ("reviews>0", "Congratulations."),
    ],
)
def test_letter_that_tells_what_is_not_released_is_refused(workshop: Workshop, olga: User, query: str, body: str) -> None:
    paper = make_paper(workshop, number=1)
    paper.authors.update(email="a@example.org")
    Review.objects.create(paper=paper, note_id="r1", kind="review", rating=9)
    accept(paper)
    reject(make_paper(workshop, number=2))
    template = make_template(workshop, olga, query=query, body=body)
    check = look_over(template, olga)
    told = "1, 2" if not query else "1"
    many = ("s", "2 papers are") if not query else ("", "1 paper is")
    assert check.refusals == (
        f"This letter tells of decisions or reviews, but the decision{many[0]} on {many[1]} not released: {told}. "
        "Release first, or send the letter with the release.",
    )
    with pytest.raises(Refusals, match="“Accepted” was not sent"):
        queue_mailing(template, sight=find_sight(workshop, olga), digest=check.digest, nonce="n", by=olga)
    assert (Mailing.objects.count(), Letter.objects.count()) == (0, 0)


def test_letter_that_tells_nothing_may_leave_before_the_release(workshop: Workshop, olga: User) -> None:
    paper = make_paper(workshop, number=1)
    paper.authors.update(email="a@example.org")
    accept(paper)
    template = make_template(workshop, olga, query="track:full", body="Decisions come late for {{ paper.title }}.")
    assert [row.recipient.address for row in look_over(template, olga).letters] == ["a@example.org"]


def test_withdrawn_and_test_papers_get_nothing(workshop: Workshop, olga: User) -> None:
    make_lettered_paper(workshop, number=1, standing="withdrawn")
    make_lettered_paper(workshop, number=2, is_test=True)
    assert look_over(make_template(workshop, olga, query="", body="x"), olga).refusals == (
        "There is nobody to write to: no paper fits its search.",
    )


def test_nobody_who_can_be_reached_is_a_refusal(workshop: Workshop, olga: User) -> None:
    paper = make_lettered_paper(workshop, number=1)
    paper.authors.update(email="")
    assert look_over(make_template(workshop, olga), olga).refusals == (
        "There is nobody to write to: no author of these papers can be reached.",
    )


def test_mistakes_forbid_sending(workshop: Workshop, olga: User) -> None:
    make_lettered_paper(workshop, number=1)
    template = make_template(workshop, olga)
    LetterTemplate.objects.filter(pk=template.pk).update(body="{{ gone }}")
    template.refresh_from_db()
    assert look_over(template, olga).refusals == ("Line 1, column 4: gone is no field.",)


def test_mailing_keeps_words_and_letters(workshop: Workshop, olga: User) -> None:
    make_lettered_paper(workshop, number=1, authors=2)
    make_lettered_paper(workshop, number=2)
    template = make_template(workshop, olga)
    mailing = queue(template, olga, nonce="n1")
    assert (mailing.name, mailing.body, mailing.query, mailing.route, mailing.by) == ("Accepted", template.body, "dec:accept", "mail", olga)
    rows = mailing.letters.order_by("pk").values_list("paper__number", "address", "subject", "state")
    assert list(rows) == [
        (1, "a1.1@example.org", "Paper 1", "waiting"),
        (1, "a2.1@example.org", "Paper 1", "waiting"),
        (2, "a1.2@example.org", "Paper 2", "waiting"),
    ]
    assert {letter.message_id.partition("@")[2] for letter in mailing.letters.all()} == {"localhost>"}
    line = workshop.history.latest("pk")
    assert (line.action, line.after, line.note) == ("queued letters", {"letters": 3, "papers": 2, "route": "mail"}, "Accepted")
    assert (find_job(workshop).kind, find_job(workshop).state, find_job(workshop).by) == ("send-letters", "queued", olga)


def test_button_pressed_twice_makes_one_mailing(workshop: Workshop, olga: User) -> None:
    make_lettered_paper(workshop, number=1)
    template = make_template(workshop, olga)
    digest = look_over(template, olga).digest
    pressed = [queue_mailing(template, sight=find_sight(workshop, olga), digest=digest, nonce="same", by=olga) for _ in range(2)]
    assert (pressed[0] == pressed[1], Letter.objects.count()) == (True, 1)


def test_change_since_the_look_is_refused(workshop: Workshop, olga: User) -> None:
    paper = make_lettered_paper(workshop, number=1)
    template = make_template(workshop, olga)
    digest = look_over(template, olga).digest
    Paper.objects.filter(pk=paper.pk).update(title="Another")
    with pytest.raises(Refusal, match="“Accepted” or its papers changed since you looked; look again, then send"):
        queue_mailing(template, sight=find_sight(workshop, olga), digest=digest, nonce="n", by=olga)
    assert Mailing.objects.count() == 0


def test_who_has_the_letter_is_left_out_unless_it_is_wanted(workshop: Workshop, olga: User) -> None:
    make_lettered_paper(workshop, number=1)
    template = make_template(workshop, olga)
    queue(template, olga)
    check = look_over(template, olga)
    assert (check.refusals, check.repeat_count) == (("There is nobody to write to: everybody has this letter already.",), 1)
    make_lettered_paper(workshop, number=2)
    assert [row.recipient.paper.number for row in look_over(template, olga).letters] == [2]
    again = look_over(template, olga, skips_repeats=False)
    assert [row.recipient.paper.number for row in again.letters] == [1, 2]
    assert tell_concerns(again) == ["1 recipient on 1 paper already got this letter and would get it a second time: 1."]
    assert queue(template, olga, skips_repeats=False).letters.count() == 2


def test_canceled_and_failed_letters_may_be_sent_anew(workshop: Workshop, olga: User) -> None:
    make_lettered_paper(workshop, number=1)
    template = make_template(workshop, olga)
    queue(template, olga).letters.update(state="failed")
    assert len(look_over(template, olga).letters) == 1


def test_bounced_addresses_are_named_at_the_next_mailing(workshop: Workshop, olga: User) -> None:
    make_lettered_paper(workshop, number=1)
    make_lettered_paper(workshop, number=2)
    first = queue(make_template(workshop, olga), olga)
    first.letters.filter(paper__number=1).update(state="bounced", bounce="hard", trouble="5.1.1 no such user")
    first.letters.filter(paper__number=2).update(state="failed", bounce="soft", trouble="gave up")
    queue(make_template(workshop, olga, name="Between", query="dec:accept 2"), olga).letters.update(state="sent")
    check = look_over(make_template(workshop, olga, name="Other"), olga)
    assert [(concern.sentence, concern.details) for concern in check.concerns] == [
        ("Letters to 1 address came back or were refused before.", ("a1.1@example.org (paper 1): 5.1.1 no such user",))
    ]


def test_conflict_hides_judgments_from_the_selection(workshop: Workshop, olga: User) -> None:
    paper = make_lettered_paper(workshop, number=1)
    make_lettered_paper(workshop, number=2)
    for held in Paper.objects.all():
        Review.objects.create(paper=held, note_id=f"r{held.pk}", kind="review", rating=9)
    member = workshop.memberships.get(user=olga)
    ConflictOfInterest.objects.create(paper=paper, member=member, ground="declared")
    template = make_template(workshop, olga, query="reviews>0")
    assert [row.recipient.paper.number for row in look_over(template, olga).letters] == [2]
    everybody = check_template(template, sight=Sight(workshop, is_inside=True))
    assert [row.recipient.paper.number for row in everybody.letters] == [1, 2]


@pytest.mark.parametrize("count", [1, 3])
def test_check_asks_as_much_for_three_papers_as_for_one(
    workshop: Workshop, olga: User, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(1, count + 1):
        make_lettered_paper(workshop, number=number, authors=2)
        claim_for_user(Paper.objects.get(number=number), Author.objects.get(paper__number=number, position=1), make_user(), by=olga)
    template, sight = (
        make_template(workshop, olga, body="{{ reviews }} {{ paper.authors }}", quotes_reviews=True),
        find_sight(workshop, olga),
    )
    with django_assert_num_queries(12):
        assert len(check_template(template, sight=sight).letters) == 2 * count


def test_two_thousand_recipients_are_queued_in_few_queries(
    workshop: Workshop, olga: User, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    papers = Paper.objects.bulk_create(
        [Paper(workshop=workshop, number=number, title=f"Title {number}", note_id=f"n{number}") for number in range(1, 1001)]
    )
    Author.objects.bulk_create(
        [
            Author(paper=paper, position=position, name="A", email=f"a{paper.number}.{position}@example.org")
            for paper in papers
            for position in (1, 2)
        ]
    )
    template = make_template(workshop, olga, query="", body="Dear {{ recipient.name }}, about {{ paper.title }}.")
    sight = find_sight(workshop, olga)
    digest = check_template(template, sight=sight).digest
    with django_assert_max_num_queries(62):
        mailing = queue_mailing(template, sight=sight, digest=digest, nonce="n", by=olga)
    assert mailing.letters.count() == 2000
