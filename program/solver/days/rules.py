"""The rules of a schedule by name, in words, with what a breach costs where nobody says otherwise."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule: must it hold, or what does a breach cost; `unit` says what is counted."""

    title: str
    words: str
    weight: int
    is_hard: bool = False
    unit: str = ""


RULES: dict[str, Rule] = {
    "placed": Rule("Everybody gets a place", "Each accepted paper stands in a session that takes its presentation.", 1, is_hard=True),
    "fits": Rule("Talks fit into their session", "The talks of a session take no longer than the session.", 1, is_hard=True),
    "kind": Rule("Sessions take their kind", "Orals go into oral sessions, posters into poster sessions.", 1, is_hard=True),
    "presenters": Rule("Nobody presents twice at once", "A presenter does not stand in two sessions at the same time.", 1, is_hard=True),
    "available": Rule("Presenters are there", "A talk lies where its presenter can be.", 1, is_hard=True),
    "pinned": Rule("Pinned papers stay", "A pinned paper stays in its session.", 1, is_hard=True),
    "order": Rule("Order", "A paper that is to come before another does.", 1, is_hard=True),
    "cohesion": Rule("Like beside like", "Papers of one session share their topic.", 4, unit="two papers with nothing in common"),
    "spread": Rule("Topics do not compete", "Papers alike do not run at the same time.", 3, unit="two papers alike in all"),
    "popularity": Rule("Room for the crowd", "Papers that many want to hear are in large rooms.", 20, unit="for 10 people without a seat"),
    "coauthors": Rule("Authors can hear each other", "Papers that share an author do not run at the same time.", 40, unit="a pair"),
    "wishes": Rule("Wishes", "Who asked for certain sessions gets one of them.", 30, unit="a paper elsewhere"),
    "load": Rule("Few talks a day", "Nobody presents in several sessions of one day.", 15, unit="a further session"),
    "companions": Rule("Talk before poster", "A paper's talk comes before its poster.", 25, unit="a pair the other way round"),
    "night": Rule("Nobody at night", "Remote presenters speak between 7:00 and 22:00 of their own day.", 60, unit="a talk at night"),
    "rooms": Rule(
        "Stay in one room", "Papers alike in sessions that follow each other are in one room.", 1, unit="two papers alike in all"
    ),
    "movement": Rule("Little moves", "What the world has seen stays where it was.", 50, unit="a paper in another session"),
}

HARD_RULES = tuple(name for name, rule in RULES.items() if rule.is_hard)
SOFT_RULES = tuple(name for name, rule in RULES.items() if not rule.is_hard)
MOST_WEIGHT = 1_000
