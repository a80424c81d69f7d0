"""Papers with ratings, for tests of the table."""

from itertools import count
from typing import Any

from papers.models import ConflictOfInterest, Handling, Membership, Paper, Recommendation, Review, User, Workshop
from papers.paper_table.pages import read_page
from papers.paper_table.states import read_state
from papers.sight import find_sight
from tests.factories import make_paper

_notes = count(1)


def review(paper: Paper, *ratings: float | None, confidence: float | None = 4, **fields: Any) -> Paper:
    """Give `paper` a review for each rating."""
    for rating in ratings:
        Review.objects.create(
            paper=paper, **{"note_id": f"review{next(_notes)}", "kind": "review", "rating": rating, "confidence": confidence, **fields}
        )
    return paper


def make_rated(workshop: Workshop, title: str, *ratings: float | None, **fields: Any) -> Paper:
    """Make a paper with these ratings."""
    return review(make_paper(workshop, title=title, search_text=title.lower(), **fields), *ratings)


def handle(paper: Paper, user: User) -> Handling:
    """Let `user` look after `paper`."""
    return Handling.objects.create(paper=paper, member=Membership.objects.get(workshop=paper.workshop, user=user))


def recommend(paper: Paper, user: User, outcome: str) -> Recommendation:
    """Let `user` recommend a decision."""
    return Recommendation.objects.create(paper=paper, by=user, outcome=outcome)


def conflict(paper: Paper, user: User) -> ConflictOfInterest:
    """Give `user` a conflict of interest with `paper`."""
    member = Membership.objects.get(workshop=paper.workshop, user=user)
    return ConflictOfInterest.objects.create(paper=paper, member=member, ground="declared", evidence="said so")


def list_titles(workshop: Workshop, user: User, **asked: str) -> list[str]:
    """Return the titles in the order of the table."""
    return [line.row.paper.title for line in read_page(find_sight(workshop, user), read_state(asked)).lines]


def list_groups(workshop: Workshop, user: User, group: str, **asked: str) -> list[tuple[str, int] | str]:
    """Return headings with their counts, and titles, as they stand below each other."""
    told: list[tuple[str, int] | str] = []
    for line in read_page(find_sight(workshop, user), read_state({"group": group, **asked})).lines:
        told += [(line.heading.label, line.heading.count)] if line.heading else []
        told.append(line.row.paper.title)
    return told
