"""Days to begin with: sessions by kind, label and minutes."""

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Template:
    """Sessions one after the other from a time of day on."""

    name: str
    words: str
    starts: dt.time
    sessions: tuple[tuple[str, str, int], ...]

    @property
    def length(self) -> dt.timedelta:
        """Return how long all sessions take together."""
        return dt.timedelta(minutes=sum(minutes for _, _, minutes in self.sessions))


HALF_DAY = (
    ("opening", "", 10),
    ("oral", "", 40),
    ("invited-talk", "", 30),
    ("invited-talk", "", 30),
    ("break", "Coffee break", 20),
    ("invited-talk", "", 30),
    ("panel", "", 30),
    ("poster", "", 50),
)

TEMPLATES: dict[str, Template] = {
    "half-day-morning": Template(
        "Half day, morning",
        "Opening, orals, three invited talks around a break, panel, posters: 8:30 to 12:30.",
        dt.time(8, 30),
        HALF_DAY,
    ),
    "half-day-afternoon": Template(
        "Half day, afternoon",
        "Opening, orals, three invited talks around a break, panel, posters: 13:30 to 17:30.",
        dt.time(13, 30),
        HALF_DAY,
    ),
    "full-day": Template(
        "Full day",
        "Two invited talks and orals before lunch, posters, two invited talks, orals and a panel after it: 8:30 to 17:30.",
        dt.time(8, 30),
        (
            ("opening", "", 15),
            ("invited-talk", "", 45),
            ("oral", "", 60),
            ("break", "Coffee break", 30),
            ("invited-talk", "", 45),
            ("oral", "", 45),
            ("break", "Lunch", 60),
            ("poster", "", 60),
            ("invited-talk", "", 45),
            ("break", "Coffee break", 30),
            ("invited-talk", "", 45),
            ("panel", "", 45),
            ("closing", "", 15),
        ),
    ),
    "oral-block": Template("Single oral block", "One oral session: 90 min from 9:00.", dt.time(9), (("oral", "", 90),)),
}
