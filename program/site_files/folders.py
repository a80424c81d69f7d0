"""Keeps paths inside the folder of a site."""

import os
import stat
from pathlib import Path, PurePosixPath

from program.errors import SiteNotWritable


def find_folder(folder: str | os.PathLike[str]) -> Path:
    """Return the real path of a site's folder, or refuse."""
    path = Path(folder)
    if not path.is_dir():
        raise SiteNotWritable(f"{path} is not a folder. Name the folder of the site, for example a git clone of it.")
    return path.resolve()


def find_target(folder: Path, path: str, *, may_be_missing: bool = False) -> Path:
    """Return the real file for a path inside `folder` (a resolved path).

    Refuses what is absolute, leads out, by `..` or a symbolic link, lies in `.git`, is not a plain file, is missing
    (unless it may be), or may not be written.
    """
    parts = PurePosixPath(path).parts
    if not parts or path.startswith(("/", "~")) or "\\" in path or "\0" in path or ".." in parts or ":" in parts[0]:
        raise SiteNotWritable(f"“{path}” is not a path inside the site. Write it relative to the site's folder, without “..”.")
    if ".git" in (part.casefold() for part in parts):
        raise SiteNotWritable(f"“{path}” belongs to git, not to the site.")
    target = (folder / path).resolve()
    if not target.is_relative_to(folder) or target == folder:
        raise SiteNotWritable(f"“{path}” leads out of {folder} by a symbolic link. Nothing outside the site is written.")
    _refuse_unwritable(target, path, may_be_missing=may_be_missing)
    return target


def _refuse_unwritable(target: Path, path: str, *, may_be_missing: bool) -> None:
    if not target.exists():
        if not may_be_missing:
            raise SiteNotWritable(f"{path} is not there. Create it, or give it to the block as a whole (option whole_file).")
        parent = next(parent for parent in target.parents if parent.exists())
        if not parent.is_dir() or not _may_write(parent):
            raise SiteNotWritable(f"{path} can't be created: {parent} may not be written.")
        return
    if not target.is_file():
        raise SiteNotWritable(f"{path} is not a file.")
    if not _may_write(target) or not _may_write(target.parent):
        raise SiteNotWritable(f"{path} is read-only.")


def _may_write(path: Path) -> bool:
    """Tell whether a path may be written; root may by right, but a file marked read-only means it."""
    return bool(path.stat().st_mode & (stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH)) and os.access(path, os.W_OK)
