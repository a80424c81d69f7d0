"""How a workshop hands over, defaults filled in."""

from dataclasses import dataclass

from papers.models import HandOver, Workshop
from program.exports.tex_names import fold_ascii
from program.hand_over import fields

Column = tuple[str, str]  # header, value


@dataclass(frozen=True, slots=True)
class HandOverPlan:
    """Patterns of file names, columns of papers, columns of authors."""

    acronym: str
    paper_names: str = fields.PAPER_NAMES
    supplement_names: str = fields.SUPPLEMENT_NAMES
    form_names: str = fields.FORM_NAMES
    columns: tuple[Column, ...] = fields.COLUMNS
    author_columns: tuple[Column, ...] = fields.AUTHOR_COLUMNS


def read_plan(workshop: Workshop) -> HandOverPlan:
    """Return what is set for a workshop; what is not set is the default."""
    row = HandOver.objects.filter(workshop=workshop).first() or HandOver(workshop=workshop)
    return HandOverPlan(
        acronym=row.acronym or shorten_acronym(workshop.short_name),
        paper_names=row.paper_names or fields.PAPER_NAMES,
        supplement_names=row.supplement_names or fields.SUPPLEMENT_NAMES,
        form_names=row.form_names or fields.FORM_NAMES,
        columns=read_columns(row.columns) or fields.COLUMNS,
        author_columns=read_columns(row.author_columns) or fields.AUTHOR_COLUMNS,
    )


def read_columns(stored: list[dict[str, str]]) -> tuple[Column, ...]:
    """Return stored columns as values."""
    return tuple((str(one["header"]), str(one.get("value", ""))) for one in stored)


def shorten_acronym(short_name: str) -> str:
    """Return the letters and digits of a workshop's short name."""
    return fold_ascii(short_name) or "paper"
