"""Merges the rows of a table into papers that we hold: the same merge, with what tables last said as its base."""

from dataclasses import dataclass, field
from typing import Any

from papers.arrivals import Values, read_local, read_upstream
from papers.changes import PaperChange, Sight, apply_change, plan_change
from papers.decisions import decide_paper
from papers.mappings import MappingTable
from papers.merging import UNKNOWN, merge_field
from papers.models import Decision, ImportRun, Paper, TableRecord
from papers.table_arrivals import TableArrival

AWARD = "award"


@dataclass(slots=True)
class TableChange:
    """What one row does to one paper: the change of the merge, the award to give, what to remember.

    `waiting` names fields of which a difference with OpenReview waits for a person; the table leaves them
    alone. `award` is `UNKNOWN` where nothing is given or taken away.
    """

    arrival: TableArrival
    change: PaperChange
    said: Values
    award: Any = UNKNOWN
    award_conflict: str = ""
    waiting: list[str] = field(default_factory=list)
    gets_note_id: bool = False

    @property
    def changed_names(self) -> set[str]:
        """Return the names of all that moves."""
        names = set(self.change.changed_names)
        return names | ({AWARD} if self.award is not UNKNOWN else set()) | ({"note_id"} if self.gets_note_id else set())

    def list_values(self) -> list[Values]:
        """Return each change with the values before and after, for a preview."""
        told = self.change.list_values()
        if self.award is not UNKNOWN:
            told.append({"field": AWARD, "before": _read_award(self.change.paper), "after": self.award})
        if self.gets_note_id:
            told.append({"field": "note_id", "before": "", "after": self.arrival.row.note_id})
        return told


def plan_table_change(arrival: TableArrival, paper: Paper, table: MappingTable) -> TableChange:
    """Work out what a row changes on a paper that came through `for_merge`, whose facts are set but not saved.

    The base of each field is what tables last said where that explains what we see, else what
    OpenReview last said; neither overwrites the other's. Of an export of ours every value was once ours:
    what we held before is old, anything else was edited in the table.
    """
    record = getattr(paper, "table_record", None)
    last = record.said if record else {}
    upstream, local = read_upstream(arrival.submission, table), read_local(paper)
    said = {**last, **{name: value for name, value in upstream.items() if value is not UNKNOWN}}
    waiting = _leave_waiting(paper, upstream, local)
    own = paper.imported
    bases = {name: last[name] for name in upstream if name in last and last[name] in (upstream[name], local[name])}
    if arrival.is_own:
        told = [name for name, value in upstream.items() if value is not UNKNOWN]
        bases |= {name: _choose_own_base(paper, name, upstream[name], local[name]) for name in told}
    paper.imported = {**own, **bases}
    change = plan_change(paper, arrival.submission, upstream, sight=Sight(is_from_table=True))
    change.is_visible_again = False  # a table proves nothing of what OpenReview shows
    paper.imported = change.imported = own
    planned = TableChange(arrival, change, said, waiting=waiting, gets_note_id=bool(arrival.row.note_id and not paper.note_id))
    _plan_award(planned, last.get(AWARD, UNKNOWN))
    return planned


def apply_table_change(planned: TableChange, run: ImportRun, table: MappingTable, *, actor: str) -> None:
    """Write the change; call it inside a transaction."""
    paper = planned.change.paper
    if planned.gets_note_id:
        paper.note_id = planned.arrival.row.note_id
        paper.save(update_fields=["note_id"])
    apply_change(planned.change, run, table=table, fingerprint=paper.fingerprint, actor=actor)
    if planned.award is not UNKNOWN:
        give_award(paper, planned.award, run, actor=actor)


def give_award(paper: Paper, slug: str | None, run: ImportRun, *, actor: str) -> None:
    """Give an accepted paper an award by the rules of decisions, or take it away."""
    decision = Decision.objects.select_related("presentation").get(paper=paper)
    award = run.workshop.awards.filter(slug=slug).first()
    decide_paper(paper, outcome=decision.outcome, presentation=decision.presentation, award=award, by=run.by, actor=actor)


def keep_records(records: list[TableRecord]) -> None:
    """Remember what the table said of its papers."""
    names = ["run", "said", "fingerprint"]
    TableRecord.objects.bulk_create(records, batch_size=500, update_conflicts=True, unique_fields=["paper"], update_fields=names)


def _plan_award(planned: TableChange, base: Any) -> None:
    """Merge the award, which goes only with an acceptance; a difference is told, and ours stays."""
    change, said = planned.change, planned.arrival.award
    outcome = change.taken.get("decision", change.local["decision"])
    is_accepted = outcome is not None and outcome["outcome"] == Decision.Outcome.ACCEPT
    if said is UNKNOWN or not is_accepted or any(conflict["field"] == "decision" for conflict in change.conflicts):
        return
    local = _read_award(change.paper)
    if planned.arrival.is_own:
        base = _choose_own_base(change.paper, AWARD, said, local)
    merged = merge_field(base=base, upstream=said, local=local)
    if merged.is_conflict:
        planned.award_conflict = f"The table gives it {said or 'no award'}, here it has {local or 'none'}; ours stays."
        return
    planned.said[AWARD] = said
    if merged.takes_upstream and said != local:
        planned.award = said


def _read_award(paper: Paper) -> str | None:
    decision = getattr(paper, "decision", None)
    return decision.award.slug if decision is not None and decision.award else None


def _choose_own_base(paper: Paper, name: str, said: Any, local: Any) -> Any:
    """Return what a value of an export of ours is compared with: itself where we held it before, else what we hold."""
    if said == local:
        return local
    field = "decision" if name == AWARD else name
    lines = paper.history.filter(field=field).values_list("before", flat=True)
    held = [_as_compared(name, before) for before in lines if before is not None or name != AWARD]
    return said if said in held else local


def _as_compared(name: str, value: Any) -> Any:
    """Return a value of the history in the form in which imports compare it."""
    if isinstance(value, dict) and name == AWARD:
        return value.get("award")
    if isinstance(value, dict) and name == "decision":
        return {"outcome": value.get("outcome"), "presentation": value.get("presentation")}
    return value


def _leave_waiting(paper: Paper, upstream: Values, local: Values) -> list[str]:
    """Leave differences alone that wait for a person; return the fields where the table has something to say to them."""
    told = []
    for conflict in paper.conflicts.all():
        name = conflict.field
        if conflict.resolved_at is not None or name not in upstream:
            continue
        is_ours = conflict.run is not None and conflict.run.is_from_table
        if is_ours and upstream[name] != conflict.upstream:
            continue  # another table's word, which this one replaces
        if not is_ours and upstream[name] is not UNKNOWN and upstream[name] != local[name]:
            told.append(name)
        upstream[name] = UNKNOWN
    return sorted(told)
