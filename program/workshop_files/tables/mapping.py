"""The field mapping."""

from typing import Any

from papers.models import FieldMapping, MappedValue, Workshop
from program.workshop_files.fields import settle_line
from program.workshop_files.mapping_values import MappingSettings, RuleSettings
from program.workshop_files.tables.rows import save_row
from program.workshop_files.values import WorkshopSettings


def read_mapping(workshop: Workshop) -> MappingSettings:
    """Return the rules in the order in which they are tried; values that nobody explained are a matter of the import."""
    found: dict[str, list[RuleSettings]] = {target: [] for target in FieldMapping.Target.values}
    for rule in workshop.mappings.prefetch_related("values"):
        values = {settle_line(value.value): value.meaning for value in rule.values.all() if value.meaning is not None}
        found[rule.target].append(RuleSettings(source=rule.source, key=settle_line(rule.key), values=tuple(sorted(values.items()))))
    return MappingSettings(**{target: tuple(rules) for target, rules in found.items()})


def save_mapping(workshop: Workshop, settings: WorkshopSettings) -> None:
    """Write the rules; a value that OpenReview was seen to hold stays, unexplained, when its meaning goes."""
    held = {(rule.target, rule.source, rule.key): rule for rule in workshop.mappings.prefetch_related("values")}
    for target in FieldMapping.Target.values:
        for position, one in enumerate(getattr(settings.mapping, target), start=1):
            key = (target, one.source, one.key)
            rule = held.pop(key, None) or FieldMapping(workshop=workshop, target=target, source=one.source, key=one.key)
            save_row(rule, position=position)
            _save_values(rule, dict(one.values))
    for rule in held.values():
        rule.delete()


def _save_values(rule: FieldMapping, wanted: dict[str, Any]) -> None:
    for value in rule.values.all():
        meaning = wanted.pop(value.value, None)
        if meaning is None and value.first_seen_at is None:
            value.delete()
        else:
            save_row(value, meaning=meaning)
    MappedValue.objects.bulk_create([MappedValue(mapping=rule, value=value, meaning=meaning) for value, meaning in wanted.items()])
