"""Which accepted papers are handed over, what the others wait for."""

import datetime as dt
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from papers.camera_ready import approve_file, return_file, withdraw_file
from papers.change_requests import request_authors
from papers.editing import edit_paper
from papers.file_rules import ask_for_file
from papers.models import FileFinding, FileVersion, ImportantDate, Paper, RequiredFile, Role, User, Workshop
from papers.sight import Sight, find_sight
from program.hand_over.candidates import Candidate, list_candidates
from tests.factories import accept, join_workshop, make_paper, make_user, reject
from tests.program.hand_over.ready import confirm, hand_in, hand_in_zip, make_asking_workshop, make_chosen_paper, make_ready_paper

pytestmark = pytest.mark.django_db
NOTHING = "Nothing is to be done."
UNCONFIRMED = "No author has confirmed its metadata. Read title, authors, abstract on the author's page, then confirm. (authors)"


@pytest.fixture
def cast() -> tuple[Workshop, User, User]:
    return make_asking_workshop()


def look(workshop: Workshop) -> list[Candidate]:
    return list_candidates(Sight(workshop, is_inside=True))


def tell(workshop: Workshop) -> list[str]:
    [candidate] = look(workshop)
    return [f"{lack.sentence} {lack.remedy} ({lack.who})" for lack in candidate.lacks]


def test_ready_paper_is_in(cast: tuple[Workshop, User, User]) -> None:
    workshop, olga, ada = cast
    paper = make_ready_paper(workshop, olga, ada)
    [candidate] = look(workshop)
    assert (candidate.paper, candidate.is_in, candidate.is_meant, list(candidate.files)) == (paper, True, True, ["paper"])


def test_nothing_else_is_a_candidate(cast: tuple[Workshop, User, User]) -> None:
    workshop, olga, ada = cast
    reject(make_paper(workshop, wants_proceedings=True), is_released=True)
    accept(make_paper(workshop, wants_proceedings=True))
    make_paper(workshop, wants_proceedings=True)
    accept(make_paper(workshop, wants_proceedings=True, is_test=True), is_released=True)
    gone = make_ready_paper(workshop, olga, ada)
    Paper.objects.filter(pk=gone.pk).update(standing="withdrawn")
    assert look(workshop) == []


@pytest.mark.parametrize(
    ("fields", "lack"),
    [
        ({"wants_proceedings": False}, f"Its authors chose to stay out of the proceedings. {NOTHING} (nobody)"),
        ({"wants_proceedings": None}, "Its authors have not said whether it goes in. Choose on the paper's page. (authors)"),
        ({"track": "short"}, f"Short papers never go into the proceedings. {NOTHING} (nobody)"),
        ({"track": None}, "It is in no track, so nobody knows whether it may go in. Give it a track. (organizers)"),
    ],
)
def test_unmeant_paper_stays_out_with_everything_approved(cast: tuple[Workshop, User, User], fields: dict[str, Any], lack: str) -> None:
    workshop, olga, ada = cast
    paper = make_ready_paper(workshop, olga, ada)
    track = fields.pop("track", "full")
    Paper.objects.filter(pk=paper.pk).update(track=workshop.tracks.filter(slug=track).first() if track else None, **fields)
    [candidate] = look(workshop)
    assert (tell(workshop), candidate.is_meant, candidate.files) == ([lack], False, {})


def test_choice_is_with_organizers_after_its_date(cast: tuple[Workshop, User, User]) -> None:
    workshop, _, ada = cast
    due = dt.datetime(2026, 4, 10, tzinfo=dt.UTC)
    ImportantDate.objects.create(workshop=workshop, position=1, kind="metadata", name="Metadata", at=due)
    make_chosen_paper(workshop, ada, wants_proceedings=None)
    with time_machine.travel(due + dt.timedelta(days=1), tick=False):
        assert tell(workshop) == ["Its authors have not said whether it goes in. Choose on the paper's page. (organizers)"]


def test_paper_that_came_with_nothing(cast: tuple[Workshop, User, User]) -> None:
    workshop, _, ada = cast
    make_chosen_paper(workshop, ada)
    assert tell(workshop) == ["The paper PDF has not come. Hand it in. (authors)", UNCONFIRMED]


def test_closed_deadline_is_with_organizers(cast: tuple[Workshop, User, User]) -> None:
    workshop, _, ada = cast
    make_chosen_paper(workshop, ada)
    due = workshop.created_at
    ask_for_file(workshop, track=None, kind="paper", by=None, due_at=due)
    with time_machine.travel(due + dt.timedelta(days=1), tick=False):
        late = "The paper PDF has not come, and its time is over. Extend its deadline, or hand it in for them. (organizers)"
        assert tell(workshop) == [late, UNCONFIRMED]


def test_paper_pdf_is_needed_where_it_is_optional_or_not_asked(cast: tuple[Workshop, User, User]) -> None:
    workshop, _, ada = cast
    confirm(make_chosen_paper(workshop, ada), ada)
    RequiredFile.objects.filter(kind="paper").update(is_optional=True)
    assert tell(workshop) == ["The paper PDF has not come. Hand it in. (authors)"]
    RequiredFile.objects.filter(kind="paper").delete()
    assert tell(workshop) == ["The workshop does not ask for its paper PDF. Ask for it on the page What is asked for. (organizers)"]


def test_every_state_of_the_pdf(cast: tuple[Workshop, User, User]) -> None:
    workshop, olga, ada = cast
    paper = make_chosen_paper(workshop, ada)
    confirm(paper, ada)
    version = hand_in(paper, ada)
    assert tell(workshop) == ["The paper PDF is not approved yet. Look at it, then approve or return it. (organizers)"]
    FileVersion.objects.update(checked_at=None)
    assert tell(workshop) == ["The checks of the paper PDF have not ended. Wait a moment, or let it be checked again. (organizers)"]
    FileVersion.objects.update(checked_at=version.checked_at)
    finding = FileFinding.objects.create(version=version, position=0, code="blank_page", severity="block", sentence="No.")
    told = "A finding blocks the paper PDF. Hand in a mended version; an organizer can override the finding. (authors)"
    assert tell(workshop) == [told]
    finding.delete()
    return_file(version, reasons="Fonts.", by=olga)
    assert tell(workshop) == ["The paper PDF was returned. Hand in a mended version: Fonts. (authors)"]
    approve_file(version, by=olga)
    assert tell(workshop) == []


def test_newer_version_takes_the_approval_away(cast: tuple[Workshop, User, User]) -> None:
    workshop, olga, ada = cast
    paper = make_ready_paper(workshop, olga, ada)
    version = FileVersion.objects.get()
    return_file(version, reasons="Again.", by=olga)
    newer = hand_in(paper, ada, content=b"%PDF-1.5 newer")
    assert tell(workshop) == ["The paper PDF is not approved yet. Look at it, then approve or return it. (organizers)"]
    approve_file(newer, by=olga)
    [candidate] = look(workshop)
    assert (candidate.is_in, candidate.versions) == (True, {"paper": newer})


def test_supplement_counts_once_handed_in(cast: tuple[Workshop, User, User]) -> None:
    workshop, olga, ada = cast
    paper = make_ready_paper(workshop, olga, ada)
    version = hand_in_zip(paper, ada)
    assert tell(workshop) == ["The supplement is not approved yet. Look at it, then approve or return it. (organizers)"]
    withdraw_file(version, by=ada)
    assert tell(workshop) == []
    approve_file(hand_in_zip(paper, ada), by=olga)
    [candidate] = look(workshop)
    assert (candidate.is_in, list(candidate.files)) == (True, ["paper", "supplement"])


def test_form_that_is_asked_must_come(cast: tuple[Workshop, User, User]) -> None:
    workshop, olga, ada = cast
    paper = make_ready_paper(workshop, olga, ada)
    RequiredFile.objects.filter(kind="form").update(is_optional=False)
    assert tell(workshop) == ["The copyright form has not come. Hand it in. (authors)"]
    approve_file(hand_in(paper, ada, kind="form", content=b"%PDF-1.5 form"), by=olga)
    assert tell(workshop) == []


def test_changed_metadata_waits_for_another_confirmation(cast: tuple[Workshop, User, User]) -> None:
    workshop, olga, ada = cast
    paper = make_ready_paper(workshop, olga, ada)
    edit_paper(paper, field="title", value="Another Title", by=olga)
    changed = (
        "Its metadata changed after an author confirmed it. Read title, authors, abstract on the author's page, then confirm. (authors)"
    )
    assert tell(workshop) == [changed]
    confirm(paper, ada)
    assert tell(workshop) == []


def test_open_request_waits_for_organizers(cast: tuple[Workshop, User, User]) -> None:
    workshop, olga, ada = cast
    paper = make_ready_paper(workshop, olga, ada)
    request_authors(paper, authors=[{"name": "Ada Author", "email": ""}, {"name": "Cy", "email": "cy@example.org"}], reason="R.", by=ada)
    asked = "Its authors asked for another title or other authors, and nobody has answered."
    assert tell(workshop) == [f"{asked} Grant or refuse it on the page Requests. (organizers)"]


def test_paper_needs_number_and_authors(cast: tuple[Workshop, User, User]) -> None:
    workshop, olga, ada = cast
    paper = make_ready_paper(workshop, olga, ada)
    Paper.objects.filter(pk=paper.pk).update(number=None, has_hidden_authors=True)
    hidden = "OpenReview hides its authors. Let OpenReview show them, or say on the page Release why they may be named. (organizers)"
    assert tell(workshop) == ["It has no submission number, by which the conference knows it. Import it again. (organizers)", hidden]
    Workshop.objects.update(hidden_authors_reason="The call said so.")
    Paper.objects.update(number=5)
    workshop.refresh_from_db()
    paper.authors.all().delete()
    assert tell(workshop)[0] == "It has no authors. Import it again, or name them on its page. (organizers)"


def test_publisher_and_conflicted_organizer_see_the_same(cast: tuple[Workshop, User, User]) -> None:
    workshop, olga, ada = cast
    make_ready_paper(workshop, olga, ada)
    make_chosen_paper(workshop, ada)
    pat = make_user("pat@example.org")
    join_workshop(pat, workshop, Role.PUBLISHER)
    join_workshop(ada, workshop)
    told = [[(one.paper.pk, one.lacks) for one in list_candidates(find_sight(workshop, user))] for user in (olga, pat, ada)]
    assert (len(told[0]), told[1], told[2]) == (2, told[0], told[0])


def test_queries_do_not_grow(cast: tuple[Workshop, User, User]) -> None:
    workshop, olga, ada = cast
    counts = []
    for wanted in (1, 3):
        while workshop.papers.count() < wanted:
            make_ready_paper(workshop, olga, ada)
        with CaptureQueriesContext(connection) as queries:
            assert len(look(workshop)) == wanted
        counts.append(len(queries))
    assert counts == [9, 9]
