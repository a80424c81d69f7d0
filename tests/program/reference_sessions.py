"""The schedule of a reference file as sessions of a workshop file."""

import datetime as dt
import re
from typing import Any

from papers.texts import fold_text
from program.local_times import NoSuchTime, read_instant
from tests.program.reference_dates import is_day
from tests.program.reference_people import PeopleBook
from tests.program.reference_values import as_dict, as_list, clean, clean_url

Json = dict[str, Any]
KINDS = {
    "opening": "opening",
    "introduction": "opening",
    "welcome": "opening",
    "invited_talk": "invited-talk",
    "keynote": "invited-talk",
    "oral": "oral",
    "oral_session": "oral",
    "spotlight": "spotlight",
    "spotlight_session": "spotlight",
    "spotlights": "spotlight",
    "contributed_talk": "contributed-talk",
    "talk": "contributed-talk",
    "poster": "poster",
    "poster_session": "poster",
    "posters": "poster",
    "panel": "panel",
    "competition": "competition",
    "winner_talk": "winner-talk",
    "tutorial": "tutorial",
    "break": "break",
    "coffee": "break",
    "coffee_break": "break",
    "lunch": "break",
    "award": "award",
    "awards": "award",
    "closing": "closing",
    "mixed": "mixed",
    "other": "other",
}
TIME = re.compile(r"(?i)\s*(\d{1,2})[:.](\d\d)(?::\d\d)?(?:\s*([ap])\.?\s?m\b)?")


def make_sessions(reference: Json, people: PeopleBook, days: list[str], zone: str) -> list[Json]:
    """Return the sessions; those of a kind that we do not know are other, with the kind as their label."""
    papers = index_papers(reference)
    entries = [as_dict(entry) for entry in as_list(reference.get("schedule")) if as_dict(entry)]
    made = [make_session(entry, people, papers, days, zone) for entry in entries]
    talks = sorted((one for one in made if one["kind"] == "invited-talk"), key=lambda one: (one["starts_at"] or "", made.index(one)))
    for number, talk in enumerate(talks, start=1):
        if talk["label"].casefold() == f"invited talk {number}":
            talk["label"] = ""
    return [{key: value for key, value in one.items() if value not in (None, "", [], False)} for one in made]


def make_session(entry: Json, people: PeopleBook, papers: dict[str, Json], days: list[str], zone: str) -> Json:
    """Return one session with every field, empty ones too."""
    stated = re.sub(r"[\s-]+", "_", clean(entry.get("kind"), 60).casefold())
    kind = KINDS.get(stated, "other")
    label, title = clean(entry.get("label"), 200), clean(entry.get("title"), 500)
    if kind == "other" and stated not in KINDS and not label:
        label = stated.replace("_", " ").capitalize()
    if not (label or title):
        label = clean(entry.get("event_cell"), 200)
    placed = find_papers(entry, kind, title, papers)
    speakers = people.find_all(entry.get("speakers") or entry.get("speaker") or "", is_list=kind not in {"invited-talk", "opening"})
    if len(placed) == 1 and kind == "contributed-talk" and is_author_list(speakers, papers[placed[0]]):
        for name in [name for name in speakers if people.people[name] == {"name": name} and not is_in_role(people, name)]:
            del people.people[name]
        speakers = []
    return {
        "kind": kind,
        "starts_at": read_start(entry, days, zone),
        "minutes": read_minutes(entry),
        "label": "" if label == title else label,
        "title": title,
        "room": clean(entry.get("room"), 200),
        "link": clean_url(entry.get("link") or entry.get("url")),
        "is_parallel": bool(entry.get("parallel")),
        "speakers": speakers,
        "panelists": people.find_all(entry.get("panelists") or "", is_list=True),
        "moderators": people.find_all(entry.get("moderators") or entry.get("moderator") or "", is_list=True),
        "papers": placed,
    }


def index_papers(reference: Json) -> dict[str, Json]:
    """Return the papers that have a forum id."""
    found = [(find_forum(as_dict(paper)), as_dict(paper)) for paper in as_list(reference.get("papers"))]
    return {forum: paper for forum, paper in found if forum}


def find_forum(paper: Json) -> str:
    """Return the forum id of a paper, stated or from its address."""
    linked = re.search(r"openreview\.net/\w+\?(?:.*&)?id=([\w-]+)", str(paper.get("url") or ""), re.ASCII)
    forum = clean(paper.get("openreview_forum_id"), 100) or (linked[1] if linked else "")
    return forum if re.fullmatch(r"[A-Za-z0-9_-]{3,100}", forum) else ""


def find_papers(entry: Json, kind: str, title: str, papers: dict[str, Json]) -> list[str]:
    """Return the forum ids of the papers that a session names by id or by title, or whose title it has."""
    given = [value for key in ("papers", "paper", "openreview_forum_id") for value in as_list(entry.get(key))]
    told = [str(value.get("openreview_forum_id") or value.get("title")) if isinstance(value, dict) else str(value) for value in given]
    if kind in {"contributed-talk", "spotlight", "oral"} and title:
        told.append(title)
    titles = {fold_text(str(paper.get("title"))): forum for forum, paper in papers.items()}
    found = [value if value in papers else titles.get(fold_text(value), "") for value in told]
    return list(dict.fromkeys(forum for forum in found if forum))


def is_author_list(speakers: list[str], paper: Json) -> bool:
    """Tell whether the speakers are all the authors of the paper."""
    authors = paper.get("authors") or []
    return isinstance(authors, list) and [clean(author, 200) for author in authors] == speakers


def is_in_role(people: PeopleBook, name: str) -> bool:
    """Tell whether somebody is more than a name in the schedule."""
    return any(name in names for names in people.roles.values())


def read_start(entry: Json, days: list[str], zone: str) -> str | None:
    """Return the local start; nothing when day or time are not known, or when clocks never show it."""
    time = TIME.match(str(entry.get("start") or entry.get("time") or ""))
    day = read_day(entry, days)
    if not time or not day:
        return None
    hour = int(time[1]) % 12 + (12 if time[3].casefold() == "p" else 0) if time[3] else int(time[1])
    told = f"{day}T{hour:02}:{time[2]}"
    try:
        read_instant(told, zone)
    except NoSuchTime:
        return None
    return told


def read_day(entry: Json, days: list[str]) -> str:
    """Return the day of a session: stated, counted from the first, or the only one."""
    for key in ("date", "day"):
        stated = entry.get(key)
        if isinstance(stated, int) and 1 <= stated <= 14 and days:
            return (dt.date.fromisoformat(days[0]) + dt.timedelta(days=stated - 1)).isoformat()
        found = re.search(r"\d{4}-\d\d-\d\d", str(stated))
        if found and is_day(found[0]):
            return found[0]
    return days[0] if days else ""


def read_minutes(entry: Json) -> int | None:
    """Return how long a session lasts: stated, or from start to end."""
    stated = entry.get("duration_min") or entry.get("minutes")
    if isinstance(stated, int) and not isinstance(stated, bool) and 0 < stated <= 10080:
        return stated
    times = [TIME.match(str(entry.get(key) or "")) for key in ("start", "end")]
    if not all(times):
        return None
    first, last = (int(time[1]) * 60 + int(time[2]) for time in times if time)
    return last - first if last > first else None
