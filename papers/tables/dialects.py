"""The systems whose tables we know: how their columns tell them and how they write."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from papers.tables.columns import (
    CMT_ROLES,
    CONSOLE_ROLES,
    DECISION_ROLES,
    EASYCHAIR_ROLES,
    GENERIC_ROLES,
    HOTCRP_ROLES,
    OWN_ROLES,
    PERSON_ROLES,
    Roles,
)
from papers.tables.people import ANY_STYLE, COMMA_STYLE, EXACT_STYLE, SEMICOLON_STYLE, NameStyle

Columns = frozenset[str]
QUESTION = re.compile(r"q\d+\b.*")
SUBJECTS = frozenset({"primary subject area", "secondary subject areas", "form fields", "topics"})
HOTCRP_INTERNAL = frozenset(
    {
        *("object", "error", "tags", "contacts", "collaborators", "pc conflicts", "submission", "final", "overlong", "truncated"),
        *("draft", "accepted", "rejected", "withdrawn", "submitted", "submission class", "nonblind", "options", "withdraw reason"),
        *("confirmation author list", "final submitted", "reviews", "comments"),
    }
)


@dataclass(frozen=True, slots=True)
class Dialect:
    """One system's way of writing a table.

    `tells` says from the folded columns whether it is this one. `says_nothing` are cells that stand for
    "not known". What we wrote ourselves (`is_own`) says "empty" with an empty cell. `keeps` picks the
    columns whose texts go along with the paper. Where a dialect `tells_standing`, a paper that is not said
    to be withdrawn is active. A sheet of people (`is_people`) has one author a row.
    """

    name: str
    tells: Callable[[Columns], bool]
    roles: Roles
    style: NameStyle = ANY_STYLE
    says_nothing: frozenset[str] = frozenset()
    keeps: Callable[[str], bool] = lambda column: False
    is_own: bool = False
    tells_standing: bool = False
    is_people: bool = False


def _tells_own(columns: Columns) -> bool:
    return {"number", "title", "authors", "presentation", "in proceedings", "pdf url"} <= columns and not columns.isdisjoint(
        {"note id", "id"}
    )


def _tells_hotcrp(columns: Columns) -> bool:
    return {"pid", "title"} <= columns


def _tells_console(columns: Columns) -> bool:
    figures = any(column.startswith(("num submitted ", "min ", "average ")) for column in columns)
    return {"number", "forum", "title"} <= columns and (figures or {"authors", "reason"} <= columns)


def _tells_cmt(columns: Columns) -> bool:
    own = {"primary contact author name", "author names", "track name", "primary subject area", "requested for camera ready"}
    return {"paper id", "paper title"} <= columns and bool(columns & own) and "reviewer name" not in columns


def _tells_easychair(columns: Columns) -> bool:
    return {"#", "title", "authors"} <= columns and bool(columns & {"deleted", "form fields", "reviews sent", "notified", "last updated"})


def _tells_easychair_people(columns: Columns) -> bool:
    return {"submission #", "first name", "last name"} <= columns and bool(columns & {"corresponding", "person #", "web page"})


def _tells_hotcrp_people(columns: Columns) -> bool:
    named = {"given name", "family name"} <= columns or {"first", "last"} <= columns
    return {"paper", "title", "email", "affiliation"} <= columns and named


def _tells_any(columns: Columns) -> bool:
    keys = (*GENERIC_ROLES["number"], *GENERIC_ROLES["forum"], *GENERIC_ROLES["key"])
    others = [name for role, names in GENERIC_ROLES.items() if role not in {"number", "forum", "key"} for name in names]
    return not columns.isdisjoint(keys) and not columns.isdisjoint(others)


OWN = Dialect("SyntaGen", _tells_own, OWN_ROLES, EXACT_STYLE, is_own=True)
HOTCRP = Dialect(
    "HotCRP", _tells_hotcrp, HOTCRP_ROLES, COMMA_STYLE, keeps=lambda column: column not in HOTCRP_INTERNAL, tells_standing=True
)
CONSOLE = Dialect("OpenReview console", _tells_console, CONSOLE_ROLES, says_nothing=frozenset({"undefined", "null", "N/A"}))
CMT = Dialect(
    "CMT",
    _tells_cmt,
    CMT_ROLES,
    SEMICOLON_STYLE,
    keeps=lambda column: column in SUBJECTS or bool(QUESTION.fullmatch(column)),
    tells_standing=True,
)
EASYCHAIR = Dialect("EasyChair", _tells_easychair, EASYCHAIR_ROLES, COMMA_STYLE, keeps=SUBJECTS.__contains__, tells_standing=True)
EASYCHAIR_PEOPLE = Dialect("EasyChair authors", _tells_easychair_people, PERSON_ROLES, is_people=True)
HOTCRP_PEOPLE = Dialect("HotCRP authors", _tells_hotcrp_people, PERSON_ROLES, is_people=True)
DECISIONS = Dialect("decisions", lambda columns: "outcome" in columns or "decision" in columns, DECISION_ROLES)
GENERIC = Dialect("a table of its own kind", _tells_any, GENERIC_ROLES)

DIALECTS = (OWN, HOTCRP, CONSOLE, CMT, EASYCHAIR, EASYCHAIR_PEOPLE, HOTCRP_PEOPLE, GENERIC)


def find_dialect(columns: Columns) -> Dialect | None:
    """Return the first dialect whose columns these are."""
    return next((dialect for dialect in DIALECTS if dialect.tells(columns)), None)
