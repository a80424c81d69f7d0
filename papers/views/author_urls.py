"""The addresses of authors."""

from django.urls import path

from papers.views.author import show_my_papers, show_own_paper, show_own_papers
from papers.views.change_requests import post_grant, post_refusal, show_requests
from papers.views.duties import (
    post_attendance,
    post_presenter,
    post_proceedings,
    post_withdrawn_attendance,
)
from papers.views.metadata import (
    post_authors_request,
    post_confirmation,
    post_metadata,
    post_title_request,
    post_withdrawn_request,
    show_metadata,
)

author_urls = [
    path("me/papers/", show_my_papers, name="my-papers"),
    path("w/<slug:slug>/me/", show_own_papers, name="author-home"),
    path("w/<slug:slug>/me/papers/<int:pk>/", show_own_paper, name="author-paper"),
    path("w/<slug:slug>/me/papers/<int:pk>/presenter", post_presenter, name="name-presenter"),
    path("w/<slug:slug>/me/papers/<int:pk>/attendance", post_attendance, name="confirm-attendance"),
    path("w/<slug:slug>/me/papers/<int:pk>/attendance/withdraw", post_withdrawn_attendance, name="withdraw-attendance"),
    path("w/<slug:slug>/me/papers/<int:pk>/proceedings", post_proceedings, name="choose-proceedings"),
    path("w/<slug:slug>/me/papers/<int:pk>/metadata/", show_metadata, name="author-metadata"),
    path("w/<slug:slug>/me/papers/<int:pk>/metadata/confirm", post_confirmation, name="confirm-metadata"),
    path("w/<slug:slug>/me/papers/<int:pk>/metadata/correct", post_metadata, name="correct-metadata"),
    path("w/<slug:slug>/me/papers/<int:pk>/metadata/title", post_title_request, name="request-title"),
    path("w/<slug:slug>/me/papers/<int:pk>/metadata/authors", post_authors_request, name="request-authors"),
    path("w/<slug:slug>/me/papers/<int:pk>/metadata/<slug:field>/withdraw", post_withdrawn_request, name="withdraw-request"),
    path("w/<slug:slug>/requests/", show_requests, name="change-requests"),
    path("w/<slug:slug>/requests/<int:pk>/grant", post_grant, name="grant-request"),
    path("w/<slug:slug>/requests/<int:pk>/refuse", post_refusal, name="refuse-request"),
]
