"""Corrections by authors: in force over imports, on record, refused where they need consent."""

import datetime as dt
from typing import Any

import pytest

from papers.attendance import name_presenter
from papers.corrections import AuthorWords, Corrections, correct_metadata
from papers.errors import Refusal, Refusals
from papers.metadata import digest_metadata
from papers.models import FieldConflict, HistoryLine, ImportantDate, Paper, Presenter, Topic, User, Workshop
from papers.name_splits import list_families
from tests.papers.handed_in import make_owing_paper

AFFILIATION = {"name": "Old Place", "domain": "old.example", "country": ""}


@pytest.fixture
def paper(workshop: Workshop, ada: User, olga: User) -> Paper:
    authors = ("Ada Author", "Bob Builder")
    paper = make_owing_paper(
        workshop, ada, by=olga, number=7, title="Counted Things", abstract="Few words.", keywords=["one"], authors=authors
    )
    paper.authors.filter(position=1).update(institutions=[AFFILIATION])
    return paper


def read(paper: Paper) -> Paper:
    return Paper.objects.get(pk=paper.pk)


def want(paper: Paper, **other: Any) -> Corrections:
    """Return what stands, with `other` in its place."""
    held = read(paper)
    authors = {
        author.pk: AuthorWords(author.name, tuple((place["name"], place.get("country", "")) for place in author.institutions))
        for author in held.authors.all()
    }
    values = {"title": held.title, "abstract": held.abstract, "keywords": tuple(held.keywords), "links": {}, "authors": authors}
    return Corrections(**{"seen": digest_metadata(held), **values, **other})


def freeze(workshop: Workshop) -> None:
    at = dt.datetime(2026, 4, 9, 6, 59, tzinfo=dt.UTC)
    ImportantDate.objects.create(workshop=workshop, kind="metadata", name="Metadata", at=at)


def test_nothing_changes_where_nothing_differs(paper: Paper, ada: User) -> None:
    before = HistoryLine.objects.count()
    assert correct_metadata(paper, want(paper), by=ada) is False
    assert correct_metadata(paper, want(paper, abstract="Few words. ", title=" Counted  Things"), by=ada) is False
    assert HistoryLine.objects.count() == before
    assert paper.authors.get(position=1).institutions == [AFFILIATION]


def test_corrections_are_in_force_and_on_record(paper: Paper, ada: User) -> None:
    first, second = paper.authors.order_by("position")
    name_presenter(paper, author=second, mode="remote", by=ada)
    authors = {
        first.pk: AuthorWords("Ada Author", (("Old Place", "Norway"), ("New Place", "")), "0000-0002-1825-0097"),
        second.pk: AuthorWords("Robert Builder"),
    }
    links = {"code": "https://example.org/code", "video": ""}
    wanted = want(paper, title="Counting", abstract="More words.", keywords=("two", "three"), links=links, authors=authors)
    assert correct_metadata(paper, wanted, by=ada) is True
    held = read(paper)
    assert (held.title, held.abstract, held.keywords) == ("Counting", "More words.", ["two", "three"])
    assert [(link.kind, link.url) for link in held.links.all()] == [("code", "https://example.org/code")]
    told = [(author.pk, author.name, author.orcid, author.institutions) for author in held.authors.order_by("position")]
    places = [{"name": "Old Place", "domain": "old.example", "country": "Norway"}, {"name": "New Place"}]
    assert told == [(first.pk, "Ada Author", "0000-0002-1825-0097", places), (second.pk, "Robert Builder", "", [])]
    assert Presenter.objects.get(paper=paper).author_id == second.pk
    assert [word in held.search_text for word in ("counting", "robert builder", "norway", "three", "new place")] == [True] * 2 + [False] + [
        True
    ] * 2
    lines = HistoryLine.objects.filter(paper=paper, action="corrected").order_by("pk")
    assert [(line.field, line.by) for line in lines] == [
        (field, ada) for field in ("title", "abstract", "keywords", "authors", "orcid", "links")
    ]
    assert correct_metadata(paper, want(paper, links={}, authors=authors), by=ada) is True
    assert list(read(paper).links.all()) == []


def test_difference_that_waits_learns_of_the_correction(paper: Paper, ada: User) -> None:
    upstream = [{"name": "Ada Author", "institutions": [AFFILIATION]}, {"name": "Robert Builder"}]
    waiting = FieldConflict.objects.create(paper=paper, field="authors", base=[], local=[], upstream=upstream)
    first, second = paper.authors.order_by("position")
    authors = {first.pk: AuthorWords("Ada Author", (("Old Place", ""),)), second.pk: AuthorWords("Robert Builder")}
    correct_metadata(paper, want(paper, authors=authors), by=ada)
    waiting.refresh_from_db()
    assert (waiting.resolved_by, waiting.local) == (ada, upstream)


@pytest.mark.parametrize(
    ("other", "sentence"),
    [
        ({"seen": "0" * 64}, "Somebody has changed the metadata since you opened the page. Read it again, then correct it."),
        ({"title": "  "}, "A paper needs a title."),
        ({"authors": {0: AuthorWords("Eve")}}, "The authors have changed since you opened the page. Open it again."),
        ({"links": {"code": "http://example.org"}}, "Code: The address begins with https://."),
    ],
)
def test_refusal_changes_nothing(paper: Paper, ada: User, other: dict[str, Any], sentence: str) -> None:
    with pytest.raises(Refusal) as refusal:
        correct_metadata(paper, want(paper, **{"abstract": "Changed.", **other}), by=ada)
    assert refusal.value.sentence == sentence
    assert read(paper).abstract == "Few words."


def test_author_keeps_a_name(paper: Paper, ada: User) -> None:
    author = paper.authors.get(position=2)
    with pytest.raises(Refusal, match=r"^Bob Builder needs a name: a paper's authors are printed by name\.$"):
        correct_metadata(paper, want(paper, authors={author.pk: AuthorWords(" ")}), by=ada)


def test_title_is_frozen_after_its_date(workshop: Workshop, paper: Paper, ada: User) -> None:
    freeze(workshop)
    with pytest.raises(Refusal, match=r"^The date for the title is over: ask the organizers for another one below\.$"):
        correct_metadata(paper, want(paper, title="Counting"), by=ada)
    assert correct_metadata(paper, want(paper, abstract="More words."), by=ada) is True


def test_stranger_corrects_nothing(paper: Paper, eve: User) -> None:
    with pytest.raises(Refusal, match=r"^Only its authors speak for paper 7\.$"):
        correct_metadata(paper, want(paper, abstract="Changed."), by=eve)
    assert read(paper).abstract == "Few words."


def test_contact_address_is_kept_apart_from_who_somebody_is(paper: Paper, ada: User) -> None:
    first, second = paper.authors.order_by("position")
    paper.authors.filter(pk=first.pk).update(email="ada@example.org")
    authors = {first.pk: AuthorWords("Ada Author", mail="Ada@Example.org"), second.pk: AuthorWords("Bob Builder", mail="Bob@Example.org")}
    assert correct_metadata(paper, want(paper, authors=authors), by=ada) is True
    assert list(paper.authors.order_by("position").values_list("email", "contact_email")) == [
        ("ada@example.org", ""),
        ("", "bob@example.org"),
    ]
    lines = HistoryLine.objects.filter(paper=paper, field="contact mail")
    assert [(line.by, line.after) for line in lines] == [(ada, "Bob Builder, bob@example.org")]
    without = {first.pk: AuthorWords("Ada Author"), second.pk: AuthorWords("Bob Builder")}
    assert correct_metadata(paper, want(paper, authors=without), by=ada) is False
    assert [author.mail for author in paper.authors.order_by("position")] == ["ada@example.org", "bob@example.org"]


def test_topic_is_one_of_the_call_and_is_found(workshop: Workshop, paper: Paper, ada: User) -> None:
    Topic.objects.create(workshop=workshop, position=1, text="Sorting Things")
    with pytest.raises(Refusal, match=r"^“Cooking” is no topic of Counted 2026\. Choose one of its list\.$"):
        correct_metadata(paper, want(paper, topic="Cooking"), by=ada)
    before = digest_metadata(read(paper))
    assert correct_metadata(paper, want(paper, topic=" Sorting  Things"), by=ada) is True
    held = read(paper)
    assert (held.topic, held.search_text.endswith("sorting things"), digest_metadata(held) == before) == ("Sorting Things", True, False)
    assert correct_metadata(paper, want(paper), by=ada) is False
    assert read(paper).topic == "Sorting Things"
    assert [(line.before, line.after) for line in HistoryLine.objects.filter(paper=paper, field="topic")] == [("", "Sorting Things")]


def test_author_says_where_a_name_splits(paper: Paper, ada: User, workshop: Workshop) -> None:
    first, second = paper.authors.order_by("position")
    authors = {first.pk: AuthorWords("Ada B. Author", family="B. Author"), second.pk: AuthorWords("Bob Builder")}
    assert correct_metadata(paper, want(paper, authors=authors), by=ada) is True
    assert list_families(workshop) == {"Ada B. Author": "B. Author"}
    assert correct_metadata(paper, want(paper, authors=authors), by=ada) is False
    wrong = {first.pk: AuthorWords("Ada Lovelace", family="Author"), second.pk: AuthorWords("Bob Builder")}
    with pytest.raises(Refusals) as refused:
        correct_metadata(paper, want(paper, authors=wrong), by=ada)
    assert refused.value.reasons == ["“Author” is not the end or the beginning of “Ada Lovelace”."]
    assert [author.name for author in paper.authors.order_by("position")] == ["Ada B. Author", "Bob Builder"]
