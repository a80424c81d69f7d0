"""What Jekyll makes of published blocks: the sections the sites had, and hostile titles as plain text."""

import html
import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from papers.models import ImportantDate, Workshop
from program.exports.escaping import tidy_line
from program.models import Session, SiteBlock, SiteTarget, Slot
from program.schedules import release_schedule
from program.sites import publish_site
from tests.factories import accept, make_paper, make_workshop
from tests.program.published_editions import DATA, GOLDEN, RELEASED_AT, publish_edition, read_reference

pytestmark = [pytest.mark.slow, pytest.mark.skipif(shutil.which("jekyll") is None, reason="Jekyll is not installed")]

HOSTILE = json.loads((DATA / "hostile_titles.json").read_text())
TYPOGRAPHY = {"“": '"', "”": '"', "‘": "'", "’": "'", "–": "--", "—": "---", "…": "...", "«": "<<", "»": ">>", "\u00a0": " "}


@pytest.fixture
def built_site(db: None, tmp_path: Path) -> Path:
    """Publish both editions and a hostile workshop into one site and build it."""
    source = tmp_path / "site"
    shutil.copytree(DATA / "jekyll-site", source)
    for name in ("syntagen24", "syntagen25"):
        workshop = publish_edition(name)
        SiteBlock.objects.filter(target__workshop=workshop).exclude(name__in=["accepted", "schedule"]).delete()
        SiteBlock.objects.filter(target__workshop=workshop).update(path=f"_pages/{name}.md")
        publish_site(workshop, source, by=None)
    publish_site(make_hostile_workshop(), source, by=None)
    subprocess.run(["jekyll", "build", "--quiet", "--source", source, "--destination", tmp_path / "built"], check=True, timeout=120)
    return tmp_path / "built"


def make_hostile_workshop() -> Workshop:
    """Make a workshop whose papers, sessions and dates all bear hostile names."""
    workshop = make_workshop("hostile26", place=HOSTILE[2])
    session = Session.objects.create(workshop=workshop, position=1, kind="poster", title="Posters", starts_at=RELEASED_AT, minutes=600)
    for number, title in enumerate(HOSTILE, start=1):
        paper = make_paper(workshop, authors=(title, "Ada Author"), title=title, number=number, note_id="" if number % 2 else f"n{number}")
        accept(paper, is_released=True)
        Slot.objects.create(session=session, paper=paper, position=number)
        Session.objects.create(workshop=workshop, position=number + 1, title=title)
        ImportantDate.objects.create(workshop=workshop, position=number, kind="other", name=title, at=RELEASED_AT, note=title)
    release_schedule(workshop, by=None)
    target = SiteTarget.objects.create(workshop=workshop)
    blocks = {
        "paragraphs": ("accepted-markdown", {"dialect": "syntagen24"}),
        "lines": ("accepted-markdown", {"dialect": "syntagen25"}),
        "bullets": ("accepted-markdown", {"dialect": "list"}),
        "table": ("schedule-html", {}),
        "pipes": ("schedule-markdown", {}),
        "dates": ("dates-markdown", {}),
    }
    for position, (name, (kind, options)) in enumerate(blocks.items()):
        SiteBlock.objects.create(target=target, position=position, name=name, path="_pages/hostile.md", format=kind, options=options)
    SiteBlock.objects.create(target=target, position=9, name="venue", path="_layouts/home.html", format="venue-line")
    return workshop


def read_section(page: Path, start: str, end: str) -> str:
    """Return a section of a built page, our markers taken out."""
    text = page.read_text(encoding="utf-8")
    section = text[text.index(start) : text.index(end)]
    return re.sub(r"<!-- syntagen:[^>]*-->\n*", "", section)


def read_text(markup: str) -> str:
    """Return the text of HTML with typography undone."""
    text = html.unescape(re.sub(r"<[^>]*>", "", markup))
    return re.sub(r"\s+", " ", "".join(TYPOGRAPHY.get(character, character) for character in text)).strip()


def collapse(markup: str) -> str:
    return re.sub(r"[\s\u00a0]+", " ", markup).strip()


def expect_text(text: str) -> str:
    return read_text(html.escape(tidy_line(text)))


def test_built_pages_are_what_the_sites_had_and_hostile_text_is_harmless(built_site: Path) -> None:
    for name in ("syntagen24", "syntagen25"):
        page = built_site / name / "index.html"
        accepted = read_section(page, '<h3 id="accepted-papers">', '<h3 id="call-for-papers">')
        assert accepted == (GOLDEN / f"{name}_accepted.built.html").read_text(encoding="utf-8")
        reference = read_reference(f"{name}_accepted.built.html")
        assert reference is None or collapse(accepted) == collapse(reference.decode())
        assert "<h3" not in read_section(page, '<h3 id="schedule">', '<h3 id="accepted-papers">')[5:]
    page = built_site / "hostile" / "index.html"
    check_papers(page)
    check_tables(page)
    check_dates(page)
    assert read_text(read_section(page, "<header>", "</header>")).startswith(f"Hostile: June 17th{expect_text(HOSTILE[2])}")


def check_papers(page: Path) -> None:
    """Hold that each dialect shows every title and author as plain text."""
    paragraphs = re.findall(r"<p>(.*?)</p>", read_section(page, '<h2 id="paragraphs">', '<h2 id="lines">'), re.DOTALL)
    lines = re.findall(r"<p>(.*?)</p>", read_section(page, '<h2 id="lines">', '<h2 id="bullets">'), re.DOTALL)
    bullets = re.findall(r"<li>(.*?)</li>", read_section(page, '<h2 id="bullets">', '<h2 id="table">'), re.DOTALL)
    said = [f"{expect_text(title)}. {expect_text(title)}, Ada Author" for title in HOSTILE]
    assert [read_text(one) for one in paragraphs] == said
    assert [read_text(one) for one in lines[0].split("<br />")] == [f"[Poster] {one}" for one in said]
    assert [read_text(one) for one in bullets] == [f"[Poster] {one}" for one in said]
    tags = set(re.findall(r"</?\w+", "".join([*paragraphs, *lines, *bullets])))
    assert tags == {"<a", "</a", "<strong", "</strong", "<br"}


def check_tables(page: Path) -> None:
    """Hold that both tables show every title as plain text in its own cell."""
    table = re.findall(r"<td[^>]*>(.*?)</td>", read_section(page, '<h2 id="table">', '<h2 id="pipes">'), re.DOTALL)
    pipes = re.findall(r"<td[^>]*>(.*?)</td>", read_section(page, '<h2 id="pipes">', '<h2 id="dates">'), re.DOTALL)
    assert [read_text(cell) for cell in table[1::4]][1:] == [expect_text(title) for title in HOSTILE]
    first, *rest = [cell for row in range(0, len(pipes), 4) for cell in pipes[row + 1 : row + 2]]
    assert [read_text(cell) for cell in rest] == [expect_text(title) for title in HOSTILE]
    papers = [f"{expect_text(title)}. {expect_text(title)}, Ada Author" for title in HOSTILE]
    assert [read_text(one) for one in first.split("<br />")] == ["Posters", *papers]


def check_dates(page: Path) -> None:
    """Hold that names and notes of dates are plain text."""
    items = re.findall(r"<li>(.*?)</li>", read_section(page, '<h2 id="dates">', '<h2 id="end">'), re.DOTALL)
    said = [f"{expect_text(title)}: April 7th, 2024, 6:59 PM AoE {expect_text(title)}" for title in HOSTILE]
    assert [read_text(one) for one in items] == said
