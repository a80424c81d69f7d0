"""What Django 6 has in itself and Django 5.2 has from a back-port of the same name."""

try:
    from django.tasks import task
except ImportError:
    from django_tasks import task  # type: ignore[no-redef]

__all__ = ["task"]
