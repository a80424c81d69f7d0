"""Puts markers around what stands under a heading, up to the next one of its rank."""

import html
import re
import unicodedata
from dataclasses import dataclass

from program.errors import BrokenMarkers
from program.site_files.markers import count_line, find_blocks, find_comment_style, find_end_of_line, is_markdown

FRONT_MATTER = re.compile(r"\A(?:\xef\xbb\xbf)?---[ \t]*\r?\n.*?^(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)", re.DOTALL | re.MULTILINE)
FENCE = re.compile(r"^ {0,3}(?P<fence>`{3,}|~{3,})[^\n]*\n.*?(?:^ {0,3}(?P=fence)[`~]*[ \t]*\r?$|\Z)", re.DOTALL | re.MULTILINE)
UNREAD = re.compile(
    r"<!--.*?(?:-->|\Z)|<(script|style|pre|textarea)\b.*?(?:</\1\s*>|\Z)|\{%-?\s*(comment|raw|highlight)\b.*?(?:\{%-?\s*end\2\s*-?%\}|\Z)",
    re.DOTALL | re.IGNORECASE,
)
ATX = re.compile(r"^ {0,3}(?P<level>\#{1,6})[ \t]+(?P<text>[^\r\n]*?)[ \t]*\#*[ \t]*\r?$", re.MULTILINE)
SETEXT = re.compile(
    r"(?:\A|^(?:[ \t]*| {0,3}(?:[*_-][ \t]*){3,}| {0,3}\#[^\r\n]*)\r?\n) {0,3}(?![-*+>#|][ \t]|\d+[.)][ \t])(?P<text>\S[^\r\n]*)\r?\n"
    r"(?P<level>=+|-+)[ \t]*\r?$",
    re.MULTILINE,
)
TAGGED = re.compile(r"<h(?P<level>[1-6])\b[^>]*>(?P<text>.*?)</h(?P=level)\s*>", re.DOTALL | re.IGNORECASE)
TAG = re.compile(r"<(?P<slash>/?)(?P<name>[a-zA-Z][\w-]*)(?=[\s/>])[^>]*?(?P<closed>/?)>")
CODE = re.compile(r"`[^`\n]+`")
LIQUID = re.compile(r"\{%-?\s*(?P<end>end)?(?P<name>if|unless|case|for|tablerow|capture)\b.*?%\}", re.DOTALL)
HOLDERS = {"html", "body", "main", "section", "article", "aside", "header", "footer", "nav", "div", "center"} | {
    "blockquote",
    "figure",
    "form",
    "details",
    "table",
    "ul",
    "ol",
    "dl",
}


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading: its rank, its bare words, where it starts, where its section starts."""

    level: int
    words: str
    start: int
    end: int


def enclose_section(data: bytes, heading: str, name: str, path: str) -> bytes:
    """Return the file with markers `name` around what stands under `heading`; refuses as `find_section` does."""
    start, end = find_section(data, heading, path)
    return _insert_markers(data, start, end, name, path)


def find_section(data: bytes, heading: str, path: str) -> tuple[int, int]:
    """Return the range of what stands under `heading`, without the empty lines at its ends.

    Headings in comments, code and front matter do not count. Refuses when the heading is missing or there twice,
    and when the section can't be enclosed without cutting other blocks, elements or Liquid tags in two.
    """
    text = data.decode("latin-1")  # one character a byte, so that offsets agree
    seen = _mask_unread(text, path)
    headings = _list_headings(seen, text, path)
    found = _find_heading(headings, heading, data, path)
    section = seen[found.end : _find_section_end(seen, headings, found)]
    _refuse_cut_liquid(section, data, path, found)
    start, end = _trim(text, found.end, found.end + len(section))
    for block in find_blocks(data, path).values():
        if block.start < end and start < block.end:
            line = count_line(data, found.start)
            raise BrokenMarkers(f"{path}, line {line}: under “{heading}” stands the block {block.name} already; blocks can't be nested.")
    return start, end


def bare_words(text: str) -> str:
    """Return the words of a heading without markup, marks at its ends and case, for comparison."""
    text = re.sub(r"\{[:#][^}]*\}\s*$", "", text.strip().lstrip("#"))
    text = re.sub(r"!?\[([^\]]*)\]\([^)]*\)", r"\1", re.sub(r"<[^>]*>", "", text))
    words = html.unescape(re.sub(r"[*_`~\\]", "", text))
    return re.sub(r"^\W+|\W+$", "", " ".join(unicodedata.normalize("NFC", words).split())).casefold()


def _mask_unread(text: str, path: str) -> str:
    for pattern in (FRONT_MATTER, FENCE, CODE, UNREAD) if is_markdown(path) else (FRONT_MATTER, UNREAD):
        text = pattern.sub(lambda found: re.sub(r"[^\r\n]", " ", found[0]), text)
    return text


def _list_headings(seen: str, text: str, path: str) -> list[Heading]:
    headings = [_make_heading(found, int(found["level"]), text, found.end()) for found in TAGGED.finditer(seen)]
    if is_markdown(path):
        headings += [_make_heading(found, len(found["level"]), text, found.end()) for found in ATX.finditer(seen)]
        headings += [_make_heading(found, 1 if found["level"][0] == "=" else 2, text, found.end()) for found in SETEXT.finditer(seen)]
    return sorted(headings, key=lambda heading: heading.start)


def _make_heading(found: re.Match[str], level: int, text: str, end: int) -> Heading:
    start = found.start("text") if found.re is SETEXT else found.start()
    rest = re.compile(r"[ \t]*\r?\n").match(text, end)
    words = found["text"].encode("latin-1").decode("utf-8", "replace")
    return Heading(level, bare_words(words), start, rest.end() if rest else end)


def _find_heading(headings: list[Heading], wanted: str, data: bytes, path: str) -> Heading:
    found = [heading for heading in headings if heading.words == bare_words(wanted)]
    if not found:
        there = ", ".join(f"“{heading.words}”" for heading in headings) or "none"
        raise BrokenMarkers(f"{path}: there is no heading “{wanted}” under which a block could go. Headings: {there}.")
    if len(found) > 1:
        lines = ", ".join(str(count_line(data, heading.start)) for heading in found)
        raise BrokenMarkers(f"{path}: the heading “{wanted}” is there {len(found)} times, in lines {lines}; put the markers by hand.")
    return found[0]


def _find_section_end(seen: str, headings: list[Heading], own: Heading) -> int:
    """Return where the section ends: at the next heading of its rank, but never across the element that holds it."""
    later = [heading.start for heading in headings if heading.start >= own.end and heading.level <= own.level]
    last = min(later, default=len(seen))
    opened: list[tuple[str, int]] = []
    for tag in TAG.finditer(seen, own.end, last):
        name = tag["name"].lower()
        if name not in HOLDERS or tag["closed"]:
            continue
        if not tag["slash"]:
            opened.append((name, tag.start()))
            continue
        names = [one for one, _ in opened]
        if name not in names:
            return _find_line_start(seen, tag.start(), own.end)
        del opened[len(names) - 1 - names[::-1].index(name) :]
    return _find_line_start(seen, opened[0][1], own.end) if opened and later else last


def _find_line_start(seen: str, offset: int, least: int) -> int:
    start = max(seen.rfind("\n", 0, offset) + 1, least)
    return start if not seen[start:offset].strip() else offset


def _refuse_cut_liquid(section: str, data: bytes, path: str, own: Heading) -> None:
    depth = lowest = 0
    for tag in LIQUID.finditer(section):
        depth += -1 if tag["end"] else 1
        lowest = min(lowest, depth)
    if depth or lowest:
        line = count_line(data, own.start)
        raise BrokenMarkers(f"{path}, line {line}: a Liquid tag starts or ends in the middle of this section; put the markers by hand.")


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the range without the empty lines at both ends; an empty range lies right after the heading."""
    section = text[start:end]
    if not section.strip():
        return start, start
    first = start + len(section) - len(section.lstrip())
    last = start + len(section.rstrip())
    rest = re.compile(r"[ \t]*\r?\n").match(text, last, end)
    return max(text.rfind("\n", 0, first) + 1, start), rest.end() if rest else last


def _insert_markers(data: bytes, start: int, end: int, name: str, path: str) -> bytes:
    style, eol = find_comment_style(path), find_end_of_line(data)
    before, section, after = data[:start], data[start:end], data[end:]
    lead = b"" if not before or before.endswith(b"\n") else eol
    close = b"" if not section or section.endswith(b"\n") else eol
    tail = b"" if not after and not data.endswith(b"\n") else eol
    crowds = is_markdown(path) and not section and after.strip() and not after.startswith((b"\n", b"\r\n"))
    opening = style.write_marker(name, "start") + eol
    return before + lead + opening + section + close + style.write_marker(name, "end") + tail + (eol if crowds else b"") + after
