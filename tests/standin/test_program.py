"""The stand-in as a process of its own."""

import ast
import json
import os
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from standin.hostile import TITLES, build_hostile
from standin.invented import build_invented
from tests.standin.conftest import open_without_retries

ROOT = Path(__file__).parents[2]
DATA = [argument for year in (24, 25) for argument in ("--data", str(ROOT / "standin" / "data" / f"syntagen{year}.json"))]


def start(*arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen([sys.executable, "-m", "standin", *arguments], cwd=ROOT, stdout=subprocess.PIPE, text=True)


@pytest.fixture
def process(tmp_path: Path) -> Iterator[tuple[subprocess.Popen[str], Path]]:
    port_file = tmp_path / "port.json"
    process = start(*DATA, "--control", "--hostile", "--port-file", str(port_file), "--parent", str(os.getpid()))
    yield process, port_file
    process.terminate()
    process.communicate()


def control(url: str, **body: Any) -> Any:
    request = urllib.request.Request(f"{url}/__control", data=json.dumps(body).encode(), method="POST")
    with urllib.request.urlopen(request) as reply:
        return json.load(reply)


def test_process_prints_its_addresses_and_obeys_control(process: tuple[subprocess.Popen[str], Path]) -> None:
    running, port_file = process
    assert running.stdout is not None
    line = running.stdout.readline()
    assert (port_file.read_text(), json.loads(line).keys()) == (line, {"v2", "v1"})
    url = json.loads(line)["v2"]
    client = open_without_retries(url, username="chair@syntagen.example", password="loopback-only")
    counts = [len(client.get_all_notes(content={"venueid": f"thecvf.com/CVPR/{year}/Workshop/SyntaGen"})) for year in (2024, 2025)]
    assert counts == [7, 10]
    control(url, reset=True, faults=[{"kind": "status", "path": "/groups", "status": 500, "times": 1}])
    assert client.session.get(client.groups_url, headers=client.headers).status_code == 500
    paper = client.get_notes(number=1, content={"venueid": "thecvf.com/CVPR/2024/Workshop/SyntaGen"})[0].id
    report = control(url, change=[{"id": paper, "note": {"content": {"title": {"value": "Changed"}}}}])
    assert client.get_note(paper).content["title"]["value"] == "Changed"
    assert report["counts"] == {"GET /groups": 1, "GET /notes": 1}
    assert report["faults"] == [{"kind": "status", "path": "/groups", "seen": 1, "struck": 1}]


def test_control_is_refused_unless_asked_for() -> None:
    process = start()
    assert process.stdout is not None
    url = json.loads(process.stdout.readline())["v2"]
    with pytest.raises(urllib.error.HTTPError, match="404"):
        control(url)
    process.terminate()
    process.communicate()


def test_process_ends_with_its_parent() -> None:
    parent = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
    process = start("--parent", str(parent.pid))
    assert process.stdout is not None
    process.stdout.readline()
    parent.communicate(b"\n")
    begun = time.monotonic()
    assert process.wait(timeout=5) == 0
    assert time.monotonic() - begun < 2
    process.communicate()


def test_unreadable_data_are_told() -> None:
    run = subprocess.run([sys.executable, "-m", "standin", "--data", "nowhere.json"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert (run.returncode, "nowhere.json" in run.stderr, run.stdout) == (1, True, "")


def test_invented_venue_is_of_the_promised_size() -> None:
    store = build_invented(20)
    papers = [note for note in store.notes.values() if note["id"] == note["forum"]]
    reviews = [note for note in store.notes.values() if "review" in note["content"]]
    assert (len(papers), len(reviews), len(store.notes)) == (20, 60, 100)
    assert all(1500 <= len(note["content"]["abstract"]["value"]) < 1700 for note in papers)
    assert all(800 <= len(note["content"]["review"]["value"]) < 1000 for note in reviews)
    assert {len(note["content"]["authors"]["value"]) for note in papers} == {4}
    assert len({note["content"]["abstract"]["value"] for note in papers}) == 20
    assert build_invented(20).to_json() == store.to_json()


@pytest.mark.parametrize("unified", [False, True])
def test_hostile_venue_keeps_every_title_as_it_is(unified: bool) -> None:
    store = build_hostile(unified_authors=unified)
    papers = [note for note in store.notes.values() if note["id"] == note["forum"]]
    assert [note["content"]["title"]["value"] for note in papers[:-1]] == list(TITLES)
    assert len(papers[-1]["content"]["authors"]["value"]) == 60
    assert ("authorids" in papers[0]["content"]) is not unified
    assert json.loads(json.dumps(store.to_json())) == store.to_json()


def test_standin_imports_the_standard_library_only() -> None:
    names: set[str] = set()
    for path in (ROOT / "standin").glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                names |= {alias.name.split(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module:
                names.add(node.module.split(".")[0])
    assert names - set(sys.stdlib_module_names) == {"standin"}
