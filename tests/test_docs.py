"""What the pages of documentation point to is there: files, scripts, commands."""

import re

import pytest
from django.core.management import get_commands

from tests.house.sources import ROOT, Source, read_files

PAGES = read_files("*.md", "docs/*.md", "standin/*.md", "benchmarks/*.md")
LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
COMMAND = re.compile(r"bin/manage ([a-z_]+)")
SCRIPT = re.compile(r"(?<![\w/.])(?:bin|tests|docs|\.ci)/[\w/.-]*\w")
CODE = re.compile(r"```.*?```|`[^`\n]*`", re.DOTALL)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.path)
def test_links_lead_somewhere(page: Source) -> None:
    links = [link for link in LINK.findall(CODE.sub("", page.text)) if not link.startswith(("https://", "http://", "mailto:", "#"))]
    folder = (ROOT / page.path).parent
    assert [link for link in links if not (folder / link.partition("#")[0]).exists()] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.path)
def test_commands_and_scripts_exist(page: Source) -> None:
    assert [name for name in COMMAND.findall(page.text) if name not in get_commands()] == []
    assert [path for path in SCRIPT.findall(page.text) if not (ROOT / path).exists()] == []


def test_pages_are_read() -> None:
    assert {"README.md", "CONTRIBUTING.md", "docs/testing.md", "docs/why.md"} <= {page.path for page in PAGES}
