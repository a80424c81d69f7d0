"""Names of files by the conference's pattern, such that every system can keep them. Pure."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Mapping

from papers.texts import clean_line

MOST_BYTES = 200  # of a name; ext4 and APFS take 255, a folder's path on Windows 260 letters in all
FORBIDDEN = re.compile(r'[<>:"/\\|?*]')
RESERVED = re.compile(r"(?:con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³])(?:\.|$)", re.IGNORECASE)
ENDINGS = re.compile(r"\.(?:pdf|zip)$", re.IGNORECASE)
TITLE_WORDS = 10


def find_pattern_mistakes(pattern: str) -> list[str]:
    """Return what can't stand in any file name, fields aside."""
    fixed = re.sub(r"\{[^{}]*\}", "", pattern)
    found = sorted(set(FORBIDDEN.findall(fixed)))
    mistakes = [f"{' '.join(found)} can't stand in the name of a file."] if found else []
    if "{" not in pattern:
        mistakes.append("without a field all files would have one name; write {number} into it.")
    return mistakes


def make_file_name(filled: str, ending: str) -> str:
    """Return a filled pattern as a name: NFC, nothing that Windows or macOS refuse, cut where too long, with this ending.

    An ending of the pattern itself is taken off: what a file is says its content.
    """
    text = FORBIDDEN.sub("", clean_line(ENDINGS.sub("", filled.strip())))
    stem = unicodedata.normalize("NFC", text).strip(". ") or "file"
    if RESERVED.match(stem):
        head, dot, tail = stem.partition(".")
        stem = f"{head}_{dot}{tail}"
    while len(f"{stem}{ending}".encode()) > MOST_BYTES:
        stem = stem[:-1].rstrip(". ")
    return f"{stem}{ending}"


def shorten_title(title: str) -> str:
    """Return the first ten words of a title joined by underscores, punctuation dropped, hyphens kept, as CVF Open Access does."""
    return join_words(title, most=TITLE_WORDS)


def join_words(text: str, *, most: int) -> str:
    """Return the first words of a text joined by underscores: letters, digits and hyphens of any script."""
    words = ("".join(letter for letter in word if _is_kept(letter)).strip("-") for word in clean_line(text).split())
    return "_".join([word for word in words if word][:most])


def find_collisions(names: Mapping[str, str]) -> list[tuple[str, list[str]]]:
    """Return each name that several files would have on some system, with whose files they are; `names` is by owner."""
    owners: dict[str, list[str]] = defaultdict(list)
    for owner, name in names.items():
        owners[fold_name(name)].append(owner)
    return [(names[several[0]], several) for several in owners.values() if len(several) > 1]


def fold_name(name: str) -> str:
    """Return a name as file systems compare it that know neither case nor two ways to write an accent."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFD", name).casefold())


def _is_kept(letter: str) -> bool:
    return letter == "-" or unicodedata.category(letter)[0] in "LMN"
