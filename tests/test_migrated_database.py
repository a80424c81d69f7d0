"""The migrated database that runs of the tests share."""

import sqlite3
from contextlib import closing
from pathlib import Path

from tests.migrated_database import copy_kept, find_kept, keep


def write(path: Path, value: int) -> Path:
    with closing(sqlite3.connect(path)) as database, database:
        database.execute("PRAGMA journal_mode = WAL")
        database.execute("CREATE TABLE held (value)")
        database.execute("INSERT INTO held VALUES (?)", [value])
    return path


def test_kept_database_is_copied_and_the_one_before_forgotten(tmp_path: Path) -> None:
    folder, own = tmp_path / "kept", tmp_path / "own.sqlite3"
    assert (copy_kept(own, folder), own.exists()) == (False, False)
    keep(write(tmp_path / "one.sqlite3", 1), folder)
    find_kept(folder).rename(folder / "migrated-of-yesterday.sqlite3")
    keep(write(tmp_path / "two.sqlite3", 2), folder)
    assert (copy_kept(own, folder), sorted(folder.iterdir())) == (True, [find_kept(folder)])
    with closing(sqlite3.connect(own)) as database:
        assert database.execute("SELECT value FROM held").fetchall() == [(2,)]
