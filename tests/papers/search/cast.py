"""A small workshop with one paper for whatever a search may ask, numbered."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from papers.arrivals import put_search_text
from papers.models import (
    Author,
    Award,
    ConflictOfInterest,
    Decision,
    FieldConflict,
    Handling,
    Letter,
    Mailing,
    Membership,
    Paper,
    Recommendation,
    Remark,
    Review,
    User,
    Workshop,
)
from tests.factories import join_workshop, make_paper, make_user, make_workshop

THEN = dt.datetime(2026, 4, 1, 12, tzinfo=dt.UTC)
HOUR = dt.timedelta(hours=1)


@dataclass
class Desk:
    """A workshop, its papers by number, its members."""

    workshop: Workshop
    olga: User
    bob: User
    members: dict[str, Membership]
    papers: dict[int, Paper]


def make_desk(slug: str = "search26") -> Desk:
    """Make a workshop in which every term finds some papers and misses others; Olga searches."""
    workshop = make_workshop(slug)
    workshop.awards.create(slug="best", name="Best Paper", position=1)
    workshop.awards.create(slug="runner-up", name="Runner-up", position=2)
    olga, bob = make_user(f"olga@{slug}.example", name="Olga Organizer"), make_user(f"bob@{slug}.example", name="Bob Bräuer")
    members = {"olga": join_workshop(olga, workshop), "bob": join_workshop(bob, workshop)}
    short = workshop.tracks.get(slug="short")
    made: list[dict[str, Any]] = [
        {
            "title": "Diffusion at Dawn",
            "abstract": "Noise 100% gone.",
            "tldr": "Sleep early",
            "keywords": ["generative models", "noise"],
            "wants_proceedings": True,
            "pdf": "/pdf/1.pdf",
            "supplement": "/s/1.zip",
            "is_public_upstream": True,
            "submitted_at": THEN,
            "changed_upstream_at": THEN,
        },
        {
            "title": "Nöise Models",
            "has_upstream_camera_ready": True,
            "license": "CC BY 4.0",
            "wants_proceedings": False,
            "link": "https://a.example/2",
        },
        {"title": "Short Noise", "track": short, "submitted_at": THEN + HOUR, "changed_upstream_at": THEN + HOUR},
        {"title": "Trackless", "track": None},
        {"title": "Hidden", "has_hidden_authors": True, "authors": (), "extras": {"subject_areas": ["Video & Audio"]}},
        {"title": "Taken back", "standing": "withdrawn"},
        {"title": "Refused early", "standing": "desk-rejected"},
        {"title": "Deleted", "standing": "deleted"},
        {"title": "Left", "standing": "left", "not_visible_since": THEN},
        {"title": "A test", "is_test": True},
        {"title": "Mixed", "authors": ("Ada Author", "Bea Brown", "Cyd Coral")},
    ]
    papers = {number: make_paper(workshop, number=number, note_id=f"note{number}", **fields) for number, fields in enumerate(made, start=1)}
    Author.objects.filter(paper=papers[1]).update(institutions=[{"name": "Technische Universität", "domain": "tu.example"}])
    for paper in papers.values():
        put_search_text(paper, [dict(author) for author in paper.authors.values("name", "institutions")])
        paper.save()
    desk = Desk(workshop, olga, bob, members, papers)
    _judge(desk)
    return desk


def _judge(desk: Desk) -> None:
    for number, ratings in {1: (8, 7, 9), 2: (6, 6), 3: (2, 9), 4: (5,), 6: (3,), 11: (5, 6, 7)}.items():
        for place, rating in enumerate(ratings):
            review(desk.papers[number], rating, confidence=4 if place else 5)
    review(desk.papers[5], 9, gone_at=THEN)
    review(desk.papers[5], 9, kind="meta-review")
    review(desk.papers[11], None)
    decide(desk, 1, presentation="oral", award="best", released_at=THEN, decided_at=THEN)
    decide(desk, 2, presentation="poster", comment="Well done")
    decide(desk, 3, "reject")
    decide(desk, 6, presentation="poster")
    for number, who in ((1, "olga"), (4, "olga"), (11, "olga"), (2, "bob")):
        Handling.objects.create(paper=desk.papers[number], member=desk.members[who])
    for number, by, outcome in ((4, desk.bob, "accept"), (11, desk.olga, "accept"), (11, desk.bob, "reject"), (3, desk.bob, "reject")):
        Recommendation.objects.create(paper=desk.papers[number], by=by, outcome=outcome)
    Remark.objects.create(paper=desk.papers[11], by=desk.bob, text="Hm")
    Remark.objects.create(paper=desk.papers[4], by=desk.bob, text="", withdrawn_at=THEN)
    for number, dismissed_at in ((2, None), (3, THEN)):
        ConflictOfInterest.objects.create(
            paper=desk.papers[number], member=desk.members["bob"], ground="declared", dismissed_at=dismissed_at
        )
    FieldConflict.objects.create(paper=desk.papers[2], field="title")
    FieldConflict.objects.create(paper=desk.papers[3], field="decision")
    FieldConflict.objects.create(paper=desk.papers[4], field="track", resolved_at=THEN)
    mailing = Mailing.objects.create(workshop=desk.workshop, name="Decisions", subject="", body="")
    for number, state in ((1, "sent"), (2, "waiting"), (3, "failed"), (6, "bounced"), (4, "canceled")):
        write(desk.papers[number], mailing, state)


def review(paper: Paper, rating: float | None, **fields: Any) -> Review:
    """Add a review."""
    return Review.objects.create(paper=paper, note_id=f"r{Review.objects.count()}", **{"kind": "review", "rating": rating, **fields})


def decide(desk: Desk, number: int, outcome: str = "accept", *, presentation: str = "", award: str = "", **fields: Any) -> Decision:
    """Decide on a paper."""
    kind = desk.workshop.presentation_kinds.get(slug=presentation) if presentation else None
    won = Award.objects.get(workshop=desk.workshop, slug=award) if award else None
    fields = {"decided_at": THEN + HOUR, **fields}
    return Decision.objects.create(paper=desk.papers[number], outcome=outcome, presentation=kind, award=won, **fields)


def write(paper: Paper, mailing: Mailing, state: str) -> Letter:
    """Write a letter about a paper."""
    return Letter.objects.create(
        mailing=mailing, paper=paper, address=f"a{paper.pk}@example.org", subject="", body="", state=state, message_id=f"<{paper.pk}>"
    )
