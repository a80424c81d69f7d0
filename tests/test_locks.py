"""The locks hold every wanted package with hashes; no file names where packages come from."""

import re
import subprocess

from tests.house.sources import ROOT, read_files

PINNED = re.compile(r"^([a-z0-9._-]+)(?:\[[a-z0-9,_-]+\])?==([^ ;\\]+)", re.MULTILINE)
WANTED = re.compile(r"^([A-Za-z][A-Za-z0-9._-]*)", re.MULTILINE)
ORIGINS = re.compile(
    r"--(?:extra-)?index-url|--find-links|--trusted-host|\bfile://|https?://[^\s\"']*(?:/simple\b|pypi|pythonhosted|npmjs)"
)
CHECKED = ("*.in", "*.txt", "*.toml", "*.py", "*.md", "bin/*", ".ci/*", "docs/*.md", "static/vendor/*.json", "*.json")


def read_pins(name: str) -> dict[str, set[str]]:
    """Return the versions that a lock pins of each package; several where they differ by Python."""
    pins: dict[str, set[str]] = {}
    for package, version in PINNED.findall((ROOT / name).read_text(encoding="utf-8")):
        pins.setdefault(package.replace("_", "-"), set()).add(version)
    return pins


def read_wanted(name: str) -> set[str]:
    return {package.lower() for package in WANTED.findall((ROOT / name).read_text(encoding="utf-8"))}


def test_locks_pin_every_wanted_package() -> None:
    wanted = {"requirements": read_wanted("requirements.in"), "requirements-dev": read_wanted("requirements-dev.in")}
    missing = {name: packages - set(read_pins(f"{name}.txt")) for name, packages in wanted.items()}
    assert len(wanted["requirements"]) > 10
    assert missing == {"requirements": set(), "requirements-dev": set()}


def test_test_lock_holds_the_product_lock_unchanged() -> None:
    product, tests = read_pins("requirements.txt"), read_pins("requirements-dev.txt")
    assert {name: tests.get(name) for name in product} == product


def test_every_pin_has_a_hash() -> None:
    for name in ("requirements.txt", "requirements-dev.txt"):
        entries = re.split(r"\n(?=[a-z0-9])", (ROOT / name).read_text(encoding="utf-8"))
        assert [entry.splitlines()[0] for entry in entries if "==" in entry.splitlines()[0] and "--hash=sha256:" not in entry] == []


def test_no_file_names_where_packages_come_from() -> None:
    files = read_files(*CHECKED)
    found = [f"{file.path}: {found[0]}" for file in files for found in ORIGINS.finditer(file.text)]
    assert len(files) > 10
    assert found == []


def test_origins_are_recognized() -> None:
    samples = [
        "--index" + "-url x",
        "--extra-index" + "-url x",
        "--find" + "-links x",
        "file:" + "///opt",
        "https" + "://example.org/simple",
    ]
    assert [bool(ORIGINS.search(sample)) for sample in samples] == [True] * 5
    assert not ORIGINS.search("see https://example.org/a for more")


def test_why_gives_a_reason_for_every_wanted_package() -> None:
    reasons = (ROOT / "docs" / "why.md").read_text(encoding="utf-8").lower()
    wanted = read_wanted("requirements.in") | read_wanted("requirements-dev.in")
    assert sorted(package for package in wanted if f"| {package} |" not in reasons) == []


def test_scripts_run_on_plain_sh() -> None:
    for name in ("setup", "manage", "test", "demo"):
        done = subprocess.run(["sh", "-n", str(ROOT / "bin" / name)], capture_output=True, text=True, check=False)
        assert (name, done.returncode, done.stderr) == (name, 0, "")
