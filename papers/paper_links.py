"""Addresses beside a paper: what may stand in each."""

import re
from urllib.parse import SplitResult, urlsplit

from papers.models import PaperLink

Kind = PaperLink.Kind
ARXIV_ID = re.compile(r"(?:arxiv:\s*)?((?:\d{4}\.\d{4,5}|[a-z-]+(?:\.[a-z]{2})?/\d{7})(?:v\d+)?)", re.IGNORECASE | re.ASCII)
ARXIV_PATH = re.compile(r"/(?:abs|pdf|html)/(.+?)(?:\.pdf)?/?", re.ASCII)
ARXIV_HOSTS = frozenset({"arxiv.org", "www.arxiv.org"})
# Hosts that hide the authors for a review; in print they lead nowhere some months later.
ANONYMOUS_HOSTS = frozenset({"anonymous.4open.science", "anonymous.science", "anonymousgithub.com"})
LONGEST = 500


def read_link(kind: str, text: str) -> str:
    """Return an address as it is kept; raise ValueError with a sentence where it can't stand there.

    arXiv takes an identifier or any address of the paper, and keeps that of its abstract, which shows all versions.
    """
    address = text.strip()
    found = ARXIV_ID.fullmatch(address) if kind == Kind.ARXIV else None
    if found:
        return f"https://arxiv.org/abs/{found[1]}"
    parts = _split(address)
    if kind == Kind.ARXIV:
        return _read_arxiv(parts.hostname or "", parts.path)
    if parts.hostname in ANONYMOUS_HOSTS:
        raise ValueError("This address was made for the review and hides who you are. Give the one that readers shall open.")
    return address


def _split(address: str) -> SplitResult:
    if not address.startswith("https://"):
        raise ValueError("The address begins with https://.")
    if len(address) > LONGEST or any(character.isspace() or not character.isprintable() for character in address):
        raise ValueError(f"An address has no blanks and {LONGEST} characters at most.")
    try:
        parts = urlsplit(address)
        host = parts.hostname or ""
    except ValueError as error:
        raise ValueError("This is no address of a page. Copy it whole from the browser.") from error
    if parts.username or parts.password:
        raise ValueError("The address names a user; readers would sign in as them. Leave that part out.")
    if "." not in host.strip("."):
        raise ValueError("This is no address of a page. Copy it whole from the browser.")
    return parts


def _read_arxiv(host: str, path: str) -> str:
    found = ARXIV_PATH.fullmatch(path)
    number = ARXIV_ID.fullmatch(found[1]) if found and host in ARXIV_HOSTS else None
    if number is None:
        raise ValueError("This is no paper on arXiv: give its number, as in 2401.01234, or its address there.")
    return f"https://arxiv.org/abs/{number[1]}"
