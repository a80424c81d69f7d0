"""Typed reading of environment variables that fails with a sentence."""

import os
import secrets
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured


def read_text(name: str, default: str = "") -> str:
    """Return the variable, or the content of the file that `NAME_FILE` points to."""
    file_name = os.environ.get(f"{name}_FILE")
    if file_name:
        try:
            return Path(file_name).read_text(encoding="utf-8").strip()
        except OSError as error:
            raise ImproperlyConfigured(f"{name}_FILE points to {file_name}, which cannot be read: {error}.") from error
    return os.environ.get(name, default)


def read_bool(name: str, *, default: bool) -> bool:
    """Return a switch; anything but 1/0, true/false, yes/no, on/off is refused."""
    raw = read_text(name).strip().lower()
    if not raw:
        return default
    if raw in {"1", "true", "yes", "on"}:
        return True
    if raw in {"0", "false", "no", "off"}:
        return False
    raise ImproperlyConfigured(f"{name} is {raw!r}; write 1 or 0.")


def read_int(name: str, *, default: int) -> int:
    """Return a whole number."""
    raw = read_text(name).strip()
    if not raw:
        return default
    try:
        return int(raw)
    except ValueError as error:
        raise ImproperlyConfigured(f"{name} is {raw!r}; write a whole number.") from error


def read_list(name: str, *, default: str = "") -> list[str]:
    """Return a comma-separated list without empty members."""
    return [part.strip() for part in read_text(name, default).split(",") if part.strip()]


def read_secret_key(data_dir: Path) -> str:
    """Return `SYNTAGEN_SECRET_KEY`, else the key kept in the data folder, made on first use."""
    given = read_text("SYNTAGEN_SECRET_KEY")
    if given:
        return given
    key_file = data_dir / "secret_key"
    try:
        return key_file.read_text(encoding="utf-8").strip()
    except FileNotFoundError:
        return _create_secret_key(key_file)
    except OSError as error:
        raise ImproperlyConfigured(f"The secret key {key_file} cannot be read: {error}.") from error


def _create_secret_key(key_file: Path) -> str:
    draft = key_file.with_name(f"secret_key.{os.getpid()}.{secrets.token_hex(4)}")
    try:
        key_file.parent.mkdir(parents=True, exist_ok=True)
        draft.touch(mode=0o600)
        draft.write_text(secrets.token_urlsafe(50), encoding="utf-8")
        try:
            os.link(draft, key_file)  # whole or not at all, and the first of two processes wins
        except FileExistsError:
            pass
        finally:
            draft.unlink()
        return key_file.read_text(encoding="utf-8")
    except OSError as error:
        raise ImproperlyConfigured(
            f"The data folder {key_file.parent} cannot be written ({error}); set SYNTAGEN_DATA_DIR to one that can."
        ) from error


def read_database(data_dir: Path) -> dict[str, Any]:
    """Return Django's database settings from `DATABASE_URL`; SQLite in the data folder by default."""
    url = read_text("DATABASE_URL")
    if not url:
        return sqlite_database(str(data_dir / "syntagen.sqlite3"))
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        return sqlite_database(unquote(parts.path) or str(data_dir / "syntagen.sqlite3"))
    if parts.scheme not in {"postgres", "postgresql"}:
        raise ImproperlyConfigured(f"DATABASE_URL starts with {parts.scheme!r}; only sqlite and postgresql are supported.")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": str(parts.port or ""),
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {"pool": True},
    }


def sqlite_database(name: str) -> dict[str, Any]:
    """Return the SQLite settings under which parallel writers wait for each other instead of failing."""
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": name,
        "OPTIONS": {
            "timeout": 20,
            "transaction_mode": "IMMEDIATE",
            "init_command": "PRAGMA journal_mode=WAL;PRAGMA synchronous=NORMAL;",
        },
    }


def read_storages(data_dir: Path) -> dict[str, dict[str, Any]]:
    """Return Django's `STORAGES`; a local folder, or `SYNTAGEN_STORAGE_URL=s3://KEY:SECRET@HOST/BUCKET`."""
    url = read_text("SYNTAGEN_STORAGE_URL")
    static: dict[str, Any] = {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"}
    if not url:
        local: dict[str, Any] = {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": str(data_dir / "files")}}
        return {"default": local, "staticfiles": static}
    parts = urlsplit(url)
    if parts.scheme not in {"s3", "s3+http"} or not parts.hostname or not parts.path.strip("/"):
        raise ImproperlyConfigured("SYNTAGEN_STORAGE_URL must read s3://KEY:SECRET@HOST/BUCKET.")
    port = f":{parts.port}" if parts.port else ""
    scheme = "http" if parts.scheme == "s3+http" else "https"
    options: dict[str, Any] = {
        "endpoint_url": f"{scheme}://{parts.hostname}{port}",
        "bucket_name": parts.path.strip("/"),
        "access_key": unquote(parts.username or ""),
        "secret_key": unquote(parts.password or ""),
        "file_overwrite": False,
        "default_acl": None,
    }
    return {"default": {"BACKEND": "storages.backends.s3.S3Storage", "OPTIONS": options}, "staticfiles": static}
