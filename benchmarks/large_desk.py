"""Makes a workshop that is large enough to measure the organizers' desk: papers, reviews, decisions, handlers, counted values."""

import datetime as dt
import itertools
from typing import Any

MOMENT = dt.datetime(2026, 3, 20, 12, tzinfo=dt.UTC)
AUTHORS = 4
REVIEWS = 3


def fill_desk(slug: str, size: int) -> tuple[Any, Any]:
    """Return a workshop of `size` papers with three reviews each, six of ten decided, and its owner."""
    from papers.models import Role
    from tests.factories import join_workshop, make_user, make_workshop

    workshop = make_workshop(slug)
    owner = make_user(f"owner@{slug}.example", name="Olga Owner")
    join_workshop(owner, workshop, Role.OWNER)
    for number in range(1, 8):
        join_workshop(make_user(f"member{number}@{slug}.example", name=f"Member Number{number}"), workshop)
    papers = _make_papers(workshop, slug, size)
    _write_reviews(papers)
    _judge(workshop, papers, owner)
    return workshop, owner


def _make_papers(workshop: Any, slug: str, size: int) -> list[Any]:
    from papers.models import Author, Paper
    from standin.invented import write_text

    tracks = list(workshop.tracks.all())
    papers = []
    for number in range(1, size + 1):
        title = f"Invented: counted paper {number * 7919 % size} on synthetic data, told at the length that titles have"
        abstract = write_text(number, 1500)
        papers.append(
            Paper(
                workshop=workshop,
                number=number,
                note_id=f"{slug}note{number}",
                title=title,
                abstract=abstract,
                keywords=["synthetic data", f"topic {number % 50}"],
                track=tracks[number % 3 == 0],
                wants_proceedings=number % 2 == 0,
                submitted_at=MOMENT + dt.timedelta(minutes=number),
                changed_upstream_at=MOMENT + dt.timedelta(minutes=number * 7919 % size),
                search_text=f"{title} {abstract}".lower(),
            )
        )
    Paper.objects.bulk_create(papers, batch_size=500)
    authors = (
        Author(paper=paper, position=place, name=f"Invented Author {1 + (place * 7 + paper.pk) % size}")
        for paper, place in itertools.product(papers, range(1, AUTHORS + 1))
    )
    Author.objects.bulk_create(authors, batch_size=2000)
    return papers


def _write_reviews(papers: list[Any]) -> None:
    from papers.models import Review

    reviews = (
        Review(
            paper=paper,
            note_id=f"r{paper.pk}.{place}",
            kind="review",
            rating=1 + (paper.pk * 31 + place * place * 17) % 7 + (paper.pk // 7 + place) % 4,
            confidence=1 + (paper.pk * 13 + place * 7) % 3 + (paper.pk // 3 + place) % 3,
            content={"review": "A review of some length. " * 30},
            written_at=MOMENT,
        )
        for paper, place in itertools.product(papers, range(1, REVIEWS + 1))
    )
    Review.objects.bulk_create(reviews, batch_size=1000)


def _judge(workshop: Any, papers: list[Any], owner: Any) -> None:
    from papers.models import Decision, Handling, Membership, Recommendation

    kinds = list(workshop.presentation_kinds.all())
    members = list(Membership.objects.filter(workshop=workshop).order_by("pk"))
    decisions = (
        Decision(
            paper=paper,
            outcome="accept" if paper.pk % 10 < 3 else "reject",
            presentation=kinds[paper.pk % 5 > 0] if paper.pk % 10 < 3 else None,
            decided_at=MOMENT,
            by=owner,
        )
        for paper in papers
        if paper.pk % 10 < 6
    )
    Decision.objects.bulk_create(decisions, batch_size=2000)
    Handling.objects.bulk_create([Handling(paper=paper, member=members[paper.pk % len(members)]) for paper in papers], batch_size=2000)
    recommended = [
        Recommendation(paper=paper, by=owner, outcome="accept" if paper.pk % 4 else "reject", at=MOMENT) for paper in papers[::2]
    ]
    Recommendation.objects.bulk_create(recommended, batch_size=2000)
