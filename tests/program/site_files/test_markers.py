"""Blocks are found and filled; every byte outside the markers stays."""

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from program.errors import BrokenMarkers
from program.site_files.markers import fill_block, find_blocks, find_comment_style

START, END = b"<!-- syntagen:a:start -->", b"<!-- syntagen:a:end -->"


def fill(data: bytes, content: bytes, path: str = "page.html", name: str = "a") -> bytes:
    return fill_block(data, find_blocks(data, path)[name], content, path)


@pytest.mark.parametrize(
    ("before", "path", "after"),
    [
        (b"x\n%s\nold\nolder\n%s\ny", "p.html", b"x\n%s\nnew\nline\n%s\ny"),
        (b"x\n%s\n%s\ny", "p.html", b"x\n%s\nnew\nline\n%s\ny"),
        (b"%s\n%s", "p.html", b"%s\nnew\nline\n%s"),
        (b"x\r\n%s\r\nold\r\n%s\r\n", "p.html", b"x\r\n%s\r\nnew\r\nline\r\n%s\r\n"),
        (b"x\n  %s  \n  old\n  %s\n", "p.html", b"x\n  %s  \nnew\nline\n  %s\n"),
        (b"<p>%s old %s</p>", "p.html", b"<p>%s\nnew\nline\n%s</p>"),
        (b"%s old\nolder %s", "p.html", b"%s\nnew\nline\n%s"),
        (b"\xef\xbb\xbf%s\nold\n%s\n\xff\xfe latin \xe9", "p.html", b"\xef\xbb\xbf%s\nnew\nline\n%s\n\xff\xfe latin \xe9"),
        (b"# T\n%s\nold\n%s\n", "p.md", b"# T\n%s\nnew\nline\n\n%s\n"),
        (b"# T\r\n%s\r\n%s", "p.markdown", b"# T\r\n%s\r\nnew\r\nline\r\n\r\n%s"),
    ],
)
def test_block_is_filled_in_the_line_ends_of_its_file(before: bytes, path: str, after: bytes) -> None:
    filled = fill(before % (START, END), b"new\nline\n", path)
    assert filled == after % (START, END)
    assert fill(filled, b"new\nline\n", path) == filled


def test_markers_on_one_line_keep_one_line() -> None:
    assert fill(b"<p>%s%s.</p>\n" % (START, END), b"new\n") == b"<p>%snew%s.</p>\n" % (START, END)


def test_empty_content_leaves_nothing_between_the_markers() -> None:
    assert fill(b"%s\nold\n%s\n" % (START, END), b"\n", "p.md") == b"%s\n%s\n" % (START, END)


@pytest.mark.parametrize(
    ("path", "data", "filled"),
    [
        ("_config.yml", b"a: 1\n  # syntagen:a:start\nold\n  # syntagen:a:end\n", b"a: 1\n  # syntagen:a:start\nnew\n  # syntagen:a:end\n"),
        ("x.yaml", b"#syntagen:a:start\r\n## syntagen:a:end", b"#syntagen:a:start\r\nnew\r\n## syntagen:a:end"),
        ("papers.bib", b"% syntagen:a:start\n% syntagen:a:end\n", b"% syntagen:a:start\nnew\n% syntagen:a:end\n"),
        ("data.js", b"/* syntagen:a:start */\n/* syntagen:a:end */\n", b"/* syntagen:a:start */\nnew\n/* syntagen:a:end */\n"),
        ("p.md", b"<!--syntagen:a:start-->\n<!--  syntagen:a:end  -->", b"<!--syntagen:a:start-->\nnew\n\n<!--  syntagen:a:end  -->"),
    ],
)
def test_comments_are_those_of_the_kind_of_file(path: str, data: bytes, filled: bytes) -> None:
    assert fill(data, b"new\n", path) == filled


def test_markers_are_written_as_the_file_comments() -> None:
    written = {path: find_comment_style(path).write_marker("a", "start") for path in ("a.md", "a.yml", "a.bib", "a.css")}
    assert written == {"a.md": START, "a.yml": b"# syntagen:a:start", "a.bib": b"% syntagen:a:start", "a.css": b"/* syntagen:a:start */"}


def test_file_without_comments_is_refused() -> None:
    with pytest.raises(BrokenMarkers, match=r"papers\.json: this kind of file has no comments"):
        find_blocks(b"{}", "papers.json")


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"1\n<!-- syntagen:a:start -->\n", "p.md, line 2: the block a starts here and never ends."),
        (b"<!-- syntagen:a:end -->\n", "p.md, line 1: the block a ends here but does not start before."),
        (b"<!-- syntagen:a:end -->\n<!-- syntagen:a:start -->", "p.md, line 1: the block a ends here but does not start before."),
        (
            b"<!-- syntagen:a:start -->\n<!-- syntagen:b:start -->\n<!-- syntagen:b:end -->\n<!-- syntagen:a:end -->",
            "p.md, line 2: the block b starts inside the block a. Blocks can't be nested.",
        ),
        (
            b"<!-- syntagen:a:start -->\n<!-- syntagen:b:end -->",
            "p.md, line 2: the block b ends here but does not start before; the open block is a.",
        ),
        (
            b"<!-- syntagen:a:start --><!-- syntagen:a:end -->\n<!-- syntagen:a:start --><!-- syntagen:a:end -->",
            "p.md, line 2: there is a second block a; the first starts in line 1.",
        ),
        (
            b"<!-- syntagen:a:begin -->",
            "p.md, line 1: this looks like a marker but is not one. Write “<!-- syntagen:name:start -->”.",
        ),
        (
            b"<!-- Syntagen:a:start -->",
            "p.md, line 1: this looks like a marker but is not one. Write “<!-- syntagen:name:start -->”.",
        ),
    ],
)
def test_broken_markers_are_refused_with_their_line(data: bytes, sentence: str) -> None:
    with pytest.raises(BrokenMarkers) as refusal:
        find_blocks(data, "p.md")
    assert refusal.value.sentence == sentence


def test_content_with_a_marker_is_refused() -> None:
    with pytest.raises(BrokenMarkers, match="holds a marker itself"):
        fill(b"%s\n%s\n" % (START, END), b"x <!-- syntagen:b:start --> y")


BYTES = st.lists(
    st.sampled_from([b"\n", b"\r\n", b"\r", b" ", b"x", b"\xff", b"\xef\xbb\xbf", b"<!-- c -->", b"<b>", b"# h", b"\x00"]), max_size=12
).map(b"".join)


@settings(deadline=None)
@given(before=BYTES, old=BYTES, after=BYTES, content=st.binary(max_size=20), path=st.sampled_from(["p.md", "p.html"]))
def test_every_byte_outside_the_markers_stays(before: bytes, old: bytes, after: bytes, content: bytes, path: str) -> None:
    assume(b"syntagen" not in content)
    data = before + START + old + END + after
    filled = fill(data, content, path)
    assert filled.startswith(before + START)
    assert filled.endswith(END + after)
    inner = filled[len(before + START) : len(filled) - len(END + after)]
    eol = b"\r\n" if b"\r\n" in inner else b"\n"
    assert content.strip(b"\n").replace(b"\n", eol) in inner
    assert fill(filled, content, path) == filled
