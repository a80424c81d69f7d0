"""What the real sites got wrong, found before anything is written."""

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from papers.listings import ListedPaper, ListedWorkshop
from papers.zones import find_zone
from program.conflicts import find_conflicts
from program.listings import Listing
from program.listings.wording import name_session
from program.local_times import ABBREVIATIONS

Severity = Literal["block", "warn"]
MONTHS = "January February March April May June July August September October November December".split()  # noqa: SIM905
MONTH_NUMBERS = {month[:3].casefold(): number for number, month in enumerate(MONTHS, start=1)}
CONFERENCES = "CVPR ICCV ECCV WACV BMVC ACCV NeurIPS NIPS ICML ICLR AAAI IJCAI KDD ACL EMNLP NAACL SIGGRAPH CoRL ICRA IROS MICCAI"
DAY = re.compile(
    r"\b(?P<iso>(?P<y>\d{4})-(?P<m>\d\d)-(?P<d>\d\d))\b"
    r"|\b(?P<month>Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.?\s+(?P<day>\d{1,2})(?:st|nd|rd|th)?\b(?:,?\s+(?P<year>20\d\d))?",
    re.IGNORECASE,
)
LABEL = re.compile(r"\b(?P<label>[PMCE][SD]T|CES?T|BST|EES?T)\b(?:\s*[/(,]?\s*(?P<offset>(?:GMT|UTC)\s*[+\u2212-]\s*\d{1,2}(?::?\d\d)?))?")
DAYLIGHT = {"PST": "PDT", "MST": "MDT", "CST": "CDT", "EST": "EDT", "CET": "CEST", "EET": "EEST"}
HOURS = {"PST": -8, "PDT": -7, "MST": -7, "MDT": -6, "CST": -6, "CDT": -5, "EST": -5, "EDT": -4, "CET": 1, "CEST": 2, "EET": 2, "EEST": 3}
NO_BREAK = re.compile("[\u00a0\u202f\u2007]")
INVISIBLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b\u200e\u200f\u2028-\u202e\u2060-\u2064\u2066-\u2069\ufeff\u00ad]")
NON_ASCII = re.compile("[^\x00-\x7f]{2,}")
EMPTY_LINK = re.compile(r"\[(?P<text>[^\]\n]*)\]\(\s*\)|<a\b[^>]*\bhref=(?:\"\s*\"|'\s*')[^>]*>", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Finding:
    """Something wrong with what would be published, or with the file around it. `where` is a file with its line, or an object."""

    code: str
    severity: Severity
    where: str
    sentence: str
    remedy: str


def find_problems(listing: Listing, *, imported_counts: Mapping[str, int] | None = None) -> tuple[Finding, ...]:
    """Return what is wrong with a listing. `imported_counts` holds how many authors each note id had upstream."""
    return (
        *_find_conflicts(listing),
        *_find_missing_authors(listing.papers, imported_counts or {}),
        *_find_strangers(listing),
        *(finding for kind, _, url in listing.workshop.links for finding in _find_other_years(url, f"link “{kind}”", listing.workshop)),
        *(finding for where, text in _list_texts(listing) for finding in find_text_problems(text, where, listing.workshop)),
    )


def find_text_problems(text: str, where: str, workshop: ListedWorkshop) -> tuple[Finding, ...]:
    """Return what is wrong with the characters and zone labels of a text that the product holds."""
    return (*_find_odd_characters(text, where), *_find_wrong_labels(text, where, workshop))


def find_file_problems(text: str, path: str, workshop: ListedWorkshop) -> tuple[Finding, ...]:
    """Return what is wrong in a file of the site, line by line; each sentence names the first line in which it occurs."""
    found: dict[tuple[str, str], Finding] = {}
    for number, line in enumerate(text.split("\n"), start=1):
        where = f"{path}, line {number}"
        for finding in (*find_text_problems(line.rstrip("\r"), where, workshop), *_find_links_and_years(line, where, workshop)):
            found.setdefault((finding.code, finding.sentence), finding)
    return tuple(found.values())


def _find_conflicts(listing: Listing) -> Iterator[Finding]:
    for conflict in find_conflicts(listing.sessions):
        if conflict.code != "gap":
            yield Finding(conflict.code, "warn", "schedule", conflict.sentence, conflict.remedy)


def _find_missing_authors(papers: Iterable[ListedPaper], imported_counts: Mapping[str, int]) -> Iterator[Finding]:
    for paper in papers:
        where, expected = _name(paper), imported_counts.get(paper.note_id, 0)
        if len(paper.authors) < expected:
            sentence = f"{where} lists {len(paper.authors)} of the {expected} authors that were imported."
            yield Finding("authors-fewer", "block", where, sentence, "Take the author list from the import again.")
        elif not paper.authors:
            sentence = f"{where} “{paper.title}” has no authors to print."
            yield Finding("authors-missing", "warn", where, sentence, "Import again with an account that may see them.")


def _find_strangers(listing: Listing) -> Iterator[Finding]:
    known = {person.full_name or person.name for person in listing.people}
    for session in listing.sessions:
        for person in session.people:
            if (person.full_name or person.name) not in known:
                sentence = f"{person.name} is in the schedule (“{name_session(session)}”) but has no role in this edition."
                yield Finding("person-unlisted", "warn", person.name, sentence, "Give them a role, or name the right person.")


def _list_texts(listing: Listing) -> Iterator[tuple[str, str]]:
    for paper in listing.papers:
        yield f"{_name(paper)}, title", paper.title
        yield from ((f"{_name(paper)}, authors", author.name) for author in paper.authors)
    for session in listing.sessions:
        yield f"session “{name_session(session)}”", " ".join((session.label, session.title, session.room)).strip()
        yield from ((f"session “{name_session(session)}”", person.name) for person in session.people)
    for date in listing.dates:
        yield f"date “{date.name}”", f"{date.name} {date.note}".strip()
        yield from ((f"date “{date.name}”, earlier value", earlier.note) for earlier in date.earlier)
    for person in listing.people:
        yield f"person {person.name}", " ".join((person.full_name, person.title, person.affiliation)).strip()


def _name(paper: ListedPaper) -> str:
    return f"Paper {paper.number}" if paper.number is not None else f"Paper “{paper.title}”"


def _find_odd_characters(text: str, where: str) -> Iterator[Finding]:
    if NO_BREAK.search(text):
        sentence = f"There are no-break spaces in “{_show(text)}”, as when it was copied from a web page."
        yield Finding("no-break-space", "warn", where, sentence, "They are printed as plain spaces; write plain ones.")
    odd = sorted({f"U+{ord(character):04X}" for character in INVISIBLE.findall(text)})
    if odd:
        sentence = f"There are characters that can't be seen in “{_show(text)}”: {', '.join(odd)}."
        yield Finding("control-character", "warn", where, sentence, "They are left out in print; take them away.")
    broken = next((found[0] for found in NON_ASCII.finditer(text) if _is_mojibake(found[0])), "\ufffd" if "\ufffd" in text else "")
    if broken:
        sentence = f"“{_show(text)}” holds “{broken}”, a character that was read in the wrong encoding."
        yield Finding("mojibake", "warn", where, sentence, "Write the character that was meant.")


def _is_mojibake(run: str) -> bool:
    for encoding in ("cp1252", "latin-1"):
        try:
            return len(run.encode(encoding).decode("utf-8")) < len(run)
        except UnicodeError:
            continue
    return False


def _find_wrong_labels(text: str, where: str, workshop: ListedWorkshop) -> Iterator[Finding]:
    days = [(found.end(), day) for found in DAY.finditer(text) if (day := _read_day(found, workshop.year))]
    for found in LABEL.finditer(text):
        label = found["label"]
        before = [day for end, day in days if end <= found.start()]
        day = before[-1] if before else days[0][1] if days else workshop.starts_on
        if day and label in DAYLIGHT and _says_daylight(label, day, workshop.zone):
            sentence = (
                f"“{label}” is said for {day:%B} {day.day}, when clocks show {DAYLIGHT[label]}: read by the letter it is an hour later."
            )
            yield Finding("zone-label", "warn", where, sentence, f"Write {DAYLIGHT[label]}, or Pacific Time and the like.")
        if found["offset"] and label in HOURS and _read_hours(found["offset"]) != HOURS[label]:
            sentence = f"“{found[0]}” contradicts itself: {label} is UTC{HOURS[label]:+d}."
            yield Finding("zone-offset", "warn", where, sentence, f"Write UTC{HOURS[label]:+d}.")


def _says_daylight(label: str, day: dt.date, zone: str) -> bool:
    noon = dt.datetime.combine(day, dt.time(12))
    if noon.replace(tzinfo=find_zone(zone)).tzname() == label:
        return False  # it is right where the workshop is, e.g. MST in Arizona
    return noon.replace(tzinfo=find_zone(ABBREVIATIONS[label])).tzname() == DAYLIGHT[label]


def _read_day(found: re.Match[str], year: int) -> dt.date | None:
    try:
        if found["iso"]:
            return dt.date(int(found["y"]), int(found["m"]), int(found["d"]))
        return dt.date(int(found["year"] or year), MONTH_NUMBERS[found["month"][:3].casefold()], int(found["day"]))
    except ValueError:
        return None


def _read_hours(offset: str) -> float:
    sign, hours, minutes = re.findall(r"([+\u2212-])\s*(\d{1,2})(?::?(\d\d))?", offset)[0]
    return (int(hours) + int(minutes or 0) / 60) * (1 if sign == "+" else -1)


def _find_links_and_years(line: str, where: str, workshop: ListedWorkshop) -> Iterator[Finding]:
    for link in EMPTY_LINK.finditer(line):
        sentence = f"The link “{link['text'] or link[0]}” leads nowhere."
        yield Finding("empty-link", "warn", where, sentence, "Give it an address or take it away.")
    yield from _find_other_years(line, where, workshop)


def _find_other_years(line: str, where: str, workshop: ListedWorkshop) -> Iterator[Finding]:
    names = {*CONFERENCES.split(), workshop.short_name, re.sub(r"\W*\d+\W*$", "", workshop.conference)} - {""}
    pattern = re.compile(rf"(?<![A-Za-z])({'|'.join(map(re.escape, sorted(names)))})[ /_'’-]?(?P<year>(?:20)?\d\d)(?!\d)", re.IGNORECASE)
    for found in pattern.finditer(line):
        if int(found["year"]) % 100 != workshop.year % 100:
            sentence = f"“{found[0]}” is another edition's name; this one is {workshop.year}."
            yield Finding("other-year", "warn", where, sentence, "Say the right edition, unless the older one is meant.")


def _show(text: str) -> str:
    shown = "".join(character if character.isprintable() else "·" for character in text.strip())
    return shown if len(shown) <= 60 else f"{shown[:59]}…"
