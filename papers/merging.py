"""Three-way merge of one field: what upstream last said, what it says now, what we hold. Pure."""

from dataclasses import dataclass
from typing import Any

UNKNOWN = object()


@dataclass(frozen=True, slots=True)
class Merged:
    """The outcome for one field: take upstream's value, keep ours, or let a person choose."""

    takes_upstream: bool = False
    is_conflict: bool = False


KEEP = Merged()
TAKE = Merged(takes_upstream=True)
CONFLICT = Merged(is_conflict=True)


def merge_field(*, base: Any, upstream: Any, local: Any) -> Merged:
    """Decide one field from plain JSON values; `UNKNOWN` stands for a value that is not known.

    Unknown upstream keeps ours. Unchanged upstream keeps ours. Changed upstream is taken where we still
    hold the base or already the same, else it is a conflict.
    """
    if upstream is UNKNOWN or upstream == base:
        return KEEP
    if local == upstream:
        return KEEP
    if base is UNKNOWN and local in (None, "", [], {}):
        return TAKE
    if local == base:
        return TAKE
    return CONFLICT
