"""Long venues: pages, counts, what moves between two pages, stops and going on."""

import datetime as dt
from typing import Any

import pytest
from django.utils import timezone

from papers.errors import ChangedShape, Refusal, SignInNeeded, Throttled
from papers.import_locks import hold_import
from papers.imports import ImportStopped
from papers.models import ImportRun, MappedValue, Workshop
from papers.openreview.sign_in import Credentials
from standin import Standin, Venue
from tests.papers.dumps import dump_state, dump_tables
from tests.papers.standin_venues import CHAIR, fill_venue, import_from, make_long_venue, make_mapped_workshop, make_venue, serve


def count_pages(standin: Standin) -> int:
    return standin.count_requests("/notes")


def end_wait(workshop: Workshop) -> None:
    """Let the time pass that OpenReview asked to wait."""
    workshop.import_runs.filter(state="paused").update(resume_at=timezone.now() - dt.timedelta(seconds=1))


def read_undisturbed(venue: Venue) -> dict[str, Any]:
    """Import the venue into a workshop of its own and return its state, which is taken back."""
    workshop = make_mapped_workshop(venue.id, slug="undisturbed")
    with serve(venue) as standin:
        import_from(standin, workshop)
    state = dump_state(workshop)
    workshop.papers.all().delete()
    workshop.delete()
    return state


@pytest.mark.parametrize(("papers", "pages"), [(0, 1), (249, 1), (250, 2), (1000, 2), (1001, 2), (1250, 3), (2500, 4)])
def test_every_page_is_read_once(db: None, papers: int, pages: int) -> None:
    venue = make_long_venue(papers)
    workshop = make_mapped_workshop(venue.id)
    with serve(venue) as standin:
        report = import_from(standin, workshop)
        assert (report.created, workshop.papers.count(), count_pages(standin)) == (papers, papers, pages)
        run = workshop.import_runs.get()
        assert (run.seen_count, run.expected_count) == (papers, papers)
        assert [note["number"] for note in workshop.papers.values("number").order_by("number")] == list(range(1, papers + 1))


def test_missing_count_is_made_up_for_by_an_empty_page(db: None) -> None:
    venue = make_long_venue(1001)
    workshop = make_mapped_workshop(venue.id)
    with serve(venue) as standin:
        standin.faults.add("no_count")
        report = import_from(standin, workshop)
        assert (report.created, report.problems, count_pages(standin)) == (1001, [], 3)


def test_ignored_after_stops_instead_of_going_round_in_circles(db: None) -> None:
    venue = make_long_venue(1500)
    workshop = make_mapped_workshop(venue.id)
    with serve(venue) as standin:
        standin.faults.add("ignore_after")
        with pytest.raises(
            ChangedShape, match=r"^OpenReview sent the same page of papers twice; the import stopped before it went round in circles\.$"
        ):
            import_from(standin, workshop)
        assert (workshop.papers.count(), count_pages(standin)) == (1000, 3)
        standin.faults.clear()
        assert import_from(standin, workshop).created == 500


@pytest.mark.parametrize("papers", [1000, 1500])
def test_row_repeated_on_the_next_page_counts_once(db: None, papers: int) -> None:
    venue = make_long_venue(papers)
    workshop = make_mapped_workshop(venue.id)
    with serve(venue) as standin:
        standin.faults.add("duplicate_row", after=1)
        report = import_from(standin, workshop)
    assert (report.created, report.problems, workshop.papers.count()) == (papers, [], papers)


def test_note_that_changes_between_two_pages_is_read_in_one_state(db: None) -> None:
    venue = make_long_venue(1500)
    workshop = make_mapped_workshop(venue.id)
    first = min(note["id"] for note in venue.papers.values())
    with serve(venue) as standin:
        standin.faults.add("change_note", id=first, note={"content": {"title": {"value": "Changed meanwhile"}}}, times=1)
        assert import_from(standin, workshop).created == 1500
        standin.faults.clear()
        report = import_from(standin, workshop)
    assert (report.updated, report.unchanged) == (1, 1499)
    assert workshop.papers.get(note_id=first).title == "Changed meanwhile"


def test_paper_that_is_withdrawn_between_two_pages_is_not_lost(db: None) -> None:
    venue = make_long_venue(1500)
    workshop = make_mapped_workshop(venue.id)
    with serve(venue) as standin:
        import_from(standin, workshop)
        last = max(note["id"] for note in venue.papers.values())
        standin.faults.add("change_note", id=last, note={"content": {"venueid": {"value": venue.setting.venueids["withdrawn"]}}}, times=1)
        report = import_from(standin, workshop)
    assert (report.withdrawn, report.vanished, workshop.papers.get(note_id=last).standing) == (1, 0, "withdrawn")


def test_empty_answer_marks_nothing_as_lost(db: None) -> None:
    venue = fill_venue(make_venue())
    workshop = make_mapped_workshop(venue.id)
    with serve(venue) as standin:
        import_from(standin, workshop)
        before = dump_tables()
        standin.faults.add("empty_list")
        report = import_from(standin, workshop)
    assert [problem["code"] for problem in report.problems] == ["incomplete"]
    assert dump_tables() == before


def test_page_shorter_than_the_count_marks_nothing_as_lost(db: None) -> None:
    venue = fill_venue(make_venue())
    workshop = make_mapped_workshop(venue.id)
    with serve(venue) as standin:
        import_from(standin, workshop)
        venue.delete(3)
        standin.faults.add("shape", top={"count": 3})
        report = import_from(standin, workshop)
    assert [problem["sentence"] for problem in report.problems] == [
        "OpenReview counted 3 submissions and 1 of them never came; papers missing from the list were left as they are."
    ]
    assert workshop.papers.get(number=3).not_visible_since is None


def test_throttled_import_goes_on_where_it_stopped_and_ends_alike(db: None) -> None:
    venue = make_long_venue(1500)
    venue.change(1, content={"track": "Never seen"})
    expected = read_undisturbed(venue)
    workshop = make_mapped_workshop(venue.id)
    with serve(venue) as standin:
        standin.faults.add("throttle", after=1, times=1, retry_after=900)
        with pytest.raises(Throttled, match=r"^OpenReview asks to wait until .* UTC"):
            import_from(standin, workshop)
        run = workshop.import_runs.get()
        assert (run.state, run.seen_count, workshop.papers.count(), run.report["created"]) == ("paused", 250, 250, 250)
        assert run.resume_at and 890 < (run.resume_at - timezone.now()).total_seconds() <= 900
        asked = len(standin.requests)
        for is_rehearsal in (False, True):
            with pytest.raises(
                Throttled, match=r"^OpenReview asked to wait until .* UTC; after that the import goes on where it stopped\.$"
            ) as refusal:
                import_from(standin, workshop, is_rehearsal=is_rehearsal)
            assert refusal.value.until == run.resume_at
        assert len(standin.requests) == asked
        end_wait(workshop)
        report = import_from(standin, workshop)
        assert count_pages(standin) == 5
    assert (report.created, report.unchanged, report.vanished) == (1500, 0, 0)
    assert workshop.import_runs.get().state == "done"
    assert dump_state(workshop) == expected


def test_throttled_before_the_first_page_keeps_the_place_it_had(db: None) -> None:
    venue = make_long_venue(1500)
    workshop = make_mapped_workshop(venue.id)
    with serve(venue) as standin:
        standin.faults.add("throttle", after=1, times=1)
        with pytest.raises(Throttled):
            import_from(standin, workshop)
        cursor = workshop.import_runs.get().cursor
        end_wait(workshop)
        standin.faults.add("throttle", path="/groups", times=1)
        with pytest.raises(Throttled):
            import_from(standin, workshop)
        assert workshop.import_runs.get().cursor == cursor
        end_wait(workshop)
        assert import_from(standin, workshop).created == 1500


def test_throttled_rehearsal_keeps_nothing(db: None) -> None:
    venue = make_long_venue(1500)
    workshop = make_mapped_workshop(venue.id)
    with serve(venue) as standin:
        standin.faults.add("throttle", after=1, times=1)
        with pytest.raises(Throttled):
            import_from(standin, workshop, is_rehearsal=True)
    assert (ImportRun.objects.count(), workshop.papers.count()) == (0, 0)


def test_wait_that_took_too_long_begins_anew(db: None) -> None:
    venue = make_long_venue(1500)
    workshop = make_mapped_workshop(venue.id)
    with serve(venue) as standin:
        standin.faults.add("throttle", after=1, times=1)
        with pytest.raises(Throttled):
            import_from(standin, workshop)
        workshop.import_runs.update(resume_at=timezone.now() - dt.timedelta(days=2))
        report = import_from(standin, workshop)
    assert (report.created, report.unchanged) == (1250, 250)
    assert list(workshop.import_runs.values_list("state", flat=True)) == ["done", "failed"]


def test_session_that_ends_between_pages_is_renewed_once(db: None) -> None:
    venue = make_long_venue(2500)
    workshop = make_mapped_workshop(venue.id)
    with serve(venue) as standin:
        standin.faults.add("expire_token", after=1, times=1)
        report = import_from(standin, workshop)
        assert (report.created, standin.count_requests("/login", "POST")) == (2500, 2)
        assert report.requests == len(standin.requests)


def test_session_that_ends_without_a_password_is_a_refusal(db: None) -> None:
    venue = make_long_venue(1500)
    workshop = make_mapped_workshop(venue.id)
    with serve(venue) as standin:
        token = standin.sessions.issue(standin.store.accounts["chair@example.org"], 3600)["token"]
        standin.faults.add("expire_token", after=1, times=1)
        with pytest.raises(SignInNeeded, match=r"^The OpenReview session has ended; sign in again and repeat the import\.$"):
            import_from(standin, workshop, credentials=Credentials(token=token))
        run = workshop.import_runs.get()
        assert (run.state, workshop.papers.count(), run.account) == ("failed", 250, "~Olga_Chair1")
        assert import_from(standin, workshop, credentials=CHAIR).created == 1250


def test_killed_run_is_said_to_be_interrupted_by_the_next(db: None) -> None:
    venue = fill_venue(make_venue())
    workshop = make_mapped_workshop(venue.id)
    killed = ImportRun.objects.create(workshop=workshop, source=ImportRun.OPENREVIEW)
    with serve(venue) as standin:
        import_from(standin, workshop)
    killed.refresh_from_db()
    assert (killed.state, killed.report["sentence"]) == (
        "failed",
        "The import was interrupted; what it had written are whole papers, and the next one brings the rest.",
    )


def test_two_imports_of_one_workshop_keep_apart(db: None) -> None:
    venue = fill_venue(make_venue())
    workshop = make_mapped_workshop(venue.id)
    with (
        serve(venue) as standin,
        hold_import(workshop),
        pytest.raises(Refusal, match=r"^Another import into Counted 2026 is under way; wait for its end\.$"),
    ):
        import_from(standin, workshop)
    assert ImportRun.objects.count() == 0


def test_stopped_import_leaves_whole_papers_and_unmapped_values(db: None) -> None:
    venue = make_long_venue(1500)
    first = min(venue.papers, key=lambda number: venue.papers[number]["id"])
    venue.change(first, content={"track": "Never seen"})
    workshop = make_mapped_workshop(venue.id)

    def stop(count: int, total: int | None, sentence: str) -> None:
        assert (count, total, sentence.partition(",")[0], sentence.endswith(" requests left")) == (250, 1500, "250 papers", True)
        raise ImportStopped("Stopped.")

    with serve(venue) as standin, pytest.raises(ImportStopped):
        import_from(standin, workshop, tell=stop)
    assert (workshop.papers.count(), workshop.import_runs.get().state) == (250, "failed")
    assert list(MappedValue.objects.filter(meaning__isnull=True).values_list("value", flat=True)) == ["Never seen"]
