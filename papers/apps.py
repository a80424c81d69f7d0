"""The papers app."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class PapersConfig(AppConfig):
    """Names the app for Django."""

    name = "papers"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Listen to sign-ins; load what every app adds: kinds of background work, and what depends on changes that are undone."""
        from papers.sign_ins import connect_sign_ins  # the models are there only by now

        connect_sign_ins()
        autodiscover_modules("job_kinds", "dependents")
