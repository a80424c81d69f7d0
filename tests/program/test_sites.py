"""Publishing writes the blocks of a site, all or none, and nothing else."""

import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from papers.errors import Refusal, Refusals
from papers.models import User, Workshop
from program.errors import BlockedByFindings, SiteNotWritable
from program.models import SiteBlock, SiteTarget
from program.site_files.writing import JOURNAL, lock_folder
from program.sites import is_site_stale, plan_site, publish_site
from tests.factories import accept, make_paper

PAGE = (
    b"\xef\xbb\xbf---\r\ntitle: x\r\n---\r\n### **Accepted Papers**\r\n* TBD\r\n\r\n"
    b"### **Call**\r\nCaf\xe9, held in CVPR 2023.\r\nno newline"
)
PAGE_AFTER = (
    b"\xef\xbb\xbf---\r\ntitle: x\r\n---\r\n### **Accepted Papers**\r\n<!-- syntagen:accepted:start -->\r\n"
    b"[Paper](https://openreview.net/forum?id=n1). Ada Author\r\n\r\n<!-- syntagen:accepted:end -->\r\n\r\n"
    b"### **Call**\r\nCaf\xe9, held in CVPR 2023.\r\nno newline"
)
LAYOUT = b"<header>\n<!-- syntagen:venue:start --><!-- syntagen:venue:end -->\n</header>\n"
LAYOUT_AFTER = b"<header>\n<!-- syntagen:venue:start --><strong>June 17th</strong><!-- syntagen:venue:end -->\n</header>\n"


@pytest.fixture
def site(tmp_path: Path) -> Path:
    (tmp_path / "_pages").mkdir()
    (tmp_path / "_layouts").mkdir()
    (tmp_path / "_pages" / "home.md").write_bytes(PAGE)
    (tmp_path / "_layouts" / "home.html").write_bytes(LAYOUT)
    return tmp_path


@pytest.fixture
def target(workshop: Workshop) -> SiteTarget:
    """Set up a page with a heading, a layout with markers, a data file as a whole; one paper is released."""
    accept(make_paper(workshop, title="Paper", number=1, note_id="n1"), is_released=True)
    target = SiteTarget.objects.create(workshop=workshop)
    add_block(target, "accepted", "_pages/home.md", "accepted-markdown", heading="Accepted Papers")
    add_block(target, "venue", "_layouts/home.html", "venue-line")
    return target


def add_block(target: SiteTarget, name: str, path: str, kind: str, **fields: Any) -> SiteBlock:
    return SiteBlock.objects.create(target=target, position=target.blocks.count(), name=name, path=path, format=kind, **fields)


def read_site(site: Path) -> dict[str, bytes]:
    return {str(path.relative_to(site)): path.read_bytes() for path in sorted(site.rglob("*")) if path.is_file()}


def list_reasons(workshop: Workshop, site: Path) -> list[str]:
    before = read_site(site)
    with pytest.raises(Refusals) as refusal:
        publish_site(workshop, site, by=None)
    assert read_site(site) == before
    return refusal.value.reasons


def test_blocks_are_written_and_every_other_byte_stays(workshop: Workshop, target: SiteTarget, site: Path, olga: User) -> None:
    plan = publish_site(workshop, site, by=olga)
    assert read_site(site) == {"_pages/home.md": PAGE_AFTER, "_layouts/home.html": LAYOUT_AFTER}
    assert [(file.path, file.blocks, file.is_changed) for file in plan.files] == [
        ("_pages/home.md", ("accepted",), True),
        ("_layouts/home.html", ("venue",), True),
    ]
    target.refresh_from_db()
    assert (target.published_digest, target.published_at is not None) == (plan.digest, True)
    (line,) = workshop.history.all()
    assert (line.action, line.field, line.before, line.after, line.by) == ("published", "site", "", plan.digest, olga)


def test_second_run_writes_nothing(workshop: Workshop, target: SiteTarget, site: Path) -> None:
    publish_site(workshop, site, by=None)
    target.refresh_from_db()
    stamps = {path: (site / path).stat().st_mtime_ns for path in read_site(site)}
    plan = publish_site(workshop, site, by=None)
    assert not plan.is_stale
    assert (plan.diff, {path: (site / path).stat().st_mtime_ns for path in read_site(site)}) == (b"", stamps)
    assert SiteTarget.objects.get().published_at == target.published_at
    assert workshop.history.count() == 1


def test_second_clone_is_written_though_the_facts_are_the_same(workshop: Workshop, target: SiteTarget, site: Path) -> None:
    publish_site(workshop, site, by=None)
    (site / "_pages" / "home.md").write_bytes(PAGE)
    assert publish_site(workshop, site, by=None).is_stale
    assert (site / "_pages" / "home.md").read_bytes() == PAGE_AFTER


def test_plan_shows_a_diff_and_writes_nothing(workshop: Workshop, target: SiteTarget, site: Path) -> None:
    before = read_site(site)
    plan = plan_site(workshop, site)
    assert read_site(site) == before
    assert plan.files[1].diff.decode() == (
        "--- a/_layouts/home.html\n+++ b/_layouts/home.html\n@@ -1,3 +1,3 @@\n <header>\n"
        "-<!-- syntagen:venue:start --><!-- syntagen:venue:end -->\n"
        "+<!-- syntagen:venue:start --><strong>June 17th</strong><!-- syntagen:venue:end -->\n </header>\n"
    )
    assert plan.diff == plan.files[0].diff + plan.files[1].diff


@pytest.mark.skipif(shutil.which("patch") is None, reason="patch is not installed")
@pytest.mark.parametrize("end", [b"", b"\n", b"\rodd\r\x0c\n\xff"])
def test_diff_can_be_applied(workshop: Workshop, target: SiteTarget, site: Path, end: bytes) -> None:
    (site / "_pages" / "home.md").write_bytes(b"## Accepted Papers\nold" + end)
    diff = plan_site(workshop, site).diff
    shutil.copytree(site, site / "copy")
    subprocess.run(["patch", "--binary", "-p1"], input=diff, cwd=site / "copy", check=True, capture_output=True)
    publish_site(workshop, site, by=None)
    assert read_site(site / "copy") == {path: data for path, data in read_site(site).items() if not path.startswith("copy/")}


def test_findings_name_lines_around_the_blocks_only(workshop: Workshop, target: SiteTarget, site: Path) -> None:
    plan = plan_site(workshop, site)
    assert [(finding.code, finding.where) for finding in plan.findings] == [
        ("mojibake", "_pages/home.md, line 8"),
        ("other-year", "_pages/home.md, line 8"),
    ]


def test_markdown_in_a_page_of_html_is_a_finding(workshop: Workshop, target: SiteTarget, site: Path) -> None:
    (site / "index.html").write_bytes(b"<h2>Dates</h2>\n")
    add_block(target, "dates", "index.html", "dates-markdown", heading="Dates")
    found = [finding for finding in plan_site(workshop, site).findings if finding.code == "markdown-in-html"]
    assert [(finding.severity, finding.where, finding.sentence) for finding in found] == [
        ("warn", "index.html", "The block dates is Markdown, and index.html is not: readers will see its signs.")
    ]


def test_whole_file_is_made_and_replaced(workshop: Workshop, target: SiteTarget, site: Path) -> None:
    add_block(target, "data", "_data/new/papers.json", "papers-json", options={"whole_file": True})
    plan = publish_site(workshop, site, by=None)
    assert plan.files[2].diff.startswith(b"--- /dev/null\n+++ b/_data/new/papers.json\n")
    assert b'"title": "Paper"' in (site / "_data" / "new" / "papers.json").read_bytes()
    assert not publish_site(workshop, site, by=None).is_stale
    (site / "_data" / "new" / "papers.json").write_bytes(b"other")
    assert publish_site(workshop, site, by=None).is_stale


def test_site_grows_stale_with_the_facts(workshop: Workshop, target: SiteTarget, site: Path) -> None:
    assert not is_site_stale(workshop)
    publish_site(workshop, site, by=None)
    assert not is_site_stale(workshop)
    accept(make_paper(workshop, title="Second"), is_released=True)
    assert is_site_stale(workshop)
    publish_site(workshop, site, by=None)
    assert not is_site_stale(workshop)
    target.blocks.filter(name="venue").update(format="gone")
    assert is_site_stale(workshop)


def test_workshop_without_a_site_is_not_stale(workshop: Workshop) -> None:
    assert not is_site_stale(workshop)


def test_every_reason_is_named_at_once(workshop: Workshop, target: SiteTarget, site: Path) -> None:
    add_block(target, "a", "../out.md", "papers-json")
    add_block(target, "b", "missing.md", "papers-csv", options={"bom": "maybe"})
    add_block(target, "c", "_layouts/home.html", "nothing")
    add_block(target, "d", "_layouts/home.html", "dates-markdown", heading="Dates")
    assert list_reasons(workshop, site) == [
        "missing.md, block b: The option bom of papers-csv can't be 'maybe'. Its values: no, yes.",
        "_layouts/home.html, block c: There is no format 'nothing'. Formats: accepted-markdown, papers-json, papers-csv, papers-bibtex, "
        "schedule-html, schedule-markdown, schedule-yaml, schedule-ics, schedule-frab-xml, schedule-frab-json, dates-markdown, venue-line.",
        "“../out.md” is not a path inside the site. Write it relative to the site's folder, without “..”.",
        "missing.md is not there. Create it, or give it to the block as a whole (option whole_file).",
        "_layouts/home.html: there are no markers “syntagen:c:start” and “syntagen:c:end”. "
        "Put them where the block should go, or name the heading under which it stands.",
    ]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"<!-- syntagen:accepted:start -->\n", "_pages/home.md, line 1: the block accepted starts here and never ends."),
        (b"# Other\n", "_pages/home.md: there is no heading “Accepted Papers” under which a block could go. Headings: “other”."),
        ("### Accepted Papers".encode("utf-16"), "_pages/home.md is written in UTF-16; save it as UTF-8."),
    ],
)
def test_file_that_is_not_fit_is_refused(workshop: Workshop, target: SiteTarget, site: Path, data: bytes, reason: str) -> None:
    (site / "_pages" / "home.md").write_bytes(data)
    assert list_reasons(workshop, site) == [reason]


def test_two_blocks_may_not_share_a_whole_file(workshop: Workshop, target: SiteTarget, site: Path) -> None:
    add_block(target, "all", "_pages/home.md", "dates-markdown", options={"whole_file": True})
    assert list_reasons(workshop, site) == [
        "_pages/home.md: the blocks accepted, all share the file, but one of them wants the whole of it."
    ]


def test_workshop_without_blocks_is_refused(workshop: Workshop, site: Path) -> None:
    with pytest.raises(Refusal, match="has no blocks to write into a site"):
        publish_site(workshop, site, by=None)


def test_folder_that_is_not_there_is_refused(workshop: Workshop, target: SiteTarget, site: Path) -> None:
    with pytest.raises(SiteNotWritable, match="is not a folder"):
        plan_site(workshop, site / "none")


def test_blocking_finding_needs_a_reason(workshop: Workshop, target: SiteTarget, site: Path) -> None:
    paper = workshop.papers.get()
    paper.imported = {"authors": [{"name": "Ada Author"}, {"name": "Stefan Roth"}]}
    paper.save()
    before = read_site(site)
    with pytest.raises(BlockedByFindings, match=r"Paper 1 lists 1 of the 2 authors that were imported\."):
        publish_site(workshop, site, by=None)
    assert read_site(site) == before
    publish_site(workshop, site, by=None, reason="He asked to be left out.")
    assert workshop.history.get().note == "He asked to be left out."
    assert read_site(site)["_pages/home.md"] == PAGE_AFTER


def test_run_that_died_is_finished_first(workshop: Workshop, target: SiteTarget, site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real, calls = Path.replace, []

    def replace(self: Path, other: Path) -> Path:
        calls.append(other)
        if len(calls) == 3:
            raise KeyboardInterrupt
        return real(self, other)

    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(Path, "replace", replace)
        publish_site(workshop, site, by=None)
    assert (site / JOURNAL).exists()
    assert not publish_site(workshop, site, by=None).is_stale
    assert read_site(site) == {"_pages/home.md": PAGE_AFTER, "_layouts/home.html": LAYOUT_AFTER}
    assert SiteTarget.objects.get().published_digest
    assert workshop.history.count() == 1


def test_somebody_else_writing_is_waited_for(workshop: Workshop, target: SiteTarget, site: Path) -> None:
    with lock_folder(site), pytest.raises(SiteNotWritable, match="Somebody else is writing"):
        publish_site(workshop, site, by=None)


def test_several_blocks_of_one_file_are_written_together(workshop: Workshop, target: SiteTarget, site: Path) -> None:
    (site / "_pages" / "home.md").write_bytes(b"## Dates\n## Accepted Papers\nold\n## Schedule\n<table>\n</table>\n## End\n")
    add_block(target, "dates", "_pages/home.md", "dates-markdown", heading="Dates")
    add_block(target, "schedule", "./_pages/home.md", "schedule-html", heading="Schedule")
    publish_site(workshop, site, by=None)
    assert (site / "_pages" / "home.md").read_bytes() == (
        b"## Dates\n<!-- syntagen:dates:start -->\n* TBD\n\n<!-- syntagen:dates:end -->\n\n"
        b"## Accepted Papers\n<!-- syntagen:accepted:start -->\n[Paper](https://openreview.net/forum?id=n1). Ada Author\n\n"
        b"<!-- syntagen:accepted:end -->\n## Schedule\n<!-- syntagen:schedule:start -->\n<p>TBD</p>\n\n"
        b"<!-- syntagen:schedule:end -->\n## End\n"
    )
    assert not publish_site(workshop, site, by=None).is_stale
