"""Each dialect prints a paper as its site does."""

import dataclasses

import pytest

from papers.listings import ListedPaper
from program.exports.registry import export_listing
from tests.program.listed import list_paper, make_listing

ORAL = list_paper(
    "LoRA & more", "Ada Author", "Bob Builder", presentation="oral", presentation_name="Oral", award="Best Paper", url="https://e.org/1"
)
POSTER = list_paper("Second", url="https://e.org/2")
PLAIN = list_paper("Third", presentation="", presentation_name="", url="https://e.org/3")


@pytest.mark.parametrize(
    ("dialect", "text"),
    [
        (
            "syntagen24",
            "**[Oral]** [LoRA & more](https://e.org/1). Ada Author, Bob Builder\n\n[Second](https://e.org/2). Ada Author\n\n"
            "[Third](https://e.org/3). Ada Author\n",
        ),
        (
            "syntagen25",
            "**[Oral]** [LoRA & more](https://e.org/1). Ada Author, Bob Builder \\\n"
            "**[Poster]** [Second](https://e.org/2). Ada Author \\\n[Third](https://e.org/3). Ada Author\n",
        ),
        (
            "list",
            "* **[Oral, Best Paper]** [LoRA & more](https://e.org/1). Ada Author, Bob Builder\n"
            "* **[Poster]** [Second](https://e.org/2). Ada Author\n* [Third](https://e.org/3). Ada Author\n",
        ),
    ],
)
def test_dialect_prints_tags_links_and_authors(dialect: str, text: str) -> None:
    assert export_listing("accepted-markdown", make_listing(ORAL, POSTER, PLAIN), {"dialect": dialect}).decode() == text


@pytest.mark.parametrize(
    ("paper", "line"),
    [
        (dataclasses.replace(PLAIN, url=""), "Third. Ada Author"),
        (dataclasses.replace(PLAIN, url="javascript:alert(1)"), "Third. Ada Author"),
        (dataclasses.replace(PLAIN, url="", title="1. First"), "1\\. First. Ada Author"),
        (dataclasses.replace(PLAIN, authors=()), "[Third](https://e.org/3)"),
    ],
)
def test_what_is_missing_leaves_no_empty_link(paper: ListedPaper, line: str) -> None:
    assert export_listing("accepted-markdown", make_listing(paper)).decode() == f"{line}\n"


def test_list_without_papers_says_so() -> None:
    assert export_listing("accepted-markdown", make_listing()) == b"TBD\n"


@pytest.mark.parametrize(
    ("order", "titles"),
    [
        ("presentation", ["“Zeta”", "beta", "Ålpha", "Eta"]),
        ("number", ["Ålpha", "beta", "“Zeta”", "Eta"]),
        ("title", ["Ålpha", "beta", "Eta", "“Zeta”"]),
    ],
)
def test_order_may_be_that_of_numbers_or_titles(order: str, titles: list[str]) -> None:
    papers = [list_paper(title, number=number, url="") for title, number in [("“Zeta”", 3), ("beta", 2), ("Ålpha", 1), ("Eta", None)]]
    text = export_listing("accepted-markdown", make_listing(*papers), {"order": order}).decode()
    assert text.split("\n\n") == [*(f"{title}. Ada Author" for title in titles[:-1]), f"{titles[-1]}. Ada Author\n"]
