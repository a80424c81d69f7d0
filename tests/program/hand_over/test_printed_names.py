"""Where printed names split."""

import pytest

from papers.errors import Refusals
from papers.models import HistoryLine, NameSplit
from program.hand_over.printed_names import PrintedName, confirm_names, find_printed_name, read_confirmed_names, split_at_family
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


@pytest.mark.parametrize(
    ("name", "family", "parts"),
    [
        ("Ludwig Mies van der Rohe", "Mies van der Rohe", ("Ludwig", "Mies van der Rohe")),
        ("Nguyễn Văn An", "Nguyễn", ("Văn An", "Nguyễn")),
        ("Plato", "Plato", ("", "Plato")),
        ("Ada  Author", " Author ", ("Ada", "Author")),
        ("Ada Author", "Auth", None),
        ("Ada B. Author", "B.", None),
        ("Ada Author", "", None),
        ("Ada Author", "Lovelace", None),
    ],
)
def test_family_is_the_end_or_the_beginning(name: str, family: str, parts: tuple[str, str] | None) -> None:
    assert split_at_family(name, family) == parts


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


@pytest.mark.django_db
def test_wrong_family_keeps_nothing() -> None:
    workshop, olga = make_workshop(), make_user("olga@example.org")
    with pytest.raises(Refusals) as refused:
        confirm_names(workshop, {"Ada Author": "Author", "Cy Author": "Lovelace", "Di Author": ""}, by=olga)
    assert refused.value.reasons == [
        "“Lovelace” is not the end or the beginning of “Cy Author”.",
        "“” is not the end or the beginning of “Di Author”.",
    ]
    assert not NameSplit.objects.exists()
