"""Papers seen for the first time: made from a submission as rows, written whole."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from papers.arrivals import MERGED_FIELDS, Values, find_dispute, fold_for_search
from papers.bulk_rows import RowWriter
from papers.mappings import MappingTable
from papers.merging import UNKNOWN
from papers.models import Author, Decision, FieldConflict, ImportRun, Paper, RawNote, Review, UpstreamDecision
from papers.raw_notes import pack_note
from papers.replies import DECISION_NAMES, REVIEW_NAMES, list_decision_values, list_review_values
from papers.submissions import Arrival, Submission

UNTITLED = "Untitled submission"
# Packing needs no lock of the interpreter, so it runs beside the work on the other rows.
_packers = ThreadPoolExecutor(max_workers=1, thread_name_prefix="pack")
OPTIONAL_FACTS = ("number", "pdf", "link", "supplement", "license", "submitted_at", "changed_upstream_at")
AUTHOR_NAMES = ("paper_id", "position", "name", "profile_id", "email", "institutions")
RAW_NAMES = ("paper_id", "run_id", "sha256", "packed")
OUTCOME_NAMES = ("paper_id", "outcome", "presentation_id", "decided_at")
CONFLICT_NAMES = ("paper_id", "run_id", "field", "upstream")


@dataclass(slots=True)
class Draft:
    """A new paper, not yet written: its columns by attribute name, its decision, and a decision that is disputed."""

    submission: Submission
    arrival: Arrival
    values: Values
    outcome: Values | None
    disputed: Values | None


def draft_paper(arrival: Arrival, submission: Submission, upstream: Values, table: MappingTable, fingerprint: str) -> Draft:
    """Work out the rows of a paper seen for the first time."""
    known = {name: upstream[name] for name in MERGED_FIELDS if upstream[name] is not UNKNOWN}
    outcome = known.get("decision")
    dispute = find_dispute(submission, outcome) if outcome else ""
    if outcome and (dispute or submission.standing != Paper.Standing.ACTIVE):
        del known["decision"]  # taken once a person has chosen, or the paper comes back
    title = known.setdefault("title", UNTITLED)
    values = {
        "note_id": submission.note_id,
        "title": title,
        "abstract": submission.abstract or "",
        "tldr": submission.tldr or "",
        "keywords": list(submission.keywords or ()),
        "track_id": table.tracks.get(known.get("track", "")),
        "wants_proceedings": known.get("wants_proceedings"),
        "search_text": fold_for_search(
            title,
            submission.abstract or "",
            tldr=submission.tldr or "",
            keywords=submission.keywords or (),
            authors=known.get("authors", ()),
            extras=submission.extras,
        ),
        "imported": known,
        "fingerprint": fingerprint,
        **dict.fromkeys(OPTIONAL_FACTS),
        **read_facts(submission),
    }
    for name in ("pdf", "link", "supplement", "license"):
        values[name] = values[name] or ""
    return Draft(
        submission=submission,
        arrival=arrival,
        values=values,
        outcome=known.get("decision"),
        disputed={**outcome, "venueid_says": dispute} if outcome and dispute and submission.standing == Paper.Standing.ACTIVE else None,
    )


def write_drafts(drafts: list[Draft], run: ImportRun, table: MappingTable) -> None:
    """Insert whole papers; call it inside a transaction."""
    if not drafts:
        return
    sources = [draft.arrival.source for draft in drafts]
    packing = [_packers.submit(pack_note, source) if source else None for source in sources]
    names = tuple(drafts[0].values)
    rows = ([run.workshop_id, *draft.values.values()] for draft in drafts)
    keys = RowWriter(Paper, ("workshop_id", *names)).insert_for_keys(rows)
    papers = list(zip(keys, drafts, strict=True))
    RowWriter(Author, AUTHOR_NAMES).insert(
        (key, place, author.name, author.profile_id, author.email, list(author.institutions))
        for key, draft in papers
        for place, author in enumerate(draft.submission.authors or (), start=1)
    )
    RowWriter(Review, REVIEW_NAMES).insert(
        list_review_values(key, reply) for key, draft in papers for reply in draft.submission.replies or ()
    )
    RowWriter(UpstreamDecision, DECISION_NAMES).insert(
        list_decision_values(key, reply) for key, draft in papers for reply in draft.submission.decisions or ()
    )
    now = timezone.now()
    RowWriter(Decision, OUTCOME_NAMES).insert(
        (key, draft.outcome["outcome"], find_presentation(draft.outcome, table), now) for key, draft in papers if draft.outcome
    )
    RowWriter(FieldConflict, CONFLICT_NAMES).insert((key, run.pk, "decision", draft.disputed) for key, draft in papers if draft.disputed)
    RowWriter(RawNote, RAW_NAMES).insert(
        (key, run.pk, draft.arrival.digest, packed.result()) for (key, draft), packed in zip(papers, packing, strict=True) if packed
    )


def read_facts(submission: Submission) -> Values:
    """Return what only upstream can know, by attribute name; what it does not say is left out."""
    facts: Values = {
        "standing": submission.standing,
        "venue": submission.venue,
        "venueid": submission.venueid,
        "is_public_upstream": submission.is_public,
        "has_hidden_authors": submission.has_hidden_authors,
        "has_upstream_camera_ready": submission.has_camera_ready,
        "extras": submission.extras,
    }
    told = (
        submission.number,
        submission.pdf,
        submission.link,
        submission.supplement,
        submission.license or None,
        submission.submitted_at,
        submission.changed_at,
    )
    facts.update((name, value) for name, value in zip(OPTIONAL_FACTS, told, strict=True) if value is not None)
    return facts


def find_presentation(outcome: Values, table: MappingTable) -> Any:
    """Return the key of the presentation in an outcome, or nothing."""
    is_accepted = outcome["outcome"] == Decision.Outcome.ACCEPT
    return table.presentations.get(outcome.get("presentation") or "") if is_accepted else None
