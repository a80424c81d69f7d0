"""What is asked of the history; its state is the address."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django import forms

from papers.history_pages import HistoryChoices, HistoryQuestion
from papers.search import SearchMistake, search_papers
from papers.sight import Sight

LARGEST_KEY = 2**63 - 1
DAY = forms.DateInput(attrs={"type": "date"})
CHIPS = {
    "words": "Words",
    "q": "Papers",
    "person": "By",
    "action": "Change",
    "field": "Field",
    "paper": "Paper",
    "since": "Since",
    "until": "Until",
    "batch": "Act",
}


@dataclass(frozen=True, slots=True)
class Chip:
    """One thing that is asked, with the address without it."""

    label: str
    text: str
    without: str


class HistoryForm(forms.Form):
    """Words, person, kind of change, papers, time."""

    words = forms.CharField(
        required=False, max_length=200, widget=forms.SearchInput(attrs={"placeholder": "Words in changes", "data-keys-search": ""})
    )
    q = forms.CharField(
        required=False,
        max_length=5000,
        label="Papers",
    )
    person = forms.ChoiceField(required=False, label="By")
    action = forms.ChoiceField(required=False, label="Change")
    field = forms.ChoiceField(required=False, label="Field")
    paper = forms.IntegerField(required=False, min_value=0, max_value=LARGEST_KEY, label="Paper number")
    since = forms.DateField(required=False, widget=DAY)
    until = forms.DateField(required=False, widget=DAY)
    batch = forms.IntegerField(required=False, min_value=1, max_value=LARGEST_KEY, widget=forms.HiddenInput)

    def __init__(self, data: Any, *, sight: Sight, choices: HistoryChoices) -> None:
        super().__init__(data, auto_id="history_%s")
        self.sight = sight
        self.mistake: SearchMistake | None = None
        self.choose("person", [("", "Anybody"), *choices.people])
        self.choose("action", [("", "Any change"), *((action, action.capitalize()) for action in choices.actions)])
        self.choose("field", [("", "Any field"), *((field, field.replace("_", " ").capitalize()) for field in choices.fields)])

    def choose(self, name: str, choices: list[tuple[str, str]]) -> None:
        """Set the choices of a field."""
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices

    def clean_q(self) -> str:
        """Refuse what is no search."""
        text: str = self.cleaned_data["q"]
        try:
            search_papers(self.sight, text)
        except SearchMistake as mistake:
            self.mistake = mistake
            raise forms.ValidationError(mistake.sentence) from mistake
        return text

    def read_question(self) -> HistoryQuestion:
        """Return what is asked; call it on a valid form."""
        values = self.cleaned_data
        return HistoryQuestion(
            words=values["words"],
            papers=search_papers(self.sight, values["q"]) if values["q"].strip() else None,
            number=values["paper"],
            person=values["person"],
            action=values["action"],
            field=values["field"],
            since=values["since"],
            until=values["until"],
            batch=values["batch"],
        )

    @property
    def asked(self) -> dict[str, str]:
        """Return what is asked as the address writes it, without what is empty."""
        return {name: str(self.data[name]) for name in self.fields if str(self.data.get(name) or "").strip()}

    @property
    def address(self) -> str:
        """Return what is asked as the query of an address."""
        return urlencode(self.asked)

    @property
    def chips(self) -> list[Chip]:
        """Return what is asked, one by one, with the way to ask it no more."""
        asked = self.asked
        return [
            Chip(CHIPS[name], self._say(name, text), urlencode({other: value for other, value in asked.items() if other != name}))
            for name, text in asked.items()
        ]

    @property
    def has_mistaken_details(self) -> bool:
        """Tell whether something behind the menu is malformed."""
        return bool(set(self.errors) - {"words", "q", "person", "action"})

    def _say(self, name: str, text: str) -> str:
        field = self.fields[name]
        known = dict(field.choices) if isinstance(field, forms.ChoiceField) and isinstance(field.choices, list) else {}
        return str(known.get(text, text))
