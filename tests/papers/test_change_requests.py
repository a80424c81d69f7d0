"""Requests of authors: asked, taken back, granted, refused; nothing changes before."""

from collections.abc import Callable
from typing import Any

import pytest

from papers.change_requests import (
    contrast_request,
    describe_request,
    grant_request,
    refuse_request,
    request_authors,
    request_title,
    withdraw_request,
)
from papers.editing import edit_paper
from papers.errors import Refusal
from papers.models import ChangeRequest, HistoryLine, Paper, User, Workshop
from tests.papers.handed_in import make_owing_paper
from tests.papers.test_corrections import freeze

ADA, BOB, CAT = {"name": "Ada Author"}, {"name": "Bob Builder"}, {"name": "Cat Coder", "email": "cat@example.org"}
REASON = "We agreed on it."


@pytest.fixture
def paper(workshop: Workshop, ada: User, olga: User) -> Paper:
    return make_owing_paper(workshop, ada, by=olga, number=7, title="Counted Things", authors=("Ada Author", "Bob Builder"))


@pytest.fixture
def asked(paper: Paper, ada: User) -> ChangeRequest:
    return request_authors(paper, authors=[CAT, ADA], reason=REASON, by=ada)


def name_authors(paper: Paper) -> list[tuple[str, str]]:
    return [(author.name, author.email) for author in paper.authors.order_by("position")]


def test_nothing_changes_before_the_grant(paper: Paper, asked: ChangeRequest, ada: User, olga: User) -> None:
    kept = paper.authors.get(position=1).pk
    assert name_authors(paper) == [("Ada Author", ""), ("Bob Builder", "")]
    held = grant_request(asked, answer=" Fine. ", by=olga)
    assert name_authors(paper) == [("Cat Coder", "cat@example.org"), ("Ada Author", "")]
    assert paper.authors.get(position=2).pk == kept
    assert (held.is_granted, held.answer, held.answered_by, held.asked_by) == (True, "Fine.", olga, ada)
    lines = [(line.action, line.field, line.by) for line in HistoryLine.objects.filter(paper=paper, field="authors").order_by("pk")]
    assert lines == [("requested change", "authors", ada), ("corrected", "authors", olga), ("granted request", "authors", olga)]


def test_title_waits_for_consent_after_its_date(workshop: Workshop, paper: Paper, ada: User, olga: User) -> None:
    with pytest.raises(Refusal, match=r"^The title is still yours to change, without asking\.$"):
        request_title(paper, title="Counting", reason=REASON, by=ada)
    freeze(workshop)
    asked = request_title(paper, title=" Counting ", reason=REASON, by=ada)
    assert describe_request(asked) == ("Title: Counting",)
    assert contrast_request(asked) == (((("gone", "Counted Things"),),), ((("new", "Counting"),),))
    grant_request(asked, by=olga)
    paper.refresh_from_db()
    assert paper.title == "Counting"


def test_refusal_leaves_the_paper_with_a_reason(paper: Paper, asked: ChangeRequest, olga: User) -> None:
    with pytest.raises(Refusal, match=r"^Say why: the authors read it on their page\.$"):
        refuse_request(asked, answer=" ", by=olga)
    held = refuse_request(asked, answer="Too late.", by=olga)
    assert (held.is_granted, held.answer) == (False, "Too late.")
    assert name_authors(paper) == [("Ada Author", ""), ("Bob Builder", "")]


@pytest.mark.parametrize("again", [lambda one, by: grant_request(one, by=by), lambda one, by: refuse_request(one, answer="No.", by=by)])
def test_answer_is_given_once(asked: ChangeRequest, ada: User, olga: User, again: Callable[..., Any]) -> None:
    refuse_request(asked, answer="Too late.", by=olga)
    for act in (again, lambda one, by: withdraw_request(one, by=ada)):
        with pytest.raises(Refusal, match=r"^Somebody has answered this request already\.$"):
            act(asked, olga)
    assert ChangeRequest.objects.get().answer == "Too late."


def test_asking_again_takes_the_place_of_the_first(paper: Paper, asked: ChangeRequest, ada: User, olga: User) -> None:
    again = request_authors(paper, authors=[BOB, ADA], reason="Order only.", by=ada)
    assert [(one.pk, one.reason) for one in ChangeRequest.objects.all()] == [(asked.pk, "Order only.")]
    refuse_request(again, answer="No.", by=olga)
    assert request_authors(paper, authors=[BOB, ADA], reason=REASON, by=ada).pk != asked.pk


def test_request_is_taken_back(paper: Paper, asked: ChangeRequest, ada: User, olga: User, eve: User) -> None:
    with pytest.raises(Refusal, match=r"^Only its authors speak for paper 7\.$"):
        withdraw_request(asked, by=eve)
    withdraw_request(ChangeRequest.objects.get(), by=ada)
    assert not ChangeRequest.objects.exists()
    with pytest.raises(Refusal, match=r"^The authors have taken this request back\.$"):
        grant_request(asked, by=olga)


def test_paper_that_changed_since_is_not_changed_by_a_grant(paper: Paper, asked: ChangeRequest, olga: User) -> None:
    edit_paper(paper, field="authors", value=["Bob Builder", "Ada Author"], by=olga)
    with pytest.raises(
        Refusal, match=r"^The paper has changed since this was asked\. Refuse it with a word, and let the authors ask again\.$"
    ):
        grant_request(asked, by=olga)
    assert name_authors(paper) == [("Bob Builder", ""), ("Ada Author", "")]
    assert ChangeRequest.objects.get().answered_at is None


@pytest.mark.parametrize(
    ("authors", "reason", "sentence"),
    [
        ([], REASON, "Say what it should be."),
        ([ADA, BOB], REASON, "That is what stands there already."),
        ([BOB, ADA], " ", "Say why: an organizer decides on it."),
        ([ADA, ADA], REASON, "An author stands twice in the list. Tell them apart as they are printed."),
    ],
)
def test_empty_requests_are_refused(paper: Paper, ada: User, authors: list[dict[str, str]], reason: str, sentence: str) -> None:
    with pytest.raises(Refusal) as refusal:
        request_authors(paper, authors=authors, reason=reason, by=ada)
    assert refusal.value.sentence == sentence
    assert not ChangeRequest.objects.exists()


def test_stranger_asks_for_nothing(workshop: Workshop, paper: Paper, eve: User) -> None:
    for is_frozen in (False, True):
        if is_frozen:
            freeze(workshop)
        with pytest.raises(Refusal, match=r"^Only its authors speak for paper 7\.$"):
            request_title(paper, title="Counting", reason=REASON, by=eve)
    with pytest.raises(Refusal, match=r"^Only its authors speak for paper 7\.$"):
        request_authors(paper, authors=[BOB, ADA], reason=REASON, by=eve)
    assert not ChangeRequest.objects.exists()


def test_request_says_who_comes_goes_moves(paper: Paper, asked: ChangeRequest, ada: User) -> None:
    assert describe_request(asked) == ("Added: Cat Coder <cat@example.org>", "Removed: Bob Builder", "Then: Cat Coder, Ada Author")
    assert contrast_request(asked) == (
        ((("same", "Ada Author"),), (("gone", "Bob Builder"),)),
        ((("new", "Cat Coder <cat@example.org>"),), (("same", "Ada Author"),)),
    )
    again = request_authors(paper, authors=[BOB, ADA], reason=REASON, by=ada)
    assert describe_request(again) == ("Another order", "Then: Bob Builder, Ada Author")
