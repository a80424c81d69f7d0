"""Notes as OpenReview sends them, and the submissions that they become."""

import dataclasses
from typing import Any

import pytest

from papers.openreview.documents import make_storable
from papers.openreview.notes import normalize_note
from papers.openreview.values import read_count, read_instant, read_number
from papers.submissions import Submission, SubmittedAuthor
from tests.papers.raw_notes import MILLISECONDS, MOMENT, VENUE, V, make_note

NO_CONTENT = "OpenReview sent this submission without content."
NO_TITLE = "OpenReview sent this submission without a title."
NO_NUMBER = "OpenReview numbers this submission '{}', which is no number; it has none here."
EMPTY = {
    "number": None,
    "title": None,
    "authors": None,
    "has_hidden_authors": True,
    "venueid": "",
    "invitations": (),
    "problems": (NO_CONTENT, NO_TITLE),
}
PLAIN = Submission(
    "n1",
    number=7,
    title="A title",
    authors=(SubmittedAuthor("Ada Author", profile_id="~Ada_Author1"),),
    venueid=f"{V}/Submission",
    invitations=(f"{V}/-/Submission",),
)


NOTES: list[tuple[str, dict[str, Any], dict[str, Any]]] = [
    ("plain", make_note(), {}),
    ("dates", make_note(tcdate=MILLISECONDS, tmdate=str(MILLISECONDS)), {"submitted_at": MOMENT, "changed_at": MOMENT}),
    ("dates of nought", make_note(tcdate=0, cdate=MILLISECONDS, tmdate=None, mdate="soon"), {"submitted_at": MOMENT}),
    ("public", make_note(readers=["everyone"]), {"is_public": True}),
    ("readers of a wrong shape", make_note(readers="everyone"), {}),
    ("license", make_note(license="CC BY 4.0"), {"license": "CC BY 4.0"}),
    ("number as text", make_note(number="7"), {"number": None, "problems": (NO_NUMBER.format("7"),)}),
    ("number as bool", make_note(number=True), {"number": None, "problems": (NO_NUMBER.format("True"),)}),
    ("number negative", make_note(number=-3), {"number": None, "problems": (NO_NUMBER.format("-3"),)}),
    ("number too large", make_note(number=2**31), {"number": None, "problems": (NO_NUMBER.format("2147483648"),)}),
    ("no number", make_note(number=None), {"number": None}),
    ("no title", make_note({"title": None}), {"title": None, "problems": (NO_TITLE,)}),
    ("title of blanks", make_note({"title": " \t "}), {"title": None, "problems": (NO_TITLE,)}),
    ("title kept raw but for blanks", make_note({"title": "  $\\alpha$  {GAN}\u00a0x "}), {"title": "$\\alpha$ {GAN} x"}),
    ("title in NFD", make_note({"title": "Cafe\u0301"}), {"title": "Café"}),
    ("long title", make_note({"title": "T" * 70_000}), {"title": "T" * 70_000}),
    ("title as list", make_note({"title": ["A"]}), {"title": None, "problems": (NO_TITLE,)}),
    ("abstract with lines", make_note({"abstract": "One\r\n\r\nTwo "}), {"abstract": "One\n\nTwo"}),
    ("TLDR", make_note({"TLDR": "Short"}), {"tldr": "Short"}),
    ("TL;DR", make_note({"TL;DR": "Short"}), {"tldr": "Short"}),
    ("keywords", make_note({"keywords": ["one ", "", "two", None, 3]}), {"keywords": ("one", "two", "3")}),
    ("keywords as text", make_note({"keywords": "one, two; three"}), {"keywords": ("one", "two", "three")}),
    ("keywords as number", make_note({"keywords": 3}), {}),
    (
        "pdf",
        make_note({"pdf": "/pdf/0.pdf", "supplementary_materials": "/attachment/0.zip"}),
        {"pdf": "/pdf/0.pdf", "supplement": "/attachment/0.zip"},
    ),
    (
        "pdf address too long",
        make_note({"pdf": "h" * 301}),
        {"problems": ("The address under 'pdf' is longer than 300 characters; it was left out.",)},
    ),
    (
        "extras keep their types",
        make_note({"Track": ["Long"], "student paper": True, "score": 3.5, "nested": {"value": {"a": [1]}}}),
        {"extras": {"Track": ["Long"], "student paper": True, "score": 3.5, "nested": {"a": [1]}}},
    ),
    ("a field without value says nothing", make_note({"abstract": {"readers": [V]}, "track": {"value": None}}), {}),
    ("generated fields are no extras", make_note({"_bibtex": "@misc{}", "paperhash": "a|b"}), {}),
    (
        "camera-ready",
        make_note(invitations=[f"{V}/-/Submission", f"{V}/Submission7/-/Camera-Ready_Revision"]),
        {"has_camera_ready": True, "invitations": (f"{V}/-/Submission", f"{V}/Submission7/-/Camera-Ready_Revision")},
    ),
    (
        "final submission",
        make_note(invitations=[f"{V}/-/Submission", f"{V}/Submission7/-/Final_Submission"]),
        {"has_camera_ready": True, "invitations": (f"{V}/-/Submission", f"{V}/Submission7/-/Final_Submission")},
    ),
    ("withdrawn", make_note({"venueid": f"{V}/Withdrawn_Submission"}), {"venueid": f"{V}/Withdrawn_Submission", "standing": "withdrawn"}),
    (
        "withdrawn from another invitation",
        make_note({"venueid": f"{V}/Withdrawn_Extended_Abstract"}),
        {"venueid": f"{V}/Withdrawn_Extended_Abstract", "standing": "withdrawn"},
    ),
    (
        "desk-rejected",
        make_note({"venueid": f"{V}/Desk_Rejected_Submission"}),
        {"venueid": f"{V}/Desk_Rejected_Submission", "standing": "desk-rejected"},
    ),
    ("deleted", make_note(ddate=MILLISECONDS), {"standing": "deleted"}),
    ("left", make_note({"venueid": "y.org/2026/Other"}), {"venueid": "y.org/2026/Other", "standing": "left"}),
    ("a venue with a longer name", make_note({"venueid": f"{V}2/Submission"}), {"venueid": f"{V}2/Submission", "standing": "left"}),
    (
        "accepted",
        make_note({"venueid": V, "venue": "W Oral"}),
        {"venueid": V, "venue": "W Oral", "is_accepted_by_venue": True, "decision_venue": "W Oral"},
    ),
    (
        "rejected",
        make_note({"venueid": f"{V}/Rejected_Submission", "venue": "Submitted to W"}),
        {
            "venueid": f"{V}/Rejected_Submission",
            "venue": "Submitted to W",
            "is_accepted_by_venue": False,
            "decision_venue": "Submitted to W",
        },
    ),
    ("undecided venue line is no evidence", make_note({"venue": "W Submission"}), {"venue": "W Submission"}),
    ("no content", {"id": "n1", "content": None}, EMPTY),
    ("content as list", {"id": "n1", "content": [1]}, EMPTY),
    (
        "replies as object",
        make_note(details={"replies": {"a": 1}}),
        {"problems": ("OpenReview sent the replies in a shape that cannot be read; ours stay.",)},
    ),
    ("details as list", make_note(details=[1]), {}),
    ("no replies", make_note(details={"replies": []}), {"replies": (), "decisions": ()}),
]


@pytest.mark.parametrize(("note", "expected"), [(note, expected) for _, note, expected in NOTES], ids=[name for name, _, _ in NOTES])
def test_note_becomes_submission(note: dict[str, Any], expected: dict[str, Any]) -> None:
    assert normalize_note(note, VENUE) == dataclasses.replace(PLAIN, **expected)


@pytest.mark.parametrize(
    ("value", "number"),
    [
        (8, 8.0),
        (7.5, 7.5),
        ("8", 8.0),
        (" 8. Accept", 8.0),
        ("-1: no", -1.0),
        ("6.5: fine", 6.5),
        ("N/A", None),
        ("", None),
        (None, None),
        (True, None),
        ([8], None),
        (float("nan"), None),
        (float("inf"), None),
        (10**400, None),
        ("9" * 400, None),
    ],
)
def test_rating_is_the_number_in_front(value: Any, number: float | None) -> None:
    assert read_number(value) == number


@pytest.mark.parametrize(
    ("value", "count"), [(0, 0), (12345678, 12345678), (-1, None), (2**31, None), (1.0, None), ("1", None), (True, None), (None, None)]
)
def test_number_is_a_natural_one(value: Any, count: int | None) -> None:
    assert read_count(value) == count


@pytest.mark.parametrize("value", [None, 0, -1, "", "soon", True, float("nan"), 1e300, 10**30, [1], "9" * 30])
def test_instant_is_nothing_for_nonsense(value: Any) -> None:
    assert read_instant(value) is None


def test_what_no_database_takes_is_removed_and_all_else_stays() -> None:
    source = b'{"a\\u0000": ["x\\ud800y", "\\ud83d\\ude00", "\\\\u0000", 1, null, {"b": "\\u0000"}]}'
    value = {"a\x00": ["x\ud800y", "\U0001f600", "\\u0000", 1, None, {"b": "\x00"}]}
    assert make_storable(value, source) == {"a": ["x\ufffdy", "\U0001f600", "\\u0000", 1, None, {"b": ""}]}
