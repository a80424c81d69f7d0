"""Loading and dumping from the command line."""

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from papers.models import Workshop
from program.workshop_files import normalize_workshop_file
from tests.program.workshop_files.examples import SMALL, change_small

pytestmark = pytest.mark.django_db


@pytest.fixture
def small_file(tmp_path: Path) -> Path:
    path = tmp_path / "things26.json"
    path.write_text(json.dumps(SMALL))
    return path


def run(*words: str) -> str:
    out = StringIO()
    call_command(*words, stdout=out)
    return out.getvalue()


def refuse(*words: str) -> tuple[int, str]:
    with pytest.raises(CommandError) as refused:
        call_command(*words, stdout=StringIO())
    return refused.value.returncode, str(refused.value)


def test_load_creates_then_tells_changes_then_nothing(small_file: Path) -> None:
    assert run("load_workshop", str(small_file)) == "Things 2026 (things26) was created.\n"
    assert run("load_workshop", str(small_file)) == "Things 2026 (things26) is as the file says; nothing changed.\n"
    small_file.write_bytes(change_small("room", "Hall 7"))
    assert run("load_workshop", str(small_file), "--dry-run") == "room: added\nThings 2026 (things26): 1 change would be made.\n"
    assert run("load_workshop", str(small_file)) == "room: added\nThings 2026 (things26): 1 change.\n"


def test_dry_run_creates_nothing(small_file: Path) -> None:
    assert run("load_workshop", str(small_file), "--dry-run") == "Things 2026 (things26) would be created.\n"
    assert not Workshop.objects.exists()


def test_json_is_one_document(small_file: Path) -> None:
    run("load_workshop", str(small_file))
    small_file.write_bytes(change_small("room", "Hall 7"))
    assert json.loads(run("load_workshop", str(small_file), "--json")) == {
        "workshop": "things26",
        "created": False,
        "dry_run": False,
        "changes": [{"place": "room", "before": None, "after": "Hall 7"}],
    }


def test_mistakes_are_refused_with_all_sentences(small_file: Path) -> None:
    small_file.write_text('{"slug": "a b", "zone": "UTC", "year": 2026, "name": "A", "short_name": ""}')
    assert refuse("load_workshop", str(small_file)) == (
        1,
        "The workshop file has 2 mistakes; nothing was loaded.\n"
        '$.slug: write letters, digits, hyphens and underscores only, not "a b".\n'
        "$.short_name: this can't be empty.",
    )


def test_file_that_is_not_there_is_wrong_usage(tmp_path: Path) -> None:
    assert refuse("load_workshop", str(tmp_path / "none.json")) == (
        2,
        f"{tmp_path / 'none.json'} can't be read: No such file or directory.",
    )


def test_dump_writes_the_normal_form(small_file: Path, tmp_path: Path) -> None:
    run("load_workshop", str(small_file))
    normal = normalize_workshop_file(json.dumps(SMALL))
    assert run("dump_workshop", "things26") == normal.decode()
    assert run("dump_workshop", "things26", "--output", str(tmp_path / "out.json")) == ""
    assert (tmp_path / "out.json").read_bytes() == normal


def test_dump_of_an_unknown_workshop_is_refused() -> None:
    assert refuse("dump_workshop", "things26")[0] == 1


def test_dump_into_no_folder_is_wrong_usage(small_file: Path, tmp_path: Path) -> None:
    run("load_workshop", str(small_file))
    assert refuse("dump_workshop", "things26", "--output", str(tmp_path / "none" / "out.json"))[0] == 2
