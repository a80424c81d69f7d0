"""Runs the import command, in this process or as a shell would."""

import contextlib
import io
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection

from standin import Standin
from tests.papers.standin_venues import CHAIR

ROOT = Path(__file__).resolve().parents[2]
Ended = tuple[int, str, str]


def run_command(standin: Standin, *arguments: str) -> Ended:
    """Run the command in this process; return exit code, all that reached stdout, progress with the refusal."""
    out, err, said, code = io.StringIO(), io.StringIO(), "", 0
    with contextlib.redirect_stdout(out):
        try:
            call_command("import_openreview", *arguments, "--base-url", standin.url, stdout=out, stderr=err)
        except CommandError as error:
            said, code = str(error), error.returncode
    return code, out.getvalue(), err.getvalue() + said


def run_in_shell(standin: Standin, *arguments: str, **environment: str) -> Ended:
    """Run manage.py in a process of its own on this test's database; return exit code, stdout, stderr."""
    done = subprocess.run(
        make_command(*arguments), env=make_environment(standin, **environment), capture_output=True, text=True, check=False
    )
    return done.returncode, done.stdout, done.stderr


def make_command(*arguments: str) -> list[str]:
    """Return the words of the command line."""
    return [sys.executable, str(ROOT / "manage.py"), "import_openreview", *arguments]


def make_environment(standin: Standin, **environment: str) -> dict[str, str]:
    """Return the environment of a shell whose product uses this test's database and the stand-in."""
    known = {name: value for name, value in os.environ.items() if not name.startswith(("OPENREVIEW_", "DATABASE_URL", "SYNTAGEN_"))}
    values: dict[str, Any] = connection.settings_dict
    host = f"{values['USER']}:{values['PASSWORD']}@{values['HOST']}:{values['PORT']}"
    given = {
        "DJANGO_SETTINGS_MODULE": "syntagen.settings",
        "DATABASE_URL": f"sqlite://{values['NAME']}" if connection.vendor == "sqlite" else f"postgres://{host}/{values['NAME']}",
        "SYNTAGEN_DATA_DIR": str(settings.DATA_DIR),
        "OPENREVIEW_USERNAME": CHAIR.username,
        "OPENREVIEW_PASSWORD": CHAIR.password,
        "OPENREVIEW_API_BASEURL_V2": standin.url,
        "OPENREVIEW_API_BASEURL": standin.url_v1,
        "NO_PROXY": "127.0.0.1",
    }
    return {**known, **given, **environment}
