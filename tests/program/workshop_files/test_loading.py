"""Creating and updating a workshop from its file."""

import copy
import datetime as dt
import json
from dataclasses import replace
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from papers.errors import Refusal, Refusals
from papers.models import DateChange, HistoryLine, MappedValue, Series, User, Workshop
from program.models import Organization, Person, Session, SiteTarget, Slot
from program.pending_papers import place_pending_papers
from program.workshop_files import (
    Change,
    LoadedWorkshop,
    diff_settings,
    dump_workshop,
    load_workshop_file,
    normalize_workshop_file,
    parse_workshop_file,
    read_workshop,
    try_workshop_file,
)
from tests.factories import accept, make_paper, make_user, make_workshop
from tests.program.workshop_files.examples import SMALL, change_small

pytestmark = pytest.mark.django_db
WRITES = ("INSERT", "UPDATE", "DELETE")


def load(document: Any = SMALL, by: User | None = None) -> LoadedWorkshop:
    data = document if isinstance(document, bytes) else json.dumps(document)
    return load_workshop_file(parse_workshop_file(data), by=by)


def load_small(by: User | None = None) -> Workshop:
    workshop = load(by=by).workshop
    assert workshop is not None
    return workshop


def edit_small(**sections: Any) -> dict[str, Any]:
    return {**copy.deepcopy(SMALL), **sections}


def test_new_workshop_is_created_with_one_history_line() -> None:
    olga = make_user("olga@example.org")
    loaded = load(by=olga)
    line = HistoryLine.objects.get()
    assert loaded.workshop is not None
    assert (loaded.is_new, loaded.workshop.slug) == (True, "things26")
    assert (line.action, line.by, line.field, line.after) == ("created workshop", olga, "workshop", "things26")


def test_dump_is_the_normal_form_of_what_was_loaded() -> None:
    assert dump_workshop(load_small()) == normalize_workshop_file(json.dumps(SMALL))


def test_second_load_changes_nothing_and_writes_nothing() -> None:
    load()
    with CaptureQueriesContext(
        connection,
    ) as queries:
        loaded = load()
    assert (loaded.is_new, loaded.changes) == (False, ())
    assert [query["sql"] for query in queries if query["sql"].startswith(WRITES)] == []


def test_change_is_told_and_recorded_with_both_values() -> None:
    olga = make_user("olga@example.org")
    workshop = load_small()
    loaded = load(change_small("tracks.1.page_limit", 5), by=olga)
    before = {"slug": "short", "name": "Short papers", "page_limit": 4}
    after = {**before, "page_limit": 5}
    assert loaded.changes == (Change("tracks short", before, after),)
    line = workshop.history.first()
    assert line is not None
    assert (line.action, line.field, line.before, line.after, line.by) == ("changed settings", "tracks short", before, after, olga)


def test_rows_keep_their_identity_when_their_names_stay() -> None:
    workshop = load_small()
    keys = {model: list(model.objects.order_by("pk").values_list("pk", flat=True)) for model in (Person, Session, MappedValue)}
    document = edit_small()
    document["people"][0]["title"] = "Professor"
    document["sessions"][0]["starts_at"] = "2026-06-17T08:20"
    document["sessions"][1]["title"] = "On counting things"
    document["mapping"]["track"][0]["values"]["Full"] = "short"
    load(document)
    assert {model: list(model.objects.order_by("pk").values_list("pk", flat=True)) for model in keys} == keys
    assert dump_workshop(workshop.__class__.objects.get()) == normalize_workshop_file(json.dumps(document))


def test_sessions_can_change_places() -> None:
    load()
    times = {session.title: session.pk for session in Session.objects.all()}
    document = edit_small()
    document["sessions"][0]["starts_at"] = "2026-06-17T10:00"
    load(document)
    assert {session.title: session.pk for session in Session.objects.all()} == times
    assert [session.title for session in Session.objects.in_program_order()] == ["On counting", "", "Opening"]


def test_renamed_person_is_the_same_person() -> None:
    load()
    ada = Person.objects.get(name="Ada Author")
    data = json.dumps(SMALL).replace("Ada Author", "Ada B. Author")
    load(data.encode())
    ada.refresh_from_db()
    assert ada.name == "Ada B. Author"
    assert [role.kind for role in ada.roles.all()] == ["speaker"]


def test_date_history_is_that_of_the_file() -> None:
    load()
    moved = edit_small()
    moved["dates"][0] |= {"at": "2026-03-15T23:59", "earlier": [{"at": "2026-03-01T23:59"}, {"at": "2026-03-08T23:59"}]}
    load(moved)
    assert [change.at for change in DateChange.objects.all()] == [
        dt.datetime(2026, 3, 2, 11, 59, tzinfo=dt.UTC),
        dt.datetime(2026, 3, 9, 11, 59, tzinfo=dt.UTC),
    ]
    load()
    assert [change.at for change in DateChange.objects.all()] == [dt.datetime(2026, 3, 2, 11, 59, tzinfo=dt.UTC)]


def test_what_papers_hold_cannot_go() -> None:
    workshop = load_small()
    paper = make_paper(workshop, track=workshop.tracks.get(slug="short"))
    accept(paper, "oral")
    accept(make_paper(workshop, track=workshop.tracks.get(slug="short")), "oral")
    document = edit_small(tracks=SMALL["tracks"][:1], presentations=SMALL["presentations"][1:], awards=[], mapping={})
    with pytest.raises(Refusals) as refused:
        load(document)
    assert refused.value.sentence == "The settings of Things 2026 were not changed."
    assert refused.value.reasons == [
        "$.tracks: the track “short” (Short papers) can't go: 2 papers are in it. Keep it, or move them first.",
        "$.presentations: the presentation “oral” (Oral) can't go: 2 decisions name it. Keep it, or move them first.",
    ]
    assert dump_workshop(workshop) == normalize_workshop_file(json.dumps(SMALL))


def test_track_without_papers_goes() -> None:
    workshop = load_small()
    make_paper(workshop)
    load(edit_small(tracks=SMALL["tracks"][:1], presentations=[], awards=[], mapping={}))
    assert [track.slug for track in workshop.tracks.all()] == ["full"]
    assert not workshop.presentation_kinds.exists()


def test_venue_belongs_to_one_workshop() -> None:
    make_workshop("other", venue_id="example.org/Things/2026", short_name="Others", year=2025)
    with pytest.raises(Refusals) as refused:
        load()
    assert refused.value.reasons == ["$.venue_id: “example.org/Things/2026” is the OpenReview venue of Others 2025 (other) already."]
    assert not Workshop.objects.filter(slug="things26").exists()


def test_dry_run_tells_the_same_and_writes_nothing() -> None:
    load()
    settings = parse_workshop_file(change_small("room", "Hall 7"))
    with CaptureQueriesContext(connection) as queries:
        tried = try_workshop_file(settings)
    assert tried.changes == (Change("room", None, "Hall 7"),)
    assert [query["sql"] for query in queries if query["sql"].startswith(WRITES)] == []
    assert tried.changes == load_workshop_file(settings, by=None).changes


def test_dry_run_of_a_new_workshop_has_no_workshop() -> None:
    tried = try_workshop_file(parse_workshop_file(json.dumps(SMALL)))
    assert (tried.workshop, tried.is_new, Workshop.objects.count(), Series.objects.count()) == (None, True, 0, 0)


def test_value_seen_upstream_stays_unexplained_when_its_meaning_goes() -> None:
    workshop = load_small()
    seen = dt.datetime(2026, 3, 9, tzinfo=dt.UTC)
    MappedValue.objects.filter(value="Short").update(first_seen_at=seen)
    rule = workshop.mappings.get(target="track")
    MappedValue.objects.create(mapping=rule, value="Tiny", first_seen_at=seen)
    assert dump_workshop(workshop) == normalize_workshop_file(json.dumps(SMALL))
    load(change_small("mapping.track.0.values", {}))
    assert list(rule.values.values_list("value", "meaning")) == [("Short", None), ("Tiny", None)]


def test_site_that_was_published_keeps_that_knowledge() -> None:
    workshop = load_small()
    SiteTarget.objects.update(published_digest="abc")
    load(change_small("site.blocks.0.heading", "Papers"))
    target = SiteTarget.objects.get(workshop=workshop)
    assert (target.published_digest, [block.heading for block in target.blocks.all()]) == ("abc", ["Papers"])
    load(change_small("site", ...))
    assert not SiteTarget.objects.exists()


def test_papers_wait_until_they_are_imported() -> None:
    workshop = load_small()
    paper = make_paper(workshop, note_id="abcDEF12_-", number=7)
    other = make_paper(workshop, note_id="other67890", number=8)
    result = place_pending_papers(workshop)
    assert [name for _, name in result.placed] == ["abcDEF12_-", "#8"]
    assert [name for _, name in result.waiting] == ["#7"]
    assert [(slot.paper, slot.position, slot.minutes) for slot in Slot.objects.all()] == [(paper, 1, None), (other, 3, 15)]
    assert dump_workshop(workshop) == normalize_workshop_file(json.dumps(SMALL))
    with CaptureQueriesContext(connection) as queries:
        assert place_pending_papers(workshop).placed == ()
    assert [query["sql"] for query in queries if query["sql"].startswith(WRITES)] == []


def test_papers_that_are_there_are_placed_at_once() -> None:
    workshop = load_small()
    paper = make_paper(workshop, title="On things", number=None, note_id="")
    make_paper(workshop, note_id="test000000", is_test=True)
    load(change_small("sessions.2.papers", ["title:On  things", "test000000"]))
    assert [slot.paper for slot in Slot.objects.all()] == [paper]
    load(change_small("sessions.2.papers", []))
    assert (Slot.objects.count(), Session.objects.awaiting_papers().count()) == (0, 0)


def test_slot_placed_by_hand_is_named_by_forum_id_or_number() -> None:
    workshop = load_small()
    session = Session.objects.get(kind="opening")
    named: list[dict[str, Any]] = [
        {"note_id": "abcdef0000"},
        {"note_id": "", "number": 90},
        {"note_id": "", "number": None, "title": "Odd"},
    ]
    for position, fields in enumerate(named, start=1):
        Slot.objects.create(session=session, paper=make_paper(workshop, **fields), position=position)
    assert [place.name for place in read_workshop(workshop).sessions[0].papers] == ["abcdef0000", "#90", "title:Odd"]
    assert normalize_workshop_file(dump_workshop(workshop)) == dump_workshop(workshop)


def test_series_is_shared_by_its_editions() -> None:
    load()
    load(edit_small(slug="things27", year=2027, venue_id="", series={"slug": "things", "name": "The Things"}))
    assert [(series.slug, series.name) for series in Series.objects.all()] == [("things", "The Things")]


def test_reading_a_workshop_takes_as_many_queries_however_much_is_set() -> None:
    small, large = load_small(), make_workshop("empty", venue_id="")
    counts = []
    for workshop in (small, large):
        with CaptureQueriesContext(connection) as queries:
            read_workshop(Workshop.objects.select_related("series").get(pk=workshop.pk))
        counts.append(len(queries))
    assert counts[0] - counts[1] <= 8  # prefetches of sections that are empty in the other one
    document = edit_small(people=[{"name": f"Person {count}"} for count in range(40)] + SMALL["people"])
    document["sessions"] += [
        {"kind": "panel", "starts_at": f"2026-06-18T{hour:02}:00", "panelists": ["Person 1", "Person 2"]} for hour in range(20)
    ]
    load(document)
    with CaptureQueriesContext(connection) as queries:
        read_workshop(Workshop.objects.select_related("series").get(pk=small.pk))
    assert len(queries) == counts[0]


def test_differences_are_shown_as_a_diff_of_normal_forms() -> None:
    settings = parse_workshop_file(json.dumps(SMALL))
    changed = parse_workshop_file(change_small("edition", 4))
    assert diff_settings(settings, settings) == ""
    assert diff_settings(settings, changed).splitlines()[:2] == ["--- as it is", "+++ as it will be"]
    assert [line for line in diff_settings(settings, changed).splitlines()[2:] if line[0] in "+-"] == [
        '-  "edition": 3,',
        '+  "edition": 4,',
    ]


def test_order_is_a_change_of_its_own() -> None:
    load()
    loaded = load(edit_small(tracks=[*reversed(SMALL["tracks"])]))
    assert loaded.changes == (Change("tracks order", ["full", "short"], ["short", "full"]),)


def test_stored_mistake_does_not_stand_in_the_way_of_other_changes() -> None:
    workshop = load_small()
    Organization.objects.create(workshop=workshop, kind="sponsor", name="Counters", url="https://counters.example.org", position=2)
    settings = read_workshop(workshop)
    load_workshop_file(replace(settings, room="Hall 7"), by=None)
    with pytest.raises(Refusals) as refused:
        load_workshop_file(replace(settings, topics=("Things", "Things")), by=None)
    assert refused.value.reasons == ["$.topics[1]: the same text stands at $.topics[0] already."]


def test_settings_that_somebody_else_changed_are_refused() -> None:
    workshop = load_small()
    seen = read_workshop(workshop)
    load(change_small("room", "Hall 7"))
    with pytest.raises(Refusal, match="Somebody else changed the settings in the meantime"):
        load_workshop_file(replace(seen, place="Oslo"), by=None, expected=seen)
