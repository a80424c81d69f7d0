"""Finds who gets a letter on a paper, under which address."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from allauth.account.models import EmailAddress
from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from papers.models import Audience, Author, Paper, Route

FULL_NAME = "{{fullname}}"  # OpenReview writes each reader's own name there


@dataclass(frozen=True, slots=True)
class Recipient:
    """One person, or one group of OpenReview, who gets one letter on one paper; `author` is nothing for a group."""

    paper: Paper
    address: str
    name: str
    author: Author | None = None

    @property
    def is_first(self) -> bool:
        """Tell whether this is the paper's first author."""
        return self.author is not None and self.author == next(iter(self.paper.authors.all()), None)

    @property
    def zone(self) -> str:
        """Return the time zone that who proved to be this author chose; empty where nobody did."""
        key = self.author.pk if self.author else None
        return next((claim.user.zone for claim in self.paper.claims.all() if key and claim.author_id == key and claim.user.zone), "")


@dataclass(frozen=True, slots=True)
class Unreachable:
    """Somebody who would get a letter if there were an address; `name` is empty when the paper has no known author at all."""

    paper: Paper
    name: str
    reason: str


def find_recipients(papers: Iterable[Paper], *, audience: str, route: str) -> tuple[list[Recipient], list[Unreachable]]:
    """Return the recipients in the order of papers and authors, and everybody who can't be reached; one address gets one letter a paper."""
    recipients: list[Recipient] = []
    unreachable: list[Unreachable] = []
    for paper in papers:
        rows = _list_groups(paper) if route == Route.OPENREVIEW else _list_authors(paper, audience)
        seen: set[str] = set()
        for row in rows:
            if isinstance(row, Unreachable):
                unreachable.append(row)
            elif row.address.lower() not in seen:
                seen.add(row.address.lower())
                recipients.append(row)
    return recipients, unreachable


def name_author_group(venue_id: str, number: int) -> str:
    """Return the OpenReview group of a paper's authors."""
    return f"{venue_id}/Submission{number}/Authors"


def is_usable(address: str) -> bool:
    """Tell whether mail can go there: a whole address on one line, not one that OpenReview has blotted out."""
    if "**" in address or len(address) > 254:
        return False
    try:
        validate_email(address)
    except ValidationError:
        return False
    return address.rpartition("@")[0].isascii()


def _list_groups(paper: Paper) -> Iterator[Recipient | Unreachable]:
    if not paper.workshop.venue_id or paper.number is None or not paper.note_id:
        yield Unreachable(paper, "", "is not in OpenReview")
        return
    yield Recipient(paper, name_author_group(paper.workshop.venue_id, paper.number), FULL_NAME)


def _list_authors(paper: Paper, audience: str) -> Iterator[Recipient | Unreachable]:
    authors = list(paper.authors.all())
    if not authors:
        yield Unreachable(paper, "", "has no author that is known here")
    for author in authors[:1] if audience == Audience.FIRST else authors:
        address = _find_address(paper, author)
        if address:
            yield Recipient(paper, address, author.name, author)
        else:
            yield Unreachable(paper, author.name, _say_why(author))


def _find_address(paper: Paper, author: Author) -> str:
    """Return the address that the authors gave, else upstream's, else the verified one of whoever has proved to be this author."""
    for told in (author.contact_email, author.email.strip()):
        if is_usable(told):
            return told
    for claim in paper.claims.all():
        if claim.author_id == author.pk:
            held_by_user: list[EmailAddress] = list(claim.user.emailaddress_set.all())  # type: ignore[attr-defined]
            verified = [held for held in held_by_user if held.verified and is_usable(held.email)]
            if verified:
                return str(min(verified, key=lambda held: (not held.primary, held.pk)).email)
    return ""


def _say_why(author: Author) -> str:
    if "*" in author.email:
        return "has an address that OpenReview hides"
    return f"has an address that can't be mailed ({author.email[:80]})" if author.email else "has no address here"
