"""How OpenReview words our decisions: the field mapping read backwards, and what an organizer chose where it is silent."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from papers.arrivals import read_upstream
from papers.errors import Refusal
from papers.history import record_change
from papers.mappings import MappingTable, read_mapping
from papers.models import Decision, FieldMapping, ImportRun, UpstreamDecision, User, Workshop
from papers.openreview.offices import read_offices
from papers.submissions import Submission, SubmittedDecision
from papers.texts import clean_line
from papers.verdicts import Outcome

WHERE = "choose one under “OpenReview's words” on the agreement page"


@dataclass(frozen=True, slots=True)
class DecisionWord:
    """One of our decisions with the words that OpenReview may have for it: chosen by an organizer, or told by the mapping."""

    key: str
    title: str
    chosen: str = ""
    told: tuple[str, ...] = ()

    @property
    def word(self) -> str:
        """Return the one word, or nothing when there is none or too many."""
        return self.chosen or (self.told[0] if len(self.told) == 1 else "")

    @property
    def problem(self) -> str:
        """Say why there is no word, or nothing."""
        if self.word:
            return ""
        if self.told:
            return f"OpenReview has several words for “{self.title}” ({', '.join(self.told)}); {WHERE}."
        return f"Nobody has said how OpenReview words “{self.title}”; {WHERE}."


@dataclass(frozen=True, slots=True)
class DecisionWords:
    """Every decision of a workshop in OpenReview's words; `known` are the words seen there."""

    words: dict[str, DecisionWord]
    known: tuple[str, ...] = ()

    def find_word(self, decided: Outcome) -> str:
        """Return OpenReview's word for a decision, or nothing where it is not known."""
        found = self.words.get(name_key(decided))
        return found.word if found else ""


def name_key(decided: Outcome) -> str:
    """Return under which key the word for a decision is kept."""
    return f"{decided.outcome}:{decided.presentation}" if decided.presentation else decided.outcome


def read_decision_words(workshop: Workshop, table: MappingTable | None = None, told_venue: dict[str, Any] | None = None) -> DecisionWords:
    """Return OpenReview's word for each decision of the workshop: the chosen one, else the one that the mapping tells.

    `table` and `told_venue`, the mapping and the venue's own description, are read where they are not given.
    """
    table = table or read_mapping(workshop)
    known = _list_known_words(workshop, table, ImportRun.objects.find_venue(workshop) if told_venue is None else told_venue)
    told: dict[str, list[str]] = {}
    for word in known:
        stated = read_upstream(Submission(note_id="", decisions=(SubmittedDecision("", word),)), table)["decision"]
        if isinstance(stated, dict):
            told.setdefault(name_key(Outcome(stated["outcome"], stated["presentation"] or "")), []).append(word)
    chosen = workshop.decision_words
    words = {key: DecisionWord(key, title, str(chosen.get(key) or ""), tuple(told.get(key, ()))) for key, title in list_decisions(workshop)}
    return DecisionWords(words, known)


def list_decisions(workshop: Workshop) -> list[tuple[str, str]]:
    """Return what can be decided in the workshop: key and title, as its presentations are ordered."""
    kinds = [(f"accept:{kind.slug}", f"Accept as {kind.name}") for kind in workshop.presentation_kinds.all()]
    return [*kinds, ("accept", "Accept, presentation open"), (Decision.Outcome.REJECT.value, "Reject")]


def choose_decision_words(workshop: Workshop, words: dict[str, str], *, by: User | None) -> bool:
    """Keep how OpenReview words our decisions; an empty word leaves it to the mapping. Tell whether anything changed.

    Refuses a decision that the workshop does not have, and one word for accept and reject at once.
    """
    keys = {key for key, _ in list_decisions(workshop)}
    kept = {key: clean_line(word)[:500] for key, word in sorted(words.items()) if clean_line(word)}
    if unknown := sorted(kept.keys() - keys):
        raise Refusal(f"{workshop} has no decision {unknown[0]!r}.", subject=workshop)
    rejects = {word for key, word in kept.items() if key == Decision.Outcome.REJECT}
    if both := sorted(rejects & {word for key, word in kept.items() if key != Decision.Outcome.REJECT}):
        raise Refusal(f"“{both[0]}” can't mean accept and reject at once.", subject=workshop)
    with transaction.atomic():
        held = Workshop.objects.select_for_update(of=("self",)).get(pk=workshop.pk)
        if held.decision_words == kept:
            return False
        record_change(held, "chose words", by=by, field="OpenReview's words", before=held.decision_words or None, after=kept or None)
        held.decision_words = workshop.decision_words = kept
        held.save(update_fields=["decision_words"])
    return True


def _list_known_words(workshop: Workshop, table: MappingTable, told: dict[str, Any]) -> tuple[str, ...]:
    options: Iterable[str] = read_offices(told["group"]).accept_options if told else ()
    source, target = FieldMapping.Source.DECISION, FieldMapping.Target.DECISION
    mapped = [value for rule in table.rules if (rule.target, rule.source) == (target, source) for value in rule.values]
    seen = UpstreamDecision.objects.filter(paper__workshop=workshop).exclude(text="").order_by().values_list("text", flat=True).distinct()
    words = {clean_line(word) for word in [*options, *mapped, *seen]}
    return tuple(sorted(word for word in words if word))
