"""The dates as a Markdown list, given-up values struck out."""

from papers.listings import ListedDate
from program.exports.escaping import escape_markdown, escape_markdown_start
from program.exports.formats import Format, FormatOption, Options, encode_lines
from program.listings import Listing
from program.listings.wording import TO_BE_DETERMINED, name_date

COMPETITION = "competition"


def write_dates_markdown(listing: Listing, options: Options) -> bytes:
    """Write one item a date; the zone's label follows from the instant, so it can't say PST in June."""
    groups = {"all": (True, False), "papers": (False,), "competition": (True,)}
    dates = [date for date in listing.dates if (date.kind == COMPETITION) in groups[options["group"]]]
    if not dates:
        return encode_lines([f"* {TO_BE_DETERMINED}"])
    has_year = options["year"] == "yes"
    return encode_lines([_write_item(date, year=listing.workshop.year, has_year=has_year) for date in dates])


def _write_item(date: ListedDate, *, year: int, has_year: bool) -> str:
    flag = " **(new)**" if date.is_new else ""
    struck = [f"~~{_write_value(earlier, year, has_year)}~~" for earlier in date.earlier]
    is_only_note = date.at is None and date.note
    current = f"**{escape_markdown(date.note if is_only_note else name_date(date, year=year, has_year=has_year))}**"
    note = [escape_markdown(date.note)] if date.note and not is_only_note else []
    return f"* {escape_markdown_start(date.name)}{flag}: {' '.join([*struck, current, *note])}"


def _write_value(earlier: ListedDate, year: int, has_year: bool) -> str:
    said = name_date(earlier, year=year, has_year=has_year) if earlier.at or not earlier.note else ""
    return escape_markdown(f"{said} {earlier.note}".strip())


DATES_MARKDOWN = Format(
    name="dates-markdown",
    sentence="The important dates as a list, earlier values struck out, each in its own zone.",
    media_type="text/markdown; charset=utf-8",
    file_name="dates.md",
    write=write_dates_markdown,
    options=(
        FormatOption("group", ("all", "papers", "competition"), "papers: all but those of the competition; competition: only those."),
        FormatOption("year", ("no", "yes"), "yes: every date prints its year; no: only those outside the workshop's year."),
    ),
)
