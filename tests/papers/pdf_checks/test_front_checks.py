"""Title and authors are compared with what is registered."""

import pytest

from papers.pdf_checks.names import find_names, fold_letters, fold_title, is_same_title
from tests.papers.pdf_checks.conftest import Check, list_codes
from tests.papers.pdf_checks.paper_writer import AUTHORS, TITLE, make_paper


def test_other_title_is_found(check: Check) -> None:
    [finding] = check(make_paper(), title="Counted Boxes for Small Detection")
    assert finding.code == "title_mismatch"
    assert finding.message == (
        "The title in the file is \u201cCounted Masks for Small Segmentation\u201d; "
        "registered is \u201cCounted Boxes for Small Detection\u201d."
    )


def test_title_of_another_paper_is_said_to_be_one(check: Check) -> None:
    [finding] = check(make_paper(), title="Why Quiet Networks Dream")
    assert finding.code == "title_mismatch"
    assert "it looks like another paper" in finding.message


@pytest.mark.parametrize(
    ("authors", "said"),
    [
        (("Bert Berger", "Ada Author", "Chloe Chen"), "the file's order is Ada Author, Bert Berger, Chloe Chen"),
        ((*AUTHORS, "Dora Dietz"), "not in the file: Dora Dietz"),
        (AUTHORS[:2], "not registered: Chloe Chen"),
    ],
)
def test_other_authors_are_found(check: Check, authors: tuple[str, ...], said: str) -> None:
    [finding] = check(make_paper(), authors=authors)
    assert (finding.code, finding.message) == ("author_mismatch", f"The authors in the file differ from the registered ones: {said}.")


def test_person_between_others_without_commas_is_found(check: Check) -> None:
    [finding] = check(make_paper(authors=("Ada Author Bert Berger Chloe Chen",)), authors=("Ada Author", "Chloe Chen"))
    assert finding.message.endswith("not registered: Bert Berger.")


def test_umlauts_in_the_other_spelling_are_no_further_person(check: Check) -> None:
    authors = ("Ada Author", "Juergen Mueller")
    assert check(make_paper(authors=authors), authors=("Ada Author", "J\u00fcrgen M\u00fcller")) == []


@pytest.mark.parametrize(
    ("printed", "code"),
    [
        ("Author names withheld", "anonymous_authors"),
        ("First A. Anonymous", "anonymous_authors"),
        ("John Doe", "placeholder_authors"),
        ("Second B. Author", "placeholder_authors"),
        ("Paper #45", "paper_id"),
    ],
)
def test_author_blocks_of_submissions(check: Check, printed: str, code: str) -> None:
    assert code in list_codes(check(make_paper(authors=(printed,)), authors=()))


def test_nothing_registered_is_nothing_to_compare(check: Check) -> None:
    assert check(make_paper(), title="", authors=()) == []


@pytest.mark.parametrize(
    ("declared", "found"),
    [
        ("Learning $\\alpha$-Masks", "Learning \u03b1-Masks"),
        ("Learning $\\ell_1$ Masks with $O(n \\log n)$ Cost", "Learning \u21131 Masks with O(n log n) Cost"),
        ("Efficient Diffusion for Flows", "E\ufb03cient Di\ufb00usion for Flows"),
        ("M\u00fcller's Law of Large Images", "MULLER\u2019S LAW OF LARGE IMAGES"),
        ("Modeling Scenes", "M ODELING S CENES"),
        ("Low-Data Segmentation", "Low-Data Segmen- tation"),
        ("A Study of Synthetic Images in Large Vision Models", "A Study of Synthetic Image in Large Vision Models"),
    ],
)
def test_titles_that_are_the_same(declared: str, found: str) -> None:
    assert is_same_title(declared, found, found)


@pytest.mark.parametrize(
    ("declared", "found"),
    [
        (TITLE, "Counted Boxes for Small Segmentation"),
        (
            "A Very Long Title on Generating Synthetic Images for Large Vision Models",
            "A Very Long Title on Generating Synthetic Videos for Large Vision Models",
        ),
        (TITLE, ""),
    ],
)
def test_titles_that_differ(declared: str, found: str) -> None:
    assert not is_same_title(declared, found, found)


@pytest.mark.parametrize(
    ("name", "printed"),
    [
        ("J\u00fcrgen F\u00fcrst", "Juergen Fuerst"),
        ("Juergen Fuerst", "J\u00fcrgen F\u00fcrst"),
        ("Jana \u010capkov\u00e1", "Jana \u02c7Capkov\u00b4a"),
        ("\u0141ukasz S\u00f8rensen", "Lukasz Sorensen"),
        ("Li Wei", "Wei Li"),
        ("Maria del Carmen Ruiz", "M. C. Ruiz"),
        ("Ada Author", "Ada Author1,2,*"),
        ("Jean-Pierre Berger", "Jean Pierre Berger"),
        ("Luis Alberto N\u00fa\u00f1ez", "L. N \u00b4u \u02dcnez"),
        ("\u738b\u5c0f\u660e", "\u738b \u5c0f\u660e"),
        ("\u5c0f\u660e \u738b", "\u674e\u56db\u3001\u738b\u5c0f\u660e\uff0c\u5f20\u4e09"),
        ("\u738b\u5c0f\u660e", "\u674e\u56db\u30fb\u738b\u5c0f\u660e\u00b9"),
        ("Xiaoming Wang (\u738b\u5c0f\u660e)", "Xiaoming Wang"),
        ("Xiaoming Wang\uff08\u738b\u5c0f\u660e\uff09", "\u738b\u5c0f\u660e"),
        ("\uae40\ubbfc\uc218", "\uae40\ubbfc\uc218, \uc774\uc601"),
        ("\u91d1\u5c0f\u660e", "\u2fa6\u5c0f\u660e"),  # a radical, as fonts of some PDFs give it
    ],
)
def test_names_that_are_the_same(name: str, printed: str) -> None:
    assert find_names([name], [printed]) == [0] or find_names([name], [printed]) == [1]


def test_names_that_are_not_there() -> None:
    assert find_names(["Ada Author"], ["Bert Author", "ada.author@example.org"]) == [None]
    others = ["\u738b\u5927\u660e\u3001\u674e\u5c0f\u660e", "Wang Daming"]
    assert find_names(["\u738b\u5c0f\u660e", "\u5c0f\u660e \u738b", "Xiaoming Wang (\u738b\u5c0f\u660e)"], others) == [None] * 3


def test_order_of_names_in_scripts_without_spaces_is_seen() -> None:
    assert find_names(["\u674e\u56db", "\u738b\u5c0f\u660e"], ["\u738b\u5c0f\u660e\uff0c\u674e\u56db"]) == [1, 0]


def test_folding_keeps_letters_alone() -> None:
    assert fold_letters(" \u00c9t\u00e9-42, \ufb01n! ") == "ete42fin"
    assert fold_title("\\textbf{Masks} in $\\mathbb{R}^3$") == "masksinr3"
