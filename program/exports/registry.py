"""Every export format by its name."""

from collections.abc import Mapping

from program.errors import UnknownFormat
from program.exports.accepted_markdown import ACCEPTED_MARKDOWN
from program.exports.dates_markdown import DATES_MARKDOWN
from program.exports.formats import Format
from program.exports.papers_bibtex import PAPERS_BIBTEX
from program.exports.papers_csv import PAPERS_CSV
from program.exports.papers_json import PAPERS_JSON
from program.exports.schedule_frab_json import SCHEDULE_FRAB_JSON
from program.exports.schedule_frab_xml import SCHEDULE_FRAB_XML
from program.exports.schedule_html import SCHEDULE_HTML
from program.exports.schedule_ics import SCHEDULE_ICS
from program.exports.schedule_markdown import SCHEDULE_MARKDOWN
from program.exports.schedule_yaml import SCHEDULE_YAML
from program.exports.venue_line import VENUE_LINE
from program.listings import Listing

FORMATS: dict[str, Format] = {
    format.name: format
    for format in (
        ACCEPTED_MARKDOWN,
        PAPERS_JSON,
        PAPERS_CSV,
        PAPERS_BIBTEX,
        SCHEDULE_HTML,
        SCHEDULE_MARKDOWN,
        SCHEDULE_YAML,
        SCHEDULE_ICS,
        SCHEDULE_FRAB_XML,
        SCHEDULE_FRAB_JSON,
        DATES_MARKDOWN,
        VENUE_LINE,
    )
}


def find_format(name: str) -> Format:
    """Return the format with this name or refuse with the names there are."""
    if name not in FORMATS:
        raise UnknownFormat(f"There is no format {name!r}. Formats: {', '.join(FORMATS)}.")
    return FORMATS[name]


def export_listing(name: str, listing: Listing, options: Mapping[str, object] | None = None) -> bytes:
    """Return a listing in one format; refuses formats and options that do not exist."""
    chosen = find_format(name)
    return chosen.write(listing, chosen.settle_options(options or {}))
