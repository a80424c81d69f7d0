"""The workshop on which the organizers' desk is measured: invented, reviewed, with thirty members and a long history."""

import datetime as dt
from typing import Any

MEMBERS, LINES = 30, 100_000


def make_desk(slug: str, size: int) -> tuple[Any, Any]:
    """Return an invented workshop of `size` papers with about three reviews each, and its owner."""
    from papers.models import Membership, Role, User
    from program.demo.making import DemoOrder, create_demo
    from program.demo.members import CAST, OWNER

    workshop = create_demo(DemoOrder(size=size, slug=slug))
    for number in range(len(CAST) + 1, MEMBERS + 1):
        user = User.objects.create_user(f"member{number}@invented.example", name=f"Invented Member {number}")
        Membership.objects.create(workshop=workshop, user=user, role=Role.ORGANIZER)
    workshop.presentation_kinds.update(capacity=None)
    return workshop, User.objects.get(email=OWNER)


def write_long_history(workshop: Any, owner: Any, count: int = LINES) -> None:
    """Append `count` lines to the history, a decision each."""
    from django.db import transaction
    from django.utils import timezone

    from papers.bulk_rows import RowWriter
    from papers.models import HistoryLine

    papers = list(workshop.papers.order_by("pk").values_list("pk", flat=True))
    names = ("workshop_id", "paper_id", "by_id", "action", "field", "before", "after", "at")
    begun = timezone.now() - dt.timedelta(days=30)
    decided = {"outcome": "accept", "presentation": "oral", "award": None, "comment": "Invented comment."}
    with transaction.atomic():
        RowWriter(HistoryLine, names).insert(
            (
                *(workshop.pk, papers[number % len(papers)], owner.pk, "decided", "decision", None, decided),
                begun + dt.timedelta(seconds=number * 20),
            )
            for number in range(count)
        )
