"""Where printed names split, as somebody said."""

import pytest

from papers.errors import Refusals
from papers.models import NameSplit
from papers.name_splits import confirm_names, list_families, split_at_family
from tests.factories import make_user, make_workshop


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
def test_wrong_family_keeps_nothing() -> None:
    workshop, olga = make_workshop(), make_user("olga@example.org")
    with pytest.raises(Refusals) as refused:
        confirm_names(workshop, {"Ada Author": "Author", "Cy Author": "Lovelace", "Di Author": ""}, by=olga)
    assert refused.value.reasons == [
        "“Lovelace” is not the end or the beginning of “Cy Author”.",
        "“” is not the end or the beginning of “Di Author”.",
    ]
    assert not NameSplit.objects.exists()


@pytest.mark.django_db
def test_families_are_told_by_name_in_their_workshop() -> None:
    workshop, ada = make_workshop(), make_user("ada@example.org")
    confirm_names(workshop, {"Ada B.  Author": "B. Author"}, by=ada)
    assert (list_families(workshop), list_families(make_workshop())) == ({"Ada B. Author": "B. Author"}, {})
