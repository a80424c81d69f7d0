"""Addresses as co-authors see them."""

import pytest

from papers.contacts import blot_mail


@pytest.mark.parametrize(
    ("address", "seen"),
    [("ada@example.org", "ad…@example.org"), ("ab@example.org", "a…@example.org"), ("a@b.org", "…@b.org"), ("no address", "…")],
)
def test_name_is_blotted_out_and_domain_stays(address: str, seen: str) -> None:
    assert blot_mail(address) == seen
