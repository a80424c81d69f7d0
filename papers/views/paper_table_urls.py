"""The addresses of the paper table."""

from django.urls import path

from papers.views.inline_decision import show_inline_decision
from papers.views.paper_figures import show_figures
from papers.views.paper_list import show_papers
from papers.views.saved_views import post_deleted_view, post_renamed_view, post_saved_view, post_updated_view
from papers.views.table_export import export_table
from papers.views.table_letter import post_letter

urlpatterns = [
    path("w/<slug:slug>/papers/", show_papers, name="paper-list"),
    path("w/<slug:slug>/papers/figures/", show_figures, name="paper-figures"),
    path("w/<slug:slug>/papers/export/", export_table, name="table-export"),
    path("w/<slug:slug>/papers/letter", post_letter, name="letter-selected"),
    path("w/<slug:slug>/papers/<int:pk>/inline-decision", show_inline_decision, name="inline-decision"),
    path("w/<slug:slug>/papers/views/save", post_saved_view, name="save-view"),
    path("w/<slug:slug>/papers/views/<int:pk>/update", post_updated_view, name="update-view"),
    path("w/<slug:slug>/papers/views/<int:pk>/rename", post_renamed_view, name="rename-view"),
    path("w/<slug:slug>/papers/views/<int:pk>/delete", post_deleted_view, name="delete-view"),
]
