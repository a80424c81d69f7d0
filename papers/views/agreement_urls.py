"""The addresses of the agreement with OpenReview."""

from django.urls import path

from papers.views.agreement import download_decision_file, post_taken_decision, show_agreement, show_decision_file, show_words
from papers.views.pushes import post_confirmation, show_push

urlpatterns = [
    path("w/<slug:slug>/agreement/", show_agreement, name="agreement"),
    path("w/<slug:slug>/agreement/papers/<int:pk>/take", post_taken_decision, name="take-upstream-decision"),
    path("w/<slug:slug>/agreement/words/", show_words, name="agreement-words"),
    path("w/<slug:slug>/agreement/file/", show_decision_file, name="agreement-file"),
    path("w/<slug:slug>/agreement/file/openreview-decisions.csv", download_decision_file, name="download-decision-file"),
    path("w/<slug:slug>/agreement/push/", show_push, name="push-decisions"),
    path("w/<slug:slug>/agreement/push/<int:pk>/confirm", post_confirmation, name="confirm-push"),
]
