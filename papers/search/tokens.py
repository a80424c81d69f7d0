"""Cuts a search into pieces with their places."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from papers.search.mistakes import SearchMistake
from papers.search.nodes import (
    ADDRESS,
    BREAKS,
    COMPARISONS,
    CONNECTIVES,
    KEYED,
    NUMBER,
    NUMBERS,
    QUOTES,
    UNSEEN,
    Numbers,
    Term,
    Value,
    Words,
)

BLANK = re.compile(rf"[\s,;{UNSEEN}]+")
QUOTE = re.compile(f"[{QUOTES}]")
WORD = re.compile(rf"[^{BREAKS}]+")
VALUE = re.compile(rf"[^{BREAKS},]+")
UNSEEN_MARKS = re.compile(f"[{UNSEEN}]")
DASHES = frozenset("-–—−")
MINUS = re.compile(r"[-−–](?=[^\s])")
RANGE = re.compile(NUMBER)
SPACES = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Sign:
    """A parenthesis or a connective; `kind` is one of ( ) and or not."""

    kind: str
    start: int
    end: int


Piece = Sign | Words | Numbers | Term


def cut_search(text: str) -> Iterator[Piece]:
    """Yield the pieces of `text` in order; raises SearchMistake for a quote without its end and for a range backwards."""
    place = 0
    while place < len(text):
        if blank := BLANK.match(text, place):
            place = blank.end()
            continue
        piece, place = _cut_piece(text, place)
        if piece is not None:
            yield piece


def _cut_piece(text: str, place: int) -> tuple[Piece | None, int]:
    character = text[place]
    if character in "(（":
        return Sign("(", place, place + 1), place + 1
    if character in ")）":
        return Sign(")", place, place + 1), place + 1
    if character in QUOTES:
        inside, end = _read_quoted(text, place)
        return (Words(inside, place, end) if inside else None), end
    if character == "!" or MINUS.match(text, place):
        return Sign("not", place, place + 1), place + 1
    if numbers := NUMBERS.match(text, place):
        return _read_numbers(text, place, numbers.end()), numbers.end()
    word = WORD.match(text, place)
    end = word.end() if word else place + 1
    if address := ADDRESS.fullmatch(text, place, end):
        return Term("note", ":", (Value(address[1], place, end),), place, place, end), end
    if keyed := KEYED.match(text, place):
        return _read_term(text, keyed)
    return _read_word(text, place, end), end


def _read_word(text: str, start: int, end: int) -> Piece | None:
    word = clean(text[start:end]).strip(",;")
    if not word or all(character in DASHES for character in word):
        return None
    if word.casefold() in CONNECTIVES:
        return Sign(word.casefold(), start, end)
    return Words(word, start, end)


def _read_numbers(text: str, start: int, end: int) -> Numbers:
    ranges = []
    for found in RANGE.finditer(text, start, end):
        ends = [int(digits) for digits in re.findall("[0-9]+", found[0])]
        if ends[0] > ends[-1]:
            better = f"{text[: found.start()]}#{ends[1]}-{ends[0]}{text[found.end() :]}"
            raise SearchMistake(
                f"The range {found[0]} runs backwards; did you mean #{ends[1]}-{ends[0]}?",
                text=text,
                start=found.start(),
                end=found.end(),
                suggestion=better,
            )
        ranges.append((ends[0], ends[-1]))
    return Numbers(tuple(ranges), start, end)


def _read_term(text: str, keyed: re.Match[str]) -> tuple[Term, int]:
    operator = keyed[2].removeprefix(":") if len(keyed[2]) > 1 else keyed[2]
    values, place = [], keyed.end()
    while place < len(text):
        start = place
        if text[place] in QUOTES:
            inside, place = _read_quoted(text, place)
        elif bare := VALUE.match(text, place):
            inside, place = clean(bare[0]), bare.end()
        elif text[place] == ",":
            inside = ""
        else:
            break
        if inside:
            values.append(Value(inside, start, place))
        if text[place : place + 1] != ",":
            break
        place += 1
    key = keyed[1].lower().replace("_", "-")
    return Term(key, COMPARISONS[operator], tuple(values), keyed.start(), keyed.end(1), place), place


def _read_quoted(text: str, start: int) -> tuple[str, int]:
    closing = QUOTE.search(text, start + 1)
    if closing is None:
        raise SearchMistake("A quotation opens here without an end.", text=text, start=start, end=len(text), suggestion=f'{text.rstrip()}"')
    return clean(text[start + 1 : closing.start()]), closing.end()


def clean(text: str) -> str:
    """Return `text` composed, on one line, without what nobody sees."""
    if text.isascii() and text.isprintable() and "  " not in text:
        return text.strip()
    return SPACES.sub(" ", unicodedata.normalize("NFC", UNSEEN_MARKS.sub("", SPACES.sub(" ", text)))).strip()
