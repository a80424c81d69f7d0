"""Measures how a conference of three days, twenty rooms and 1,200 talks is posed, filled anew, taken over."""

import os
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ |= {"DJANGO_SETTINGS_MODULE": "syntagen.settings", "SYNTAGEN_LOG_LEVEL": "ERROR"}
SECONDS = 20


def time_it(what: str, act: Callable[[], Any]) -> Any:
    """Print how long something takes on the clock and in CPU, and the most memory so far."""
    wall, cpu = time.perf_counter(), time.process_time()
    done = act()
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"| {what} | {time.perf_counter() - wall:,.2f} | {time.process_time() - cpu:,.2f} | {memory:,} |", flush=True)
    return done


def measure() -> None:
    """Print a line for each step."""
    from benchmarks.conflicts import fill
    from program.filling.asked import FillRequest
    from program.filling.posed import pose
    from program.filling.runs import keep_run, solve_run, take_over
    from program.schedules import find_schedule_conflicts

    workshop: Any = fill()
    asked = FillRequest(seconds=SECONDS)
    posed = time_it("pose", lambda: pose(workshop, asked, by=None))
    time_it("sum up what talks cost each other", posed.pose_talks)
    run = time_it(f"search, {SECONDS} s asked", lambda: solve_run(keep_run(workshop, asked, by=None)))
    time_it("take over", lambda: take_over(run, by=None))
    whole = [(seconds, soft) for seconds, hard, soft in run.told if not hard]
    print(f"\nFirst whole schedule after {whole[0][0]} s at {whole[0][1] / 100:,.0f}, best {run.found['soft'] / 100:,.0f}.")
    hard = [conflict for conflict in find_schedule_conflicts(workshop) if conflict.severity == "hard"]
    print(f"{len(run.found['places'])} talks placed, {len(hard)} hard conflicts.")


def main() -> None:
    """Measure in a data folder of its own."""
    from benchmarks.data_folder import open_data_folder

    with open_data_folder():
        print("| step | wall s | CPU s | most memory so far, MB |\n|---|--:|--:|--:|")
        measure()


if __name__ == "__main__":
    main()
