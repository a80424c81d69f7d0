"""Papers that are as they must be give no findings."""

from dataclasses import replace

import pytest

from papers.pdf_checks.rules import RULES
from tests.papers.pdf_checks.conftest import TWO_NEURIPS_PAGES, TWO_PAGES, Check
from tests.papers.pdf_checks.paper_writer import (
    LEFT,
    RIGHT_COLUMN,
    TOP,
    Paper,
    fill_column,
    make_neurips_paper,
    make_paper,
    write_front,
    write_references,
)


def make_mid_page_paper() -> Paper:
    """Return a paper whose references begin in the middle of its last body page, with a float beside them."""
    paper = Paper()
    write_front(paper)
    fill_column(paper, 1, LEFT, top=244)
    fill_column(paper, 1, RIGHT_COLUMN, top=244)
    fill_column(paper, 2, LEFT, bottom=300)
    write_references(paper, 2, y=330)
    paper.fill(2, RIGHT_COLUMN, 80, 200, 90)
    paper.write(2, RIGHT_COLUMN, 190, "Figure 7. A float that landed beside.", size=9)
    return paper


def make_white_border_paper() -> Paper:
    """Return a paper with a white picture in its margin."""
    paper = make_paper()
    paper.draw(2, "q 1 g 0 100 57 50 re 555 100 57 50 re f Q")
    return paper


@pytest.mark.parametrize("make", [make_paper, make_mid_page_paper, make_white_border_paper])
def test_clean_cvpr_paper_gives_nothing(check: Check, make: type[Paper]) -> None:
    assert check(make()) == []


def test_clean_neurips_paper_gives_nothing(check: Check) -> None:
    assert check(make_neurips_paper(), rules=TWO_NEURIPS_PAGES) == []


def test_a_jump_on_opening_is_no_action(check: Check) -> None:
    pdf = make_paper().build()
    pdf.Root.OpenAction = [pdf.pages[0].obj, "/Fit"]
    assert check(pdf) == []


def test_title_may_be_set_in_small_capitals_over_two_lines(check: Check) -> None:
    paper = make_paper(title="Nothing Here")
    paper.pages[0][0] = ""
    paper.write(1, 150, 110, "C OUNTED M ASKS FOR", size=14, font="B")
    paper.write(1, 150, 126, "S MALL S EGMEN- TATION", size=14, font="B")
    assert check(paper) == []


def test_names_may_be_shortened_to_initials(check: Check) -> None:
    assert check(make_paper(authors=("A. Author", "B. Berger", "C. Chen"))) == []


def test_severity_off_drops_nothing_else(check: Check) -> None:
    rules = replace(TWO_PAGES, severities={"page_numbers": "warn"})
    paper = make_paper()
    for page in (1, 2, 3):
        paper.center(page, 745, str(page))
    assert [(one.code, one.severity) for one in check(paper, rules=rules)] == [("page_numbers", "warn")]


def test_limits_of_the_tracks() -> None:
    assert {name: rules.page_limit for name, rules in RULES.items()} == {
        "cvpr-full": 8,
        "cvpr-short": 4,
        "neurips-full": 9,
        "neurips-short": 5,
    }


def test_references_may_begin_at_the_top_of_the_page_after_the_limit(check: Check) -> None:
    paper = make_paper(references=False)
    write_references(paper, 3, y=TOP)
    assert check(paper) == []


def test_last_entry_may_end_on_a_page_of_its_own(check: Check) -> None:
    paper = make_paper()
    paper.pages.append([])
    for row in range(3):
        paper.write(4, LEFT, TOP + 10 * row, "of what was counted and by whom", size=9)
    assert check(paper) == []
