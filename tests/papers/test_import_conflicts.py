"""Differences settled by a person."""

from typing import Any

import pytest

from papers.decisions import release_decisions
from papers.errors import Refusal
from papers.import_conflicts import list_open_conflicts, resolve_conflict
from papers.models import FieldConflict, HistoryLine, Paper, User, Workshop
from tests.factories import accept, make_paper


def disagree(paper: Paper, field: str, upstream: Any, local: Any = None) -> FieldConflict:
    return FieldConflict.objects.create(paper=paper, field=field, base=None, upstream=upstream, local=local)


@pytest.fixture
def paper(workshop: Workshop) -> Paper:
    return make_paper(workshop, title="Ours", search_text="ours")


def test_open_conflicts_come_by_paper_and_field(workshop: Workshop, olga: User) -> None:
    first, second = make_paper(workshop, number=9), make_paper(workshop, number=3)
    made = [disagree(first, "title", "x"), disagree(second, "title", "x"), disagree(second, "abstract", "x")]
    settled = disagree(second, "tldr", "x")
    resolve_conflict(settled, choice="local", by=olga)
    assert list_open_conflicts(workshop) == [made[2], made[1], made[0]]


def test_taking_upstream_puts_it_into_force_with_a_line(paper: Paper, olga: User) -> None:
    conflict = disagree(paper, "title", "Théirs", "Ours")
    resolve_conflict(conflict, choice="upstream", by=olga)
    held = Paper.objects.get()
    assert (held.title, held.imported["title"]) == ("Théirs", "Théirs")
    assert held.search_text == "theirs\x01\x02\x03ada author\x04\x05\x06"
    conflict.refresh_from_db()
    assert (conflict.choice, conflict.resolved_by, conflict.resolved_at is not None) == ("upstream", olga, True)
    lines = HistoryLine.objects.values_list("action", "by", "field", "before", "after", "note")
    assert list(lines) == [("settled", olga.pk, "title", "Ours", "Théirs", "took OpenReview's")]


def test_keeping_ours_changes_only_what_is_asked_again(paper: Paper, olga: User) -> None:
    resolve_conflict(disagree(paper, "title", "Theirs", "Ours"), choice="local", by=olga)
    held = Paper.objects.get()
    assert (held.title, held.imported["title"]) == ("Ours", "Theirs")
    lines = HistoryLine.objects.values_list("before", "after", "note")
    assert list(lines) == [("Ours", "Ours", "kept ours")]


@pytest.mark.parametrize(
    ("field", "upstream"),
    [
        ("authors", [{"name": "Eve Else", "profile_id": "~Eve1"}]),
        ("track", "short"),
        ("wants_proceedings", True),
        ("keywords", ["one"]),
        ("abstract", "Their words"),
        ("tldr", "Their summary"),
    ],
)
def test_every_field_can_be_taken(paper: Paper, olga: User, field: str, upstream: Any) -> None:
    resolve_conflict(disagree(paper, field, upstream), choice="upstream", by=olga)
    held = Paper.objects.get()
    told: dict[str, Any] = {
        "authors": [{"name": author.name, "profile_id": author.profile_id} for author in held.authors.all()],
        "track": held.track and held.track.slug,
    }
    assert told.get(field, getattr(held, field, None)) == upstream


def test_decision_taken_keeps_award_and_release(paper: Paper, olga: User) -> None:
    award = paper.workshop.awards.create(slug="best", name="Best paper")
    decision = accept(paper, "poster", is_released=True)
    decision.award = award
    decision.save()
    conflict = disagree(paper, "decision", {"outcome": "accept", "presentation": "oral"}, {"outcome": "accept", "presentation": "poster"})
    resolve_conflict(conflict, choice="upstream", by=olga)
    decision.refresh_from_db()
    assert (decision.presentation and decision.presentation.slug, decision.award, decision.released_at is not None) == ("oral", award, True)


def test_settled_choice_is_not_settled_twice(paper: Paper, olga: User) -> None:
    conflict = disagree(paper, "title", "Theirs")
    resolve_conflict(conflict, choice="local", by=olga)
    with pytest.raises(Refusal, match=r"^Somebody has settled this difference already\.$"):
        resolve_conflict(conflict, choice="upstream", by=olga)
    assert Paper.objects.get().title == "Ours"


REFUSED: list[tuple[str, Any, str, str]] = [
    ("title", "Theirs", "both", "'both' is not a choice; choose ours or OpenReview's."),
    ("track", "demo", "upstream", "Counted 2026 has no track 'demo' any more; keep ours, or explain the value anew."),
    (
        "decision",
        {"outcome": "accept", "presentation": "talk"},
        "upstream",
        "Counted 2026 has no presentation 'talk' any more; keep ours, or explain the value anew.",
    ),
]


@pytest.mark.parametrize(("field", "upstream", "choice", "sentence"), REFUSED)
def test_choice_that_cannot_be_in_force_is_refused(paper: Paper, olga: User, field: str, upstream: Any, choice: str, sentence: str) -> None:
    conflict = disagree(paper, field, upstream)
    with pytest.raises(Refusal) as refusal:
        resolve_conflict(conflict, choice=choice, by=olga)
    conflict.refresh_from_db()
    assert (str(refusal.value), conflict.resolved_at, HistoryLine.objects.count()) == (sentence, None, 0)


def test_decision_on_a_withdrawn_paper_is_refused(paper: Paper, olga: User) -> None:
    paper.standing = "withdrawn"
    paper.save()
    conflict = disagree(paper, "decision", {"outcome": "accept", "presentation": None})
    with pytest.raises(Refusal, match="is withdrawn; it can't be decided"):
        resolve_conflict(conflict, choice="upstream", by=olga)


def test_released_decision_cannot_be_taken_back(paper: Paper, olga: User) -> None:
    accept(paper)
    release_decisions(paper.workshop, by=olga)
    conflict = disagree(paper, "decision", None, {"outcome": "accept", "presentation": "poster"})
    with pytest.raises(Refusal, match="has been released; decide anew instead of taking it back"):
        resolve_conflict(conflict, choice="upstream", by=olga)
    resolve_conflict(conflict, choice="local", by=olga)
    assert Paper.objects.get().imported["decision"] is None
