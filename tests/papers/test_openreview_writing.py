"""A venue's decision stage in the shapes that OpenReview knows, and the body of a decision."""

from typing import Any

import pytest

from papers.errors import ChangedShape
from papers.openreview.offices import Offices
from papers.openreview.venue import read_venue
from papers.openreview.writing import DecisionStage, look_up_submission, read_stage, write_decision

OFFICES = Offices("x.org/W", chairs_id="x.org/W/Program_Chairs")
OPTIONS = {"value": {"param": {"type": "string", "enum": ["Accept  (Oral)", "Reject"]}}}
DESCRIBED = {"value": {"param": {"enum": [{"value": "Accept  (Oral)", "description": "A talk"}, {"value": "Reject"}, 7]}}}


class Recorder:
    """Stands where a connection does: answers what it is told, keeps what it is sent."""

    def __init__(self, answer: Any) -> None:
        self.answer = answer
        self.sent: list[tuple[str, dict[str, Any]]] = []

    def get_invitation(self, invitation_id: str) -> Any:
        assert invitation_id == "x.org/W/-/Decision"
        return self.answer

    def get_submission(self, note_id: str) -> Any:
        return self.answer

    def write(self, path: str, body: dict[str, Any]) -> Any:
        self.sent.append((path, body))
        return self.answer


def nest(options: Any) -> dict[str, Any]:
    """Return a stage as OpenReview keeps it: the papers' own invitations inside."""
    note = {"content": {"title": {"value": "Paper Decision"}, "decision": options}}
    return {"edit": {"invitation": {"edit": {"note": note}}}, "expdate": 1_800_000_000_000}


@pytest.mark.parametrize(
    "invitation", [nest(OPTIONS), nest(DESCRIBED), {"edit": {"note": {"content": {"title": {}, "decision": OPTIONS}}}}]
)
def test_stage_is_read_however_deep(invitation: dict[str, Any]) -> None:
    stage = read_stage(Recorder(invitation), OFFICES)  # type: ignore[arg-type]
    assert stage is not None
    assert (stage.options, stage.takes("title"), stage.takes("comment")) == (
        {"Accept (Oral)": "Accept  (Oral)", "Reject": "Reject"},
        True,
        False,
    )
    assert (stage.closes_at is None) is ("expdate" not in invitation)


@pytest.mark.parametrize("invitation", [{}, {"edit": True}, {"edit": {"note": {"content": {"decision": 3}}}}])
def test_silent_stage_offers_nothing_and_takes_everything(invitation: dict[str, Any]) -> None:
    stage = read_stage(Recorder(invitation), OFFICES)  # type: ignore[arg-type]
    assert stage is not None
    assert (stage.options, stage.takes("comment"), stage.closes_at) == ({}, "edit" not in invitation or invitation["edit"] is True, None)


def test_missing_stage_is_none() -> None:
    assert read_stage(Recorder(None), OFFICES) is None  # type: ignore[arg-type]


def test_new_decision_is_sent_in_the_venues_own_letters() -> None:
    recorder = Recorder({"id": "e1", "note": {"id": "n1"}})
    stage = DecisionStage(frozenset({"title", "decision"}), {"Accept (Oral)": "Accept  (Oral)"})
    written = write_decision(recorder, OFFICES, stage, number=7, decision="Accept (Oral)", comment="Well")  # type: ignore[arg-type]
    content = {"decision": {"value": "Accept  (Oral)"}, "comment": {"value": "Well"}, "title": {"value": "Paper Decision"}}
    body = {"invitation": "x.org/W/Submission7/-/Decision", "signatures": ["x.org/W/Program_Chairs"], "note": {"content": content}}
    assert (written, recorder.sent) == (("e1", "n1"), [("/notes/edits", body)])


def test_changed_decision_names_its_reply_and_leaves_the_comment() -> None:
    recorder = Recorder({"id": "e1", "note": {"id": "n1"}})
    write_decision(recorder, OFFICES, DecisionStage(), number=7, decision="Reject", note_id="n1")  # type: ignore[arg-type]
    assert recorder.sent[0][1]["note"] == {"content": {"decision": {"value": "Reject"}}, "id": "n1"}


@pytest.mark.parametrize("answer", [{}, {"id": "e1"}, {"id": "e1", "note": {}}, {"id": 3, "note": {"id": "n1"}}])
def test_answer_that_does_not_say_where_is_named(answer: dict[str, Any]) -> None:
    with pytest.raises(ChangedShape, match=r"^OpenReview took the decision and did not say where it is\.$"):
        write_decision(Recorder(answer), OFFICES, DecisionStage(), number=7, decision="Reject")  # type: ignore[arg-type]


def test_submission_without_an_id_is_not_there() -> None:
    venue = read_venue({"id": "x.org/W", "domain": "x.org/W"})
    for row in (None, ({"number": 3}, b"{}")):
        assert look_up_submission(Recorder(row), "n1", venue) is None  # type: ignore[arg-type]
