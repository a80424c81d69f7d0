"""The marked blocks of a file: found, checked, filled; bytes in, bytes out."""

import re
from dataclasses import dataclass
from pathlib import PurePosixPath

from program.errors import BrokenMarkers

NAME = rb"(?P<name>[A-Za-z0-9_-]+)"
EDGE = rb"(?P<edge>start|end)"


@dataclass(frozen=True, slots=True)
class CommentStyle:
    """How a kind of file writes comments: `well_formed` finds our markers, `alike` whatever looks like one."""

    opening: bytes
    closing: bytes
    well_formed: re.Pattern[bytes]
    alike: re.Pattern[bytes]

    def write_marker(self, name: str, edge: str) -> bytes:
        """Return a marker as we write it."""
        return self.opening + f"syntagen:{name}:{edge}".encode() + self.closing


@dataclass(frozen=True, slots=True)
class Block:
    """A marked block: offsets of the markers and of what stands between them.

    `is_inline` says that both markers stand on one line, with their content between them.
    """

    name: str
    start: int
    content_start: int
    content_end: int
    end: int
    line: int
    end_of_line: bytes
    is_inline: bool


def _make_line_style(sign: bytes) -> CommentStyle:
    start = rb"^[ \t]*" + re.escape(sign) + rb"+[ \t]*syntagen:"
    return CommentStyle(
        sign + b" ", b"", re.compile(start + NAME + b":" + EDGE + rb"[ \t]*(?=\r?$)", re.MULTILINE), re.compile(start, re.MULTILINE)
    )


def _make_bracket_style(opening: bytes, closing: bytes) -> CommentStyle:
    start = re.escape(opening) + rb"\s*syntagen:"
    return CommentStyle(
        opening + b" ",
        b" " + closing,
        re.compile(start + NAME + b":" + EDGE + rb"[ \t]*" + re.escape(closing)),
        re.compile(start, re.IGNORECASE),
    )


MARKUP = _make_bracket_style(b"<!--", b"-->")
HASHES = _make_line_style(b"#")
PERCENTS = _make_line_style(b"%")
STARS = _make_bracket_style(b"/*", b"*/")
STYLES = (
    dict.fromkeys((".md", ".markdown", ".mdown", ".html", ".htm", ".xhtml", ".xml", ".svg"), MARKUP)
    | dict.fromkeys((".yml", ".yaml", ".toml", ".rb", ".py", ".sh", ".cfg", ".ini", ".conf"), HASHES)
    | dict.fromkeys((".bib", ".tex"), PERCENTS)
    | dict.fromkeys((".css", ".scss", ".js", ".ts"), STARS)
)
MARKDOWN_SUFFIXES = {".md", ".markdown", ".mdown"}


def find_comment_style(path: str) -> CommentStyle:
    """Return how the file at `path` writes comments; refuses kinds of files that have none."""
    suffix = PurePosixPath(path).suffix.lower()
    if suffix not in STYLES:
        raise BrokenMarkers(
            f"{path}: this kind of file has no comments that could hold markers. Give it to the block as a whole (option whole_file)."
        )
    return STYLES[suffix]


def is_markdown(path: str) -> bool:
    """Tell whether a file is Markdown."""
    return PurePosixPath(path).suffix.lower() in MARKDOWN_SUFFIXES


def find_blocks(data: bytes, path: str) -> dict[str, Block]:
    """Return the blocks of a file by name, in their order. Refuses markers that are broken, nested, overlapping or there twice."""
    style = find_comment_style(path)
    markers = list(style.well_formed.finditer(data))
    for like in style.alike.finditer(data):
        if not any(marker.start() <= like.start() < marker.end() for marker in markers):
            line = count_line(data, like.start())
            raise BrokenMarkers(
                f"{path}, line {line}: this looks like a marker but is not one. Write “{style.write_marker('name', 'start').decode()}”."
            )
    return _pair_markers(data, path, markers)


def fill_block(data: bytes, block: Block, content: bytes, path: str) -> bytes:
    """Return the file with `content` in `block`, in the line ends of the file; every byte outside the markers stays.

    In Markdown an empty line goes before the end marker, else the last paragraph would swallow it.
    """
    if find_comment_style(path).alike.search(content):
        raise BrokenMarkers(
            f"{path}: what should go into the block {block.name} holds a marker itself, so it can't be told from the markers."
        )
    text = content.strip(b"\n")
    if block.is_inline and b"\n" not in text:
        return data[: block.content_start] + text + data[block.content_end :]
    eol = block.end_of_line
    filled = text.replace(b"\n", eol) + eol if text else b""
    if filled and is_markdown(path):
        filled += eol
    if not data[: block.content_start].endswith(b"\n"):
        filled = eol + filled
    return data[: block.content_start] + filled + data[block.content_end :]


def find_end_of_line(data: bytes) -> bytes:
    """Return the line end that most lines of a file have; LF where there is none."""
    return b"\r\n" if data.count(b"\r\n") * 2 > data.count(b"\n") else b"\n"


def count_line(data: bytes, offset: int) -> int:
    """Return the number of the line at `offset`, from 1."""
    return data.count(b"\n", 0, offset) + 1


def _pair_markers(data: bytes, path: str, markers: list[re.Match[bytes]]) -> dict[str, Block]:
    blocks: dict[str, Block] = {}
    opened: re.Match[bytes] | None = None
    for marker in markers:
        name, line = marker["name"].decode(), count_line(data, marker.start())
        if marker["edge"] == b"start":
            if opened:
                inside = opened["name"].decode()
                raise BrokenMarkers(f"{path}, line {line}: the block {name} starts inside the block {inside}. Blocks can't be nested.")
            if name in blocks:
                raise BrokenMarkers(f"{path}, line {line}: there is a second block {name}; the first starts in line {blocks[name].line}.")
            opened = marker
        elif not opened or opened["name"] != marker["name"]:
            other = f"; the open block is {opened['name'].decode()}" if opened else ""
            raise BrokenMarkers(f"{path}, line {line}: the block {name} ends here but does not start before{other}.")
        else:
            blocks[name] = _make_block(data, opened, marker)
            opened = None
    if opened:
        line = count_line(data, opened.start())
        raise BrokenMarkers(f"{path}, line {line}: the block {opened['name'].decode()} starts here and never ends.")
    return blocks


def _make_block(data: bytes, opening: re.Match[bytes], closing: re.Match[bytes]) -> Block:
    rest = re.compile(rb"[ \t]*(\r?\n)").match(data, opening.end())
    between = data[opening.end() : closing.start()]
    line_start = data.rfind(b"\n", 0, closing.start()) + 1
    is_alone = not data[line_start : closing.start()].strip(b" \t")
    found = re.search(rb"\r?\n", data[opening.end() :])
    return Block(
        name=opening["name"].decode(),
        start=opening.start(),
        content_start=rest.end() if rest and rest.end() <= closing.start() else opening.end(),
        content_end=max(line_start, opening.end()) if is_alone and b"\n" in between else closing.start(),
        end=closing.end(),
        line=count_line(data, opening.start()),
        end_of_line=found[0] if found and b"\n" in between else find_end_of_line(data),
        is_inline=b"\n" not in between,
    )
