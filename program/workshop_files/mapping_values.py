"""How the field mapping stands in a workshop file."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from papers.models import Decision, FieldMapping
from program.workshop_files.entries import entry, read_entries
from program.workshop_files.fields import MISTAKEN, choice, items, line, settle_line
from program.workshop_files.mistakes import Reader, join_path, show_value, suggest

IGNORED = {"ignore": True}
LONGEST_VALUE = 500


def read_meanings(reader: Reader, value: Any, path: str) -> Any:
    """Read what each text means, in the order of the texts; one that nobody explained yet (null) is left out."""
    if not isinstance(value, dict):
        reader.refuse(path, f"write an object from texts to meanings, not {show_value(value)}.")
        return MISTAKEN
    found: dict[str, Any] = {}
    for text, meaning in value.items():
        settled = settle_line(text)
        if not 0 < len(settled) <= LONGEST_VALUE:
            reader.refuse(join_path(path, text[:40]), f"a text has 1 to {LONGEST_VALUE} characters.")
        elif settled in found:
            reader.refuse(join_path(path, text), "the same text stands here twice, but for spaces or invisible characters.")
        elif meaning is not None:
            found[settled] = meaning
    return tuple(sorted(found.items()))


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleSettings:
    """One source of a target with what each text from there means."""

    source: str = entry(choice(FieldMapping.Source))
    key: str = entry(line(200), default="")
    values: tuple[tuple[str, Any], ...] = entry(read_meanings, default=(), write=dict)


RULES = items(read_entries(RuleSettings), most=50)


@dataclass(frozen=True, slots=True, kw_only=True)
class MappingSettings:
    """The sources of each target, tried in order."""

    track: tuple[RuleSettings, ...] = entry(RULES, default=())
    proceedings: tuple[RuleSettings, ...] = entry(RULES, default=())
    decision: tuple[RuleSettings, ...] = entry(RULES, default=())
    presentation: tuple[RuleSettings, ...] = entry(RULES, default=())


def check_mapping(reader: Reader, mapping: MappingSettings, *, tracks: set[str], presentations: set[str]) -> None:
    """Note every rule whose key does not fit its source, and every meaning that the workshop does not have."""
    for target in FieldMapping.Target.values:
        seen: set[tuple[str, str]] = set()
        for index, rule in enumerate(getattr(mapping, target)):
            path = f"$.mapping.{target}[{index}]"
            for sentence in _find_rule_mistakes(rule, seen):
                reader.refuse(path, sentence)
            seen.add((rule.source, rule.key))
            for text, meaning in rule.values:
                for sentence in _find_meaning_mistakes(target, meaning, tracks, presentations):
                    reader.refuse(join_path(f"{path}.values", text), sentence)


def _find_rule_mistakes(rule: RuleSettings, seen: set[tuple[str, str]]) -> Iterator[str]:
    if rule.source == FieldMapping.Source.CONTENT and not rule.key:
        yield "name the field of the submission as “key”."
    elif rule.source == FieldMapping.Source.REPLY and "." not in rule.key.strip("."):
        yield "name the reply and its field as “key”, for example Camera_Ready.track."
    elif rule.key and rule.source not in {FieldMapping.Source.CONTENT, FieldMapping.Source.REPLY, ""}:
        yield f"the source {rule.source} has no key; leave “key” out."
    if (rule.source, rule.key) in seen:
        yield "the same source with the same key stands here already."


def _find_meaning_mistakes(target: str, meaning: Any, tracks: set[str], presentations: set[str]) -> Iterator[str]:
    if meaning == IGNORED:
        return
    if target == FieldMapping.Target.TRACK:
        yield from _find_stranger(meaning, tracks, "track")
    elif target == FieldMapping.Target.PRESENTATION:
        yield from _find_stranger(meaning, presentations, "presentation")
    elif target == FieldMapping.Target.PROCEEDINGS:
        if not isinstance(meaning, bool):
            yield f'write true or false, or {{"ignore": true}}, not {show_value(meaning)}.'
    else:
        yield from _find_decision_mistakes(meaning, presentations)


def _find_decision_mistakes(meaning: Any, presentations: set[str]) -> Iterator[str]:
    if not isinstance(meaning, dict) or meaning.get("outcome") not in Decision.Outcome.values:
        yield 'write {"outcome": "accept", "presentation": "poster"}, {"outcome": "reject"} or {"ignore": true}.'
        return
    for key in meaning:
        if key not in {"outcome", "presentation"}:
            yield f"there is no “{key}” in a decision.{suggest(key, ('outcome', 'presentation'))}"
    presentation = meaning.get("presentation")
    if presentation is not None:
        yield from _find_stranger(presentation, presentations, "presentation")
        if meaning["outcome"] == Decision.Outcome.REJECT:
            yield "a rejected paper has no presentation."


def _find_stranger(meaning: Any, known: set[str], noun: str) -> Iterator[str]:
    if isinstance(meaning, str) and meaning in known:
        return
    hint = suggest(meaning, known) if isinstance(meaning, str) else ""
    yield f"there is no {noun} {show_value(meaning)}.{hint}"
