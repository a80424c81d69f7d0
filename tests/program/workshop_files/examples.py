"""A small workshop file that uses every section."""

import copy
import json
from typing import Any

Json = dict[str, Any]

SMALL: Json = {
    "slug": "things26",
    "series": {"slug": "things", "name": "Things"},
    "name": "Workshop on Counted Things",
    "short_name": "Things",
    "edition": 3,
    "year": 2026,
    "conference": "CVPR 2026",
    "starts_on": "2026-06-17",
    "zone": "America/Los_Angeles",
    "contact_email": "things26@example.org",
    "venue_id": "example.org/Things/2026",
    "links": [{"kind": "site", "url": "https://things.example.org"}],
    "tracks": [
        {"slug": "full", "name": "Full papers", "page_limit": 8, "proceedings": "option", "is_award_eligible": True},
        {"slug": "short", "name": "Short papers", "page_limit": 4},
    ],
    "presentations": [{"slug": "oral", "name": "Oral"}, {"slug": "poster", "name": "Poster"}],
    "awards": [{"slug": "best-paper", "name": "Best Paper", "presentation": "oral"}],
    "mapping": {
        "track": [{"source": "content", "key": "track", "values": {"Full": "full", "Short": "short"}}],
        "proceedings": [{"source": "content", "key": "archival", "values": {"No": False, "Yes": True}}],
        "decision": [
            {
                "source": "decision",
                "values": {"Accept (Oral)": {"outcome": "accept", "presentation": "oral"}, "Reject": {"outcome": "reject"}},
            }
        ],
    },
    "dates": [
        {"kind": "submission", "name": "Submission", "at": "2026-03-08T23:59", "zone": "AoE", "earlier": [{"at": "2026-03-01T23:59"}]},
        {"kind": "workshop", "name": "Workshop", "at": "2026-06-17"},
    ],
    "topics": ["Counting", "Things"],
    "people": [{"name": "Ada Author", "url": "https://ada.example.org"}, {"name": "Olga Organizer", "email": "olga@example.org"}],
    "roles": {"organizer": ["Olga Organizer"], "speaker": ["Ada Author", "Olga Organizer"]},
    "sponsors": [{"name": "Counters", "url": "https://counters.example.org", "logo_height": 60}],
    "sessions": [
        {"kind": "opening", "starts_at": "2026-06-17T08:30", "minutes": 10, "title": "Opening"},
        {
            "kind": "invited-talk",
            "starts_at": "2026-06-17T08:40",
            "minutes": 30,
            "title": "On counting",
            "speakers": ["Ada Author"],
        },
        {"kind": "oral", "starts_at": "2026-06-17T09:10", "papers": ["abcDEF12_-", 7, {"paper": 8, "minutes": 15}]},
    ],
    "site": {
        "url": "https://things.example.org",
        "blocks": [{"name": "accepted", "path": "index.md", "format": "accepted-markdown", "options": {"dialect": "list"}}],
    },
}
FRAME: Json = {
    "days": [{"starts_at": "2026-06-17T08:30", "ends_at": "2026-06-17T18:00"}],
    "rooms": [
        {"name": "Room 1", "capacity": 80, "kinds": ["oral"], "link": "https://one.example.org"},
        {
            "name": "Hall B",
            "closures": [{"starts_at": "2026-06-17T12:00", "ends_at": "2026-06-17T13:00", "reason": "lunch"}],
        },
    ],
    "boards": [{"first": 140, "last": 169, "prefix": "B", "rule": "paper + 50", "topic": "Counting"}],
}
HELD: list[Any] = [
    {"paper": "abcDEF12_-", "minutes": 15, "question_minutes": 3, "is_pinned": True},
    {"kind": "winner-talk", "title": "How it was won", "person": "Ada Author", "minutes": 10, "question_minutes": 2, "is_pinned": True},
    7,
    {"paper": 8, "minutes": 15, "board": 145},
]


def make_whole() -> Json:
    """Return the small file with a whole schedule."""
    document: Json = {**copy.deepcopy(SMALL), **copy.deepcopy(FRAME)}
    document["sessions"][0] |= {"is_streamed": True, "is_pinned": True, "uid": "opening", "room": "Room 1"}
    document["sessions"][2] |= {"papers": copy.deepcopy(HELD), "room": "Hall B"}
    return document


def change_small(path: str, value: Any) -> bytes:
    """Return the small file with one value set: `tracks.0.page_limit`; a value of `...` takes it out."""
    document = copy.deepcopy(SMALL)
    *steps, last = [int(step) if step.isdigit() else step for step in path.split(".")]
    place: Any = document
    for step in steps:
        place = place[step]
    if value is ...:
        del place[last]
    else:
        place[last] = value
    return json.dumps(document).encode()
