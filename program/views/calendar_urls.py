"""The addresses of calendars."""

from django.urls import path

from program.views.calendars import (
    download_calendar,
    download_own_calendar,
    post_author_revocation,
    post_person_revocation,
    show_author_calendar,
    show_person_calendar,
)

urlpatterns = [
    path("p/<slug:slug>/program.ics", download_calendar, name="program-ics"),
    path("p/<slug:slug>/program/<str:token>.ics", download_own_calendar, name="own-program-ics"),
    path("w/<slug:slug>/me/calendar", show_author_calendar, name="author-calendar"),
    path("w/<slug:slug>/me/calendar/revoke", post_author_revocation, name="revoke-author-calendar"),
    path("people/page/<int:pk>/calendar", show_person_calendar, name="person-calendar"),
    path("people/page/<int:pk>/calendar/revoke", post_person_revocation, name="revoke-person-calendar"),
]
