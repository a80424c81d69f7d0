"""Corrections that organizers make here."""

from typing import Any

import pytest

from papers.arrivals import read_local
from papers.authorship import replace_authors
from papers.editing import edit_paper
from papers.errors import Refusal
from papers.models import Author, HistoryLine, Paper, User, Workshop
from tests.factories import make_paper


@pytest.fixture
def paper(workshop: Workshop) -> Paper:
    paper = make_paper(workshop, authors=(), title="First title", abstract="First words", search_text="old")
    replace_authors(paper, [{"name": "Ada Author", "profile_id": "~Ada_Author1"}, {"name": "Bob Author", "email": "bob@example.org"}])
    return paper


def list_lines(paper: Paper) -> list[tuple[Any, ...]]:
    return list(
        HistoryLine.objects.filter(paper=paper).order_by("pk").values_list("action", "by__email", "field", "before", "after", "note")
    )


@pytest.mark.parametrize(
    ("field", "value", "before", "after"),
    [
        ("title", "  Second\u00a0title ", "First title", "Second title"),
        ("abstract", "Second\r\nwords ", "First words", "Second\nwords"),
        ("track", "short", "full", "short"),
        ("track", None, "full", None),
        ("track", "", "full", None),
        ("wants_proceedings", True, None, True),
        ("wants_proceedings", False, None, False),
    ],
)
def test_correction_is_in_force_with_a_line(paper: Paper, olga: User, field: str, value: Any, before: Any, after: Any) -> None:
    assert edit_paper(paper, field=field, value=value, by=olga) is True
    held = Paper.objects.get()
    assert read_local(held)[field] == after
    assert list_lines(paper) == [("corrected", "olga@example.org", field, before, after, "")]


@pytest.mark.parametrize(
    ("field", "value"), [("title", " First  title"), ("abstract", "First words"), ("track", "full"), ("wants_proceedings", None)]
)
def test_correction_to_what_it_is_changes_nothing(paper: Paper, olga: User, field: str, value: Any) -> None:
    assert edit_paper(paper, field=field, value=value, by=olga) is False
    assert list_lines(paper) == []


def test_title_and_authors_are_found_by_the_search(paper: Paper, olga: User) -> None:
    edit_paper(paper, field="title", value="Zèbra", by=olga)
    assert Paper.objects.get().search_text == "zebra\x01first words\x02\x03ada author; bob author\x04\x05\x06"
    edit_paper(paper, field="authors", value=["Eve Else"], by=olga)
    assert Paper.objects.get().search_text == "zebra\x01first words\x02\x03eve else\x04\x05\x06"


def test_authors_by_name_keep_who_they_are(paper: Paper, olga: User) -> None:
    ada, bob = paper.authors.all()
    edit_paper(paper, field="authors", value=["Bob Author", "New Author", "Ada Author"], by=olga)
    rows = list(Author.objects.filter(paper=paper).order_by("position").values_list("name", "profile_id", "email"))
    assert rows == [("Bob Author", "", "bob@example.org"), ("New Author", "", ""), ("Ada Author", "~Ada_Author1", "")]
    assert [author.pk for author in paper.authors.filter(name__in=["Ada Author", "Bob Author"])] == [bob.pk, ada.pk]


def test_author_may_be_renamed_with_profile_and_mail(paper: Paper, olga: User) -> None:
    ada = paper.authors.first()
    value = [{"name": "Ada B. Author", "profile_id": "~Ada_Author1", "email": ""}, {"name": "Bob Author", "email": "bob@example.org"}]
    edit_paper(paper, field="authors", value=value, by=olga)
    renamed = paper.authors.first()
    assert (renamed and renamed.pk, renamed and renamed.name) == (ada and ada.pk, "Ada B. Author")


def test_track_that_leaves_no_choice_takes_the_choice_along(paper: Paper, olga: User) -> None:
    edit_paper(paper, field="wants_proceedings", value=True, by=olga)
    edit_paper(paper, field="track", value="short", by=olga)
    assert Paper.objects.get().wants_proceedings is None
    assert list_lines(paper)[1:] == [
        ("corrected", "olga@example.org", "wants_proceedings", True, None, "Short papers leave no choice"),
        ("corrected", "olga@example.org", "track", "full", "short", ""),
    ]


REFUSED: list[tuple[str, Any, str]] = [
    ("title", " \u200b ", "A paper needs a title."),
    ("authors", [], "A paper needs authors, and every author a name."),
    ("authors", ["Ada Author", " "], "A paper needs authors, and every author a name."),
    ("authors", [{"email": "x@example.org"}], "A paper needs authors, and every author a name."),
    ("track", "demo", "Counted 2026 has no track 'demo'."),
    ("number", 7, "'number' can't be corrected here."),
]


@pytest.mark.parametrize(("field", "value", "sentence"), REFUSED)
def test_refused_correction_changes_nothing(paper: Paper, olga: User, field: str, value: Any, sentence: str) -> None:
    with pytest.raises(Refusal) as refusal:
        edit_paper(paper, field=field, value=value, by=olga)
    assert (str(refusal.value), list_lines(paper)) == (sentence, [])


@pytest.mark.parametrize(
    ("proceedings", "value", "sentence"),
    [
        ("none", True, "Full papers leave no choice: never in the proceedings."),
        ("all", False, "Full papers leave no choice: always in the proceedings."),
        ("none", False, None),
        ("all", True, None),
        ("option", True, None),
    ],
)
def test_choice_is_refused_where_the_track_offers_none(
    paper: Paper, olga: User, proceedings: str, value: bool, sentence: str | None
) -> None:
    paper.workshop.tracks.filter(slug="full").update(proceedings=proceedings)
    if sentence is None:
        assert edit_paper(paper, field="wants_proceedings", value=value, by=olga)
        return
    with pytest.raises(Refusal) as refusal:
        edit_paper(paper, field="wants_proceedings", value=value, by=olga)
    assert (str(refusal.value), Paper.objects.get().wants_proceedings) == (sentence, None)


def test_namesakes_are_two_people(workshop: Workshop) -> None:
    paper = make_paper(workshop, authors=())
    first, second = replace_authors(
        paper, [{"name": "Same Name", "profile_id": "~Same_Name1"}, {"name": "Same Name", "profile_id": "~Same_Name2"}]
    )
    swapped = [{"name": "Same Name", "profile_id": f"~Same_Name{place}"} for place in (2, 3, 1)]
    rows = replace_authors(paper, swapped)
    assert [row.pk for row in rows][::2] == [second.pk, first.pk]
    assert rows[1].pk not in {first.pk, second.pk}


def test_person_gets_a_profile_and_stays(workshop: Workshop) -> None:
    paper = make_paper(workshop, authors=())
    (first,) = replace_authors(paper, [{"name": "Ada Author", "email": "ada@example.org"}])
    (second,) = replace_authors(paper, [{"name": "Ada Author", "profile_id": "~Ada_Author1"}])
    (third,) = replace_authors(paper, [{"name": "Ada Author", "profile_id": "~Other1"}])
    assert (second.pk == first.pk, third.pk == second.pk) == (True, False)
