"""What the pages of camera-ready files ask for."""

import datetime as dt
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

from papers.file_names import ENDINGS
from papers.file_rules import CODES, MEGABYTE, list_media_types
from papers.forms.layouts import LayoutForm, fill_layout
from papers.models import FileKind, RequiredFile, Track, Workshop
from papers.pdf_checks.own_layout import OwnLayout
from papers.readiness import ITEMS, STATES, BoardQuestion
from papers.zones import find_zone

NO_FILE = "Choose a file first."


class FileForm(forms.Form):
    """A file of one kind."""

    file = forms.FileField(label="File", max_length=1000, allow_empty_file=True, error_messages={"required": NO_FILE, "invalid": NO_FILE})

    def __init__(self, *args: Any, kind: str, most_bytes: int, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": f"{kind}-%s", **kwargs})
        self.most_bytes = most_bytes
        accepted = [part for media_type in list_media_types(kind) for part in (media_type, ENDINGS[media_type])]
        self.fields["file"].widget.attrs["accept"] = ",".join(accepted)

    def clean_file(self) -> "UploadedFile[bytes]":
        """Refuse what is too large, before anything looks into it."""
        file: UploadedFile[bytes] = self.cleaned_data["file"]
        size = file.size or 0
        if size > self.most_bytes:
            sentence = f"The file has {size / MEGABYTE:.1f} MB; {round(self.most_bytes / MEGABYTE, 1):g} MB are allowed here."
            raise forms.ValidationError(sentence)
        return file


class LinkForm(forms.Form):
    """Where a video can be watched."""

    link = forms.URLField(label="Address of the video", max_length=500, assume_scheme="https")

    def __init__(self, *args: Any, kind: str, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": f"{kind}-%s", **kwargs})


class ReasonForm(forms.Form):
    """Why a file comes back, or why a finding may stand."""

    reason = forms.CharField(max_length=4000, widget=forms.Textarea(attrs={"rows": 2}))


class ZonedMomentField(forms.CharField):
    """A day and time of day, read in a zone that is set when the form is made."""

    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
    zone = "UTC"

    def clean(self, value: Any) -> dt.datetime | None:
        """Return an aware instant, or nothing where nothing is given."""
        text = super().clean(value)
        if not text:
            return None
        try:
            moment = dt.datetime.fromisoformat(text)
        except ValueError as error:
            raise forms.ValidationError("Give a day and a time, for example 2026-04-14T23:59.") from error
        if not 2000 <= moment.year <= 2200:
            raise forms.ValidationError("Look at the year.")
        return moment.replace(tzinfo=find_zone(self.zone)).astimezone(dt.UTC)


class ExtensionForm(forms.Form):
    """A later deadline for one paper, with its reason."""

    due_at = ZonedMomentField(label="Until")
    reason = forms.CharField(max_length=1000, label="Why")

    def __init__(self, *args: Any, workshop: Workshop, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _set_zone(self.fields["due_at"], workshop)


class RequirementForm(LayoutForm):
    """What a track asks for, by when, and how it is judged."""

    track = forms.ModelChoiceField(Track.objects.none(), required=False, empty_label="Every track without a line of its own")
    kind = forms.ChoiceField(choices=FileKind.choices, label="What")
    due_at = ZonedMomentField(required=False, label="Due", help_text="")
    grace_minutes = forms.IntegerField(
        required=False,
        min_value=0,
        max_value=20_160,
        label="Grace in minutes",
        help_text="So long after the deadline files are still taken; not announced.",
    )
    is_optional = forms.BooleanField(required=False, label="Optional")
    is_for_proceedings = forms.BooleanField(required=False, label="Only of papers in the proceedings")
    is_blocking = forms.BooleanField(
        required=False,
        initial=True,
        label="Findings block",
        help_text="A file with blocking findings can't be approved unless you override them.",
    )
    style = forms.ChoiceField(choices=RequiredFile.Style.choices, initial=RequiredFile.Style.CVPR, label="Layout of the paper")
    max_megabytes = forms.IntegerField(required=False, min_value=1, max_value=200, label="Largest size in MB")
    blocking_codes = forms.CharField(
        required=False, max_length=1000, label="Block also", help_text="Codes of findings that only warn otherwise, for example type3_font."
    )
    lenient_codes = forms.CharField(
        required=False, max_length=1000, label="Only warn of", help_text="Codes of findings that block otherwise."
    )
    note = forms.CharField(required=False, max_length=500, label="Note to authors", widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, *args: Any, workshop: Workshop, is_change: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        track = self.fields["track"]
        assert isinstance(track, forms.ModelChoiceField)
        track.queryset = workshop.tracks.all()
        track.disabled = self.fields["kind"].disabled = is_change  # a line keeps what it is about
        _set_zone(self.fields["due_at"], workshop)
        self.fields["due_at"].help_text = f"In the workshop's zone, {workshop.zone}; empty: no deadline."

    def clean_blocking_codes(self) -> list[str]:
        """Return the codes, or say which is none."""
        return _read_codes(self.cleaned_data["blocking_codes"])

    def clean_lenient_codes(self) -> list[str]:
        """Return the codes, or say which is none."""
        return _read_codes(self.cleaned_data["lenient_codes"])

    def read_values(self) -> dict[str, Any]:
        """Return what is asked, as `ask_for_file` takes it."""
        values = dict(self.cleaned_data)
        block, warn = values.pop("blocking_codes"), values.pop("lenient_codes")
        severities = dict.fromkeys(warn, "warn") | dict.fromkeys(block, "block")
        return values | {"severities": severities, "grace_minutes": values["grace_minutes"] or 0}


def fill_requirement(required: RequiredFile) -> dict[str, Any]:
    """Return what the form begins with, to change a line."""
    names = ("track", "kind", "grace_minutes", "is_optional", "is_for_proceedings", "is_blocking", "style", "max_megabytes", "note")
    zone = find_zone(required.workshop.zone)
    due = required.due_at.astimezone(zone).strftime("%Y-%m-%dT%H:%M") if required.due_at else ""
    codes = {weight: " ".join(sorted(code for code, it in required.severities.items() if it == weight)) for weight in ("block", "warn")}
    values = {name: getattr(required, name) for name in names}
    layout = fill_layout(OwnLayout.from_json(required.layout))
    return values | layout | {"due_at": due, "blocking_codes": codes["block"], "lenient_codes": codes["warn"]}


class BoardForm(forms.Form):
    """The filters of the board; a value it does not know asks nothing."""

    q = forms.CharField(required=False, max_length=5000, label="Search")
    track = forms.ChoiceField(required=False)
    kind = forms.ChoiceField(required=False, choices=[("", "Any item"), *ITEMS.items()])
    state = forms.ChoiceField(required=False, choices=[("", "Any state"), *STATES.items()])

    def __init__(self, data: Any, *, workshop: Workshop) -> None:
        super().__init__(data)
        track = self.fields["track"]
        assert isinstance(track, forms.ChoiceField)
        track.choices = [("", "Any track"), *((one.slug, one.name) for one in workshop.tracks.all())]

    @property
    def selects(self) -> list[forms.BoundField]:
        """Return the filters that are choices."""
        return [self["track"], self["kind"], self["state"]]

    def read_question(self) -> BoardQuestion:
        """Return what is asked; invalid values are left out."""
        self.is_valid()
        values = self.cleaned_data
        return BoardQuestion(
            track=values.get("track", ""), kind=values.get("kind", ""), state=values.get("state", ""), words=values.get("q", "")
        )


def _set_zone(field: forms.Field, workshop: Workshop) -> None:
    assert isinstance(field, ZonedMomentField)
    field.zone = workshop.zone


def _read_codes(text: str) -> list[str]:
    codes = text.replace(",", " ").split()
    unknown = [code for code in codes if code not in CODES]
    if unknown:
        raise forms.ValidationError(f"No finding has the code {unknown[0][:60]}; docs/pdf_checks.md lists all codes.")
    return codes
