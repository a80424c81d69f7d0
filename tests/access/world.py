"""A workshop made to leak, with everybody who may or may not look at it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from papers.access_tokens import make_token
from papers.claims import claim_for_user
from papers.decisions import decide_paper, release_decisions
from papers.models import (
    ChangeRequest,
    ConflictOfInterest,
    FieldConflict,
    FieldMapping,
    ImportRun,
    Invitation,
    Job,
    Membership,
    Paper,
    Review,
    Role,
    SavedView,
    UpstreamDecision,
    User,
    Workshop,
)
from papers.personal_links import copy_link
from program.models import FillRun, Person, PersonRole, ScheduleVersion, Session
from program.schedules import release_schedule
from tests.access.files import name_file_arguments
from tests.access.handling import name_handling_arguments
from tests.access.letters import name_letter_arguments
from tests.access.people import name_people_arguments
from tests.factories import join_workshop, make_paper, make_user, make_workshop

# What nobody outside the workshop may read before the release, and nobody at all outside it may read ever.
EVER_SECRET = (
    "Rejected Leak",
    "Undecided Leak",
    "Secret Review",
    "Withdrawn Leak",
    "Nameless Hidden",
    "Test Leak",
    "Secret note to authors",
    "Secret Recommendation",
    "Secret Remark",
    "Secret Evidence",
    "Secret Proposal",
    "speaker@secret.example",
)
SECRET_BEFORE = ("Accepted Leak", "Secret Talk", "Ada Accepted")
SETTINGS = "settings"  # every address of the settings pages starts so


@dataclass(slots=True)
class World:
    """A workshop with one of everything, the cast, and what addresses name in it."""

    workshop: Workshop
    cast: dict[str, User | None]
    arguments: dict[str, list[Any]]

    def find_user(self, role: str) -> User:
        """Return who plays a role that signs in."""
        user = self.cast[role]
        assert user is not None
        return user


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


def build_world() -> World:
    """Make the workshop with its cast; nothing is released."""
    workshop = make_workshop("leaky26")
    cast: dict[str, User | None] = {
        "stranger": None,
        "eve": make_user("eve@example.org"),
        "author": make_user("ada@example.org", name="Ada"),
    }
    world = World(workshop, cast, {})
    cast["conflicted"] = make_user("conflicted@example.org", name="Connie Conflicted")
    conflicted = join_workshop(world.find_user("conflicted"), workshop, Role.ORGANIZER)
    for role in Role:
        cast[role.value] = make_user(f"{role.value}@example.org")
        join_workshop(world.find_user(role.value), workshop, role)
    accepted = make_paper(workshop, title="Accepted Leak", authors=("Ada Accepted", "Nameless Hidden"))
    _decide_and_hide(workshop, accepted, world.find_user("owner"))
    claim_for_user(accepted, accepted.authors.get(position=1), world.find_user("author"), by=world.find_user("owner"))
    world.arguments |= name_arguments(workshop, accepted) | name_file_arguments(accepted, world.find_user("author"))
    world.arguments |= name_letter_arguments(accepted)
    world.arguments |= name_handling_arguments(accepted)
    UpstreamDecision.objects.create(paper=accepted, note_id="upstream1", text="Accept (Oral)")  # a word of the venue, not a secret
    judged = make_paper(workshop, title="Conflicted Paper")
    ConflictOfInterest.objects.create(paper=judged, member=conflicted, ground=ConflictOfInterest.Ground.DECLARED)
    return world


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


def name_arguments(workshop: Workshop, paper: Paper) -> dict[str, list[Any]]:
    """Return what the addresses take, one of each thing made for it; an address that is not here takes the workshop alone."""
    person = Person.objects.create(workshop=workshop, name="Secret Speaker")
    PersonRole.objects.create(person=person, kind="speaker")
    session = Session.objects.create(
        workshop=workshop, position=1, kind="other", title="Secret Talk", starts_at=workshop.created_at, minutes=30
    )
    slug = workshop.slug
    people = name_people_arguments(person, session)
    keys = {
        "import-report": ImportRun.objects.create(workshop=workshop, source="OpenReview", state="done").pk,
        "remove-rule": FieldMapping.objects.create(workshop=workshop, target="track", source="content", key="track").pk,
        "job": Job.objects.create(workshop=workshop, kind="test", state="done").pk,
        "withdraw-claim": paper.claims.get().pk,
        "change-role": Membership.objects.get(workshop=workshop, role="publisher").pk,
    }
    keys |= dict.fromkeys(("batch", "batch-undo"), workshop.batches.earliest("pk").pk)
    keys |= {"cancel-job": keys["job"], "remove-member": keys["change-role"]}
    conflict = FieldConflict.objects.create(paper=paper, field="title", base="a", upstream="b", local="c")
    moment = session.workshop.created_at
    run = FillRun.objects.create(workshop=workshop, mode="papers", scope="tray", seconds=1, began_at=moment)
    keys |= dict.fromkeys(("stop-fill", "take-fill"), run.pk)
    offer = Invitation.objects.create(workshop=workshop, email="new@example.org", role="assistant", token_hash="x", expires_at=moment)
    arguments: dict[str, list[Any]] = {name: [slug, key] for name, key in keys.items()}
    arguments |= {
        name: [slug, paper.pk] for name in ("paper", "decide-paper", "revoke-decision", "edit-paper", "claim-author", "author-paper")
    }
    said = ["name-presenter", "confirm-attendance", "withdraw-attendance", "choose-proceedings", "author-metadata", "confirm-metadata"]
    said += ["correct-metadata", "request-title", "request-authors", "invite-author", "author-links", "send-link", "copy-link"]
    arguments |= {name: [slug, paper.pk] for name in said} | {"my-papers": [], "withdraw-request": [slug, paper.pk, "title"]}
    asked = ChangeRequest.objects.create(paper=paper, field="title", before="a", after="b", reason="c", asked_at=moment)
    arguments |= {name: [slug, asked.pk] for name in ("grant-request", "refuse-request")}
    link, _ = copy_link(paper.authors.get(), by=workshop.memberships.get(role="owner").user)
    arguments |= {"revoke-link": [slug, link.pk], "personal-link": ["no-such-token"]}
    view = SavedView.objects.create(workshop=workshop, by=workshop.memberships.get(role="owner").user, name="Leaks", is_shared=True)
    arguments |= {name: [slug, view.pk] for name in ("update-view", "rename-view", "delete-view")}
    arguments |= {
        "take-upstream-decision": [slug, paper.pk],
        "confirm-push": [slug, Job.objects.create(workshop=workshop, kind="push-decisions", state="done").pk],
    }
    arguments |= {name: [slug, paper.pk] for name in ("inline-decision", "schedule-paper")} | {"schedule-item": [slug, session.uid]}
    arguments |= {"own-program-ics": [slug, "no-such-token"]}
    arguments |= {"return-version": [slug, ScheduleVersion.objects.create(workshop=workshop, number=1, at=moment).number]}
    arguments |= {"paper-history": [slug, paper.pk], "export-history": [slug, "csv"], "export-paper-history": [slug, paper.pk, "json"]}
    arguments |= {"settle-conflict": [slug, conflict.pk, "local"], "revoke-invitation": [slug, offer.pk], "invitation": ["no-such-token"]}
    token, _ = make_token(workshop.memberships.get(role="owner").user, name="Site", days=90)
    arguments |= {"tokens": [], "revoke-token": [token.pk], "api-workshops": [], "api-description": [], "api-paper": [slug, paper.pk]}
    arguments |= {"hand-over-table": [slug, "proceedings-csv"]}
    arguments |= {"export": [slug, "papers-json"], "home": [], "profile": [], "healthz": [], "readyz": []}
    return arguments | people


def visit(world: World, name: str, role: str) -> Any:
    """Ask for an address as a role, by POST where it takes nothing else; whatever that changes is undone."""
    address = reverse(name, args=world.arguments.get(name, [world.workshop.slug]))
    with transaction.atomic():
        client = Client(raise_request_exception=False)
        user = world.cast[role]
        if user is not None:
            client.force_login(user)
        response: Any = client.get(address)
        if response.status_code == 405:
            response = client.post(address)
        if response.streaming:
            response = HttpResponse(response.getvalue(), status=response.status_code, headers=response.headers)
        transaction.set_rollback(True)
    return response


def release(world: World) -> None:
    """Release decisions and schedule."""
    owner = world.find_user("owner")
    release_decisions(world.workshop, by=owner)
    release_schedule(world.workshop, by=owner)
