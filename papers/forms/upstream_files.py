"""What the pages on OpenReview's files and on differing metadata ask for."""

from typing import Any

from django import forms

from papers.file_plans import FETCHED_KINDS
from papers.forms.imports import SignInForm
from papers.metadata_differences import SIDES, DifferenceQuestion
from papers.metadata_sides import LABELS
from papers.models import FileKind, FileSource, Workshop


class FileSignInForm(SignInForm):
    """An account that may read the venue's files."""

    is_rehearsal = None  # type: ignore[assignment]


class FileSourceForm(forms.Form):
    """By which revision camera-ready files come, which field holds which kind."""

    stage = forms.CharField(
        required=False,
        max_length=200,
        label="Revision",
        help_text="The part of its invitation behind /-/. Empty: any that is called camera-ready or final. *: files as they are.",
        widget=forms.TextInput(attrs={"placeholder": "Camera_Ready_Revision", "autocomplete": "off"}),
    )

    def __init__(self, data: Any = None, *, source: FileSource) -> None:
        super().__init__(data, auto_id="source-%s", initial={"stage": source.stage, **source.fields})
        for kind in FETCHED_KINDS:
            attributes = {"placeholder": "pdf" if kind is FileKind.PAPER else "The usual names", "autocomplete": "off"}
            self.fields[kind.value] = forms.CharField(
                required=False, max_length=200, label=kind.label, widget=forms.TextInput(attrs=attributes)
            )

    def read_fields(self) -> dict[str, str]:
        """Return the field named for each kind."""
        return {kind.value: self.cleaned_data[kind.value] for kind in FETCHED_KINDS}


class DifferenceForm(forms.Form):
    """The filters of the page of differences; a value it does not know asks nothing."""

    track = forms.ChoiceField(required=False)
    field = forms.ChoiceField(required=False, choices=[("", "Any field"), *LABELS.items()])
    side = forms.ChoiceField(required=False, choices=[("", "Either side"), *SIDES.items()])

    def __init__(self, data: Any, *, workshop: Workshop) -> None:
        super().__init__(data)
        track = self.fields["track"]
        assert isinstance(track, forms.ChoiceField)
        track.choices = [("", "Any track"), *((one.slug, one.name) for one in workshop.tracks.all())]

    def read_question(self) -> DifferenceQuestion:
        """Return what is asked; invalid values are left out."""
        self.is_valid()
        return DifferenceQuestion(**{name: self.cleaned_data.get(name, "") for name in ("track", "field", "side")})
