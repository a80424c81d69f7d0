"""What the pages of chasing and reminders ask for."""

from typing import Any

from django import forms

from papers.duties import ITEMS
from papers.letters.chasing import ChaseQuestion
from papers.letters.habits import NOTICES
from papers.letters.reminder_words import NAME
from papers.models import LetterSettings, LetterTemplate, Workshop

STATES = {"owed": "Not come yet", "overdue": "Overdue", "returned": "Returned", "blocked": "Blocked by a check"}
LATELY = {12: "12 hours", 24: "24 hours", 48: "2 days", 72: "3 days", 168: "a week"}
UNITS = {"days-before": "days before", "hours-before": "hours before", "hours-after": "hours after", "days-after": "days after"}
HOURS = {"days-before": -24, "hours-before": -1, "hours-after": 1, "days-after": 24}


class ChaseForm(forms.Form):
    """Who is chased for what, with which letter; a value it does not know asks nothing."""

    kind = forms.ChoiceField(required=False, choices=[("", "Everything that is owed"), *ITEMS.items()], label="What is owed")
    state = forms.ChoiceField(required=False, choices=[("", "However far it is"), *STATES.items()], label="How far it is")
    track = forms.ChoiceField(required=False, label="Track")
    q = forms.CharField(required=False, max_length=5000, label="Which papers", help_text="A search, e.g. a word of the title, or #12.")
    template = forms.ModelChoiceField(LetterTemplate.objects.none(), required=False, label="Letter")
    hours = forms.ChoiceField(required=False, choices=list(LATELY.items()), label="Reminded within")
    recent = forms.ChoiceField(
        required=False, choices=[("skip", "Leave out who was"), ("again", "Write to them again")], label="Who was reminded"
    )
    digest = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)
    nonce = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)
    confirmed = forms.BooleanField(required=False, label="I have seen this; send it nonetheless")

    def __init__(self, data: Any, *, workshop: Workshop) -> None:
        super().__init__({"hours": "48", **data.dict()})
        track, template = self.fields["track"], self.fields["template"]
        assert isinstance(track, forms.ChoiceField) and isinstance(template, forms.ModelChoiceField)
        track.choices = [("", "Any track"), *((one.slug, one.name) for one in workshop.tracks.all())]
        _offer_letters(template, workshop)

    @property
    def filters(self) -> list[forms.BoundField]:
        """Return what says who is written to, and with which letter."""
        return [self[name] for name in ("kind", "state", "track", "q", "template", "hours", "recent")]

    def read_question(self) -> ChaseQuestion:
        """Return who is asked for; invalid values are left out, but a state that nobody is chased in finds nobody."""
        self.is_valid()
        values = self.cleaned_data
        state = values.get("state", str(self.data.get("state", ""))[:20])
        return ChaseQuestion(
            values.get("kind", ""),
            state,
            values.get("track", ""),
            values.get("q", ""),
            int(values.get("hours") or 48),
            values.get("recent") != "again",
        )


class RuleForm(forms.Form):
    """When a reminder leaves, of what, with which letter."""

    count = forms.IntegerField(min_value=1, max_value=1440, initial=3, label="How long")
    unit = forms.ChoiceField(choices=list(UNITS.items()), initial="days-before", label="Before or after the deadline")
    items = forms.MultipleChoiceField(
        required=False,
        choices=list(ITEMS.items()),
        widget=forms.CheckboxSelectMultiple,
        label="Of what",
        help_text="None ticked: of everything that is owed and has a date.",
    )
    template = forms.ModelChoiceField(LetterTemplate.objects.none(), required=False, label="Letter")

    def __init__(self, data: Any = None, *, workshop: Workshop) -> None:
        super().__init__(data)
        template = self.fields["template"]
        assert isinstance(template, forms.ModelChoiceField)
        _offer_letters(template, workshop)

    def read_values(self) -> dict[str, Any]:
        """Return the rule as `add_reminder_rule` takes it."""
        values = self.cleaned_data
        return {"items": values["items"], "hours": values["count"] * HOURS[values["unit"]], "template": values["template"]}


class QuietForm(forms.Form):
    """At which hours no reminder leaves."""

    start = forms.TimeField(label="From", widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))
    end = forms.TimeField(label="Until", widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))

    def __init__(self, data: Any = None, *, held: LetterSettings) -> None:
        super().__init__(data, initial={"start": held.quiet_from, "end": held.quiet_until})


class NoticesForm(forms.Form):
    """Which acts write to authors by themselves."""

    tells_returns = forms.BooleanField(required=False, label=NOTICES["tells_returns"])
    tells_answers = forms.BooleanField(required=False, label=NOTICES["tells_answers"])
    tells_approvals = forms.BooleanField(required=False, label=NOTICES["tells_approvals"])
    tells_receipts = forms.BooleanField(required=False, label=NOTICES["tells_receipts"])

    def __init__(self, data: Any = None, *, held: LetterSettings) -> None:
        super().__init__(data, initial={name: getattr(held, name) for name in NOTICES})


def _offer_letters(field: "forms.ModelChoiceField[LetterTemplate]", workshop: Workshop) -> None:
    """Offer the workshop's letters; its reminder is what is taken where none is chosen, made its own or not."""
    field.queryset = workshop.letter_templates.exclude(name__iexact=NAME)
    field.empty_label = NAME
