"""Reads the two encodings in which OpenReview states authors. Pure."""

from dataclasses import dataclass
from itertools import zip_longest
from typing import Any

from papers.openreview.values import read_list
from papers.submissions import SubmittedAuthor
from papers.texts import clean_line

LONGEST_NAME = 300


@dataclass(frozen=True, slots=True)
class StatedAuthors:
    """The authors, None when they are unknown; `are_hidden` from this account or from the public."""

    authors: tuple[SubmittedAuthor, ...] | None
    are_hidden: bool
    problems: tuple[str, ...] = ()


HIDDEN = StatedAuthors(None, are_hidden=True)


def read_authors(note: dict[str, Any], content: dict[str, Any], generation: int) -> StatedAuthors:
    """Return the authors as the note states them.

    Absent authors are unknown, not none, and an empty list is no list of authors. The encoding is told by
    the elements, never by the venue: objects with `username` and `fullname`, or parallel lists `authors`
    and `authorids`.
    """
    is_blind = generation == 1 and _is_anonymous(content.get("authors"))
    if is_blind:
        content = _find_original(note)
    listed = content.get("authors")
    if isinstance(listed, str) and listed.strip():
        listed = [listed]
    if not isinstance(listed, list):
        return HIDDEN
    if not listed:
        return StatedAuthors(None, are_hidden=True, problems=("OpenReview sent an empty list of authors; ours stay.",))
    are_hidden = is_blind or _is_restricted(note, "authors") or _is_restricted(note, "authorids")
    problems = list[str]()
    if any(isinstance(entry, dict) for entry in listed):
        authors = _read_objects(listed, problems)
    else:
        authors = _read_parallel(listed, content.get("authorids"), problems)
    return StatedAuthors(authors, are_hidden, tuple(problems)) if authors else HIDDEN


def _is_anonymous(listed: Any) -> bool:
    return isinstance(listed, list) and [str(name).lower() for name in listed] == ["anonymous"]


def _find_original(note: dict[str, Any]) -> dict[str, Any]:
    """Return the content of the original behind a blind v1 note; nothing when this account may not read it."""
    details = note.get("details")
    original = details.get("original") if isinstance(details, dict) else None
    content = original.get("content") if isinstance(original, dict) else None
    return content if isinstance(content, dict) else {}


def _is_restricted(note: dict[str, Any], key: str) -> bool:
    content = note.get("content")
    field = content.get(key) if isinstance(content, dict) else None
    readers = field.get("readers") if isinstance(field, dict) else None
    return isinstance(readers, list) and "everyone" not in readers


def _read_objects(listed: list[Any], problems: list[str]) -> tuple[SubmittedAuthor, ...]:
    authors = []
    for place, entry in enumerate(listed, start=1):
        told = entry if isinstance(entry, dict) else {"fullname": entry}
        name, username = _read_name(told.get("fullname")), _read_username(told.get("username"))
        authors.append(_state_author(name, username, place, problems, institutions=told.get("institutions")))
    return tuple(authors)


def _read_parallel(names: list[Any], ids: Any, problems: list[str]) -> tuple[SubmittedAuthor, ...]:
    usernames = [_read_username(part) for part in read_list(ids)]
    if isinstance(ids, list) and len(usernames) != len(names):
        problems.append(
            f"OpenReview lists {len(names)} author names but {len(usernames)} profiles; names and profiles may not belong together."
        )
    pairs = zip_longest((_read_name(name) for name in names), usernames, fillvalue="")
    return tuple(
        _state_author(name, username, place, problems)
        for place, (name, username) in enumerate(pairs, start=1)
        if name or username or place <= len(names)
    )


def _read_name(value: Any) -> str:
    return clean_line(value) if isinstance(value, str) else ""


def _read_username(value: Any) -> str:
    return value.strip() if isinstance(value, str) else ""


def _state_author(name: str, username: str, place: int, problems: list[str], *, institutions: Any = None) -> SubmittedAuthor:
    if not name:
        problems.append(f"Author {place} has no name in OpenReview ({username or 'no profile either'}).")
        name = username or "Unnamed author"
    if len(name) > LONGEST_NAME:
        problems.append(f"The name of author {place} is longer than {LONGEST_NAME} characters; it was cut.")
    is_mail = "@" in username
    # Other ids are addresses of web pages (dblp) or groups (v1): they prove nothing about a person.
    is_profile = username.startswith("~") and not is_mail and len(username) <= 200
    return SubmittedAuthor(
        name=name[:LONGEST_NAME],
        profile_id=username if is_profile else "",
        email=username.lower() if is_mail and len(username) <= 254 else "",
        institutions=_read_institutions(institutions),
    )


def _read_institutions(listed: Any) -> tuple[dict[str, str], ...]:
    return tuple(
        {key: _read_name(entry.get(key)) for key in ("name", "domain", "country")} for entry in read_list(listed) if isinstance(entry, dict)
    )
