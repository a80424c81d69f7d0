"""Conflicts of interest are found, kept, opened again and forgotten."""

from collections.abc import Mapping

import pytest
from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount
from pytest_django import DjangoAssertNumQueries

from papers.claims import claim_for_user
from papers.interest_finding import find_conflicts_of_interest
from papers.interests import declare_conflict, dismiss_conflict
from papers.models import Author, ConflictOfInterest, HistoryLine, Membership, Paper, ProfileAlias, User, Workshop
from papers.sight import find_sight
from tests.factories import accept, join_workshop, make_paper, make_user, make_workshop

Row = tuple[int | None, str, str, str]


@pytest.fixture
def mel(workshop: Workshop) -> Membership:
    return join_workshop(make_user("mel@gmail.com", name="Mel Member"), workshop)


def write(workshop: Workshop, number: int, *authors: Mapping[str, object]) -> Paper:
    """Make a paper of these authors."""
    paper = make_paper(workshop, number=number, authors=())
    for position, author in enumerate(authors, start=1):
        Author.objects.create(paper=paper, position=position, **{"name": "Somebody Else", **author})
    return paper


def find(workshop: Workshop) -> list[Row]:
    """Look for conflicts; return those that stand as paper, member, ground, evidence."""
    find_conflicts_of_interest(workshop, by=None)
    rows = ConflictOfInterest.objects.standing().order_by("paper__number", "member_id", "ground")
    return [(row.paper.number, str(row.member.user), row.ground, row.evidence) for row in rows.select_related("paper", "member__user")]


def test_own_papers_are_found_by_every_proof(workshop: Workshop, mel: Membership, olga: User) -> None:
    SocialAccount.objects.create(user=mel.user, provider="openreview", uid="~Mel_Member1")
    EmailAddress.objects.create(user=mel.user, email="mel@uni.example", verified=True)
    EmailAddress.objects.create(user=mel.user, email="boss@uni.example", verified=False)
    ProfileAlias.objects.create(workshop=workshop, profile_id="~Mel_Member1", alias="~Mel_Maiden1")
    write(workshop, 1, {"profile_id": "~Mel_Member1"})
    write(workshop, 2, {"profile_id": "~Mel_Maiden1"})
    write(workshop, 3, {"email": "Mel@uni.example"})
    write(workshop, 4, {"name": "Mél  Member"})
    claimed = write(workshop, 5, {"name": "M. M."})
    claim_for_user(claimed, claimed.authors.get(), mel.user, by=olga)
    write(workshop, 6, {"name": "Mel Member", "profile_id": "~Mel_Member2"})
    write(workshop, 7, {"name": "The Boss", "email": "boss@uni.example"})
    own = [row for row in find(workshop) if row[2] == "author"]
    assert own == [
        (1, "Mel Member", "author", "same profile ~Mel_Member1"),
        (2, "Mel Member", "author", "same profile ~Mel_Maiden1"),
        (3, "Mel Member", "author", "same address Mel@uni.example"),
        (4, "Mel Member", "author", "same name Mél  Member"),
        (5, "Mel Member", "author", "signs in as M. M."),
    ]


def test_profiles_said_in_another_workshop_count(workshop: Workshop, mel: Membership) -> None:
    other = join_workshop(mel.user, make_workshop())
    Membership.objects.filter(pk=other.pk).update(profile_ids=["~Mel_Member1"])
    write(workshop, 1, {"profile_id": "~Mel_Member1"})
    assert find(workshop) == [(1, "Mel Member", "author", "same profile ~Mel_Member1")]


def test_coauthors_here_and_in_other_workshops(workshop: Workshop, mel: Membership) -> None:
    last, mel_there = make_workshop(year=2025), {"name": "Mel Member"}
    secret = write(last, 31, mel_there, {"name": "Cleo", "profile_id": "~Cleo1"})
    public = write(last, 32, mel_there, {"name": "Dan", "profile_id": "~Dan1"})
    accept(public, is_released=True)
    accept(write(last, 33, mel_there, {"name": "Finn", "profile_id": "~Finn1"}))
    withdrawn = write(last, 34, mel_there, {"name": "Gus", "profile_id": "~Gus1"})
    accept(withdrawn, is_released=True)
    Paper.objects.filter(pk=withdrawn.pk).update(standing="withdrawn")
    test = write(last, 35, mel_there, {"name": "Tess", "profile_id": "~Tess1"})
    Paper.objects.filter(pk=test.pk).update(is_test=True)
    write(workshop, 1, mel_there, {"name": "Eva", "email": "eva@x.example"})
    for number, profile in ((2, "~Cleo1"), (3, "~Dan1"), (5, "~Finn1"), (6, "~Gus1"), (7, "~Tess1")):
        write(workshop, number, {"name": f"New Name {number}", "profile_id": profile})
    write(workshop, 4, {"name": "Eva Again", "email": "EVA@x.example"})
    assert find(workshop) == [
        (1, "Mel Member", "author", "same name Mel Member"),
        (2, "Mel Member", "coauthor", "with Cleo on an earlier paper"),
        (3, "Mel Member", "coauthor", f"with Dan on “{public.title}” (Counted 2025)"),
        (4, "Mel Member", "coauthor", "with Eva on paper 1"),
        (5, "Mel Member", "coauthor", "with Finn on an earlier paper"),
        (6, "Mel Member", "coauthor", "with Gus on an earlier paper"),
    ]
    assert secret.title not in str(list(ConflictOfInterest.objects.values_list("evidence", flat=True)))


def test_what_members_say_of_themselves_counts(workshop: Workshop, mel: Membership) -> None:
    mel.institutions, mel.collaborators = [{"name": "University of Things", "domain": "cs.things.example"}], ["~Cleo1"]
    mel.save()
    write(workshop, 1, {"institutions": [{"name": "UNIVERSITY of things"}]})
    write(workshop, 2, {"institutions": [{"name": "Things Lab", "domain": "lab.things.example"}]})
    write(workshop, 3, {"profile_id": "~Cleo1"})
    write(workshop, 4, {"institutions": ["odd", {"name": None}]})
    write(workshop, 5, {"institutions": [{"name": "Other", "domain": "gmail.com"}], "email": "a@gmail.com"})
    assert find(workshop) == [
        (1, "Mel Member", "institution", "both at UNIVERSITY of things (Somebody Else)"),
        (2, "Mel Member", "institution", "both at things.example (Somebody Else)"),
        (3, "Mel Member", "coauthor", "named as a collaborator: ~Cleo1"),
    ]


def test_mail_domains_count(workshop: Workshop) -> None:
    join_workshop(make_user("pat@cs.uni.example", name="Pat"), workshop)
    write(workshop, 1, {"email": "****@uni.example"})
    write(workshop, 2, {"email": "x@other.example"})
    assert find(workshop) == [(1, "Pat", "domain", "both write from uni.example (Somebody Else)")]


def test_search_is_repeatable_and_forgets_what_is_gone(workshop: Workshop, mel: Membership, olga: User) -> None:
    author = write(workshop, 1, {"name": "Mel Member"}).authors.get()
    declare_conflict(write(workshop, 2), mel, reason="my advisor", by=mel.user)
    assert find(workshop) == [(1, "Mel Member", "author", "same name Mel Member"), (2, "Mel Member", "declared", "my advisor")]
    lines = HistoryLine.objects.filter(workshop=workshop, field="conflicts of interest")
    assert [(line.after, line.by, line.actor) for line in lines] == [
        ({"new": 1, "changed": 0, "reopened": 0, "gone": 0}, None, "comparison")
    ]
    again = find_conflicts_of_interest(workshop, by=olga)
    assert again.sentence == "Compared 2 members with 2 papers: nothing new; 2 stand."
    assert lines.count() == 1
    Author.objects.filter(pk=author.pk).update(name="Nobody")
    report = find_conflicts_of_interest(workshop, by=olga)
    assert report.sentence == "Compared 2 members with 2 papers: 1 gone; 1 stands."
    assert find(workshop) == [(2, "Mel Member", "declared", "my advisor")]


def test_dismissed_stay_dismissed_until_there_is_more(workshop: Workshop, mel: Membership, olga: User) -> None:
    mel.collaborators = ["~A1", "~B1"]
    mel.save()
    paper = write(workshop, 1, {"profile_id": "~A1"})
    find(workshop)
    dismiss_conflict(paper.interest_conflicts.get(), reason="ten years ago", by=olga)
    assert find(workshop) == []
    Author.objects.create(paper=paper, position=2, name="B", profile_id="~B1")
    report = find_conflicts_of_interest(workshop, by=olga)
    assert (report.found, report.changed, report.reopened, report.gone, report.standing) == (0, 0, 1, 0, 1)
    held = paper.interest_conflicts.get()
    assert (held.dismissed_at, held.dismissed_by, held.dismissal) == (None, None, "")
    dismiss_conflict(held, reason="both long ago", by=olga)
    Author.objects.filter(paper=paper, position=2).delete()
    report = find_conflicts_of_interest(workshop, by=olga)
    assert (report.changed, report.reopened) == (1, 0)
    held.refresh_from_db()
    assert (held.evidence, held.dismissal) == ("named as a collaborator: ~A1", "both long ago")


def test_one_member_can_be_looked_at_alone(workshop: Workshop, mel: Membership) -> None:
    pat = join_workshop(make_user(name="Pat"), workshop)
    write(workshop, 1, {"name": "Mel Member"}, {"name": "Pat"})
    assert find_conflicts_of_interest(workshop, by=None, members=[pat]).member_count == 1
    assert [row.member for row in ConflictOfInterest.objects.all()] == [pat]


def test_found_conflicts_hide_judgments_at_once(workshop: Workshop, mel: Membership) -> None:
    paper = write(workshop, 1, {"name": "Mel Member"})
    assert find_sight(workshop, mel.user).sees_judgments(paper)
    find(workshop)
    assert not find_sight(workshop, mel.user).sees_judgments(paper)


def test_queries_do_not_grow_with_papers(workshop: Workshop, mel: Membership, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    for expected_papers in (1, 12):
        while workshop.papers.count() < expected_papers:
            write(workshop, workshop.papers.count() + 1, {"name": "Mel Member"})
        with django_assert_num_queries(19):
            find_conflicts_of_interest(workshop, by=None)
