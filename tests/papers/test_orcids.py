"""ORCID iDs: however written, with a check digit that fits."""

import pytest

from papers.orcids import read_orcid


@pytest.mark.parametrize(
    "text",
    [
        "0000-0002-1825-0097",
        " 0000000218250097 ",
        "https://orcid.org/0000-0002-1825-0097",
        "http://www.orcid.org/0000-0002-1825-0097/",
    ],
)
def test_orcid_is_read_in_groups(text: str) -> None:
    assert read_orcid(text) == "0000-0002-1825-0097"


def test_check_digit_of_ten_is_an_x() -> None:
    assert read_orcid("0000-0002-1694-233x") == "0000-0002-1694-233X"


@pytest.mark.parametrize("text", ["0000-0002-1825-0098", "0000-0002-1852-0097", "0000-0002-1694-2330"])
def test_wrong_digit_is_found(text: str) -> None:
    with pytest.raises(ValueError, match=r"^A digit of this ORCID iD is wrong: its check digit does not fit\.$"):
        read_orcid(text)


@pytest.mark.parametrize("text", ["", "0000-0002-1825-009٧", "https://example.org/0000-0002-1825-0097", "0000-0002-1825-00971"])
def test_anything_else_is_none(text: str) -> None:
    with pytest.raises(ValueError, match=r"^An ORCID iD has sixteen digits, as in 0000-0002-1825-0097\.$"):
        read_orcid(text)
