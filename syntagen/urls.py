"""Where each app's addresses hang."""

from allauth.account.decorators import secure_admin_login
from django.contrib import admin
from django.urls import include, path

from syntagen.health import show_health, show_readiness

# the admin, too, is entered through the one door with its limits and second factors
admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]

urlpatterns = [
    path("healthz", show_health, name="healthz"),
    path("readyz", show_readiness, name="readyz"),
    path("accounts/", include("allauth.urls")),
    path("admin/", admin.site.urls),
    path("", include("program.urls")),
    path("", include("papers.urls")),
]
