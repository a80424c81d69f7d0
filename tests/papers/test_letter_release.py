"""The release of decisions with the letters that tell them: one moment, one transaction, nothing told before."""

from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from papers.errors import Refusal, Refusals
from papers.letters.release import ReleasePreview, preview_release, release_with_letters
from papers.models import Award, ConflictOfInterest, Decision, Letter, LetterTemplate, Mailing, Paper, User, Workshop
from papers.release_facts import describe_release
from papers.sight import find_sight
from tests.factories import accept, make_paper, reject
from tests.papers.letter_making import find_job, make_template

pytestmark = pytest.mark.django_db


@pytest.fixture
def told(workshop: Workshop, olga: User) -> dict[str, LetterTemplate]:
    """Four decided papers, an undecided and a withdrawn one; letters for posters, orals and rejected papers."""
    for number in range(1, 7):
        make_paper(workshop, number=number, title=f"Title {number}").authors.update(email=f"a{number}@example.org")
    papers = {paper.number: paper for paper in workshop.papers.all()}
    accept(papers[1], "oral")
    accept(papers[2])
    accept(papers[3])
    reject(papers[4])
    accept(papers[6])
    Paper.objects.filter(number=6).update(standing="withdrawn")
    words = {"oral": "pres:oral", "poster": "pres:poster", "rejected": "dec:reject"}
    return {name: make_template(workshop, olga, name=name, query=query, body="{{ paper.outcome }}") for name, query in words.items()}


def preview(workshop: Workshop, by: User, chosen: list[int] | None = None) -> ReleasePreview:
    return preview_release(workshop, sight=find_sight(workshop, by), chosen=chosen)


def release(workshop: Workshop, by: User, chosen: list[int], **options: Any) -> tuple[int, list[Mailing]]:
    shown = preview(workshop, by, chosen)
    given = {"digest": shown.digest, "nonce": "n", **options}
    summary, mailings = release_with_letters(workshop, sight=find_sight(workshop, by), chosen=chosen, **given, by=by)
    return summary.count, mailings


def keys(told: dict[str, LetterTemplate], *names: str) -> list[int]:
    return [told[name].pk for name in names or told]


def list_letters(mailings: list[Mailing]) -> list[tuple[str, str, str]]:
    rows = Letter.objects.filter(mailing__in=mailings).order_by("mailing__template__position", "paper__number")
    return [(letter.mailing.name, letter.address, letter.body.strip()) for letter in rows]


def test_preview_says_what_becomes_visible_and_which_letters_go(workshop: Workshop, olga: User, told: dict[str, LetterTemplate]) -> None:
    shown = preview(workshop, olga)
    assert [paper.number for paper in shown.papers] == [1, 2, 3, 4]
    assert [(row.template.name, row.is_chosen, [paper.number for paper in row.papers], row.letter_count) for row in shown.letters] == [
        ("oral", True, [1], 1),
        ("poster", True, [2, 3], 2),
        ("rejected", True, [4], 1),
    ]
    assert (shown.refusals, shown.concerns, shown.hidden_count, shown.letter_count) == ((), (), 0, 4)
    facts = describe_release(workshop, find_sight(workshop, olga), shown.papers)
    assert [(row.outcome, row.presentation, row.count, row.tracks) for row in facts.rows] == [
        ("accept", "Oral", 1, (("Full papers", 1),)),
        ("accept", "Poster", 2, (("Full papers", 2),)),
        ("reject", "", 1, (("Full papers", 1),)),
    ]
    assert (facts.figures.undecided, facts.overflows, facts.award_count) == (1, (), 0)
    assert Decision.objects.filter(released_at__isnull=False).count() == 0


def test_facts_name_what_is_over_capacity(workshop: Workshop, olga: User, told: dict[str, LetterTemplate]) -> None:
    workshop.presentation_kinds.filter(slug="poster").update(capacity=1)
    facts = describe_release(workshop, find_sight(workshop, olga), preview(workshop, olga).papers)
    assert facts.overflows == ("2 posters, 1 more than the 1 there can be",)


def test_letters_leave_with_the_release(workshop: Workshop, olga: User, told: dict[str, LetterTemplate]) -> None:
    count, mailings = release(workshop, olga, keys(told))
    assert (count, Decision.objects.filter(released_at__isnull=True).count()) == (5, 0)
    assert list_letters(mailings) == [
        ("oral", "a1@example.org", "accepted"),
        ("poster", "a2@example.org", "accepted"),
        ("poster", "a3@example.org", "accepted"),
        ("rejected", "a4@example.org", "not accepted"),
    ]
    assert find_job(workshop).state == "queued"


def test_later_release_writes_to_its_own_papers_only(workshop: Workshop, olga: User, told: dict[str, LetterTemplate]) -> None:
    release(workshop, olga, keys(told))
    accept(workshop.papers.get(number=5))
    _, mailings = release(workshop, olga, keys(told), nonce="later")
    assert list_letters(mailings) == [("poster", "a5@example.org", "accepted")]


def test_letters_that_are_not_chosen_stay(workshop: Workshop, olga: User, told: dict[str, LetterTemplate]) -> None:
    shown = preview(workshop, olga, keys(told, "oral"))
    assert [concern.sentence for concern in shown.concerns] == ["3 papers of this release get no letter: 2, 3, 4."]
    count, mailings = release(workshop, olga, keys(told, "oral"))
    assert (count, [mailing.name for mailing in mailings]) == (5, ["oral"])


def test_release_without_letters_needs_no_mark(workshop: Workshop, olga: User, told: dict[str, LetterTemplate]) -> None:
    assert preview(workshop, olga, []).concerns == ()
    assert release(workshop, olga, [], digest="") == (5, [])


def test_papers_of_two_letters_and_of_none_are_named(workshop: Workshop, olga: User, told: dict[str, LetterTemplate]) -> None:
    award = Award.objects.create(workshop=workshop, slug="best", name="Best Paper")
    Decision.objects.filter(paper__number=1).update(award=award)
    Decision.objects.filter(paper__number=3).update(presentation=None)
    make_template(workshop, olga, name="award", query="award:any", body="{{ paper.award }}")
    assert [(concern.sentence, concern.details) for concern in preview(workshop, olga).concerns] == [
        ("Two letters or more would go to the authors of 1 paper: 1.", ("1: oral, award",)),
        ("1 paper of this release gets no letter: 3.", ()),
    ]


def test_concerns_of_letters_are_named_with_the_letter(workshop: Workshop, olga: User, told: dict[str, LetterTemplate]) -> None:
    Paper.objects.get(number=2).authors.update(email="")
    assert [concern.sentence for concern in preview(workshop, olga).concerns] == [
        "poster: 1 author can't be reached by mail. Nobody at all gets the letter on 1 paper: 2."
    ]


def test_change_since_the_look_releases_nothing(workshop: Workshop, olga: User, told: dict[str, LetterTemplate]) -> None:
    shown = preview(workshop, olga, keys(told))
    Decision.objects.filter(paper__number=4).update(comment="Changed")
    with pytest.raises(Refusal, match="Nothing was released: decisions or letters changed since you looked"):
        release(workshop, olga, keys(told), digest=shown.digest)
    with pytest.raises(Refusal, match="changed since you looked"):
        release(workshop, olga, keys(told), digest="")
    assert (Decision.objects.filter(released_at__isnull=False).count(), Mailing.objects.count()) == (0, 0)


def test_letter_with_a_mistake_releases_nothing(workshop: Workshop, olga: User, told: dict[str, LetterTemplate]) -> None:
    LetterTemplate.objects.filter(name="oral").update(body="{{ gone }}")
    LetterTemplate.objects.filter(name="poster").update(query="pres:nowhere")
    with pytest.raises(Refusals, match="Nothing was released, because a letter can't be written") as caught:
        release(workshop, olga, keys(told))
    assert caught.value.reasons[0] == "oral: Line 1, column 4: gone is no field."
    assert caught.value.reasons[1].startswith("poster: ")
    assert Decision.objects.filter(released_at__isnull=False).count() == 0


def test_refused_release_keeps_no_letter(workshop: Workshop, olga: User) -> None:
    make_paper(workshop)
    with pytest.raises(Refusal, match="has no decision that is not released yet"):
        release(workshop, olga, [])
    assert Mailing.objects.count() == 0


def test_hidden_paper_is_counted_nowhere_and_gets_its_letter(workshop: Workshop, olga: User, told: dict[str, LetterTemplate]) -> None:
    member = workshop.memberships.get(user=olga)
    ConflictOfInterest.objects.create(paper=workshop.papers.get(number=2), member=member, ground="declared")
    shown = preview(workshop, olga)
    assert ([paper.number for paper in shown.papers], shown.letter_count, shown.hidden_count) == ([1, 3, 4], 3, 1)
    facts = describe_release(workshop, find_sight(workshop, olga), shown.papers)
    assert [(row.presentation, row.count) for row in facts.rows] == [("Oral", 1), ("Poster", 1), ("", 1)]
    _, mailings = release(workshop, olga, keys(told))
    assert ("poster", "a2@example.org", "accepted") in list_letters(mailings)


@pytest.mark.parametrize("outcome", ["accept", "reject", ""])
def test_page_reads_alike_whatever_was_decided_on_a_hidden_paper(workshop: Workshop, olga: User, client: Client, outcome: str) -> None:
    paper = make_paper(workshop, number=7, title="Hidden Title")
    ConflictOfInterest.objects.create(paper=paper, member=workshop.memberships.get(user=olga), ground="declared")
    if outcome:
        accept(paper) if outcome == "accept" else reject(paper)
    make_template(workshop, olga, name="all", query="dec:any", body="{{ paper.outcome }}")
    client.force_login(olga)
    page = client.get("/w/counted26/release/").content.decode()
    visible = page.partition("<main")[2].partition("</main>")[0]
    assert ("Hidden Title" in visible, "Release 0 decisions" in visible, "0 papers of this release" in visible) == (False, True, True)


def test_page_releases_with_letters(workshop: Workshop, olga: User, told: dict[str, LetterTemplate], client: Client) -> None:
    client.force_login(olga)
    page = client.get("/w/counted26/release/")
    digest = page.context["preview"].digest
    answer = client.post("/w/counted26/release/", {"letters": keys(told), "digest": digest, "nonce": "n"})
    assert (answer.status_code, answer["Location"]) == (302, "/w/counted26/outbox/")
    shown = client.get(answer["Location"]).content.decode()
    assert "Released 5 decisions. Authors see them now. 4 letters leave now." in shown


def test_page_asks_to_confirm_concerns(workshop: Workshop, olga: User, told: dict[str, LetterTemplate], client: Client) -> None:
    client.force_login(olga)
    Paper.objects.get(number=1).authors.update(email="")
    sent = {"letters": keys(told), "digest": client.get("/w/counted26/release/").context["preview"].digest, "nonce": "n"}
    refused = client.post("/w/counted26/release/", sent)
    assert (refused.status_code, refused.context["form"].errors["confirmed"]) == (422, ["Look at what is said above, then tick this."])
    assert Decision.objects.filter(released_at__isnull=False).count() == 0
    assert client.post("/w/counted26/release/", {**sent, "confirmed": "on"}).status_code == 302
    assert Mailing.objects.count() == 2


def test_ticking_letters_shows_the_release_anew_and_changes_nothing(
    workshop: Workshop, olga: User, told: dict[str, LetterTemplate], client: Client
) -> None:
    client.force_login(olga)
    for headers in ({}, {"HX-Request": "true"}):
        page = client.post("/w/counted26/release/letters", {"letters": keys(told, "oral"), "nonce": "n"}, headers=headers)
        text = page.content.decode()
        assert (page.status_code, "<html" in text, "send 1 letter<" in text) == (200, not headers, True)
        assert "3 papers of this release get no letter: 2, 3, 4." in text
    assert Decision.objects.filter(released_at__isnull=False).count() == 0


def test_mistaken_choice_is_malformed(workshop: Workshop, olga: User, client: Client) -> None:
    client.force_login(olga)
    assert client.post("/w/counted26/release/", {"letters": ["999"], "nonce": "n"}).status_code == 422


@pytest.mark.parametrize("count", [1, 3])
def test_release_page_asks_as_much_for_three_papers_as_for_one(
    workshop: Workshop, olga: User, client: Client, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(1, count + 1):
        make_paper(workshop, number=number).authors.update(email=f"a{number}@example.org")
        accept(workshop.papers.get(number=number))
    make_template(workshop, olga)
    client.force_login(olga)
    with django_assert_num_queries(31):
        assert client.get("/w/counted26/release/").status_code == 200
