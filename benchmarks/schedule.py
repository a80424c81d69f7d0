"""Solves a public instance of conference scheduling, writes the solution for its scorer, prints the score by named part."""

import argparse
import json
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from benchmarks.schedule_instances.timed_talks import load_talk_instance  # noqa: E402
from benchmarks.schedule_instances.topic_sessions import load_topic_instance  # noqa: E402
from benchmarks.schedule_instances.workbooks import read_sheets  # noqa: E402
from program.solver.placements import Placement, Score, score_placement  # noqa: E402
from program.solver.searching import Effort, Watch  # noqa: E402
from program.solver.sessions import SessionPlan, score_plan  # noqa: E402
from program.solver.solving import solve_placement, solve_sessions  # noqa: E402


def read_arguments() -> argparse.Namespace:
    """Return what was asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--instance", type=Path, required=True, help="a workbook of the OptaPlanner or the CoSPLib family")
    parser.add_argument("--seconds", type=float, default=60, help="for all: reading, compiling, searching")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--moves", type=int, help="of each searcher; the same seed then gives the same solution")
    parser.add_argument("--out", type=Path, required=True, help="the solution, as the family's scorer reads it")
    parser.add_argument("--cache", type=Path, help="where compiled code stays between runs; else it is compiled in each")
    return parser.parse_args()


def solve(asked: argparse.Namespace, cache: Path, begun: float) -> tuple[dict[str, list[int]], Score]:
    """Return the solution with its score; tell each better one as it comes."""

    def tell(score: Score) -> None:
        print(f"{time.monotonic() - begun:7.1f} s  {_name_levels(score)}", flush=True)

    if "Talks" in read_sheets(asked.instance):
        talks = load_talk_instance(asked.instance)
        effort = Effort(asked.seconds - (time.monotonic() - begun), asked.seed, asked.moves)
        watch: Watch[Placement] = Watch(lambda found, _: tell(score_placement(talks.problem, found)))
        placement = solve_placement(talks.problem, effort, cache=cache, watch=watch)
        return talks.write_solution(placement), score_placement(talks.problem, placement)
    topics = load_topic_instance(asked.instance)
    effort = Effort(asked.seconds - (time.monotonic() - begun), asked.seed, asked.moves)
    plans: Watch[SessionPlan] = Watch(lambda found, _: tell(score_plan(topics.problem, found)))
    plan = solve_sessions(topics.problem, effort, cache=cache, watch=plans)
    return topics.write_solution(plan), score_plan(topics.problem, plan)


def _name_levels(score: Score) -> str:
    return f"{score.unplaced} unplaced, {score.hard:,} hard, {score.medium:,} medium, {score.soft:,} soft"


def main() -> None:
    """Solve, write, print."""
    begun = time.monotonic()
    asked = read_arguments()
    with tempfile.TemporaryDirectory() as folder:
        solution, score = solve(asked, asked.cache or Path(folder), begun)
    asked.out.write_text(json.dumps(solution, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    print(f"{asked.instance.stem}: {_name_levels(score)} after {time.monotonic() - begun:.1f} s")
    for name, cost in sorted(score.parts.items(), key=lambda part: -abs(part[1])):
        print(f"{cost:>14,}  {name}")


if __name__ == "__main__":
    main()
