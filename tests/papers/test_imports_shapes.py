"""Odd submissions among good ones: each is read as far as it can be, and none stops the others."""

from typing import Any

import pytest

from papers.models import Paper, Workshop
from papers.openreview.sign_in import Credentials
from standin import Standin
from standin.hostile import CROWD, TITLES, build_hostile
from standin.hostile import VENUE as HOSTILE
from tests.papers.dumps import dump_state, dump_tables
from tests.papers.standin_venues import fill_venue, import_from, make_mapped_workshop, make_venue, serve

HOSTILE_CHAIR = Credentials("chair@syntagen.example", "loopback-only")
UNUSABLE = "OpenReview sent a submission without a usable id (number 1); it was left out."


def read_odd(row: dict[str, Any], *, drop: tuple[str, ...] = ()) -> tuple[Any, Workshop]:
    """Import a venue of three papers of which the first by id is odd."""
    venue = fill_venue(make_venue())
    by_id = sorted(venue.papers.values(), key=lambda note: note["id"])
    for number, note in enumerate(by_id, start=1):
        note["number"] = number
    workshop = make_mapped_workshop(venue.id)
    with serve(venue) as standin:
        standin.faults.add("shape", row=row, drop=drop, at=0)
        report = import_from(standin, workshop)
        before = dump_tables()
        again = import_from(standin, workshop)
        assert (again.updated, dump_tables()) == (0, before)
    return report, workshop


NO_NUMBER = "OpenReview numbers this submission '{}', which is no number; it has none here."
TITLE = "OpenReview sent this submission without a title."
ODD: list[tuple[str, dict[str, Any], dict[str, Any], list[str]]] = [
    ("number as text", {"number": "one"}, {"number": None}, [NO_NUMBER.format("one")]),
    ("number as bool", {"number": True}, {"number": None}, [NO_NUMBER.format("True")]),
    ("number huge", {"number": 10**30}, {"number": None}, [NO_NUMBER.format(10**30)]),
    ("number negative", {"number": -7}, {"number": None}, [NO_NUMBER.format("-7")]),
    ("number null", {"number": None}, {"number": None}, []),
    (
        "content a list",
        {"content": [1, 2]},
        {"title": "Untitled submission", "abstract": ""},
        ["OpenReview sent this submission without content.", TITLE],
    ),
    ("content null", {"content": None}, {"title": "Untitled submission"}, ["OpenReview sent this submission without content.", TITLE]),
    ("details a text", {"details": "none"}, {}, []),
    (
        "replies an object",
        {"details": {"replies": {"a": {}}}},
        {},
        ["OpenReview sent the replies in a shape that cannot be read; ours stay."],
    ),
    (
        "replies of nonsense",
        {"details": {"replies": [None, 7, "x", {}, {"id": 3}, {"id": "ok", "content": "x", "invitations": None}]}},
        {},
        ["OpenReview sent 5 replies without a usable id; they were left out."],
    ),
    (
        "dates of nonsense",
        {"tcdate": "soon", "cdate": None, "tmdate": 0, "mdate": -1},
        {"submitted_at": None, "changed_upstream_at": None},
        [],
    ),
    ("dates beyond time", {"tcdate": 10**18, "cdate": 10**30, "tmdate": float("inf")}, {"submitted_at": None}, []),
    ("NUL in a title", {"content": {"title": {"value": "A\x00B"}}}, {"title": "AB"}, []),
    (
        "half a surrogate",
        {"content": {"title": {"value": "A\ud800B"}, "k\udfff": {"value": "\udc00"}}},
        {"title": "A\ufffdB", "extras": {"k\ufffd": "\ufffd"}},
        [],
    ),
    ("a long title", {"content": {"title": {"value": "T" * 300}}}, {"title": "T" * 300}, []),
    ("a very long title", {"content": {"title": {"value": "Word " * 14_000}}}, {"title": ("Word " * 14_000).strip()}, []),
    ("keywords a text", {"content": {"title": {"value": "A"}, "keywords": {"value": "one, two"}}}, {"keywords": ["one", "two"]}, []),
    ("keywords an object", {"content": {"title": {"value": "A"}, "keywords": {"value": {"a": 1}}}}, {"keywords": []}, []),
    ("not a number", {"content": {"title": {"value": "A"}, "score": {"value": [float("nan"), 1]}}}, {"extras": {"score": [None, 1]}}, []),
    ("readers an object", {"readers": {"everyone": True}}, {"is_public_upstream": False}, []),
    ("invitations a text", {"invitations": "x"}, {}, []),
    ("license a list", {"license": ["CC"] * 40}, {"license": str(["CC"] * 40)[:60]}, []),
]


@pytest.mark.parametrize(("row", "expected", "sentences"), [case[1:] for case in ODD], ids=[case[0] for case in ODD])
def test_odd_submission_is_read_as_far_as_it_can_be(db: None, row: dict[str, Any], expected: dict[str, Any], sentences: list[str]) -> None:
    report, workshop = read_odd(row)
    assert (report.created, [problem["sentence"] for problem in report.problems]) == (3, sentences)
    paper = workshop.papers.order_by("note_id")[0]
    assert {name: getattr(paper, name) for name in expected} == expected


@pytest.mark.parametrize("note_id", [None, 7, "", "x" * 101, ["a"], "a\x00b", "ä"])
def test_submission_without_usable_id_is_left_out_and_said(db: None, note_id: Any) -> None:
    report, workshop = read_odd({"id": note_id})
    assert (report.created, workshop.papers.count()) == (2, 2)
    assert [problem["sentence"] for problem in report.problems] == [UNUSABLE]


def test_submission_without_id_at_all_is_left_out_and_said(db: None) -> None:
    report, _ = read_odd({}, drop=("id",))
    assert (report.created, [problem["sentence"] for problem in report.problems]) == (2, [UNUSABLE])


def test_odd_last_row_does_not_lead_the_walk_astray(db: None) -> None:
    """Without a count the walk asks again, behind the last usable id, and then the row is whole."""
    venue = fill_venue(make_venue())
    workshop = make_mapped_workshop(venue.id)
    with serve(venue) as standin:
        standin.faults.add("shape", row={"id": None}, at=2)
        standin.faults.add("no_count")
        report = import_from(standin, workshop)
    assert (report.created, len(report.problems)) == (3, 1)


def read_hostile(standin: Standin, slug: str) -> Workshop:
    workshop = make_mapped_workshop(HOSTILE, slug=slug)
    report = import_from(standin, workshop, credentials=HOSTILE_CHAIR)
    assert (report.created, report.conflicts) == (len(TITLES) + 1, [])
    return workshop


@pytest.mark.parametrize("unified_authors", [False, True])
def test_hostile_venue_comes_through_and_stays(db: None, unified_authors: bool) -> None:
    with serve(build_hostile(unified_authors=unified_authors)) as standin:
        workshop = read_hostile(standin, "hostile")
        before = dump_tables()
        report = import_from(standin, workshop, credentials=HOSTILE_CHAIR)
    assert (report.unchanged, dump_tables()) == (len(TITLES) + 1, before)
    titles = list(workshop.papers.order_by("number").values_list("title", flat=True))
    assert titles[0] == TITLES[0]
    assert titles[4] == "<script>alert('title')</script><img src=x onerror=alert(1)>"
    assert titles[13] == "Controls [31m and line paragraph"
    assert titles[14] == "Line one line two line three"
    assert titles[17] == "Café résumé in NFD"
    assert titles[24:27] == ["NA", "None", "null"]
    assert [author.name for author in workshop.papers.get(number=len(TITLES) + 1).authors.all()] == list(CROWD)


def test_both_author_encodings_give_the_same_papers(db: None) -> None:
    states = []
    for unified_authors in (False, True):
        with serve(build_hostile(unified_authors=unified_authors)) as standin:
            workshop = read_hostile(standin, f"hostile-{unified_authors}".lower())
            states.append([
                (paper.number, [(author.name, author.profile_id, author.email) for author in paper.authors.all()])
                for paper in workshop.papers.order_by("number")
            ])  # fmt: skip
            Paper.objects.all().delete()
            workshop.delete()
    assert states[0] == states[1]


def test_same_venue_gives_the_same_state_twice(db: None) -> None:
    states = []
    for slug in ("first", "second"):
        with serve(build_hostile()) as standin:
            workshop = read_hostile(standin, slug)
            states.append(dump_state(workshop))
            Paper.objects.all().delete()
            workshop.delete()
    assert states[0] == states[1]
