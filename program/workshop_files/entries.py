"""Entries of a workshop file: frozen values that say for each field how it is read and written."""

import datetime as dt
from collections.abc import Callable
from dataclasses import MISSING, Field, field, fields, is_dataclass
from typing import Any, TypeVar

from program.workshop_files.fields import MISTAKEN, Read
from program.workshop_files.mistakes import Reader, join_path, show_value, suggest
from program.workshop_files.moments import Moment

Entry = TypeVar("Entry")
NEEDED: Any = object()


def entry(read: Read, *, default: Any = NEEDED, write: Callable[[Any], Any] | None = None) -> Any:
    """Declare a field: how it is read, what it is when left out (else it is needed), how it is written if not plainly."""
    metadata = {"read": read, "write": write}
    return field(metadata=metadata) if default is NEEDED else field(default=default, metadata=metadata)


def zone_entry(read: Read) -> Any:
    """Declare a zone that is left out where it is the one around it."""
    return field(metadata={"read": read, "write": None, "is_zone_in_force": True})


def read_entry(cls: type[Entry], reader: Reader, value: Any, path: str) -> Entry:
    """Return an entry; what is wrong is noted, and stands as empty so that other entries can refer to it."""
    known = {one.name: one for one in fields(cls)}  # type: ignore[arg-type]
    if not isinstance(value, dict):
        reader.refuse(path, f"write an object with {', '.join(known)}, not {show_value(value)}.")
        value = {}
        reader = Reader(zone=reader.zone)
    for key in value:
        if key not in known:
            reader.refuse(join_path(path, key), f"there is no such setting here.{suggest(key, known)}")
    return cls(**{name: _read_field(one, reader, value.get(name), path) for name, one in known.items()})


def read_entries(cls: type[Entry]) -> Read:
    """Return a reader of entries of one kind."""

    def read(reader: Reader, value: Any, path: str) -> Any:
        return read_entry(cls, reader, value, path)

    return read


def write_entry(entry: Any, zone: str = "") -> dict[str, Any]:
    """Return an entry as plain JSON values without what is left out; `zone` is the one around it."""
    written: dict[str, Any] = {}
    inner = getattr(entry, "zone", zone)
    for one in fields(entry):
        value = getattr(entry, one.name)
        around = zone if one.metadata.get("is_zone_in_force") else one.default
        is_left_out = value == around or (around is None and value == ())
        if not is_left_out:
            write = one.metadata.get("write")
            written[one.name] = write(value) if write else _write_value(value, inner)
    return written


def _read_field(one: "Field[Any]", reader: Reader, value: Any, path: str) -> Any:
    if one.metadata.get("is_zone_in_force"):
        fallback: Any = reader.zone
        is_needed = False
    else:
        is_needed = one.default is MISSING
        fallback = "" if is_needed else one.default
    if value is None:
        if is_needed:
            reader.refuse(path, f"“{one.name}” is missing.")
        return fallback
    found = one.metadata["read"](reader, value, join_path(path, one.name))
    if is_needed and found == "":
        reader.refuse(join_path(path, one.name), "this can't be empty.")
    return fallback if found is MISTAKEN else found


def _write_value(value: Any, zone: str) -> Any:
    if is_dataclass(value) and not isinstance(value, (type, Moment)):
        return write_entry(value, zone)
    if isinstance(value, (tuple, list)):
        return [_write_value(inner, zone) for inner in value]
    if isinstance(value, dict):
        return {key: _write_value(value[key], zone) for key in sorted(value)}
    if isinstance(value, dt.datetime):
        return value.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    if isinstance(value, (dt.date, Moment)):
        return value.isoformat() if isinstance(value, dt.date) else str(value)
    return value
