"""Measures the organizers' desk at 10,000 papers with 30,000 reviews: pages, searches, bulk decisions, undo, letters, shares."""

import os
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
os.environ |= {"DJANGO_SETTINGS_MODULE": "syntagen.settings", "SYNTAGEN_LOG_LEVEL": "ERROR", "SYNTAGEN_JOBS_IN_WEB": "no"}
os.environ |= {"DJANGO_ALLOW_ASYNC_UNSAFE": "1", "DATABASE_URL": sys.argv[1] if len(sys.argv) > 1 else ""}
SLUG, SIZE, TIMES, DECIDED, LETTERED = "desk", 10_000, 5, 1_000, 2_000
PAGES = {
    "table, by number": "papers/",
    "table, by mean": "papers/?sort=-mean",
    "table, searched and by mean": "papers/?q=rating%3E6+dec%3Anone+track%3Ashort&sort=-mean",
    "table, words searched": "papers/?q=diffusion+labels",
    "figures of all": "papers/figures/",
    "export of all as CSV": "papers/export/?format=csv",
    "what-if": "what-if/?level=6",
    "history, newest of 100,000": "history/",
    "history, words searched": "history/?words=oral",
    "history, by search for papers": "history/?q=rating%3E8",
    "history, last page": "history/?older={oldest}",
    "overview": "",
}


class Clock:
    """Prints a line for each thing done: wall, CPU, most memory so far."""

    def __init__(self) -> None:
        print("| what | wall ms | CPU ms | most memory so far, MB |\n|---|--:|--:|--:|")

    def time(self, what: str, act: Callable[[], Any], times: int = 1) -> Any:
        """Do it, several times where that changes nothing; print the medians; return what it returns."""
        runs = [self._run(act) for _ in range(times)]
        wall, spent = (sorted(column)[times // 2] for column in list(zip(*runs, strict=True))[:2])
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        print(f"| {what} | {wall:,.0f} | {spent:,.0f} | {memory} |", flush=True)
        return runs[-1][2]

    def _run(self, act: Callable[[], Any]) -> tuple[float, float, Any]:
        begun, spent = time.perf_counter(), time.process_time()
        result = act()
        return (time.perf_counter() - begun) * 1000, (time.process_time() - spent) * 1000, result


def measure_pages(clock: Clock, client: Any, workshop: Any) -> None:
    """Open each page."""
    oldest = workshop.history.order_by("at", "pk")[60].pk

    def open_page(page: str) -> None:
        response = client.get(f"/w/{SLUG}/{page}")
        assert response.status_code == 200, page
        assert len(response.getvalue() if response.streaming else response.content)

    for name, page in PAGES.items():
        clock.time(name, lambda page=page: open_page(page.replace("{oldest}", str(oldest))), TIMES)  # type: ignore[misc]


def measure_decisions(clock: Clock, workshop: Any, owner: Any) -> None:
    """Decide a thousand papers with their preview, undo it, decide once more."""
    from papers.batches import undo_batch
    from papers.bulk_decisions import apply_decisions, preview_decisions
    from papers.decision_sources import Choice, SelectedPapers

    keys = tuple(workshop.papers.active().order_by("pk").values_list("pk", flat=True)[:DECIDED])
    source = SelectedPapers(keys, Choice("reject", comment="Invented comment."))
    plan = clock.time(f"{DECIDED:,} decisions, preview", lambda: preview_decisions(workshop, source, by=owner))
    _, batch = clock.time(f"{DECIDED:,} decisions, apply", lambda: apply_decisions(workshop, source, by=owner, seen=plan.seen))
    clock.time(f"{DECIDED:,} decisions, undo", lambda: undo_batch(batch, by=owner))


def measure_shares(clock: Clock, workshop: Any, owner: Any) -> None:
    """Find conflicts of interest, share all papers among thirty members."""
    from papers.handling_batches import apply_handling
    from papers.handling_shares import balance_handling
    from papers.interest_finding import find_conflicts_of_interest
    from papers.sight import find_sight

    clock.time("conflicts of interest of 30 members", lambda: find_conflicts_of_interest(workshop, by=owner))
    sight, members = find_sight(workshop, owner), list(workshop.memberships.select_related("user"))

    def make_plan() -> Any:
        return balance_handling(sight, workshop.papers.active(), members, title="Shared")

    plan = clock.time(f"{SIZE:,} papers shared among {len(members)}, preview", make_plan)
    clock.time("the same, apply", lambda: apply_handling(workshop, make_plan, seen=plan.digest, by=owner))


def measure_letters(clock: Clock, workshop: Any, owner: Any) -> None:
    """Release decisions on as many papers as give 2,000 letters, queue them."""
    from papers.bulk_decisions import apply_decisions
    from papers.decision_sources import Choice, SelectedPapers
    from papers.decisions import release_decisions
    from papers.letters.checking import check_template
    from papers.letters.mailings import queue_mailing
    from papers.letters.templates import make_starting_templates
    from papers.sight import find_sight

    keys = tuple(workshop.papers.active().order_by("pk").values_list("pk", flat=True)[:LETTERED])
    apply_decisions(workshop, SelectedPapers(keys, Choice("reject")), by=owner, drops_refused=True)
    clock.time(f"release of {LETTERED:,} decisions", lambda: release_decisions(workshop, by=owner))
    sight = find_sight(workshop, owner)
    template = next(one for one in make_starting_templates(workshop, by=owner) if "reject" in one.query)
    template.audience = "first"
    template.save(update_fields=["audience"])
    check = clock.time(f"letters to {LETTERED:,} papers, check", lambda: check_template(template, sight=sight))
    queued = clock.time("the same, queued", lambda: queue_mailing(template, sight=sight, digest=check.digest, nonce="desk", by=owner))
    print(f"\n{queued.letters.count():,} letters wait.")


def main() -> None:
    """Measure in a data folder of its own."""
    from benchmarks.data_folder import open_data_folder

    with open_data_folder():
        from django.test import Client

        from benchmarks.desk_data import make_desk, write_long_history

        clock = Clock()
        workshop, owner = clock.time(f"create_demo --size {SIZE}", lambda: make_desk(SLUG, SIZE))
        write_long_history(workshop, owner)
        client = Client(SERVER_NAME="127.0.0.1")
        client.force_login(owner)
        measure_pages(clock, client, workshop)
        measure_decisions(clock, workshop, owner)
        measure_shares(clock, workshop, owner)
        measure_letters(clock, workshop, owner)
        measure_in_browser(client.cookies["sessionid"].value)


def measure_in_browser(session: str) -> None:
    """Let Chromium open the table, as benchmarks/table.py does it."""
    from benchmarks import table

    table.SLUG = SLUG
    table.measure_browser(session)


if __name__ == "__main__":
    main()
