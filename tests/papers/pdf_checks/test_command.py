"""The command says as JSON or in sentences what was found, with the agreed exit code."""

import json
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from tests.papers.pdf_checks.paper_writer import AUTHORS, TITLE, make_paper, save


def run(path: Path, *options: str) -> int:
    """Run the command; return how it ended."""
    try:
        call_command("check_pdf", str(path), "--rules", "cvpr-short", *options)
    except SystemExit as ended:
        return int(ended.code or 0)
    return 0


def test_clean_file_ends_with_0_and_one_document(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = save(make_paper().build(), tmp_path / "paper.pdf")
    authors = [option for name in AUTHORS for option in ("--author", name)]
    assert run(path, "--title", TITLE, *authors, "--json") == 0
    document = json.loads(capsys.readouterr().out)
    assert sorted(document) == ["facts", "findings", "seconds"]
    assert document["findings"] == []


def test_blocking_finding_ends_with_1(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = save(make_paper().build(), tmp_path / "paper.pdf")
    assert run(path, "--title", "Why Quiet Networks Dream", "--json") == 1
    [finding] = json.loads(capsys.readouterr().out)["findings"]
    assert sorted(finding) == ["box", "code", "message", "page", "remedy", "severity"]
    assert (finding["code"], finding["severity"], finding["page"]) == ("title_mismatch", "block", 1)


def test_sentences_without_json(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "page.pdf"
    path.write_bytes(b"<html>")
    assert run(path) == 1
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "block  not_a_pdf: The file is not a PDF. It is a web page, as downloads that failed leave behind."
    assert lines[-1].startswith("1 findings in ")


def test_wrong_usage_ends_with_2(tmp_path: Path) -> None:
    with pytest.raises(CommandError) as missing:
        call_command("check_pdf", str(tmp_path / "none.pdf"), "--rules", "cvpr-full")
    assert missing.value.returncode == 2
    with pytest.raises((SystemExit, CommandError)) as unknown:
        call_command("check_pdf", str(tmp_path), "--rules", "cvpr-long")
    assert getattr(unknown.value, "returncode", getattr(unknown.value, "code", None)) in {1, 2}
