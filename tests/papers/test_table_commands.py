"""The commands that read tables: exit codes, both outputs."""

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command, load_command_class

from papers.models import HistoryLine, ImportRun, Paper, Workshop
from tests.factories import make_paper
from tests.papers.tables.reports import tell_decision, tell_papers

GOOD = b"number,title,authors,mood\n1,One,Ada Lovelace,good\n2,Two,Plato,bad\n"
BAD = b"number,title,authors\n1,One,Ada Lovelace\nx,,Plato\n"
BAD_SENTENCES = [
    "The table has 2 mistakes; nothing was written.",
    "Row 3, “title”: The paper has no title. Write it, or take the row out.",
    "Row 3, “number”, value “x”: This is not a paper number. Write the paper's number in digits, like 12.",
]


def run(command: str, *arguments: str) -> str:
    out = StringIO()
    call_command(command, *arguments, stdout=out, stderr=StringIO())
    return out.getvalue()


def write(folder: Path, content: bytes, name: str = "table.csv") -> str:
    (folder / name).write_bytes(content)
    return str(folder / name)


def test_import_table_writes_and_says_what(workshop: Workshop, tmp_path: Path) -> None:
    path = write(tmp_path, GOOD)
    assert run("import_table", "counted26", path, "--dry-run").splitlines()[0] == "Would be 2 created, 0 updated, 0 unchanged."
    assert (Paper.objects.count(), ImportRun.objects.count()) == (0, 0)
    assert run("import_table", "counted26", path).splitlines() == [
        "Imported: 2 created, 0 updated, 0 unchanged.",
        "change    paper 1: new paper",
        "change    paper 2: new paper",
        "notice    Read as a table of its own kind: 2 papers.",
        "notice    Columns that were not read: mood.",
    ]
    assert [paper[:3] for paper in tell_papers(workshop)] == [(1, "One", ["Ada Lovelace"]), (2, "Two", ["Plato"])]
    record = ImportRun.objects.get()
    assert (record.source, record.state, record.seen_count, record.report["created"]) == ("table.csv", "done", 2, 2)


def test_import_table_prints_one_json_document(workshop: Workshop, tmp_path: Path) -> None:
    report = json.loads(run("import_table", "counted26", write(tmp_path, GOOD), "--json"))
    assert {name: report[name] for name in ("created", "updated", "unchanged", "conflicts", "problems")} == {
        "created": 2,
        "updated": 0,
        "unchanged": 0,
        "conflicts": [],
        "problems": [],
    }


@pytest.mark.parametrize("more", [[], ["--dry-run"]])
def test_refused_table_ends_with_1_and_sentences(workshop: Workshop, tmp_path: Path, more: list[str]) -> None:
    with pytest.raises(CommandError) as refusal:
        run("import_table", "counted26", write(tmp_path, BAD), *more)
    assert (refusal.value.returncode, str(refusal.value).splitlines()) == (1, BAD_SENTENCES)
    assert Paper.objects.count() == 0


@pytest.mark.parametrize("command", ["import_table", "decide"])
def test_refused_table_is_told_as_json_too(workshop: Workshop, tmp_path: Path, command: str) -> None:
    out = StringIO()
    content = BAD if command == "import_table" else b"number,outcome\nx,accept\n"
    with pytest.raises(CommandError):
        call_command(command, "counted26", write(tmp_path, content), "--json", stdout=out, stderr=StringIO())
    mistakes: list[dict[str, Any]] = json.loads(out.getvalue())["mistakes"]
    assert mistakes[-1]["text"] == BAD_SENTENCES[2].replace("Row 3", f"Row {mistakes[-1]['row']}")


@pytest.mark.parametrize("command", ["import_table", "decide"])
def test_wrong_usage_ends_with_2(workshop: Workshop, tmp_path: Path, command: str) -> None:
    for arguments in (["counted26", str(tmp_path / "nothing.csv")], ["counted26"], ["counted26", str(tmp_path)]):
        with pytest.raises(SystemExit) as wrong:
            load_command_class("papers", command).run_from_argv(["manage.py", command, *arguments])
        assert wrong.value.code == 2


@pytest.mark.parametrize("command", ["import_table", "decide"])
def test_unknown_workshop_is_refused(workshop: Workshop, tmp_path: Path, command: str) -> None:
    with pytest.raises(CommandError, match=r"There is no workshop 'nowhere'\. Workshops here: counted26\.") as refusal:
        call_command(command, "nowhere", write(tmp_path, GOOD))
    assert refusal.value.returncode == 1


def test_decide_previews_applies_and_says_what(workshop: Workshop, tmp_path: Path) -> None:
    paper = make_paper(workshop, number=1)
    path = write(tmp_path, b"number,outcome,presentation,award,comment\n1,accept,oral,,\n")
    assert run("decide", "counted26", path, "--dry-run").splitlines() == [
        "Would change 1 decision; 0 stand so already.",
        "paper 1: undecided -> accept, oral",
    ]
    assert (tell_decision(paper), HistoryLine.objects.count()) == ("", 0)
    report = json.loads(run("decide", "counted26", path, "--json"))
    assert [(change["paper"], change["before"], change["after"]["presentation"]) for change in report["changes"]] == [(1, None, "oral")]
    assert tell_decision(paper) == "accept oral"


def test_decide_refuses_the_whole_table(workshop: Workshop, tmp_path: Path) -> None:
    paper = make_paper(workshop, number=1)
    path = write(tmp_path, b"number,outcome\n1,accept\n2,accept\n")
    for more in ([], ["--dry-run"]):
        with pytest.raises(CommandError) as refusal:
            run("decide", "counted26", path, *more)
        assert (refusal.value.returncode, str(refusal.value).splitlines()[1:]) == (
            1,
            ["Row 3, “number”, value “2”: The workshop has no such paper. Correct it, or import the paper first."],
        )
    assert tell_decision(paper) == ""
