"""What counts when a schedule is filled: weights of rules, exceptions from hard ones."""

from dataclasses import dataclass

from django.db import transaction

from papers.errors import Refusal
from papers.history import record_change
from papers.models import User, Workshop
from program.filling.asked import list_session_names
from program.filling.wishes import read_wishes
from program.filling.wording import RELAXATIONS
from program.models import FillRules
from program.schedule_rows import StoredDraft, read_draft
from program.solver.days.rules import MOST_WEIGHT, RULES


@dataclass(frozen=True, slots=True)
class RuleException:
    """A hard rule that does not hold for somebody, in words."""

    rule: str
    whom: str
    words: str


def weigh_rules(
    workshop: Workshop, weights: dict[str, int], *, minutes: dict[str, int], wishes: str, has_posters_too: bool, by: User
) -> FillRules:
    """Keep what counts how much; refuses unknown rules, weights beyond all measure, and wishes that can't be read."""
    wrong = [rule for rule, weight in weights.items() if rule not in RULES or not 0 <= weight <= MOST_WEIGHT]
    if wrong:
        raise Refusal(
            f"A weight is a number from 0 to {MOST_WEIGHT} for a rule that exists; look at: {', '.join(wrong)}.", subject=workshop
        )
    stored = read_draft(workshop)
    numbers = [paper.number for paper in stored.papers.values() if paper.number is not None]
    read_wishes(wishes, numbers=numbers, sessions=list_session_names(stored))
    with transaction.atomic():
        rules, _ = FillRules.objects.select_for_update().get_or_create(workshop=workshop)
        before = dict(rules.weights)
        rules.weights = {rule: weight for rule, weight in weights.items() if weight != RULES[rule].weight}
        rules.minutes, rules.wishes, rules.has_posters_too = minutes, wishes, has_posters_too
        rules.save()
        record_change(workshop, "changed", by=by, field="solver rules", before=before, after=rules.weights)
    return rules


def relax_rule(workshop: Workshop, rule: str, whom: str, *, by: User) -> FillRules:
    """Let a hard rule not hold for somebody; refuses a rule that always holds."""
    if rule not in RELAXATIONS:
        raise Refusal("This rule can't be given up.", subject=workshop)
    with transaction.atomic():
        rules, _ = FillRules.objects.select_for_update().get_or_create(workshop=workshop)
        if [rule, whom] not in rules.relaxed:
            rules.relaxed = [*rules.relaxed, [rule, whom]]
            rules.save(update_fields=["relaxed"])
            record_change(workshop, "relaxed", by=by, field="solver rules", after=f"{rule} {whom}")
    return rules


def hold_rule_again(workshop: Workshop, rule: str, whom: str, *, by: User) -> FillRules:
    """Let a hard rule hold again for somebody."""
    with transaction.atomic():
        rules = FillRules.objects.select_for_update().filter(workshop=workshop).first()
        if rules is None or [rule, whom] not in rules.relaxed:
            raise Refusal("This rule holds already.", subject=workshop)
        rules.relaxed = [pair for pair in rules.relaxed if pair != [rule, whom]]
        rules.save(update_fields=["relaxed"])
        record_change(workshop, "restored", by=by, field="solver rules", after=f"{rule} {whom}")
    return rules


def list_exceptions(rules: FillRules, stored: StoredDraft) -> list[RuleException]:
    """Return the exceptions from hard rules in words."""
    papers = {str(key): paper.name for key, paper in stored.papers.items()}
    sessions = {uid: stored.draft.name_session(row) for uid, row in stored.draft.sessions.items()}

    def name(whom: str) -> str:
        return ", ".join(papers.get(one) or sessions.get(one) or one for one in whom.split(">"))

    return [RuleException(rule, whom, f"{name(whom)}: {RELAXATIONS.get(rule, rule).lower()}") for rule, whom in rules.relaxed]
