"""Takes many decisions back to what they were, as long as nothing depends on them."""

from collections.abc import Iterator, Sequence

from papers.batch_records import Undoing, Values, record_changes
from papers.bulk_decisions import COMMAND, write_states
from papers.decision_states import keep_state, tell_place, tell_state
from papers.models import Award, Batch, BatchRow, Decision, HistoryLine, Letter, Paper, PresentationKind, PushedDecision, User
from papers.naming import begin_with_paper, name_paper
from papers.querysets.placing import load_for_deciding
from papers.zones import format_instant

PARTS = (("presentation", PresentationKind), ("award", Award))
LEFT = (Letter.State.WAITING, Letter.State.CLAIMED, Letter.State.SENT, Letter.State.UNCLEAR, Letter.State.BOUNCED)


def find_obstacles(batch: Batch, rows: Sequence[BatchRow]) -> list[str]:
    """Return a sentence for each paper whose decision was released, changed, told or built upon since the batch."""
    keys = [row.paper_id for row in rows]
    papers = load_for_deciding(batch.workshop.papers.all(), keys)
    changed = {row.paper_id for row in rows if keep_state(_find_decision(papers[row.paper_id])) != _forget_release(row.after, papers, row)}
    told = _find_letters(batch, keys) | _find_pushed(batch, keys)
    last = _find_last_changes(batch, changed)
    known = {name: set(model.objects.filter(workshop=batch.workshop).values_list("pk", flat=True)) for name, model in PARTS}
    sentences = list[str]()
    by_paper = {row.paper_id: row for row in rows}
    for paper in papers.values():
        row = by_paper[paper.pk]
        sentences += _find_own_obstacles(batch, paper, last.get(paper.pk), is_changed=paper.pk in changed)
        sentences += [told[paper.pk]] if paper.pk in told else []
        sentences += _find_lost_parts(paper, row.before, known)
    return sentences


def restore(batch: Batch, rows: Sequence[BatchRow], by: User | None) -> None:
    """Put back the whole of every decision as it was before the batch."""
    write_states((row.paper_id, row.before) for row in rows)
    lines = ((row.paper_id, "undone", tell_state(row.after), tell_state(row.before)) for row in rows)
    record_changes(batch, lines, field="decision", by=by, actor="" if by else COMMAND)


def _find_decision(paper: Paper) -> Decision | None:
    return getattr(paper, "decision", None)


def _forget_release(after: Values | None, papers: dict[int, Paper], row: BatchRow) -> Values | None:
    """Return the state that the batch left with the release of today: a release alone is told as such, not as a change."""
    held = keep_state(_find_decision(papers[row.paper_id]))
    return {**after, "released_at": held["released_at"]} if after and held else after


def _find_own_obstacles(batch: Batch, paper: Paper, line: HistoryLine | None, *, is_changed: bool) -> Iterator[str]:
    held, zone = _find_decision(paper), batch.workshop.zone
    if held and held.released_at:
        yield f"The decision on {name_paper(paper)} was released on {format_instant(held.released_at, zone)}; authors have seen it."
    if is_changed:
        who = f" by {line.by or line.actor or 'somebody'} on {format_instant(line.at, zone)}" if line else ""
        yield f"{begin_with_paper(paper)} was changed since{who}; it is now: {tell_place(keep_state(held))}."
    if paper.standing != Paper.Standing.ACTIVE:
        yield f"{begin_with_paper(paper)} is {paper.get_standing_display().lower()} by now."


def _find_lost_parts(paper: Paper, before: Values | None, known: dict[str, set[int]]) -> Iterator[str]:
    for name, _ in PARTS:
        key = (before or {}).get(f"{name}_id")
        if before and key is not None and key not in known[name]:
            yield f"{begin_with_paper(paper)} had the {name} {before[name]}, which is not there any more."


def _find_last_changes(batch: Batch, keys: set[int]) -> dict[int, HistoryLine]:
    """Return the last change of each decision that this batch did not make."""
    lines = HistoryLine.objects.filter(paper__in=keys, field="decision").exclude(batch=batch)
    return {line.paper_id: line for line in lines.select_related("by").order_by("at", "pk") if line.paper_id is not None}


def _find_letters(batch: Batch, keys: list[int]) -> dict[int, str]:
    """Return the papers of which a letter has left, or is about to leave, since the batch."""
    letters = Letter.objects.filter(mailing__workshop=batch.workshop, mailing__created_at__gte=batch.at, state__in=LEFT)
    found = letters.filter(paper__in=keys).select_related("mailing", "paper").order_by("-pk")
    sentences: dict[int, str] = {}
    for letter in found:
        if letter.paper is None:
            continue
        name, mailing = begin_with_paper(letter.paper), letter.mailing.name
        if letter.state == Letter.State.WAITING:
            sentences.setdefault(letter.paper.pk, f"{name}: a letter, “{mailing}”, waits to be sent to its authors; cancel it first.")
        else:
            at = letter.sent_at or letter.claimed_at or letter.mailing.created_at
            when = format_instant(at, batch.workshop.zone)
            sentences[letter.paper.pk] = f"{name}: a letter, “{mailing}”, was sent to its authors on {when}."
    return sentences


def _find_pushed(batch: Batch, keys: list[int]) -> dict[int, str]:
    """Return the papers whose decision was written to OpenReview since the batch."""
    pushed = PushedDecision.objects.filter(paper__in=keys, state=PushedDecision.State.WRITTEN, at__gte=batch.at).select_related("paper")
    return {one.paper_id: f"{begin_with_paper(one.paper)}: the decision was written to OpenReview." for one in pushed}


DECISIONS = Undoing(find_obstacles, restore, tell_place)
