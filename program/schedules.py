"""Stage 4: what the world and the organizers see of the schedule, and its release."""

from django.db.models import Count, Max, Prefetch, QuerySet
from django.shortcuts import get_object_or_404

from papers.listings import ListedPaper, index_accepted_papers, list_dates, list_paper, list_workshop
from papers.models import Decision, Paper, User, Workshop
from papers.naming import name_paper
from papers.sight import Sight
from papers.zones import find_zone
from program.calendar_facts import read_calendar_facts
from program.conflicts import Conflict, DraftPaper, DraftSession, DraftSlot
from program.draft_conflicts import find_draft_conflicts
from program.listings import ListedPerson, ListedSession, Listing
from program.models import PersonRole, ScheduleRelease, Session, SessionPart, Slot
from program.pending_papers import list_slots
from program.published_rows import list_person, list_published_sessions
from program.schedule_papers import see_all
from program.versions import publish_schedule

LIVE_FIELDS = "^(zone|room|place)"  # of the history lines that change every session in calendars


def collect_listing(workshop: Workshop) -> Listing:
    """Return all that the world may see of a workshop: released facts only, as plain values.

    Sessions are those of the last published version, never of the draft; papers in them only when they are accepted and released,
    papers and people as they are called now.
    """
    papers = index_accepted_papers(workshop)
    changes = workshop.history.filter(field__regex=LIVE_FIELDS).aggregate(count=Count("pk"), last=Max("at"))
    calendar = read_calendar_facts(workshop)
    settled = [at for at in (changes["last"], calendar.released_at) if at]
    return Listing(
        workshop=list_workshop(workshop),
        papers=tuple(papers.values()),
        sessions=list_published_sessions(workshop, papers),
        dates=list_dates(workshop),
        people=list_people(workshop),
        schedule_version=calendar.number,
        schedule_revision=changes["count"],
        schedule_settled_at=max(settled, default=None),
        schedule_changed_at=max([*settled, *(mark.at for mark in calendar.marks.values())], default=None),
        marks=calendar.marks,
        gone=calendar.gone,
    )


def count_imported_authors(workshop: Workshop) -> dict[str, int]:
    """Return how many authors each listed paper had upstream, by note id; papers with hidden authors are left out."""
    listed = workshop.papers.filter(is_test=False, has_hidden_authors=False).exclude(note_id="").accepted().released()
    return {note_id: len(imported.get("authors") or ()) for note_id, imported in listed.values_list("note_id", "imported")}


def collect_draft_sessions(workshop: Workshop) -> tuple[DraftSession, ...]:
    """Return the sessions as organizers see them, released or not, with every paper placed in them.

    `papers` holds those that have a decision, `slots` all.
    """
    facts = ("track", "decision__presentation", "decision__award")
    placed = Slot.objects.select_related(*(f"paper__{fact}" for fact in facts))
    related = ("parts__person", Prefetch("slots", placed), "slots__paper__authors")
    sessions = list(workshop.sessions.select_related("room").prefetch_related(*related).in_program_order())
    slots = list_slots(sessions, workshop.papers.select_related(*facts).prefetch_related("authors"))
    numbers = _number_invited_talks(sessions)
    return tuple(_draft_session(session, numbers.get(session.pk), slots[session.pk]) for session in sessions)


def find_schedule_conflicts(workshop: Workshop, *, sight: Sight | None = None) -> tuple[Conflict, ...]:
    """Return every conflict of the draft, papers that have no place included; without a sight everything may be told."""
    return find_draft_conflicts(sight or see_all(workshop))


def is_schedule_released(workshop: Workshop) -> bool:
    """Tell whether the world sees the program."""
    return ScheduleRelease.objects.filter(workshop=workshop).exists()


def reach_public_program(slug: str) -> Workshop:
    """Return a workshop whose program the world may see; raises Http404 for anything else."""
    return get_object_or_404(Workshop, slug=slug, schedule_release__isnull=False)


def list_published_workshops() -> QuerySet[Workshop]:
    """Return the workshops of which the world sees papers, with the release of their schedule."""
    return Workshop.objects.with_public_papers().select_related("schedule_release")


def release_schedule(workshop: Workshop, *, by: User | None) -> ScheduleRelease:
    """Let the world see the program as it stands, conflicts or not: version 1, later the next one.

    Refuses when there are no sessions, or when nothing changed since the last version.
    """
    publish_schedule(workshop, by=by, despite_conflicts=True)
    return ScheduleRelease.objects.get(workshop=workshop)


def list_people(workshop: Workshop) -> tuple[ListedPerson, ...]:
    """Return the people of an edition, one value for each role, in printed order."""
    roles = PersonRole.objects.filter(person__workshop=workshop).select_related("person")
    return tuple(list_person(role.person, role.kind) for role in roles)


def draft_paper(paper: Paper) -> DraftPaper:
    """Return a paper as conflicts see it."""
    decision, name = getattr(paper, "decision", None), name_paper(paper)
    return DraftPaper(
        name=name[0].upper() + name[1:],
        title=paper.title,
        presentation=decision.presentation.slug if decision and decision.presentation else "",
        standing=paper.get_standing_display().lower(),
        is_active=paper.standing == Paper.Standing.ACTIVE,
        is_accepted=bool(decision and decision.outcome == Decision.Outcome.ACCEPT),
        is_released=bool(decision and decision.released_at),
    )


def _list_session(session: Session, number: int | None, papers: list[ListedPaper]) -> ListedSession:
    return ListedSession(
        uid=session.uid,
        kind=session.kind,
        label=session.label,
        title=session.title or _find_talk_title(session),
        starts_at=session.starts_at.astimezone(find_zone(session.workshop.zone)) if session.starts_at else None,
        minutes=session.minutes,
        room=session.room_name,
        link=session.link,
        is_parallel=session.is_parallel,
        number=number,
        people=tuple(list_person(part.person, part.kind) for part in session.parts.all()),
        papers=tuple(papers),
    )


def _draft_session(session: Session, number: int | None, slots: list[Slot]) -> DraftSession:
    listed = _list_session(session, number, [list_paper(slot.paper) for slot in slots if slot.paper and hasattr(slot.paper, "decision")])
    values = {name: getattr(listed, name) for name in ListedSession.__dataclass_fields__}
    placed = {slot.reference for slot in slots}
    awaited = tuple(str(one["paper"]) for one in session.awaited_papers if one["paper"] not in placed)
    return DraftSession(**values, slots=tuple(_draft_slot(slot, slot.paper) for slot in slots if slot.paper), awaited=awaited)


def _draft_slot(slot: Slot, paper: Paper) -> DraftSlot:
    return DraftSlot(draft_paper(paper), slot.minutes)


def _find_talk_title(session: Session) -> str:
    """Return the title that the only speaker of an invited talk gave it; what organizers wrote at the session takes precedence."""
    parts = session.parts.all() if session.kind == Session.Kind.INVITED_TALK else ()
    titles = [part.person.talk_title for part in parts if part.kind == SessionPart.Kind.SPEAKER]
    return titles[0] if len(titles) == 1 else ""


def _number_invited_talks(sessions: list[Session]) -> dict[int, int]:
    talks = [session for session in sessions if session.kind == Session.Kind.INVITED_TALK]
    return {talk.pk: number for number, talk in enumerate(talks, start=1)}
