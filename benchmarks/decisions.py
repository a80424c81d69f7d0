"""Measures 1,000 decisions at 10,000 papers: preview, apply, undo, the threshold page; wall, CPU, statements."""

import os
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
os.environ |= {"DJANGO_SETTINGS_MODULE": "syntagen.settings", "DATABASE_URL": os.environ.get("BENCHMARK_DATABASE_URL", "")}
os.environ |= {"SYNTAGEN_LOG_LEVEL": "ERROR", "TQDM_DISABLE": "1"}
SIZE, COUNT, SINGLES, TIMES = 10_000, 1_000, 100, 3


def measure(name: str, act: Callable[[], Any], *, times: int = TIMES, between: Callable[[Any], object] | None = None) -> float:
    """Print the median of wall and CPU of an act, with its statements; return the CPU. `between` makes it repeatable."""
    from django.db import connection, reset_queries
    from django.test.utils import CaptureQueriesContext

    walls, cpus = list[float](), list[float]()
    for _ in range(times):
        begun, spent = time.perf_counter(), time.process_time()
        given = act()
        walls.append(time.perf_counter() - begun)
        cpus.append(time.process_time() - spent)
        if between:
            between(given)
    reset_queries()
    with CaptureQueriesContext(connection) as queries:
        given = act()
    if between:
        between(given)
    print(f"| {name} | {sorted(walls)[times // 2] * 1000:.0f} | {sorted(cpus)[times // 2] * 1000:.0f} | {len(queries)} |")
    return sorted(cpus)[times // 2]


def measure_bulk(workshop: Any, owner: Any, count: int) -> float:
    """Print preview, apply, undo of so many decisions, and return the CPU of applying them."""
    from papers.batches import undo_batch
    from papers.bulk_decisions import apply_decisions, preview_decisions
    from papers.decision_sources import Choice, DecisionsTable, SelectedPapers

    some = list(workshop.papers.filter(standing="active").order_by("pk")[:count])
    source = SelectedPapers(tuple(paper.pk for paper in some), Choice("accept", "poster", comment="Well done"))
    rows = "".join(f"{paper.number},accept,oral,Well done\n" for paper in some)
    table = DecisionsTable(f"number,outcome,presentation,comment\n{rows}".encode(), "decisions.csv")
    measure(f"preview of {count:,}, selected", lambda: preview_decisions(workshop, source, by=owner))
    measure(f"preview of {count:,}, from a table", lambda: preview_decisions(workshop, table, by=owner))

    def apply() -> Any:
        return apply_decisions(workshop, source, by=owner)[1]

    spent = measure(f"apply {count:,}", apply, between=lambda batch: undo_batch(batch, by=owner))
    applied = [apply()]

    def undo() -> None:
        undo_batch(applied.pop(), by=owner)

    measure(f"undo {count:,}", undo, between=lambda _: applied.append(apply()))
    undo()
    return spent


def measure_singles(workshop: Any, owner: Any) -> float:
    """Print so many decisions made one by one, and return their CPU."""
    from papers.decisions import decide_paper
    from papers.models import Decision

    some = list(workshop.papers.filter(standing="active", decision__isnull=True).order_by("pk")[:SINGLES])

    def decide() -> None:
        for paper in some:
            decide_paper(paper, outcome="reject", by=owner)

    def forget(_: Any) -> None:
        Decision.objects.filter(paper__in=some).delete()

    return measure(f"{SINGLES} decisions one by one", decide, between=forget)


def measure_pages(workshop: Any, owner: Any) -> None:
    """Print the pages, as the server makes them."""
    from django.test import Client

    client = Client(SERVER_NAME="127.0.0.1")
    client.force_login(owner)
    place = f"/w/{workshop.slug}"
    for name, address in (
        ("page: decide", f"{place}/decide/?q=dec:none"),
        ("page: what if", f"{place}/what-if/"),
        ("fragment: what if, weighted", f"{place}/what-if/?measure=weighted&level=6&scope=all"),
        ("page: preview of a threshold, all papers", f"{place}/decide/preview/?by=threshold&measure=mean&level=5.5&scope=all"),
    ):
        assert client.get(address).status_code == 200, address
        measure(name, lambda address=address: client.get(address), times=3)  # type: ignore[misc]


def main() -> None:
    """Measure in a data folder of its own."""
    from benchmarks.data_folder import open_data_folder

    with open_data_folder():
        from benchmarks.large_desk import fill_desk

        workshop, owner = fill_desk("large", SIZE)
        ratios: dict[int, float] = {}
        print("| act | wall ms | CPU ms | statements |\n|---|--:|--:|--:|")
        single = measure_singles(workshop, owner) / SINGLES
        for count in (COUNT, SIZE):
            ratios[count] = single / (measure_bulk(workshop, owner, count) / count)
        measure_pages(workshop, owner)
        told = ", ".join(f"{ratio:.0f} times for {count:,}" for count, ratio in ratios.items())
        print(f"\nCPU of one decision alone as against one in a batch, in this run: {told}.")
        print(f"\nMost memory: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB.")


if __name__ == "__main__":
    main()
