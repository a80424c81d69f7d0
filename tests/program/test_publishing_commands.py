"""The commands export, publish_site and release: output, sentences, exit codes."""

import io
import json
import sys
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from papers.models import Workshop
from program.models import Session, SiteBlock, SiteTarget
from program.schedules import is_schedule_released
from tests.factories import accept, make_paper
from tests.program.published_editions import RELEASED_AT

LISTED = "[Paper & Co](https://openreview.net/forum?id=n1). Ada Author\n"
PAGE = b"## Accepted Papers\r\n* TBD\r\n## Next, held with CVPR 2019\r\n"
PAGE_AFTER = (
    b"## Accepted Papers\r\n<!-- syntagen:accepted:start -->\r\n[Paper & Co](https://openreview.net/forum?id=n1). Ada Author\r\n\r\n"
    b"<!-- syntagen:accepted:end -->\r\n## Next, held with CVPR 2019\r\n"
)


@pytest.fixture
def released(workshop: Workshop) -> Workshop:
    """Return a workshop with one listed paper and one that nobody may see yet."""
    accept(make_paper(workshop, title="Paper & Co", number=1, note_id="n1"), is_released=True)
    accept(make_paper(workshop, title="Secret"))
    return workshop


@pytest.fixture
def site(released: Workshop, tmp_path: Path) -> Path:
    target = SiteTarget.objects.create(workshop=released)
    SiteBlock.objects.create(target=target, name="accepted", path="home.md", format="accepted-markdown", heading="Accepted Papers")
    (tmp_path / "home.md").write_bytes(PAGE)
    return tmp_path


def run(*arguments: str, **options: Any) -> tuple[str, str]:
    """Run a command and return what it wrote on stdout and stderr."""
    out, err = io.StringIO(), io.StringIO()
    call_command(*arguments, stdout=out, stderr=err, **options)
    return out.getvalue(), err.getvalue()


def refuse(*arguments: str) -> tuple[int, str]:
    """Run a command that refuses; return its exit code and its sentences."""
    with pytest.raises(CommandError) as refusal:
        run(*arguments)
    return refusal.value.returncode, str(refusal.value)


def test_export_prints_released_facts_only(released: Workshop) -> None:
    assert run("export", "counted26", "accepted-markdown") == (LISTED, "")


def test_export_writes_exactly_its_bytes(released: Workshop, capfdbinary: pytest.CaptureFixture[bytes], tmp_path: Path) -> None:
    call_command("export", "counted26", "papers-csv", option=["bom=yes"], stdout=sys.__stdout__)
    printed = capfdbinary.readouterr().out
    run("export", "counted26", "papers-csv", "--option", "bom=yes", "--output", str(tmp_path / "papers.csv"))
    assert (tmp_path / "papers.csv").read_bytes() == printed
    assert printed.startswith(b"\xef\xbb\xbfnumber,") and b"\r" not in printed


def test_export_takes_options(released: Workshop) -> None:
    out, _ = run("export", "counted26", "accepted-markdown", "--option", "dialect=list")
    assert out == f"* **[Poster]** {LISTED}"


def test_export_lists_its_formats_with_their_options() -> None:
    out, _ = run("export", "--list")
    assert out.splitlines()[:2] == [
        "accepted-markdown   The accepted papers with links and authors, for a Jekyll page.",
        " " * 20 + "dialect=syntagen24|syntagen25|list  "
        "syntagen24: paragraphs, posters untagged; syntagen25: one line each, all tagged; list: bullets, with awards.",
    ]
    listed = json.loads(run("export", "--list", "--json")[0])
    assert [chosen["name"] for chosen in listed][:2] == ["accepted-markdown", "papers-json"]
    assert listed[1] == {
        "name": "papers-json",
        "sentence": "The accepted papers with all that is public about them, in a documented schema.",
        "media_type": "application/json",
        "file_name": "papers.json",
        "is_private": False,
        "options": [],
    }


@pytest.mark.parametrize(
    ("arguments", "code", "sentence"),
    [
        (("export",), 2, "Name a workshop and a format, or use --list to see the formats."),
        (("export", "counted26"), 2, "Name a workshop and a format, or use --list to see the formats."),
        (("export", "counted26", "pdf"), 2, "There is no format 'pdf'. Formats: accepted-markdown"),
        (("export", "counted26", "papers-csv", "--option", "bom"), 2, "Write an option as NAME=VALUE, not 'bom'."),
        (("export", "counted26", "papers-csv", "--option", "bom=x"), 2, "The option bom of papers-csv can't be 'x'. Its values: no, yes."),
        (("export", "nowhere", "papers-csv"), 1, "There is no workshop 'nowhere'. Workshops here: counted26."),
        (("export", "counted26", "papers-csv", "--output", "/nowhere/x"), 1, "/nowhere/x can't be written: No such file or directory."),
        (("release", "counted26", "schedule"), 1, "Counted 2026 has no sessions, so there is no schedule to release."),
        (("release", "nowhere", "schedule"), 1, "There is no workshop 'nowhere'."),
        (("publish_site", "counted26", "--into", "/nowhere"), 1, "/nowhere is not a folder."),
    ],
)
def test_refusal_is_a_sentence_with_its_exit_code(released: Workshop, arguments: tuple[str, ...], code: int, sentence: str) -> None:
    returned, said = refuse(*arguments)
    assert returned == code
    assert said.startswith(sentence)


def test_publish_writes_the_site_and_says_what(site: Path) -> None:
    out, err = run("publish_site", "counted26", "--into", str(site))
    assert (site / "home.md").read_bytes() == PAGE_AFTER
    assert out == "home.md: accepted\n"
    assert err == (
        "warn  home.md, line 3: “CVPR 2019” is another edition's name; this one is 2026. "
        "Say the right edition, unless the older one is meant.\n"
    )
    assert run("publish_site", "counted26", "--into", str(site))[0] == "Nothing to write; the site is up to date.\n"


def test_check_ends_with_one_while_the_site_is_stale(site: Path) -> None:
    assert refuse("publish_site", "counted26", "--into", str(site), "--check") == (
        1,
        "The site of Counted 2026 is stale in home.md. Run publish_site without --check to write it, with --diff to see the change.",
    )
    assert (site / "home.md").read_bytes() == PAGE
    run("publish_site", "counted26", "--into", str(site))
    assert run("publish_site", "counted26", "--into", str(site), "--check")[0] == ""


def test_diff_prints_the_change_and_writes_nothing(site: Path) -> None:
    out, _ = run("publish_site", "counted26", "--into", str(site), "--diff")
    assert out == (
        "--- a/home.md\n+++ b/home.md\n@@ -1,3 +1,6 @@\n ## Accepted Papers\r\n-* TBD\r\n+<!-- syntagen:accepted:start -->\r\n"
        "+[Paper & Co](https://openreview.net/forum?id=n1). Ada Author\r\n+\r\n+<!-- syntagen:accepted:end -->\r\n"
        " ## Next, held with CVPR 2019\r\n"
    )
    assert (site / "home.md").read_bytes() == PAGE


def test_blocking_finding_is_overridden_by_a_reason(site: Path, workshop: Workshop) -> None:
    workshop.papers.filter(number=1).update(imported={"authors": [{}, {}]})
    code, said = refuse("publish_site", "counted26", "--into", str(site))
    assert (code, said) == (1, "Paper 1 lists 1 of the 2 authors that were imported. Take the author list from the import again.")
    assert (site / "home.md").read_bytes() == PAGE
    run("publish_site", "counted26", "--into", str(site), "--force", "They asked for it.")
    assert (site / "home.md").read_bytes() == PAGE_AFTER


def test_release_makes_schedule_and_decisions_visible(released: Workshop) -> None:
    Session.objects.create(workshop=released, position=1, kind="oral", title="Orals", starts_at=RELEASED_AT, minutes=20)
    assert run("release", "counted26", "schedule")[0] == "Released the schedule of Counted 2026.\n"
    assert is_schedule_released(released)
    assert refuse("release", "counted26", "schedule")[1].startswith("Nothing changed in the schedule of Counted 2026 since version 1")
    Session.objects.create(workshop=released, position=2, title="Coffee", starts_at=RELEASED_AT, minutes=10)
    out, err = run("release", "counted26", "schedule")
    assert (out, "“Coffee”" in err) == ("Published version 2 of the schedule of Counted 2026.\n", True)
    assert run("release", "counted26", "decisions")[0] == "Released 1 decision of Counted 2026.\n"
    assert "Secret" in run("export", "counted26", "accepted-markdown")[0]
    assert refuse("release", "counted26", "decisions")[0] == 1
