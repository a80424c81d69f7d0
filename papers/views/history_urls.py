"""Addresses of the history."""

from django.urls import path

from papers.views.history import export_history, export_paper_history, show_history, show_paper_history

urlpatterns = [
    path("w/<slug:slug>/history/", show_history, name="workshop-history"),
    path("w/<slug:slug>/history/export/<slug:name>", export_history, name="export-history"),
    path("w/<slug:slug>/papers/<int:pk>/history/", show_paper_history, name="paper-history"),
    path("w/<slug:slug>/papers/<int:pk>/history/export/<slug:name>", export_paper_history, name="export-paper-history"),
]
