"""Workshop files as Hypothesis invents them: odd texts, every section, every zone."""

import datetime as dt
from typing import Any

from hypothesis import strategies as st

from papers.models import FileKind, ImportantDate, Track, Workshop
from papers.zones import find_zone
from program.local_times import write_instant
from program.models import Person, Session
from program.workshop_files.checks import PARTS, ROLES
from program.workshop_files.fields import settle_line

Json = dict[str, Any]
ZONES = st.sampled_from(["UTC", "AoE", "America/Los_Angeles", "Asia/Kathmandu", "Australia/Lord_Howe", "Africa/Cairo", "America/Nuuk"])
LINES = st.text(max_size=30)
NAMES = st.text(min_size=1, max_size=30).filter(lambda text: bool(settle_line(text)))
SLUGS = st.text("abcXYZ019_-", min_size=1, max_size=12)
ADDRESSES = st.sampled_from(["", "https://example.org", "http://example.org/a?b=c&d", "https://bücher.example/ä#x"])
DAYS = st.dates(dt.date(1991, 1, 1), dt.date(2099, 12, 30))
EPOCH = dt.date(2026, 1, 1)
INSTANTS = st.datetimes(dt.datetime(1991, 1, 1), dt.datetime(2099, 12, 30), timezones=st.just(dt.UTC))


def compact(**fields: st.SearchStrategy[Any]) -> st.SearchStrategy[Json]:
    """Return objects in which any field may be missing, except those that are always drawn together."""
    return st.fixed_dictionaries({}, optional=fields)


def unique(strategy: st.SearchStrategy[Any], *keys: str, most: int = 4) -> st.SearchStrategy[list[Any]]:
    """Return lists whose entries differ in their keys in the normal form."""

    def tell(one: Any) -> Any:
        return tuple(settle_line(str(one.get(key) or "")) for key in keys) if isinstance(one, dict) else settle_line(one)

    return st.lists(strategy, max_size=most, unique_by=tell)


def join(*parts: st.SearchStrategy[Json]) -> st.SearchStrategy[Json]:
    """Return objects that have what all parts have."""
    return st.tuples(*parts).map(lambda drawn: {key: value for part in drawn for key, value in part.items()})


def need(**fields: st.SearchStrategy[Any]) -> st.SearchStrategy[Json]:
    """Return objects that have all these fields."""
    return st.fixed_dictionaries(fields)


TRACKS = unique(
    join(
        need(slug=SLUGS, name=NAMES),
        compact(
            page_limit=st.integers(1, 999),
            uncounted_parts=st.lists(NAMES, max_size=2),
            proceedings=st.sampled_from(Track.Proceedings.values),
            is_award_eligible=st.booleans(),
        ),
    ),
    "slug",
)
PRESENTATIONS = unique(join(need(slug=SLUGS, name=NAMES), compact(capacity=st.integers(1, 99))), "slug")
ORGANIZATIONS = unique(
    join(need(name=NAMES), compact(url=ADDRESSES, logo=LINES, logo_url=ADDRESSES, logo_height=st.integers(1, 200), level=LINES)),
    "name",
    "url",
)
FREE_TIMES = st.lists(st.integers(0, 200), unique=True, max_size=3).map(
    lambda days: [
        {"starts_at": f"{EPOCH + dt.timedelta(days=day)}T08:00Z", "ends_at": f"{EPOCH + dt.timedelta(days=day)}T17:30Z"} for day in days
    ]
)
TALKS = compact(
    zone=ZONES,
    attends=st.sampled_from(Person.Attendance.values),
    talk_title=LINES,
    abstract=st.text(max_size=60),
    bio=st.text(max_size=60),
    slides_url=ADDRESSES,
    availability=FREE_TIMES,
    confirmed_at=st.just("2026-03-01T12:00:00Z"),
)
PEOPLE = unique(
    join(need(name=NAMES), compact(program_name=LINES, title=LINES, affiliation=LINES, url=ADDRESSES, photo=LINES), TALKS), "name"
)
LINKS = st.lists(join(need(kind=SLUGS, url=ADDRESSES.filter(bool)), compact(label=LINES)), max_size=3)
PAPERS = st.sampled_from(["abc", "Zz9_-abc12", "#7", "title:Some paper"])
DETAILS = compact(minutes=st.integers(9, 600), question_minutes=st.integers(1, 9), is_pinned=st.booleans())
KEYS = st.lists(st.sampled_from(["", "a", "b-1", "c"]), min_size=4, max_size=4, unique_by=lambda key: key or object())
KINDS = st.lists(st.sampled_from(Session.Kind.values), max_size=2, unique=True)
RULES = st.sampled_from(["", "paper", "paper + 50"])
BOARDS = st.lists(st.tuples(st.integers(1, 20), compact(prefix=st.text("AB", max_size=2), rule=RULES, topic=LINES)), max_size=3).map(
    lambda drawn: [{**facts, "first": 100 * place, "last": 100 * place + width} for place, (width, facts) in enumerate(drawn, start=1)]
)
FORMATS: st.SearchStrategy[Json] = st.sampled_from(
    [
        {"format": "venue-line"},
        {"format": "accepted-markdown", "options": {"dialect": "list"}},
        {"format": "schedule-html", "options": {"papers": True, "dialect": "syntagen"}},
    ]
)
BLOCKS = unique(join(need(name=SLUGS, path=st.just("a/b.md")), FORMATS, compact(heading=LINES)), "path", "name")


@st.composite
def moments(draw: st.DrawFn, zone: str) -> str:
    """Return an instant as one of the forms that a file may use."""
    at = draw(INSTANTS).replace(microsecond=0)
    local = at.astimezone(find_zone(zone))
    return draw(
        st.sampled_from([write_instant(at, zone), at.isoformat(), at.isoformat(timespec="minutes"), local.isoformat()[:16] + "+00:00"])
    )


@st.composite
def dates(draw: st.DrawFn, zone: str) -> Json:
    """Return a date with its earlier values, some in zones of their own."""
    own = draw(st.one_of(st.none(), ZONES))
    at = st.one_of(moments(own or zone), DAYS.map(str))
    made = draw(join(need(name=NAMES), compact(kind=st.sampled_from(ImportantDate.Kind.values), at=at, note=LINES, is_new=st.booleans())))
    made["earlier"] = draw(
        st.lists(compact(at=at, note=LINES, changed_at=INSTANTS.map(lambda at: at.isoformat(timespec="seconds"))), max_size=3)
    )
    return {**made, **({"zone": own} if own else {}), "shows_history": draw(st.booleans())}


@st.composite
def times(draw: st.DrawFn, zone: str, *, count: int) -> list[Json]:
    """Return times on different days, in the order in which they were drawn."""
    starts = draw(st.lists(INSTANTS, max_size=count, unique_by=lambda at: at.date().toordinal() // 3))
    lengths = [dt.timedelta(minutes=draw(st.integers(1, 900))) for _ in starts]
    settled = [(at.replace(microsecond=0), length) for at, length in zip(starts, lengths, strict=True)]
    return [{"starts_at": write_instant(at, zone), "ends_at": write_instant(at + length, zone)} for at, length in settled]


@st.composite
def rooms(draw: st.DrawFn, zone: str) -> list[Json]:
    """Return rooms, some of which say no more than their name."""
    found = draw(unique(join(need(name=NAMES), compact(capacity=st.integers(1, 900), kinds=KINDS, link=ADDRESSES)), "name", most=3))
    return [{**room, "closures": [{**closed, "reason": draw(LINES)} for closed in draw(times(zone, count=2))]} for room in found]


@st.composite
def places(draw: st.DrawFn, names: list[str]) -> list[Any]:
    """Return what is held in a session: papers, talks without one."""
    papers: list[Any] = [one if draw(st.booleans()) else {"paper": one, **draw(DETAILS)} for one in draw(unique(PAPERS, most=3))]
    talk = join(
        need(kind=st.sampled_from(["winner-talk", "invited-talk"]), title=NAMES),
        compact(person=st.sampled_from(names)) if names else need(),
        DETAILS,
    )
    held = draw(st.permutations([*papers, *draw(st.lists(talk, max_size=2))]))
    return [{**one, "board": board} if isinstance(one, dict) and draw(st.booleans()) else one for board, one in enumerate(held, start=1)]


@st.composite
def sessions(draw: st.DrawFn, zone: str, names: list[str], halls: list[str]) -> Json:
    """Return a session with people that exist."""
    facts = draw(
        compact(
            kind=st.sampled_from(Session.Kind.values),
            starts_at=moments(zone),
            minutes=st.integers(1, 600),
            label=LINES,
            title=LINES,
            room=st.one_of(LINES, st.sampled_from([*halls, ""])),
            link=ADDRESSES,
            is_parallel=st.booleans(),
            is_streamed=st.booleans(),
            is_pinned=st.booleans(),
            papers=places(names),
            note=st.text(max_size=60),
        )
    )
    people = {part: draw(st.lists(st.sampled_from(names), unique=True, max_size=3)) for part in PARTS} if names else {}
    return {**facts, **people}


@st.composite
def mappings(draw: st.DrawFn, tracks: list[str], presentations: list[str]) -> Json:
    """Return a mapping to tracks and presentations that exist."""
    decision: st.SearchStrategy[Any] = st.sampled_from(
        [
            {"outcome": "accept"},
            {"outcome": "reject"},
            {"ignore": True},
            *({"outcome": "accept", "presentation": one} for one in presentations),
        ]
    )
    texts = st.sampled_from(["Accept (Oral)", "Yes", "No\u00a0way", "Ünïcode", "日本語", "a\u200bb"])
    rule = join(need(source=st.just("content"), key=st.sampled_from(["track", "kind"])))
    made: Json = {}
    for target, meaning in (("track", st.sampled_from(tracks) if tracks else None), ("proceedings", st.booleans()), ("decision", decision)):
        if meaning is not None:
            made[target] = draw(unique(join(rule, need(values=st.dictionaries(texts, meaning, max_size=3))), "source", "key", most=2))
    return made


def decision_words(presentations: list[str]) -> st.SearchStrategy[list[dict[str, Any]]]:
    """Return words for some of the decisions of a workshop; a reject has a word of its own."""
    accepts = join(
        need(outcome=st.just("accept"), word=NAMES.map(lambda name: f"Accept {name}")), compact(presentation=st.sampled_from(presentations))
    )
    rejects = need(outcome=st.just("reject"), word=st.just("Reject"))
    found = st.lists(accepts if presentations else need(outcome=st.just("accept"), word=st.just("Accept")), max_size=3)
    return st.tuples(found, st.lists(rejects, max_size=1)).map(
        lambda both: list({(one["outcome"], one.get("presentation")): one for one in [*both[1], *both[0]]}.values())
    )


def required_files(tracks: list[str], year: int) -> st.SearchStrategy[list[Json]]:
    """Return what tracks that exist are asked for."""
    kind = need(kind=st.sampled_from(FileKind.values), track=st.sampled_from(["", *tracks]).filter(bool) if tracks else st.just(None))
    values = compact(
        due_at=st.sampled_from([f"{year}-07-01T12:00", f"{year}-01-15T23:59:30Z"]),
        grace_minutes=st.integers(0, 90),
        is_optional=st.booleans(),
        is_blocking=st.booleans(),
        style=st.sampled_from(["cvpr", "any"]),
        max_megabytes=st.integers(1, 99),
        severities=st.dictionaries(st.sampled_from(["type3_font", "encrypted"]), st.sampled_from(["block", "off"])),
        note=LINES,
    )
    return unique(join(kind, values), "kind", "track")


COLUMNS = unique(
    join(need(header=NAMES.filter(lambda name: "=" not in name)), compact(value=st.sampled_from(["{title}", "", "a {number:05} b"]))),
    "header",
)
HAND_OVER = compact(
    acronym=SLUGS, paper_names=st.sampled_from(["{acronym}-{number}", "{surname}_{title10}"]), columns=COLUMNS, author_columns=COLUMNS
)


@st.composite
def workshop_files(draw: st.DrawFn, slug: str) -> Json:
    """Return a whole workshop file without mistakes."""
    zone = draw(ZONES)
    tracks, presentations, people = draw(TRACKS), draw(PRESENTATIONS), draw(PEOPLE)
    names = [person["name"] for person in people]
    shown = [one["slug"] for one in presentations]
    found_dates = draw(st.lists(dates(zone), max_size=3, unique_by=lambda date: settle_line(date["name"])))
    awards = unique(join(need(slug=SLUGS, name=NAMES), compact(presentation=st.sampled_from(["", *shown]))), "slug", most=2)
    facts = draw(
        compact(
            edition=st.integers(1, 99),
            conference=LINES,
            starts_on=DAYS.map(str),
            part_of_day=st.sampled_from(Workshop.PartOfDay.values),
            mode=st.sampled_from(Workshop.Mode.values),
            place=LINES,
            room=LINES,
            about=st.text(max_size=80),
            venue_id=st.just("example.org/Invented"),
            required_review_count=st.integers(0, 9),
            links=LINKS,
            topics=unique(NAMES),
            sponsors=ORGANIZATIONS,
            affiliations=ORGANIZATIONS,
            site=compact(url=ADDRESSES, blocks=BLOCKS),
            series=need(slug=st.just("invented"), name=NAMES),
            decision_words=decision_words(shown),
        )
    )
    year, halls = draw(st.integers(1990, 2100)), draw(rooms(zone))
    keyed = zip(draw(st.lists(sessions(zone, names, [room["name"] for room in halls]), max_size=4)), draw(KEYS), strict=False)
    return {
        **facts,
        "slug": slug,
        "name": draw(NAMES),
        "short_name": draw(NAMES),
        "year": year,
        "required_files": draw(required_files([one["slug"] for one in tracks], year)),
        "hand_over": draw(HAND_OVER),
        "zone": zone,
        "tracks": tracks,
        "presentations": presentations,
        "awards": draw(awards.map(lambda found: [{key: value for key, value in one.items() if value} for one in found])),
        "people": people,
        "roles": {role: draw(st.lists(st.sampled_from(names), unique=True, max_size=3)) for role in ROLES} if names else {},
        "dates": found_dates,
        "days": draw(times(zone, count=3)),
        "rooms": halls,
        "boards": draw(BOARDS),
        "sessions": [{**session, **({"uid": key} if key else {})} for session, key in keyed],
        "mapping": draw(mappings([one["slug"] for one in tracks], shown)),
    }
