"""Single entries put in, taken out, moved."""

import datetime as dt
import json
from dataclasses import replace

import pytest

from papers.errors import Refusal
from program.local_times import NoSuchTime
from program.workshop_files import WorkshopSettings, check_settings, parse_workshop_file
from program.workshop_files.edits import (
    add_people,
    change_zone,
    drop_entry,
    keep_old_value,
    list_entries,
    move_entry,
    put_entry,
    set_roles,
)
from program.workshop_files.values import BlockSettings, DateSettings, PersonSettings, TrackSettings
from tests.program.workshop_files.examples import SMALL

NOW = dt.datetime(2026, 3, 5, 12, tzinfo=dt.UTC)


@pytest.fixture
def small() -> WorkshopSettings:
    return parse_workshop_file(json.dumps(SMALL))


def test_entry_is_added_at_the_end_or_replaces_another(small: WorkshopSettings) -> None:
    tiny = TrackSettings(slug="tiny", name="Tiny")
    assert [track.slug for track in put_entry(small, "tracks", None, tiny).tracks] == ["full", "short", "tiny"]
    assert [track.slug for track in put_entry(small, "tracks", 0, tiny).tracks] == ["tiny", "short"]


def test_blocks_make_a_site_where_there_is_none(small: WorkshopSettings) -> None:
    block = BlockSettings(name="accepted", path="index.md", format="venue-line")
    bare = replace(small, site=None)
    assert list_entries(bare, "blocks") == ()
    assert list_entries(put_entry(bare, "blocks", None, block), "blocks") == (block,)


def test_person_with_another_name_is_renamed_everywhere(small: WorkshopSettings) -> None:
    changed = put_entry(small, "people", 0, PersonSettings(name="Zoe Author"))
    assert [person.name for person in changed.people] == ["Olga Organizer", "Zoe Author"]
    assert (changed.roles.speaker, changed.sessions[1].speakers) == (("Zoe Author", "Olga Organizer"), ("Zoe Author",))
    assert check_settings(changed) == []


def test_person_in_a_session_stays(small: WorkshopSettings) -> None:
    with pytest.raises(Refusal, match="Ada Author has a part in “On counting”; change the session first"):
        drop_entry(small, "people", 0)
    assert check_settings(drop_entry(small, "people", 1)) == []


def test_entries_move_but_not_over_the_edge(small: WorkshopSettings) -> None:
    assert [track.slug for track in move_entry(small, "tracks", 0, 1).tracks] == ["short", "full"]
    assert move_entry(small, "tracks", 0, -1) == move_entry(small, "tracks", 1, 1) == small
    assert move_entry(small, "sessions", 0, 1) == small


def test_roles_keep_their_order(small: WorkshopSettings) -> None:
    changed = set_roles(small, "Ada Author", ["speaker", "organizer"])
    assert (changed.roles.speaker, changed.roles.organizer) == (("Ada Author", "Olga Organizer"), ("Olga Organizer", "Ada Author"))
    assert set_roles(changed, "Ada Author", []).roles.speaker == ("Olga Organizer",)


def test_only_unknown_people_are_added(small: WorkshopSettings) -> None:
    changed = add_people(small, ["Ada Author", "Bob", "Bob", ""])
    assert [person.name for person in changed.people] == ["Ada Author", "Bob", "Olga Organizer"]


def test_moved_date_keeps_its_old_value(small: WorkshopSettings) -> None:
    old = small.dates[0]
    new = replace(old, at=small.dates[1].at, note="new")
    kept = keep_old_value(old, new, changed_at=NOW)
    assert [(str(one.at), one.zone, one.changed_at) for one in kept.earlier] == [
        ("2026-03-01T23:59", "AoE", None),
        ("2026-03-08T23:59", "AoE", NOW),
    ]
    assert keep_old_value(old, replace(old, note="new"), changed_at=NOW).earlier == old.earlier


def test_date_without_a_value_leaves_no_history(small: WorkshopSettings) -> None:
    unset = DateSettings(name="Open", zone="AoE")
    assert keep_old_value(unset, replace(unset, at=small.dates[0].at), changed_at=NOW).earlier == ()


def test_candidate_days_are_kept_as_they_were_told(small: WorkshopSettings) -> None:
    old = replace(small.dates[1], until=dt.date(2026, 6, 18))
    kept = keep_old_value(old, small.dates[1], changed_at=NOW)
    assert [(str(one.at), one.note) for one in kept.earlier] == [("2026-06-17", "or June 18")]


def test_sessions_keep_their_clock_times_in_another_zone(small: WorkshopSettings) -> None:
    moved = change_zone(small, "Europe/Oslo")
    assert [str(session.starts_at) for session in moved.sessions] == [str(session.starts_at) for session in small.sessions]
    assert moved.zone == "Europe/Oslo"
    assert moved.dates == small.dates


def test_session_that_another_zone_skips_is_refused() -> None:
    document = {**SMALL, "zone": "UTC", "sessions": [{"starts_at": "2026-03-29T02:30"}]}
    with pytest.raises(NoSuchTime, match="does not exist in Europe/Oslo"):
        change_zone(parse_workshop_file(json.dumps(document)), "Europe/Oslo")
