"""Hostile names become harmless; files leave under agreed names."""

import pytest

from papers.file_names import MOST_LETTERS, clean_file_name, name_download


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("paper.pdf", "paper.pdf"),
        ("C:\\Users\\ada\\final paper.pdf", "final paper.pdf"),
        ("../../etc/passwd", "passwd"),
        ("/etc/passwd/", "passwd"),
        ("..", "file"),
        ("", "file"),
        ("   ", "file"),
        (".htaccess", "htaccess"),
        ("a\r\nContent-Type: text/html.pdf", "html.pdf"),
        ("a\x00b.pdf", "a b.pdf"),
        ("evil\u202efdp.exe", "evil fdp.exe"),
        ("zero\u200bwidth.pdf", "zero width.pdf"),
        ('a"b<c>d|e?f*g:h.pdf', "a_b_c_d_e_f_g_h.pdf"),
        ("Füße e\u0301.pdf", "Füße é.pdf"),
        ("論文.pdf", "論文.pdf"),
        ("x" * 500 + ".pdf", "x" * 146 + ".pdf"),
        ("x" * 500, "x" * 150),
        ("x" * 160 + "." + "y" * 60, "x" * 150),
        ("trailing. . ", "trailing"),
        ("\ud800.pdf", "pdf"),
    ],
)
def test_name_is_cleaned(given: str, expected: str) -> None:
    assert clean_file_name(given) == expected
    assert len(expected) <= MOST_LETTERS


@pytest.mark.parametrize(
    ("short", "number", "kind", "media", "version", "expected"),
    [
        ("SyntaGen", 12, "paper", "application/pdf", None, "SyntaGen-12.pdf"),
        ("SyntaGen", 12, "supplement", "application/zip", None, "SyntaGen-12_supp.zip"),
        ("SyntaGen", 12, "supplement", "application/pdf", None, "SyntaGen-12_supp.pdf"),
        ("SyntaGen", 12, "form", "application/pdf", None, "SyntaGen-12_form.pdf"),
        ("SyntaGen", 12, "poster", "application/pdf", 3, "SyntaGen-12_poster_v3.pdf"),
        ("Gröe & Co.", 1, "paper", "application/pdf", None, "GroeCo-1.pdf"),
        ("論文", None, "paper", "application/pdf", None, "paper-p7.pdf"),
        ("A\r\nB", 1, "paper", "unknown/x", None, "AB-1.bin"),
    ],
)
def test_download_has_its_agreed_name(short: str, number: int | None, kind: str, media: str, version: int | None, expected: str) -> None:
    assert name_download(short, number, 7, kind, media, version=version) == expected
