"""What a search consists of, as a tree that can be written down again."""

import re
from dataclasses import dataclass, field
from typing import TypeAlias

QUOTES = '"“”„«»'
# Marks of direction, joiners, controls, halves of characters: pasted along, never meant.
UNSEEN = "\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff"
BREAKS = rf"\s()\uff08\uff09{QUOTES}"
COMPARISONS = {"<": "<", "<=": "<=", ">": ">", ">=": ">=", "≤": "<=", "≥": ">=", ":": ":", "=": ":", "==": ":", "!=": "!="}
OPERATOR = r":?(?:[<>]=?|[≤≥]|!=)|:=?|==?"
KEYED = re.compile(rf"([A-Za-z][A-Za-z0-9_-]*)({OPERATOR})")
NUMBER = r"#?[0-9]{1,9}(?:(?:-|–|\.\.)#?[0-9]{1,9})?"
NUMBERS = re.compile(rf"{NUMBER}(?:[,;]+{NUMBER})*[,;]*(?![^{BREAKS}])")
CONNECTIVES = frozenset({"and", "or", "not"})
PLAIN_WORD = re.compile(rf"[^{BREAKS},;!-][^{BREAKS}]*")
PLAIN_VALUE = re.compile(rf"[^{BREAKS},:=<>≤≥!][^{BREAKS},]*")


@dataclass(frozen=True, slots=True)
class Value:
    """One value of a term; several are alternatives."""

    text: str
    start: int = field(default=0, compare=False)
    end: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Words:
    """A word, or several in this order, to be found in the text of a paper."""

    text: str
    start: int = field(default=0, compare=False)
    end: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Numbers:
    """Papers by their numbers; each range holds both its ends."""

    ranges: tuple[tuple[int, int], ...]
    start: int = field(default=0, compare=False)
    end: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Term:
    """A key with its values: `operator` is a colon or a comparison."""

    key: str
    operator: str
    values: tuple[Value, ...]
    start: int = field(default=0, compare=False)
    key_end: int = field(default=0, compare=False)
    end: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Not:
    """What the part does not find; the part is never a Not itself."""

    part: "Node"


@dataclass(frozen=True, slots=True)
class And:
    """What all parts find; without parts everything. No part is an And."""

    parts: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Or:
    """What any part finds; at least two parts, none of them an Or."""

    parts: tuple["Node", ...]


Node: TypeAlias = Words | Numbers | Term | Not | And | Or


def write_search(node: Node) -> str:
    """Return a search that reads as `node` again."""
    match node:
        case Words(text=text):
            return text if _is_plain(text) else f'"{text}"'
        case Numbers(ranges=ranges):
            return ",".join(f"#{first}" if first == last else f"#{first}-{last}" for first, last in ranges)
        case Term(key=key, operator=operator, values=values):
            return f"{key}{operator}{','.join(write_value(value.text) for value in values)}"
        case Not(part=part):
            return f"not {_enclose(part, And, Or)}"
        case And(parts=parts):
            written = [
                f"and {_enclose(part, Or)}" if place and isinstance(part, Numbers) else _enclose(part, Or)
                for place, part in enumerate(parts)
            ]
            return " ".join(written)
        case Or(parts=parts):
            return " or ".join(write_search(part) for part in parts)


def write_value(text: str) -> str:
    """Return a value as a term carries it, quoted where blanks or signs would end it."""
    return text if PLAIN_VALUE.fullmatch(text) else f'"{text}"'


def _enclose(node: Node, *kinds: type) -> str:
    return f"({write_search(node)})" if isinstance(node, kinds) else write_search(node)


def _is_plain(text: str) -> bool:
    return (
        PLAIN_WORD.fullmatch(text) is not None
        and text.casefold() not in CONNECTIVES
        and not text.endswith((",", ";"))
        and KEYED.match(text) is None
        and NUMBERS.match(text) is None
        and not is_address(text)
    )


ADDRESS = re.compile(r"https?://\S+?/(?:forum|pdf)\?(?:\S*&)?id=([\w-]+)\S*", re.ASCII)


def is_address(text: str) -> bool:
    """Tell whether `text` is the address of a paper in OpenReview, which a search takes for the paper."""
    return ADDRESS.fullmatch(text) is not None
