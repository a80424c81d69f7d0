"""What a submission says about each field that we merge: plain values, mapped, comparable."""

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import zip_longest
from typing import Any

from papers.mappings import UNMAPPED, MappingTable
from papers.merging import UNKNOWN
from papers.models import Decision, Paper
from papers.submissions import Submission, SubmittedAuthor
from papers.texts import SECTION_ENDS, fold_text

MERGED_FIELDS = ("title", "abstract", "tldr", "keywords", "authors", "track", "wants_proceedings", "decision")
MAPPED_FIELDS = ("track", "wants_proceedings", "decision")

Values = dict[str, Any]

# Fields of a submission form in which venues ask for a topic.
TOPIC_FIELD = re.compile("topic|subject|(?:^|_)areas?(?:$|_)|categor", re.IGNORECASE)


def read_upstream(submission: Submission, table: MappingTable) -> Values:
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


def read_local(paper: Paper) -> Values:
    """Return what we hold of every merged field, in the same form."""
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
        "decision": describe_outcome(getattr(paper, "decision", None)),
    }


def find_dispute(submission: Submission, outcome: Values | None) -> str:
    """Return what the venueid says, accept or reject, where it contradicts `outcome`; nothing where it agrees or is silent.

    Upstream sets the venueid at the release and never takes it back by itself (openreview.md 0.5).
    """
    said = submission.is_accepted_by_venue
    if said is None or (outcome is not None and said == (outcome["outcome"] == Decision.Outcome.ACCEPT)):
        return ""
    return Decision.Outcome.ACCEPT.value if said else Decision.Outcome.REJECT.value


def describe_author(author: SubmittedAuthor) -> Values:
    """Return an author as plain JSON; empty parts are left out."""
    described: Values = {"name": author.name}
    if author.profile_id:
        described["profile_id"] = author.profile_id
    if author.email:
        described["email"] = author.email
    if author.institutions:
        described["institutions"] = list(author.institutions)
    return described


def describe_outcome(decision: Decision | None) -> Values | None:
    """Return a decision as imports compare it: outcome with presentation."""
    if decision is None:
        return None
    return {"outcome": decision.outcome, "presentation": decision.presentation.slug if decision.presentation else None}


def fold_for_search(
    title: str, abstract: str, *, tldr: str, keywords: Iterable[Any], authors: Iterable[Values], extras: Mapping[str, Any]
) -> str:
    """Return the text in which searches look: title, abstract, keywords, authors, institutions, summary, topics, in this order.

    `SECTION_ENDS` stand between the parts, so that a search can ask for one of them.
    """
    names: list[str] = []
    places: list[str] = []
    for author in authors:
        names.append(str(author["name"]))
        places.extend(f"{place.get('name') or ''} {place.get('domain') or ''}" for place in author.get("institutions", ()))
    parts = (title, abstract, _join(keywords), _join(names), _join(dict.fromkeys(places)), tldr, _join(list_said_topics(extras)))
    return "".join(part for pair in zip_longest(map(fold_text, parts), SECTION_ENDS, fillvalue="") for part in pair)


def list_said_topics(extras: Mapping[str, Any]) -> Iterator[str]:
    """Yield what a submission form's fields of topic, subject, area say."""
    return _flatten(value for name, value in extras.items() if TOPIC_FIELD.search(name))


def put_search_text(paper: Paper, authors: Iterable[Values]) -> None:
    """Set the search text of a paper with these authors; the caller saves it."""
    extras = {**paper.extras, "topic chosen": paper.topic} if paper.topic else paper.extras
    paper.search_text = fold_for_search(
        paper.title, paper.abstract, tldr=paper.tldr, keywords=paper.keywords, authors=authors, extras=extras
    )


def _join(texts: Iterable[Any]) -> str:
    return "; ".join(str(text) for text in texts)


def _flatten(values: Iterable[Any]) -> Iterator[str]:
    for value in values:
        if isinstance(value, dict):
            yield from _flatten([value.get("value")])
        elif isinstance(value, list):
            yield from _flatten(value)
        elif isinstance(value, str):
            yield value


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
    if meaning is None and submission.is_accepted_by_venue is not None:
        # Bulk edits and invited papers have no decision reply; the venueid alone tells (openreview.md 4.18).
        meaning = {"outcome": "accept" if submission.is_accepted_by_venue else "reject"}
    if not isinstance(meaning, dict):
        return UNKNOWN
    outcome = {"outcome": meaning["outcome"], "presentation": meaning.get("presentation")}
    presentation = table.find_meaning("presentation", submission)
    if outcome["outcome"] == Decision.Outcome.ACCEPT and isinstance(presentation, str):
        outcome["presentation"] = presentation
    return outcome
