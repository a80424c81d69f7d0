"""What the board shows beside files: what authors say of a paper, each with how far it is."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import prefetch_related_objects

from papers.author_dates import find_metadata_date, find_presenter_date
from papers.metadata import list_outdated_confirmations
from papers.models import Paper, Track, Workshop

WORD_ITEMS = {"metadata": "Metadata", "presenter": "Presenter", "attendance": "Attendance", "proceedings": "Proceedings"}


@dataclass(frozen=True, slots=True)
class SaidItem:
    """One thing that authors say of their paper: whether they did, in words, until when they owe it."""

    kind: str
    is_said: bool
    words: str
    due_at: dt.datetime | None
    is_overdue: bool

    @property
    def label(self) -> str:
        """Return what it is."""
        return WORD_ITEMS[self.kind]

    @property
    def tone(self) -> str:
        """Return the tone of its badge."""
        return "good" if self.is_said else "bad" if self.is_overdue else "amber"

    @property
    def states(self) -> frozenset[str]:
        """Return under which of the board's states it counts."""
        if self.is_said:
            return frozenset({"approved"})
        return frozenset({"owed", "overdue"}) if self.is_overdue else frozenset({"owed"})


def list_said_items(workshop: Workshop, papers: Sequence[Paper], *, now: dt.datetime) -> list[tuple[SaidItem | None, ...]]:
    """Return what the authors of each of these papers said, in their order; papers come as `for_readiness` brings them.

    An item that is not asked of a paper is empty: the proceedings where its track leaves no choice.
    """
    prefetch_related_objects([workshop], "dates")
    outdated = set(list_outdated_confirmations(workshop))
    metadata_due, presenter_due = find_metadata_date(workshop), find_presenter_date(workshop)

    def tell(kind: str, is_said: bool, words: str, due: dt.datetime | None) -> SaidItem:
        is_overdue = not is_said and due is not None and now > due
        return SaidItem(kind, is_said, "Overdue" if is_overdue and words == "Owed" else words, due, is_overdue)

    def tell_paper(paper: Paper) -> tuple[SaidItem | None, ...]:
        presenter = getattr(paper, "presenter", None)
        was_confirmed, comes = bool(getattr(paper, "was_confirmed", False)), bool(getattr(paper, "has_attendance", False))
        is_confirmed = was_confirmed and paper.pk not in outdated
        return (
            tell("metadata", is_confirmed, "Confirmed" if is_confirmed else "Changed" if was_confirmed else "Owed", metadata_due),
            tell("presenter", presenter is not None, presenter.get_mode_display() if presenter else "Owed", presenter_due),
            tell("attendance", comes, "Confirmed" if comes else "Owed", presenter_due),
            _tell_choice(paper, is_over=metadata_due is not None and now > metadata_due, due=metadata_due),
        )

    return [tell_paper(paper) for paper in papers]


def _tell_choice(paper: Paper, *, is_over: bool, due: dt.datetime | None) -> SaidItem | None:
    """Return the choice about the proceedings; with its date over, nothing chosen means out."""
    if paper.track is None or paper.track.proceedings != Track.Proceedings.OPTION:
        return None
    is_chosen = paper.wants_proceedings is not None or is_over
    words = "In" if paper.wants_proceedings else "Out" if is_chosen else "Owed"
    return SaidItem("proceedings", is_chosen, words, due, is_overdue=False)
