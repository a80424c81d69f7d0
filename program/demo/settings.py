"""The settings of an invented workshop, as its file would hold them."""

import datetime as dt
from typing import Any

from papers.demo.upstream import WORDS
from papers.demo.words import TOPICS

VENUE_START = "invented.example/"  # of every invented workshop's venue, and of no other: the domain is reserved
ZONE = "Europe/Vienna"
ABOUT = (
    "Invented. Nothing here exists: not this workshop, not its papers, not their authors, not their reviews. "
    "It was made by create_demo to show SyntaGen at work."
)
HALL, FOYER = "Hall of Examples", "Foyer of Examples"
SPEAKERS = ("Ottilie Voncastle", "Barnaby Slidewobble", "Ximena Keynotequist")
CHAIRS = ("Fenella Timepebble", "Gustav Questionbrook")
WINNER = "Hartmut Winnerling"
FAR_AWAY = {  # who speaks from elsewhere, at an hour when they are awake
    SPEAKERS[1]: {"zone": "Asia/Kolkata", "attends": "remote"},
    SPEAKERS[2]: {"zone": "America/New_York", "attends": "remote"},
}
WINNERS_TALK, WINNERS_MINUTES = "How the Invented Challenge Was Won", 15
ORAL_SHARE, POSTER_SHARE, FEWEST_ORALS, FEWEST_POSTERS = 0.04, 0.46, 2, 4
MEANINGS = {
    WORDS["oral"]: {"outcome": "accept", "presentation": "oral"},
    WORDS["poster"]: {"outcome": "accept", "presentation": "poster"},
    WORDS["reject"]: {"outcome": "reject"},
}
ORAL_MINUTES, MOST_SESSION_MINUTES = 12, 240


def write_settings(slug: str, size: int, now: dt.datetime) -> dict[str, Any]:
    """Return the settings of a workshop whose authors are to be notified tomorrow."""
    day = now.date() + dt.timedelta(days=40)
    orals, posters = max(FEWEST_ORALS, round(size * ORAL_SHARE)), max(FEWEST_POSTERS, round(size * POSTER_SHARE))
    return {
        "slug": slug,
        "series": {"slug": "invented", "name": "Invented Workshops"},
        "name": f"Invented Workshop on Synthetic Images, {size} Papers",
        "short_name": "Invented",
        "year": day.year,
        "conference": f"Invented Conference {day.year}",
        "starts_on": day.isoformat(),
        "part_of_day": "full-day",
        "mode": "hybrid",
        "place": "Quendale",
        "room": HALL,
        "zone": ZONE,
        "contact_email": "desk@invented.example",
        "about": ABOUT,
        "booktitle": f"Proceedings of the Invented Workshop on Synthetic Images {day.year}",
        "venue_id": f"{VENUE_START}{day.year}/Workshop/{slug}",
        "tracks": [
            {
                "slug": "full",
                "name": "Full papers",
                "page_limit": 8,
                "uncounted_parts": ["references"],
                "proceedings": "option",
                "is_award_eligible": True,
            },
            {"slug": "short", "name": "Short papers", "page_limit": 4, "uncounted_parts": ["references"]},
        ],
        "presentations": [
            {"slug": "oral", "name": "Oral", "capacity": orals},
            {"slug": "poster", "name": "Poster", "capacity": posters},
        ],
        "awards": [
            {"slug": "best-paper", "name": "Best Paper", "presentation": "oral"},
            {"slug": "runner-up", "name": "Best Paper Runner-up", "presentation": "oral"},
        ],
        "mapping": {"decision": [{"source": "decision", "values": MEANINGS}]},
        "topics": list(TOPICS),
        "dates": _list_dates(now),
        "people": [{"name": name, "affiliation": "Invented", **FAR_AWAY.get(name, {})} for name in (*SPEAKERS, *CHAIRS, WINNER)],
        "roles": {"speaker": list(SPEAKERS)},
        "days": [{"starts_at": f"{day}T08:30", "ends_at": f"{day}T18:00"}],
        "rooms": [
            {"name": HALL, "capacity": 400, "link": "https://stream.invented.example/hall"},
            {"name": FOYER, "kinds": ["poster", "break"]},
        ],
        "boards": [{"first": 1, "last": posters, "prefix": "P"}],
        "sessions": _list_sessions(day, orals),
    }


def _list_dates(now: dt.datetime) -> list[dict[str, Any]]:
    days = {"submission": -28, "notification": 1, "camera-ready": 8}
    names = {"submission": "Submission deadline", "notification": "Notification of authors", "camera-ready": "Camera-ready deadline"}
    return [
        {"kind": kind, "name": names[kind], "at": f"{now.date() + dt.timedelta(days=distance)}T23:59", "zone": "AoE"}
        for kind, distance in days.items()
    ]


def _list_sessions(day: dt.date, orals: int) -> list[dict[str, Any]]:
    talks = min(MOST_SESSION_MINUTES, orals * ORAL_MINUTES)
    hall, foyer = {"room": HALL, "is_streamed": True}, {"room": FOYER}
    plan: list[tuple[str, int, dict[str, Any]]] = [
        ("opening", 10, hall),
        ("invited-talk", 40, {**hall, "title": "Images Nobody Took", "speakers": [SPEAKERS[0]], "chairs": [CHAIRS[0]]}),
        ("oral", talks, {**hall, "chairs": [CHAIRS[0]]}),
        ("break", 30, {**foyer, "title": "Coffee"}),
        ("invited-talk", 40, {**hall, "title": "What a Label Is Worth", "speakers": [SPEAKERS[1]], "chairs": [CHAIRS[1]]}),
        ("poster", 90, foyer),
        ("invited-talk", 40, {**hall, "title": "A Year Without Photographs", "speakers": [SPEAKERS[2]], "chairs": [CHAIRS[1]]}),
        ("award", WINNERS_MINUTES, hall),
        ("closing", 5, hall),
    ]
    sessions, at = list[dict[str, Any]](), dt.datetime.combine(day, dt.time(9))
    for kind, minutes, more in plan:
        sessions.append({"kind": kind, "starts_at": at.strftime("%Y-%m-%dT%H:%M"), "minutes": minutes, **more})
        at += dt.timedelta(minutes=minutes)
    return sessions
