"""OpenReview's words for our decisions: the mapping read backwards, and what an organizer chose."""

import pytest

from papers.decision_words import DecisionWord, choose_decision_words, read_decision_words
from papers.errors import Refusal
from papers.models import FieldMapping, HistoryLine, ImportRun, MappedValue, UpstreamDecision, User, Workshop
from papers.verdicts import Outcome
from tests.factories import make_paper, make_user
from tests.papers.standin_venues import make_mapped_workshop, make_venue

pytestmark = pytest.mark.django_db


@pytest.fixture
def workshop() -> Workshop:
    return make_mapped_workshop()


@pytest.fixture
def olga() -> User:
    return make_user("olga@example.org")


def list_words(workshop: Workshop) -> dict[str, str]:
    return {key: word.word for key, word in read_decision_words(workshop).words.items()}


def test_the_mapping_tells_backwards(workshop: Workshop) -> None:
    assert read_decision_words(workshop).words == {
        "accept:oral": DecisionWord("accept:oral", "Accept as Oral", "", ("Accept (Oral)",)),
        "accept:poster": DecisionWord("accept:poster", "Accept as Poster", "", ("Accept (Poster)",)),
        "accept": DecisionWord("accept", "Accept, presentation open"),
        "reject": DecisionWord("reject", "Reject", "", ("Reject",)),
    }


def test_a_presentation_of_its_own_rule_counts(workshop: Workshop) -> None:
    MappedValue.objects.filter(value="Accept (Oral)").update(meaning={"outcome": "accept"})
    rule = FieldMapping.objects.create(workshop=workshop, target="presentation", source="decision")
    MappedValue.objects.create(mapping=rule, value="Accept (Oral)", meaning="oral")
    assert list_words(workshop) == {"accept:oral": "Accept (Oral)", "accept:poster": "Accept (Poster)", "accept": "", "reject": "Reject"}


def test_known_words_are_those_of_venue_mapping_and_papers(workshop: Workshop) -> None:
    UpstreamDecision.objects.create(paper=make_paper(workshop), note_id="d1", text="Accept (Spotlight)")
    UpstreamDecision.objects.create(paper=make_paper(make_mapped_workshop("x.org/W", "other")), note_id="d2", text="Elsewhere")
    group = make_venue(accept_options=("Accept (Talk)",)).store.groups["example.org/2026/Workshop/Counted"]
    ImportRun.objects.create(workshop=workshop, source=ImportRun.OPENREVIEW, venue={"group": group, "generation": 2})
    assert read_decision_words(workshop).known == ("Accept (Oral)", "Accept (Poster)", "Accept (Spotlight)", "Accept (Talk)", "Reject")


def test_a_chosen_word_settles_it(workshop: Workshop, olga: User) -> None:
    rule = workshop.mappings.get(target="decision")
    MappedValue.objects.create(mapping=rule, value="Decline", meaning={"outcome": "reject"})
    words = read_decision_words(workshop)
    assert (words.find_word(Outcome("reject")), words.words["reject"].problem) == (
        "",
        "OpenReview has several words for “Reject” (Decline, Reject); choose one under “OpenReview's words” on the agreement page.",
    )
    assert choose_decision_words(workshop, {"reject": "  Decline ", "accept": "", "accept:oral": ""}, by=olga)
    workshop.refresh_from_db()
    assert (workshop.decision_words, read_decision_words(workshop).find_word(Outcome("reject"))) == ({"reject": "Decline"}, "Decline")
    line = HistoryLine.objects.get()
    assert (line.action, line.field, line.before, line.after, line.by) == (
        "chose words",
        "OpenReview's words",
        None,
        {"reject": "Decline"},
        olga,
    )
    assert not choose_decision_words(workshop, {"reject": "Decline"}, by=olga)
    assert choose_decision_words(workshop, {}, by=olga)
    assert (workshop.decision_words, HistoryLine.objects.count()) == ({}, 2)


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ({"accept:talk": "Accept (Talk)"}, "Counted 2026 has no decision 'accept:talk'."),
        ({"accept": "Yes", "reject": "Yes"}, "“Yes” can't mean accept and reject at once."),
    ],
)
def test_words_that_cannot_be_are_refused(workshop: Workshop, words: dict[str, str], sentence: str) -> None:
    with pytest.raises(Refusal) as caught:
        choose_decision_words(workshop, words, by=None)
    assert (caught.value.sentence, HistoryLine.objects.count()) == (sentence, 0)
