"""Any text arrives as itself, whatever the format would make of it."""

import html
import json
import re
import unicodedata
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from program.exports.escaping import (
    escape_address,
    escape_attribute,
    escape_html,
    escape_json,
    escape_markdown,
    escape_markdown_start,
    escape_tex,
    tidy_line,
    tidy_text,
)

HOSTILE = json.loads((Path(__file__).parent.parent / "data" / "hostile_titles.json").read_text())
ORDINARY = (
    "N=0: Learning Vision with Zero Visual Data",
    "Poor Man’s Guide for Aligned Text-to-Image Synthesis",
    "Competition session & Winners talks & Oral presentation",
    "Is Synthetic Data all We Need? Benchmarking (and more), 100% of it",
    "good4cir: 3D Cues, Q-Former + LoRA -> better; a/b #1 \"quoted\" 'single' don't",
    "snake_case_name costs $5 ~ 10^3 at 3.5x, see A* and {x}",
    "Đặng Văn Ελληνικά 数据 😀",
)
LETTERS = st.text(alphabet=st.sampled_from("aB3 \\`*_{}[]()<>#+-.!|~^=:$%&;@'\"/\n\r\t\u0301\u0338\u00a0\u200b\u0007é"), max_size=24)
TEXTS = st.one_of(LETTERS, st.text(max_size=40), st.sampled_from(HOSTILE))
COMMONMARK = MarkdownIt("commonmark", {"html": True}).enable(["strikethrough", "table"])


class TextReader(HTMLParser):
    """Collects the text of HTML, and every tag, comment or declaration in it."""

    def __init__(self, document: str) -> None:
        super().__init__(convert_charrefs=True)
        self.text = ""
        self.others: list[str] = []
        self.feed(document)
        self.close()

    def handle_data(self, data: str) -> None:
        self.text += data

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.others.append(tag)

    def handle_endtag(self, tag: str) -> None:
        self.others.append(tag)

    def handle_comment(self, data: str) -> None:
        self.others.append(data)

    def unknown_decl(self, data: str) -> None:
        self.others.append(data)

    def handle_pi(self, data: str) -> None:
        self.others.append(data)


@pytest.mark.parametrize("text", ORDINARY)
def test_ordinary_title_stays_byte_for_byte(text: str) -> None:
    assert escape_markdown(text) == escape_markdown_start(text) == text
    assert escape_html(text) == text.replace(">", "&gt;")


@pytest.mark.parametrize(
    ("text", "markdown", "markup"),
    [
        ("{{ x }}", "&#123;{ x }}", "&#123;{ x }}"),
        ("{% raw %}", "&#123;% raw %}", "&#123;% raw %}"),
        ("{: .a}", "&#123;: .a}", "{: .a}"),
        ("ends {", "ends &#123;", "ends &#123;"),
        ("<b>", "&lt;b>", "&lt;b&gt;"),
        ("&lt;", "&amp;lt;", "&amp;lt;"),
        ("R&D & more", "R&D & more", "R&amp;D & more"),
        ("[x](y)", "\\[x\\](y)", "[x](y)"),
        ("*a* _b_ `c` a|b", "\\*a* \\_b\\_ \\`c\\` a\\|b", "*a* _b_ `c` a|b"),
        ("$$x$$ ~~y~~", "\\$\\$x\\$\\$ &#126;&#126;y&#126;&#126;", "$$x$$ ~~y~~"),
        ("a\nb\x07\u200b\u00a0c", "a b c", "a b c"),
        ("\u0338x", "\u25cc\u0338x", "\u25cc\u0338x"),
    ],
)
def test_special_text_is_escaped(text: str, markdown: str, markup: str) -> None:
    assert escape_markdown(text) == markdown
    assert escape_html(text) == markup


@pytest.mark.parametrize(
    ("text", "escaped"),
    [
        ("# a", "&#35; a"),
        ("1. a", "1\\. a"),
        ("3.5x", "3.5x"),
        ("- a", "&#45; a"),
        ("> a", "&#62; a"),
        (": a", "&#58; a"),
        ("* a", "&#42; a"),
        ("*a", "\\*a"),
    ],
)
def test_start_of_a_line_means_nothing(text: str, escaped: str) -> None:
    assert escape_markdown_start(text) == escaped


@settings(deadline=None)
@given(TEXTS)
def test_markdown_reads_back_as_the_same_text(text: str) -> None:
    rendered = COMMONMARK.render(f"x [{escape_markdown(text)}](https://e.org). y")
    assert rendered.startswith('<p>x <a href="https://e.org">')
    assert html.unescape(rendered.removeprefix('<p>x <a href="https://e.org">').removesuffix("</a>. y</p>\n")) == tidy_line(text)


@settings(deadline=None)
@given(TEXTS)
def test_markdown_at_the_start_of_a_line_reads_back(text: str) -> None:
    expected = f"<p>{html.escape(tidy_line(text), quote=False)}</p>\n" if tidy_line(text) else ""
    assert html.unescape(COMMONMARK.render(escape_markdown_start(text))) == html.unescape(expected)


@settings(deadline=None)
@given(TEXTS)
def test_html_reads_back_as_the_same_text(text: str) -> None:
    reader = TextReader(f"<td>{escape_html(text)}</td>")
    assert (reader.text, reader.others) == (tidy_line(text), ["td", "td"])
    attribute = TextReader(f'<a title="{escape_attribute(text)}">x</a>')
    assert (attribute.text, attribute.others) == ("x", ["a", "a"])


@settings(deadline=None)
@given(TEXTS)
def test_liquid_finds_nothing(text: str) -> None:
    for escaped in (escape_markdown(text), escape_markdown_start(text), escape_html(text), escape_json(json.dumps(text))):
        assert not re.search(r"\{[{%]", escaped)


@settings(deadline=None)
@given(TEXTS)
def test_tidy_line_is_one_normal_line(text: str) -> None:
    tidy = tidy_line(text)
    assert tidy == tidy_line(tidy) == unicodedata.normalize("NFC", tidy)
    assert "\n" not in tidy
    assert not [character for character in tidy if unicodedata.category(character) in {"Cc", "Cs"}]
    assert unicodedata.is_normalized("NFC", f"<b>{tidy}")


@settings(deadline=None)
@given(TEXTS)
def test_tidy_text_is_normal_and_keeps_lines(text: str) -> None:
    tidy = tidy_text(text)
    assert unicodedata.is_normalized("NFC", tidy)
    assert not [character for character in tidy if unicodedata.category(character) == "Cs" or character == "\r"]
    assert tidy_text("a\r\nb\u2028c") == "a\nb\nc"


@settings(deadline=None)
@given(TEXTS)
def test_tex_keeps_braces_balanced(text: str) -> None:
    depth = 0
    for character in re.sub(r"\\[{}]", "", escape_tex(text)):
        depth += {"{": 1, "}": -1}.get(character, 0)
        assert depth >= 0
    assert depth == 0
    assert not re.search(r"\\[{}]", escape_tex(text))


@settings(deadline=None)
@given(TEXTS)
def test_json_reads_back_as_the_same_values(text: str) -> None:
    assert json.loads(escape_json(json.dumps({"title": text}, ensure_ascii=False))) == {"title": text}
    assert "</" not in escape_json(json.dumps(text))


@pytest.mark.parametrize(
    ("address", "escaped"),
    [
        ("https://openreview.net/forum?id=wPW3k20lkW", "https://openreview.net/forum?id=wPW3k20lkW"),
        ("https://e.org/a b(c)?q={{x}}&y=<z>\"'", "https://e.org/a%20b%28c%29?q=%7B%7Bx%7D%7D&y=%3Cz%3E%22%27"),
        ("https://e.org/%20;x", "https://e.org/%20%3Bx"),
        ("javascript:alert(1)", ""),
        ("//e.org/x", ""),
        ("https://[broken", ""),
        ("", ""),
    ],
)
def test_address_fits_links_or_is_left_out(address: str, escaped: str) -> None:
    assert escape_address(address) == escaped
