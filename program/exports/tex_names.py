"""Names, keys and titles as BibTeX wants them."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable

from program.exports.escaping import TEX_SPECIALS, escape_tex, tidy_line

SUFFIXES = {"jr", "jr.", "sr", "sr.", "ii", "iii", "iv"}
ASCII_LETTERS = {"ß": "ss", "ø": "o", "Ø": "O", "æ": "ae", "Æ": "Ae", "œ": "oe", "Œ": "Oe", "ł": "l", "Ł": "L"} | {
    "đ": "d",
    "Đ": "D",
    "ð": "d",
    "þ": "th",
    "ı": "i",
}
TEX_LETTERS = {"ß": r"\ss{}", "ø": r"\o{}", "Ø": r"\O{}", "æ": r"\ae{}", "Æ": r"\AE{}", "œ": r"\oe{}", "Œ": r"\OE{}"} | {
    "ł": r"\l{}",
    "Ł": r"\L{}",
    "đ": r"\dj{}",
    "Đ": r"\DJ{}",
    "ı": r"\i{}",
    "’": "'",
    "‘": "`",
    "“": "``",
    "”": "''",
    "–": "--",
    "—": "---",
    "…": r"\ldots{}",
}
TEX_ACCENTS = dict(
    zip("\u0300\u0301\u0302\u0303\u0308\u0304\u0307\u030c\u0306\u030b\u0327\u0328\u0323\u0331\u030a", "`'^~\"=.vuHckdbr", strict=True)
)
WORD = re.compile(r"[^\W_]+")


def split_name(name: str) -> tuple[str, str, str]:
    """Return given names, family name and suffix: the last word is the family, with the small words before it.

    What stands before a comma is the family, but for `Name, Jr.`.

    A guess, because a printed name does not say where it splits; styles that print names in order make none.
    """
    family, comma, given = tidy_line(name).partition(",")
    if comma and family.strip() and given.strip(" ,") and given.strip(" ,").casefold() not in SUFFIXES:
        given, _, suffix = given.strip(" ,").partition(",")
        return given.strip(), family.strip(), suffix.strip(" ,")
    words = tidy_line(name).replace(",", " ").split()
    suffix = words.pop() if len(words) > 2 and words[-1].casefold() in SUFFIXES else ""
    at = len(words) - 1
    while at > 1 and words[at - 1].islower() and words[at - 1] != "and":
        at -= 1
    return " ".join(words[:at]), " ".join(words[at:]), suffix


def write_family_first(name: str) -> str:
    """Return a name as `Family, Given`, ready for BibTeX."""
    given, family, suffix = split_name(name)
    return ", ".join(_guard_name(part) for part in (family, suffix, given) if part)


def write_in_order(name: str) -> str:
    """Return a name exactly as printed, ready for BibTeX; a comma inside it is guarded."""
    return _guard_name(tidy_line(name).lstrip(", ")).replace(",", "{,}")


def protect_capitals(title: str) -> str:
    """Return a title for TeX in which styles can't lower what has to stay: LoRA, 3D, the N of N=0."""
    tidied = tidy_line(title)
    parts, end = [], 0
    for found in WORD.finditer(tidied):
        parts += [_escape_inside(tidied[end : found.start()]), _protect_word(found[0], is_first=found.start() == 0)]
        end = found.end()
    return "".join([*parts, _escape_inside(tidied[end:])])


def write_accents(text: str) -> str:
    """Return TeX text with Latin accents and quotation marks as TeX commands; other scripts stay."""
    return "".join(_write_letter(character) for character in text)


def fold_ascii(text: str) -> str:
    """Return the ASCII letters and digits of `text`, accents dropped."""
    spread = unicodedata.normalize("NFKD", "".join(ASCII_LETTERS.get(character, character) for character in text))
    return "".join(character for character in spread if character.isascii() and character.isalnum())


def number_keys(stems: Iterable[str], *, always: bool = False) -> list[str]:
    """Return a key for each stem, unique without case: a letter is added where one occurs twice, or always."""
    stems = list(stems)
    counts = Counter(stem.casefold() for stem in stems)
    taken = {stem for stem, count in counts.items() if count == 1 and not always}
    return [stem if stem.casefold() in taken and counts[stem.casefold()] == 1 else _take_key(stem, taken) for stem in stems]


def _take_key(stem: str, taken: set[str]) -> str:
    place = 0
    while (key := f"{stem}{_name_letter(place)}").casefold() in taken:
        place += 1
    taken.add(key.casefold())
    return key


def _name_letter(place: int) -> str:
    first, second = divmod(place, 26)
    return (_name_letter(first - 1) if first else "") + chr(ord("a") + second)


def _guard_name(part: str) -> str:
    words = (f"{word[0]}{{{word[1:]}}}" if word.casefold() == "and" else escape_tex(word) for word in part.split())
    return " ".join(words)


def _protect_word(word: str, *, is_first: bool) -> str:
    if is_first:
        rest = word[1:]
        return f"{word[0]}{{{rest}}}" if any(letter.isupper() for letter in rest) else word
    needs = any(letter.isupper() for letter in word[1:]) or (len(word) == 1 and word.isupper() and word != "A")
    return f"{{{word}}}" if needs else word


def _escape_inside(text: str) -> str:
    return "".join(TEX_SPECIALS.get(character, character) for character in text)


def _write_letter(character: str) -> str:
    if character.isascii():
        return character
    if character in TEX_LETTERS:
        return TEX_LETTERS[character]
    spread = unicodedata.normalize("NFD", character)
    if len(spread) == 1 or not spread[0].isascii() or not all(mark in TEX_ACCENTS for mark in spread[1:]):
        return character
    written = spread[0]
    for mark in spread[1:]:
        written = f"\\{TEX_ACCENTS[mark]}{{{written}}}"
    return written
