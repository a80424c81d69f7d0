"""What each term finds, and the sentence for what it can't."""

import pytest
from pytest_django import DjangoAssertNumQueries

from papers.models import AuthorClaim, Paper
from papers.search import SearchMistake, search_papers
from papers.search.asked import Known
from papers.search.deciding import DIFFERING
from papers.search.owing import DEBTS
from papers.search.standing import BELONGINGS, STATES
from papers.search.terms import BY_NAME, TERMS
from papers.sight import find_sight
from tests.papers.search.cast import Desk, make_desk

ALL = {1, 2, 3, 4, 5, 6, 7, 8, 9, 11}


@pytest.fixture
def desk(db: None) -> Desk:
    return make_desk()


def find(desk: Desk, text: str, *, is_inside: bool = True) -> set[int | None]:
    papers = search_papers(find_sight(desk.workshop, desk.olga if is_inside else None), text)
    found = list(papers.values_list("number", flat=True))
    assert len(found) == len(set(found))
    return set(found)


FOUND: list[tuple[str, set[int]]] = [
    ("", ALL),
    ("noise", {1, 2, 3}),
    ("NÖISE models", {1, 2}),
    ('"noise models"', {2}),
    ("noise or hidden", {1, 2, 3, 5}),
    ("noise -short", {1, 2}),
    ("not noise", {4, 5, 6, 7, 8, 9, 11}),
    ("noise (diffusion or short)", {1, 3}),
    ("100%", {1}),
    ("_", set()),
    ("\\", set()),
    ("#2 #4-6 12", {2, 4, 5, 6}),
    ("noise #2-9", {2, 3}),
    ("https://openreview.net/forum?id=note3", {3}),
    ("Mixed: ", {11}),
    ("title:noise", {2, 3}),
    ("ti:noise -title:short", {2}),
    ("abstract:noise", {1}),
    ("abstract:100%", {1}),
    ("abstract:10_%", set()),
    ("tldr:sleep", {1}),
    ("tldr:noise", set()),
    ("keyword:noise", {1}),
    ('keyword:"generative models"', {1}),
    ("keyword:models,nothing", {1}),
    ("topic:noise", {1}),
    ("topic:video", {5}),
    ('author:"bea brown"', {11}),
    ("author:universitat", set()),
    ("institution:universitat", {1}),
    ("inst:tu.example", {1}),
    ("number>=9", {9, 11}),
    ("number:3..4", {3, 4}),
    ("number:none", set()),
    ("number:any", ALL),
    ("note:note7", {7}),
    ("note:NOTE7", set()),
    ("authors>=3", {11}),
    ("authors:0", {5}),
    ("authors<2", ALL - {11}),
    ("track:short", {3}),
    ('track:"short papers"', {3}),
    ("track:none", {4}),
    ("track:any", ALL - {4}),
    ("track!=full", {3, 4}),
    ("track:short,none", {3, 4}),
    ("pres:oral", {1}),
    ("pres:poster", {2}),
    ("pres:none", set()),
    ("pres:any", {1, 2}),
    ("award:best", {1}),
    ('award:"Best Paper"', {1}),
    ("award:runner-up", set()),
    ("award:any", {1}),
    ("award:none", {2}),
    ("proceedings:yes", {1}),
    ("proceedings:no", {2, 3}),
    ("proceedings:unknown", {4, 5, 6, 7, 8, 9, 11}),
    ("dec:accept", {1, 2}),
    ("dec:yes", {1, 2}),
    ("decision:reject", {3}),
    ("dec:no", {3}),
    ("dec:any", {1, 2, 3}),
    ("dec:none", {4, 5, 11}),
    ("dec:accept,reject", {1, 2, 3}),
    ("is:active", {1, 2, 3, 4, 5, 11}),
    ("is:withdrawn", {6}),
    ("is:desk-rejected", {7}),
    ("is:desk_rejected", {7}),
    ("is:deleted", {8}),
    ("is:left", {9}),
    ("is:vanished", {9}),
    ("is:public", {1}),
    ("is:hidden-authors", {5}),
    ("is:test", {10}),
    ("not is:test", ALL),
    ("is:test or #1", {1, 10}),
    ("is:undecided", {4, 5, 11}),
    ("is:unreleased", {2, 3, 6}),
    ("is:released", {1}),
    ("is:underreviewed", {2, 3, 4, 5}),
    ("is:mine", {1, 4, 11}),
    ("is:waiting", {4, 11}),
    ("is:lettered", {1, 2, 3, 6}),
    ("has:review", {1, 2, 3, 4, 6, 11}),
    ("has:reviews", {1, 2, 3, 4, 6, 11}),
    ("has:recommendation", {3, 4, 11}),
    ("has:remark", {11}),
    ("has:decision", {1, 2, 3, 6}),
    ("has:award", {1}),
    ("has:comment", {2}),
    ("has:camera-ready", {2}),
    ("has:pdf", {1}),
    ("has:supplement", {1}),
    ("has:abstract", {1}),
    ("has:tldr", {1}),
    ("has:keywords", {1}),
    ("has:track", ALL - {4}),
    ("has:number", ALL),
    ("has:link", {2}),
    ("has:license", {2}),
    ("owes:camera-ready", {1}),
    ("owes:copyright", {1}),
    ("owes:license", {1}),
    ("owes:presentation", set()),
    ("owes:track", set()),
    ("owes:authors", set()),
    ("owes:proceedings-choice", set()),
    ("owes:paper", set()),
    ("owes:pdf", set()),
    ("owes:supplement", set()),
    ("owes:form", set()),
    ("owes:poster", set()),
    ("owes:slides", set()),
    ("owes:video", set()),
    ("owes:files", set()),
    ("owes:metadata", {1}),
    ("owes:presenter", {1}),
    ("owes:attendance", {1}),
    ("owes:overdue", set()),
    ("owes:any", {1}),
    ("owes:none", set()),
    ("overdue:any", set()),
    ("overdue:none", {1}),
    ("file:received", set()),
    ("rating>6", {1}),
    ("rating>=6", {1, 2, 11}),
    ("rating=6", {2, 11}),
    ("rating<6", {3, 4, 6}),
    ("rating<=5.5", {3, 4, 6}),
    ("rating:5..6", {2, 3, 4, 11}),
    ("rating!=6", ALL - {2, 11}),
    ("rating:8,5", {1, 4}),
    ("rating:none", {5, 7, 8, 9}),
    ("score:any", {1, 2, 3, 4, 6, 11}),
    ("rating-min<5", {3, 6}),
    ("rating-max:9", {1, 3}),
    ("spread>3", {3}),
    ("spread:0", {2, 4, 6}),
    ("confidence>4.4", {2, 3, 4, 6}),
    ("confidence:4.33", {1, 11}),
    ("reviews:0", {5, 7, 8, 9}),
    ("reviews<3", {2, 3, 4, 5, 6, 7, 8, 9}),
    ("reviews>=3", {1, 11}),
    ("reviews:1..2", {2, 3, 4, 6}),
    ("recommended:accept", {4}),
    ("recommended:reject", {3}),
    ("recommended:mixed", {11}),
    ("recommended:me", {11}),
    ("recommended:any", {3, 4, 11}),
    ("rec:none", ALL - {3, 4, 11}),
    ("handled-by:me", {1, 4, 11}),
    ("handled-by:bob", {2}),
    ('handled-by:"Bob Brauer"', {2}),
    ("handled-by:bob@search26.example", {2}),
    ("handled-by:me,bob", {1, 2, 4, 11}),
    ("handled-by:any", {1, 2, 4, 11}),
    ("handled-by:none", ALL - {1, 2, 4, 11}),
    ("conflict:bob", {2}),
    ("conflict:me", set()),
    ("conflict:any", {2}),
    ("conflict:none", ALL - {2}),
    ("differs:any", {2, 3}),
    ("differs:title", {2}),
    ("differs:decision", {3}),
    ("differs:track", set()),
    ("differs:none", ALL - {2, 3}),
    ("letter:sent", {1}),
    ("letter:waiting", {2}),
    ("letter:failed", {3}),
    ("letter:bounced", {6}),
    ("letter:any", {1, 2, 3, 6}),
    ("letter:none", ALL - {1, 2, 3, 6}),
    ("changed-since:2026-04-01", {1, 3}),
    ("changed-since:2026-04-01T05:00", {1, 3}),
    ("changed-since:2026-04-01T05:30", {3}),
    ("changed-since:2026-04-01T12:30Z", {3}),
    ("changed-since:2026-04-02", set()),
    ("changed-since:yesterday", set()),
    ("submitted-since:2026-04-01T12:30Z", {3}),
    ("submitted-since:20y", {1, 3}),
    ("decided-since:2026-04-01T12:30Z", {2, 3, 6}),
    ("decided-since:today", set()),
]


def test_every_search_finds_its_papers(desk: Desk) -> None:
    assert {text: find(desk, text) for text, _ in FOUND} == dict(FOUND)


def test_every_term_is_tried() -> None:
    tried = {
        BY_NAME[key].key
        for text, _ in FOUND
        for key in [text.split(":")[0].rstrip("<>=!").split(">")[0].split("<")[0].split("=")[0].split("!")[0]]
        if key in BY_NAME
    }
    assert {term.key for term in TERMS} - tried == set()
    texts = {text for text, _ in FOUND}
    fixed = [f"{key}:{word}" for key, words in (("is", STATES), ("has", BELONGINGS), ("owes", DEBTS)) for word in words]
    assert [text for text in fixed if text not in texts] == []


def test_every_value_that_is_offered_can_be_asked(desk: Desk) -> None:
    sight = find_sight(desk.workshop, desk.olga)
    for term in TERMS:
        for value in term.offer(Known(sight)):
            assert find(desk, f"{term.key}:{value.text}") | find(desk, f"not {term.key}:{value.text}") == ALL | (
                {10} if value.text == "test" else set()
            )
    assert [field.replace("_", "-") for field in DIFFERING] == [value.text for value in BY_NAME["differs"].offer(Known(sight))][1:-1]


def test_proven_author_counts_as_conflicted(desk: Desk) -> None:
    AuthorClaim.objects.create(user=desk.olga, paper=desk.papers[7], ground="tilde")
    assert (find(desk, "conflict:me"), find(desk, "conflict:any")) == ({7}, {2, 7})


@pytest.mark.parametrize(
    ("text", "sentence", "blamed", "suggestion"),
    [
        ("a track:shrot b", "Counted 2026 has no track “shrot”; did you mean “short”?", "shrot", "a track:short b"),
        ("track:full,shrot", "Counted 2026 has no track “shrot”; did you mean “short”?", "shrot", "track:full,short"),
        ('track:"shrot papers"', "Counted 2026 has no track “shrot papers”; did you mean “short”?", '"shrot papers"', "track:short"),
        ("track:xyz", "Counted 2026 has no track “xyz”; it can be full, short, any, none.", "xyz", ""),
        ("award:bst", "Counted 2026 has no award “bst”; did you mean “best”?", "bst", "award:best"),
        ("pres:orla", "Counted 2026 has no presentation “orla”; did you mean “oral”?", "orla", "pres:oral"),
        ("dec:acept", "“dec” can't be “acept”; did you mean “accept”?", "acept", "dec:accept"),
        ("is:withdrwan", "“is” can't be “withdrwan”; did you mean “withdrawn”?", "withdrwan", "is:withdrawn"),
        ("has:camera", "“has” can't be “camera”; did you mean “camera-ready”?", "camera", "has:camera-ready"),
        ("owes:copyrigth", "“owes” can't be “copyrigth”; did you mean “copyright”?", "copyrigth", "owes:copyright"),
        ("proceedings:42", "“proceedings” can't be “42”; it can be yes, no, unknown.", "42", ""),
        ("differs:titel", "“differs” can't be “titel”; did you mean “title”?", "titel", "differs:title"),
        ("recommended:mxed", "“recommended” can't be “mxed”; did you mean “mixed”?", "mxed", "recommended:mixed"),
        ("letter:snt", "“letter” can't be “snt”; did you mean “sent”?", "snt", "letter:sent"),
        (
            "handled-by:bobb",
            "Counted 2026 has no member “bobb”; did you mean “bob@search26.example”?",
            "bobb",
            "handled-by:bob@search26.example",
        ),
        ("handeld-by:me", "There is no key “handeld-by”; did you mean “handled-by”?", "handeld-by", "handled-by:me"),
        ("decission:none x", "There is no key “decission”; did you mean “decision”?", "decission", "decision:none x"),
        ("foo:bar", "There is no key “foo”; put quotes around it to look for it as text.", "foo", '"foo:bar"'),
        ('foo:"a b"', "There is no key “foo”; put quotes around it to look for it as text.", "foo", ""),
        ("dec: x", "“dec:” needs a value: accept, reject, none, any.", "dec:", ""),
        ("track>full", "“track” can't be compared; write track:full.", "track>full", "track:full"),
        ("rating>high", "“rating” compares with a number, as in rating>=3 or rating:3..5; “high” is none.", "high", ""),
        ("reviews:none", "“reviews” compares with a number, as in reviews>=3 or reviews:3..5; “none” is none.", "none", ""),
        ("rating:7..5", "“7..5” runs backwards; did you mean 5..7?", "7..5", "rating:5..7"),
        ("title:\u0301", "“\u0301” has nothing to look for.", "\u0301", ""),
        ("a" * 4000 + "ﷺ" * 300, "These words are too long to be looked for in one piece.", "a" * 4000 + "ﷺ" * 300, ""),
        (
            " ".join(f"#{n}-{n + 1}" for n in range(201)),
            "These are more than 200 ranges of numbers.",
            " ".join(f"#{n}-{n + 1}" for n in range(201)),
            "",
        ),
    ],
)
def test_mistake_names_the_nearest(desk: Desk, text: str, sentence: str, blamed: str, suggestion: str) -> None:
    with pytest.raises(SearchMistake) as caught:
        find(desk, text)
    mistake = caught.value
    assert (mistake.sentence, text[mistake.start : mistake.end]) == (sentence, blamed)
    assert mistake.suggestion == suggestion
    if suggestion:
        find(desk, suggestion)


@pytest.mark.parametrize("day", ["soon", "2026-13-01", "0d5", "99999-01-01", "31.12.2026"])
def test_day_that_is_none_is_a_mistake(desk: Desk, day: str) -> None:
    with pytest.raises(SearchMistake, match=f"“{day}” is no day; write 20"):
        find(desk, f"changed-since:{day}")


PUBLIC_FOUND: list[tuple[str, set[int]]] = [
    ("", {1}),
    ("noise", {1}),
    ("sleep", set()),
    ("ada", {1}),
    ("universitat", {1}),
    ("author:ada", {1}),
    ("#1-9", {1}),
    ("not #1", set()),
    ("track:full", {1}),
    ("proceedings:no", set()),
    ("is:test", set()),
]


def test_outsider_finds_what_is_public(desk: Desk) -> None:
    asked = [(text, found) for text, found in PUBLIC_FOUND if not text.startswith("is:")]
    assert {text: find(desk, text, is_inside=False) for text, _ in asked} == dict(asked)


@pytest.mark.parametrize("reason", ["", "Named in the call"])
def test_outsider_does_not_find_hidden_authors(desk: Desk, reason: str) -> None:
    Paper.objects.filter(number=1).update(has_hidden_authors=True)
    desk.workshop.hidden_authors_reason = reason
    desk.workshop.save()
    found = {1} if reason else set()
    asked = ["ada", "author:ada", "institution:universitat", "universitat", "authors:1"]
    assert [find(desk, text, is_inside=False) for text in asked] == [found] * 5
    assert find(desk, "noise dawn", is_inside=False) == {1}
    assert [find(desk, text) & {1} for text in asked] == [{1}] * 5


@pytest.mark.parametrize("key", sorted({name for name, term in BY_NAME.items() if not term.is_public}))
def test_outsider_learns_of_no_inside_term(desk: Desk, key: str) -> None:
    with pytest.raises(SearchMistake) as caught:
        find(desk, f"{key}:x", is_inside=False)
    with pytest.raises(SearchMistake) as unknown:
        find(desk, "qqqq:x", is_inside=False)
    sentence = caught.value.sentence
    named = [name for name, term in BY_NAME.items() if not term.is_public and f"“{name}”" in sentence.replace(f"no key “{key}”", "")]
    assert (sentence.startswith(f"There is no key “{key}”"), named) == (True, [])
    assert unknown.value.sentence == "There is no key “qqqq”; put quotes around it to look for it as text."


def test_outsider_is_not_offered_inside_values(desk: Desk) -> None:
    with pytest.raises(SearchMistake, match=r"^“proceedings” can't be “unknown”; it can be yes, no\.$"):
        find(desk, "proceedings:unknown", is_inside=False)


def test_search_is_one_query(desk: Desk, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    sight = find_sight(desk.workshop, desk.olga)
    with django_assert_num_queries(1):
        list(search_papers(sight, "noise (rating>5 or reviews<3 or spread>2) dec:none,accept -is:withdrawn recommended:mixed"))


def test_workshops_do_not_mix(desk: Desk) -> None:
    other = make_desk("other26")
    assert find(other, "rating>6 handled-by:me") == {1}
    assert set(search_papers(find_sight(other.workshop, other.olga), "")) == set(other.workshop.papers.filter(is_test=False))
    with pytest.raises(SearchMistake, match="has no member"):
        find(other, "handled-by:olga@search26.example")
