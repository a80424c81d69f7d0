"""What a track asks of its PDF files, as values."""

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields, replace
from typing import Any, Literal, Self

from papers.pdf_checks.findings import Box, Severity

# What warns where a track does not say otherwise; everything else blocks.
WARNINGS = frozenset(
    {
        "bad_link",
        "comment_annotation",
        "damaged_structure",
        "docinfo_title",
        "form_field",
        "hidden_text",
        "missing_abstract",
        "missing_authors",
        "old_template",
        "page_rotation",
        "todo_marker",
        "type3_font",
        "unresolved_refs",
    }
)

LETTER = (612.0, 792.0)
TIMES_CLONES = (
    "times",
    "nimbusrom",
    "nimbusrmn",
    "termes",
    "stix",
    "xits",
    "liberationserif",
    "tinos",
    "newtx",
    "ntxtlf",
    "txfonts",
    "freeserif",
    "ptmr",
)
# How fonts of a family are called inside files, without case, spaces, hyphens.
FONT_FAMILIES: Mapping[str, tuple[str, ...]] = {
    "times": TIMES_CLONES,
    "computer modern": ("cmr", "sfrm", "lmroman", "latinmodern", "cmurm", "ecrm"),
    "helvetica": ("helvetica", "nimbussan", "heros", "arial", "liberationsans", "arimo"),
    "palatino": ("palatino", "palladio", "pagella", "pplr", "newpx"),
    "libertine": ("libertine", "libertinus", "linlibertine"),
}


@dataclass(frozen=True, slots=True)
class Limits:
    """What one file may cost: wall and CPU seconds, bytes of memory, pages, bytes a stream and all streams inflate to."""

    seconds: float = 30.0
    cpu_seconds: int = 20
    memory_bytes: int = 1_500_000_000
    pages: int = 60
    stream_bytes: int = 32_000_000
    inflated_bytes: int = 200_000_000


@dataclass(frozen=True, slots=True)
class Rules:
    """What a track asks of a file; lengths in points, boxes from the top left corner of the page.

    `page_limit` counts the pages before the references; `has_free_back_matter` ends the body at acknowledgments and
    appendices too; `column_count` 0 allows any number, no `body_fonts` any font. `old_text_left` is where kits of earlier
    years begin their lines. `severities` overrides single codes; "off" drops a check.
    """

    name: str
    page_limit: int
    are_references_last: bool
    has_free_back_matter: bool
    allows_page_numbers: bool
    column_count: int
    print_area: Box
    old_text_left: float | None = None
    paper_size: tuple[float, float] = LETTER
    body_fonts: tuple[str, ...] = TIMES_CLONES
    body_size: float = 10.0
    max_bytes: int = 10_485_760
    severities: Mapping[str, Severity] = field(default_factory=dict)
    limits: Limits = Limits()

    def severity_of(self, code: str) -> Severity:
        """Return how much a finding of this code weighs here."""
        return self.severities.get(code, "warn" if code in WARNINGS else "block")

    def as_json(self) -> dict[str, Any]:
        """Return the rules as JSON knows them."""
        values = {one.name: getattr(self, one.name) for one in fields(self)}
        return values | {"severities": dict(self.severities), "limits": asdict(self.limits)}

    @classmethod
    def from_json(cls, values: Mapping[str, Any]) -> Self:
        """Return the rules that `as_json` wrote."""
        tuples = {name: tuple(values[name]) for name in ("print_area", "paper_size", "body_fonts") if name in values}
        return cls(**{**values, **tuples, "limits": Limits(**values.get("limits", {}))})


Name = Literal["cvpr-full", "cvpr-short", "neurips-full", "neurips-short"]

CVPR_FULL = Rules(
    name="cvpr-full",
    page_limit=8,
    are_references_last=True,
    has_free_back_matter=False,
    allows_page_numbers=False,
    column_count=2,
    print_area=(58.5, 72.0, 553.5, 711.0),
    old_text_left=50.1,
)
NEURIPS_FULL = Rules(
    name="neurips-full",
    page_limit=9,
    are_references_last=False,
    has_free_back_matter=True,
    allows_page_numbers=True,
    column_count=0,
    print_area=(108.0, 72.0, 504.0, 720.0),
    max_bytes=50_000_000,
)
RULES: dict[str, Rules] = {
    rules.name: rules
    for rules in (
        CVPR_FULL,
        replace(CVPR_FULL, name="cvpr-short", page_limit=4),
        NEURIPS_FULL,
        replace(NEURIPS_FULL, name="neurips-short", page_limit=5),
    )
}


def squeeze_font(name: str) -> str:
    """Return a font's name without case, spaces, hyphens."""
    return re.sub(r"[\s_\-]", "", name.lower())
