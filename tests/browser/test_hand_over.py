"""Olga hands the proceedings over: who is in, where names split, columns, everything as one ZIP."""

import zipfile
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

from papers.models import User, Workshop
from papers.name_splits import list_families
from tests.browser.pages import DESK, IN_BROWSER, PHONE, find_faults, find_faults_shown, open_as
from tests.program.hand_over.ready import make_asking_workshop, make_chosen_paper, make_ready_paper

pytestmark = IN_BROWSER
PAGES = ("camera-ready/", "metadata/", "chase/", "hand-over/", "hand-over/settings/")


@pytest.fixture
def cast(db: None) -> tuple[Workshop, User, User]:
    """Return a workshop, Olga, Ada; one paper is ready, one waits, one stays out."""
    workshop, olga, ada = make_asking_workshop()
    make_ready_paper(workshop, olga, ada, number=8, title="Counted Things That Come", authors=("Ada B. Author", "Cy Counter"))
    make_chosen_paper(workshop, ada, number=9, title="Counted Things That Wait")
    make_chosen_paper(workshop, ada, number=10, title="Counted Things That Stay", wants_proceedings=False)
    return workshop, olga, ada


@pytest.mark.parametrize(("width", "scheme"), [(DESK, "light"), (PHONE, "dark")])
def test_pages_of_the_hand_over_hold(
    browser: Browser, live_server: Any, cast: tuple[Workshop, User, User], width: int, scheme: str
) -> None:
    page, complaints = open_as(browser, live_server.url, cast[1], width=width, scheme=scheme)
    found = {name: find_faults(page, f"{live_server.url}/w/handed26/{name}", complaints) for name in PAGES}
    assert {name: faults for name, faults in found.items() if faults} == {}


def test_olga_confirms_a_name_and_takes_everything(
    browser: Browser, live_server: Any, cast: tuple[Workshop, User, User], tmp_path: Path
) -> None:
    workshop, olga, _ = cast
    page, complaints = open_as(browser, live_server.url, olga, width=DESK, scheme="light")
    page.goto(f"{live_server.url}/w/handed26/hand-over/")
    page.get_by_label("Family name of Ada B. Author").fill("B. Author")
    page.get_by_role("button", name="Confirm the ticked names").click()
    page.get_by_text("2 names confirmed.").wait_for()
    assert list_families(workshop) == {"Ada B. Author": "B. Author", "Cy Counter": "Counter"}
    with page.expect_download() as download:
        page.get_by_role("link", name="Download everything").click()
    download.value.save_as(tmp_path / "all.zip")
    with zipfile.ZipFile(tmp_path / "all.zip") as archive:
        assert archive.testzip() is None
        assert [name for name in archive.namelist() if name.endswith(".pdf")] == ["Counted-8.pdf"]
        assert b"Ada,B. Author,Ada B. Author,confirmed" in archive.read("proceedings-authors.csv")
    assert find_faults_shown(page, complaints) == []
