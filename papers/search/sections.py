"""Finds words inside the parts of a paper's search text."""

from typing import Any

from django.db.models import F, Lookup, Q

from papers.search.asked import Asked, Known
from papers.search.mistakes import SearchMistake
from papers.search.nodes import Words
from papers.texts import SECTION_ENDS, fold_text

LONGEST_PATTERN = 8_000  # bytes; SQLite refuses patterns over 50,000
TITLE, ABSTRACT, KEYWORDS, AUTHORS, INSTITUTIONS, SUMMARY = SECTION_ENDS


class Like(Lookup[bool]):
    """The pattern of SQL's LIKE as it stands, wildcards included."""

    lookup_name = "like"
    prepare_rhs = False

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[str | int, ...]]:
        """Return the comparison with a backslash as the escape."""
        left, left_parameters = self.process_lhs(compiler, connection)
        return f"{left} LIKE %s ESCAPE '\\'", (*left_parameters, self.rhs)


def find_words(known: Known, text: str, words: Words) -> Q:
    """Return the condition that a paper's text has all of `words` in this order, as far as the eyes of who asks may read it."""
    wanted = _prepare(words.text, text, words.start, words.end)
    if not wanted:
        return Q()
    if known.sight.is_inside:
        return Q(search_text__contains=fold_text(words.text))
    if known.workshop.names_hidden_authors:
        return _like(f"%{wanted}%{INSTITUTIONS}%")
    return _like(f"%{wanted}%{KEYWORDS}%") | (_like(f"%{wanted}%{INSTITUTIONS}%") & Q(has_hidden_authors=False))


def find_in(asked: Asked, before: str, after: str) -> Q:
    """Return the condition that the value stands between the marks `before` and `after`."""
    wanted = _prepare(asked.value.text, asked.text, asked.value.start, asked.value.end)
    if not wanted:
        raise asked.blame(f"“{asked.value.text}” has nothing to look for.")
    return _like(f"%{before}%{wanted}%{after}%" if before and after else f"%{wanted}%{after}%" if after else f"%{before}%{wanted}%")


def find_title(asked: Asked) -> Q:
    """Find words in the title."""
    return find_in(asked, "", TITLE)


def find_abstract(asked: Asked) -> Q:
    """Find words in the abstract."""
    return find_in(asked, TITLE, ABSTRACT)


def find_keyword(asked: Asked) -> Q:
    """Find words in the keywords."""
    return find_in(asked, ABSTRACT, KEYWORDS)


def find_author(asked: Asked) -> Q:
    """Find an author by name."""
    return find_in(asked, KEYWORDS, AUTHORS) & names_seen(asked.known)


def find_institution(asked: Asked) -> Q:
    """Find an author's institution by name or domain."""
    return find_in(asked, AUTHORS, INSTITUTIONS) & names_seen(asked.known)


def find_tldr(asked: Asked) -> Q:
    """Find words in the one-sentence summary."""
    return find_in(asked, INSTITUTIONS, SUMMARY)


def find_topic(asked: Asked) -> Q:
    """Find words in the keywords, or in what the submission form calls topic, subject or area."""
    keyword = find_keyword(asked)
    return keyword | find_in(asked, SUMMARY, "") if asked.sight.is_inside else keyword


def mention_keyword(known: Known, typed: str) -> Q:
    """Return the condition that a keyword of a paper has the folded letters."""
    return _like(f"%{ABSTRACT}%{_escape(typed)}%{KEYWORDS}%")


def mention_author(known: Known, typed: str) -> Q:
    """Return the condition that an author who may be named has the folded letters in the name."""
    return _like(f"%{KEYWORDS}%{_escape(typed)}%{AUTHORS}%") & names_seen(known)


def mention_institution(known: Known, typed: str) -> Q:
    """Return the condition that an institution of an author who may be named has the folded letters."""
    return _like(f"%{AUTHORS}%{_escape(typed)}%{INSTITUTIONS}%") & names_seen(known)


def names_seen(known: Known) -> Q:
    """Return the condition under which the authors of a paper may be asked about."""
    is_open = known.sight.is_inside or known.workshop.names_hidden_authors
    return Q() if is_open else Q(has_hidden_authors=False)


def _like(pattern: str) -> Q:
    return Q(Like(F("search_text"), pattern))


def _prepare(wanted: str, text: str, start: int, end: int) -> str:
    folded = fold_text(wanted)
    if len(folded.encode("utf-8", "replace")) > LONGEST_PATTERN:
        raise SearchMistake("These words are too long to be looked for in one piece.", text=text, start=start, end=end)
    return _escape(folded)


def _escape(folded: str) -> str:
    return folded[:LONGEST_PATTERN].replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
