"""What the solver has to know of papers and people beside the draft."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from papers.models import Author, AuthorClaim, Presenter, Workshop
from papers.texts import fold_text
from papers.zones import find_zone
from program.models import Person
from program.moves.drafts import Draft
from program.moves.rows import SessionRow
from program.solver.days.values import Span

MORNING, NIGHT = dt.time(7), dt.time(22)


@dataclass(frozen=True, slots=True)
class PaperFacts:
    """Of one paper: its words, its authors and its presenter by folded names, the zone of one who is remote."""

    words: str
    people: frozenset[str] = frozenset()
    presenter: str = ""
    zone: str = ""


@dataclass(frozen=True, slots=True)
class FillFacts:
    """Of papers by key; when people cannot, by folded name; the sessions in which they have a part."""

    papers: Mapping[int, PaperFacts]
    away: Mapping[str, tuple[Span, ...]] = field(default_factory=dict)
    parts: Mapping[str, frozenset[str]] = field(default_factory=dict)


def collect_facts(workshop: Workshop, draft: Draft, keys: Iterable[int]) -> FillFacts:
    """Return the facts of these papers, in as many queries for 3 as for 300."""
    papers = workshop.papers.filter(pk__in=list(keys))
    names: dict[int, list[str]] = defaultdict(list)
    for key, name in Author.objects.filter(paper__in=papers).order_by("paper", "position").values_list("paper", "name"):
        names[key].append(fold_text(name))
    presenters = {one.paper_id: one for one in Presenter.objects.filter(paper__in=papers).select_related("author")}
    zones = _find_zones(presenters.values())
    texts = papers.values_list("pk", "title", "abstract", "keywords", "topic")
    facts = {
        key: PaperFacts(
            words=" ".join([title, title, *keywords, *keywords, topic, topic, abstract]),
            people=frozenset(names[key]),
            presenter=fold_text(presenters[key].author.name) if key in presenters else "",
            zone=zones.get(key, ""),
        )
        for key, title, abstract, keywords, topic in texts
    }
    people = list(workshop.people.prefetch_related("availability"))
    return FillFacts(facts, _find_absences(draft, people), _find_parts(draft, people))


def _find_zones(presenters: Iterable[Presenter]) -> dict[int, str]:
    """Return the zones of remote presenters who told theirs in their profile, by paper."""
    remote = {one.author_id: one.paper_id for one in presenters if one.mode == Presenter.Mode.REMOTE}
    claims = AuthorClaim.objects.filter(author__in=remote).exclude(user__zone="").order_by("pk")
    return {remote[author]: zone for author, zone in claims.values_list("author", "user__zone") if author is not None}


def _find_absences(draft: Draft, people: Iterable[Person]) -> dict[str, tuple[Span, ...]]:
    """Return when people cannot: all around the times that they gave."""
    absences: dict[str, tuple[Span, ...]] = {}
    for person in people:
        times = sorted((count_minutes(one.starts_at), count_minutes(one.ends_at)) for one in person.availability.all())
        if times:
            edges = [0, *(moment for span in times for moment in span), 10**9]
            absences[fold_text(person.name)] = tuple((edges[x], edges[x + 1]) for x in range(0, len(edges), 2) if edges[x] < edges[x + 1])
    return absences


def _find_parts(draft: Draft, people: Iterable[Person]) -> dict[str, frozenset[str]]:
    names = {person.pk: fold_text(person.name) for person in people}
    found: dict[str, set[str]] = defaultdict(set)
    for session in draft.sessions.values():
        for part in session.people:
            if part.person in names:
                found[names[part.person]].add(session.uid)
    return {name: frozenset(uids) for name, uids in found.items()}


def find_nights(zone: str, sessions: Iterable[SessionRow]) -> tuple[Span, ...]:
    """Return the nights of a zone, 22:00 to 7:00, around these sessions, in minutes."""
    if not zone:
        return ()
    local = find_zone(zone)
    days = {session.starts_at.astimezone(local).date() for session in sessions if session.starts_at}
    around = sorted({day + dt.timedelta(days=shift) for day in days for shift in (-1, 0, 1)})
    nights = []
    for day in around:
        falls, ends = (dt.datetime.combine(day + dt.timedelta(days=shift), at, local) for shift, at in ((0, NIGHT), (1, MORNING)))
        nights.append((count_minutes(falls), count_minutes(ends)))
    return tuple(nights)


def count_minutes(at: dt.datetime) -> int:
    """Return an instant in whole minutes since the epoch."""
    return int(at.timestamp()) // 60


def read_minutes(minutes: int) -> dt.datetime:
    """Return the instant of so many minutes since the epoch."""
    return dt.datetime.fromtimestamp(60 * minutes, dt.UTC)
