"""Letters say what a paper owes: exactly that, by when, in whose zone."""

import datetime as dt
from collections.abc import Iterator

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from papers.attendance import confirm_attendance, name_presenter
from papers.camera_ready import extend_deadline, return_file
from papers.letter_debts import Asks, find_debts, foresee_debts, read_asks
from papers.letters.checking import check_template
from papers.letters.previews import preview_letter
from papers.letters.release import preview_release, release_with_letters
from papers.letters.templates import Draft, describe_template
from papers.models import Decision, ImportantDate, LetterTemplate, Paper, User, Workshop
from papers.sight import find_sight
from tests.factories import accept, make_paper, reject
from tests.papers.handed_in import AFTER, BEFORE, DUE, ask, hand_in, hand_in_checked, make_owing_paper
from tests.papers.letter_making import make_template


@pytest.fixture(autouse=True)
def before_the_deadline() -> Iterator[None]:
    with time_machine.travel(BEFORE, tick=False):
        yield


@pytest.fixture
def paper(workshop: Workshop, ada: User, olga: User) -> Paper:
    """Make a paper that owes its PDF, a form, metadata, a choice, a presenter and somebody who comes."""
    ask(workshop)
    ask(workshop, "form", due_at=DUE + dt.timedelta(days=1))
    paper = make_owing_paper(workshop, ada, by=olga, number=7)
    paper.authors.filter(position=1).update(email="ada@example.org")
    return paper


def bring(workshop: Workshop) -> list[Paper]:
    return list(workshop.papers.for_debts())


def list_items(workshop: Workshop, asks: Asks) -> list[tuple[list[str], list[str]]]:
    debts = find_debts(bring(workshop), asks)
    return [([duty.item for duty in one.asked], [duty.item for duty in one.besides]) for one in debts.values()]


def write(workshop: Workshop, olga: User, body: str) -> str:
    preview = preview_letter(workshop, Draft("A", "B", body), sight=find_sight(workshop, olga))
    assert preview.written is not None, preview.mistakes
    return preview.written.body


EVERYTHING = ["paper", "form", "metadata", "proceedings", "presenter", "attendance"]


@pytest.mark.parametrize(
    ("asks", "asked"),
    [
        (Asks(), EVERYTHING),
        (Asks(("form",)), ["form"]),
        (Asks(("form", "presenter")), ["form", "presenter"]),
        (Asks(("slides",)), []),
        (Asks((), "owed"), EVERYTHING),
        (Asks(("paper",), "overdue"), []),
        (Asks((), "returned"), []),
        (Asks((), "approved"), []),
    ],
)
def test_letter_is_about_what_is_asked_and_owed(paper: Paper, asks: Asks, asked: list[str]) -> None:
    assert list_items(paper.workshop, asks) == [(asked, [item for item in EVERYTHING if item not in asked])]
    assert read_asks(asks.as_json()) == asks


def test_states_follow_the_file(paper: Paper, ada: User, olga: User) -> None:
    blocked = hand_in_checked(paper, ada)
    blocked.findings.create(position=99, code="blank_page", severity="block", sentence="Page 2 is blank.")
    assert [asked for asked, _ in list_items(paper.workshop, Asks((), "blocked"))] == [["paper"]]
    return_file(blocked, reasons="Page 2 is blank.", by=olga)
    assert [asked for asked, _ in list_items(paper.workshop, Asks((), "returned"))] == [["paper"]]
    with time_machine.travel(AFTER, tick=False):
        assert [asked for asked, _ in list_items(paper.workshop, Asks((), "overdue"))] == [["paper", "form"]]


def test_nothing_is_owed_before_authors_know(paper: Paper, workshop: Workshop) -> None:
    accept(make_paper(workshop, number=8))
    make_paper(workshop, number=9)
    assert [(len(asked), len(besides)) for asked, besides in list_items(workshop, Asks())] == [(6, 0), (0, 0), (0, 0)]


def test_debts_are_listed_with_dates_and_pages(paper: Paper, olga: User, ada: User, settings: object) -> None:
    name_presenter(paper, author=paper.authors.get(position=1), mode="remote", by=ada)
    confirm_attendance(paper, author=paper.authors.get(position=1), by=ada)
    page = f"https://letters.example.org/w/counted26/me/papers/{paper.pk}"
    settings.SITE_URL = "https://letters.example.org"  # type: ignore[attr-defined]
    assert write(paper.workshop, olga, "{{ paper.owed }}") == (
        f"- Paper PDF: not handed in yet; due Apr 14, 2026, 11:59 PM PDT\n  {page}/files/#paper\n"
        f"- Copyright form: not handed in yet; due Apr 15, 2026, 11:59 PM PDT\n  {page}/files/#form\n"
        f"- Metadata: not confirmed yet\n  {page}/metadata/\n"
        f"- Proceedings: nothing chosen yet\n  {page}/#proceedings\n"
    )


def test_dates_are_told_in_the_authors_zone_too(paper: Paper, olga: User, ada: User) -> None:
    ada.zone = "Europe/Berlin"
    ada.save()
    assert write(paper.workshop, olga, "{{ paper.next_deadline }}") == ("Apr 14, 2026, 11:59 PM PDT (Apr 15, 2026, 8:59 AM CEST for you)\n")


def test_extension_and_lateness_are_told(paper: Paper, olga: User) -> None:
    extend_deadline(paper, kind="paper", due_at=DUE + dt.timedelta(days=9), reason="Ill", by=olga)
    with time_machine.travel(AFTER, tick=False):
        told = write(paper.workshop, olga, "{% if paper.is_overdue %}Late. {% endif %}{{ paper.next_deadline }}\n{{ paper.owed }}")
    assert told.splitlines()[:2] == [
        "Late. Apr 23, 2026, 11:59 PM PDT",
        "- Copyright form: not handed in yet; was due Apr 15, 2026, 11:59 PM PDT",
    ]


def test_reasons_of_a_return_are_told(paper: Paper, olga: User, ada: User) -> None:
    return_file(hand_in(paper, ada), reasons="Fonts of page 3\nare missing.", by=olga)
    told = write(paper.workshop, olga, "{% if paper.is_returned %}{{ paper.returned_reasons }}{% endif %}")
    assert told == "Paper PDF:\nFonts of page 3\nare missing.\n"


def test_conditions_ask_for_one_item(paper: Paper, olga: User, ada: User) -> None:
    words = "{% if paper.owes_paper %}PDF{% endif %} {% if paper.owes_form %}form{% endif %}{% if paper.owes_slides %}slides{% endif %}"
    assert write(paper.workshop, olga, words) == "PDF form\n"
    hand_in(paper, ada)
    assert write(paper.workshop, olga, words) == " form\n"


def test_paper_that_owes_nothing_prints_nothing(workshop: Workshop, olga: User) -> None:
    reject(make_paper(workshop))
    body = "[{{ paper.owed }}{{ paper.next_deadline }}{% if paper.owes_anything %}x{% endif %}]"
    assert write(workshop, olga, body) == "[]\n"


def make_owed_template(workshop: Workshop, olga: User) -> LetterTemplate:
    return make_template(workshop, olga, body="{{ paper.owed }}", query="is:released")


def test_check_brings_debts_with_as_many_queries_for_three_papers(paper: Paper, workshop: Workshop, olga: User) -> None:
    template, sight = make_owed_template(workshop, olga), find_sight(workshop, olga)
    assert describe_template(template).body == "{{ paper.owed }}"

    def count() -> int:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            check = check_template(template, sight=sight)
        assert all("Paper PDF" in letter.body for letter in check.letters)
        return len(queries)

    one = count()
    for number in (8, 9):
        other = make_owing_paper(workshop, number=number)
        other.authors.filter(position=1).update(email=f"a{number}@example.org")
    assert count() == one


def test_metadata_date_counts_as_deadline(paper: Paper, workshop: Workshop, olga: User) -> None:
    ImportantDate.objects.create(workshop=workshop, kind="metadata", name="Metadata", at=DUE - dt.timedelta(days=1))
    assert write(workshop, olga, "{{ paper.next_deadline }}") == "Apr 13, 2026, 11:59 PM PDT\n"


def test_preview_before_the_release_lists_what_will_be_owed(paper: Paper, workshop: Workshop, olga: User) -> None:
    whole = write(workshop, olga, "{{ paper.owed }}")
    paper.decision.released_at = None
    paper.decision.save()
    template = make_template(workshop, olga, query="", body="{{ paper.owed }}")
    assert write(workshop, olga, "{{ paper.owed }}") == whole
    sight = find_sight(workshop, olga)
    digest = preview_release(workshop, sight=sight, chosen=[template.pk]).digest
    assert Decision.objects.get().released_at is None
    _, [mailing] = release_with_letters(workshop, sight=sight, chosen=[template.pk], digest=digest, nonce="n", by=olga)
    assert [letter.body for letter in mailing.letters.all()] == [whole]


def test_rejected_paper_will_owe_nothing(workshop: Workshop, olga: User) -> None:
    ask(workshop)
    reject(make_paper(workshop, number=1))
    make_paper(workshop, number=2)
    assert [debts.duties for debts in foresee_debts(bring(workshop)).values()] == [[], []]
