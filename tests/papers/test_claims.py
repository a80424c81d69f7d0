"""Claims: three ways to be an author, none of them a name."""

from types import SimpleNamespace
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.account.signals import email_confirmed, email_removed
from allauth.socialaccount.models import SocialAccount
from allauth.socialaccount.signals import social_account_added, social_account_removed

from papers.claims import claim_for_user, link_claims, link_claims_of_workshop, withdraw_claim
from papers.errors import Refusal
from papers.models import Author, AuthorClaim, Paper, ProfileAlias, User, Workshop
from tests.factories import make_paper, make_user, make_workshop


def make_authored_paper(workshop: Workshop, *people: dict[str, str]) -> Paper:
    paper = make_paper(workshop, authors=tuple(person.get("name", "Ada Author") for person in people))
    for author, person in zip(paper.authors.all(), people, strict=True):
        Author.objects.filter(pk=author.pk).update(**person)
    return paper


def connect(user: User, uid: str, provider: str = "openreview") -> SocialAccount:
    return SocialAccount.objects.create(user=user, provider=provider, uid=uid)


def describe(claims: list[AuthorClaim]) -> list[tuple[int, str, str, str]]:
    return [(claim.paper_id, claim.author.name if claim.author else "", claim.ground, claim.evidence) for claim in claims]


def test_verified_mail_makes_an_author_whatever_the_case(workshop: Workshop, ada: User, eve: User) -> None:
    paper = make_authored_paper(workshop, {"name": "Bo"}, {"name": "A. Author", "email": "Ada@Example.ORG"})
    make_authored_paper(workshop, {"name": "Ada Author", "email": "ada@example.com"})
    assert describe(link_claims(ada)) == [(paper.pk, "A. Author", "mail", "ada@example.org")]
    assert link_claims(ada) == []
    assert link_claims(eve) == []
    line = paper.history.get()
    assert (line.action, line.by, line.before) == ("claimed", ada, None)
    assert line.after == {"user": "ada@example.org", "author": "A. Author", "ground": "mail", "evidence": "ada@example.org"}
    assert list(Paper.objects.claimed_by(ada)) == [paper]


def test_second_verified_mail_counts_and_an_unverified_one_does_not(workshop: Workshop, ada: User) -> None:
    first = make_authored_paper(workshop, {"email": "ada@uni.example"})
    make_authored_paper(workshop, {"email": "boss@uni.example"})
    EmailAddress.objects.create(user=ada, email="ada@uni.example", verified=True)
    EmailAddress.objects.create(user=ada, email="boss@uni.example", verified=False)
    assert [claim.paper for claim in link_claims(ada)] == [first]


def test_name_never_makes_an_author(workshop: Workshop, ada: User) -> None:
    make_authored_paper(workshop, {"name": ada.name, "profile_id": "~Ada_Author1"})
    assert link_claims(ada) == []
    assert link_claims_of_workshop(workshop) == []


@pytest.mark.parametrize("email", ["****@example.org", "", "a*a@example.org"])
def test_hidden_mail_never_matches(workshop: Workshop, ada: User, email: str) -> None:
    make_authored_paper(workshop, {"email": email})
    EmailAddress.objects.filter(user=ada).update(email=email)
    assert link_claims(ada) == []


def test_openreview_account_makes_an_author(workshop: Workshop, ada: User, eve: User) -> None:
    paper = make_authored_paper(workshop, {"profile_id": "~Bo_Author1"}, {"name": "Ada A.", "profile_id": "~Ada_Author1"})
    connect(ada, "~Ada_Author1")
    connect(eve, "~Ada_Author2")
    assert describe(link_claims_of_workshop(workshop)) == [(paper.pk, "Ada A.", "tilde", "~Ada_Author1")]
    assert paper.history.get().actor == "proof"


@pytest.mark.parametrize("uid", ["~Ada_Author1", "~Ada_Lovelace1", "~Ada_King3"])
def test_merged_profiles_are_one_person(workshop: Workshop, ada: User, uid: str) -> None:
    for alias in ("~Ada_Lovelace1", "~Ada_Author1", "~Ada_King3", "eve@example.org"):
        ProfileAlias.objects.create(workshop=workshop, profile_id="~Ada_Lovelace1", alias=alias)
    paper = make_authored_paper(workshop, {"profile_id": "~Ada_Author1"})
    other = make_workshop("other26")
    make_authored_paper(other, {"profile_id": "~Ada_Author1" if uid != "~Ada_Author1" else "~Ada_King3"})
    connect(ada, uid)
    assert describe(link_claims(ada)) == [(paper.pk, "Ada Author", "tilde", uid)]


def test_alias_that_is_a_mail_address_proves_nothing(workshop: Workshop, ada: User) -> None:
    ProfileAlias.objects.create(workshop=workshop, profile_id="~Ada_Author1", alias="ada@example.org")
    make_authored_paper(workshop, {"profile_id": "~Ada_Author1"})
    assert link_claims(ada) == []


@pytest.mark.parametrize(("provider", "uid"), [("orcid", "~Ada_Author1"), ("google", "~Ada_Author1"), ("openreview", "Ada_Author1")])
def test_other_accounts_prove_no_profile(workshop: Workshop, ada: User, provider: str, uid: str) -> None:
    make_authored_paper(workshop, {"profile_id": uid})
    connect(ada, uid, provider)
    assert link_claims(ada) == []


def test_profile_goes_before_mail_and_first_author_before_second(workshop: Workshop, ada: User) -> None:
    connect(ada, "~Ada_Author1")
    paper = make_authored_paper(
        workshop,
        {"name": "By mail", "email": "ada@example.org"},
        {"name": "By profile", "profile_id": "~Ada_Author1"},
        {"name": "Again", "profile_id": "~Ada_Author1"},
    )
    assert describe(link_claims(ada)) == [(paper.pk, "By profile", "tilde", "~Ada_Author1")]


def test_claim_ends_when_upstream_names_another_address(workshop: Workshop, ada: User) -> None:
    paper = make_authored_paper(workshop, {"email": "ada@example.org"})
    link_claims(ada)
    paper.authors.update(email="somebody.else@example.org")
    assert link_claims_of_workshop(workshop) == []
    assert not paper.claims.exists()
    ended, _ = paper.history.all()
    assert (ended.action, ended.by, ended.actor, ended.after) == ("ended claim", None, "proof", None)
    assert ended.before == {"user": "ada@example.org", "author": "Ada Author", "ground": "mail", "evidence": "ada@example.org"}


@pytest.mark.parametrize("email", ["", "****@example.org"])
def test_claim_stays_when_upstream_hides_the_address(workshop: Workshop, ada: User, email: str) -> None:
    paper = make_authored_paper(workshop, {"email": "ada@example.org"})
    link_claims(ada)
    paper.authors.update(email=email)
    link_claims_of_workshop(workshop)
    link_claims(ada)
    assert paper.claims.get().user == ada


def test_claim_by_profile_ends_when_upstream_names_another_and_stays_when_hidden(workshop: Workshop, ada: User) -> None:
    paper = make_authored_paper(workshop, {"profile_id": "~Ada_Author1"})
    connect(ada, "~Ada_Author1")
    link_claims(ada)
    paper.authors.update(profile_id="")
    link_claims(ada)
    assert paper.claims.exists()
    paper.authors.update(profile_id="~Bo_Author1")
    link_claims(ada)
    assert not paper.claims.exists()


def test_claim_ends_when_the_author_is_dropped(workshop: Workshop, ada: User) -> None:
    paper = make_authored_paper(workshop, {"email": "ada@example.org"}, {"name": "Bo"})
    link_claims(ada)
    paper.authors.filter(email="ada@example.org").delete()
    link_claims_of_workshop(workshop)
    assert not paper.claims.exists()


def test_claim_ends_when_the_user_gives_the_address_up(workshop: Workshop, ada: User) -> None:
    paper = make_authored_paper(workshop, {"email": "ada@old.example"})
    address = EmailAddress.objects.create(user=ada, email="ada@old.example", verified=True)
    link_claims(ada)
    address.delete()
    email_removed.send(EmailAddress, request=None, user=ada, email_address=address)
    assert not paper.claims.exists()


def test_claim_moves_to_the_proof_that_stands(workshop: Workshop, ada: User) -> None:
    paper = make_authored_paper(workshop, {"email": "ada@example.org"}, {"name": "Second"})
    link_claims(ada)
    paper.authors.filter(position=1).update(email="bo@example.org")
    paper.authors.filter(position=2).update(email="ada@example.org")
    assert link_claims(ada) == []
    assert describe(list(paper.claims.all())) == [(paper.pk, "Second", "mail", "ada@example.org")]


def test_everybody_in_a_workshop_is_linked_in_as_many_queries_for_one_paper_as_for_three(
    workshop: Workshop, django_assert_num_queries: Any
) -> None:
    people = [make_user(f"author{n}@example.org") for n in range(4)]
    for person in people[:2]:
        connect(person, f"~Author{person.pk}")
    make_authored_paper(workshop, {"email": people[2].email}, {"profile_id": f"~Author{people[0].pk}"})
    link_claims_of_workshop(workshop)
    with django_assert_num_queries(8):
        assert link_claims_of_workshop(workshop) == []
    make_authored_paper(workshop, {"email": people[3].email}, {"profile_id": f"~Author{people[1].pk}"})
    make_authored_paper(make_workshop("other26"), {"email": people[3].email})
    claims = link_claims_of_workshop(workshop)
    assert [claim.user for claim in claims] == [people[1], people[3]]
    with django_assert_num_queries(8):
        assert link_claims_of_workshop(workshop) == []


def test_organizer_makes_an_author(workshop: Workshop, olga: User, ada: User) -> None:
    paper = make_authored_paper(workshop, {"name": "Ada Author", "email": "ada@old.example"})
    claim = claim_for_user(paper, paper.authors.get(), ada, by=olga)
    assert (claim.ground, claim.by, claim.evidence) == ("organizer", olga, "olga@example.org")
    line = paper.history.get()
    said = {"user": "ada@example.org", "author": "Ada Author", "ground": "organizer", "evidence": "olga@example.org"}
    assert (line.action, line.by, line.after) == ("claimed", olga, said)
    assert link_claims(ada) == []
    paper.authors.all().delete()
    link_claims_of_workshop(workshop)
    assert paper.claims.get() == claim


def test_organizer_cannot_claim_a_stranger_or_twice(workshop: Workshop, olga: User, ada: User) -> None:
    paper = make_authored_paper(workshop, {"name": "Ada Author", "email": "ada@example.org"})
    other = make_authored_paper(workshop, {"name": "Bo"})
    with pytest.raises(Refusal, match=r"^Bo is not an author of"):
        claim_for_user(paper, other.authors.get(), ada, by=olga)
    link_claims(ada)
    with pytest.raises(Refusal, match=r"^ada@example.org is Ada Author on this paper already: verified mail address\.$"):
        claim_for_user(paper, paper.authors.get(), ada, by=olga)


def test_organizers_act_is_withdrawn(workshop: Workshop, olga: User, ada: User) -> None:
    paper = make_authored_paper(workshop, {"name": "Ada Author"})
    withdraw_claim(claim_for_user(paper, paper.authors.get(), ada, by=olga), by=olga)
    assert not paper.claims.exists()
    ended, made = paper.history.all()
    assert (ended.action, ended.by, ended.before, ended.after) == ("ended claim", olga, made.after, None)


def test_claim_by_proof_cannot_be_withdrawn(workshop: Workshop, olga: User, ada: User) -> None:
    paper = make_authored_paper(workshop, {"email": "ada@example.org"})
    (claim,) = link_claims(ada)
    with pytest.raises(Refusal, match=r"^Ada Author is an author by proof \(ada@example.org\); correct the author in OpenReview"):
        withdraw_claim(claim, by=olga)
    assert paper.claims.exists()


def test_proofs_link_at_once(workshop: Workshop, ada: User) -> None:
    paper = make_authored_paper(workshop, {"email": "ada@example.org", "profile_id": "~Ada_Author1"})
    email_confirmed.send(EmailAddress, request=None, email_address=EmailAddress.objects.get(user=ada))
    assert paper.claims.get().ground == "mail"
    paper.claims.all().delete()
    account = connect(ada, "~Ada_Author1")
    social_account_added.send(SocialAccount, request=None, sociallogin=SimpleNamespace(user=ada))
    assert paper.claims.get().ground == "tilde"
    account.delete()
    social_account_removed.send(SocialAccount, request=None, socialaccount=account)
    assert paper.claims.get().ground == "mail"
