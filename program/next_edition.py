"""Starts the next edition of a workshop from the last one."""

from dataclasses import replace
from typing import Any

from django.db import transaction

from papers.errors import Refusal, Refusals
from papers.history import record_change
from papers.models import FieldMapping, Membership, Role, User, Workshop
from program.leftovers import Leftover, find_leftovers, names_edition
from program.workshop_files import WorkshopSettings, load_workshop_file, read_workshop
from program.workshop_files.fields import slug as read_slug
from program.workshop_files.fields import whole_number
from program.workshop_files.mapping_values import MappingSettings, RuleSettings
from program.workshop_files.mistakes import Reader
from program.workshop_files.values import PersonSettings, RolesSettings

LASTING_ROLES = ("organizer", "volunteer", "committee", "advisor")
PASSING_ROLES = ("speaker", "panelist", "moderator")
PASSING_LINKS = frozenset({"site", "virtual", "recording", "zoom", "openreview"})
PASSING_FACTS: dict[str, Any] = {
    **dict.fromkeys(("attends", "talk_title", "abstract", "slides_url"), ""),
    "availability": (),
    "confirmed_at": None,
}
NAMING_SOURCES = frozenset({FieldMapping.Source.VENUE, FieldMapping.Source.INVITATION})


def start_next_edition(workshop: Workshop, *, slug: str, year: int, by: User | None) -> tuple[Workshop, tuple[Leftover, ...]]:
    """Create the next edition and return it with every leftover of the last one in its texts.

    People with lasting roles, tracks, presentations, awards, which files are asked for, how they are handed over, the structure
    of the mapping, topics, organizations and texts come along; papers, dates, deadlines, schedule, place, room, the site and links
    that name the edition do not. Speakers come along as people without a role. Owners and organizers keep their roles; `by`
    becomes an owner. Refuses a slug that is taken.
    """
    reader = Reader()
    read_slug(60)(reader, slug, "slug")
    whole_number("", 1990, 2100)(reader, year, "year")
    if reader.mistakes:
        raise Refusals("The edition can't be started.", [str(mistake) for mistake in reader.mistakes])
    with transaction.atomic():
        if Workshop.objects.filter(slug=slug).exists():
            raise Refusal(f"There is a workshop “{slug}” already; choose another slug.", subject=workshop)
        previous = read_workshop(workshop)
        created = load_workshop_file(draft_edition(previous, slug=slug, year=year), by=by).workshop
        if created is None:
            raise Refusal(f"The edition “{slug}” was not created.", subject=workshop)
        _keep_members(workshop, created, by)
        record_change(created, "started edition", by=by, field="workshop", before=workshop.slug, after=slug)
    return created, list_leftovers(created, previous=previous)


def draft_edition(previous: WorkshopSettings, *, slug: str, year: int) -> WorkshopSettings:
    """Return the settings of the next edition: what lasts, without what belongs to one edition."""
    return WorkshopSettings(
        slug=slug,
        series=previous.series,
        name=previous.name,
        short_name=previous.short_name,
        edition=previous.edition + 1 if previous.edition else None,
        year=year,
        mode=previous.mode,
        zone=previous.zone,
        contact_email=previous.contact_email,
        about=previous.about,
        booktitle=previous.booktitle,
        required_review_count=previous.required_review_count,
        blocks_underreviewed=previous.blocks_underreviewed,
        hides_conflicted=previous.hides_conflicted,
        letters_per_minute=previous.letters_per_minute,
        has_public_reviews=previous.has_public_reviews,
        links=tuple(
            link for link in previous.links if link.kind not in PASSING_LINKS and not names_edition(f"{link.label} {link.url}", previous)
        ),
        tracks=previous.tracks,
        presentations=previous.presentations,
        awards=previous.awards,
        required_files=tuple(replace(one, due_at=None) for one in previous.required_files),
        hand_over=previous.hand_over,
        mapping=_strip_mapping(previous),
        decision_words=previous.decision_words,
        topics=previous.topics,
        people=_keep_people(previous),
        roles=RolesSettings(**{role: getattr(previous.roles, role) for role in LASTING_ROLES}),
        sponsors=previous.sponsors,
        affiliations=previous.affiliations,
    )


def list_leftovers(workshop: Workshop, *, previous: WorkshopSettings | None = None) -> tuple[Leftover, ...]:
    """Return the leftovers of a workshop, compared with the edition before it in its series, and who has no role any more."""
    previous = previous or _find_previous(workshop)
    settings = read_workshop(workshop)
    return (*find_leftovers(settings, previous=previous), *_find_former_speakers(settings, previous))


def _find_previous(workshop: Workshop) -> WorkshopSettings | None:
    if workshop.series is None:
        return None
    earlier = workshop.series.workshops.filter(year__lt=workshop.year).select_related("series").order_by("-year", "slug").first()
    return read_workshop(earlier) if earlier else None


def _find_former_speakers(settings: WorkshopSettings, previous: WorkshopSettings | None) -> list[Leftover]:
    if previous is None:
        return []
    placed = {name for role in (*LASTING_ROLES, *PASSING_ROLES) for name in getattr(settings.roles, role)}
    former = {name: role for role in PASSING_ROLES for name in getattr(previous.roles, role)}
    return [
        Leftover(
            f"$.people[{index}]",
            person.name,
            f"was {former[person.name]} of the previous edition and has no role in this one; give one, or take the person out.",
        )
        for index, person in enumerate(settings.people)
        if person.name in former and person.name not in placed
    ]


def _keep_people(previous: WorkshopSettings) -> tuple[PersonSettings, ...]:
    named = {name for role in (*LASTING_ROLES, *PASSING_ROLES) for name in getattr(previous.roles, role)}
    return tuple(replace(person, **PASSING_FACTS) for person in previous.people if person.name in named)


def _strip_mapping(previous: WorkshopSettings) -> MappingSettings:
    return MappingSettings(
        **{
            target: tuple(_strip_rule(rule, previous) for rule in getattr(previous.mapping, target))
            for target in MappingSettings.__dataclass_fields__
        }
    )


def _strip_rule(rule: RuleSettings, previous: WorkshopSettings) -> RuleSettings:
    """Return a rule without the texts that name the edition; venue lines and invitations all do."""
    if rule.source in NAMING_SOURCES:
        return replace(rule, values=())
    return replace(rule, values=tuple((text, meaning) for text, meaning in rule.values if not names_edition(text, previous)))


def _keep_members(workshop: Workshop, created: Workshop, by: User | None) -> None:
    for membership in workshop.memberships.filter(role__in=[Role.OWNER, Role.ORGANIZER]):
        Membership.objects.create(workshop=created, user_id=membership.user_id, role=membership.role)
    if by:
        Membership.objects.update_or_create(workshop=created, user=by, defaults={"role": Role.OWNER})
