"""What stands around the rows of the paper table: headings that sort, chips that filter, the choice of columns, saved views."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from papers.models import SavedView, User, Workshop
from papers.paper_table.columns import COLUMNS, Column
from papers.paper_table.states import PARTS, TableState, read_state
from papers.querysets.table_orders import GROUPS
from papers.search import count_found
from papers.sight import Sight

GROUP_NAMES = {
    "track": "Track",
    "decision": "Decision",
    "handler": "Handled by",
    "presentation": "Presentation",
    "recommendation": "Recommendation",
}


@dataclass(frozen=True, slots=True)
class Head:
    """The heading of a column: where a click leads, where one with Shift, how the table is sorted by it now."""

    column: Column
    href: str
    add_href: str
    direction: str = "none"
    place: int | None = None


@dataclass(frozen=True, slots=True)
class Choice:
    """A column that can be shown; the ways that move it, where it is shown."""

    column: Column
    is_shown: bool
    earlier_href: str = ""
    later_href: str = ""


@dataclass(frozen=True, slots=True)
class Chip:
    """A search that is asked often, with how many papers it finds."""

    label: str
    count: int
    href: str
    is_current: bool


@dataclass(frozen=True, slots=True)
class OpenedTable:
    """The state that an address asks for, with the saved view behind it; `trouble` is a sentence when there is no such view."""

    state: TableState
    view: SavedView | None = None
    views: tuple[SavedView, ...] = ()
    trouble: str = ""

    @property
    def is_changed(self) -> bool:
        """Tell whether the table shows something else than the saved view."""
        return self.view is not None and read_state(self.view.state, view=self.view.pk) != self.state


def open_table(workshop: Workshop, user: User, asked: Mapping[str, Any]) -> OpenedTable:
    """Return what the address asks for: a saved view, with the parts named beside it in its place."""
    views = tuple(SavedView.objects.seen_by(user, workshop))
    key = str(asked.get("view") or "")
    view = next((view for view in views if str(view.pk) == key), None)
    if view is None:
        trouble = "This view was removed, or is not shared with you. The table shows what the rest of the address asks for." if key else ""
        return OpenedTable(read_state(asked), None, views, trouble)
    named = {name: asked[name] for name in PARTS if name in asked}
    return OpenedTable(read_state({**view.state, **named}, view=view.pk), view, views)


def list_heads(state: TableState) -> list[Head]:
    """Return the headings of the columns shown."""
    held = dict(state.sorts)
    places = {name: place for place, (name, _) in enumerate(state.sorts, start=1)}
    heads = []
    for name in state.columns:
        column = COLUMNS[name]
        if not column.is_sortable:
            heads.append(Head(column, "", ""))
            continue
        direction = "none" if name not in held else "descending" if held[name] else "ascending"
        once, added = state.sort_by(name).as_query(), state.sort_by(name, is_added=True).as_query()
        heads.append(Head(column, once, added, direction, places.get(name) if len(places) > 1 else None))
    return heads


def list_choices(state: TableState) -> list[Choice]:
    """Return all columns: those shown in their order, then the others."""
    shown = list(state.columns)
    choices = []
    for place, name in enumerate(shown):
        earlier = _swap(state, place, place - 1) if place else ""
        later = _swap(state, place, place + 1) if place < len(shown) - 1 else ""
        choices.append(Choice(COLUMNS[name], True, earlier, later))
    return choices + [Choice(column, False) for name, column in COLUMNS.items() if name not in shown]


def _swap(state: TableState, one: int, other: int) -> str:
    names = list(state.columns)
    names[one], names[other] = names[other], names[one]
    return state.show(tuple(names)).as_query()


def list_groupings(state: TableState) -> list[tuple[str, str, bool]]:
    """Return what the table can be grouped by: name, label, whether it is."""
    return [(name, GROUP_NAMES[name], name == state.group) for name in GROUPS]


def list_chips(sight: Sight, state: TableState) -> list[Chip]:
    """Return the searches that are asked often, each with its count; those that find nothing are left out, unless asked now."""
    tracks = [(track.name, f"track:{track.slug}") for track in sight.workshop.tracks.all()]
    chips = [("All", ""), *SEARCHES, *(tracks if len(tracks) > 1 else ())]
    told = [
        Chip(label, count, replace(state, q=q, view=None).as_query(), q.casefold() == state.q.casefold())
        for (label, q), count in zip(chips, count_found(sight, [q for _, q in chips]), strict=True)
    ]
    return [chip for chip in told if chip.count or chip.is_current or chip.label == "All"]


SEARCHES = (
    ("Undecided", "dec:none"),
    ("Accepted", "dec:accept"),
    ("Rejected", "dec:reject"),
    ("Not released", "is:unreleased"),
    ("Waiting for me", "is:waiting"),
    ("Too few reviews", "is:underreviewed"),
    ("Differs", "differs:any"),
)
