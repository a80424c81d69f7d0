"""What the page asks of a layout of the organizers' own."""

from collections.abc import Callable
from typing import Any, ClassVar

from django import forms

from papers.file_rules import find_layout_mistakes
from papers.pdf_checks.own_layout import OwnLayout, read_measures, read_paper_size, write_measures, write_paper_size
from papers.pdf_checks.rules import FONT_FAMILIES

AS_STYLE = [("", "As the style says")]
FAMILIES = ", ".join(name.title() for name in FONT_FAMILIES)


class MeasuresField(forms.CharField):
    """Lengths with a unit, read as points."""

    def __init__(self, *args: Any, read: Callable[[str], tuple[float, ...]], refusal: str, **kwargs: Any) -> None:
        super().__init__(*args, required=False, max_length=80, **kwargs)
        self.read, self.refusal = read, refusal

    def clean(self, value: Any) -> tuple[float, ...] | None:
        """Return the lengths, nothing where nothing is given."""
        text = super().clean(value)
        if not text:
            return None
        try:
            return self.read(text)
        except ValueError as error:
            raise forms.ValidationError(self.refusal) from error


class LayoutForm(forms.Form):
    """What is asked otherwise than the style asks it; an empty field leaves it to the style."""

    layout_names: ClassVar = (
        "page_limit", "paper_size", "print_area", "columns", "page_numbers", "references_last", "fonts", "body_size",
    )  # fmt: skip

    page_limit = forms.IntegerField(
        required=False, min_value=1, max_value=60, label="Pages before the references", help_text="Empty: the track's page limit."
    )
    paper_size = MeasuresField(
        read=read_paper_size,
        refusal="Write Letter, A4, or width and height, for example 210 x 297 mm.",
        label="Paper",
        help_text="Letter, A4, or 210 x 297 mm.",
    )
    print_area = MeasuresField(
        read=lambda text: read_measures(text, count=4),
        refusal="Write four numbers, for example 25 25 185 272 mm: left, top, right, bottom.",
        label="Print area",
        help_text="Left, top, right, bottom edge from the paper's top left corner: 25 25 185 272 mm, or in pt or in.",
    )
    columns = forms.ChoiceField(
        required=False, choices=[*AS_STYLE, ("1", "One column"), ("2", "Two columns"), ("0", "Any number")], label="Columns"
    )
    page_numbers = forms.ChoiceField(required=False, choices=[*AS_STYLE, ("yes", "Allowed"), ("no", "None")], label="Page numbers")
    references_last = forms.ChoiceField(
        required=False, choices=[*AS_STYLE, ("yes", "Nothing but references"), ("no", "Anything")], label="After the references"
    )
    fonts = forms.CharField(
        required=False,
        max_length=200,
        label="Fonts of the text",
        help_text=f"One of them is wanted: {FAMILIES}, or a part of a font's name; parted by commas.",
    )
    body_size = forms.FloatField(required=False, min_value=4, max_value=20, label="Least size of the text in pt")

    @property
    def layout_fields(self) -> list[forms.BoundField]:
        """Return the fields about the layout."""
        return [self[name] for name in self.layout_names]

    @property
    def main_fields(self) -> list[forms.BoundField]:
        """Return the other fields."""
        return [field for field in self.visible_fields() if field.name not in self.layout_names]

    @property
    def has_layout(self) -> bool:
        """Tell whether the fields about the layout are to be seen at once: given, or wrong."""
        return self["style"].value() == "own" or any(field.errors or field.value() for field in self.layout_fields)

    def clean(self) -> dict[str, Any]:
        """Return the values with one layout in place of its parts; say what of it cannot be."""
        values = dict(self.cleaned_data)
        layout = _make_layout({name: values.pop(name, None) for name in self.layout_names})
        for name, sentence in find_layout_mistakes(values["style"], layout) if "style" in values else []:
            self.add_error(name, f"{sentence[0].upper()}{sentence[1:]}")
        return {**values, "layout": layout.as_json()}


def _make_layout(given: dict[str, Any]) -> OwnLayout:
    words = {"yes": True, "no": False}
    fonts = tuple(" ".join(name.split()) for name in (given["fonts"] or "").split(",") if name.strip())
    return OwnLayout(
        page_limit=given["page_limit"],
        paper_size=given["paper_size"],
        print_area=given["print_area"],
        columns=int(given["columns"]) if given["columns"] else None,
        page_numbers=words.get(given["page_numbers"] or ""),
        references_last=words.get(given["references_last"] or ""),
        fonts=fonts,
        body_size=given["body_size"],
    )


def fill_layout(layout: OwnLayout) -> dict[str, Any]:
    """Return what the fields begin with."""
    words = {True: "yes", False: "no", None: ""}
    return {
        "page_limit": layout.page_limit,
        "paper_size": write_paper_size(layout.paper_size) if layout.paper_size else "",
        "print_area": write_measures(layout.print_area) if layout.print_area else "",
        "columns": "" if layout.columns is None else str(layout.columns),
        "page_numbers": words[layout.page_numbers],
        "references_last": words[layout.references_last],
        "fonts": ", ".join(layout.fonts),
        "body_size": layout.body_size,
    }
