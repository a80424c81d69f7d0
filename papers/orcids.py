"""ORCID iDs: sixteen digits of which the last is a check."""

import re

WRITTEN = re.compile(r"(?:https?://(?:www\.)?orcid\.org/)?(\d{4})-?(\d{4})-?(\d{4})-?(\d{3}[\dXx])/?", re.ASCII)


def read_orcid(text: str) -> str:
    """Return an ORCID iD in groups of four; raise ValueError with a sentence where it is none (ISO 7064, mod 11-2)."""
    found = WRITTEN.fullmatch(text.strip())
    if found is None:
        raise ValueError("An ORCID iD has sixteen digits, as in 0000-0002-1825-0097.")
    groups = [group.upper() for group in found.groups()]
    digits = "".join(groups)
    total = 0
    for digit in digits[:-1]:
        total = (total + int(digit)) * 2
    check = (12 - total % 11) % 11
    if digits[-1] != ("X" if check == 10 else str(check)):
        raise ValueError("A digit of this ORCID iD is wrong: its check digit does not fit.")
    return "-".join(groups)
