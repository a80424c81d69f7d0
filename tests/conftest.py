"""The cast that everyone remembers: Olga organizes, Ada is the author, Eve must not get in."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.cache import cache
from django.db import connection

from papers.models import User, Workshop
from tests.factories import join_workshop, make_user, make_workshop
from tests.migrated_database import copy_kept, keep, read_digest


@pytest.fixture(scope="session")
def django_db_keepdb(django_db_modify_db_settings: None, django_db_createdb: bool) -> bool:
    """Begin with the migrated database of an earlier run, unless `--create-db` or a migration that changed asks for a new one."""
    read_digest()
    if connection.vendor != "sqlite" or django_db_createdb:
        return False
    return copy_kept(Path(str(connection.settings_dict["TEST"]["NAME"])))


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_keepdb: bool) -> Iterator[None]:
    """Keep what was migrated anew; a copy is thrown away at the end."""
    if connection.vendor == "sqlite" and not django_db_keepdb:
        keep(Path(str(connection.settings_dict["NAME"])))
    yield
    if django_db_keepdb:
        connection.close()
        Path(str(connection.settings_dict["NAME"])).unlink(missing_ok=True)


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
