"""Stage 3: every way a file comes in, comes back, is taken; every refusal."""

import datetime as dt
import io
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import time_machine

from papers import camera_ready
from papers.camera_ready import (
    approve_file,
    extend_deadline,
    override_finding,
    receive_file,
    receive_link,
    recheck_file,
    return_file,
    withdraw_file,
)
from papers.errors import Refusal
from papers.models import FileVersion, HistoryLine, Job, Paper, StoredFile, User, Workshop
from papers.owed_files import FileState, find_owed_file
from tests.factories import accept, join_workshop, make_paper, make_user, reject
from tests.papers.handed_in import AFTER, BEFORE, DUE, ask, check_here, hand_in, hand_in_checked, make_owing_paper, make_pdf, make_zip

Act = Callable[[], Any]


@pytest.fixture(autouse=True)
def before_the_deadline() -> Iterator[None]:
    with time_machine.travel(BEFORE, tick=False):
        yield


@pytest.fixture
def paper(workshop: Workshop, ada: User, olga: User) -> Paper:
    ask(workshop)
    return make_owing_paper(workshop, ada, by=olga, number=7)


def refuse(act: Act) -> str:
    with pytest.raises(Refusal) as refused:
        act()
    return refused.value.sentence


def state_of(paper: Paper, kind: str = "paper") -> FileState:
    owed = find_owed_file(paper, kind)
    assert owed is not None
    return owed.state


def tell_history(paper: Paper) -> list[tuple[str, str, Any]]:
    lines = HistoryLine.objects.filter(paper=paper, action__contains="file").order_by("pk")
    return [(line.action, line.field, line.after and line.after["version"]) for line in lines]


def test_file_goes_its_way(paper: Paper, ada: User, olga: User) -> None:
    assert state_of(paper) == FileState.OWED
    first = hand_in(paper, ada, name="C:\\work\\final.pdf")
    assert (first.number, first.name, first.uploaded_by, first.at) == (1, "final.pdf", ada, BEFORE)
    assert first.file is not None
    assert (first.file.size, first.file.media_type) == (len(make_pdf()), "application/pdf")
    check_here(first)
    return_file(first, reasons=" Name the grant. ", by=olga)
    assert (state_of(paper), first.verdict.reasons) == (FileState.RETURNED, "Name the grant.")
    second = hand_in_checked(paper, ada, make_pdf(body_pages=1))
    assert (second.number, state_of(paper)) == (2, FileState.RECEIVED)
    approve_file(second, by=olga)
    assert state_of(paper) == FileState.APPROVED
    assert tell_history(paper) == [
        ("received file", "Paper PDF", 1),
        ("returned file", "Paper PDF", 1),
        ("replaced file", "Paper PDF", 2),
        ("approved file", "Paper PDF", 2),
    ]


def test_checks_are_queued_with_the_version(paper: Paper, ada: User) -> None:
    version = hand_in(paper, ada)
    other = make_owing_paper(paper.workshop, ada)
    second = hand_in(other, ada, make_pdf(body_pages=1))
    jobs = Job.objects.filter(kind="check-file").order_by("pk")
    assert [(job.subject, job.params) for job in jobs] == [(str(one.pk), {"version": one.pk}) for one in (version, second)]


def test_same_file_twice_is_one_version(paper: Paper, ada: User) -> None:
    assert hand_in(paper, ada) == hand_in(paper, ada, name="other-name.pdf")
    assert (FileVersion.objects.count(), StoredFile.objects.count()) == (1, 1)


def test_returned_file_is_not_taken_again(paper: Paper, ada: User, olga: User) -> None:
    return_file(hand_in(paper, ada), reasons="No.", by=olga)
    assert refuse(lambda: hand_in(paper, ada)) == "This is the very file that was returned. Upload the mended one."


def test_returned_file_may_be_mended_after_the_deadline(paper: Paper, ada: User, olga: User) -> None:
    version = hand_in(paper, ada)
    with time_machine.travel(AFTER, tick=False):
        return_file(version, reasons="Name the grant.", by=olga)
        assert "nothing is taken any more" in refuse(lambda: withdraw_file(version, by=ada))
        assert hand_in(paper, ada, make_pdf(body_pages=1)).number == 2
        assert "nothing is taken any more" in refuse(lambda: hand_in(paper, ada))


def test_withdrawn_file_may_come_again(paper: Paper, ada: User) -> None:
    withdraw_file(hand_in(paper, ada), by=ada)
    assert state_of(paper) == FileState.OWED
    assert hand_in(paper, ada).number == 2


def test_withdrawing_lets_the_version_before_count(paper: Paper, ada: User, olga: User) -> None:
    first = hand_in(paper, ada)
    withdraw_file(hand_in(paper, ada, make_pdf(body_pages=1)), by=olga)
    owed = find_owed_file(paper, "paper")
    assert owed is not None
    assert owed.current == first
    assert tell_history(paper)[-1] == ("withdrew file", "Paper PDF", 2)


def test_organizer_hands_in_after_the_deadline(paper: Paper, olga: User) -> None:
    with time_machine.travel(AFTER, tick=False):
        version = hand_in(paper, olga)
        withdraw_file(version, by=olga)
    assert version.uploaded_by == olga


@pytest.mark.parametrize(("late", "is_taken"), [(-60, True), (0, True), (29 * 60, True), (30 * 60, True), (30 * 60 + 1, False)])
def test_grace_ends_at_its_minute(paper: Paper, ada: User, late: int, *, is_taken: bool) -> None:
    ask(paper.workshop, grace_minutes=30)
    with time_machine.travel(DUE + dt.timedelta(seconds=late), tick=False):
        if is_taken:
            assert hand_in(paper, ada).number == 1
        else:
            sentence = "Paper PDF was due Apr 14, 2026, 11:59 PM PDT; nothing is taken any more. Write to the organizers."
            assert refuse(lambda: hand_in(paper, ada)) == sentence


def test_deadline_counts_from_when_the_upload_began(paper: Paper, ada: User) -> None:
    with time_machine.travel(AFTER, tick=False):
        content = io.BytesIO(make_pdf())
        assert receive_file(paper, kind="paper", content=content, name="a.pdf", by=ada, begun_at=DUE).number == 1


def test_own_line_of_a_track_counts_before_the_one_for_all(paper: Paper, ada: User) -> None:
    ask(paper.workshop, track=paper.track, due_at=BEFORE - dt.timedelta(hours=1))
    assert "was due Apr 12" in refuse(lambda: hand_in(paper, ada))


def test_stranger_hands_nothing_in(paper: Paper, ada: User, eve: User) -> None:
    version = hand_in(paper, ada)
    sentence = "Only its authors and the organizers hand in files of paper 7."
    assert [refuse(lambda: hand_in(paper, eve)), refuse(lambda: withdraw_file(version, by=eve))] == [sentence, sentence]


@pytest.mark.parametrize("role", ["assistant", "publisher"])
def test_members_who_decide_nothing_hand_nothing_in(paper: Paper, role: str) -> None:
    member = make_user()
    join_workshop(member, paper.workshop, role)  # type: ignore[arg-type]
    assert refuse(lambda: hand_in(paper, member)) == "Only its authors and the organizers hand in files of paper 7."


@pytest.mark.parametrize("standing", ["undecided", "unreleased", "rejected"])
def test_paper_that_owes_nothing_gives_no_decision_away(workshop: Workshop, ada: User, olga: User, standing: str) -> None:
    ask(workshop)
    paper = make_paper(workshop, number=8)
    paper.claims.create(user=ada, author=paper.authors.get(), ground="organizer")
    if standing != "undecided":
        (accept if standing == "unreleased" else reject)(paper)
    sentence = "Paper 8 owes no files: they are asked for once a paper is accepted and its authors know."
    assert refuse(lambda: hand_in(paper, ada)) == sentence


def test_withdrawn_paper_takes_no_files(paper: Paper, ada: User) -> None:
    Paper.objects.filter(pk=paper.pk).update(standing="withdrawn")
    paper.refresh_from_db()
    assert refuse(lambda: hand_in(paper, ada)) == "Paper 7 is withdrawn; no files are taken for it."


@pytest.mark.parametrize(
    ("kind", "sentence"),
    [
        ("poster", "The track Full papers asks for no poster."),
        ("nonsense", "The track Full papers asks for no “nonsense”."),
    ],
)
def test_kind_that_is_not_asked_for_is_refused(paper: Paper, ada: User, kind: str, sentence: str) -> None:
    assert refuse(lambda: hand_in(paper, ada, kind=kind)) == sentence


def test_paper_without_a_track_owes_what_all_owe(workshop: Workshop, ada: User) -> None:
    ask(workshop)
    paper = make_owing_paper(workshop, ada, track=None)
    assert hand_in(paper, ada).number == 1
    assert refuse(lambda: hand_in(paper, ada, kind="poster")) == "This workshop asks for no poster."


def test_file_for_proceedings_is_asked_of_those_papers_only(paper: Paper, ada: User) -> None:
    ask(paper.workshop, "form", is_for_proceedings=True)
    assert refuse(lambda: hand_in(paper, ada, kind="form")) == "The track Full papers asks for no copyright form."
    Paper.objects.filter(pk=paper.pk).update(wants_proceedings=True)
    paper.refresh_from_db()
    assert hand_in(paper, ada, kind="form").number == 1


@pytest.mark.parametrize(
    ("kind", "content", "sentence"),
    [
        ("paper", b"", "The file is empty. Choose it again."),
        ("paper", b"<html>", "This is not a PDF file, whatever its name says. Paper PDF is taken as PDF."),
        ("supplement", b"MZ\x90", "This is not a PDF or ZIP file, whatever its name says. Supplement is taken as PDF or ZIP."),
        ("paper", b"%PDF-1.5" + bytes(1_100_000), "The file has 1.0 MB; Paper PDF may have 1 MB."),
    ],
)
def test_content_that_cannot_be_taken_is_refused(paper: Paper, ada: User, kind: str, content: bytes, sentence: str) -> None:
    ask(paper.workshop, "supplement")
    ask(paper.workshop, max_megabytes=1)
    assert refuse(lambda: hand_in(paper, ada, content, kind=kind)) == sentence
    assert (FileVersion.objects.count(), StoredFile.objects.count()) == (0, 0)


def test_all_versions_together_are_limited(paper: Paper, ada: User, monkeypatch: pytest.MonkeyPatch) -> None:
    hand_in(paper, ada)
    monkeypatch.setattr(camera_ready, "MOST_BYTES_OF_PAPER", len(make_pdf()) + 100)
    assert refuse(lambda: hand_in(paper, ada, make_pdf(body_pages=1))).startswith("All versions of a paper's files may have")


def test_zip_is_a_supplement(paper: Paper, ada: User) -> None:
    ask(paper.workshop, "supplement")
    version = hand_in(paper, ada, make_zip({"a.txt": b"a"}), kind="supplement", name="a.zip")
    assert version.file is not None
    assert version.file.media_type == "application/zip"


def test_video_is_a_link_and_nothing_else(paper: Paper, ada: User) -> None:
    ask(paper.workshop, "video")
    version = receive_link(paper, kind="video", link="https://videos.example/7", by=ada)
    assert (version.link, version.file, state_of(paper, "video")) == ("https://videos.example/7", None, FileState.RECEIVED)
    assert receive_link(paper, kind="video", link="https://videos.example/7", by=ada) == version
    assert receive_link(paper, kind="video", link="https://videos.example/8", by=ada).number == 2
    assert refuse(lambda: hand_in(paper, ada, kind="video")) == "A video is handed in as a link to where it can be watched."
    assert (
        refuse(lambda: receive_link(paper, kind="video", link="http://x.example", by=ada)) == "The address of a video begins with https://."
    )
    assert refuse(lambda: receive_link(paper, kind="paper", link="https://x.example", by=ada)) == (
        "Paper PDF is handed in as a file, not as a link."
    )


def test_video_is_approved_without_checks(paper: Paper, ada: User, olga: User) -> None:
    ask(paper.workshop, "video")
    version = receive_link(paper, kind="video", link="https://videos.example/7", by=ada)
    assert refuse(lambda: recheck_file(version, by=olga)) == "A link is not checked."
    assert approve_file(version, by=olga).is_approved is True


def test_approved_file_stays(paper: Paper, ada: User, olga: User) -> None:
    version = hand_in_checked(paper, ada)
    verdict = approve_file(version, by=olga)
    assert approve_file(version, by=olga) == verdict
    assert refuse(lambda: hand_in(paper, ada, make_pdf(body_pages=1))) == (
        "Paper PDF of paper 7 is approved. If it must change, ask the organizers to return it."
    )
    assert refuse(lambda: withdraw_file(version, by=ada)) == "This version is approved. Ask the organizers to return it first."
    return_file(version, reasons="It must change.", by=olga)
    assert hand_in(paper, ada, make_pdf(body_pages=1)).number == 2


def test_file_is_approved_only_after_its_checks(paper: Paper, ada: User, olga: User) -> None:
    version = hand_in(paper, ada)
    sentence = "Its checks have not ended yet. Wait a moment, or let it be checked again."
    assert refuse(lambda: approve_file(version, by=olga)) == sentence


def test_blocking_finding_must_be_overridden_with_a_reason(paper: Paper, ada: User, olga: User) -> None:
    version = hand_in_checked(paper, ada, make_pdf(body_pages=3))
    assert [finding.code for finding in version.findings.all()] == ["over_length"]
    sentence = "A finding blocks this version. Override it with a reason, or return the file."
    assert refuse(lambda: approve_file(version, by=olga)) == sentence
    finding = version.findings.get()
    assert refuse(lambda: override_finding(finding, reason=" ", by=olga)) == "Say why this finding may stand."
    kept = override_finding(finding, reason="Agreed on by mail.", by=olga)
    assert (kept.override_reason, kept.overridden_by, kept.overridden_at) == ("Agreed on by mail.", olga, BEFORE)
    assert refuse(lambda: override_finding(finding, reason="Again.", by=olga)) == "This finding has been overridden already."
    version = FileVersion.objects.get()
    assert approve_file(version, by=olga).is_approved is True
    assert HistoryLine.objects.get(action="overrode finding").note == "over_length: Agreed on by mail."


def test_findings_only_warn_where_the_workshop_says_so(paper: Paper, ada: User, olga: User) -> None:
    ask(paper.workshop, is_blocking=False)
    version = hand_in_checked(paper, ada, make_pdf(body_pages=3))
    assert approve_file(version, by=olga).is_approved is True


def test_verdict_needs_the_version_that_counts(paper: Paper, ada: User, olga: User) -> None:
    old = hand_in_checked(paper, ada)
    hand_in(paper, ada, make_pdf(body_pages=1))
    sentence = "This version does not count any more: there is a newer one, or it was withdrawn. Look at the page again."
    assert refuse(lambda: return_file(old, reasons="No.", by=olga)) == sentence
    assert refuse(lambda: approve_file(old, by=olga)) == sentence


def test_return_needs_reasons(paper: Paper, ada: User, olga: User) -> None:
    version = hand_in(paper, ada)
    assert refuse(lambda: return_file(version, reasons=" \n", by=olga)) == "Say what is to be mended: authors read it beside the button."


def test_second_withdrawal_and_late_ones_are_refused(paper: Paper, ada: User) -> None:
    version = hand_in(paper, ada)
    with time_machine.travel(AFTER, tick=False):
        assert "nothing is taken any more" in refuse(lambda: withdraw_file(version, by=ada))
    withdraw_file(version, by=ada)
    assert refuse(lambda: withdraw_file(version, by=ada)) == "This version has been withdrawn already."


def test_recheck_keeps_overrides_of_what_is_found_again(paper: Paper, ada: User, olga: User) -> None:
    version = hand_in_checked(paper, ada, make_pdf(body_pages=3))
    override_finding(version.findings.get(), reason="Agreed.", by=olga)
    version = recheck_file(version, by=olga)
    assert version.checked_at is None
    check_here(version)
    assert [(finding.code, finding.override_reason) for finding in version.findings.all()] == [("over_length", "Agreed.")]


def test_extension_lets_one_paper_in(paper: Paper, ada: User, olga: User) -> None:
    other = make_owing_paper(paper.workshop, ada)
    later = AFTER + dt.timedelta(days=1)
    extension = extend_deadline(paper, kind="paper", due_at=later, reason=" Fire. ", by=olga)
    assert (extension.due_at, extension.reason, extension.by) == (later, "Fire.", olga)
    with time_machine.travel(AFTER, tick=False):
        assert hand_in(paper, ada).number == 1
        assert "nothing is taken any more" in refuse(lambda: hand_in(other, ada))
    assert extend_deadline(paper, kind="paper", due_at=later + dt.timedelta(days=1), reason="Flood.", by=olga) == extension
    line = HistoryLine.objects.filter(action="extended").first()
    assert line is not None
    assert (line.field, line.before, line.after, line.note) == (
        "paper deadline", later.isoformat(), (later + dt.timedelta(days=1)).isoformat(), "Flood.",
    )  # fmt: skip


def test_extension_is_refused_where_it_means_nothing(paper: Paper, olga: User) -> None:
    ask(paper.workshop, "poster", due_at=None)
    assert [
        refuse(lambda: extend_deadline(paper, kind="paper", due_at=DUE, reason="x", by=olga)),
        refuse(lambda: extend_deadline(paper, kind="paper", due_at=AFTER, reason=" ", by=olga)),
        refuse(lambda: extend_deadline(paper, kind="poster", due_at=AFTER, reason="x", by=olga)),
        refuse(lambda: extend_deadline(paper, kind="slides", due_at=AFTER, reason="x", by=olga)),
    ] == [
        "All papers have until Apr 14, 2026, 11:59 PM PDT; an extension lies after that.",
        "Say why this paper gets longer.",
        "Paper 7 has no deadline for this file that could be extended.",
        "Paper 7 has no deadline for this file that could be extended.",
    ]
