"""Contents are kept once, whole or not at all, in a folder as in an object store."""

import datetime as dt
import hashlib
import io
from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from django.core.files.storage import FileSystemStorage, default_storage
from django.utils import timezone
from pytest_django import DjangoCaptureOnCommitCallbacks as Capture
from pytest_django import Settings

from papers.errors import Refusal
from papers.models import StoredFile, Upload, User, Workshop
from papers.stored_files import (
    FILES,
    Swept,
    borrow_path,
    drop_upload,
    join_chunks,
    keep_chunk,
    keep_content,
    measure_content,
    open_content,
    sweep_storage,
)
from tests.factories import make_paper
from tests.papers.handed_in import ask, hand_in, make_owing_paper
from tests.papers.object_store import ObjectStore

LATER = dt.timedelta(days=2)


@pytest.fixture(params=["folder", "bucket"])
def storage(request: pytest.FixtureRequest, settings: Settings, tmp_path: Any) -> Iterator[Any]:
    """Make the default storage a folder, then a bucket."""
    folder = {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": str(tmp_path / "files")}}
    bucket = {"BACKEND": "tests.papers.object_store.ObjectStore"}
    settings.STORAGES = {**settings.STORAGES, "default": folder if request.param == "folder" else bucket}
    yield default_storage


def keep(content: bytes) -> StoredFile:
    stream = io.BytesIO(content)
    return keep_content(stream, measure_content(stream), media_type="application/pdf")


def list_names() -> list[str]:
    try:
        folders = default_storage.listdir(FILES)[0]
    except FileNotFoundError:
        return []
    return [name for folder in sorted(folders) for name in default_storage.listdir(f"{FILES}/{folder}")[1]]


def make_upload(workshop: Workshop, user: User, **fields: Any) -> Upload:
    now = timezone.now()
    values = {"token": "t" * 43, "kind": "paper", "name": "a.pdf", "size": 6, "sha256": "0" * 64, "started_at": now, "touched_at": now}
    return Upload.objects.create(paper=make_paper(workshop), by=user, **{**values, **fields})


def test_content_is_measured_and_left_at_its_beginning() -> None:
    stream = io.BytesIO(b"x" * 3000)
    stream.seek(10)
    measured = measure_content(stream)
    assert (measured.sha256, measured.size, measured.start) == (hashlib.sha256(b"x" * 3000).hexdigest(), 3000, b"x" * 1024)
    assert stream.tell() == 0


@pytest.mark.django_db
def test_same_content_is_kept_once(storage: Any) -> None:
    first, again, other = keep(b"one"), keep(b"one"), keep(b"two")
    assert first == again
    assert (first.sha256, first.size, first.media_type) == (hashlib.sha256(b"one").hexdigest(), 3, "application/pdf")
    assert sorted(name.partition("-")[0] for name in list_names()) == sorted([first.sha256, other.sha256])
    with open_content(first) as file:
        assert file.read() == b"one"


@pytest.mark.django_db
def test_path_is_borrowed(storage: Any) -> None:
    with borrow_path(keep(b"one")) as path:
        assert path.read_bytes() == b"one"


@pytest.mark.django_db
def test_loser_of_a_race_leaves_nothing(storage: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    first = keep(b"one")
    real = StoredFile.objects.filter
    monkeypatch.setattr(StoredFile.objects, "filter", lambda **named: real(pk=None) if "sha256" in named else real(**named))
    assert keep(b"one") == first
    assert list_names() == [first.path.rpartition("/")[2]]


@pytest.mark.django_db
def test_storage_that_takes_a_part_only_is_refused(storage: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ObjectStore, "is_cut", True)
    if not isinstance(storage._wrapped, ObjectStore):
        monkeypatch.setattr(FileSystemStorage, "size", lambda self, name: 1)
    with pytest.raises(Refusal, match="The storage did not take the whole file"):
        keep(b"seven!!")
    assert (StoredFile.objects.count(), list_names()) == (0, [])


@pytest.mark.django_db
def test_pieces_are_joined_in_order_and_the_first_of_two_counts(storage: Any, workshop: Workshop, ada: User) -> None:
    upload = make_upload(workshop, ada)
    keep_chunk(upload, 3, b"def")
    keep_chunk(upload, 0, b"abc")
    assert keep_chunk(upload, 0, b"XYZ").size == 3
    with join_chunks(upload) as whole:
        assert whole.read() == b"abcdef"
    assert len(default_storage.listdir(f"uploads/{upload.token}")[1]) == 2


@pytest.mark.django_db
def test_dropped_upload_leaves_nothing(storage: Any, workshop: Workshop, ada: User, django_capture_on_commit_callbacks: Capture) -> None:
    upload = make_upload(workshop, ada)
    path = keep_chunk(upload, 0, b"abc").path
    with django_capture_on_commit_callbacks(execute=True):
        drop_upload(upload)
    assert (Upload.objects.count(), default_storage.exists(path)) == (0, False)


@pytest.mark.django_db
def test_sweep_takes_what_nothing_names_and_nobody_touched(
    storage: Any, workshop: Workshop, ada: User, olga: User, django_capture_on_commit_callbacks: Capture
) -> None:
    ask(workshop, due_at=None)
    version = hand_in(make_owing_paper(workshop, ada, by=olga), ada)
    assert version.file is not None
    forgotten = keep(b"rehearsed and refused")
    leftover = default_storage.save(f"{FILES}/ab/half", io.BytesIO(b"half"))
    chunk = keep_chunk(make_upload(workshop, ada), 0, b"abc").path
    with django_capture_on_commit_callbacks(execute=True):
        assert sweep_storage() == Swept(0, 0, 0)
    assert default_storage.exists(leftover)
    with django_capture_on_commit_callbacks(execute=True):
        assert sweep_storage(now=timezone.now() + LATER) == Swept(uploads=1, contents=1, leftovers=1)
    paths = (version.file.path, forgotten.path, leftover, chunk)
    assert [default_storage.exists(path) for path in paths] == [True, False, False, False]
    assert list(StoredFile.objects.all()) == [version.file]


@pytest.mark.django_db
def test_content_that_is_asked_for_again_is_not_swept(storage: Any) -> None:
    stored = keep(b"one")
    with time_machine.travel(timezone.now() + LATER, tick=False):
        keep(b"one")
        assert sweep_storage() == Swept(0, 0, 0)
    assert StoredFile.objects.filter(pk=stored.pk).exists()


@pytest.mark.django_db
def test_empty_storage_is_swept(storage: Any) -> None:
    assert sweep_storage() == Swept(0, 0, 0)
