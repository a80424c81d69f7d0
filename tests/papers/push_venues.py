"""A workshop in step with its venue on the stand-in, and words to push its decisions there."""

from typing import Any

from django.conf import settings

from papers.connections import make_connector
from papers.decisions import decide_paper
from papers.models import Decision, Paper, PushedDecision, UpstreamDecision, Workshop
from papers.openreview.sign_in import Credentials
from papers.push_plans import PushDesk, PushPlan, open_desk, plan_push
from papers.pushing import PushReport, apply_push, keep_own_writes
from papers.sight import Sight
from standin import Standin, Venue
from tests.papers.standin_venues import CHAIR, fill_venue, import_from, make_mapped_workshop, make_venue

WRITES = ("/notes/edits", "POST")


def make_decided_venue() -> Venue:
    """Make a venue of four papers: oral, poster, undecided, rejected."""
    venue = fill_venue(make_venue(), papers=4)
    venue.delete_decision(3)
    return venue


def make_pushing_workshop(standin: Standin) -> Workshop:
    """Make a workshop that may push, and import the venue; forget the requests."""
    workshop = make_mapped_workshop(pushes_decisions=True)
    import_from(standin, workshop)
    standin.requests.clear()
    return workshop


def open_at(standin: Standin, workshop: Workshop, credentials: Credentials = CHAIR) -> PushDesk:
    settings.OPENREVIEW_READ_SECONDS = 0.5
    return open_desk(workshop, make_connector({2: standin.url, 1: standin.url_v1}, credentials))


def look_everywhere(workshop: Workshop) -> Sight:
    return Sight(workshop, is_inside=True)


def get_paper(workshop: Workshop, number: int) -> Paper:
    return workshop.papers.get(number=number)


def decide(workshop: Workshop, number: int, presentation: str = "", comment: str | None = None) -> None:
    """Decide here: accept with a presentation, reject without."""
    kind = workshop.presentation_kinds.get(slug=presentation) if presentation else None
    decide_paper(get_paper(workshop, number), outcome="accept" if kind else "reject", presentation=kind, comment=comment, by=None)


def plan(standin: Standin, workshop: Workshop, sight: Sight | None = None, **options: Any) -> PushPlan:
    return plan_push(workshop, sight or look_everywhere(workshop), open_at(standin, workshop), **options)[0]


def push(standin: Standin, workshop: Workshop, planned: PushPlan | None = None, **options: Any) -> PushReport:
    desk = open_at(standin, workshop)
    fresh, own = plan_push(workshop, look_everywhere(workshop), desk)
    keep_own_writes(workshop, desk, own, by=None)
    return apply_push(workshop, (planned or fresh).items, look_everywhere(workshop), desk, **{"by": None, **options})


def list_acts(planned: PushPlan) -> list[tuple[int, str, str]]:
    return [(item.number, item.act.value, item.sentence) for item in planned.items]


def list_live(venue: Venue) -> dict[int, list[tuple[str, str]]]:
    """Return every live decision in the venue: text and comment by paper."""
    return {
        number: [
            (str(note["content"]["decision"]["value"]), str(note["content"].get("comment", {}).get("value", "")))
            for note in venue.store.notes.values()
            if f"{venue.name_group(number)}/-/Decision" in note["invitations"] and not note.get("ddate")
        ]
        for number in venue.papers
    }


def list_attempts(workshop: Workshop) -> list[tuple[int | None, str, str]]:
    rows = PushedDecision.objects.of_workshop(workshop).order_by("at", "pk")
    return [(row.paper.number, row.state, row.sentence) for row in rows]


def is_in_step(workshop: Workshop) -> bool:
    """Tell whether what we hold of upstream's decisions is what we decided, and a plan has nothing to write."""
    return all(
        UpstreamDecision.objects.filter(paper=decision.paper, gone_at__isnull=True).count() == 1
        for decision in Decision.objects.filter(paper__workshop=workshop)
    )
