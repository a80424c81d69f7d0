"""Every fault of the other side at every request: what is refused, in which words, with which exit code, and what stays."""

import re
from collections.abc import Iterator
from typing import Any

import pytest

from papers.errors import ChangedShape, NotPermitted, NotThere, OtherSideFailed, SignInNeeded, Throttled, Unavailable
from papers.models import ImportRun, Workshop
from standin import Standin, Venue
from tests.papers.command_lines import run_command
from tests.papers.dumps import dump_tables
from tests.papers.standin_venues import CHAIR, fill_venue, import_from, make_mapped_workshop, make_venue, serve

Fault = dict[str, Any]
# Long enough for a busy machine, short enough to wait for six times.
READ_SECONDS = 0.8
REQUESTS = {"sign-in": ("POST", "/login"), "venue": ("GET", "/groups"), "notes": ("GET", "/notes")}
PAGE = (
    r"OpenReview answered with a web page instead of data\. It may ask for a sign-in or a check that you are human: "
    r"sign in with an account, or try again later\."
)
BROKEN = r"OpenReview's answer broke off in the middle; try again\."
HUMAN = r"OpenReview asks for a check that you are human; sign in with an account, or try again later\."
NO_SESSION = r"OpenReview accepted the sign-in and sent no session; try again\."
NO_VENUE = "OpenReview has no venue '{}' that this account can see. Check its spelling, capitals too, in the workshop's settings."
NO_OBJECT = r"OpenReview answered something that is not an object; nothing of it was imported\."
ENDED = r"The OpenReview session has ended; sign in again and repeat the import\."
ANYWHERE: list[tuple[str, Fault, type[OtherSideFailed], str, int]] = [
    ("html", {"kind": "html"}, Unavailable, PAGE, 1),
    ("challenge", {"kind": "challenge"}, NotPermitted, HUMAN, 1),
    (
        "throttle",
        {"kind": "throttle", "retry_after": 900},
        Throttled,
        r"OpenReview asks to wait until [-\d]+ [:\d]+ UTC \(Too many requests: .*\)\.",
        75,
    ),
    (
        "server error",
        {"kind": "status", "status": 500},
        Unavailable,
        r"OpenReview failed with status 500 \(Internal error\); try again later\.",
        1,
    ),
    (
        "bad gateway",
        {"kind": "status", "status": 502, "text": "Bad Gateway"},
        Unavailable,
        r"OpenReview failed with status 502 \(Bad Gateway\); try again later\.",
        1,
    ),
    (
        "unavailable",
        {"kind": "status", "status": 503, "name": "Busy", "message": "Busy."},
        Unavailable,
        r"OpenReview failed with status 503 \(Busy\); try again later\.",
        1,
    ),
    (
        "forbidden",
        {"kind": "status", "status": 403, "name": "ForbiddenError", "message": "Not you"},
        NotPermitted,
        r"This OpenReview account may not read that: Not you\.",
        1,
    ),
    (
        "bad request",
        {"kind": "status", "status": 400, "name": "EnumError", "message": "No such sort"},
        ChangedShape,
        r"OpenReview refused the request with status 400 \(EnumError: No such sort\)\.",
        1,
    ),
    ("reset", {"kind": "reset"}, Unavailable, BROKEN, 1),
    ("truncate", {"kind": "truncate"}, Unavailable, BROKEN, 1),
    ("slow", {"kind": "slow", "seconds": 30}, Unavailable, r"OpenReview fell silent in the middle of an answer; try again later\.", 1),
    ("not an object", {"kind": "shape", "body": [1]}, ChangedShape, NO_OBJECT, 1),
]
NO_NOTES = r"OpenReview's answer has no list of objects under 'notes'; nothing of it was imported\."
NO_GROUPS = r"OpenReview's answer has no list of objects under 'groups'; nothing of it was imported\."
SPECIAL: list[tuple[str, str, Fault, type[OtherSideFailed], str, int]] = [
    (
        "sign-in",
        "wrong password",
        {"kind": "status", "status": 400, "name": "LoginError", "message": "Invalid username or password"},
        NotPermitted,
        r"OpenReview refused the sign-in: Invalid username or password\.",
        1,
    ),
    ("sign-in", "no session", {"kind": "shape", "drop": ["token"]}, ChangedShape, NO_SESSION, 1),
    ("sign-in", "token as number", {"kind": "shape", "row": {"token": 7}}, ChangedShape, NO_SESSION, 1),
    ("venue", "no groups", {"kind": "shape", "top": {"groups": None}}, ChangedShape, NO_GROUPS, 1),
    ("venue", "empty list", {"kind": "empty_list"}, NotThere, re.escape(NO_VENUE.format("example.org/2026/Workshop/Counted")), 1),
    ("venue", "expired for good", {"kind": "expire_token"}, SignInNeeded, ENDED, 1),
    ("notes", "expired for good", {"kind": "expire_token"}, SignInNeeded, ENDED, 1),
    ("notes", "notes null", {"kind": "shape", "top": {"notes": None}}, ChangedShape, NO_NOTES, 1),
    ("notes", "notes an object", {"kind": "shape", "top": {"notes": {"a": 1}}}, ChangedShape, NO_NOTES, 1),
    ("notes", "notes of numbers", {"kind": "shape", "top": {"notes": [1]}}, ChangedShape, NO_NOTES, 1),
    ("notes", "no notes", {"kind": "shape", "body": {"count": 3}}, ChangedShape, NO_NOTES, 1),
    (
        "notes",
        "no id at all",
        {"kind": "shape", "drop": ["id"]},
        ChangedShape,
        r"OpenReview sent a page of submissions of which none has an id; nothing of it was imported\.",
        1,
    ),
]
CASES = [
    *((f"{place}: {name}", place, fault, kind, sentence, code) for name, fault, kind, sentence, code in ANYWHERE for place in REQUESTS),
    *((f"{place}: {name}", place, fault, kind, sentence, code) for place, name, fault, kind, sentence, code in SPECIAL),
]


@pytest.fixture
def scene(db: None, monkeypatch: pytest.MonkeyPatch, settings: Any) -> Iterator[tuple[Venue, Standin, Workshop]]:
    venue = fill_venue(make_venue())
    workshop = make_mapped_workshop(venue.id)
    settings.OPENREVIEW_READ_SECONDS = READ_SECONDS
    monkeypatch.setenv("OPENREVIEW_USERNAME", CHAIR.username)
    monkeypatch.setenv("OPENREVIEW_PASSWORD", CHAIR.password)
    with serve(venue) as standin:
        yield venue, standin, workshop


@pytest.mark.parametrize(("place", "fault", "kind", "sentence", "code"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_fault_is_a_refusal_and_nothing_is_written(
    scene: tuple[Venue, Standin, Workshop], place: str, fault: Fault, kind: type[OtherSideFailed], sentence: str, code: int
) -> None:
    _, standin, workshop = scene
    method, path = REQUESTS[place]
    before = dump_tables()
    standin.faults.add(path=path, method=method, **fault)
    exit_code, stdout, said = run_command(standin, workshop.slug, "--json")
    assert (stdout, exit_code) == ("", code)
    assert re.fullmatch(sentence, said), said
    assert dump_tables() == before
    run = ImportRun.objects.get()
    assert (run.state, run.report["sentence"]) == ("paused" if code == 75 else "failed", said)
    run.delete()
    with pytest.raises(OtherSideFailed) as refusal:
        import_from(standin, workshop, read_seconds=READ_SECONDS, is_rehearsal=True)
    assert isinstance(refusal.value, kind)
    assert ImportRun.objects.count() == 0


@pytest.mark.parametrize("case", [case for case in CASES if case[1] == "notes"], ids=[case[0] for case in CASES if case[1] == "notes"])
def test_fault_that_passes_leaves_the_state_of_an_undisturbed_import(scene: tuple[Venue, Standin, Workshop], case: tuple[Any, ...]) -> None:
    venue, standin, workshop = scene
    import_from(standin, workshop)
    venue.change(2, content={"title": "Changed"})
    before = dump_tables()
    fault = standin.faults.add(path="/notes", method="GET", **case[2])
    with pytest.raises(OtherSideFailed):
        import_from(standin, workshop, read_seconds=READ_SECONDS)
    assert (dump_tables() == before, fault.struck > 0) == (True, True)
    standin.faults.clear()
    workshop.import_runs.filter(state="paused").delete()
    report = import_from(standin, workshop)
    assert (report.updated, report.unchanged, workshop.papers.get(number=2).title) == (1, 2, "Changed")


@pytest.mark.parametrize("kind", ["reset", "truncate"])
def test_one_broken_answer_is_asked_for_again(scene: tuple[Venue, Standin, Workshop], kind: str) -> None:
    _, standin, workshop = scene
    standin.faults.add(kind, times=1)
    report = import_from(standin, workshop)
    assert (report.created, report.requests, len(standin.requests)) == (3, 5, 5)


def test_gateway_that_fails_twice_is_asked_a_third_time_in_silence(scene: tuple[Venue, Standin, Workshop]) -> None:
    _, standin, workshop = scene
    standin.faults.add("status", times=2, status=503)
    code, stdout, said = run_command(standin, workshop.slug, "--json")
    assert (said.startswith("3 papers"), code, stdout.startswith("{"), standin.count_requests("/notes")) == (True, 0, True, 3)
    assert '"requests": 6' in stdout


def test_nobody_at_the_address(scene: tuple[Venue, Standin, Workshop]) -> None:
    _, standin, workshop = scene
    url = standin.url
    standin.close()
    result = run_command(standin, workshop.slug)
    assert result == (1, "", f"OpenReview cannot be reached at {url} (ConnectionError); try again later.")


VENUES: list[tuple[str, str | None]] = [
    ("example.org/2026/Workshop/Counted/", None),
    (" https://openreview.net/group?id=example.org/2026/Workshop/Counted#tab-recent", None),
    ("", "The workshop has no OpenReview venue id; write one like thecvf.com/CVPR/2025/Workshop/SyntaGen in its settings."),
    ("example.org/2026/Workshop/Couted", NO_VENUE.format("example.org/2026/Workshop/Couted")),
    ("example.org/2026/workshop/counted", NO_VENUE.format("example.org/2026/workshop/counted")),
    (
        "https://openreview.net/group?id=example.org/2026/Workshop/Counted/Program_Chairs",
        "'example.org/2026/Workshop/Counted/Program_Chairs' is a group of the venue 'example.org/2026/Workshop/Counted'; "
        "write that into the workshop's settings.",
    ),
]


@pytest.mark.parametrize(("venue_id", "sentence"), VENUES)
def test_venue_id_is_understood_or_refused(scene: tuple[Venue, Standin, Workshop], venue_id: str, sentence: str | None) -> None:
    _, standin, workshop = scene
    workshop.venue_id = venue_id
    workshop.save()
    code, _, said = run_command(standin, workshop.slug)
    assert (said if code else None, code) == (sentence, 1 if sentence else 0)
    assert workshop.papers.count() == (0 if sentence else 3)
