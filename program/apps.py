"""The program app."""

from django.apps import AppConfig


class ProgramConfig(AppConfig):
    """Names the app for Django."""

    name = "program"
    default_auto_field = "django.db.models.BigAutoField"
