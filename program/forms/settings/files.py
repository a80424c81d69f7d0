"""A workshop file that is uploaded, looked at, applied; the next edition."""

import hashlib
from typing import Any

from django import forms

from program.workshop_files import WorkshopFileRefused, WorkshopSettings, parse_workshop_file, write_workshop_file
from program.workshop_files.documents import LARGEST_FILE


class FileForm(forms.Form):
    """A workshop file for one workshop; `changed` holds its settings once the form is valid."""

    changed: WorkshopSettings

    def __init__(self, data: Any = None, files: Any = None, *, settings: WorkshopSettings) -> None:
        self.settings = settings
        super().__init__(data, files)

    def take_file(self, content: bytes | str, field: str) -> None:
        """Read the file, showing every mistake."""
        try:
            self.changed = parse_workshop_file(content)
        except WorkshopFileRefused as refusal:
            for mistake in refusal.mistakes:
                self.add_error(field, str(mistake))
        else:
            if self.changed.slug != self.settings.slug:
                self.add_error(field, f"$.slug: this is the file of “{self.changed.slug}”, not of “{self.settings.slug}”.")


class UploadForm(FileForm):
    """The file to look at."""

    file = forms.FileField(label="Workshop file", widget=forms.ClearableFileInput(attrs={"accept": ".json,application/json"}))

    def clean(self) -> dict[str, Any]:
        """Read the file."""
        cleaned = super().clean() or {}
        if cleaned.get("file"):
            self.take_file(cleaned["file"].read(LARGEST_FILE + 1), "file")
        return cleaned


class ApplyForm(FileForm):
    """The file that was looked at, with the mark of what it was compared to."""

    text = forms.CharField(widget=forms.HiddenInput, strip=False)
    compared = forms.CharField(widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        """Read the file again; refuse when the settings are not those of the preview any more."""
        cleaned = super().clean() or {}
        self.take_file(cleaned.get("text", ""), "text")
        if cleaned.get("compared") != sign_settings(self.settings):
            self.add_error(None, "The settings changed since you looked at the difference. Look again.")
        return cleaned


class EditionForm(forms.Form):
    """The next edition."""

    slug = forms.CharField(label="Slug", max_length=60, help_text="In addresses and commands, for example things27.")
    year = forms.IntegerField(label="Year", min_value=1990, max_value=2100)


def sign_settings(settings: WorkshopSettings) -> str:
    """Return a mark of all settings."""
    return hashlib.sha256(write_workshop_file(settings)).hexdigest()
