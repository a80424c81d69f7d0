"""What stands around the rows of the paper table: searches, headings, columns, views, files, pictures."""

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from papers.models import Role, SavedView, User, Workshop
from papers.paper_table import pages
from papers.paper_table.columns import COLUMNS
from tests.factories import accept, join_workshop, make_paper, make_user
from tests.papers.paper_table.rated_papers import conflict, handle, make_rated, review


def get(client: Client, workshop: Workshop, query: str = "", name: str = "paper-list", **headers: str) -> Any:
    return client.get(reverse(name, args=[workshop.slug]) + query, headers=headers)


@pytest.fixture
def signed_in(client: Client, olga: User) -> Client:
    client.force_login(olga)
    return client


def test_searches_are_offered_with_their_counts(signed_in: Client, workshop: Workshop, olga: User) -> None:
    accept(review(make_paper(workshop), 5, 5, 5))
    waiting = review(make_paper(workshop, track=workshop.tracks.get(slug="short")), 5)
    handle(waiting, olga)
    make_paper(workshop, standing="withdrawn")
    chips = get(signed_in, workshop, "?q=dec:none&sort=-mean").context["chips"]
    assert [(chip.label, chip.count, chip.href, chip.is_current) for chip in chips] == [
        ("All", 3, "?sort=-mean", False),
        ("Undecided", 1, "?q=dec:none&sort=-mean", True),
        ("Accepted", 1, "?q=dec:accept&sort=-mean", False),
        ("Not released", 1, "?q=is:unreleased&sort=-mean", False),
        ("Waiting for me", 1, "?q=is:waiting&sort=-mean", False),
        ("Too few reviews", 1, "?q=is:underreviewed&sort=-mean", False),
        ("Full papers", 2, "?q=track:full&sort=-mean", False),
        ("Short papers", 1, "?q=track:short&sort=-mean", False),
    ]


def test_headings_say_and_change_the_order(signed_in: Client, workshop: Workshop) -> None:
    make_paper(workshop)
    heads = get(signed_in, workshop, "?columns=number,title,scores,mean&sort=-mean,title").context["heads"]
    assert [
        (head.column.name, head.direction, head.place, head.href.split("sort=")[-1], head.add_href.split("sort=")[-1]) for head in heads
    ] == [
        ("number", "none", None, "?columns=number,title,scores,mean", "-mean,title,number"),
        ("title", "ascending", 2, "title", "-mean,-title"),
        ("scores", "none", None, "", ""),
        ("mean", "descending", 1, "-mean", "mean,title"),
    ]


def test_chosen_columns_get_one_address(signed_in: Client, workshop: Workshop) -> None:
    response = get(signed_in, workshop, "?q=dec:none&column=mean&column=title&column=nonsense&sort=-mean")
    assert (response.status_code, response["Location"]) == (302, f"/w/{workshop.slug}/papers/?q=dec:none&columns=mean,title&sort=-mean")
    shown = get(signed_in, workshop, "?columns=mean,title").context["choices"]
    assert [(choice.column.name, choice.is_shown, choice.earlier_href, choice.later_href) for choice in shown[:3]] == [
        ("mean", True, "", "?columns=title,mean"),
        ("title", True, "?columns=title,mean", ""),
        ("number", False, "", ""),
    ]
    assert {choice.column.name for choice in shown} == set(COLUMNS)


def test_further_pages_come_as_rows_alone(signed_in: Client, workshop: Workshop, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pages, "PAGE_LENGTH", 2)
    for title in ("One", "Two", "Three"):
        make_paper(workshop, title=title)
    whole = get(signed_in, workshop, "?page=2")
    rows = get(signed_in, workshop, "?page=2", **{"HX-Request": "true"})
    assert (whole["Vary"], rows["Vary"]) == ("HX-Request, Cookie", "HX-Request, Cookie")
    assert (b"<html" in whole.content, b"<html" in rows.content) == (True, False)
    assert re.findall(r"data-keys-open[^>]*>([^<]*)<", rows.content.decode()) == ["Three"]
    assert re.findall(r'<a rel="(\w+)" href="(.*?)"', whole.content.decode()) == [("prev", "?page=1")]
    first = get(signed_in, workshop, "?q=is:active").content.decode()
    assert 'hx-get="?q=is%3Aactive&amp;page=2"' in first


def test_mistake_in_a_search_is_shown(signed_in: Client, workshop: Workshop) -> None:
    make_paper(workshop, title="Not to be seen")
    response = get(signed_in, workshop, "?q=trakc:full")
    assert response.status_code == 422
    assert response.context["mistake"].suggestion == "track:full"
    assert b"Not to be seen" not in response.content


def test_saved_view_that_cannot_be_read_says_so(signed_in: Client, workshop: Workshop, olga: User) -> None:
    view = SavedView.objects.create(workshop=workshop, by=olga, name="Old", state={"q": "nonsense:1"})
    response = get(signed_in, workshop, f"?view={view.pk}")
    assert response.status_code == 422
    assert "This view was saved with a search that can't be read any more." in response.content.decode()


@pytest.mark.parametrize("query", ["", "?group=handler&sort=-mean", f"?columns={','.join(COLUMNS)}"])
def test_page_shows_a_sign_in_place_of_hidden_judgments(signed_in: Client, workshop: Workshop, olga: User, query: str) -> None:
    paper = make_rated(workshop, "Mine", 8.75)
    mats = make_user("mats@example.org", name="Mats Member")
    join_workshop(mats, workshop)
    handle(paper, mats)
    accept(paper, "oral")
    page = get(signed_in, workshop, query).content.decode()
    assert ("8.8" in page, "Mats Member" in page, 'badge is-violet">Oral' in page) == (True, True, True)
    conflict(paper, olga)
    page = get(signed_in, workshop, query).content.decode()
    assert ("8.8" in page, "8.75" in page, "Mats Member" in page, 'badge is-violet">Oral' in page) == (False, False, False, False)
    assert page.count(">Conflict</span>") >= 6


def test_ratings_are_drawn_with_their_words(signed_in: Client, workshop: Workshop) -> None:
    make_rated(workshop, "Rated", 4, 6, 7)
    page = get(signed_in, workshop).content.decode()
    assert re.findall(r'role="img" aria-label="(.*?)"', page) == ["4, 6, 7; mean 5.7"]


def test_assistant_sees_no_way_to_decide(client: Client, workshop: Workshop) -> None:
    assistant = make_user()
    join_workshop(assistant, workshop, Role.ASSISTANT)
    make_paper(workshop)
    client.force_login(assistant)
    page = get(client, workshop).content.decode()
    assert ("inline-decision" in page, "Decide…" in page, "XLSX" in page) == (False, False, True)


@pytest.mark.parametrize("name", ["Eve", "Hostile <script>alert(1)</script>"])
def test_hostile_titles_stay_text(signed_in: Client, workshop: Workshop, name: str) -> None:
    make_paper(workshop, title=name, authors=(name,), keywords=[name])
    page = get(signed_in, workshop, f"?columns={','.join(COLUMNS)}").content.decode()
    assert "<script>alert" not in page


def test_view_is_saved_changed_removed(signed_in: Client, workshop: Workshop) -> None:
    made = signed_in.post(reverse("save-view", args=[workshop.slug]), {"name": "Mine", "q": "dec:none", "sort": "-mean", "is_shared": "on"})
    view = SavedView.objects.get()
    assert made["Location"] == f"/w/{workshop.slug}/papers/?view={view.pk}"
    assert (view.name, view.is_shared, view.state["q"], view.state["sort"]) == ("Mine", True, "dec:none", "-mean")
    signed_in.post(reverse("update-view", args=[workshop.slug, view.pk]), {"q": "dec:accept"})
    signed_in.post(reverse("rename-view", args=[workshop.slug, view.pk]), {"name": "Private"})
    view.refresh_from_db()
    assert (view.name, view.is_shared, view.state["q"]) == ("Private", False, "dec:accept")
    signed_in.post(reverse("delete-view", args=[workshop.slug, view.pk]))
    assert not SavedView.objects.exists()


def test_view_without_a_name_is_refused(signed_in: Client, workshop: Workshop) -> None:
    response = signed_in.post(reverse("save-view", args=[workshop.slug]), {"name": "x" * 81})
    assert (response.status_code, b"A view needs a name of at most 80 characters." in response.content) == (409, True)


def test_private_view_of_another_is_not_there(signed_in: Client, workshop: Workshop) -> None:
    mats = make_user()
    join_workshop(mats, workshop)
    view = SavedView.objects.create(workshop=workshop, by=mats, name="Theirs")
    statuses = {
        name: signed_in.post(reverse(name, args=[workshop.slug, view.pk]), {"name": "x"}).status_code
        for name in ("update-view", "rename-view", "delete-view")
    }
    assert statuses == dict.fromkeys(("update-view", "rename-view", "delete-view"), 404)


def test_file_of_what_was_found(signed_in: Client, workshop: Workshop) -> None:
    accept(make_paper(workshop, title="In", authors=()))
    make_paper(workshop, title="Open", authors=())
    response = get(signed_in, workshop, "?q=dec:accept&columns=title&format=csv", name="table-export")
    assert response.getvalue().decode() == "Title,Authors,Standing\nIn,,Active\n"
    assert response["Content-Disposition"] == f'attachment; filename="{workshop.slug}-papers.csv"'


def test_file_of_what_is_selected(signed_in: Client, workshop: Workshop) -> None:
    first, second, _ = (make_paper(workshop, title=title, authors=()) for title in ("One", "Two", "Three"))
    values = {"paper": [second.pk, first.pk], "columns": "title", "format": "csv", "q": "dec:accept"}
    response = signed_in.post(reverse("table-export", args=[workshop.slug]), values)
    assert response.getvalue().decode() == "Title,Authors,Standing\nOne,,Active\nTwo,,Active\n"


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({}, "No paper is selected; tick some, or export all that were found."),
        ({"paper": "x"}, "“x” is not the key of a paper; go back to the table and select anew."),
        ({"everything": "on", "format": "pdf"}, "“pdf” is no format of this table; it can be csv, xlsx, json."),
        ({"everything": "on", "q": "(", "format": "csv"}, "A parenthesis opens here with nothing in it."),
    ],
)
def test_file_of_nothing_is_refused(signed_in: Client, workshop: Workshop, values: dict[str, str], sentence: str) -> None:
    response = signed_in.post(reverse("table-export", args=[workshop.slug]), values)
    assert (response.status_code, sentence in response.content.decode()) == (409, True)


def test_letter_about_the_selected_papers(signed_in: Client, workshop: Workshop) -> None:
    paper = make_paper(workshop, number=12)
    response = signed_in.post(reverse("letter-selected", args=[workshop.slug]), {"paper": paper.pk})
    assert response["Location"] == f"{reverse('add-letter', args=[workshop.slug])}?q=%2312"


@pytest.mark.parametrize(("headers", "is_page"), [({}, True), ({"HX-Request": "true"}, False)])
def test_pictures_come_as_a_page_or_alone(signed_in: Client, workshop: Workshop, headers: dict[str, str], is_page: bool) -> None:
    make_rated(workshop, "Rated", 4, 6)
    response = get(signed_in, workshop, "?q=dec:none", name="paper-figures", **headers)
    page = response.content.decode()
    assert ("<html" in page, "Mean ratings" in page) == (is_page, True)
    assert "?q=dec%3Anone%20rating%3E%3D5%20rating%3C5.5" in page


def test_pictures_of_a_mistaken_search_are_refused(signed_in: Client, workshop: Workshop) -> None:
    assert get(signed_in, workshop, "?q=(", name="paper-figures").status_code == 422


@pytest.mark.parametrize("count", [1, 3])
def test_pictures_ask_the_database_a_fixed_number_of_times(
    signed_in: Client, workshop: Workshop, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(count):
        accept(make_rated(workshop, "Rated", 4, 6))
    with django_assert_num_queries(15):
        get(signed_in, workshop, name="paper-figures")
