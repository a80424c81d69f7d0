"""Holds a paper's metadata here, in its PDF, in OpenReview against one another: only what really differs."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from papers.models import Paper
from papers.pdf_checks.names import TEX_COMMAND, find_names, fold_letters, fold_title, is_same_title

LABELS = {"title": "Title", "authors": "Authors", "affiliations": "Affiliations", "abstract": "Abstract", "keywords": "Keywords"}
SAME_ABSTRACT = 0.9  # of the words, so that formulas and broken words do no harm
SHORTEST_ABSTRACT = 40  # letters; less is no abstract that could be compared
LONGEST_SHOWN = 600
# Words of institutions that many share; accents are folded away.
NOT_TELLING = frozenset(
    {"and", "center", "college", "de", "for", "institut", "institute", "of", "research", "school", "the"}
    | {"universidad", "universita", "universitat", "universite", "university", "technology", "science", "sciences", "national"}
)
PRINT = "Print what stands here and hand the file in anew"


@dataclass(frozen=True, slots=True)
class Sides:
    """One field as it stands here, as it is printed, as OpenReview had it at the last import; None where a side is not known.

    `note` says what of it differs where that is not seen at a glance.
    """

    field: str
    ours: str
    printed: str | None
    upstream: str | None
    is_printed_other: bool
    is_upstream_other: bool
    note: str = ""

    @property
    def label(self) -> str:
        """Return what people call the field."""
        return LABELS[self.field]

    @property
    def remedy(self) -> str:
        """Say what to do about it."""
        if self.is_printed_other and self.is_upstream_other:
            return f"Decide which is right. {PRINT}, or correct it here; then correct OpenReview."
        if self.is_printed_other:
            rest = ", or correct it here as the file has it" if self.upstream is None else "; OpenReview says the same as this page"
            return f"{PRINT}{rest}."
        if self.printed is not None:
            return "The file prints what stands here. Correct OpenReview if its page is to agree."
        return "What stands here counts. Correct it here, or correct OpenReview."


def compare_sides(paper: Paper, facts: Mapping[str, Any] | None = None) -> list[Sides]:
    """Return the fields on which a side differs from what stands here, as tolerant as the checks of the PDF are.

    `facts` are what the checks found in the paper's current PDF; None where there is none that could be read.
    """
    authors = [{"name": author.name, "institutions": author.institutions} for author in paper.authors.all()]
    theirs = paper.imported
    printed = facts if facts and facts.get("title") else {}
    looks = (
        _compare_titles(paper.title, printed, theirs.get("title")),
        _compare_authors(authors, printed, theirs.get("authors")),
        _compare_affiliations(authors, printed, theirs.get("authors")),
        _compare_abstracts(paper.abstract, printed, theirs.get("abstract")),
        _compare_keywords(paper.keywords, theirs.get("keywords")),
    )
    return [sides for sides in looks if sides.is_printed_other or sides.is_upstream_other]


def _compare_titles(ours: str, facts: Mapping[str, Any], upstream: str | None) -> Sides:
    printed = str(facts.get("title") or "") or None
    block = " ".join([printed or "", *facts.get("author_lines", ())])
    return Sides(
        "title",
        ours,
        printed,
        upstream,
        is_printed_other=printed is not None and not is_same_title(ours, printed, block),
        is_upstream_other=upstream is not None and fold_title(upstream) != fold_title(ours),
    )


def _compare_authors(ours: list[dict[str, Any]], facts: Mapping[str, Any], upstream: list[dict[str, Any]] | None) -> Sides:
    names = [str(person["name"]) for person in ours]
    theirs = [str(person.get("name") or "") for person in upstream] if upstream is not None else None
    lines = [str(line) for line in facts.get("author_lines", ())]
    places = find_names(names, lines) if lines else []
    missing = [name for name, place in zip(names, places, strict=False) if place is None]
    found = [place for place in places if place is not None]
    notes = [f"Not in the file: {', '.join(missing)}."] if missing else []
    notes += ["The file has another order."] if found != sorted(found) else []
    is_other = theirs is not None and [fold_title(name) for name in theirs] != [fold_title(name) for name in names]
    if is_other and theirs is not None:
        notes += _tell_persons(names, theirs)
    return Sides(
        "authors",
        ", ".join(names),
        _shorten(" · ".join(lines)) if lines else None,
        ", ".join(theirs) if theirs is not None else None,
        is_printed_other=bool(missing) or found != sorted(found),
        is_upstream_other=is_other,
        note=" ".join(notes),
    )


def _tell_persons(ours: Sequence[str], theirs: Sequence[str]) -> list[str]:
    here, there = {fold_title(name) for name in ours}, {fold_title(name) for name in theirs}
    absent = [name for name in ours if fold_title(name) not in there]
    more = [name for name in theirs if fold_title(name) not in here]
    if not absent and not more:
        return ["OpenReview has another order."]
    told = [f"Not in OpenReview: {', '.join(absent)}."] if absent else []
    return told + ([f"Only in OpenReview: {', '.join(more)}."] if more else [])


def _compare_affiliations(ours: list[dict[str, Any]], facts: Mapping[str, Any], upstream: list[dict[str, Any]] | None) -> Sides:
    here = {fold_title(str(person["name"])): _list_places(person) for person in ours}
    there = {fold_title(str(person.get("name") or "")): _list_places(person) for person in upstream or ()}
    shared = [(name, places, there[name]) for name, places in here.items() if there.get(name)]
    is_other = any({fold_letters(place) for place in places} != {fold_letters(place) for place in theirs} for _, places, theirs in shared)
    lines = [str(line) for line in facts.get("author_lines", ())]
    known = list(dict.fromkeys(place for places in here.values() for place in places))
    unseen = [place for place in known if not _is_printed(place, lines)]
    is_readable = bool(lines) and len(unseen) < len(known)  # where none is found, the block names them otherwise
    return Sides(
        "affiliations",
        _tell_places(ours),
        _shorten(" · ".join(lines)) if is_readable else None,
        _tell_places(upstream or ()) if shared else None,
        is_printed_other=is_readable and bool(unseen),
        is_upstream_other=is_other,
        note=f"Not in the file: {', '.join(unseen)}." if is_readable and unseen else "",
    )


def _list_places(person: Mapping[str, Any]) -> list[str]:
    return [str(place["name"]) for place in person.get("institutions") or () if place.get("name")]


def _tell_places(people: Sequence[Mapping[str, Any]]) -> str:
    return "; ".join(f"{person.get('name')}: {', '.join(_list_places(person)) or 'none'}" for person in people)


def _is_printed(place: str, lines: Sequence[str]) -> bool:
    """Tell whether an institution stands in an author block: by name, by a word that tells it apart, by initials of either."""
    block = " ".join(lines)
    folded = fold_letters(block)
    if fold_letters(place) in folded:
        return True
    words = [word for part in re.split(r"[^\w]+", place) if (word := fold_letters(part)) and word not in NOT_TELLING]
    if any(len(word) > 3 and word in folded for word in words):
        return True
    initials = "".join(letter for letter in place if letter.isupper())
    if len(initials) >= 2 and re.search(rf"\b{re.escape(initials)}\b", block):
        return True
    return place.isupper() and any(place in "".join(letter for letter in line if letter.isupper()) for line in lines)


def _compare_abstracts(ours: str, facts: Mapping[str, Any], upstream: str | None) -> Sides:
    printed = str(facts.get("abstract") or "")
    is_known = min(len(fold_letters(printed)), len(fold_title(ours))) >= SHORTEST_ABSTRACT
    return Sides(
        "abstract",
        _shorten(ours),
        _shorten(printed) if is_known else None,
        _shorten(upstream) if upstream is not None else None,
        is_printed_other=is_known and not _is_same_abstract(ours, printed),
        is_upstream_other=upstream is not None and fold_title(upstream) != fold_title(ours),
    )


def _is_same_abstract(ours: str, printed: str) -> bool:
    wanted, found = _list_words(TEX_COMMAND.sub(" ", ours)), _list_words(printed)
    if "".join(wanted) in "".join(found):
        return True
    # What follows the abstract without a heading is not held against it.
    return SequenceMatcher(None, wanted, found[: len(wanted) + len(wanted) // 10], autojunk=False).ratio() >= SAME_ABSTRACT


def _list_words(text: str) -> list[str]:
    return [folded for part in re.split(r"[\s\-\u2010-\u2015/]+", text) if (folded := fold_letters(part))]


def _compare_keywords(ours: list[str], upstream: list[str] | None) -> Sides:
    is_other = upstream is not None and [fold_title(str(one)) for one in upstream] != [fold_title(str(one)) for one in ours]
    told = ", ".join(str(one) for one in upstream) if upstream is not None else None
    return Sides("keywords", ", ".join(str(one) for one in ours), None, told, is_printed_other=False, is_upstream_other=is_other)


def _shorten(text: str) -> str:
    return text if len(text) <= LONGEST_SHOWN else f"{text[:LONGEST_SHOWN].rsplit(' ', 1)[0]} …"
