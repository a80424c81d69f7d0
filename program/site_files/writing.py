"""Writes several files of a site as one: all of them or, after a crash, all of them on the next run."""

import contextlib
import fcntl
import hashlib
import json
import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from papers.errors import Refusal
from program.errors import SiteNotWritable
from program.site_files.folders import find_target

JOURNAL = ".syntagen-journal.json"
JOURNAL_DRAFT = f"{JOURNAL}.new"
NEW_FILE_MODE = 0o644


@dataclass(frozen=True, slots=True)
class FileChange:
    """New bytes for one file of a site; `old` is what the new bytes were made from, nothing for a new file."""

    path: str
    target: Path
    old: bytes | None
    new: bytes


@contextlib.contextmanager
def lock_folder(folder: Path) -> Iterator[None]:
    """Keep others from writing into the same site meanwhile; refuses when somebody does."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise SiteNotWritable(f"Somebody else is writing into {folder} just now. Try again when they are done.") from None
        yield
    finally:
        os.close(handle)


def write_files(folder: Path, changes: Sequence[FileChange]) -> None:
    """Write every change, or none when something is wrong before the first file is replaced.

    The new bytes go to files beside the old ones and to the disk, then a journal names them all, then each takes its
    place. Whatever dies in between is finished or taken back by `recover_folder`. File modes stay.
    """
    if not changes:
        return
    try:
        for change in changes:
            _write_beside(change)
        _refuse_edited(changes)
        _write_journal(folder, changes)
    except (OSError, Refusal) as problem:
        for change in changes:
            _name_beside(change.target).unlink(missing_ok=True)
        if isinstance(problem, Refusal):
            raise
        raise SiteNotWritable(f"Nothing was written: {problem}.") from problem
    try:
        for change in changes:
            _name_beside(change.target).replace(change.target)
        for parent in sorted({change.target.parent for change in changes}):
            _sync(parent)
        (folder / JOURNAL).unlink()
        _sync(folder)
    except OSError as problem:
        raise SiteNotWritable(f"Only some files took their new place: {problem}. Run again; it finishes what was begun.") from problem


def clear_leftovers(targets: Iterable[Path]) -> None:
    """Take away what a run that died before its journal left beside these files."""
    for target in targets:
        _name_beside(target).unlink(missing_ok=True)


def recover_folder(folder: Path) -> int:
    """Finish what a run that died had begun to replace; return how many files took their place now.

    A file that somebody has changed since keeps their bytes.
    """
    journal = folder / JOURNAL
    (folder / JOURNAL_DRAFT).unlink(missing_ok=True)
    if not journal.is_file():
        return 0
    finished = 0
    for entry in _read_journal(journal):
        target = find_target(folder, entry["path"], may_be_missing=True)
        beside = _name_beside(target)
        is_untouched = (_hash(target.read_bytes()) if target.exists() else "") == entry["old"]
        if beside.is_file() and not beside.is_symlink() and is_untouched and _hash(beside.read_bytes()) == entry["new"]:
            beside.replace(target)
            finished += 1
        else:
            beside.unlink(missing_ok=True)
        _sync(target.parent)
    journal.unlink()
    _sync(folder)
    return finished


def _read_journal(journal: Path) -> list[dict[str, str]]:
    try:
        entries = json.loads(journal.read_bytes())["files"]
        return [{"path": str(entry["path"]), "old": str(entry["old"]), "new": str(entry["new"])} for entry in entries]
    except (ValueError, KeyError, TypeError):
        raise SiteNotWritable(f"{journal} is not a journal of ours. Look at it and take it away.") from None


def _write_beside(change: FileChange) -> None:
    change.target.parent.mkdir(parents=True, exist_ok=True)
    beside = _name_beside(change.target)
    beside.unlink(missing_ok=True)
    handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(change.new)
        file.flush()
        if change.target.exists():
            state = change.target.stat()
            with contextlib.suppress(PermissionError):  # another owner's file stays writable for the group only
                os.fchown(file.fileno(), state.st_uid, state.st_gid)
            os.fchmod(file.fileno(), state.st_mode & 0o7777)
        else:
            os.fchmod(file.fileno(), NEW_FILE_MODE)
        os.fsync(file.fileno())


def _refuse_edited(changes: Sequence[FileChange]) -> None:
    for change in changes:
        now = change.target.read_bytes() if change.target.exists() else None
        if now != change.old:
            raise SiteNotWritable(f"{change.path} was changed by somebody else just now. Nothing was written; run again.")


def _write_journal(folder: Path, changes: Sequence[FileChange]) -> None:
    files = [
        {"path": str(change.target.relative_to(folder)), "old": "" if change.old is None else _hash(change.old), "new": _hash(change.new)}
        for change in changes
    ]
    draft = folder / JOURNAL_DRAFT
    with draft.open("w", encoding="utf-8") as file:
        json.dump({"files": files}, file)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(folder / JOURNAL)
    _sync(folder)


def _name_beside(target: Path) -> Path:
    return target.with_name(f".{target.name}.syntagen-new")


def _hash(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
