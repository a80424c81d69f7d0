"""Which accepted papers go into the proceedings; what each of the others waits for, from whom."""

from dataclasses import dataclass
from enum import StrEnum

from papers.attendance import is_choice_over
from papers.listings import is_in_proceedings
from papers.metadata import find_confirmation
from papers.models import FileKind, FileVersion, Paper, StoredFile, Track
from papers.owed_files import FileState, OwedFile, list_owed_by_papers
from papers.sight import Sight

HANDED_OVER = (FileKind.PAPER, FileKind.SUPPLEMENT, FileKind.FORM)


class Who(StrEnum):
    """Who can do something about it."""

    AUTHORS = "authors"
    ORGANIZERS = "organizers"
    NOBODY = "nobody"


@dataclass(frozen=True, slots=True)
class Lack:
    """Why a paper is not in: a sentence, what to do, who can."""

    sentence: str
    remedy: str
    who: Who


@dataclass(frozen=True, slots=True)
class Candidate:
    """An accepted, released, active paper with its current files; it is in when it lacks nothing.

    `is_meant` tells whether its track and its authors want it in the proceedings at all.
    """

    paper: Paper
    versions: dict[FileKind, FileVersion]
    lacks: tuple[Lack, ...]
    is_meant: bool

    @property
    def is_in(self) -> bool:
        """Tell whether it is handed over."""
        return not self.lacks

    @property
    def files(self) -> dict[FileKind, StoredFile]:
        """Return the contents that are handed over, by kind."""
        return {kind: version.file for kind, version in self.versions.items() if version.file}


def list_candidates(sight: Sight) -> list[Candidate]:
    """Return every accepted and released paper by number, each with why it is not in; queries do not grow with them."""
    papers = list(sight.papers.for_hand_over())
    for paper in papers:
        paper.workshop = sight.workshop
    is_late = bool(papers) and is_choice_over(papers[0])
    owed = list_owed_by_papers(sight.workshop, papers)
    return [_look_at(paper, {one.kind: one for one in files}, is_late=is_late) for paper, files in zip(papers, owed, strict=True)]


def _look_at(paper: Paper, owed: dict[FileKind, OwedFile], *, is_late: bool) -> Candidate:
    if not is_in_proceedings(paper):
        return Candidate(paper, {}, (_tell_unmeant(paper, is_late=is_late),), is_meant=False)
    files = [_find_file_lack(kind, owed.get(kind)) for kind in HANDED_OVER]
    lacks = tuple(lack for lack in [*files, *_list_metadata_lacks(paper)] if lack)
    versions = {kind: one.current for kind in HANDED_OVER if (one := owed.get(kind)) and one.current and one.current.file}
    return Candidate(paper, versions, lacks, is_meant=True)


def _tell_unmeant(paper: Paper, *, is_late: bool) -> Lack:
    if paper.track is None:
        return Lack("It is in no track, so nobody knows whether it may go in.", "Give it a track.", Who.ORGANIZERS)
    if paper.track.proceedings == Track.Proceedings.NONE:
        return Lack(f"{paper.track.name} never go into the proceedings.", "Nothing is to be done.", Who.NOBODY)
    if paper.wants_proceedings is None:
        who = Who.ORGANIZERS if is_late else Who.AUTHORS
        return Lack("Its authors have not said whether it goes in.", "Choose on the paper's page.", who)
    return Lack("Its authors chose to stay out of the proceedings.", "Nothing is to be done.", Who.NOBODY)


def _find_file_lack(kind: FileKind, owed: OwedFile | None) -> Lack | None:
    label = "paper PDF" if kind == FileKind.PAPER else kind.label.lower()
    if owed is None or owed.current is None:
        return _find_missing_file(kind, label, owed)
    if owed.state == FileState.APPROVED:
        return None
    if owed.state == FileState.RETURNED:
        reasons = owed.verdict.reasons if owed.verdict else ""
        return Lack(f"The {label} was returned.", f"Hand in a mended version: {reasons}", Who.AUTHORS)
    if owed.is_checking:
        return Lack(f"The checks of the {label} have not ended.", "Wait a moment, or let it be checked again.", Who.ORGANIZERS)
    if owed.is_blocked:
        return Lack(f"A finding blocks the {label}.", "Hand in a mended version; an organizer can override the finding.", Who.AUTHORS)
    return Lack(f"The {label} is not approved yet.", "Look at it, then approve or return it.", Who.ORGANIZERS)


def _find_missing_file(kind: FileKind, label: str, owed: OwedFile | None) -> Lack | None:
    if owed is None:
        is_needed = kind == FileKind.PAPER
        remedy = "Ask for it on the page What is asked for."
        return Lack("The workshop does not ask for its paper PDF.", remedy, Who.ORGANIZERS) if is_needed else None
    if owed.requirement.is_optional and kind != FileKind.PAPER:
        return None
    if owed.is_closed:
        return Lack(f"The {label} has not come, and its time is over.", "Extend its deadline, or hand it in for them.", Who.ORGANIZERS)
    return Lack(f"The {label} has not come.", "Hand it in.", Who.AUTHORS)


def _list_metadata_lacks(paper: Paper) -> list[Lack]:
    lacks = []
    if paper.number is None:
        lacks.append(Lack("It has no submission number, by which the conference knows it.", "Import it again.", Who.ORGANIZERS))
    if paper.hides_authors:
        remedy = "Let OpenReview show them, or say on the page Release why they may be named."
        lacks.append(Lack("OpenReview hides its authors.", remedy, Who.ORGANIZERS))
    elif not paper.authors.all():
        lacks.append(Lack("It has no authors.", "Import it again, or name them on its page.", Who.ORGANIZERS))
    if find_confirmation(paper) is None:
        has_one = getattr(paper, "metadata_confirmation", None) is not None
        sentence = "Its metadata changed after an author confirmed it." if has_one else "No author has confirmed its metadata."
        lacks.append(Lack(sentence, "Read title, authors, abstract on the author's page, then confirm.", Who.AUTHORS))
    if paper.open_requests:  # type: ignore[attr-defined]
        sentence = "Its authors asked for another title or other authors, and nobody has answered."
        lacks.append(Lack(sentence, "Grant or refuse it on the page Requests.", Who.ORGANIZERS))
    return lacks
