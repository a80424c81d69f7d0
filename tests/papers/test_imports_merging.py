"""Imports meeting what organizers changed here: three-way, end to end."""

from collections.abc import Iterator
from typing import Any

import pytest

from papers.editing import edit_paper
from papers.models import FieldConflict, HistoryLine, MappedValue, Paper, Workshop
from standin import Standin, Venue
from tests.factories import join_workshop, make_user
from tests.papers.dumps import dump_tables
from tests.papers.standin_venues import fill_venue, import_from, make_mapped_workshop, make_venue, serve


class Scene:
    """An imported venue of one paper, its workshop and Olga."""

    def __init__(self, venue: Venue, standin: Standin, workshop: Workshop) -> None:
        self.venue, self.standin, self.workshop = venue, standin, workshop
        self.olga = join_workshop(make_user("olga@example.org", name="Olga Organizer"), workshop).user
        self.read()

    def read(self) -> Any:
        return import_from(self.standin, self.workshop)

    @property
    def paper(self) -> Paper:
        return self.workshop.papers.get(number=1)

    def edit(self, field: str, value: Any) -> None:
        edit_paper(self.paper, field=field, value=value, by=self.olga)

    def list_conflicts(self) -> list[tuple[Any, ...]]:
        return list(FieldConflict.objects.order_by("pk").values_list("field", "base", "upstream", "local", "choice"))


@pytest.fixture
def scene(db: None) -> Iterator[Scene]:
    venue = fill_venue(make_venue(), papers=1, reviews=1)
    workshop = make_mapped_workshop(venue.id)
    with serve(venue) as standin:
        yield Scene(venue, standin, workshop)


def test_unchanged_import_writes_no_row(scene: Scene) -> None:
    before = dump_tables()
    report = scene.read()
    assert (report.unchanged, report.created, report.updated, report.conflicts, report.changes) == (1, 0, 0, [], [])
    assert dump_tables() == before


def test_only_upstream_changed_is_taken_with_a_line(scene: Scene) -> None:
    scene.venue.change(1, content={"title": "Upstream title", "abstract": "New words"})
    report = scene.read()
    assert (scene.paper.title, scene.paper.abstract) == ("Upstream title", "New words")
    assert "upstream title" in scene.paper.search_text
    assert report.changes[0]["values"] == [
        {"field": "abstract", "before": "Abstract 1.", "after": "New words"},
        {"field": "title", "before": "Paper 1", "after": "Upstream title"},
    ]
    lines: Any = HistoryLine.objects.filter(action="imported").order_by("field").values_list("field", "before", "after", "by", "actor")
    assert list(lines) == [
        ("abstract", "Abstract 1.", "New words", None, f"import {scene.workshop.import_runs.latest('pk').pk}"),
        ("title", "Paper 1", "Upstream title", None, f"import {scene.workshop.import_runs.latest('pk').pk}"),
    ]


def test_only_ours_changed_stays_through_later_imports(scene: Scene) -> None:
    scene.edit("title", "Our title")
    scene.venue.change(1, content={"abstract": "New words"})
    report = scene.read()
    assert (scene.paper.title, scene.paper.abstract) == ("Our title", "New words")
    assert (report.conflicts, scene.list_conflicts()) == ([], [])


def test_both_changed_differently_is_a_conflict_and_ours_stays(scene: Scene) -> None:
    scene.edit("title", "Our title")
    scene.venue.change(1, content={"title": "Upstream title"})
    report = scene.read()
    told = {"field": "title", "base": "Paper 1", "upstream": "Upstream title", "local": "Our title"}
    assert report.conflicts == [{"paper": 1, "note_id": scene.paper.note_id, **told}]
    assert scene.paper.title == "Our title"
    assert scene.list_conflicts() == [("title", "Paper 1", "Upstream title", "Our title", "")]
    assert scene.read().notices[-1] == "1 difference waits for a choice."


def test_conflict_follows_upstream_and_is_found_once(scene: Scene) -> None:
    scene.edit("title", "Our title")
    scene.venue.change(1, content={"title": "Second title"})
    scene.read()
    scene.venue.change(1, content={"abstract": "Something else"})
    assert scene.read().conflicts == []
    scene.venue.change(1, content={"title": "Third title"})
    assert [conflict["upstream"] for conflict in scene.read().conflicts] == ["Third title"]
    assert scene.list_conflicts() == [("title", "Paper 1", "Third title", "Our title", "")]


def test_conflict_is_over_when_upstream_takes_its_change_back(scene: Scene) -> None:
    scene.edit("title", "Our title")
    for title in ("Second title", "Paper 1"):
        scene.venue.change(1, content={"title": title})
        scene.read()
    assert scene.paper.title == "Our title"
    assert scene.list_conflicts() == [("title", "Paper 1", "Second title", "Our title", "local")]


def test_conflict_is_over_when_upstream_comes_to_agree(scene: Scene) -> None:
    scene.edit("title", "Our title")
    for title in ("Second title", "Our title", "Fourth title"):
        scene.venue.change(1, content={"title": title})
        scene.read()
    assert scene.paper.title == "Fourth title"
    assert scene.list_conflicts() == [("title", "Paper 1", "Second title", "Our title", "upstream")]


def test_conflict_is_over_when_we_come_to_agree(scene: Scene) -> None:
    scene.edit("title", "Our title")
    scene.venue.change(1, content={"title": "Second title"})
    scene.read()
    scene.edit("title", "Second title")
    assert scene.list_conflicts() == [("title", "Paper 1", "Second title", "Second title", "upstream")]
    assert FieldConflict.objects.get().resolved_by == scene.olga


def test_authors_merge_as_one_list(scene: Scene) -> None:
    scene.edit("authors", [author.name for author in scene.paper.authors.all()][::-1])
    ours = [author.name for author in scene.paper.authors.all()]
    scene.venue.change(1, content={"authors": ["Ada Author"], "authorids": ["~Ada_Author1"]})
    report = scene.read()
    assert [conflict["field"] for conflict in report.conflicts] == ["authors"]
    assert [author.name for author in scene.paper.authors.all()] == ours


def test_authors_taken_anew_keep_who_they_are(scene: Scene) -> None:
    first, second = scene.paper.authors.all()
    names = [f"{second.name} Jr.", "Eve New", first.name]
    scene.venue.change(1, content={"authors": names, "authorids": [second.profile_id, "~Eve_New1", first.profile_id]})
    scene.read()
    kept = {author.name: author.pk for author in scene.paper.authors.all()}
    assert list(kept) == names
    assert (kept[f"{second.name} Jr."], kept[first.name]) == (second.pk, first.pk)


def test_hidden_authors_stay_as_they_were(scene: Scene) -> None:
    names = [author.name for author in scene.paper.authors.all()]
    scene.venue.change(1, content={"authors": None, "authorids": None})
    report = scene.read()
    assert [author.name for author in scene.paper.authors.all()] == names
    assert (scene.paper.has_hidden_authors, report.conflicts) == (True, [])


def test_field_that_upstream_no_longer_shows_stays(scene: Scene) -> None:
    scene.venue.change(1, content={"abstract": None, "keywords": None, "pdf": None})
    scene.read()
    paper = scene.paper
    assert (paper.abstract, paper.keywords, paper.pdf != "") == ("Abstract 1.", ["counted"], True)


def test_track_changed_upstream_waits_behind_ours(scene: Scene) -> None:
    scene.edit("track", "short")
    scene.venue.change(1, content={"track": "Short paper"})
    assert scene.read().conflicts == []
    scene.venue.change(1, content={"track": "Full paper"})
    assert scene.read().conflicts == []
    assert scene.paper.track and scene.paper.track.slug == "full"


def test_value_that_nobody_explained_changes_nothing(scene: Scene) -> None:
    scene.venue.change(1, content={"track": "Demo"})
    report = scene.read()
    assert scene.paper.track and scene.paper.track.slug == "full"
    assert [problem["sentence"] for problem in report.problems] == [
        "Nobody has said what “Demo” means as a track (1 paper); say it on the mapping page."
    ]
    assert list(MappedValue.objects.filter(meaning__isnull=True).values_list("value", flat=True)) == ["Demo"]


def test_paper_without_title_takes_the_first_one_it_gets(db: None) -> None:
    venue = make_venue()
    venue.add_submission(content={"title": None}, hidden=())
    workshop = make_mapped_workshop(venue.id)
    with serve(venue) as standin:
        import_from(standin, workshop)
        assert workshop.papers.get().title == "Untitled submission"
        venue.change(1, content={"title": "At last"})
        report = import_from(standin, workshop)
    assert (workshop.papers.get().title, report.conflicts) == ("At last", [])


def test_what_is_ours_alone_is_never_touched(scene: Scene) -> None:
    paper = scene.paper
    paper.is_test = True
    paper.save()
    decision = paper.decision
    decision.comment, decision.award = "Our words", scene.workshop.awards.create(slug="best", name="Best paper")
    decision.save()
    scene.venue.change(1, content={"title": "Upstream title"})
    scene.read()
    assert (scene.paper.is_test, scene.paper.decision.comment, scene.paper.decision.award) == (True, "Our words", decision.award)


def test_review_edited_upstream_is_replaced_and_its_raw_version_kept(scene: Scene) -> None:
    review = scene.venue.find_replies(1, "Official_Review")[0]
    scene.venue.change_reply(review, {"rating": 9, "review": "On second thought"})
    report = scene.read()
    held = scene.paper.reviews.get(kind="review")
    assert (held.note_id, held.rating, held.content["review"]) == (review["id"], 9.0, "On second thought")
    assert scene.paper.raw_notes.count() == 2
    assert report.changes[0]["fields"] == ["replies"]


def test_review_deleted_upstream_is_marked_and_comes_back(scene: Scene) -> None:
    review = scene.venue.find_replies(1, "Official_Review")[0]
    scene.venue.store.change_note(review["id"], {"ddate": scene.venue.store.now})
    scene.read()
    assert scene.paper.reviews.get(note_id=review["id"]).gone_at is not None
    scene.venue.store.change_note(review["id"], {"ddate": None})
    scene.read()
    assert scene.paper.reviews.get(note_id=review["id"]).gone_at is None


def test_same_note_in_another_order_is_unchanged(scene: Scene) -> None:
    scene.venue.add_review(1)
    scene.read()
    before = dump_tables()
    note = scene.venue.papers[1]
    scene.venue.store.notes[note["id"]] = dict(reversed(note.items()))
    report = scene.read()
    assert (report.unchanged, report.updated) == (1, 0)
    assert dump_tables() == before


def test_edit_between_two_imports_is_merged_by_the_user_who_made_it(scene: Scene) -> None:
    scene.edit("abstract", "Our words")
    scene.venue.change(1, content={"title": "Upstream title"})
    scene.read()
    lines = HistoryLine.objects.filter(paper=scene.paper).order_by("pk").values_list("action", "by", "field")
    assert list(lines) == [("corrected", scene.olga.pk, "abstract"), ("imported", None, "title")]


def test_import_says_who_started_it(scene: Scene) -> None:
    import_from(scene.standin, scene.workshop, by=scene.olga)
    run = scene.workshop.import_runs.latest("pk")
    assert (run.by, run.state, run.account, run.seen_count, run.expected_count) == (scene.olga, "done", "~Olga_Chair1", 1, 1)
