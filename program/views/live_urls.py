"""The addresses of the day itself."""

from django.urls import path

from program.views.live import (
    post_clearing,
    post_end,
    post_hiding,
    post_shift,
    post_start,
    post_telling,
    show_chair_sheet,
    show_live,
    show_shift,
)

urlpatterns = [
    path("w/<slug:slug>/schedule/live/", show_live, name="live"),
    path("w/<slug:slug>/schedule/live/start", post_start, name="live-start"),
    path("w/<slug:slug>/schedule/live/end", post_end, name="live-end"),
    path("w/<slug:slug>/schedule/live/take-back", post_clearing, name="live-clear"),
    path("w/<slug:slug>/schedule/live/tell", post_telling, name="live-tell"),
    path("w/<slug:slug>/schedule/live/hide", post_hiding, name="live-hide"),
    path("w/<slug:slug>/schedule/live/shift", show_shift, name="live-shift"),
    path("w/<slug:slug>/schedule/live/shift/publish", post_shift, name="live-publish"),
    path("w/<slug:slug>/schedule/live/chairs", show_chair_sheet, name="chair-sheet"),
]
