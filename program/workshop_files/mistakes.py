"""Mistakes in a workshop file, each with its JSON path."""

import difflib
import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from papers.errors import Refusals

PLAIN_KEY = re.compile(r"[A-Za-z_]\w*", re.ASCII)


@dataclass(frozen=True, slots=True)
class Mistake:
    """One mistake: where it is and what to write instead."""

    path: str
    sentence: str

    def __str__(self) -> str:
        return f"{self.path}: {self.sentence}"


class WorkshopFileRefused(Refusals):
    """A workshop file cannot be read as it is; `mistakes` holds every one in the order of the file."""

    def __init__(self, mistakes: Sequence[Mistake]) -> None:
        count = len(mistakes)
        super().__init__(
            f"The workshop file has {count} mistake{'' if count == 1 else 's'}; nothing was loaded.", [str(mistake) for mistake in mistakes]
        )
        self.mistakes = tuple(mistakes)


@dataclass(frozen=True, slots=True)
class Reader:
    """Collects mistakes while a file is read; `zone` is the one that times without a zone are in."""

    mistakes: list[Mistake] = field(default_factory=list)
    zone: str = "UTC"

    def refuse(self, path: str, sentence: str) -> None:
        """Note a mistake."""
        self.mistakes.append(Mistake(path, sentence))

    def in_zone(self, zone: str) -> "Reader":
        """Return a reader for the times inside an entry that states its own zone; mistakes stay together."""
        return replace(self, zone=zone)


def join_path(path: str, key: str) -> str:
    """Return the path of a key: `$.tracks`, `$.values["Full paper"]`."""
    return f"{path}.{key}" if PLAIN_KEY.fullmatch(key) else f"{path}[{json.dumps(key, ensure_ascii=False)}]"


def show_value(value: Any) -> str:
    """Return a value as a sentence quotes it, cut when long."""
    if isinstance(value, dict):
        return "an object" if value else "an empty object"
    if isinstance(value, list):
        return "a list" if value else "an empty list"
    text = json.dumps(value, ensure_ascii=False, default=str)
    return text if len(text) <= 60 else f"{text[:57]}..."


def suggest(word: str, known: Iterable[str]) -> str:
    """Return ` Did you mean "x"?` for a near miss, nothing otherwise."""
    by_fold = {name.casefold(): name for name in sorted(known, reverse=True)}
    near = difflib.get_close_matches(word.casefold(), sorted(by_fold), n=1, cutoff=0.5)
    return f" Did you mean “{by_fold[near[0]]}”?" if near else ""
