"""Forms for one entry of a workshop's settings, read by the rules of the workshop file."""

import hashlib
import json
import re
from typing import Any, ClassVar

from django import forms

from program.workshop_files import WorkshopSettings, check_settings
from program.workshop_files.edits import list_entries, put_entry
from program.workshop_files.entries import read_entry, write_entry
from program.workshop_files.mistakes import Mistake, Reader

NUMBER = re.compile(r"-?\d{1,9}", re.ASCII)
CHANGED_MEANWHILE = "Somebody else changed this list since you opened the page. Look at it again before you keep your change."


class LinesField(forms.CharField):
    """A list of texts, one on each line."""

    def __init__(self, *, rows: int = 3, **options: Any) -> None:
        super().__init__(required=False, widget=forms.Textarea(attrs={"rows": rows}), **options)

    def to_python(self, value: Any) -> Any:
        """Return the lines that say something."""
        return [line.strip() for line in str(value or "").splitlines() if line.strip()]

    def prepare_value(self, value: Any) -> Any:
        """Return the lines as one text."""
        return "\n".join(map(str, value)) if isinstance(value, (list, tuple)) else value


class SettingsForm(forms.Form):
    """Changes a workshop's settings; `changed` holds them once the form is valid, `settings` what they were."""

    changed: WorkshopSettings

    def __init__(self, data: Any = None, *, settings: WorkshopSettings, **options: Any) -> None:
        self.settings = settings
        super().__init__(data, **options)

    def read_document(self) -> dict[str, Any]:
        """Return what was filled in as a part of a workshop file; what was left empty is left out."""
        found = {name: self._read_value(name) for name in self.fields if name != "seen"}
        return {name: value for name, value in found.items() if value not in ("", None, [])}

    def take_mistakes(self, mistakes: list[Mistake], path: str = "$") -> None:
        """Show each mistake at its field, or above the form."""
        for mistake in mistakes:
            key = mistake.path.removeprefix(path).lstrip(".")
            field = self.locate(re.split(r"[.\[]", key)[0] if mistake.path.startswith(path) else "")
            sentence = mistake.sentence[:1].upper() + mistake.sentence[1:]
            missing = re.match(r"“(\w+)” is missing", mistake.sentence)
            if missing:
                field, sentence = self.locate(missing[1]), "This is needed."
            if field in self.errors:
                continue
            self.add_error(field, sentence if field or mistake.path.startswith(path) else f"{sentence} ({mistake.path})")

    def locate(self, key: str) -> str | None:
        """Return the field in which a key of the file is filled in, or nothing."""
        return key if key in self.fields else None

    def keep(self, changed: WorkshopSettings) -> None:
        """Take the changed settings, or show what is wrong with them now that was not before."""
        before = set(map(str, check_settings(self.settings)))
        self.take_mistakes([mistake for mistake in check_settings(changed) if str(mistake) not in before], self.find_path(changed))
        self.changed = changed

    def find_path(self, changed: WorkshopSettings) -> str:
        """Return the path of what the form changes."""
        return "$"

    def _read_value(self, name: str) -> Any:
        value = self.cleaned_data.get(name)
        is_number = isinstance(self.fields[name].widget, forms.NumberInput)
        return int(value) if is_number and isinstance(value, str) and NUMBER.fullmatch(value) else value


class EntryForm(SettingsForm):
    """One entry of a list: `index` names the one to change, nothing adds one."""

    entry_class: ClassVar[type[Any]]
    fixed_fields: ClassVar[tuple[str, ...]] = ()
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, settings: WorkshopSettings, section: str, index: int | None = None) -> None:
        self.section = section
        self.index = index
        self.old = list_entries(settings, section)[index] if index is not None else None
        initial = self.suggest(settings) if self.old is None else self.show(self.old, settings)
        super().__init__(data, settings=settings, initial={**initial, "seen": sign_section(settings, section)})
        self.fill_choices()
        if self.old is not None:
            for name in self.fixed_fields:
                del self.fields[name]

    def suggest(self, settings: WorkshopSettings) -> dict[str, Any]:
        """Return what a new entry starts with."""
        return {}

    def show(self, entry: Any, settings: WorkshopSettings) -> dict[str, Any]:
        """Return an entry as the form shows it."""
        return write_entry(entry, settings.zone)

    def fill_choices(self) -> None:
        """Give fields the choices that depend on the workshop."""

    def read(self, reader: Reader, document: dict[str, Any]) -> Any:
        """Return the entry that was filled in, noting mistakes."""
        fixed = {name: getattr(self.old, name) for name in self.fixed_fields} if self.old is not None else {}
        return read_entry(self.entry_class, reader, {**document, **fixed}, "$")

    def change(self, entry: Any) -> WorkshopSettings:
        """Return the settings with the entry."""
        return put_entry(self.settings, self.section, self.index, entry)

    def clean(self) -> dict[str, Any]:
        """Read the entry and put it into the settings."""
        cleaned = super().clean() or {}
        if self.index is not None and cleaned.get("seen") != sign_section(self.settings, self.section):
            self.add_error(None, CHANGED_MEANWHILE)
            return cleaned
        reader = Reader(zone=self.settings.zone)
        entry = self.read(reader, self.read_document())
        self.take_mistakes(reader.mistakes)
        if not self.errors:
            self.keep(self.change(entry))
        return cleaned

    def find_path(self, changed: WorkshopSettings) -> str:
        """Return the path of the entry in the changed settings, where it still stands at its place."""
        place = len(list_entries(changed, self.section)) - 1 if self.index is None else self.index
        return f"$.site.blocks[{place}]" if self.section == "blocks" else f"$.{self.section}[{place}]"


def sign_section(settings: WorkshopSettings, section: str) -> str:
    """Return a mark of a section's state, by which a page knows that it is out of date."""
    told = json.dumps([write_entry(entry, settings.zone) for entry in list_entries(settings, section)], sort_keys=True)
    return hashlib.sha256(told.encode()).hexdigest()[:24]


def line(label: str, *, help_text: str = "", placeholder: str = "", is_needed: bool = False) -> forms.CharField:
    """Make a field for one line."""
    attrs = {"placeholder": placeholder} if placeholder else {}
    return forms.CharField(label=label, required=is_needed, help_text=help_text, widget=forms.TextInput(attrs=attrs))


def number(label: str, *, help_text: str = "", is_needed: bool = False) -> forms.CharField:
    """Make a field for a whole number; what it may be is said by the workshop file."""
    return forms.CharField(label=label, required=is_needed, help_text=help_text, widget=forms.NumberInput(attrs={"inputmode": "numeric"}))


def check(label: str, *, help_text: str = "", initial: bool = False) -> forms.BooleanField:
    """Make a box to tick."""
    return forms.BooleanField(label=label, required=False, help_text=help_text, initial=initial)


def select(label: str, choices: list[tuple[str, str]], *, empty: str | None = None, help_text: str = "") -> forms.ChoiceField:
    """Make a choice; `empty` is the label of none."""
    options = choices if empty is None else [("", empty), *choices]
    return forms.ChoiceField(label=label, choices=options, required=empty is None, help_text=help_text)


def day_field(label: str, *, help_text: str = "") -> forms.CharField:
    """Make a field for a day."""
    return forms.CharField(label=label, required=False, help_text=help_text, widget=forms.TextInput(attrs={"type": "date"}))


def time_field(label: str, *, help_text: str = "") -> forms.CharField:
    """Make a field for a time of day; text, so that an offset can follow on days when clocks go back."""
    return forms.CharField(
        label=label,
        required=False,
        help_text=help_text,
        widget=forms.TextInput(attrs={"placeholder": "08:30", "pattern": r"\d{1,2}:\d{2}([+\-]\d{2}:\d{2})?", "autocomplete": "off"}),
    )
