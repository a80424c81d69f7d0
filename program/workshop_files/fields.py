"""Readers of single values: each returns the value in its normal form, or notes what to write instead."""

import re
import unicodedata
from collections.abc import Callable, Sequence
from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import models

from papers.texts import clean_line, clean_text
from program.local_times import NoSuchTime, describe_unknown_zone, list_zones, read_day
from program.workshop_files.mistakes import Reader, show_value, suggest

Read = Callable[[Reader, Any, str], Any]

MISTAKEN: Any = type("Mistaken", (), {"__repr__": lambda _: "MISTAKEN"})()
SLUG = re.compile(r"[A-Za-z0-9_-]+", re.ASCII)
ROW_KEY = re.compile(r"[a-z0-9-]{1,40}", re.ASCII)
MOST_ITEMS = 2000


def settle_line(text: str) -> str:
    """Return one line in the normal form: NFC, no control characters, single spaces."""
    return unicodedata.normalize("NFC", clean_line(text))


def settle_text(text: str) -> str:
    """Return a text with its lines in the normal form."""
    return unicodedata.normalize("NFC", clean_text(text))


def line(longest: int, *, is_needed: bool = False) -> Read:
    """Read one line of at most `longest` characters."""

    def read(reader: Reader, value: Any, path: str) -> Any:
        if not isinstance(value, str):
            return _refuse(reader, path, f"write text in quotes, not {show_value(value)}.")
        text = settle_line(value)
        if len(text) > longest:
            return _refuse(reader, path, f"{len(text)} characters are too many; there is room for {longest}.")
        if is_needed and not text:
            return _refuse(reader, path, "this can't be empty.")
        return text

    return read


def text(longest: int) -> Read:
    """Read a text of several lines."""

    def read(reader: Reader, value: Any, path: str) -> Any:
        if not isinstance(value, str):
            return _refuse(reader, path, f"write text in quotes, not {show_value(value)}.")
        settled = settle_text(value)
        if len(settled) > longest:
            return _refuse(reader, path, f"{len(settled)} characters are too many; there is room for {longest}.")
        return settled

    return read


def slug(longest: int) -> Read:
    """Read a name for addresses: letters, digits, hyphens, underscores."""

    def read(reader: Reader, value: Any, path: str) -> Any:
        if not isinstance(value, str) or not SLUG.fullmatch(value):
            return _refuse(reader, path, f"write letters, digits, hyphens and underscores only, not {show_value(value)}.")
        if len(value) > longest:
            return _refuse(reader, path, f"{len(value)} characters are too many; there is room for {longest}.")
        return value

    return read


def whole_number(noun: str, least: int, most: int) -> Read:
    """Read a whole number from `least` to `most`; `noun` ends the phrase "a whole number"."""

    def read(reader: Reader, value: Any, path: str) -> Any:
        if isinstance(value, bool) or not isinstance(value, int):
            return _refuse(reader, path, f"write a whole number{noun}, not {show_value(value)}.")
        if not least <= value <= most:
            return _refuse(reader, path, f"write a whole number{noun} from {least} to {most}, not {value}.")
        return value

    return read


def yes_or_no(reader: Reader, value: Any, path: str) -> Any:
    """Read true or false."""
    return value if isinstance(value, bool) else _refuse(reader, path, f"write true or false, not {show_value(value)}.")


def choice(choices: type[models.TextChoices]) -> Read:
    """Read one of the values of `choices`."""

    def read(reader: Reader, value: Any, path: str) -> Any:
        if isinstance(value, str) and value in choices.values:
            return value
        options = ", ".join(choices.values)
        hint = suggest(value, choices.values) if isinstance(value, str) else ""
        return _refuse(reader, path, f"write one of {options}, not {show_value(value)}.{hint}")

    return read


def one_of(words: Sequence[str]) -> Read:
    """Read one of some words."""

    def read(reader: Reader, value: Any, path: str) -> Any:
        if isinstance(value, str) and value in words:
            return value
        hint = suggest(value, words) if isinstance(value, str) else ""
        return _refuse(reader, path, f"write one of {', '.join(words)}, not {show_value(value)}.{hint}")

    return read


def row_key(reader: Reader, value: Any, path: str) -> Any:
    """Read the key of a row of the schedule."""
    if isinstance(value, str) and ROW_KEY.fullmatch(value):
        return value
    return _refuse(reader, path, f"write small letters, digits and hyphens, 40 at most, not {show_value(value)}.")


def web_address(reader: Reader, value: Any, path: str) -> Any:
    """Read an http or https address of at most 500 characters."""
    if not isinstance(value, str):
        return _refuse(reader, path, f"write an address in quotes, not {show_value(value)}.")
    address = settle_line(value)
    if not address:
        return ""
    if " " in address or not _names_host(address):
        return _refuse(reader, path, f"write a whole address that starts with https:// or http://, not {show_value(address)}.")
    if len(address) > 500:
        return _refuse(reader, path, f"{len(address)} characters are too many; there is room for 500.")
    return address


def mail_address(reader: Reader, value: Any, path: str) -> Any:
    """Read a mail address."""
    address = settle_line(value) if isinstance(value, str) else value
    if address == "":
        return ""
    try:
        validate_email(address)
    except (ValidationError, TypeError):
        return _refuse(reader, path, f"write a mail address, not {show_value(value)}.")
    return address


def site_path(reader: Reader, value: Any, path: str) -> Any:
    """Read the path of a file inside a site: relative, with forward slashes, never outside."""
    told = settle_line(value) if isinstance(value, str) else ""
    parts = told.split("/")
    if not told or len(told) > 300 or "\\" in told or any(part in {"", ".", ".."} for part in parts) or ":" in parts[0]:
        return _refuse(reader, path, f"write a path inside the site, for example _pages/home.md, not {show_value(value)}.")
    return told


def day(reader: Reader, value: Any, path: str) -> Any:
    """Read a day: 2025-06-12."""
    if not isinstance(value, str):
        return _refuse(reader, path, f"write a day as 2025-06-12 in quotes, not {show_value(value)}.")
    try:
        return read_day(value)
    except NoSuchTime as problem:
        return _refuse(reader, path, str(problem))


def zone(reader: Reader, value: Any, path: str) -> Any:
    """Read an IANA zone or AoE."""
    if not isinstance(value, str):
        return _refuse(reader, path, f"write a time zone in quotes, for example Europe/Berlin, not {show_value(value)}.")
    return value if value in list_zones() else _refuse(reader, path, describe_unknown_zone(value))


def zone_or_nothing(reader: Reader, value: Any, path: str) -> Any:
    """Read a zone that may be unknown."""
    return value if value == "" else zone(reader, value, path)


def items(read: Read, *, most: int = MOST_ITEMS) -> Read:
    """Read a list; an entry that cannot be read at all is left out, its mistake noted."""

    def read_items(reader: Reader, value: Any, path: str) -> Any:
        if not isinstance(value, list):
            return _refuse(reader, path, f"write a list, not {show_value(value)}.")
        if len(value) > most:
            return _refuse(reader, path, f"{len(value)} entries are too many; there is room for {most}.")
        found = [read(reader, inner, f"{path}[{index}]") for index, inner in enumerate(value)]
        return tuple(inner for inner in found if inner is not MISTAKEN)

    return read_items


def _names_host(address: str) -> bool:
    try:
        parts = urlsplit(address)
        return parts.scheme in {"http", "https"} and bool(parts.hostname)
    except ValueError:
        return False


def _refuse(reader: Reader, path: str, sentence: str) -> Any:
    reader.refuse(path, sentence)
    return MISTAKEN
