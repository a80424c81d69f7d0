"""Pictures of ratings: where things stand in them, what they leave out."""

import pytest

from papers.models import User, Workshop
from papers.score_figures import Places, RatingScale, Share, draw_figures, draw_ratings, find_scale, narrow
from papers.search import search_papers
from papers.sight import find_sight
from tests.factories import accept, make_paper, reject
from tests.papers.paper_table.rated_papers import conflict, make_rated, review


@pytest.mark.parametrize(
    ("scale", "bins", "width", "places"),
    [
        (RatingScale(1, 10), 10, 1.0, {0: 0, 1: 0, 1.9: 0, 5: 4, 10: 9, 12: 9}),
        (RatingScale(-2, 2), 5, 1.0, {-2: 0, 0: 2, 2: 4}),
        (RatingScale(0, 99), 11, 100 / 11, {0: 0, 9: 0, 10: 1, 99: 10}),
    ],
)
def test_scale_places_ratings(scale: RatingScale, bins: int, width: float, places: dict[float, int]) -> None:
    assert (scale.bin_count, scale.bin_width, {rating: scale.place(rating) for rating in places}) == (bins, width, places)


def test_ratings_are_drawn_as_high_as_they_are_many() -> None:
    scale = RatingScale(1, 5)
    assert draw_ratings([], scale) == ""
    assert draw_ratings([1, 1, 5], scale) == "M0 17v-10h5V17zM24 17v-5h5V17z"
    assert draw_ratings([1] * 40, scale) == "M0 17v-1h5V17z"


def test_scale_holds_what_may_be_seen(workshop: Workshop, olga: User) -> None:
    assert find_scale(find_sight(workshop, olga)) is None
    make_rated(workshop, "Seen", 3, 4.5)
    hidden = make_rated(workshop, "Hidden", 9)
    assert find_scale(find_sight(workshop, olga)) == RatingScale(3, 9)
    conflict(hidden, olga)
    assert find_scale(find_sight(workshop, olga)) == RatingScale(3, 5)
    assert find_scale(find_sight(workshop, None)) is None


def test_scale_of_one_rating_has_room(workshop: Workshop, olga: User) -> None:
    make_rated(workshop, "One", 3)
    assert find_scale(find_sight(workshop, olga)) == RatingScale(3, 4)


@pytest.mark.parametrize(
    ("q", "expected"),
    [("", "track:full"), ("dec:none", "dec:none track:full"), ("#1 OR #2", "(#1 OR #2) track:full")],
)
def test_search_is_narrowed(q: str, expected: str) -> None:
    assert narrow(q, "track:full") == expected


def test_bars_count_papers_by_mean_and_decision(workshop: Workshop, olga: User) -> None:
    accept(make_rated(workshop, "Good", 6, 7), "oral")
    reject(make_rated(workshop, "Bad", 1, 2))
    make_rated(workshop, "Open", 6, 7)
    make_rated(workshop, "Unrated")
    sight = find_sight(workshop, olga)
    figures = draw_figures(sight, search_papers(sight, ""), "")
    assert [str(bar) for bar in figures.bars if bar.count] == [
        "Mean from 1.5 to below 2: 1 (1 rejected)",
        "Mean from 6.5 to below 7: 2 (1 accepted, 1 undecided)",
    ]
    assert [(bar.low, bar.high) for bar in figures.bars][::12] == [(1, 1.5), (7, 7.5)]
    assert [bar.low for bar in figures.labels] == [1, 2, 3, 4, 5, 6, 7]


def test_bar_leads_to_its_papers(workshop: Workshop, olga: User) -> None:
    for title, rating in (("A", 1.0), ("B", 5.5), ("C", 5.9), ("D", 6.0), ("E", 10.0)):
        make_rated(workshop, title, rating)
    review(make_paper(workshop, title="Thirds", search_text="thirds"), 5, 6, 6)
    sight = find_sight(workshop, olga)
    bars = {bar.low: bar for bar in draw_figures(sight, search_papers(sight, "dec:none"), "dec:none").bars}
    found = {low: sorted(search_papers(sight, bar.q).values_list("title", flat=True)) for low, bar in bars.items() if bar.count}
    assert found == {1: ["A"], 5.5: ["B", "C", "Thirds"], 6: ["D"], 10: ["E"]}
    assert {low: len(titles) for low, titles in found.items()} == {low: bar.count for low, bar in bars.items() if bar.count}


def test_grid_counts_reviews(workshop: Workshop, olga: User) -> None:
    paper = make_rated(workshop, "One", 1, 1, 3)
    review(paper, 3, confidence=2)
    review(paper, 2, confidence=None)
    sight = find_sight(workshop, olga)
    grid = draw_figures(sight, search_papers(sight, ""), "").grid
    assert grid is not None
    assert [(cell.rating, cell.confidence, cell.count, cell.shade) for cell in grid.cells] == [
        ("1", 4, 2, 1.0),
        ("3", 2, 1, 0.55),
        ("3", 4, 1, 0.55),
    ]
    assert ([label for label, _ in grid.ratings], [label for label, _ in grid.confidences]) == (["1", "2", "3"], [2, 3, 4])


def test_no_grid_without_confidences(workshop: Workshop, olga: User) -> None:
    review(make_paper(workshop), 3, confidence=None)
    sight = find_sight(workshop, olga)
    assert draw_figures(sight, search_papers(sight, ""), "").grid is None


def test_no_grid_of_a_confidence_without_grades(workshop: Workshop, olga: User) -> None:
    paper = review(make_paper(workshop), 3, confidence=0)
    review(paper, 3, confidence=100)
    sight = find_sight(workshop, olga)
    assert draw_figures(sight, search_papers(sight, ""), "").grid is None


def tell_share(share: Share) -> tuple[str, str, list[int], int, int | None]:
    return share.label, share.q, [part.count for part in share.parts], share.percent, share.target


def test_acceptance_is_told_by_track(workshop: Workshop, olga: User) -> None:
    workshop.tracks.filter(slug="full").update(target_percent=40)
    accept(make_paper(workshop))
    reject(make_paper(workshop))
    make_paper(workshop)
    make_paper(workshop, track=None)
    make_paper(workshop, standing="withdrawn")
    sight = find_sight(workshop, olga)
    shares = draw_figures(sight, search_papers(sight, ""), "").shares
    assert [tell_share(share) for share in shares] == [
        ("Full papers", "track:full dec:accept", [1, 1, 1], 33, 40),
        ("Without a track", "track:none dec:accept", [0, 1, 0], 0, None),
    ]
    assert [(part.start, part.length) for part in shares[0].parts] == [(0, 33.33), (33.33, 33.33), (66.67, 33.33)]


def test_presentations_are_told_against_capacity(workshop: Workshop, olga: User) -> None:
    workshop.presentation_kinds.filter(slug="oral").update(capacity=1)
    accept(make_paper(workshop), "oral")
    accept(make_paper(workshop, track=workshop.tracks.get(slug="short")), "oral")
    make_paper(workshop)
    sight = find_sight(workshop, olga)
    places = draw_figures(sight, search_papers(sight, "track:short"), "track:short").places
    assert places == (Places("Oral", "track:short pres:oral", 1, 2, 1), Places("Poster", "track:short pres:poster", 0, 0, None))
    assert [(place.is_over, place.length) for place in places] == [(True, 100), (False, 0)]


def test_pictures_leave_out_what_must_not_be_seen(workshop: Workshop, olga: User) -> None:
    hidden = make_rated(workshop, "Hidden", 9, 9)
    accept(hidden, "oral")
    make_rated(workshop, "Seen", 3)
    conflict(hidden, olga)
    sight = find_sight(workshop, olga)
    figures = draw_figures(sight, search_papers(sight, ""), "")
    assert [str(bar) for bar in figures.bars if bar.count] == ["Mean from 3 to below 3.5: 1 (1 undecided)"]
    assert figures.grid is not None
    assert [(cell.rating, cell.count) for cell in figures.grid.cells] == [("3", 1)]
    assert [tell_share(share)[2] for share in figures.shares] == [[0, 2, 0]]
    assert [(place.found, place.taken) for place in figures.places] == [(0, 0), (0, 0)]
    assert figures.hidden_count == 1


def test_nothing_found_has_no_pictures(workshop: Workshop, olga: User) -> None:
    sight = find_sight(workshop, olga)
    figures = draw_figures(sight, search_papers(sight, ""), "")
    assert (figures.bars, figures.grid, figures.shares, figures.hidden_count) == ((), None, (), 0)
