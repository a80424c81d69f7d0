"""Compares titles and names as printed with those registered, whatever marks, case and spacing do to them."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

PLAIN = str.maketrans(
    {"ł": "l", "ø": "o", "ı": "i", "ȷ": "j", "đ": "d", "ð": "d", "ß": "ss", "æ": "ae", "œ": "oe", "þ": "th", "ŋ": "n", "ħ": "h"}
)
SPELLED_OUT = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "å": "aa", "ø": "oe"})
SUFFIXES = frozenset({"jr", "sr", "ii", "iii", "iv", "phd"})
TEX_COMMAND = re.compile(r"\\([A-Za-z]+)\s*|[${}^_~\\]")
TEX_FUNCTION = re.compile(r"log|ln|exp|(?:arg)?(?:max|min)|sup|inf|arg|sin|cos|tan|lim|det|dim|deg|gcd|Pr")
SAME_TITLE = 0.93
OTHER_PAPER = 0.60
# Also the commas and dots of Chinese and Japanese.
SEPARATORS = re.compile(r"[\s,;&*\u2020\u2021\u00a7\u00b6\d\u3001\uff0c\uff1b\u30fb\u00b7]+")
IN_BRACKETS = re.compile(r"[(\uff08]([^()\uff08\uff09]+)[)\uff09]")
REACH = 4  # words between a given name and a surname


def fold_letters(text: str, *, is_spelled_out: bool = False) -> str:
    """Return the letters and digits of text: no case, marks, spaces, punctuation; umlauts as two letters where wanted."""
    normal = unicodedata.normalize("NFKC", text).casefold()
    if is_spelled_out:
        normal = normal.translate(SPELLED_OUT)
    spread = unicodedata.normalize("NFKD", normal).translate(PLAIN)
    return "".join(character for character in spread if unicodedata.category(character) in {"Ll", "Lo", "Nd", "Lt", "Lu"})


def fold_both(text: str) -> set[str]:
    """Return the letters of a name in both spellings of its umlauts."""
    return {fold_letters(text), fold_letters(text, is_spelled_out=True)}


def fold_title(title: str) -> str:
    """Return a registered title's letters with its TeX commands as what they print."""
    return fold_letters(print_tex(title))


def print_tex(title: str) -> str:
    """Return a title with what its TeX commands print: letters of the Greek, names of functions; nothing for fonts and the rest."""
    return TEX_COMMAND.sub(lambda match: _print_command(match.group(1) or ""), title)


def _print_command(name: str) -> str:
    if TEX_FUNCTION.fullmatch(name):
        return f" {name} "
    if name == "ell":
        return "\u2113"
    case = "CAPITAL" if name[:1].isupper() else "SMALL"
    try:
        return unicodedata.lookup(f"GREEK {case} LETTER {name.removeprefix('var').upper()}")
    except KeyError:
        return " "


def is_same_title(declared: str, found: str, block: str) -> bool:
    """Tell whether the registered title is printed: as such, or with differences that only spelling and math explain.

    `found` is the printed title, `block` everything above the abstract.
    """
    wanted = fold_title(declared)
    if not wanted or wanted in fold_letters(block):
        return True
    return max(rate_title(declared, found), rate_within(wanted, fold_letters(block))) >= SAME_TITLE and not has_other_word(declared, found)


def rate_title(declared: str, found: str) -> float:
    """Return how alike two titles are, from 0 to 1."""
    return SequenceMatcher(None, fold_title(declared), fold_letters(found), autojunk=False).ratio()


def rate_within(wanted: str, block: str) -> float:
    """Return how alike the title and the best stretch of the same length are."""
    matches = SequenceMatcher(None, block[:3000], wanted, autojunk=False).get_matching_blocks()
    starts = {max(0, match.a - match.b) for match in matches if match.size}
    return max((SequenceMatcher(None, block[start : start + len(wanted)], wanted, autojunk=False).ratio() for start in starts), default=0.0)


def has_other_word(declared: str, found: str) -> bool:
    """Tell whether a word of the one was replaced by another of the other."""
    before, after = _list_words(print_tex(declared)), _list_words(found)
    for tag, first, last, other_first, other_last in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag != "replace":
            continue
        old, new = "".join(before[first:last]), "".join(after[other_first:other_last])
        if min(len(old), len(new)) >= 3 and SequenceMatcher(None, old, new, autojunk=False).ratio() < 0.6:
            return True
    return False


def _list_words(text: str) -> list[str]:
    return [folded for part in re.split(r"[\s\-\u2010-\u2015:,.]+", text) if (folded := fold_letters(part))]


@dataclass(frozen=True)
class NameText:
    """The words of an author block in reading order, folded, joined; `starts` says where in `joined` each begins."""

    words: tuple[str, ...]
    joined: str
    starts: tuple[int, ...]


def make_name_text(texts: Iterable[str], *, is_spelled_out: bool) -> NameText:
    """Return the names' words of an author block; mail addresses are left out."""
    parts = (part for text in texts if "@" not in text for part in SEPARATORS.split(text))
    words = tuple(folded for part in parts if (folded := fold_letters(part, is_spelled_out=is_spelled_out)))
    starts, offset = [], 0
    for word in words:
        starts.append(offset)
        offset += len(word)
    return NameText(words, "".join(words), tuple(starts))


def find_name(name: str, text: NameText, *, is_spelled_out: bool) -> int | None:
    """Return at which word a person's name begins: as a whole in either order, else surname near the given name or its initial.

    A name that is registered in two scripts, `Xiaoming Wang (\u738b\u5c0f\u660e)`, is there when either of them is.
    """
    for written in _list_scripts(name):
        parts = [fold_letters(part, is_spelled_out=is_spelled_out) for part in written.split()]
        for whole in ("".join(parts), "".join([*parts[-1:], *parts[:-1]])):
            start = text.joined.find(whole)
            while start >= 0 and whole:
                if start in text.starts:
                    return text.starts.index(start)
                start = text.joined.find(whole, start + 1)
        place = _find_by_surname(parts, text)
        if place is not None:
            return place
    return None


def _list_scripts(name: str) -> list[str]:
    """Return a name without what stands in brackets, then that, where it is written in another script."""
    inside = [found for found in IN_BRACKETS.findall(name) if not found.isascii()]
    return [IN_BRACKETS.sub(" ", name), *inside] if inside else [name]


def _find_by_surname(parts: Sequence[str], text: NameText) -> int | None:
    named = [part for part in parts if part and part not in SUFFIXES]
    if len(named) < 2:
        return None
    given, surname = named[0], named[-1]
    for index, start in enumerate(text.starts):
        length = _measure_surname(surname, text, index) if text.joined.startswith(surname, start) else 0
        if not length:
            continue
        before = text.words[max(0, index - REACH) : index]
        near = [position for position, other in enumerate(before) if other[0] == given[0]]
        if near:
            return index - len(before) + near[-1]
        if any(other.startswith(given) for other in text.words[index + length : index + length + 1]):
            return index
    return None


def _measure_surname(surname: str, text: NameText, index: int) -> int:
    """Return how many words from `index` on make up the surname: accents drawn apart split it, marks of affiliation lengthen it."""
    made = ""
    for count, word in enumerate(text.words[index : index + 4], start=1):
        made += word
        if made == surname or (count == 1 and len(surname) >= 5 and made.startswith(surname) and len(made) <= len(surname) + 2):
            return count
    return 0


def find_names(names: Sequence[str], texts: Sequence[str]) -> list[int | None]:
    """Return for each person at which word of the author block they stand, umlauts in either spelling."""
    plain, spelled = (make_name_text(texts, is_spelled_out=choice) for choice in (False, True))
    places = []
    for name in names:
        found = [find_name(name, text, is_spelled_out=choice) for text in (plain, spelled) for choice in (False, True)]
        places.append(next((place for place in found if place is not None), None))
    return places
