"""Whatever a file holds, the check ends within its limits with sentences."""

import io
import zlib
from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest
from PIL import Image

from papers.pdf_checks.findings import Box, Finding, Report
from papers.pdf_checks.rules import RULES, Limits, Rules
from papers.pdf_checks.sandbox import check_pdf, crop_finding
from papers.pdf_checks.unguarded import crop_unguarded
from tests.papers.pdf_checks.conftest import TWO_PAGES
from tests.papers.pdf_checks.paper_writer import AUTHORS, TITLE, make_paper, save


def check_bytes(content: bytes, path: Path, *, rules: Rules = TWO_PAGES) -> Report:
    path.write_bytes(content)
    return check_pdf(path, rules)


def build_bytes(pdf: pikepdf.Pdf, **options: object) -> bytes:
    stream = io.BytesIO()
    pdf.save(stream, **options)  # type: ignore[arg-type]
    return stream.getvalue()


def make_bomb() -> bytes:
    pdf = make_paper().build()
    pdf.pages[1].obj.Contents = pikepdf.Stream(pdf, zlib.compress(b" " * 64_000_000, 9), Filter=pikepdf.Name.FlateDecode)
    return build_bytes(pdf)


def make_blank_pages() -> bytes:
    pdf = pikepdf.new()
    for _ in range(1500):
        pdf.add_blank_page(page_size=(612, 792))
    return build_bytes(pdf)


def make_large_picture() -> bytes:
    pdf = make_paper().build()
    pdf.pages[0].obj.Resources.XObject = pikepdf.Dictionary(X=pdf.make_stream(b"", Subtype=pikepdf.Name.Image, Width=30_000, Height=30_000))
    return build_bytes(pdf)


def make_deep_array() -> bytes:
    content = build_bytes(make_paper().build(), object_stream_mode=pikepdf.ObjectStreamMode.disable)
    return content.replace(b"/Type /Catalog", b"/X " + b"[" * 50_000 + b"]" * 50_000 + b" /Type /Catalog")


def make_page_loop() -> bytes:
    pdf = make_paper().build()
    pdf.Root.Pages.Kids.append(pdf.Root.Pages)
    return build_bytes(pdf)


def test_clean_paper_through_the_process(tmp_path: Path) -> None:
    report = check_pdf(save(make_paper().build(), tmp_path / "paper.pdf"), TWO_PAGES, title=TITLE, authors=AUTHORS)
    assert (report.findings, report.is_blocked) == ((), False)
    assert {name: report.facts[name] for name in ("pages", "body_pages", "references_page", "title", "body_font", "columns")} == {
        "pages": 3,
        "body_pages": 2,
        "references_page": 3,
        "title": TITLE,
        "body_font": "NimbusRomNo9L-Regu",
        "columns": 2,
    }
    assert report.facts["page_sizes"] == [[612.0, 792.0]] * 3


@pytest.mark.parametrize(
    ("content", "codes"),
    [
        (b"", ("not_a_pdf",)),
        (b"<!DOCTYPE html><html>404</html>", ("not_a_pdf",)),
        (b"%PDF-1.5\nnothing else", ("unreadable",)),
        (make_bomb(), ("resource_limit",)),
        (make_blank_pages(), ("resource_limit",)),
        (make_large_picture(), ("resource_limit",)),
        (build_bytes(make_paper().build())[:-700], ("unreadable",)),
        (build_bytes(make_paper().build(), encryption=pikepdf.Encryption(owner="o", user="")), ("encrypted",)),
        (build_bytes(make_paper().build(), encryption=pikepdf.Encryption(owner="o", user="u")), ("encrypted", "unreadable")),
    ],
    ids=["empty", "html", "stub", "bomb", "1500 pages", "picture", "cut", "owner password", "user password"],
)
def test_hostile_file_gives_its_codes(tmp_path: Path, content: bytes, codes: tuple[str, ...]) -> None:
    assert check_bytes(content, tmp_path / "x.pdf").codes == codes


@pytest.mark.parametrize("content", [make_deep_array(), make_page_loop()], ids=["deep", "loop"])
def test_twisted_file_ends_with_a_report(tmp_path: Path, content: bytes) -> None:
    report = check_bytes(content, tmp_path / "x.pdf")
    assert report.seconds < 10


def test_junk_after_the_end_is_repaired_with_a_warning(tmp_path: Path) -> None:
    content = build_bytes(make_paper().build(), object_stream_mode=pikepdf.ObjectStreamMode.disable)
    moved = content.replace(b"%PDF-1.3\n", b"%PDF-1.3\n% one more line\n", 1)
    report = check_bytes(moved, tmp_path / "x.pdf")
    assert [(finding.code, finding.severity) for finding in report.findings] == [("damaged_structure", "warn")]


@pytest.mark.parametrize(
    ("limits", "said"),
    [
        (Limits(seconds=0.01), "The check was stopped: it took longer than 0 seconds."),
        (Limits(memory_bytes=30_000_000), "The check was stopped: it needed more memory or processor time than a paper may."),
        (Limits(pages=2), "The check was stopped: it has 3 pages; 2 are looked at."),
    ],
    ids=["time", "memory", "pages"],
)
def test_limits_are_findings(tmp_path: Path, limits: Limits, said: str) -> None:
    path = save(make_paper().build(), tmp_path / "paper.pdf")
    report = check_pdf(path, replace(TWO_PAGES, limits=limits))
    assert [(finding.code, finding.message) for finding in report.findings] == [("resource_limit", said)]


def test_size_cap_comes_from_the_rules(tmp_path: Path) -> None:
    path = save(make_paper().build(), tmp_path / "paper.pdf")
    report = check_pdf(path, replace(TWO_PAGES, max_bytes=1000))
    assert report.codes == ("file_size",)


def test_own_severities_decide_what_blocks(tmp_path: Path) -> None:
    path = save(make_paper(references=False).build(), tmp_path / "paper.pdf")
    weighed = {
        severity: check_pdf(path, replace(TWO_PAGES, severities={"missing_references": severity})) for severity in ("block", "warn", "off")
    }
    assert {severity: (report.codes, report.is_blocked) for severity, report in weighed.items()} == {
        "block": (("missing_references",), True),
        "warn": (("missing_references",), False),
        "off": ((), False),
    }


def test_rules_survive_the_way_to_the_worker() -> None:
    assert [Rules.from_json(rules.as_json()) for rules in RULES.values()] == list(RULES.values())


def test_crop_shows_the_spot_with_a_frame(tmp_path: Path) -> None:
    paper = make_paper()
    paper.fill(2, 560, 300, 40, 20)
    path = save(paper.build(), tmp_path / "paper.pdf")
    [finding] = check_pdf(path, TWO_PAGES).findings
    with Image.open(io.BytesIO(crop_finding(path, finding))) as picture:
        colors = picture.getcolors(1 << 20) or []
        assert picture.format == "PNG"
        assert picture.width < 612 * 2
        assert (200, 30, 30) in {color for _, color in colors}


@pytest.mark.parametrize(
    ("box", "size"),
    [
        ((300.0, 400.0, 310.0, 410.0), (600, 180)),  # words around a small spot can be read
        ((4.0, 400.0, 10.0, 410.0), (600, 180)),
        ((600.0, 400.0, 650.0, 410.0), (600, 180)),  # the frame stays on the page
        ((60.0, 100.0, 70.0, 700.0), (600, 440)),  # of a tall spot the upper part
    ],
)
def test_crop_is_large_enough_to_read(tmp_path: Path, box: Box, size: tuple[int, int]) -> None:
    path = save(make_paper().build(), tmp_path / "paper.pdf")
    finding = Finding("line_numbers", "block", 1, box, "No.", "Yes.")
    with Image.open(io.BytesIO(crop_unguarded(path, finding, rules=TWO_PAGES))) as picture:
        assert picture.size == size
        colors = {color for _, color in picture.getcolors(1 << 20) or []}
        assert (200, 30, 30) in colors


def test_crop_of_a_finding_without_a_spot_is_the_page(tmp_path: Path) -> None:
    path = save(make_paper().build(), tmp_path / "paper.pdf")
    finding = Finding("missing_references", "block", None, None, "No.", "Yes.")
    with Image.open(io.BytesIO(crop_finding(path, finding))) as picture:
        assert picture.size == (1224, 1584)


def test_crop_of_what_cannot_be_drawn_is_empty(tmp_path: Path) -> None:
    path = tmp_path / "x.pdf"
    path.write_bytes(b"nothing")
    assert crop_finding(path, Finding("not_a_pdf", "block", None, None, "No.", "Yes.")) == b""
