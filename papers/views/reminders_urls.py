"""The addresses of chasing and reminders."""

from django.urls import path

from papers.views.chasing import show_chase
from papers.views.reminders import (
    post_notices,
    post_quiet_hours,
    post_removed_rule,
    post_rule,
    post_rule_off,
    post_rule_on,
    post_started_reminders,
    post_stopped_reminders,
    show_reminders,
)

urlpatterns = [
    path("w/<slug:slug>/chase/", show_chase, name="chase"),
    path("w/<slug:slug>/reminders/", show_reminders, name="reminders"),
    path("w/<slug:slug>/reminders/start", post_started_reminders, name="start-reminders"),
    path("w/<slug:slug>/reminders/stop", post_stopped_reminders, name="stop-reminders"),
    path("w/<slug:slug>/reminders/quiet", post_quiet_hours, name="set-quiet-hours"),
    path("w/<slug:slug>/reminders/notices", post_notices, name="set-notices"),
    path("w/<slug:slug>/reminders/rules/add", post_rule, name="add-reminder-rule"),
    path("w/<slug:slug>/reminders/rules/<int:pk>/on", post_rule_on, name="switch-rule-on"),
    path("w/<slug:slug>/reminders/rules/<int:pk>/off", post_rule_off, name="switch-rule-off"),
    path("w/<slug:slug>/reminders/rules/<int:pk>/remove", post_removed_rule, name="remove-reminder-rule"),
]
