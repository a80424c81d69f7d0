"""The addresses of a schedule's versions."""

from django.urls import path

from program.views.versions import post_publication, post_return, show_letters, show_versions

urlpatterns = [
    path("w/<slug:slug>/schedule/versions/", show_versions, name="schedule-versions"),
    path("w/<slug:slug>/schedule/publish", post_publication, name="publish-schedule"),
    path("w/<slug:slug>/schedule/publish/letters", show_letters, name="version-letters"),
    path("w/<slug:slug>/schedule/versions/<int:number>/return", post_return, name="return-version"),
]
