"""What organizers alone may export: from the command, and from no address of exports."""

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from papers.decisions import decide_paper
from papers.models import ImportRun, Role, Workshop
from program.errors import UnknownFormat
from program.exports.registry import FORMATS, find_format
from program.private_exports import PRIVATE_FORMATS
from tests.factories import join_workshop, make_paper, make_user
from tests.papers.standin_venues import make_mapped_workshop, make_venue
from tests.program.hand_over.ready import make_asking_workshop, make_chosen_paper, make_ready_paper

pytestmark = pytest.mark.django_db
NAME = "openreview-decisions"


@pytest.fixture
def imported() -> Workshop:
    """Make a workshop with one decided paper, and one that is withdrawn."""
    workshop, venue = make_mapped_workshop(), make_venue()
    ImportRun.objects.create(
        workshop=workshop, source=ImportRun.OPENREVIEW, state="done", venue={"group": venue.store.groups[venue.id], "generation": 2}
    )
    oral = workshop.presentation_kinds.get(slug="oral")
    decide_paper(make_paper(workshop, number=7, venueid=f"{venue.id}/Submission"), outcome="accept", presentation=oral, by=None)
    gone = make_paper(workshop, number=8)
    decide_paper(gone, outcome="reject", by=None)
    gone.standing = "withdrawn"
    gone.save()
    return workshop


def run(*arguments: str) -> tuple[str, str]:
    out, err = StringIO(), StringIO()
    call_command("export", *arguments, stdout=out, stderr=err)
    return out.getvalue(), err.getvalue()


def test_command_writes_the_file_and_tells_what_is_left_out(imported: Workshop, tmp_path: Path) -> None:
    path = tmp_path / "decisions.csv"
    _, err = run("counted26", NAME, "--output", str(path))
    assert (path.read_bytes(), err) == (b"7,Accept (Oral)\n", "1 paper left out: withdrawn or removed in OpenReview.\n")
    run("counted26", NAME, "--option", "rows=differing", "--output", str(path))
    assert path.read_bytes() == b"7,Accept (Oral)\n"


def test_command_refuses_unknown_words_and_options(imported: Workshop) -> None:
    with pytest.raises(CommandError) as wrong:
        run("counted26", NAME, "--option", "rows=some")
    assert (wrong.value.returncode, str(wrong.value)) == (
        2,
        "The option rows of openreview-decisions can't be 'some'. Its values: all, differing.",
    )
    imported.mappings.all().delete()
    with pytest.raises(CommandError) as refused:
        run("counted26", NAME)
    assert refused.value.returncode == 1
    assert str(refused.value).splitlines()[1] == (
        "Nobody has said how OpenReview words “Accept as Oral”; choose one under “OpenReview's words” on the agreement page."
    )


def test_list_marks_it_private() -> None:
    listed: list[dict[str, Any]] = json.loads(run("--list", "--json")[0])
    assert {told["name"] for told in listed if told["is_private"]} == set(PRIVATE_FORMATS) == {NAME, "proceedings-csv", "proceedings-xlsx"}
    lines = run("--list")[0].splitlines()[-5:]
    assert lines[0] == "openreview-decisions" + PRIVATE_FORMATS[NAME].sentence
    assert lines[2:] == [
        "proceedings-csv     " + PRIVATE_FORMATS["proceedings-csv"].sentence,
        "                    layout=papers|authors  authors: a line an author instead of a line a paper.",
        "proceedings-xlsx    " + PRIVATE_FORMATS["proceedings-xlsx"].sentence,
    ]


def test_proceedings_come_from_the_command_with_what_is_left_out(tmp_path: Path) -> None:
    workshop, olga, ada = make_asking_workshop()
    make_ready_paper(workshop, olga, ada, number=8)
    make_chosen_paper(workshop, ada, number=9, title="Waits")
    path = tmp_path / "a.csv"
    _, err = run("handed26", "proceedings-csv", "--option", "layout=authors", "--output", str(path))
    assert [line.split(",")[:2] for line in path.read_text("utf-8-sig").splitlines()] == [
        ["workshop_acronym", "paper_id"],
        ["Counted", "8"],
    ]
    told = err.splitlines()
    assert (told[0], told[1][:10]) == ("1 paper meant for the proceedings left out.", "#9 “Waits”")
    assert told[2] == "1 printed name splits by a guess; see the column name_split."
    _, err = run("handed26", "proceedings-xlsx", "--output", str(path))
    assert (path.read_bytes()[:2], err.splitlines()) == (b"PK", told)


@pytest.mark.parametrize("role", list(Role))
def test_no_address_of_exports_gives_it(client: Client, imported: Workshop, role: Role) -> None:
    assert NAME not in FORMATS
    with pytest.raises(UnknownFormat):
        find_format(NAME)
    person = make_user()
    join_workshop(person, imported, role)
    client.force_login(person)
    assert client.get(reverse("export", args=[imported.slug, NAME])).status_code == 404
    assert NAME not in client.get(reverse("site", args=[imported.slug])).content.decode()
