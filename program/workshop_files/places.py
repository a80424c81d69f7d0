"""How a workshop file names papers in sessions, and options of blocks."""

import re
from dataclasses import dataclass
from typing import Any

from papers.models import Paper
from program.workshop_files.fields import MISTAKEN, settle_line, whole_number
from program.workshop_files.mistakes import Reader, show_value, suggest

FORUM_ID = re.compile(r"[A-Za-z0-9_-]{3,100}", re.ASCII)
NUMBER = re.compile(r"#(0|[1-9]\d{0,8})", re.ASCII)
FORUM_ADDRESS = re.compile(
    r"https?://(?:www\.)?openreview\.net/(?:forum|pdf)\?(?:[^#]*&)?id=(?P<id>[A-Za-z0-9_-]{3,100})(?=[&#]|$)", re.ASCII
)
TITLE = "title:"
FORM = "write an OpenReview forum id, a paper's number, or “title:” with its exact title"
OPTION = re.compile(r"[a-z][a-z0-9_-]{0,39}", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperPlace:
    """A paper in a session: a forum id, `#12` for a number, or `title:...`; `minutes` counts questions in."""

    paper: str
    minutes: int | None = None


def read_place(reader: Reader, value: Any, path: str) -> Any:
    """Read a paper's place: its name alone, or an object with `paper` and `minutes`."""
    if not isinstance(value, dict):
        reference = _read_reference(reader, value, path)
        return reference if reference is MISTAKEN else PaperPlace(paper=reference)
    for key in value:
        if key not in {"paper", "minutes"}:
            reader.refuse(f"{path}.{key}", f"there is no such setting here.{suggest(key, ('paper', 'minutes'))}")
    reference = _read_reference(reader, value.get("paper"), f"{path}.paper")
    minutes = value.get("minutes")
    if minutes is not None:
        minutes = whole_number(" of minutes", 1, 10080)(reader, minutes, f"{path}.minutes")
    return MISTAKEN if MISTAKEN in (reference, minutes) else PaperPlace(paper=reference, minutes=minutes)


def write_places(places: tuple[PaperPlace, ...]) -> list[Any]:
    """Return the places as the file writes them: the name alone where the minutes are not given."""
    return [
        _write_reference(place.paper) if place.minutes is None else {"paper": _write_reference(place.paper), "minutes": place.minutes}
        for place in places
    ]


def read_options(reader: Reader, value: Any, path: str) -> Any:
    """Read the options of a block, in the order of their names: texts, whole numbers, true or false."""
    if not isinstance(value, dict):
        reader.refuse(path, f"write an object of options, not {show_value(value)}.")
        return MISTAKEN
    found: dict[str, Any] = {}
    for name, option in value.items():
        if not OPTION.fullmatch(name):
            reader.refuse(path, f"“{name}” is not the name of an option.")
        elif isinstance(option, str):
            found[name] = settle_line(option)
        elif isinstance(option, (bool, int)):
            found[name] = option
        else:
            reader.refuse(f"{path}.{name}", f"write text, a whole number, true or false, not {show_value(option)}.")
    return tuple(sorted(found.items()))


def _read_reference(reader: Reader, value: Any, path: str) -> Any:
    if isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 10**9:
        return f"#{value}"
    text = settle_line(value) if isinstance(value, str) else ""
    address = FORUM_ADDRESS.match(text)
    text = address["id"] if address else text
    if text.startswith(TITLE):
        title = text.removeprefix(TITLE).strip()
        if title and len(title) <= 490:
            return f"{TITLE}{title}"
    elif FORUM_ID.fullmatch(text) or NUMBER.fullmatch(text):
        return text
    reader.refuse(path, f"{FORM}, not {show_value(value)}.")
    return MISTAKEN


def _write_reference(reference: str) -> str | int:
    return int(reference[1:]) if reference.startswith("#") else reference


def name_paper(paper: Paper) -> str:
    """Return how a file names a paper of ours: by forum id, else by number, else by title."""
    if paper.note_id:
        return paper.note_id
    return f"#{paper.number}" if paper.number is not None else f"{TITLE}{settle_line(paper.title)}"[:490]
