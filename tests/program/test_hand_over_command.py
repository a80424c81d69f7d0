"""The package from the command line."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from papers.models import HandOver
from tests.program.hand_over.ready import make_asking_workshop, make_chosen_paper, make_ready_paper

pytestmark = pytest.mark.django_db
WAITS = (
    "#9 “Waits”: The paper PDF has not come. Hand it in. (authors) No author has confirmed its metadata."
    " Read title, authors, abstract on the author's page, then confirm. (authors)"
)
ONE = "1 paper meant for the proceedings can't be handed over yet."
GUESS = "Where these names split is a guess; confirm them on the page Hand-over: Ada | Author"


def run(*arguments: str) -> tuple[str, str]:
    out, err = StringIO(), StringIO()
    call_command("hand_over", *arguments, stdout=out, stderr=err)
    return out.getvalue(), err.getvalue()


def test_package_is_written_and_says_what_is_missing(tmp_path: Path) -> None:
    workshop, olga, ada = make_asking_workshop()
    make_ready_paper(workshop, olga, ada, number=8)
    make_chosen_paper(workshop, ada, number=9, title="Waits")
    target = tmp_path / "all.zip"
    out, err = run("handed26", "--output", str(target))
    assert (out, err) == (f"1 paper handed over: {target}\n", f"{GUESS}\n{ONE}\n{WAITS}\n")
    assert target.read_bytes()[:4] == b"PK\x03\x04"


def test_check_ends_with_1_while_somebody_is_missing(tmp_path: Path) -> None:
    workshop, olga, ada = make_asking_workshop()
    make_ready_paper(workshop, olga, ada, number=8)
    assert run("handed26", "--check") == ("1 paper can be handed over\n", f"{GUESS}\n")
    make_chosen_paper(workshop, ada, number=9, title="Waits")
    with pytest.raises(CommandError) as refused:
        run("handed26", "--check", "--output", str(tmp_path / "a.zip"))
    assert (str(refused.value), refused.value.returncode) == (f"{ONE}\n{WAITS}", 1)
    assert list(tmp_path.iterdir()) == []


def test_check_names_collisions() -> None:
    workshop, olga, ada = make_asking_workshop()
    for number in (1, 2):
        make_ready_paper(workshop, olga, ada, number=number, title="Same")
    HandOver.objects.create(workshop=workshop, paper_names="{title10}")
    with pytest.raises(CommandError, match=r"^Same.pdf would be the name of #1 \(Paper PDF\) and #2 \(Paper PDF\).$"):
        run("handed26", "--check")


@pytest.mark.parametrize(
    ("arguments", "sentence", "code"),
    [
        (["handed26"], "Say where to write with --output, or only look with --check.", 2),
        (
            ["handed26", "--output", "/nowhere/a.zip"],
            "No paper can be handed over yet. The page Hand-over says what each one waits for.",
            1,
        ),
        (["other", "--check"], "There is no workshop 'other'. Workshops here: handed26.", 1),
    ],
)
def test_refusals(arguments: list[str], sentence: str, code: int) -> None:
    make_asking_workshop()
    with pytest.raises(CommandError) as refused:
        run(*arguments)
    assert (str(refused.value), refused.value.returncode) == (sentence, code)
