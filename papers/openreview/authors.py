"""Reads the two encodings in which OpenReview states authors."""

from itertools import zip_longest
from typing import Any

from papers.submissions import SubmittedAuthor
from papers.texts import clean_line

Found = tuple[tuple[SubmittedAuthor, ...] | None, bool, list[str]]


def read_authors(note: dict[str, Any], content: dict[str, Any], generation: int) -> Found:
    """Return the authors, whether they are hidden from this account or from the public, and problems.

    Absent authors are unknown, not none. The encoding is told by the elements, never by the venue:
    objects with `username` and `fullname`, or parallel lists `authors` and `authorids`.
    """
    if generation == 1:
        content = _deanonymize(note, content)
    listed = content.get("authors")
    if isinstance(listed, str):
        listed = [listed]
    if not isinstance(listed, list):
        return None, True, []
    if generation == 1 and [str(name).lower() for name in listed] == ["anonymous"]:
        return None, True, []
    is_hidden = _is_restricted(note, "authors") or _is_restricted(note, "authorids")
    if any(isinstance(entry, dict) for entry in listed):
        authors, problems = _read_objects(listed)
    else:
        authors, problems = _read_parallel(listed, content.get("authorids"))
    return authors, is_hidden, problems


def _deanonymize(note: dict[str, Any], content: dict[str, Any]) -> dict[str, Any]:
    details = note.get("details")
    original = details.get("original") if isinstance(details, dict) else None
    inner = original.get("content") if isinstance(original, dict) else None
    if not isinstance(inner, dict):
        return content
    return {**content, **{key: inner[key] for key in ("authors", "authorids") if key in inner}}


def _is_restricted(note: dict[str, Any], key: str) -> bool:
    content = note.get("content")
    field = content.get(key) if isinstance(content, dict) else None
    readers = field.get("readers") if isinstance(field, dict) else None
    return isinstance(readers, list) and "everyone" not in readers


def _read_objects(listed: list[Any]) -> tuple[tuple[SubmittedAuthor, ...], list[str]]:
    authors, problems = [], []
    for place, entry in enumerate(listed, start=1):
        if not isinstance(entry, dict):
            entry = {"fullname": str(entry)}
        name, username = clean_line(str(entry.get("fullname") or "")), str(entry.get("username") or "").strip()
        if not name:
            problems.append(f"Author {place} has no name in OpenReview ({username or 'no profile either'}).")
            name = username or "Unnamed author"
        authors.append(_name_author(name, username, entry.get("institutions")))
    return tuple(authors), problems


def _read_parallel(names: list[Any], ids: Any) -> tuple[tuple[SubmittedAuthor, ...], list[str]]:
    id_list = [str(part or "").strip() for part in ids] if isinstance(ids, list) else []
    problems = []
    if isinstance(ids, list) and len(id_list) != len(names):
        problems.append(
            f"OpenReview lists {len(names)} author names but {len(id_list)} profiles; names and profiles may not belong together."
        )
    authors = []
    for place, (name, username) in enumerate(zip_longest(names, id_list, fillvalue=""), start=1):
        clean = clean_line(str(name or ""))
        if not clean and place > len(names):
            continue
        if not clean:
            problems.append(f"Author {place} has no name in OpenReview ({username or 'no profile either'}).")
        authors.append(_name_author(clean or username or "Unnamed author", username, None))
    return tuple(authors), problems


def _name_author(name: str, username: str, institutions: Any) -> SubmittedAuthor:
    places = tuple(
        {key: str(entry.get(key) or "") for key in ("name", "domain", "country")}
        for entry in (institutions if isinstance(institutions, list) else [])
        if isinstance(entry, dict)
    )
    is_mail = "@" in username
    return SubmittedAuthor(
        name=name[:300],
        profile_id="" if is_mail else username[:200],
        email=username.lower()[:254] if is_mail else "",
        institutions=places,
    )
