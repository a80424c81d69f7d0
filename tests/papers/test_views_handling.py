"""The pages of handling: overview, assignment, sharing, what waits, the panels of the paper page."""

import re

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from papers.discussion import add_remark
from papers.handling import assign_paper
from papers.models import Batch, ConflictOfInterest, Handling, HistoryLine, Membership, Paper, Review, Role, User, Workshop
from papers.recommendations import recommend_decision
from papers.sight import find_sight
from papers.workloads import count_workloads
from tests.factories import accept, join_workshop, make_paper, make_user


@pytest.fixture
def paper(workshop: Workshop) -> Paper:
    return make_paper(workshop, title="Counted Paper", number=7)


@pytest.fixture
def mel(workshop: Workshop) -> Membership:
    return join_workshop(make_user("mel@x.example", name="Mel Member"), workshop)


def bind(paper: Paper, user: User) -> None:
    member = Membership.objects.get(workshop=paper.workshop, user=user)
    ConflictOfInterest.objects.create(paper=paper, member=member, ground="institution", evidence="both at Uni (Ada)")


def address(name: str, *arguments: object) -> str:
    return reverse(name, args=["counted26", *arguments])


def list_messages(response: object) -> list[str]:
    return [str(message) for message in response.context["messages"]]  # type: ignore[attr-defined]


def test_workloads_count_what_each_looks_after(workshop: Workshop, mel: Membership, olga: User) -> None:
    papers = [make_paper(workshop, number=number) for number in range(1, 6)]
    Membership.objects.filter(pk=mel.pk).update(capacity=3)
    for paper in papers[:3]:
        assign_paper(paper, Membership.objects.get(pk=mel.pk), by=olga)
    recommend_decision(papers[0], outcome="accept", by=mel.user)
    accept(papers[1])
    Paper.objects.filter(number=5).update(standing="withdrawn")
    bind(papers[3], mel.user)
    works = {str(work.member.user): work for work in count_workloads(find_sight(workshop, olga)).members}
    one = works["Mel Member"]
    assert (one.load, one.undecided, one.recommended, one.waiting, one.conflicts, one.percent, one.is_full) == (3, 2, 1, 1, 1, 100.0, True)
    other = works["Olga Organizer"]
    assert (other.load, other.waiting, other.percent, other.is_full) == (0, 0, 0.0, False)
    totals = count_workloads(find_sight(workshop, olga))
    assert (totals.active, totals.unassigned, totals.conflicted, totals.hidden) == (4, 1, 0, 0)


def test_hidden_papers_count_nowhere(workshop: Workshop, mel: Membership, olga: User, paper: Paper) -> None:
    assign_paper(paper, mel, by=olga)
    bind(paper, olga)
    totals = count_workloads(find_sight(workshop, olga))
    assert (totals.active, totals.unassigned, totals.hidden) == (0, 0, 1)
    assert {work.load for work in totals.members} == {0}


@pytest.mark.parametrize("count", [1, 3])
def test_overview_asks_a_fixed_number_of_times(
    client: Client, workshop: Workshop, olga: User, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(count):
        member = join_workshop(make_user(), workshop)
        assign_paper(make_paper(workshop), member, by=olga)
    client.force_login(olga)
    with django_assert_num_queries(13):
        page = client.get(address("handling")).content.decode()
    assert page.count("data-keys-row") == count + 1


def test_assigned_and_taken_away_on_the_paper_page(client: Client, paper: Paper, mel: Membership, olga: User) -> None:
    client.force_login(olga)
    page = address("paper", paper.pk)
    response = client.post(address("assign-paper", paper.pk), {"member": mel.pk}, follow=True)
    assert (response.redirect_chain, list_messages(response)) == ([(page, 302)], ["Mel Member looks after this paper now."])
    assert response.context["handlings"] == list(Handling.objects.all())
    response = client.post(address("unassign-paper", paper.pk, mel.pk), follow=True)
    assert (Handling.objects.count(), list_messages(response)) == (0, ["Mel Member does not look after this paper any more."])


def test_malformed_and_refused_assignments(client: Client, paper: Paper, mel: Membership, olga: User) -> None:
    client.force_login(olga)
    response = client.post(address("assign-paper", paper.pk), {"member": ""})
    assert (response.status_code, response.context["assign_form"].errors) == (422, {"member": ["This field is required."]})
    bind(paper, mel.user)
    response = client.post(address("assign-paper", paper.pk), {"member": mel.pk}, headers={"hx-request": "true"})
    assert (response.status_code, Handling.objects.count()) == (409, 0)
    assert "Mel Member has a conflict of interest with paper 7" in response.content.decode()


@pytest.mark.parametrize("role", [Role.ASSISTANT, Role.PUBLISHER, None])
def test_only_deciders_assign(client: Client, paper: Paper, mel: Membership, role: Role | None) -> None:
    user = make_user()
    if role:
        join_workshop(user, paper.workshop, role)
    client.force_login(user)
    for name, arguments in (
        ("assign-paper", (paper.pk,)),
        ("unassign-paper", (paper.pk, mel.pk)),
        ("apply-assignment", ()),
        ("apply-balance", ()),
        ("assign-many", ()),
        ("balance-handling", ()),
        ("end-conflicted-handling", ()),
    ):
        assert client.post(address(name, *arguments), {"member": mel.pk, "q": ""}).status_code == 404
    assert Handling.objects.count() == 0


def test_selection_is_previewed_then_applied_once(client: Client, workshop: Workshop, mel: Membership, olga: User) -> None:
    papers = [make_paper(workshop, number=number) for number in (1, 2, 3)]
    client.force_login(olga)
    selected = {"paper": [papers[0].pk, papers[1].pk], "q": "ignored", "sort": "title"}
    response = client.post(address("assign-many"), selected)
    assert response["Location"] == f"{address('assign-many')}?paper={papers[0].pk}%2C{papers[1].pk}"
    page = client.get(response["Location"])
    assert (page.context["chosen_count"], "plan" in page.context) == (2, False)
    page = client.get(f"{response['Location']}&member={mel.pk}&way=add")
    plan = page.context["plan"]
    assert ([change.paper.number for change in plan.changes], Handling.objects.count()) == ([1, 2], 0)
    data = [*page.context["carried"], ("seen", plan.digest), ("nonce", page.context["nonce"])]
    for message in ("Assigned to Mel Member: 2 selected papers: 2 papers changed. It can be undone for 30 days.", ""):
        response = client.post(address("apply-assignment"), dict(data), follow=True)
        if message:
            assert list_messages(response) == [message]
    assert "This preview was applied already" in response.content.decode()
    assert (list(Handling.objects.order_by("paper__number").values_list("paper__number", flat=True)), Batch.objects.count()) == ([1, 2], 1)


def test_everything_found_is_meant_when_said(client: Client, workshop: Workshop, mel: Membership, olga: User) -> None:
    papers = [make_paper(workshop, number=number) for number in (1, 2, 3)]
    client.force_login(olga)
    response = client.post(address("assign-many"), {"paper": [papers[0].pk], "q": "1-2", "everything": "on"})
    page = client.get(f"{response['Location']}&member={mel.pk}&way=add")
    assert [change.paper.number for change in page.context["plan"].changes] == [1, 2]


def test_nothing_selected_is_refused(client: Client, workshop: Workshop, mel: Membership, olga: User) -> None:
    make_paper(workshop)
    client.force_login(olga)
    for name in ("assign-many", "balance-handling"):
        for data in ({}, {"paper": "x,y"}, {"paper": "", "q": "", "per_paper": "1", "members": str(mel.pk), "member": str(mel.pk)}):
            response = client.post(address(name), data, headers={"hx-request": "true"})
            assert (response.status_code, "No paper is selected" in response.content.decode()) == (409, True)
    for name in ("apply-assignment", "apply-balance"):
        response = client.post(address(name), {"paper": "x"}, headers={"hx-request": "true"})
        assert (response.status_code, "The preview is not whole" in response.content.decode()) == (409, True)
    assert Handling.objects.count() == 0


def test_a_search_that_can_not_be_read_is_shown(client: Client, workshop: Workshop, mel: Membership, olga: User) -> None:
    client.force_login(olga)
    for name in ("assign-many", "balance-handling"):
        response = client.get(f"{address(name)}?q=(track&member={mel.pk}&way=add&per_paper=1&members={mel.pk}")
        assert (response.status_code, response.context["mistake"].start >= 0, "plan" in response.context) == (422, True, False)


def test_sharing_is_previewed_then_applied(client: Client, workshop: Workshop, mel: Membership, olga: User) -> None:
    for number in range(1, 5):
        make_paper(workshop, number=number, authors=("Mel Member",) if number == 1 else ("Ada Author",))
    own = Membership.objects.get(user=olga)
    client.force_login(olga)
    asked = {"q": "", "members": [mel.pk, own.pk], "per_paper": "1", "keeps": "on", "seed": "3"}
    response = client.post(address("balance-handling"), asked)
    assert ConflictOfInterest.objects.filter(member=mel, ground="author").count() == 1
    page = client.get(response["Location"])
    plan = page.context["plan"]
    assert {str(load.member.user): load.after for load in plan.loads} == {"Mel Member": 2, "Olga Organizer": 2}
    data = [*page.context["carried"], ("seen", plan.digest), ("nonce", page.context["nonce"])]
    body: dict[str, list[str]] = {}
    for name, value in data:
        body.setdefault(name, []).append(value)
    response = client.post(address("apply-balance"), body, follow=True)
    assert list_messages(response) == ["Shared among 2 members: all papers: 4 papers changed. It can be undone for 30 days."]
    assert Handling.objects.get(paper__number=1).member == own
    stale = client.post(address("apply-balance"), body | {"nonce": ["other"], "keeps": [""]}, headers={"hx-request": "true"})
    assert stale.status_code == 409


def test_sharing_among_nobody_shows_the_form_again(client: Client, workshop: Workshop, olga: User) -> None:
    make_paper(workshop)
    client.force_login(olga)
    response = client.get(f"{address('balance-handling')}?q=&per_paper=1")
    assert (response.status_code, response.context["form"].errors["members"]) == (
        422,
        ["Choose at least one member to share the papers among."],
    )


def test_later_conflicts_are_flagged_and_ended(client: Client, paper: Paper, mel: Membership, olga: User) -> None:
    assign_paper(paper, mel, by=olga)
    bind(paper, mel.user)
    client.force_login(olga)
    assert client.get(address("handling")).context["workloads"].conflicted == 1
    client.post(address("end-conflicted-handling"))
    assert Handling.objects.count() == 0


@pytest.mark.parametrize("count", [1, 3])
def test_what_waits_asks_a_fixed_number_of_times(
    client: Client, workshop: Workshop, mel: Membership, olga: User, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    own = Membership.objects.get(user=olga)
    for number in range(1, count + 1):
        paper = make_paper(workshop, number=number)
        assign_paper(paper, own, by=olga)
        add_remark(paper, text="@olga", by=mel.user)
    client.force_login(olga)
    with django_assert_num_queries(8):
        response = client.get(address("waiting"))
    shown = [(paper.number, paper.mention_count, paper.unread_count, paper.is_recommended) for paper in response.context["papers"]]
    assert shown == [(number, 1, 1, False) for number in range(1, count + 1)]
    home = client.get(address("organizer-home"))
    codes = [(todo.code, todo.count) for todo in home.context["todos"][:3]]
    assert codes == [("mentions", count), ("recommendations", count), ("unread", count)]


def test_recommended_and_taken_back_on_the_page(client: Client, paper: Paper, olga: User) -> None:
    client.force_login(olga)
    assert client.post(address("recommend", paper.pk), {"outcome": ""}).status_code == 422
    response = client.post(address("recommend", paper.pk), {"outcome": "accept", "reason": "<b>Sound</b> https://x.example/a"}, follow=True)
    page = response.content.decode()
    assert '&lt;b&gt;Sound&lt;/b&gt; <a href="https://x.example/a" rel="nofollow">' in page
    assert paper.recommendations.get().outcome == "accept"
    client.post(address("withdraw-recommendation", paper.pk))
    assert paper.recommendations.count() == 0


def test_said_read_changed_and_withdrawn_on_the_page(client: Client, paper: Paper, mel: Membership, olga: User) -> None:
    first = add_remark(paper, text="One\n<i>two</i> @olga", by=mel.user)
    client.force_login(olga)
    response = client.get(address("paper", paper.pk))
    shown = response.context["remarks"][0]
    assert (shown.is_new, shown.is_own, shown.mentions_me, shown.mentioned) == (True, False, True, ("Olga Organizer",))
    assert "One<br>&lt;i&gt;two&lt;/i&gt; @olga" in response.content.decode()
    assert client.post(address("mark-read", paper.pk), {"seen": "x"}, headers={"hx-request": "true"}).status_code == 409
    assert client.post(address("mark-read", paper.pk), {"seen": first.pk}, headers={"hx-request": "true"}).status_code == 204
    assert client.get(address("paper", paper.pk)).context["unread_count"] == 0
    assert client.post(address("add-remark", paper.pk), {"text": ""}).status_code == 422
    response = client.post(address("add-remark", paper.pk), {"text": "Mine", "mentioned": [mel.pk], "seen": first.pk})
    remark = paper.remarks.last()
    assert remark is not None
    assert response["Location"] == f"{address('paper', paper.pk)}#remark-{remark.pk}"
    assert client.get(address("change-remark", remark.pk)).context["form"]["mentioned"].value() == [mel.pk]
    assert client.post(address("change-remark", remark.pk), {"text": " "}).status_code == 422
    client.post(address("change-remark", remark.pk), {"text": "Better"})
    remark.refresh_from_db()
    assert (remark.text, list(remark.mentioned.all())) == ("Better", [])
    client.post(address("withdraw-remark", remark.pk))
    assert "Better" not in client.get(address("paper", paper.pk)).content.decode()
    assert client.get(address("change-remark", first.pk)).status_code == 404


def test_conflicted_members_see_that_and_why_but_no_judgment(client: Client, paper: Paper, mel: Membership, olga: User) -> None:
    other = join_workshop(make_user("pat@x.example", name="Pat Handler"), paper.workshop)
    assign_paper(paper, other, by=olga)
    Review.objects.create(
        paper=paper, note_id="r1", kind="review", rating=8, rating_raw="8: Hush Review", content={"review": "Hush Review"}
    )
    recommend_decision(paper, outcome="accept", reason="Hush Recommendation", by=olga)
    add_remark(paper, text="Hush Remark", by=olga)
    accept(paper)
    Paper.objects.filter(pk=paper.pk).update(venue="Hush Venue Poster", venueid="Hush.org/Accepted")
    bind(paper, mel.user)
    ConflictOfInterest.objects.create(paper=paper, member=other, ground="domain", evidence="Hush Evidence")
    HistoryLine.objects.create(workshop=paper.workshop, paper=paper, action="decided", field="decision", note="Hush Decision")
    paper.upstream_decisions.create(note_id="d1", text="Accept (Hush Upstream)")
    client.force_login(mel.user)
    page = client.get(address("paper", paper.pk)).content.decode()
    assert [word for word in ("Hush", "looks after it already", "Poster</span>") if word in page] == []
    assert "You have a conflict of interest with paper 7 (institution: both at Uni (Ada)); leave it to somebody else." in page
    assert [word for word in ("Counted Paper", "Ada Author", "Active") if word not in page] == []
    client.force_login(olga)
    seen = client.get(address("paper", paper.pk)).content.decode()
    hushes = (
        "Hush Venue Poster",
        "Hush.org/Accepted",
        "Hush Review",
        "Hush Recommendation",
        "Hush Remark",
        "Hush Evidence",
        "Hush Decision",
        "Hush Upstream",
        "Pat Handler",
    )
    assert [word for word in hushes if word not in seen] == []


def test_underreviewed_papers_are_flagged(client: Client, paper: Paper, olga: User) -> None:
    client.force_login(olga)
    assert "0 of 3 required reviews." in client.get(address("paper", paper.pk)).content.decode()
    Workshop.objects.filter(pk=paper.workshop_id).update(blocks_underreviewed=True)
    page = client.get(address("paper", paper.pk)).content.decode()
    assert "0 of 3 required reviews: it can&#x27;t be decided before the rest is there." in page.replace("can't", "can&#x27;t")
    for place in range(3):
        Review.objects.create(paper=paper, note_id=f"r{place}", kind="review")
    assert "required reviews" not in client.get(address("paper", paper.pk)).content.decode()


def test_what_was_shared_is_shown_and_undone(client: Client, workshop: Workshop, mel: Membership, olga: User) -> None:
    make_paper(workshop, number=1)
    client.force_login(olga)
    page = client.get(f"{address('assign-many')}?q=&member={mel.pk}&way=add")
    data = dict([*page.context["carried"], ("seen", page.context["plan"].digest), ("nonce", page.context["nonce"])])
    client.post(address("apply-assignment"), data)
    batch = Batch.objects.get()
    shown = client.get(address("batch", batch.pk)).content.decode()
    assert [words for words in ("Assigned to Mel Member: all papers", "nobody", "Mel Member") if words not in shown] == []
    client.post(address("batch-undo", batch.pk))
    batch.refresh_from_db()
    assert (Handling.objects.count(), batch.undone_by) == (0, olga)


def test_pages_are_the_same_whether_a_hidden_paper_is_judged_or_not(client: Client, paper: Paper, mel: Membership, olga: User) -> None:
    bind(paper, olga)
    make_paper(paper.workshop, number=8)
    client.force_login(olga)
    places = [address("handling"), address("waiting"), address("interest-list"), address("paper", paper.pk), address("my-interests")]
    places += [
        f"{address('balance-handling')}?q=&per_paper=1&keeps=on&members={mel.pk}",
        f"{address('assign-many')}?q=&member={mel.pk}&way=add",
    ]

    def look() -> list[str]:
        pages = [client.get(place).content.decode() for place in places]
        return [re.sub(r'name="(csrfmiddlewaretoken|nonce)" value="[^"]*"', "", page) for page in pages]

    before = look()
    assign_paper(paper, mel, by=mel.user)
    recommend_decision(paper, outcome="accept", by=mel.user)
    add_remark(paper, text="Hush", by=mel.user)
    Review.objects.create(paper=paper, note_id="r1", kind="review", rating=8)
    third = join_workshop(make_user("third@x.example", name="Third"), paper.workshop)
    middle = look()
    ConflictOfInterest.objects.create(paper=paper, member=third, ground="domain", evidence="Hush")
    assert [place for place, one, other in zip(places, middle, look(), strict=True) if one != other] == []
    third.delete()
    assert [place for place, one, other in zip(places, before, look(), strict=True) if one != other] == []
