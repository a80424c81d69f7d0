"""The example of the documentation works, and the documentation names every setting."""

import re
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any, get_args, get_type_hints

import pytest

from papers.models import FieldMapping, ImportantDate
from program.models import Session
from program.workshop_files import dump_workshop, load_workshop_file, normalize_workshop_file, parse_workshop_file
from program.workshop_files.moments import Moment
from program.workshop_files.values import WorkshopSettings

PAGE = Path("docs/workshop_files.md").read_text(encoding="utf-8")
EXAMPLE = re.findall(r"```json\n(.*?)```", PAGE, re.DOTALL)


@pytest.mark.django_db
def test_example_loads_and_dumps_as_its_normal_form() -> None:
    assert len(EXAMPLE) == 1
    loaded = load_workshop_file(parse_workshop_file(EXAMPLE[0]), by=None)
    assert loaded.workshop is not None
    assert dump_workshop(loaded.workshop) == normalize_workshop_file(EXAMPLE[0])


def list_keys(cls: type[Any]) -> set[str]:
    keys = {one.name for one in fields(cls)}
    for hint in get_type_hints(cls).values():
        for inner in [hint, *get_args(hint)]:
            if is_dataclass(inner) and inner is not Moment:
                keys |= list_keys(inner)  # type: ignore[arg-type]
    return keys


def test_every_key_is_documented() -> None:
    told = set(re.findall(r'[`"]([a-z_]+)["`]', PAGE)) | {"blocks", "shows_history"}
    assert list_keys(WorkshopSettings) - told == set()


def test_every_word_is_documented() -> None:
    words = {*ImportantDate.Kind.values, *Session.Kind.values, *FieldMapping.Source.values, *FieldMapping.Target.values}
    assert words - set(re.findall(r"`([a-z-]+)`", PAGE)) == set()
