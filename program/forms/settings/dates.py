"""A date with what it was before."""

from typing import Any

from django.utils import timezone

from papers.models import ImportantDate
from program.forms.settings.entries import EntryForm, check, day_field, line, select, time_field
from program.workshop_files import WorkshopSettings
from program.workshop_files.edits import keep_old_value
from program.workshop_files.mistakes import Reader
from program.workshop_files.moments import Moment
from program.workshop_files.values import DateSettings, read_in_own_zone

ZONE_HELP = "An IANA name such as America/Chicago, or AoE."


class DateForm(EntryForm):
    """A date; its earlier values are kept."""

    entry_class = DateSettings
    name = line("Name", placeholder="Submission deadline", is_needed=True)
    kind = select("Kind", ImportantDate.Kind.choices)
    day = day_field("Day")
    time = time_field("Time", help_text="Empty: the whole day.")
    zone = line("Time zone", help_text=ZONE_HELP, is_needed=True)
    until = day_field("Last candidate day", help_text="While the day is not fixed.")
    note = line("Note", help_text="Printed behind the date.")
    is_new = check("Mark as new", help_text="For a date that was added later.")
    keeps_old = check("Keep the value it has now as history", help_text="When day, time or zone change.")
    shows_history = check("Print earlier values struck out")

    def suggest(self, settings: WorkshopSettings) -> dict[str, Any]:
        """Start in the workshop's zone."""
        return {"zone": settings.zone, "shows_history": True, "kind": "other"}

    def show(self, entry: DateSettings, settings: WorkshopSettings) -> dict[str, Any]:
        """Split the moment into day and time."""
        shown = super().show(entry, settings)
        return {
            **shown,
            **split_moment(entry.at),
            "zone": entry.zone,
            "kind": entry.kind,
            "shows_history": entry.shows_history,
            "keeps_old": True,
        }

    def fill_choices(self) -> None:
        """Leave out what a new date has not yet."""
        if self.old is None:
            del self.fields["keeps_old"]

    def read_document(self) -> dict[str, Any]:
        """Join day and time."""
        document = super().read_document()
        document.pop("keeps_old", None)
        return join_moment(document, "at")

    def read(self, reader: Reader, document: dict[str, Any]) -> DateSettings:
        """Read the date in its own zone; keep what it was before."""
        earlier = {"earlier": super().show(self.old, self.settings).get("earlier", [])} if self.old is not None else {}
        date: DateSettings = read_in_own_zone(DateSettings, reader, {**document, **earlier}, "$")
        if self.old is not None and self.cleaned_data.get("keeps_old") and not reader.mistakes:
            return keep_old_value(self.old, date, changed_at=timezone.now().replace(microsecond=0))
        return date

    def locate(self, key: str) -> str | None:
        """Show mistakes in the moment at the time, or at the day where there is none."""
        if key == "at":
            return "time" if self.cleaned_data.get("time") else "day"
        return super().locate(key)


def split_moment(moment: Moment | None) -> dict[str, str]:
    """Return day and time of a moment as two fields."""
    if moment is None:
        return {}
    day, _, time = str(moment).partition("T")
    return {"day": day, "time": time}


def join_moment(document: dict[str, Any], key: str) -> dict[str, Any]:
    """Return the document with day and time as one value."""
    day, time = document.pop("day", ""), document.pop("time", "")
    if day or time:
        padded = f"0{time}" if time[1:2] == ":" else time
        document[key] = f"{day}T{padded}" if time else day
    return document
