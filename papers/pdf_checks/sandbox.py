"""Runs the checks in a process of their own, so that no file can take the product down."""

import json
import logging
import os
import subprocess
import sys
import time
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from papers.pdf_checks.findings import Finding, Report, read_finding, sort_findings
from papers.pdf_checks.remedies import make_finding
from papers.pdf_checks.rules import CVPR_FULL, Rules

logger = logging.getLogger(__name__)

ROOT = Path(__file__).resolve().parents[2]
STARTED = "started\n"
OUT_OF_MEMORY = 75
# Killed, processor time, file size; and how C libraries end when memory is refused them.
OVER_LIMIT = frozenset({-9, -24, -25, -6, -5, -4, OUT_OF_MEMORY})


def check_pdf(path: Path | str, rules: Rules, *, title: str = "", authors: Sequence[str] = ()) -> Report:
    """Check a file against the rules of a track, and against the registered title and authors where given.

    Never raises for what is in the file: a checker that is stopped or breaks becomes a finding.
    """
    started = time.perf_counter()
    request = {"task": "check", "path": str(Path(path).resolve()), "rules": rules.as_json(), "title": title, "authors": list(authors)}
    code, output = _run(request, rules)
    findings, facts, is_done = _read(output)
    if not is_done:
        findings.append(_explain(rules, code))
    return Report(sort_findings(one for one in findings if one.severity != "off"), facts, round(time.perf_counter() - started, 3))


def crop_finding(path: Path | str, finding: Finding, *, rules: Rules = CVPR_FULL) -> bytes:
    """Return a PNG of the finding's spot on its page; nothing when the page cannot be drawn within the limits."""
    code, output = _run({"task": "crop", "path": str(Path(path).resolve()), "rules": rules.as_json(), "finding": finding.as_json()}, rules)
    return output if code == 0 else b""


def _run(request: Mapping[str, Any], rules: Rules) -> tuple[int | None, bytes]:
    """Return the worker's exit code, or nothing when its time ran out, with what it wrote until then."""
    command = [sys.executable, "-P", "-m", "papers.pdf_checks.worker"]
    environment = {
        **{name: os.environ[name] for name in ("PATH", "LANG", "HOME", "SYSTEMROOT") if name in os.environ},
        "PYTHONPATH": str(ROOT),
    }
    try:
        done = subprocess.run(  # noqa: S603 the command is our own
            command, input=json.dumps(request).encode(), capture_output=True, timeout=rules.limits.seconds, env=environment, check=False
        )
    except subprocess.TimeoutExpired as expired:
        return None, expired.stdout or b""
    said = done.stderr.decode(errors="replace")
    if STARTED not in said:
        raise RuntimeError(f"The checker of PDF files does not start: {said[-2000:]}")
    if done.returncode and said != STARTED:
        logger.warning("The checker of PDF files ended with %s: %s", done.returncode, said[-2000:])
    return done.returncode, done.stdout


def _read(output: bytes) -> tuple[list[Finding], dict[str, Any], bool]:
    """Return the findings and facts that arrived whole, and whether they are all."""
    findings: list[Finding] = []
    facts: dict[str, Any] = {}
    is_done = False
    for document in _parse(output.split(b"\n")):
        is_done = is_done or bool(document.get("is_done"))
        findings += [read_finding(values) for values in document.get("findings", [])]
        facts |= document.get("facts", {})
    return findings, facts, is_done


def _parse(lines: Iterable[bytes]) -> Iterable[dict[str, Any]]:
    for line in lines:
        try:
            document = json.loads(line)
        except ValueError:
            continue
        if isinstance(document, dict):
            yield document


def _explain(rules: Rules, code: int | None) -> Finding:
    """Return the finding that stands for a checker that did not come to its end."""
    if code is None:
        return make_finding(rules, "resource_limit", why=f"it took longer than {rules.limits.seconds:.0f} seconds")
    if code in OVER_LIMIT:
        return make_finding(rules, "resource_limit", why="it needed more memory or processor time than a paper may")
    return make_finding(rules, "unreadable", why="its contents broke the checker, so not everything could be checked")
