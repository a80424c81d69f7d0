"""What the paper table and the paper page ask for."""

from typing import Any

from django import forms

from papers.models import Award, Decision, Paper, PresentationKind, Track, Workshop
from papers.search import SORTS, PaperQuestion

FLAGS = [
    ("conflict", "Differs from OpenReview"),
    ("unreleased", "Not released"),
    ("released", "Released"),
    ("few-reviews", "Too few reviews"),
    ("hidden-authors", "Authors hidden"),
    ("vanished", "Not visible upstream"),
    ("award", "Award"),
]


MAIN_FILTERS = ("track", "decision", "presentation")
MORE_FILTERS = ("standing", "proceedings", "flag")


class PaperFilterForm(forms.Form):
    """The filters of the paper table; a value it does not know asks nothing."""

    q = forms.CharField(
        required=False,
        max_length=200,
        label="Search",
        widget=forms.SearchInput(attrs={"placeholder": "Title, author, number", "data-keys-search": ""}),
    )
    track = forms.ChoiceField(required=False)
    decision = forms.ChoiceField(
        required=False, choices=[("", "Any decision"), ("accept", "Accepted"), ("reject", "Rejected"), ("none", "Undecided")]
    )
    presentation = forms.ChoiceField(required=False)
    standing = forms.ChoiceField(required=False, choices=[("", "Any standing"), *Paper.Standing.choices, ("test", "Test submissions")])
    proceedings = forms.ChoiceField(
        required=False, choices=[("", "Proceedings or not"), ("yes", "In the proceedings"), ("no", "Not in the proceedings")]
    )
    flag = forms.ChoiceField(required=False, choices=[("", "Any state"), *FLAGS])
    sort = forms.CharField(required=False, max_length=20, widget=forms.HiddenInput)

    def __init__(self, data: Any, *, workshop: Workshop) -> None:
        super().__init__(data)
        tracks = [(track.slug, track.name) for track in workshop.tracks.all()]
        kinds = [(kind.slug, kind.name) for kind in workshop.presentation_kinds.all()]
        self.choose("track", [("", "Any track"), *tracks, ("none", "No track")])
        self.choose("presentation", [("", "Any presentation"), *kinds, ("none", "None yet")])

    def choose(self, name: str, choices: list[tuple[str, str]]) -> None:
        """Set the choices of a field."""
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices

    @property
    def main_selects(self) -> list[forms.BoundField]:
        """Return the filters that are always in view."""
        return [self[name] for name in MAIN_FILTERS]

    @property
    def more_selects(self) -> list[forms.BoundField]:
        """Return the filters behind a menu."""
        return [self[name] for name in MORE_FILTERS]

    @property
    def asks_more(self) -> bool:
        """Tell whether one of those is set."""
        return any(self.cleaned_data.get(name) for name in MORE_FILTERS)

    @property
    def is_filtered(self) -> bool:
        """Tell whether anything is asked."""
        return any(value for name, value in self.cleaned_data.items() if name != "sort")

    def read_question(self) -> PaperQuestion:
        """Return what is asked; invalid values are left out."""
        self.is_valid()
        values = self.cleaned_data
        sort = values.get("sort") or "number"
        return PaperQuestion(
            words=values.get("q", ""),
            sort=sort if sort.removeprefix("-") in SORTS else "number",
            **{name: values.get(name, "") for name in (*MAIN_FILTERS, *MORE_FILTERS)},
        )


class DecisionForm(forms.Form):
    """Accept or reject one paper."""

    outcome = forms.ChoiceField(choices=Decision.Outcome)
    presentation = forms.ModelChoiceField(PresentationKind.objects.none(), required=False, empty_label="No presentation yet")
    award = forms.ModelChoiceField(Award.objects.none(), required=False, empty_label="No award")
    comment = forms.CharField(required=False, max_length=10_000, widget=forms.Textarea(attrs={"rows": 3}), label="Comment to the authors")

    def __init__(self, *args: Any, workshop: Workshop, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, rows in (("presentation", workshop.presentation_kinds.all()), ("award", workshop.awards.all())):
            field = self.fields[name]
            assert isinstance(field, forms.ModelChoiceField)
            field.queryset = rows


class PaperEditForm(forms.Form):
    """The fields of a paper that organizers may correct here."""

    title = forms.CharField(max_length=1000)
    track = forms.ModelChoiceField(Track.objects.none(), required=False, empty_label="No track")
    wants_proceedings = forms.TypedChoiceField(
        required=False,
        label="Proceedings choice",
        choices=[("", "Not known"), ("yes", "In the proceedings"), ("no", "Not in the proceedings")],
        coerce=lambda value: value == "yes",
        empty_value=None,
    )

    def __init__(self, *args: Any, workshop: Workshop, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["track"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = workshop.tracks.all()
