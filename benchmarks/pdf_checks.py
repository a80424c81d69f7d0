"""Measures the PDF checks: what they find in a folder with a manifest, how long they take, how they bear broken files."""

import argparse
import json
import random
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from papers.pdf_checks.findings import Report
from papers.pdf_checks.rules import RULES
from papers.pdf_checks.sandbox import check_pdf
from tests.papers.pdf_checks.mutations import mutate
from tests.papers.pdf_checks.paper_writer import make_neurips_paper, make_paper, save

TRACKS = {"full": "cvpr-full", "short": "cvpr-short", "neurips_full": "neurips-full", "neurips_short": "neurips-short"}
COMPARED = 5  # files that the peer is measured on


@dataclass(frozen=True)
class Judged:
    """A file of the manifest with what was expected and what was reported."""

    name: str
    expected: frozenset[str]
    allowed: frozenset[str]
    report: Report

    @property
    def missed(self) -> list[str]:
        return sorted(self.expected - set(self.report.codes))

    @property
    def false(self) -> list[str]:
        return sorted(set(self.report.codes) - self.expected - self.allowed)


def judge(folder: Path) -> list[Judged]:
    """Check every file of the manifest against what is declared of it."""
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    return [judge_file(folder, entry) for entry in manifest["files"]]


def judge_file(folder: Path, entry: dict[str, Any]) -> Judged:
    declared = entry.get("declared") or {}
    rules = RULES[TRACKS[entry["track"]]]
    report = check_pdf(folder / entry["file"], rules, title=declared.get("title", ""), authors=declared.get("authors", []))
    return Judged(entry["file"], frozenset(entry["violations"]), frozenset(entry["warnings"]), report)


def tell_manifest(judged: Sequence[Judged]) -> None:
    expected = sum(len(one.expected) for one in judged)
    missed = sum(len(one.missed) for one in judged)
    clean = [one for one in judged if not one.expected]
    for one in judged:
        if one.missed or one.false:
            print(f"{one.name}: missed {one.missed}, false {one.false}")
    seconds = [one.report.seconds for one in judged]
    print(f"files {len(judged)}, clean {len(clean)}, violations {expected}")
    print(f"recall {100 * (expected - missed) / max(expected, 1):.1f} %, false alarms {sum(len(one.false) for one in judged)}")
    print(f"false alarms on clean files {sum(len(one.false) for one in clean)}")
    print(f"seconds per file: median {statistics.median(seconds):.2f}, p95 {percentile(seconds, 95):.2f}, max {max(seconds):.2f}")


def percentile(values: Sequence[float], percent: int) -> float:
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, round(percent / 100 * (len(ordered) - 1)))]


def list_seeds(folder: Path | None, scratch: Path) -> list[bytes]:
    """Return the files to break: two of our own, and the small ones of the folder."""
    own = [save(make_paper().build(), scratch / "a.pdf"), save(make_neurips_paper().build(), scratch / "b.pdf")]
    others = sorted(path for path in folder.glob("*.pdf") if path.stat().st_size > 1000) if folder else []
    return [path.read_bytes() for path in [*own, *others]]


def run_mutations(count: int, seeds: Sequence[bytes], scratch: Path, threads: int) -> None:
    """Check broken files; say how they ended and how long the slowest took."""

    def run(number: int) -> tuple[str, float, int]:
        path = scratch / f"{number}.pdf"
        path.write_bytes(mutate(random.Random(number).choice(seeds), number))
        started = time.perf_counter()
        try:
            report = check_pdf(path, RULES["cvpr-full"], title="Counted Masks", authors=["Ada Author"])
            outcome = tell_outcome(report)
        except Exception as error:  # noqa: BLE001 what is counted here is exactly that
            outcome = f"raised {type(error).__name__}"
        path.unlink()
        return outcome, time.perf_counter() - started, number

    with ThreadPoolExecutor(threads) as pool:
        results = list(pool.map(run, range(count)))
    outcomes = Counter(outcome for outcome, _, _ in results)
    seconds = [taken for _, taken, _ in results]
    print(f"mutations {count}: {dict(outcomes.most_common())}")
    print(f"seconds per broken file: median {statistics.median(seconds):.2f}, p95 {percentile(seconds, 95):.2f}, max {max(seconds):.2f}")
    print("broke the worker:", [number for outcome, _, number in results if outcome.startswith(("worker", "raised"))][:50])


def tell_outcome(report: Report) -> str:
    for finding in report.findings:
        if "broke the checker" in finding.message:
            return "worker ended early"
        if "took longer" in finding.message:
            return "stopped by time"
        if "more memory" in finding.message:
            return "stopped by memory or processor time"
    return "unreadable" if {"unreadable", "not_a_pdf"} & set(report.codes) else "checked"


def measure_peer(peer: Path, folder: Path) -> None:
    """Compare processor seconds with aclpubcheck on some files, the start of the interpreter included on both sides."""
    paths = sorted(path for path in folder.glob("*.pdf") if path.stat().st_size > 100_000)
    for path in paths[:: max(1, len(paths) // COMPARED)]:
        with tempfile.TemporaryDirectory() as scratch:
            command = [str(peer), "--paper_type", "long", str(path)]
            ours = spend(partial(check_pdf, path, RULES["cvpr-full"]))
            theirs = spend(partial(subprocess.run, command, cwd=scratch, capture_output=True, check=False))
        print(f"{path.name}: ours {ours:.2f} CPU s, aclpubcheck {theirs:.2f} CPU s, {100 * ours / theirs:.0f} %")


def spend(run: Callable[[], object]) -> float:
    """Return the processor seconds of the processes that a call starts."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    run()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def read_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, nargs="?", help="PDF files with a manifest.json")
    parser.add_argument("--mutations", type=int, default=2000)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--peer", type=Path, help="the program aclpubcheck, to be measured on the same files")
    return parser.parse_args()


def main() -> None:
    arguments = read_arguments()
    if arguments.folder:
        tell_manifest(judge(arguments.folder))
    if arguments.folder and arguments.peer:
        measure_peer(arguments.peer, arguments.folder)
    with tempfile.TemporaryDirectory() as scratch:
        seeds = list_seeds(arguments.folder, Path(scratch))
        if arguments.mutations:
            run_mutations(arguments.mutations, seeds, Path(scratch), arguments.threads)


if __name__ == "__main__":
    main()
