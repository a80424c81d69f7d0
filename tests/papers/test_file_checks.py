"""Files are checked as background work; findings stay with their version, duplicates are named across papers."""

import dataclasses
from pathlib import Path

import pytest

from papers.errors import Refusal
from papers.file_checks import check_version, find_requirement, inspect_file, run_check
from papers.file_names import name_download
from papers.file_rules import (
    ANY_LAYOUT,
    PPTX,
    ask_for_file,
    build_rules,
    find_most_bytes,
    list_media_types,
    name_media_types,
    sniff_media_type,
    stop_asking,
)
from papers.forms.files import RequirementForm
from papers.jobs import RunningJob, run_job
from papers.models import FileVersion, HistoryLine, Job, Paper, RequiredFile, StoredFile, User, Workshop
from papers.pdf_checks.rules import CVPR_FULL, NEURIPS_FULL
from tests.factories import accept, make_paper, make_workshop, reject
from tests.papers.handed_in import DUE, ask, hand_in, hand_in_checked, make_owing_paper, make_pdf, make_zip


@pytest.fixture
def paper(workshop: Workshop, ada: User, olga: User) -> Paper:
    ask(workshop, due_at=None)
    return make_owing_paper(workshop, ada, by=olga)


def list_codes(version: FileVersion) -> list[tuple[str, str]]:
    return [(finding.code, finding.severity) for finding in version.findings.all()]


def test_job_checks_its_version(paper: Paper, ada: User) -> None:
    version = hand_in(paper, ada, make_pdf(body_pages=3))
    job = Job.objects.get(kind="check-file")
    run_job(job.pk)
    job.refresh_from_db()
    version.refresh_from_db()
    assert (job.state, job.result) == ("done", {"sentence": "paper.pdf was checked: 1 finding."})
    assert version.checked_at is not None
    [finding] = version.findings.all()
    assert (finding.code, finding.severity, finding.page) == ("over_length", "block", 3)
    assert finding.sentence
    assert finding.remedy
    assert finding.crop is not None
    assert finding.crop.media_type == "image/png"
    assert version.facts["body_pages"] == 3


def test_job_of_a_checked_or_vanished_version_does_nothing(paper: Paper, ada: User) -> None:
    version = hand_in_checked(paper, ada)
    job = Job.objects.get(kind="check-file")
    nothing = {"sentence": "There was nothing to check any more."}
    assert run_check(RunningJob(job)) == nothing
    version.delete()
    assert run_check(RunningJob(job)) == nothing


def test_repeated_check_writes_its_findings_once(paper: Paper, ada: User) -> None:
    version = hand_in_checked(paper, ada, make_pdf(body_pages=3))
    check_version(version)
    assert list_codes(version) == [("over_length", "block")]
    assert StoredFile.objects.filter(media_type="image/png").count() == 1


def test_same_file_of_another_paper_blocks(paper: Paper, ada: User, workshop: Workshop) -> None:
    other = make_owing_paper(workshop, ada)
    hand_in_checked(other, ada)
    version = hand_in_checked(paper, ada)
    assert list_codes(version) == [("same_file", "block")]
    finding = version.findings.get()
    assert (finding.other, other.title in finding.sentence) == (other, False)


def test_withdrawn_twin_and_twin_elsewhere_do_not_count(paper: Paper, ada: User, olga: User, workshop: Workshop) -> None:
    elsewhere = make_workshop()
    ask(elsewhere, due_at=None)
    hand_in_checked(make_owing_paper(elsewhere, ada, by=olga), ada)
    twin = hand_in(make_owing_paper(workshop, ada), ada)
    FileVersion.objects.filter(pk=twin.pk).update(withdrawn_at=DUE)
    assert list_codes(hand_in_checked(paper, ada)) == []


def test_same_form_of_another_paper_only_warns(paper: Paper, ada: User, workshop: Workshop) -> None:
    ask(workshop, "form", due_at=None)
    other = make_owing_paper(workshop, ada)
    hand_in_checked(other, ada, kind="form")
    assert list_codes(hand_in_checked(paper, ada, kind="form")) == [("same_file", "warn")]


def test_file_with_the_title_of_another_paper_blocks(paper: Paper, ada: User, workshop: Workshop) -> None:
    other = make_owing_paper(workshop, ada, title="Quite Another Subject of Research", authors=("Ada Author",))
    version = hand_in_checked(paper, ada, make_pdf(title="Quite Another Subject of Research"))
    assert list_codes(version) == [("other_papers_title", "block"), ("title_mismatch", "block")]
    assert version.findings.get(code="other_papers_title").other == other


@pytest.mark.parametrize("standing", ["undecided", "accepted, not released", "rejected"])
def test_guessed_title_of_an_unknown_paper_tells_nothing(paper: Paper, ada: User, workshop: Workshop, standing: str) -> None:
    other = make_paper(workshop, title="Quite Another Subject of Research")
    if standing == "rejected":
        reject(other, is_released=True)
    elif standing != "undecided":
        accept(other)
    version = hand_in_checked(paper, ada, make_pdf(title=other.title))
    assert list_codes(version) == [("title_mismatch", "block")]


def test_changed_title_is_no_other_papers(paper: Paper, ada: User, workshop: Workshop) -> None:
    make_owing_paper(workshop, ada, title="Counted Masks")
    version = hand_in_checked(paper, ada, make_pdf(title="Counted Masks for Large Segmentation"))
    assert [code for code, _ in list_codes(version)] == ["title_mismatch"]


def test_supplement_is_looked_at_without_unpacking(paper: Paper, ada: User, workshop: Workshop) -> None:
    ask(workshop, "supplement", due_at=None)
    version = hand_in_checked(paper, ada, make_zip({"../ada_author.txt": b"a"}), kind="supplement")
    assert list_codes(version) == [("unsafe_path", "block")]


@pytest.mark.parametrize(
    ("kind", "content", "found", "name"),
    [
        ("poster", b"\x89PNG\r\n\x1a\n and no more", [("unreadable_picture", "block")], "poster.png"),
        ("poster", b"\xff\xd8\xff and no more", [("unreadable_picture", "block")], "poster.jpg"),
        ("slides", make_zip({"[Content_Types].xml": b"", "word/a.xml": b""}), [("unreadable_slides", "block")], "slides.pptx"),
        ("slides", make_zip({"[Content_Types].xml": b"", "ppt/presentation.xml": b""}), [], "slides.pptx"),
    ],
)
def test_posters_and_slides_come_in_formats_of_their_own(
    paper: Paper, ada: User, workshop: Workshop, kind: str, content: bytes, found: list[tuple[str, str]], name: str
) -> None:
    ask(workshop, kind, due_at=None)
    version = hand_in_checked(paper, ada, content, kind=kind)
    assert version.file is not None
    assert list_codes(version) == found
    assert name_download("ABC", None, 1, kind, version.file.media_type) == f"ABC-p1_{name}"


@pytest.mark.parametrize("kind", ["poster", "slides", "supplement"])
def test_a_picture_is_no_slides_whatever_its_name_says(paper: Paper, ada: User, workshop: Workshop, kind: str) -> None:
    ask(workshop, kind, due_at=None)
    with pytest.raises(Refusal, match="whatever its name says"):
        hand_in(paper, ada, b"GIF89a", kind=kind, name="a.pdf")


@pytest.mark.parametrize(("reason", "codes"), [("", ["author_in_name"]), ("They agreed.", [])])
def test_names_are_looked_for_while_authors_are_hidden(paper: Paper, ada: User, workshop: Workshop, reason: str, codes: list[str]) -> None:
    ask(workshop, "supplement", due_at=None)
    Paper.objects.filter(pk=paper.pk).update(has_hidden_authors=True)
    Workshop.objects.filter(pk=workshop.pk).update(hidden_authors_reason=reason)
    version = hand_in_checked(Paper.objects.get(), ada, make_zip({"ada_author.txt": b"a"}), kind="supplement")
    assert [code for code, _ in list_codes(version)] == codes


def test_pdf_of_any_layout_is_checked_for_safety_only(paper: Paper, ada: User, workshop: Workshop) -> None:
    ask(workshop, "supplement", due_at=None)
    ask(workshop, "poster", due_at=None)
    assert list_codes(hand_in_checked(paper, ada, make_pdf(body_pages=3, references=False), kind="supplement")) == []
    assert [code for code, _ in list_codes(hand_in_checked(paper, ada, b"%PDF-1.5 cut", kind="poster"))] == ["unreadable"]


def test_own_weights_count_and_off_drops(paper: Paper, ada: User, workshop: Workshop, tmp_path: Path) -> None:
    path = tmp_path / "paper.pdf"
    path.write_bytes(make_pdf(body_pages=3, references=False))
    found = {}
    for weight in ("block", "warn", "off"):
        required = ask(workshop, due_at=None, severities={"over_length": weight, "missing_references": "off"})
        found[weight] = [(one.code, one.severity) for one in inspect_file(path, paper, required, media_type="application/pdf").findings]
    assert found == {"block": [("over_length", "block")], "warn": [("over_length", "warn")], "off": []}


@pytest.mark.parametrize(("style", "base"), [("cvpr", CVPR_FULL), ("neurips", NEURIPS_FULL)])
def test_rules_come_from_style_and_track(workshop: Workshop, style: str, base: object) -> None:
    track = workshop.tracks.get(slug="short")
    rules = build_rules(RequiredFile(kind="paper", style=style, severities={"blank_page": "warn", "x": "nonsense"}), track)
    expected = dataclasses.replace(base, name=f"{style}-short", page_limit=4, severities={"blank_page": "warn"})  # type: ignore[type-var]
    assert rules == expected


def test_parts_that_do_not_count_change_the_rules(workshop: Workshop) -> None:
    track = workshop.tracks.get(slug="full")
    track.uncounted_parts = ["References", "Appendix"]
    rules = build_rules(RequiredFile(kind="paper", style="cvpr", max_megabytes=3), track)
    assert (rules.has_free_back_matter, rules.are_references_last, rules.page_limit, rules.max_bytes) == (True, False, 8, 3 * 1024 * 1024)


def test_any_layout_ignores_pages(workshop: Workshop) -> None:
    for required in (RequiredFile(kind="paper", style="any"), RequiredFile(kind="slides", style="cvpr")):
        rules = build_rules(required, workshop.tracks.get(slug="full"))
        assert rules == dataclasses.replace(ANY_LAYOUT, max_bytes=find_most_bytes(required))
        assert (rules.severity_of("over_length"), rules.severity_of("javascript")) == ("off", "block")


def test_sizes_and_formats() -> None:
    kinds = ("paper", "supplement", "form", "poster", "slides", "video")
    sizes = [find_most_bytes(RequiredFile(kind=kind, style="cvpr")) // 1024 // 1024 for kind in kinds]
    assert sizes == [10, 20, 5, 20, 50, 0]
    assert [list_media_types(kind) for kind in ("paper", "supplement")] == [("application/pdf",), ("application/pdf", "application/zip")]
    named = [name_media_types(kind) for kind in ("form", "supplement", "poster", "slides")]
    assert named == ["PDF", "PDF or ZIP", "PDF, PNG or JPEG", "PDF or PowerPoint (.pptx)"]


@pytest.mark.parametrize(
    ("start", "expected"),
    [
        (b"%PDF-1.7", "application/pdf"),
        (b"\xef\xbb\xbf\n%PDF-1.7", "application/pdf"),
        (b"x" * 1024 + b"%PDF-1.7", ""),
        (b"PK\x03\x04", "application/zip"),
        (b"PK\x05\x06", "application/zip"),
        (b"PK\x03\x04" + b"\0" * 26 + b"code/run.py", "application/zip"),
        (b"PK\x03\x04" + b"\0" * 26 + b"[Content_Types].xml", PPTX),
        (b"PK\x03\x04" + b"\0" * 26 + b"docProps/app.xml", PPTX),
        (b"\x89PNG\r\n\x1a\n\0", "image/png"),
        (b"\xff\xd8\xff\xe0", "image/jpeg"),
        (b"GIF89a", ""),
        (b"MZ", ""),
        (b"", ""),
    ],
)
def test_format_is_seen_not_believed(start: bytes, expected: str) -> None:
    assert sniff_media_type(start) == expected


def test_what_is_asked_is_on_record(workshop: Workshop, olga: User) -> None:
    track = workshop.tracks.get(slug="full")
    first = ask_for_file(workshop, track=track, kind="paper", by=olga, due_at=DUE)
    assert ask_for_file(workshop, track=track, kind="paper", by=olga, due_at=DUE) == first
    assert ask_for_file(workshop, track=track, kind="paper", by=olga, grace_minutes=5) == first
    stop_asking(RequiredFile.objects.get(), by=olga)
    lines = HistoryLine.objects.order_by("pk").values_list("action", "field")
    assert list(lines) == [("asked for", "paper pdf (full)")] * 2 + [("no longer asked for", "paper pdf (full)")]
    last = HistoryLine.objects.first()
    assert last is not None
    assert last.before == {
        "due_at": "2026-04-15T06:59:00+00:00",
        "grace_minutes": 5,
        "is_blocking": True,
        "is_for_proceedings": False,
        "is_optional": False,
        "layout": {},
        "max_megabytes": None,
        "note": "",
        "severities": {},
        "style": "cvpr",
    }


def test_year_that_is_a_slip_is_refused(workshop: Workshop) -> None:
    with pytest.raises(Refusal, match="The deadline 2062-04-15 is more than two years away from here"):
        ask(workshop, due_at=DUE.replace(year=2062))


def test_requirement_that_is_not_asked_has_what_is_usual(workshop: Workshop, paper: Paper) -> None:
    asked, usual = find_requirement(paper, "paper"), find_requirement(paper, "poster")
    assert [asked.pk is None, usual.pk is None, usual.kind] == [False, True, "poster"]


def test_every_code_may_be_weighed(workshop: Workshop) -> None:
    values = {"kind": "slides", "style": "any", "blocking_codes": "small_picture nested_archive", "lenient_codes": "macros, same_file"}
    form = RequirementForm(values, workshop=workshop)
    assert form.is_valid()
    weighed = {"macros": "warn", "same_file": "warn", "small_picture": "block", "nested_archive": "block"}
    assert form.read_values()["severities"] == weighed
