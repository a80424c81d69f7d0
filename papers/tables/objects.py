"""Reads JSON exports into a sheet whose cells may hold lists and objects."""

import json
from typing import Any, NoReturn

from papers.tables.columns import fold_column
from papers.tables.values import ITEMS, Mistake, Sheet, SheetRow
from papers.texts import clean_line

LISTS = ("papers", "submissions", "notes")
MOST_ITEMS = 20_000


def read_objects(text: str) -> tuple[Sheet | None, list[Mistake]]:
    """Return the list of objects as a sheet; an object alone is a list of one, `papers` in an object is the list."""
    try:
        document = _scrub(json.loads(text, parse_constant=_refuse_constant))
    except json.JSONDecodeError as error:
        return None, [Mistake(f"This is not JSON ({error.msg}, line {error.lineno}).", "Export it again, or check that line.")]
    except (ValueError, RecursionError):
        return None, [Mistake("This is not JSON that can be read.", "Export it again.")]
    items = _find_items(document)
    if items is None:
        return None, [Mistake("The JSON holds no list of papers.", "Write a list of objects, or an object with the list as “papers”.")]
    if len(items) > MOST_ITEMS:
        return None, [Mistake(f"The list has more than {MOST_ITEMS:,} items.", "Split it.")]
    odd = [place for place, item in enumerate(items, start=1) if not isinstance(item, dict)]
    mistakes = [Mistake("This is not an object.", 'Write {"number": ..., "title": ...}.', row=place, unit=ITEMS) for place in odd]
    names: dict[str, str] = {}
    rows = []
    for place, item in enumerate(items, start=1):
        if not isinstance(item, dict):
            continue
        written = _flatten(item)
        names |= {fold_column(key): clean_line(key) for key in written if fold_column(key) not in names}
        rows.append(SheetRow(place, {fold_column(key): value for key, value in written.items()}))
    columns = tuple((name, folded) for folded, name in names.items())
    return Sheet("", columns, tuple(rows), unit=ITEMS), mistakes


def _find_items(document: Any) -> list[Any] | None:
    if isinstance(document, list):
        return document
    if not isinstance(document, dict):
        return None
    listed = next((document[key] for key in LISTS if isinstance(document.get(key), list)), None)
    if listed is not None:
        return list(listed)
    return [document] if "title" in document else None


def _flatten(item: dict[str, Any]) -> dict[str, Any]:
    # Older HotCRP puts the answers of its form into one object; newer ones stand beside the title.
    options = item.get("options")
    return {**options, **{key: value for key, value in item.items() if key != "options"}} if isinstance(options, dict) else item


def _scrub(value: Any) -> Any:
    """Return a value without what no database keeps: half characters and NUL."""
    if isinstance(value, str):
        return value.encode("utf-8", "ignore").decode().replace("\x00", "")
    if isinstance(value, list):
        return [_scrub(part) for part in value]
    if isinstance(value, dict):
        return {_scrub(key): _scrub(part) for key, part in value.items()}
    return value


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(name)
