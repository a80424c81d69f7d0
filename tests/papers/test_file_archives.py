"""All files of the board as one ZIP."""

import hashlib
import io
import zipfile
from collections.abc import Iterable
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.test import Client
from django.urls import reverse

from papers.camera_ready import approve_file, receive_file, receive_link, return_file
from papers.errors import Refusal
from papers.file_archives import collect_board_files, send_archive
from papers.models import FileVersion, Paper, Role, User, Workshop
from papers.readiness import BoardQuestion
from papers.sight import find_sight
from tests.factories import accept, join_workshop, make_paper, make_user, make_workshop
from tests.papers.handed_in import ask, make_content, make_owing_paper, make_zip

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> tuple[Workshop, User]:
    workshop, olga = make_workshop("files26"), make_user("olga@example.org")
    join_workshop(olga, workshop)
    for kind in ("paper", "supplement", "video"):
        ask(workshop, kind, due_at=None, is_optional=True)
    return workshop, olga


def hand_in(paper: Paper, by: User, kind: str = "paper", content: bytes = b"") -> FileVersion:
    data = content or make_content(paper.pk, 2000)
    version = receive_file(paper, kind=kind, content=io.BytesIO(data), name="a", by=by)
    FileVersion.objects.filter(pk=version.pk).update(checked_at=version.at)
    return FileVersion.objects.with_all().get(pk=version.pk)


def list_names(workshop: Workshop, user: User, **question: str) -> list[str]:
    archive = collect_board_files(find_sight(workshop, user), BoardQuestion(**question))
    return sorted(unpack(send_archive(archive, by=user)))


def unpack(pieces: Iterable[bytes]) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(b"".join(pieces))) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def make_three(workshop: Workshop, olga: User) -> None:
    """Make papers with a file in every state, an older version, a supplement, a video."""
    first, second, third = (make_owing_paper(workshop, number=number) for number in (1, 2, 3))
    approve_file(hand_in(first, olga), by=olga)
    hand_in(first, olga, "supplement", make_zip({"a": b"b"}))
    return_file(hand_in(second, olga), reasons="No.", by=olga)
    hand_in(second, olga, content=b"%PDF-1.5 newer")
    return_file(hand_in(third, olga), reasons="No.", by=olga)
    receive_link(third, kind="video", link="https://video.example/3", by=olga)


def test_every_current_file_whatever_its_state(cast: tuple[Workshop, User]) -> None:
    workshop, olga = cast
    make_three(workshop, olga)
    archive = collect_board_files(find_sight(workshop, olga), BoardQuestion())
    held = unpack(send_archive(archive, by=olga))
    names = ["Counted-1.pdf", "Counted-1_supp.zip", "Counted-2.pdf", "Counted-3.pdf"]
    assert list(held) == ["SHA256SUMS", "LINKS.txt", *names]
    assert held["Counted-2.pdf"] == b"%PDF-1.5 newer"
    assert held["LINKS.txt"] == b"Counted-3_video  https://video.example/3\n"
    assert held["SHA256SUMS"].decode().splitlines() == [f"{hashlib.sha256(held[name]).hexdigest()}  {name}" for name in names]
    assert archive.name == "files26-files.zip"


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ({"kind": "supplement"}, ["Counted-1_supp.zip", "SHA256SUMS"]),
        ({"state": "approved"}, ["Counted-1.pdf", "SHA256SUMS"]),
        ({"state": "returned"}, ["Counted-3.pdf", "SHA256SUMS"]),
        ({"kind": "video"}, ["LINKS.txt"]),
        ({"words": "2"}, ["Counted-2.pdf", "SHA256SUMS"]),
        ({"track": "full", "kind": "paper"}, ["Counted-1.pdf", "Counted-2.pdf", "Counted-3.pdf", "SHA256SUMS"]),
    ],
)
def test_board_filters_choose_the_files(cast: tuple[Workshop, User], question: dict[str, str], names: list[str]) -> None:
    workshop, olga = cast
    make_three(workshop, olga)
    Paper.objects.update(title="Counted")
    assert list_names(workshop, olga, **question) == names


def test_nothing_found_is_refused(cast: tuple[Workshop, User]) -> None:
    workshop, olga = cast
    make_three(workshop, olga)
    with pytest.raises(Refusal, match="No file is so"):
        list_names(workshop, olga, track="short")


def test_papers_of_one_number_keep_their_files(cast: tuple[Workshop, User]) -> None:
    workshop, olga = cast
    papers = [make_owing_paper(workshop, number=4) for _ in range(2)] + [make_owing_paper(workshop, number=None)]
    for paper in papers:
        hand_in(paper, olga)
    assert list_names(workshop, olga) == sorted(["SHA256SUMS", *(f"Counted-p{paper.pk}.pdf" for paper in papers)])


def test_unreleased_rejected_and_withdrawn_papers_have_no_files_in_it(cast: tuple[Workshop, User]) -> None:
    workshop, olga = cast
    gone = make_owing_paper(workshop, number=1)
    hand_in(gone, olga)
    Paper.objects.filter(pk=gone.pk).update(standing="withdrawn")
    unreleased = make_owing_paper(workshop, number=2)
    hand_in(unreleased, olga)
    unreleased.decision.released_at = None
    unreleased.decision.save()
    accept(make_paper(workshop, number=3), is_released=True)
    hand_in(make_owing_paper(workshop, number=5), olga)
    assert list_names(workshop, olga) == ["Counted-5.pdf", "SHA256SUMS"]


def test_organizer_in_conflict_gets_files_of_released_papers(cast: tuple[Workshop, User]) -> None:
    workshop, olga = cast
    ada = make_user("ada@example.org")
    hand_in(make_owing_paper(workshop, ada, number=5), olga)
    join_workshop(ada, workshop, Role.ASSISTANT)
    assert list_names(workshop, ada) == ["Counted-5.pdf", "SHA256SUMS"]


def get(user: User, **question: Any) -> Any:
    client = Client()
    client.force_login(user)
    return client.get(reverse("board-files", args=["files26"]), question)


def test_address_streams_with_its_length(cast: tuple[Workshop, User]) -> None:
    workshop, olga = cast
    make_three(workshop, olga)
    response = get(olga, kind="paper", state="nonsense")
    assert response.streaming
    data = response.getvalue()
    assert (response["Content-Length"], response["Content-Disposition"]) == (str(len(data)), 'attachment; filename="files26-files.zip"')
    assert sorted(unpack([data])) == ["Counted-1.pdf", "Counted-2.pdf", "Counted-3.pdf", "SHA256SUMS"]
    assert data == get(olga, kind="paper").getvalue()


def test_lost_file_is_said_on_a_page(cast: tuple[Workshop, User]) -> None:
    workshop, olga = cast
    version = hand_in(make_owing_paper(workshop, number=5), olga)
    assert version.file is not None
    default_storage.delete(version.file.path)
    response = get(olga)
    assert (response.status_code, "Counted-5.pdf is not there as it was handed in." in response.content.decode()) == (409, True)


def test_strangers_and_authors_find_nothing(cast: tuple[Workshop, User]) -> None:
    workshop, olga = cast
    ada = make_user("ada@example.org")
    hand_in(make_owing_paper(workshop, ada, number=5), olga)
    assert [get(user).status_code for user in (ada, make_user("eve@example.org"))] == [404, 404]


def test_board_leads_to_what_it_shows(cast: tuple[Workshop, User]) -> None:
    workshop, olga = cast
    make_three(workshop, olga)
    client = Client()
    client.force_login(olga)
    page = client.get(reverse("camera-ready", args=["files26"]), {"kind": "paper", "page": "1"}).content.decode()
    assert f"{reverse('board-files', args=['files26'])}?kind=paper" in page
    assert "Download these files" in page
