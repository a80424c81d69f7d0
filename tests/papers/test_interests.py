"""Conflicts of interest declared, dismissed, refused."""

import pytest

from papers.claims import claim_for_user
from papers.errors import Refusal
from papers.interests import (
    declare_conflict,
    declare_conflicts,
    dismiss_conflict,
    edit_interests,
    refuse_conflicted,
    reopen_conflict,
)
from papers.models import ConflictOfInterest, Handling, Membership, Paper, User, Workshop
from tests.factories import join_workshop, make_paper, make_user


@pytest.fixture
def mel(workshop: Workshop) -> Membership:
    return join_workshop(make_user("mel@example.org", name="Mel Member"), workshop)


@pytest.fixture
def paper(workshop: Workshop) -> Paper:
    return make_paper(workshop, number=7)


def conflict(paper: Paper, member: Membership, ground: str = "coauthor", evidence: str = "with Ada on paper 3") -> ConflictOfInterest:
    return ConflictOfInterest.objects.create(paper=paper, member=member, ground=ground, evidence=evidence)


def list_lines(paper: Paper) -> list[tuple[str, str, object, object, str]]:
    return [(line.action, line.field, line.before, line.after, line.note) for line in paper.history.order_by("pk")]


def test_whoever_has_a_conflict_is_refused_with_its_reason(paper: Paper, mel: Membership, olga: User, eve: User) -> None:
    refuse_conflicted(paper, mel.user)
    refuse_conflicted(paper, None)
    held = conflict(paper, mel)
    conflict(paper, mel, "domain", "both write from uni.example (Ada)")
    with pytest.raises(Refusal) as refused:
        refuse_conflicted(paper, mel.user)
    assert refused.value.sentence == (
        "You have a conflict of interest with paper 7 (co-author: with Ada on paper 3); leave it to somebody else."
    )
    assert refused.value.subject == held
    refuse_conflicted(paper, olga)
    claim_for_user(paper, paper.authors.get(), eve, by=olga)
    with pytest.raises(Refusal, match="You are an author of paper 7"):
        refuse_conflicted(paper, eve)


def test_dismissed_conflicts_bind_nobody(paper: Paper, mel: Membership, olga: User) -> None:
    held = conflict(paper, mel)
    dismiss_conflict(held, reason="ten years ago", by=olga)
    refuse_conflicted(paper, mel.user)
    assert (held.dismissed_by, held.dismissal) == (olga, "ten years ago")
    reopen_conflict(held, by=olga)
    with pytest.raises(Refusal, match="You have a conflict of interest"):
        refuse_conflicted(paper, mel.user)
    assert list_lines(paper) == [
        ("dismissed", "conflict of interest", "Mel Member: co-author: with Ada on paper 3", None, "ten years ago"),
        ("opened again", "conflict of interest", None, "Mel Member: co-author: with Ada on paper 3", ""),
    ]


@pytest.mark.parametrize(
    ("ground", "own", "reason", "sentence"),
    [
        ("author", False, "no", "Mel Member is taken for an author of paper 7"),
        ("coauthor", True, "no", "You can't dismiss a conflict of your own"),
        ("coauthor", False, "  ", "Say why the conflict of Mel Member with paper 7 does not count"),
    ],
)
def test_some_dismissals_are_refused(paper: Paper, mel: Membership, olga: User, ground: str, own: bool, reason: str, sentence: str) -> None:
    held = conflict(paper, mel, ground)
    with pytest.raises(Refusal, match=sentence):
        dismiss_conflict(held, reason=reason, by=mel.user if own else olga)
    held.refresh_from_db()
    assert (held.dismissed_at, list_lines(paper)) == (None, [])


def test_what_is_dismissed_or_counts_already_is_refused(paper: Paper, mel: Membership, olga: User) -> None:
    held = conflict(paper, mel)
    with pytest.raises(Refusal, match="counts already"):
        reopen_conflict(held, by=olga)
    dismiss_conflict(held, reason="old", by=olga)
    with pytest.raises(Refusal, match="is dismissed or gone already"):
        dismiss_conflict(held, reason="old", by=olga)


def test_declared_conflicts_end_the_assignment(paper: Paper, mel: Membership, olga: User) -> None:
    other = join_workshop(make_user(), paper.workshop)
    for member in (mel, other):
        Handling.objects.create(paper=paper, member=member)
    held = declare_conflict(paper, mel, reason=" my\nadvisor ", by=mel.user)
    assert (held.ground, held.evidence, held.by) == ("declared", "my advisor", mel.user)
    assert [handling.member for handling in paper.handlings.all()] == [other]
    assert list_lines(paper) == [
        ("declared", "conflict of interest", None, "Mel Member: my advisor", ""),
        ("unassigned", "handling", "Mel Member", None, ""),
    ]
    with pytest.raises(Refusal, match="Paper 7 is declared for Mel Member already"):
        declare_conflict(paper, mel, reason="again", by=olga)


def test_declaring_anew_opens_what_was_dismissed(paper: Paper, mel: Membership, olga: User) -> None:
    dismiss_conflict(declare_conflict(paper, mel, reason="", by=mel.user), reason="asked them", by=olga)
    declare_conflict(paper, mel, reason="", by=mel.user)
    assert [(row.evidence, row.dismissed_at) for row in paper.interest_conflicts.all()] == [("declared by Mel Member", None)]


def test_many_are_declared_at_once(paper: Paper, mel: Membership, olga: User) -> None:
    others = [make_paper(paper.workshop), make_paper(paper.workshop)]
    declare_conflict(others[0], mel, reason="first", by=olga)
    chosen = paper.workshop.papers.filter(pk__in=[paper.pk, others[0].pk])
    assert declare_conflicts(paper.workshop, chosen, mel, reason="same project", by=olga) == 1
    rows = ConflictOfInterest.objects.order_by("paper__number").values_list("paper", "evidence")
    assert list(rows) == [(paper.pk, "same project"), (others[0].pk, "first")]
    with pytest.raises(Refusal, match="Each of these 2 papers is declared for Mel Member already"):
        declare_conflicts(paper.workshop, chosen, mel, reason="", by=olga)
    with pytest.raises(Refusal, match="No paper was chosen"):
        declare_conflicts(paper.workshop, chosen.none(), mel, reason="", by=olga)


def test_what_members_say_is_kept_and_compared_at_once(paper: Paper, mel: Membership) -> None:
    values = {"collaborators": ["Ada Author"], "institutions": [], "capacity": 3}
    report = edit_interests(mel, values=values, by=mel.user)
    assert report is not None
    assert (report.found, report.member_count) == (1, 1)
    mel.refresh_from_db()
    assert (mel.collaborators, mel.capacity) == (["Ada Author"], 3)
    assert edit_interests(mel, values=values, by=mel.user) is None
    lines = paper.workshop.history.filter(field="interests")
    assert [(line.before, line.after, line.note, line.by) for line in lines] == [
        ({"collaborators": [], "capacity": None}, {"collaborators": ["Ada Author"], "capacity": 3}, "of Mel Member", mel.user)
    ]
