"""The addresses of OpenReview's files, and of metadata that differs between its sides."""

from django.urls import path

from papers.views.upstream_files import post_file_confirmation, post_file_source, show_differences, show_file_import

upstream_urls = [
    path("w/<slug:slug>/camera-ready/openreview/", show_file_import, name="file-import"),
    path("w/<slug:slug>/camera-ready/openreview/fields", post_file_source, name="file-source"),
    path("w/<slug:slug>/camera-ready/openreview/<int:pk>/confirm", post_file_confirmation, name="confirm-file-import"),
    path("w/<slug:slug>/metadata/", show_differences, name="metadata-differences"),
]
