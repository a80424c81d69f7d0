"""What the pages of the hand-over ask for."""

import re
from typing import Any

from django import forms
from django.http import QueryDict

from program.hand_over.fields import AUTHOR_COLUMNS, COLUMNS
from program.hand_over.settings import HandOverPlan, shorten_acronym
from program.workshop_files import WorkshopSettings
from program.workshop_files.entries import read_entry
from program.workshop_files.file_settings import ColumnSettings, HandOverSettings, check_hand_over
from program.workshop_files.mistakes import Reader

PATH = "$.hand_over."
PLACE = re.compile(r"\$\.hand_over\.\w+\[(\d+)\]")
LISTS = {"columns": COLUMNS, "author_columns": AUTHOR_COLUMNS}


class HandOverForm(forms.Form):
    """Patterns of file names, columns as lines of `header = value`; `settings` holds them once the form is valid."""

    acronym = forms.CharField(label="Workshop in file names", required=False, max_length=60)
    paper_names = forms.CharField(label="Name of a PDF", max_length=200)
    supplement_names = forms.CharField(label="Name of a supplement", max_length=200)
    form_names = forms.CharField(label="Name of a copyright form", max_length=200)
    columns = forms.CharField(
        label="Columns, a line a paper",
        required=False,
        max_length=50_000,
        widget=forms.Textarea(attrs={"rows": 20, "class": "mono", "spellcheck": "false"}),
        help_text="One on each line: header = value. {k} in the header: one column for each author. Empty: the usual ones.",
    )
    author_columns = forms.CharField(
        label="Columns, a line an author",
        required=False,
        max_length=50_000,
        widget=forms.Textarea(attrs={"rows": 12, "class": "mono", "spellcheck": "false"}),
    )

    settings: HandOverSettings

    def __init__(self, data: Any = None, *, settings: WorkshopSettings) -> None:
        super().__init__(data, initial=_fill_form(settings))
        self.fields["acronym"].widget.attrs["placeholder"] = shorten_acronym(settings.short_name)
        self.short_name = settings.short_name

    def clean(self) -> dict[str, Any]:
        """Read what was written by the rules of the workshop file; each mistake stands at its field."""
        values = dict(self.cleaned_data)
        document = {name: values[name] for name in ("acronym", "paper_names", "supplement_names", "form_names") if values.get(name)}
        document |= {name: _read_lines(str(values.get(name) or "")) for name in LISTS}
        reader = Reader()
        self.settings = _drop_usual(read_entry(HandOverSettings, reader, document, PATH.rstrip(".")))
        if not reader.mistakes:
            check_hand_over(reader, self.settings)
        for mistake in reader.mistakes:
            place = mistake.path.removeprefix(PATH)
            name, _, rest = place.partition("[")
            line = f"Line {int(rest.partition(']')[0]) + 1}: " if rest else ""
            sentence = PLACE.sub(lambda found: f"line {int(found[1]) + 1}", mistake.sentence)
            self.add_error(name if name in self.fields else None, f"{line}{sentence[:1].upper()}{sentence[1:]}")
        return values

    @property
    def plan(self) -> HandOverPlan:
        """Return what the form says as the hand-over uses it; only once it is valid."""
        return HandOverPlan(
            acronym=self.settings.acronym or shorten_acronym(self.short_name),
            paper_names=self.settings.paper_names,
            supplement_names=self.settings.supplement_names,
            form_names=self.settings.form_names,
            columns=_list_columns(self.settings.columns) or COLUMNS,
            author_columns=_list_columns(self.settings.author_columns) or AUTHOR_COLUMNS,
        )


def read_families(given: QueryDict) -> dict[str, str]:
    """Return the family name that was written beside each printed name that is ticked."""
    ticked = set(given.getlist("sure"))
    pairs = zip(given.getlist("name"), given.getlist("family"), strict=False)
    return {name: family for place, (name, family) in enumerate(pairs) if str(place) in ticked}


def _fill_form(settings: WorkshopSettings) -> dict[str, Any]:
    held = settings.hand_over
    plain = {name: getattr(held, name) for name in ("acronym", "paper_names", "supplement_names", "form_names")}
    lists = {name: _list_columns(getattr(held, name)) or usual for name, usual in LISTS.items()}
    return plain | {name: "\n".join(f"{header} = {value}" for header, value in columns) for name, columns in lists.items()}


def _read_lines(text: str) -> list[dict[str, str]]:
    parts = (line.partition("=") for line in text.splitlines() if line.strip())
    return [{"header": header.strip(), "value": value.strip()} for header, _, value in parts]


def _list_columns(columns: tuple[ColumnSettings, ...]) -> tuple[tuple[str, str], ...]:
    return tuple((one.header, one.value) for one in columns)


def _drop_usual(settings: HandOverSettings) -> HandOverSettings:
    """Return the settings without lists that say what the usual ones do: those follow the product."""
    kept: dict[str, Any] = {name: getattr(settings, name) for name in HandOverSettings.__dataclass_fields__}
    for name, usual in LISTS.items():
        kept[name] = () if _list_columns(kept[name]) == usual else kept[name]
    return HandOverSettings(**kept)
