"""Undo: all of a batch or nothing, and every reason why not."""

import datetime as dt

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from papers.batches import find_last_batch, find_obstacles, undo_batch
from papers.bulk_decisions import apply_decisions
from papers.decision_sources import Choice, SelectedPapers
from papers.decisions import decide_paper, release_decisions, revoke_decision
from papers.errors import Refusals
from papers.handling_batches import HANDLING
from papers.models import (
    Award,
    Batch,
    ConflictOfInterest,
    Decision,
    HistoryLine,
    Letter,
    Mailing,
    Paper,
    PushedDecision,
    User,
    Workshop,
)
from tests.factories import accept, join_workshop, make_paper, make_user, make_workshop, reject
from tests.papers.tables.reports import tell_decision

LATER = dt.timedelta(days=31)


@pytest.fixture
def papers(workshop: Workshop) -> list[Paper]:
    """Make paper 1 undecided, 2 a poster with a comment, 3 rejected."""
    made = [make_paper(workshop, number=number) for number in range(1, 4)]
    accept(made[1])
    Decision.objects.filter(paper=made[1]).update(comment="Well done")
    reject(made[2])
    return made


def decide(papers: list[Paper], choice: Choice, by: User | None) -> Batch:
    """Decide all of them and return the batch."""
    source = SelectedPapers(tuple(paper.pk for paper in papers), choice)
    batch = apply_decisions(papers[0].workshop, source, by=by)[1]
    assert batch is not None
    return batch


def tell_rows() -> list[dict[str, object]]:
    """Return every decision as the database has it, but for its key: a decision that was taken away comes back under another one."""
    return [{name: value for name, value in row.items() if name != "id"} for row in Decision.objects.order_by("paper").values()]


def refuse(batch: Batch, by: User | None) -> list[str]:
    """Undo a batch that can't be undone; return the reasons, having checked that nothing changed."""
    before = tell_rows(), HistoryLine.objects.count()
    told = find_obstacles(Batch.objects.select_related("workshop", "undone_by").get(pk=batch.pk), by=by)
    with pytest.raises(Refusals) as refusal:
        undo_batch(batch, by=by)
    assert (tell_rows(), HistoryLine.objects.count()) == before
    assert refusal.value.reasons == told
    return refusal.value.reasons


@pytest.mark.parametrize("choice", [Choice("accept", "oral", comment="New"), Choice("reject")])
def test_undo_gives_every_paper_back_what_it_had(workshop: Workshop, papers: list[Paper], olga: User, choice: Choice) -> None:
    before = tell_rows()
    batch = decide(papers, choice, olga)
    assert tell_rows() != before
    undone = undo_batch(batch, by=olga)
    assert tell_rows() == before
    assert (undone.undone_by, undone.undone_at is not None) == (olga, True)
    lines = HistoryLine.objects.filter(action="undone").order_by("paper__number")
    assert [(line.paper.number if line.paper else None, line.batch, line.by, line.after) for line in lines][:2] == [
        (1, batch, olga, None),
        (2, batch, olga, {"outcome": "accept", "presentation": "poster", "award": None, "comment": "Well done"}),
    ]


def test_undo_brings_back_what_was_taken_back(workshop: Workshop, papers: list[Paper], olga: User) -> None:
    before = tell_rows()
    batch = decide(papers[1:], Choice("revoke"), olga)
    assert tell_rows() == []
    undo_batch(batch, by=olga)
    assert tell_rows() == before


def test_single_decision_and_revocation_are_undone(workshop: Workshop, papers: list[Paper], olga: User) -> None:
    decision = decide_paper(papers[0], outcome="reject", by=olga)
    assert decision is not None
    assert decision.batch is not None
    undo_batch(decision.batch, by=olga)
    assert tell_decision(papers[0]) == ""
    undo_batch(revoke_decision(papers[1], by=olga), by=olga)
    assert tell_decision(papers[1]) == "accept poster"


def test_batch_is_undone_once(workshop: Workshop, papers: list[Paper], olga: User) -> None:
    batch = decide(papers, Choice("reject"), olga)
    undo_batch(batch, by=olga)
    (reason,) = refuse(batch, olga)
    assert reason.startswith("Olga Organizer has undone it already, on ")


def test_batch_is_undone_for_30_days(workshop: Workshop, papers: list[Paper], olga: User) -> None:
    batch = decide(papers, Choice("reject"), olga)
    Batch.objects.update(at=batch.at - LATER)
    (reason,) = refuse(batch, olga)
    assert reason.endswith("; changes can be undone for 30 days.")


def test_released_decisions_are_not_undone(workshop: Workshop, papers: list[Paper], olga: User) -> None:
    batch = decide(papers[:2], Choice("reject"), olga)
    release_decisions(workshop, by=olga)
    reasons = refuse(batch, olga)
    assert [reason.partition(" was released on ")[0] for reason in reasons] == ["The decision on paper 1", "The decision on paper 2"]
    assert [reason.endswith("; authors have seen it.") for reason in reasons] == [True, True]


def test_what_others_changed_since_is_not_undone(workshop: Workshop, papers: list[Paper], olga: User) -> None:
    otto = make_user("otto@example.org", name="Otto Organizer")
    join_workshop(otto, workshop)
    batch = decide(papers, Choice("reject"), olga)
    decide_paper(papers[0], outcome="accept", by=otto)
    revoke_decision(papers[1], by=otto)
    (first, second) = refuse(batch, olga)
    assert first.startswith("Paper 1 was changed since by Otto Organizer on ")
    assert first.endswith("; it is now: accept.")
    assert second.startswith("Paper 2 was changed since by Otto Organizer on ")
    assert second.endswith("; it is now: undecided.")


def test_same_decision_made_anew_counts_as_a_change(workshop: Workshop, papers: list[Paper], olga: User) -> None:
    batch = decide(papers[:1], Choice("reject"), olga)
    decide_paper(papers[0], outcome="accept", by=olga)
    decide_paper(papers[0], outcome="reject", by=olga)
    (reason,) = refuse(batch, olga)
    assert reason.startswith("Paper 1 was changed since by Olga Organizer on ")


def test_papers_that_left_are_named(workshop: Workshop, papers: list[Paper], olga: User) -> None:
    batch = decide(papers, Choice("reject"), olga)
    Paper.objects.filter(pk=papers[0].pk).update(standing="withdrawn")
    papers[1].delete()
    assert refuse(batch, olga) == ["1 of its 2 papers is not here any more.", "Paper 1 is withdrawn by now."]


@pytest.mark.parametrize(
    ("state", "words"),
    [
        ("sent", "was sent to its authors on "),
        ("claimed", "was sent to its authors on "),
        ("unclear", "was sent to its authors on "),
        ("bounced", "was sent to its authors on "),
        ("waiting", "waits to be sent to its authors; cancel it first."),
    ],
)
def test_decision_that_a_letter_tells_is_not_undone(workshop: Workshop, papers: list[Paper], olga: User, state: str, words: str) -> None:
    batch = decide(papers[:1], Choice("reject"), olga)
    mailing = Mailing.objects.create(workshop=workshop, name="Rejections", subject="S", body="B")
    Letter.objects.create(mailing=mailing, paper=papers[0], address="ada@example.org", subject="S", body="B", state=state, message_id="1")
    (reason,) = refuse(batch, olga)
    assert reason.startswith("Paper 1: a letter, “Rejections”, ")
    assert words in reason


@pytest.mark.parametrize("state", ["failed", "canceled"])
def test_letter_that_never_left_forbids_nothing(workshop: Workshop, papers: list[Paper], olga: User, state: str) -> None:
    earlier = Mailing.objects.create(workshop=workshop, name="Earlier", subject="S", body="B")
    Letter.objects.create(mailing=earlier, paper=papers[0], address="a@example.org", subject="S", body="B", state="sent", message_id="0")
    batch = decide(papers[:1], Choice("reject"), olga)
    mailing = Mailing.objects.create(workshop=workshop, name="Rejections", subject="S", body="B")
    Letter.objects.create(mailing=mailing, paper=papers[0], address="ada@example.org", subject="S", body="B", state=state, message_id="1")
    undo_batch(batch, by=olga)
    assert tell_decision(papers[0]) == ""


def test_decision_written_to_openreview_is_not_undone(workshop: Workshop, papers: list[Paper], olga: User) -> None:
    batch = decide(papers[:1], Choice("reject"), olga)
    PushedDecision.objects.create(paper=papers[0], state="failed")
    assert find_obstacles(batch, by=olga) == []
    PushedDecision.objects.create(paper=papers[0], state="written")
    assert refuse(batch, olga) == ["Paper 1: the decision was written to OpenReview."]


def test_lost_presentation_or_award_is_named(workshop: Workshop, papers: list[Paper], olga: User) -> None:
    award = Award.objects.create(workshop=workshop, slug="best", name="Best")
    Decision.objects.filter(paper=papers[1]).update(award=award)
    batch = decide([papers[1]], Choice("reject"), olga)
    award.delete()
    workshop.presentation_kinds.filter(slug="poster").delete()
    assert refuse(batch, olga) == [
        "Paper 2 had the presentation poster, which is not there any more.",
        "Paper 2 had the award best, which is not there any more.",
    ]


def test_nobody_undoes_what_they_must_not_judge(workshop: Workshop, papers: list[Paper], olga: User) -> None:
    batch = decide(papers[:2], Choice("reject"), None)
    ConflictOfInterest.objects.create(paper=papers[0], member=workshop.memberships.get(user=olga), ground="declared")
    assert refuse(batch, olga) == ["You have a conflict of interest with paper 1 (declared); leave it to somebody else."]


def test_assignments_are_undone_by_their_own_rules() -> None:
    from papers.batches import UNDOINGS

    assert {"decisions": UNDOINGS["decisions"], "handling": HANDLING} == UNDOINGS


def test_command_undoes_the_last_batch(workshop: Workshop, papers: list[Paper], olga: User, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(CommandError, match="has nothing to undo") as nothing:
        call_command("undo", "counted26", last=True)
    assert nothing.value.returncode == 1
    batch = decide(papers[:1], Choice("reject"), olga)
    call_command("undo", "counted26", "--last", "--dry-run")
    assert capsys.readouterr().out.startswith("Would undo “Rejected 1: selection” of ")
    assert tell_decision(papers[0]) == "reject"
    call_command("undo", "counted26", str(batch.pk))
    assert capsys.readouterr().out.endswith(", 1 paper.\n")
    assert (tell_decision(papers[0]), find_last_batch(workshop)) == ("", None)
    with pytest.raises(CommandError, match="has undone it already") as again:
        call_command("undo", "counted26", str(batch.pk), "--dry-run")
    assert again.value.returncode == 1
    with pytest.raises(CommandError, match="has no batch 999"):
        call_command("undo", "counted26", "999")


def test_command_decides_by_search(workshop: Workshop, papers: list[Paper], capsys: pytest.CaptureFixture[str]) -> None:
    call_command("decide", "counted26", "--search", "dec:none", "--outcome", "accept", "--presentation", "poster", "--dry-run")
    assert capsys.readouterr().out.splitlines() == ["Would change 1 decision; 0 stand so already.", "paper 1: undecided -> accept, poster"]
    assert tell_decision(papers[0]) == ""
    call_command("decide", "counted26", "--search", "dec:none", "--outcome", "accept", "--presentation", "poster")
    assert tell_decision(papers[0]) == "accept poster"
    assert Batch.objects.get().title == "Accepted 1: dec:none"
    capsys.readouterr()
    with pytest.raises(CommandError, match=r"has no presentation 'dance'\. There are: oral, poster, none\.") as wrong:
        call_command("decide", "counted26", "--search", "", "--outcome", "accept", "--presentation", "dance")
    assert wrong.value.returncode == 1
    with pytest.raises(CommandError, match="Name a FILE, or --search with --outcome") as usage:
        call_command("decide", "counted26", "--search", "x")
    assert usage.value.returncode == 2


def test_command_goes_over_the_capacity_only_when_told(workshop: Workshop, papers: list[Paper]) -> None:
    workshop.presentation_kinds.filter(slug="poster").update(capacity=1)
    asked = ("counted26", "--search", "#1", "--outcome", "accept", "--presentation", "poster")
    with pytest.raises(CommandError, match="This makes 2 posters, 1 more than the 1 there can be"):
        call_command("decide", *asked)
    call_command("decide", *asked, "--over-capacity")
    assert tell_decision(papers[0]) == "accept poster"


def test_batches_are_listed_without_what_is_hidden(client: Client, workshop: Workshop, papers: list[Paper], olga: User) -> None:
    alone = decide(papers[:1], Choice("reject"), None)
    among = decide(papers[:2], Choice("accept", "oral"), None)
    ConflictOfInterest.objects.create(paper=papers[0], member=workshop.memberships.get(user=olga), ground="declared")
    client.force_login(olga)
    page = client.get("/w/counted26/batches/").content.decode()
    assert ("Rejected 1: selection" in page, "Accepted 2: selection" in page, f"/batches/{among.pk}/" in page) == (False, False, True)
    assert client.get(f"/w/counted26/batches/{alone.pk}/").status_code == 404
    shown = client.get(f"/w/counted26/batches/{among.pk}/")
    assert [row.paper.number for row, _, _ in shown.context["rows"]] == [2]
    refused = client.post(f"/w/counted26/batches/{among.pk}/undo")
    assert (refused.status_code, tell_decision(papers[1])) == (409, "accept oral")


def test_batch_of_another_workshop_is_not_there(client: Client, workshop: Workshop, papers: list[Paper], olga: User) -> None:
    other = make_workshop("other26")
    strange = decide([make_paper(other)], Choice("reject"), None)
    client.force_login(olga)
    assert [
        client.get(f"/w/counted26/batches/{strange.pk}/").status_code,
        client.post(f"/w/counted26/batches/{strange.pk}/undo").status_code,
    ] == [
        404,
        404,
    ]


def test_batch_pages_ask_a_fixed_number_of_times(
    client: Client, workshop: Workshop, papers: list[Paper], olga: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client.force_login(olga)
    for some in (papers[:1], papers):
        batch = decide(some, Choice("accept", "oral" if len(some) == 1 else "none"), olga)
        with django_assert_num_queries(9):
            client.get("/w/counted26/batches/")
        with django_assert_num_queries(21):
            client.get(f"/w/counted26/batches/{batch.pk}/")


def test_bulk_and_undo_write_in_a_fixed_number_of_statements(
    workshop: Workshop, olga: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for count in (1, 30):
        papers = [make_paper(workshop) for _ in range(count)]
        with django_assert_num_queries(21):
            batch = decide(papers, Choice("accept", "oral"), olga)
        with django_assert_num_queries(16):
            undo_batch(batch, by=olga)
