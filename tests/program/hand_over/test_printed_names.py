"""Where printed names split."""

import pytest

from papers.models import HistoryLine
from papers.name_splits import confirm_names
from program.hand_over.printed_names import PrintedName, find_printed_name, read_confirmed_names
from tests.factories import make_user, make_workshop


@pytest.mark.parametrize(
    ("name", "given", "family", "source"),
    [
        ("Ada Author", "Ada", "Author", "guessed"),
        ("Vincent van Gogh", "Vincent", "van Gogh", "guessed"),
        ("Sammy Davis Jr.", "Sammy", "Davis Jr.", "guessed"),
        ("Plato", "", "Plato", "guessed"),
        ("Li, Ning", "Ning", "Li", "upstream"),
        ("Sammy Davis, Jr.", "Sammy", "Davis Jr.", "guessed"),
        (",", "", "", "guessed"),
    ],
)
def test_name_splits_and_says_who_says_so(name: str, given: str, family: str, source: str) -> None:
    found = find_printed_name(name, {})
    assert (found.given, found.family, str(found.source)) == (given, family, source)


@pytest.mark.django_db
def test_confirmed_name_counts_from_then_on() -> None:
    workshop, olga = make_workshop(), make_user("olga@example.org")
    assert confirm_names(workshop, {"Mies van der Rohe": "Mies van der Rohe", "Ada Author": "Author"}, by=olga) == 2
    assert confirm_names(workshop, {"Ada Author": "Ada"}, by=olga) == 1
    assert confirm_names(workshop, {"Ada Author": "Ada"}, by=olga) == 0
    confirmed = read_confirmed_names(workshop)
    assert find_printed_name("Ada  Author", confirmed) == PrintedName("Ada Author", "Author", "Ada", "confirmed")  # type: ignore[arg-type]
    assert sorted(confirmed) == ["Ada Author", "Mies van der Rohe"]
    assert read_confirmed_names(make_workshop()) == {}
    line = HistoryLine.objects.earliest("-id")
    assert line is not None
    assert (line.action, line.by, line.note, line.before, line.after) == (
        "confirmed name",
        olga,
        "Ada Author",
        {"given": "Ada", "family": "Author"},
        {"given": "Author", "family": "Ada"},
    )
