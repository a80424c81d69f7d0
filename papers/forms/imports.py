"""The sign-in to OpenReview before an import."""

from typing import Any

from django import forms

from papers.errors import OtherSideFailed
from papers.openreview.sign_in import Credentials, SecondFactorNeeded

UNREMEMBERED = {"autocomplete": "off"}


class SignInForm(forms.Form):
    """An account with its password, or a session token; the code is asked for once OpenReview wants one."""

    username = forms.CharField(
        required=False, max_length=254, label="OpenReview account", help_text="Mail address or tilde id of a program chair."
    )
    password = forms.CharField(required=False, max_length=500, widget=forms.PasswordInput(attrs=UNREMEMBERED))
    token = forms.CharField(required=False, max_length=5000, label="Or a session token", widget=forms.PasswordInput(attrs=UNREMEMBERED))
    code = forms.CharField(required=False, max_length=20, widget=forms.HiddenInput)
    pending = forms.CharField(required=False, max_length=5000, widget=forms.HiddenInput)
    is_rehearsal = forms.BooleanField(required=False, label="Rehearse: say what would change, write nothing")

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        if data and data.get("pending"):
            self._show_code()

    def clean(self) -> dict[str, Any]:
        """Ask for one way to sign in."""
        values = super().clean() or {}
        if not values.get("pending") and not values.get("token") and not (values.get("username") and values.get("password")):
            raise forms.ValidationError("Give an account with its password, or a session token.")
        return values

    def read_credentials(self) -> Credentials:
        """Return how to sign in."""
        return Credentials(self.cleaned_data["username"], self.cleaned_data["password"], self.cleaned_data["token"])

    def take_refusal(self, refusal: OtherSideFailed) -> None:
        """Show why OpenReview did not let us in; ask for the code where it wants one. The password is not sent back."""
        given = {name: value for name, value in self.cleaned_data.items() if name in {"username", "is_rehearsal"}}
        if isinstance(refusal, SecondFactorNeeded):
            given["pending"] = refusal.pending
            self._show_code()
        self.data = given
        self.add_error(None, refusal.sentence)

    def _show_code(self) -> None:
        attributes = {"autocomplete": "one-time-code", "inputmode": "numeric", "autofocus": True}
        self.fields["code"].widget = forms.TextInput(attrs=attributes)
        for name in ("password", "token"):
            self.fields[name].widget = forms.HiddenInput()
