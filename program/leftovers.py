"""What a new edition's settings still say about another one."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from program.workshop_files.entries import write_entry
from program.workshop_files.mistakes import join_path
from program.workshop_files.values import WorkshopSettings

CONFERENCES = re.compile(
    r"\b(?:AAAI|ACCV|ACL|AISTATS|BMVC|COLM|CoRL|CVPR|EACL|ECCV|ECML|EMNLP|FAccT|ICASSP|ICCV|ICLR|ICML|ICRA|IJCAI|Interspeech|IROS|ISBI|KDD"
    r"|MICCAI|MIDL|NAACL|NeurIPS|SIGGRAPH|SIGIR|TheWebConf|UAI|WACV|WSDM)\b"
)
ORDINALS = ("", "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh", "twelfth")
MONTHS = (
    r"Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?"
    r"|Sep(?:t(?:ember)?)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?"
)
YEAR = re.compile(r"(?<![\d.])(?:199\d|20\d\d)(?!\d)", re.ASCII)
DAY = re.compile(rf"\b(?:{MONTHS})\.?\s+\d{{1,2}}(?:st|nd|rd|th)?\b(?!\s*\d)", re.ASCII)
EMPTY_LINK = re.compile(r"\[[^\]]*\]\(\s*#?\s*\)|href=[\"']\s*#?\s*[\"']")
BROKEN_ADDRESS = re.compile(r"\bhttps?:/(?!/)\S*|\bhttps?://(?:localhost|127\.0\.0\.1)?(?=[\s/:)\"'>]|$)", re.ASCII)
ANY_ADDRESS = re.compile(r"https?://\S+|\S+@\S+\.\S+")
# Values that no text stands in, or that are this edition's own.
SKIPPED = frozenset(
    (
        *("slug", "year", "edition", "series", "kind", "source", "format", "zone", "papers", "venue_id"),
        *("at", "until", "changed_at", "starts_at", "starts_on", "ends_on", "earlier", "due_at"),
    )
)
ADDRESSES = frozenset({"url", "logo_url", "link"})
# A year in somebody's home page or in the name of a picture says nothing about an edition.
TIMELESS = ("$.people", "$.sponsors", "$.affiliations")


@dataclass(frozen=True, slots=True)
class Leftover:
    """A text that names another edition: its place in the workshop file, the words, what is wrong with them."""

    place: str
    words: str
    sentence: str

    def __str__(self) -> str:
        return f"{self.place}: “{self.words}” {self.sentence}" if self.words else f"{self.place} {self.sentence}"


@dataclass(frozen=True, slots=True)
class Edition:
    """What the texts of an edition may name, and what only the previous one's may."""

    year: int
    conference: str
    previous: WorkshopSettings | None

    @property
    def own_conference(self) -> str:
        """Return the acronym of the conference, in lower case; empty while none is set."""
        return find_acronym(self.conference)


def find_leftovers(settings: WorkshopSettings, *, previous: WorkshopSettings | None) -> tuple[Leftover, ...]:
    """Return every text of `settings` that names another year, conference, day or place, the previous edition, or a dead link.

    Nothing is asked over the network.
    """
    edition = Edition(settings.year, settings.conference, previous)
    found: dict[Leftover, None] = {}
    for path, text in _walk("$", write_entry(settings)):
        for words, sentence in _examine(path, text, edition):
            found.setdefault(Leftover(path, words.strip()[:120], sentence))
    return (*found, *_find_unset(settings, edition))


def find_acronym(conference: str) -> str:
    """Return a conference without its year, in lower case: cvpr for CVPR 2024."""
    return re.sub(r"[\W\d_]+", "", conference.partition(" ")[0]).casefold()


def names_edition(text: str, settings: WorkshopSettings) -> bool:
    """Tell whether a text names this very edition: its year, slug, venue or the conference with two digits."""
    marks = _list_marks(settings)
    return bool(re.search(rf"(?<!\d){settings.year}(?!\d)", text)) or any(mark.search(text) for mark, _ in marks)


def _examine(path: str, text: str, edition: Edition) -> Iterator[tuple[str, str]]:
    is_address = path.rpartition(".")[2] in ADDRESSES
    if is_address and is_dead(text):
        yield text, "leads nowhere: it is not a whole web address."
    for found in YEAR.finditer(text):
        if int(found[0]) != edition.year and not (path.startswith(TIMELESS) and (is_address or path.endswith((".photo", ".logo")))):
            yield _around(text, found), f"names the year {found[0]}."
    if edition.previous:
        for mark, sentence in _list_marks(edition.previous):
            for found in mark.finditer(text):
                yield _around(text, found), sentence
    yield from _examine_conferences(text, edition)
    for form, sentence in ((DAY, "names a day."), (EMPTY_LINK, "is a link to nowhere."), (BROKEN_ADDRESS, "is not a whole web address.")):
        if not is_address:
            for found in form.finditer(text):
                yield found[0], sentence


def _examine_conferences(text: str, edition: Edition) -> Iterator[tuple[str, str]]:
    former = find_acronym(edition.previous.conference) if edition.previous else ""
    for found in CONFERENCES.finditer(ANY_ADDRESS.sub(" ", text)):
        name = found[0].casefold()
        if name != edition.own_conference:
            yield found[0], "names the conference of the previous edition." if name == former else "names another conference."


def _list_marks(settings: WorkshopSettings) -> list[tuple[re.Pattern[str], str]]:
    """Return what only texts of this edition say: slug, venue, place, room, ordinal, acronyms with two digits of its year."""
    digits = f"{settings.year % 100:02}"
    heads = {find_acronym(settings.conference), re.sub(r"\W+", "", settings.short_name).casefold(), re.sub(r"[\d_-]+$", "", settings.slug)}
    marks = [
        (settings.venue_id, "is the OpenReview venue of the previous edition."),
        (settings.room, "is the room of the previous edition."),
        (settings.place.split(",")[0], "is the place of the previous edition."),
    ]
    patterns = [(re.compile(re.escape(text), re.IGNORECASE), sentence) for text, sentence in marks if len(text) > 2]
    glued = "|".join(re.escape(head) for head in sorted(heads, key=len, reverse=True) if head)
    if glued:
        patterns.append((re.compile(rf"\b(?:{glued})[-'’ ]{{0,2}}{digits}(?!\d)", re.IGNORECASE), "names the previous edition."))
    if settings.edition and settings.edition < len(ORDINALS):
        words = rf"\b(?:{ORDINALS[settings.edition]}|{settings.edition}(?:st|nd|rd|th))\b(?=(?:\s+\S+){{0,4}}?\s+(?:workshop|edition))"
        patterns.append((re.compile(words, re.IGNORECASE), "counts the previous edition."))
    return patterns


def _find_unset(settings: WorkshopSettings, edition: Edition) -> Iterator[Leftover]:
    if edition.previous and settings.place == "" and settings.zone == edition.previous.zone:
        yield Leftover("$.zone", settings.zone, "is the zone of the previous edition's place.")
    for name in ("conference", "place", "venue_id", "starts_on"):
        if not getattr(settings, name):
            yield Leftover(f"$.{name}", "", "is not set yet.")


def _around(text: str, found: re.Match[str]) -> str:
    """Return the word around a find, so that a sentence can quote it."""
    start = max(text.rfind(" ", 0, found.start()), text.rfind("\n", 0, found.start())) + 1
    ends = [end for end in (text.find(" ", found.end()), text.find("\n", found.end())) if end >= 0]
    return text[start : min(ends, default=len(text))]


def _walk(path: str, value: Any) -> Iterator[tuple[str, str]]:
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from _walk(f"{path}[{index}]", inner)
    elif isinstance(value, dict):
        for name in [name for name in value if name not in SKIPPED]:
            if path.endswith(".values"):
                yield join_path(path, name), name
            yield from _walk(join_path(path, name), value[name])


def is_dead(address: str) -> bool:
    """Tell whether an address can lead nowhere: empty, without a host, or a bare fragment."""
    try:
        parts = urlsplit(address.strip())
    except ValueError:
        return True
    return parts.scheme not in {"http", "https"} or not parts.hostname
