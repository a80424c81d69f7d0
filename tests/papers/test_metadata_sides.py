"""Only what really differs is shown: here, in the PDF, in OpenReview; each with what to do."""

from typing import Any

import pytest

from papers.metadata_differences import DifferenceQuestion, find_sides, list_differences
from papers.metadata_sides import Sides, compare_sides
from papers.models import Author, Paper, User, Workshop
from papers.sight import Sight
from tests.factories import accept, make_paper, reject
from tests.papers.handed_in import ask, hand_in_checked, make_owing_paper
from tests.papers.pdf_checks.paper_writer import AUTHORS, TITLE

pytestmark = pytest.mark.django_db
ABSTRACT = "We count things that nobody has counted before, and show that they can be counted with little effort by everybody."
BLOCK = ["Ada Author1 Bob Builder2", "1Example University, 2Institute of Counting", "{ada,bob}@example.org"]
FACTS = {"title": "Counted Things", "author_lines": BLOCK, "abstract": f"{ABSTRACT} More text."}


@pytest.fixture
def paper(workshop: Workshop) -> Paper:
    paper = make_paper(workshop, title="Counted Things", abstract=ABSTRACT, keywords=["one"], authors=("Ada Author", "Bob Builder"))
    accept(paper, is_released=True)
    return paper


def put(paper: Paper, **imported: Any) -> Paper:
    paper.imported = imported
    return paper


def tell(found: list[Sides]) -> list[tuple[str, bool, bool, str]]:
    return [(one.field, one.is_printed_other, one.is_upstream_other, one.note) for one in found]


def test_nothing_differs_without_other_sides(paper: Paper) -> None:
    assert compare_sides(put(paper)) == []
    assert compare_sides(put(paper), {"title": "", "author_lines": BLOCK}) == []


@pytest.mark.parametrize(
    ("ours", "theirs", "printed"),
    [
        ("Counted Things", "COUNTED  things", "COUNTED THINGS"),
        ("Efficient Flow", "E\ufb03cient Flow", "E\ufb03cient Flow"),
        ("Learning $\\alpha$ Fields", "Learning \\textbf{$\\alpha$} Fields", "Learning \u03b1 Fields"),
        ("Multi-View: Now", "Multi\u2013View - Now", "Multi- View: Now"),
        ("Gödel Numbers", "Go\u0308del Numbers", "G\u00a8odel Numbers"),
    ],
)
def test_spelling_is_no_difference(paper: Paper, ours: str, theirs: str, printed: str) -> None:
    paper.title = ours
    assert compare_sides(put(paper, title=theirs), {**FACTS, "title": printed}) == []


def test_title_differs_where_a_word_does(paper: Paper) -> None:
    [sides] = compare_sides(put(paper, title="Counted Things"), {**FACTS, "title": "Uncounted Beings"})
    assert (sides.label, sides.ours, sides.printed, sides.upstream) == ("Title", "Counted Things", "Uncounted Beings", "Counted Things")
    assert sides.remedy == "Print what stands here and hand the file in anew; OpenReview says the same as this page."
    [sides] = compare_sides(put(paper, title="Counting Things"), FACTS)
    assert (sides.is_printed_other, sides.is_upstream_other) == (False, True)
    assert sides.remedy == "The file prints what stands here. Correct OpenReview if its page is to agree."
    [sides] = compare_sides(put(paper, title="Counting Things"))
    assert (sides.printed, sides.remedy) == (None, "What stands here counts. Correct it here, or correct OpenReview.")
    [sides] = compare_sides(put(paper, title="Counting Things"), {**FACTS, "title": "Uncounted Beings"})
    assert sides.remedy.startswith("Decide which is right.")


@pytest.mark.parametrize(
    ("lines", "note"),
    [
        (["Ada Author"], "Not in the file: Bob Builder."),
        (["Bob Builder, Ada Author"], "The file has another order."),
        (["Anonymous submission"], "Not in the file: Ada Author, Bob Builder."),
        (["A. Author and B. Builder"], None),
        (["ADA AUTHOR*  BOB BUILDER\u2020"], None),
    ],
)
def test_printed_authors(paper: Paper, lines: list[str], note: str | None) -> None:
    expected = [("authors", True, False, note)] if note else []
    assert tell(compare_sides(put(paper), {**FACTS, "author_lines": lines})) == expected


@pytest.mark.parametrize(
    ("names", "note"),
    [
        (["Bob Builder", "Ada Author"], "OpenReview has another order."),
        (["Ada Author"], "Not in OpenReview: Bob Builder."),
        (["Ada Author", "Bob Builder", "Cy Counter"], "Only in OpenReview: Cy Counter."),
        (["Ada  AUTHOR", "Bob Builder"], None),
    ],
)
def test_authors_in_openreview(paper: Paper, names: list[str], note: str | None) -> None:
    expected = [("authors", False, True, note)] if note else []
    assert tell(compare_sides(put(paper, authors=[{"name": name} for name in names]), FACTS)) == expected


@pytest.mark.parametrize(
    ("places", "lines", "note"),
    [
        (["Example University", "Institute of Counting"], BLOCK, None),
        (["Example University", "University of Elsewhere"], BLOCK, "Not in the file: University of Elsewhere."),
        (["Example University", "Massachusetts Institute of Technology"], ["Ada Author1 Bob Builder2", "1Example University 2 MIT"], None),
        (["Example University", "KAIST"], [*BLOCK[:1], "Example University", "Korea Advanced Institute of Science and Technology"], None),
        (["University of Elsewhere", "University of Nowhere"], BLOCK, None),
    ],
)
def test_affiliations_where_they_can_be_read(paper: Paper, places: list[str], lines: list[str], note: str | None) -> None:
    for author, place in zip(paper.authors.all(), places, strict=True):
        Author.objects.filter(pk=author.pk).update(institutions=[{"name": place}])
    expected = [("affiliations", True, False, note)] if note else []
    assert tell(compare_sides(put(paper), {**FACTS, "author_lines": lines})) == expected


def test_affiliations_of_openreview_are_compared_where_it_has_any(paper: Paper) -> None:
    paper.authors.filter(position=1).update(institutions=[{"name": "Example University"}])
    theirs: list[dict[str, Any]] = [{"name": "Ada Author", "institutions": [{"name": "Other University"}]}, {"name": "Bob Builder"}]
    [sides] = compare_sides(put(paper, authors=theirs))
    assert (sides.field, sides.ours, sides.upstream) == (
        "affiliations",
        "Ada Author: Example University; Bob Builder: none",
        "Ada Author: Other University; Bob Builder: none",
    )
    del theirs[0]["institutions"]
    assert compare_sides(put(paper, authors=theirs)) == []


def test_abstracts(paper: Paper) -> None:
    assert compare_sides(put(paper, abstract=f" {ABSTRACT.upper()}"), {**FACTS, "abstract": ABSTRACT.replace("nobody", "no-\nbody")}) == []
    [sides] = compare_sides(
        put(paper, abstract="Another one."), {**FACTS, "abstract": "Nothing of this was ever said about anything, " * 3}
    )
    assert (sides.field, sides.is_printed_other, sides.is_upstream_other) == ("abstract", True, True)
    assert compare_sides(put(paper), {**FACTS, "abstract": "Too short"}) == []


def test_keywords_are_openreviews_alone(paper: Paper) -> None:
    assert tell(compare_sides(put(paper, keywords=["ONE"]), FACTS)) == []
    assert tell(compare_sides(put(paper, keywords=["two"]), FACTS)) == [("keywords", False, True, "")]


def test_facts_of_the_current_checked_file_are_held_against_it(workshop: Workshop, ada: User, olga: User) -> None:
    ask(workshop, due_at=None)
    paper = make_owing_paper(workshop, ada, by=olga, abstract="Words that the file does not print, whatever it may print instead of them.")
    assert find_sides(paper) == []
    hand_in_checked(paper, ada)
    found = find_sides(Paper.objects.get(pk=paper.pk))
    assert [(one.field, one.is_printed_other) for one in found] == [("abstract", True)]
    assert found[0].printed
    paper.title = "Something Entirely Different, Said Here"
    paper.save()
    assert [one.field for one in find_sides(Paper.objects.get(pk=paper.pk))] == ["title", "abstract"]


def test_list_is_of_accepted_and_released_papers(workshop: Workshop) -> None:
    papers = [make_paper(workshop, title=f"Counted {number}", imported={"title": "Other", "keywords": ["k"]}) for number in range(4)]
    accept(papers[0], is_released=True)
    accept(papers[1])
    reject(papers[2], is_released=True)
    sight = Sight(workshop, is_inside=True)
    found = list_differences(sight, DifferenceQuestion())
    assert [(row.paper, [one.field for one in row.sides]) for row in found.rows] == [(papers[0], ["title", "keywords"])]
    assert (found.counts, found.paper_count, found.unread_count) == ((("title", "Title", 1), ("keywords", "Keywords", 1)), 1, 1)
    asked = [
        DifferenceQuestion(field="title"),
        DifferenceQuestion(side="pdf"),
        DifferenceQuestion(track="short"),
        DifferenceQuestion(side="openreview"),
    ]
    assert [len(list_differences(sight, one).rows) for one in asked] == [1, 0, 0, 1]


def test_written_paper_has_its_own_title_and_authors(workshop: Workshop, ada: User, olga: User) -> None:
    ask(workshop, due_at=None)
    paper = make_owing_paper(workshop, ada, by=olga)
    version = hand_in_checked(paper, ada)
    version.refresh_from_db()
    assert (paper.title, len(AUTHORS)) == (TITLE, paper.authors.count())
    assert version.facts["abstract"]
    assert find_sides(paper) == []
