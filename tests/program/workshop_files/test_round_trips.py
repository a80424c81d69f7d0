"""Any workshop file: loaded over any other, dumped as its normal form, loaded again without a change."""

import json
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings

from papers.models import Workshop
from program.workshop_files import dump_workshop, load_workshop_file, normalize_workshop_file, parse_workshop_file
from tests.program.workshop_files.strategies import workshop_files

FILES = workshop_files("invented")
CALM = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large]


def drop_keys(data: bytes) -> Any:
    """Return a file without the keys of sessions: those that are there keep theirs, whatever a later file says."""
    document = json.loads(data)
    for session in document.get("sessions", ()):
        session.pop("uid", None)
    return json.dumps(document)


@given(FILES)
@settings(max_examples=40, deadline=None, suppress_health_check=CALM)
def test_normal_form_is_idempotent(document: dict[str, Any]) -> None:
    normal = normalize_workshop_file(json.dumps(document))
    assert normalize_workshop_file(normal) == normal


@pytest.mark.django_db
@given(FILES, FILES)
@settings(max_examples=12, deadline=None, suppress_health_check=CALM)
def test_dump_is_the_normal_form_of_the_file_loaded_last(first: dict[str, Any], second: dict[str, Any]) -> None:
    with transaction.atomic():
        for document in (first, second):
            data = json.dumps(document).encode()
            load_workshop_file(parse_workshop_file(data), by=None)
            dumped = dump_workshop(Workshop.objects.get(slug="invented"))
            assert drop_keys(dumped) == drop_keys(normalize_workshop_file(data))
            assert load_workshop_file(parse_workshop_file(dumped), by=None).changes == ()
        transaction.set_rollback(True)


@pytest.mark.django_db
@given(FILES)
@settings(max_examples=12, deadline=None, suppress_health_check=CALM)
def test_dump_of_a_new_workshop_is_the_normal_form_with_every_key(document: dict[str, Any]) -> None:
    with transaction.atomic():
        data = json.dumps(document).encode()
        loaded = load_workshop_file(parse_workshop_file(data), by=None)
        assert loaded.workshop is not None
        assert dump_workshop(loaded.workshop) == normalize_workshop_file(data)
        transaction.set_rollback(True)
