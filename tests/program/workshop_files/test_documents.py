"""What JSON lets slip."""

import json

import pytest

from program.workshop_files import WorkshopFileRefused, parse_workshop_file
from program.workshop_files.documents import LARGEST_FILE, read_document
from tests.program.workshop_files.examples import SMALL


@pytest.mark.parametrize(
    ("data", "mistake"),
    [
        (b"", "$: this is not JSON: Expecting value in line 1, column 1."),
        (b'{"a": 1, b}', "$: this is not JSON: Expecting property name enclosed in double quotes in line 1, column 10."),
        (b"{} {}", "$: this is not JSON: Extra data in line 1, column 4."),
        (b'\n{"a": "\xff"}', "$: the file is not UTF-8: byte 0xff in line 2; save it as UTF-8."),
        ('{"a": 1}'.encode("utf-16"), "$: the file is UTF-16; save it as UTF-8."),
        (b"[" * 100_000, "$: lists and objects are nested more than 24 deep in line 1."),
        (b'{"a": {"b": 1, "b": 2}}', "$.a: the key “b” stands here more than once."),
        (b'{"a": [NaN]}', "$.a[0]: NaN is not a number that can be kept."),
        (b'{"a": -Infinity}', "$.a: -Infinity is not a number that can be kept."),
        (b'{"a": 1e999}', "$.a: 1e999 is not a number that can be kept."),
        (b'{"a": ' + b"9" * 5000 + b"}", "$.a: 99999999999999999... is not a number that can be kept."),
        (b'{"a b": "\\ud800"}', '$["a b"]: the text holds half a character (a lone surrogate); write it anew.'),
        (b" " * (LARGEST_FILE + 1), "$: the file is larger than 4 MB; a workshop's settings are a few kilobytes."),
    ],
)
def test_form_mistake_is_named(data: bytes, mistake: str) -> None:
    assert [str(found) for found in read_document(data)[1]] == [mistake]


@pytest.mark.parametrize("data", [b"[]", b"7", b'"x"', b"null"])
def test_file_is_one_object(data: bytes) -> None:
    with pytest.raises(WorkshopFileRefused) as refused:
        parse_workshop_file(data)
    assert [mistake.path for mistake in refused.value.mistakes] == ["$"]


def test_byte_order_mark_is_no_mistake() -> None:
    assert parse_workshop_file(json.dumps(SMALL).encode("utf-8-sig")) == parse_workshop_file(json.dumps(SMALL))


def test_quoted_brackets_are_not_nesting() -> None:
    assert read_document(json.dumps({"a": "[" * 100, "b": '\\"[[' * 50})) == ({"a": "[" * 100, "b": '\\"[[' * 50}, [])


def test_unfinished_text_is_read_in_one_go() -> None:
    assert [found.path for found in read_document('{"a": "' + '\\"' * 500_000)[1]] == ["$"]
