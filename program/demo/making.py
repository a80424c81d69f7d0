"""Makes an invented workshop, stage by stage."""

import datetime as dt
import json
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from papers.accounts import find_or_create_user
from papers.decisions import release_decisions
from papers.demo.camera_ready import hand_files_in
from papers.demo.deciding import decide_by_rating
from papers.demo.papers import write_invented_papers
from papers.demo.upstream import write_upstream
from papers.errors import Refusal
from papers.models import Decision, Paper, User, Workshop
from program.demo.members import OWNER, add_invented_members
from program.demo.settings import ORAL_MINUTES, VENUE_START, WINNER, WINNERS_MINUTES, WINNERS_TALK, write_settings
from program.models import Session, Slot
from program.schedules import release_schedule
from program.workshop_files import load_workshop_file, parse_workshop_file

STAGES = ("submitted", "decided", "camera-ready", "scheduled", "published")
LARGEST = 100_000
TARGETS = {"full": 45, "short": 55}  # percent
SUBMISSION_AGE = dt.timedelta(days=28)


@dataclass(frozen=True, slots=True)
class DemoOrder:
    """What is asked for; the same order makes the same papers, dated around the day on which they are made."""

    size: int
    stage: str = "submitted"
    slug: str = ""
    seed: int = 1
    is_replacing: bool = False

    @property
    def address(self) -> str:
        """Return the slug, by default one that tells the size."""
        return self.slug or f"demo-{self.size}"


def create_demo(order: DemoOrder) -> Workshop:
    """Make the workshop that is asked for, all or nothing.

    Refuses a slug that a workshop has which is no demo, one that a demo has unless it is to be replaced, and odd sizes.
    """
    if not 1 <= order.size <= LARGEST:
        raise Refusal(f"A demo of {order.size} papers can't be made; choose 1 to {LARGEST}.")
    with transaction.atomic():
        _make_room(order)
        workshop = _write_workshop(order)
        members = add_invented_members(workshop)
        olga = next(member.user for member in members if member.user.email == OWNER)
        for stage in STAGES[1 : STAGES.index(order.stage) + 1]:
            _take_to(workshop, stage, by=olga, seed=order.seed)
    return workshop


def is_demo(workshop: Workshop) -> bool:
    """Tell whether a workshop was made here."""
    return workshop.venue_id.startswith(VENUE_START)


def _make_room(order: DemoOrder) -> None:
    held = Workshop.objects.select_for_update().filter(slug=order.address).first()
    if held is None:
        return
    if not is_demo(held):
        raise Refusal(f"{held} ({held.slug}) is no demo; choose another slug with --slug.", subject=held)
    if not order.is_replacing:
        count = held.papers.count()
        raise Refusal(f"There is a demo {held.slug!r} already, of {count} papers; add --replace to make it anew.", subject=held)
    held.papers.all().delete()  # before what they refer to
    held.awards.all().delete()
    held.delete()


def _write_workshop(order: DemoOrder) -> Workshop:
    now = timezone.now()
    settings = parse_workshop_file(json.dumps(write_settings(order.address, order.size, now)))
    workshop = load_workshop_file(settings, by=None, actor="create_demo").workshop
    assert workshop is not None, "loading without a dry run returns the workshop"
    for track in workshop.tracks.all():
        track.target_percent = TARGETS[track.slug]
        track.save(update_fields=["target_percent"])
    closed_at = now.replace(hour=12, minute=0, second=0, microsecond=0) - SUBMISSION_AGE
    write_invented_papers(workshop, order.size, seed=order.seed, closed_at=closed_at)
    write_upstream(workshop)
    return workshop


def _take_to(workshop: Workshop, stage: str, *, by: User, seed: int) -> None:
    if stage == "decided":
        decide_by_rating(workshop, by=by)
    elif stage == "camera-ready" and Decision.objects.filter(paper__workshop=workshop).exists():
        release_decisions(workshop, by=by)
        hand_files_in(workshop, by=by, seed=seed, find_user=find_or_create_user)
    elif stage == "scheduled":
        _place_papers(workshop)
    elif stage == "published":
        release_schedule(workshop, by=by)


def _place_papers(workshop: Workshop) -> None:
    """Put orals into the oral session, each with its minutes, posters on their boards, the winner's talk before the awards."""
    for kind, minutes in ((Session.Kind.ORAL, ORAL_MINUTES), (Session.Kind.POSTER, None)):
        session, has_boards = workshop.sessions.get(kind=kind), kind == Session.Kind.POSTER
        papers = Paper.objects.in_workshop(workshop).accepted().presented_as(kind).in_listing_order()
        Slot.objects.bulk_create(
            [
                Slot(session=session, paper=paper, position=place, minutes=minutes, board=place if has_boards else None)
                for place, paper in enumerate(papers, start=1)
            ],
            batch_size=500,
        )
    Slot.objects.create(
        session=workshop.sessions.get(kind=Session.Kind.AWARD),
        kind=Slot.Kind.WINNER_TALK,
        title=WINNERS_TALK,
        person=workshop.people.get(name=WINNER),
        position=1,
        minutes=WINNERS_MINUTES,
        question_minutes=3,
    )
