"""Finds changes: by words, person, kind, paper, time, batch."""

import datetime as dt
from dataclasses import dataclass

from papers.history_words import ToldLine, read_names, tell_lines
from papers.models import HistoryLine, Paper
from papers.querysets import HistoryQuerySet, PaperQuerySet
from papers.sight import Sight
from papers.zones import find_zone

PAGE_LENGTH = 50
MOST_COUNTED = 1_000
NOBODY = "nobody"  # stands for imports and other work of no person


@dataclass(frozen=True, slots=True)
class HistoryQuestion:
    """What to look for; an empty value asks nothing. Days are whole days in the workshop's zone."""

    words: str = ""
    papers: PaperQuerySet | None = None
    number: int | None = None
    person: str = ""
    action: str = ""
    field: str = ""
    since: dt.date | None = None
    until: dt.date | None = None
    batch: int | None = None


@dataclass(frozen=True, slots=True)
class HistoryPage:
    """Some lines, the newest first; `older` and `newer` are the keys from which the pages beside this one start."""

    lines: list[ToldLine]
    older: int | None
    newer: int | None
    count: int
    has_more: bool


@dataclass(frozen=True, slots=True)
class HistoryChoices:
    """What can be asked for in this workshop: people as key and name, actions, fields."""

    people: list[tuple[str, str]]
    actions: list[str]
    fields: list[str]


def find_history(sight: Sight, question: HistoryQuestion, *, paper: Paper | None = None) -> HistoryQuerySet:
    """Return the changes asked for that this person may know of, of one paper where it is given; in no order."""
    lines = _list_seen(sight)
    if paper is not None:
        lines = lines.of_papers(Paper.objects.filter(pk=paper.pk))
    if question.papers is not None:
        lines = lines.of_papers(question.papers)
    if question.number is not None:
        lines = lines.of_papers(sight.papers.filter(number=question.number))
    if question.words:
        lines = lines.telling(question.words)
    if question.person:
        lines = lines.done_by(None if question.person == NOBODY else int(question.person))
    if question.action:
        lines = lines.in_action(question.action)
    if question.field:
        lines = lines.in_field(question.field)
    if question.batch is not None:
        lines = lines.in_batch(question.batch)
    zone = find_zone(sight.workshop.zone)
    if question.since:
        lines = lines.since(dt.datetime.combine(question.since, dt.time(), zone))
    if question.until:
        lines = lines.before(dt.datetime.combine(question.until + dt.timedelta(days=1), dt.time(), zone))
    return lines


def read_history_page(sight: Sight, lines: HistoryQuerySet, *, older_than: int | None = None, newer_than: int | None = None) -> HistoryPage:
    """Return one page of `lines`: the newest, or those beside the line with the key that is given.

    As quick on the last page as on the first; the count ends at `MOST_COUNTED`.
    """
    key = older_than or newer_than
    edge = sight.workshop.history.filter(pk=key).first() if key else None
    found = lines.for_history_page()
    if edge and newer_than:
        rows = list(found.newer_than(edge)[: PAGE_LENGTH + 1])
        is_top, has_older = len(rows) <= PAGE_LENGTH, True
        rows = rows[:PAGE_LENGTH][::-1]
    else:
        rows = list((found.older_than(edge) if edge else found)[: PAGE_LENGTH + 1])
        is_top, has_older = edge is None, len(rows) > PAGE_LENGTH
        rows = rows[:PAGE_LENGTH]
    count = lines.count_up_to(MOST_COUNTED)
    return HistoryPage(
        lines=tell_history(sight, rows),
        older=rows[-1].pk if rows and has_older else None,
        newer=rows[0].pk if rows and not is_top else None,
        count=min(count, MOST_COUNTED),
        has_more=count > MOST_COUNTED,
    )


def list_recent_history(sight: Sight, *, most: int, paper: Paper | None = None) -> list[ToldLine]:
    """Return the newest changes that this person may know of, of one paper where it is given."""
    return tell_history(sight, list(find_history(sight, HistoryQuestion(), paper=paper).for_history_page()[:most]))


def tell_history(sight: Sight, rows: list[HistoryLine]) -> list[ToldLine]:
    """Return lines in words; a batch that holds papers hidden from this person is not named."""
    return tell_lines(rows, read_names(sight.workshop), silent_batches=HistoryLine.objects.list_hidden_batches(rows, sight))


def list_history_choices(sight: Sight) -> HistoryChoices:
    """Return who did what in this workshop, as far as this person may know."""
    kinds = list(_list_seen(sight).list_kinds())
    people = {(by, name or email) for by, name, email, _, _ in kinds if by is not None}
    choices = sorted(((str(by), str(name)) for by, name in people), key=lambda one: (one[1].casefold(), one[0]))
    if any(by is None for by, *_ in kinds):
        choices.append((NOBODY, "Imports and commands"))
    return HistoryChoices(
        people=choices,
        actions=sorted({action for *_, action, _ in kinds}),
        fields=sorted({field.partition("[")[0].partition(".")[0] for *_, field in kinds if field}),
    )


def _list_seen(sight: Sight) -> HistoryQuerySet:
    return HistoryLine.objects.filter(workshop=sight.workshop).seen_by(sight)
