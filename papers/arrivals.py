"""What a submission says about each field that we merge: plain values, mapped, comparable."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from papers.mappings import UNMAPPED, MappingTable
from papers.merging import UNKNOWN
from papers.models import Decision, Paper
from papers.submissions import Submission, SubmittedAuthor
from papers.texts import fold_text

MERGED_FIELDS = ("title", "abstract", "tldr", "keywords", "authors", "track", "wants_proceedings", "decision")


@dataclass(frozen=True, slots=True)
class Arrival:
    """A submission on its way in: `digest` tells whether anything changed before it is even read."""

    note_id: str
    digest: str
    read: Callable[[], Submission]
    pack: Callable[[], bytes] | None = None
    number: int | None = None


def read_upstream(submission: Submission, table: MappingTable) -> dict[str, Any]:
    """Return upstream's value of every merged field; `UNKNOWN` where it does not say or nobody explained it."""
    return {
        "title": _known(submission.title),
        "abstract": _known(submission.abstract),
        "tldr": _known(submission.tldr),
        "keywords": UNKNOWN if submission.keywords is None else list(submission.keywords),
        "authors": UNKNOWN if submission.authors is None else [describe_author(author) for author in submission.authors],
        "track": _read_target("track", submission, table),
        "wants_proceedings": _read_target("proceedings", submission, table),
        "decision": _read_decision(submission, table),
    }


def read_local(paper: Paper) -> dict[str, Any]:
    """Return what we hold of every merged field, in the same form."""
    decision = getattr(paper, "decision", None)
    return {
        "title": paper.title,
        "abstract": paper.abstract,
        "tldr": paper.tldr,
        "keywords": paper.keywords,
        "authors": [
            describe_author(SubmittedAuthor(author.name, author.profile_id, author.email, tuple(author.institutions)))
            for author in paper.authors.all()
        ],
        "track": paper.track.slug if paper.track else None,
        "wants_proceedings": paper.wants_proceedings,
        "decision": describe_outcome(decision),
    }


def describe_author(author: SubmittedAuthor) -> dict[str, Any]:
    """Return an author as plain JSON; empty parts are left out."""
    described: dict[str, Any] = {"name": author.name}
    if author.profile_id:
        described["profile_id"] = author.profile_id
    if author.email:
        described["email"] = author.email
    if author.institutions:
        described["institutions"] = list(author.institutions)
    return described


def describe_outcome(decision: Decision | None) -> dict[str, Any] | None:
    """Return a decision as imports compare it: outcome with presentation."""
    if decision is None:
        return None
    return {"outcome": decision.outcome, "presentation": decision.presentation.slug if decision.presentation else None}


def fold_for_search(title: str, abstract: str, names: list[str], number: int | None) -> str:
    """Return the text in which the paper list searches."""
    return fold_text(" ".join([title, *names, "" if number is None else str(number), abstract]))


def _known(value: str | None) -> Any:
    return UNKNOWN if value is None else value


def _read_target(target: str, submission: Submission, table: MappingTable) -> Any:
    if target in submission.stated:
        return submission.stated[target]
    meaning = table.find_meaning(target, submission)
    return UNKNOWN if meaning is UNMAPPED or meaning is None else meaning


def _read_decision(submission: Submission, table: MappingTable) -> Any:
    if "decision" in submission.stated:
        stated = submission.stated["decision"]
        return UNKNOWN if stated is None else stated
    meaning = table.find_meaning("decision", submission)
    if not isinstance(meaning, dict):
        return UNKNOWN
    outcome = {"outcome": meaning["outcome"], "presentation": meaning.get("presentation")}
    presentation = table.find_meaning("presentation", submission)
    if outcome["outcome"] == "accept" and isinstance(presentation, str):
        outcome["presentation"] = presentation
    said_by_venue = submission.is_accepted_by_venue
    if said_by_venue is not None and said_by_venue != (outcome["outcome"] == "accept"):
        outcome["venueid_says"] = "accept" if said_by_venue else "reject"
    return outcome
