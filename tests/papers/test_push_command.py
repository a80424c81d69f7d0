"""The command that pushes: says, writes, ends with the agreed code."""

import json
from collections.abc import Iterator
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from papers.models import PushedDecision, Workshop
from standin import Standin, Venue
from tests.papers.push_venues import WRITES, decide, list_live, make_decided_venue, make_pushing_workshop
from tests.papers.standin_venues import serve

pytestmark = pytest.mark.django_db


@pytest.fixture
def venue() -> Venue:
    return make_decided_venue()


@pytest.fixture
def standin(venue: Venue, monkeypatch: pytest.MonkeyPatch) -> Iterator[Standin]:
    with serve(venue) as running:
        monkeypatch.setenv("OPENREVIEW_USERNAME", "chair@example.org")
        monkeypatch.setenv("OPENREVIEW_PASSWORD", "loopback-only")
        yield running


@pytest.fixture
def workshop(standin: Standin) -> Workshop:
    workshop = make_pushing_workshop(standin)
    decide(workshop, 3, "oral")
    decide(workshop, 4, "poster")
    return workshop


def run(standin: Standin, *arguments: str) -> tuple[int, str, str]:
    """Return exit code, stdout and stderr."""
    out, err = StringIO(), StringIO()
    try:
        call_command("push_decisions", "counted26", "--base-url", standin.url, *arguments, stdout=out, stderr=err)
    except CommandError as error:
        return error.returncode, out.getvalue(), str(error)
    return 0, out.getvalue(), err.getvalue()


def test_dry_run_says_and_writes_nothing_even_while_it_is_off(standin: Standin, workshop: Workshop) -> None:
    Workshop.objects.update(pushes_decisions=False)
    assert run(standin, "--dry-run") == (
        0,
        "create  paper 3: nothing -> Accept (Oral)\n"
        "change  paper 4: Reject -> Accept (Poster)\n"
        "notice  OpenReview may mail the authors by itself as soon as a decision is written (its setting decision_email_authors).\n"
        "Would create 1, change 1, leave 2; 0 refused.\n",
        "",
    )
    assert (standin.count_requests(*WRITES), PushedDecision.objects.count()) == (0, 0)
    code, _, said = run(standin)
    assert (code, said.partition(" for ")[0]) == (1, "Writing decisions to OpenReview is off")


def test_push_writes_and_tells_its_progress(standin: Standin, venue: Venue, workshop: Workshop) -> None:
    code, out, err = run(standin)
    assert (code, out.splitlines()[-1]) == (0, "2 written to OpenReview, 0 stood there already, 0 not written.")
    assert err.splitlines() == ["1 of 2 decisions", "2 of 2 decisions"]
    assert (list_live(venue)[3], list_live(venue)[4]) == ([("Accept (Oral)", "")], [("Accept (Poster)", "")])


def test_json_is_one_document(standin: Standin, workshop: Workshop) -> None:
    planned = json.loads(run(standin, "--dry-run", "--json")[1])
    assert (planned["counts"], planned["report"], len(planned["items"])) == ({"create": 1, "change": 1, "same": 2, "refuse": 0}, None, 4)
    pushed = json.loads(run(standin, "--json")[1])
    assert pushed["report"] == {"written": 2, "same": 0, "refused": 0, "failed": 0, "problems": [], "is_canceled": False}


def test_refused_papers_end_with_one_after_the_others_are_written(standin: Standin, venue: Venue, workshop: Workshop) -> None:
    venue.withdraw(3)
    code, _, said = run(standin)
    assert (code, said) == (1, "paper 3: The paper is withdrawn in OpenReview; import again and look at it first.")
    assert list_live(venue)[4] == [("Accept (Poster)", "")]


def test_search_narrows(standin: Standin, venue: Venue, workshop: Workshop) -> None:
    assert run(standin, "--search", '"Paper 3"')[0] == 0
    assert (list_live(venue)[3], list_live(venue)[4]) == ([("Accept (Oral)", "")], [("Reject", "")])


def test_throttled_push_ends_with_75_and_the_next_goes_on(standin: Standin, venue: Venue, workshop: Workshop) -> None:
    standin.faults.add("throttle", path="/notes/edits", method="POST", after=1, times=1, retry_after=900, late=True)
    code, _, said = run(standin)
    assert (code, said.startswith("OpenReview asks to wait until ")) == (75, True)
    assert run(standin)[0] == 0
    assert (list_live(venue)[3], list_live(venue)[4]) == ([("Accept (Oral)", "")], [("Accept (Poster)", "")])
    assert (standin.count_requests(*WRITES), set(PushedDecision.objects.values_list("state", flat=True))) == (2, {"written"})
