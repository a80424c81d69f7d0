"""Asks everything that one person can ask, in a form that can be compared."""

import re
from collections.abc import Iterator
from contextlib import suppress
from typing import Any
from urllib.parse import urlencode

from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import NoReverseMatch, reverse

from papers.models import Paper, User
from papers.paper_table.columns import COLUMNS
from papers.querysets.table_orders import GROUPS, ORDERS
from papers.search.terms import TERMS
from tests.access.world import OUR_NAMES, SETTINGS, World

# What differs between two answers that say the same.
PASSING = (
    re.compile(r'name="csrfmiddlewaretoken" value="[^"]*"'),
    re.compile(r'X-CSRFToken&quot;: &quot;[^&]*&quot;|"X-CSRFToken": "[^"]*"'),
    re.compile(r'name="nonce" value="[^"]*"'),
    re.compile(r'<time [^>]*title="[^"]*"'),
    re.compile(r"\d+ (?:second|minute)s? ago|in \d+ (?:second|minute)s?\b(?! ago)"),
    re.compile(r"\bnow(?=<)"),
    re.compile(r'class="live-time">\d+:\d+'),
    re.compile(r"DTSTAMP:\w+"),
)

# For each term of the search a question that some judgment, and none but a judgment, would answer otherwise.
QUESTIONS: dict[str, tuple[str, ...]] = {
    "pres": ("pres:oral", "pres:none", "-pres:oral", "pres:any"),
    "award": ("award:any", "award:best", "not award:any"),
    "proceedings": ("proceedings:yes",),
    "dec": ("dec:accept", "dec:none", "dec:any", "not dec:accept", "-dec:none", "dec:reject"),
    "is": (
        *("is:undecided", "is:unreleased", "is:released", "is:underreviewed", "is:waiting", "is:mine", "is:lettered"),
        *("-is:undecided", "-is:underreviewed", "not is:released"),
    ),
    "has": (
        *("has:review", "has:recommendation", "has:remark", "has:decision", "has:award", "has:comment"),
        *("-has:review", "-has:remark", "not has:decision"),
    ),
    "owes": ("owes:any", "owes:none", "-owes:any", "owes:files", "owes:metadata", "owes:presentation", "owes:track", "owes:copyright"),
    "overdue": ("overdue:any", "overdue:none", "-overdue:any"),
    "file": ("file:owed", "-file:owed", "file:paper-owed"),
    "rating": ("rating>9", "rating<9.75", "rating:none", "-rating>3", "rating:any", "rating=7.625"),
    "rating-min": ("rating-min<2", "-rating-min<2"),
    "rating-max": ("rating-max>9", "not rating-max>9"),
    "spread": ("spread>8", "-spread>8", "spread<8", "spread:none"),
    "confidence": ("confidence>4", "confidence:none", "-confidence:any"),
    "reviews": ("reviews>3", "reviews<3", "reviews=0", "-reviews=0", "reviews=4"),
    "recommended": ("rec:reject", "rec:none", "rec:any", "-rec:any", "rec:mixed"),
    "handled-by": ("handled-by:any", "handled-by:none", "handled-by:organizer@example.org", "-handled-by:any"),
    "conflict": ("conflict:assistant@example.org", "conflict:none", "-conflict:any", "conflict:any"),
    "differs": ("differs:any", "differs:decision", "-differs:any"),
    "letter": ("letter:any", "letter:none", "letter:sent", "-letter:any"),
    "decided-since": ("decided-since:2000-01-01", "-decided-since:2000-01-01"),
}
OPEN_TERMS = (  # what authors and everybody inside may know
    *("title", "abstract", "author", "institution", "keyword", "topic", "tldr", "number", "note", "track", "authors"),
    *("changed-since", "submitted-since"),
)
ALL_QUESTIONS = [question for several in QUESTIONS.values() for question in several] + [
    "hush",
    "Hush Review",
    "9.75",
    "(rating>9 or dec:accept)",
]
STARTS = ("", "r", "dec:", "award:", "handled-by:", "is:", "rec:", "letter:", "conflict:", "pres:")
ODD = ("rating>", "dec:hush", "handled-by:hush", "award:hush", "conflict:hush", "letter:hush")
ASKED_BY_Q = ("paper-list", "table-export", "paper-figures", "workshop-history", "agreement", "decide-many", "public-papers")
FEW_QUESTIONS = ("rating>9", "-dec:none", "has:remark", "pres:oral", "(reviews=4 or handled-by:any)")
EXPORTS = ("papers-json", "papers-csv", "papers-bibtex", "accepted-markdown", "schedule-html", "schedule-ics", "schedule-markdown")


def list_uncovered_terms() -> list[str]:
    """Return the terms of the search that no question here tries."""
    return [term.key for term in TERMS if term.key not in QUESTIONS and term.key not in OPEN_TERMS]


def walk_addresses(world: World, paper: Paper) -> Iterator[str]:
    """Yield every address; those of papers also for `paper`."""
    slug, shown = world.workshop.slug, world.arguments["paper"]
    for name in OUR_NAMES:
        if name.startswith(SETTINGS):
            continue
        arguments = world.arguments.get(name, [slug])
        with suppress(NoReverseMatch):  # test_access_matrix tells which address lacks its arguments
            yield reverse(name, args=arguments)
        if arguments[:2] == shown:
            yield reverse(name, args=[slug, paper.pk, *arguments[2:]])


def list_variations(paper: Paper) -> dict[str, list[dict[str, str]]]:
    """Return what can be asked of an address beyond opening it, by its name."""
    every = ",".join(COLUMNS)
    table = [{"columns": every, "sort": f"-{name}"} for name in ORDERS] + [{"group": group} for group in GROUPS]
    asked: dict[str, list[dict[str, str]]] = {name: [{"q": question} for question in FEW_QUESTIONS] for name in ASKED_BY_Q}
    asked["paper-list"] += [*table, *({"q": question} for question in ODD)]
    asked["table-export"] += [{"columns": every, "format": kind, "sort": "-mean"} for kind in ("csv", "json")]
    asked["workshop-history"] += [{"words": "hush"}, {"action": "hushed"}, {"field": "recommendation"}, {"paper": str(paper.number)}]
    asked["what-if"] = [{"level": level} for level in ("3", "7", "9.5")]
    decided = {"outcome": "reject", "presentation": "", "award": "", "comment": ""}
    asked["decide-preview"] = [{"by": "search", "q": question, **decided} for question in FEW_QUESTIONS]
    asked["decide-preview"] += [{"by": "selection", "paper": str(paper.pk), **decided}, {"by": "recommended"}]
    asked["decide-preview"] += [{"by": "threshold", "measure": "mean", "level": "7", "scope": "undecided", "presentation": ""}]
    asked["add-letter"] = [{"q": question} for question in FEW_QUESTIONS]
    owing = [{"q": question} for question in FEW_QUESTIONS] + [{"state": "owed"}, {"kind": "paper", "state": "received"}, {"track": "full"}]
    asked |= dict.fromkeys(("camera-ready", "board-files", "chase"), owing)
    asked["export-board"] = [{"format": "csv", **one} for one in owing]
    for name in ("search-completion", "public-search-completion"):
        asked[name] = [{"q": start} for start in STARTS]
    return asked


def ask_everything(world: World, user: User | None, paper: Paper) -> dict[str, str]:
    """Return what each address answers, by address; what an answer changes is undone.

    Variations are asked only of what opens: what is not there for somebody is not there in any variation.
    """
    slug, session = world.workshop.slug, open_session(user)
    answers = {address: ask(session, address) for address in dict.fromkeys(walk_addresses(world, paper))}
    for name, variations in list_variations(paper).items():
        base = reverse(name, args=[slug])
        if answers[base].startswith(("200", "422")):
            addresses = [f"{base}?{urlencode(variation)}" for variation in variations]
            answers |= {address: ask(session, address) for address in addresses}
    exports = [reverse("export", args=[slug, name]) for name in EXPORTS]
    return answers | {address: ask(session, address) for address in exports}


def open_session(user: User | None) -> str:
    """Sign in; return the session's key, nothing for a stranger."""
    client = Client()
    if user is not None:
        client.force_login(user)
    return client.cookies["sessionid"].value if user is not None else ""


def ask(session: str, address: str) -> str:
    """Return what an address answers, by POST where it takes nothing else, without what differs every time."""
    with transaction.atomic():
        client = Client(raise_request_exception=False)
        if session:
            client.cookies["sessionid"] = session
        response: Any = client.get(address)
        if response.status_code == 405:
            response = client.post(address)
        if response.streaming:
            response = HttpResponse(response.getvalue(), status=response.status_code, headers=response.headers)
        transaction.set_rollback(True)
    text = response.content.decode(errors="replace")
    for passing in PASSING:
        text = passing.sub("…", text)
    made = re.sub(r"(?<=/)[0-9]+(?=/$)", lambda key: key[0] if f"/{key[0]}/" in address else "…", response.headers.get("Location", ""))
    return f"{response.status_code} {made}\n{text}"  # the key of what was made and undone grows where sequences do not roll back
