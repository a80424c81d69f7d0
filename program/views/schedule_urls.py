"""The addresses of the schedule's editor."""

from django.urls import path

from program.views.schedule_draft import post_moves, post_redo, post_undo, show_draft, show_edits
from program.views.schedule_items import post_act, show_additions, show_frame, show_item, show_paper_item

urlpatterns = [
    path("w/<slug:slug>/schedule/draft", show_draft, name="schedule-draft"),
    path("w/<slug:slug>/schedule/edits", show_edits, name="schedule-edits"),
    path("w/<slug:slug>/schedule/moves", post_moves, name="schedule-moves"),
    path("w/<slug:slug>/schedule/undo", post_undo, name="schedule-undo"),
    path("w/<slug:slug>/schedule/redo", post_redo, name="schedule-redo"),
    path("w/<slug:slug>/schedule/act", post_act, name="schedule-act"),
    path("w/<slug:slug>/schedule/add", show_additions, name="schedule-add"),
    path("w/<slug:slug>/schedule/frame", show_frame, name="schedule-frame"),
    path("w/<slug:slug>/schedule/items/<slug:uid>/", show_item, name="schedule-item"),
    path("w/<slug:slug>/schedule/papers/<int:pk>/", show_paper_item, name="schedule-paper"),
]
