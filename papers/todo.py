"""What an organizer should do next, counted."""

from dataclasses import dataclass

from django.urls import reverse

from papers.agreement import count_disagreements
from papers.models import ChangeRequest, FieldConflict, ImportRun, MappedValue, RequiredFile, User, Workshop
from papers.search import count_found
from papers.sight import Sight


@dataclass(frozen=True, slots=True)
class Todo:
    """One thing to do: how many, in a sentence, where. `tone` is bad, amber or info."""

    code: str
    count: int
    sentence: str
    href: str
    tone: str = "amber"


@dataclass(frozen=True, slots=True)
class PaperFigures:
    """How many papers stand where; accepted and rejected count active papers only."""

    total: int
    active: int
    withdrawn: int
    accepted: int
    rejected: int
    undecided: int
    unreleased: int
    without_track: int
    hidden_authors: int
    vanished: int
    few_reviews: int

    @property
    def acceptance_percent(self) -> int | None:
        """Return accepted among decided, in percent."""
        decided = self.accepted + self.rejected
        return round(100 * self.accepted / decided) if decided else None

    @property
    def acceptance_note(self) -> str:
        """Return the acceptance rate in words."""
        return f"{self.acceptance_percent} % of those decided"


def count_papers(sight: Sight) -> PaperFigures:
    """Count the papers that a person may know of, in one query; judgments that they may not see count nowhere."""
    return PaperFigures(**sight.papers.count_figures(judged=sight.judged, decided=sight.decided))


def list_paper_todos(workshop: Workshop, figures: PaperFigures) -> list[Todo]:
    """Return what waits, the most urgent first; nothing that is in order."""
    papers = reverse("paper-list", args=[workshop.slug])
    conflicts = FieldConflict.objects.filter(paper__workshop=workshop, resolved_at__isnull=True).count()
    disagreements = count_disagreements(workshop)
    asked = ChangeRequest.objects.of_workshop(workshop).waiting().count()
    unmapped = MappedValue.objects.filter(mapping__workshop=workshop, meaning__isnull=True).count()
    todos = [
        *_import_todos(workshop),
        *_file_todos(workshop),
        Todo(
            "conflict",
            conflicts,
            _count(conflicts, "difference", "between OpenReview and here: choose"),
            reverse("conflict-list", args=[workshop.slug]),
            "bad",
        ),
        Todo(
            "requests",
            asked,
            _count(asked, "change", "that authors ask for: grant or refuse"),
            reverse("change-requests", args=[workshop.slug]),
        ),
        Todo(
            "agreement",
            disagreements,
            _count(disagreements, "decision", "on which OpenReview and this workshop disagree"),
            f"{reverse('agreement', args=[workshop.slug])}?verdict=disagreements",
        ),
        Todo(
            "unmapped",
            unmapped,
            _count(unmapped, "value", "from OpenReview that nobody has explained"),
            reverse("mapping", args=[workshop.slug]),
            "bad",
        ),
        Todo("undecided", figures.undecided, _count(figures.undecided, "paper", "without a decision"), f"{papers}?q=dec:none"),
        Todo("track", figures.without_track, _count(figures.without_track, "paper", "without a track"), f"{papers}?q=track:none+is:active"),
        Todo(
            "unreleased",
            figures.unreleased,
            _count(figures.unreleased, "decision", "not released"),
            reverse("release-decisions", args=[workshop.slug]),
            "info",
        ),
        Todo(
            "hidden",
            figures.hidden_authors,
            _count(figures.hidden_authors, "accepted paper", "whose authors OpenReview still hides"),
            f"{papers}?q=is:hidden-authors+dec:accept",
        ),
        Todo("vanished", figures.vanished, _count(figures.vanished, "paper", "no longer visible in OpenReview"), f"{papers}?q=is:vanished"),
        Todo(
            "reviews",
            figures.few_reviews,
            _count(figures.few_reviews, "paper", f"with fewer than {workshop.required_review_count} reviews"),
            f"{papers}?q=is:underreviewed+dec:none",
        ),
    ]
    return [todo for todo in todos if todo.count]


def list_waiting_todos(sight: Sight, user: User) -> list[Todo]:
    """Return what waits for one person: mentions, recommendations, discussions, decisions; nothing that does not."""
    workshop = sight.workshop
    waiting = sight.papers.judged_by(sight).count_waiting(user)
    page = reverse("waiting", args=[workshop.slug])
    mentions, missing, unread, open_papers = (waiting[name] for name in ("mentions", "without_recommendation", "unread", "undecided"))
    todos = [
        Todo("mentions", mentions, _count(mentions, "paper", "in whose discussion you are mentioned"), page, "bad"),
        Todo("recommendations", missing, _count(missing, "paper", "that wait for your recommendation"), page),
        Todo("unread", unread, _count(unread, "paper", "of yours with remarks that you have not read"), page, "info"),
        Todo("handled", open_papers, _count(open_papers, "paper", "of yours, recommended and not decided"), page, "info"),
    ]
    return [todo for todo in todos if todo.count]


def _file_todos(workshop: Workshop) -> list[Todo]:
    """Return what waits on the board, counted in one query; only released papers are asked for anything."""
    if not RequiredFile.objects.of_workshop(workshop).exists():
        return []
    received, blocked, overdue = count_found(Sight(workshop, is_inside=True), ("file:received", "file:blocked", "overdue:any"))
    board = reverse("camera-ready", args=[workshop.slug])
    return [
        Todo("overdue", overdue, _count(overdue, "paper", "whose authors are overdue with something"), f"{board}?state=overdue", "bad"),
        Todo("files", received, _count(received, "paper", "with files to look at"), f"{board}?state=received"),
        Todo("blocked", blocked, _count(blocked, "paper", "with files that a check blocks"), f"{board}?state=blocked", "info"),
    ]


def _import_todos(workshop: Workshop) -> list[Todo]:
    href = reverse("import-list", args=[workshop.slug])
    last = workshop.import_runs.first()
    if last is None:
        return [Todo("import", 1, "Nothing has been imported yet: bring the submissions in from OpenReview", href, "info")]
    if last.state == ImportRun.State.FAILED:
        return [Todo("import", 1, "The last import failed: see why", reverse("import-report", args=[workshop.slug, last.pk]), "bad")]
    if last.state == ImportRun.State.PAUSED:
        return [
            Todo(
                "import", 1, "OpenReview asked to wait: the import is not finished", reverse("import-report", args=[workshop.slug, last.pk])
            )
        ]
    return []


def _count(count: int, noun: str, rest: str) -> str:
    return f"{count} {noun if count == 1 else noun + 's'} {rest}"
