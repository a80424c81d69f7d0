"""What the pages of authors ask for."""

from collections.abc import Collection
from typing import Any

from django import forms

from papers.models import Author, Paper, Presenter


class AuthorForm(forms.Form):
    """One author of the paper; `without` are the keys of those who are not offered."""

    author = forms.ModelChoiceField(Author.objects.none(), empty_label=None)

    def __init__(self, *args: Any, paper: Paper, without: Collection[int] = (), **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": "attendance-%s", **kwargs})
        field = self.fields["author"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = paper.authors.exclude(pk__in=without).order_by("position")


class PresenterForm(AuthorForm):
    """Who presents, in which way."""

    mode = forms.ChoiceField(label="How", choices=Presenter.Mode.choices)

    def __init__(self, *args: Any, paper: Paper, **kwargs: Any) -> None:
        held: Presenter | None = getattr(paper, "presenter", None)
        initial = {"author": held.author_id, "mode": held.mode} if held else {}
        super().__init__(*args, paper=paper, **{"auto_id": "presenter-%s", "initial": initial, **kwargs})


class ProceedingsForm(forms.Form):
    """Whether the paper goes into the proceedings."""

    is_in = forms.TypedChoiceField(
        label="The paper",
        choices=(("", "Not chosen yet"), ("yes", "goes into the proceedings"), ("no", "does not go into the proceedings")),
        coerce=lambda value: value == "yes",
    )

    def __init__(self, *args: Any, paper: Paper, **kwargs: Any) -> None:
        known = {True: "yes", False: "no", None: None}[paper.wants_proceedings]
        super().__init__(*args, **{"auto_id": "proceedings-%s", "initial": {"is_in": known}, **kwargs})


class ConfirmationForm(forms.Form):
    """What of the metadata was read: its digest."""

    digest = forms.RegexField("^[0-9a-f]{64}$", widget=forms.HiddenInput)
