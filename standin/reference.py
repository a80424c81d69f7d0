"""Turn a reference file of a real workshop into stand-in data: its facts, with clearly marked inventions beside them."""

import argparse
import json
import re
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from standin.answers import Json
from standin.persons import Author
from standin.store import START, Store, make_tilde_id
from standin.venue import Venue

PASSWORD = "loopback-only"
PEOPLE = {
    "chair@syntagen.example": "Invented Chair 1",
    "chair-author@syntagen.example": "Invented Chair Author 2",
    "publication@syntagen.example": "Invented Publication Chair 3",
    "author@syntagen.example": "Invented Author 4",
    "outsider@syntagen.example": "Invented Outsider 5",
}
DAY = 86_400_000
REVIEWS = 3
UTC_KEYS = ("utc", "utc_if_Pacific", "utc_literal_PST")


def read_reference(reference: Json, *, with_invented: bool = True) -> Store:
    """Return the stand-in's state for one workshop.

    Facts: title, authors in order, forum id, number in listing order, presentation, dates. Everything else is invented and
    says so; without inventions there are only accepted papers and their decisions.
    """
    workshop = as_dict(reference.get("workshop"))
    papers = [paper for paper in as_list(reference.get("papers")) if isinstance(paper, dict)]
    deadline, notified = find_dates(reference)
    store = Store(start=deadline - DAY)
    tracks = list_tracks(reference) if with_invented else []
    options = list(dict.fromkeys(read_decision(paper) for paper in papers))
    accepting = [option for option in options if not re.match(r"(?i)reject|withdraw", option)]
    venue = Venue(
        store,
        find_group(reference),
        title=str(workshop.get("title") or workshop.get("short") or reference.get("name") or "Workshop"),
        short=name_short(workshop),
        decision_options=tuple(dict.fromkeys([*options, "Reject"])),
        accept_options=tuple(accepting),
        fields=describe_form(tracks),
    )
    set_deadline(venue, "Submission", deadline)
    add_people(venue)
    for paper in papers:
        number = add_accepted(venue, paper, tracks)
        if with_invented:
            add_reviews(venue, number, 6)
        venue.add_decision(number, read_decision(paper), list_awards(paper))
    if with_invented:
        add_invented(venue, len(papers), tracks)
    store.now = max(store.now, notified)
    venue.release(at=notified)
    if with_invented:
        shut_out_chair(venue, len(papers) + 1)
    store.about[venue.id] = describe_source(reference, with_invented)
    return store


def as_dict(value: Any) -> Json:
    """Return the object, or an empty one for anything else."""
    return value if isinstance(value, dict) else {}


def as_list(value: Any) -> list[Any]:
    """Return the list, or an empty one for anything else."""
    return value if isinstance(value, list) else []


def find_group(reference: Json) -> str:
    """Return the venue id that the reference names, or one derived from its year and name."""
    workshop = as_dict(reference.get("workshop"))
    for source in (workshop, reference):
        named = str(source.get("openreview_group") or "").strip().strip("/")
        linked = re.search(r"[?&]id=([^&#\s]+)", str(source.get("openreview_url") or ""))
        if named or linked:
            return named or (linked[1].strip("/") if linked else "")
    year = re.search(r"(?:19|20)\d\d", f"{workshop.get('date')} {workshop.get('conference')} {reference.get('name')}")
    name = str(workshop.get("short") or reference.get("name") or workshop.get("title") or "Workshop")
    return f"standin.example/{year[0] if year else '2000'}/Workshop/{'_'.join(re.findall(r'[0-9A-Za-z-]+', name)) or 'Workshop'}"


def name_short(workshop: Json) -> str:
    """Return what the `venue` strings begin with, for example "CVPR 2024 Workshop SyntaGen"."""
    parts = [workshop.get("conference"), "Workshop", workshop.get("short")]
    return " ".join(str(part) for part in parts if part)


def find_dates(reference: Json) -> tuple[int, int]:
    """Return submission deadline and notification in milliseconds, guessed from the day of the workshop where missing."""
    found: dict[str, int] = {}
    for entry in as_list(reference.get("dates")):
        date = as_dict(entry)
        instant = next((parse_instant(date[key]) for key in UTC_KEYS if date.get(key)), None)
        if instant is not None and date.get("kind"):
            found.setdefault(str(date["kind"]), instant)
    day = parse_instant(as_dict(reference.get("workshop")).get("date"))
    deadline = found.get("submission") or (day - 90 * DAY if day else START)
    return deadline, max(found.get("notification") or deadline + 14 * DAY, deadline + DAY)


def parse_instant(text: Any) -> int | None:
    """Read an ISO date or instant as milliseconds since 1970; what cannot be read is None."""
    try:
        instant = datetime.fromisoformat(str(text))
    except ValueError:
        return None
    return int((instant if instant.tzinfo else instant.replace(tzinfo=UTC)).timestamp()) * 1000


def list_tracks(reference: Json) -> list[str]:
    """Return the form's values for `track`, in OpenReview's words: "Full paper (up to 8 pages)"."""
    labels = []
    for entry in as_list(reference.get("tracks")):
        track = entry if isinstance(entry, dict) else {"name": entry}
        name = re.sub(r"papers$", "paper", str(track.get("name") or "").strip())
        pages = track.get("max_pages")
        if name:
            labels.append(f"{name} (up to {pages} pages)" if pages else name)
    return list(dict.fromkeys(labels))


def describe_form(tracks: list[str]) -> Json:
    """Return the submission form's extra fields."""
    return {"track": {"value": {"param": {"type": "string", "enum": tracks, "input": "radio"}}}} if tracks else {}


def set_deadline(venue: Venue, stage: str, instant: int) -> None:
    """Give a stage its last minute."""
    venue.store.invitations[f"{venue.id}/-/{stage}"] |= {"duedate": instant, "expdate": instant}


def read_decision(paper: Json) -> str:
    """Return the stated decision, or one made from the presentation: "Accept (Oral)", "Accept" where none is known."""
    if paper.get("decision"):
        return str(paper["decision"])
    presentation = paper.get("presentation")
    kinds = presentation if isinstance(presentation, list) else [presentation]
    words = ", ".join(str(kind).replace("_", " ").strip() for kind in kinds if kind)
    return f"Accept ({' '.join(word[:1].upper() + word[1:] for word in words.split())})" if words else "Accept"


def list_awards(paper: Json) -> str:
    """Return the paper's awards as a decision comment."""
    given = paper.get("awards") or paper.get("award") or []
    awards = [str(as_dict(award).get("name") or award) for award in (given if isinstance(given, list) else [given])]
    return "\n".join(f"Award: {award}" for award in awards)


def list_authors(paper: Json) -> list[Author]:
    """Return every author as printed, with an invented tilde id that follows from the name."""
    found: list[Author] = []
    authors = paper.get("authors")
    for entry in split_names(authors) if isinstance(authors, str) else as_list(authors):
        author = entry if isinstance(entry, dict) else {"name": entry}
        name = str(author.get("name") or author.get("fullname") or "").strip()
        if name:
            place = author.get("affiliation")
            places = {"institutions": [{"name": str(place)}]} if place else {}
            found.append({"fullname": name, "username": make_tilde_id(name), **places})
    return found


def split_names(text: str) -> list[str]:
    """Return the names in one text, between semicolons where there are any; a comma before Jr. belongs to the name."""
    return re.split(r"\s*;\s*" if ";" in text else r",(?!\s*(?:[JS]r|I{1,3}|IV)\b)\s*(?:and\s+)?|\s+and\s+", text)


def add_accepted(venue: Venue, paper: Json, tracks: list[str]) -> int:
    """Add one accepted paper; `invented_fields` lists what is not a public fact."""
    number = len(venue.papers) + 1
    forum = find_forum(paper, venue.store)
    invented = ["authorids", "pdf", *([] if forum else ["id"])]
    track = match_track(paper, tracks)
    if track is None and tracks:
        track = tracks[0 if "Oral" in read_decision(paper) else (number - 1) % len(tracks)]
        invented.append("track")
    title = str(paper.get("title") or f"Untitled paper {number}")
    pdf = venue.store.add_printed_pdf(title, "The stand-in's page, not the paper", f"{venue.id} {number}")
    content = {"invented_fields": sorted(invented), "abstract": None, "keywords": None}
    venue.add_submission(title, list_authors(paper), id=forum, number=number, track=track, pdf=pdf, content=content)
    return number


def find_forum(paper: Json, store: Store) -> str | None:
    """Return the paper's forum id, once: a second paper with the same one gets an invented id."""
    linked = re.search(r"openreview\.net/\w+\?(?:.*&)?id=([\w-]+)", str(paper.get("url") or ""))
    forum = str(paper.get("openreview_forum_id") or (linked[1] if linked else "")).strip()
    return forum if forum and forum not in store.notes else None


def match_track(paper: Json, tracks: list[str]) -> str | None:
    """Return the form's value for the track that the reference states, if it states one."""
    stated = str(paper.get("track") or "").casefold().removesuffix("s")
    return next((label for label in tracks if stated and label.casefold().startswith(stated)), None)


def add_reviews(venue: Venue, number: int, least: int) -> None:
    """Add three invented reviews with ratings from `least` upward."""
    for count in range(REVIEWS):
        text = f"Invented review {count + 1} of {REVIEWS} of submission {number}. Nobody wrote this about the paper."
        rating, confidence = least + (number + count) % 3, 2 + (number + 2 * count) % 4
        venue.add_review(number, rating=rating, confidence=confidence, text=text, title="Invented review", invented=True)


def add_people(venue: Venue) -> None:
    """Add the accounts; they are the same for every workshop."""
    roles = {"chair@": "Program_Chairs", "chair-author@": "Program_Chairs", "publication@": "Publication_Chairs"}
    for username, name in PEOPLE.items():
        role = roles.get(username.partition("@")[0] + "@")
        if role:
            venue.add_member(role, username, name, password=PASSWORD)
        else:
            venue.add_person(username, name, password=PASSWORD)


def add_invented(venue: Venue, accepted: int, tracks: list[str]) -> None:
    """Add rejected papers, a withdrawn and a desk-rejected one, all marked as invented."""
    rejected = 2 + accepted // 4
    for count in range(rejected + 2):
        number = len(venue.papers) + 1
        track = tracks[count % len(tracks)] if tracks else None
        people = [f"Invented Author {10 * number + place}" for place in range(1 + count % 3)]
        if count == 0:
            people.append(PEOPLE["chair-author@syntagen.example"])
        if count in (1, rejected):
            people.insert(0, PEOPLE["author@syntagen.example"])
        title = f"Invented: submission {number} to {venue.setting.short}"
        venue.add_submission(title, people, number=number, track=track, content={"invented": True, "abstract": "Invented abstract."})
        if count < rejected:
            add_reviews(venue, number, 3)
            venue.add_decision(number, "Reject", invented=True)
        elif count == rejected:
            venue.withdraw(number, "Invented withdrawal.")
        else:
            venue.desk_reject(number, "Invented desk rejection.")


def shut_out_chair(venue: Venue, number: int) -> None:
    """Make the chair who wrote this paper a nonreader of its decision too, as they are of its reviews."""
    venue.find_decision(number)["nonreaders"] = [venue.name_group(number, "Authors")]


def describe_source(reference: Json, with_invented: bool) -> Json:
    """Say in the data what is fact and what is not."""
    facts = ["title", "authors", "forum id", "number (listing order)", "decision (presentation)", "dates"]
    return {
        "name": reference.get("name"),
        "site": reference.get("site"),
        "commit": reference.get("commit"),
        "facts": facts,
        "invented": "reviews, tracks, ids of people, mail addresses, files, and every note with `invented` true" if with_invented else "",
    }


def main() -> int:
    """Read a reference file, write a data file."""
    parser = argparse.ArgumentParser(prog="python -m standin.reference", description=__doc__)
    parser.add_argument("reference", type=Path, metavar="REF.json")
    parser.add_argument("--out", type=Path, required=True, metavar="FILE.json")
    parser.add_argument("--no-invented", action="store_true", help="accepted papers and decisions only")
    options = parser.parse_args()
    try:
        reference = json.loads(options.reference.read_text(encoding="utf-8-sig"))
    except (OSError, ValueError) as error:
        sys.stderr.write(f"{options.reference}: {error}\n")
        return 1
    if not isinstance(reference, dict):
        sys.stderr.write(f"{options.reference}: not a JSON object\n")
        return 1
    read_reference(reference, with_invented=not options.no_invented).save(options.out)
    return 0


if __name__ == "__main__":
    sys.exit(main())
