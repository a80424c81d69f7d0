"""What a Range header asks for, as a table."""

import pytest

from papers.byte_ranges import NOTHING, ByteRange, is_range_wanted, read_range

WHOLE = None


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("", WHOLE),
        ("bytes=0-0", ByteRange(0, 1)),
        ("bytes=0-99", ByteRange(0, 100)),
        ("bytes=0-100", ByteRange(0, 100)),
        ("bytes=10-19", ByteRange(10, 20)),
        ("bytes=99-99", ByteRange(99, 100)),
        ("bytes=50-", ByteRange(50, 100)),
        ("bytes=-1", ByteRange(99, 100)),
        ("bytes=-100", ByteRange(0, 100)),
        ("bytes=-1000", ByteRange(0, 100)),
        ("BYTES = 1 - 2 ", ByteRange(1, 3)),
        ("bytes=100-", NOTHING),
        ("bytes=100-200", NOTHING),
        ("bytes=-0", NOTHING),
        ("bytes=9999999999999999999-", NOTHING),
        ("bytes=2-1", WHOLE),
        ("bytes=-", WHOLE),
        ("bytes=", WHOLE),
        ("bytes=a-b", WHOLE),
        ("bytes=0-1,5-6", WHOLE),
        ("bytes=--5", WHOLE),
        ("bytes=1-2-3", WHOLE),
        ("items=0-1", WHOLE),
        ("0-1", WHOLE),
        ("bytes=0x0-0x1", WHOLE),
        ("bytes=\u0661-\u0662", WHOLE),
        ("bytes=99999999999999999999999999999-", WHOLE),
    ],
)
def test_range(header: str, expected: ByteRange | None) -> None:
    assert read_range(header, 100) == expected


@pytest.mark.parametrize("header", ["bytes=0-", "bytes=0-0", "bytes=-5"])
def test_nothing_of_an_empty_file_can_be_sent(header: str) -> None:
    assert read_range(header, 0) == NOTHING


def test_size_is_what_lies_between() -> None:
    assert ByteRange(10, 20).size == 10


@pytest.mark.parametrize(
    ("if_range", "expected"),
    [("", True), ('"abc"', True), (' "abc" ', True), ('"other"', False), ('W/"abc"', False), ("Sat, 21 Nov 2026", False)],
)
def test_range_counts_for_this_very_content_only(if_range: str, *, expected: bool) -> None:
    assert is_range_wanted(if_range, '"abc"') is expected
