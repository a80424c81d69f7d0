"""Every address as every role; the rows say who may reach what."""

import pytest
from django.test import Client
from django.urls import reverse

from tests.access.people import OF_ONESELF
from tests.access.world import OUR_NAMES, SETTINGS, World, build_world, release, visit

READERS = frozenset({"owner", "organizer", "assistant"})
DECIDERS = frozenset({"owner", "organizer"})
PUBLISHERS = frozenset({"owner", "organizer", "publisher"})
MEMBERS = READERS | PUBLISHERS
OWNERS = frozenset({"owner"})
AUTHORS = frozenset({"author"})
SIGNED_IN = MEMBERS | AUTHORS | {"eve"}
ANYBODY = SIGNED_IN | {"stranger"}
ROLES = sorted(ANYBODY)
CONFLICTED = {"conflicted": "organizer"}  # reaches what an organizer does and sees no judgment of one paper

# What an address takes stands in tests/access/world.py (name_arguments); without a row there it takes the workshop alone.

# Who may reach what; an address that is not here fails the test, so that no page comes without its row.
ALLOWED: dict[str, frozenset[str]] = {
    "home": ANYBODY,
    "healthz": ANYBODY,
    "readyz": ANYBODY,
    "profile": SIGNED_IN,
    "tokens": SIGNED_IN,
    "revoke-token": OWNERS,
    "api-workshops": ANYBODY,
    "api-description": ANYBODY,
    "paper-list": READERS,
    "paper-figures": READERS,
    "table-export": READERS,
    "inline-decision": DECIDERS,
    "letter-selected": DECIDERS,
    "save-view": READERS,
    "update-view": READERS,
    "rename-view": READERS,
    "delete-view": READERS,
    "paper": READERS,
    "decide-paper": DECIDERS,
    "revoke-decision": DECIDERS,
    "decide-many": DECIDERS,
    "decide-table": DECIDERS,
    "decide-preview": DECIDERS,
    "decide-apply": DECIDERS,
    "what-if": READERS,
    "batch-list": READERS,
    "batch": READERS,
    "batch-undo": DECIDERS,
    "handling": READERS,
    "waiting": READERS,
    "assign-many": DECIDERS,
    "apply-assignment": DECIDERS,
    "balance-handling": DECIDERS,
    "apply-balance": DECIDERS,
    "end-conflicted-handling": DECIDERS,
    "assign-paper": DECIDERS,
    "unassign-paper": DECIDERS,
    "recommend": READERS,
    "withdraw-recommendation": READERS,
    "add-remark": READERS,
    "mark-read": READERS,
    "change-remark": OWNERS,  # whose remark it is
    "withdraw-remark": OWNERS,
    "interest-list": READERS,
    "find-interests": DECIDERS,
    "declare-interest": READERS,
    "declare-interests": DECIDERS,
    "dismiss-interest": DECIDERS,
    "reopen-interest": DECIDERS,
    "my-interests": READERS,
    "member-interests": OWNERS,
    "edit-paper": DECIDERS,
    "claim-author": DECIDERS,
    "withdraw-claim": DECIDERS,
    "conflict-list": READERS,
    "settle-conflict": DECIDERS,
    "release-decisions": DECIDERS,
    "letters": DECIDERS,
    "start-letters": DECIDERS,
    "add-letter": DECIDERS,
    "preview-letter": DECIDERS,
    "test-letter": DECIDERS,
    "letter": DECIDERS,
    "copy-letter": DECIDERS,
    "delete-letter": DECIDERS,
    "move-letter-up": DECIDERS,
    "move-letter-down": DECIDERS,
    "send-letter": DECIDERS,
    "letter-recipients": DECIDERS,
    "chase": DECIDERS,
    "reminders": DECIDERS,
    "start-reminders": DECIDERS,
    "stop-reminders": DECIDERS,
    "set-quiet-hours": DECIDERS,
    "set-notices": DECIDERS,
    "add-reminder-rule": DECIDERS,
    "switch-rule-on": DECIDERS,
    "switch-rule-off": DECIDERS,
    "remove-reminder-rule": DECIDERS,
    "outbox": DECIDERS,
    "mailing": DECIDERS,
    "mailing-states": DECIDERS,
    "pause-mailing": DECIDERS,
    "resume-mailing": DECIDERS,
    "cancel-mailing": DECIDERS,
    "sent-letter": DECIDERS,
    "send-again": DECIDERS,
    "mark-sent": DECIDERS,
    "note-bounce": DECIDERS,
    "look-over-release": DECIDERS,
    "name-hidden-authors": DECIDERS,
    "workshop-history": READERS,
    "export-history": READERS,
    "paper-history": READERS,
    "export-paper-history": READERS,
    "search-completion": READERS,
    "import-list": READERS,
    "import-report": READERS,
    "import-table": DECIDERS,
    "explain-words": DECIDERS,
    "agreement": READERS,
    "take-upstream-decision": DECIDERS,
    "agreement-words": DECIDERS,
    "agreement-file": DECIDERS,
    "download-decision-file": DECIDERS,
    "push-decisions": DECIDERS,
    "confirm-push": DECIDERS,
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
    "my-papers": SIGNED_IN,
    "name-presenter": AUTHORS,
    "confirm-attendance": AUTHORS,
    "withdraw-attendance": AUTHORS,
    "choose-proceedings": AUTHORS,
    "author-metadata": AUTHORS,
    "confirm-metadata": AUTHORS,
    "correct-metadata": AUTHORS,
    "invite-author": AUTHORS,
    "author-links": DECIDERS,
    "send-link": DECIDERS,
    "copy-link": DECIDERS,
    "revoke-link": DECIDERS,
    "personal-link": ANYBODY,
    "request-title": AUTHORS,
    "request-authors": AUTHORS,
    "withdraw-request": AUTHORS,
    "change-requests": READERS,
    "grant-request": DECIDERS,
    "refuse-request": DECIDERS,
    "author-files": AUTHORS,
    "hand-in-file": AUTHORS | DECIDERS,
    "hand-in-link": AUTHORS | DECIDERS,
    "rehearse-file": AUTHORS | DECIDERS,
    "start-upload": AUTHORS | DECIDERS,
    "upload": AUTHORS,
    "finish-upload": AUTHORS,
    "download-file": AUTHORS | READERS,
    "finding-crop": AUTHORS | READERS,
    "withdraw-file": AUTHORS | DECIDERS,
    "approve-file": DECIDERS,
    "return-file": DECIDERS,
    "recheck-file": DECIDERS,
    "override-finding": DECIDERS,
    "extend-deadline": DECIDERS,
    "camera-ready": READERS,
    "board-files": READERS,
    "hand-over": PUBLISHERS,
    "hand-over-report": PUBLISHERS,
    "hand-over-package": PUBLISHERS,
    "hand-over-table": PUBLISHERS,
    "confirm-names": DECIDERS,
    "hand-over-settings": DECIDERS,
    "preview-hand-over": DECIDERS,
    "export-board": READERS,
    "approve-clean-files": DECIDERS,
    "file-import": DECIDERS,
    "file-source": DECIDERS,
    "confirm-file-import": DECIDERS,
    "metadata-differences": READERS,
    "paper-files": READERS,
    "required-files": DECIDERS,
    "required-file": DECIDERS,
    "remove-required-file": DECIDERS,
    "organizer-home": MEMBERS,
    "schedule": MEMBERS,
    "schedule-draft": MEMBERS,
    "schedule-versions": MEMBERS,
    "author-calendar": AUTHORS,
    "revoke-author-calendar": AUTHORS,
    "publish-schedule": PUBLISHERS,
    "version-letters": DECIDERS,
    "return-version": DECIDERS,
    "schedule-edits": MEMBERS,
    "schedule-moves": DECIDERS,
    "schedule-undo": DECIDERS,
    "schedule-redo": DECIDERS,
    "schedule-act": DECIDERS,
    "schedule-add": DECIDERS,
    "schedule-frame": DECIDERS,
    "schedule-item": DECIDERS,
    "schedule-paper": DECIDERS,
    "solver": DECIDERS,
    "begin-fill": DECIDERS,
    "solver-rules": DECIDERS,
    "relax-rule": DECIDERS,
    "hold-rule": DECIDERS,
    "stop-fill": DECIDERS,
    "take-fill": DECIDERS,
    "release-schedule": PUBLISHERS,
    "live": READERS,
    "live-start": READERS,
    "live-end": READERS,
    "live-clear": READERS,
    "live-tell": DECIDERS,
    "live-hide": DECIDERS,
    "live-shift": DECIDERS,
    "live-publish": DECIDERS,
    "chair-sheet": DECIDERS,
    "people": DECIDERS,
    "add-person": DECIDERS,
    "invite-people": DECIDERS,
    "people-mails": DECIDERS,
    "people-table": DECIDERS,
    "apply-people-table": DECIDERS,
    "person": DECIDERS,
    "edit-person": DECIDERS,
    "remove-person": DECIDERS,
    "add-part": DECIDERS,
    "remove-part": DECIDERS,
    "confirm-person": DECIDERS,
    "revoke-person": DECIDERS,
    "take-over-person": DECIDERS,
    "dismiss-person": DECIDERS,
    "person-photo": DECIDERS,
    "person-slides": DECIDERS,
    "person-link": ANYBODY,
    "site": MEMBERS,
    "export": MEMBERS,
}
AFTER_RELEASE = {"api-papers", "api-paper", "public-papers", "public-search-completion", "public-program", "program-ics", "public-photo"}
BY_LINK = frozenset(
    {*OF_ONESELF, "own-program-ics"}
)  # entered by a mailed link alone, whoever is signed in; tests/program/test_views_person_page.py has the link
NAMED_SETTINGS = {"settings-add", "settings-edit", "settings-delete", "settings-up", "settings-down"}
SETTINGS_ARGUMENTS = ["tracks", 1]


@pytest.fixture
def world(db: None) -> World:
    return build_world()


def describe_answer(role: str, status: int) -> str:
    """Say what an answer means: a form shown again (422) and a refusal (409) are reached, too."""
    if status == 302:
        return "sign in" if role == "stranger" else "reached"
    return {200: "reached", 409: "reached", 410: "reached", 422: "reached", 404: "not found"}.get(status, str(status))


def test_every_address_has_a_row() -> None:
    rowless = [name for name in OUR_NAMES if name not in ALLOWED.keys() | AFTER_RELEASE | BY_LINK and not name.startswith(SETTINGS)]
    assert rowless == []


@pytest.mark.parametrize("role", [*ROLES, *CONFLICTED])
def test_role_reaches_its_addresses_only(world: World, role: str) -> None:
    names = [name for name in OUR_NAMES if name in ALLOWED]
    elsewhere = "sign in" if role == "stranger" else "not found"
    expected = {name: "reached" if CONFLICTED.get(role, role) in ALLOWED[name] else elsewhere for name in names}
    assert {name: describe_answer(role, visit(world, name, role).status_code) for name in names} == expected


@pytest.mark.parametrize("role", [*ROLES, *CONFLICTED])
def test_page_of_a_person_is_for_who_has_its_link(world: World, role: str) -> None:
    assert {name: visit(world, name, role).status_code for name in sorted(BY_LINK)} == dict.fromkeys(sorted(BY_LINK), 404)


@pytest.mark.parametrize("role", [*ROLES, *CONFLICTED])
def test_settings_are_for_deciders(world: World, role: str) -> None:
    names = [name for name in OUR_NAMES if name.startswith(SETTINGS)]
    kind, key = SETTINGS_ARGUMENTS
    for name in names:
        world.arguments[name] = [
            world.workshop.slug,
            *([kind] if name == "settings-add" else [kind, key] if name in NAMED_SETTINGS else []),
        ]
    expected = "reached" if CONFLICTED.get(role, role) in DECIDERS else "sign in" if role == "stranger" else "not found"
    assert {name: describe_answer(role, visit(world, name, role).status_code) for name in names} == dict.fromkeys(names, expected)


@pytest.mark.parametrize("name", sorted(AFTER_RELEASE & set(OUR_NAMES)))
def test_public_address_is_there_after_the_release_only(world: World, name: str) -> None:
    before = visit(world, name, "stranger")
    rest = world.arguments.get(name, [None])[1:]
    nowhere = Client().get(reverse(name, args=["no-such-workshop", *rest]))
    assert (before.status_code, nowhere.status_code) == (404, 404)
    assert before.content.replace(b"leaky26", b"no-such-workshop") == nowhere.content
    release(world)
    assert {role: visit(world, name, role).status_code for role in ROLES} == dict.fromkeys(ROLES, 200)
