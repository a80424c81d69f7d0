"""Checks title, authors, abstract of the first page against what is registered."""

import re
from collections.abc import Sequence

from papers.pdf_checks.document import Document
from papers.pdf_checks.findings import Box, Finding
from papers.pdf_checks.layout import Line, join_boxes
from papers.pdf_checks.names import OTHER_PAPER, find_names, fold_both, fold_letters, is_same_title, rate_title
from papers.pdf_checks.remedies import make_finding, shorten

INSTITUTION = re.compile(
    r"univ|institut|college|school|laborator|\blabs?\b|research|department|dept|faculty|center|centre|academy|hospital|inc\b|ltd\b|llc\b|gmbh|corp"
    r"|polytech|technolog|foundation|google|deepmind|microsoft|meta\b|nvidia|amazon|adobe|apple|ibm\b|intel\b|group\b|team\b|science|physic|environment|eth\b|epfl|mit\b"
    r"|equal|contribut|correspond|project|https?:|www\.|workshop|conference|usa\b|china\b|germany\b|france\b|japan\b|korea\b|italy\b|canada\b|kingdom",
    re.IGNORECASE,
)
PERSON = re.compile(r"[^\W\d_][\w.'\u2019\-]*(?:\s+[^\W\d_][\w.'\u2019\-]*){1,3}")
MARKS = re.compile(r"[\d*\u2020\u2021\u00a7\u00b6,;]+|\(.*?\)")
SKIPPED_FOR = frozenset({"anonymous_authors", "placeholder_authors", "rebuttal_document", "missing_authors"})


def check_front(document: Document, title: str, authors: Sequence[str], earlier: Sequence[Finding]) -> list[Finding]:
    """Find a missing abstract, missing authors, another title, other authors; `earlier` are the marks of review found."""
    findings = [] if document.abstract else [make_finding(document.rules, "missing_abstract", page=1)]
    found_codes = {finding.code for finding in earlier}
    if not (found_codes & SKIPPED_FOR) and not any(fold_letters(line.text) for line in document.author_lines):
        findings.append(make_finding(document.rules, "missing_authors", page=1))
        found_codes.add("missing_authors")
    if title.strip() and "rebuttal_document" not in found_codes:
        findings += _check_title(document, title)
    if authors and not found_codes & SKIPPED_FOR:
        findings += _check_authors(document, authors)
    return findings


def _check_title(document: Document, title: str) -> list[Finding]:
    block = " ".join(line.text for line in document.title_block)
    if is_same_title(title, document.title, block):
        return []
    guess = "; it looks like another paper" if rate_title(title, document.title) < OTHER_PAPER else ""
    found = shorten(document.title, 160)
    return [
        make_finding(document.rules, "title_mismatch", page=1, box=_box(document.title_lines), found=found, declared=title, guess=guess)
    ]


def _check_authors(document: Document, authors: Sequence[str]) -> list[Finding]:
    texts = [line.text for line in document.author_lines]
    places = find_names(authors, texts)
    missing = [name for name, place in zip(authors, places, strict=True) if place is None]
    extra = _list_extra(document, authors)
    said = []
    if missing:
        said.append(f"not in the file: {', '.join(missing)}")
    if extra:
        said.append(f"not registered: {', '.join(extra)}")
    present = [(place, name) for name, place in zip(authors, places, strict=True) if place is not None]
    if present != sorted(present, key=lambda item: item[0]):
        order = ", ".join(name for _, name in sorted(present, key=lambda item: item[0]))
        said.append(f"the file's order is {order}")
    if not said:
        return []
    return [make_finding(document.rules, "author_mismatch", page=1, box=_box(document.author_lines[:3]), what="; ".join(said))]


def _list_extra(document: Document, authors: Sequence[str]) -> list[str]:
    """List persons who stand in a line with registered authors, in the same letters, without being one."""
    known = {fold_letters(name) for name in authors}
    extra: list[str] = []
    lines = document.author_lines
    for line in lines:
        neighbors = [other for other in lines if abs(other.box[3] - line.box[3]) < 4 and abs(other.size - line.size) < 0.3]
        if not any(name in fold_letters(other.text) for other in neighbors for name in known):
            continue
        for part in _split_people(line):
            people = _list_unknown_runs(part, authors) if _is_known(part, authors) else [part]
            extra += [person for person in people if PERSON.fullmatch(person) and not INSTITUTION.search(person)]
    return extra


def _list_unknown_runs(part: str, authors: Sequence[str]) -> list[str]:
    """List the runs of two and more words, none of which belongs to a registered name: persons between others without commas."""
    known = {folded for name in authors for word in name.split() for folded in fold_both(word)}
    runs: list[list[str]] = [[]]
    for word in part.split():
        if fold_both(word) & known or len(word.strip(".")) < 2 or not word[0].isupper():
            runs.append([])
        else:
            runs[-1].append(word)
    whole = [folded for name in authors for folded in fold_both(name)]
    named = [" ".join(run) for run in runs if len(run) >= 2]
    return [name for name in named if not any(folded in other for folded in fold_both(name) for other in whole)]


def _split_people(line: Line) -> list[str]:
    """Return the persons of a line of the author block; lines that hold something else give none."""
    if "@" in line.text or INSTITUTION.search(line.text):
        return []
    main = [word.text for word in line.words if word.size > 0.8 * line.size]
    parts = re.split(r"\s*[,;&]\s*|\s+and\s+|\s+AND\s+", " ".join(main))
    cleaned = [" ".join(MARKS.sub(" ", part).split()) for part in parts]
    return [part for part in cleaned if part and all(word[0].isupper() for word in part.split() if len(word) > 3)]


def _is_known(person: str, authors: Sequence[str]) -> bool:
    return any(place is not None for name in authors for place in find_names([name], [person])) or fold_letters(person) in "".join(
        fold_letters(name) for name in authors
    )


def _box(lines: Sequence[Line]) -> Box | None:
    return join_boxes(line.box for line in lines) if lines else None
