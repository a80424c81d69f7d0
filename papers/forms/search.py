"""The field with which people search for papers."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from papers.querysets import PaperQuerySet
from papers.search import SearchMistake, search_papers
from papers.search.language import LONGEST
from papers.sight import Sight


@dataclass(frozen=True, slots=True)
class PaperSearch:
    """A search as it was typed, with the papers it finds: none when it has a mistake."""

    text: str
    papers: PaperQuerySet
    mistake: SearchMistake | None = None

    @property
    def status(self) -> int:
        """Return the status that fits the answer: 422 for a search that can't be read."""
        return 422 if self.mistake else 200


def read_search(sight: Sight, text: str) -> PaperSearch:
    """Return what `text` finds for these eyes, or its mistake; never raises."""
    text = text.strip()
    try:
        return PaperSearch(text, search_papers(sight, text))
    except SearchMistake as mistake:
        return PaperSearch(text, sight.papers.none(), mistake)


class SearchField(forms.CharField):
    """A search as a field of a form: its value is the text, checked for these eyes; its error points at the mistake.

    Set `sight` before the form is checked. `mistake` of the last check is kept for the search box.
    """

    sight: Sight
    mistake: SearchMistake | None = None

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"required": False, "max_length": LONGEST, "label": "Search", "widget": forms.SearchInput, **kwargs})

    def clean(self, value: Any) -> str:
        """Return the text of a search that can be read; else raise a ValidationError with the mistake's sentence."""
        text: str = super().clean(value)
        found = read_search(self.sight, text)
        self.mistake = found.mistake
        if found.mistake:
            raise ValidationError(found.mistake.sentence, code="search")
        return text
