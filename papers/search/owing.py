"""What accepted papers still owe, as far as the data can tell."""

from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import Q

from papers.models import Author, Track
from papers.search.asked import Asked, Known
from papers.search.deciding import accepted
from papers.search.holding import among


@dataclass(frozen=True, slots=True)
class Debt:
    """One thing that an accepted paper may owe; `lacks` is the condition that it does."""

    label: str
    lacks: Callable[[Known], Q]


def _lacks_authors(known: Known) -> Q:
    named = Author.objects.filter(paper__workshop=known.workshop).order_by()
    return Q(has_hidden_authors=True) | ~among(named)


# A stage that can tell of another debt adds it here.
DEBTS: dict[str, Debt] = {
    "camera-ready": Debt("the final files", lambda known: Q(has_upstream_camera_ready=False)),
    "copyright": Debt("a license", lambda known: Q(license="")),
    "presentation": Debt("oral, poster or the like", lambda known: Q(decision__presentation__isnull=True)),
    "track": Debt("a track", lambda known: Q(track__isnull=True)),
    "authors": Debt("authors who may be named", _lacks_authors),
    "proceedings-choice": Debt(
        "whether it goes into the proceedings", lambda known: Q(track__proceedings=Track.Proceedings.OPTION, wants_proceedings__isnull=True)
    ),
}


def find_debt(asked: Asked) -> Q:
    """Find accepted papers that owe something."""
    known = asked.known
    choices: dict[str, Callable[[], Q]] = {
        word: lambda debt=debt: accepted(known, debt.lacks(known))  # type: ignore[misc]
        for word, debt in DEBTS.items()
    }
    choices["license"] = choices["copyright"]
    choices["any"] = lambda: accepted(known, _owes_any(known))
    choices["none"] = lambda: accepted(known, ~_owes_any(known))
    return asked.choose(choices)


def _owes_any(known: Known) -> Q:
    found = Q(pk__in=())
    for debt in DEBTS.values():
        found |= debt.lacks(known)
    return found
