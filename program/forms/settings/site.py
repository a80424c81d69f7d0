"""The site and its blocks."""

from dataclasses import replace
from typing import Any

from program.exports.registry import FORMATS
from program.forms.settings.entries import EntryForm, LinesField, SettingsForm, line, select
from program.workshop_files import WorkshopSettings
from program.workshop_files.entries import read_entry
from program.workshop_files.mistakes import Reader
from program.workshop_files.values import BlockSettings, SiteSettings


class SiteForm(SettingsForm):
    """Where the site is."""

    url = line("Address of the site", placeholder="https://")

    def __init__(self, data: Any = None, *, settings: WorkshopSettings) -> None:
        super().__init__(data, settings=settings, initial={"url": settings.site.url if settings.site else ""})

    def clean(self) -> dict[str, Any]:
        """Read the address; without address and blocks there is no site."""
        cleaned = super().clean() or {}
        reader = Reader()
        found = read_entry(SiteSettings, reader, self.read_document(), "$")
        self.take_mistakes(reader.mistakes)
        if not self.errors:
            site = replace(self.settings.site or SiteSettings(), url=found.url)
            self.keep(replace(self.settings, site=site if site != SiteSettings() else None))
        return cleaned


class BlockForm(EntryForm):
    """One marked block in a file of the site."""

    entry_class = BlockSettings
    name = line("Name", placeholder="accepted", help_text="In the markers: letters, digits, hyphens.", is_needed=True)
    path = line("File", placeholder="_pages/home.md", help_text="Path inside the site.", is_needed=True)
    format = select("Format", [])
    options = LinesField(label="Options", help_text="One on each line, for example dialect=list.")
    heading = line("Heading", help_text="Markers are put under it when the file has none.")

    def fill_choices(self) -> None:
        """Offer every format, and the one that stands there."""
        names = list(FORMATS)
        if self.old is not None and self.old.format not in names:
            names.append(self.old.format)
        self.fields["format"].choices = [(name, name) for name in names]  # type: ignore[attr-defined]

    def show(self, entry: BlockSettings, settings: WorkshopSettings) -> dict[str, Any]:
        """Write an option on each line."""
        return {**super().show(entry, settings), "options": [f"{key}={write_option(value)}" for key, value in entry.options]}

    def read_document(self) -> dict[str, Any]:
        """Read the lines of options."""
        document = super().read_document()
        if "options" in document:
            pairs = [told.partition("=") for told in document["options"]]
            document["options"] = {key.strip(): read_option(value.strip()) for key, _, value in pairs}
        return document


def write_option(value: Any) -> str:
    """Return an option's value as people type it."""
    return {True: "yes", False: "no"}[value] if isinstance(value, bool) else str(value)


def read_option(text: str) -> Any:
    """Return what was typed as an option's value."""
    return {"yes": True, "no": False}.get(text, text)
