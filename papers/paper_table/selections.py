"""Which papers of the table an act is about: those whose boxes are ticked, or all that were found."""

from dataclasses import dataclass

from django.utils.datastructures import MultiValueDict

from papers.errors import Refusal
from papers.paper_table.pages import find_ordered
from papers.paper_table.states import TableState
from papers.querysets import PaperQuerySet
from papers.sight import Sight

LONGEST_KEY = 18  # digits; what no database key has is no paper


@dataclass(frozen=True, slots=True)
class Selection:
    """Keys of papers, or everything that the table's search finds."""

    keys: frozenset[int] = frozenset()
    is_everything: bool = False

    def __bool__(self) -> bool:
        return self.is_everything or bool(self.keys)


def read_selection(data: MultiValueDict[str, str]) -> Selection:
    """Return what a form of the table selects: `everything`, or `paper` once for each; refuses what is no key of a paper."""
    written = [] if data.get("everything") else data.getlist("paper")
    wrong = [text for text in written if not (text.isascii() and text.isdigit() and len(text) <= LONGEST_KEY)]
    if wrong:
        raise Refusal(f"“{wrong[0][:40]}” is not the key of a paper; go back to the table and select anew.")
    return Selection(frozenset(map(int, written)), bool(data.get("everything")))


def write_search(sight: Sight, q: str, selection: Selection) -> str:
    """Return a search that finds the selected papers: that of the table, or their numbers and ids one by one."""
    if selection.is_everything:
        return q
    told = sight.papers.filter(pk__in=selection.keys).order_by("number", "pk").values_list("number", "note_id", "title")
    nameless = [title for number, note_id, title in told if number is None and not note_id]
    if nameless:
        raise Refusal(f"“{nameless[0][:60]}” has neither a number nor an id by which a search finds it; give it a number first.")
    words = [f"#{number}" if number is not None else f"note:{note_id}" for number, note_id, _ in told]
    return " or ".join(words)


def list_selected(sight: Sight, state: TableState, selection: Selection) -> list[int]:
    """Return the keys of the selected papers that the person may know of, in the order of the table; raises SearchMistake.

    Ticked papers are found whatever the search says, because a search may have changed since.
    """
    found: PaperQuerySet
    if selection.is_everything:
        found = find_ordered(sight, state)
        return list(found.values_list("pk", flat=True))
    found = sight.papers.in_table_order(state.sorts, state.group, judged=sight.judged, decided=sight.decided)
    return [pk for pk in found.values_list("pk", flat=True) if pk in selection.keys]
