"""The product's settings with what tests change."""

import os
import tempfile
from pathlib import Path

_data = tempfile.mkdtemp(prefix="syntagen-test-")
os.environ["SYNTAGEN_DATA_DIR"] = _data
os.environ.setdefault("SYNTAGEN_LOG_FORMAT", "plain")
os.environ.setdefault("SYNTAGEN_LOG_LEVEL", "ERROR")
os.environ.setdefault("NO_PROXY", "127.0.0.1,localhost")
os.environ.setdefault("TQDM_DISABLE", "1")
os.environ["DATABASE_URL"] = os.environ.get("SYNTAGEN_TEST_DATABASE_URL", "")

from syntagen.settings import *  # noqa: E402, F403
from syntagen.settings import DATABASES, STORAGES  # noqa: E402

STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
RUNS_JOBS_IN_WEB_PROCESS = False
ALLOWED_HOSTS = ["*"]
WHITENOISE_AUTOREFRESH = True
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["TEST"] = {"NAME": str(Path(_data) / "test.sqlite3")}
else:
    DATABASES["default"]["OPTIONS"] = {}
