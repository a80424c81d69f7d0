"""Replies and the venue's own names for them."""

import dataclasses
from typing import Any

import pytest

from papers.openreview.notes import normalize_note
from papers.openreview.venue import Venue, clean_venue_id, find_generation, read_venue
from papers.submissions import SubmittedDecision, SubmittedReply
from tests.papers.raw_notes import MILLISECONDS, MOMENT, VENUE, V, make_note, make_reply

REVIEW = SubmittedReply("r1", "review", "Official_Review", f"{V}/Submission7/Reviewer_a", None, "", None, "", {})
REPLIES: list[tuple[str, dict[str, Any], SubmittedReply]] = [
    (
        "number",
        make_reply("Official_Review", {"rating": 8, "confidence": 4}),
        dataclasses.replace(REVIEW, rating=8.0, rating_raw="8", confidence=4.0, confidence_raw="4", content={"rating": 8, "confidence": 4}),
    ),
    (
        "sentence",
        make_reply("Official_Review", {"rating": "8: accept, good paper"}),
        dataclasses.replace(REVIEW, rating=8.0, rating_raw="8: accept, good paper", content={"rating": "8: accept, good paper"}),
    ),
    (
        "not applicable",
        make_reply("Official_Review", {"rating": "N/A"}),
        dataclasses.replace(REVIEW, rating_raw="N/A", content={"rating": "N/A"}),
    ),
    (
        "meta review",
        make_reply("Meta_Review", {"recommendation": "7.5"}),
        dataclasses.replace(
            REVIEW, kind="meta-review", name="Meta_Review", rating=7.5, rating_raw="7.5", content={"recommendation": "7.5"}
        ),
    ),
    ("comment", make_reply("Official_Comment", {}), dataclasses.replace(REVIEW, kind="comment", name="Official_Comment")),
    ("rebuttal", make_reply("Author_Rebuttal", {}), dataclasses.replace(REVIEW, kind="rebuttal", name="Author_Rebuttal")),
    ("ethics", make_reply("Ethics_Review", {}), dataclasses.replace(REVIEW, kind="ethics", name="Ethics_Review")),
    ("withdrawal", make_reply("Withdrawal", {}), dataclasses.replace(REVIEW, kind="other", name="Withdrawal")),
    ("edited", make_reply("Official_Review", {}, invitations=[f"{V}/Submission7/-/Official_Review", f"{V}/-/Edit"]), REVIEW),
    ("edited first", make_reply("Official_Review", {}, invitations=[f"{V}/-/Edit", f"{V}/Submission7/-/Official_Review"]), REVIEW),
    (
        "public, dated",
        make_reply("Official_Review", {}, readers=["everyone"], tcdate=MILLISECONDS, tmdate=MILLISECONDS),
        dataclasses.replace(REVIEW, is_public=True, written_at=MOMENT, changed_at=MOMENT),
    ),
]


@pytest.mark.parametrize(("row", "expected"), [row[1:] for row in REPLIES], ids=[row[0] for row in REPLIES])
def test_reply_is_told_by_its_invitation(row: dict[str, Any], expected: SubmittedReply) -> None:
    submission = normalize_note(make_note(details={"replies": [row]}), VENUE)
    assert (submission.replies, submission.decisions) == ((expected,), ())


def test_decisions_are_told_apart_and_deleted_replies_left_out() -> None:
    rows = [
        make_reply("Decision", {"decision": "Accept  (Oral)", "comment": "Well done"}, "d2", tcdate=MILLISECONDS),
        make_reply("Decision", {"decision": "Reject"}, "d1", ddate=MILLISECONDS),
        make_reply("Official_Review", {}, "r9", ddate=MILLISECONDS),
    ]
    submission = normalize_note(make_note(details={"replies": rows}), VENUE)
    assert submission.decisions == (SubmittedDecision("d2", "Accept (Oral)", "Well done", written_at=MOMENT),)
    assert submission.replies == ()


def test_replies_without_usable_id_are_counted_and_ids_count_once() -> None:
    rows = [
        make_reply("Official_Review", {"rating": 1}),
        make_reply("Official_Review", {"rating": 2}),
        {"content": {}},
        7,
        make_reply("Official_Review", {}, "x" * 101),
    ]
    submission = normalize_note(make_note(details={"replies": rows}), VENUE)
    assert [(reply.note_id, reply.rating) for reply in submission.replies or ()] == [("r1", 2.0)]
    assert submission.problems == ("OpenReview sent 3 replies without a usable id; they were left out.",)


def test_names_come_from_the_venue() -> None:
    content = {
        "review_name": "Report",
        "review_rating": ["overall", "score"],
        "decision_name": "Verdict",
        "decision_field_name": "outcome",
        "submission_name": "Paper",
    }
    venue = read_venue({"id": V, "domain": V, "content": {name: {"value": value} for name, value in content.items()}})
    rows = [make_reply("Report", {"score": 5}), make_reply("Verdict", {"outcome": "Accept"}, "d1")]
    submission = normalize_note(make_note({"venueid": f"{V}/Rejected_Paper"}, details={"replies": rows}), venue)
    assert [(reply.kind, reply.rating) for reply in submission.replies or ()] == [("review", 5.0)]
    assert [decision.text for decision in submission.decisions or ()] == ["Accept"]
    assert submission.is_accepted_by_venue is False
    assert venue.submission_invitations == (f"{V}/-/Paper",)


@pytest.mark.parametrize(
    ("text", "venue_id"),
    [
        (V, V),
        (f" {V}/ ", V),
        (f"https://openreview.net/group?id={V}", V),
        (f"https://openreview.net/group?id={V}&referrer=%5BHomepage%5D(%2F)#tab-recent", V),
        (f"openreview.net/group?id={V}", V),
        ("https://openreview.net/group?id=x.org%2F2026%2FW%2FProgram_Chairs", f"{V}/Program_Chairs"),
        (f"{V}#tab", V),
        ("https://openreview.net/", ""),
        ("", ""),
    ],
)
def test_venue_id_is_cleaned_of_what_people_paste(text: str, venue_id: str) -> None:
    assert clean_venue_id(text) == venue_id


@pytest.mark.parametrize(("group", "generation"), [({"domain": V}, 2), ({"domain": None}, 1), ({}, 1)])
def test_generation_is_told_by_the_domain(group: dict[str, Any], generation: int) -> None:
    assert find_generation(group) == generation


def test_venue_survives_values_of_wrong_shapes() -> None:
    content = {"submission_name": 7, "review_names": {"value": [None, "A"]}, "review_rating": {"value": {}}, "withdrawn_venue_id": [1]}
    venue = read_venue({"id": V, "domain": V, "content": content})
    assert venue == Venue(
        V,
        2,
        (f"{V}/-/Submission",),
        (f"{V}/Withdrawn_Submission",),
        (f"{V}/Desk_Rejected_Submission",),
        (f"{V}/Rejected_Submission",),
        review_names=("A", "Official_Review"),
    )
