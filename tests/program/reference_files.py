"""Turn any reference file of a real workshop into a workshop file, as an organizer would type it."""

import re
from typing import Any

from django.utils.text import slugify

from program.local_times import ABBREVIATIONS, list_zones
from standin.reference import find_group
from tests.program.reference_dates import find_days, make_dates
from tests.program.reference_people import PeopleBook
from tests.program.reference_sessions import make_sessions
from tests.program.reference_values import as_count, as_dict, as_list, clean, clean_email, clean_url

Json = dict[str, Any]
PROCEEDINGS = {"option": "option", "optional": "option", "yes": "all", "all": "all", "true": "all"}
PARTS_OF_DAY = {"morning": "morning", "afternoon": "afternoon", "full day": "full-day", "full-day": "full-day", "full": "full-day"}


def make_workshop_file(reference: Json) -> Json:
    """Return the workshop file of a reference file; what is missing there is left out, what is odd is mended or dropped."""
    workshop = as_dict(reference.get("workshop"))
    zone = find_zone(workshop)
    days = find_days(reference)
    people = PeopleBook(reference)
    presentations = list_presentations(reference)
    named = (workshop.get("short"), reference.get("name"), workshop.get("title"), "Workshop")
    short = next(found for value in named if (found := clean(value, 60)))
    sessions = make_sessions(reference, people, days, zone)
    made: Json = {
        "slug": slugify(str(reference.get("name") or short))[:60] or "workshop",
        "series": {"slug": slugify(short)[:60] or "workshop", "name": short},
        "name": clean(workshop.get("title"), 300) or short,
        "short_name": short,
        "edition": as_count(workshop.get("edition")),
        "year": find_year(reference, days),
        "conference": clean(workshop.get("conference"), 100),
        "starts_on": days[0] if days else None,
        "ends_on": days[-1] if len(days) > 1 else None,
        "part_of_day": PARTS_OF_DAY.get(clean(workshop.get("session"), 40).casefold()),
        "place": clean(workshop.get("city"), 200),
        "room": clean(workshop.get("room"), 200),
        "zone": zone,
        "contact_email": clean_email(workshop.get("contact_email")),
        "venue_id": find_venue(reference),
        "links": list_links(reference),
        "tracks": list_tracks(reference),
        "presentations": presentations,
        "awards": list_awards(reference, presentations),
        "mapping": make_mapping(reference, presentations),
        "dates": make_dates(reference, days, zone),
        "topics": list(dict.fromkeys(text for topic in as_list(reference.get("topics")) if (text := clean(topic, 2000)))),
        "people": people.list_people(),
        "roles": people.list_roles(),
        "sponsors": list_organizations(reference.get("sponsors")),
        "affiliations": list_organizations(reference.get("organizer_affiliations")),
        "sessions": sessions,
        "site": make_site(reference),
    }
    return {key: value for key, value in made.items() if value not in (None, "", [], {})}


def find_zone(workshop: Json) -> str:
    """Return the zone, an abbreviation as the place it stands for, UTC where none is known."""
    named = clean(workshop.get("timezone"), 64)
    return named if named in list_zones() else ABBREVIATIONS.get(named.upper(), "UTC")


def find_year(reference: Json, days: list[str]) -> int:
    """Return the year of the first day, else one that the conference or the file's name says."""
    workshop = as_dict(reference.get("workshop"))
    told = (
        days[0] if days else f"{workshop.get('date')} {workshop.get('conference')} {reference.get('name')} {reference.get('commit_date')}"
    )
    found = re.search(r"(?:19|20)\d\d", told) or re.search(r"(?<!\d)(\d\d)(?!\d)", told)
    year = int(found[0]) if found else 2000
    return year if year > 99 else 2000 + year


def find_venue(reference: Json) -> str:
    """Return the OpenReview venue id under which the stand-in serves the workshop."""
    return clean(find_group(reference), 200)


def list_links(reference: Json) -> list[Json]:
    """Return the addresses that the reference names."""
    workshop = as_dict(reference.get("workshop"))
    found = {
        "site": reference.get("site"),
        "openreview": workshop.get("openreview_url"),
        "template": workshop.get("template_url"),
        "virtual": workshop.get("virtual_page"),
        "recording": workshop.get("recording"),
        "community": workshop.get("discord"),
    }
    return [{"kind": kind, "url": clean_url(url)} for kind, url in found.items() if clean_url(url)]


def list_tracks(reference: Json) -> list[Json]:
    """Return the tracks; the slug is the name without "papers"."""
    found: dict[str, Json] = {}
    for given in as_list(reference.get("tracks")):
        track = given if isinstance(given, dict) else {"name": given}
        name = clean(track.get("name"), 100)
        if name and name_track(name) not in found:
            found[name_track(name)] = {
                "slug": name_track(name),
                "name": name,
                "page_limit": as_count(track.get("max_pages")),
                "uncounted_parts": [part for part in (clean(part, 60) for part in as_list(track.get("excludes"))) if part],
                "proceedings": PROCEEDINGS.get(str(track.get("proceedings")).casefold(), "none"),
                "is_award_eligible": track.get("best_paper_eligible") is True,
            }
    return list(found.values())


def name_track(name: str) -> str:
    """Return the slug of a track: full for Full papers."""
    return slugify(re.sub(r"(?i)\s*(papers?|tracks?)\b", "", name))[:40] or slugify(name)[:40] or "track"


def read_kinds(paper: Json) -> list[str]:
    """Return the presentations of a paper as the reference states them."""
    return [clean(kind, 60) for kind in as_list(paper.get("presentation")) if kind]


def list_papers(reference: Json) -> list[Json]:
    """Return the papers that are objects."""
    return [paper for paper in as_list(reference.get("papers")) if isinstance(paper, dict)]


def list_presentations(reference: Json) -> list[Json]:
    """Return the presentations in the order in which the published list comes to them."""
    found: dict[str, Json] = {}
    for kind in [kind for paper in list_papers(reference) for kind in read_kinds(paper)[:1]]:
        words = kind.replace("_", " ").replace("-", " ")
        slug = slugify(kind)[:40]
        if slug:
            found.setdefault(slug, {"slug": slug, "name": " ".join(word[:1].upper() + word[1:] for word in words.split())})
    return list(found.values())


def list_awards(reference: Json, presentations: list[Json]) -> list[Json]:
    """Return the awards that papers have or that the rules promise."""
    given = [award for paper in list_papers(reference) for award in as_list(paper.get("awards") or paper.get("award"))]
    names = [clean(award.get("name") if isinstance(award, dict) else award, 100) for award in given]
    if any(as_dict(track).get("best_paper_eligible") for track in as_list(reference.get("tracks"))):
        names += ["Best Paper", "Best Paper Runner-up"]
    oral = next((kind["slug"] for kind in presentations if kind["slug"] == "oral"), "")
    found = {slugify(name)[:40]: name for name in names if slugify(name)}
    return [{"slug": slug, "name": name, **({"presentation": oral} if oral else {})} for slug, name in found.items()]


def make_mapping(reference: Json, presentations: list[Json]) -> Json:
    """Return what the form's tracks, the decision texts and the venue lines mean."""
    tracks = {label: slug for label, slug in (label_track(track) for track in as_list(reference.get("tracks"))) if label}
    workshop = as_dict(reference.get("workshop"))
    short = " ".join(str(part) for part in (workshop.get("conference"), "Workshop", workshop.get("short")) if part)
    texts: Json = {"Reject": {"outcome": "reject"}}
    venues: Json = {clean(f"Submitted to {short}", 500): {"outcome": "reject"}}
    known = {kind["slug"] for kind in presentations}
    for paper in list_papers(reference):
        text, meaning = read_decision(paper, known)
        texts[text] = meaning
        venues[clean(f"{short} {re.sub(r'[^0-9A-Za-z_]', '', text.replace('Accept', ''))}", 500)] = meaning
    mapping: Json = {"decision": [{"source": "decision", "values": texts}, {"source": "venue", "values": venues}]}
    return {**mapping, "track": [{"source": "content", "key": "track", "values": tracks}]} if tracks else mapping


def label_track(track: Any) -> tuple[str, str]:
    """Return the text by which the form offers a track, with the track's slug."""
    told = track if isinstance(track, dict) else {"name": track}
    name, pages = clean(told.get("name"), 100), told.get("max_pages")
    label = re.sub(r"papers$", "paper", name)
    return (f"{label} (up to {pages} pages)" if pages else label), name_track(name)


def read_decision(paper: Json, known: set[str]) -> tuple[str, Json]:
    """Return the text of a paper's decision with its meaning."""
    kinds = read_kinds(paper)
    words = ", ".join(kind.replace("_", " ").strip() for kind in kinds)
    text = clean(paper.get("decision"), 500)
    text = text or (f"Accept ({' '.join(word[:1].upper() + word[1:] for word in words.split())})" if words else "Accept")
    if re.match(r"(?i)reject|withdraw", text):
        return text, {"outcome": "reject"}
    slug = slugify(kinds[0])[:40] if kinds else ""
    return text, {"outcome": "accept", "presentation": slug} if slug in known else {"outcome": "accept"}


def list_organizations(given: Any) -> list[Json]:
    """Return sponsors or affiliations, each once."""
    found: dict[tuple[str, str], Json] = {}
    for one in as_list(given):
        told = one if isinstance(one, dict) else {"name": one}
        made = {
            "name": clean(told.get("name"), 200),
            "url": clean_url(told.get("url")),
            "logo": clean(told.get("logo"), 300),
            "logo_url": clean_url(told.get("logo_url")),
            "logo_height": as_count(told.get("logo_height"), 9999),
            "level": clean(told.get("level"), 60),
        }
        if made["name"] or made["url"]:
            found.setdefault((str(made["name"]), str(made["url"])), {key: value for key, value in made.items() if value})
    return list(found.values())


def make_site(reference: Json) -> Json:
    """Return the site with the two blocks that every page of accepted papers has."""
    url, page = clean_url(reference.get("site")), clean(reference.get("page"), 301)
    parts = page.split("/")
    if len(page) > 300 or any(part in {"", ".", ".."} for part in parts) or "\\" in page or ":" in page:
        return {"url": url} if url else {}
    name = str(reference.get("name"))
    dialect = name if name in {"syntagen24", "syntagen25"} else "list"
    options = {"dialect": dialect}
    blocks = [
        {"name": "accepted", "path": page, "format": "accepted-markdown", "options": options, "heading": "Accepted Papers"},
        {"name": "schedule", "path": page, "format": "schedule-html", "options": {"dialect": "syntagen"}, "heading": "Schedule"},
    ]
    return {"url": url, "blocks": blocks}
