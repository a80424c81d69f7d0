"""What if every paper from a threshold on were accepted: counted, drawn, asked for."""

import pytest

from papers.models import ConflictOfInterest, Paper, Recommendation, Review, User, Workshop
from papers.sight import Sight, find_sight
from papers.threshold_pictures import draw_histogram
from papers.thresholds import OverThreshold, Threshold, look_ahead, suggest_level
from tests.factories import accept, make_paper, make_user, reject

RATINGS = {1: [(8, 5), (8, 5)], 2: [(4, 1), (8, 5)], 3: [(5, 3), (5, 3)], 4: [(2, 4)], 5: []}


@pytest.fixture
def papers(workshop: Workshop) -> dict[int, Paper]:
    """Make papers 1 to 5, the fourth short, the fifth without ratings; the third is rejected, the fourth accepted."""
    made = {number: make_paper(workshop, number=number) for number in RATINGS}
    Paper.objects.filter(number=4).update(track=workshop.tracks.get(slug="short"))
    for number, given in RATINGS.items():
        for place, (rating, confidence) in enumerate(given):
            Review.objects.create(paper=made[number], note_id=f"r{number}-{place}", kind="review", rating=rating, confidence=confidence)
    reject(made[3])
    accept(made[4], "oral")
    return made


@pytest.fixture
def whole(workshop: Workshop) -> Sight:
    return Sight(workshop, is_inside=True)


def list_wanted(sight: Sight, threshold: Threshold) -> list[tuple[int | None, str]]:
    wishes = OverThreshold(threshold).list_wishes(sight).wishes
    return [(wish.paper.number, wish.outcome) for wish in wishes]


@pytest.mark.parametrize(
    ("measure", "level", "accepted"),
    [("mean", 6, [1, 2]), ("mean", 6.1, [1]), ("lowest", 5, [1, 3]), ("weighted", 7, [1, 2]), ("weighted", 7.4, [1])],
)
def test_each_measure_finds_its_papers(whole: Sight, papers: dict[int, Paper], measure: str, level: float, accepted: list[int]) -> None:
    threshold = Threshold(measure, level, scope="all")
    wanted = [(number, "accept" if number in accepted else "reject") for number in (1, 2, 3, 4)]
    assert list_wanted(whole, threshold) == wanted
    outlook = look_ahead(whole, threshold)
    assert (outlook.whole.accepted, outlook.whole.rejected, outlook.whole.open, outlook.whole.unrated) == (
        len(accepted),
        4 - len(accepted),
        1,
        1,
    )


def test_decided_papers_stay_where_only_undecided_ones_are_asked_for(whole: Sight, papers: dict[int, Paper]) -> None:
    threshold = Threshold(level=5)
    assert list_wanted(whole, threshold) == [(1, "accept"), (2, "accept")]
    outlook = look_ahead(whole, threshold)
    assert (outlook.whole.accepted, outlook.whole.rejected, outlook.whole.changed) == (3, 1, 2)
    assert [(track.slug, track.accepted, track.total) for track in outlook.tracks] == [("full", 2, 4), ("short", 1, 1)]


def test_track_may_have_a_level_of_its_own(whole: Sight, papers: dict[int, Paper]) -> None:
    threshold = Threshold(level=6, levels={"short": 2}, scope="all")
    assert list_wanted(whole, threshold) == [(1, "accept"), (2, "accept"), (3, "reject"), (4, "accept")]
    outlook = look_ahead(whole, threshold)
    assert [(track.slug, track.level) for track in outlook.tracks] == [("full", 6), ("short", 2)]
    assert [paper.number for paper in outlook.near] == [2, 4]
    assert outlook.near_count == 2
    assert threshold.title == "mean rating from 6, short 2"


def test_accepted_papers_keep_their_place_and_new_ones_get_one(workshop: Workshop, whole: Sight, papers: dict[int, Paper]) -> None:
    workshop.presentation_kinds.filter(slug="poster").update(capacity=1)
    threshold = Threshold(level=0, scope="all", presentation="poster")
    wishes = OverThreshold(threshold).list_wishes(whole).wishes
    assert [(wish.paper.number, str(wish.presentation)) for wish in wishes] == [(1, "Poster"), (2, "Poster"), (3, "Poster"), (4, "Oral")]
    outlook = look_ahead(whole, threshold)
    assert [str(room) for room in outlook.capacity.rooms] == ["1 oral", "3 posters, 2 more than the 1 there can be"]
    assert len(outlook.overflows) == 1


def test_recommendations_are_compared(whole: Sight, papers: dict[int, Paper], olga: User) -> None:
    otto = make_user()
    Recommendation.objects.create(paper=papers[1], by=olga, outcome="reject")
    Recommendation.objects.create(paper=papers[2], by=olga, outcome="accept")
    Recommendation.objects.create(paper=papers[3], by=olga, outcome="accept")
    Recommendation.objects.create(paper=papers[3], by=otto, outcome="reject")
    outlook = look_ahead(whole, Threshold(level=6, scope="all"))
    assert (outlook.against, outlook.divided) == (1, 1)


def test_hidden_papers_look_unrated_and_undecided(workshop: Workshop, papers: dict[int, Paper], olga: User) -> None:
    member = workshop.memberships.get(user=olga)
    for number in (1, 4):
        ConflictOfInterest.objects.create(paper=papers[number], member=member, ground="declared")
    Recommendation.objects.create(paper=papers[1], by=make_user(), outcome="reject")
    sight = find_sight(workshop, olga)
    outlook = look_ahead(sight, Threshold(level=0, scope="all"))
    assert (outlook.whole.accepted, outlook.whole.open, outlook.whole.unrated, outlook.against) == (2, 3, 3, 0)
    assert [paper.number for paper in outlook.near] == []
    assert sum(bar.count for bar in outlook.bars) == 2
    assert list_wanted(sight, Threshold(level=0, scope="all")) == [(2, "accept"), (3, "accept")]


def test_level_to_begin_with_meets_the_targets(workshop: Workshop, whole: Sight, papers: dict[int, Paper]) -> None:
    assert suggest_level(whole, "mean") == 5.0
    workshop.tracks.filter(slug="full").update(target_percent=25)
    assert suggest_level(whole, "mean") == 8.0
    assert [(track.slug, track.advice) for track in look_ahead(whole, Threshold()).tracks] == [("full", 8.0), ("short", None)]


def test_histogram_says_what_it_shows(whole: Sight, papers: dict[int, Paper]) -> None:
    picture = draw_histogram(look_ahead(whole, Threshold(level=6, levels={"short": 3}, scope="all")))
    assert picture.text == "Histogram of 4 rated papers: 2 accepted, 2 rejected."
    assert [(block.kind, block.title) for block in picture.blocks] == [
        ("reject", "2 to 2.25: 1 rejected"),
        ("reject", "5 to 5.25: 1 rejected"),
        ("accept", "6 to 6.25: 1 accepted"),
        ("accept", "7.75 to 8: 1 accepted"),
    ]
    assert [(line.x, line.text) for line in picture.lines] == [(100.0, "Short papers"), (400.0, "Full papers")]


def test_workshop_without_ratings_has_an_empty_outlook(whole: Sight) -> None:
    outlook = look_ahead(whole, Threshold())
    assert (outlook.span, outlook.whole.total, outlook.near, suggest_level(whole, "mean")) == ((0.0, 10.0), 0, (), 5.0)
    assert draw_histogram(outlook).blocks == ()
