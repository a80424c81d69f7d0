"""What bin/setup says and leaves behind, tried with a made-up Python and package manager in an otherwise empty PATH."""

import shutil
import subprocess
from pathlib import Path

import pytest

from tests.house.sources import ROOT

TOOLS = ("sh", "cat", "cmp", "cp", "cut", "dirname", "grep", "mkdir", "rm", "sed", "sort", "tail", "wc")
PACKAGES = "python3-venv libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"

# Answers as bin/setup asks: its version, whether it has venv, making an environment, pip.
PYTHON = """
case "$*" in
    -ISc*) cat "$(dirname "$0")/version" 2>/dev/null || echo 3.11 ;;
    "-m venv "*) mkdir -p "$3/bin" && cp "$0" "$3/bin/python" && echo made >>"$LOG" ;;
    *"pip install"*) echo installed >>"$LOG"; echo "Collecting django==5.2.19"; [ -z "${PIP_SAYS:-}" ] || { echo "$PIP_SAYS"; exit 1; } ;;
esac
"""


class Machine:
    """A machine with a clone of the scripts in a folder with a blank, and nothing but the tools it was given."""

    def __init__(self, folder: Path) -> None:
        self.clone = folder / "a clone"
        self.tools = folder / "tools"
        self.log = folder / "log"
        self.tools.mkdir()
        shutil.copytree(ROOT / "bin", self.clone / "bin")
        for name in ("requirements.txt", "requirements-dev.txt"):
            (self.clone / name).write_text("django==5.2.19 \\\n    --hash=sha256:0\n", encoding="utf-8")
        for name in TOOLS:
            (self.tools / name).symlink_to(str(shutil.which(name)))
        self.add_tool("id", "echo 1000")

    def add_tool(self, name: str, script: str) -> None:
        """Put a script on PATH."""
        (self.tools / name).unlink(missing_ok=True)
        (self.tools / name).write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
        (self.tools / name).chmod(0o755)

    def set_up(self, *arguments: str, **environment: str) -> tuple[int, list[str]]:
        """Run bin/setup from elsewhere; return its exit code and the lines it says."""
        done = subprocess.run(
            ["sh", str(self.clone / "bin" / "setup"), *arguments],
            cwd=self.tools,
            env={"PATH": str(self.tools), "LOG": str(self.log), **environment},
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        )
        assert done.stdout == ""
        return done.returncode, done.stderr.splitlines()

    def read_log(self) -> list[str]:
        """Return what Python and apt were asked for since the last call."""
        lines = self.log.read_text(encoding="utf-8").splitlines() if self.log.exists() else []
        self.log.unlink(missing_ok=True)
        return lines


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    return Machine(tmp_path)


@pytest.fixture
def ready(machine: Machine) -> Machine:
    machine.add_tool("python3", PYTHON)
    assert machine.set_up()[0] == 0
    machine.read_log()
    return machine


def test_first_run_makes_and_installs(machine: Machine) -> None:
    machine.add_tool("python3", PYTHON)
    assert machine.set_up() == (
        0,
        [
            "Making the environment .venv with Python 3.11 ...",
            "Installing 1 locked Python packages, which takes a minute or two the first time ...",
            "The environment is ready.",
        ],
    )
    assert machine.read_log() == ["made", "installed"]


def test_second_run_does_and_says_nothing(ready: Machine) -> None:
    assert ready.set_up() == (0, [])
    assert ready.read_log() == []


def test_changed_lock_is_installed_into_the_same_environment(ready: Machine) -> None:
    (ready.clone / "requirements.txt").write_text("django==5.2.20 \\\n    --hash=sha256:1\n", encoding="utf-8")
    assert ready.set_up()[0] == 0
    assert ready.read_log() == ["installed"]


def test_test_lock_is_installed_on_top(ready: Machine) -> None:
    ready.add_tool("chromium", "")
    assert (ready.set_up("--tests")[0], ready.read_log()) == (0, ["installed"])
    assert (ready.set_up("--tests"), ready.set_up()) == ((0, []), (0, []))
    assert ready.read_log() == []


def test_changed_python_remakes_the_environment(ready: Machine) -> None:
    (ready.clone / ".venv" / "bin" / "version").write_text("3.12\n", encoding="utf-8")
    assert ready.set_up()[0] == 0
    assert ready.read_log() == ["made", "installed"]


def test_interrupted_set_up_starts_over(ready: Machine) -> None:
    (ready.clone / ".venv" / "unfinished").touch()
    (ready.clone / ".venv" / "lib").mkdir()
    assert ready.set_up()[0] == 0
    assert ready.read_log() == ["made", "installed"]
    assert not (ready.clone / ".venv" / "lib").exists()


@pytest.mark.parametrize(
    ("pip_says", "reason"),
    [
        ("ERROR: No matching distribution found for django==5.2.20", "ERROR: No matching distribution found for django==5.2.20"),
        ("Could not fetch URL x: connection error", "the package index could not be reached."),
    ],
)
def test_failed_download_keeps_what_was_there(ready: Machine, pip_says: str, reason: str) -> None:
    lock = (ready.clone / "requirements.txt").read_text(encoding="utf-8")
    (ready.clone / "requirements.txt").write_text("django==5.2.20 \\\n    --hash=sha256:1\n", encoding="utf-8")
    code, lines = ready.set_up(PIP_SAYS=pip_says)
    log = ready.clone / "var" / "setup.log"
    assert (code, lines[-1]) == (1, f"bin/setup: The Python packages could not be installed: {reason} (pip's words are in {log})")
    ready.read_log()
    (ready.clone / "requirements.txt").write_text(lock, encoding="utf-8")
    assert (ready.set_up(), ready.read_log()) == ((0, []), [])


def test_failed_first_download_starts_over(machine: Machine) -> None:
    machine.add_tool("python3", PYTHON)
    assert machine.set_up(PIP_SAYS="ERROR: no")[0] == 1
    assert (machine.set_up()[0], machine.read_log()) == (0, ["made", "installed", "made", "installed"])


def test_missing_python_is_named_with_the_line_to_type(machine: Machine) -> None:
    machine.add_tool("dpkg-query", "exit 1")
    assert machine.set_up() == (
        1,
        [f"bin/setup: A Python 3.11, 3.12 or 3.13 with venv is missing. Type: sudo apt-get install {PACKAGES}"],
    )


def test_missing_python_without_apt_is_named(machine: Machine) -> None:
    machine.add_tool("python3", "exit 1")
    assert machine.set_up() == (
        1,
        ["bin/setup: No Python 3.11, 3.12 or 3.13 with venv, ssl and sqlite3 was found; put one on PATH and run this again."],
    )


def test_root_gets_debian_packages_installed(machine: Machine) -> None:
    machine.add_tool("id", "echo 0")
    machine.add_tool("dpkg-query", f'grep -qs "apt .*$4" "{machine.log}" && echo "install ok installed"')
    machine.add_tool("apt-get", f'echo "apt $*" >>"{machine.log}"')
    machine.add_tool("python3", PYTHON)
    code, lines = machine.set_up()
    assert (code, lines[0]) == (0, "Installing Debian's libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 ...")
    assert machine.read_log() == [
        "apt update",
        "apt install -y --no-install-recommends -o DPkg::Lock::Timeout=300 libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0",
        "made",
        "installed",
    ]


def test_others_are_told_what_books_need_and_go_on(machine: Machine) -> None:
    machine.add_tool("dpkg-query", '[ "$4" = libpango-1.0-0 ] && echo "install ok installed"')
    machine.add_tool("python3", PYTHON)
    code, lines = machine.set_up()
    assert (code, lines[0]) == (
        0,
        "PDF books and labels need a little more than Python. Type: sudo apt-get install libpangoft2-1.0-0 libharfbuzz-subset0",
    )


def test_missing_browser_is_said_and_fails_only_in_ci(ready: Machine) -> None:
    code, lines = ready.set_up("--tests")
    sentence = "Browser tests will be skipped. To run them, type: sudo apt-get install chromium"
    assert (code, lines[-1]) == (0, sentence)
    assert ready.set_up("--tests") == (0, [sentence])
    log = ready.clone / "var" / "setup.log"
    assert ready.set_up("--tests", CI="true") == (
        1,
        [f"bin/setup: Browser tests need chromium, which could not be installed; apt's words are in {log}."],
    )


def test_root_gets_the_browser_installed(ready: Machine) -> None:
    ready.add_tool("id", "echo 0")
    ready.add_tool("dpkg-query", f'grep -qs "apt install.*$4" "{ready.log}" && echo "install ok installed"')
    ready.add_tool("browser", "")
    ready.add_tool(
        "apt-get", f'echo "apt $*" >>"{ready.log}"; case $* in *chromium*) cp -p "{ready.tools}/browser" "{ready.tools}/chromium" ;; esac'
    )
    code, lines = ready.set_up("--tests", CI="true")
    assert (code, lines[-1]) == (0, "Installing Debian's chromium libatomic1 ...")
    assert ready.read_log()[-1] == "apt install -y --no-install-recommends -o DPkg::Lock::Timeout=300 chromium libatomic1"


def test_wrong_usage_is_refused(machine: Machine) -> None:
    assert machine.set_up("--all") == (2, ["usage: bin/setup [--tests]"])
