"""Single values of a reference file, mended or dropped."""

import re
from typing import Any
from urllib.parse import urlsplit

from papers.texts import clean_line

Json = dict[str, Any]


def clean(value: Any, longest: int) -> str:
    """Return a value as one line, cut to its room; nothing for what is no text."""
    return clean_line(clean_line(str(value)))[:longest].strip() if isinstance(value, (str, int, float)) else ""


def clean_url(value: Any) -> str:
    """Return a whole web address, or nothing."""
    told = clean(value, 500)
    try:
        parts = urlsplit(told)
        return told if parts.scheme in {"http", "https"} and parts.hostname and " " not in told else ""
    except ValueError:
        return ""


def clean_email(value: Any) -> str:
    """Return a mail address, or nothing."""
    told = clean(value, 254)
    return told if re.fullmatch(r"[\w.+-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+", told, re.ASCII) else ""


def as_dict(value: Any) -> Json:
    """Return the object, or an empty one for anything else."""
    return value if isinstance(value, dict) else {}


def as_list(value: Any) -> list[Any]:
    """Return the list, a single value as a list of one, nothing as an empty one."""
    return value if isinstance(value, list) else [] if value in (None, "") else [value]


def as_count(value: Any, most: int = 999) -> int | None:
    """Return a whole number from 1 on, or nothing."""
    return value if isinstance(value, int) and not isinstance(value, bool) and 1 <= value <= most else None
