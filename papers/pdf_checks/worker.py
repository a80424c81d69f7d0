"""Checks or draws one file as a program of its own: the request on stdin, answers on stdout, a JSON document a line."""

import gc
import json
import resource
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from papers.pdf_checks.checking import check_file
from papers.pdf_checks.crops import draw_crop
from papers.pdf_checks.findings import read_finding
from papers.pdf_checks.rules import Limits, Rules

OUT_OF_MEMORY = 75
STARTED = "started\n"  # on stderr: from here on, what goes wrong is the file's doing


def main() -> int:
    """Answer one request; the last line says that nothing is left out."""
    gc.disable()  # one file, then the process ends
    request = json.load(sys.stdin)
    rules = Rules.from_json(request["rules"])
    sys.stderr.write(STARTED)
    sys.stderr.flush()
    limit_process(rules.limits)
    try:
        if request["task"] == "crop":
            sys.stdout.buffer.write(draw_crop(Path(request["path"]), read_finding(request["finding"])))
        else:
            _answer(request, rules)
    except MemoryError:
        return OUT_OF_MEMORY
    return 0


def _answer(request: Mapping[str, Any], rules: Rules) -> None:
    for findings, facts in check_file(Path(request["path"]), rules, title=request["title"], authors=request["authors"]):
        _write({"findings": [finding.as_json() for finding in findings], "facts": facts})
    _write({"is_done": True})


def _write(document: Mapping[str, Any]) -> None:
    sys.stdout.write(json.dumps(document) + "\n")
    sys.stdout.flush()


def limit_process(limits: Limits) -> None:
    """Bound memory and processor time of this process; write no file, no core."""
    resource.setrlimit(resource.RLIMIT_AS, (limits.memory_bytes, limits.memory_bytes))
    resource.setrlimit(resource.RLIMIT_CPU, (limits.cpu_seconds, limits.cpu_seconds + 1))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))


if __name__ == "__main__":
    sys.exit(main())
