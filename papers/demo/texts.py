"""Invented titles, abstracts, reviews."""

import random
from typing import Any

from papers.demo import words

PAIR = 2


def invent_title(dice: random.Random, taken: set[str]) -> str:
    """Return a title as workshops on synthetic data have them, one that is not among those taken, and take it."""
    title = dice.choice(words.TITLE_FORMS).format(**_draw(dice))
    while title in taken:
        title = "{method}: {gerund} {object} for {task}".format(**_draw(dice))
    taken.add(title)
    return title


def invent_abstract(dice: random.Random) -> str:
    """Return an abstract of six sentences or so."""
    drawn = _draw(dice)
    parts = [
        dice.choice(words.OPENINGS),
        *dice.sample(words.MIDDLES, PAIR),
        dice.choice(words.FIGURES),
        *dice.sample(words.CLOSINGS, dice.choice((1, 2))),
    ]
    return " ".join(part.format(**drawn) for part in parts)


def invent_review(rating: int, confidence: int, dice: random.Random) -> dict[str, Any]:
    """Return the fields of a review that fits its rating; each says that it is invented."""
    praise = dice.sample(words.PRAISE, 2 if rating > 5 else 1)
    blame = dice.sample(words.BLAME, 1 if rating > 6 else 3)
    return {
        "summary": f"Invented review. The paper studies {dice.choice(words.OBJECTS).lower()} for {dice.choice(words.TASKS).lower()}.",
        "strengths": " ".join(praise),
        "weaknesses": " ".join(blame),
        "questions": dice.choice(words.QUESTIONS),
        "rating": f"{rating}: {words.RATING_WORDS[rating]}",
        "confidence": f"{confidence}: {words.CONFIDENCE_WORDS[confidence]}",
    }


def _draw(dice: random.Random) -> dict[str, Any]:
    name = dice.choice(words.METHOD_STARTS) + dice.choice(words.METHOD_ENDS)
    first, second = dice.sample(words.OBJECTS, PAIR)
    return {
        "method": dice.choice(words.METHOD_FORMS).format(name=name, digit=dice.randint(2, 9)),
        "gerund": dice.choice(words.GERUNDS),
        "object": first,
        "other": second,
        "task": dice.choice(words.TASKS),
        "count": dice.randint(3, 12),
        "gain": f"{dice.uniform(0.4, 9):.1f}",
    }
