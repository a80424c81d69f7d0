"""The addresses of authors."""

from django.urls import path

from papers.views.author import show_my_papers, show_own_paper, show_own_papers
from papers.views.duties import (
    post_attendance,
    post_confirmation,
    post_presenter,
    post_proceedings,
    post_withdrawn_attendance,
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
]
