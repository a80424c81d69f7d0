"""The two editions of SyntaGen that ship as files."""

from pathlib import Path

import pytest

from papers.models import HistoryLine
from program.workshop_files import dump_workshop, load_workshop_file, normalize_workshop_file, parse_workshop_file

EDITIONS = Path("program/editions")


@pytest.mark.parametrize("name", ["syntagen24", "syntagen25"])
def test_edition_is_its_own_normal_form(name: str) -> None:
    data = (EDITIONS / f"{name}.json").read_bytes()
    assert normalize_workshop_file(data) == data


@pytest.mark.django_db
def test_both_editions_load_and_dump_byte_identically() -> None:
    files = {name: (EDITIONS / f"{name}.json").read_bytes() for name in ("syntagen24", "syntagen25")}
    loaded = {name: load_workshop_file(parse_workshop_file(data), by=None) for name, data in files.items()}
    assert [one.is_new for one in loaded.values()] == [True, True]
    assert {name: dump_workshop(one.workshop) for name, one in loaded.items() if one.workshop} == files


@pytest.mark.django_db
def test_second_load_writes_nothing(django_assert_num_queries: object) -> None:
    settings = parse_workshop_file((EDITIONS / "syntagen25.json").read_bytes())
    load_workshop_file(settings, by=None)
    lines = HistoryLine.objects.count()
    assert load_workshop_file(settings, by=None).changes == ()
    assert HistoryLine.objects.count() == lines == 1
