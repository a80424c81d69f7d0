"""When and where, on one line, for the header that sites keep in a layout file."""

from papers.listings import ListedWorkshop
from program.exports.escaping import escape_address, escape_attribute, escape_html, escape_markdown, tidy_line
from program.exports.formats import Format, FormatOption, Options, encode_lines
from program.listings import Listing
from program.listings.wording import TO_BE_DETERMINED, name_day, name_days

LINK_WORDS = {"zoom": "Zoom", "virtual": "Virtual page", "stream": "Livestream", "livestream": "Livestream", "recording": "Recording"}
PARTS_OF_DAY = {"morning": "Morning", "afternoon": "Afternoon", "full-day": "Full day"}


def write_venue_line(listing: Listing, options: Options) -> bytes:
    """Write day, place, room, then links to where it can be followed; what is not known is left out."""
    said = [part for part in _list_parts(listing.workshop) if part] or [TO_BE_DETERMINED]
    links = [(kind, label, escape_address(url)) for kind, label, url in listing.workshop.links if kind in LINK_WORDS]
    shown = [(tidy_line(label) or LINK_WORDS[kind], address) for kind, label, address in links if address]
    if options["markup"] == "markdown":
        parts = [f"**{', '.join(escape_markdown(part) for part in said)}**"]
        return encode_lines([", ".join([*parts, *(f"[{escape_markdown(label)}]({address})" for label, address in shown)])])
    parts = [f"<strong>{'<br>'.join(escape_html(part) for part in said)}</strong>"]
    return encode_lines(
        ["<br>".join([*parts, *(f'<a href="{escape_attribute(address)}">{escape_html(label)}</a>' for label, address in shown)])]
    )


def _list_parts(workshop: ListedWorkshop) -> list[str]:
    return [_name_when(workshop), workshop.place, workshop.room]


def _name_when(workshop: ListedWorkshop) -> str:
    first, last = workshop.starts_on, workshop.ends_on
    if first is None:
        return ""
    day = name_days(first, last) if last and last > first else name_day(first)
    part = PARTS_OF_DAY.get(workshop.part_of_day, "")
    return f"{day}, {part}" if part else day


VENUE_LINE = Format(
    name="venue-line",
    sentence="Day, place, room and links on one line, for a layout file.",
    media_type="text/html; charset=utf-8",
    file_name="venue.html",
    write=write_venue_line,
    options=(FormatOption("markup", ("html", "markdown"), "html, for a layout file; markdown, for a page."),),
)
