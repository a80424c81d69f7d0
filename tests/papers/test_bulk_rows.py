"""Rows written around the objects are the rows that objects would have written."""

import datetime as dt
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from papers.bulk_rows import RowWriter
from papers.models import Author, Paper, Review, Workshop
from papers.raw_notes import is_same_note, pack_note, unpack_note
from tests.factories import make_paper

ZONE = dt.timezone(dt.timedelta(hours=9))


def test_rows_read_back_as_if_objects_had_been_saved(workshop: Workshop) -> None:
    paper = make_paper(workshop, authors=())
    values: dict[str, Any] = {
        "note_id": "r1",
        "kind": "review",
        "content": {"text": "Zürich 李 \U0001f600 'quoted' %s", "list": [1, None, {"a": True}]},
        "rating": 7.5,
        "is_public": True,
        "written_at": dt.datetime(2026, 4, 1, 3, 4, 5, 678901, tzinfo=ZONE),
    }
    Review.objects.create(paper=paper, **values)
    RowWriter(Review, ("paper_id", *values)).insert([(paper.pk, *{**values, "note_id": "r2"}.values())])
    first, second = ({**row, "id": 0, "note_id": ""} for row in Review.objects.order_by("note_id").values())
    assert first == second


def test_keys_come_back_in_order_over_many_statements(workshop: Workshop) -> None:
    writer = RowWriter(Paper, ("workshop_id", "note_id", "title"))
    with transaction.atomic():
        keys = writer.insert_for_keys((workshop.pk, f"n{place}", f"Title {place}") for place in range(200))
    assert [Paper.objects.in_bulk(keys)[key].title for key in keys] == [f"Title {place}" for place in range(200)]
    paper = Paper.objects.get(pk=keys[0])
    assert (paper.keywords, paper.standing, paper.wants_proceedings, paper.imported, paper.number) == ([], "active", None, {}, None)


def test_nothing_to_write_writes_nothing(workshop: Workshop) -> None:
    RowWriter(Author, ("paper_id",)).insert([])
    assert RowWriter(Author, ("paper_id",)).insert_for_keys([]) == []


def test_constraints_hold(workshop: Workshop) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        RowWriter(Paper, ("workshop_id", "note_id", "title")).insert([(workshop.pk, "same", "One"), (workshop.pk, "same", "Two")])
    assert Paper.objects.count() == 0


def test_raw_notes_come_back_as_they_were() -> None:
    source = '{"id": "ä", "n": [1,  2]}'.encode()
    assert unpack_note(pack_note(source * 50)) == source * 50


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ('{"a": 1, "b": 2}', '{"b":2,"a":1}', True),
        ('{"details": {"replies": [{"id": 1}, {"id": 2}]}}', '{"details": {"replies": [{"id": 2}, {"id": 1}]}}', True),
        ('{"details": {"replies": [{"id": 1}]}}', '{"details": {"replies": [{"id": 2}]}}', False),
        ('{"content": {"authors": [1, 2]}}', '{"content": {"authors": [2, 1]}}', False),
        ('{"a": 1}', '{"a": 1.0}', False),
        ("[]", "[]", True),
    ],
)
def test_same_note_in_another_order_is_the_same(one: str, other: str, same: bool) -> None:
    assert is_same_note(one.encode(), other.encode()) is same
