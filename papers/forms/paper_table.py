"""What the paper table asks for: a decision in a line, a name for a view."""

from typing import Any

from django import forms

from papers.decisions import digest_decision
from papers.models import Award, Decision, PresentationKind, Workshop


class InlineDecisionForm(forms.Form):
    """Accept or reject one paper in its line; `seen` is the digest of the decision that the line showed, the comment stays.

    A reject takes presentation and award away, which the line may still carry from an accept.
    """

    outcome = forms.ChoiceField(choices=Decision.Outcome, widget=forms.RadioSelect)
    presentation = forms.ModelChoiceField(PresentationKind.objects.none(), required=False, empty_label="No presentation yet")
    award = forms.ModelChoiceField(Award.objects.none(), required=False, empty_label="No award")
    over_capacity = forms.BooleanField(required=False, label="Go over capacity")
    seen = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, workshop: Workshop, decision: Decision | None = None, pk: int) -> None:
        known = {"outcome": decision.outcome, "presentation": decision.presentation, "award": decision.award} if decision else {}
        super().__init__(data, initial={**known, "seen": digest_decision(decision)}, auto_id=f"decide-{pk}-%s")
        for name, rows in (("presentation", workshop.presentation_kinds.all()), ("award", workshop.awards.all())):
            field = self.fields[name]
            assert isinstance(field, forms.ModelChoiceField)
            field.queryset = rows

    def clean(self) -> dict[str, Any]:
        """Let a reject have neither presentation nor award."""
        values = super().clean() or {}
        return values | {"presentation": None, "award": None} if values.get("outcome") == Decision.Outcome.REJECT else values


class SavedViewForm(forms.Form):
    """The name of a saved view, and who sees it."""

    name = forms.CharField(max_length=80)
    is_shared = forms.BooleanField(required=False, label="Every member sees it")
