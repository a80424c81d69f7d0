"""Shows a letter as it would read on a real paper, while it is written."""

from dataclasses import dataclass

from papers.letter_debts import foresee_debts
from papers.letter_fields import NOTHING_OWED, Frame, read_frame
from papers.letters.checking import Written, write_letter
from papers.letters.recipients import Recipient, find_recipients
from papers.letters.selection import find_letter_papers
from papers.letters.templates import Draft, read_draft
from papers.models import Paper, Route, Workshop
from papers.search import SearchMistake
from papers.sight import Sight


@dataclass(frozen=True, slots=True)
class Preview:
    """One letter among those that would be written; `place` counts from 0, mistakes are sentences."""

    frame: Frame
    count: int = 0
    place: int = 0
    paper: Paper | None = None
    written: Written | None = None
    mistakes: tuple[str, ...] = ()

    @property
    def before(self) -> int | None:
        """Return the place of the paper before, or nothing at the first."""
        return self.place - 1 if self.place else None

    @property
    def after(self) -> int | None:
        """Return the place of the paper after, or nothing at the last."""
        return self.place + 1 if self.place + 1 < self.count else None


def preview_letter(workshop: Workshop, draft: Draft, *, sight: Sight, place: int = 0) -> Preview:
    """Return the letter on the paper at `place` among those that the search finds; papers hidden from `sight` are not among them."""
    frame = read_frame(workshop)
    read = read_draft(draft, frame)
    mistakes = tuple(sentence for part in ("subject", "body") for sentence in read.mistakes.get(part, []))
    try:
        papers = (
            find_letter_papers(sight, draft.query)
            .filter(sight.judged)
            .for_letters(with_reviews=read.has_reviews, with_debts=read.has_debts)
        )
    except SearchMistake as mistake:
        return Preview(frame, mistakes=(*mistakes, mistake.sentence))
    count = papers.count()
    place = max(0, min(place, count - 1))
    paper = papers[place : place + 1].get() if count else None
    if paper is None or mistakes:
        return Preview(frame, count, place, paper, mistakes=mistakes)
    debts = foresee_debts([paper])[paper.pk] if read.has_debts else NOTHING_OWED
    written = write_letter(read, frame, _find_recipient(paper, draft.audience), debts=debts)
    return Preview(frame, count, place, paper, written)


def _find_recipient(paper: Paper, audience: str) -> Recipient:
    """Return the first who would get it; where nobody can be reached, the first author without an address."""
    found, _ = find_recipients([paper], audience=audience, route=Route.MAIL)
    author = next(iter(paper.authors.all()), None)
    return found[0] if found else Recipient(paper, "", author.name if author else "", author)
