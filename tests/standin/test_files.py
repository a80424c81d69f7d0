"""PDFs and attachments with the unmodified client."""

import io
import zipfile
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import openreview
import pytest
from openreview import tools
from openreview.api import Note, OpenReviewClient
from requests.adapters import HTTPAdapter

from standin import Standin, Venue
from standin.files import print_pdf
from tests.standin.conftest import VENUE, OpenClient


def test_pdf_is_the_same_bytes_either_way(client: OpenReviewClient, venue: Venue) -> None:
    paper = venue.papers[1]["id"]
    content = client.get_pdf(id=paper)
    assert content == print_pdf(["Title 1", paper])
    assert client.get_attachment(field_name="pdf", id=paper) == content


def test_several_ids_come_as_a_zip(client: OpenReviewClient, venue: Venue, tmp_path: Path) -> None:
    ids = [venue.papers[number]["id"] for number in (2, 1)]
    with zipfile.ZipFile(io.BytesIO(client.get_attachment(field_name="pdf", ids=ids))) as archive:
        assert archive.namelist() == ["2_pdf.pdf", "1_pdf.pdf"]
        assert archive.read("1_pdf.pdf") == client.get_pdf(id=ids[1])
    written = tools.get_all_attachments(client, f"{VENUE}/Submission", "pdf", str(tmp_path))
    assert [Path(path).name for path in written] == ["1_pdf.pdf", "2_pdf.pdf", "3_pdf.pdf"]


def test_missing_or_hidden_files_are_refused(open_client: OpenClient, venue: Venue) -> None:
    client, paper = open_client(), venue.papers[1]["id"]
    calls: list[tuple[Callable[[], Any], str]] = [
        (lambda: client.get_attachment(field_name="video", id=paper), "NotFoundError"),
        (lambda: client.get_pdf(id="unknown000"), "NotFoundError"),
        (lambda: open_client("eve@x.example").get_pdf(id=paper), "ForbiddenError"),
        (lambda: client.get_attachment(field_name="pdf", ids=[f"id{n}" for n in range(51)]), "ItemsError"),
    ]
    for call, name in calls:
        with pytest.raises(openreview.OpenReviewException, match=name):
            call()


def test_upload_gives_a_path_for_the_content(client: OpenReviewClient, venue: Venue, tmp_path: Path) -> None:
    poster = tmp_path / "poster.zip"
    poster.write_bytes(b"PK counted\r\n\x00bytes")
    url = client.put_attachment(str(poster), f"{VENUE}/-/Edit", "poster")
    assert (url.startswith("/attachment/"), url.endswith(".zip"), len(url)) == (True, True, 56)
    note = Note(id=venue.papers[1]["id"], content={"poster": {"value": url}})
    client.post_note_edit(f"{VENUE}/-/Edit", [VENUE], note)
    assert client.get_attachment(field_name="poster", id=note.id) == poster.read_bytes()


def test_zips_are_spoiled_at_a_word(client: OpenReviewClient, venue: Venue, standin: Standin) -> None:
    ids = [venue.papers[number]["id"] for number in (1, 2)]
    standin.faults.add("zip_less", path="/attachment", note=ids[0])
    standin.faults.add("other_bytes", path="/attachment", note=ids[1], text="other")
    standin.faults.add("zip_names", path="/attachment", form="{id}.{name}")
    with zipfile.ZipFile(io.BytesIO(client.get_attachment(field_name="pdf", ids=ids))) as archive:
        assert {name: archive.read(name) for name in archive.namelist()} == {f"{ids[1]}.2_pdf.pdf": b"other"}
    assert client.get_attachment(field_name="pdf", id=ids[1]) == b"other"


def test_quota_holds_where_it_is_wanted(client: OpenReviewClient, venue: Venue, standin: Standin) -> None:
    standin.has_quota = True
    client.session.mount(standin.url, HTTPAdapter())  # the client itself would sleep for an hour
    fetch = partial(client.get_attachment, field_name="pdf", id=venue.papers[1]["id"])
    assert len({fetch() for _ in range(36)}) == 1
    with pytest.raises(openreview.OpenReviewException, match="RateLimitError"):
        fetch()
    standin.used.clear()
    assert fetch().startswith(b"%PDF")
