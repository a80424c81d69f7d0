"""What the pages on the agreement with OpenReview ask for."""

from typing import Any

from django import forms

from papers.decision_words import DecisionWords
from papers.forms.imports import SignInForm
from papers.push_plans import PushPlan


class DecisionWordsForm(forms.Form):
    """OpenReview's word for each of our decisions; an empty one is left to the field mapping."""

    def __init__(self, data: Any = None, *, words: DecisionWords) -> None:
        super().__init__(data)
        self.words = words
        for word in words.words.values():
            told = f"From the field mapping: {word.told[0]}" if len(word.told) == 1 else ""
            attributes = {"list": "known-words", "placeholder": told or "Not known", "autocomplete": "off"}
            self.fields[word.key] = forms.CharField(
                required=False,
                max_length=500,
                label=word.title,
                initial=word.chosen,
                help_text="" if word.word else f"OpenReview has several: {', '.join(word.told)}." if word.told else "Nobody has said yet.",
                widget=forms.TextInput(attrs=attributes),
            )

    def read_words(self) -> dict[str, str]:
        """Return the word for each decision."""
        return {key: self.cleaned_data[key] for key in self.words.words}


class PushSignInForm(SignInForm):
    """An account that may decide in OpenReview, and which papers to compare."""

    is_rehearsal = None  # type: ignore[assignment]
    search = forms.CharField(
        required=False, max_length=5000, label="Only papers that this search finds", widget=forms.TextInput(attrs={"autocomplete": "off"})
    )


class ConfirmationForm(forms.Form):
    """Which decisions of a comparison are to be written."""

    papers = forms.TypedMultipleChoiceField(
        coerce=int, error_messages={"required": "Choose at least one decision.", "invalid_choice": "Choose among these decisions."}
    )
    knows_of_mails = forms.BooleanField(label="OpenReview may mail authors at once, and I want these decisions written there")

    def __init__(self, data: Any = None, *, plan: PushPlan) -> None:
        super().__init__(data)
        field = self.fields["papers"]
        assert isinstance(field, forms.TypedMultipleChoiceField)
        field.choices = [(item.pk, item.title) for item in plan.writable]
