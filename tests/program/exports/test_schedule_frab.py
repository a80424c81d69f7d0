"""Both frab formats keep the rules of their schemas and say the same."""

import dataclasses
import datetime as dt
import json
import re
from typing import Any
from xml.etree import ElementTree

from program.exports.escaping import tidy_line
from program.exports.registry import export_listing
from program.listings import ListedSlot, Listing
from tests.program.exports.test_registry import HOSTILE, make_hostile_listing
from tests.program.listed import list_paper, list_person, list_session, list_workshop, make_listing

# The rules of schedule.xml, said anew: what an event has, in which form.
NEEDED = {"room", "title", "subtitle", "type", "date", "start", "duration", "abstract", "slug", "track"}
ALLOWED = NEEDED | {"persons", "language", "description", "links", "url"}
FORMS = {
    "date": r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d",
    "start": r"[0-2]\d:[0-5]\d",
    "duration": r"\d\d:[0-5]\d",
    "slug": r"[a-z0-9_-]+[a-z0-9]",
    "url": r"https?://.*",
}
GUID = r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"


def read_xml(listing: Listing, **options: str) -> Any:
    return ElementTree.fromstring(export_listing("schedule-frab-xml", listing, options))


def read_json(listing: Listing, **options: str) -> dict[str, Any]:
    conference: dict[str, Any] = json.loads(export_listing("schedule-frab-json", listing, options))["schedule"]["conference"]
    return conference


def make_day() -> Listing:
    """Return two days: orals with two talks of their own, a panel elsewhere, posters on the next day."""
    orals = list_session("oral", "09:00", 30, "Orals", uid="orals")
    assert orals.starts_at is not None
    first = ListedSlot("s1", "paper", paper=list_paper("A", "Ada", "Bob"), paper_key=1, starts_at=orals.starts_at, minutes=15)
    later = orals.starts_at + dt.timedelta(minutes=15)
    second = ListedSlot("s2", "winner-talk", title="Won", person=list_person("Cy"), starts_at=later, minutes=15)
    orals = dataclasses.replace(orals, held=(first, second), papers=(list_paper("A", "Ada", "Bob"),))
    panel = list_session("panel", "09:00", 90, uid="panel", room="Room 2", is_parallel=True, people=(list_person("Dot", "panelist"),))
    posters = list_session("poster", "2026-06-18T14:00", 120, "Posters", uid="posters", link="https://example.org/live")
    waiting = dataclasses.replace(list_session("other", "10:00", uid="open"), starts_at=None)
    return make_listing(sessions=(orals, panel, posters, waiting), schedule_version=3)


def find_faults(root: Any) -> list[str]:
    """Return what the schema of schedule.xml would refuse."""
    assert [child.tag for child in root][:3] == ["generator", "version", "conference"]
    events = root.findall("day/room/event")
    faults = [f"{name} twice" for name in ("id", "guid") if len({event.get(name) for event in events}) < len(events)]
    faults += ["slug twice"] if len({event.findtext("slug") for event in events}) < len(events) else []
    for event in events:
        tags = [child.tag for child in event]
        faults += [f"{tag} missing" for tag in NEEDED - set(tags)] + [f"{tag} odd" for tag in set(tags) - ALLOWED]
        faults += [f"{tag} twice" for tag in set(tags) if tags.count(tag) > 1]
        faults += [
            f"{tag}: {event.findtext(tag)}" for tag, form in FORMS.items() if not re.fullmatch(form, event.findtext(tag) or "https://")
        ]
        faults += [] if re.fullmatch(GUID, event.get("guid")) and int(event.get("id")) > 0 else ["guid"]
    return faults


def test_xml_keeps_the_rules_of_the_schema() -> None:
    for listing in (make_day(), make_hostile_listing(), make_listing()):
        for detail in ("sessions", "talks"):
            assert find_faults(read_xml(listing, detail=detail)) == []


def test_days_and_rooms_hold_what_is_on() -> None:
    root = read_xml(make_day())
    assert root.findtext("version") == "3"
    said = [
        (day.get("index"), day.get("date"), room.get("name"), [event.findtext("title") for event in room])
        for day in root.findall("day")
        for room in day
    ]
    assert said == [
        ("1", "2026-06-17", "Room 1", ["Orals"]),
        ("1", "2026-06-17", "Room 2", ["Panel discussion: Dot"]),
        ("2", "2026-06-18", "Room 1", ["Posters"]),
    ]
    assert (root.find("day").get("start"), root.find("day").get("end")) == ("2026-06-17T09:00:00-07:00", "2026-06-17T10:30:00-07:00")
    assert [event.findtext("duration") for event in root.iter("event")] == ["00:30", "01:30", "02:00"]


def test_talks_stand_for_themselves_where_asked() -> None:
    events = list(read_xml(make_day(), detail="talks").iter("event"))
    said = [(event.findtext("title"), event.findtext("start"), [person.text for person in event.iter("person")]) for event in events]
    assert said[:2] == [("A", "09:00", ["Ada", "Bob"]), ("Won", "09:15", ["Cy"])]
    assert [title for title, _, _ in said[2:]] == ["Panel discussion: Dot", "Posters"]


def test_identity_stays_when_time_and_room_change() -> None:
    listing = make_day()
    moved = dataclasses.replace(listing, sessions=tuple(dataclasses.replace(one, room="Else") for one in listing.sessions))
    before, after = ([(event.get("id"), event.get("guid")) for event in read_xml(one).iter("event")] for one in (listing, moved))
    assert before == after
    other = dataclasses.replace(listing, workshop=list_workshop(slug="other26"))
    assert {event.get("guid") for event in read_xml(other).iter("event")}.isdisjoint({guid for _, guid in before})


def test_json_says_what_xml_says() -> None:
    for listing in (make_day(), make_hostile_listing()):
        root, told = read_xml(listing), read_json(listing)
        events = [event for day in told["days"] for held in day["rooms"].values() for event in held]
        names = ("title", "start", "duration", "room", "slug", "track", "type", "date")
        assert [[event[name] for name in names] for event in events] == [
            [event.findtext(name) or "" for name in names] for event in root.iter("event")
        ]
        assert [[person["public_name"] for person in event["persons"]] for event in events] == [
            [person.text for person in event.iter("person")] for event in root.iter("event")
        ]
        assert [room["name"] for room in told["rooms"]] == list(
            dict.fromkeys(room.get("name") for room in root.iter("room") if room.get("name"))
        )


def test_hostile_text_reads_back() -> None:
    titles = [event.findtext("title") for event in read_xml(make_hostile_listing()).iter("event")]
    assert titles == [tidy_line(f"Invited talk {number}: {text}") for number, text in enumerate(HOSTILE, start=1)]
    assert b"{{" not in export_listing("schedule-frab-xml", make_hostile_listing())
