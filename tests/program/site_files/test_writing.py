"""Several files change as one, whatever dies in between."""

import contextlib
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from program.errors import SiteNotWritable
from program.site_files.writing import JOURNAL, FileChange, clear_leftovers, lock_folder, recover_folder, write_files

OLD = {"a.md": b"old a", "sub/b.md": b"old b"}
NEW = {"a.md": b"new a\r\n", "sub/b.md": b"new b", "sub/made/c.md": b"new c"}


class Killed(BaseException):
    """Stands for the end of the process."""


@pytest.fixture
def site(tmp_path: Path) -> Path:
    (tmp_path / "sub").mkdir()
    for path, data in OLD.items():
        (tmp_path / path).write_bytes(data)
    return tmp_path


def plan(site: Path) -> list[FileChange]:
    return [FileChange(path, site / path, OLD.get(path), data) for path, data in NEW.items()]


def read_site(site: Path) -> dict[str, bytes]:
    return {str(path.relative_to(site)): path.read_bytes() for path in sorted(site.rglob("*")) if path.is_file()}


def test_all_files_change_and_nothing_is_left_over(site: Path) -> None:
    write_files(site, plan(site))
    assert read_site(site) == NEW


def test_mode_of_a_file_stays(site: Path) -> None:
    (site / "a.md").chmod(0o640)
    write_files(site, plan(site))
    modes = [oct((site / path).stat().st_mode & 0o7777) for path in ("a.md", "sub/b.md", "sub/made/c.md")]
    assert modes == ["0o640", oct((site / "sub/b.md").stat().st_mode & 0o7777), "0o644"]


def test_no_change_writes_nothing(site: Path) -> None:
    write_files(site, [])
    assert read_site(site) == OLD


def test_file_edited_meanwhile_stops_everything(site: Path) -> None:
    changes = plan(site)
    (site / "sub/b.md").write_bytes(b"edited")
    with pytest.raises(SiteNotWritable, match=r"sub/b\.md was changed by somebody else just now"):
        write_files(site, changes)
    assert read_site(site) == {**OLD, "sub/b.md": b"edited"}


def test_full_disk_stops_everything(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "fsync", fail_at(3, OSError(28, "No space left on device")))
    with pytest.raises(SiteNotWritable, match=r"Nothing was written: .*No space left"):
        write_files(site, plan(site))
    assert read_site(site) == OLD


def test_failure_between_files_is_said_and_finished_by_the_next_run(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", fail_at(3, OSError(5, "Input/output error"), Path.replace))
        with pytest.raises(SiteNotWritable, match=r"Only some files took their new place: .* Run again"):
            write_files(site, plan(site))
    assert recover_folder(site) == 2
    assert read_site(site) == NEW


@pytest.mark.parametrize("step", range(1, 40))
def test_killed_run_is_taken_back_or_finished(site: Path, monkeypatch: pytest.MonkeyPatch, step: int) -> None:
    with monkeypatch.context() as patch:
        count = make_counter(step)
        for owner, name in ((os, "fsync"), (os, "open"), (os, "fchmod"), (Path, "replace"), (Path, "unlink"), (Path, "read_bytes")):
            patch.setattr(owner, name, killing(getattr(owner, name), count))
        with contextlib.suppress(Killed):
            write_files(site, plan(site))
    recover_folder(site)
    state = {path: data for path, data in read_site(site).items() if path in NEW}
    assert state in (OLD, NEW)
    clear_leftovers(change.target for change in plan(site))
    write_files(site, [change for change in plan(site) if read_site(site).get(change.path) != change.new])
    assert read_site(site) == NEW


def test_recovery_leaves_alone_what_somebody_changed(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", fail_at(2, Killed(), Path.replace))
        with pytest.raises(Killed):
            write_files(site, plan(site))
    assert (site / JOURNAL).exists()
    (site / "sub/b.md").write_bytes(b"edited")
    assert recover_folder(site) == 2
    assert read_site(site) == {**NEW, "sub/b.md": b"edited"}
    assert recover_folder(site) == 0


@pytest.mark.parametrize("text", ["", "[]", '{"files": [{}]}', "\udcff"])
def test_journal_of_somebody_else_is_refused(site: Path, text: str) -> None:
    (site / JOURNAL).write_bytes(text.encode("utf-8", "surrogateescape"))
    with pytest.raises(SiteNotWritable, match="is not a journal of ours"):
        recover_folder(site)


def test_journal_can_not_lead_out(site: Path) -> None:
    (site / JOURNAL).write_text('{"files": [{"path": "../x", "old": "", "new": ""}]}')
    with pytest.raises(SiteNotWritable, match="is not a path inside the site"):
        recover_folder(site)


def test_two_runs_do_not_write_at_once(site: Path) -> None:
    with lock_folder(site), pytest.raises(SiteNotWritable, match="Somebody else is writing"), lock_folder(site):
        pass
    with lock_folder(site):
        pass


def make_counter(step: int) -> Callable[[], None]:
    """Return a function that kills at its `step`-th call."""
    calls = 0

    def count() -> None:
        nonlocal calls
        calls += 1
        if calls == step:
            raise Killed

    return count


def killing(real: Callable[..., Any], count: Callable[[], None]) -> Callable[..., Any]:
    def wrapped(*args: Any, **kwargs: Any) -> Any:
        count()
        return real(*args, **kwargs)

    return wrapped


def fail_at(step: int, problem: BaseException, real: Callable[..., Any] = os.fsync) -> Callable[..., Any]:
    """Return a function that does the real thing until its `step`-th call."""
    calls = 0

    def wrapped(*args: Any, **kwargs: Any) -> Any:
        nonlocal calls
        calls += 1
        if calls == step:
            raise problem
        return real(*args, **kwargs)

    return wrapped
