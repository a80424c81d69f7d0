"""Formats for organizers alone: they hold what is not released, so no page of exports, site or address gives them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from papers import decision_files
from papers.models import Workshop
from papers.sight import Sight
from program.exports.formats import FormatOption, Options, settle_options


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
PRIVATE_FORMATS: dict[str, PrivateFormat] = {format.name: format for format in (OPENREVIEW_DECISIONS,)}
