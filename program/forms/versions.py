"""What is asked before a schedule is published, or two versions are compared."""

from collections.abc import Sequence

from django import forms

from program.models import ScheduleVersion

DRAFT = "draft"


class PublishForm(forms.Form):
    """A note, what goes against a warning, who is written to; `seen` is the last edit that was shown."""

    note = forms.CharField(max_length=2000, required=False, label="Note", help_text="Why, in a line; organizers read it here.")
    despite_conflicts = forms.BooleanField(required=False, label="Publish in spite of these conflicts")
    writes_letters = forms.BooleanField(required=False, label="Write to everybody whom this touches, and to nobody else")
    seen = forms.IntegerField(min_value=0, required=False, widget=forms.HiddenInput)


class CompareForm(forms.Form):
    """Two versions, or one and the draft."""

    before = forms.TypedChoiceField(coerce=str, label="From")
    after = forms.TypedChoiceField(coerce=str, label="To")

    def __init__(self, *args: object, versions: Sequence[ScheduleVersion], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        choices = [(DRAFT, "the draft"), *((str(version.number), f"version {version.number}") for version in versions)]
        for name in ("before", "after"):
            field = self.fields[name]
            assert isinstance(field, forms.TypedChoiceField)
            field.choices = choices
