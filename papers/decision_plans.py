"""Plans many decisions at once: what would change, what is refused, what to be warned of; writes nothing."""

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from papers.capacity import Capacity, Place, count_capacity
from papers.decision_rules import DecisionRules, find_revocation_refusals, read_rules
from papers.decision_states import Values, describe_decision, keep_state, tell_place
from papers.models import Award, Decision, Paper, PresentationKind, User, Workshop
from papers.naming import begin_with_paper
from papers.sight import Sight
from papers.tables.values import Mistake

REVOKE = "revoke"
ROW_REMEDY = "Correct the row, or take it out."
DID = ((Decision.Outcome.ACCEPT, "accepted"), (Decision.Outcome.REJECT, "rejected"), ("", "took back"))


@dataclass(frozen=True, slots=True)
class Wish:
    """What is asked for one paper: accept, reject or revoke. `comment` None leaves the comment as it is.

    `place` says where a table asks for it: a mistake without its sentence.
    """

    paper: Paper
    outcome: str
    presentation: PresentationKind | None = None
    award: Award | None = None
    comment: str | None = None
    place: Mistake | None = None


@dataclass(frozen=True, slots=True)
class Wishes:
    """All that a source asks for; `untouched` are papers that it leaves alone, each with the reason."""

    wishes: Sequence[Wish] = ()
    untouched: Sequence[tuple[Paper, str]] = ()
    mistakes: Sequence[Mistake] = ()
    notices: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class DecisionChange:
    """One paper whose decision changes; `before` and `after` as history tells decisions, None for none."""

    paper: Paper
    before: Values | None
    after: Values | None
    presentation: PresentationKind | None = None
    award: Award | None = None

    @property
    def digest(self) -> str:
        """Return a digest of what is seen of it: what stands there, whether authors see it, what is to come."""
        held: Decision | None = getattr(self.paper, "decision", None)
        said = [self.before, held is not None and held.released_at is not None, self.after]
        return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()[:10]

    @property
    def move(self) -> tuple[Place, Place]:
        """Return from where to where it takes the paper, for counting; a paper that is not counted goes nowhere."""
        held: Decision | None = getattr(self.paper, "decision", None)
        if self.paper.standing != Paper.Standing.ACTIVE or self.paper.is_test:
            return Place(None), Place(None)
        track = self.paper.track_id
        before = Place(track, held.outcome, held.presentation_id) if held else Place(track)
        outcome = self.after["outcome"] if self.after else ""
        return before, Place(track, outcome, self.presentation.pk if self.presentation else None)

    def as_json(self) -> dict[str, Any]:
        """Return the change as one JSON object."""
        told = {"paper": self.paper.number, "note_id": self.paper.note_id, "title": self.paper.title}
        return {**told, "before": self.before, "after": self.after}


@dataclass(frozen=True, slots=True)
class RefusedWish:
    """A paper that can't be decided so, with the reason, and where a table asks for it."""

    paper: Paper
    sentence: str
    place: Mistake | None = None

    def as_mistake(self) -> Mistake:
        """Return the refusal as a mistake of the table."""
        if self.place is None:
            return Mistake(self.sentence)
        place = self.place
        return Mistake(self.sentence, ROW_REMEDY, row=place.row, column=place.column, sheet=place.sheet, unit=place.unit)


@dataclass(frozen=True, slots=True)
class ChangeGroup:
    """The papers that go from one decision to another."""

    before: str
    after: str
    changes: tuple[DecisionChange, ...]


@dataclass(slots=True)
class DecisionPlan:
    """What many decisions change, or would.

    `refused` papers refuse the whole, `left_out` ones were dropped by whoever asked; `overflows` are warnings that must be
    confirmed. `capacity` is how full everything is before and after, as far as the person may count.
    """

    workshop: Workshop
    capacity: tuple[Capacity, Capacity]
    changes: list[DecisionChange] = field(default_factory=list)
    unchanged: int = 0
    refused: list[RefusedWish] = field(default_factory=list)
    left_out: list[RefusedWish] = field(default_factory=list)
    untouched: Sequence[tuple[Paper, str]] = ()
    mistakes: Sequence[Mistake] = ()
    notices: Sequence[str] = ()
    warnings: list[str] = field(default_factory=list)

    @property
    def all_mistakes(self) -> list[Mistake]:
        """Return every reason, of the table and of the rules, why the whole is refused."""
        return [*self.mistakes, *(refused.as_mistake() for refused in self.refused)]

    @property
    def overflows(self) -> list[str]:
        """Return a sentence for each presentation kind that would hold more than it can."""
        return self.capacity[1].list_overflows(self.capacity[0])

    @property
    def overflow_digest(self) -> str:
        """Return what somebody confirms who goes over the capacity; empty when nobody has to."""
        return hashlib.sha256("\n".join(self.overflows).encode()).hexdigest()[:10] if self.overflows else ""

    @property
    def seen(self) -> str:
        """Return what was seen of every change, by paper, as one word; `compare_seen` understands it."""
        return ",".join(f"{change.paper.pk}:{change.digest}" for change in self.changes)

    @property
    def groups(self) -> list[ChangeGroup]:
        """Return the changes by what they do, the largest group first."""
        groups: dict[tuple[str, str], list[DecisionChange]] = {}
        for change in self.changes:
            groups.setdefault((tell_place(change.before), tell_place(change.after)), []).append(change)
        ordered = sorted(groups.items(), key=lambda group: (-len(group[1]), group[0]))
        return [ChangeGroup(before, after, tuple(changes)) for (before, after), changes in ordered]

    def tell(self) -> str:
        """Return in words what it does: accepted 40, rejected 212, took back 3."""
        counts = Counter(change.after["outcome"] if change.after else "" for change in self.changes)
        words = ", ".join(f"{verb} {counts[outcome]}" for outcome, verb in DID if counts[outcome])
        return words[:1].upper() + words[1:] if words else "Nothing changed"

    def as_json(self) -> dict[str, Any]:
        """Return the plan as one JSON object."""
        return {
            "changes": [change.as_json() for change in self.changes],
            "unchanged": self.unchanged,
            "left_out": [{"paper": one.paper.number, "note_id": one.paper.note_id, "sentence": one.sentence} for one in self.left_out],
            "untouched": [{"paper": paper.number, "note_id": paper.note_id, "sentence": why} for paper, why in self.untouched],
            "mistakes": [mistake.as_json() for mistake in self.all_mistakes],
            "notices": list(self.notices),
            "warnings": self.warnings,
            "over_capacity": self.overflows,
        }


def plan_decisions(sight: Sight, asked: Wishes, *, by: User | None, drops_refused: bool = False) -> DecisionPlan:
    """Work out what `asked` changes; every refusal is named, and with `drops_refused` only left out."""
    workshop, rules = sight.workshop, read_rules(sight.workshop, by)
    held = count_capacity(sight)
    plan = DecisionPlan(workshop, (held, held), untouched=asked.untouched, mistakes=asked.mistakes, notices=asked.notices)
    for wish in asked.wishes:
        sentences = list(_find_refusals(wish, rules))
        if sentences:
            plan.refused.append(RefusedWish(wish.paper, " ".join(sentences), wish.place))
            continue
        change = _plan_change(wish)
        if change.before == change.after:
            plan.unchanged += 1
        else:
            plan.changes.append(change)
    if drops_refused:
        plan.left_out, plan.refused = plan.refused, []
    plan.capacity = (held, held.move((*change.move, 1) for change in plan.changes))
    plan.warnings = [*_warn_of_released(plan.changes), *_warn_of_awards(sight, plan.changes)]
    return plan


def compare_seen(plan: DecisionPlan, seen: str) -> dict[int, str]:
    """Return the papers, by key, that are not as they were `seen`, each with a sentence; nothing when all are."""
    pairs = (pair.partition(":") for pair in seen.split(",") if pair)
    known = {int(key): digest for key, _, digest in pairs if key.isdecimal()}
    now = {change.paper.pk: change for change in plan.changes}
    moved: dict[int, str] = {}
    for refused in (*plan.refused, *plan.left_out):
        if refused.paper.pk in known:
            moved[refused.paper.pk] = refused.sentence
    for key, change in now.items():
        name = begin_with_paper(change.paper)
        if key not in known:
            moved[key] = f"{name} is among them now."
        elif known[key] != change.digest:
            moved[key] = f"{name} is now: {tell_place(change.before)}."
    for key in known.keys() - now.keys() - moved.keys():
        moved[key] = ""  # not asked for any more, or so already: whoever loads it can say which
    return moved


def _find_refusals(wish: Wish, rules: DecisionRules) -> Iterable[str]:
    if wish.outcome == REVOKE:
        yield from rules.find_bonds(wish.paper)
        yield from find_revocation_refusals(wish.paper, getattr(wish.paper, "decision", None))
        return
    yield from rules.find_refusals(wish.paper, wish.outcome, wish.presentation, wish.award)


def _plan_change(wish: Wish) -> DecisionChange:
    held: Decision | None = getattr(wish.paper, "decision", None)
    before = describe_decision(held)
    if wish.outcome == REVOKE:
        return DecisionChange(wish.paper, before, None)
    presentation = wish.presentation
    if wish.award and wish.award.presentation:
        presentation = wish.award.presentation
    kept = held.comment if held else ""
    after = {
        "outcome": wish.outcome,
        "presentation": presentation.slug if presentation else None,
        "award": wish.award.slug if wish.award else None,
        "comment": kept if wish.comment is None else wish.comment,
    }
    return DecisionChange(wish.paper, before, after, presentation, wish.award)


def _warn_of_released(changes: list[DecisionChange]) -> list[str]:
    released = [change for change in changes if (keep_state(getattr(change.paper, "decision", None)) or {}).get("released_at")]
    if not released:
        return []
    count = len(released)
    one = "1 of these decisions has" if count == 1 else f"{count} of these decisions have"
    return [f"{one} been released: the authors see the change at once."]


def _warn_of_awards(sight: Sight, changes: list[DecisionChange]) -> list[str]:
    given = {change.award.pk: change.award for change in changes if change.award}
    if not given:
        return []
    winners = sight.papers.accepted().filter(sight.decided, is_test=False, decision__award__in=given)
    held = {pk: (number, award) for pk, number, award in winners.values_list("pk", "number", "decision__award")}
    for change in changes:
        held.pop(change.paper.pk, None)
        if change.award:
            held[change.paper.pk] = (change.paper.number, change.award.pk)
    sentences = []
    for key, award in sorted(given.items()):
        numbers = sorted(str(number if number is not None else "without number") for number, one in held.values() if one == key)
        if len(numbers) > 1:
            sentences.append(f"{award.name} goes to {len(numbers)} papers: {', '.join(numbers)}.")
    return sentences
