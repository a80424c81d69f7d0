"""The command `import_openreview` as a shell sees it."""

import json
from collections.abc import Iterator

import pytest

from papers.models import ImportRun, Workshop
from standin import Standin, Venue
from tests.papers.command_lines import run_command, run_in_shell
from tests.papers.dumps import dump_tables
from tests.papers.standin_venues import CHAIR, fill_venue, make_mapped_workshop, make_venue, serve

KEYS = {"created", "updated", "unchanged", "withdrawn", "vanished", "conflicts", "problems", "requests", "notices", "changes"}
Scene = tuple[Venue, Standin, Workshop]


@pytest.fixture
def scene(monkeypatch: pytest.MonkeyPatch) -> Iterator[Scene]:
    venue = fill_venue(make_venue())
    workshop = make_mapped_workshop(venue.id)
    for name in ("TOKEN", "MFA_CODE"):
        monkeypatch.delenv(f"OPENREVIEW_{name}", raising=False)
    monkeypatch.setenv("OPENREVIEW_USERNAME", CHAIR.username)
    monkeypatch.setenv("OPENREVIEW_PASSWORD", CHAIR.password)
    with serve(venue) as standin:
        yield venue, standin, workshop


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_shell_gets_one_document_and_the_agreed_exit_codes(scene: Scene) -> None:
    _, standin, workshop = scene
    code, out, err = run_in_shell(standin, workshop.slug, "--json")
    report = json.loads(out)
    assert (code, report.keys(), report["created"], report["requests"]) == (0, KEYS, 3, 4)
    assert err == "3 papers, 499 requests left\n"
    assert workshop.papers.count() == 3
    result = run_in_shell(standin, workshop.slug, "--json", OPENREVIEW_PASSWORD="wrong")
    assert result == (1, "", "CommandError: OpenReview refused the sign-in: Invalid username or password.\n")
    assert run_in_shell(standin, workshop.slug, "--api", "3")[:2] == (2, "")
    standin.faults.add("throttle", times=1, retry_after=900)
    code, out, err = run_in_shell(standin, workshop.slug, "--json")
    assert (code, out, err.startswith("CommandError: OpenReview asks to wait until ")) == (75, "", True)


@pytest.mark.django_db
def test_json_is_one_document_and_progress_goes_elsewhere(scene: Scene) -> None:
    _, standin, workshop = scene
    code, out, err = run_command(standin, workshop.slug, "--json")
    assert (code, json.loads(out).keys(), err) == (0, KEYS, "3 papers, 499 requests left\n")


@pytest.mark.django_db
def test_words_for_people(scene: Scene) -> None:
    venue, standin, workshop = scene
    venue.change(2, content={"track": "Demo"})
    venue.change(3, content={"venueid": venue.id})
    code, out, _ = run_command(standin, workshop.slug)
    assert (code, out.splitlines()) == (
        0,
        [
            "Imported: 3 created, 0 updated, 0 unchanged; 0 withdrawn, 0 no longer listed; 4 requests.",
            "conflict  paper 3: decision differs; choose on the conflicts page.",
            "problem   Nobody has said what “Demo” means as a track (1 paper); say it on the mapping page.",
            "notice    Imported as ~Olga_Chair1; 0 active papers have no decision that this account can read.",
            "notice    1 difference waits for a choice.",
        ],
    )


@pytest.mark.django_db
def test_dry_run_says_the_same_and_writes_nothing(scene: Scene) -> None:
    venue, standin, workshop = scene
    before = dump_tables(without=())
    code, out, _ = run_command(standin, workshop.slug, "--json", "--dry-run")
    assert (code, json.loads(out)["created"], dump_tables(without=())) == (0, 3, before)
    run_command(standin, workshop.slug)
    venue.change(1, content={"title": "Changed"})
    venue.withdraw(2)
    before = dump_tables(without=())
    rehearsed = json.loads(run_command(standin, workshop.slug, "--json", "--dry-run")[1])
    assert dump_tables(without=()) == before
    written = json.loads(run_command(standin, workshop.slug, "--json")[1])
    assert rehearsed == written
    assert (rehearsed["updated"], rehearsed["withdrawn"]) == (2, 1)


@pytest.mark.django_db
def test_dry_run_of_a_workshop_without_rules_says_what_the_usual_ones_would_find(scene: Scene) -> None:
    _, standin, workshop = scene
    workshop.mappings.all().delete()
    rehearsed = json.loads(run_command(standin, workshop.slug, "--json", "--dry-run")[1])
    assert workshop.mappings.count() == 0
    written = json.loads(run_command(standin, workshop.slug, "--json")[1])
    sentences = [problem["sentence"] for problem in rehearsed["problems"]]
    assert sorted(sentences) == sorted(problem["sentence"] for problem in written["problems"])
    assert sorted(sentences) == [
        "Nobody has said what “Accept (Oral)” means as a decision (1 paper); say it on the mapping page.",
        "Nobody has said what “Accept (Poster)” means as a decision (1 paper); say it on the mapping page.",
        "Nobody has said what “Reject” means as a decision (1 paper); say it on the mapping page.",
    ]


@pytest.mark.django_db
def test_unknown_workshop_is_a_refusal_that_names_the_known(scene: Scene) -> None:
    _, standin, workshop = scene
    result = run_command(standin, "nowhere")
    assert result == (1, "", f"There is no workshop 'nowhere'. Workshops here: {workshop.slug}.")


@pytest.mark.django_db
def test_throttled_is_seventy_five_until_the_time_has_come(scene: Scene) -> None:
    _, standin, workshop = scene
    standin.faults.add("throttle", times=1, retry_after=900)
    code, out, err = run_command(standin, workshop.slug, "--json")
    assert (code, out, err.startswith("OpenReview asks to wait until ")) == (75, "", True)
    asked = len(standin.requests)
    code, out, err = run_command(standin, workshop.slug, "--json")
    assert (code, out, err.startswith("OpenReview asked to wait until "), len(standin.requests)) == (75, "", True, asked)
    ImportRun.objects.update(resume_at="2026-01-01T00:00:00Z")
    code, out, _ = run_command(standin, workshop.slug, "--json")
    assert (code, json.loads(out)["created"]) == (0, 3)


@pytest.mark.django_db
def test_second_factor_comes_from_the_environment(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    venue, standin, workshop = scene
    venue.add_chair("totp@example.org", "Totp Chair", mfa={"methods": ["totp"], "codes": {"totp": "123456"}})
    monkeypatch.setenv("OPENREVIEW_USERNAME", "totp@example.org")
    code, out, err = run_command(standin, workshop.slug)
    assert (code, out, "OPENREVIEW_MFA_CODE" in err) == (1, "", True)
    monkeypatch.setenv("OPENREVIEW_MFA_CODE", "123456")
    assert run_command(standin, workshop.slug)[0] == 0


@pytest.mark.django_db
def test_token_alone_is_enough(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    _, standin, workshop = scene
    token = standin.sessions.issue(standin.store.accounts[CHAIR.username], 3600)["token"]
    for name, value in (("TOKEN", token), ("USERNAME", ""), ("PASSWORD", "")):
        monkeypatch.setenv(f"OPENREVIEW_{name}", value)
    code, out, _ = run_command(standin, workshop.slug, "--json")
    assert (code, json.loads(out)["created"], standin.count_requests("/login", "POST")) == (0, 3, 0)
