"""Which fields the submissions carry, with the values seen: what a mapping can be read from."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from papers.models import Workshop

MOST_VALUES = 12
LOOKED_AT = 500


@dataclass(frozen=True, slots=True)
class SeenField:
    """A field of the submission form; `values` are the commonest with their counts, none where they are all different."""

    name: str
    count: int
    values: tuple[tuple[str, int], ...]


def list_seen_fields(workshop: Workshop) -> list[SeenField]:
    """Return the form fields of the first 500 papers, by name."""
    counters: dict[str, Counter[str]] = {}
    for extras in workshop.papers.order_by("number", "id").values_list("extras", flat=True)[:LOOKED_AT]:
        for name, value in extras.items():
            counters.setdefault(name, Counter())[_show(value)] += 1
    return [
        SeenField(
            name,
            sum(counter.values()),
            tuple(sorted(counter.items(), key=lambda pair: (-pair[1], pair[0]))[:6]) if len(counter) <= MOST_VALUES else (),
        )
        for name, counter in sorted(counters.items())
    ]


def _show(value: Any) -> str:
    text = ", ".join(map(str, value)) if isinstance(value, list) else str(value)
    return text if len(text) <= 80 else f"{text[:79]}…"
