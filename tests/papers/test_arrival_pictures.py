"""The picture of how files came in."""

import datetime as dt

from papers.arrival_pictures import draw_arrivals

START = dt.datetime(2026, 4, 1, tzinfo=dt.UTC)
DAY = dt.timedelta(days=1)


def test_line_rises_with_each_file_and_ends_now() -> None:
    picture = draw_arrivals([START + 2 * DAY, START + DAY], total=4, deadlines=[START + 8 * DAY], starts_at=START, now=START + 4 * DAY)
    assert picture is not None
    assert picture.line == "M0 158.0H80.0V121.0H160.0V84.0H320.0"
    assert picture.area == f"{picture.line}V158.0H0z"
    assert [(mark.x, mark.is_left) for mark in picture.deadlines] == [(640.0, True)]
    assert picture.now is not None
    assert (picture.now.x, picture.text) == (320.0, "2 of 4 files are here, 2 of them before the last deadline.")


def test_after_the_deadline_late_files_are_told_apart() -> None:
    came = [START + DAY, START + 4 * DAY]
    picture = draw_arrivals(came, total=2, deadlines=[START + 2 * DAY], starts_at=START, now=START + 9 * DAY)
    assert picture is not None
    assert (picture.text, picture.now, picture.ends_at) == (
        "2 of 2 files are here, 1 of them before the last deadline.",
        None,
        START + 4 * DAY,
    )


def test_line_of_many_files_has_no_more_steps_than_places() -> None:
    came = [START + DAY * (place / 1000) for place in range(8000)]
    picture = draw_arrivals(came, total=8000, deadlines=[START + 8 * DAY], starts_at=START, now=START + 8 * DAY)
    assert picture is not None
    assert (picture.line.count("V"), picture.line.endswith("H640V10.0H640")) == (641, True)


def test_nothing_to_draw() -> None:
    assert draw_arrivals([], total=0, deadlines=[START], starts_at=START, now=START) is None
    assert draw_arrivals([START], total=1, deadlines=[], starts_at=START, now=START) is None
    picture = draw_arrivals([], total=1, deadlines=[START], starts_at=START, now=START)
    assert picture is not None
    assert picture.line == "M0 158.0H0.0"


def test_no_more_than_four_deadlines_are_marked() -> None:
    picture = draw_arrivals([], total=1, deadlines=[START + day * DAY for day in range(9)], starts_at=START, now=START)
    assert picture is not None
    assert [mark.at for mark in picture.deadlines] == [START + day * DAY for day in (5, 6, 7, 8)]
