"""A venue whose titles, names and texts are out to break whatever reads, shows or exports them."""

from standin.persons import Author
from standin.store import Store
from standin.venue import Venue

VENUE = "hostile.example/2026/Workshop/Hostile"
TITLES = (
    r"Learning $\alpha$-Divergences with \textbf{GANs} and {BERT}: 100\% of $x_i^2$",
    r"An Unbalanced $ sign, a stray } brace and \unknown{command}",
    "*Emphasis*, **strong**, `code`, [a link](javascript:alert(1)) and ![image](x)",
    "# Heading\n\n- item | cell | cell",
    "<script>alert('title')</script><img src=x onerror=alert(1)>",
    "Tags &amp; <b>bold</b> &lt;kept&gt; \"quoted\" 'single'",
    "{{ site.secret }} {% include secrets.html %} {%- raw -%}",
    "{% endraw %}{{ 7 | times: 6 }}",
    '=HYPERLINK("http://evil.example","click")',
    "+1+1 formulas",
    "-2-3 formulas",
    "@SUM(A1:A9) formulas",
    "\t=1+1 after a tab",
    "Controls \x00\x07\x1b[31m\x7f\x85 and \u2028 line \u2029 paragraph",
    "Line one\r\nline two\rline three",
    "\u202eesrever ni eltiT\u202c and \u2066isolated\u2069",
    "\u05de\u05d5\u05d3\u05dc\u05d9\u05dd \u05d2\u05e0\u05e8\u05d8\u05d9\u05d1\u05d9\u05d9\u05dd \u0646\u0645\u0627\u0630\u062c",
    "Cafe\u0301 re\u0301sume\u0301 in NFD",
    "Zero\u200bwidth\u200d and\ufeff BOM\u00ad soft hyphen",
    "No\u00a0break\u202fspaces  and   runs",
    "\u5408\u6210\u6570\u636e\u96c6\u7684\u751f\u6210\u6a21\u578b",
    "Emoji \U0001f469\u200d\U0001f52c \U0001f1fb\U0001f1f3 and \u1d49c astral",
    "Mojibake donâ€™t Ã©tÃ©",
    "Very Long " + "Title " * 48 + "End",
    "NA",
    "None",
    "null",
    "0",
    "'; DROP TABLE papers; --",
    "../../etc/passwd",
    "]]> --> */ ''' \"\"\"",
    "<!-- syntagen:end -->",
    "BibTeX @article{x, title = {y}, % comment",
    'Semi;colon, comma, "quote" and\\backslash\\n',
)
NAMES: tuple[tuple[Author, ...], ...] = (
    ("NA", "None"),
    ("null", "True"),
    ("Conor O'Brien", "Jean-Luc de la Fontaine"),
    ("Nguyễn Văn An", "Nguye\u0302\u0303n Va\u0306n An"),
    ("王伟", "김민준", "山田太郎"),
    ("\u0645\u062d\u0645\u062f \u0639\u0644\u064a", "\u05d3\u05d5\u05d3 \u05db\u05d4\u05df"),
    ("=cmd|' /C calc'!A0", "+Plus", "-Minus", "@At"),
    ("<b>Bold</b> Name", "{{ name }}", "Name, Jr.", 'Dr. "Nick" Name'),
    ("Double  Space", " Leading", "Trailing ", "No\u00a0Break"),
    (("Mail Only", "mail.only@invented.example"), ("No Id", None)),
    (("Same Name", "~Same_Name1"), ("Same Name", "~Same_Name2")),
    ("Madonna",),
    ("Ludwig van Beethoven", "Maria del Carmen García y López"),
    (r"Erd\H{o}s P\'al", "M\u00fcller"),
)
CROWD: tuple[Author, ...] = tuple(f"Crowd Member {place}" for place in range(1, 61))
EXTRAS = (
    {"archival status": "Non-archival"},
    {"Track": ["Long", "Demo"]},
    {"student paper": True},
    {"score": 3.5, "nested": {"a": [1, None]}},
    {"TLDR": "<script>alert(1)</script>", "abstract": "# Abstract\n\n<script>alert(2)</script> $x$ {{ y }}"},
    {"abstract": None, "keywords": None},
    {"supplementary_material": "/attachment/0000000000000000000000000000000000000000.zip"},
)


def build_hostile(*, unified_authors: bool = False) -> Store:
    """Return a released venue with one paper per hostile title, and one with sixty authors."""
    store = Store()
    venue = Venue(store, VENUE, title="A hostile <b>workshop</b> {{ x }}", short="Hostile 2026", unified_authors=unified_authors)
    venue.add_chair("chair@syntagen.example", "Invented Chair 1")
    for place, title in enumerate(TITLES):
        extra = {"invented": True, **EXTRAS[place % len(EXTRAS)]}
        paper = venue.add_submission(title, NAMES[place % len(NAMES)], content=extra)
        venue.add_review(paper["number"], rating=f"{3 + place % 6}: {title[:40]}", text=f"Invented review of {title}")
        venue.add_decision(paper["number"], "Accept (Oral)" if place % 5 == 0 else "Accept (Poster)", comment=title)
    crowded = venue.add_submission("Invented: a paper of sixty authors", CROWD, content={"invented": True})
    venue.add_review(crowded["number"], rating="N/A", confidence=())
    venue.add_decision(crowded["number"])
    venue.release()
    return store
