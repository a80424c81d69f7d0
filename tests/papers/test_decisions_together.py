"""Two people who decide at the same moment: exactly one wins, nothing is overwritten silently."""

import threading
from collections.abc import Callable

import pytest
from django.db import connections

from papers.bulk_decisions import DecisionsChanged, apply_decisions, preview_decisions
from papers.capacity import OverCapacity
from papers.decision_sources import Choice, SelectedPapers
from papers.decisions import DecisionChanged, decide_paper, digest_decision, revoke_decision
from papers.errors import Refusal
from papers.models import Batch, Decision, HistoryLine, Paper, PresentationKind, User, Workshop
from tests.factories import accept, join_workshop, make_paper, make_user, make_workshop

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def desk(transactional_db: None) -> Workshop:
    return make_workshop("together26")


@pytest.fixture
def pair(desk: Workshop) -> list[User]:
    users = [make_user(f"{name.lower()}@example.org", name=name) for name in ("Olga", "Otto")]
    for user in users:
        join_workshop(user, desk)
    return users


def run_together(*acts: Callable[[], object]) -> list[object]:
    """Run each act in a thread of its own, all from the same moment on; return what each gave, or its refusal."""
    barrier, given = threading.Barrier(len(acts)), list[object]([None] * len(acts))

    def run(place: int, act: Callable[[], object]) -> None:
        try:
            barrier.wait()
            given[place] = act()
        except Refusal as refusal:
            given[place] = refusal
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return given


@pytest.mark.parametrize("is_decided", [False, True])
def test_of_two_decisions_at_once_one_wins(desk: Workshop, pair: list[User], is_decided: bool) -> None:
    olga, otto = pair
    for _ in range(5):
        paper = make_paper(desk)
        seen = digest_decision(accept(paper) if is_decided else None)

        def decide_first(paper: Paper = paper, seen: str = seen) -> object:
            return decide_paper(Paper.objects.get(pk=paper.pk), outcome="reject", by=olga, seen=seen)

        def decide_second(paper: Paper = paper, seen: str = seen) -> object:
            return decide_paper(Paper.objects.get(pk=paper.pk), outcome="accept", by=otto, seen=seen)

        given = run_together(decide_first, decide_second)
        refused = [one for one in given if isinstance(one, DecisionChanged)]
        (won,) = [one for one in given if isinstance(one, Decision)]
        assert len(refused) == 1
        assert str(refused[0]).startswith(f"{won.by} decided {won.outcome} at ")
        held = Decision.objects.get(paper=paper)
        assert (held.by, held.outcome) == (won.by, won.outcome)
        assert HistoryLine.objects.filter(paper=paper).count() == 1
        assert Batch.objects.filter(rows__paper=paper).count() == 1


def test_of_decision_and_revocation_at_once_one_wins(desk: Workshop, pair: list[User]) -> None:
    olga, otto = pair
    for _ in range(5):
        paper = make_paper(desk)
        seen = digest_decision(accept(paper))

        def revoke(paper: Paper = paper, seen: str = seen) -> object:
            return revoke_decision(Paper.objects.get(pk=paper.pk), by=olga, seen=seen)

        def reject(paper: Paper = paper, seen: str = seen) -> object:
            return decide_paper(Paper.objects.get(pk=paper.pk), outcome="reject", by=otto, seen=seen)

        given = run_together(revoke, reject)
        assert len([one for one in given if isinstance(one, DecisionChanged)]) == 1
        assert HistoryLine.objects.filter(paper=paper).count() == 1


def test_last_place_is_given_once(desk: Workshop, pair: list[User]) -> None:
    PresentationKind.objects.filter(workshop=desk, slug="oral").update(capacity=1)
    oral = desk.presentation_kinds.get(slug="oral")
    papers = [make_paper(desk), make_paper(desk)]

    def decide(place: int) -> object:
        return decide_paper(Paper.objects.get(pk=papers[place].pk), outcome="accept", presentation=oral, by=pair[place])

    given = run_together(lambda: decide(0), lambda: decide(1))
    assert sorted(type(one).__name__ for one in given) == sorted([OverCapacity.__name__, Decision.__name__])
    assert Decision.objects.count() == 1


def test_same_preview_sent_twice_at_once_is_applied_once(desk: Workshop, pair: list[User]) -> None:
    papers = [make_paper(desk) for _ in range(20)]
    source = SelectedPapers(tuple(paper.pk for paper in papers), Choice("reject"))
    seen = preview_decisions(desk, source, by=pair[0]).seen

    def apply() -> object:
        return apply_decisions(Workshop.objects.get(pk=desk.pk), source, by=pair[0], seen=seen, nonce="one")[1]

    given = run_together(apply, apply)
    batch = Batch.objects.get()
    assert given == [batch, batch]
    assert HistoryLine.objects.count() == 20


def test_of_a_batch_and_a_single_decision_at_once_none_is_lost(desk: Workshop, pair: list[User]) -> None:
    olga, otto = pair
    for _ in range(3):
        papers = [make_paper(desk) for _ in range(10)]
        source = SelectedPapers(tuple(paper.pk for paper in papers), Choice("reject"))
        seen = preview_decisions(desk, source, by=olga).seen

        def apply(source: SelectedPapers = source, seen: str = seen) -> object:
            return apply_decisions(Workshop.objects.get(pk=desk.pk), source, by=olga, seen=seen)[1]

        def decide(paper: Paper = papers[5]) -> object:
            return decide_paper(Paper.objects.get(pk=paper.pk), outcome="accept", by=otto, seen=digest_decision(None))

        given = run_together(apply, decide)
        outcomes = sorted(Decision.objects.filter(paper__in=papers).values_list("outcome", flat=True))
        if isinstance(given[0], DecisionsChanged):
            assert (outcomes, isinstance(given[1], Decision)) == (["accept"], True)
        else:
            assert (outcomes, isinstance(given[1], DecisionChanged)) == (["reject"] * 10, True)
