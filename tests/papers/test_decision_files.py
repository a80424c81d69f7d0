"""The file for OpenReview's console: its own words, safe lines, parsed by OpenReview's own code."""

import csv
import os
from io import StringIO
from types import SimpleNamespace
from typing import Any

import pytest

from papers.decision_files import collect_decision_file
from papers.decisions import decide_paper
from papers.errors import Refusals
from papers.models import ConflictOfInterest, MappedValue, Paper, UpstreamDecision, Workshop
from papers.openreview.decision_file import UploadRow, write_decision_file
from papers.sight import Sight, find_sight
from standin import Standin, Venue
from tests.factories import join_workshop, make_paper, make_user
from tests.papers.push_venues import decide, get_paper, list_live, look_everywhere, make_decided_venue, make_pushing_workshop
from tests.papers.standin_venues import VENUE_ID, import_from, serve

NASTY = 'He said "no", twice;\n\nthen:\r\n\t"yes",\u2028end \u00e9\u4e2d\n'
FLAT = 'He said "no", twice; then: "yes", end \u00e9\u4e2d'


def upload(standin: Standin, data: bytes) -> tuple[list[Any], dict[str, Any]]:
    """Hand the file to the unmodified code that OpenReview runs on an upload."""
    os.environ["TQDM_DISABLE"] = "1"
    import openreview.api
    from openreview.venue import Venue as TheirVenue

    client = openreview.api.OpenReviewClient(baseurl=standin.url, username="chair@example.org", password="loopback-only")
    venue = TheirVenue(client, VENUE_ID, "OpenReview.net/Support")
    venue.submission_stage = SimpleNamespace(name="Submission")
    return venue.post_decisions(data)  # type: ignore[no-any-return]


def _explain(workshop: Workshop, word: str, meaning: dict[str, str]) -> MappedValue:
    return MappedValue.objects.create(mapping=workshop.mappings.get(target="decision"), value=word, meaning=meaning)


@pytest.fixture
def venue() -> Venue:
    return make_decided_venue()


def test_rows_are_sorted_and_plain() -> None:
    rows = [UploadRow(12, "Reject"), UploadRow(3, "Accept (Oral)", "Well done, all"), UploadRow(4, 'A "b", c', " \n ")]
    assert write_decision_file(rows) == b'3,Accept (Oral),"Well done, all"\n4,"A ""b"", c"\n12,Reject\n'
    assert write_decision_file([]) == b""


@pytest.mark.parametrize(
    ("comment", "read"),
    [(NASTY, FLAT), ("=1+1", " =1+1"), ("@SUM(A1)", " @SUM(A1)"), ("-", " -"), ("\uff1d1", " \uff1d1"), ("a=b", "a=b"), ("'", "'")],
)
def test_comments_stay_on_one_line_and_run_in_no_spreadsheet(comment: str, read: str) -> None:
    data = write_decision_file([UploadRow(1, "Reject", comment), UploadRow(2, "Reject")])
    assert list(csv.reader(StringIO(data.decode()), delimiter=",")) == [["1", "Reject", read], ["2", "Reject"]]
    assert data.count(b"\n") == 2


@pytest.mark.django_db
def test_openreviews_own_code_takes_the_file(venue: Venue) -> None:
    with serve(venue) as standin:
        workshop = make_pushing_workshop(standin)
        decide(workshop, 1, "poster", comment=NASTY)
        decide(workshop, 3, "oral", comment="=HYPERLINK(1)")
        decide(workshop, 4)
        found = collect_decision_file(workshop, look_everywhere(workshop))
        results, errors = upload(standin, found.data)
        assert (len(results), errors, found.notes) == (4, {}, ())
        assert list_live(venue) == {
            1: [("Accept (Poster)", FLAT)],
            2: [("Accept (Poster)", "")],
            3: [("Accept (Oral)", " =HYPERLINK(1)")],
            4: [("Reject", "")],
        }
        import_from(standin, workshop)
        rest = collect_decision_file(workshop, look_everywhere(workshop), rows="differing")
    assert rest.rows == ()


@pytest.mark.django_db
def test_only_what_differs(venue: Venue) -> None:
    with serve(venue) as standin:
        workshop = make_pushing_workshop(standin)
    decide(workshop, 3, "oral")
    decide(workshop, 4, comment="New comment")
    found = collect_decision_file(workshop, look_everywhere(workshop), rows="differing")
    assert found.rows == (UploadRow(3, "Accept (Oral)"), UploadRow(4, "Reject", "New comment"))


@pytest.mark.django_db
def test_their_comment_goes_along_where_we_have_none(venue: Venue) -> None:
    venue.change_reply(venue.find_decision(4), {"comment": "Theirs"})
    with serve(venue) as standin:
        workshop = make_pushing_workshop(standin)
    decide(workshop, 4, "oral")
    rows = collect_decision_file(workshop, look_everywhere(workshop)).rows
    assert rows[-1] == UploadRow(4, "Accept (Oral)", "Theirs")


@pytest.mark.django_db
def test_what_has_no_place_in_the_file_is_counted(venue: Venue) -> None:
    with serve(venue) as standin:
        workshop = make_pushing_workshop(standin)
        venue.withdraw(2)
        import_from(standin, workshop)
    for fields in ({"number": 40, "note_id": ""}, {"number": None}, {"number": 41}, {"number": 41}, {"number": 42, "is_test": True}):
        paper = make_paper(workshop, **fields)
        if not paper.is_test:
            decide_paper(paper, outcome="reject", by=None)
    make_paper(workshop, number=43)
    olga = make_user()
    member = join_workshop(olga, workshop)
    ConflictOfInterest.objects.create(paper=get_paper(workshop, 4), member=member, ground="declared")
    found = collect_decision_file(workshop, find_sight(workshop, olga))
    assert (found.rows, found.notes) == (
        (UploadRow(1, "Accept (Oral)"),),
        (
            "1 paper left out: left to somebody else: you have a conflict of interest.",
            "1 paper left out: not from OpenReview.",
            "2 papers left out: with a number that another paper has too; decide these in OpenReview.",
            "1 paper left out: withdrawn or removed in OpenReview.",
            "1 paper left out: without a number.",
        ),
    )


@pytest.mark.django_db
def test_what_waits_to_be_understood_is_left_out(venue: Venue) -> None:
    with serve(venue) as standin:
        workshop = make_pushing_workshop(standin)
        decide(workshop, 4, "oral")
        venue.change_decision(4, "Accept (Poster)")
        venue.change_decision(2, "Accept (Spotlight)")
        import_from(standin, workshop)
    found = collect_decision_file(workshop, look_everywhere(workshop))
    assert (found.rows, found.notes) == (
        (UploadRow(1, "Accept (Oral)"),),
        (
            "1 paper left out: on whose decision both sides changed; choose one on the page of differences.",
            "1 paper left out: with a word of OpenReview's that nobody explained; say it on the field mapping.",
        ),
    )


@pytest.mark.django_db
def test_unknown_and_ambiguous_words_refuse_the_file_and_name_every_one(venue: Venue) -> None:
    with serve(venue) as standin:
        workshop = make_pushing_workshop(standin)
    poster = _explain(workshop, "Poster it is", {"outcome": "accept", "presentation": "poster"})
    decide_paper(get_paper(workshop, 3), outcome="accept", by=None)
    with pytest.raises(Refusals) as caught:
        collect_decision_file(workshop, look_everywhere(workshop))
    assert caught.value.reasons == [
        "Nobody has said how OpenReview words “Accept, presentation open”; choose one under “OpenReview's words” on the agreement page.",
        "OpenReview has several words for “Accept as Poster” (Accept (Poster), Poster it is); "
        "choose one under “OpenReview's words” on the agreement page.",
    ]
    poster.delete()
    Workshop.objects.update(decision_words={"accept": "Accept"})
    workshop.refresh_from_db()
    assert UploadRow(3, "Accept") in collect_decision_file(workshop, look_everywhere(workshop)).rows


@pytest.mark.django_db
def test_outsiders_find_released_accepted_papers_alone(venue: Venue) -> None:
    with serve(venue) as standin:
        workshop = make_pushing_workshop(standin)
    assert collect_decision_file(workshop, Sight(workshop)).rows == ()
    assert (Paper.objects.count(), UpstreamDecision.objects.count()) == (4, 3)
