"""What the pages of letters ask for."""

from typing import Any

from django import forms

from papers.forms.imports import SignInForm
from papers.letter_fields import read_frame
from papers.letters.templates import Draft, clean_draft, find_draft_mistakes
from papers.models import Audience, Letter, Route, Workshop
from papers.sight import Sight


class LetterForm(forms.Form):
    """The words of a letter, and who gets it."""

    name = forms.CharField(max_length=100, help_text="For you only; authors do not see it.")
    query = forms.CharField(
        required=False,
        max_length=500,
        label="Which papers",
        help_text="A search, e.g. dec:accept pres:oral. Empty: every paper.",
        widget=forms.TextInput(attrs={"spellcheck": "false", "autocapitalize": "off"}),
    )
    audience = forms.ChoiceField(choices=Audience.choices, initial=Audience.ALL, label="Who gets it")
    subject = forms.CharField(max_length=300)
    body = forms.CharField(max_length=20_000, label="Letter", widget=forms.Textarea(attrs={"rows": 22, "class": "letter-words"}))
    quotes_reviews = forms.BooleanField(
        required=False,
        label="Authors get their reviews in this letter",
        help_text="Only then the field reviews may be used. It leaves out names and what reviewers wrote for the organizers.",
    )
    seen = forms.CharField(required=False, max_length=60, widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, workshop: Workshop, sight: Sight, initial: dict[str, Any] | None = None) -> None:
        super().__init__(data, initial=initial)
        self.workshop, self.sight = workshop, sight
        self.draft = Draft("", "", "")

    def clean(self) -> dict[str, Any]:
        """Name every mistake beside the part it is in; `draft` keeps the words as they were given, mistakes or not."""
        values = super().clean() or {}
        self.draft = self._read_draft(values)
        if not self.errors:
            for part, sentences in find_draft_mistakes(self.draft, read_frame(self.workshop), self.sight).items():
                self.add_error(part, sentences)
        return values

    def _read_draft(self, given: dict[str, Any]) -> Draft:
        return clean_draft(
            Draft(
                given.get("name", ""),
                given.get("subject", ""),
                given.get("body", ""),
                given.get("query", ""),
                given.get("audience") or Audience.ALL,
                bool(given.get("quotes_reviews")),
            )
        )


class SendForm(forms.Form):
    """How a letter is to be sent, and that its concerns were seen."""

    route = forms.ChoiceField(choices=Route.choices, required=False)
    repeats = forms.ChoiceField(
        choices=[("skip", "Leave out who has this letter already"), ("again", "Send it a second time, too")],
        required=False,
        label="Who has it already",
    )
    digest = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)
    nonce = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)
    confirmed = forms.BooleanField(required=False, label="I have seen this; send it nonetheless")

    def read_route(self) -> str:
        """Return the route, by mail unless another is named."""
        return self._read("route", Route.values) or Route.MAIL

    def skips_repeats(self) -> bool:
        """Tell whether who has the letter already is left out."""
        return self._read("repeats", ["again"]) != "again"

    def _read(self, name: str, known: list[str]) -> str:
        value = str(self.data.get(name, ""))
        return value if value in known else ""


class LetterSignInForm(SignInForm):
    """The sign-in to OpenReview before letters leave through it."""

    is_rehearsal = None  # type: ignore[assignment]


class BounceForm(forms.Form):
    """That a letter came back, as somebody was told."""

    bounce = forms.ChoiceField(choices=Letter.Bounce.choices, label="The address fails")
    reason = forms.CharField(required=False, max_length=500, label="What was said")


class OutboxForm(forms.Form):
    """What to show of the outbox."""

    q = forms.CharField(
        required=False, max_length=200, label="Search", widget=forms.TextInput(attrs={"placeholder": "Address, name, paper"})
    )
    state = forms.ChoiceField(required=False, choices=[("", "Every state"), *Letter.State.choices], label="State")
    acts = forms.DateField(required=False, widget=forms.HiddenInput)
