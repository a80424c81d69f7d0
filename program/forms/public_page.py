"""What a visitor asks of the public program."""

from django import forms

from papers.texts import clean_line
from program.local_times import describe_unknown_zone, list_zones
from program.public_page.picks import Pick, read_items, read_words


class PickForm(forms.Form):
    """Words, filters, a zone beside the workshop's, the items of a list that somebody shares; nothing is needed."""

    q = forms.CharField(max_length=200, required=False)
    zone = forms.CharField(max_length=64, required=False)
    kind = forms.CharField(max_length=40, required=False)
    room = forms.CharField(max_length=200, required=False)
    day = forms.DateField(required=False)
    track = forms.CharField(max_length=100, required=False)
    presentation = forms.CharField(max_length=100, required=False)
    items = forms.CharField(max_length=8_000, required=False)

    def clean_zone(self) -> str:
        """Return the zone as it is called; refuse one that nobody knows."""
        said = clean_line(self.cleaned_data["zone"]).replace(" ", "_")
        folded = {zone.casefold(): zone for zone in list_zones()}
        if said and said.casefold() not in folded:
            raise forms.ValidationError(describe_unknown_zone(self.cleaned_data["zone"]))
        return folded[said.casefold()] if said else ""

    def read_pick(self) -> Pick:
        """Return what is asked for; what can't be read asks for nothing."""
        self.is_valid()
        said = self.cleaned_data
        return Pick(
            words=read_words(said.get("q", "")),
            kind=said.get("kind", ""),
            room=said.get("room", ""),
            day=said.get("day"),
            track=said.get("track", ""),
            presentation=said.get("presentation", ""),
            items=read_items(said.get("items", "")),
        )

    def read_zone(self, own: str) -> str:
        """Return the zone to show beside the workshop's `own`; nothing where it is the same or can't be read."""
        self.is_valid()
        zone: str = self.cleaned_data.get("zone", "")
        return "" if zone == own else zone
