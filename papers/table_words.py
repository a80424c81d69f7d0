"""A workshop's words as tables need them: from its settings and its mapping."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from papers.mappings import MappingTable, ensure_decision_rules, explain_value, read_mapping
from papers.models import FieldMapping, MappedValue, User, Workshop
from papers.tables.columns import fold_column
from papers.tables.values import Mistake
from papers.tables.words import Vocabulary, WordRule
from papers.texts import fold_text


def read_vocabulary(workshop: Workshop, table: MappingTable | None = None) -> Vocabulary:
    """Return what the workshop's own words mean, and its rules for columns and decision texts."""
    named = {
        "track": [(track.slug, track.name) for track in workshop.tracks.all()],
        "presentation": [(kind.slug, kind.name) for kind in workshop.presentation_kinds.all()],
        "award": [(award.slug, award.name) for award in workshop.awards.all()],
    }
    slugs = {
        target: {**{fold_text(name): slug for slug, name in pairs}, **{fold_text(slug): slug for slug, _ in pairs}}
        for target, pairs in named.items()
    }
    labels = {target: tuple(_label(*pair) for pair in pairs) for target, pairs in named.items()}
    labels["proceedings"] = ("yes", "no")
    labels["decision"] = ("accept", "reject", *(f"accept ({slug})" for slug, _ in named["presentation"]))
    rules = tuple(
        WordRule(rule.target, fold_column(rule.key) if rule.source == FieldMapping.Source.CONTENT else "", rule.values)
        for rule in (table or read_mapping(workshop)).rules
        if rule.source in {FieldMapping.Source.CONTENT, FieldMapping.Source.DECISION}
    )
    return Vocabulary(slugs, labels, rules)


@dataclass(frozen=True, slots=True, order=True)
class UnknownWord:
    """A text of a table that nobody has explained: for what, in which column."""

    target: str
    column: str
    text: str


def list_unknown_words(mistakes: Iterable[Mistake]) -> list[UnknownWord]:
    """Return the texts that a workshop may explain, each once, in a steady order."""
    return sorted({UnknownWord(mistake.target, mistake.column, mistake.value) for mistake in mistakes if mistake.target})


def explain_words(workshop: Workshop, meanings: Mapping[UnknownWord, Any], *, by: User | None) -> int:
    """Write into the workshop's mapping what texts of a table mean; refuses a meaning that it does not have."""
    with transaction.atomic():
        ensure_decision_rules(workshop)
        for word, meaning in meanings.items():
            is_decision = word.target == FieldMapping.Target.DECISION
            source, key = (FieldMapping.Source.DECISION, "") if is_decision else (FieldMapping.Source.CONTENT, word.column[:200])
            rule, _ = FieldMapping.objects.get_or_create(
                workshop=workshop, target=word.target, source=source, key=key, defaults={"position": workshop.mappings.count() + 1}
            )
            value, _ = MappedValue.objects.get_or_create(mapping=rule, value=word.text[:500])
            explain_value(value, meaning=meaning, by=by)
    return len(meanings)


def _label(slug: str, name: str) -> str:
    return slug if fold_text(name) == slug else f"{slug} ({name})"
