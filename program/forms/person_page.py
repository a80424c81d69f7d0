"""What people of a program fill in on their own page."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

from papers.models import Workshop
from papers.zones import find_zone, format_clock, name_offset
from program.answers import ASKED, MOST_SLIDES, mark_value
from program.forms.people import PersonTextsForm
from program.local_times import NoSuchTime, place_in_zone
from program.models import Person
from program.photos import MEGABYTE, MOST_BYTES

A_DAY = 3  # times that one day has room for
MOST_DAYS = 21
MIDNIGHT = dt.time(0)


class ProfileForm(PersonTextsForm):
    """What a person says of themselves; hidden marks tell what they saw."""

    def __init__(self, *args: Any, values: dict[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **{"initial": values, **kwargs})
        self.marks = {name: mark_value(values[name]) for name in ASKED}
        self.fields["zone"].help_text = "Of the place where you will be, e.g. Asia/Tokyo."
        self.fields["attends"].label = "How do you take part?"
        self.fields["slides_url"].help_text = "If you don't hand in a file; a link takes its place."

    def read_seen(self) -> dict[str, str]:
        """Return the marks of what was shown when the person began."""
        return {name: str(self.data.get(f"seen-{name}", ""))[:64] for name in ASKED}


class DeclineForm(forms.Form):
    """Why somebody can't take part."""

    reason = forms.CharField(
        label="Why (the organizers read it)", max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )


class PhotoForm(forms.Form):
    """A photo."""

    file = forms.FileField(
        label="Photo",
        max_length=1000,
        allow_empty_file=True,
        error_messages={"required": "Choose a photo first."},
        widget=forms.ClearableFileInput(attrs={"accept": "image/jpeg,image/png,image/webp"}),
    )

    def clean_file(self) -> bytes:
        """Return the bytes; what is too large is not read."""
        return _read(self.cleaned_data["file"], MOST_BYTES)


class SlidesForm(forms.Form):
    """Slides as a PDF."""

    file = forms.FileField(
        label="Slides (PDF)",
        max_length=1000,
        allow_empty_file=True,
        error_messages={"required": "Choose a PDF first."},
        widget=forms.ClearableFileInput(attrs={"accept": "application/pdf,.pdf"}),
    )

    def clean_file(self) -> "UploadedFile[bytes]":
        """Refuse what is too large."""
        file: UploadedFile[bytes] = self.cleaned_data["file"]
        _refuse_large(file, MOST_SLIDES)
        return file


@dataclass(frozen=True, slots=True)
class DayOfTimes:
    """A day of the person's calendar with its fields, and what the workshop's clocks show when it begins and ends there."""

    day: dt.date
    fields: tuple[tuple[forms.BoundField, forms.BoundField], ...]
    note: str


class TimesForm(forms.Form):
    """When a person can, day by day, in their own zone; "to" at midnight, or before "from", is the next day."""

    seen = forms.CharField(max_length=64, required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, person: Person, seen: str, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": "times-%s", "initial": {"seen": seen}, **kwargs})
        self.workshop, self.zone = person.workshop, person.zone or person.workshop.zone
        self.calendar = list_days(person.workshop, self.zone, _list_local(person, self.zone))
        held = _group_by_day(_list_local(person, self.zone))
        for day in self.calendar:
            times = held.get(day, [])
            for place in range(max(A_DAY, len(times))):
                start, end = times[place] if place < len(times) else (None, None)
                self.fields[f"from-{day}-{place}"] = _make_field("From", start)
                self.fields[f"to-{day}-{place}"] = _make_field("to", end)

    @property
    def days(self) -> list[DayOfTimes]:
        """Return the days with their fields."""
        return [DayOfTimes(day, tuple(self._list_pairs(day)), self._tell(day)) for day in self.calendar]

    def clean(self) -> dict[str, Any]:
        """Read the times as instants; say at which field what is wrong."""
        cleaned = super().clean() or self.cleaned_data
        cleaned["times"] = [time for day in self.calendar for time in self._read_day(day, cleaned)]
        return cleaned

    def _list_pairs(self, day: dt.date) -> Iterator[tuple[forms.BoundField, forms.BoundField]]:
        place = 0
        while f"from-{day}-{place}" in self.fields:
            yield self[f"from-{day}-{place}"], self[f"to-{day}-{place}"]
            place += 1

    def _read_day(self, day: dt.date, cleaned: dict[str, Any]) -> Iterator[tuple[dt.datetime, dt.datetime]]:
        for start_field, end_field in self._list_pairs(day):
            start, end = cleaned.get(start_field.name), cleaned.get(end_field.name)
            if start is None and end is None:
                continue
            if start is None or end is None:
                missing = start_field.name if start is None else end_field.name
                if missing not in self.errors:
                    self.add_error(missing, "Write both times, or none.")
                continue
            until = day if end > start else day + dt.timedelta(days=1)
            try:
                yield place_in_zone(dt.datetime.combine(day, start), self.zone), place_in_zone(dt.datetime.combine(until, end), self.zone)
            except NoSuchTime as problem:
                self.add_error(start_field.name, f"{str(problem)[:1].upper()}{str(problem)[1:]}")

    def _tell(self, day: dt.date) -> str:
        """Say what the workshop's clocks show at noon of a day here."""
        if self.zone == self.workshop.zone:
            return ""
        there = dt.datetime.combine(day, dt.time(12), tzinfo=find_zone(self.zone)).astimezone(find_zone(self.workshop.zone))
        return f"12:00 PM here is {there:%b} {there.day}, {format_clock(there)} {name_offset(there)} at the workshop."


def list_days(workshop: Workshop, zone: str, times: list[tuple[dt.datetime, dt.datetime]]) -> list[dt.date]:
    """Return the days of a zone on which the workshop takes place, and those of times that were named already."""
    days = {start.date() for start, _ in times}
    first, last = workshop.starts_on, workshop.ends_on or workshop.starts_on
    if first is not None and last is not None:
        here, there = find_zone(zone), find_zone(workshop.zone)
        begin = dt.datetime.combine(first, dt.time(6), tzinfo=there).astimezone(here).date()
        end = dt.datetime.combine(min(last, first + dt.timedelta(days=MOST_DAYS)), dt.time(21), tzinfo=there).astimezone(here).date()
        days |= {begin + dt.timedelta(days=number) for number in range((end - begin).days + 1)}
    return sorted(days)


def _list_local(person: Person, zone: str) -> list[tuple[dt.datetime, dt.datetime]]:
    here = find_zone(zone)
    return [(time.starts_at.astimezone(here), time.ends_at.astimezone(here)) for time in person.availability.all()]


def _group_by_day(times: list[tuple[dt.datetime, dt.datetime]]) -> dict[dt.date, list[tuple[dt.time, dt.time]]]:
    """Return the times as clocks show them, by day; what lasts longer than a day is cut at each same time of day."""
    days: dict[dt.date, list[tuple[dt.time, dt.time]]] = {}
    for start, end in times:
        begin = start
        while end - begin > dt.timedelta(days=1):
            until = begin + dt.timedelta(days=1)
            days.setdefault(begin.date(), []).append((begin.time(), until.time()))
            begin = until
        days.setdefault(begin.date(), []).append((begin.time(), end.time()))
    return days


def _make_field(label: str, initial: dt.time | None) -> forms.TimeField:
    widget = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    return forms.TimeField(
        label=label, required=False, initial=initial, widget=widget, error_messages={"invalid": "Write a time as 09:30."}
    )


def _read(file: "UploadedFile[bytes]", most: int) -> bytes:
    _refuse_large(file, most)
    content = file.read()
    return content if isinstance(content, bytes) else b""


def _refuse_large(file: "UploadedFile[bytes]", most: int) -> None:
    size = file.size or 0
    if size > most:
        raise forms.ValidationError(f"The file has {size / MEGABYTE:.1f} MB; {most // MEGABYTE} MB are allowed here.")
