"""Addresses beside a paper."""

import pytest

from papers.paper_links import read_link

NO_ARXIV = "This is no paper on arXiv: give its number, as in 2401.01234, or its address there."


@pytest.mark.parametrize(
    "told",
    [
        "2401.01234v2",
        "arXiv:2401.01234v2",
        " https://arxiv.org/abs/2401.01234v2 ",
        "https://www.arxiv.org/pdf/2401.01234v2.pdf",
        "https://arxiv.org/html/2401.01234v2/",
    ],
)
def test_every_way_to_name_a_paper_on_arxiv_is_one_address(told: str) -> None:
    assert read_link("arxiv", told) == "https://arxiv.org/abs/2401.01234v2"


def test_old_numbers_of_arxiv_are_known() -> None:
    assert read_link("arxiv", "cs.CV/0112017") == "https://arxiv.org/abs/cs.CV/0112017"


def test_other_addresses_stay_as_they_are() -> None:
    assert read_link("code", "https://github.com/ada/counting?tab=readme#use") == "https://github.com/ada/counting?tab=readme#use"


@pytest.mark.parametrize(
    ("kind", "told", "sentence"),
    [
        ("code", "http://example.org/", "The address begins with https://."),
        ("code", "javascript:alert(1)", "The address begins with https://."),
        ("video", "https://example.org/a b", "An address has no blanks and 500 characters at most."),
        ("video", f"https://example.org/{'a' * 500}", "An address has no blanks and 500 characters at most."),
        ("project", "https://ada:secret@example.org/", "The address names a user; readers would sign in as them. Leave that part out."),
        ("project", "https://localhost/", "This is no address of a page. Copy it whole from the browser."),
        ("project", "https://[::1/", "This is no address of a page. Copy it whole from the browser."),
        (
            "code",
            "https://anonymous.4open.science/r/x",
            "This address was made for the review and hides who you are. Give the one that readers shall open.",
        ),
        (
            "arxiv",
            "https://example.org/abs/2401.01234",
            NO_ARXIV,
        ),
        ("arxiv", "https://arxiv.org/list/cs.CV", NO_ARXIV),
        ("arxiv", "https://arxiv.org/abs/x1", NO_ARXIV),
    ],
)
def test_wrong_address_is_named(kind: str, told: str, sentence: str) -> None:
    with pytest.raises(ValueError, match=r".") as error:
        read_link(kind, told)
    assert str(error.value) == sentence
