"""The cast that everyone remembers: Olga organizes, Ada is the author, Eve must not get in."""

import pytest
from django.core.cache import cache

from papers.models import User, Workshop
from tests.factories import join_workshop, make_user, make_workshop


@pytest.fixture(autouse=True)
def forget_rate_limits() -> None:
    """Start every test with nobody having tried too often."""
    cache.clear()


@pytest.fixture
def workshop(db: None) -> Workshop:
    return make_workshop("counted26")


@pytest.fixture
def olga(workshop: Workshop) -> User:
    user = make_user("olga@example.org", name="Olga Organizer")
    join_workshop(user, workshop)
    return user


@pytest.fixture
def ada(db: None) -> User:
    return make_user("ada@example.org", name="Ada Author")


@pytest.fixture
def eve(db: None) -> User:
    return make_user("eve@example.org", name="Eve Outsider")
