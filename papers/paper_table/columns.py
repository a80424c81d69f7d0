"""The columns of the paper table: what each is called, what it tells, what it needs for that."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from papers.listings import is_in_proceedings
from papers.paper_table.rows import Row
from papers.querysets.table_orders import ORDERS

CONFLICT = "conflict of interest"
RIGHT = "is-number"


@dataclass(frozen=True, slots=True)
class Column:
    """One column. `read` gives the plain value that exports carry; `cell` names the partial that shows it, else it is text.

    `needs` are the facts of a row. `secret` says what the column tells: a judgment, a decision, or neither.
    """

    name: str
    heading: str
    read: Callable[[Row], Any]
    help: str = ""
    cell: str = ""
    words: str = ""
    needs: tuple[str, ...] = ()
    secret: str = ""

    @property
    def title(self) -> str:
        """Return what the column tells, in words."""
        return self.help or self.heading

    @property
    def is_sortable(self) -> bool:
        """Tell whether the table can be ordered by it."""
        return self.name in ORDERS

    def is_hidden_in(self, row: Row) -> bool:
        """Tell whether the row must not tell this, because its reader has a conflict of interest."""
        return (self.secret == "judged" and row.is_hidden) or (self.secret == "decided" and not row.shows_decision)


def tell_proceedings(row: Row) -> str:
    """Say whether a paper goes into the proceedings, as far as it is known."""
    paper = row.paper
    if paper.track is None:
        return ""
    if paper.track.proceedings == "option" and paper.wants_proceedings is None:
        return "Open"
    return "Yes" if is_in_proceedings(paper) else "No"


def tell_recommendations(row: Row) -> str:
    """Say how often each decision is recommended."""
    return ", ".join(f"{count} {outcome}" for outcome, count in row.recommendations.items())


def tell_discussion(row: Row) -> str:
    """Say how many remarks there are, and how many of them are news."""
    if not row.remark_count:
        return ""
    return f"{row.remark_count}, {row.unread_count} unread" if row.unread_count else str(row.remark_count)


def tell_camera_ready(row: Row) -> str:
    """Say what became of the final paper, here or in OpenReview."""
    return row.file or ("received" if row.paper.has_upstream_camera_ready else "")


def tell_decision(row: Row) -> str:
    """Say accept or reject, or that nothing is decided on an active paper."""
    if row.decision:
        return row.decision.outcome
    return "undecided" if row.paper.standing == "active" else row.paper.standing


def tell_letter(row: Row) -> str:
    """Say what became of the newest letter."""
    return f"{row.letter.name}: {row.letter.state}" if row.letter else ""


def tell_figure(value: float) -> str:
    """Return a rating as short as it is: 6, or 6.5."""
    return f"{value:g}"


def _name_part(part: str) -> Callable[[Row], str]:
    def read(row: Row) -> str:
        held = getattr(row.decision, part, None)
        return held.name if held else ""

    return read


def _round(value: float | None) -> float | None:
    return None if value is None else round(value, 2)


COLUMNS = {
    column.name: column
    for column in (
        Column("number", "#", lambda row: row.paper.number, help="Number", words="is-number is-tight muted"),
        Column(
            "title",
            "Title",
            lambda row: row.paper.title,
            help="Title",
            cell="title",
            words="is-main",
            needs=("authors", "differing"),
        ),
        Column("track", "Track", lambda row: row.paper.track.name if row.paper.track else "", words="nowrap"),
        Column(
            "reviews",
            "Reviews",
            lambda row: len(row.reviews),
            help="Reviews, of those required",
            cell="reviews",
            words=RIGHT,
            needs=("reviews",),
            secret="judged",
        ),
        Column(
            "scores",
            "Ratings",
            lambda row: [tell_figure(rating) for rating in row.ratings],
            help="Ratings as a picture",
            cell="scores",
            needs=("reviews",),
            secret="judged",
        ),
        Column(
            "mean", "Mean", lambda row: _round(row.mean), help="Mean rating", cell="mean", words=RIGHT, needs=("reviews",), secret="judged"
        ),
        Column(
            "spread",
            "Spread",
            lambda row: _round(row.spread),
            help="Highest less lowest rating",
            cell="spread",
            words=RIGHT,
            needs=("reviews",),
            secret="judged",
        ),
        Column(
            "confidence",
            "Confid.",
            lambda row: _round(row.confidence),
            help="Mean confidence",
            cell="confidence",
            words=RIGHT,
            needs=("reviews",),
            secret="judged",
        ),
        Column("handlers", "Handled by", lambda row: row.handlers, needs=("handlers",), secret="judged"),
        Column(
            "recommendations",
            "Recommended",
            tell_recommendations,
            help="Recommendations",
            cell="recommendations",
            needs=("recommendations",),
            secret="judged",
        ),
        Column(
            "discussion",
            "Remarks",
            tell_discussion,
            help="Discussion, with what you have not read",
            cell="discussion",
            needs=("discussion",),
            secret="judged",
        ),
        Column("decision", "Decision", tell_decision, cell="decision", secret="decided"),
        Column("presentation", "Presentation", _name_part("presentation"), cell="presentation", secret="decided"),
        Column("award", "Award", _name_part("award"), cell="award", secret="decided"),
        Column("proceedings", "Proceedings", tell_proceedings),
        Column("camera-ready", "Camera-ready", tell_camera_ready, cell="file", needs=("file",)),
        Column("presenter", "Presenter", lambda row: row.presenter, help="Who presents, in which way", needs=("presenter",)),
        Column("attendance", "Attendance", lambda row: row.attending, help="Authors who said that they come", needs=("attending",)),
        Column("letters", "Letter", tell_letter, help="Last letter", cell="letter", needs=("letter",), secret="decided"),
        Column("keywords", "Keywords", lambda row: [str(keyword) for keyword in row.paper.keywords]),
        Column("topic", "Topic", lambda row: row.paper.topic, help="Topic that the authors chose"),
        Column("institutions", "Institutions", lambda row: row.institutions, needs=("institutions",)),
        Column("submitted", "Submitted", lambda row: row.paper.submitted_at, cell="submitted", words="nowrap"),
        Column("changed", "Changed", lambda row: row.paper.changed_upstream_at, help="Changed upstream", cell="changed", words="nowrap"),
        Column("forum", "Forum", lambda row: row.paper.forum_url, help="OpenReview forum", cell="forum"),
        Column("authors", "Authors", lambda row: row.authors, needs=("authors",)),
        Column("standing", "Standing", lambda row: row.paper.get_standing_display()),
    )
}
DEFAULT_COLUMNS = ("number", "title", "track", "reviews", "scores", "mean", "handlers", "decision", "presentation")


def list_facts(columns: Iterable[Column]) -> set[str]:
    """Return the facts that these columns need."""
    return {fact for column in columns for fact in column.needs}
