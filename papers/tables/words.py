"""Explains a workshop's words: its tracks, decisions, presentations, awards; looked up, never guessed."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from papers.tables.cells import VERDICTS, read_yes_or_no
from papers.tables.values import Mistake, TableReading, TableRow
from papers.texts import clean_line, fold_text

VERDICT_AS = re.compile(r"(accept|accepted)\s*(?:\((?P<inside>.+)\)|(?:[-–—:]|as\b)\s*(?P<after>.+))")
NOTHING = frozenset({"none", "-", "–", "—"})
NOUNS = {"track": "track", "presentation": "presentation", "award": "award", "proceedings": "proceedings choice", "decision": "decision"}


@dataclass(frozen=True, slots=True)
class WordRule:
    """A rule of the workshop's mapping: what the texts of a column mean. `column` is empty for decision texts."""

    target: str
    column: str
    values: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What a workshop's words mean.

    `slugs` lead, by target, from folded slugs and names to slugs; `labels` are the ways in which a
    mistake tells them.
    """

    slugs: Mapping[str, Mapping[str, str]]
    labels: Mapping[str, tuple[str, ...]]
    rules: tuple[WordRule, ...] = ()

    @property
    def columns(self) -> frozenset[str]:
        """Return the folded columns that rules read."""
        return frozenset(rule.column for rule in self.rules if rule.column)

    def find_word(self, target: str, text: str) -> Any:
        """Return what the product's own words and the workshop's say; None for a word that neither has."""
        folded = fold_text(text)
        if target == "proceedings":
            return read_yes_or_no(folded)
        if target == "decision":
            return self._find_decision(folded)
        return self.slugs[target].get(folded)

    def explain_decision(self, text: str) -> Any:
        """Return what a decision's text means, by the workshop's rules first; None for one that nobody has explained."""
        meaning = self.decision_texts.get(clean_line(text)[:500])
        return self.find_word("decision", text) if meaning is None else meaning

    @property
    def decision_texts(self) -> Mapping[str, Any]:
        """Return the decision texts that rules explain; the first rule wins."""
        rules = [rule.values for rule in reversed(self.rules) if rule.target == "decision" and not rule.column]
        return {text: meaning for values in rules for text, meaning in values.items()}

    def tell_known(self, target: str) -> str:
        """Return what may be written for a target, as the end of a sentence."""
        words = self.labels.get(target, ())
        if not words:
            return f"The workshop has no {NOUNS[target]}s; add one in its settings, or leave the cell empty."
        explained = ", or say on the mapping page what this means" if target != "award" else ""
        return f"Write {' or '.join([', '.join(words[:-1]), words[-1]] if len(words) > 1 else words)}{explained}."

    def _find_decision(self, folded: str) -> Any:
        if folded in VERDICTS:
            return {"outcome": VERDICTS[folded]}
        if folded in self.slugs["presentation"]:
            return {"outcome": "accept", "presentation": self.slugs["presentation"][folded]}
        found = VERDICT_AS.fullmatch(folded)
        if found is None:
            return None
        said = (found["inside"] or found["after"]).strip()
        said = said if said in self.slugs["presentation"] else said.removeprefix("a ").removeprefix("an ")
        presentation = self.slugs["presentation"].get(said)
        return {"outcome": "accept", "presentation": presentation} if presentation else None


@dataclass(frozen=True, slots=True)
class Stated:
    """What a row states in the workshop's words; None where it does not say.

    `has_no_presentation` and `has_no_award` say that there is none, which is not the same.
    `decision_column` names the column to blame when the parts do not go together.
    """

    track: str | None = None
    proceedings: bool | None = None
    outcome: str | None = None
    presentation: str | None = None
    award: str | None = None
    has_no_presentation: bool = False
    has_no_award: bool = False
    decision_column: str = "decision"


def state_row(row: TableRow, vocabulary: Vocabulary, reading: TableReading) -> tuple[Stated, list[Mistake]]:
    """Return what a row says in the workshop's words, with a mistake for every text that nobody has explained."""
    mistakes: list[Mistake] = []
    found = {target: _explain(target, row, vocabulary, mistakes) for target in NOUNS}
    decision = found["decision"] if isinstance(found["decision"], dict) else {}
    empties = {target for target, (_, text) in row.said.items() if fold_text(text) in NOTHING or (reading.is_own and not text)}
    if found["presentation"] and decision.get("presentation", found["presentation"]) != found["presentation"]:
        column, text = row.said["presentation"]
        mistakes.append(row.blame(column, "The decision names another presentation.", "Make the two agree.", value=text))
    columns = [row.said[target][0] for target in ("award", "presentation", "decision") if target in row.said and row.said[target][1]]
    return Stated(
        track=found["track"],
        proceedings=found["proceedings"],
        outcome=decision.get("outcome"),
        presentation=found["presentation"] or decision.get("presentation"),
        award=found["award"],
        has_no_presentation="presentation" in empties and not decision.get("presentation"),
        has_no_award="award" in empties,
        decision_column=columns[0] if columns else "decision",
    ), mistakes


def _explain(target: str, row: TableRow, vocabulary: Vocabulary, mistakes: list[Mistake]) -> Any:
    """Return the meaning of the first source that says something."""
    for column, text, values in _list_sources(target, row, vocabulary):
        meaning = values.get(clean_line(text)[:500])
        if meaning == {"ignore": True}:
            continue
        if meaning is None:
            meaning = vocabulary.find_word(target, text)
        if meaning is None:
            sentence = f"The workshop knows no {NOUNS[target]} of this name."
            explained = target if target != "award" else ""
            mistakes.append(row.blame(column, sentence, vocabulary.tell_known(target), value=text, target=explained))
        return meaning
    return None


def _list_sources(target: str, row: TableRow, vocabulary: Vocabulary) -> Iterator[tuple[str, str, Mapping[str, Any]]]:
    """Yield the columns that speak of a target with their texts: those that the workshop's rules name, then the dialect's own."""
    for rule in vocabulary.rules:
        column, text = row.cells.get(rule.column, ("", "")) if rule.target == target else ("", "")
        if text:
            yield column, text, rule.values
    column, text = row.said.get(target, ("", ""))
    if text and fold_text(text) not in NOTHING:
        yield column, text, vocabulary.decision_texts if target == "decision" else {}
