"""Meanings of upstream values, one select for each value."""

import json
from typing import Any

from django import forms

from papers.mappings import IGNORED
from papers.models import FieldMapping, MappedValue, Workshop
from papers.texts import fold_text

UNEXPLAINED = "?"
Choices = list[tuple[str, str]]


class FieldMappingForm(forms.ModelForm[FieldMapping]):
    """Where a target is read from."""

    class Meta:
        model = FieldMapping
        fields = ("target", "source", "key")

    def clean(self) -> dict[str, Any]:
        """Ask for the key where the source needs one."""
        values = super().clean() or {}
        if values.get("source") in {FieldMapping.Source.CONTENT, FieldMapping.Source.REPLY} and not values.get("key"):
            self.add_error("key", "Name the field, exactly as OpenReview has it.")
        return values


class MeaningsForm(forms.Form):
    """All values of a workshop's rules; the first choice leaves a value unexplained."""

    def __init__(self, data: Any = None, *, workshop: Workshop, rules: list[FieldMapping]) -> None:
        super().__init__(data)
        self.rules = rules
        self.values = {value.pk: value for rule in rules for value in rule.values.all()}
        choices = {target: list_meanings(workshop, target) for target in FieldMapping.Target.values}
        for rule in rules:
            for value in rule.values.all():
                self.fields[f"value_{value.pk}"] = forms.ChoiceField(
                    label=value.value,
                    choices=[(UNEXPLAINED, "Not explained yet"), *choices[rule.target]],
                    initial=UNEXPLAINED if value.meaning is None else json.dumps(value.meaning, sort_keys=True),
                    help_text=_suggest(value, choices[rule.target]) if value.meaning is None else "",
                )

    def read_meanings(self) -> dict[MappedValue, Any]:
        """Return the meaning chosen for each value."""
        chosen = {pk: self.cleaned_data[f"value_{pk}"] for pk in self.values}
        return {self.values[pk]: None if text == UNEXPLAINED else json.loads(text) for pk, text in chosen.items()}

    def group_rules(self) -> list[tuple[FieldMapping, list[Any]]]:
        """Return each rule with its bound fields."""
        return [(rule, [self[f"value_{value.pk}"] for value in rule.values.all()]) for rule in self.rules]


def list_meanings(workshop: Workshop, target: str) -> Choices:
    """Return what a value of this target can mean, as JSON with a label."""
    if target == FieldMapping.Target.TRACK:
        told: list[tuple[Any, str]] = [(track.slug, track.name) for track in workshop.tracks.all()]
    elif target == FieldMapping.Target.PROCEEDINGS:
        told = [(True, "In the proceedings"), (False, "Not in the proceedings")]
    elif target == FieldMapping.Target.PRESENTATION:
        told = [(kind.slug, kind.name) for kind in workshop.presentation_kinds.all()]
    else:
        kinds = workshop.presentation_kinds.all()
        told = [({"outcome": "accept", "presentation": kind.slug}, f"Accept as {kind.name.lower()}") for kind in kinds]
        told += [({"outcome": "accept"}, "Accept, presentation open"), ({"outcome": "reject"}, "Reject")]
    return [(json.dumps(meaning, sort_keys=True), label) for meaning, label in [*told, (IGNORED, "Nothing: look no further here")]]


def _suggest(value: MappedValue, choices: Choices) -> str:
    said = fold_text(value.value)
    alike = [label for _, label in choices[:-1] if any(word in said for word in fold_text(label).split() if len(word) > 3)]
    return f"Perhaps: {alike[0]}" if alike else ""
