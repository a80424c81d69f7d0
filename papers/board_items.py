"""What the board shows beside files: what authors say of a paper, each with how far it is."""

import datetime as dt
from dataclasses import dataclass
from typing import NamedTuple

from django.db.models import prefetch_related_objects

from papers.author_dates import find_metadata_date, find_presenter_date
from papers.models import Presenter, Track, Workshop

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


class SaidFacts(NamedTuple):
    """What the authors of a paper said: how it is presented, whether metadata are confirmed and still the same, who comes, the choice."""

    mode: str | None
    was_confirmed: bool
    is_outdated: bool
    has_attendance: bool
    wants: bool | None


class SaidDates(NamedTuple):
    """By when authors say it."""

    metadata: dt.datetime | None
    presenter: dt.datetime | None


def find_said_dates(workshop: Workshop) -> SaidDates:
    """Return the dates of a workshop."""
    prefetch_related_objects([workshop], "dates")
    return SaidDates(find_metadata_date(workshop), find_presenter_date(workshop))


def tell_items(track: Track | None, facts: SaidFacts, dates: SaidDates, *, now: dt.datetime) -> tuple[SaidItem | None, ...]:
    """Return how far each word is; one that is not asked is empty: the proceedings where the track leaves no choice."""

    def tell(kind: str, is_said: bool, words: str, due: dt.datetime | None) -> SaidItem:
        is_overdue = not is_said and due is not None and now > due
        return SaidItem(kind, is_said, "Overdue" if is_overdue and words == "Owed" else words, due, is_overdue)

    is_confirmed = facts.was_confirmed and not facts.is_outdated
    metadata = "Confirmed" if is_confirmed else "Changed" if facts.was_confirmed else "Owed"
    presenter = str(Presenter.Mode(facts.mode).label) if facts.mode else "Owed"
    return (
        tell("metadata", is_confirmed, metadata, dates.metadata),
        tell("presenter", facts.mode is not None, presenter, dates.presenter),
        tell("attendance", facts.has_attendance, "Confirmed" if facts.has_attendance else "Owed", dates.presenter),
        _tell_choice(track, facts.wants, due=dates.metadata, now=now),
    )


def _tell_choice(track: Track | None, wants: bool | None, *, due: dt.datetime | None, now: dt.datetime) -> SaidItem | None:
    """Return the choice about the proceedings; with its date over, nothing chosen means out."""
    if track is None or track.proceedings != Track.Proceedings.OPTION:
        return None
    is_chosen = wants is not None or (due is not None and now > due)
    words = "In" if wants else "Out" if is_chosen else "Owed"
    return SaidItem("proceedings", is_chosen, words, due, is_overdue=False)
