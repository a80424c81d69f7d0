"""Where printed names split into given names and family name: said by somebody, else by the name itself, else guessed."""

from dataclasses import dataclass
from enum import StrEnum

from papers.models import NameSplit, Workshop
from papers.texts import clean_line
from program.exports.tex_names import SUFFIXES, split_name


class SplitSource(StrEnum):
    """Who says where a name splits."""

    CONFIRMED = "confirmed"
    UPSTREAM = "upstream"
    GUESSED = "guessed"


@dataclass(frozen=True, slots=True)
class PrintedName:
    """A name as printed with its two parts."""

    name: str
    given: str
    family: str
    source: SplitSource


def read_confirmed_names(workshop: Workshop) -> dict[str, PrintedName]:
    """Return the names of which somebody said where they split, by the name."""
    rows = NameSplit.objects.filter(workshop=workshop)
    return {row.name: PrintedName(row.name, row.given, row.family, SplitSource.CONFIRMED) for row in rows}


def find_printed_name(name: str, confirmed: dict[str, PrintedName]) -> PrintedName:
    """Return a name with its parts; one that upstream prints as `Family, Given` says so itself."""
    name = clean_line(name)
    if name in confirmed:
        return confirmed[name]
    given, family, suffix = split_name(name)
    before, comma, after = name.partition(",")
    is_said = bool(comma and before.strip()) and after.strip(" ,").casefold() not in {"", *SUFFIXES}
    return PrintedName(name, given, f"{family} {suffix}".strip(), SplitSource.UPSTREAM if is_said else SplitSource.GUESSED)
