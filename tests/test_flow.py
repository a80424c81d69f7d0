"""The product's story: from OpenReview to the site of a workshop, on the two real editions."""

import io
import json
import re
import shutil
from html.parser import HTMLParser
from pathlib import Path

import pytest
from django.core.management import call_command
from django.test import Client

from standin import Standin, Store

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
REFERENCE = ROOT.parent / "shared" / "reference"


def run(name: str, *arguments: str, **options: object) -> str:
    """Run a command; return what it prints."""
    printed = io.StringIO()
    call_command(name, *arguments, stdout=printed, stderr=io.StringIO(), **options)
    return printed.getvalue()


def export(slug: str, name: str, folder: Path, **options: str) -> str:
    """Export one format into a file; return its text."""
    target = folder / name
    run("export", slug, name, output=str(target), option=[f"{key}={value}" for key, value in options.items()])
    return target.read_bytes().decode()


@pytest.fixture(params=[("syntagen24", "2024"), ("syntagen25", "2025")])
def edition(request: pytest.FixtureRequest, db: None, monkeypatch: pytest.MonkeyPatch) -> tuple[str, str]:
    """Load an edition, import it from the stand-in, release it."""
    slug, year = request.param
    monkeypatch.setenv("OPENREVIEW_USERNAME", "chair@syntagen.example")
    monkeypatch.setenv("OPENREVIEW_PASSWORD", "loopback-only")
    run("load_workshop", str(ROOT / "program" / "editions" / f"{slug}.json"))
    with Standin(Store.load(ROOT / "standin" / "data" / f"{slug}.json")) as standin:
        report = json.loads(run("import_openreview", slug, base_url=standin.url, json=True))
        again = json.loads(run("import_openreview", slug, base_url=standin.url, json=True))
    assert (report["conflicts"], report["problems"]) == ([], [])
    assert (again["created"], again["updated"], again["unchanged"]) == (0, 0, report["created"])
    assert Client().get(f"/p/{slug}/papers/").status_code == 404
    run("release", slug, "decisions")
    run("release", slug, "schedule")
    return slug, year


def test_workshop_goes_from_openreview_to_its_site(edition: tuple[str, str], tmp_path: Path) -> None:
    slug, year = edition
    site = tmp_path / "site"
    shutil.copytree(ROOT / "program" / "editions" / "sites" / year, site)
    accepted = export(slug, "accepted-markdown", tmp_path, dialect=slug)
    assert Client().get(f"/p/{slug}/papers/").status_code == 200
    assert f"+{accepted.splitlines()[0]}" in run("publish_site", slug, into=str(site), diff=True)
    run("publish_site", slug, into=str(site))
    assert accepted.strip() in (site / "_pages" / "neurips2023.md").read_text(encoding="utf-8")
    before = {path: path.read_bytes() for path in site.rglob("*") if path.is_file()}
    run("publish_site", slug, into=str(site))
    assert {path: path.read_bytes() for path in site.rglob("*") if path.is_file()} == before
    run("publish_site", slug, into=str(site), check=True)


def test_exports_equal_what_the_sites_published(edition: tuple[str, str], tmp_path: Path) -> None:
    slug, _ = edition
    if not REFERENCE.is_dir():
        pytest.skip("The reference folder is not beside the project.")
    reference = json.loads((REFERENCE / f"{slug}.json").read_text(encoding="utf-8"))
    accepted = export(slug, "accepted-markdown", tmp_path, dialect=slug)
    lines = [line.replace("\u00a0", " ").rstrip().removesuffix("\\").rstrip() for line in accepted.splitlines() if line.strip()]
    assert lines == reference["published_normalised_accepted_lines"]
    schedule, published = export(slug, "schedule-html", tmp_path), (REFERENCE / f"{slug}_schedule.html").read_text(encoding="utf-8")
    if slug == "syntagen24":
        assert schedule == published
    assert read_cells(schedule) == read_cells(published)


def test_overlap_of_2025_is_told(edition: tuple[str, str], tmp_path: Path) -> None:
    slug, year = edition
    site = tmp_path / "site"
    shutil.copytree(ROOT / "program" / "editions" / "sites" / year, site)
    said = io.StringIO()
    call_command("publish_site", slug, into=str(site), diff=True, stdout=io.StringIO(), stderr=said)
    overlaps = re.findall(r"“Introduction” \(8:30, 10 min\)[^.]*overlaps “Oral presentation” \(8:35, 25 min\)", said.getvalue())
    assert len(overlaps) == (1 if slug == "syntagen25" else 0)


class Cells(HTMLParser):
    """Collects the text of table cells, blanks collapsed."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []

    def handle_starttag(self, tag: str, attrs: object) -> None:
        if tag in {"td", "th"}:
            self.texts.append("")

    def handle_data(self, data: str) -> None:
        if self.texts:
            self.texts[-1] = " ".join(f"{self.texts[-1]} {data}".split())


def read_cells(html: str) -> list[str]:
    """Return the text of every cell."""
    cells = Cells()
    cells.feed(html)
    return cells.texts
