"""The addresses of the hand-over."""

from django.urls import path

from program.views.hand_over import download_package, download_report, download_sheet, post_names, show_hand_over
from program.views.hand_over_settings import preview_hand_over, show_hand_over_settings

urlpatterns = [
    path("w/<slug:slug>/hand-over/", show_hand_over, name="hand-over"),
    path("w/<slug:slug>/hand-over/report.csv", download_report, name="hand-over-report"),
    path("w/<slug:slug>/hand-over/package.zip", download_package, name="hand-over-package"),
    path("w/<slug:slug>/hand-over/tables/<slug:name>", download_sheet, name="hand-over-table"),
    path("w/<slug:slug>/hand-over/names", post_names, name="confirm-names"),
    path("w/<slug:slug>/hand-over/settings/", show_hand_over_settings, name="hand-over-settings"),
    path("w/<slug:slug>/hand-over/settings/preview", preview_hand_over, name="preview-hand-over"),
]
