"""What the invented OpenReview says already: a reading of all papers, a few decisions that a program chair entered there."""

from django.utils import timezone

from papers.models import ImportRun, Paper, UpstreamDecision, Workshop
from papers.reports import ImportReport

WORDS = {"oral": "Accept (Oral)", "poster": "Accept (Poster)", "reject": "Reject"}
EVERY = 40  # so many active papers for one that is decided there
GOOD, GREAT = 5.5, 7.0


def write_upstream(workshop: Workshop) -> None:
    """Keep a finished reading of an invented workshop, and decisions on every fortieth paper; each third goes against its reviews."""
    count = workshop.papers.count()
    report = ImportReport(created=count, notices=["Invented by create_demo; nothing was read from anywhere."])
    now = timezone.now()
    ImportRun.objects.create(
        workshop=workshop,
        source=ImportRun.OPENREVIEW,
        state=ImportRun.State.DONE,
        ended_at=now,
        seen_count=count,
        expected_count=count,
        report=report.as_json(),
    )
    decided = Paper.objects.in_workshop(workshop).active().with_review_figures().order_by("number")[EVERY // 2 :: EVERY]
    UpstreamDecision.objects.bulk_create(
        UpstreamDecision(
            paper=paper,
            note_id=f"{paper.note_id}d",
            text=WORDS[_judge(getattr(paper, "rating_mean", None) or 0, goes_against=place % 3 == 2)],
            written_at=now,
        )
        for place, paper in enumerate(decided)
    )


def _judge(mean: float, *, goes_against: bool) -> str:
    if goes_against:
        return "reject" if mean >= GOOD else "poster"
    return "oral" if mean >= GREAT else "poster" if mean >= GOOD else "reject"
