"""Finds papers by what an organizer asks for: one set of values, one queryset."""

from dataclasses import dataclass

from papers.models import Workshop
from papers.querysets import PaperQuerySet

SORTS = {
    "number": ("number",),
    "title": ("search_text",),
    "track": ("track__position",),
    "reviews": ("review_count",),
    "mean": ("rating_mean",),
    "decision": ("decision__outcome",),
    "presentation": ("decision__presentation__position",),
    "proceedings": ("wants_proceedings",),
    "changed": ("changed_upstream_at",),
}


@dataclass(frozen=True, slots=True)
class PaperQuestion:
    """What to look for; an empty value asks nothing. `sort` is a key of `SORTS`, with a minus for descending."""

    words: str = ""
    track: str = ""
    decision: str = ""
    presentation: str = ""
    standing: str = ""
    proceedings: str = ""
    flag: str = ""
    sort: str = "number"


def find_papers(workshop: Workshop, question: PaperQuestion) -> PaperQuerySet:
    """Return the papers asked for, in a total order, with all that the table shows."""
    papers = workshop.papers.for_paper_table().in_standing(question.standing)
    if question.words:
        papers = papers.matching(question.words)
    if question.track:
        papers = papers.without_track() if question.track == "none" else papers.in_track(question.track)
    if question.decision:
        papers = papers.with_outcome(question.decision)
    if question.presentation:
        papers = papers.presented_as(question.presentation)
    if question.proceedings:
        papers = papers.in_proceedings(is_in=question.proceedings == "yes")
    if question.flag:
        papers = papers.flagged(question.flag)
    name = question.sort.removeprefix("-")
    return papers.in_order(SORTS.get(name, SORTS["number"]), is_descending=question.sort.startswith("-"))
