"""No search tells what is judged of a hidden paper, nor anything of one that is out of sight."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from papers.models import ConflictOfInterest, Decision, FieldConflict, Handling, Letter, Recommendation, Remark, Review
from papers.search import SearchMistake, complete_search, search_papers
from papers.search.asked import Known
from papers.search.nodes import Node, Numbers, Term, Value, Words, write_search
from papers.search.terms import TERMS, list_terms
from papers.sight import Sight, find_sight
from tests.papers.search.cast import Desk, make_desk, review
from tests.papers.search.trees import CALM, grow

HIDDEN = (1, 2, 3, 4, 5, 6, 11)
JUDGMENTS = (Review, Decision, Handling, Recommendation, Remark)


@pytest.fixture
def twins(db: None) -> tuple[Desk, Desk]:
    """Return two workshops that differ in nothing but what is judged of papers hidden from Olga, who searches both."""
    judged, blank = make_desk("judged26"), make_desk("blank26")
    for desk in (judged, blank):
        Decision.objects.filter(paper__workshop=desk.workshop, released_at__isnull=False).delete()
        for number in HIDDEN:
            ConflictOfInterest.objects.create(paper=desk.papers[number], member=desk.members["olga"], ground="declared")
    for model in JUDGMENTS:
        model.objects.filter(paper__in=[blank.papers[number] for number in HIDDEN]).delete()
    Letter.objects.filter(paper__workshop=blank.workshop).delete()
    FieldConflict.objects.filter(paper__workshop=blank.workshop, field="decision").delete()
    for desk in (judged, blank):
        for rating in (4, 8, 9):
            review(desk.papers[7], rating)
        Decision.objects.create(paper=desk.papers[8], outcome="accept", decided_at=desk.workshop.created_at)
    return judged, blank


def values_of(desk: Desk, *, is_inside: bool) -> list[tuple[str, str, str]]:
    """Return every key with an operator and a value that it takes."""
    sight = find_sight(desk.workshop, desk.olga) if is_inside else find_sight(desk.workshop, None)
    taken = []
    for term in list_terms(is_inside=is_inside):
        offered = [value.text for value in term.offer(Known(sight)) if "@" not in value.text]
        if term.takes.startswith("a day"):
            offered.append("2026-04-01")
        taken += [(term.key, ":", text) for text in offered or ["0", "1", "3", "5..8"]]
        if term.compares:
            taken += [(term.key, operator, number) for operator in ("<", "<=", ">", ">=", "!=") for number in ("0", "1", "3", "6")]
    return taken


def searches_of(taken: list[tuple[str, str, str]]) -> st.SearchStrategy[str]:
    terms = st.sampled_from(taken).map(lambda one: Term(one[0], one[1], (Value(one[2]),)))
    words = st.sampled_from(["noise", "ada author", "hidden"]).map(Words)
    leaves: st.SearchStrategy[Node] = st.one_of(terms, terms, terms, words, st.just(Numbers(((1, 5),))))
    return st.recursive(leaves, grow, max_leaves=6).map(write_search)


def find(sight: Sight, text: str) -> list[int | None]:
    return sorted(search_papers(sight, text).values_list("number", flat=True), key=str)


def test_every_single_term_and_its_negation_tells_nothing(twins: tuple[Desk, Desk]) -> None:
    judged, blank = (find_sight(desk.workshop, desk.olga) for desk in twins)
    told = []
    for key, operator, value in values_of(twins[0], is_inside=True):
        for text in (f"{key}{operator}{value}", f"not {key}{operator}{value}"):
            if find(judged, text) != find(blank, text):
                told.append(text)
    assert told == []


def test_the_judgments_are_there_to_be_told(twins: tuple[Desk, Desk]) -> None:
    for desk in twins:
        desk.workshop.hides_conflicted = False
        desk.workshop.save()
    judged, blank = (find_sight(desk.workshop, desk.olga) for desk in twins)
    different = {
        key
        for key, operator, value in values_of(twins[0], is_inside=True)
        if find(judged, f"{key}{operator}{value}") != find(blank, f"{key}{operator}{value}")
    }
    silent = {term.key for term in TERMS if term.is_public} - {"pres", "award"} | {"tldr", "conflict", "changed-since", "submitted-since"}
    silent |= {"owes", "overdue", "file"}  # what is not released owes nothing
    assert different == {term.key for term in TERMS} - silent


@settings(CALM, max_examples=60)
@given(data=st.data())
def test_no_search_tells_what_is_judged_of_a_hidden_paper(twins: tuple[Desk, Desk], data: Any) -> None:
    text = data.draw(searches_of(values_of(twins[0], is_inside=True)))
    judged, blank = (find_sight(desk.workshop, desk.olga) for desk in twins)
    assert find(judged, text) == find(blank, text)


@settings(CALM, max_examples=40)
@given(data=st.data())
def test_no_search_leaves_the_sight(twins: tuple[Desk, Desk], data: Any) -> None:
    desk = twins[0]
    Decision.objects.filter(paper=desk.papers[2]).update(released_at=desk.workshop.created_at)
    for is_inside, user in ((True, desk.olga), (False, None)):
        text = data.draw(searches_of(values_of(desk, is_inside=is_inside)))
        sight = find_sight(desk.workshop, user)
        assert set(search_papers(sight, text)) <= set(sight.papers)


def test_released_decision_of_a_hidden_paper_is_no_secret(twins: tuple[Desk, Desk]) -> None:
    desk = twins[0]
    Decision.objects.filter(paper=desk.papers[2]).update(released_at=desk.workshop.created_at)
    sight = find_sight(desk.workshop, desk.olga)
    assert [find(sight, text) for text in ("dec:accept", "is:released", "letter:waiting", "rating:any", "handled-by:any")] == [
        [2],
        [2],
        [2],
        [7],
        [],
    ]


def test_completion_shows_an_outsider_what_is_released(twins: tuple[Desk, Desk]) -> None:
    desk = twins[0]
    sight = find_sight(desk.workshop, None)
    assert [
        complete_search(sight, text, len(text)) for text in ("keyword:nois", "author:ad", "institution:tech", "handled-by:", "dec:")
    ] == [[]] * 5
    Decision.objects.create(
        paper=desk.papers[1], outcome="accept", decided_at=desk.workshop.created_at, released_at=desk.workshop.created_at
    )
    assert [[item.text for item in complete_search(sight, text, len(text))] for text in ("keyword:nois", "author:ad")] == [
        ["noise"],
        ['"Ada Author"'],
    ]
    desk.papers[1].has_hidden_authors = True
    desk.papers[1].save()
    assert complete_search(sight, "author:ad", 9) == []


def test_outsider_is_refused_by_every_inside_term(twins: tuple[Desk, Desk]) -> None:
    sight = find_sight(twins[0].workshop, None)
    public = {term.key for term in list_terms(is_inside=False)}
    for key, operator, value in values_of(twins[0], is_inside=True):
        if key not in public:
            with pytest.raises(SearchMistake, match=f"^There is no key “{key}”"):
                search_papers(sight, f"{key}{operator}{value}")
