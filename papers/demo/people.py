"""Invented people at invented institutions, whose addresses are reserved for examples."""

import random
import re
from collections import Counter, defaultdict
from dataclasses import dataclass

from papers.demo.words import GIVEN_ENDS, GIVEN_STARTS, INSTITUTION_FORMS, NAME_ENDS, NAME_STARTS, PLACES
from papers.texts import fold_text

NOT_PLAIN = re.compile(r"[^a-z0-9]")
HIDDEN_SHARE = 0.06  # of the people whose mail address nobody but OpenReview knows


@dataclass(frozen=True, slots=True)
class InventedPerson:
    """Somebody who does not exist; `email` is empty where it is hidden."""

    name: str
    profile_id: str
    email: str
    institution: dict[str, str]


def list_institutions() -> tuple[dict[str, str], ...]:
    """Return the invented institutions, those that have most people first."""
    places = [(form, place) for form in INSTITUTION_FORMS for place in PLACES]
    return tuple({"name": form.format(place), "domain": f"{_fold_name(form.format(place))}.example"} for form, place in places)


def invent_people(count: int, dice: random.Random) -> dict[str, list[InventedPerson]]:
    """Return so many different people by the domain where they work; the first institutions have more of them than the last."""
    institutions = list_institutions()
    weights = [1 / (rank + 8) for rank in range(1, len(institutions) + 1)]
    homes = dice.choices(institutions, weights, k=count)
    people: dict[str, list[InventedPerson]] = defaultdict(list)
    namesakes = Counter[str]()
    for home in homes:
        name = invent_name(dice)
        slug = _fold_name(name)
        namesakes[slug] += 1
        email = f"{slug.replace('-', '.')}{namesakes[slug]}@{home['domain']}" if dice.random() >= HIDDEN_SHARE else ""
        people[home["domain"]].append(InventedPerson(name, f"~{slug.title().replace('-', '_')}{namesakes[slug]}", email, home))
    return people


def invent_name(dice: random.Random) -> str:
    """Return a name that nobody bears."""
    given = dice.choice(GIVEN_STARTS) + dice.choice(GIVEN_ENDS)
    family = dice.choice(NAME_STARTS) + dice.choice(NAME_ENDS)
    if dice.random() < 0.04:
        family = f"{family}-{dice.choice(NAME_STARTS)}{dice.choice(NAME_ENDS)}"
    if dice.random() < 0.08:
        given = f"{given} {dice.choice(GIVEN_STARTS)[0]}."
    return f"{given} {family}"


def _fold_name(name: str) -> str:
    """Return a name in plain letters with hyphens."""
    return "-".join(NOT_PLAIN.sub("", word) for word in fold_text(name).replace("ø", "o").replace("ł", "l").replace("-", " ").split())
