"""Prepares the rows of a table for the merge: finds their papers, explains their words, adds what they do not say."""

import hashlib
import json
from dataclasses import asdict, dataclass
from typing import Any

from papers.decisions import refuse_decision
from papers.errors import Refusal
from papers.mappings import MappingTable
from papers.merging import UNKNOWN
from papers.models import Award, Decision, Paper, PresentationKind, Track, Workshop
from papers.submissions import Submission
from papers.table_identities import keep_authors, keep_keywords, keep_text
from papers.table_matching import HeldPapers, UnclearPaper
from papers.table_words import read_vocabulary
from papers.tables.values import Mistake, TableReading, TableRow
from papers.tables.words import Stated, state_row

LEFT = frozenset({"withdrawn", "desk-rejected", "deleted"})


@dataclass(frozen=True, slots=True)
class TableArrival:
    """A row on its way in: its paper where we hold it, all that it says, the award (a slug, None or `UNKNOWN`), a digest.

    `is_own` tells that it comes from an export of ours.
    """

    row: TableRow
    paper: Paper | None
    submission: Submission
    award: Any
    digest: str
    is_own: bool = False


class TableArrivals:
    """Prepares a table's rows against one workshop; `mistakes` and `notices` tell what came up."""

    def __init__(self, workshop: Workshop, reading: TableReading, table: MappingTable) -> None:
        self.workshop, self.reading = workshop, reading
        self.vocabulary = read_vocabulary(workshop, table)
        self.held = HeldPapers(workshop)
        self.tracks: dict[str, Track] = {track.slug: track for track in workshop.tracks.all()}
        self.presentations: dict[str, PresentationKind] = {kind.slug: kind for kind in workshop.presentation_kinds.all()}
        self.awards: dict[str, Award] = {award.slug: award for award in workshop.awards.select_related("presentation")}
        self.mistakes: list[Mistake] = []
        self.notices: list[str] = []
        self._seen: dict[int, TableRow] = {}

    def prepare(self) -> list[TableArrival]:
        """Return what the rows bring, in their order; a deleted paper that we do not hold is left out."""
        arrivals, left_out = [], 0
        for row in self.reading.rows:
            stated, mistakes = state_row(row, self.vocabulary, self.reading)
            self.mistakes += mistakes
            paper = self._find_paper(row)
            if paper is None and row.standing == "deleted":
                left_out += 1
                continue
            arrivals.append(self._prepare_row(row, stated, paper, is_explained=not mistakes))
        if left_out:
            self.notices.append(f"Deleted papers that are not here were left out: {left_out}.")
        return arrivals

    def _find_paper(self, row: TableRow) -> Paper | None:
        if row.number is None and not row.note_id:
            return None  # said already
        try:
            paper = self.held.find(number=row.number, note_id=row.note_id)
        except UnclearPaper as error:
            value = row.note_id if error.role == "forum" else str(row.number)
            self._blame(row, error.role, str(error), error.remedy, value)
            return None
        if paper is None and row.title is None and "title" not in self.reading.columns and row.standing != "deleted":
            role = "forum" if row.note_id else "number"
            sentence = "The workshop has no such paper, and without a title it can't become one."
            self._blame(row, role, sentence, "Correct it, or add a column “title”.", row.note_id or str(row.number))
        if paper is not None and (first := self._seen.setdefault(paper.pk, row)) is not row:
            self._blame(row, "number", f"This paper stands in {first.unit.lower()} {first.place} already.", "Keep one of the two.")
        return paper

    def _prepare_row(self, row: TableRow, stated: Stated, paper: Paper | None, *, is_explained: bool) -> TableArrival:
        decision, award = None, UNKNOWN
        if is_explained and row.standing not in LEFT:
            decision, award = self._settle_decision(row, stated, paper)
        explained = {
            "track": UNKNOWN if stated.track is None else stated.track,
            "proceedings": self._settle_proceedings(stated, paper),
            "decision": decision,
        }
        told = {"row": asdict(row), "stated": asdict(stated)}
        for name in ("place", "sheet", "unit", "cells", "said"):
            del told["row"][name]
        digest = hashlib.sha256(json.dumps(told, sort_keys=True, default=str).encode()).hexdigest()
        return TableArrival(row, paper, self._complete(row, paper, explained), award, digest, self.reading.is_own)

    def _settle_decision(self, row: TableRow, stated: Stated, paper: Paper | None) -> tuple[dict[str, Any] | None, Any]:
        """Return outcome with presentation, and the award; what the row leaves open stays as we hold it."""
        held: Decision | None = getattr(paper, "decision", None)
        is_accepted = held is not None and held.outcome == Decision.Outcome.ACCEPT
        outcome = stated.outcome or ("accept" if is_accepted and (stated.presentation or stated.award) else None)
        award = self.awards.get(stated.award or "")
        if outcome is None:
            if stated.presentation or stated.award:
                sentence = "The paper has a presentation or an award but no decision to accept it."
                self.mistakes.append(row.blame(stated.decision_column, sentence, "Write accept as its decision, or leave the cell empty."))
            return None, UNKNOWN
        presentation = stated.presentation or (award.presentation.slug if award and award.presentation else None)
        self._check_decision(row, stated, paper, outcome)
        if award and award.presentation and presentation != award.presentation.slug:
            sentence, remedy = f"{award} brings {award.presentation.name}.", f"Write {award.presentation.slug}, or leave the award empty."
            self._blame(row, "presentation", sentence, remedy, presentation or "")
        if outcome != "accept":
            return {"outcome": outcome, "presentation": None}, UNKNOWN
        if presentation is None and not stated.has_no_presentation and is_accepted and held and held.presentation:
            presentation = held.presentation.slug
        return {"outcome": outcome, "presentation": presentation}, stated.award or (None if stated.has_no_award else UNKNOWN)

    def _check_decision(self, row: TableRow, stated: Stated, paper: Paper | None, outcome: str) -> None:
        """Hold the rules of decisions against what the row would decide; a paper that has left is not decided by it."""
        track = self.tracks[stated.track] if stated.track else paper.track if paper else None
        judged = Paper(workshop=self.workshop, number=row.number, title=row.title or "", track=track)
        try:
            refuse_decision(judged, outcome, self.presentations.get(stated.presentation or ""), self.awards.get(stated.award or ""))
        except Refusal as refusal:
            text = next((text for _, (column, text) in row.said.items() if column == stated.decision_column), "")
            self.mistakes.append(row.blame(stated.decision_column, refusal.sentence, "Change one of the two.", value=text))

    def _settle_proceedings(self, stated: Stated, paper: Paper | None) -> Any:
        track = self.tracks[stated.track] if stated.track else paper.track if paper else None
        if stated.proceedings is None or (track is not None and track.proceedings != Track.Proceedings.OPTION):
            return UNKNOWN  # such a track leaves no choice
        is_our_blank = self.reading.is_own and not stated.proceedings and paper is not None and paper.wants_proceedings is None
        return UNKNOWN if is_our_blank else stated.proceedings

    def _complete(self, row: TableRow, paper: Paper | None, explained: dict[str, Any]) -> Submission:
        """Return the row as a submission in which all that only OpenReview can know stays as we hold it."""
        if paper is None:
            return Submission(
                note_id=row.note_id,
                number=row.number,
                title=row.title,
                abstract=row.abstract,
                tldr=row.tldr,
                keywords=row.keywords,
                authors=row.authors,
                link=row.link,
                standing=row.standing or "active",
                extras=dict(row.extras),
                submitted_at=row.submitted_at,
                stated=explained,
            )
        is_ours = self.reading.is_own
        is_from_openreview = getattr(paper, "is_from_openreview", False)
        comes_back = row.standing == "active" and is_from_openreview
        return Submission(
            note_id=paper.note_id or row.note_id,
            number=row.number,
            title=keep_text(row.title, paper.title) if is_ours else row.title,
            abstract=keep_text(row.abstract, paper.abstract) if is_ours else row.abstract,
            tldr=row.tldr,
            keywords=keep_keywords(row.keywords, paper.keywords) if is_ours else row.keywords,
            authors=keep_authors(row.authors, list(paper.authors.all())),
            has_hidden_authors=paper.has_hidden_authors,
            link=row.link,
            standing=paper.standing if row.standing is None or comes_back else row.standing,
            venue=paper.venue,
            venueid=paper.venueid,
            is_public=paper.is_public_upstream,
            has_camera_ready=paper.has_upstream_camera_ready,
            extras=paper.extras if is_from_openreview else {**paper.extras, **row.extras},
            submitted_at=None if is_from_openreview else row.submitted_at,
            stated=explained,
        )

    def _blame(self, row: TableRow, role: str, sentence: str, remedy: str, value: str = "") -> None:
        self.mistakes.append(row.blame(self.reading.columns.get(role, role), sentence, remedy, value=value))
