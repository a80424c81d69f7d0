"""Collects decisions for the upload into OpenReview's console."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from papers.agreement import AgreementRow, compare_with_upstream, find_waiting_differences
from papers.decision_words import name_key, read_decision_words
from papers.errors import Refusals
from papers.models import Workshop
from papers.openreview.decision_file import UploadRow, write_decision_file
from papers.sight import Sight
from papers.verdicts import Verdict, differs_in_comment

NAME = "openreview-decisions"
FILE_NAME = "openreview-decisions.csv"
MEDIA_TYPE = "text/csv; charset=utf-8"
SENTENCE = "Every decision, released or not, for the upload in OpenReview's console; for organizers only."
ROWS = ("all", "differing")


@dataclass(frozen=True, slots=True)
class DecisionFile:
    """The rows of an upload with sentences about what was left out."""

    rows: tuple[UploadRow, ...]
    notes: tuple[str, ...]

    @property
    def data(self) -> bytes:
        """Return the file."""
        return write_decision_file(self.rows)


def collect_decision_file(workshop: Workshop, sight: Sight, *, search: str = "", rows: str = "all") -> DecisionFile:
    """Return the decisions that `sight` reaches and `search` asks for in OpenReview's own words.

    `rows` is `all`, or `differing` for those that OpenReview does not have so: every row uploaded is an edit there, which may
    mail authors. An upload overwrites the comment, so where we have none OpenReview's own goes along. Withdrawn papers, papers
    without number or note, and papers hidden from this person are left out and counted. Refuses, naming every reason, where
    it is not known how OpenReview words a decision.
    """
    compared = compare_with_upstream(workshop, sight, search=search)
    words = read_decision_words(workshop)
    kept, notes = _leave_out(compared, find_waiting_differences(workshop))
    problems = {words.words[key].problem for key in {name_key(row.ours.decided) for row in kept if row.ours}} - {""}
    if problems:
        raise Refusals("OpenReview's words for some decisions are not known; there is no file yet.", sorted(problems))
    if rows == "differing":
        kept = [row for row in kept if _is_missing(row)]
    return DecisionFile(tuple(sorted((_make_row(row) for row in kept), key=lambda row: row.number)), tuple(notes))


def _leave_out(compared: Iterable[AgreementRow], waiting: set[int]) -> tuple[list[AgreementRow], list[str]]:
    decided = [row for row in compared if row.ours is not None or row.verdict is Verdict.HIDDEN]
    numbers = Counter(row.number for row in decided if row.note_id)
    kept, reasons = [], Counter[str]()
    for row in decided:
        if row.verdict is Verdict.HIDDEN:
            reasons["left to somebody else: you have a conflict of interest"] += 1
        elif not row.note_id:
            reasons["not from OpenReview"] += 1
        elif row.verdict in {Verdict.WITHDRAWN, Verdict.SET_ASIDE}:
            reasons["withdrawn or removed in OpenReview"] += 1
        elif row.verdict is Verdict.UNEXPLAINED:
            reasons["with a word of OpenReview's that nobody explained; say it on the field mapping"] += 1
        elif row.pk in waiting:
            reasons["on whose decision both sides changed; choose one on the page of differences"] += 1
        elif row.number is None:
            reasons["without a number"] += 1
        elif numbers[row.number] > 1:
            reasons["with a number that another paper has too; decide these in OpenReview"] += 1
        else:
            kept.append(row)
    return kept, [f"{count} paper{'' if count == 1 else 's'} left out: {reason}." for reason, count in sorted(reasons.items())]


def _is_missing(row: AgreementRow) -> bool:
    """Tell whether an upload would change what OpenReview holds."""
    theirs, ours = row.theirs, row.ours
    return theirs is not None and ours is not None and (theirs.text != ours.word or differs_in_comment(ours.comment, theirs.comment))


def _make_row(row: AgreementRow) -> UploadRow:
    assert row.ours is not None
    assert row.theirs is not None
    assert row.number is not None
    return UploadRow(row.number, row.ours.word, row.ours.comment if row.ours.comment.strip() else row.theirs.comment)
