"""Letters that follow acts: a file came back, a request was answered; as the workshop wants it."""

from collections.abc import Iterator

import pytest
import time_machine

from papers.camera_ready import approve_file, return_file
from papers.change_requests import grant_request, refuse_request, request_authors
from papers.letters.habits import set_notices
from papers.models import Letter, Mailing, Paper, User, Workshop
from tests.factories import make_user
from tests.papers.handed_in import BEFORE, ask, hand_in, hand_in_checked, make_owing_paper
from tests.papers.letter_making import find_job


@pytest.fixture(autouse=True)
def before_the_deadline() -> Iterator[None]:
    with time_machine.travel(BEFORE, tick=False):
        yield


@pytest.fixture
def paper(workshop: Workshop, ada: User, olga: User) -> Paper:
    """Make a paper of two authors with addresses that owes its PDF."""
    ask(workshop)
    paper = make_owing_paper(workshop, ada, by=olga, number=7)
    paper.authors.filter(position__gt=2).delete()
    for author in paper.authors.all():
        author.email = f"a{author.position}@example.org"
        author.save()
    return paper


def list_letters() -> list[tuple[str, str]]:
    return list(Letter.objects.order_by("pk").values_list("address", "subject"))


def test_return_tells_reasons_and_how_to_mend(paper: Paper, ada: User, olga: User) -> None:
    version = hand_in_checked(paper, ada)
    version.findings.all().delete()
    version.findings.create(position=99, code="blank_page", severity="block", page=2, sentence="It is blank.", remedy="Fill it.")
    return_file(version, reasons="Fonts of page 3\nare missing.", by=olga)
    subject = "[Counted 2026] Paper PDF came back: paper 7"
    assert list_letters() == [("a1@example.org", subject), ("a2@example.org", subject)]
    body = Letter.objects.earliest("pk").body
    assert "we looked at version 1 of the Paper PDF" in body
    assert "Fonts of page 3\nare missing.\n\nThe checks found this in it, with how to mend it:\n\n- page 2: It is blank. Fill it." in body
    assert f"/w/counted26/me/papers/{paper.pk}/files/#paper" in body
    assert "The date for it is Apr 14, 2026, 11:59 PM PDT" in body
    mailing = Mailing.objects.get()
    assert (mailing.kind, mailing.name, mailing.by) == ("notice", "Returned: Paper PDF of paper 7", olga)
    assert find_job(paper.workshop).state == "queued"


def test_same_return_twice_is_told_once(paper: Paper, ada: User, olga: User) -> None:
    version = hand_in(paper, ada)
    return_file(version, reasons="Fonts.", by=olga)
    return_file(version, reasons="Fonts.", by=olga)
    assert Mailing.objects.count() == 1


def test_approvals_and_receipts_are_told_where_wanted(paper: Paper, ada: User, olga: User, workshop: Workshop) -> None:
    version = hand_in_checked(paper, ada)
    version.findings.all().delete()
    approve_file(version, by=olga)
    assert list_letters() == []
    set_notices(workshop, tells_approvals=True, tells_receipts=True, tells_returns=False, by=olga)
    ask(workshop, "form")
    form = hand_in_checked(paper, ada, kind="form")
    form.findings.all().delete()
    approve_file(form, by=olga)
    return_file(form, reasons="No.", by=olga)
    assert [subject for address, subject in list_letters() if address == "a1@example.org"] == [
        "[Counted 2026] Copyright form received: paper 7",
        "[Counted 2026] Copyright form approved: paper 7",
    ]
    assert "handed in by Ada Author as paper.pdf" in Letter.objects.earliest("pk").body


def test_nothing_is_told_while_decisions_are_hidden(paper: Paper, ada: User, olga: User) -> None:
    version = hand_in(paper, ada)
    paper.decision.released_at = None
    paper.decision.save()
    version.refresh_from_db()
    return_file(version, reasons="Fonts.", by=olga)
    assert list_letters() == []


def test_answers_go_to_who_asked_and_the_authors(paper: Paper, ada: User, olga: User) -> None:
    names = [{"name": author.name} for author in paper.authors.order_by("-position")]
    request = request_authors(paper, authors=names, reason="Agreed.", by=ada)
    refuse_request(request, answer="Too late for the printer.", by=olga)
    subject = "[Counted 2026] Your request is declined: paper 7"
    assert list_letters() == [("a1@example.org", subject), ("a2@example.org", subject)]
    body = Letter.objects.earliest("pk").body
    assert ("- Another order" in body, "Too late for the printer." in body) == (True, True)
    request.refresh_from_db()
    request.pk, request.answered_at, request.is_granted, request.answer = None, None, None, ""
    request.asked_by = make_user("elder@example.org", name="Eli Elder")
    request.save()
    grant_request(request, by=olga)
    assert [address for address, subject in list_letters() if "granted" in subject] == [
        "a2@example.org",
        "a1@example.org",
        "elder@example.org",
    ]


def test_answers_are_not_told_where_not_wanted(paper: Paper, ada: User, olga: User, workshop: Workshop) -> None:
    set_notices(workshop, tells_answers=False, by=olga)
    names = [{"name": author.name} for author in paper.authors.order_by("-position")]
    refuse_request(request_authors(paper, authors=names, reason="Agreed.", by=ada), answer="No.", by=olga)
    assert list_letters() == []


def test_paper_whose_authors_have_no_address_gets_no_mailing(paper: Paper, ada: User, olga: User) -> None:
    paper.authors.update(email="")
    paper.claims.all().delete()
    version = hand_in(paper, olga)
    return_file(version, reasons="Fonts.", by=olga)
    assert Mailing.objects.count() == 0
