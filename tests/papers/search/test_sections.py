"""The text in which searches look, and its rewriting for papers of before."""

import re
from importlib import import_module
from typing import Any

import pytest
from django.apps import apps

from papers.arrivals import fold_for_search
from papers.models import Paper
from tests.papers.search.cast import make_desk


@pytest.mark.parametrize(
    ("extras", "topics"),
    [
        ({"primary_area": "Vidéo"}, "video"),
        ({"subject_areas": {"value": ["A", "B"]}, "Topics": ["C", {"value": "D"}]}, "a; b; c; d"),
        ({"research_area": None, "category": 3, "areas_of_doubt": "E"}, "e"),
        ({"research": "no area", "shared": "x", "title_area_": "F"}, "f"),
        ({}, ""),
    ],
)
def test_text_has_its_sections(extras: dict[str, object], topics: str) -> None:
    authors: list[dict[str, Any]] = [
        {"name": "Ada Ünal", "institutions": [{"name": "TU", "domain": "tu.example"}, {"name": None}]},
        {"name": "Bob", "institutions": [{"name": "TU", "domain": "tu.example"}]},
    ]
    text = fold_for_search("A\x01 Title", "Abstract\x02", tldr="Short", keywords=["K1", "K 2"], authors=authors, extras=extras)
    expected = ["a title", "abstract", "k1; k 2", "ada unal; bob", "tu tu.example;", "short", topics]
    assert [part.strip() for part in re.split("[\x01-\x06]", text)] == expected


@pytest.mark.django_db
def test_papers_of_before_get_the_same_text() -> None:
    desk = make_desk()
    before = dict(Paper.objects.values_list("number", "search_text"))
    Paper.objects.filter(workshop=desk.workshop).update(search_text="title ada author 1 abstract")
    import_module("papers.migrations.0014_search_sections").write_search_texts(apps, None)
    assert dict(Paper.objects.values_list("number", "search_text")) == before
