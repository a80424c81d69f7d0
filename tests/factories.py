"""Plain factories with counted, never random, values."""

import datetime as dt
from itertools import count
from typing import Any

from papers.arrivals import put_search_text
from papers.models import Author, Decision, Membership, Paper, PresentationKind, Role, Series, Track, User, Workshop

_numbers = count(1)


def make_user(email: str = "", **fields: Any) -> User:
    """Make a user whose mail address is verified."""
    from allauth.account.models import EmailAddress

    user = User.objects.create_user(email or f"person{next(_numbers)}@example.org", **fields)
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user


def make_workshop(slug: str = "", **fields: Any) -> Workshop:
    """Make a workshop with full and short tracks, oral and poster."""
    slug = slug or f"w{next(_numbers)}"
    fields = {
        "name": "Workshop on Counted Things",
        "short_name": "Counted",
        "year": 2026,
        "zone": "America/Los_Angeles",
        "starts_on": dt.date(2026, 6, 17),
        "venue_id": f"example.org/{slug}/Workshop",
        **fields,
    }
    series, _ = Series.objects.get_or_create(slug="counted", defaults={"name": "Counted"})
    workshop = Workshop.objects.create(slug=slug, series=series, **fields)
    Track.objects.create(
        workshop=workshop,
        position=1,
        slug="full",
        name="Full papers",
        page_limit=8,
        uncounted_parts=["references"],
        proceedings="option",
        is_award_eligible=True,
    )
    Track.objects.create(
        workshop=workshop, position=2, slug="short", name="Short papers", page_limit=4, uncounted_parts=["references"], proceedings="none"
    )
    PresentationKind.objects.create(workshop=workshop, position=1, slug="oral", name="Oral")
    PresentationKind.objects.create(workshop=workshop, position=2, slug="poster", name="Poster")
    return workshop


def join_workshop(user: User, workshop: Workshop, role: Role = Role.ORGANIZER) -> Membership:
    """Give `user` a role."""
    return Membership.objects.create(workshop=workshop, user=user, role=role)


def make_paper(workshop: Workshop, *, authors: tuple[str, ...] = ("Ada Author",), **fields: Any) -> Paper:
    """Make an active paper in the full track."""
    number = next(_numbers)
    fields = {"title": f"Paper {number}", "number": number, "note_id": f"note{number}", "track": workshop.tracks.first(), **fields}
    paper = Paper.objects.create(workshop=workshop, **fields)
    for position, name in enumerate(authors, start=1):
        Author.objects.create(paper=paper, position=position, name=name)
    if "search_text" not in fields:
        put_search_text(paper, [{"name": name} for name in authors])
        paper.save(update_fields=["search_text"])
    return paper


def accept(paper: Paper, presentation: str = "poster", *, is_released: bool = False) -> Decision:
    """Accept `paper`, released when asked."""
    now = dt.datetime(2026, 4, 7, 12, tzinfo=dt.UTC)
    return Decision.objects.create(
        paper=paper,
        outcome="accept",
        presentation=paper.workshop.presentation_kinds.get(slug=presentation),
        decided_at=now,
        released_at=now if is_released else None,
    )


def reject(paper: Paper, *, is_released: bool = False) -> Decision:
    """Reject `paper`."""
    now = dt.datetime(2026, 4, 7, 12, tzinfo=dt.UTC)
    return Decision.objects.create(paper=paper, outcome="reject", decided_at=now, released_at=now if is_released else None)
