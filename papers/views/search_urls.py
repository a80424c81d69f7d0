"""The addresses of the search."""

from django.urls import path

from papers.views.search import complete, complete_in_public

search_urls = [
    path("w/<slug:slug>/search/completion", complete, name="search-completion"),
    path("p/<slug:slug>/papers/completion", complete_in_public, name="public-search-completion"),
]
