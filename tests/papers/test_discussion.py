"""What members say about a paper in private: said, changed, withdrawn, read."""

import datetime as dt

import pytest
import time_machine

from papers.discussion import add_remark, change_remark, find_read_until, is_changeable, mark_read, withdraw_remark
from papers.errors import Refusal
from papers.models import ConflictOfInterest, Membership, Paper, Remark, Role, User, Workshop
from papers.sight import find_sight
from tests.factories import accept, join_workshop, make_paper, make_user

NOON = dt.datetime(2026, 4, 1, 12, tzinfo=dt.UTC)


@pytest.fixture
def paper(workshop: Workshop) -> Paper:
    return make_paper(workshop, number=7)


@pytest.fixture
def mel(workshop: Workshop) -> Membership:
    return join_workshop(make_user("mel@x.example", name="Mel Member"), workshop)


def bind(paper: Paper, member: Membership) -> None:
    ConflictOfInterest.objects.create(paper=paper, member=member, ground="declared")


def list_mentions(remark: Remark) -> list[str]:
    return sorted(str(user) for user in remark.mentioned.all())


def test_said_with_its_mentions(paper: Paper, mel: Membership, olga: User) -> None:
    pat = join_workshop(make_user("pat@x.example", name="Pat"), paper.workshop)
    remark = add_remark(paper, text=" First line\r\nsee @mel and me@pat.example \x07", mentioned=[pat], by=olga)
    assert (remark.text, list_mentions(remark)) == ("First line\nsee @mel and me@pat.example", ["Mel Member", "Pat"])
    line = paper.history.get()
    assert (line.action, line.field, line.before, line.after, line.note) == ("remarked", "remark", None, None, "mentions Mel Member, Pat")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("@Mel Member, please", ["Mel Member"]),
        ("(@mél)", ["Mel Member"]),
        ("ask @mel@x.example", ["Mel Member"]),
        ("@melanie or mail a@mel.example", []),
        ("@olga I tell myself", []),
        ("@sam is two people", []),
    ],
)
def test_names_after_an_at_sign_are_mentions(paper: Paper, mel: Membership, olga: User, text: str, found: list[str]) -> None:
    for surname in ("One", "Two"):
        join_workshop(make_user(name=f"Sam {surname}"), paper.workshop)
    assert list_mentions(add_remark(paper, text=text, by=olga)) == found


def test_nobody_is_mentioned_who_can_not_read_it(paper: Paper, mel: Membership, olga: User) -> None:
    publisher = join_workshop(make_user("pub@x.example", name="Pub"), paper.workshop, Role.PUBLISHER)
    bind(paper, mel)
    for text, mentioned, sentence in (
        ("@mel?", [], "Mel Member has a conflict of interest and does not see the discussion of paper 7"),
        ("You?", [mel], "Mel Member has a conflict of interest"),
        ("You?", [publisher], "Pub is publisher and does not see the discussion"),
    ):
        with pytest.raises(Refusal, match=sentence):
            add_remark(paper, text=text, mentioned=mentioned, by=olga)
    assert (paper.remarks.count(), paper.history.count()) == (0, 0)


def test_bound_members_say_nothing(paper: Paper, mel: Membership, olga: User) -> None:
    remark = add_remark(paper, text="Before", by=mel.user)
    bind(paper, mel)
    for act in (
        lambda: add_remark(paper, text="x", by=mel.user),
        lambda: change_remark(remark, text="x", by=mel.user),
        lambda: withdraw_remark(remark, by=mel.user),
    ):
        with pytest.raises(Refusal, match="You have a conflict of interest with paper 7"):
            act()
    assert [one.text for one in paper.remarks.all()] == ["Before"]


@pytest.mark.parametrize(("text", "sentence"), [(" \u200b ", "Write what you want to say about paper 7"), ("x" * 10_001, "10,001")])
def test_nothing_and_too_much_are_refused(paper: Paper, olga: User, text: str, sentence: str) -> None:
    with pytest.raises(Refusal, match=sentence):
        add_remark(paper, text=text, by=olga)


def test_a_double_click_says_it_once(paper: Paper, mel: Membership, olga: User) -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        add_remark(paper, text="Same", by=olga)
        with pytest.raises(Refusal, match="You said exactly this a moment ago"):
            add_remark(paper, text="Same", by=olga)
        add_remark(paper, text="Same", by=mel.user)
        clock.shift(dt.timedelta(minutes=3))
        add_remark(paper, text="Same", by=olga)
    assert paper.remarks.count() == 3


def test_changed_for_half_an_hour_by_who_said_it(paper: Paper, mel: Membership, olga: User) -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        remark = add_remark(paper, text="Teh @mel", by=olga)
        with pytest.raises(Refusal, match="Only who said something about paper 7 can change it"):
            change_remark(remark, text="The", by=mel.user)
        clock.shift(dt.timedelta(minutes=30))
        change_remark(remark, text="The", by=olga)
        change_remark(remark, text="The", by=olga)
        remark.refresh_from_db()
        assert (remark.text, remark.changed_at, list_mentions(remark)) == ("The", NOON + dt.timedelta(minutes=30), [])
        assert is_changeable(remark)
        clock.shift(dt.timedelta(seconds=1))
        assert not is_changeable(remark)
        with pytest.raises(Refusal, match="can be changed for 30 minutes"):
            change_remark(remark, text="Later", by=olga)
    assert [line.action for line in paper.history.order_by("pk")] == ["remarked", "changed"]


def test_withdrawn_text_is_gone_for_good(paper: Paper, mel: Membership, olga: User) -> None:
    remark = add_remark(paper, text="Regret @mel", by=olga)
    with pytest.raises(Refusal, match="Only who said something"):
        withdraw_remark(remark, by=mel.user)
    withdraw_remark(remark, by=olga)
    remark.refresh_from_db()
    assert (remark.text, remark.withdrawn_at is not None, list_mentions(remark), is_changeable(remark)) == ("", True, [], False)
    assert "Regret" not in str(list(paper.history.values()))
    with pytest.raises(Refusal, match="this remark was withdrawn already"):
        withdraw_remark(remark, by=olga)
    with pytest.raises(Refusal, match="this remark was withdrawn already"):
        change_remark(remark, text="Back", by=olga)


def test_read_up_to_what_was_on_the_page(paper: Paper, mel: Membership, olga: User) -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        first = add_remark(paper, text="One", by=mel.user)
        clock.shift(dt.timedelta(minutes=1))
        second = add_remark(paper, text="Two", by=mel.user)
    assert find_read_until(paper, olga) is None
    mark_read(paper, by=olga, until=second.pk)
    mark_read(paper, by=olga, until=first.pk)
    assert find_read_until(paper, olga) == second.at
    other = add_remark(make_paper(paper.workshop), text="Elsewhere", by=olga)
    with pytest.raises(Refusal, match="There is no such remark on paper 7"):
        mark_read(paper, by=olga, until=other.pk)
    bind(paper, Membership.objects.get(user=olga))
    for key in (second.pk, other.pk):
        with pytest.raises(Refusal, match="You have a conflict of interest with paper 7 and don't see its discussion"):
            mark_read(paper, by=olga, until=key)


def list_waiting(workshop: Workshop, user: User) -> list[int | None]:
    sight = find_sight(workshop, user)
    return list(sight.papers.judged_by(sight).waiting_for(user).order_by("number").values_list("number", flat=True))


def count_waiting(workshop: Workshop, user: User) -> list[int]:
    """Count what waits: without a recommendation, undecided, unread, mentions."""
    sight = find_sight(workshop, user)
    counted = sight.papers.judged_by(sight).count_waiting(user)
    return [counted[name] for name in ("without_recommendation", "undecided", "unread", "mentions")]


def test_what_waits_for_me(workshop: Workshop, mel: Membership, olga: User) -> None:
    """Mine and undecided; mine with unread remarks, decided or not; anything that mentions me; nothing hidden."""
    own = Membership.objects.get(user=olga)
    papers = {number: make_paper(workshop, number=number) for number in range(1, 9)}
    for number in (1, 2, 3, 6, 8):
        papers[number].handlings.create(member=own)
    for number in (2, 3):
        accept(papers[number])
    for number, text in ((3, "News"), (4, "Not yours"), (5, "@olga"), (7, "@olga"), (2, "Withdrawn")):
        remark = add_remark(papers[number], text=text, by=mel.user)
        if number in (2, 7):
            withdraw_remark(remark, by=mel.user)
    Paper.objects.filter(number=6).update(standing="withdrawn")
    add_remark(papers[8], text="Hidden @olga", by=mel.user)
    bind(papers[8], own)
    assert list_waiting(workshop, olga) == [1, 3, 5]
    counted = find_sight(workshop, olga)
    assert counted.papers.judged_by(counted).count_waiting(olga) == {
        "without_recommendation": 1,
        "undecided": 0,
        "unread": 1,
        "mentions": 1,
    }
    for number in (3, 5):
        mark_read(papers[number], by=olga, until=papers[number].remarks.get().pk)
    papers[1].recommendations.create(by=olga, outcome="accept")
    assert list_waiting(workshop, olga) == [1]
    assert counted.papers.judged_by(counted).count_waiting(olga) == {
        "without_recommendation": 0,
        "undecided": 1,
        "unread": 0,
        "mentions": 0,
    }
    add_remark(papers[3], text="I say it myself", by=olga)
    assert list_waiting(workshop, olga) == [1]
