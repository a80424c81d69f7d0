"""Uploads in pieces go on where they broke off and end as one version, or as nothing."""

import datetime as dt
import hashlib
import io
from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoCaptureOnCommitCallbacks as Capture

from papers import uploads
from papers.errors import Refusal
from papers.models import FileVersion, Paper, Upload, User, Workshop
from papers.upload_limits import MOST_BYTES, LimitedUploadHandler
from papers.uploads import UNDER_WAY, count_received, finish_upload, receive_chunk, start_upload
from tests.factories import make_user
from tests.papers.handed_in import AFTER, BEFORE, ask, make_owing_paper, make_pdf

CONTENT = make_pdf()
DIGEST = hashlib.sha256(CONTENT).hexdigest()


@pytest.fixture(autouse=True)
def before_the_deadline() -> Iterator[None]:
    with time_machine.travel(BEFORE, tick=False):
        yield


@pytest.fixture
def paper(workshop: Workshop, ada: User, olga: User) -> Paper:
    ask(workshop)
    return make_owing_paper(workshop, ada, by=olga)


def start(paper: Paper, by: User, content: bytes = CONTENT, **named: Any) -> Upload:
    values = {"kind": "paper", "name": "paper.pdf", "size": len(content), "sha256": hashlib.sha256(content).hexdigest(), **named}
    return start_upload(paper, **values, by=by)


def refuse(act: Any) -> str:
    with pytest.raises(Refusal) as refused:
        act()
    return refused.value.sentence


def test_pieces_become_a_version(paper: Paper, ada: User) -> None:
    upload = start(paper, ada)
    assert receive_chunk(upload, offset=0, content=CONTENT[:1000]) == 1000
    assert receive_chunk(upload, offset=1000, content=CONTENT[1000:]) == len(CONTENT)
    version = finish_upload(upload, by=ada)
    assert version.file is not None
    assert (version.file.sha256, version.name, Upload.objects.count()) == (DIGEST, "paper.pdf", 0)


def test_broken_upload_goes_on_where_it_stopped(paper: Paper, ada: User) -> None:
    upload = start(paper, ada)
    receive_chunk(upload, offset=0, content=CONTENT[:1000])
    again = start(paper, ada)
    assert (again, count_received(again)) == (upload, 1000)


def test_repeated_piece_changes_nothing(paper: Paper, ada: User) -> None:
    upload = start(paper, ada)
    receive_chunk(upload, offset=0, content=CONTENT[:1000])
    assert [receive_chunk(upload, offset=offset, content=b"x" * 500) for offset in (0, 999, -1)] == [1000] * 3
    assert receive_chunk(upload, offset=1000, content=b"") == 1000
    receive_chunk(upload, offset=1000, content=CONTENT[1000:])
    assert finish_upload(upload, by=ada).number == 1


def test_gap_and_overflow_are_refused(paper: Paper, ada: User, monkeypatch: pytest.MonkeyPatch) -> None:
    upload = start(paper, ada)
    more = "More came than the file holds. Choose the file again."
    assert refuse(lambda: receive_chunk(upload, offset=5, content=b"x")) == "A piece is missing: 0 bytes are here, this one begins at 5."
    assert refuse(lambda: receive_chunk(upload, offset=0, content=CONTENT + b"x")) == more
    monkeypatch.setattr(uploads, "CHUNK_BYTES", 10)
    assert refuse(lambda: receive_chunk(upload, offset=0, content=CONTENT[:11])) == more


def test_missing_pieces_are_said(paper: Paper, ada: User) -> None:
    upload = start(paper, ada)
    receive_chunk(upload, offset=0, content=CONTENT[:10])
    assert refuse(lambda: finish_upload(upload, by=ada)) == f"The file is not here yet: 10 of {len(CONTENT)} bytes."


def test_other_content_than_begun_is_forgotten(paper: Paper, ada: User) -> None:
    upload = start(paper, ada)
    receive_chunk(upload, offset=0, content=bytes(len(CONTENT)))
    assert refuse(lambda: finish_upload(upload, by=ada)) == "What arrived is not the file that was chosen. Upload it again."
    assert (Upload.objects.count(), FileVersion.objects.count()) == (0, 0)


def test_upload_begun_in_time_may_end_later(paper: Paper, ada: User) -> None:
    upload = start(paper, ada)
    with time_machine.travel(AFTER, tick=False):
        receive_chunk(upload, offset=0, content=CONTENT)
        assert finish_upload(upload, by=ada).at == AFTER


def test_late_begin_and_old_uploads_are_refused(paper: Paper, ada: User) -> None:
    start(paper, ada)
    with time_machine.travel(AFTER, tick=False):
        assert "nothing is taken any more" in refuse(lambda: start(paper, ada))


def test_upload_that_is_older_than_a_day_begins_anew(paper: Paper, ada: User) -> None:
    old = start(paper, ada)
    receive_chunk(old, offset=0, content=CONTENT[:10])
    with time_machine.travel(BEFORE + dt.timedelta(hours=25), tick=False):
        new = start(paper, ada)
        assert (new.pk != old.pk, count_received(new)) == (True, 0)


@pytest.mark.parametrize(
    ("named", "sentence"),
    [
        ({"sha256": "no"}, "The browser did not say what the file is (its SHA-256). Use the form without scripts."),
        ({"size": 0}, "The file is empty. Choose it again."),
        ({"size": 11 * 1024 * 1024}, "The file has 11.0 MB; Paper PDF may have 10 MB."),
        ({"kind": "poster"}, "The track Full papers asks for no poster."),
        ({"kind": "video"}, "A video is handed in as a link to where it can be watched."),
    ],
)
def test_what_would_be_refused_at_the_end_is_refused_at_once(paper: Paper, ada: User, named: dict[str, Any], sentence: str) -> None:
    ask(paper.workshop, "video")
    assert refuse(lambda: start(paper, ada, **named)) == sentence


def test_oldest_of_too_many_uploads_is_given_up(paper: Paper, ada: User) -> None:
    begun = []
    for number in range(UNDER_WAY + 2):
        with time_machine.travel(BEFORE + dt.timedelta(seconds=number), tick=False):
            begun.append(start(paper, ada, CONTENT + bytes(number)).pk)
    assert list(Upload.objects.order_by("pk").values_list("pk", flat=True)) == begun[2:]


def test_protocol_over_http(client: Client, paper: Paper, ada: User, django_capture_on_commit_callbacks: Capture) -> None:
    client.force_login(ada)
    given = {"name": "paper.pdf", "size": str(len(CONTENT)), "sha256": DIGEST}
    begun = client.post(reverse("start-upload", args=[paper.workshop.slug, paper.pk, "paper"]), given)
    state = begun.json()
    assert (begun.status_code, state["offset"], state["size"]) == (201, 0, len(CONTENT))
    half = client.put(f"{state['address']}?offset=0", CONTENT[:1000], content_type="application/octet-stream").json()
    assert client.get(state["address"]).json() == half == {**state, "offset": 1000}
    client.put(f"{state['address']}?offset=1000", CONTENT[1000:], content_type="application/octet-stream")
    done = client.post(state["finish"])
    assert done.json() == {"address": reverse("author-files", args=[paper.workshop.slug, paper.pk])}
    assert FileVersion.objects.get().uploaded_by == ada


def test_refusal_of_the_protocol_is_a_fragment(client: Client, paper: Paper, ada: User) -> None:
    client.force_login(ada)
    given = {"name": "paper.pdf", "size": "many", "sha256": DIGEST}
    address = reverse("start-upload", args=[paper.workshop.slug, paper.pk, "paper"])
    response = client.post(address, given, headers={"HX-Request": "true"})
    assert (response.status_code, "The file is empty. Choose it again." in response.content.decode()) == (409, True)


def test_upload_of_somebody_else_is_not_there(client: Client, paper: Paper, ada: User, olga: User) -> None:
    upload = start(paper, ada)
    bert = make_user()
    paper.claims.create(user=bert, author=paper.authors.get(position=2), ground="organizer")
    for user in (olga, bert):
        client.force_login(user)
        for name, method in (("upload", client.get), ("upload", client.put), ("finish-upload", client.post)):
            assert method(reverse(name, args=[paper.workshop.slug, upload.token])).status_code == 404


def test_upload_ends_with_the_claim(client: Client, paper: Paper, ada: User) -> None:
    upload = start(paper, ada)
    paper.claims.all().delete()
    client.force_login(ada)
    assert client.get(reverse("upload", args=[paper.workshop.slug, upload.token])).status_code == 404


@pytest.mark.parametrize(("announced", "kept"), [(MOST_BYTES, b"abc"), (MOST_BYTES + 1, None)])
def test_body_that_no_form_takes_is_let_pass(announced: int, kept: bytes | None) -> None:
    handler = LimitedUploadHandler()
    handler.handle_raw_input(io.BytesIO(), {}, announced, b"x")
    handler.new_file("file", "a.pdf", "application/pdf", announced)
    assert handler.receive_data_chunk(b"abc", 0) == kept
    file = handler.file_complete(3)
    assert (file and (file.size, file.read())) == (None if kept else (announced, b""))
