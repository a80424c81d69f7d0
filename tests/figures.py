"""Prints the figures of the code, by which the house measures itself: python -m tests.figures."""

import ast
import statistics
import sys
from collections.abc import Sequence

from tests.house.directions import find_cycles
from tests.house.shapes import find_query_verbs, list_functions
from tests.house.sources import PRODUCT, Source, read_python

AIMS = {
    "file length, median / p90 / max": "80 / 200 / 400",
    "function length, median / p90 / max": "9 / 24 / 60",
    "view function length, p90": "24",
    "query verbs per 100 view functions": "5",
    "annotated functions, %": "95",
    "import cycles": "0",
    "duplicate lines, %": "1",
    "test lines per code line": "1.0 to 1.8",
}
WINDOW = 6


def count_lines(source: Source) -> int:
    return len(source.text.splitlines())


def describe(numbers: Sequence[int], *, has_max: bool = True) -> str:
    """Return median, 90th percentile and maximum."""
    if not numbers:
        return "-"
    ordered = sorted(numbers)
    figures = [round(statistics.median(ordered)), ordered[max(0, -(-len(ordered) * 9 // 10) - 1)]]
    return " / ".join(map(str, [*figures, ordered[-1]] if has_max else figures))


def is_annotated(function: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    """Return whether every argument but self and cls, and what comes back, has a type."""
    words = [*function.args.posonlyargs, *function.args.args, *function.args.kwonlyargs, function.args.vararg, function.args.kwarg]
    typed = all(word.annotation for word in words if word and word.arg not in {"self", "cls"})
    return typed and function.returns is not None


def measure_duplicates(sources: Sequence[Source]) -> float:
    """Return the percentage of lines in runs of six or more that stand elsewhere too; imports and blank lines left out."""
    places: dict[tuple[str, ...], list[tuple[int, int]]] = {}
    total = 0
    for number, source in enumerate(sources):
        stripped = (line.strip() for line in source.text.splitlines())
        lines = [line for line in stripped if line and not line.startswith(("import ", "from ", "#"))]
        total += len(lines)
        for start in range(len(lines) - WINDOW + 1):
            places.setdefault(tuple(lines[start : start + WINDOW]), []).append((number, start))
    doubled = {(number, start + step) for found in places.values() if len(found) > 1 for number, start in found for step in range(WINDOW)}
    return 100 * len(doubled) / max(total, 1)


def measure() -> dict[str, str]:
    """Return every figure of the product."""
    code = read_python(*PRODUCT, "")
    views = [source for source in code if "/views/" in source.path]
    functions = [pair for source in code for pair in list_functions(source)]
    in_views = [pair for source in views for pair in list_functions(source)]
    verbs = sum(len(find_query_verbs(source)) for source in views)
    code_lines = sum(map(count_lines, code))
    written = [source for source in code if source.text.strip()]
    return {
        "file length, median / p90 / max": describe([count_lines(source) for source in written]),
        "function length, median / p90 / max": describe([count for _, count in functions]),
        "view function length, p90": describe([count for _, count in in_views], has_max=False).rpartition(" ")[2],
        "query verbs per 100 view functions": f"{100 * verbs / max(len(in_views), 1):.0f}",
        "annotated functions, %": f"{100 * sum(is_annotated(node) for node, _ in functions) / len(functions):.0f}",
        "import cycles": str(len(find_cycles(code))),
        "duplicate lines, %": f"{measure_duplicates(code):.1f}",
        "test lines per code line": f"{sum(map(count_lines, read_python('tests'))) / code_lines:.1f}",
    }


def main() -> int:
    """Print the table in Markdown."""
    figures = measure()
    rows = [f"| {name} | {figures[name]} | {aim} |" for name, aim in AIMS.items()]
    sys.stdout.write("\n".join(["| figure | now | aim |", "|---|--:|--:|", *rows]) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
