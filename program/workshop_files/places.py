"""How a workshop file names what is held in sessions, and options of blocks."""

import re
from dataclasses import dataclass
from typing import Any

from papers.models import Paper
from program.workshop_files.entries import entry, read_entry, write_entry
from program.workshop_files.fields import MISTAKEN, line, one_of, settle_line, whole_number, yes_or_no
from program.workshop_files.mistakes import Reader, show_value

FORUM_ID = re.compile(r"[A-Za-z0-9_-]{3,100}", re.ASCII)
NUMBER = re.compile(r"#(0|[1-9]\d{0,8})", re.ASCII)
FORUM_ADDRESS = re.compile(
    r"https?://(?:www\.)?openreview\.net/(?:forum|pdf)\?(?:[^#]*&)?id=(?P<id>[A-Za-z0-9_-]{3,100})(?=[&#]|$)", re.ASCII
)
TITLE = "title:"
FORM = "write an OpenReview forum id, a paper's number, or “title:” with its exact title"
OPTION = re.compile(r"[a-z][a-z0-9_-]{0,39}", re.ASCII)


TALKS = ("winner-talk", "invited-talk")
MINUTES, QUESTIONS = whole_number(" of minutes", 1, 10080), whole_number(" of minutes", 1, 10080)
BOARD = whole_number(" of a board", 1, 100_000)


def read_reference(reader: Reader, value: Any, path: str) -> Any:
    """Read the name of a paper: forum id or its address, number, title."""
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


def write_reference(reference: str) -> str | int:
    """Return the name of a paper as the file writes it."""
    return int(reference[1:]) if reference.startswith("#") else reference


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperPlace:
    """A paper in a session: a forum id, `#12` for a number, or `title:...`; `minutes` counts questions in."""

    paper: str = entry(read_reference, write=write_reference)
    minutes: int | None = entry(MINUTES, default=None)
    question_minutes: int | None = entry(QUESTIONS, default=None)
    board: int | None = entry(BOARD, default=None)
    is_pinned: bool = entry(yes_or_no, default=False)

    @property
    def name(self) -> str:
        """Return what tells it from others in its session."""
        return self.paper


@dataclass(frozen=True, slots=True, kw_only=True)
class TalkPlace:
    """A talk without a paper in a session; `person` is a name from the people."""

    kind: str = entry(one_of(TALKS))
    title: str = entry(line(500, is_needed=True))
    person: str = entry(line(200), default="")
    minutes: int | None = entry(MINUTES, default=None)
    question_minutes: int | None = entry(QUESTIONS, default=None)
    board: int | None = entry(BOARD, default=None)
    is_pinned: bool = entry(yes_or_no, default=False)

    @property
    def name(self) -> str:
        """Return what tells it from others in its session."""
        return f"{self.kind} {self.title}"


Place = PaperPlace | TalkPlace


def read_place(reader: Reader, value: Any, path: str) -> Any:
    """Read a place: the name of a paper alone, an object with `paper`, or a talk without one, which has a `kind`."""
    if not isinstance(value, dict):
        reference = read_reference(reader, value, path)
        return reference if reference is MISTAKEN else PaperPlace(paper=reference)
    found = read_entry(TalkPlace if "kind" in value else PaperPlace, reader, value, path)
    return MISTAKEN if isinstance(found, PaperPlace) and not found.paper else found


def write_places(places: tuple[Place, ...]) -> list[Any]:
    """Return the places as the file writes them: a paper's name alone where nothing else is said of it."""
    return [_write_place(one) for one in places]


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


def name_paper(paper: Paper) -> str:
    """Return how a file names a paper of ours: by forum id, else by number, else by title."""
    if paper.note_id:
        return paper.note_id
    return f"#{paper.number}" if paper.number is not None else f"{TITLE}{settle_line(paper.title)}"[:490]


def _write_place(place: Place) -> Any:
    if isinstance(place, PaperPlace) and place == PaperPlace(paper=place.paper):
        return write_reference(place.paper)
    return write_entry(place)
