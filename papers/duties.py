"""What the authors of a paper owe by when, each with the page where it is done."""

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.urls import reverse
from django.utils import timezone

from papers.attendance import is_choice_over
from papers.author_dates import find_metadata_date, find_presenter_date
from papers.metadata import find_confirmation
from papers.models import Attendance, FileKind, Paper, Presenter, Track, Workshop
from papers.owed_files import FileState, OwedFile, is_asked_for_files, list_owed_by_papers

FILE_WORDS = {
    FileState.OWED: "Not handed in yet",
    FileState.OPTIONAL: "Nothing handed in",
    FileState.RECEIVED: "Received, not approved yet",
    FileState.RETURNED: "Came back: mend it",
    FileState.APPROVED: "Approved",
}

# What can be owed, under the words that the board and reminders use.
ITEMS = {
    **dict(FileKind.choices),
    "metadata": "Metadata",
    "proceedings": "Proceedings",
    "presenter": "Presenter",
    "attendance": "Attendance",
}


@dataclass(frozen=True, slots=True)
class Duty:
    """One thing that a paper's authors owe or have done; `action` is what its button says, `file` the file it is about."""

    code: str
    title: str
    note: str
    is_done: bool
    href: str
    action: str
    due_at: dt.datetime | None = None
    is_optional: bool = False
    now: dt.datetime = field(default_factory=timezone.now)
    file: OwedFile | None = None

    @property
    def item(self) -> str:
        """Return which of `ITEMS` it is."""
        return str(self.file.kind) if self.file else self.code

    @property
    def is_due(self) -> bool:
        """Tell whether authors have to act."""
        return not self.is_done and not self.is_optional

    @property
    def is_overdue(self) -> bool:
        """Tell whether they should have acted by now."""
        return self.is_due and self.due_at is not None and self.now > self.due_at


def list_duties(papers: Sequence[Paper]) -> dict[int, list[Duty]]:
    """Return what each of these papers owes by its key, what is due first; nothing before a released acceptance.

    Papers come as `for_author_page` brings them, of any workshops.
    """
    asked: dict[Workshop, list[Paper]] = defaultdict(list)
    for paper in papers:
        if is_asked_for_files(paper):
            asked[paper.workshop].append(paper)
    duties: dict[int, list[Duty]] = {paper.pk: [] for paper in papers}
    for workshop, some in asked.items():
        for paper, files in zip(some, list_owed_by_papers(workshop, some), strict=True):
            found = [*(_make_file_duty(owed) for owed in files), *_list_own_duties(paper)]
            duties[paper.pk] = sorted(found, key=_rank)
    return duties


def is_camera_ready(duties: Sequence[Duty]) -> bool:
    """Tell whether there is nothing left of files and metadata."""
    return bool(duties) and all(duty.is_done or duty.is_optional for duty in duties if duty.code in {"file", "metadata", "proceedings"})


def _rank(duty: Duty) -> tuple[bool, bool, bool, dt.datetime]:
    """Put what is owed first, then what is optional, then what is done; each by its date."""
    return duty.is_done, duty.is_optional, duty.due_at is None, duty.due_at or duty.now


def _make_file_duty(owed: OwedFile) -> Duty:
    paper = owed.paper
    note = "A check blocks it: see the findings" if owed.is_blocked else FILE_WORDS[owed.state]
    is_handed_in = owed.state in {FileState.RECEIVED, FileState.APPROVED} and not owed.is_blocked
    action = "See it" if is_handed_in else "Replace" if owed.current else "Hand in"
    return Duty(
        "file",
        owed.kind.label,
        note,
        is_handed_in,
        f"{reverse('author-files', args=[paper.workshop.slug, paper.pk])}#{owed.kind}",
        action,
        owed.due_at,
        owed.state == FileState.OPTIONAL,
        file=owed,
    )


def _list_own_duties(paper: Paper) -> list[Duty]:
    args = [paper.workshop.slug, paper.pk]
    page = reverse("author-paper", args=args)
    metadata_due, presenter_due = find_metadata_date(paper.workshop), find_presenter_date(paper.workshop)
    duties = [_make_metadata_duty(paper, reverse("author-metadata", args=args), metadata_due)]
    if paper.track and paper.track.proceedings == Track.Proceedings.OPTION:
        chosen = paper.wants_proceedings
        is_over = is_choice_over(paper)
        is_open = chosen is None and not is_over
        note = "Nothing chosen yet" if is_open else "In the proceedings" if chosen else "Not in the proceedings"
        action = "See it" if is_over else "Choose" if is_open else "Change"
        duties.append(Duty("proceedings", "Proceedings", note, not is_open, f"{page}#proceedings", action, metadata_due))
    presenter: Presenter | None = getattr(paper, "presenter", None)
    note = f"{presenter.author.name}, {presenter.get_mode_display().lower()}" if presenter else "Nobody named yet"
    action = "Change" if presenter else "Name"
    duties.append(Duty("presenter", "Presenter", note, presenter is not None, f"{page}#presenter", action, presenter_due))
    coming = [author.name for author in paper.authors.all() if isinstance(getattr(author, "attendance", None), Attendance)]
    note = ", ".join(coming) or "At least one author must attend"
    duties.append(
        Duty("attendance", "Attendance", note, bool(coming), f"{page}#attendance", "Change" if coming else "Confirm", presenter_due)
    )
    return duties


def _make_metadata_duty(paper: Paper, page: str, due_at: dt.datetime | None) -> Duty:
    held = find_confirmation(paper)
    if held:
        note = f"Confirmed by {held.by}" if held.by else "Confirmed"
    else:
        note = "Changed since it was confirmed" if hasattr(paper, "metadata_confirmation") else "Not confirmed yet"
    return Duty("metadata", "Metadata", note, held is not None, page, "See it" if held else "Read and confirm", due_at)
