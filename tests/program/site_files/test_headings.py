"""A heading names the place of a block; what stands under it is enclosed, nothing else."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from program.errors import BrokenMarkers
from program.site_files.headings import bare_words, enclose_section

S, E = b"<!-- syntagen:a:start -->", b"<!-- syntagen:a:end -->"


def enclose(data: bytes, heading: str = "Accepted Papers", path: str = "p.md") -> bytes:
    return enclose_section(data, heading, "a", path)


@pytest.mark.parametrize(
    "text",
    [
        "Accepted Papers",
        "**Accepted Papers**",
        "__Accepted  Papers__:",
        "### **Accepted Papers** {#papers}",
        "[Accepted Papers](#x)",
        "<strong>accepted&nbsp;papers</strong>",
        "📄 Accepted Papers",
    ],
)
def test_heading_is_compared_by_its_bare_words(text: str) -> None:
    assert bare_words(text) == "accepted papers"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (
            b"# T\n\n### **Accepted Papers**\n* TBD\n\n### **Call**\nx",
            b"# T\n\n### **Accepted Papers**\n%s\n* TBD\n%s\n\n### **Call**\nx",
        ),
        (b"### Accepted Papers\n\n<table>\n</table>\n\n\n## Next\n", b"### Accepted Papers\n\n%s\n<table>\n</table>\n%s\n\n\n## Next\n"),
        (b"## Accepted Papers\na\n### Sub\nb\n## Next", b"## Accepted Papers\n%s\na\n### Sub\nb\n%s\n## Next"),
        (b"## Accepted Papers\r\na\r\n\r\n## Next\r\n", b"## Accepted Papers\r\n%s\r\na\r\n%s\r\n\r\n## Next\r\n"),
        (b"## Accepted Papers\n\n## Next\n", b"## Accepted Papers\n%s\n%s\n\n## Next\n"),
        (b"## Accepted Papers\n## Next\n", b"## Accepted Papers\n%s\n%s\n\n## Next\n"),
        (b"## Accepted Papers\nno newline", b"## Accepted Papers\n%s\nno newline\n%s"),
        (b"## Accepted Papers\nx\n", b"## Accepted Papers\n%s\nx\n%s\n"),
        (b"## Accepted Papers", b"## Accepted Papers\n%s\n%s"),
        (b"Accepted Papers\n---\nx\n\nNext\n---\ny", b"Accepted Papers\n---\n%s\nx\n%s\n\nNext\n---\ny"),
        (b"Accepted Papers\n===\nx\n***\nNext\n===\ny", b"Accepted Papers\n===\n%s\nx\n***\n%s\nNext\n===\ny"),
        (b"Accepted Papers\n===\n\n- x\n---\n", b"Accepted Papers\n===\n\n%s\n- x\n---\n%s\n"),
        (b"\nAccepted Papers\n===\nx\n\nNext\n===\ny\n", b"\nAccepted Papers\n===\n%s\nx\n%s\n\nNext\n===\ny\n"),
        (b'<h3 id="x">Accepted\nPapers</h3>\nx\n\n### Next', b'<h3 id="x">Accepted\nPapers</h3>\n%s\nx\n%s\n\n### Next'),
        (b"## Accepted Papers ##\nx <https://e.org> \xe9\xff\n", b"## Accepted Papers ##\n%s\nx <https://e.org> \xe9\xff\n%s\n"),
        (
            b"\xef\xbb\xbf---\ntitle: x\n# Accepted Papers\n---\n# Accepted Papers\nx\n",
            b"\xef\xbb\xbf---\ntitle: x\n# Accepted Papers\n---\n# Accepted Papers\n%s\nx\n%s\n",
        ),
        (
            b"```\n# Accepted Papers\n```\n<!-- # Accepted Papers -->\n# Accepted Papers\n<!--\n# No\n-->\nx\n~~~\n# Nor\n~~~\n",
            b"```\n# Accepted Papers\n```\n<!-- # Accepted Papers -->\n# Accepted Papers\n%s\n<!--\n# No\n-->\nx\n~~~\n# Nor\n~~~\n%s\n",
        ),
        (b"<div>\n\n# Accepted Papers\nx\n\n</div>\ny\n# Next\n", b"<div>\n\n# Accepted Papers\n%s\nx\n%s\n\n</div>\ny\n# Next\n"),
        (b"# Accepted Papers\nx\n<div>\n\n# Next\n\n</div>\n", b"# Accepted Papers\n%s\nx\n%s\n<div>\n\n# Next\n\n</div>\n"),
    ],
)
def test_section_is_enclosed_up_to_the_next_heading_of_its_rank(before: bytes, after: bytes) -> None:
    assert enclose(before) == after % (S, E)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (
            b"<main>\n <section>\n <h2>Accepted Papers</h2>\n <ul>\n  <li>TBD\n </ul>\n </section>\n <h2>Next</h2>\n</main>\n",
            b"<main>\n <section>\n <h2>Accepted Papers</h2>\n%s\n <ul>\n  <li>TBD\n </ul>\n%s\n </section>\n <h2>Next</h2>\n</main>\n",
        ),
        (b"<h2>Accepted Papers</h2><p>TBD</p><h2>Next</h2>", b"<h2>Accepted Papers</h2>\n%s\n<p>TBD</p>\n%s\n<h2>Next</h2>"),
        (b"<div><h2>Accepted Papers</h2>\n</div>", b"<div><h2>Accepted Papers</h2>\n%s\n%s\n</div>"),
        (
            b"<body>\n# Accepted Papers\n<h2>Accepted Papers</h2>\nx\n</body>",
            b"<body>\n# Accepted Papers\n<h2>Accepted Papers</h2>\n%s\nx\n%s\n</body>",
        ),
    ],
)
def test_html_section_stays_inside_its_element(before: bytes, after: bytes) -> None:
    assert enclose(before, path="p.html") == after % (S, E)


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"# Other\n", "p.md: there is no heading “Accepted Papers” under which a block could go. Headings: “other”."),
        (b"no headings", "p.md: there is no heading “Accepted Papers” under which a block could go. Headings: none."),
        (
            b"# Accepted Papers\n\n# accepted papers\n",
            "p.md: the heading “Accepted Papers” is there 2 times, in lines 1, 3; put the markers by hand.",
        ),
        (
            b"# Accepted Papers\n## Sub\n<!-- syntagen:b:start -->\n<!-- syntagen:b:end -->\n",
            "p.md, line 1: under “Accepted Papers” stands the block b already; blocks can't be nested.",
        ),
        (
            b"\n# Accepted Papers\n{% if x %}\nx\n# Next\n{% endif %}\n",
            "p.md, line 2: a Liquid tag starts or ends in the middle of this section; put the markers by hand.",
        ),
        (
            b"{% if x %}\n# Accepted Papers\nx\n{% endif %}{% if y %}\n{% endif %}\n",
            "p.md, line 2: a Liquid tag starts or ends in the middle of this section; put the markers by hand.",
        ),
    ],
)
def test_place_that_is_not_clear_is_refused(data: bytes, sentence: str) -> None:
    with pytest.raises(BrokenMarkers) as refusal:
        enclose(data)
    assert refusal.value.sentence == sentence


PIECES = st.lists(
    st.sampled_from(
        [b"\n", b"\r\n", b"x", b"\xff", b" ", b"# Next\n", b"### Sub\n", b"<div>\n", b"</div>\n", b"<!-- c -->", b"{% if a %}{% endif %}"]
    ),
    max_size=12,
).map(b"".join)


@settings(deadline=None)
@given(before=PIECES, after=PIECES)
def test_enclosing_only_adds_bytes(before: bytes, after: bytes) -> None:
    data = before + b"\n\n## Accepted Papers\n" + after
    enclosed = enclose(data)
    assert enclosed.startswith(before + b"\n\n## Accepted Papers\n")
    start, end = enclosed.index(S), enclosed.index(E)
    assert start < end
    remaining = enclosed[:start] + enclosed[start + len(S) : end] + enclosed[end + len(E) :]
    assert remaining.replace(b"\r", b"").replace(b"\n", b"") == data.replace(b"\r", b"").replace(b"\n", b"")
    assert enclosed[:start].strip() == (before + b"\n\n## Accepted Papers").strip()
