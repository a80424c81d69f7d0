"""Stage 2, outward: writes our decisions to OpenReview, each once, looked up before."""

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.utils import timezone

from papers.agreement import AgreementRow, compare_with_upstream
from papers.decision_words import read_decision_words
from papers.errors import NotPermitted, NotThere, OtherSideFailed, Refusal, Rejected, SignInNeeded, Throttled
from papers.history import record_change
from papers.import_locks import hold_import
from papers.mappings import read_mapping
from papers.models import ImportRun, Paper, PushedDecision, User, Workshop
from papers.openreview.reading import walk_submissions
from papers.openreview.venue import describe_reading
from papers.openreview.writing import look_up_submission, write_decision
from papers.push_plans import PushAct, PushDesk, PushItem, describe_live, find_live_decision, find_trouble, is_written
from papers.reports import ImportReport
from papers.sight import Sight
from papers.submissions import Arrival, Submission
from papers.upserts import Upserter

LOOKED_UP_ONE_BY_ONE = 4
MOST_REPLIES = "maximum number"
State = PushedDecision.State
Tell = Callable[[int, int], None]


@dataclass(slots=True)
class PushReport:
    """What a push did: how many were written, stood there already, were refused or failed, with a sentence for each of the latter."""

    written: int = 0
    same: int = 0
    refused: int = 0
    failed: int = 0
    problems: list[dict[str, Any]] = field(default_factory=list)
    is_canceled: bool = False

    def as_json(self) -> dict[str, Any]:
        """Return the report as plain JSON."""
        return {name: getattr(self, name) for name in self.__slots__}

    @property
    def sentence(self) -> str:
        """Return the counts in a sentence."""
        ended = "Stopped on request. " if self.is_canceled else ""
        return f"{ended}{self.written} written to OpenReview, {self.same} stood there already, {self.refused + self.failed} not written."


def refuse_push(workshop: Workshop) -> None:
    """Refuse to write while the workshop's setting is off."""
    if not workshop.pushes_decisions:
        raise Refusal(
            f"Writing decisions to OpenReview is off for {workshop}; switch it on in its settings, or upload the file.", subject=workshop
        )


def apply_push(
    workshop: Workshop,
    items: Iterable[PushItem],
    sight: Sight,
    desk: PushDesk,
    *,
    by: User | None,
    since: dt.datetime | None = None,
    tell: Tell | None = None,
    is_canceled: Callable[[], bool] | None = None,
) -> PushReport:
    """Write the items of a plan to OpenReview, one by one, and return what came of each.

    Before each write the paper is looked up once more: it is refused when anything moved since the plan, there or here, and
    passed over when ours stands there already. Each attempt leaves a `PushedDecision`, committed before the request and closed
    after it, so that whoever goes on after a crash finds out by looking, never by writing again. Items written since `since`
    are not even looked up. Raises `Throttled` when OpenReview asks to wait, and `OtherSideFailed` when it is gone; call again
    with the same items. In the end, however it ends, the papers that were written are read back as an import would.
    """
    refuse_push(workshop)
    wanted = [item for item in items if item.act in {PushAct.CREATE, PushAct.CHANGE} and item.pk not in sight.hidden]
    done = PushedDecision.objects.written_since(workshop, since) if since else set[int]()
    push = _Push(workshop, sight, desk, by)
    push.report.written = sum(item.pk in done for item in wanted)
    push.touched |= {item.pk for item in wanted if item.pk in done}
    try:
        for place, item in enumerate(wanted):
            if is_canceled and is_canceled():
                push.report.is_canceled = True
                break
            if item.pk not in done:
                push.take(item)
            if tell:
                tell(place + 1, len(wanted))
    finally:
        push.read_back()
    return push.report


class _Push:
    """One push on its way."""

    def __init__(self, workshop: Workshop, sight: Sight, desk: PushDesk, by: User | None) -> None:
        self.workshop, self.desk, self.by = workshop, desk, by
        self.report = PushReport()
        self.touched = set[int]()
        self.words = read_decision_words(workshop)
        self.rows = {row.pk: row for row in compare_with_upstream(workshop, sight)}

    def take(self, item: PushItem) -> None:
        """Write one item, or find out why not."""
        row = self.rows.get(item.pk)
        held = PushedDecision.objects.find_open(item.pk)
        submission = self._look_up(item)
        live = find_live_decision(submission) if submission else None
        if is_written(live, item.after):
            self.touched.add(item.pk)
            if held is None:
                self.report.same += 1
            else:
                self._close(held, State.WRITTEN, "It had arrived when the push was interrupted.", note_id=live.note_id if live else "")
                self.report.written += 1
            return
        if held is not None:
            self._close(held, State.FAILED, "The push was interrupted before it arrived.")
        trouble = self._find_trouble(item, row, submission)
        if trouble:
            self._refuse(PushedDecision(paper_id=item.pk, by=self.by, before=item.before, after=item.after), trouble, item)
            return
        assert submission is not None
        self._write(item, submission.number or item.number)

    def _look_up(self, item: PushItem) -> Submission | None:
        arrival = look_up_submission(self.desk.opened.connection, item.note_id, self.desk.opened.venue)
        return arrival.read() if arrival else None

    def _find_trouble(self, item: PushItem, row: AgreementRow | None, submission: Submission | None) -> str:
        if submission is None:
            return "OpenReview shows this paper to this account no more."
        if row is None or row.ours is None:
            return "The decision here was taken back after the comparison."
        ours = {"decision": self.words.find_word(row.ours.decided), "comment": row.ours.comment.strip()}
        if ours != {name: item.after.get(name, "") for name in ours}:
            return "The decision here has changed after the comparison; compare again."
        trouble = find_trouble(row, submission, self.desk.readers, is_own=True)
        if trouble:
            return trouble
        if describe_live(find_live_decision(submission)) != item.before:
            return "Somebody has changed the decision in OpenReview after the comparison; import again and look at it first."
        return ""

    def _write(self, item: PushItem, number: int) -> None:
        attempt = PushedDecision.objects.create(paper_id=item.pk, by=self.by, before=item.before, after=item.after)
        known = (item.before or {}).get("note_id", "")
        try:
            edit_id, note_id = write_decision(
                self.desk.opened.connection,
                self.desk.offices,
                self.desk.stage,
                number=number,
                decision=item.after["decision"],
                comment=item.after["comment"],
                note_id=known,
            )
        except SignInNeeded:
            self._close(attempt, State.FAILED, "The OpenReview session had ended.")
            raise
        except (Rejected, NotPermitted, NotThere) as refusal:
            self._refuse(attempt, _explain(refusal, is_new=not known), item)
        except Throttled:
            raise  # it may have arrived all the same: the attempt stays open until the next look
        except OtherSideFailed as lost:
            self._find_out(attempt, item, lost)
        else:
            self._close(attempt, State.WRITTEN, edit_id=edit_id, note_id=note_id)
            self.touched.add(item.pk)
            self.report.written += 1

    def _find_out(self, attempt: PushedDecision, item: PushItem, lost: OtherSideFailed) -> None:
        """Look whether a decision arrived whose answer was lost; the attempt stays open where nobody can tell."""
        submission = self._look_up(item)
        live = find_live_decision(submission) if submission else None
        if live is not None and is_written(live, item.after):
            self._close(attempt, State.WRITTEN, "OpenReview's answer was lost; the decision stands there.", note_id=live.note_id)
            self.touched.add(item.pk)
            self.report.written += 1
            return
        sentence = f"OpenReview's answer was lost and the decision does not stand there ({lost.sentence.rstrip('.')}); compare again later."
        self._close(attempt, State.FAILED, sentence)
        self.report.failed += 1
        self.report.problems.append({"paper": item.number, "note_id": item.note_id, "sentence": sentence})

    def _refuse(self, attempt: PushedDecision, sentence: str, item: PushItem) -> None:
        self._close(attempt, State.REFUSED, sentence)
        self.report.refused += 1
        self.report.problems.append({"paper": item.number, "note_id": item.note_id, "sentence": sentence})

    def _close(self, attempt: PushedDecision, state: str, sentence: str = "", *, edit_id: str = "", note_id: str = "") -> None:
        close_attempt(self.workshop, attempt, state, sentence, by=self.by, edit_id=edit_id, note_id=note_id)

    def read_back(self) -> None:
        """Take what was written as an import would, so that the next comparison begins from there."""
        papers = list(Paper.objects.filter(pk__in=self.touched).exclude(note_id="").order_by("pk"))
        if not papers:
            return
        try:
            keep_arrivals(self.workshop, self.desk, self._fetch(papers), by=self.by)
        except Refusal as refusal:
            sentence = f"What was written could not be read back ({refusal.sentence.rstrip('.')}); the next import brings it."
            self.report.problems.append({"paper": None, "note_id": "", "sentence": sentence})

    def _fetch(self, papers: list[Paper]) -> list[Arrival]:
        opened, wanted = self.desk.opened, {paper.note_id for paper in papers}
        if len(wanted) <= LOOKED_UP_ONE_BY_ONE:
            found = [look_up_submission(opened.connection, note_id, opened.venue) for note_id in sorted(wanted)]
            return [arrival for arrival in found if arrival]
        pages = walk_submissions(opened.connection, opened.venue)
        return [arrival for page in pages for arrival in page.arrivals if arrival.note_id in wanted]


def close_attempt(
    workshop: Workshop,
    attempt: PushedDecision,
    state: str,
    sentence: str = "",
    *,
    by: User | None,
    edit_id: str = "",
    note_id: str = "",
) -> None:
    """Write down how an attempt ended, with a line of history for what was written."""
    attempt.state, attempt.sentence, attempt.edit_id = state, sentence, edit_id[:100]
    if note_id:
        attempt.after = {**(attempt.after or {}), "note_id": note_id}
    with transaction.atomic():
        attempt.save()
        if state == State.WRITTEN:
            record_change(
                workshop,
                "pushed",
                by=by,
                paper=attempt.paper,
                field="decision",
                note="to OpenReview",
                before=attempt.before,
                after=attempt.after,
            )


def keep_own_writes(workshop: Workshop, desk: PushDesk, own: dict[int, Arrival], *, by: User | None) -> None:
    """Close the attempts that turn out to have arrived, and take in what they wrote."""
    for pk, arrival in own.items():
        attempt = PushedDecision.objects.find_open(pk)
        if attempt is not None:
            live = find_live_decision(arrival.read())
            close_attempt(workshop, attempt, State.WRITTEN, "It had arrived.", by=by, note_id=live.note_id if live else "")
    keep_arrivals(workshop, desk, list(own.values()), by=by)


def keep_arrivals(workshop: Workshop, desk: PushDesk, arrivals: list[Arrival], *, by: User | None) -> ImportReport:
    """Take single submissions as an import would; refuses while an import of the workshop is under way."""
    report = ImportReport()
    if not arrivals:
        return report
    with hold_import(workshop):
        run = ImportRun.objects.create(workshop=workshop, source=ImportRun.PUSHED, by=by, account=desk.opened.connection.account[:200])
        salt = describe_reading(desk.opened.venue)
        Upserter(workshop, read_mapping(workshop), report, run=run, salt=salt, readers=desk.readers).take(arrivals)
        run.state, run.ended_at, run.seen_count, run.report = ImportRun.State.DONE, timezone.now(), len(arrivals), report.as_json()
        run.save()
    return report


def _explain(refusal: OtherSideFailed, *, is_new: bool) -> str:
    if is_new and MOST_REPLIES in refusal.sentence:
        return f"OpenReview holds a decision on this paper that this account can't see, and takes no second one ({refusal.sentence})"
    return refusal.sentence
