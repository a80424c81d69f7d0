"""Takes author lists apart, and never guesses where a name ends."""

import re
from dataclasses import dataclass
from typing import Any

from papers.submissions import SubmittedAuthor
from papers.texts import clean_line

SUFFIX = re.compile(r"(?:jr|sr|ii|iii|iv|ph\.?\s?d|m\.?\s?d|m\.?\s?sc|d\.?v\.?m|esq)\.?", re.IGNORECASE)
BETWEEN_NAMES = re.compile(r",?\s+(?:and|&)\s+", re.IGNORECASE)
LEADING_AND = re.compile(r"(?:and|&)\s+", re.IGNORECASE)
MAIL_IN_NAME = re.compile(r"<\s*([^<>\s]+@[^<>\s]+)\s*>")
MAIL = re.compile(r"[^@\s,;<>()\"]+@[^@\s,;<>()\"]+\.[^@\s,;<>()\"]+")
LONGEST_NAME = 300
LONGEST_MAIL = 254


@dataclass(frozen=True, slots=True)
class NameStyle:
    """How a system writes a list of authors.

    `has_commas`: a comma always stands between two names. `has_semicolons`: only semicolons do, a comma
    belongs to a name. `is_exact`: the same, and nothing is turned around or taken for an affiliation,
    because we wrote the list ourselves.
    """

    has_commas: bool = False
    has_semicolons: bool = False
    is_exact: bool = False


ANY_STYLE = NameStyle()
COMMA_STYLE = NameStyle(has_commas=True)
SEMICOLON_STYLE = NameStyle(has_semicolons=True)
EXACT_STYLE = NameStyle(is_exact=True)


class UnclearNames(ValueError):
    """The list can be read in two ways; `remedy` says how to write it."""

    def __init__(self, sentence: str, remedy: str) -> None:
        super().__init__(sentence)
        self.remedy = remedy


def split_names(text: str, style: NameStyle = ANY_STYLE) -> list[str]:
    """Return the entries of an author list in order, each "First Last" with what the system adds to a name.

    Semicolons, line ends and bars separate; so do " and " and, where it is plain what they mean, commas.
    "Last, First" is turned around; "King, Jr." stays together. Raises `UnclearNames` otherwise.
    """
    if style.is_exact:
        return _refuse_gaps([clean_line(part) for part in text.split(";")]) if text.strip() else []
    for mark in (";", "\n", "|"):
        pieces = _split_outside(text.strip(), mark)
        if len(pieces) > 1:
            named = _refuse_gaps([LEADING_AND.sub("", clean_line(piece).strip(" ,"), count=1) for piece in pieces])
            return [name for piece in named for name in (_share_affiliation(piece) if style.has_commas else [_turn_around(piece)])]
    line = clean_line(text)
    if not line:
        return []
    if style.has_semicolons:
        return [_turn_around(line)]
    if style.has_commas:
        return [name for part in _split_outside(line, BETWEEN_NAMES) for name in _share_affiliation(part)]
    return _split_line(line)


def read_person(entry: str, style: NameStyle = ANY_STYLE) -> SubmittedAuthor:
    """Return one entry as an author: "Ada Lovelace (University of Nowhere)*" or "Ada Lovelace <ada@example.org>"."""
    if style.is_exact:
        return SubmittedAuthor(name=entry)
    found = MAIL_IN_NAME.search(entry)
    bare = clean_line(MAIL_IN_NAME.sub(" ", entry)).strip("* ")
    name, affiliation = _cut_affiliation(bare)
    return SubmittedAuthor(
        name=name.strip("* "),
        email=found.group(1).lower() if found else "",
        institutions=name_institution(affiliation),
    )


def read_people(text: str, style: NameStyle = ANY_STYLE) -> list[SubmittedAuthor]:
    """Return the authors of a list; raises `UnclearNames` where it can be read in two ways."""
    return [read_person(entry, style) for entry in split_names(text, style)]


def read_person_object(entry: Any) -> SubmittedAuthor | None:
    """Return an author from JSON: a name, or an object with name or given and family name, mail, affiliation, profile."""
    if isinstance(entry, str):
        return SubmittedAuthor(name=clean_line(entry)) if clean_line(entry) else None
    if not isinstance(entry, dict):
        return None
    given = _first_text(entry, "given_name", "first", "first_name", "firstName")
    family = _first_text(entry, "family_name", "last", "last_name", "lastName")
    name = _first_text(entry, "name", "fullname", "full_name") or clean_line(f"{given} {family}")
    institutions = entry.get("institutions")
    places = institutions if isinstance(institutions, list) else [_first_text(entry, "affiliation", "institution")]
    return SubmittedAuthor(
        name=name,
        profile_id=_first_text(entry, "profile_id", "profile", "openreview", "username"),
        email=_first_text(entry, "email", "mail").lower(),
        institutions=tuple(place for entry in places for place in _read_place(entry)),
    )


def split_mails(text: str) -> list[str]:
    """Return the addresses of a list in order; nothing before or after a separator is a person without one."""
    mark = next((mark for mark in ";|\n," if mark in text), ";")
    pieces = [piece.strip().strip("*").strip() for piece in text.split(mark)] if text.strip() else []
    found = [MAIL_IN_NAME.search(piece) for piece in pieces]
    return [(match.group(1) if match else piece).strip("<> ").lower() for match, piece in zip(found, pieces, strict=True)]


def is_mail(text: str) -> bool:
    """Tell whether `text` has the form of one mail address."""
    return bool(MAIL.fullmatch(text)) and len(text) <= LONGEST_MAIL


def name_institution(name: str, country: str = "") -> tuple[dict[str, str], ...]:
    """Return an affiliation in the form in which authors keep them; nothing for an empty one."""
    clean = clean_line(name)
    return ({"name": clean, "domain": "", "country": clean_line(country)},) if clean else ()


def _split_line(line: str) -> list[str]:
    parts = [_split_commas(part) for part in _split_outside(line, BETWEEN_NAMES)]
    if all(len(part) == 1 for part in parts):
        return [part[0] for part in parts]
    flat = [name for part in parts for name in part]
    has_full_names = all(len(bare.split()) > 1 or place for bare, place in map(_cut_affiliation, flat))
    if len(parts) > 1 and all(len(part) == 2 for part in parts) and not has_full_names:
        return [f"{first} {last}" for last, first in parts]  # "Lovelace, Ada and Babbage, Charles"
    if has_full_names and all(len(part) == 1 for part in parts[1:]):
        return flat
    raise UnclearNames("The commas do not tell where one author ends.", "Separate authors by semicolons: Ada Lovelace; Charles Babbage.")


def _split_commas(text: str) -> list[str]:
    names: list[str] = []
    for part in _split_outside(text, ","):
        clean = part.strip()
        if names and SUFFIX.fullmatch(_cut_affiliation(clean)[0].strip("* ")):
            names[-1] = f"{names[-1]}, {clean}"
        elif clean:
            names.append(clean)
    return names


def _turn_around(piece: str) -> str:
    name, affiliation = _cut_affiliation(piece.rstrip("* "))
    parts = [part.strip() for part in name.split(",")]
    suffix = f", {parts.pop()}" if len(parts) > 1 and SUFFIX.fullmatch(parts[-1]) else ""
    if len(parts) > 2:
        raise UnclearNames("A name holds several commas.", "Separate authors by semicolons: Ada Lovelace; Charles Babbage.")
    turned = f"{parts[1]} {parts[0]}" if len(parts) == 2 and parts[1] else parts[0]
    return f"{turned}{suffix} ({affiliation})" if affiliation else f"{turned}{suffix}"


def _share_affiliation(piece: str) -> list[str]:
    # HotCRP writes "A, B (Place); C (Elsewhere)": one place for the names before it.
    name, affiliation = _cut_affiliation(piece)
    names = _refuse_gaps(_split_commas(name)) if name.strip(" ,") else []
    return [f"{one} ({affiliation})" if affiliation else one for one in names]


def _cut_affiliation(text: str) -> tuple[str, str]:
    if not text.endswith(")"):
        return text, ""
    depth = 0
    for place in range(len(text) - 1, -1, -1):
        depth += {")": 1, "(": -1}.get(text[place], 0)
        if depth == 0:
            return (text[:place].strip(), text[place + 1 : -1].strip()) if text[:place].strip() else (text, "")
    return text, ""


def _split_outside(text: str, mark: str | re.Pattern[str]) -> list[str]:
    """Split where no parenthesis is open; parentheses that do not balance count for nothing."""
    pattern = re.compile(re.escape(mark)) if isinstance(mark, str) else mark
    is_balanced = text.count("(") == text.count(")")
    pieces, start, place, depth = [], 0, 0, 0
    while place < len(text):
        depth += {"(": 1, ")": -1}.get(text[place], 0) if is_balanced else 0
        found = pattern.match(text, place) if depth == 0 else None
        if found is None:
            place += 1
        else:
            pieces.append(text[start:place])
            place = start = found.end()
    return [*pieces, text[start:]]


def _refuse_gaps(names: list[str]) -> list[str]:
    while names and not names[-1]:
        names.pop()  # a closing separator
    if not all(names):
        raise UnclearNames("There is nothing between two separators.", "Take the extra separator out, or write the missing author.")
    return names


def _first_text(entry: dict[str, Any], *keys: str) -> str:
    return next((clean_line(str(entry[key])) for key in keys if entry.get(key)), "")


def _read_place(entry: Any) -> tuple[dict[str, str], ...]:
    if isinstance(entry, dict):
        return ({key: clean_line(str(entry.get(key) or "")) for key in ("name", "domain", "country")},)
    return name_institution(entry) if isinstance(entry, str) else ()
