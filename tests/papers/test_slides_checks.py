"""Slides in PowerPoint format are looked at without unpacking them."""

import zipfile
from pathlib import Path

import pytest

from papers.supplement_checks.archives import Limits
from papers.supplement_checks.slides import check_slides

PLAIN = ("[Content_Types].xml", "_rels/.rels", "ppt/presentation.xml", "ppt/slides/slide1.xml")


def pack(path: Path, *names: str, content: str = "<x/>") -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in names:
            archive.writestr(name, content)
    return path


@pytest.mark.parametrize(
    ("names", "codes"),
    [
        (PLAIN, []),
        (("[Content_Types].xml", "word/document.xml"), ["unreadable_slides"]),
        ((*PLAIN, "ppt/vbaProject.bin"), ["macros"]),
        ((*PLAIN, "../../etc/passwd"), ["unsafe_path"]),
    ],
)
def test_slides_are_looked_at(tmp_path: Path, names: tuple[str, ...], codes: list[str]) -> None:
    assert [finding.code for finding in check_slides(pack(tmp_path / "slides.pptx", *names))] == codes


def test_slides_that_inflate_too_far_are_stopped(tmp_path: Path) -> None:
    path = pack(tmp_path / "slides.pptx", *PLAIN, content=" " * 1000)
    assert [finding.code for finding in check_slides(path, limits=Limits(inflated_bytes=1000))] == ["zip_bomb"]


def test_cut_slides_cannot_be_read(tmp_path: Path) -> None:
    path = pack(tmp_path / "slides.pptx", *PLAIN)
    path.write_bytes(path.read_bytes()[:-30])
    assert [finding.message for finding in check_slides(path)] == [
        "The slides cannot be read: it has no end mark, so it is cut or not a ZIP."
    ]
