"""What OpenReview's values mean: looked up, never guessed."""

import datetime as dt
from typing import Any

import pytest

from papers.errors import Refusal
from papers.mappings import (
    IGNORED,
    UNMAPPED,
    MappingTable,
    Rule,
    ensure_decision_rules,
    explain_value,
    find_newest_decision,
    keep_unmapped,
    read_mapping,
    tell_unmapped,
)
from papers.models import FieldMapping, HistoryLine, MappedValue, User, Workshop
from papers.submissions import Submission, SubmittedDecision, SubmittedReply


def make_table(*rules: Rule) -> MappingTable:
    return MappingTable(rules, tracks={"full": 1, "short": 2}, presentations={"oral": 1})


def make_rule(source: str, key: str = "", values: dict[str, Any] | None = None, *, pk: int = 1, target: str = "track") -> Rule:
    return Rule(pk, target, source, key, values or {"Full paper": "full"})


def decide(text: str, note_id: str, day: int | None) -> SubmittedDecision:
    return SubmittedDecision(note_id, text, written_at=dt.datetime(2026, 4, day, tzinfo=dt.UTC) if day else None)


REPLY = SubmittedReply("r1", "other", "Opt_In", "", None, "", None, "", {"Kind": "Full paper"})
SAID: list[tuple[str, Rule, Submission, Any]] = [
    ("field", make_rule("content", "track"), Submission("n", extras={"track": "Full paper"}), "full"),
    ("field in another case", make_rule("content", "track"), Submission("n", extras={"Track": "Full paper"}), "full"),
    ("exact name first", make_rule("content", "track"), Submission("n", extras={"Track": "Nope", "track": "Full paper"}), "full"),
    ("value with blanks", make_rule("content", "track"), Submission("n", extras={"track": "  Full\u00a0 paper "}), "full"),
    ("list", make_rule("content", "track", {"Long, Demo": "full"}), Submission("n", extras={"track": ["Long", "Demo"]}), "full"),
    ("yes or no", make_rule("content", "archival", {"true": "full"}), Submission("n", extras={"archival": True}), "full"),
    ("number", make_rule("content", "pages", {"8": "full"}), Submission("n", extras={"pages": 8}), "full"),
    ("object", make_rule("content", "x", {'{"a": 1}': "full"}), Submission("n", extras={"x": {"a": 1}}), "full"),
    ("absent", make_rule("content", "track"), Submission("n"), None),
    ("empty", make_rule("content", "track"), Submission("n", extras={"track": ""}), None),
    ("empty list", make_rule("content", "track"), Submission("n", extras={"track": []}), None),
    ("never seen before", make_rule("content", "track"), Submission("n", extras={"track": "Demo"}), UNMAPPED),
    ("the case of a value counts", make_rule("content", "track"), Submission("n", extras={"track": "full paper"}), UNMAPPED),
    ("meaning nothing", make_rule("content", "track", {"Full paper": IGNORED}), Submission("n", extras={"track": "Full paper"}), None),
    ("decision", make_rule("decision"), Submission("n", decisions=(decide("Full paper", "d1", 1),)), "full"),
    ("no decision", make_rule("decision"), Submission("n", decisions=()), None),
    ("venue line", make_rule("venue"), Submission("n", decision_venue="Full paper"), "full"),
    ("invitation", make_rule("invitation", "", {"V/-/Long": "full"}), Submission("n", invitations=("V/-/Edit", "V/-/Long")), "full"),
    ("unknown invitation", make_rule("invitation"), Submission("n", invitations=("V/-/Long",)), UNMAPPED),
    ("reply", make_rule("reply", "Opt_In.kind"), Submission("n", replies=(REPLY,)), "full"),
    ("another reply", make_rule("reply", "Opt_Out.kind"), Submission("n", replies=(REPLY,)), None),
    ("hidden replies", make_rule("reply", "Opt_In.kind"), Submission("n"), None),
]


@pytest.mark.parametrize(("rule", "submission", "meaning"), [row[1:] for row in SAID], ids=[row[0] for row in SAID])
def test_meaning_is_looked_up(rule: Rule, submission: Submission, meaning: Any) -> None:
    assert make_table(rule).find_meaning("track", submission) is meaning or make_table(rule).find_meaning("track", submission) == meaning


def test_first_source_that_says_something_counts() -> None:
    table = make_table(make_rule("content", "track", {"x": IGNORED}), make_rule("decision", values={"Accept": "short"}, pk=2))
    submission = Submission("n", extras={"track": "x"}, decisions=(decide("Accept", "d1", 1),))
    assert table.find_meaning("track", submission) == "short"
    assert table.find_meaning("proceedings", submission) is None


def test_unmapped_values_are_counted_and_told() -> None:
    table = make_table(make_rule("content", "track"))
    for track in ("Demo", "Demo", "Talk"):
        table.find_meaning("track", Submission("n", extras={"track": track}))
    assert tell_unmapped(table) == [
        "Nobody has said what “Demo” means as a track (2 papers); say it on the mapping page.",
        "Nobody has said what “Talk” means as a track (1 paper); say it on the mapping page.",
    ]


@pytest.mark.parametrize(
    ("decisions", "newest"),
    [
        (None, None),
        ((), None),
        ((decide("Old", "d2", 1), decide("New", "d1", 2)), "New"),
        ((decide("Undated", "d9", None), decide("Dated", "d1", 1)), "Dated"),
        ((decide("First", "d1", 1), decide("Second", "d2", 1)), "Second"),
    ],
)
def test_newest_decision_counts(decisions: tuple[SubmittedDecision, ...] | None, newest: str | None) -> None:
    found = find_newest_decision(Submission("n", decisions=decisions))
    assert (found.text if found else None) == newest


def test_digest_moves_with_what_the_rules_say(workshop: Workshop) -> None:
    rule = FieldMapping.objects.create(workshop=workshop, target="track", source="content", key="track")
    first = read_mapping(workshop).digest()
    value = MappedValue.objects.create(mapping=rule, value="Full paper")
    assert read_mapping(workshop).digest() == first
    value.meaning = "full"
    value.save()
    assert read_mapping(workshop).digest() != first


def test_workshop_without_decision_rule_gets_the_usual_two_once(workshop: Workshop) -> None:
    before = read_mapping(workshop)
    ensure_decision_rules(workshop)
    ensure_decision_rules(workshop)
    assert [(rule.target, rule.source) for rule in workshop.mappings.all()] == [("decision", "decision"), ("decision", "venue")]
    assert read_mapping(workshop).digest() == before.digest()


def test_unmapped_values_are_kept_once(workshop: Workshop) -> None:
    rule = FieldMapping.objects.create(workshop=workshop, target="track", source="content", key="track")
    for _ in range(2):
        table = read_mapping(workshop)
        table.find_meaning("track", Submission("n", extras={"track": "Demo"}))
        keep_unmapped(table)
    assert list(rule.values.values_list("value", "meaning")) == [("Demo", None)]


MEANINGS: list[tuple[str, Any, str]] = [
    ("track", "poster", "Counted 2026 has no track 'poster'."),
    ("proceedings", "yes", "A proceedings choice means yes or no."),
    ("presentation", "talk", "Counted 2026 has no presentation 'talk'."),
    ("decision", "accept", "A decision text means accept, with a presentation where there is one, or reject."),
    ("decision", {"outcome": "maybe"}, "A decision text means accept, with a presentation where there is one, or reject."),
    ("decision", {"outcome": "reject", "presentation": "oral"}, "A rejected paper has no presentation."),
    ("decision", {"outcome": "accept", "presentation": "talk"}, "Counted 2026 has no presentation 'talk'."),
]


@pytest.mark.parametrize(("target", "meaning", "sentence"), MEANINGS)
def test_meaning_that_the_workshop_does_not_have_is_refused(
    workshop: Workshop, olga: User, target: str, meaning: Any, sentence: str
) -> None:
    rule = FieldMapping.objects.create(workshop=workshop, target=target, source="content", key="x")
    value = MappedValue.objects.create(mapping=rule, value="X")
    with pytest.raises(Refusal) as refusal:
        explain_value(value, meaning=meaning, by=olga)
    assert str(refusal.value) == sentence
    assert not HistoryLine.objects.exists()


def test_explaining_leaves_a_line_and_only_when_it_changes(workshop: Workshop, olga: User) -> None:
    rule = FieldMapping.objects.create(workshop=workshop, target="track", source="content", key="track")
    value = MappedValue.objects.create(mapping=rule, value="Long")
    explain_value(value, meaning="full", by=olga)
    explain_value(value, meaning="full", by=olga)
    assert list(HistoryLine.objects.values_list("by", "action", "field", "before", "after")) == [
        (olga.pk, "mapped", "track: Long", None, "full")
    ]
