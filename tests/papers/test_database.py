"""The database under parallel writers."""

import threading

import pytest
from django.db import DatabaseError, connection, transaction

from papers.models import Workshop

THREADS, TRANSACTIONS = 8, 50


@pytest.mark.django_db(transaction=True)
@pytest.mark.slow
def test_parallel_writers_wait_for_each_other(workshop: Workshop) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL has row locks; this is about the one write lock of SQLite.")
    errors: list[DatabaseError] = []

    def write() -> None:
        try:
            for _ in range(TRANSACTIONS):
                add_one(workshop)
        except DatabaseError as error:
            errors.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=write) for _ in range(THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    workshop.refresh_from_db()
    assert errors == []
    assert workshop.edition == THREADS * TRANSACTIONS


def add_one(workshop: Workshop) -> None:
    """Read, then write what was read: lost without a lock taken before the reading."""
    with transaction.atomic():
        held = Workshop.objects.get(pk=workshop.pk)
        held.edition = (held.edition or 0) + 1
        held.save(update_fields=["edition"])
