"""The accepted papers as Markdown, in the dialects that workshop sites use."""

from papers.listings import ListedPaper
from papers.texts import fold_text
from program.exports.escaping import escape_address, escape_markdown, escape_markdown_start
from program.exports.formats import Format, FormatOption, Options, encode_lines
from program.listings import Listing
from program.listings.wording import TO_BE_DETERMINED

POSTER = "poster"
MARKS = "\"'“”‘’«»([{*$ "


def write_accepted_markdown(listing: Listing, options: Options) -> bytes:
    """Write one line a paper, in the order wanted: tag, linked title, authors; TBD while there is none."""
    papers = _order(listing.papers, options["order"])
    if not papers:
        return encode_lines([TO_BE_DETERMINED])
    match options["dialect"]:
        case "syntagen24":
            lines = [_write_line(paper, _tag_unless_poster(paper)) for paper in papers]
            return "\n\n".join(lines).encode() + b"\n"
        case "syntagen25":
            lines = [_write_line(paper, _tag(paper.presentation_name)) for paper in papers]
            return " \\\n".join(lines).encode() + b"\n"
        case _:
            return encode_lines([f"* {_write_line(paper, _tag(paper.presentation_name, paper.award))}" for paper in papers])


def _order(papers: tuple[ListedPaper, ...], order: str) -> list[ListedPaper]:
    """Return the papers in another order than that of listings; those that are equal in it keep theirs."""
    if order == "number":
        return sorted(papers, key=lambda paper: (paper.number is None, paper.number or 0))
    return sorted(papers, key=lambda paper: fold_text(paper.title).lstrip(MARKS)) if order == "title" else list(papers)


def _tag_unless_poster(paper: ListedPaper) -> str:
    return "" if paper.presentation == POSTER else _tag(paper.presentation_name)


def _tag(*words: str) -> str:
    said = ", ".join(escape_markdown(word) for word in words if word)
    return f"**[{said}]** " if said else ""


def _write_line(paper: ListedPaper, tag: str) -> str:
    address = escape_address(paper.url)
    if address:
        title = f"[{escape_markdown(paper.title)}]({address})"
    else:
        title = escape_markdown(paper.title) if tag else escape_markdown_start(paper.title)
    authors = ", ".join(escape_markdown(author.name) for author in paper.authors)
    return f"{tag}{title}. {authors}" if authors else f"{tag}{title}"


ACCEPTED_MARKDOWN = Format(
    name="accepted-markdown",
    sentence="The accepted papers with links and authors, for a Jekyll page.",
    media_type="text/markdown; charset=utf-8",
    file_name="accepted.md",
    write=write_accepted_markdown,
    options=(
        FormatOption(
            "dialect",
            ("syntagen24", "syntagen25", "list"),
            "syntagen24: paragraphs, posters untagged; syntagen25: one line each, all tagged; list: bullets, with awards.",
        ),
        FormatOption("order", ("presentation", "number", "title"), "presentation: as the workshop lists them, then by number."),
    ),
)
