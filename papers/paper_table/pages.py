"""One page of the paper table: the rows found, in order, with the headings of their groups."""

from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator

from papers.models import Paper, Workshop
from papers.paper_table.columns import COLUMNS, Column, list_facts
from papers.paper_table.rows import Row, read_rows
from papers.paper_table.states import TableState
from papers.querysets import PaperQuerySet
from papers.search import search_papers
from papers.sight import Sight

PAGE_LENGTH = 100
ALWAYS = frozenset({"differing"})
OUTCOMES = {"accept": "Accepted", "reject": "Rejected", "undecided": "Undecided", **dict(Paper.Standing.choices)}
ADVICE = {"accept": "Accept recommended", "reject": "Reject recommended", "split": "Recommendations differ", None: "Nothing recommended"}


@dataclass(frozen=True, slots=True)
class Heading:
    """What stands above the rows of a group."""

    label: str
    count: int


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the table with the heading that it begins, if it is the first of its group."""

    row: Row
    heading: Heading | None = None


@dataclass(frozen=True, slots=True)
class TablePage:
    """The lines of one page; `page` says where it lies among the others."""

    columns: tuple[Column, ...]
    lines: list[Line]
    page: Page[tuple[int, Any]]

    @property
    def found_count(self) -> int:
        """Return how many papers were found in all."""
        return self.page.paginator.count


def find_ordered(sight: Sight, state: TableState) -> PaperQuerySet:
    """Return the papers that the state asks for, in its order; raises SearchMistake."""
    found = search_papers(sight, state.q)
    return found.in_table_order(state.sorts, state.group, judged=sight.judged, decided=sight.decided)


def read_page(sight: Sight, state: TableState, number: str | int | None = 1) -> TablePage:
    """Return a page of the table, the nearest there is to `number`; raises SearchMistake for a search that can't be read."""
    found = find_ordered(sight, state)
    keys = found.list_keys(state.group, judged=sight.judged, decided=sight.decided)
    page = Paginator(keys, PAGE_LENGTH).get_page(number)
    columns = tuple(COLUMNS[name] for name in state.columns)
    keyed = list(page.object_list)
    rows = read_rows(sight, [pk for pk, _ in keyed], list_facts(columns) | ALWAYS)
    headings = _read_headings(sight, state, found, keyed) if state.group and keyed else {}
    return TablePage(columns, _put_headings(rows, dict(keyed), headings, _last_key_before(page, keys) if headings else None), page)


def read_single(sight: Sight, state: TableState, pk: int) -> TablePage:
    """Return the page that holds this one paper, whatever the search says."""
    page = Paginator([(pk, None)], 1).get_page(1)
    columns = tuple(COLUMNS[name] for name in state.columns)
    return TablePage(columns, [Line(row) for row in read_rows(sight, [pk], list_facts(columns) | ALWAYS)], page)


def _read_headings(sight: Sight, state: TableState, found: PaperQuerySet, keyed: list[tuple[int, Any]]) -> dict[Any, Heading]:
    counts = found.count_groups(state.group, judged=sight.judged, decided=sight.decided)
    labels = list_labels(sight.workshop, state.group)
    return {key: Heading(labels.get(key) or "Others", counts.get(key, 0)) for _, key in keyed}


def list_labels(workshop: Workshop, group: str) -> dict[Any, str]:
    """Return what the groups are called, by key."""
    if group == "track":
        return {None: "No track", **dict(workshop.tracks.values_list("pk", "name"))}
    if group == "presentation":
        return {None: "No presentation", **dict(workshop.presentation_kinds.values_list("pk", "name"))}
    if group == "handler":
        members = workshop.memberships.select_related("user")
        return {None: "Handled by nobody", **{member.pk: str(member.user) for member in members}}
    return {**OUTCOMES} if group == "decision" else {**ADVICE}


_NOTHING = object()


def _last_key_before(page: Page[tuple[int, Any]], keys: Any) -> Any:
    """Return the group in which the page before ends, so that its heading is not said twice."""
    if not page.has_previous():
        return _NOTHING
    at = page.start_index() - 2
    return next((key for _, key in keys[at : at + 1]), _NOTHING)


def _put_headings(rows: list[Row], keys: dict[int, Any], headings: dict[Any, Heading], before: Any) -> list[Line]:
    lines, last = [], before
    for row in rows:
        key = keys[row.paper.pk]
        lines.append(Line(row, headings.get(key) if headings and key != last else None))
        last = key
    return lines
