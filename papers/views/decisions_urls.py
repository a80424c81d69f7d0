"""The addresses under which papers are decided."""

from django.urls import path

from papers.views.batches import post_undo, show_batch, show_batches
from papers.views.bulk_decisions import post_apply, post_table, show_decide, show_preview
from papers.views.decisions import post_decision, post_revocation
from papers.views.what_if import show_what_if

urlpatterns = [
    path("w/<slug:slug>/papers/<int:pk>/decide", post_decision, name="decide-paper"),
    path("w/<slug:slug>/papers/<int:pk>/revoke", post_revocation, name="revoke-decision"),
    path("w/<slug:slug>/decide/", show_decide, name="decide-many"),
    path("w/<slug:slug>/decide/table", post_table, name="decide-table"),
    path("w/<slug:slug>/decide/preview/", show_preview, name="decide-preview"),
    path("w/<slug:slug>/decide/apply", post_apply, name="decide-apply"),
    path("w/<slug:slug>/what-if/", show_what_if, name="what-if"),
    path("w/<slug:slug>/batches/", show_batches, name="batch-list"),
    path("w/<slug:slug>/batches/<int:pk>/", show_batch, name="batch"),
    path("w/<slug:slug>/batches/<int:pk>/undo", post_undo, name="batch-undo"),
]
