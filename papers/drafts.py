"""Papers seen for the first time: built from a submission, written whole."""

from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from papers.arrivals import MERGED_FIELDS, Arrival, fold_for_search
from papers.mappings import MappingTable
from papers.merging import UNKNOWN
from papers.models import Author, Decision, FieldConflict, ImportRun, Paper, RawNote, Review, UpstreamDecision, Workshop
from papers.replies import build_review, build_upstream_decision
from papers.submissions import Submission


@dataclass(slots=True)
class Draft:
    """A new paper with everything that hangs on it, not yet written."""

    paper: Paper
    submission: Submission
    authors: list[Author]
    reviews: list[Review]
    upstream_decisions: list[UpstreamDecision]
    decision: Decision | None
    conflicts: list[FieldConflict]
    digest: str
    packed: bytes | None


def draft_paper(
    workshop: Workshop, table: MappingTable, submission: Submission, upstream: dict[str, Any], fingerprint: str, arrival: Arrival
) -> Draft:
    """Build the rows of a paper seen for the first time."""
    known = {name: upstream[name] for name in MERGED_FIELDS if upstream[name] is not UNKNOWN}
    authors = submission.authors or ()
    title = submission.title or "Untitled submission"
    outcome = known.get("decision")
    if outcome is not None and submission.standing != "active":
        outcome = None
        del known["decision"]  # taken once the paper comes back
    is_disputed = outcome is not None and "venueid_says" in outcome
    paper = Paper(
        workshop=workshop,
        note_id=submission.note_id,
        title=title,
        abstract=submission.abstract or "",
        tldr=submission.tldr or "",
        keywords=list(submission.keywords or ()),
        track_id=table.tracks.get(known.get("track", "")),
        wants_proceedings=known.get("wants_proceedings"),
        search_text=fold_for_search(title, submission.abstract or "", [author.name for author in authors], submission.number),
        imported=known,
        fingerprint=fingerprint,
    )
    copy_facts(paper, submission)
    return Draft(
        paper=paper,
        submission=submission,
        authors=[
            Author(
                paper=paper,
                position=position,
                name=author.name,
                profile_id=author.profile_id,
                email=author.email,
                institutions=list(author.institutions),
            )
            for position, author in enumerate(authors, start=1)
        ],
        reviews=[build_review(paper, reply) for reply in submission.replies or ()],
        upstream_decisions=[build_upstream_decision(paper, reply) for reply in submission.decisions or ()],
        decision=build_decision(paper, outcome, table) if outcome and not is_disputed else None,
        conflicts=[FieldConflict(paper=paper, field="decision", upstream=outcome)] if is_disputed else [],
        digest=arrival.digest,
        packed=arrival.pack() if arrival.pack else None,
    )


def write_drafts(drafts: list[Draft], run: ImportRun) -> None:
    """Insert whole papers; call it inside a transaction."""
    Paper.objects.bulk_create([draft.paper for draft in drafts])
    Author.objects.bulk_create([author for draft in drafts for author in draft.authors])
    Review.objects.bulk_create([review for draft in drafts for review in draft.reviews])
    UpstreamDecision.objects.bulk_create([reply for draft in drafts for reply in draft.upstream_decisions])
    Decision.objects.bulk_create([draft.decision for draft in drafts if draft.decision])
    for conflict in (conflict for draft in drafts for conflict in draft.conflicts):
        conflict.run = run
        conflict.save()
    RawNote.objects.bulk_create(
        [RawNote(paper=draft.paper, run=run, sha256=draft.digest, packed=draft.packed) for draft in drafts if draft.packed is not None]
    )


def copy_facts(paper: Paper, submission: Submission) -> set[str]:
    """Set what only upstream can know; return the names of the fields that changed."""
    facts: dict[str, Any] = {
        "standing": submission.standing,
        "venue": submission.venue,
        "venueid": submission.venueid,
        "is_public_upstream": submission.is_public,
        "has_hidden_authors": submission.has_hidden_authors,
        "has_upstream_camera_ready": submission.has_camera_ready,
        "extras": submission.extras,
    }
    optional = {
        "number": submission.number,
        "pdf": submission.pdf,
        "supplement": submission.supplement,
        "license": submission.license or None,
        "submitted_at": submission.submitted_at,
        "changed_upstream_at": submission.changed_at,
    }
    facts |= {name: value for name, value in optional.items() if value is not None}
    changed = {name for name, value in facts.items() if getattr(paper, name) != value}
    for name in changed:
        setattr(paper, name, facts[name])
    return changed


def build_decision(paper: Paper, outcome: dict[str, Any], table: MappingTable) -> Decision:
    """Build the decision taken over from upstream."""
    is_accepted = outcome["outcome"] == Decision.Outcome.ACCEPT
    presentation = table.presentations.get(outcome.get("presentation") or "") if is_accepted else None
    return Decision(paper=paper, outcome=outcome["outcome"], presentation_id=presentation, decided_at=timezone.now())
