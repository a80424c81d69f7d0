"""Tells a change in words: what stood there, what stands there now, what of it differs."""

import difflib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from papers.models import HistoryLine, Workshop
from papers.querysets.workshops import list_slugs

SAME, GONE, NEW = "same", "gone", "new"
DIGEST = re.compile(r"[0-9a-f]{64}")
WORDS = re.compile(r"\S+\s*|\s+")  # each with the blanks behind it
MOST_WORDS = 2_000  # beyond that both texts are shown whole
LEAST_LIKENESS = 0.4  # below that a difference word by word reads worse than both texts
CONTEXT = 6  # words that stay on both sides of a difference
NAMED = ("outcome", "presentation", "award")


@dataclass(frozen=True, slots=True)
class Names:
    """What the slugs of a workshop are called."""

    presentations: dict[str, str] = field(default_factory=dict)
    awards: dict[str, str] = field(default_factory=dict)
    tracks: dict[str, str] = field(default_factory=dict)

    def say(self, key: str, value: Any) -> str:
        """Return a value in words; `key` is the field, or the part of one, that it belongs to."""
        if value is None or value in ("", [], {}):
            return ""
        if isinstance(value, bool):
            return "yes" if value else "no"
        if isinstance(value, dict):
            return self._say_object(value)
        if isinstance(value, list):
            return ", ".join(self.say(key, part) for part in value)
        text = str(value)
        known = {"presentation": self.presentations, "award": self.awards, "track": self.tracks}.get(key, {})
        if DIGEST.fullmatch(text):
            return f"{text[:8]}…"
        return known.get(text) or (text.capitalize() if key == "outcome" else text)

    def _say_object(self, value: dict[str, Any]) -> str:
        if "outcome" in value:
            said = (self.say(name, value.get(name)) for name in NAMED)
            return ", ".join(part for part in said if part)
        if value.get("name"):
            return str(value["name"])
        parts = ((name.replace("_", " "), self.say(name, part)) for name, part in value.items())
        return ", ".join(f"{name} {part}" for name, part in parts if part)


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that changed: pieces of text that are the same, gone or new, in reading order."""

    label: str
    pieces: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class ToldLine:
    """A line of the history with its differences; `may_name_batch` unless the batch's title could tell of hidden papers."""

    line: HistoryLine
    differences: tuple[Difference, ...]
    may_name_batch: bool = True


def read_names(workshop: Workshop) -> Names:
    """Return what the slugs of a workshop are called, in one query."""
    told: dict[str, dict[str, str]] = {"presentations": {}, "awards": {}, "tracks": {}}
    for kind, slug, name in list_slugs(workshop):
        told[kind][slug] = name
    return Names(**told)


def tell_lines(lines: Iterable[HistoryLine], names: Names, *, silent_batches: set[int] | None = None) -> list[ToldLine]:
    """Return lines with their differences; batches in `silent_batches` are not to be named."""
    silent = silent_batches or set()
    return [ToldLine(line, tell_change(line, names), line.batch_id not in silent) for line in lines]


def tell_change(line: HistoryLine, names: Names) -> tuple[Difference, ...]:
    """Return what a line changed; nothing where it says neither before nor after."""
    before, after = line.before, line.after
    sides = [side for side in (before, after) if side is not None]
    if not sides:
        return ()
    if all(isinstance(side, dict) for side in sides):
        return tuple(_compare_objects(before or {}, after or {}, names))
    if all(isinstance(side, list) for side in sides):
        return tuple(_compare_lists(line.field, before or [], after or [], names))
    return tuple(_compare("", names.say(line.field, before), names.say(line.field, after)))


def cut_texts(before: str, after: str) -> tuple[tuple[str, str], ...]:
    """Return two texts as one row of pieces in reading order: what is the same, gone, new."""
    return tuple(_cut_pieces(before, after))


def tell_side(key: str, value: Any, names: Names) -> str:
    """Return one side of a change as a line of text: a decision with its comment."""
    said = names.say(key, value)
    comment = value.get("comment") if isinstance(value, dict) and "outcome" in value else ""
    return f"{said}; comment: {comment}" if comment else said


def _compare_objects(before: dict[str, Any], after: dict[str, Any], names: Names) -> Iterator[Difference]:
    if "outcome" in before or "outcome" in after:
        yield from _compare("", names.say("decision", before), names.say("decision", after), is_text=False)
        rest = [key for key in dict.fromkeys([*before, *after]) if key not in NAMED and not key.endswith("_id")]
        for key in rest:
            yield from _compare(key.replace("_", " "), names.say(key, before.get(key)), names.say(key, after.get(key)))
        return
    if not before or not after:
        yield from _compare("", names.say("", before), names.say("", after))
        return
    for key in dict.fromkeys([*before, *after]):
        yield from _compare(key.replace("_", " "), names.say(key, before.get(key)), names.say(key, after.get(key)))


def _compare_lists(key: str, before: list[Any], after: list[Any], names: Names) -> Iterator[Difference]:
    old, new = [names.say(key, part) for part in before], [names.say(key, part) for part in after]
    gone, come = [part for part in old if part not in new], [part for part in new if part not in old]
    if gone or come:
        yield from _compare("", ", ".join(gone), ", ".join(come), is_text=False)
    elif old != new:
        yield from _compare("order", ", ".join(old), ", ".join(new), is_text=False)
    elif before != after:
        yield Difference("", ((SAME, ", ".join(new)),))


def _compare(label: str, before: str, after: str, *, is_text: bool = True) -> Iterator[Difference]:
    """Yield how two texts differ, if they do; what is no running text is shown whole on both sides."""
    if before != after:
        yield Difference(label, tuple(_cut_pieces(before, after) if is_text else _show_both(before, after)))


def _cut_pieces(before: str, after: str) -> Iterator[tuple[str, str]]:
    old, new = WORDS.findall(before), WORDS.findall(after)
    matcher = difflib.SequenceMatcher(None, old, new, autojunk=False)
    is_small = min(len(old), len(new)) > 1 and max(len(old), len(new)) <= MOST_WORDS
    if not is_small or matcher.ratio() < LEAST_LIKENESS:
        yield from _show_both(before, after)
        return
    steps = matcher.get_opcodes()
    for place, (tag, i, j, m, n) in enumerate(steps):
        if tag == "equal":
            yield SAME, _shorten(old[i:j], is_first=place == 0, is_last=place == len(steps) - 1)
            continue
        yield from _show_both("".join(old[i:j]), "".join(new[m:n]))


def _show_both(before: str, after: str) -> Iterator[tuple[str, str]]:
    return ((kind, text) for kind, text in ((GONE, before), (NEW, after)) if text)


def _shorten(words: list[str], *, is_first: bool, is_last: bool) -> str:
    """Return what is the same between two differences, its middle left out where it is long."""
    head, tail = ([] if is_first else words[:CONTEXT]), ([] if is_last else words[-CONTEXT:])
    if len(words) <= len(head) + len(tail) + 2:
        return "".join(words)
    return f"{''.join(head)}… {''.join(tail)}"
