"""A layout of the organizers' own changes the rules of a style, and only what it says."""

import dataclasses
from typing import Any

import pytest

from papers.pdf_checks.own_layout import (
    OWN_LAYOUT,
    OwnLayout,
    describe_layout,
    read_measures,
    read_paper_size,
    write_measures,
    write_paper_size,
)
from papers.pdf_checks.rules import CVPR_FULL, FONT_FAMILIES, NEURIPS_FULL, Rules
from papers.pdf_checks.unguarded import check_unguarded
from tests.papers.pdf_checks.paper_writer import make_neurips_paper, make_paper, save

A4_AREA = (71.0, 71.0, 524.0, 771.0)
WHOLE = OwnLayout(
    page_limit=6,
    paper_size=(595.3, 841.9),
    print_area=A4_AREA,
    columns=1,
    page_numbers=False,
    references_last=True,
    fonts=("Palatino", "My Serif"),
    body_size=11.0,
)


def test_layout_survives_storing() -> None:
    assert OwnLayout.from_json(WHOLE.as_json()) == WHOLE
    assert (OwnLayout().as_json(), OwnLayout(columns=0, page_numbers=False).as_json()) == ({}, {"columns": 0, "page_numbers": False})


def test_what_is_said_replaces_the_style() -> None:
    rules = WHOLE.change_rules(CVPR_FULL)
    expected = dataclasses.replace(
        CVPR_FULL,
        page_limit=6,
        paper_size=(595.3, 841.9),
        print_area=A4_AREA,
        old_text_left=None,
        column_count=1,
        allows_page_numbers=False,
        are_references_last=True,
        body_fonts=(*FONT_FAMILIES["palatino"], "myserif"),
        body_size=11.0,
    )
    assert rules == expected
    assert OwnLayout().change_rules(NEURIPS_FULL) == NEURIPS_FULL


def test_own_layout_asks_nothing_until_it_is_said() -> None:
    bare = OwnLayout().change_rules(OWN_LAYOUT)
    assert [bare.severity_of(code) for code in ("page_size", "margin_overflow")] == ["off", "off"]
    told = OwnLayout(paper_size=(612.0, 792.0), print_area=(54.0, 54.0, 558.0, 738.0)).change_rules(OWN_LAYOUT)
    assert [told.severity_of(code) for code in ("page_size", "margin_overflow")] == ["block", "block"]


@pytest.mark.parametrize(
    ("values", "base", "mistake"),
    [
        ({"page_limit": 0}, OWN_LAYOUT, ("page_limit", "write a number of pages from 1 to 60.")),
        ({"page_limit": 61}, CVPR_FULL, ("page_limit", "write a number of pages from 1 to 60.")),
        ({"paper_size": (612.0,)}, OWN_LAYOUT, ("paper_size", "write width and height, each from 100 to 3000 points.")),
        ({"paper_size": (20.0, 792.0)}, OWN_LAYOUT, ("paper_size", "write width and height, each from 100 to 3000 points.")),
        ({"columns": 3}, CVPR_FULL, ("columns", "write 1, 2, or 0 for any number.")),
        ({"body_size": 30.0}, CVPR_FULL, ("body_size", "write a size from 4 to 20 points.")),
        (
            {"print_area": (1.0, 2.0)},
            CVPR_FULL,
            ("print_area", "write four numbers: left, top, right, bottom, from the top left corner of the paper."),
        ),
        ({"print_area": A4_AREA}, OWN_LAYOUT, ("paper_size", "say on which paper the print area lies.")),
        ({"paper_size": (595.3, 841.9)}, CVPR_FULL, ("print_area", "another paper than the style's needs a print area of its own.")),
        (
            {"print_area": (72.0, 72.0, 700.0, 720.0)},
            CVPR_FULL,
            ("print_area", "it must lie on the paper of 612 x 792 points: left, top, right, bottom, from the paper's top left corner."),
        ),
        (
            {"paper_size": (595.3, 841.9), "print_area": (500.0, 72.0, 100.0, 720.0)},
            OWN_LAYOUT,
            ("print_area", "it must lie on the paper of 595.3 x 841.9 points: left, top, right, bottom, from the paper's top left corner."),
        ),
    ],
)  # fmt: skip
def test_layout_that_cannot_be_is_named(values: dict[str, Any], base: Rules, mistake: tuple[str, str]) -> None:
    assert OwnLayout(**values).find_mistakes(base) == [mistake]


def test_layouts_that_can_be() -> None:
    assert [WHOLE.find_mistakes(base) for base in (CVPR_FULL, OWN_LAYOUT)] == [[], []]
    assert OwnLayout(paper_size=(612.0, 792.0)).find_mistakes(CVPR_FULL) == []
    assert OwnLayout(paper_size=(595.3, 841.9)).find_mistakes(OWN_LAYOUT) == []


@pytest.mark.parametrize(
    ("text", "size"),
    [
        ("letter", (612.0, 792.0)),
        ("US Letter", (612.0, 792.0)),
        ("A4", (595.3, 841.9)),
        ("210 x 297 mm", (595.3, 841.9)),
        ("8.5x11in", (612.0, 792.0)),
        ("612 792", (612.0, 792.0)),
        ("20\u00d730 cm", (566.9, 850.4)),
    ],
)
def test_paper_is_read(text: str, size: tuple[float, float]) -> None:
    assert read_paper_size(text) == size


@pytest.mark.parametrize("text", ["", "legal", "210", "210 x 297 x 3", "210 x 297 ft", "-1 2"])
def test_paper_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=text or "^$"):
        read_paper_size(text)


def test_lengths_are_written_as_they_are_read() -> None:
    assert [write_paper_size(size) for size in ((612.0, 792.0), (595.3, 841.9), (400.0, 600.5))] == ["US Letter", "A4", "400 x 600.5 pt"]
    assert read_measures(write_measures(A4_AREA), count=4) == A4_AREA
    assert read_paper_size(write_paper_size((400.0, 600.5))) == (400.0, 600.5)


def test_layout_in_words() -> None:
    said = "6 pages, A4, print area 71 71 524 771 pt, one column, no page numbers, only references at the end, Palatino or My Serif, 11 pt"
    assert (describe_layout(WHOLE), describe_layout(OwnLayout())) == (said, "")
    other = OwnLayout(page_limit=1, columns=0, page_numbers=True, references_last=False)
    assert describe_layout(other) == "1 page, any number of columns, page numbers allowed, appendix allowed"


def find(tmp_path: Any, layout: OwnLayout, *, base: Rules = OWN_LAYOUT, is_neurips: bool = False) -> list[tuple[str, str]]:
    path = save((make_neurips_paper() if is_neurips else make_paper()).build(), tmp_path / "paper.pdf")
    report = check_unguarded(path, layout.change_rules(base))
    return [(finding.code, finding.message) for finding in report.findings]


def test_papers_of_either_kit_pass_a_layout_that_asks_nothing(tmp_path: Any) -> None:
    assert [find(tmp_path, OwnLayout()), find(tmp_path, OwnLayout(), is_neurips=True)] == [[], []]


@pytest.mark.parametrize(
    ("layout", "finding"),
    [
        (OwnLayout(columns=1), ("two_columns", "The paper is set in two columns; one is wanted.")),
        (OwnLayout(page_limit=1), ("over_length", "The body ends on page 2; 1 page is allowed before")),
        (OwnLayout(paper_size=(595.3, 841.9)), ("page_size", "Page 1 measures 612 x 792 points; 595 x 842 are wanted;")),
        (OwnLayout(fonts=("Palatino", "Garamond")), ("wrong_body_font", "The text is set in NimbusRomNo9L-Regu, not in Palatino or")),
        (OwnLayout(body_size=11.0), ("font_size_small", "The text is set in 10.0 pt; 11 pt are wanted.")),
    ],
)  # fmt: skip
def test_what_is_said_is_looked_for(tmp_path: Any, layout: OwnLayout, finding: tuple[str, str]) -> None:
    [found] = find(tmp_path, layout)
    assert (found[0], found[1][: len(finding[1])]) == finding


def test_own_print_area_is_looked_at(tmp_path: Any) -> None:
    layout = OwnLayout(paper_size=(612.0, 792.0), print_area=(108.0, 72.0, 504.0, 720.0))
    found = find(tmp_path, layout)
    assert ({code for code, _ in found}, "left margin" in found[0][1]) == ({"margin_overflow"}, True)


def test_page_numbers_may_be_forbidden_and_one_column_wanted(tmp_path: Any) -> None:
    layout = OwnLayout(columns=2, page_numbers=False)
    assert [code for code, _ in find(tmp_path, layout, is_neurips=True)] == ["single_column", "page_numbers"]
