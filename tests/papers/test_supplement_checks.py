"""Supplements are looked at without unpacking; whatever a ZIP holds, the check ends with sentences."""

import io
import random
import stat
import struct
import time
import zipfile
from pathlib import Path

import pytest

from papers.pdf_checks.findings import Finding
from papers.supplement_checks.archives import Limits
from papers.supplement_checks.checking import check_supplement, is_unsafe_path, tell_names
from papers.supplement_checks.names import find_name
from papers.supplement_checks.wordings import WORDINGS
from tests.papers.handed_in import make_zip

AUTHORS = ("Ada Müller-Author", "Bert Li", "Chloé de la Chen")


def check(content: bytes, tmp_path: Path, **named: object) -> list[Finding]:
    path = tmp_path / "supplement.zip"
    path.write_bytes(content)
    return list(check_supplement(path, **named))  # type: ignore[arg-type]


def list_codes(findings: list[Finding]) -> list[str]:
    return [finding.code for finding in findings]


def make_link() -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        link = zipfile.ZipInfo("data")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(link, "/etc/passwd")
    return stream.getvalue()


def make_locked() -> bytes:
    content = bytearray(make_zip({"a.txt": b"secret"}))
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        content[content.index(mark) + place] |= 1
    return bytes(content)


def make_overlapping() -> bytes:
    """Return a ZIP whose directory names the same bytes 20 times, as the bombs that do not nest."""
    content = make_zip({"a": bytes(random.Random(0).randbytes(2000))})
    start, end = content.index(b"PK\x01\x02"), content.index(b"PK\x05\x06")
    entry = content[start:end]
    directory = b"".join(entry.replace(b"a", bytes([65 + number]), 1) for number in range(20))
    return content[:start] + directory + struct.pack("<4s4H2IH", b"PK\x05\x06", 0, 0, 20, 20, len(directory), start, 0)


def make_claiming(directory_bytes: int = 60, count: int = 1) -> bytes:
    content = make_zip({"a.txt": b"a"})
    end = content.index(b"PK\x05\x06")
    return content[:end] + struct.pack("<4s4H2IH", b"PK\x05\x06", 0, 0, count, count, directory_bytes, 0, 0)


def make_long_format() -> bytes:
    content = make_zip({"a.txt": b"a"})
    end = content.index(b"PK\x05\x06")
    return content[:end] + b"PK\x06\x07" + bytes(16) + content[end:]


def test_plain_supplement_has_no_finding(tmp_path: Path) -> None:
    members = {
        "code/": b"",
        "code/run.py": b"print(1)",
        "code/run.sh": b"#!/bin/sh",
        "video.mp4": b"\0\0\0 ftyp",
        "appendix.pdf": b"%PDF-1.5",
    }
    members |= {"notes.docx": b"PK\x03\x04", "weights.npz": b"PK\x03\x04"}
    assert check(make_zip(members), tmp_path) == []


@pytest.mark.parametrize(
    ("content", "codes"),
    [
        (b"", ["unreadable_archive"]),
        (b"PK\x03\x04 and no more", ["unreadable_archive"]),
        (make_zip({"a.txt": b"a" * 500})[:-30], ["unreadable_archive"]),
        (make_claiming(directory_bytes=100_000_000), ["unreadable_archive"]),
        (make_claiming(count=60_000), ["unreadable_archive"]),
        (make_long_format(), ["unreadable_archive"]),
        (make_zip({}), ["empty_archive"]),
        (make_zip({"folder/": b""}), ["empty_archive"]),
        (make_zip({"zeros": bytes(30_000_000)}), ["zip_bomb"]),
        (make_overlapping(), ["zip_bomb"]),
        (make_zip({"../../etc/passwd": b"a"}), ["unsafe_path"]),
        (make_zip({"/etc/passwd": b"a"}), ["unsafe_path"]),
        (make_zip({"C:\\run.txt": b"a"}), ["unsafe_path"]),
        (make_zip({"a\u202etxt.exe.txt": b"a"}), ["unsafe_path"]),
        (make_link(), ["symbolic_link"]),
        (make_locked(), ["encrypted_member"]),
        (make_zip({"setup.EXE": b"a"}), ["executable"]),
        (make_zip({"tool": b"\x7fELF\x02"}), ["executable"]),
        (make_zip({"tool.txt": b"MZ\x90"}), ["executable"]),
        (make_zip({"inner.zip": b"a"}), ["nested_archive"]),
        (make_zip({"inner.dat": b"7z\xbc\xaf\x27\x1c"}), ["nested_archive"]),
        (make_zip({"Read.txt": b"a", "read.TXT": b"b"}), ["same_name"]),
        (make_zip({"a.txt": b"a", "__MACOSX/._a.txt": b"b", "x/.DS_Store": b"c"}), ["leftover_files"]),
    ],
)
def test_each_flaw_has_its_code(tmp_path: Path, content: bytes, codes: list[str]) -> None:
    assert list_codes(check(content, tmp_path)) == codes


def test_too_many_members(tmp_path: Path) -> None:
    content = make_zip({f"{number}.txt": b"a" for number in range(6)})
    found = check(content, tmp_path, limits=Limits(members=5))
    assert [(finding.code, finding.message) for finding in found] == [
        ("unreadable_archive", "The ZIP cannot be read: it holds more than 5 files; pack data into fewer ones or publish them elsewhere.")
    ]
    lying = content[:-14] + struct.pack("<HH", 1, 1) + content[-10:]
    assert list_codes(check(lying, tmp_path, limits=Limits(members=5))) == ["too_many_members"]


def test_inflated_size_is_limited(tmp_path: Path) -> None:
    assert list_codes(check(make_zip({"a.txt": b"ab" * 100}), tmp_path, limits=Limits(inflated_bytes=100))) == ["zip_bomb"]


def test_sentences_name_the_first_members_made_harmless(tmp_path: Path) -> None:
    members = {f"../{number}\n<b>": b"a" for number in range(5)}
    [finding] = check(make_zip(members), tmp_path)
    assert finding.message == (
        "Names in the ZIP lead out of its folder or hold invisible letters: “../0\N{REPLACEMENT CHARACTER}<b>”, "
        "“../1\N{REPLACEMENT CHARACTER}<b>”, “../2\N{REPLACEMENT CHARACTER}<b>” and 2 more."
    )
    assert len(tell_names(["x" * 300])) == 82


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("a/b.txt", False),
        ("a..b/c", False),
        ("論文/図.png", False),
        ("..", True),
        ("a/../b", True),
        ("a\\b", True),
        ("/a", True),
        ("c:a", True),
        ("", True),
        ("a\x00b", True),
    ],
)
def test_unsafe_paths(name: str, *, expected: bool) -> None:
    assert is_unsafe_path(name) is expected


@pytest.mark.parametrize(
    ("members", "codes"),
    [
        ({"ada_muller-author/run.py": b""}, []),  # the second part of a double name alone says nothing
        ({"home/adaauthor/run.py": b"x"}, ["author_in_name"]),
        ({"run.py": b"# by Author, Ada"}, ["author_in_text"]),
        ({"README": b"by CHLOE CHEN and others"}, ["author_in_text"]),
        ({"picture.png": b"Ada Author"}, []),
        ({"run.py": b"the author of Ada"}, []),
        ({"run.py": b"Bert Li"}, []),  # too short to be sure
        ({"run.py": "\ufffd\x00Ada Author".encode("utf-16")}, []),
    ],
)
def test_names_of_authors_are_looked_for_while_anonymous(tmp_path: Path, members: dict[str, bytes], codes: list[str]) -> None:
    content = make_zip({**members, "plain.txt": b"nothing"})
    authors = ("Ada Author", "Bert Li", "Chloé de la Chen")
    assert list_codes(check(content, tmp_path, authors=authors, is_anonymous=True)) == codes
    assert list_codes(check(content, tmp_path, authors=authors)) == []


def test_texts_are_read_up_to_a_limit(tmp_path: Path) -> None:
    content = make_zip({"a.txt": b"x" * 50 + b" Ada Author", "b.txt": b"Ada Author"})
    limits = Limits(text_bytes=50, all_text_bytes=50)
    assert check(content, tmp_path, authors=["Ada Author"], is_anonymous=True, limits=limits) == []


def test_name_is_found_whatever_marks_and_order() -> None:
    assert [find_name(text, AUTHORS) for text in ("author ada", "ADA AUTHOR", "Chloe de la Chen", "chen_chloe.txt", "nobody")] == [
        "Ada Müller-Author", "Ada Müller-Author", "", "Chloé de la Chen", "",
    ]  # fmt: skip


def test_every_code_has_its_sentence() -> None:
    assert {severity for severity, _, _ in WORDINGS.values()} == {"block", "warn"}
    assert all(message.endswith(".") and remedy.endswith(".") for _, message, remedy in WORDINGS.values())


def break_zip(content: bytes, dice: random.Random) -> bytes:
    """Change, drop, repeat bytes, mostly in the directory at the end."""
    changed = bytearray(content)
    for _ in range(dice.randint(1, 12)):
        place = dice.randrange(len(changed)) if dice.random() < 0.4 else dice.randrange(max(0, len(changed) - 200), len(changed))
        changed[place] = dice.choice((0, 1, 255, dice.randrange(256)))
    if dice.random() < 0.3:
        start = dice.randrange(len(changed))
        del changed[start : start + dice.randint(1, 60)]
    return bytes(changed)


def test_broken_archives_end_with_findings(tmp_path: Path) -> None:
    seeds = [
        make_zip({"a/b.txt": b"Ada Author" * 50, "c.bin": bytes(4000)}),
        make_link(),
        make_overlapping(),
        make_locked(),
        make_long_format(),
    ]
    begun = time.monotonic()
    for number in range(1500):
        dice = random.Random(number)
        for finding in check(break_zip(dice.choice(seeds), dice), tmp_path, authors=["Ada Author"], is_anonymous=True):
            assert finding.code in WORDINGS, number
    assert time.monotonic() - begun < 60
