"""Every address as every role, before and after the release, on data made to leak."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from papers.claims import claim_for_user
from papers.decisions import decide_paper, release_decisions
from papers.models import FieldConflict, FieldMapping, ImportRun, Invitation, Job, Membership, Paper, Review, Role, User, Workshop
from program.models import Person, PersonRole, Session
from program.schedules import release_schedule
from tests.factories import join_workshop, make_paper, make_user, make_workshop

READERS = frozenset({"owner", "organizer", "assistant"})
DECIDERS = frozenset({"owner", "organizer"})
PUBLISHERS = frozenset({"owner", "organizer", "publisher"})
MEMBERS = READERS | PUBLISHERS
OWNERS = frozenset({"owner"})
AUTHORS = frozenset({"author"})
SIGNED_IN = MEMBERS | AUTHORS | {"eve"}
ANYBODY = SIGNED_IN | {"stranger"}
ROLES = sorted(ANYBODY)

# Who may reach what; an address that is not here fails the test, so that no page comes without its row.
ALLOWED: dict[str, frozenset[str]] = {
    "home": ANYBODY,
    "healthz": ANYBODY,
    "readyz": ANYBODY,
    "profile": SIGNED_IN,
    "paper-list": READERS,
    "paper": READERS,
    "decide-paper": DECIDERS,
    "revoke-decision": DECIDERS,
    "edit-paper": DECIDERS,
    "claim-author": DECIDERS,
    "withdraw-claim": DECIDERS,
    "conflict-list": READERS,
    "settle-conflict": DECIDERS,
    "release-decisions": DECIDERS,
    "name-hidden-authors": DECIDERS,
    "workshop-history": READERS,
    "import-list": READERS,
    "import-report": READERS,
    "import-table": DECIDERS,
    "explain-words": DECIDERS,
    "mapping": READERS,
    "add-rule": DECIDERS,
    "remove-rule": DECIDERS,
    "members": DECIDERS,
    "change-role": OWNERS,
    "remove-member": OWNERS,
    "revoke-invitation": OWNERS,
    "invitation": SIGNED_IN,
    "job": MEMBERS,
    "cancel-job": PUBLISHERS,
    "author-home": AUTHORS,
    "author-paper": AUTHORS,
    "organizer-home": MEMBERS,
    "schedule": MEMBERS,
    "release-schedule": PUBLISHERS,
    "site": MEMBERS,
    "export": MEMBERS,
}
AFTER_RELEASE = {"public-papers", "public-program", "program-ics"}
SETTINGS = "settings"  # every address of the settings pages starts so
NAMED_SETTINGS = {"settings-add", "settings-edit", "settings-delete", "settings-up", "settings-down"}
SETTINGS_ARGUMENTS = ["tracks", 1]

# What nobody outside the workshop may read before the release, and nobody at all outside it may read ever.
EVER_SECRET = (
    "Rejected Leak",
    "Undecided Leak",
    "Secret Review",
    "Withdrawn Leak",
    "Nameless Hidden",
    "Test Leak",
    "Secret note to authors",
)
SECRET_BEFORE = ("Accepted Leak", "Secret Talk", "Ada Accepted")


@dataclass(slots=True)
class World:
    """A workshop with one of everything, and the cast."""

    workshop: Workshop
    cast: dict[str, User | None]
    arguments: dict[str, list[Any]]


def walk_patterns(patterns: list[Any], prefix: str = "") -> Iterator[str]:
    """Yield the name of every address of our own."""
    for pattern in patterns:
        route = f"{prefix}{pattern.pattern}"
        if isinstance(pattern, URLResolver):
            if not route.startswith(("accounts/", "admin/")):
                yield from walk_patterns(pattern.url_patterns, route)
        elif isinstance(pattern, URLPattern):
            yield str(pattern.name)


OUR_NAMES = sorted(set(walk_patterns(get_resolver().url_patterns)))


@pytest.fixture
def world(db: None) -> World:
    workshop = make_workshop("leaky26")
    cast: dict[str, User | None] = {
        "stranger": None,
        "eve": make_user("eve@example.org"),
        "author": make_user("ada@example.org", name="Ada"),
    }
    for role in Role:
        cast[role.value] = make_user(f"{role.value}@example.org")
        join_workshop(_user(cast, role.value), workshop, role)
    accepted = make_paper(workshop, title="Accepted Leak", authors=("Ada Accepted", "Nameless Hidden"))
    _decide_and_hide(workshop, accepted, _user(cast, "owner"))
    claim_for_user(accepted, accepted.authors.get(position=1), _user(cast, "author"), by=_user(cast, "owner"))
    return World(workshop, cast, _name_arguments(workshop, accepted))


def _user(cast: dict[str, User | None], role: str) -> User:
    user = cast[role]
    assert user is not None
    return user


def _decide_and_hide(workshop: Workshop, accepted: Paper, owner: User) -> None:
    accepted.authors.filter(name="Nameless Hidden").delete()
    oral = workshop.presentation_kinds.get(slug="oral")
    decide_paper(accepted, outcome="accept", presentation=oral, by=owner)
    decide_paper(make_paper(workshop, title="Rejected Leak"), outcome="reject", comment="Secret note to authors", by=owner)
    decide_paper(
        make_paper(workshop, title="Faceless", authors=("Nameless Hidden",), has_hidden_authors=True),
        outcome="accept",
        presentation=oral,
        by=owner,
    )
    make_paper(workshop, title="Undecided Leak")
    gone = make_paper(workshop, title="Withdrawn Leak")
    decide_paper(gone, outcome="accept", presentation=oral, by=owner)
    Paper.objects.filter(pk=gone.pk).update(standing="withdrawn")
    make_paper(workshop, title="Test Leak", is_test=True)
    Review.objects.create(paper=accepted, note_id="r1", kind="review", rating=9, rating_raw="9", content={"review": "Secret Review"})


def _name_arguments(workshop: Workshop, paper: Paper) -> dict[str, list[Any]]:
    person = Person.objects.create(workshop=workshop, name="Secret Speaker")
    PersonRole.objects.create(person=person, kind="speaker")
    session = Session.objects.create(
        workshop=workshop, position=1, kind="other", title="Secret Talk", starts_at=workshop.created_at, minutes=30
    )
    slug = workshop.slug
    keys = {
        "import-report": ImportRun.objects.create(workshop=workshop, source="OpenReview", state="done").pk,
        "remove-rule": FieldMapping.objects.create(workshop=workshop, target="track", source="content", key="track").pk,
        "job": Job.objects.create(workshop=workshop, kind="test", state="done").pk,
        "withdraw-claim": paper.claims.get().pk,
        "change-role": Membership.objects.get(workshop=workshop, role="publisher").pk,
    }
    keys |= {"cancel-job": keys["job"], "remove-member": keys["change-role"]}
    conflict = FieldConflict.objects.create(paper=paper, field="title", base="a", upstream="b", local="c")
    moment = session.workshop.created_at
    offer = Invitation.objects.create(workshop=workshop, email="new@example.org", role="assistant", token_hash="x", expires_at=moment)
    arguments: dict[str, list[Any]] = {name: [slug, key] for name, key in keys.items()}
    arguments |= {
        name: [slug, paper.pk] for name in ("paper", "decide-paper", "revoke-decision", "edit-paper", "claim-author", "author-paper")
    }
    arguments |= {"settle-conflict": [slug, conflict.pk, "local"], "revoke-invitation": [slug, offer.pk], "invitation": ["no-such-token"]}
    arguments |= {"export": [slug, "papers-json"], "home": [], "profile": [], "healthz": [], "readyz": []}
    return arguments


def visit(world: World, name: str, role: str) -> Any:
    """Ask for an address as a role: by POST where it takes nothing else; whatever that changes is undone."""
    client = Client()
    user = world.cast[role]
    if user is not None:
        client.force_login(user)
    address = reverse(name, args=world.arguments.get(name, [world.workshop.slug]))
    response = client.get(address)
    if response.status_code != 405:
        return response
    with transaction.atomic():
        response = client.post(address)
        transaction.set_rollback(True)
    return response


def describe_answer(role: str, status: int) -> str:
    """Say what an answer means: a form shown again (422) and a refusal (409) are reached, too."""
    if status == 302:
        return "sign in" if role == "stranger" else "reached"
    return {200: "reached", 409: "reached", 410: "reached", 422: "reached", 404: "not found"}.get(status, str(status))


def release(world: World) -> None:
    """Release decisions and schedule."""
    owner = _user(world.cast, "owner")
    release_decisions(world.workshop, by=owner)
    release_schedule(world.workshop, by=owner)


def test_every_address_has_a_row() -> None:
    rowless = [name for name in OUR_NAMES if name not in ALLOWED and name not in AFTER_RELEASE and not name.startswith(SETTINGS)]
    assert rowless == []


@pytest.mark.parametrize("name", [name for name in OUR_NAMES if name in ALLOWED])
def test_address_is_reached_by_its_roles_only(world: World, name: str) -> None:
    statuses = {role: visit(world, name, role).status_code for role in ROLES}
    expected = {role: "reached" if role in ALLOWED[name] else "sign in" if role == "stranger" else "not found" for role in ROLES}
    assert {role: describe_answer(role, status) for role, status in statuses.items()} == expected


@pytest.mark.parametrize("name", [name for name in OUR_NAMES if name.startswith(SETTINGS)])
def test_settings_are_for_deciders(world: World, name: str) -> None:
    world.arguments[name] = [world.workshop.slug, *(SETTINGS_ARGUMENTS if name in NAMED_SETTINGS else [])][
        : 2 if name == "settings-add" else 3
    ]
    statuses = {role: visit(world, name, role).status_code for role in ROLES}
    outside = {role: status for role, status in statuses.items() if role not in DECIDERS}
    assert outside == {role: 302 if role == "stranger" else 404 for role in outside}
    assert {status for role, status in statuses.items() if role in DECIDERS} <= {200, 302, 409, 422}


@pytest.mark.parametrize("name", sorted(AFTER_RELEASE & set(OUR_NAMES)))
def test_public_address_is_there_after_the_release_only(world: World, name: str) -> None:
    before = visit(world, name, "stranger")
    nowhere = Client().get(reverse(name, args=["no-such-workshop"]))
    assert (before.status_code, nowhere.status_code) == (404, 404)
    assert before.content.replace(b"leaky26", b"no-such-workshop") == nowhere.content
    release(world)
    assert {role: visit(world, name, role).status_code for role in ROLES} == dict.fromkeys(ROLES, 200)


@pytest.mark.parametrize("role", ["stranger", "eve", "author", "publisher"])
def test_nothing_leaks(world: World, role: str) -> None:
    own = {"Accepted Leak", "Ada Accepted"} if role == "author" else {"Secret Talk"} if role == "publisher" else set()
    for moment, secrets in (("before", (*EVER_SECRET, *SECRET_BEFORE)), ("after", EVER_SECRET)):
        if moment == "after":
            release(world)
        for name in OUR_NAMES:
            if name.startswith(SETTINGS):
                continue
            page = visit(world, name, role).content.decode()
            assert [secret for secret in secrets if secret in page and secret not in own] == [], (moment, name)


@pytest.mark.parametrize(
    "name", ["papers-json", "papers-csv", "papers-bibtex", "accepted-markdown", "schedule-html", "schedule-ics", "schedule-markdown"]
)
def test_no_export_leaks_even_to_the_owner(world: World, name: str) -> None:
    world.arguments["export"] = [world.workshop.slug, name]
    before = visit(world, "export", "owner").content.decode()
    assert [secret for secret in (*EVER_SECRET, *SECRET_BEFORE) if secret in before] == []
    release(world)
    after = visit(world, "export", "owner").content.decode()
    assert [secret for secret in EVER_SECRET if secret in after] == []
    assert [secret for secret in ("Accepted Leak", "Secret Talk") if secret in after] != []
