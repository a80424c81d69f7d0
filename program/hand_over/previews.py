"""The first lines of the hand-over as they would be with settings that are not kept yet."""

from dataclasses import dataclass, replace

from papers.sight import Sight
from program.hand_over.candidates import list_candidates
from program.hand_over.printed_names import read_confirmed_names
from program.hand_over.rows import describe_paper
from program.hand_over.settings import HandOverPlan
from program.hand_over.sheets import Cell, Table, make_author_table, make_paper_table

SHOWN, MOST_AUTHORS = 3, 2


@dataclass(frozen=True, slots=True)
class Preview:
    """For each column its header with the cells of the first papers, of the first authors; names of files."""

    papers: tuple[tuple[Cell, ...], ...]
    authors: tuple[tuple[Cell, ...], ...]
    file_names: tuple[str, ...]
    is_short: bool


def make_preview(sight: Sight, plan: HandOverPlan) -> Preview | None:
    """Return how the first papers come out, those that are in before those that are meant; nothing where there is none."""
    meant = [one for one in list_candidates(sight) if one.is_meant and not one.paper.hides_authors]
    confirmed = read_confirmed_names(sight.workshop)
    described = [describe_paper(one, plan, confirmed) for one in sorted(meant, key=lambda one: not one.is_in)[:SHOWN]]
    if not described:
        return None
    shown = [replace(paper, authors=paper.authors[:MOST_AUTHORS]) for paper in described]
    return Preview(
        papers=_turn(make_paper_table(shown, plan)),
        authors=_turn(make_author_table(shown, plan)[: SHOWN + 1]),
        file_names=tuple(name for paper in described for name in paper.file_names.values()),
        is_short=any(len(paper.authors) > MOST_AUTHORS for paper in described),
    )


def _turn(table: Table) -> tuple[tuple[Cell, ...], ...]:
    return tuple(zip(*table, strict=True))
