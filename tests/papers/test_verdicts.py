"""Every combination of what OpenReview and this workshop can say of one paper."""

import itertools

import pytest

from papers.verdicts import ADVICE, DISAGREEMENTS, Ours, Outcome, Theirs, Verdict, differs_in_comment, judge

ORAL, POSTER, ACCEPT, REJECT = Outcome("accept", "oral"), Outcome("accept", "poster"), Outcome("accept"), Outcome("reject")
WORDS = {ORAL: "Accept (Oral)", POSTER: "Accept (Poster)", ACCEPT: "Accept", REJECT: "Reject"}
OURS = {"-": None, "oral": ORAL, "poster": POSTER, "accept": ACCEPT, "reject": REJECT}
# What the reply says; "deleted" was there once, "odd" nobody has explained.
REPLIES: dict[str, Outcome | None] = {"-": None, "deleted": None, "oral": ORAL, "accept": ACCEPT, "reject": REJECT, "odd": None}
VENUES = ("", "accept", "reject")
NAMES = {
    "=": Verdict.AGREE,
    "o": Verdict.OPEN,
    "+": Verdict.ONLY_OURS,
    "?": Verdict.ONLY_THEIRS,
    "x": Verdict.OUTCOME,
    "p": Verdict.PRESENTATION,
    "s": Verdict.STALE,
    "u": Verdict.UNEXPLAINED,
    "t": Verdict.RELEASED_THERE,
    "h": Verdict.RELEASED_HERE,
}
# Columns: nothing decided here; then oral, poster, accept without presentation, reject, each not released and released.
TABLE = """
    -        .       o  ++ ++ ++ ++
    -        accept  ?  t= t= t= xx
    -        reject  ?  xx xx xx t=
    deleted  .       o  ++ ++ ++ ++
    deleted  accept  s  ss ss ss ss
    deleted  reject  s  ss ss ss ss
    oral     .       ?  =h pp pp xx
    oral     accept  ?  t= pp pp xx
    oral     reject  s  ss ss ss ss
    accept   .       ?  pp pp =h xx
    accept   accept  ?  pp pp t= xx
    accept   reject  s  ss ss ss ss
    reject   .       ?  xx xx xx =h
    reject   accept  s  ss ss ss ss
    reject   reject  ?  xx xx xx t=
    odd      .       u  uu uu uu uu
    odd      accept  u  uu uu uu uu
    odd      reject  u  uu uu uu uu
"""


def read_table() -> dict[tuple[str, str, str, bool], Verdict]:
    """Return the expected verdict by reply, venueid, our decision and our release."""
    expected = {}
    for line in TABLE.strip().splitlines():
        reply, venue, *cells = line.split()
        for name, cell in zip(OURS, cells, strict=True):
            for is_released, letter in zip((False, True), cell, strict=False):
                expected[reply, venue.strip("."), name, is_released] = NAMES[letter]
    return expected


def make_theirs(reply: str, venue: str) -> Theirs:
    stated = REPLIES[reply]
    text = "Who knows" if reply == "odd" else WORDS[stated] if stated else ""
    if not text and venue:
        stated = Outcome(venue)
    return Theirs(text=text, stated=stated, is_unexplained=reply == "odd", was_deleted=reply == "deleted", venue_says=venue)


def make_ours(name: str, *, is_released: bool = False, comment: str = "") -> Ours | None:
    decided = OURS[name]
    return Ours(decided, is_released, comment, WORDS[decided]) if decided else None


EXPECTED = read_table()


def test_the_table_has_every_combination() -> None:
    decided = [(name, is_released) for name in OURS for is_released in (False, True) if name != "-" or not is_released]
    assert set(EXPECTED) == {(reply, venue, *ours) for reply, venue, ours in itertools.product(REPLIES, VENUES, decided)}
    assert set(EXPECTED.values()) == set(NAMES.values())


@pytest.mark.parametrize(("reply", "venue", "ours", "is_released"), sorted(EXPECTED))
def test_every_combination_has_its_verdict(reply: str, venue: str, ours: str, is_released: bool) -> None:
    assert judge(make_ours(ours, is_released=is_released), make_theirs(reply, venue)) is EXPECTED[reply, venue, ours, is_released]


@pytest.mark.parametrize("ours", OURS)
def test_a_paper_that_is_gone_there_matters_where_it_is_accepted_here(ours: str) -> None:
    verdict = judge(make_ours(ours), Theirs(is_active=False, text="Reject", stated=REJECT, venue_says="reject"))
    assert verdict is (Verdict.WITHDRAWN if ours in {"oral", "poster", "accept"} else Verdict.SET_ASIDE)


@pytest.mark.parametrize("ours", OURS)
def test_a_paper_from_a_table_has_no_other_side(ours: str) -> None:
    assert judge(make_ours(ours), Theirs(is_linked=False, is_active=False)) is Verdict.LOCAL


def test_a_word_that_stands_for_our_presentation_agrees() -> None:
    theirs = Theirs(text="Accept", stated=ACCEPT)
    assert judge(Ours(ORAL, word="Accept"), theirs) is Verdict.AGREE
    assert judge(Ours(ORAL, word=""), theirs) is Verdict.PRESENTATION


def test_a_venue_line_with_a_presentation_is_compared() -> None:
    theirs = Theirs(stated=ORAL, venue_says="accept")
    assert judge(Ours(POSTER, is_released=True), theirs) is Verdict.PRESENTATION
    assert judge(Ours(ORAL, is_released=True), theirs) is Verdict.AGREE


def test_an_old_venue_tells_nothing_of_its_release() -> None:
    assert judge(Ours(REJECT, is_released=True), Theirs(text="Reject", stated=REJECT, tells_release=False)) is Verdict.AGREE


@pytest.mark.parametrize(
    ("ours", "theirs", "verdict"),
    [
        ("", "Their comment", Verdict.AGREE),
        ("Our comment", "", Verdict.COMMENT),
        ("Our comment", "Their comment", Verdict.COMMENT),
        ("One\n\n two ", "One two", Verdict.AGREE),
    ],
)
def test_only_a_comment_of_ours_can_differ(ours: str, theirs: str, verdict: Verdict) -> None:
    assert judge(make_ours("reject", comment=ours), Theirs(text="Reject", stated=REJECT, comment=theirs)) is verdict
    assert differs_in_comment(ours, theirs) is (verdict is Verdict.COMMENT)


def test_every_verdict_has_advice_that_ends() -> None:
    assert (set(ADVICE), all(advice.sentence.endswith(".") for advice in ADVICE.values())) == (set(Verdict), True)
    assert {verdict for verdict in Verdict if ADVICE[verdict].may_take} <= DISAGREEMENTS
