"""What the plain pages of a schedule's sessions, places and frame show: the draft as the editor gets it, sorted for forms."""

import json
from collections.abc import Iterable
from typing import Any

from django.http import Http404

from papers.sight import Sight
from program.drafts import describe_draft
from program.listings.wording import KIND_WORDS
from program.moves import TEMPLATES

PARTS = (("speaker", "Speaker"), ("panelist", "Panelist"), ("moderator", "Moderator"), ("chair", "Chair"))
SPARE_PEOPLE, SPARE_CLOSURES = 2, 1

Page = dict[str, Any]


def describe_session_page(sight: Sight, uid: str) -> Page | None:
    """Return what the page of a session shows; nothing where there is none with this key."""
    draft = describe_draft(sight)
    session = _find(draft["sessions"], uid)
    if session is None:
        return None
    slots = [_name_slot(draft, slot) for slot in draft["slots"] if slot["session"] == uid]
    tray = [paper for paper in draft["papers"] if paper["id"] in set(draft["tray"])]
    rows = [{"person": None, "part": "speaker"}] * SPARE_PEOPLE
    return {
        **_list_choices(draft),
        "session": session,
        "seen": _tell_seen([session]),
        "people_rows": [*session["people"], *rows],
        "slots": slots,
        "tray": tray,
        "others": [_name_session(other) for other in draft["sessions"] if other["uid"] != uid],
        "conflicts": _list_conflicts(draft, [uid]),
    }


def describe_slot_page(sight: Sight, uid: str) -> Page | None:
    """Return what the page of a place in a session shows; nothing where there is none that may be known."""
    draft = describe_draft(sight)
    slot = _find(draft["slots"], uid)
    if slot is None or slot["is_hidden"]:
        return None
    siblings = [_name_slot(draft, one) for one in draft["slots"] if one["session"] == slot["session"]]
    session = _find(draft["sessions"], slot["session"])
    return {
        **_list_choices(draft),
        "slot": _name_slot(draft, slot),
        "paper": _find_paper(draft, slot["paper"]),
        "session": session,
        "place": [one["uid"] for one in siblings].index(uid) + 1,
        "siblings": [one for one in siblings if one["uid"] != uid and not one["is_hidden"]],
        "seen": _tell_seen([slot]),
        "conflicts": _list_conflicts(draft, [uid, f"paper-{slot['paper']}"]),
    }


def describe_paper_page(sight: Sight, key: int) -> Page:
    """Return what the page of a paper in the tray shows; a paper that must not be known is not there."""
    draft = describe_draft(sight)
    paper = _find_paper(draft, key)
    if paper is None or not (paper["is_placed"] or key in draft["tray"]):
        raise Http404
    placed = [_find(draft["sessions"], slot["session"]) for slot in draft["slots"] if slot["paper"] == key]
    return {**_list_choices(draft), "paper": paper, "placed": placed, "conflicts": _list_conflicts(draft, [f"paper-{key}"])}


def describe_additions(sight: Sight) -> Page:
    """Return what can be added: a session, a template with the sessions that it brings."""
    templates = [
        {
            "key": key,
            "name": template.name,
            "words": template.words,
            "starts": f"{template.starts:%H:%M}",
            "sessions": [(label or KIND_WORDS[kind], minutes) for kind, label, minutes in template.sessions],
        }
        for key, template in TEMPLATES.items()
    ]
    rows = [{"person": None, "part": "speaker"}] * SPARE_PEOPLE
    return {**_list_choices(describe_draft(sight)), "layouts": templates, "people_rows": rows}


def describe_frame(sight: Sight) -> Page:
    """Return days, rooms and boards with what may be changed of them."""
    draft = describe_draft(sight)
    spare = [{"starts": "", "ends": "", "reason": ""}] * SPARE_CLOSURES
    rooms = [{**room, "rows": [*room["closures"], *spare], "seen": _tell_seen([room])} for room in draft["rooms"]]
    days = [
        {**day, "clock_starts": day["starts"][11:16], "clock_ends": day["ends"][11:16], "seen": _tell_seen([day])} for day in draft["days"]
    ]
    boards = [{**one, "seen": _tell_seen([one])} for one in draft["boards"]]
    return {**_list_choices(draft), "rooms": rooms, "days": days, "boards": boards, "spare": spare}


def _describe_day(day: Page) -> Page:
    clocks = {"clock_starts": day["starts"][11:16], "clock_ends": day["ends"][11:16]}
    return {**day, **clocks, "seen": _tell_seen([day])}


def _list_choices(draft: Page) -> Page:
    """Return what forms choose from: dates, rooms, kinds, people, sessions, parts."""
    dates = {day["on"] for day in draft["days"]} | {session["starts"][:10] for session in draft["sessions"] if session["starts"]}
    return {
        "dates": sorted(dates),
        "rooms": draft["rooms"],
        "kinds": draft["kinds"],
        "everybody": sorted(draft["people"], key=lambda person: (person["name"], person["id"])),
        "parts": PARTS,
        "sessions": [_name_session(session) for session in draft["sessions"]],
        "zone": draft["workshop"]["zone"],
    }


def _name_session(session: Page) -> Page:
    when = session["starts"].replace("T", " ") if session["starts"] else "no time"
    return {"uid": session["uid"], "words": f"{when} {session['name']}"}


def _name_slot(draft: Page, slot: Page) -> Page:
    paper = _find_paper(draft, slot["paper"])
    name = paper["title"] if paper else slot["title"] or "A paper you must not know yet"
    return {**slot, "name": name, "number": paper["number"] if paper else None}


def _list_conflicts(draft: Page, uids: Iterable[str]) -> list[Page]:
    wanted = set(uids)
    found = [conflict for conflict in draft["conflicts"] if wanted & set(conflict["uids"])]
    return [{**one, "ways": [{"words": way["words"], "moves": json.dumps(way["moves"])} for way in one["ways"]]} for one in found]


def _tell_seen(rows: Iterable[Page]) -> list[str]:
    return [f"{row['uid']}={row['revision']}" for row in rows]


def _find(rows: Iterable[Page], uid: str) -> Page | None:
    return next((row for row in rows if row["uid"] == uid), None)


def _find_paper(draft: Page, key: int | None) -> Page | None:
    return next((paper for paper in draft["papers"] if paper["id"] == key), None)
