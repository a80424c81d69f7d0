"""What organizers say of a layout themselves, laid over the rules of a style."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any, Self

from papers.pdf_checks.findings import Box
from papers.pdf_checks.rules import FONT_FAMILIES, LETTER, NEURIPS_FULL, Rules, squeeze_font

A4 = (595.3, 841.9)
PAPERS = {"letter": LETTER, "a4": A4}
UNITS = {"": 1.0, "pt": 1.0, "mm": 72 / 25.4, "cm": 72 / 2.54, "in": 72.0}
NUMBER = re.compile(r"\d+(?:\.\d+)?")
MEASURES = re.compile(rf"\s*({NUMBER.pattern}(?:[\s,;x\u00d7]+{NUMBER.pattern})*)\s*(pt|mm|cm|in)?\s*", re.IGNORECASE)
PAPER_SIDE = (100.0, 3000.0)  # points
MOST_PAGES = 60  # more are not looked into
LEAST_EDGE = 72.0  # points that a print area is wide and high at least
LETTER_SIZES = (4.0, 20.0)
COLUMNS = (0, 1, 2)
# The layout of which nothing is asked until organizers say it; a print area is there to tell heads and feet from text.
OWN_LAYOUT = replace(
    NEURIPS_FULL,
    name="own",
    page_limit=MOST_PAGES,
    column_count=0,
    print_area=(54.0, 54.0, 558.0, 738.0),
    body_fonts=(),
    body_size=0.0,
    max_bytes=50 * 1024 * 1024,
    severities={"margin_overflow": "off", "page_size": "off"},
)


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnLayout:
    """What is asked otherwise than the style asks it; nothing where the style counts. Lengths in points.

    `print_area` is left, top, right, bottom from the paper's top left corner; `columns` 0 allows any number; `fonts` are
    families, or parts of their names.
    """

    page_limit: int | None = None
    paper_size: tuple[float, ...] | None = None
    print_area: tuple[float, ...] | None = None
    columns: int | None = None
    page_numbers: bool | None = None
    references_last: bool | None = None
    fonts: tuple[str, ...] = ()
    body_size: float | None = None

    def as_json(self) -> dict[str, Any]:
        """Return what is said, nothing of the rest."""
        values = {name: list(value) if isinstance(value, tuple) else value for name, value in asdict(self).items()}
        return {name: value for name, value in values.items() if value is not None and value != []}

    @classmethod
    def from_json(cls, values: Mapping[str, Any]) -> Self:
        """Return the layout that `as_json` wrote."""
        said: dict[str, Any] = {name: tuple(value) if isinstance(value, list) else value for name, value in values.items()}
        return cls(**said)

    def find_mistakes(self, base: Rules) -> list[tuple[str, str]]:
        """Return what cannot be as said, each with the value's name: out of range, or off the paper."""
        paper = self.paper_size or base.paper_size
        found = [
            ("page_limit", f"write a number of pages from 1 to {MOST_PAGES}.")
            if self.page_limit is not None and not 1 <= self.page_limit <= MOST_PAGES
            else None,
            ("paper_size", f"write width and height, each from {PAPER_SIDE[0]:.0f} to {PAPER_SIDE[1]:.0f} points.")
            if self.paper_size and (len(self.paper_size) != 2 or not all(_is_within(side, PAPER_SIDE) for side in self.paper_size))
            else None,
            ("columns", "write 1, 2, or 0 for any number.") if self.columns not in {None, *COLUMNS} else None,
            ("body_size", f"write a size from {LETTER_SIZES[0]:.0f} to {LETTER_SIZES[1]:.0f} points.")
            if self.body_size is not None and not _is_within(self.body_size, LETTER_SIZES)
            else None,
        ]
        mistakes = [one for one in found if one]
        return mistakes or _find_off_paper(self, paper, base)

    def change_rules(self, base: Rules) -> Rules:
        """Return the rules with what is said in place of what the style says."""
        said: dict[str, Any] = {
            "page_limit": self.page_limit,
            "paper_size": self.paper_size,
            "column_count": self.columns,
            "allows_page_numbers": self.page_numbers,
            "are_references_last": self.references_last,
            "body_fonts": tuple(font for name in self.fonts for font in list_fonts_of(name)) or None,
            "body_size": self.body_size,
        }
        severities = dict(base.severities)
        if self.paper_size:
            severities.pop("page_size", None)
        if self.print_area:
            severities.pop("margin_overflow", None)
            said |= {"print_area": _as_box(self.print_area)}
        rules = replace(base, severities=severities, **{name: value for name, value in said.items() if value is not None})
        return replace(rules, old_text_left=None) if self.print_area else rules


def _find_off_paper(layout: OwnLayout, paper: Sequence[float], base: Rules) -> list[tuple[str, str]]:
    """Find a print area that is none on this paper, and another paper that keeps the style's print area."""
    if layout.print_area is None:
        is_kit = base.severity_of("margin_overflow") != "off"
        if is_kit and layout.paper_size and any(abs(one - other) > 1 for one, other in zip(paper, base.paper_size, strict=True)):
            return [("print_area", "another paper than the style's needs a print area of its own.")]
        return []
    if len(layout.print_area) != 4:
        return [("print_area", "write four numbers: left, top, right, bottom, from the top left corner of the paper.")]
    left, top, right, bottom = layout.print_area
    if layout.paper_size is None and base.severity_of("page_size") == "off":
        return [("paper_size", "say on which paper the print area lies.")]
    if right - left < LEAST_EDGE or bottom - top < LEAST_EDGE or right > paper[0] + 1 or bottom > paper[1] + 1:
        size = f"{paper[0]:g} x {paper[1]:g} points"
        return [("print_area", f"it must lie on the paper of {size}: left, top, right, bottom, from the paper's top left corner.")]
    return []


def read_paper_size(text: str) -> tuple[float, ...]:
    """Return width and height in points of a paper by name, or as two numbers with or without a unit; refuses with ValueError."""
    return PAPERS.get("".join(text.lower().split()).removeprefix("us"), ()) or read_measures(text, count=2)


def read_measures(text: str, *, count: int) -> tuple[float, ...]:
    """Return `count` lengths in points, written as `25 25 185 272 mm`; refuses with ValueError."""
    match = MEASURES.fullmatch(text)
    numbers = NUMBER.findall(match.group(1)) if match else []
    if match is None or len(numbers) != count:
        raise ValueError(text)
    return tuple(round(float(number) * UNITS[(match.group(2) or "").lower()], 1) for number in numbers)


def write_paper_size(size: Sequence[float]) -> str:
    """Return a paper as `read_paper_size` takes it: by name where it has one."""
    named = next((name for name, paper in PAPERS.items() if tuple(size) == paper), "")
    return {"letter": "US Letter", "a4": "A4"}.get(named) or write_measures(size, between=" x ")


def write_measures(lengths: Sequence[float], *, between: str = " ") -> str:
    """Return lengths as `read_measures` takes them."""
    return f"{between.join(f'{length:g}' for length in lengths)} pt"


def list_fonts_of(name: str) -> tuple[str, ...]:
    """Return how fonts of a family are called inside files; a name that is no family stands for itself."""
    return FONT_FAMILIES.get(name.lower()) or (squeeze_font(name),)


def describe_layout(layout: OwnLayout) -> str:
    """Return what is asked otherwise than the style asks it, in words."""
    said = [
        f"{layout.page_limit} page{'s' if layout.page_limit != 1 else ''}" if layout.page_limit else "",
        write_paper_size(layout.paper_size) if layout.paper_size else "",
        f"print area {write_measures(layout.print_area)}" if layout.print_area else "",
        {0: "any number of columns", 1: "one column", 2: "two columns"}.get(-1 if layout.columns is None else layout.columns, ""),
        {True: "page numbers allowed", False: "no page numbers"}.get(layout.page_numbers, "") if layout.page_numbers is not None else "",
        {True: "only references at the end", False: "appendix allowed"}[layout.references_last]
        if layout.references_last is not None
        else "",
        " or ".join(layout.fonts),
        f"{layout.body_size:g} pt" if layout.body_size else "",
    ]
    return ", ".join(part for part in said if part)


def _is_within(value: float, least_and_most: tuple[float, float]) -> bool:
    return least_and_most[0] <= value <= least_and_most[1]


def _as_box(edges: Sequence[float]) -> Box:
    left, top, right, bottom = edges
    return left, top, right, bottom
