"""The pages of conflicts of interest: listed, found, declared, dismissed, said of oneself."""

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from papers.models import ConflictOfInterest, Membership, Paper, Role, User, Workshop
from tests.factories import join_workshop, make_paper, make_user


@pytest.fixture
def paper(workshop: Workshop) -> Paper:
    return make_paper(workshop, title="Counted Paper", number=7)


@pytest.fixture
def mel(workshop: Workshop) -> Membership:
    return join_workshop(make_user("mel@x.example", name="Mel Member"), workshop)


def bind(paper: Paper, member: Membership, ground: str = "coauthor", evidence: str = "with Ada on paper 3") -> ConflictOfInterest:
    return ConflictOfInterest.objects.create(paper=paper, member=member, ground=ground, evidence=evidence)


def address(name: str, *arguments: object) -> str:
    return reverse(name, args=["counted26", *arguments])


def list_shown(client: Client, query: str = "") -> list[tuple[str, int | None, str]]:
    """Return what the list shows as member, paper, ground."""
    page = client.get(f"{address('interest-list')}{query}").context["page_obj"]
    return [(str(one.member.user), one.paper.number, one.ground) for one in page]


def test_listed_by_member_and_filtered(client: Client, workshop: Workshop, paper: Paper, mel: Membership, olga: User) -> None:
    pat = join_workshop(make_user(name="Pat"), workshop)
    other = make_paper(workshop, number=9, title="Other")
    bind(other, pat, "domain")
    bind(paper, mel)
    bind(other, mel, "institution")
    gone = bind(paper, mel, "domain")
    ConflictOfInterest.objects.filter(pk=gone.pk).update(dismissed_at=workshop.created_at, dismissal="long ago")
    client.force_login(olga)
    mels = [("Mel Member", 7, "coauthor"), ("Mel Member", 9, "institution")]
    assert list_shown(client) == [*mels, ("Pat", 9, "domain")]
    assert list_shown(client, f"?member={mel.pk}") == mels
    assert list_shown(client, "?ground=domain") == [("Pat", 9, "domain")]
    assert list_shown(client, "?q=7&dismissed=yes") == [("Mel Member", 7, "domain")]
    assert list_shown(client, "?q=counted") == [("Mel Member", 7, "coauthor")]
    assert list_shown(client, "?member=999&ground=what&dismissed=x") == [*mels, ("Pat", 9, "domain")]
    response = client.get(f"{address('interest-list')}?q=(")
    assert (response.status_code, response.context["mistake"].start) == (422, 0)


def test_own_conflicts_are_not_offered_for_dismissal(client: Client, paper: Paper, mel: Membership, olga: User) -> None:
    bind(paper, Membership.objects.get(user=olga))
    theirs, author = bind(make_paper(paper.workshop), mel), bind(make_paper(paper.workshop), mel, "author")
    client.force_login(olga)
    page = client.get(address("interest-list")).content.decode()
    assert page.count("/dismiss/") == 1
    assert address("dismiss-interest", theirs.pk) in page
    assert address("dismiss-interest", author.pk) not in page


def test_conflicts_of_others_with_hidden_papers_are_not_told(client: Client, paper: Paper, mel: Membership, olga: User) -> None:
    bind(paper, mel, evidence="Hush Evidence")
    bind(paper, Membership.objects.get(user=olga), evidence="My own")
    client.force_login(olga)
    for page in (client.get(address("interest-list")), client.get(address("paper", paper.pk))):
        assert ("Hush Evidence" in page.content.decode(), "My own" in page.content.decode()) == (False, True)


@pytest.mark.parametrize("count", [1, 3])
def test_list_asks_a_fixed_number_of_times(
    client: Client, workshop: Workshop, mel: Membership, olga: User, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(count):
        bind(make_paper(workshop), mel)
    client.force_login(olga)
    with django_assert_num_queries(10):
        assert len(list_shown(client)) == count


def test_found_anew_by_a_button(client: Client, workshop: Workshop, mel: Membership, olga: User) -> None:
    make_paper(workshop, authors=("Mel Member",))
    client.force_login(olga)
    response = client.post(address("find-interests"), follow=True)
    assert [str(one) for one in response.context["messages"]] == ["Compared 2 members with 1 paper: 1 new; 1 stands."]


def test_members_declare_for_themselves_and_organizers_for_all(client: Client, paper: Paper, mel: Membership, olga: User) -> None:
    assistant = join_workshop(make_user("ass@x.example", name="Assi"), paper.workshop, Role.ASSISTANT)
    client.force_login(assistant.user)
    response = client.post(address("declare-interest", paper.pk), {"member": mel.pk})
    assert (response.status_code, "member" in response.context["declare_form"].errors) == (422, True)
    client.post(address("declare-interest", paper.pk), {"member": assistant.pk, "reason": "my brother"})
    client.force_login(olga)
    client.post(address("declare-interest", paper.pk), {"member": mel.pk, "reason": ""})
    rows = ConflictOfInterest.objects.order_by("pk").values_list("member", "ground", "evidence")
    assert list(rows) == [(assistant.pk, "declared", "my brother"), (mel.pk, "declared", "declared by Olga Organizer")]


def test_declared_for_a_search(client: Client, workshop: Workshop, mel: Membership, olga: User) -> None:
    for number in (1, 2, 3):
        make_paper(workshop, number=number)
    client.force_login(olga)
    assert client.post(address("declare-interests"), {"q": "", "member": mel.pk}).status_code == 422
    response = client.post(address("declare-interests"), {"q": "1, 3", "member": mel.pk, "reason": "project"}, follow=True)
    assert [str(one) for one in response.context["messages"]] == ["Mel Member is kept from judging 2 more papers."]
    assert list(ConflictOfInterest.objects.order_by("pk").values_list("paper__number", flat=True)) == [1, 3]
    bad = client.post(address("declare-interests"), {"q": "(1", "member": mel.pk}, headers={"hx-request": "true"})
    assert bad.status_code == 409


def test_dismissed_with_a_reason_and_opened_again(client: Client, paper: Paper, mel: Membership, olga: User) -> None:
    held = bind(paper, mel)
    client.force_login(olga)
    page = address("dismiss-interest", held.pk)
    assert client.get(page).status_code == 200
    assert client.post(page, {"reason": " "}).status_code == 422
    client.post(page, {"reason": "ten years ago"})
    held.refresh_from_db()
    assert (held.dismissal, held.dismissed_by) == ("ten years ago", olga)
    client.post(address("reopen-interest", held.pk))
    held.refresh_from_db()
    assert held.dismissed_at is None
    own = bind(paper, Membership.objects.get(user=olga))
    refused = client.post(address("dismiss-interest", own.pk), {"reason": "mine"}, headers={"hx-request": "true"})
    assert (refused.status_code, "ask another organizer" in refused.content.decode()) == (409, True)


def test_members_say_where_they_work(client: Client, workshop: Workshop, mel: Membership, olga: User) -> None:
    paper = make_paper(workshop)
    paper.authors.update(institutions=[{"name": "Lab", "domain": "cs.things.example"}])
    client.force_login(mel.user)
    said = {
        "profile_ids": "~Mel_Member1\r\nhttps://openreview.net/profile?id=~Mel_Member2\n~Mel_Member1",
        "institutions": "University of Things, www.things.example\nOnly a Name, Inc.\nOTHER.example",
        "collaborators": "~Ada_Author1\n\n ada@x.example ",
        "topics": "video  diffusion",
        "capacity": "12",
    }
    response = client.post(address("my-interests"), said, follow=True)
    assert [str(one) for one in response.context["messages"]] == ["Kept. Compared 1 member with 1 paper: 1 new; 1 stands."]
    mel.refresh_from_db()
    assert mel.profile_ids == ["~Mel_Member1", "~Mel_Member2"]
    assert mel.institutions == [
        {"name": "University of Things", "domain": "things.example"},
        {"name": "Only a Name, Inc.", "domain": ""},
        {"name": "", "domain": "other.example"},
    ]
    assert (mel.collaborators, mel.topics, mel.capacity) == (["~Ada_Author1", "ada@x.example"], ["video diffusion"], 12)
    shown = client.get(address("my-interests")).context["form"]
    assert shown["institutions"].value() == "University of Things, things.example\nOnly a Name, Inc.\nother.example"
    again = {name: shown[name].value() for name in said}
    response = client.post(address("my-interests"), again, follow=True)
    assert [str(one) for one in response.context["messages"]] == ["Nothing was changed."]


def test_every_mistake_names_its_line(client: Client, mel: Membership) -> None:
    client.force_login(mel.user)
    data = {
        "profile_ids": "~Mel_Member1\nMel Member\n~x",
        "institutions": "Mail, gmail.com\nUniversities, ac.uk\n" + "x" * 301,
        "collaborators": "\n" * 3 + "x" * 301,
        "topics": "\n".join(map(str, range(201))),
        "capacity": "-1",
    }
    response = client.post(address("my-interests"), data)
    assert response.status_code == 422
    assert {name: list(errors) for name, errors in response.context["form"].errors.items()} == {
        "profile_ids": [
            "Line 2: “Mel Member” is no OpenReview profile; it looks like ~Ada_Author1.",
            "Line 3: “~x” is no OpenReview profile; it looks like ~Ada_Author1.",
        ],
        "institutions": [
            "Line 1: “gmail.com” gives addresses to everybody; write the domain of your institution.",
            "Line 2: “ac.uk” stands for many institutions; write the domain of your own.",
            f"Line 3: “{'x' * 30}…” is longer than 300 characters.",
        ],
        "collaborators": [f"Line 4: “{'x' * 30}…” is longer than 300 characters."],
        "topics": ["These are 201 lines; 200 are the most."],
        "capacity": ["Ensure this value is greater than or equal to 0."],
    }
    mel.refresh_from_db()
    assert mel.profile_ids == []


def test_owners_say_it_for_others(client: Client, workshop: Workshop, mel: Membership, olga: User) -> None:
    client.force_login(olga)
    assert client.get(address("member-interests", mel.pk)).status_code == 404
    Membership.objects.filter(user=olga).update(role="owner")
    response = client.post(address("member-interests", mel.pk), {"topics": "video"})
    assert response["Location"] == address("interest-list")
    mel.refresh_from_db()
    assert mel.topics == ["video"]
    assert workshop.history.get(field="interests").note == "of Mel Member"
