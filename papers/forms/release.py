"""What the release of decisions asks for."""

from typing import Any

from django import forms


class ReleaseForm(forms.Form):
    """Which letters go with it, and that its concerns were seen; `digest` marks what was shown."""

    letters = forms.TypedMultipleChoiceField(coerce=int, required=False)
    digest = forms.CharField(required=False, max_length=64)
    nonce = forms.CharField(required=False, max_length=40)
    confirmed = forms.BooleanField(required=False, label="I have seen this; release nonetheless")

    def __init__(self, data: Any = None, *, keys: list[int]) -> None:
        super().__init__(data)
        self.fields["letters"].choices = [(key, str(key)) for key in keys]  # type: ignore[attr-defined]

    def read_letters(self) -> list[int]:
        """Return the keys of the chosen letters."""
        self.is_valid()
        return list(self.cleaned_data.get("letters", []))
