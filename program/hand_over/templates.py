"""Texts with fields in braces, {number:05} for leading zeros: how columns are filled, how files are named. Pure."""

import difflib
import re
from collections.abc import Collection, Mapping

MOST_NAMED = 10  # where there are more fields, the nearest is named instead of all
FIELD = re.compile(r"\{(?P<name>[a-z][a-z0-9_.]*)(?::0(?P<width>[1-9]))?\}")


def list_fields(text: str) -> list[str]:
    """Return the names of the fields of a text, in order."""
    return [found["name"] for found in FIELD.finditer(text)]


def find_mistakes(text: str, known: Collection[str]) -> list[str]:
    """Return a sentence for each field that does not exist and each brace without its partner."""
    names = dict.fromkeys(name for name in list_fields(text) if name not in known)
    mistakes = [f"there is no field {{{name}}}{_suggest(name, known)}" for name in names]
    if re.search("[{}]", FIELD.sub("", text)):
        mistakes.append("a field is written as {number}, or {number:05} for leading zeros; other braces can't stand here.")
    return mistakes


def fill(text: str, values: Mapping[str, str]) -> str:
    """Return the text with its fields filled in."""

    def write(found: re.Match[str]) -> str:
        value = values[found["name"]]
        return value.zfill(int(found["width"])) if found["width"] and value.isascii() and value.isdigit() else value

    return FIELD.sub(write, text)


def _suggest(name: str, known: Collection[str]) -> str:
    if len(known) <= MOST_NAMED:
        return f"; there are {', '.join(f'{{{one}}}' for one in known)}."
    near = difflib.get_close_matches(name, known, n=1, cutoff=0.5)
    return f". Did you mean {{{near[0]}}}?" if near else "; the page Names and columns lists them."
