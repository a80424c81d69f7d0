"""Authors in the encodings of both API generations."""

import dataclasses
from typing import Any

import pytest

from papers.openreview.notes import normalize_note
from papers.openreview.venue import read_venue
from papers.submissions import SubmittedAuthor
from tests.papers.raw_notes import VENUE, V, make_note

OLD = read_venue({"id": V, "domain": None, "content": {}})
ADA = SubmittedAuthor("Ada Author", profile_id="~Ada_Author1")
BOB = SubmittedAuthor("Bob Author", email="bob@x.org")
LENGTHS = "OpenReview lists {} author names but {} profiles; names and profiles may not belong together."
AUTHORS: list[tuple[str, dict[str, Any], tuple[SubmittedAuthor, ...] | None, bool, tuple[str, ...]]] = [
    ("two lists", {"authors": ["Ada Author", "Bob Author"], "authorids": ["~Ada_Author1", "Bob@X.org"]}, (ADA, BOB), False, ()),
    (
        "objects",
        {
            "authors": [
                {
                    "username": "~Ada_Author1",
                    "fullname": "Ada Author",
                    "institutions": [{"name": "U", "domain": "u.edu", "country": "US"}, "odd"],
                }
            ],
            "authorids": None,
        },
        (dataclasses.replace(ADA, institutions=({"name": "U", "domain": "u.edu", "country": "US"},)),),
        False,
        (),
    ),
    (
        "objects and names",
        {"authors": [{"username": "bob@x.org", "fullname": "Bob Author"}, "Eve"]},
        (BOB, SubmittedAuthor("Eve")),
        False,
        (),
    ),
    ("one name as text", {"authors": "Ada Author", "authorids": ["~Ada_Author1"]}, (ADA,), False, ()),
    ("no lists at all", {"authors": None, "authorids": None}, None, True, ()),
    ("an empty list", {"authors": [], "authorids": []}, None, True, ("OpenReview sent an empty list of authors; ours stay.",)),
    ("a field without value", {"authors": {"readers": [V]}}, None, True, ()),
    ("readers on the field", {"authors": {"value": ["Ada Author"], "readers": [V]}}, (ADA,), True, ()),
    ("readers on the ids", {"authorids": {"value": ["~Ada_Author1"], "readers": [V]}}, (ADA,), True, ()),
    ("everyone among the readers", {"authors": {"value": ["Ada Author"], "readers": [V, "everyone"]}}, (ADA,), False, ()),
    ("fewer ids", {"authors": ["Ada Author", "Eve"]}, (ADA, SubmittedAuthor("Eve")), False, (LENGTHS.format(2, 1),)),
    (
        "more ids",
        {"authorids": ["~Ada_Author1", "~Eve1"]},
        (ADA, SubmittedAuthor("~Eve1", profile_id="~Eve1")),
        False,
        (LENGTHS.format(1, 2), "Author 2 has no name in OpenReview (~Eve1)."),
    ),
    ("no ids", {"authorids": None}, (SubmittedAuthor("Ada Author"),), False, ()),
    ("ids that are nobody's", {"authorids": ["https://dblp.org/pid/1"]}, (SubmittedAuthor("Ada Author"),), False, ()),
    ("an id that is null", {"authorids": [None]}, (SubmittedAuthor("Ada Author"),), False, ()),
    (
        "a name that is missing",
        {"authors": [None], "authorids": [7]},
        (SubmittedAuthor("Unnamed author"),),
        False,
        ("Author 1 has no name in OpenReview (no profile either).",),
    ),
    (
        "a long name",
        {"authors": ["A" * 301]},
        (SubmittedAuthor("A" * 300, profile_id="~Ada_Author1"),),
        False,
        ("The name of author 1 is longer than 300 characters; it was cut.",),
    ),
    ("double blanks", {"authors": ["Ada \u00a0 Author"]}, (ADA,), False, ()),
    (
        "namesakes",
        {"authors": ["Same", "Same"], "authorids": ["~Same1", "~Same2"]},
        (SubmittedAuthor("Same", profile_id="~Same1"), SubmittedAuthor("Same", profile_id="~Same2")),
        False,
        (),
    ),
]


@pytest.mark.parametrize(("content", "authors", "is_hidden", "problems"), [row[1:] for row in AUTHORS], ids=[row[0] for row in AUTHORS])
def test_authors_in_both_encodings(content: dict[str, Any], authors: Any, is_hidden: bool, problems: tuple[str, ...]) -> None:
    submission = normalize_note(make_note(content), VENUE)
    assert (submission.authors, submission.has_hidden_authors, submission.problems) == (authors, is_hidden, problems)


def test_sixty_authors_keep_their_order() -> None:
    names = [f"Author {place}" for place in range(60)]
    submission = normalize_note(make_note({"authors": names, "authorids": [f"~A{place}" for place in range(60)]}), VENUE)
    assert [author.name for author in submission.authors or ()] == names


def make_old_note(content: dict[str, Any] | None = None, **fields: Any) -> dict[str, Any]:
    plain = {"title": "A title", "authors": ["Anonymous"], "authorids": [f"{V}/Paper7/Authors"], "venueid": V, "venue": "Submitted to W"}
    return {"id": "n1", "number": 7, "invitation": f"{V}/-/Blind_Submission", "content": {**plain, **(content or {})}, **fields}


@pytest.mark.parametrize(
    ("note", "authors", "is_hidden"),
    [
        (make_old_note(), None, True),
        (make_old_note(details={"original": {"content": {"authors": ["Ada Author"], "authorids": ["~Ada_Author1"]}}}), (ADA,), True),
        (make_old_note({"authors": ["Ada Author"], "authorids": ["~Ada_Author1"]}), (ADA,), False),
        (make_old_note({"authors": "Ada Author", "authorids": None}), (SubmittedAuthor("Ada Author"),), False),
    ],
    ids=["blind", "blind with original", "revealed", "one name as text"],
)
def test_blind_v1_notes_get_their_authors_from_the_original(note: dict[str, Any], authors: Any, is_hidden: bool) -> None:
    submission = normalize_note(note, OLD)
    assert (submission.authors, submission.has_hidden_authors) == (authors, is_hidden)


def test_v1_venueid_is_no_evidence_but_the_venue_line_is() -> None:
    submission = normalize_note(make_old_note(), OLD)
    assert (submission.is_accepted_by_venue, submission.decision_venue, submission.standing) == (None, "Submitted to W", "active")


@pytest.mark.parametrize(("stage", "standing"), [("Withdrawn_Submission", "withdrawn"), ("Desk_Rejected_Submission", "desk-rejected")])
def test_v1_standing_comes_from_the_invitation(stage: str, standing: str) -> None:
    assert normalize_note(make_old_note({"venueid": ""}, invitation=f"{V}/-/{stage}"), OLD).standing == standing


def test_v1_ratings_are_sentences_and_decisions_plain() -> None:
    rows = [
        {"id": "r1", "invitation": f"{V}/Paper7/-/Official_Review", "content": {"rating": "8: Top 50% of accepted papers, clear accept"}},
        {"id": "d1", "invitation": f"{V}/Paper7/-/Decision", "content": {"decision": "Accept (Oral)"}},
    ]
    submission = normalize_note(make_old_note(details={"directReplies": rows}), OLD)
    assert [reply.rating for reply in submission.replies or ()] == [8.0]
    assert [decision.text for decision in submission.decisions or ()] == ["Accept (Oral)"]
