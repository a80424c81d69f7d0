"""Runs of the solver: begun once, watched, stopped, taken over as one edit, never over somebody's later work."""

import datetime as dt

import pytest

from papers.errors import Refusal
from papers.jobs import find_lost_jobs, run_job
from papers.models import Job, Workshop
from program.filling.asked import FillRequest, Mode, Scope
from program.filling.rules import hold_rule_again, list_exceptions, relax_rule, weigh_rules
from program.filling.runs import begin_fill, find_unfinished, keep_run, solve_run, stop_fill, take_over, tell_end
from program.models import FillRules, ScheduleEdit, ScheduleVersion, Session, Slot
from program.schedule_rows import read_draft
from program.schedules import find_schedule_conflicts
from program.scheduling import list_rows, undo_edit
from tests.program.filling.drafts import NINE, list_found, list_places, make_conference, make_olga, play

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quick")]
PAPERS = FillRequest(seconds=1)
DAY = FillRequest(Mode.DAY, seconds=1)


def test_a_run_gives_everybody_a_place_without_hard_conflicts() -> None:
    workshop = make_conference()
    edit = take_over(solve_run(keep_run(workshop, PAPERS, by=None)), by=None)
    assert edit is not None
    places = list_places(workshop)
    assert sorted(places) == ["Oral 0", "Oral 1", "Oral 2", "Oral 3", "Poster 0", "Poster 1", "Poster 2"]
    assert {title: uid for title, (uid, _, _) in places.items() if title.startswith("Poster")} == dict.fromkeys(
        ["Poster 0", "Poster 1", "Poster 2"], "posters"
    )
    boards = {board for board in Slot.objects.filter(session__kind="poster").values_list("board", flat=True) if board}
    assert (len(boards), boards <= {140, 141, 142, 143}) == (3, True)
    assert [one.sentence for one in find_schedule_conflicts(workshop) if one.severity == "hard"] == []


def test_taking_over_is_one_edit_that_can_be_undone() -> None:
    workshop = make_conference()
    before = list_rows(workshop)
    edit = take_over(solve_run(keep_run(workshop, PAPERS, by=None)), by=None)
    assert edit is not None
    assert list_rows(workshop) != before
    undo_edit(edit, by=None)
    assert list_rows(workshop) == before


def test_same_seed_finds_the_same() -> None:
    workshop = make_conference(orals=6)
    first, second = (solve_run(keep_run(workshop, FillRequest(seconds=1, seed=5), by=None)) for _ in range(2))
    assert list_found(first) == list_found(second)


def test_what_is_placed_stays_where_only_the_tray_moves() -> None:
    workshop = make_conference()
    paper = workshop.papers.order_by("number").first()
    assert paper is not None
    play(workshop, {"move": "place-paper", "paper": paper.pk, "session": "late", "minutes": 12})
    take_over(solve_run(keep_run(workshop, FillRequest(scope=Scope.TRAY, seconds=1), by=None)), by=None)
    assert list_places(workshop)["Oral 0"] == ("late", 1, 12)
    assert len(list_places(workshop)) == 7


def test_a_contradiction_is_told_in_words_with_what_to_give_up() -> None:
    workshop = make_conference(orals=2, posters=0, minutes=10)
    for uid in ("beside", "late"):
        play(workshop, {"move": "remove-session", "session": uid})
    FillRules.objects.create(workshop=workshop, minutes={"oral": 15})
    run = solve_run(keep_run(workshop, PAPERS, by=None))
    assert (run.found, tell_end(run)) == (None, "There is no such schedule: some rules contradict each other. The page says which.")
    assert [(one["sentence"], one["relax"]) for one in run.reasons] == [
        ("“Early” lasts 10 min.", "Let it run over"),
        ("Paper 1 needs a place of 15 min.", "Leave it out"),
    ]
    olga = make_olga(workshop)
    relax_rule(workshop, "fits", "early", by=olga)
    assert solve_run(keep_run(workshop, PAPERS, by=None)).found is not None
    rules = hold_rule_again(workshop, "fits", "early", by=olga)
    assert rules.relaxed == []


def test_sessions_of_a_day_follow_each_other() -> None:
    workshop = make_conference(orals=0, posters=0)
    play(workshop, {"move": "remove-session", "session": "beside"})
    play(workshop, {"move": "pin", "item": "early", "is_pinned": True})
    run = solve_run(keep_run(workshop, DAY, by=None))
    take_over(run, by=None)
    starts = {uid: (start - NINE).total_seconds() / 60 for uid, start in Session.objects.values_list("uid", "starts_at") if start}
    assert starts == {"early": 0, "late": 30, "posters": 60}
    assert (run.found or {})["is_proven"]


def test_a_day_too_short_says_so() -> None:
    workshop = make_conference(orals=0, posters=0)
    workshop.days.update(ends_at=NINE + (workshop.days.get().ends_at - NINE) / 8)
    reasons = [one["sentence"] for one in solve_run(keep_run(workshop, DAY, by=None)).reasons]
    assert reasons[0] == "One session follows the other."
    assert "The day lasts from 9:00 to 10:00." in reasons
    assert "“Posters” takes 60 min." in reasons


def test_only_one_run_at_a_time() -> None:
    workshop = make_conference()
    olga = make_olga(workshop)
    run = begin_fill(workshop, PAPERS, by=olga)
    with pytest.raises(Refusal) as refused:
        begin_fill(workshop, PAPERS, by=olga)
    assert refused.value.sentence == "The solver is at work on this schedule already. Wait, or stop it."
    assert find_unfinished(workshop) == run


def test_the_job_finds_and_tells() -> None:
    workshop = make_conference()
    run = begin_fill(workshop, PAPERS, by=make_olga(workshop))
    assert run.job is not None
    run_job(run.job.pk)
    run.refresh_from_db()
    run.job.refresh_from_db()
    assert (run.job.state, run.ended_at is None, len(list_found(run))) == (Job.State.DONE, False, 7)
    assert run.job.result == {"sentence": tell_end(run)}


def test_a_run_that_nobody_began_is_stopped_at_once() -> None:
    workshop = make_conference()
    olga = make_olga(workshop)
    run = stop_fill(begin_fill(workshop, PAPERS, by=olga), by=olga)
    run.refresh_from_db()
    assert (run.ended_at is None, find_unfinished(workshop)) == (False, None)
    with pytest.raises(Refusal, match="ended already"):
        stop_fill(run, by=olga)


def test_stopping_keeps_the_best_so_far() -> None:
    workshop = make_conference()
    run = solve_run(keep_run(workshop, PAPERS, by=None), should_stop=lambda: True)
    assert len(list_found(run)) == 7


def test_what_was_changed_since_is_not_overwritten() -> None:
    workshop = make_conference()
    run = solve_run(keep_run(workshop, PAPERS, by=None))
    play(workshop, {"move": "edit-session", "session": "late", "title": "Later"})
    before = list_rows(workshop)
    with pytest.raises(Refusal) as refused:
        take_over(run, by=None)
    assert refused.value.sentence.startswith("The schedule was changed since the solver began (")
    assert list_rows(workshop) == before


def test_nothing_is_taken_over_while_it_searches_or_where_it_found_nothing() -> None:
    workshop = make_conference()
    run = keep_run(workshop, PAPERS, by=None)
    with pytest.raises(Refusal, match="still at work"):
        take_over(run, by=None)
    run.ended_at = run.began_at
    with pytest.raises(Refusal, match="nothing to take over"):
        take_over(run, by=None)
    assert ScheduleEdit.objects.count() == 0


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        (FillRequest(seconds=0), "Give the solver 1 to 600 seconds."),
        (FillRequest(seconds=601), "Give the solver 1 to 600 seconds."),
    ],
)
def test_a_search_without_measure_is_refused(asked: FillRequest, sentence: str) -> None:
    workshop = make_conference()
    with pytest.raises(Refusal) as refused:
        begin_fill(workshop, asked, by=make_olga(workshop))
    assert refused.value.sentence == sentence


def test_a_schedule_without_sessions_or_days_is_refused() -> None:
    workshop = make_conference()
    olga = make_olga(workshop)
    workshop.days.all().delete()
    with pytest.raises(Refusal, match="There is no day yet"):
        begin_fill(workshop, DAY, by=olga)
    workshop.sessions.all().delete()
    with pytest.raises(Refusal, match="No session takes papers yet"):
        begin_fill(workshop, PAPERS, by=olga)
    assert workshop.fill_runs.count() == 0


def test_weights_are_kept_where_they_differ() -> None:
    workshop = make_conference()
    olga = make_olga(workshop)
    rules = weigh_rules(workshop, {"cohesion": 9, "spread": 3}, minutes={"oral": 12}, wishes="1, 50", has_posters_too=True, by=olga)
    assert (rules.weights, rules.minutes, rules.wishes, rules.has_posters_too) == ({"cohesion": 9}, {"oral": 12}, "1, 50", True)
    for weights, wishes in (({"beauty": 1}, ""), ({"cohesion": 1001}, ""), ({}, "77")):
        with pytest.raises(Refusal):
            weigh_rules(workshop, weights, minutes={}, wishes=wishes, has_posters_too=False, by=olga)
    assert FillRules.objects.get().weights == {"cohesion": 9}


def test_exceptions_are_told_in_words() -> None:
    workshop = make_conference()
    olga = make_olga(workshop)
    paper = workshop.papers.order_by("number").first()
    assert paper is not None
    relax_rule(workshop, "placed", str(paper.pk), by=olga)
    rules = relax_rule(workshop, "fits", "early", by=olga)
    assert [one.words for one in list_exceptions(rules, read_draft(workshop))] == ["Paper 1: leave it out", "“Early”: let it run over"]
    with pytest.raises(Refusal):
        relax_rule(workshop, "apart", "all", by=olga)
    with pytest.raises(Refusal):
        hold_rule_again(workshop, "fits", "late", by=olga)


def test_a_run_whose_worker_died_begins_again() -> None:
    workshop = make_conference()
    run = begin_fill(workshop, PAPERS, by=make_olga(workshop))
    assert run.job is not None
    Job.objects.filter(pk=run.job.pk).update(state=Job.State.RUNNING, attempt_count=1, heartbeat_at=NINE)
    [lost] = find_lost_jobs(dt.timedelta(seconds=60))
    assert (lost.state, find_unfinished(workshop)) == (Job.State.LOST, run)
    run_job(lost.pk)
    run.refresh_from_db()
    assert len(list_found(run)) == 7


def publish(workshop: Workshop) -> None:
    ScheduleVersion.objects.create(workshop=workshop, number=1, at=NINE, rows=list_rows(workshop))


def test_after_publication_little_moves_and_says_why() -> None:
    workshop = make_conference(orals=4, posters=0)
    take_over(solve_run(keep_run(workshop, PAPERS, by=None)), by=None)
    publish(workshop)
    keeps = FillRequest(scope=Scope.PUBLISHED, seconds=1)
    assert (solve_run(keep_run(workshop, keeps, by=None)).found or {})["moved"] == []
    gone = list_places(workshop)["Oral 0"][0]
    play(workshop, {"move": "clear", "what": "papers", "session": gone}, {"move": "remove-session", "session": gone})
    run = solve_run(keep_run(workshop, keeps, by=None))
    moved = (run.found or {})["moved"]
    assert all(" moves from a session that is gone to “" in one and one.endswith("any more.") for one in moved)
    assert len(moved) == 4 - len([uid for uid, _, _ in list_places(workshop).values() if uid != gone])


def test_sessions_move_as_little_as_they_can_and_say_why() -> None:
    workshop = make_conference(orals=0, posters=0)
    play(workshop, {"move": "remove-session", "session": "beside"})
    publish(workshop)
    play(workshop, {"move": "resize-session", "session": "early", "minutes": 75}, {"move": "pin", "item": "early", "is_pinned": True})
    run = solve_run(keep_run(workshop, FillRequest(Mode.DAY, Scope.PUBLISHED, 1), by=None))
    assert (run.found or {})["moved"] == [
        "“Late” moves from 10:00 to 10:15: “Early” is there now.",
        "“Posters” moves from 11:00 to 10:45: so that no gap is left.",
    ]
