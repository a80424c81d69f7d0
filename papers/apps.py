"""The papers app."""

from django.apps import AppConfig


class PapersConfig(AppConfig):
    """Names the app for Django."""

    name = "papers"
    default_auto_field = "django.db.models.BigAutoField"
