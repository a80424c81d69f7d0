"""Two ways: our own exports come back, edited or not."""

import csv
import io
import json
from collections.abc import Callable
from typing import Any

import pytest

from papers.decisions import decide_paper, release_decisions
from papers.editing import edit_paper
from papers.listings import list_accepted_papers, list_workshop
from papers.models import Award, Paper, User, Workshop
from program.exports.papers_csv import PAPERS_CSV
from program.exports.papers_json import PAPERS_JSON
from program.listings import Listing
from tests.factories import make_paper
from tests.papers.standin_venues import fill_venue, import_from, make_mapped_workshop, make_venue, serve
from tests.papers.tables.reports import refuse_table, take_table, tell_changes, tell_counts, tell_decision, tell_papers

FORMATS = pytest.mark.parametrize("form", [PAPERS_CSV, PAPERS_JSON], ids=["csv", "json"])


def export(workshop: Workshop, form: Any, **given: str) -> bytes:
    listing = Listing(workshop=list_workshop(workshop), papers=list_accepted_papers(workshop))
    content: bytes = form.write(listing, form.settle_options(given))
    return content


def edit(content: bytes, form: Any, change: Callable[[dict[str, Any]], None]) -> bytes:
    """Change the first paper of an export."""
    if form is PAPERS_JSON:
        document = json.loads(content)
        change(document["papers"][0])
        return json.dumps(document).encode()
    rows = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))
    change(rows[0])
    table = io.StringIO()
    writer = csv.DictWriter(table, rows[0].keys())
    writer.writeheader()
    writer.writerows(rows)
    return table.getvalue().encode()


@pytest.fixture
def fresh(workshop: Workshop) -> Workshop:
    """Release two accepted papers and an award."""
    best = Award.objects.create(
        workshop=workshop, slug="best", name="Best paper", presentation=workshop.presentation_kinds.get(slug="oral")
    )
    first = make_paper(workshop, number=1, title="First", abstract="One\ntwo", keywords=["a", "b"], authors=("Ada Lovelace", "King, Jr."))
    first.authors.filter(position=1).update(profile_id="~Ada1", institutions=[{"name": "U", "domain": "u.edu", "country": "UK"}])
    second = make_paper(workshop, number=2, note_id="", authors=("李 明",), wants_proceedings=True)
    decide_paper(first, outcome="accept", award=best, by=None)
    decide_paper(second, outcome="accept", presentation=workshop.presentation_kinds.get(slug="poster"), by=None)
    release_decisions(workshop, by=None)
    return workshop


@FORMATS
def test_export_that_comes_back_changes_nothing(fresh: Workshop, form: Any) -> None:
    before = list(fresh.papers.values())
    report = take_table(fresh, export(fresh, form))
    assert (tell_counts(report), report.changes, report.conflicts, report.problems) == ((0, 0, 2), [], [], [])
    assert report.notices[0] == "Read as SyntaGen: 2 papers."
    assert list(fresh.papers.values()) == before


@FORMATS
def test_export_with_openreview_papers_changes_nothing(db: None, form: Any) -> None:
    venue = fill_venue(make_venue())
    workshop = make_mapped_workshop(venue.id)
    with serve(venue) as standin:
        import_from(standin, workshop)
        release_decisions(workshop, by=None)
        report = take_table(workshop, export(workshop, form))
        assert (tell_counts(report), report.conflicts) == ((0, 0, 2), [])
        assert tell_counts(import_from(standin, workshop)) == (0, 0, 3)


HOSTILE = ["=1+1", "-x", "@SUM", "'=q", "a\u200bb\u180ec", "\u0301mark", "{{ x }} {% y %}", "a; b", '"q", <b>&amp;', "｜|%", "tab\there"]


@FORMATS
@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_texts_come_back_as_they_were(workshop: Workshop, form: Any, text: str) -> None:
    take_table(
        workshop,
        json.dumps([{"number": 1, "title": text, "abstract": text, "keywords": [text], "decision": "accept", "authors": [text]}]).encode(),
    )
    release_decisions(workshop, by=None)
    before = list(workshop.papers.values("title", "abstract", "keywords"))
    report = take_table(workshop, export(workshop, form))
    assert report.changes == []
    assert list(workshop.papers.values("title", "abstract", "keywords")) == before


@FORMATS
def test_edits_of_an_export_take_effect(fresh: Workshop, form: Any) -> None:
    def change(paper: dict[str, Any]) -> None:
        paper["title"] = "A New Title"
        paper["abstract"] = ""
        paper["track"] = "short" if form is PAPERS_CSV else {"slug": "short", "name": "whatever"}
        paper["keywords"] = "c; d" if form is PAPERS_CSV else ["c", "d"]
        paper["award"] = "" if form is PAPERS_CSV else None

    report = take_table(fresh, edit(export(fresh, form), form, change))
    assert tell_changes(report) == [
        (1, "abstract", "One\ntwo", ""),
        (1, "keywords", ["a", "b"], ["c", "d"]),
        (1, "title", "First", "A New Title"),
        (1, "track", "full", "short"),
        (1, "award", "best", None),
    ]
    assert tell_papers(fresh)[0] == (1, "A New Title", ["Ada Lovelace", "King, Jr."], "short", "active", "accept oral")
    assert fresh.papers.get(number=1).authors.get(position=1).profile_id == "~Ada1"


@FORMATS
def test_old_export_does_not_undo_what_was_corrected_since(fresh: Workshop, olga: User, form: Any) -> None:
    content = export(fresh, form)
    edit_paper(fresh.papers.get(number=1), field="title", value="Corrected since", by=olga)
    report = take_table(fresh, content)
    assert (tell_counts(report), report.conflicts) == ((0, 0, 2), [])
    assert fresh.papers.get(number=1).title == "Corrected since"


@FORMATS
def test_changed_presentation_of_a_released_paper_waits_for_a_person(fresh: Workshop, form: Any) -> None:
    def change(paper: dict[str, Any]) -> None:
        paper["award"] = ""
        paper["presentation"] = "poster" if form is PAPERS_CSV else {"slug": "poster"}

    report = take_table(fresh, edit(export(fresh, form), form, change))
    assert [(conflict["paper"], conflict["field"]) for conflict in report.conflicts] == [(1, "decision")]
    assert tell_decision(fresh.papers.get(number=1)) == "accept oral best"


@FORMATS
def test_award_for_a_track_that_may_not_win_is_a_mistake(fresh: Workshop, form: Any) -> None:
    def change(paper: dict[str, Any]) -> None:
        paper["track"] = "short" if form is PAPERS_CSV else {"slug": "short"}

    place = "Row 2" if form is PAPERS_CSV else "Item 1"
    assert refuse_table(fresh, edit(export(fresh, form), form, change)) == [
        f"{place}, “award”, value “Best paper”: Paper 1 (Short papers) can't win Best paper: its track is not eligible for awards. "
        "Change one of the two."
    ]


@FORMATS
def test_export_founds_papers_elsewhere(fresh: Workshop, form: Any) -> None:
    content = export(fresh, form)
    authors = [paper[2] for paper in tell_papers(fresh)]
    Paper.objects.all().delete()
    take_table(fresh, content)
    assert [paper[2:] for paper in tell_papers(fresh)] == [
        (authors[0], "full", "active", "accept oral best"),
        (authors[1], "full", "active", "accept poster"),
    ]
