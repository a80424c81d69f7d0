"""Personal links: who may make them, whom they let in, when they do not any more."""

import datetime as dt
from typing import Any

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from django.core import mail
from django.test import Client
from django.urls import reverse

from papers.accounts import find_or_create_user
from papers.errors import Refusal
from papers.models import Author, AuthorClaim, HistoryLine, Paper, PersonalLink, User, Workshop
from papers.personal_links import LINK_LASTS, MOST_A_DAY, copy_link, enter_by_link, find_link, revoke_link, send_link
from tests.factories import join_workshop, make_user
from tests.papers.handed_in import make_owing_paper

BOB = "bob@example.org"


@pytest.fixture
def paper(workshop: Workshop, ada: User, olga: User) -> Paper:
    paper = make_owing_paper(workshop, ada, by=olga, number=7, title="Counted <Things>", authors=("Ada Author", "Bob Builder"))
    paper.decision.delete()  # links work from the submission on
    return paper


@pytest.fixture
def bob(paper: Paper) -> Author:
    return paper.authors.select_related("paper__workshop").get(position=2)


@pytest.fixture
def send(bob: Author, django_capture_on_commit_callbacks: Any) -> Any:
    def send(by: User, email: str = BOB) -> str:
        with django_capture_on_commit_callbacks(execute=True):
            send_link(bob, email=email, by=by)
        return mail.outbox[-1].body.split("/links/")[1].split("/")[0]

    return send


def claims(paper: Paper) -> list[tuple[str, str]]:
    found = AuthorClaim.objects.filter(paper=paper).select_related("user", "author").order_by("pk")
    return [(claim.user.email, claim.author.name if claim.author else "") for claim in found]


def test_mailed_link_signs_its_author_in_by_a_button(client: Client, paper: Paper, olga: User, ada: User, send: Any) -> None:
    address = reverse("personal-link", args=[send(olga)])
    assert (mail.outbox[-1].to, "Counted <Things>" in mail.outbox[-1].body) == ([BOB], True)
    assert client.get(address).status_code == 200
    assert ("_auth_user_id" in client.session, len(claims(paper))) == (False, 1)
    page = reverse("author-paper", args=[paper.workshop.slug, paper.pk])
    assert client.post(address).headers["Location"] == page
    assert client.get(page).status_code == 200
    assert claims(paper) == [(ada.email, "Ada Author"), (BOB, "Bob Builder")]
    assert client.post(address).headers["Location"] == page
    assert len(claims(paper)) == 2
    actions = ["sent link", "claimed", "entered by link", "entered by link"]
    assert [line.action for line in HistoryLine.objects.filter(paper=paper, pk__gt=HistoryLine.objects.earliest("pk").pk)][::-1] == actions


def test_used_link_opens_for_nobody_else_and_names_nothing(client: Client, paper: Paper, eve: User, olga: User, send: Any) -> None:
    address = reverse("personal-link", args=[send(olga)])
    client.post(address)
    stranger = Client()
    for user in (None, eve):
        if user:
            stranger.force_login(user)
        for answer in (stranger.get(address), stranger.post(address)):
            text = answer.content.decode()
            assert (answer.status_code, "This link was used: it works once, for one person." in text) == (409, True)
            assert [fact for fact in ("Counted &lt;Things", "Bob Builder", BOB) if fact in text] == []
    assert (len(claims(paper)), PersonalLink.objects.get().used_by) == (2, User.objects.get(email=BOB))


def test_only_the_hash_is_kept(paper: Paper, olga: User, send: Any) -> None:
    token = send(olga)
    link = PersonalLink.objects.get()
    assert (len(token), token in str(PersonalLink.objects.values().get()), link.email) == (43, False, BOB)
    assert token not in str(list(HistoryLine.objects.values()))


@pytest.mark.parametrize("guard", ["staff", "member", "factor", "inactive"])
def test_mail_alone_opens_no_greater_account(client: Client, workshop: Workshop, paper: Paper, olga: User, send: Any, guard: str) -> None:
    person = make_user(BOB, is_staff=guard == "staff", is_active=guard != "inactive")
    if guard == "member":
        join_workshop(person, workshop)
    if guard == "factor":
        Authenticator.objects.create(user=person, type="totp", data={})
    response = client.post(reverse("personal-link", args=[send(olga)]))
    assert (response.status_code, "_auth_user_id" in client.session, len(claims(paper))) == (409, False, 1)
    assert "sign in as always, then open this link again" in response.content.decode()


def test_copied_link_signs_nobody_in(client: Client, paper: Paper, bob: Author, olga: User, ada: User, eve: User) -> None:
    _, token = copy_link(bob, by=olga)
    address = reverse("personal-link", args=[token])
    response = client.post(address)
    assert (response.status_code, "_auth_user_id" in client.session, len(claims(paper))) == (409, False, 1)
    client.force_login(eve)
    client.post(address)
    assert claims(paper) == [(ada.email, "Ada Author"), (eve.email, "Bob Builder")]


def test_link_ends(paper: Paper, bob: Author, olga: User, eve: User) -> None:
    link, token = copy_link(bob, by=olga)
    with time_machine.travel(link.expires_at, tick=False), pytest.raises(Refusal, match=r"^This link has run out: it holds for 14 days\."):
        enter_by_link(token, user=eve, find_user=find_or_create_user)
    with time_machine.travel(link.expires_at - dt.timedelta(seconds=1), tick=False):
        assert find_link(token, user=None) == link
    assert link.expires_at - link.at == LINK_LASTS
    revoke_link(link, by=olga)
    with pytest.raises(Refusal, match=r"^This link was taken back\. Sign in with the mail address"):
        enter_by_link(token, user=eve, find_user=find_or_create_user)
    with pytest.raises(Refusal, match=r"^This link was taken back already\.$"):
        revoke_link(link, by=olga)
    with pytest.raises(Refusal, match=r"^This link is not known here\. Was it copied whole\?$"):
        find_link(token[:-1], user=None)
    assert len(claims(paper)) == 1


def test_author_invites_to_the_address_on_the_paper_alone(paper: Paper, bob: Author, ada: User, olga: User, send: Any) -> None:
    send(ada)
    bob.email = "Builder@example.org"
    with pytest.raises(Refusal, match=r"^Bob Builder stands on the paper with another mail address; a link goes there alone\.$"):
        send_link(bob, email=BOB, by=ada)
    send(ada, "builder@example.org")
    send(olga)
    assert [message.to for message in mail.outbox] == [[BOB], ["builder@example.org"], [BOB]]


def test_strangers_make_no_links(bob: Author, eve: User, ada: User) -> None:
    for act in (lambda: send_link(bob, email=BOB, by=eve), lambda: copy_link(bob, by=eve)):
        with pytest.raises(Refusal, match=r"^Only its authors and the organizers invite to paper 7\.$"):
            act()
    with pytest.raises(Refusal, match=r"^Only organizers copy links; send one by mail instead\.$"):
        copy_link(bob, by=ada)
    assert not PersonalLink.objects.exists()


def test_links_of_a_day_are_counted(bob: Author, olga: User) -> None:
    with time_machine.travel(dt.datetime(2026, 4, 1, tzinfo=dt.UTC), tick=False):
        for _ in range(MOST_A_DAY):
            copy_link(bob, by=olga)
        with pytest.raises(Refusal, match=r"^20 links were made for this paper in a day; wait until tomorrow\.$"):
            copy_link(bob, by=olga)
    with time_machine.travel(dt.datetime(2026, 4, 2, tzinfo=dt.UTC), tick=False):
        copy_link(bob, by=olga)


def test_mail_that_can_not_leave_is_said(bob: Author, ada: User, monkeypatch: pytest.MonkeyPatch, send: Any) -> None:
    def fail(*_: Any, **__: Any) -> None:
        raise OSError("no mail server")

    monkeypatch.setattr("papers.personal_links.send_mail", fail)
    with pytest.raises(Refusal, match=r"^The mail to bob@example\.org could not be sent just now\. Try again in a few minutes\.$"):
        send(ada)


def test_pages_make_send_and_revoke(client: Client, paper: Paper, bob: Author, ada: User, olga: User) -> None:
    place = [paper.workshop.slug, paper.pk]
    client.force_login(olga)
    client.post(reverse("send-link", args=place), {"author": bob.pk, "email": BOB})
    shown = client.post(reverse("copy-link", args=place), {"author": bob.pk})
    assert reverse("personal-link", args=[shown.context["copied"][1].split("/links/")[1].strip("/")]) in shown.content.decode()
    page = client.get(reverse("author-links", args=place))
    assert [(link.email, page.context["copied"]) for link in page.context["links"]] == [("", None), (BOB, None)]
    client.post(reverse("revoke-link", args=[place[0], page.context["links"][0].pk]))
    assert [link.revoked_at is None for link in PersonalLink.objects.order_by("pk")] == [True, False]
    for name in ("send-link", "copy-link"):
        assert client.post(reverse(name, args=place), {"author": 0}).status_code == 422
    client.force_login(ada)
    client.post(reverse("invite-author", args=place), {"author": bob.pk, "email": BOB})
    assert PersonalLink.objects.filter(by=ada).count() == 1
    own = paper.authors.get(position=1).pk
    assert client.post(reverse("invite-author", args=place), {"author": own, "email": BOB}).status_code == 422
