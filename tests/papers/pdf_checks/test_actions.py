"""What a file would do or carry is found wherever it hides."""

from collections.abc import Callable

import pytest
from pikepdf import Array, Dictionary, Name, Pdf, String

from tests.papers.pdf_checks.conftest import Check, list_codes
from tests.papers.pdf_checks.paper_writer import make_paper

SCRIPT = Dictionary(S=Name.JavaScript, JS=String("app.alert(1)"))
Trap = Callable[[Pdf], None]


def annotate(pdf: Pdf, **values: object) -> None:
    annotation = Dictionary(Type=Name.Annot, Rect=[100, 100, 200, 120], **values)  # type: ignore[arg-type]
    pdf.pages[1].obj.Annots = Array([pdf.make_indirect(annotation)])


def link(pdf: Pdf, target: str) -> None:
    annotate(pdf, Subtype=Name.Link, A=Dictionary(S=Name.URI, URI=String(target)))


def run_on_opening(pdf: Pdf) -> None:
    pdf.Root.OpenAction = SCRIPT


def run_after_a_jump(pdf: Pdf) -> None:
    pdf.Root.OpenAction = Dictionary(S=Name.GoTo, D=[pdf.pages[0].obj, Name.Fit], Next=SCRIPT)


def run_by_name(pdf: Pdf) -> None:
    tree = Dictionary(Kids=[pdf.make_indirect(Dictionary(Names=[String("go"), SCRIPT]))])
    pdf.Root.Names = Dictionary(JavaScript=tree)


def run_on_page(pdf: Pdf) -> None:
    pdf.pages[1].obj.AA = Dictionary(O=SCRIPT)


def run_on_click(pdf: Pdf) -> None:
    annotate(pdf, Subtype=Name.Link, A=SCRIPT)


def run_from_bookmark(pdf: Pdf) -> None:
    item = pdf.make_indirect(Dictionary(Title=String("x"), A=SCRIPT))
    item.Next = item
    pdf.Root.Outlines = Dictionary(First=item)


def launch(pdf: Pdf) -> None:
    annotate(pdf, Subtype=Name.Link, A=Dictionary(S=Name.Launch, F=String("cmd.exe")))


def attach(pdf: Pdf) -> None:
    pdf.attachments["notes.txt"] = b"secret"


def pin_a_file(pdf: Pdf) -> None:
    annotate(pdf, Subtype=Name.FileAttachment)


def ask(pdf: Pdf) -> None:
    annotate(pdf, Subtype=Name.Widget, FT=Name.Tx)
    pdf.Root.AcroForm = Dictionary(Fields=pdf.pages[1].obj.Annots)


def ask_below_another_field(pdf: Pdf) -> None:
    below = pdf.make_indirect(Dictionary(FT=Name.Tx, T=String("below")))
    pdf.Root.AcroForm = Dictionary(Fields=[pdf.make_indirect(Dictionary(T=String("above"), Kids=[below]))])


def ask_in_xml(pdf: Pdf) -> None:
    pdf.Root.AcroForm = Dictionary(Fields=[], XFA=pdf.make_stream(b"<xdp/>"))


def associate_a_file(pdf: Pdf) -> None:
    carried = Dictionary(Type=Name.Filespec, F=String("a.txt"), EF=Dictionary(F=pdf.make_stream(b"x")))
    pdf.Root.AF = Array([pdf.make_indirect(carried)])


def comment(pdf: Pdf) -> None:
    annotate(pdf, Subtype=Name.Highlight)


TRAPS: list[tuple[Trap, str]] = [
    (run_on_opening, "javascript"),
    (run_after_a_jump, "javascript"),
    (run_by_name, "javascript"),
    (run_on_page, "javascript"),
    (run_on_click, "javascript"),
    (run_from_bookmark, "javascript"),
    (launch, "launch_action"),
    (attach, "embedded_file"),
    (pin_a_file, "embedded_file"),
    (associate_a_file, "embedded_file"),
    (ask, "form_field"),
    (ask_below_another_field, "form_field"),
    (ask_in_xml, "form_field"),
    (comment, "comment_annotation"),
]


@pytest.mark.parametrize(("trap", "code"), TRAPS, ids=[trap.__name__ for trap, _ in TRAPS])
def test_trap_gives_its_code(check: Check, trap: Trap, code: str) -> None:
    pdf = make_paper().build()
    trap(pdf)
    assert [finding.code for finding in check(pdf)] == [code]


@pytest.mark.parametrize(
    "target",
    [
        "file:///home/ada/paper.pdf",
        "http://localhost:8888/x",
        "http://192.168.1.7/",
        "https://anonymous.4open.science/r/masks-1234",
        "https://anonymous-masks.github.io",
    ],
)
def test_lost_links_are_found(check: Check, target: str) -> None:
    pdf = make_paper().build()
    link(pdf, target)
    assert list_codes(check(pdf)) == ["bad_link"]


@pytest.mark.parametrize(
    "target",
    [
        "https://example.org/localhost",
        "https://doi.org/10.1000/1",
        "mailto:ada@example.org",
        "http://10years.example",
        "http://localhost-masks.example/a",
    ],
)
def test_other_links_are_free(check: Check, target: str) -> None:
    pdf = make_paper().build()
    link(pdf, target)
    assert check(pdf) == []


def test_script_of_a_field_below_another_is_found(check: Check) -> None:
    pdf = make_paper().build()
    ask_below_another_field(pdf)
    pdf.Root.AcroForm.Fields[0].Kids[0].AA = Dictionary(K=SCRIPT)
    assert list_codes(check(pdf)) == ["form_field", "javascript"]


def test_an_empty_form_is_none(check: Check) -> None:
    pdf = make_paper().build()
    pdf.Root.AcroForm = Dictionary(Fields=[])
    assert check(pdf) == []


def test_spot_counts_from_the_top_of_the_visible_page(check: Check) -> None:
    pdf = make_paper().build()
    comment(pdf)
    assert [(finding.page, finding.box) for finding in check(pdf)] == [(2, (100.0, 672.0, 200.0, 692.0))]
