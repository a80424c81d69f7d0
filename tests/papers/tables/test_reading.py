"""Whatever comes in: a reading comes out, with rows or with mistakes, never an exception."""

import json
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from papers.tables.columns import KNOWN_COLUMNS
from papers.tables.reading import read_table
from tests.papers.tables.samples import CMT_COLUMNS, CONSOLE_COLUMNS, EASYCHAIR_COLUMNS, EASYCHAIR_PEOPLE_COLUMNS, write_csv

CELLS = st.one_of(
    st.text(max_size=20), st.sampled_from(["1", "2", "accept", "A B; C D", "a@x.org", "yes", "no", "Withdrawn", "https://x.org/?id=a"])
)
COLUMNS = st.one_of(
    st.sampled_from([CMT_COLUMNS, CONSOLE_COLUMNS, EASYCHAIR_COLUMNS, EASYCHAIR_PEOPLE_COLUMNS, ["pid", "title", "authors", "status"]]),
    st.lists(st.sampled_from(sorted(KNOWN_COLUMNS)), min_size=2, max_size=8, unique=True),
)
PARTS = st.sampled_from(["email", "first", "last", "name", "slug", "institutions"])
KEYS = st.sampled_from(["pid", "number", "title", "authors", "emails", "keywords", "status", "id"])
VALUES: st.SearchStrategy[Any] = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False), CELLS),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(PARTS, inner),
    max_leaves=5,
)


def read(content: bytes) -> None:
    reading = read_table(content)
    assert reading.rows or reading.mistakes or reading.notices
    assert all(str(mistake) for mistake in reading.mistakes)


@settings(deadline=None)
@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_refused(content: bytes) -> None:
    read(content)
    read(b"PK\x03\x04" + content)


@settings(deadline=None)
@given(st.data(), COLUMNS)
def test_any_cells_are_read_or_refused(data: st.DataObject, columns: list[str]) -> None:
    rows = data.draw(st.lists(st.lists(CELLS, min_size=len(columns) - 1, max_size=len(columns) + 1), max_size=4))
    read(write_csv(columns, rows))


@given(
    st.lists(
        st.dictionaries(st.sampled_from(["pid", "number", "title", "authors", "emails", "keywords", "status", "id"]), VALUES), max_size=4
    )
)
def test_any_json_is_read_or_refused(items: list[dict[str, Any]]) -> None:
    read(json.dumps(items).encode())
    read(json.dumps({"papers": items}).encode())
