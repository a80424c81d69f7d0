"""Formats for organizers alone: they hold what is not released, so no page of exports, site or address gives them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from papers import decision_files
from papers.models import Workshop
from papers.sight import Sight
from program.exports.formats import FormatOption, Options, settle_options
from program.hand_over.packages import HandedOver, collect_hand_over, write_workbook
from program.hand_over.reports import count_papers, describe_waiting, list_guessed_names
from program.hand_over.sheets import make_author_table, make_paper_table, write_csv


@dataclass(frozen=True, slots=True)
class PrivateExport:
    """A file with sentences about what was left out of it."""

    data: bytes
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PrivateFormat:
    """One way to write what organizers know of their workshop, released or not, as far as a sight reaches."""

    name: str
    sentence: str
    media_type: str
    file_name: str
    collect: Callable[[Workshop, Sight, Options], PrivateExport]
    options: tuple[FormatOption, ...] = ()

    def settle_options(self, given: Mapping[str, object]) -> Options:
        """Return every option with its value, defaults filled in; refuses names and values that the format does not know."""
        return settle_options(self.name, self.options, given)


def collect_openreview_decisions(workshop: Workshop, sight: Sight, options: Options) -> PrivateExport:
    """Return the decisions for the upload in OpenReview's console."""
    found = decision_files.collect_decision_file(workshop, sight, rows=options["rows"])
    return PrivateExport(found.data, found.notes)


OPENREVIEW_DECISIONS = PrivateFormat(
    name=decision_files.NAME,
    sentence=decision_files.SENTENCE,
    media_type=decision_files.MEDIA_TYPE,
    file_name=decision_files.FILE_NAME,
    collect=collect_openreview_decisions,
    options=(FormatOption("rows", decision_files.ROWS, "differing: only what OpenReview does not hold so, by the last import."),),
)


def collect_proceedings_csv(workshop: Workshop, sight: Sight, options: Options) -> PrivateExport:
    """Return what the proceedings office gets, a line a paper or a line an author."""
    handed = collect_hand_over(sight)
    make = make_author_table if options["layout"] == "authors" else make_paper_table
    return PrivateExport(write_csv(make(handed.papers, handed.plan)), _tell_left_out(handed))


def collect_proceedings_xlsx(workshop: Workshop, sight: Sight, options: Options) -> PrivateExport:
    """Return the same as a workbook: papers on one sheet, authors on the other."""
    handed = collect_hand_over(sight)
    return PrivateExport(write_workbook(handed), _tell_left_out(handed))


def _tell_left_out(handed: HandedOver) -> tuple[str, ...]:
    waiting, guessed = describe_waiting(handed.candidates), list_guessed_names(handed.papers)
    told = [f"{count_papers(len(waiting))} meant for the proceedings left out.", *waiting] if waiting else []
    if guessed:
        told.append(f"{len(guessed)} printed name{' splits' if len(guessed) == 1 else 's split'} by a guess; see the column name_split.")
    return tuple(told)


PROCEEDINGS_CSV = PrivateFormat(
    name="proceedings-csv",
    sentence="What the proceedings office gets of each approved paper, with addresses of its authors; columns as set.",
    media_type="text/csv; charset=utf-8",
    file_name="proceedings.csv",
    collect=collect_proceedings_csv,
    options=(FormatOption("layout", ("papers", "authors"), "authors: a line an author instead of a line a paper."),),
)
PROCEEDINGS_XLSX = PrivateFormat(
    name="proceedings-xlsx",
    sentence="The same as a workbook: papers on the first sheet, authors on the second.",
    media_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    file_name="proceedings.xlsx",
    collect=collect_proceedings_xlsx,
)
PROCEEDINGS = frozenset({PROCEEDINGS_CSV.name, PROCEEDINGS_XLSX.name})
PRIVATE_FORMATS: dict[str, PrivateFormat] = {format.name: format for format in (OPENREVIEW_DECISIONS, PROCEEDINGS_CSV, PROCEEDINGS_XLSX)}
