"""Camera-ready files in a real browser: pages that shut nobody out, an upload in pieces that survives a broken line."""

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Route

from papers.camera_ready import return_file
from papers.file_checks import check_version
from papers.models import FileVersion, Paper, Upload, User, Workshop
from tests.browser.pages import DESK, IN_BROWSER, PHONE, find_faults, open_as
from tests.factories import join_workshop, make_user, make_workshop
from tests.papers.handed_in import ask, hand_in_checked, make_owing_paper, make_pdf, make_zip

pytestmark = IN_BROWSER


@pytest.fixture
def workshop(db: None) -> Workshop:
    workshop = make_workshop("files26", contact_email="chairs@example.org")
    for kind in ("paper", "supplement", "form", "video"):
        ask(workshop, kind, due_at=None, is_optional=kind == "video", note="Use the final mode of the kit.")
    return workshop


@pytest.fixture
def olga(workshop: Workshop) -> User:
    user = make_user("olga@example.org", name="Olga Organizer")
    join_workshop(user, workshop, "owner")  # type: ignore[arg-type]
    return user


@pytest.fixture
def ada(workshop: Workshop) -> User:
    return make_user("ada@example.org", name="Ada Author")


@pytest.fixture
def paper(workshop: Workshop, ada: User, olga: User) -> Paper:
    return make_owing_paper(workshop, ada, by=olga, number=7)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "camera ready.pdf"
    path.write_bytes(make_pdf(body_pages=3))
    return path


@pytest.mark.parametrize(("width", "scheme"), [(PHONE, "light"), (DESK, "dark")])
def test_pages_are_sound(browser: Browser, live_server: Any, paper: Paper, ada: User, olga: User, width: int, scheme: str) -> None:
    hand_in_checked(paper, ada, make_pdf(body_pages=3), name="a-name-without-any-space-that-is-far-too-long-for-a-telephone.pdf")
    hand_in_checked(paper, ada, make_zip({"../x.txt": b"a"}), kind="supplement")
    return_file(hand_in_checked(paper, ada, kind="form"), reasons="The signature is missing.", by=olga)
    own = f"/w/files26/me/papers/{paper.pk}/files/"
    board = "/w/files26/camera-ready/"
    rule = paper.workshop.required_files.order_by("pk")[0].pk
    faults: dict[str, list[str]] = {}
    for user, places in ((ada, [own]), (olga, [board, f"{board}{paper.pk}/", f"{board}rules/", f"{board}rules/{rule}/"])):
        page, complaints = open_as(browser, live_server.url, user, width=width, scheme=scheme)
        faults |= {place: find_faults(page, live_server.url + place, complaints) for place in places}
    assert {place: found for place, found in faults.items() if found} == {}


def choose(page: Page, url: str, paper: Paper, file: Path) -> None:
    page.goto(f"{url}/w/files26/me/papers/{paper.pk}/files/")
    page.set_input_files("#paper-file", file)
    page.click("#paper form[data-upload] button[type=submit]")


def test_author_hands_in_and_sees_what_the_checks_find(browser: Browser, live_server: Any, paper: Paper, ada: User, file: Path) -> None:
    page, complaints = open_as(browser, live_server.url, ada, width=DESK, scheme="light")
    choose(page, live_server.url, paper, file)
    page.wait_for_selector("text=Paper PDF received, version 1.")
    assert page.locator("#state-paper [role=status]").inner_text().startswith("The checks run")
    version = FileVersion.objects.with_all().get()
    assert version.name == "camera ready.pdf"
    check_version(version)
    page.wait_for_selector("text=The body ends on page 3; 2 pages are allowed")
    page.locator("#state-paper img").evaluate("image => image.decode()")
    assert complaints == []


def test_upload_goes_on_after_a_broken_line(
    browser: Browser, live_server: Any, paper: Paper, ada: User, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("papers.views.uploads.CHUNK_BYTES", 1000)
    page, _ = open_as(browser, live_server.url, ada, width=DESK, scheme="light")
    sent: list[int] = []

    def pass_every_other(route: Route) -> None:
        sent.append(1)
        route.abort() if len(sent) % 2 else route.continue_()

    page.route("**/uploads/*/?offset=*", pass_every_other)
    choose(page, live_server.url, paper, file)
    page.wait_for_selector("text=Paper PDF received, version 1.", timeout=60_000)
    assert len(sent) >= 2 * (file.stat().st_size // 1000)
    version = FileVersion.objects.get()
    assert version.file is not None
    assert version.file.size == file.stat().st_size
    assert Upload.objects.count() == 0


def test_refusal_is_said_beside_the_button(browser: Browser, live_server: Any, paper: Paper, ada: User, tmp_path: Path) -> None:
    page, _ = open_as(browser, live_server.url, ada, width=PHONE, scheme="dark")
    web_page = tmp_path / "paper.pdf"
    web_page.write_bytes(b"<html>")
    choose(page, live_server.url, paper, web_page)
    said = page.locator("#paper [data-upload-progress] [role=alert]")
    said.wait_for()
    assert said.inner_text() == "This is not a PDF file, whatever its name says. Paper PDF is taken as PDF."
    assert page.is_enabled("#paper form[data-upload] button[type=submit]")


def test_author_hands_in_without_scripts(browser: Browser, live_server: Any, paper: Paper, ada: User, file: Path) -> None:
    page, _ = open_as(browser, live_server.url, ada, width=DESK, scheme="light")
    page.route("**/uploads*.js", lambda route: route.abort())
    choose(page, live_server.url, paper, file)
    page.wait_for_selector("text=Paper PDF received, version 1.")
    assert FileVersion.objects.count() == 1
