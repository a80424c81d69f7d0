"""What the columns of tables are called, and what each call means."""

import re
from collections.abc import Mapping

from papers.texts import fold_text

Roles = Mapping[str, tuple[str, ...]]

SEPARATORS = re.compile(r"[\s_\-‐-―]+")

GENERIC_ROLES: Roles = {
    "number": (
        "number",
        "paper number",
        "paper id",
        "paper #",
        "submission number",
        "submission id",
        "submission #",
        "pid",
        "no",
        "no.",
        "nr",
        "#",
        "paper",
    ),
    "forum": (
        "forum",
        "forum id",
        "note id",
        "openreview id",
        "openreview forum",
        "forum url",
        "forum link",
        "openreview url",
        "openreview link",
        "openreview",
    ),
    "key": ("id", "uid", "url", "link", "paper link", "paper url"),
    "title": ("title", "paper title", "submission title"),
    "link": ("url", "link", "paper url", "paper link", "pdf url", "pdf link", "arxiv url", "arxiv link"),
    "abstract": ("abstract", "summary"),
    "tldr": ("tldr", "tl;dr"),
    "keywords": ("keywords", "key words"),
    "authors": ("authors", "author names", "author list", "author", "author name"),
    "emails": ("author emails", "author email", "emails", "email", "mails", "e mails", "e mail", "author e mails"),
    "affiliations": ("affiliations", "author affiliations", "institutions", "affiliation"),
    "profiles": ("profiles", "author profiles", "author ids", "authorids", "profile ids"),
    "track": ("track", "track name", "paper track", "paper type", "submission type"),
    "decision": ("decision", "final decision", "outcome", "status"),
    "presentation": ("presentation", "presentation type", "presentation kind", "presentation format"),
    "award": ("award", "awards"),
    "proceedings": ("proceedings", "in proceedings", "include in proceedings", "wants proceedings", "archival"),
    "standing": ("standing", "withdrawn"),
}

CMT_ROLES: Roles = {
    "number": ("paper id",),
    "title": ("paper title",),
    "abstract": ("abstract",),
    "authors": ("author names", "authors"),
    "emails": ("author emails",),
    "track": ("track name",),
    "decision": ("status",),
}

EASYCHAIR_ROLES: Roles = {
    "number": ("#",),
    "title": ("title",),
    "abstract": ("abstract",),
    "keywords": ("keywords",),
    "authors": ("authors",),
    "track": ("track name", "track"),
    "decision": ("decision",),
    "deleted": ("deleted",),
}

HOTCRP_ROLES: Roles = {
    "number": ("pid",),
    "title": ("title",),
    "abstract": ("abstract",),
    "authors": ("authors",),
    "emails": ("emails", "author emails"),
    "keywords": ("keywords",),
    "track": ("track", "submission class", "paper type"),
    "decision": ("decision",),
    "status": ("status",),
    "submitted": ("submitted at",),
}

CONSOLE_ROLES: Roles = {
    "number": ("number",),
    "forum": ("forum",),
    "title": ("title",),
    "abstract": ("abstract",),
    "authors": ("authors",),
    "decision": ("decision", "reason"),
}

OWN_ROLES: Roles = {
    "number": ("number",),
    "forum": ("note id", "id"),
    "title": ("title",),
    "abstract": ("abstract",),
    "keywords": ("keywords",),
    "authors": ("authors",),
    "track": ("track",),
    "decision": ("decision",),
    "presentation": ("presentation",),
    "award": ("award",),
    "proceedings": ("in proceedings",),
    "link": ("url",),
}

DECISION_ROLES: Roles = {
    "number": (*GENERIC_ROLES["number"], "id"),
    "forum": GENERIC_ROLES["forum"],
    "outcome": ("outcome", "decision"),
    "presentation": GENERIC_ROLES["presentation"],
    "award": GENERIC_ROLES["award"],
    "comment": ("comment", "comments", "decision comment"),
}

PERSON_ROLES: Roles = {
    "number": ("submission #", "paper", "pid"),
    "title": ("title",),
    "given": ("first name", "given name", "first"),
    "family": ("last name", "family name", "last"),
    "email": ("email",),
    "affiliation": ("affiliation",),
    "country": ("country",),
    "contact": ("iscontact",),
}

RATINGS = re.compile(r"(?:num|min|max|avg|average|mean|missing) .*|.*\b(?:ratings?|scores?|confidence|reviews?|meta ?reviews?)\b.*")


def fold_column(name: str) -> str:
    """Return a column's name for comparison: no case, no marks, underscores and dashes as spaces."""
    return SEPARATORS.sub(" ", fold_text(name)).replace("(s)", "s").strip(" ?:*")


KNOWN_COLUMNS = frozenset(
    name
    for roles in (GENERIC_ROLES, CMT_ROLES, EASYCHAIR_ROLES, HOTCRP_ROLES, CONSOLE_ROLES, OWN_ROLES, DECISION_ROLES, PERSON_ROLES)
    for names in roles.values()
    for name in names
) | {"primary subject area", "primary contact author email", "form fields", "notified", "reviews sent"}


def count_known(cells: list[str]) -> int:
    """Return how many of the cells are names of columns that we know; the same name counts once."""
    return len({folded for cell in cells if (folded := fold_column(cell)) in KNOWN_COLUMNS})


def is_rating(folded: str) -> bool:
    """Tell whether a column holds counts or values of reviews, which tables cannot bring."""
    return bool(RATINGS.fullmatch(folded))


def assign_roles(folded: frozenset[str], roles: Roles) -> dict[str, str]:
    """Return the column of each role that the table has; the first name of a role wins."""
    found = {role: next((name for name in names if name in folded), "") for role, names in roles.items()}
    return {role: name for role, name in found.items() if name}
