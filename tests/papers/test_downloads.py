"""Files leave under agreed names, whole or in parts, to who may read them."""

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse

from papers.models import FileVersion, Paper, User, Workshop
from tests.factories import join_workshop
from tests.papers.handed_in import ask, hand_in, hand_in_checked, make_owing_paper, make_pdf, make_zip

CONTENT = make_pdf()
SIZE = len(CONTENT)


@pytest.fixture
def paper(workshop: Workshop, ada: User, olga: User) -> Paper:
    ask(workshop, due_at=None)
    return make_owing_paper(workshop, ada, by=olga, number=7)


@pytest.fixture
def version(paper: Paper, ada: User) -> FileVersion:
    return hand_in(paper, ada)


def url(version: FileVersion) -> str:
    return reverse("download-file", args=[version.paper.workshop.slug, version.pk])


def read(response: object) -> bytes:
    return b"".join(response.streaming_content) if response.streaming else response.content  # type: ignore[attr-defined]


def test_whole_file_with_its_headers(client: Client, version: FileVersion, ada: User) -> None:
    client.force_login(ada)
    response = client.get(url(version))
    assert (response.status_code, read(response)) == (200, CONTENT)
    assert version.file is not None
    assert {name: response.headers[name] for name in sorted(response.headers) if name not in {"X-Request-ID", "Vary"}} == {
        "Accept-Ranges": "bytes",
        "Cache-Control": "private, no-cache",
        "Content-Disposition": 'attachment; filename="Counted-7.pdf"',
        "Content-Length": str(SIZE),
        "Content-Security-Policy": "default-src 'none'; sandbox",
        "Content-Type": "application/pdf",
        "Cross-Origin-Opener-Policy": "same-origin",
        "ETag": f'"{version.file.sha256}"',
        "Referrer-Policy": "same-origin",
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "DENY",
    }


@pytest.mark.parametrize(
    ("header", "status", "part", "content_range"),
    [
        ("bytes=0-3", 206, slice(0, 4), f"bytes 0-3/{SIZE}"),
        ("bytes=10-", 206, slice(10, None), f"bytes 10-{SIZE - 1}/{SIZE}"),
        ("bytes=-5", 206, slice(-5, None), f"bytes {SIZE - 5}-{SIZE - 1}/{SIZE}"),
        (f"bytes=0-{SIZE * 2}", 206, slice(0, None), f"bytes 0-{SIZE - 1}/{SIZE}"),
        (f"bytes={SIZE}-", 416, slice(0, 0), f"bytes */{SIZE}"),
        ("bytes=-0", 416, slice(0, 0), f"bytes */{SIZE}"),
        ("bytes=5-1", 200, slice(0, None), None),
        ("bytes=0-1,3-4", 200, slice(0, None), None),
        ("lines=0-1", 200, slice(0, None), None),
    ],
    ids=["start", "rest", "end", "beyond", "after the end", "nothing", "backward", "several", "other unit"],
)
def test_range(client: Client, version: FileVersion, ada: User, header: str, status: int, part: slice, content_range: str | None) -> None:
    client.force_login(ada)
    response = client.get(url(version), headers={"Range": header})
    content = read(response)
    assert (response.status_code, content, response.headers.get("Content-Range")) == (status, CONTENT[part], content_range)
    assert response.headers["Content-Length"] == str(len(content)) if status != 416 else response.headers["ETag"]


@pytest.mark.parametrize(("is_same", "status"), [(True, 206), (False, 200)])
def test_range_of_a_file_that_changed_is_the_whole(client: Client, version: FileVersion, ada: User, status: int, *, is_same: bool) -> None:
    client.force_login(ada)
    assert version.file is not None
    tag = f'"{version.file.sha256 if is_same else "0" * 64}"'
    response = client.get(url(version), headers={"Range": "bytes=0-3", "If-Range": tag})
    assert (response.status_code, len(read(response))) == (status, 4 if is_same else SIZE)


def test_file_that_the_browser_has_is_not_sent_again(client: Client, version: FileVersion, ada: User) -> None:
    client.force_login(ada)
    tag = client.get(url(version)).headers["ETag"]
    response = client.get(url(version), headers={"If-None-Match": f'"other", {tag}'})
    assert (response.status_code, response.content, response.headers["ETag"]) == (304, b"", tag)


def test_head_sends_no_bytes(client: Client, version: FileVersion, ada: User) -> None:
    client.force_login(ada)
    response = client.head(url(version))
    assert (response.status_code, response.headers["Content-Length"]) == (200, str(SIZE))
    assert client.post(url(version)).status_code == 405


def test_older_and_withdrawn_versions_say_which_they_are(client: Client, paper: Paper, version: FileVersion, ada: User) -> None:
    newer = hand_in(paper, ada, make_pdf(body_pages=1))
    client.force_login(ada)
    names = [client.get(url(one)).headers["Content-Disposition"] for one in (version, newer)]
    FileVersion.objects.filter(pk=newer.pk).update(withdrawn_at=dt.datetime(2026, 4, 1, tzinfo=dt.UTC))
    names += [client.get(url(one)).headers["Content-Disposition"] for one in (version, newer)]
    assert names == [
        f'attachment; filename="{name}"' for name in ("Counted-7_v1.pdf", "Counted-7.pdf", "Counted-7.pdf", "Counted-7_v2.pdf")
    ]


def test_supplement_has_its_own_name(client: Client, workshop: Workshop, paper: Paper, ada: User) -> None:
    ask(workshop, "supplement", due_at=None)
    version = hand_in(paper, ada, make_zip({"a.txt": b"a"}), kind="supplement")
    client.force_login(ada)
    response = client.get(url(version))
    assert (response.headers["Content-Disposition"], response.headers["Content-Type"]) == (
        'attachment; filename="Counted-7_supp.zip"', "application/zip",
    )  # fmt: skip


def test_link_is_no_file(client: Client, paper: Paper, ada: User) -> None:
    video = FileVersion.objects.create(paper=paper, kind="video", number=1, link="https://v.example", at=paper.workshop.created_at)
    client.force_login(ada)
    assert client.get(url(video)).status_code == 404


def test_crop_is_a_picture_within_the_page(client: Client, paper: Paper, ada: User) -> None:
    version = hand_in_checked(paper, ada, make_pdf(body_pages=3))
    finding = version.findings.get()
    client.force_login(ada)
    address = reverse("finding-crop", args=[paper.workshop.slug, finding.pk])
    response = client.get(address)
    assert (response.headers["Content-Type"], response.headers.get("Content-Disposition"), read(response)[:4]) == (
        "image/png", None, b"\x89PNG",
    )  # fmt: skip
    type(finding).objects.update(crop=None)
    assert client.get(address).status_code == 404


@pytest.mark.parametrize(("role", "status"), [("owner", 200), ("organizer", 200), ("assistant", 200), ("publisher", 404), ("", 404)])
def test_who_may_read(client: Client, workshop: Workshop, version: FileVersion, eve: User, role: str, status: int) -> None:
    if role:
        join_workshop(eve, workshop, role)  # type: ignore[arg-type]
    client.force_login(eve)
    assert client.get(url(version)).status_code == status


def test_stranger_signs_in_first(client: Client, version: FileVersion) -> None:
    assert client.get(url(version)).status_code == 302
