"""Measures the import against merely fetching: one run, same data, at 1,000 and 10,000 papers with three reviews each."""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
SIZES = (1000, 10_000)
ACCOUNT = "chair@syntagen.example"
ENVIRONMENT = {"NO_PROXY": "127.0.0.1", "TQDM_DISABLE": "1", "SYNTAGEN_LOG_LEVEL": "ERROR", "DATABASE_URL": ""}
ENVIRONMENT |= {"OPENREVIEW_USERNAME": ACCOUNT, "OPENREVIEW_PASSWORD": "loopback-only"}

FETCH = """
import json, resource, sys, time
from openreview.api import OpenReviewClient
begun = time.perf_counter()
client = OpenReviewClient(baseurl=sys.argv[1], username="chair@syntagen.example", password="loopback-only")
sent = []
client.session.hooks["response"].append(lambda response, *_, **__: sent.append(response.url))
notes = client.get_all_notes(invitation=sys.argv[2] + "/-/Submission", details="replies")
seconds = time.perf_counter() - begun
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
print(json.dumps({"papers": len(notes), "seconds": seconds, "requests": len(sent), "peak": peak}))
"""

IMPORT = """
import json, os, resource, sys, time
sys.path.insert(0, os.getcwd())
os.environ["DJANGO_SETTINGS_MODULE"] = "syntagen.settings"
import django
django.setup()
from papers.connections import find_addresses, make_connector
from papers.imports import import_submissions
from papers.models import Workshop
from papers.openreview.client import load_library
from papers.openreview.sign_in import Credentials
load_library()
workshop = Workshop.objects.get(slug="large")
begun = time.perf_counter()
credentials = Credentials(os.environ["OPENREVIEW_USERNAME"], os.environ["OPENREVIEW_PASSWORD"])
report = import_submissions(workshop, connect=make_connector(find_addresses(sys.argv[1]), credentials))
seconds = time.perf_counter() - begun
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
told = {"created": report.created, "updated": report.updated, "unchanged": report.unchanged}
print(json.dumps({"seconds": seconds, "requests": report.requests, "peak": peak, **told}))
"""

PREPARE = """
import os, sys
sys.path.insert(0, os.getcwd())
os.environ["DJANGO_SETTINGS_MODULE"] = "syntagen.settings"
import django
django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0)
from tests.factories import make_workshop
from papers.models import FieldMapping, MappedValue
workshop = make_workshop("large", venue_id=sys.argv[1])
rule = FieldMapping.objects.create(workshop=workshop, target="decision", source="decision")
for text, kind in (("Accept (Oral)", "oral"), ("Accept (Poster)", "poster")):
    MappedValue.objects.create(mapping=rule, value=text, meaning={"outcome": "accept", "presentation": kind})
MappedValue.objects.create(mapping=rule, value="Reject", meaning={"outcome": "reject"})
"""


def run(code: str, *arguments: str, folder: str) -> Any:
    """Run a measurement in a process of its own; return what it tells."""
    environment = {**os.environ, **ENVIRONMENT, "SYNTAGEN_DATA_DIR": folder}
    done = subprocess.run([sys.executable, "-c", code, *arguments], cwd=ROOT, env=environment, check=True, stdout=subprocess.PIPE)
    return json.loads(done.stdout.splitlines()[-1]) if done.stdout.strip() else None


def measure(size: int, *, is_warm: bool) -> str:
    """Return a line of the table."""
    warm = ["--warm", ACCOUNT] if is_warm else []
    command = [sys.executable, "-m", "standin", "--invented", str(size), "--port", "0", "--parent", str(os.getpid()), *warm]
    with tempfile.TemporaryDirectory() as folder, subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE) as standin:
        try:
            assert standin.stdout is not None
            url = json.loads(standin.stdout.readline())["v2"]
            venue = "invented.example/2026/Workshop/Large"
            run(PREPARE, venue, folder=folder)
            fetched = run(FETCH, url, venue, folder=folder)
            first, second = (run(IMPORT, url, folder=folder) for _ in range(2))
        finally:
            standin.terminate()
    assert (first["created"], second["unchanged"]) == (size, size)
    return " | ".join([
        f"| {size:,} {'serialized beforehand' if is_warm else 'serialized on request'}",
        *(f"{told['seconds']:.2f}" for told in (fetched, first, second)),
        *(f"{told['seconds'] / fetched['seconds']:.1f}" for told in (first, second)),
        str(fetched["requests"]), str(first["requests"]), str(max(first["peak"], second["peak"])),
        f"{size / first['seconds']:,.0f} |",
    ])  # fmt: skip


def main() -> None:
    """Print the table: (a) the unmodified client fetches all notes with replies, (b) our import from empty, (c) again."""
    print("| papers, answers | a: fetch s | b: import s | c: again s | b / a | c / a | requests a | requests b | peak MB | papers/s |")
    print("|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|")
    for size in SIZES:
        for is_warm in (False, True):
            print(measure(size, is_warm=is_warm), flush=True)


if __name__ == "__main__":
    main()
