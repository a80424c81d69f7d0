"""Holds OpenReview's decisions against ours, paper by paper."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from papers.arrivals import describe_outcome, read_upstream
from papers.decision_words import DecisionWords, name_key, read_decision_words
from papers.decisions import decide_paper
from papers.errors import Refusal
from papers.import_conflicts import follow_edit
from papers.mappings import UNMAPPED, MappingTable, read_mapping
from papers.models import Decision, FieldConflict, FieldMapping, ImportRun, Paper, UpstreamDecision, User, Workshop
from papers.naming import name_paper
from papers.openreview.notes import read_acceptance
from papers.openreview.venue import Venue, read_venue
from papers.querysets import PaperQuerySet
from papers.search import search_papers
from papers.sight import Sight
from papers.submissions import Submission, SubmittedDecision
from papers.verdicts import ADVICE, DISAGREEMENTS, Advice, Ours, Outcome, Theirs, Verdict, judge

# What a rule about presentations may look at besides the decision and the venue line.
NEEDS_EXTRAS = frozenset({FieldMapping.Source.CONTENT})
ORDER = {verdict: place for place, verdict in enumerate(Verdict)}


@dataclass(frozen=True, slots=True)
class Reply:
    """OpenReview's newest live decision reply to a paper, as it was last imported."""

    note_id: str
    text: str
    comment: str
    written_at: dt.datetime | None
    changed_at: dt.datetime | None


@dataclass(frozen=True, slots=True)
class AgreementRow:
    """One paper with both sides and the verdict; of a hidden one nothing but its name."""

    pk: int
    number: int | None
    title: str
    note_id: str
    verdict: Verdict
    standing: str = ""
    venue: str = ""
    venueid: str = ""
    ours: Ours | None = None
    theirs: Theirs | None = None
    reply: Reply | None = None
    ours_title: str = ""
    theirs_title: str = ""

    @property
    def advice(self) -> Advice:
        """Return the verdict in words."""
        return ADVICE[self.verdict]

    @property
    def is_disagreement(self) -> bool:
        """Tell whether the two sides contradict each other."""
        return self.verdict in DISAGREEMENTS

    @property
    def seen(self) -> str:
        """Return what both sides say in one line, by which a stale page is known."""
        reply = self.reply
        stamp = str(reply.changed_at.timestamp()) if reply and reply.changed_at else ""
        decided = f"{self.ours.decided.outcome}:{self.ours.decided.presentation}" if self.ours else ""
        return "|".join([reply.note_id if reply else "", reply.text if reply else "", stamp, self.venueid, decided])


def compare_with_upstream(workshop: Workshop, sight: Sight, *, search: str = "") -> list[AgreementRow]:
    """Return each paper that `sight` reaches and `search` asks for, with both sides and the verdict, the most urgent first.

    A few queries, however many papers. Test submissions are left out; papers whose judgments this person must not see are
    named and nothing more. Raises SearchMistake.
    """
    papers = sight.papers.filter(is_test=False)
    if search.strip():
        papers = papers.filter(pk__in=search_papers(sight, search).order_by().values("pk"))
    rows = _Comparison(workshop).compare(papers, hidden=sight.hidden)
    return sorted(rows, key=lambda row: (ORDER[row.verdict], row.number is None, row.number or 0, row.pk))


def find_agreement(paper: Paper, sight: Sight) -> AgreementRow | None:
    """Return the comparison of one paper, or nothing where neither side says anything or this person must not see it."""
    is_silent = getattr(paper, "decision", None) is None and not paper.upstream_decisions.all() and not paper.venueid
    if not paper.note_id or is_silent or not sight.sees_judgments(paper):
        return None
    told = ImportRun.objects.find_venue(paper.workshop)
    if not told:
        return None
    return next(iter(_Comparison(paper.workshop, told).compare(Paper.objects.filter(pk=paper.pk), hidden=sight.hidden)), None)


def count_verdicts(rows: Iterable[AgreementRow]) -> dict[Verdict, int]:
    """Return how many papers each verdict has, the most urgent first."""
    counted = Counter(row.verdict for row in rows)
    return {verdict: counted[verdict] for verdict in Verdict if counted[verdict]}


def list_word_problems(workshop: Workshop, rows: Iterable[AgreementRow]) -> list[str]:
    """Return why OpenReview's words are not known for decisions that these rows have."""
    words = read_decision_words(workshop)
    keys = {name_key(row.ours.decided) for row in rows if row.ours and row.theirs and row.theirs.is_linked}
    return [word.problem for key, word in words.words.items() if key in keys and word.problem]


def find_waiting_differences(workshop: Workshop) -> set[int]:
    """Return the papers, by key, on whose decision both sides changed and nobody has chosen."""
    waiting = FieldConflict.objects.filter(paper__workshop=workshop, field="decision", resolved_at__isnull=True)
    return set(waiting.values_list("paper_id", flat=True))


def count_disagreements(workshop: Workshop) -> int:
    """Return on how many papers the two sides contradict each other; none before the first import."""
    told = ImportRun.objects.find_venue(workshop)
    if not told:
        return 0
    papers = workshop.papers.filter(is_test=False).exclude(note_id="")
    return sum(row.is_disagreement for row in _Comparison(workshop, told).compare(papers, hidden=frozenset()))


def find_last_reading(workshop: Workshop) -> ImportRun | None:
    """Return the newest finished reading of OpenReview, or nothing."""
    return ImportRun.objects.from_openreview(workshop).filter(state=ImportRun.State.DONE).first()


def take_upstream_decision(paper: Paper, *, seen: str, by: User | None) -> Decision | None:
    """Decide here what OpenReview decided, and return the decision; nothing when it stands so already.

    Goes by what was imported last. Refuses where OpenReview states no decision, and when either side has moved since `seen`,
    which is what `AgreementRow.seen` told. An award stays with a paper that stays accepted.
    """
    with transaction.atomic():
        paper = Paper.objects.select_for_update(of=("self",)).select_related("workshop").get(pk=paper.pk)
        row = next(iter(_Comparison(paper.workshop).compare(Paper.objects.filter(pk=paper.pk), hidden=frozenset())))
        if row.seen != seen:
            raise Refusal(f"The decision on {name_paper(paper)} has changed meanwhile; look at both sides again.", subject=paper)
        stated = row.theirs.stated if row.theirs else None
        if stated is None:
            raise Refusal(f"OpenReview states no decision on {name_paper(paper)} that could be taken over.", subject=paper)
        slug = stated.presentation
        presentation = paper.workshop.presentation_kinds.filter(slug=slug).first() if slug else None
        if slug and presentation is None:
            raise Refusal(f"{paper.workshop} has no presentation {slug!r} any more; explain the value anew.", subject=paper)
        held = Decision.objects.select_related("award").filter(paper=paper).first()
        award = held.award if held and held.outcome == stated.outcome == Decision.Outcome.ACCEPT else None
        decision = decide_paper(paper, outcome=stated.outcome, presentation=presentation, award=award, by=by)
        follow_edit(paper, "decision", describe_outcome(decision or held), by=by)
    return decision


class _Comparison:
    """What a workshop's rows are compared by, read once."""

    def __init__(self, workshop: Workshop, told: dict[str, Any] | None = None) -> None:
        self.workshop = workshop
        self.table: MappingTable = read_mapping(workshop)
        told = ImportRun.objects.find_venue(workshop) if told is None else told
        self.words: DecisionWords = read_decision_words(workshop, self.table, told)
        self.venue: Venue | None = read_venue(told["group"], generation=told["generation"]) if told else None
        target = FieldMapping.Target.PRESENTATION
        self.needs_extras = any(rule.target == target and rule.source in NEEDS_EXTRAS for rule in self.table.rules)
        self.stated: dict[tuple[str, str, bool | None], tuple[Outcome | None, bool]] = {}

    def compare(self, papers: PaperQuerySet, *, hidden: frozenset[int]) -> Iterator[AgreementRow]:
        """Yield a row for each paper, in no order."""
        replies = self._index_replies(papers)
        names = ["pk", "number", "title", "note_id", "standing", "venue", "venueid", "decision__outcome"]
        names += ["decision__presentation__slug", "decision__released_at", "decision__comment"]
        names += ["extras"] if self.needs_extras else []
        for (
            pk,
            number,
            title,
            note_id,
            standing,
            venue,
            venueid,
            outcome,
            presentation,
            released_at,
            comment,
            *extras,
        ) in papers.order_by().values_list(*names):
            if pk in hidden:
                yield AgreementRow(pk, number, title, note_id, Verdict.HIDDEN)
                continue
            reply, was_deleted = replies.get(pk, (None, False))
            theirs = self._describe_theirs(note_id, standing, venue, venueid, reply, was_deleted, extras[0] if extras else None)
            ours = None
            if outcome:
                decided = Outcome(outcome, presentation or "")
                ours = Ours(decided, released_at is not None, comment, self.words.find_word(decided))
            verdict = judge(ours, theirs)
            titles = self._name(ours.decided if ours else None), self._name(theirs.stated)
            yield AgreementRow(pk, number, title, note_id, verdict, standing, venue, venueid, ours, theirs, reply, *titles)

    def _name(self, decided: Outcome | None) -> str:
        if decided is None:
            return ""
        found = self.words.words.get(name_key(decided))
        return found.title if found else f"{decided.outcome} {decided.presentation}".strip().capitalize()

    def _index_replies(self, papers: PaperQuerySet) -> dict[int, tuple[Reply | None, bool]]:
        """Return each paper's newest live reply, and whether there was one that is gone."""
        found: dict[int, tuple[Reply | None, bool]] = {}
        rows = UpstreamDecision.objects.filter(paper__in=papers.order_by().values("pk")).order_by("paper_id", "written_at", "note_id")
        for pk, note_id, text, comment, written_at, changed_at, gone_at in rows.values_list(
            "paper_id", "note_id", "text", "comment", "written_at", "changed_at", "gone_at"
        ):
            newest, was_deleted = found.get(pk, (None, False))
            if gone_at is None:
                newest = Reply(note_id, text, comment, written_at, changed_at)
            found[pk] = (newest, was_deleted or gone_at is not None)
        return found

    def _describe_theirs(
        self, note_id: str, standing: str, venue: str, venueid: str, reply: Reply | None, was_deleted: bool, extras: dict[str, Any] | None
    ) -> Theirs:
        if not note_id:
            return Theirs(is_linked=False)
        accepted = read_acceptance(venueid, self.venue) if self.venue else None
        generation = self.venue.generation if self.venue else 2
        text = reply.text if reply else ""
        line = venue if accepted is not None or generation == 1 else ""
        stated, is_unexplained = self._read_stated(text, line, accepted, extras)
        return Theirs(
            is_active=standing == Paper.Standing.ACTIVE,
            text=text,
            comment=reply.comment if reply else "",
            stated=stated,
            is_unexplained=is_unexplained,
            was_deleted=was_deleted and reply is None,
            venue_says="" if accepted is None else (Decision.Outcome.ACCEPT.value if accepted else Decision.Outcome.REJECT.value),
            tells_release=generation == 2,
        )

    def _read_stated(self, text: str, line: str, accepted: bool | None, extras: dict[str, Any] | None) -> tuple[Outcome | None, bool]:
        """Return what a reply's text, or without one the venue, means here, and whether nobody has said so."""
        key = (text, line, accepted)
        if extras is None and key in self.stated:
            return self.stated[key]
        decisions = (SubmittedDecision("", text),) if text else ()
        said = Submission(note_id="", decisions=decisions, decision_venue=line, is_accepted_by_venue=accepted, extras=extras or {})
        is_unexplained = self.table.find_meaning(FieldMapping.Target.DECISION, said) is UNMAPPED
        stated = read_upstream(said, self.table)["decision"]
        outcome = Outcome(stated["outcome"], stated["presentation"] or "") if isinstance(stated, dict) else None
        self.stated[key] = outcome, is_unexplained
        return self.stated[key]
