"""What a person says of themselves."""

import zoneinfo

from django import forms


def list_zones() -> list[tuple[str, str]]:
    """Return the zones of places, the workshop's own first."""
    return [("", "The workshop's"), *[(name, name) for name in sorted(zoneinfo.available_timezones()) if "/" in name]]


class ProfileForm(forms.Form):
    """Name and time zone."""

    name = forms.CharField(required=False, max_length=200)
    zone = forms.ChoiceField(
        required=False, choices=list_zones, label="Time zone", help_text="Dates are shown in it, beside the workshop's own."
    )
