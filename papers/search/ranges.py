"""Numbers as a term compares with them."""

import math
import re
from dataclasses import dataclass

from django.db.models import Q

from papers.search.asked import Asked

PLAIN = re.compile(r"(-?[0-9]{1,7}(?:[.,][0-9]{1,4})?)")
SPAN = re.compile(r"([0-9]{1,7}(?:\.[0-9]{1,4})?)(?:\.\.|…|-|–)([0-9]{1,7}(?:\.[0-9]{1,4})?)")
# Means are binary fractions: without this, a mean of 6 might not be 6.
HAIR = 1e-6


@dataclass(frozen=True, slots=True)
class Span:
    """What lies between two numbers; an end that is infinite is open."""

    low: float
    high: float

    def of(self, name: str) -> Q:
        """Return the condition that the field lies inside."""
        inside = Q()
        if self.low > -math.inf:
            inside &= Q(**{f"{name}__gte": self.low})
        if self.high < math.inf:
            inside &= Q(**{f"{name}__lte": self.high})
        return inside

    def holds(self, number: float) -> bool:
        """Tell whether `number` lies inside."""
        return self.low <= number <= self.high


def read_span(asked: Asked, *, digits: int = 0) -> Span:
    """Return what the operator and the number of a term ask for; a number is met when it agrees to `digits` after the point."""
    found = SPAN.fullmatch(asked.word) if asked.term.operator == ":" else None
    if found:
        low, high = float(found[1]), float(found[2])
        if low > high:
            raise asked.blame(
                f"“{asked.value.text}” runs backwards; did you mean {found[2]}..{found[1]}?", better=f"{found[2]}..{found[1]}"
            )
        return Span(low - HAIR, high + HAIR)
    plain = PLAIN.fullmatch(asked.word)
    if plain is None:
        raise asked.blame(
            f"“{asked.term.key}” compares with a number, as in {asked.term.key}>=3 or {asked.term.key}:3..5; “{asked.value.text}” is none."
        )
    number = float(plain[1].replace(",", "."))
    match asked.term.operator:
        case ">":
            return Span(number + HAIR, math.inf)
        case ">=":
            return Span(number - HAIR, math.inf)
        case "<":
            return Span(-math.inf, number - HAIR)
        case "<=":
            return Span(-math.inf, number + HAIR)
        case _:
            width = 0.5 * 10**-digits if digits else HAIR
            return Span(number - width, number + width)
