"""What the paper page asks for."""

from typing import Any

from django import forms

from papers.models import Track, Workshop


class PaperEditForm(forms.Form):
    """The fields of a paper that organizers may correct here."""

    title = forms.CharField(max_length=1000)
    track = forms.ModelChoiceField(Track.objects.none(), required=False, empty_label="No track")
    wants_proceedings = forms.TypedChoiceField(
        required=False,
        label="Proceedings choice",
        choices=[("", "Not known"), ("yes", "In the proceedings"), ("no", "Not in the proceedings")],
        coerce=lambda value: value == "yes",
        empty_value=None,
    )

    def __init__(self, *args: Any, workshop: Workshop, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["track"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = workshop.tracks.all()
