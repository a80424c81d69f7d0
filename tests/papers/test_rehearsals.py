"""Rehearsals say what the checks would say and keep nothing."""

import io
from typing import Any

import pytest
from django.core.management import call_command

from papers import rehearsals
from papers.errors import Refusal
from papers.file_checks import Inspection
from papers.file_rules import find_most_bytes
from papers.models import Job, Paper, RequiredFile, StoredFile, User, Workshop
from papers.rehearsals import PER_HOUR, Rehearsal, rehearse_checks
from tests.papers.handed_in import ask, make_owing_paper, make_pdf, make_zip


@pytest.fixture
def paper(workshop: Workshop, ada: User, olga: User) -> Paper:
    return make_owing_paper(workshop, ada, by=olga)


def rehearse(paper: Paper, by: User, content: bytes, kind: str = "paper") -> Rehearsal:
    return rehearse_checks(paper, kind=kind, content=io.BytesIO(content), name="draft.pdf", by=by)


def test_rehearsal_says_what_blocks_with_its_picture(paper: Paper, ada: User) -> None:
    told = rehearse(paper, ada, make_pdf(body_pages=3))
    [row] = told.findings
    assert (told.name, told.is_blocked, row.finding.code, row.picture[:22]) == ("draft.pdf", True, "over_length", "data:image/png;base64,")
    assert (told.facts["body_pages"], StoredFile.objects.count(), Job.objects.count()) == (3, 0, 0)


def test_clean_file_has_no_finding(paper: Paper, ada: User) -> None:
    told = rehearse(paper, ada, make_pdf())
    assert (told.findings, told.is_blocked) == ((), False)


def test_rehearsal_uses_what_the_workshop_asks(paper: Paper, ada: User, workshop: Workshop) -> None:
    ask(workshop, due_at=None, severities={"over_length": "warn"})
    told = rehearse(paper, ada, make_pdf(body_pages=3))
    assert [(row.finding.code, row.finding.severity) for row in told.findings] == [("over_length", "warn")]
    assert told.is_blocked is False


def test_supplement_is_rehearsed_without_pictures(paper: Paper, ada: User) -> None:
    told = rehearse(paper, ada, make_zip({"a.exe": b"MZ"}), "supplement")
    assert [(row.finding.code, row.picture) for row in told.findings] == [("executable", "")]


@pytest.mark.parametrize(
    ("kind", "content", "sentence"),
    [
        ("paper", b"", "Choose a file of at most 10 MB; this one has 0.0 MB."),
        ("paper", b"PK\x03\x04", "This is not a PDF file, whatever its name says; Paper PDF is checked as one."),
        ("supplement", b"MZ", "This is not a PDF or ZIP file, whatever its name says; Supplement is checked as one."),
    ],
)
def test_what_cannot_be_checked_is_refused(paper: Paper, ada: User, kind: str, content: bytes, sentence: str) -> None:
    with pytest.raises(Refusal) as refused:
        rehearse(paper, ada, content, kind)
    assert refused.value.sentence == sentence


def test_too_large_a_file_is_refused(paper: Paper, ada: User) -> None:
    content = b"%PDF-1.5" + bytes(find_most_bytes(RequiredFile(kind="paper", style="cvpr")))
    with pytest.raises(Refusal, match="Choose a file of at most 10 MB"):
        rehearse(paper, ada, content)


def test_rehearsals_are_counted_by_the_hour(paper: Paper, ada: User, olga: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rehearsals, "inspect_file", lambda *_, **__: Inspection((), {}))
    for _ in range(PER_HOUR):
        rehearse(paper, ada, make_pdf())
    with pytest.raises(Refusal, match="You have rehearsed 30 times within an hour"):
        rehearse(paper, ada, make_pdf())
    assert rehearse(paper, olga, make_pdf()).findings == ()


@pytest.mark.django_db
def test_command_says_what_it_swept(capsys: Any) -> None:
    call_command("sweep_files")
    assert capsys.readouterr().out == "Taken away: 0 uploads, 0 contents, 0 leftovers.\n"
