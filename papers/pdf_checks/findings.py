"""What a check says about a file, as plain values."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any, Literal

# Left, top, right, bottom in points from the top left corner of the visible page, the page not turned.
Box = tuple[float, float, float, float]
Severity = Literal["block", "warn", "off"]


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is not as it must be: `page` counts from 1, `message` says what, `remedy` how to mend it."""

    code: str
    severity: Severity
    page: int | None
    box: Box | None
    message: str
    remedy: str

    @property
    def is_blocking(self) -> bool:
        """Return whether the file cannot go to press like this."""
        return self.severity == "block"

    def as_json(self) -> dict[str, Any]:
        """Return the finding as JSON knows it."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Report:
    """All findings on a file, blocking ones first, with the facts they rest on and the seconds it took."""

    findings: tuple[Finding, ...]
    facts: Mapping[str, Any]
    seconds: float

    @property
    def is_blocked(self) -> bool:
        """Return whether anything blocks."""
        return any(finding.is_blocking for finding in self.findings)

    @property
    def codes(self) -> tuple[str, ...]:
        """Return the codes found, each once, in alphabetical order."""
        return tuple(sorted({finding.code for finding in self.findings}))

    def as_json(self) -> dict[str, Any]:
        """Return the report as the JSON document that `check_pdf --json` prints."""
        return {"findings": [finding.as_json() for finding in self.findings], "facts": dict(self.facts), "seconds": self.seconds}


def sort_findings(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return findings in reading order: blocking first, then by page, place and code; doubles dropped."""
    unique = dict.fromkeys(findings)
    return tuple(sorted(unique, key=lambda one: (not one.is_blocking, one.page or 0, one.box or (0, 0, 0, 0), one.code, one.message)))


def read_finding(values: Mapping[str, Any]) -> Finding:
    """Return the finding that `as_json` wrote."""
    box = values["box"]
    corners = None if box is None else (float(box[0]), float(box[1]), float(box[2]), float(box[3]))
    page = values["page"]
    return Finding(
        code=str(values["code"]),
        severity=values["severity"],
        page=None if page is None else int(page),
        box=corners,
        message=str(values["message"]),
        remedy=str(values["remedy"]),
    )
