"""What tracks ask of camera-ready files, how they are handed over: their part of a workshop file."""

# ruff: noqa: RUF009  (`entry` returns a dataclass field)
from collections.abc import Sequence
from dataclasses import dataclass
from dataclasses import fields as dataclass_fields
from typing import Any

from papers.file_rules import CODES, find_layout_mistakes
from papers.models import FileKind, RequiredFile
from papers.pdf_checks.own_layout import COLUMNS, LETTER_SIZES, MOST_PAGES, OwnLayout
from program.hand_over.fields import ALL_FIELDS, COUNT, FILE_FIELDS, FORM_NAMES, PAPER_NAMES, SUPPLEMENT_NAMES, is_of_author
from program.hand_over.file_names import find_pattern_mistakes
from program.hand_over.templates import find_mistakes
from program.workshop_files import fields
from program.workshop_files.entries import entry, read_entries
from program.workshop_files.fields import MISTAKEN, items
from program.workshop_files.mistakes import Reader, show_value, suggest
from program.workshop_files.moments import Moment, instant

SEVERITIES = ("block", "warn", "off")
PATTERNS = ("paper_names", "supplement_names", "form_names")
KINDS = list(FileKind.values)
MOST_POINTS = 10_000


def read_severities(reader: Reader, value: Any, path: str) -> Any:
    """Read how single codes of findings are weighed, in the order of the codes."""
    if not isinstance(value, dict):
        reader.refuse(path, f"write an object of codes, not {show_value(value)}.")
        return MISTAKEN
    for code, weight in value.items():
        if code not in CODES:
            reader.refuse(path, f"there is no code “{code}”.{suggest(code, CODES)}")
        if weight not in SEVERITIES:
            reader.refuse(f"{path}.{code}", f"write one of {', '.join(SEVERITIES)}, not {show_value(weight)}.")
    return tuple(sorted(value.items(), key=str))


def write_severities(severities: tuple[tuple[str, str], ...]) -> dict[str, str]:
    """Return severities as the object that they are."""
    return dict(severities)


def lengths(count: int) -> fields.Read:
    """Read `count` lengths in points."""

    def read(reader: Reader, value: Any, path: str) -> Any:
        if isinstance(value, list) and len(value) == count and all(_is_number(one) for one in value):
            return tuple(_settle_number(one) for one in value)
        reader.refuse(path, f"write a list of {count} numbers, in points.")
        return MISTAKEN

    return read


def letter_size(reader: Reader, value: Any, path: str) -> Any:
    """Read a size of letters in points."""
    least, most = LETTER_SIZES
    if _is_number(value) and least <= value <= most:
        return _settle_number(value)
    reader.refuse(path, f"write a number of points from {least:g} to {most:g}, not {show_value(value)}.")
    return MISTAKEN


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value < MOST_POINTS


def _settle_number(value: float) -> float:
    rounded = round(float(value), 1)
    return int(rounded) if rounded.is_integer() else rounded


@dataclass(frozen=True, slots=True, kw_only=True)
class LayoutSettings:
    """What is asked of a paper's layout otherwise than its style asks it."""

    page_limit: int | None = entry(fields.whole_number(" of pages", 1, MOST_PAGES), default=None)
    paper_size: tuple[float, ...] | None = entry(lengths(2), default=None)
    print_area: tuple[float, ...] | None = entry(lengths(4), default=None)
    columns: int | None = entry(fields.whole_number(" of columns", COLUMNS[0], COLUMNS[-1]), default=None)
    page_numbers: bool | None = entry(fields.yes_or_no, default=None)
    references_last: bool | None = entry(fields.yes_or_no, default=None)
    fonts: tuple[str, ...] = entry(items(fields.line(80, is_needed=True), most=20), default=())
    body_size: float | None = entry(letter_size, default=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class RequiredFileSettings:
    """A kind of file that a track asks for, or every track without an entry of its own."""

    kind: str = entry(fields.choice(FileKind))
    track: str = entry(fields.slug(40), default="")
    is_optional: bool = entry(fields.yes_or_no, default=False)
    is_for_proceedings: bool = entry(fields.yes_or_no, default=False)
    due_at: Moment | None = entry(instant, default=None)
    grace_minutes: int = entry(fields.whole_number(" of minutes", 0, 100_000), default=0)
    is_blocking: bool = entry(fields.yes_or_no, default=True)
    style: str = entry(fields.choice(RequiredFile.Style), default="cvpr")
    layout: LayoutSettings = entry(read_entries(LayoutSettings), default=LayoutSettings())
    max_megabytes: int | None = entry(fields.whole_number(" of megabytes", 1, 2000), default=None)
    severities: tuple[tuple[str, str], ...] = entry(read_severities, default=(), write=write_severities)
    note: str = entry(fields.line(500), default="")


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnSettings:
    """A column of the hand-over: its header, and a text with fields in braces."""

    header: str = entry(fields.line(100, is_needed=True))
    value: str = entry(fields.line(500), default="")


@dataclass(frozen=True, slots=True, kw_only=True)
class HandOverSettings:
    """How papers are handed over to the conference; what is left out is the default."""

    acronym: str = entry(fields.slug(60), default="")
    paper_names: str = entry(fields.line(200), default=PAPER_NAMES)
    supplement_names: str = entry(fields.line(200), default=SUPPLEMENT_NAMES)
    form_names: str = entry(fields.line(200), default=FORM_NAMES)
    columns: tuple[ColumnSettings, ...] = entry(items(read_entries(ColumnSettings), most=200), default=())
    author_columns: tuple[ColumnSettings, ...] = entry(items(read_entries(ColumnSettings), most=200), default=())


def sort_required_files(asked: tuple[RequiredFileSettings, ...]) -> tuple[RequiredFileSettings, ...]:
    """Return what is asked for in the one order of files: by kind, those for every track first, then by track."""
    return tuple(sorted(asked, key=lambda one: (KINDS.index(one.kind) if one.kind in KINDS else len(KINDS), str(one.track))))


def check_required_files(reader: Reader, asked: Sequence[RequiredFileSettings], *, tracks: set[str], year: int) -> None:
    """Note tracks that do not exist, what is asked twice, deadlines that a slip of the pen put into another decade."""
    first: dict[tuple[str, str], int] = {}
    for index, one in enumerate(asked):
        path = f"$.required_files[{index}]"
        if one.track and one.track not in tracks:
            reader.refuse(f"{path}.track", f"there is no track “{one.track}”.{suggest(one.track, tracks)}")
        if one.kind and (one.kind, one.track) in first:
            reader.refuse(path, f"the same kind and track stand at $.required_files[{first[one.kind, one.track]}] already.")
        first.setdefault((one.kind, one.track), index)
        if one.due_at and isinstance(year, int) and abs(one.due_at.at.year - year) > 2:
            reader.refuse(f"{path}.due_at", f"{one.due_at} is years away from {year}. Look at its year.")
        for name, sentence in find_layout_mistakes(one.style, make_layout(one)):
            reader.refuse(f"{path}.layout.{name}", sentence)


def make_layout(required: RequiredFileSettings) -> OwnLayout:
    """Return the layout as the checks know it."""
    return OwnLayout(**{one.name: getattr(required.layout, one.name) for one in dataclass_fields(LayoutSettings)})


def check_hand_over(reader: Reader, settings: HandOverSettings) -> None:
    """Note patterns and columns with fields that do not exist, headers that stand twice."""
    for name in PATTERNS:
        pattern = getattr(settings, name)
        for sentence in [*find_mistakes(pattern, FILE_FIELDS), *find_pattern_mistakes(pattern)]:
            reader.refuse(f"$.hand_over.{name}", sentence)
    for name in ("columns", "author_columns"):
        _check_columns(reader, getattr(settings, name), f"$.hand_over.{name}", is_spread=name == "columns")


def _check_columns(reader: Reader, columns: Sequence[ColumnSettings], path: str, *, is_spread: bool) -> None:
    first: dict[str, int] = {}
    for index, column in enumerate(columns):
        place = f"{path}[{index}]"
        for sentence in find_mistakes(column.value, ALL_FIELDS):
            reader.refuse(f"{place}.value", sentence)
        if "=" in column.header:
            reader.refuse(f"{place}.header", "an equals sign can't stand in a header.")
        if is_spread and is_of_author(column.value) and COUNT not in column.header:
            reader.refuse(f"{place}.header", f"a column of each author needs {COUNT} in its header: which author it is.")
        if column.header and column.header in first:
            reader.refuse(place, f"the same header stands at {path}[{first[column.header]}] already.")
        first.setdefault(column.header, index)
