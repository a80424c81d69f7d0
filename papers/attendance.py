"""Authors say who presents their paper, who comes, whether it goes into the proceedings."""

from django.db import transaction
from django.utils import timezone

from papers.author_dates import find_metadata_date
from papers.editing import edit_paper
from papers.errors import Refusal
from papers.history import record_change
from papers.models import Attendance, Author, HistoryLine, Paper, Presenter, Track, User
from papers.speaking import refuse_foreign_author, refuse_voice
from papers.zones import format_instant


def name_presenter(paper: Paper, *, author: Author, mode: str, by: User) -> Presenter:
    """Say which author presents, in which way; refuses strangers and authors of other papers."""
    refuse_voice(paper, by=by)
    refuse_foreign_author(paper, author)
    with transaction.atomic():
        Paper.objects.select_for_update(no_key=True, of=("self",)).get(pk=paper.pk)
        held = Presenter.objects.filter(paper=paper).select_related("author").first()
        if held and (held.author_id, held.mode) == (author.pk, mode):
            return held
        before = _describe(held) if held else None
        presenter = held or Presenter(paper=paper)
        presenter.author, presenter.mode, presenter.by, presenter.at = author, Presenter.Mode(mode), by, timezone.now()
        presenter.save()
        record_change(paper.workshop, "named presenter", by=by, paper=paper, field="presenter", before=before, after=_describe(presenter))
    return presenter


def confirm_attendance(paper: Paper, *, author: Author, by: User) -> Attendance:
    """Say that an author comes; who said so and when stays on record. Refuses strangers and authors of other papers."""
    refuse_voice(paper, by=by)
    refuse_foreign_author(paper, author)
    with transaction.atomic():
        attendance, is_new = Attendance.objects.get_or_create(author=author, defaults={"by": by, "at": timezone.now()})
        if is_new:
            record_change(paper.workshop, "confirmed attendance", by=by, paper=paper, field="attendance", after=author.name)
    return attendance


def withdraw_attendance(paper: Paper, *, author: Author, by: User) -> None:
    """Say that an author does not come after all; refuses where nobody said they would."""
    refuse_voice(paper, by=by)
    refuse_foreign_author(paper, author)
    with transaction.atomic():
        count, _ = Attendance.objects.filter(author=author).delete()
        if not count:
            raise Refusal(f"Nobody has said that {author.name} comes.", subject=paper)
        record_change(paper.workshop, "withdrew attendance", by=by, paper=paper, field="attendance", before=author.name)


def choose_proceedings(paper: Paper, *, is_in: bool, by: User) -> bool:
    """Put the authors' choice on record; return whether it changed. Refuses where the track leaves none, and after the date."""
    refuse_voice(paper, by=by)
    if paper.track is None or paper.track.proceedings != Track.Proceedings.OPTION:
        raise Refusal("The track of this paper leaves no choice about the proceedings.", subject=paper)
    due = find_metadata_date(paper.workshop)
    if due and is_choice_over(paper):
        told = format_instant(due, by.zone or paper.workshop.zone)
        raise Refusal(f"The choice about the proceedings was due {told}. Write to the organizers.", subject=paper)
    return edit_paper(paper, field="wants_proceedings", value=is_in, by=by)


def is_choice_over(paper: Paper) -> bool:
    """Tell whether the choice about the proceedings is out of the authors' hands by now."""
    due = find_metadata_date(paper.workshop)
    return due is not None and timezone.now() > due


def find_proceedings_choice(paper: Paper) -> HistoryLine | None:
    """Return who last changed the choice, and when; nothing where it came with the submission."""
    return HistoryLine.objects.of_field(paper, "wants_proceedings").first()


def _describe(presenter: Presenter) -> dict[str, str]:
    return {"name": f"{presenter.author.name}, {presenter.get_mode_display().lower()}"}
