"""An empty SQLite database with every migration in it, kept between runs until a migration changes."""

import hashlib
import os
import shutil
import sqlite3
from contextlib import closing, suppress
from functools import cache
from pathlib import Path

import django

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "var" / "tests"


@cache
def read_digest() -> str:
    """Return a mark of all migrations as they are when a run begins."""
    digest = hashlib.sha256(f"{django.__version__} {sqlite3.sqlite_version}".encode())
    for path in sorted(ROOT.glob("*/migrations/*.py")):
        digest.update(path.relative_to(ROOT).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:20]


def find_kept(folder: Path = FOLDER) -> Path:
    """Return where the database of these migrations is kept; nothing need be there yet."""
    return folder / f"migrated-{read_digest()}.sqlite3"


def copy_kept(database: Path, folder: Path = FOLDER) -> bool:
    """Put the kept database where a run wants its own; tell whether there was one."""
    with suppress(FileNotFoundError):
        shutil.copyfile(find_kept(folder), database)
        return True
    return False


def keep(database: Path, folder: Path = FOLDER) -> None:
    """Keep a run's database, which has nothing but its migrations in it yet, instead of those kept before."""
    kept = find_kept(folder)
    folder.mkdir(parents=True, exist_ok=True)
    fresh = folder / f"{os.getpid()}.fresh"
    with closing(sqlite3.connect(database)) as source, closing(sqlite3.connect(fresh)) as target:
        source.backup(target)
    for old in folder.glob("migrated-*.sqlite3"):
        old.unlink(missing_ok=True)
    fresh.replace(kept)
