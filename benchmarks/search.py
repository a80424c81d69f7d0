"""Measures every term of the search language at 10,000 papers with 30,000 reviews against a plain listing."""

import os
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
os.environ |= {"DJANGO_SETTINGS_MODULE": "syntagen.settings", "SYNTAGEN_LOG_LEVEL": "ERROR"}
os.environ["DATABASE_URL"] = sys.argv[1] if len(sys.argv) > 1 else ""
SIZE, TIMES = 10_000, 7
SEARCHES = """synthetic|"counted paper"|synthetic data -told or 12|#100-900|title:counted|abstract:noise|author:invented|institution:uni
keyword:synthetic|topic:synthetic|tldr:x|track:short|pres:oral|award:none|proceedings:yes|authors>=4|dec:none|dec:accept|is:active|is:underreviewed|is:mine|is:waiting
is:lettered|has:review|has:remark|owes:any|rating>6|rating-min<3|rating-max:10|spread>3|confidence<3|reviews<3|reviews>=3|recommended:accept
recommended:mixed|handled-by:me|handled-by:none|conflict:any|differs:any|letter:none|changed-since:2026-03-25|submitted-since:2026-03-25
decided-since:2026-03-20|dec:none rating>5 reviews>=3 (spread<4 or recommended:accept) -handled-by:me synthetic"""


def clock(act: Callable[[], object]) -> float:
    """Return the median of the milliseconds that the act takes."""
    spent = []
    for _ in range(TIMES):
        begun = time.perf_counter()
        act()
        spent.append((time.perf_counter() - begun) * 1000)
    return sorted(spent)[TIMES // 2]


def measure() -> None:
    """Print a line for each search: papers found, time to list their keys, and how much of a plain listing that is."""
    from django.db import connection

    from benchmarks.large_desk import fill_desk
    from papers.arrivals import put_search_text
    from papers.models import Paper
    from papers.search import complete_search, search_papers
    from papers.sight import find_sight

    workshop, owner = fill_desk("searches", SIZE)
    papers = list(Paper.objects.prefetch_related("authors"))
    for paper in papers:
        put_search_text(paper, [{"name": author.name, "institutions": [{"name": "Invented University"}]} for author in paper.authors.all()])
    Paper.objects.bulk_update(papers, ["search_text"], batch_size=500)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    sight = find_sight(workshop, owner)

    def list_keys(text: str) -> list[int]:
        return list(search_papers(sight, text).values_list("pk", flat=True))

    plain = clock(lambda: list_keys(""))
    print(f"| `` | {len(list_keys('')):,} | {plain:.0f} | 1 |")
    for text in SEARCHES.replace("\n", "|").split("|"):
        spent = clock(lambda text=text: list_keys(text))  # type: ignore[misc]
        print(f"| `{text}` | {len(list_keys(text)):,} | {spent:.0f} | {spent / plain:.1f} |")
    for text in ("tr", "keyword:synth", "author:inv", "handled-by:m"):
        spent = clock(lambda text=text: complete_search(sight, text, len(text)))  # type: ignore[misc]
        print(f"| completing `{text}` | | {spent:.0f} | {spent / plain:.1f} |")


def main() -> None:
    """Measure in a database of our own."""
    import django
    from django.core.management import call_command

    with tempfile.TemporaryDirectory() as folder:
        os.environ["SYNTAGEN_DATA_DIR"] = folder
        django.setup()
        call_command("migrate", verbosity=0)
        measure()


if __name__ == "__main__":
    main()
