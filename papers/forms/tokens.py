"""What a new access token is asked for."""

from django import forms

LASTS = [("30", "30 days"), ("90", "90 days"), ("365", "A year"), ("0", "Until I take it back")]


class TokenForm(forms.Form):
    """Name and life of a token."""

    name = forms.CharField(max_length=100, help_text="Where you use it, so that you know it again.")
    days = forms.TypedChoiceField(choices=LASTS, coerce=lambda text: int(text) or None, initial="90", label="Works for")
