"""The addresses of the program app."""

from django.urls import include, path

from program.views.exports import download_export, show_site
from program.views.home import show_home
from program.views.public import show_program
from program.views.schedule import post_release, show_schedule
from program.views.start import show_start

urlpatterns = [
    path("", show_start, name="home"),
    path("", include("program.views.settings_urls")),
    path("", include("program.views.people_urls")),
    path("", include("program.views.hand_over_urls")),
    path("", include("program.views.filling_urls")),
    path("", include("program.views.live_urls")),
    path("", include("program.views.version_urls")),
    path("", include("program.views.calendar_urls")),
    path("", include("program.views.schedule_urls")),
    path("p/<slug:slug>/program/", show_program, name="public-program"),
    path("w/<slug:slug>/", show_home, name="organizer-home"),
    path("w/<slug:slug>/schedule/", show_schedule, name="schedule"),
    path("w/<slug:slug>/schedule/release", post_release, name="release-schedule"),
    path("w/<slug:slug>/site/", show_site, name="site"),
    path("w/<slug:slug>/exports/<slug:name>", download_export, name="export"),
]
