"""Terms on the files that accepted papers owe, as `list_owed_by_papers` tells them one by one."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import reduce
from operator import or_

from django.db.models import Exists, OuterRef, Q, QuerySet

from papers.models import FileExtension, FileFinding, FileKind, FileVersion, RequiredFile, Track
from papers.search.asked import Asked, Known
from papers.search.deciding import accepted, is_released
from papers.search.holding import among

NOTHING = Q(pk__in=())


@dataclass(frozen=True, slots=True)
class Request:
    """A line of what is asked for, and the condition that a paper falls under it."""

    row: RequiredFile
    papers: Q


FILE_STATES = {
    "owed": "has not come",
    "overdue": "should have come, or come back mended, by now",
    "blocked": "waits, because a check blocks it",
    "returned": "went back to its authors",
    "received": "is here to be looked at",
    "approved": "is final",
}
BLOCKS = Exists(FileFinding.objects.filter(version=OuterRef("pk"), severity=FileFinding.Severity.BLOCK, overridden_at__isnull=True))
OPEN = Q(verdict__isnull=True)
APPROVED, RETURNED = Q(verdict__is_approved=True), Q(verdict__is_approved=False)


def owing(known: Known, condition: Q) -> Q:
    """Return the condition that a paper is asked for anything at all, accepted, active, its authors knowing, and fits `condition`."""
    return accepted(known, is_released(known) & condition) & Q(is_test=False)


def due_files(known: Known, *kinds: str) -> Q:
    """Return the condition that a file of these kinds, or of any, did not come, came back, or is blocked."""
    return _unite(_is_due(known, request) for request in _list_requests(known, kinds))


def late_files(known: Known, *kinds: str) -> Q:
    """Return the condition that this should not be so by now, counted from the paper's own deadline where it has one."""
    late = [request for request in _list_requests(known, kinds) if request.row.due_at and request.row.due_at < known.now]
    return _unite(_is_due(known, request) & ~among(_list_extensions(known, request.row)) for request in late)


def is_asked(known: Known, *kinds: str) -> bool:
    """Tell whether the workshop asks any paper for a file of these kinds, or of any."""
    return any(not kinds or row.kind in kinds for row in known.requirements)


def has_all_files(known: Known) -> Q:
    """Return the condition that files came and none is due."""
    came = FileVersion.objects.standing().filter(paper__workshop=known.workshop).order_by()
    return owing(known, among(came) & ~due_files(known))


def find_file(asked: Asked) -> Q:
    """Find papers by how far their files are; a kind before the state asks for that file, as in poster-returned."""
    known = asked.known
    choices: dict[str, Callable[[], Q]] = {}
    for state in FILE_STATES:
        choices[state] = lambda state=state: owing(known, _in_state(known, state))  # type: ignore[misc]
        for kind in FileKind.values:
            choices[f"{kind}-{state}"] = lambda state=state, kind=kind: owing(known, _in_state(known, state, kind))  # type: ignore[misc]
    return asked.choose(choices)


def _in_state(known: Known, state: str, *kinds: str) -> Q:
    if state == "overdue":
        return late_files(known, *kinds)
    return _unite(request.papers & _has(known, request.row, state) for request in _list_requests(known, kinds))


def _has(known: Known, row: RequiredFile, state: str) -> Q:
    """Return the condition that the file of a line is so far."""
    current = _list_current(known, row.kind)
    if state == "owed":
        return NOTHING if row.is_optional else ~among(current)
    found = {"approved": APPROVED, "returned": RETURNED, "blocked": OPEN & BLOCKS, "received": OPEN & ~BLOCKS if row.is_blocking else OPEN}
    return among(current.filter(found[state])) if state != "blocked" or row.is_blocking else NOTHING


def _is_due(known: Known, request: Request) -> Q:
    row, current = request.row, _list_current(known, request.row.kind)
    if row.is_optional:
        return request.papers & among(current.filter(RETURNED | (OPEN & BLOCKS) if row.is_blocking else RETURNED))
    return request.papers & ~among(current.filter(APPROVED | (OPEN & ~BLOCKS) if row.is_blocking else APPROVED | OPEN))


def _list_current(known: Known, kind: str) -> QuerySet[FileVersion]:
    """Return the versions that count: the newest of each paper that is not withdrawn."""
    newer = FileVersion.objects.standing().filter(paper=OuterRef("paper"), kind=kind, number__gt=OuterRef("number"))
    return FileVersion.objects.standing().filter(~Exists(newer), paper__workshop=known.workshop, kind=kind).order_by()


def _list_extensions(known: Known, row: RequiredFile) -> QuerySet[FileExtension]:
    return FileExtension.objects.filter(paper__workshop=known.workshop, kind=row.kind, due_at__gte=known.now).order_by()


def _list_requests(known: Known, kinds: tuple[str, ...]) -> Iterator[Request]:
    """Yield the lines of these kinds, or all: a track's own line stands before that for all tracks."""
    for row in known.requirements:
        if kinds and row.kind not in kinds:
            continue
        own = [other.track_id for other in known.requirements if other.kind == row.kind and other.track_id is not None]
        papers = Q(track=row.track_id) if row.track_id is not None else ~Q(track__in=own) if own else Q()
        yield Request(row, papers & goes_in() if row.is_for_proceedings else papers)


def goes_in() -> Q:
    """Return the condition that a paper goes into the proceedings: by its track's rule, then by its authors' choice."""
    chosen = Q(track__proceedings=Track.Proceedings.OPTION, wants_proceedings=True)
    return Q(track__proceedings=Track.Proceedings.ALL) | chosen


def _unite(conditions: Iterable[Q]) -> Q:
    return reduce(or_, conditions, NOTHING)
