"""What organizers fill in while the day runs."""

import datetime as dt

from django import forms

from program.moves.bulk_moves import Shift

LONGEST = 600


class DayForm(forms.Form):
    """Which day is looked at."""

    day = forms.DateField(required=False)

    def read_day(self) -> dt.date | None:
        """Return the day; nothing where none can be read."""
        return self.cleaned_data["day"] if self.is_valid() else None


class ItemForm(forms.Form):
    """Which session, paper or talk is meant."""

    item = forms.CharField(max_length=40, required=False)

    def read_item(self) -> str:
        """Return its key; nothing where none can be read."""
        return self.cleaned_data["item"] if self.is_valid() else ""


class RoomForm(forms.Form):
    """Which room is meant; sessions without a room have the one without a name."""

    room = forms.CharField(max_length=200, required=False, strip=False)

    def read_room(self) -> str:
        """Return its name."""
        return self.cleaned_data["room"] if self.is_valid() else ""


class ShiftForm(forms.Form):
    """Which sessions move by how many minutes, and what the world reads about it."""

    session = forms.CharField(max_length=40, widget=forms.HiddenInput)
    minutes = forms.IntegerField(label="Minutes", min_value=-LONGEST, max_value=LONGEST, help_text="Less than 0 moves earlier.")
    scope = forms.ChoiceField(label="What moves", choices=[("room", "The rest of this room's day"), ("day", "The rest of the whole day")])

    def clean_minutes(self) -> int:
        """Refuse to move by nothing."""
        minutes: int = self.cleaned_data["minutes"]
        if minutes == 0:
            raise forms.ValidationError("Say by how many minutes, for example 15.")
        return minutes

    def read_shift(self) -> Shift:
        """Return the move of a valid form."""
        said = self.cleaned_data
        return Shift(session=said["session"], minutes=said["minutes"], scope=said["scope"])


class PublishShiftForm(ShiftForm):
    """The same, to be done and published."""

    note = forms.CharField(label="What the world reads about it", max_length=500, required=False)
    despite_conflicts = forms.BooleanField(label="Publish although this can't happen as planned", required=False)
    edit = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
