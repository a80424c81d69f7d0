"""A small venue, a running stand-in, and the unmodified client pointed at it."""

import os
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from requests.adapters import HTTPAdapter

from standin import Standin, Store, Venue

os.environ["TQDM_DISABLE"] = "1"
os.environ["NO_PROXY"] = "127.0.0.1,localhost"

from openreview.api import OpenReviewClient

VENUE = "x.org/2026/Workshop/W"
CHAIR = "olga@x.example"
PASSWORD = "loopback-only"
OpenClient = Callable[..., OpenReviewClient]


@pytest.fixture
def store() -> Store:
    return Store()


@pytest.fixture
def venue(store: Store) -> Venue:
    """Olga organizes, Ada wrote paper 1 and chairs too, Pia publishes, Eve is a stranger."""
    venue = Venue(store, VENUE)
    venue.add_chair(CHAIR, "Olga Organizer")
    venue.add_chair("ada@x.example", "Ada Author")
    venue.add_member("Publication_Chairs", "pia@x.example", "Pia Publisher")
    venue.add_person("eve@x.example", "Eve Stranger")
    for number in range(1, 4):
        venue.add_submission(authors=["Ada Author", "Second Author"] if number == 1 else None, track="full")
        venue.add_review(number)
        venue.add_decision(number, "Reject" if number == 3 else "Accept (Oral)")
    return venue


@pytest.fixture
def standin(store: Store, venue: Venue) -> Iterator[Standin]:
    with Standin(store) as running:
        yield running


@pytest.fixture
def open_client(standin: Standin) -> OpenClient:
    """Sign in as anyone, with the client's own retries switched off."""

    def sign_in(username: str = CHAIR, **arguments: Any) -> OpenReviewClient:
        return open_without_retries(standin.url, username=username, password=PASSWORD, **arguments)

    return sign_in


@pytest.fixture
def client(open_client: OpenClient) -> OpenReviewClient:
    return open_client()


def open_without_retries(url: str, **arguments: Any) -> OpenReviewClient:
    client = OpenReviewClient(baseurl=url, **arguments)
    for place in (url, client.note_edits_url, client.group_edits_url, client.invitation_edits_url):
        client.session.mount(place, HTTPAdapter(max_retries=0))
    return client
