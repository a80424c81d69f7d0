"""Reference files of real workshops become workshop files without mistakes, whatever they leave out."""

import copy
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from program.workshop_files import WorkshopSettings, parse_workshop_file
from tests.program.reference_files import make_workshop_file

OTHER: dict[str, Any] = {
    "name": "things23",
    "site": "https://things23.example.org",
    "page": "index.html",
    "workshop": {
        "title": "Things: 数える and Zählen",
        "short": "Things",
        "conference": "NeurIPS 2023",
        "date": "2023-12-15/2023-12-16",
        "session": "full day",
        "timezone": "AoE",
        "openreview_url": "https://openreview.net/group?id=NeurIPS.cc/2023/Workshop/Things#tab",
    },
    "tracks": ["Tiny papers"],
    "dates": [
        {"name": "Deadline", "kind": "submission", "printed": "October 6th, 2023, 11:59 PM AoE", "struck": ["September 29, 2023"]},
        {"name": "Workshop", "kind": "event", "printed": "to be announced"},
    ],
    "topics": [],
    "speakers": [{"name": "Ólafur Á. Þórsson", "affiliation": None}, {"name": "TBD"}],
    "panelists": ["山田 太郎"],
    "sponsors": [{"name": None, "url": "https:/broken"}],
    "schedule": [
        {"start": "8:55 am", "end": "9:00 am", "kind": "opening", "title": "Welcome", "date": "2023-12-15"},
        {
            "start": "09:00",
            "duration_min": 30,
            "kind": "invited_talk",
            "label": "Keynote 1",
            "title": "On things",
            "speaker": "Ólafur Þórsson",
        },
        {"start": "09:30", "kind": "talk", "title": "Counting Nothing", "speaker": "Ada Author, Bob Builder"},
        {"start": "09:45", "duration_min": 15, "kind": "contributed_talk", "title": "Unlisted", "speaker": "Cy Cypher and Di Drum"},
        {"start": "10:00", "duration_min": 60, "kind": "poster_session", "parallel": True, "room": "Hall B"},
        {"start": "10:00", "duration_min": 60, "kind": "speed_dating", "speaker": None},
        {"day": 2, "start": "01:00 pm", "kind": "panel", "panelists": ["山田 太郎", "Ólafur Á. Þórsson"], "moderator": "Eve E."},
        {"start": None, "kind": "closing", "title": "Closing"},
    ],
    "papers": [
        {
            "title": "Counting Nothing",
            "authors": ["Ada Author", "Bob Builder"],
            "openreview_forum_id": "abc123DEF",
            "presentation": "talk",
        },
        {"title": "Counting Less", "authors": "Cy Cypher", "presentation": ["spotlight", "poster"], "award": "Outstanding Paper"},
        {"title": "Counting Least", "authors": [], "presentation": None},
    ],
}  # fmt: skip


def convert(reference: dict[str, Any]) -> WorkshopSettings:
    return parse_workshop_file(json.dumps(make_workshop_file(reference)))


def read_edition(name: str) -> WorkshopSettings:
    return parse_workshop_file(Path(f"program/editions/{name}.json").read_bytes())


def test_another_workshop_keeps_its_sessions() -> None:
    found = convert(OTHER)
    assert [
        (session.kind, str(session.starts_at), session.minutes, session.label, session.title, session.is_parallel)
        for session in found.sessions
    ] == [
        ("opening", "2023-12-15T08:55", 5, "", "Welcome", False),
        ("invited-talk", "2023-12-15T09:00", 30, "Keynote 1", "On things", False),
        ("contributed-talk", "2023-12-15T09:30", None, "", "Counting Nothing", False),
        ("contributed-talk", "2023-12-15T09:45", 15, "", "Unlisted", False),
        ("poster", "2023-12-15T10:00", 60, "", "", True),
        ("other", "2023-12-15T10:00", 60, "Speed dating", "", False),
        ("panel", "2023-12-16T13:00", None, "", "", False),
        ("closing", "None", None, "", "Closing", False),
    ]


def test_another_workshop_keeps_its_people() -> None:
    found = convert(OTHER)
    assert found.sessions[1].speakers == ("Ólafur Á. Þórsson",)
    assert {person.name: person.program_name for person in found.people}["Ólafur Á. Þórsson"] == "Ólafur Þórsson"
    assert (found.sessions[2].speakers, [getattr(place, "paper", "") for place in found.sessions[2].papers]) == ((), ["abc123DEF"])
    assert found.sessions[3].speakers == ("Cy Cypher", "Di Drum")
    assert (found.sessions[6].panelists, found.sessions[6].moderators) == (("山田 太郎", "Ólafur Á. Þórsson"), ("Eve E.",))


def test_another_workshop_keeps_its_kinds_and_decisions() -> None:
    found = convert(OTHER)
    assert [one.slug for one in found.presentations] == ["talk", "spotlight"]
    assert [(award.slug, award.presentation) for award in found.awards] == [("outstanding-paper", "")]
    assert dict(found.mapping.decision[0].values) == {
        "Accept": {"outcome": "accept"},
        "Accept (Spotlight, Poster)": {"outcome": "accept", "presentation": "spotlight"},
        "Accept (Talk)": {"outcome": "accept", "presentation": "talk"},
        "Reject": {"outcome": "reject"},
    }
    assert [(track.slug, track.page_limit) for track in found.tracks] == [("tiny", None)]


def test_another_workshop_keeps_its_days() -> None:
    found = convert(OTHER)
    assert (str(found.starts_on), str(found.ends_on), found.zone, found.year, found.venue_id) == (
        "2023-12-15",
        "2023-12-16",
        "AoE",
        2023,
        "NeurIPS.cc/2023/Workshop/Things",
    )
    assert [(str(date.at), date.note, [str(one.at) for one in date.earlier]) for date in found.dates] == [
        ("2023-10-06T23:59", "", ["2023-09-29"]),
        ("None", "to be announced", []),
    ]


@pytest.mark.parametrize(
    ("printed", "at", "until"),
    [
        ("September 21th 23:59 Anywhere on Earth", "2026-09-21T23:59", None),
        ("Dec 14 or 15 (TBD)", "2026-12-14", "2026-12-15"),
        ("June 3rd - 5th", "2026-06-03", "2026-06-05"),
        ("Jan 30, 9:05 p.m.", "2026-01-30T21:05", None),
    ],
)
def test_printed_dates_are_read(printed: str, at: str, until: str | None) -> None:
    (date,) = convert({"name": "w", "workshop": {"date": "2026-12-14"}, "dates": [{"name": "Day", "printed": printed}]}).dates
    assert (str(date.at), str(date.until) if date.until else None) == (at, until)


@pytest.mark.parametrize("reference", [{}, {"workshop": None, "papers": None}, {"name": "x", "schedule": [None, 7], "papers": ["a"]}])
def test_almost_nothing_is_enough(reference: dict[str, Any]) -> None:
    assert convert(reference).slug


ODD = st.sampled_from(
    [None, "", 7, -1, 0.5, True, [], {}, ["a", None, 3], {"name": "x"}, "x" * 900, "2023-02-30", "\u202e\x07=1+1", "25:61"]
)


@given(st.data())
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_odd_values_never_make_a_mistake(data: st.DataObject) -> None:
    reference = copy.deepcopy(OTHER)
    for _ in range(data.draw(st.integers(1, 4))):
        place: Any = reference
        while True:
            keys = list(place) if isinstance(place, dict) else list(range(len(place)))
            key = data.draw(st.sampled_from(keys))
            inner = place[key]
            if not isinstance(inner, (dict, list)) or not inner or data.draw(st.booleans()):
                place[key] = copy.deepcopy(data.draw(ODD))
                break
            place = inner
    assert convert(reference).zone
