"""One author's whole week in a browser, from the mailed link to the last approval, and the morning after."""

from pathlib import Path
from typing import Any

from playwright.sync_api import Browser

from papers.attendance import find_proceedings_choice
from papers.models import FileVersion, HistoryLine, PersonalLink, Presenter
from tests.browser.author_week import ADA, BERT, CHLOE, spend_week
from tests.browser.pages import IN_BROWSER

pytestmark = IN_BROWSER


def test_week_ends_with_nothing_owed_and_everything_on_record(browser: Browser, live_server: Any, tmp_path: Path) -> None:
    week = spend_week(browser, live_server.url, tmp_path, is_inspected=True)
    assert {text: faults for text, faults in week.faults.items() if faults} == {}
    paper, ada, olga = week.paper, week.ada, week.olga
    paper.refresh_from_db()
    assert [author.name for author in paper.authors.order_by("position")] == [ADA, CHLOE, BERT]
    assert [author.orcid for author in paper.authors.order_by("position")] == ["0000-0002-1825-0097", "", ""]
    assert (paper.topic, paper.wants_proceedings) == ("Drawing masks", True)
    versions = FileVersion.objects.filter(paper=paper).order_by("pk").values_list("kind", "number", "name", "verdict__is_approved")
    assert list(versions) == [
        ("paper", 1, "camera ready.pdf", False),
        ("supplement", 1, "code of the masks.zip", True),
        ("form", 1, "signed form.pdf", True),
        ("paper", 2, "mended.pdf", True),
    ]
    presenter = Presenter.objects.get(paper=paper)
    assert (presenter.author.name, presenter.mode, presenter.by) == (CHLOE, "in-person", ada)
    choice = find_proceedings_choice(paper)
    assert choice is not None
    assert choice.by == ada
    assert list(PersonalLink.objects.order_by("pk").values_list("email", "by__email", "used_by__email")) == [
        (ada.email, olga.email, ada.email),
        ("bert@week.example", ada.email, None),
    ]
    told = HistoryLine.objects.filter(paper=paper).order_by("pk").values_list("action", "field", "by__email")
    assert [line for line in told if line[2] == olga.email] == [
        ("sent link", "author", olga.email),
        ("claimed", "author", olga.email),
        ("corrected", "authors", olga.email),
        ("granted request", "authors", olga.email),
        ("returned file", "Paper PDF", olga.email),
        ("approved file", "Paper PDF", olga.email),
        ("approved file", "Supplement", olga.email),
        ("approved file", "Copyright form", olga.email),
    ]
    assert [line[0] for line in told if line[2] == ada.email].count("named presenter") == 2
