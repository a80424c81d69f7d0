"""Whether the process lives and can do its work."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.files.storage import default_storage
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, JsonResponse
from django.utils.module_loading import import_string


@login_not_required
def show_health(request: HttpRequest) -> JsonResponse:
    """Answer that the process runs."""
    return JsonResponse({"ok": True})


@login_not_required
def show_readiness(request: HttpRequest) -> JsonResponse:
    """Answer 200 when database, migrations and storage are in order, else 503 with what is not.

    The notes of `settings.READINESS_NOTES` are told without making the process unready.
    """
    checks = {"database": _check_database(), "storage": _check_storage()}
    is_ready = all(value == "ok" for value in checks.values())
    notes = {name: import_string(path)() for name, path in settings.READINESS_NOTES.items()} if is_ready else {}
    return JsonResponse({"ok": is_ready, **checks, **notes}, status=200 if is_ready else 503)


def _check_database() -> str:
    try:
        executor = MigrationExecutor(connection)
        missing = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError:
        return "cannot be reached"
    return "migrations are missing" if missing else "ok"


def _check_storage() -> str:
    try:
        default_storage.exists("readiness")
    except OSError:
        return "cannot be reached"
    return "ok"
