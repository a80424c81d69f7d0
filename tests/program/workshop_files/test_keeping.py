"""What a workshop keeps of its schedule where a file does not speak of it."""

import copy
import json
from typing import Any

import pytest

from papers.models import Workshop
from program.models import BoardRange, Day, Person, Room, RoomClosure, Session, Slot
from program.pending_papers import place_pending_papers
from program.scheduling import undo_edit
from program.workshop_files import WorkshopFileRefused, dump_workshop, load_workshop_file, normalize_workshop_file, parse_workshop_file
from tests.factories import accept, make_paper, make_user
from tests.program.workshop_files.examples import FRAME, HELD, SMALL, Json, make_whole

pytestmark = pytest.mark.django_db


def load(document: Json) -> Workshop:
    workshop = load_workshop_file(parse_workshop_file(json.dumps(document)), by=None).workshop
    assert workshop is not None
    return workshop


def normalize(document: Json) -> bytes:
    return normalize_workshop_file(json.dumps(document))


def test_whole_schedule_is_stored_and_dumped() -> None:
    workshop = load(make_whole())
    assert dump_workshop(workshop) == normalize(make_whole())
    assert json.loads(dump_workshop(workshop))["sessions"][2]["papers"] == HELD
    assert [(day.on.isoformat(), day.starts_at.hour, day.ends_at.hour) for day in Day.objects.all()] == [("2026-06-17", 15, 1)]
    assert list(Room.objects.values_list("position", "name", "capacity", "kinds", "link")) == [
        (1, "Room 1", 80, ["oral"], "https://one.example.org"),
        (2, "Hall B", None, [], ""),
    ]
    assert [(str(one.room.name), one.reason) for one in RoomClosure.objects.all()] == [("Hall B", "lunch")]
    ranges = BoardRange.objects.values_list("first", "last", "prefix", "rule", "topic")
    assert list(ranges) == [(140, 169, "B", "paper + 50", "Counting")]
    opening = Session.objects.get(uid="opening")
    assert (opening.is_streamed, opening.is_pinned, [one.uid for one in Session.objects.in_program_order()]) == (
        True,
        True,
        ["opening", "session-2", "session-3"],
    )
    talk = Slot.objects.get()
    assert (talk.kind, talk.title, talk.person, talk.position, talk.minutes, talk.question_minutes, talk.is_pinned) == (
        "winner-talk",
        "How it was won",
        Person.objects.get(name="Ada Author"),
        2,
        10,
        2,
        True,
    )


def test_awaited_papers_bring_their_board_pin_and_questions() -> None:
    workshop = load(make_whole())
    for note, number in (("abcDEF12_-", 1), ("eighth0000", 8)):
        accept(make_paper(workshop, note_id=note, number=number), "oral")
    place_pending_papers(workshop)
    slots = Slot.objects.filter(paper__isnull=False).values_list("paper__number", "question_minutes", "board", "is_pinned")
    assert list(slots) == [(1, 3, None, True), (8, None, 145, False)]
    assert dump_workshop(workshop) == normalize(make_whole())


def test_awaited_paper_hangs_nowhere_when_its_board_is_taken() -> None:
    workshop = load(make_whole())
    session = Session.objects.get(uid="session-3")
    Slot.objects.create(session=session, paper=make_paper(workshop, note_id="other12345", number=50), position=9, board=145)
    make_paper(workshop, note_id="eighth0000", number=8)
    place_pending_papers(workshop)
    assert Slot.objects.get(paper__number=8).board is None


def test_posters_can_trade_their_boards() -> None:
    document = make_whole()
    document["sessions"][2]["papers"] = [{"paper": 1, "board": 140}, {"paper": 2, "board": 141}]
    workshop = load(document)
    for number in (1, 2):
        make_paper(workshop, note_id="", number=number)
    load({**document, "room": "Elsewhere"})
    document["sessions"][2]["papers"] = [{"paper": 1, "board": 141}, {"paper": 2, "board": 140}]
    keys = set(Slot.objects.values_list("uid", flat=True))
    load(document)
    assert list(Slot.objects.values_list("paper__number", "board")) == [(1, 141), (2, 140)]
    assert set(Slot.objects.values_list("uid", flat=True)) == keys


def test_early_file_leaves_what_it_does_not_know() -> None:
    workshop = load(make_whole())
    keys = list(Slot.objects.values_list("uid", flat=True))
    early = copy.deepcopy(SMALL)
    early["sessions"][0]["title"] = "Welcome"
    early["sessions"][2]["papers"] = ["abcDEF12_-", {"paper": 8, "minutes": 20}]
    early["sessions"][2]["room"] = "Hall C"
    early["people"] = SMALL["people"][1:]
    early["roles"] = {}
    early["sessions"][1].pop("speakers")
    load(early)
    expected = {**early, **copy.deepcopy(FRAME)}
    expected["rooms"].append({"name": "Hall C"})
    expected["sessions"][0] |= {"is_streamed": True, "is_pinned": True, "uid": "opening"}
    kept = {key: value for key, value in HELD[1].items() if key != "person"}
    first = {"paper": "abcDEF12_-", "question_minutes": 3, "is_pinned": True}
    expected["sessions"][2]["papers"] = [first, kept, {"paper": 8, "minutes": 20, "board": 145}]
    assert dump_workshop(workshop) == normalize(expected)
    assert list(Slot.objects.values_list("uid", flat=True)) == keys


def test_file_that_speaks_of_the_schedule_is_complete() -> None:
    workshop = load(make_whole())
    load({**SMALL, "days": FRAME["days"], "rooms": [], "boards": []})
    document = json.loads(dump_workshop(workshop))
    assert document["sessions"][0].pop("uid") == "opening"
    assert document == json.loads(normalize({**SMALL, "days": FRAME["days"]}))


def test_rooms_that_only_sessions_name_go_with_them() -> None:
    document = copy.deepcopy(SMALL)
    document["sessions"][0]["room"] = "Room 1"
    workshop = load(document)
    document["sessions"][0]["room"] = "Room 2"
    load(document)
    assert [room.name for room in Room.objects.all()] == ["Room 2"]
    assert dump_workshop(workshop) == normalize(document)


def test_what_changes_of_the_schedule_is_one_edit_with_its_undo() -> None:
    workshop = load(SMALL)
    load(make_whole())
    edit = workshop.schedule_edits.get()
    assert {change["kind"] for change in edit.changes} == {"day", "room", "boards", "session", "slot"}
    undo_edit(edit, by=make_user("olga@example.org"))
    assert dump_workshop(workshop) == normalize(SMALL)


def test_what_stays_keeps_its_clock_times_in_another_zone() -> None:
    workshop = load(make_whole())
    load({**copy.deepcopy(SMALL), "zone": "Europe/Vienna"})
    dumped = json.loads(dump_workshop(Workshop.objects.get(pk=workshop.pk)))
    assert (dumped["days"], dumped["rooms"][1]["closures"]) == (FRAME["days"], FRAME["rooms"][1]["closures"])


def test_zone_that_never_shows_a_time_of_what_stays_is_refused() -> None:
    day = {"starts_at": "2026-03-29T02:30", "ends_at": "2026-03-29T18:00"}
    load({**copy.deepcopy(SMALL), "days": [day]})
    with pytest.raises(WorkshopFileRefused) as refused:
        load({**copy.deepcopy(SMALL), "zone": "Europe/Vienna"})
    assert [str(one).split(":")[0] for one in refused.value.mistakes] == ["$.zone"]


@pytest.mark.parametrize(
    ("section", "value", "mistake"),
    [
        (
            "days",
            [{"starts_at": "2026-06-17T08:30", "ends_at": "2026-06-17T08:30"}],
            "$.days[0].ends_at: the end does not come after the start.",
        ),
        (
            "days",
            [
                {"starts_at": "2026-06-17T08:30", "ends_at": "2026-06-17T12:30"},
                {"starts_at": "2026-06-17T13:30", "ends_at": "2026-06-17T18:30"},
            ],
            "$.days[1]: the same date stands at $.days[0] already.",
        ),
        ("days", [{"starts_at": "2026-06-17T08:30"}], "$.days[0]: “ends_at” is missing."),
        ("rooms", [{"name": "A"}, {"name": "A"}], "$.rooms[1]: the same name stands at $.rooms[0] already."),
        ("rooms", [{"name": "A", "capacity": 0}], "$.rooms[0].capacity: write a whole number of seats from 1 to 2000000000, not 0."),
        (
            "rooms",
            [{"name": "A", "closures": [{"starts_at": "2026-06-17T09:00", "ends_at": "2026-06-17T08:00"}]}],
            "$.rooms[0].closures[0].ends_at: the end does not come after the start.",
        ),
        (
            "rooms",
            [{"name": "A", "closures": [{"starts_at": "2026-06-17T09:00", "ends_at": "2026-06-17T10:00"}] * 2}],
            "$.rooms[0].closures[1]: this closed time stands above already.",
        ),
        ("boards", [{"first": 9, "last": 1}], "$.boards[0].last: the last board, 1, comes before the first, 9."),
        (
            "boards",
            [{"first": 1, "last": 9}, {"first": 9, "last": 12}],
            "$.boards[1]: these boards share numbers with those at $.boards[0].",
        ),
        (
            "boards",
            [{"first": 1, "last": 9, "rule": "odd"}],
            "$.boards[0].rule: write “paper”, “paper + 50”, or nothing for free boards in order, not “odd”.",
        ),
        ("sessions", [{"uid": "No key"}], '$.sessions[0].uid: write small letters, digits and hyphens, 40 at most, not "No key".'),
        ("sessions", [{"uid": "a"}, {"uid": "a"}], "$.sessions[1]: the same uid stands at $.sessions[0] already."),
        (
            "sessions",
            [{"papers": [{"kind": "winner-talk", "title": "Won", "person": "Ada Auther"}]}],
            "$.sessions[0].papers[0].person: “Ada Auther” is not among the people. Did you mean “Ada Author”?",
        ),
        (
            "sessions",
            [{"papers": [{"kind": "talk", "title": "Won"}]}],
            '$.sessions[0].papers[0].kind: write one of winner-talk, invited-talk, not "talk". Did you mean “winner-talk”?',
        ),
        (
            "sessions",
            [{"papers": [{"paper": 1, "board": 5}, {"paper": 2, "board": 5}]}],
            "$.sessions[0].papers[1]: the same board stands at $.sessions[0].papers[0] already.",
        ),
        (
            "sessions",
            [{"papers": [{"paper": 1, "minutes": 5, "question_minutes": 6}]}],
            "$.sessions[0].papers[0].question_minutes: 6 min of questions are more than the 5 min in all.",
        ),
    ],
)
def test_mistake_is_named_by_its_place(section: str, value: Any, mistake: str) -> None:
    with pytest.raises(WorkshopFileRefused) as refused:
        parse_workshop_file(json.dumps({**SMALL, section: value}))
    assert [str(one) for one in refused.value.mistakes] == [mistake]
