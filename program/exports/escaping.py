"""Makes any text harmless in the format into which it is written."""

import re
import unicodedata
import urllib.parse

from papers.texts import clean_line, clean_text

UNSPEAKABLE = re.compile("[\u061c\u180e\ud800-\udfff\ufff9-\ufffb\ufffe\uffff\U000e0000-\U000e007f]")
DOTTED_CIRCLE = "\u25cc"

MARKDOWN_SPECIALS = re.compile(
    r"""
    [\\`|\[\]]                               # always
    | \*(?!\s)                               # may open emphasis
    | (?<![a-zA-Z])_ | _(?![a-zA-Z0-9])      # inside a word it means nothing
    | \$(?=\$) | (?<=\$)\$                   # kramdown's math
    """,
    re.VERBOSE,
)
MARKDOWN_ENTITIES = re.compile(r"<|>(?=>)|(?<=>)>|&(?=\#?\w+;)|~(?=~)|(?<=~)~|\{(?=[{%:]|$)")
MARKDOWN_STARTS = re.compile(r"(?P<digits>\d+)[.)](?=\s|$)|[-+#:=^>*~]")
HTML_SPECIALS = re.compile(r"[<>]|&(?! )|(?<! )&|\{(?=[{%]|$)")
XML_SPECIALS = re.compile(r'[<>&"]|\{(?=[{%]|$)')
JSON_SPECIALS = re.compile(r"\{(?=[{%])|<(?=[/!])")
TEX_SPECIALS = {
    "\\": r"\textbackslash{}",
    "{": r"\textbraceleft{}",
    "}": r"\textbraceright{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    "<": r"\textless{}",
    ">": r"\textgreater{}",
    "@": r"\symbol{64}",
    "&": r"\&",
    "%": r"\%",
    "$": r"\$",
    "#": r"\#",
    "_": r"\_",
    '"': "''",
}


def tidy_line(text: str) -> str:
    """Return `text` on one line, NFC, without what cannot be seen; a mark without its letter gets a dotted circle."""
    return _carry_mark(unicodedata.normalize("NFC", clean_line(UNSPEAKABLE.sub("", text))))


def tidy_text(text: str) -> str:
    """Return `text` with its lines kept, NFC, without what cannot be seen."""
    return _carry_mark(unicodedata.normalize("NFC", clean_text(UNSPEAKABLE.sub("", text).replace("\u2028", "\n").replace("\u2029", "\n"))))


def escape_markdown(text: str) -> str:
    """Return one line that kramdown, CommonMark and Liquid print as it is; only what would mean something is escaped."""
    escaped = MARKDOWN_SPECIALS.sub(lambda found: f"\\{found[0]}", tidy_line(text))
    return MARKDOWN_ENTITIES.sub(_write_entity, escaped)


def escape_markdown_start(text: str) -> str:
    """Return `escape_markdown` of a text that begins a line or a list item."""
    escaped = escape_markdown(text)
    found = MARKDOWN_STARTS.match(escaped)
    if not found:
        return escaped
    if found["digits"]:
        return f"{found['digits']}\\{escaped[len(found['digits']) :]}"
    return f"&#{ord(escaped[0])};{escaped[1:]}"


def escape_html(text: str) -> str:
    """Return one line of HTML text that Liquid leaves alone; an ampersand between spaces stays bare, as HTML allows."""
    return HTML_SPECIALS.sub(_write_entity, tidy_line(text))


def escape_xml(text: str) -> str:
    """Return text for an element or a double-quoted attribute of XML, lines kept, in which Liquid finds nothing of its own."""
    return XML_SPECIALS.sub(lambda found: f"&#{ord(found[0])};", text)


def escape_attribute(text: str) -> str:
    """Return one line for a double-quoted HTML attribute."""
    return escape_html(text).replace('"', "&quot;")


def escape_address(address: str) -> str:
    """Return a web address that fits HTML attributes and Markdown links alike; nothing unless it is http or https."""
    address = tidy_line(address)
    try:
        parts = urllib.parse.urlsplit(address)
    except ValueError:
        return ""
    if parts.scheme.lower() not in {"http", "https"} or not parts.netloc:
        return ""
    return urllib.parse.quote(address, safe="/:?#@!$&*+,=~%-._")


def escape_tex(text: str) -> str:
    """Return one line in which TeX prints every character as itself; braces stay balanced whatever comes in."""
    return "".join(TEX_SPECIALS.get(character, character) for character in tidy_line(text))


def escape_json(document: str) -> str:
    """Return a JSON document in which Liquid and HTML find nothing of theirs; it reads as the same values."""
    return JSON_SPECIALS.sub(lambda found: f"\\u{ord(found[0]):04x}", document)


def _write_entity(found: re.Match[str]) -> str:
    return {"<": "&lt;", ">": "&gt;", "&": "&amp;"}.get(found[0], f"&#{ord(found[0])};")


def _carry_mark(text: str) -> str:
    return DOTTED_CIRCLE + text if text and unicodedata.category(text[0]).startswith("M") else text
