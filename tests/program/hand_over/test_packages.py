"""Everything in one ZIP: names, tables, checksums, who is missing."""

import csv
import fcntl
import hashlib
import io
import os
import signal
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import IO, Any

import openpyxl
import pytest
import time_machine
from django.core.files.storage import default_storage

from papers.camera_ready import approve_file
from papers.errors import Refusal, Refusals
from papers.file_archives import send_archive
from papers.models import Author, FileVersion, HandOver, HistoryLine, Paper, StoredFile, User, Workshop
from papers.name_splits import confirm_names
from papers.sight import Sight
from papers.streamed_zips import BrokenOff, ZipMember
from program.hand_over.packages import build_package, collect_hand_over, save_package, write_workbook
from tests.factories import accept, make_paper, reject
from tests.program.hand_over.ready import (
    confirm,
    hand_in,
    hand_in_zip,
    make_asking_workshop,
    make_chosen_paper,
    make_ready_paper,
)

pytestmark = pytest.mark.django_db
GOLDEN = Path(__file__).parents[1] / "data" / "golden"
SECRETS = ("Undecided", "Rejected", "Withdrawn", "Unreleased", "Stays Out", "Short One", "Unchosen", "Tested")
HOSTILE = '=HYPERLINK("http://e")\u202e {{x}} {% y %} $\\alpha$ <b>\x07 a/b: Lu\u031bu'


@pytest.fixture
def cast() -> tuple[Workshop, User, User]:
    return make_asking_workshop()


def collect(workshop: Workshop) -> Any:
    return collect_hand_over(Sight(workshop, is_inside=True))


def pack(workshop: Workshop) -> bytes:
    return b"".join(send_archive(build_package(collect(workshop)), by=None))


def unpack(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def read_rows(data: bytes) -> list[dict[str, str]]:
    assert data.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"))))


def make_two_papers(workshop: Workshop, olga: User, ada: User) -> tuple[Paper, Paper]:
    """Make a paper of all that a table can hold, and one whose texts are out for harm."""
    authors = ("Ada B. Author", "Vincent van Gogh")
    first = make_chosen_paper(
        workshop, ada, number=7, title="Counting: A Survey", authors=authors, abstract="One.\nTwo.", keywords=["a, b", "c"]
    )
    places = [{"name": "Institute of Things", "domain": "things.example", "country": "NO"}, {"domain": "more.example"}]
    Author.objects.filter(paper=first, position=1).update(institutions=places, email="ada@example.org", orcid="0000-0002-1825-0097")
    second = make_chosen_paper(workshop, ada, number=12, note_id="-note12", title=HOSTILE, authors=("@cmd Li, Ning",), abstract="+1\x07")
    for paper in (first, second):
        approve_file(hand_in(paper, ada, pages=8), by=olga)
        confirm(paper, ada)
    approve_file(hand_in_zip(first, ada), by=olga)
    approve_file(hand_in(first, ada, kind="form", content=b"%PDF-1.5 form"), by=olga)
    return first, second


def make_secret_papers(workshop: Workshop, olga: User, ada: User) -> None:
    """Make one paper of each kind that nothing may tell of."""
    make_paper(workshop, title="Undecided", wants_proceedings=True)
    reject(make_paper(workshop, title="Rejected", wants_proceedings=True), is_released=True)
    accept(make_paper(workshop, title="Unreleased", wants_proceedings=True))
    accept(make_paper(workshop, title="Tested", wants_proceedings=True, is_test=True), is_released=True)
    for title, fields in (
        ("Withdrawn", {"standing": "withdrawn"}),
        ("Stays Out", {"wants_proceedings": False}),
        ("Unchosen", {"wants_proceedings": None}),
        ("Short One", {"track": workshop.tracks.get(slug="short")}),
    ):
        paper = make_ready_paper(workshop, olga, ada, title=title)
        Paper.objects.filter(pk=paper.pk).update(**fields)


def test_package_holds_renamed_files_tables_and_sums(cast: tuple[Workshop, User, User]) -> None:
    workshop, olga, ada = cast
    make_two_papers(workshop, olga, ada)
    held = unpack(pack(workshop))
    assert list(held) == [
        *("proceedings-authors.csv", "proceedings.csv", "proceedings.xlsx", "SHA256SUMS", "MISSING.txt"),
        *("Counted-12.pdf", "Counted-7.pdf", "Counted-7_form.pdf", "Counted-7_supp.zip"),
    ]
    sums = [f"{hashlib.sha256(held[name]).hexdigest()}  {name}" for name in list(held)[5:]]
    assert held["SHA256SUMS"].decode().splitlines() == sums
    rows = read_rows(held["proceedings.csv"])
    assert [row["pdf_sha256"] for row in rows] == [hashlib.sha256(held[row["pdf_filename"]]).hexdigest() for row in rows]
    assert [row["n_pages"] for row in rows] == ["8", "8"]


@pytest.mark.parametrize("name", ["proceedings.csv", "proceedings-authors.csv", "MISSING.txt"])
def test_golden(cast: tuple[Workshop, User, User], name: str) -> None:
    workshop, olga, ada = cast
    make_two_papers(workshop, olga, ada)
    make_chosen_paper(workshop, ada, number=20, title="Waits")
    make_secret_papers(workshop, olga, ada)
    assert unpack(pack(workshop))[name] == (GOLDEN / f"hand-over-{name}").read_bytes()


def test_nothing_tells_of_what_is_not_handed_over(cast: tuple[Workshop, User, User]) -> None:
    workshop, olga, ada = cast
    make_two_papers(workshop, olga, ada)
    make_secret_papers(workshop, olga, ada)
    held = unpack(pack(workshop))
    held |= {f"xlsx/{name}": content for name, content in unpack(held["proceedings.xlsx"]).items()}
    text = b"\n".join([*held.values(), *map(str.encode, held)]).decode(errors="replace")
    assert [secret for secret in SECRETS if secret in text] == []
    assert "Counting: A Survey" in text
    assert len(read_rows(held["proceedings.csv"])) == 2


def test_same_state_gives_same_bytes_at_any_time(cast: tuple[Workshop, User, User]) -> None:
    workshop, olga, ada = cast
    make_two_papers(workshop, olga, ada)
    with time_machine.travel("2026-05-01T12:00:00Z"):
        first = pack(workshop)
    with time_machine.travel("2027-05-01T12:00:00Z"):
        assert pack(workshop) == first
    assert len(first) == build_package(collect(workshop)).size


def test_workbook_holds_texts_and_numbers_only(cast: tuple[Workshop, User, User]) -> None:
    workshop, olga, ada = cast
    make_two_papers(workshop, olga, ada)
    book = openpyxl.load_workbook(io.BytesIO(write_workbook(collect(workshop))))
    assert book.sheetnames == ["Papers", "Authors"]
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} == {"s", "n"}
    papers = {cell.value: book["Papers"].cell(3, cell.column).value for cell in book["Papers"][1]}
    assert (papers["paper_id"], papers["n_pages"]) == (12, 8)
    assert papers["title"] == '=HYPERLINK("http://e") {{x}} {% y %} $\\alpha$ <b> a/b: Lưu'
    assert [cell.value for cell in book["Authors"]["F"]] == ["surname", "Author", "van Gogh", "@cmd Li"]


def test_conference_pattern_and_columns(cast: tuple[Workshop, User, User]) -> None:
    workshop, olga, ada = cast
    make_two_papers(workshop, olga, ada)
    HandOver.objects.create(
        workshop=workshop,
        acronym="CNT",
        paper_names="{surname}_{title10}_CVPRW_{year}_paper.pdf",
        supplement_names="{acronym}-{number:05}_supp",
        columns=[
            {"header": "Publisher", "value": "IEEE"},
            {"header": "ID", "value": "{acronym}-{number:05}"},
            {"header": "A{k}", "value": "{author.surname}, {author.given}"},
            {"header": "M{k}", "value": "{author.email}"},
            {"header": "Last", "value": "{archival} {presentation_name}"},
        ],
        author_columns=[{"header": "Who", "value": "{author.position}: {author.name} of {author_count}"}],
    )
    held = unpack(pack(workshop))
    assert list(held)[5:] == [
        "Author_Counting_A_Survey_CVPRW_2026_paper.pdf",
        "CNT-00007_supp.zip",
        "CNT-7_form.pdf",
        "cmd_Li_HYPERLINKhttpe_x_y_alpha_b_ab_Lưu_CVPRW_2026_paper.pdf",
    ]
    assert held["proceedings.csv"].decode("utf-8-sig").splitlines() == [
        "Publisher,ID,A1,M1,A2,M2,Last",
        'IEEE,CNT-00007,"Author, Ada B.",ada@example.org,"van Gogh, Vincent",,proceedings Poster',
        'IEEE,CNT-00012,"\'@cmd Li, Ning",,,,proceedings Poster',
    ]
    assert held["proceedings-authors.csv"].decode("utf-8-sig").splitlines()[1] == "1: Ada B. Author of 2"


def test_confirmed_names_are_no_guess(cast: tuple[Workshop, User, User]) -> None:
    workshop, olga, ada = cast
    make_two_papers(workshop, olga, ada)
    confirm_names(workshop, {"Ada B. Author": "B. Author"}, by=olga)
    rows = read_rows(unpack(pack(workshop))["proceedings-authors.csv"])
    assert [(row["given"], row["surname"], row["name_split"]) for row in rows] == [
        ("Ada", "B. Author", "confirmed"),
        ("Vincent", "van Gogh", "guessed"),
        ("Ning", "'@cmd Li", "upstream"),
    ]


def test_colliding_names_are_said_before_anything_is_written(cast: tuple[Workshop, User, User]) -> None:
    workshop, olga, ada = cast
    for number, title in ((1, "Straße"), (2, "STRASSE"), (3, "Other")):
        make_ready_paper(workshop, olga, ada, number=number, title=title)
    HandOver.objects.create(workshop=workshop, paper_names="{title10}")
    with pytest.raises(Refusals) as refused:
        build_package(collect(workshop))
    assert refused.value.reasons == ["Straße.pdf would be the name of #1 (Paper PDF) and #2 (Paper PDF)."]


def test_nobody_ready_is_refused(cast: tuple[Workshop, User, User]) -> None:
    workshop, _, ada = cast
    make_chosen_paper(workshop, ada)
    with pytest.raises(Refusal, match="No paper can be handed over yet"):
        build_package(collect(workshop))


def test_lost_content_is_said_before_anything_is_sent(cast: tuple[Workshop, User, User]) -> None:
    workshop, olga, ada = cast
    make_ready_paper(workshop, olga, ada, number=5)
    default_storage.delete(StoredFile.objects.get().path)
    with pytest.raises(Refusals) as refused:
        build_package(collect(workshop))
    assert refused.value.reasons == ["Counted-5.pdf is not there as it was handed in."]


def test_storage_error_midway_breaks_off_and_is_told(cast: tuple[Workshop, User, User], caplog: pytest.LogCaptureFixture) -> None:
    workshop, olga, ada = cast
    make_two_papers(workshop, olga, ada)
    archive = build_package(collect(workshop))
    default_storage.delete(FileVersion.objects.get(paper__number=7, kind="paper").file.path)  # type: ignore[union-attr]
    pieces: list[bytes] = []
    with pytest.raises(BrokenOff):
        for piece in send_archive(archive, by=olga):
            pieces.append(piece)
    data = b"".join(pieces)
    assert b"Counted-12.pdf" in data
    assert not zipfile.is_zipfile(io.BytesIO(data))
    line = HistoryLine.objects.get(action="download broke off")
    assert (line.by, line.note[:44]) == (olga, "The storage did not give Counted-7.pdf; the ")
    assert "Counted-2026-proceedings.zip of handed26 broke off" in caplog.text


def test_saved_as_file_or_folder(cast: tuple[Workshop, User, User], tmp_path: Path) -> None:
    workshop, olga, ada = cast
    make_two_papers(workshop, olga, ada)
    archive = build_package(collect(workshop))
    save_package(archive, tmp_path / "all.zip")
    save_package(archive, tmp_path / "all.zip")
    save_package(archive, tmp_path / "new")
    (tmp_path / "empty").mkdir()
    save_package(archive, tmp_path / "empty")
    held = unpack((tmp_path / "all.zip").read_bytes())
    assert sorted(path.name for path in tmp_path.iterdir()) == ["all.zip", "empty", "new"]
    for folder in ("new", "empty"):
        assert {path.name: path.read_bytes() for path in (tmp_path / folder).iterdir()} == held


def test_full_folder_and_lost_place_are_refused(cast: tuple[Workshop, User, User], tmp_path: Path) -> None:
    workshop, olga, ada = cast
    make_two_papers(workshop, olga, ada)
    archive = build_package(collect(workshop))
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "a").write_text("mine")
    (tmp_path / "file").write_text("mine")
    for name in ("full", "file"):
        with pytest.raises(Refusal, match="is there already"):
            save_package(archive, tmp_path / name)
    with pytest.raises(Refusal, match="can't be written: No such file"):
        save_package(archive, tmp_path / "no" / "where.zip")
    assert (tmp_path / "full" / "a").read_text() == "mine"


@pytest.mark.parametrize("name", ["all.zip", "folder"])
def test_broken_off_save_leaves_nothing(cast: tuple[Workshop, User, User], tmp_path: Path, name: str) -> None:
    workshop, olga, ada = cast
    make_two_papers(workshop, olga, ada)
    archive = build_package(collect(workshop))
    default_storage.delete(FileVersion.objects.get(paper__number=7, kind="paper").file.path)  # type: ignore[union-attr]
    with pytest.raises(BrokenOff):
        save_package(archive, tmp_path / name)
    assert list(tmp_path.iterdir()) == []


def test_save_takes_away_what_a_killed_one_left(cast: tuple[Workshop, User, User], tmp_path: Path) -> None:
    workshop, olga, ada = cast
    make_two_papers(workshop, olga, ada)
    for name in (".hand-over-killed", ".hand-over-at-work"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "all.zip").write_bytes(b"PK")
    handle = os.open(tmp_path / ".hand-over-at-work", os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        save_package(build_package(collect(workshop)), tmp_path / "all.zip")
    finally:
        os.close(handle)
    assert sorted(path.name for path in tmp_path.iterdir()) == [".hand-over-at-work", "all.zip"]


def test_killed_save_is_swept_by_the_next(cast: tuple[Workshop, User, User], tmp_path: Path) -> None:
    workshop, olga, ada = cast
    make_two_papers(workshop, olga, ada)
    archive = build_package(collect(workshop))

    def die() -> IO[bytes]:
        os.kill(os.getpid(), signal.SIGKILL)
        raise AssertionError

    child = os.fork()
    if not child:
        save_package(replace(archive, members=(*archive.members, ZipMember("last", 1, die))), tmp_path / "all.zip")
        os._exit(1)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == -signal.SIGKILL
    assert [path.name[:11] for path in tmp_path.iterdir()] == [".hand-over-"]
    save_package(archive, tmp_path / "all.zip")
    assert [path.name for path in tmp_path.iterdir()] == ["all.zip"]
