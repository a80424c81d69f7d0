"""The upload of a table, and what its unknown words mean."""

import hashlib
import json
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

from papers.forms.mapping import list_meanings
from papers.models import Workshop
from papers.table_words import UnknownWord
from papers.texts import clean_line

MOST_BYTES = 10 * 1024 * 1024
ENDINGS = ".csv,.tsv,.txt,.xlsx,.xls,.xml,.json"


class TableForm(forms.Form):
    """A file, and whether it brings papers or decisions."""

    kind = forms.ChoiceField(
        label="What it brings",
        choices=[("papers", "Papers, authors, decisions of another system"), ("decisions", "Decisions on papers that are here")],
        initial="papers",
        widget=forms.RadioSelect,
    )
    file = forms.FileField(
        label="Table",
        max_length=200,
        help_text="CSV, XLSX or JSON, up to 10 MB.",
        widget=forms.ClearableFileInput(attrs={"accept": ENDINGS}),
        error_messages={"empty": "The file is empty."},
    )

    def clean_file(self) -> "UploadedFile[bytes]":
        """Refuse a file that is too large for a page."""
        file: UploadedFile[bytes] = self.cleaned_data["file"]
        if (file.size or 0) > MOST_BYTES:
            raise forms.ValidationError("The file is larger than 10 MB. Split it, or use the command import_table.")
        return file

    def read_upload(self) -> dict[str, Any]:
        """Return the bytes, the file's name and the kind of table."""
        file: UploadedFile[bytes] = self.cleaned_data["file"]
        return {"content": file.read(), "name": clean_line(file.name or "")[:200] or "table", "kind": self.cleaned_data["kind"]}


class WordsForm(forms.Form):
    """A meaning for each word of a table that nobody has explained; a word may be left open."""

    def __init__(self, data: Any = None, *, workshop: Workshop, words: list[UnknownWord]) -> None:
        super().__init__(data)
        self.words = words
        choices = {word.target: [("", "Not explained yet"), *list_meanings(workshop, word.target)] for word in words}
        for word in words:
            label = f"{word.column}: {word.text}"
            self.fields[_name_field(word)] = forms.ChoiceField(label=label[:200], required=False, choices=choices[word.target])

    def read_meanings(self) -> dict[UnknownWord, Any]:
        """Return the words that were explained."""
        chosen = {word: self.cleaned_data[_name_field(word)] for word in self.words}
        return {word: json.loads(text) for word, text in chosen.items() if text}


def _name_field(word: UnknownWord) -> str:
    """Return the same name for the same word, whatever other words there are."""
    return f"word_{hashlib.sha256(repr(word).encode()).hexdigest()[:16]}"
