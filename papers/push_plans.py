"""What writing our decisions to OpenReview would do: read there, compared, nothing written."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.utils import timezone

from papers.agreement import AgreementRow, Reply, compare_with_upstream, find_waiting_differences
from papers.decision_words import DecisionWords, name_key, read_decision_words
from papers.errors import Refusal
from papers.models import Paper, PushedDecision, Workshop
from papers.openreview.offices import Offices, read_offices
from papers.openreview.reading import Connect, OpenVenue, open_venue, walk_submissions
from papers.openreview.writing import DecisionStage, read_stage
from papers.profile_aliases import list_readers
from papers.sight import Sight
from papers.submissions import Arrival, Submission, SubmittedDecision
from papers.verdicts import Verdict, differs_in_comment

DIFFERS = "Both sides have changed this decision; choose one on the page of differences first."
MAILS = "OpenReview may mail the authors by itself as soon as a decision is written (its setting decision_email_authors)."


class PushAct(StrEnum):
    """What pushing one decision comes to."""

    CREATE = "create"
    CHANGE = "change"
    SAME = "same"
    REFUSE = "refuse"


@dataclass(frozen=True, slots=True)
class PushItem:
    """One paper of a push: what stands there, what would, and why not.

    `before` is OpenReview's reply as `{"note_id", "decision", "comment", "changed_at"}`, nothing where there is none;
    `after` is ours as `{"decision", "comment"}`, where an empty comment leaves theirs.
    """

    pk: int
    number: int
    title: str
    note_id: str
    act: PushAct
    before: dict[str, Any] | None
    after: dict[str, Any]
    sentence: str = ""
    warning: str = ""

    def as_json(self) -> dict[str, Any]:
        """Return the item as plain JSON."""
        return {name: getattr(self, name) for name in self.__slots__} | {"act": self.act.value}

    @classmethod
    def from_json(cls, told: dict[str, Any]) -> "PushItem":
        """Return the item that `as_json` told."""
        return cls(**{**told, "act": PushAct(told["act"])})


@dataclass(frozen=True, slots=True)
class PushPlan:
    """Every decision of ours held against what OpenReview holds now, with sentences about the whole."""

    items: tuple[PushItem, ...]
    notes: tuple[str, ...]
    account: str

    @property
    def writable(self) -> tuple[PushItem, ...]:
        """Return what would be written."""
        return tuple(item for item in self.items if item.act in {PushAct.CREATE, PushAct.CHANGE})

    @property
    def refused(self) -> tuple[PushItem, ...]:
        """Return what can't be written."""
        return tuple(item for item in self.items if item.act is PushAct.REFUSE)

    def count(self) -> dict[str, int]:
        """Return how many items each act has."""
        return {act.value: sum(item.act is act for item in self.items) for act in PushAct}

    def as_json(self) -> dict[str, Any]:
        """Return the plan as plain JSON."""
        return {"items": [item.as_json() for item in self.items], "notes": list(self.notes), "account": self.account}

    @classmethod
    def from_json(cls, told: dict[str, Any]) -> "PushPlan":
        """Return the plan that `as_json` told."""
        return cls(tuple(map(PushItem.from_json, told["items"])), tuple(told["notes"]), told["account"])


@dataclass(frozen=True, slots=True)
class PushDesk:
    """All that a push needs to know of the other side: venue, offices, stage, who signed in."""

    opened: OpenVenue
    offices: Offices
    stage: DecisionStage
    readers: frozenset[str]


def open_desk(workshop: Workshop, connect: Connect) -> PushDesk:
    """Return the venue with what writing to it takes; refuses a venue of API v1 and one without a decision stage."""
    opened = open_venue(workshop.venue_id, connect, invitations=tuple(workshop.submission_invitations))
    if opened.venue.generation != 2:
        raise Refusal("The venue lives on OpenReview's API v1, to which nothing is written from here; upload the file.", subject=workshop)
    offices = read_offices(opened.group)
    stage = read_stage(opened.connection, offices)
    if stage is None:
        raise Refusal(
            f"OpenReview shows this account no decision stage ({offices.decision_stage}). Open it in the venue's console, "
            "and sign in as a program chair.",
            subject=workshop,
        )
    return PushDesk(opened, offices, stage, list_readers(workshop, opened.connection.account))


def plan_push(workshop: Workshop, sight: Sight, desk: PushDesk, *, search: str = "") -> tuple[PushPlan, dict[int, Arrival]]:
    """Return what pushing would do, and the arrivals in which earlier pushes of ours show that no import has seen.

    Walks the venue once, as an import does, and writes nothing. Compares only papers that `sight` reaches and `search` asks
    for. A paper is refused when OpenReview's side has moved since the last import, in its reply, its standing or its
    venueid, unless the move is our own earlier write.
    """
    rows = {row.note_id: row for row in compare_with_upstream(workshop, sight, search=search) if _is_ours_to_push(row)}
    words, pushed = read_decision_words(workshop), PushedDecision.objects.find_last(workshop)
    waiting = find_waiting_differences(workshop)
    items, own = dict[str, PushItem](), dict[int, Arrival]()
    for page in walk_submissions(desk.opened.connection, desk.opened.venue):
        for arrival in page.arrivals:
            row = rows.get(arrival.note_id)
            if row is None:
                continue
            submission = arrival.read()
            if is_own_write(row, submission, pushed.get(row.pk)):
                own[row.pk] = arrival
            trouble = DIFFERS if row.pk in waiting and row.pk not in own else ""
            items[row.note_id] = _plan_item(row, submission, words, desk, is_own=row.pk in own, trouble=trouble)
    lost = [row for row in rows.values() if row.note_id not in items]
    found = [*items.values(), *(_refuse(row, words, None, "OpenReview shows this paper to this account no more.") for row in lost)]
    notes = _tell(desk, hidden=len(sight.hidden))
    return PushPlan(tuple(sorted(found, key=lambda item: (item.number, item.pk))), tuple(notes), desk.opened.connection.account), own


def _is_ours_to_push(row: AgreementRow) -> bool:
    aside = {Verdict.HIDDEN, Verdict.WITHDRAWN, Verdict.SET_ASIDE, Verdict.LOCAL}
    return row.ours is not None and bool(row.note_id) and row.verdict not in aside


def _tell(desk: PushDesk, *, hidden: int) -> list[str]:
    notes = []
    if desk.stage.closes_at and desk.stage.closes_at < timezone.now():
        closed = f"{desk.stage.closes_at:%Y-%m-%d %H:%M} UTC"
        notes.append(f"OpenReview's decision stage closed at {closed}; it will refuse until you extend it in the console.")
    if hidden:
        notes.append(f"{hidden} paper{' is' if hidden == 1 else 's are'} left to somebody without a conflict of interest.")
    return [*notes, MAILS]


def _plan_item(row: AgreementRow, submission: Submission, words: DecisionWords, desk: PushDesk, *, is_own: bool, trouble: str) -> PushItem:
    """Compare one paper; the order of the refusals is that of their weight."""
    live = find_live_decision(submission)
    before = describe_live(live)
    trouble = find_trouble(row, submission, desk.readers, is_own=is_own) or trouble
    if trouble:
        return _refuse(row, words, before, trouble)
    if row.verdict is Verdict.UNEXPLAINED and not is_own:
        return _refuse(row, words, before, "Nobody has said what OpenReview's word means; say it on the field mapping first.")
    assert row.ours is not None
    word = words.words[name_key(row.ours.decided)]
    if not word.word:
        return _refuse(row, words, before, word.problem)
    if desk.stage.options and word.word not in desk.stage.options:
        offered = ", ".join(desk.stage.options)
        return _refuse(row, words, before, f"OpenReview's decision stage does not offer “{word.word}”; it offers {offered}.")
    after = {"decision": word.word, "comment": row.ours.comment.strip()}
    if is_written(live, after):
        return _make_item(row, PushAct.SAME, before, after)
    warning = ""
    said = submission.is_accepted_by_venue
    if said is not None and said != (row.ours.decided.outcome == "accept"):
        warning = "OpenReview has released another decision; its venueid does not follow, have the release there repeated."
    return _make_item(row, PushAct.CHANGE if live else PushAct.CREATE, before, after, warning=warning)


def find_trouble(row: AgreementRow, submission: Submission, readers: frozenset[str], *, is_own: bool = False) -> str:
    """Return why nothing may be written on this paper: OpenReview's side has moved, or this account does not see it all."""
    again = "import again and look at it first"
    if submission.standing != Paper.Standing.ACTIVE:
        return f"The paper is {Paper.Standing(submission.standing).label.lower()} in OpenReview; {again}."
    if submission.number is None:
        return "OpenReview gives this paper no number, by which decisions are made."
    if any(author.profile_id in readers for author in submission.authors or () if author.profile_id):
        return "This account is an author of the paper, so OpenReview hides its decision; have another chair push it."
    if submission.decisions is None:
        return "OpenReview does not show this account the replies to this paper."
    if len(submission.decisions) > 1:
        return f"OpenReview holds {len(submission.decisions)} decisions on this paper; delete all but one there."
    if submission.venueid != row.venueid:
        return f"Its venueid in OpenReview has become {submission.venueid or 'empty'} since the last import; {again}."
    if not is_own and not is_as_imported(find_live_decision(submission), row.reply):
        return f"Somebody has changed the decision in OpenReview since the last import; {again}."
    return ""


def find_live_decision(submission: Submission) -> SubmittedDecision | None:
    """Return the one live decision reply, or nothing."""
    return submission.decisions[0] if submission.decisions else None


def is_as_imported(live: SubmittedDecision | None, held: Reply | None) -> bool:
    """Tell whether OpenReview's reply is the one that we imported last."""
    if live is None or held is None:
        return live is None and held is None
    same = (live.note_id, live.text, live.comment) == (held.note_id, held.text, held.comment)
    return same and _to_ms(live.changed_at) == _to_ms(held.changed_at)


def is_own_write(row: AgreementRow, submission: Submission, last: PushedDecision | None) -> bool:
    """Tell whether what stands there differs from what we imported by nothing but our own last attempt to write."""
    live = find_live_decision(submission)
    if last is None or live is None or is_as_imported(live, row.reply) or len(submission.decisions or ()) > 1:
        return False
    expected = (last.after or {}).get("note_id") or (last.before or {}).get("note_id")
    return is_written(live, last.after or {}) and expected in {None, live.note_id}


def is_written(live: SubmittedDecision | None, after: dict[str, Any]) -> bool:
    """Tell whether what stands there is what we would write."""
    return live is not None and live.text == after.get("decision") and not differs_in_comment(after.get("comment", ""), live.comment)


def describe_live(live: SubmittedDecision | None) -> dict[str, Any] | None:
    """Return OpenReview's reply as plain JSON."""
    if live is None:
        return None
    return {"note_id": live.note_id, "decision": live.text, "comment": live.comment, "changed_at": _to_ms(live.changed_at)}


def _to_ms(instant: dt.datetime | None) -> int | None:
    return None if instant is None else round(instant.timestamp() * 1000)


def _refuse(row: AgreementRow, words: DecisionWords, before: dict[str, Any] | None, sentence: str) -> PushItem:
    assert row.ours is not None
    after = {"decision": words.find_word(row.ours.decided), "comment": row.ours.comment.strip()}
    return _make_item(row, PushAct.REFUSE, before, after, sentence=sentence)


def _make_item(
    row: AgreementRow, act: PushAct, before: dict[str, Any] | None, after: dict[str, Any], *, sentence: str = "", warning: str = ""
) -> PushItem:
    return PushItem(row.pk, row.number or 0, row.title, row.note_id, act, before, after, sentence, warning)
