"""How a search could go on."""

import pytest

from papers.models import Paper
from papers.search import Completion, complete_search
from papers.search.language import LONGEST
from papers.sight import Sight, find_sight
from tests.factories import join_workshop, make_user
from tests.papers.search.cast import Desk, make_desk


@pytest.fixture
def desk(db: None) -> Desk:
    return make_desk()


def go_on(sight: Sight, text: str) -> list[str]:
    """Return the searches that the completions make; | is the caret."""
    caret = text.index("|")
    whole = text.replace("|", "")
    return [whole[: item.start] + item.text + whole[item.end :] for item in complete_search(sight, whole, caret)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("tr|", ["track:", "has:track", "owes:track"]),
        ("a (dec|", ["a (dec:", "a (decided-since:", "a (has:decision"]),
        ("-tra|", ["-track:", "-has:track", "-owes:track"]),
        ("!tra|", ["!track:", "!has:track", "!owes:track"]),
        ("ratin|", ["rating>=", "rating-min>=", "rating-max>="]),
        ("handl|", ["handled-by:"]),
        ("dec:|", ["dec:accept", "dec:reject", "dec:none", "dec:any"]),
        ("dec:re|", ["dec:reject"]),
        ("a dec:re|xx b", ["a dec:reject b"]),
        ("dec:accept,|", ["dec:accept,accept", "dec:accept,reject", "dec:accept,none", "dec:accept,any"]),
        ("dec:accept,r|", ["dec:accept,reject"]),
        ("-dec:re|", ["-dec:reject"]),
        ("award:|", ["award:best", "award:runner-up", "award:none", "award:any"]),
        ("award:pap|", ["award:best"]),
        ("track:sho|", ["track:short"]),
        ("sho|", ["track:short"]),
        ("withd|", ["is:withdrawn"]),
        ("ora|", ["pres:oral"]),
        ("handled-by:bra|", ["handled-by:bob@search26.example"]),
        ('handled-by:"Bob B|', ["handled-by:bob@search26.example"]),
        ('handled-by:"Bob B|x" a', ["handled-by:bob@search26.example a"]),
        ("keyword:gen|", ['keyword:"generative models"']),
        ("keyword:g|", []),
        ('keyword:"generative m|', ['keyword:"generative models"']),
        ("author:be|", ['author:"Bea Brown"']),
        ("institution:tech|", ['institution:"Technische Universität"']),
        ("topic:nois|", ["topic:noise"]),
        ("rating:n|", ["rating:none"]),
        ("title:x|", []),
        ("nokey:x|", []),
        ('"two wo|', []),
        ("zzzz|", []),
    ],
)
def test_completions_by_where_the_caret_stands(desk: Desk, text: str, expected: list[str]) -> None:
    assert go_on(find_sight(desk.workshop, desk.olga), text) == expected


def test_empty_box_offers_the_first_keys(desk: Desk) -> None:
    found = complete_search(find_sight(desk.workshop, desk.olga), "", 0)
    assert (len(found), found[0]) == (12, Completion("title:", 0, 0, "title:", "In the title."))


def test_completion_says_what_it_is(desk: Desk) -> None:
    sight = find_sight(desk.workshop, desk.olga)
    assert complete_search(sight, "track:sh", 8) == [Completion("short", 6, 8, "short", "Short papers")]
    assert complete_search(sight, "handled-by:m", 12) == [Completion("me", 11, 12, "me", "myself")]


def test_outsider_is_offered_public_terms(desk: Desk) -> None:
    sight = find_sight(desk.workshop, None)
    offered = [
        "title:",
        "abstract:",
        "author:",
        "institution:",
        "keyword:",
        "topic:",
        "number>=",
        "note:",
        "track:",
        "pres:",
        "award:",
        "proceedings:",
    ]
    assert go_on(sight, "|") == offered
    assert [go_on(sight, text) for text in ("dec|", "dec:|", "rati|", "handled-by:|", "withdr|", "author:be|", "proceedings:|")] == [
        *[[]] * 6,
        ["proceedings:yes", "proceedings:no"],
    ]


def test_words_of_test_submissions_and_other_workshops_are_not_offered(desk: Desk) -> None:
    Paper.objects.filter(number=1).update(is_test=True)
    assert go_on(find_sight(desk.workshop, desk.olga), "keyword:gen|") == []
    other = make_desk("other26")
    Paper.objects.filter(workshop=other.workshop).delete()
    assert go_on(find_sight(other.workshop, other.olga), "author:be|") == []


def test_members_are_offered_up_to_twelve(desk: Desk) -> None:
    for number in range(20):
        join_workshop(make_user(f"m{number:02}@example.org"), desk.workshop)
    found = go_on(find_sight(desk.workshop, desk.olga), "handled-by:m|")
    assert found == ["handled-by:me", *(f"handled-by:m{number:02}@example.org" for number in range(11))]


@pytest.mark.parametrize("caret", [-5, 0, 3, 99_999])
def test_caret_may_stand_anywhere(desk: Desk, caret: int) -> None:
    for text in ("", "dec", "a" * LONGEST, '"' * LONGEST, "key:" * 1250, "(" * 6000, "- " * 2500):
        assert len(complete_search(find_sight(desk.workshop, desk.olga), text, caret)) <= 12
