"""Turns a search into one queryset."""

import difflib
from collections.abc import Iterable
from functools import reduce
from operator import and_, or_

from django.db.models import Count, Q

from papers.querysets import PaperQuerySet
from papers.search.asked import Asked, Known
from papers.search.language import parse_search
from papers.search.mistakes import SearchMistake
from papers.search.nodes import And, Node, Not, Numbers, Or, Term, Words
from papers.search.sections import find_words
from papers.search.terms import BY_NAME, SearchTerm
from papers.sight import Sight

MOST_RANGES = 200


def search_papers(sight: Sight, text: str) -> PaperQuerySet:
    """Return the papers that `text` asks for, as far as `sight` reaches, test submissions only when asked for; in no order.

    A paper whose judgments are hidden looks unjudged under every term, and under its negation. Raises SearchMistake
    for what is no search.
    """
    tree = parse_search(text)
    condition = _Asking(Known(sight), text).find(tree)
    papers = sight.papers if asks_for_tests(tree) else sight.papers.filter(is_test=False)
    return papers.filter(condition).order_by()


def count_found(sight: Sight, texts: Iterable[str]) -> list[int]:
    """Return how many papers each of these searches finds, all counted in one query; none of them may ask for test submissions."""
    known = Known(sight)
    conditions = [_Asking(known, text).find(parse_search(text)) for text in texts]
    counts = {f"search_{place}": Count("pk", filter=condition or None) for place, condition in enumerate(conditions)}
    return list(sight.papers.filter(is_test=False).order_by().aggregate(**counts).values())


def asks_for_tests(node: Node) -> bool:
    """Tell whether a search names test submissions."""
    match node:
        case Term(key=key, values=values):
            return key in {"is", "status"} and any(value.text.casefold() == "test" for value in values)
        case Not(part=part):
            return asks_for_tests(part)
        case And(parts=parts) | Or(parts=parts):
            return any(asks_for_tests(part) for part in parts)
        case _:
            return False


class _Asking:
    """One search on its way to a condition."""

    def __init__(self, known: Known, text: str) -> None:
        self.known = known
        self.text = text

    def find(self, node: Node) -> Q:
        match node:
            case Words():
                return find_words(self.known, self.text, node)
            case Numbers():
                return self.find_numbers(node)
            case Term():
                return self.find_term(node)
            case Not(part=part):
                return ~self.find(part)
            case And(parts=parts):
                return reduce(and_, (self.find(part) for part in parts), Q())
            case Or(parts=parts):
                return reduce(or_, (self.find(part) for part in parts))

    def find_numbers(self, node: Numbers) -> Q:
        singles = {first for first, last in node.ranges if first == last}
        ranges = {ends for ends in node.ranges if ends[0] != ends[1]}
        if len(ranges) > MOST_RANGES:
            raise SearchMistake(f"These are more than {MOST_RANGES} ranges of numbers.", text=self.text, start=node.start, end=node.end)
        return reduce(or_, (Q(number__range=ends) for ends in sorted(ranges)), Q(number__in=singles))

    def find_term(self, term: Term) -> Q:
        known = BY_NAME.get(term.key)
        if known is None or not (known.is_public or self.known.sight.is_inside):
            return self.find_unknown(term)
        if not term.values:
            raise self.blame(f"“{self.text[term.start : term.end]}” needs a value: {known.takes}.", term)
        if term.operator != ":" and not known.compares:
            if term.operator != "!=":
                better = f"{self.text[: term.key_end]}:{self.text[term.values[0].start :]}"
                raise self.blame(f"“{term.key}” can't be compared; write {term.key}:{term.values[0].text}.", term, better)
            return ~self.find_values(known, term)
        found = self.find_values(known, term)
        return ~found if term.operator == "!=" else found

    def find_values(self, known: SearchTerm, term: Term) -> Q:
        return reduce(or_, (known.find(Asked(self.known, self.text, term, value)) for value in term.values))

    def find_unknown(self, term: Term) -> Q:
        """Take a word that ends in a colon as it stands, as in pasted titles; refuse any other unknown key."""
        names = [name for name, held in BY_NAME.items() if held.is_public or self.known.sight.is_inside]
        near = difflib.get_close_matches(term.key, names, n=1, cutoff=0.7)
        if near:
            better = f"{self.text[: term.start]}{near[0]}{self.text[term.key_end :]}"
            raise self.blame(f"There is no key “{term.key}”; did you mean “{near[0]}”?", term, better)
        written = self.text[term.start : term.end]
        if not term.values and term.operator == ":":
            return find_words(self.known, self.text, Words(written.rstrip(":"), term.start, term.end))
        better = f'{self.text[: term.start]}"{written}"{self.text[term.end :]}' if '"' not in written else ""
        raise self.blame(f"There is no key “{term.key}”; put quotes around it to look for it as text.", term, better)

    def blame(self, sentence: str, term: Term, better: str = "") -> SearchMistake:
        end = term.end if not term.values or "key" not in sentence else term.key_end
        return SearchMistake(sentence, text=self.text, start=term.start, end=end, suggestion=better)
