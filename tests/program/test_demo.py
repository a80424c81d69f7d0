"""Invented workshops: what they hold, how far they are, what they never touch."""

import json
from dataclasses import replace
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from papers.demo.pdfs import FAULTS, is_writable, write_pdf
from papers.demo.words import HOSTILE_TITLES
from papers.metadata import find_confirmation
from papers.models import (
    Attendance,
    Author,
    AuthorClaim,
    ConflictOfInterest,
    Decision,
    FileVersion,
    Handling,
    Job,
    Membership,
    Paper,
    Presenter,
    Review,
    User,
    Workshop,
)
from papers.pdf_checks.rules import CVPR_FULL
from papers.pdf_checks.unguarded import check_unguarded
from program.demo.making import STAGES, DemoOrder, create_demo, is_demo
from program.models import ScheduleRelease, Slot
from program.schedules import find_schedule_conflicts
from tests.factories import make_paper, make_workshop

pytestmark = pytest.mark.django_db


def run(*arguments: str) -> str:
    out = StringIO()
    call_command("create_demo", *arguments, stdout=out)
    return out.getvalue()


def describe_papers(workshop: Workshop) -> list[Any]:
    """Return what does not depend on keys and clock."""
    return [
        (
            paper.number,
            paper.title,
            paper.abstract,
            paper.keywords,
            paper.standing,
            paper.track.slug if paper.track else None,
            paper.wants_proceedings,
            [(author.name, author.email, author.profile_id) for author in paper.authors.all()],
            [(review.rating, review.confidence, review.content) for review in paper.reviews.all()],
        )
        for paper in workshop.papers.select_related("track").prefetch_related("authors", "reviews").order_by("number")
    ]


def test_papers_are_as_many_and_as_different_as_asked_for() -> None:
    workshop = create_demo(DemoOrder(size=400))
    papers = workshop.papers.all()
    assert list(papers.order_by("number").values_list("number", flat=True)) == list(range(1, 401))
    assert papers.values("title").distinct().count() == 400
    assert set(HOSTILE_TITLES) <= set(papers.values_list("title", flat=True))
    assert {papers.filter(standing=standing).exists() for standing in ("active", "withdrawn", "desk-rejected")} == {True}
    assert {papers.filter(track__slug=track).exists() for track in ("full", "short")} == {True}
    found = list(papers.prefetch_related("reviews", "authors"))
    ratings = [[review.rating or 0 for review in paper.reviews.all()] for paper in found if paper.standing == "active"]
    assert {len(given) for given in ratings} == {1, 2, 3, 4, 5}
    means = sorted(sum(given) / len(given) for given in ratings)
    assert 4.9 < sum(means) / len(means) < 5.5
    assert means[0] < 3
    assert means[-1] > 7.5
    assert set(Review.objects.values_list("confidence", flat=True)) == {1, 2, 3, 4, 5}
    counts = [len(paper.authors.all()) for paper in found]
    assert 3.5 < sum(counts) / len(counts) < 4.1
    assert (Decision.objects.count(), Handling.objects.count()) == (0, 0)


def test_nobody_in_it_exists() -> None:
    workshop = create_demo(DemoOrder(size=40))
    assert workshop.about.startswith("Invented. Nothing here exists")
    assert workshop.name.startswith("Invented")
    authors = Author.objects.filter(paper__workshop=workshop)
    assert {email.rpartition(".")[2] for email in authors.exclude(email="").values_list("email", flat=True)} == {"example"}
    assert authors.filter(email="").exists()
    assert {place["domain"].rpartition(".")[2] for author in authors for place in author.institutions} == {"example"}
    assert {str(review.content["summary"])[:16] for review in Review.objects.all()} == {"Invented review."}


def test_same_order_makes_the_same_papers() -> None:
    first = describe_papers(create_demo(DemoOrder(size=12, slug="one")))
    again = describe_papers(create_demo(DemoOrder(size=12, slug="two")))
    other = describe_papers(create_demo(DemoOrder(size=12, slug="three", seed=2)))
    assert (first == again, first == other) == (True, False)


def test_members_have_institutions_and_conflicts() -> None:
    workshop = create_demo(DemoOrder(size=7))
    members = Membership.objects.filter(workshop=workshop)
    roles = [(member.user.email, member.role, bool(member.institutions)) for member in members.select_related("user")]
    assert roles == [
        ("olga@invented.example", "owner", True),
        ("henrik@invented.example", "organizer", True),
        ("mei@invented.example", "organizer", True),
        ("tariq@invented.example", "organizer", True),
        ("ines@invented.example", "organizer", True),
        ("pavel@invented.example", "organizer", True),
        ("noor@invented.example", "assistant", True),
        ("sam@invented.example", "assistant", True),
    ]
    claim = AuthorClaim.objects.get(paper__workshop=workshop)
    assert (claim.user.email, claim.ground, claim.author and claim.author.name) == (
        "henrik@invented.example",
        "organizer",
        "Henrik Papershank",
    )
    assert claim.paper in workshop.papers.matching("Papershank")
    declared = ConflictOfInterest.objects.filter(ground="declared").values_list("member__user__email", flat=True)
    assert list(declared) == ["mei@invented.example"] * 2


@pytest.mark.parametrize("size", [1, 7, 40])
@pytest.mark.parametrize("stage", STAGES)
def test_stage_is_reached(stage: str, size: int) -> None:
    workshop = create_demo(DemoOrder(size=size, stage=stage))
    reached = STAGES.index(stage)
    active = workshop.papers.active().count()
    decisions = Decision.objects.filter(paper__workshop=workshop)
    assert decisions.count() == (active if reached >= 1 else 0)
    assert decisions.filter(released_at__isnull=False).count() == (active if reached >= 2 else 0)
    accepted = workshop.papers.accepted().count()
    slots = Slot.objects.filter(session__workshop=workshop)
    assert slots.filter(paper__isnull=False).count() == (accepted if reached >= 3 else 0)
    assert slots.exclude(kind="paper").count() == int(reached >= 3)
    assert ScheduleRelease.objects.filter(workshop=workshop).exists() == (reached >= 4)


def test_schedule_is_whole() -> None:
    workshop = create_demo(DemoOrder(size=40, stage="scheduled"))
    posters = Slot.objects.filter(session__workshop=workshop, session__kind="poster").order_by("position")
    boards = [slot.board for slot in posters]
    assert (boards, bool(boards)) == (list(range(1, len(boards) + 1)), True)
    talk = Slot.objects.get(session__workshop=workshop, kind="winner-talk")
    assert (str(talk.person), talk.minutes, talk.question_minutes) == ("Hartmut Winnerling", 15, 3)
    assert [(room.name, room.capacity, room.kinds) for room in workshop.rooms.all()] == [
        ("Hall of Examples", 400, []),
        ("Foyer of Examples", None, ["poster", "break"]),
    ]
    assert (workshop.days.count(), workshop.board_ranges.count()) == (1, 1)
    assert list(workshop.people.exclude(attends="").values_list("name", "zone", "attends")) == [
        ("Barnaby Slidewobble", "Asia/Kolkata", "remote"),
        ("Ximena Keynotequist", "America/New_York", "remote"),
    ]
    assert [one.sentence for one in find_schedule_conflicts(workshop) if one.severity == "hard"] == []


def test_decisions_keep_the_rules() -> None:
    workshop = create_demo(DemoOrder(size=40, stage="decided"))
    decided = Decision.objects.filter(paper__workshop=workshop).select_related("presentation", "award", "paper__track")
    awarded = [
        (one.award.slug, one.presentation and one.presentation.slug, one.paper.track and one.paper.track.slug)
        for one in decided
        if one.award
    ]
    assert sorted(awarded, key=str) == [("best-paper", "oral", "full"), ("runner-up", "oral", "full")]
    for kind in workshop.presentation_kinds.all():
        assert 0 < decided.filter(presentation=kind).count() <= (kind.capacity or 0)
    assert workshop.batches.count() == 0


def test_demo_is_replaced_only_when_asked() -> None:
    first = create_demo(DemoOrder(size=7, stage="published"))
    with pytest.raises(CommandError) as refusal:
        run("--size", "7")
    assert str(refusal.value) == "There is a demo 'demo-7' already, of 7 papers; add --replace to make it anew."
    run("--size", "7", "--replace")
    (workshop,) = Workshop.objects.filter(slug="demo-7")
    assert (workshop.pk != first.pk, workshop.papers.count(), Decision.objects.count()) == (True, 7, 0)
    assert User.objects.filter(email__endswith="@invented.example").count() == 8


def test_workshop_that_is_no_demo_is_never_replaced() -> None:
    workshop = make_workshop("real26")
    make_paper(workshop)
    with pytest.raises(CommandError) as refusal:
        run("--size", "7", "--slug", "real26", "--replace")
    assert str(refusal.value) == "Counted 2026 (real26) is no demo; choose another slug with --slug."
    assert (workshop.papers.count(), is_demo(workshop)) == (1, False)


@pytest.mark.parametrize("size", ["0", "-3", "100001"])
def test_odd_sizes_are_refused(size: str) -> None:
    with pytest.raises(CommandError) as refusal:
        run("--size", size)
    assert str(refusal.value) == f"A demo of {size} papers can't be made; choose 1 to 100000."
    assert Workshop.objects.count() == 0


def test_command_tells_where_to_click_and_who_to_be() -> None:
    said = run("--size", "7", "--stage", "published").splitlines()
    assert said[:6] == [
        "Invented Workshop on Synthetic Images, 7 Papers (demo-7) was made; nothing in it exists.",
        "  start        http://127.0.0.1:8000/w/demo-7/",
        "  papers       http://127.0.0.1:8000/w/demo-7/papers/",
        "  camera-ready http://127.0.0.1:8000/w/demo-7/camera-ready/",
        "  public list  http://127.0.0.1:8000/p/demo-7/papers/",
        "  program      http://127.0.0.1:8000/p/demo-7/program/",
    ]
    assert said[6].startswith("Sign in as olga@invented.example (owner) by the code that is mailed;")
    assert "noor@invented.example (assistant)" in said[7]


def test_command_tells_it_as_json() -> None:
    told = json.loads(run("--size", "1", "--slug", "tiny", "--json"))
    assert told == {
        "workshop": "tiny",
        "papers": 1,
        "stage": "submitted",
        "owner": "olga@invented.example",
        "pages": {"start": "http://127.0.0.1:8000/w/tiny/", "papers": "http://127.0.0.1:8000/w/tiny/papers/"},
    }


def test_camera_ready_files_are_in_every_state_and_checked() -> None:
    workshop = create_demo(DemoOrder(size=60, stage="camera-ready"))
    versions = FileVersion.objects.filter(paper__workshop=workshop)
    assert not versions.filter(checked_at__isnull=True).exists()
    papers = versions.filter(kind="paper").with_all()
    accepted = Paper.objects.in_workshop(workshop).accepted().active()
    states = {
        "owed": accepted.exclude(file_versions__kind="paper").exists(),
        "blocked": any(any(finding.is_standing for finding in version.findings.all()) for version in papers),
        "clean": any(not version.findings.all() and not hasattr(version, "verdict") for version in papers),
        "returned": papers.filter(verdict__is_approved=False).exists(),
        "approved": papers.filter(verdict__is_approved=True).exists(),
    }
    assert states == dict.fromkeys(states, True)
    assert not papers.filter(verdict__is_approved=True, findings__severity="block").exists()
    told = [
        Presenter.objects.filter(paper__workshop=workshop).values("mode").distinct().count() > 1,
        0 < Attendance.objects.filter(author__paper__workshop=workshop).count() < accepted.count(),
        0 < sum(find_confirmation(paper) is not None for paper in accepted) < accepted.count(),
    ]
    assert told == [True] * 3
    assert not Job.objects.filter(workshop=workshop).exists()


@pytest.mark.parametrize(("fault", "code"), [("", None), *zip(FAULTS, ("over_length", "font_not_embedded", "review_header"), strict=True)])
def test_invented_papers_have_the_fault_that_is_asked_for(tmp_path: Path, fault: str, code: str | None) -> None:
    path, title, authors = tmp_path / "paper.pdf", "Étude (of) Counted Łines", ("Ada Ćirkuplume", "Bo Señal", "Cy Dint", "Di Eft")
    abstract = "We counted what nobody drew, and found less of it. " * 6
    path.write_bytes(write_pdf(title, authors, body_pages=4, abstract=abstract, fault=fault))
    report = check_unguarded(path, replace(CVPR_FULL, page_limit=4), title=title, authors=authors)
    assert [finding.code for finding in report.findings] == ([code] if code else [])
    assert report.facts["abstract"].startswith("We counted what nobody drew")
    assert write_pdf(title, authors, body_pages=4, abstract=abstract, fault=fault) == path.read_bytes()


def test_letters_without_a_shape_are_not_written() -> None:
    assert [is_writable(text) for text in ("Plain", "Ćirku", "Łapsi", "合成", "🧪")] == [True, True, True, False, False]
