"""Stage 2: accepts and rejects papers one by one, releases what was decided."""

from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from papers.batch_records import record_batch
from papers.capacity import OverCapacity, refuse_overflow
from papers.decision_rules import find_revocation_refusals, refuse_decision
from papers.decision_states import describe_decision, digest_decision, keep_state, tell_decision, tell_place
from papers.errors import Refusal
from papers.history import record_change
from papers.interests import refuse_conflicted
from papers.models import Author, Award, Batch, Decision, HistoryLine, Paper, PresentationKind, User, Workshop
from papers.naming import begin_with_paper
from papers.querysets.placing import MOST_KEYS
from papers.reviewing import refuse_underreviewed
from papers.zones import find_zone, format_clock, format_day, name_offset

__all__ = [
    "DecisionChanged",
    "OverCapacity",
    "decide_paper",
    "describe_decision",
    "digest_decision",
    "refuse_decision",
    "revoke_decision",
    "tell_decision",
]


class DecisionChanged(Refusal):
    """Somebody decided while this person had the paper open; `decision` is what stands there now, nothing for undecided."""

    def __init__(self, sentence: str, *, paper: Paper, decision: Decision | None) -> None:
        super().__init__(sentence, subject=paper)
        self.decision = decision


def decide_paper(
    paper: Paper,
    *,
    outcome: str,
    presentation: PresentationKind | None = None,
    award: Award | None = None,
    comment: str | None = None,
    by: User | None,
    actor: str = "",
    seen: str | None = None,
    over_capacity: bool = False,
) -> Decision | None:
    """Record accept or reject on a paper and return the decision, or nothing when it stood so already.

    `seen` is `digest_decision` of what the person had before their eyes; where the present one differs it refuses with
    `DecisionChanged` and writes nothing. Refuses on a paper that is not active or a test, on an award for a track that
    may not win one, on a presentation or award with a reject, on a conflict of interest, on missing reviews where they
    block, and with `OverCapacity` on a presentation that is full unless `over_capacity` is confirmed. A decision that
    authors have seen keeps its release. What a person decides is a batch of one, `decision.batch`, which can be undone;
    an import that passes on what another system says (`actor`) makes none, and is asked neither about conflicts and
    reviews nor about capacity.
    """
    refuse_decision(paper, outcome, presentation, award)
    if not actor:
        refuse_conflicted(paper, by)
        refuse_underreviewed(paper)
    if award and award.presentation and outcome == Decision.Outcome.ACCEPT:
        presentation = award.presentation
    with transaction.atomic():
        held = _lock_decision(paper, seen)
        refuse_decision(paper, outcome, presentation, award)
        before, decision = keep_state(held), held or Decision(paper=paper)
        if presentation and not (actor or over_capacity) and decision.presentation_id != presentation.pk:
            refuse_overflow(paper, presentation, by=by)
        described = describe_decision(held)
        decision.outcome, decision.presentation, decision.award = outcome, presentation, award
        decision.comment = decision.comment if comment is None else comment
        if describe_decision(decision) == described:
            return None
        decision.by, decision.decided_at = by, timezone.now()
        decision.save()
        if not actor:
            decision.batch = _record_single(paper, before, decision, by)
        record_change(
            paper.workshop,
            "decided",
            by=by,
            actor=actor,
            paper=paper,
            field="decision",
            before=described,
            after=describe_decision(decision),
            batch=decision.batch,
        )
    return decision


def revoke_decision(paper: Paper, *, by: User | None, seen: str | None = None) -> Batch:
    """Take a decision back, and return the act, which can be undone.

    Refuses once authors have seen it, on a conflict of interest, and, as `decide_paper` does, when it is not as `seen`.
    """
    refuse_conflicted(paper, by)
    with transaction.atomic():
        decision = _lock_decision(paper, seen)
        for sentence in find_revocation_refusals(paper, decision):
            raise Refusal(sentence, subject=paper)
        before, described = keep_state(decision), describe_decision(decision)
        Decision.objects.filter(paper=paper).delete()
        batch = record_batch(
            paper.workshop, Batch.Kind.DECISIONS, f"{begin_with_paper(paper)}: decision taken back", [(paper.pk, before, None)], by=by
        )
        record_change(paper.workshop, "revoked", by=by, paper=paper, field="decision", before=described, batch=batch)
    return batch


@dataclass(frozen=True, slots=True)
class ReleaseSummary:
    """Which decisions become visible, or did: papers by key, how many of them accepted and rejected, to how many authors.

    An author of several papers counts once where profile or mail address tells; without both, by name. `withdrawn`
    decisions become visible too, but their papers are listed nowhere.
    """

    papers: tuple[int, ...] = ()
    accepted: int = 0
    rejected: int = 0
    withdrawn: int = 0
    author_count: int = 0

    @property
    def count(self) -> int:
        """Return how many decisions there are."""
        return len(self.papers)

    def __str__(self) -> str:
        papers = f"{self.count} decision{'' if self.count == 1 else 's'}"
        return f"{papers}: {self.accepted} accepted, {self.rejected} rejected, {self.author_count} authors"


def summarize_release(workshop: Workshop) -> ReleaseSummary:
    """Return what a release would make visible now; a test submission's decision counts for nobody but is released too."""
    waiting = Decision.objects.filter(paper__workshop=workshop, released_at__isnull=True)
    rows = list(waiting.order_by("paper__number", "paper_id").values_list("paper_id", "outcome", "paper__standing"))
    active = [outcome for _, outcome, standing in rows if standing == Paper.Standing.ACTIVE]
    people = Author.objects.filter(paper__workshop=workshop, paper__decision__isnull=False, paper__decision__released_at__isnull=True)
    named = people.order_by().values_list("profile_id", "email", "name").distinct()
    return ReleaseSummary(
        papers=tuple(key for key, _, _ in rows),
        accepted=active.count(Decision.Outcome.ACCEPT),
        rejected=active.count(Decision.Outcome.REJECT),
        withdrawn=len(rows) - len(active),
        author_count=len({profile or email.lower() or name for profile, email, name in named}),
    )


def release_decisions(workshop: Workshop, *, by: User | None) -> ReleaseSummary:
    """Make every decision of the workshop visible to authors and, if accepted, to the world; return what became visible.

    All become visible in one moment. Refuses when there is nothing to release.
    """
    with transaction.atomic():
        lock_decisions(workshop)
        summary = summarize_release(workshop)
        if not summary.count:
            raise Refusal(f"{workshop} has no decision that is not released yet.{_tell_undecided(workshop)}", subject=workshop)
        moment = timezone.now()
        for start in range(0, summary.count, MOST_KEYS):  # by key: what somebody decides meanwhile was not summed up
            told = Decision.objects.filter(paper__in=summary.papers[start : start + MOST_KEYS])
            told.update(released_at=moment)
        record_change(workshop, "released", by=by, field="decisions", after=summary.count)
    return summary


def name_hidden_authors(workshop: Workshop, *, reason: str, by: User | None) -> None:
    """List the authors of accepted papers although OpenReview still hides them; refuses without a reason."""
    if not reason.strip():
        raise Refusal("Say why these authors may be named although OpenReview hides them.", subject=workshop)
    with transaction.atomic():
        before, workshop.hidden_authors_reason = workshop.hidden_authors_reason, reason.strip()
        workshop.save(update_fields=["hidden_authors_reason"])
        record_change(workshop, "authors named", by=by, field="hidden authors", before=before or None, after=workshop.hidden_authors_reason)


def lock_decisions(workshop: Workshop) -> None:
    """Let nobody else change many decisions of the workshop at once until the transaction around it ends."""
    Workshop.objects.select_for_update(no_key=True).only("pk").get(pk=workshop.pk)


def _tell_undecided(workshop: Workshop) -> str:
    count = Paper.objects.in_workshop(workshop).undecided().count()
    return f" Without a decision: {count} paper{'' if count == 1 else 's'}; accept or reject them first." if count else ""


def _lock_decision(paper: Paper, seen: str | None) -> Decision | None:
    """Return the decision as it stands, locked with its paper until the transaction ends; refuses one that is not as `seen`."""
    locked = Paper.objects.select_for_update(of=("self",), no_key=True).only("standing", "is_test").get(pk=paper.pk)
    paper.standing, paper.is_test = locked.standing, locked.is_test
    related = Decision.objects.select_related("presentation", "award", "by")
    held = related.select_for_update(of=("self",)).filter(paper=paper).first()
    if seen is not None and digest_decision(held) != seen:
        raise DecisionChanged(_tell_change(paper, held), paper=paper, decision=held)
    return held


def _tell_change(paper: Paper, held: Decision | None) -> str:
    """Say who decided what, when, while a person had the paper open."""
    line = HistoryLine.objects.filter(paper=paper, field="decision").select_related("by").order_by("-at", "-pk").first()
    who = str(line.by) if line and line.by else "An import" if line and line.actor.startswith("import") else "Somebody"
    at = held.decided_at if held else line.at if line else timezone.now()
    did = f"decided {tell_place(describe_decision(held))}" if held else "took the decision back"
    if held and held.released_at and (line is None or held.released_at > line.at):
        who, did, at = "The decision", "was released", held.released_at
    local, today = at.astimezone(find_zone(paper.workshop.zone)), timezone.now().astimezone(find_zone(paper.workshop.zone))
    day = "" if local.date() == today.date() else f" on {format_day(local)}"
    clock = f"{format_clock(local)} {name_offset(local)}"
    return f"{who} {did}{day} at {clock} while you had this paper open. Look at it, then decide again."


def _record_single(paper: Paper, before: dict[str, object] | None, decision: Decision, by: User | None) -> Batch:
    title = f"{begin_with_paper(paper)}: {tell_place(describe_decision(decision))}"
    return record_batch(paper.workshop, Batch.Kind.DECISIONS, title, [(paper.pk, before, keep_state(decision))], by=by)
