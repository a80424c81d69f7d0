"""Where each app's addresses hang."""

from django.contrib import admin
from django.urls import include, path

from syntagen.health import show_health, show_readiness

urlpatterns = [
    path("healthz", show_health, name="healthz"),
    path("readyz", show_readiness, name="readyz"),
    path("accounts/", include("allauth.urls")),
    path("admin/", admin.site.urls),
    path("", include("program.urls")),
    path("", include("papers.urls")),
]
