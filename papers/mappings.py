"""What a workshop's OpenReview values mean: looked up, never guessed."""

import hashlib
import json
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.utils import timezone

from papers.errors import Refusal
from papers.history import record_change
from papers.models import Decision, FieldMapping, MappedValue, User, Workshop
from papers.submissions import Submission, SubmittedDecision
from papers.texts import clean_line

UNMAPPED = object()
IGNORED = {"ignore": True}
USUAL_SOURCES = (FieldMapping.Source.DECISION, FieldMapping.Source.VENUE)


@dataclass(frozen=True, slots=True)
class Rule:
    """One source of a target with the values that are known."""

    pk: int
    target: str
    source: str
    key: str
    values: dict[str, Any]


@dataclass(slots=True)
class MappingTable:
    """All rules of a workshop, read once per import; collects the values that nobody has explained yet."""

    rules: tuple[Rule, ...]
    tracks: dict[str, int]
    presentations: dict[str, int]
    awards: dict[str, int] = field(default_factory=dict)
    unmapped: dict[tuple[int, str], int] = field(default_factory=dict)
    kept: set[tuple[int, str]] = field(default_factory=set)

    def note_kept(self) -> None:
        """Remember that every value met so far is in the database; call it once that is committed."""
        self.kept.update(self.unmapped)

    def digest(self) -> str:
        """Return a hash of what the rules say; papers made under another one are made anew."""
        told = [(rule.target, rule.source, rule.key, sorted(rule.values.items(), key=str)) for rule in self.rules]
        names = [sorted(self.tracks), sorted(self.presentations)]
        return hashlib.sha256(json.dumps([told, names], default=str, sort_keys=True).encode()).hexdigest()

    def find_meaning(self, target: str, submission: Submission) -> Any:
        """Return the meaning of the first source that says something; `UNMAPPED` when nobody explained it, None when none speaks."""
        for rule in self.rules:
            if rule.target != target:
                continue
            said = _read_source(rule, submission)
            if said is None:
                continue
            meaning = rule.values.get(said)
            if meaning is None:
                self.unmapped[rule.pk, said] = self.unmapped.get((rule.pk, said), 0) + 1
                return UNMAPPED
            if meaning != IGNORED:
                return meaning
        return None


def read_mapping(workshop: Workshop) -> MappingTable:
    """Return the workshop's rules with every explained value; the usual ones for decisions where there are none yet."""
    held = list(workshop.mappings.prefetch_related("values"))
    rules = [
        Rule(
            rule.pk,
            rule.target,
            rule.source,
            rule.key,
            {value.value: value.meaning for value in rule.values.all() if value.meaning is not None},
        )
        for rule in held
    ]
    if not any(rule.target == FieldMapping.Target.DECISION for rule in rules):
        rules += [Rule(-place, FieldMapping.Target.DECISION, source, "", {}) for place, source in enumerate(USUAL_SOURCES, start=1)]
    return MappingTable(
        tuple(rules),
        tracks=dict(workshop.tracks.values_list("slug", "pk")),
        presentations=dict(workshop.presentation_kinds.values_list("slug", "pk")),
        awards=dict(workshop.awards.values_list("slug", "pk")),
        kept={(rule.pk, value.value) for rule in held for value in rule.values.all()},
    )


def ensure_decision_rules(workshop: Workshop) -> None:
    """Give a workshop without any decision rule the two that every venue has: the reply's text, then the venue line."""
    target = FieldMapping.Target.DECISION
    if workshop.mappings.filter(target=target).exists():
        return
    with transaction.atomic():
        for position, source in enumerate(USUAL_SOURCES, start=1):
            FieldMapping.objects.create(workshop=workshop, target=target, source=source, position=position)


def keep_unmapped(table: MappingTable) -> None:
    """Write down values never seen before, so that an organizer can say what they mean.

    Call it in the transaction that writes the papers which carry them: once a paper is passed over as
    unchanged, its values are not met again.
    """
    now, fresh = timezone.now(), sorted(table.unmapped.keys() - table.kept)
    if fresh:
        rows = [MappedValue(mapping_id=pk, value=value, first_seen_at=now) for pk, value in fresh]
        MappedValue.objects.bulk_create(rows, ignore_conflicts=True)


def tell_unmapped(table: MappingTable) -> list[str]:
    """Return a sentence for each value that was met and that nobody has explained."""
    targets = {rule.pk: FieldMapping.Target(rule.target).label.lower() for rule in table.rules}
    return [
        f"Nobody has said what “{value}” means as a {targets[pk]} ({'1 paper' if count == 1 else f'{count} papers'}); "
        "say it on the mapping page."
        for (pk, value), count in sorted(table.unmapped.items())
    ]


def explain_value(value: MappedValue, *, meaning: Any, by: User | None) -> None:
    """Say what a value means; refuses a meaning that the workshop does not have."""
    mapping = value.mapping
    check_meaning(mapping.workshop, mapping.target, meaning)
    if value.meaning == meaning:
        return
    with transaction.atomic():
        before, value.meaning = value.meaning, meaning
        value.save(update_fields=["meaning"])
        record_change(
            mapping.workshop,
            "mapped",
            by=by,
            field=f"{mapping.target}: {value.value}"[:60],
            before=before,
            after=meaning,
            note=str(mapping),
        )


def explain_values(workshop: Workshop, meanings: dict[MappedValue, Any], *, by: User | None) -> int:
    """Say what several values mean, all or none; return how many changed."""
    changed = {value: meaning for value, meaning in meanings.items() if value.meaning != meaning}
    with transaction.atomic():
        for value, meaning in changed.items():
            explain_value(value, meaning=meaning, by=by)
    return len(changed)


def add_rule(workshop: Workshop, *, target: str, source: str, key: str, by: User | None) -> FieldMapping:
    """Name one more source of a target, after those there are; refuses one that is there already."""
    with transaction.atomic():
        position = workshop.mappings.count() + 1
        rule, is_new = FieldMapping.objects.get_or_create(
            workshop=workshop, target=target, source=source, key=key, defaults={"position": position}
        )
        if not is_new:
            raise Refusal(f"{rule.get_target_display()} is read from there already.", subject=rule)
        record_change(workshop, "mapping added", by=by, field=target, after={"source": source, "key": key})
    return rule


def remove_rule(rule: FieldMapping, *, by: User | None) -> None:
    """Forget a source with what its values mean."""
    with transaction.atomic():
        meanings = {value.value: value.meaning for value in rule.values.all()}
        record_change(
            rule.workshop, "mapping removed", by=by, field=rule.target, before={"source": rule.source, "key": rule.key, "values": meanings}
        )
        rule.delete()


def check_meaning(workshop: Workshop, target: str, meaning: Any) -> None:
    """Refuse a meaning that is not one of the workshop's tracks, presentations or outcomes."""
    if meaning is None or meaning == IGNORED:
        return
    if target == FieldMapping.Target.TRACK and not workshop.tracks.filter(slug=meaning).exists():
        raise Refusal(f"{workshop} has no track {meaning!r}.", subject=workshop)
    if target == FieldMapping.Target.PROCEEDINGS and not isinstance(meaning, bool):
        raise Refusal("A proceedings choice means yes or no.", subject=workshop)
    if target == FieldMapping.Target.PRESENTATION and not workshop.presentation_kinds.filter(slug=meaning).exists():
        raise Refusal(f"{workshop} has no presentation {meaning!r}.", subject=workshop)
    if target == FieldMapping.Target.DECISION:
        _check_decision_meaning(workshop, meaning)


def find_newest_decision(submission: Submission) -> SubmittedDecision | None:
    """Return the decision reply that counts: the newest that is not deleted."""
    if not submission.decisions:
        return None
    return max(submission.decisions, key=lambda reply: (reply.written_at.timestamp() if reply.written_at else 0.0, reply.note_id))


def _check_decision_meaning(workshop: Workshop, meaning: Any) -> None:
    if not isinstance(meaning, dict) or meaning.get("outcome") not in Decision.Outcome.values:
        raise Refusal("A decision text means accept, with a presentation where there is one, or reject.", subject=workshop)
    presentation = meaning.get("presentation")
    if presentation and meaning["outcome"] == Decision.Outcome.REJECT:
        raise Refusal("A rejected paper has no presentation.", subject=workshop)
    if presentation and not workshop.presentation_kinds.filter(slug=presentation).exists():
        raise Refusal(f"{workshop} has no presentation {presentation!r}.", subject=workshop)


def _read_source(rule: Rule, submission: Submission) -> str | None:
    if rule.source == FieldMapping.Source.CONTENT:
        return _say(_find_key(submission.extras, rule.key))
    if rule.source == FieldMapping.Source.DECISION:
        newest = find_newest_decision(submission)
        return _say(newest.text) if newest else None
    if rule.source == FieldMapping.Source.VENUE:
        return _say(submission.decision_venue)
    if rule.source == FieldMapping.Source.INVITATION:
        known = [invitation for invitation in submission.invitations if invitation in rule.values]
        return known[0] if known else _say(submission.invitations[0]) if submission.invitations else None
    name, _, key = rule.key.partition(".")
    told = [_find_key(reply.content, key) for reply in submission.replies or () if reply.name == name]
    return next((said for value in told if (said := _say(value)) is not None), None)


def _find_key(values: dict[str, Any], key: str) -> Any:
    if key in values:
        return values[key]
    # Forms differ in case from year to year ("Track", "track").
    return next((value for name, value in sorted(values.items()) if name.casefold() == key.casefold()), None)


def _say(value: Any) -> str | None:
    if value is None or value in ("", []):
        return None
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return ", ".join(clean_line(str(part)) for part in value)[:500]
    if isinstance(value, dict):
        return json.dumps(value, ensure_ascii=False, sort_keys=True)[:500]
    return clean_line(str(value))[:500] or None
