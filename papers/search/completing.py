"""Says how a search could go on where the caret stands."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from django.db.models import QuerySet

from papers.models import Author
from papers.querysets import PaperQuerySet
from papers.search.asked import Known, Suggested
from papers.search.language import LONGEST
from papers.search.nodes import BREAKS, KEYED, QUOTES, write_value
from papers.search.sections import mention_author, mention_institution, mention_keyword
from papers.search.terms import BY_NAME, SearchTerm, list_terms
from papers.sight import Sight
from papers.texts import fold_text

MOST = 12
LOOKED_AT = 200  # papers of which words are offered, so that a letter typed costs the same in a large workshop
WORD = re.compile(rf"[^{BREAKS}]*")
NEAR = 200  # characters before a quotation in which its key is looked for
KEY_BEFORE_QUOTE = re.compile(r"[A-Za-z][A-Za-z0-9_-]*[:=](?:[^\s,\"]*,)*$")


@dataclass(frozen=True, slots=True)
class Completion:
    """What may stand instead of the characters from `start` to `end`."""

    text: str
    start: int
    end: int
    label: str
    help: str


def complete_search(sight: Sight, text: str, caret: int) -> list[Completion]:
    """Return at most 12 ways on, the likeliest first; nothing of what `sight` does not reach."""
    text = text[:LONGEST]
    caret = min(max(caret, 0), len(text))
    known = Known(sight)
    return list(islice(_complete(known, text, caret), MOST))


def _complete(known: Known, text: str, caret: int) -> Iterator[Completion]:
    start, end, quote = _find_word(text, caret)
    typed = text[start:caret]
    keyed = KEYED.match(typed.lstrip("-!"))
    if keyed:
        start += len(typed) - len(typed.lstrip("-!"))
        term = _find_key(known, keyed[1])
        if term is not None:
            yield from _complete_value(known, term, text, start + keyed.end(), caret, end)
        return
    if quote:
        return
    start += len(typed) - len(typed.lstrip("-!"))
    yield from _complete_key(known, fold_text(text[start:caret]), start, end)


def _find_word(text: str, caret: int) -> tuple[int, int, bool]:
    """Return where the piece around the caret starts and ends, and whether it stands in quotes."""
    opened = [place for place in range(caret) if text[place] in QUOTES]
    if len(opened) % 2:
        closing = next((place for place in range(caret, len(text)) if text[place] in QUOTES), None)
        key = KEY_BEFORE_QUOTE.search(text, max(0, opened[-1] - NEAR), opened[-1])
        return (key.start() if key else opened[-1]), (caret if closing is None else closing + 1), True
    before, after = WORD.match(text[:caret][::-1]), WORD.match(text, caret)
    assert before is not None and after is not None  # both match nothing, too
    return caret - before.end(), after.end(), False


def _find_key(known: Known, name: str) -> SearchTerm | None:
    term = BY_NAME.get(name.lower().replace("_", "-"))
    return term if term and (term.is_public or known.sight.is_inside) else None


def _complete_key(known: Known, typed: str, start: int, end: int) -> Iterator[Completion]:
    terms = list_terms(is_inside=known.sight.is_inside)
    for term in terms:
        if any(name.startswith(typed) for name in (term.key, *term.aliases)):
            sign = ">=" if term.compares else ":"
            yield Completion(f"{term.key}{sign}", start, end, f"{term.key}{sign}", term.help)
    if len(typed) < 2:
        return
    for term in terms:
        if term.offers_early:
            for item in _sift(term.offer(known), typed):
                yield _offer(f"{term.key}:{write_value(item.text)}", item, start, end, term)


def _complete_value(known: Known, term: SearchTerm, text: str, start: int, caret: int, end: int) -> Iterator[Completion]:
    """Offer values for what stands after the last comma."""
    comma = text.rfind(",", start, caret)
    begin = comma + 1 if comma >= 0 and text.count('"', start, comma) % 2 == 0 else start
    typed = fold_text(text[begin:caret].strip(QUOTES))
    offered = _sift(term.offer(known), typed) if term.key not in MENTIONS else _mention(known, term, typed)
    for item in offered:
        yield _offer(write_value(item.text), item, begin, end, term)


def _sift(items: Iterable[Suggested], typed: str) -> Iterator[Suggested]:
    """Yield what starts with the typed letters, then what has a word that does."""
    held = list(items)
    first = [item for item in held if any(fold_text(word).startswith(typed) for word in (item.text, *item.words))]
    yield from first
    yield from (
        item for item in held if item not in first and any(f" {typed}" in f" {fold_text(word)}" for word in (item.text, *item.words))
    )


def _offer(text: str, item: Suggested, start: int, end: int, term: SearchTerm) -> Completion:
    return Completion(text, start, end, text, item.label or term.help)


def _mention(known: Known, term: SearchTerm, typed: str) -> Iterator[Suggested]:
    """Yield what papers in sight mention, each once, in alphabetical order."""
    if len(typed) < 2:
        return
    condition, read = MENTIONS[term.key]
    papers = known.sight.papers.filter(condition(known, typed), is_test=False).order_by("pk")[:LOOKED_AT]
    seen: dict[str, str] = {}
    for word in read(papers):
        folded = fold_text(word)
        if f" {typed}" in f" {folded}" and '"' not in word:
            seen.setdefault(folded, word)
    yield from (Suggested(seen[folded]) for folded in sorted(seen, key=lambda word: (not word.startswith(typed), word)))


def _read_keywords(papers: PaperQuerySet) -> Iterator[str]:
    for keywords in papers.values_list("keywords", flat=True):
        yield from (str(keyword) for keyword in keywords)


def _read_authors(papers: PaperQuerySet) -> Iterator[str]:
    yield from _authors_of(papers).values_list("name", flat=True)


def _read_institutions(papers: PaperQuerySet) -> Iterator[str]:
    for places in _authors_of(papers).values_list("institutions", flat=True):
        yield from (str(place.get("name") or "") for place in places)


def _authors_of(papers: PaperQuerySet) -> QuerySet[Author]:
    keys = list(papers.values_list("pk", flat=True))
    return Author.objects.filter(paper__in=keys).order_by("paper", "position")


MENTIONS = {
    "keyword": (mention_keyword, _read_keywords),
    "topic": (mention_keyword, _read_keywords),
    "author": (mention_author, _read_authors),
    "institution": (mention_institution, _read_institutions),
}
