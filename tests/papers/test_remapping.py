"""A changed mapping applied to the papers that we hold, without OpenReview."""

from collections.abc import Iterator

import pytest

from papers.decisions import release_decisions
from papers.editing import edit_paper
from papers.errors import Refusal
from papers.import_locks import hold_import
from papers.mappings import add_rule, explain_value
from papers.models import FieldConflict, ImportRun, MappedValue, Workshop
from papers.remapping import remap_papers
from standin import Standin, Venue
from tests.factories import join_workshop, make_user
from tests.papers.dumps import dump_state, dump_tables
from tests.papers.standin_venues import fill_venue, import_from, make_mapped_workshop, make_venue, serve

Scene = tuple[Venue, Standin, Workshop]


@pytest.fixture
def scene(db: None) -> Iterator[Scene]:
    """Three imported papers; nobody has said what the odd ones' track means."""
    venue = fill_venue(make_venue())
    workshop = make_mapped_workshop(venue.id)
    MappedValue.objects.filter(value="Full paper").update(meaning=None)
    with serve(venue) as standin:
        import_from(standin, workshop)
        yield venue, standin, workshop


def explain(workshop: Workshop, value: str, meaning: object) -> None:
    explain_value(MappedValue.objects.get(mapping__workshop=workshop, value=value), meaning=meaning, by=None)


def list_tracks(workshop: Workshop) -> list[str | None]:
    return list(workshop.papers.order_by("number").values_list("track__slug", flat=True))


def test_explained_value_reaches_the_papers_without_a_request(scene: Scene) -> None:
    _, standin, workshop = scene
    asked = len(standin.requests)
    assert list_tracks(workshop) == [None, "short", None]
    explain(workshop, "Full paper", "full")
    report = remap_papers(workshop, by=None)
    assert (report.updated, report.unchanged, report.problems) == (2, 1, [])
    assert (list_tracks(workshop), len(standin.requests)) == (["full", "short", "full"], asked)
    run = workshop.import_runs.latest("pk")
    assert (run.source, run.state, run.report["updated"]) == (ImportRun.KEPT, "done", 2)


def test_import_after_it_finds_nothing_changed(scene: Scene) -> None:
    _, standin, workshop = scene
    explain(workshop, "Full paper", "full")
    remap_papers(workshop, by=None)
    before = dump_tables()
    assert import_from(standin, workshop).unchanged == 3
    assert dump_tables() == before


def test_it_ends_where_an_import_would(scene: Scene) -> None:
    _, standin, workshop = scene
    explain(workshop, "Full paper", "full")
    remap_papers(workshop, by=None)
    remapped = dump_state(workshop)
    workshop.papers.all().delete()
    workshop.profile_aliases.all().delete()
    import_from(standin, workshop)
    assert dump_state(workshop) == remapped


def test_rehearsal_says_what_would_change_and_writes_nothing(scene: Scene) -> None:
    _, _, workshop = scene
    explain(workshop, "Full paper", "full")
    before = dump_tables(without=())
    report = remap_papers(workshop, by=None, is_rehearsal=True)
    assert [change["values"] for change in report.changes] == [[{"field": "track", "before": None, "after": "full"}]] * 2
    assert dump_tables(without=()) == before


def test_nothing_changed_is_nothing_written(scene: Scene) -> None:
    _, _, workshop = scene
    before = dump_tables()
    report = remap_papers(workshop, by=None)
    assert (report.unchanged, dump_tables()) == (3, before)


def test_new_rule_reads_a_field_that_was_kept(scene: Scene) -> None:
    venue, standin, workshop = scene
    venue.change(1, content={"archival": True})
    import_from(standin, workshop)
    add_rule(workshop, target="proceedings", source="content", key="archival", by=None)
    report = remap_papers(workshop, by=None)
    assert len(report.problems) == 2
    explain(workshop, "true", meaning=True)
    remap_papers(workshop, by=None)
    assert list(workshop.papers.order_by("number").values_list("wants_proceedings", flat=True)) == [True, None, None]


def test_what_was_changed_here_stays_and_differs(scene: Scene) -> None:
    _, _, workshop = scene
    olga = join_workshop(make_user("olga@example.org"), workshop).user
    edit_paper(workshop.papers.get(number=2), field="track", value="full", by=olga)
    explain(workshop, "Short paper", "full")
    remap_papers(workshop, by=None)
    assert (list_tracks(workshop)[1], FieldConflict.objects.count()) == ("full", 0)
    explain(workshop, "Accept (Poster)", {"outcome": "accept", "presentation": "oral"})
    release_decisions(workshop, by=olga)
    report = remap_papers(workshop, by=None)
    assert [(conflict["paper"], conflict["field"]) for conflict in report.conflicts] == [(2, "decision")]


def test_nothing_but_mapped_fields_moves(scene: Scene) -> None:
    venue, standin, workshop = scene
    venue.delete(1)
    import_from(standin, workshop)
    gone = workshop.papers.get(number=1)
    assert (gone.standing, gone.not_visible_since is not None) == ("deleted", True)
    explain(workshop, "Full paper", "full")
    remap_papers(workshop, by=None)
    held = workshop.papers.get(number=1)
    assert (held.standing, held.not_visible_since, held.track and held.track.slug) == ("deleted", gone.not_visible_since, "full")
    venue.restore(1)
    assert import_from(standin, workshop).updated == 1
    assert workshop.papers.get(number=1).not_visible_since is None


def test_hidden_decision_is_not_taken_for_a_deleted_one(scene: Scene) -> None:
    venue, standin, workshop = scene
    workshop.papers.get(number=1).raw_notes.all().delete()
    before = workshop.papers.get(number=1).decision
    venue.store.notes[venue.find_decision(1)["id"]]["readers"] = ["nobody"]
    for review in venue.find_replies(1, "Official_Review"):
        venue.store.notes[review["id"]]["readers"] = ["nobody"]
    workshop.import_runs.update(account="~Somebody_Else1")
    import_from(standin, workshop)
    explain(workshop, "Accept (Oral)", {"outcome": "accept", "presentation": "poster"})
    remap_papers(workshop, by=None)
    assert workshop.papers.get(number=1).decision == before


def test_first_import_comes_first(db: None) -> None:
    workshop = make_mapped_workshop()
    with pytest.raises(Refusal, match=r"^Nothing of Counted 2026 has been imported from OpenReview yet; import first\.$"):
        remap_papers(workshop, by=None)


def test_import_under_way_comes_first(scene: Scene) -> None:
    _, _, workshop = scene
    with hold_import(workshop), pytest.raises(Refusal, match=r"^Another import into Counted 2026 is under way"):
        remap_papers(workshop, by=None)
