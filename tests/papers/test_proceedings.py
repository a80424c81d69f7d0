"""Short papers never enter the proceedings, whatever was said of them and wherever it was said."""

import pytest

from papers.editing import edit_paper
from papers.errors import Refusal
from papers.listings import list_accepted_papers
from papers.models import Paper, User, Workshop
from papers.search import search_papers
from papers.sight import Sight
from papers.table_imports import import_table
from tests.factories import accept, make_paper


@pytest.fixture
def papers(workshop: Workshop) -> list[Paper]:
    """Make accepted and released papers 1 (full, wants in), 2 (short, of which upstream says that it wants in), 3 (full, does not)."""
    short = workshop.tracks.get(slug="short")
    made = [
        make_paper(workshop, number=1, wants_proceedings=True),
        make_paper(workshop, number=2, wants_proceedings=True, track=short),
        make_paper(workshop, number=3, wants_proceedings=False),
    ]
    for paper in made:
        accept(paper, is_released=True)
    return made


def test_every_reader_goes_by_the_track_first(workshop: Workshop, papers: list[Paper]) -> None:
    assert [(paper.number, paper.in_proceedings) for paper in list_accepted_papers(workshop)] == [(1, True), (2, False), (3, False)]
    assert list(search_papers(Sight(workshop, is_inside=True), "proceedings:yes").values_list("number", flat=True)) == [1]


def test_choice_that_the_track_does_not_offer_is_refused(workshop: Workshop, papers: list[Paper], olga: User) -> None:
    Paper.objects.filter(pk=papers[1].pk).update(wants_proceedings=None)
    papers[1].refresh_from_db()
    with pytest.raises(Refusal, match="Short papers leave no choice: never in the proceedings"):
        edit_paper(papers[1], field="wants_proceedings", value=True, by=olga)


def test_paper_that_moves_to_the_short_track_loses_its_choice(workshop: Workshop, papers: list[Paper], olga: User) -> None:
    edit_paper(papers[0], field="track", value="short", by=olga)
    assert Paper.objects.get(number=1).wants_proceedings is None
    assert [paper.in_proceedings for paper in list_accepted_papers(workshop)] == [False, False, False]


def test_table_can_not_bring_a_short_paper_into_the_proceedings(workshop: Workshop) -> None:
    import_table(workshop, b"number,title,authors,track,decision,proceedings\n5,Five,Ada,short,accept,yes\n", "table.csv", by=None)
    workshop.papers.get(number=5).decision.__class__.objects.update(released_at=workshop.created_at)
    assert [(paper.number, paper.in_proceedings) for paper in list_accepted_papers(workshop)] == [(5, False)]
