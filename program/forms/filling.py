"""What the solver's page asks for."""

from typing import Any

from django import forms

from papers.models import PresentationKind, Workshop
from program.filling.asked import FillRequest
from program.filling.runs import MOST_SECONDS
from program.models import FillRules, FillRun
from program.solver.days.rules import MOST_WEIGHT, RULES, SOFT_RULES

MOST_MINUTES = 240


class FillForm(forms.Form):
    """One run: what is placed, for how long."""

    mode = forms.ChoiceField(label="What to place", choices=FillRun.Mode.choices, initial=FillRun.Mode.PAPERS)
    scope = forms.ChoiceField(label="What may move", choices=FillRun.Scope.choices, initial=FillRun.Scope.TRAY)
    seconds = forms.IntegerField(label="Seconds", min_value=1, max_value=MOST_SECONDS, initial=20)
    seed = forms.IntegerField(
        label="Seed", min_value=0, max_value=2**31 - 1, initial=1, help_text="The same seed and seconds give the same schedule."
    )

    def __init__(self, data: Any = None, *, initial: dict[str, Any] | None = None) -> None:
        super().__init__(data, initial=initial, label_suffix="")

    def read_request(self) -> FillRequest:
        """Return what is asked."""
        return FillRequest(**self.cleaned_data)


class RulesForm(forms.Form):
    """What rules weigh, minutes of talks, what is known of single papers."""

    has_posters_too = forms.BooleanField(label="Whoever gives a talk hangs a poster, too", required=False)
    wishes = forms.CharField(
        label="What you know of single papers",
        required=False,
        max_length=200_000,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 6, "class": "mono", "spellcheck": "false", "placeholder": "12, 80, session-3, 14 15"}),
        help_text="One on each line: number, people expected, sessions where it should be, papers that it comes before.",
    )

    def __init__(self, data: Any = None, *, rules: FillRules, workshop: Workshop) -> None:
        super().__init__(data, initial={"wishes": rules.wishes, "has_posters_too": rules.has_posters_too}, label_suffix="")
        self.presentations = list(PresentationKind.objects.filter(workshop=workshop).exclude(slug="poster"))
        for name in SOFT_RULES:
            self.fields[f"weight-{name}"] = forms.IntegerField(
                label=RULES[name].title, min_value=0, max_value=MOST_WEIGHT, initial=rules.weights.get(name, RULES[name].weight)
            )
        for kind in self.presentations:
            self.fields[f"minutes-{kind.slug}"] = forms.IntegerField(
                label=f"{kind.name}, minutes",
                required=False,
                min_value=1,
                max_value=MOST_MINUTES,
                initial=rules.minutes.get(kind.slug),
                help_text="With questions. Empty: what fits.",
            )

    def list_weights(self) -> list[tuple[Any, str, str]]:
        """Return the field of each rule with its words and what one breach is."""
        return [(self[f"weight-{name}"], RULES[name].words, RULES[name].unit) for name in SOFT_RULES]

    def list_minutes(self) -> list[Any]:
        """Return the field of each presentation's minutes."""
        return [self[f"minutes-{kind.slug}"] for kind in self.presentations]

    def read_weights(self) -> dict[str, int]:
        """Return the weight of each rule."""
        return {name: self.cleaned_data[f"weight-{name}"] for name in SOFT_RULES}

    def read_minutes(self) -> dict[str, int]:
        """Return the minutes that are given, by presentation."""
        given = {kind.slug: self.cleaned_data[f"minutes-{kind.slug}"] for kind in self.presentations}
        return {slug: minutes for slug, minutes in given.items() if minutes}


class RelaxForm(forms.Form):
    """One exception from a hard rule."""

    rule = forms.CharField(max_length=20)
    whom = forms.CharField(max_length=300)
