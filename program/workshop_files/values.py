"""A workshop's whole settings as frozen values; field names are the keys of the file."""

# ruff: noqa: RUF009  (`entry` returns a dataclass field)
import datetime as dt
from dataclasses import dataclass
from typing import Any

from papers.models import Decision, ImportantDate, Track, Workshop
from program.local_times import list_zones
from program.models import Person, Session
from program.workshop_files import fields
from program.workshop_files.entries import entry, read_entries, read_entry, zone_entry
from program.workshop_files.fields import items
from program.workshop_files.file_settings import HandOverSettings, RequiredFileSettings
from program.workshop_files.frames import BoardsSettings, DaySettings, RoomSettings
from program.workshop_files.mapping_values import MappingSettings
from program.workshop_files.mistakes import Reader
from program.workshop_files.moments import Moment, day_or_instant, instant, stamp
from program.workshop_files.places import Place, read_options, read_place, write_places

FORMAT = 1
NAMES = items(fields.line(200, is_needed=True))


@dataclass(frozen=True, slots=True, kw_only=True)
class SeriesSettings:
    """The series of which the workshop is one edition."""

    slug: str = entry(fields.slug(60))
    name: str = entry(fields.line(200, is_needed=True))


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkSettings:
    """An address that the workshop names: its site, the virtual page, a recording."""

    kind: str = entry(fields.slug(40))
    label: str = entry(fields.line(200), default="")
    url: str = entry(fields.web_address)


@dataclass(frozen=True, slots=True, kw_only=True)
class TrackSettings:
    """A track with its page limit and what follows from it."""

    slug: str = entry(fields.slug(40))
    name: str = entry(fields.line(100, is_needed=True))
    page_limit: int | None = entry(fields.whole_number(" of pages", 1, 999), default=None)
    uncounted_parts: tuple[str, ...] = entry(items(fields.line(60, is_needed=True), most=20), default=())
    proceedings: str = entry(fields.choice(Track.Proceedings), default="none")
    is_award_eligible: bool = entry(fields.yes_or_no, default=False)
    target_percent: int | None = entry(fields.whole_number(" of percent", 0, 100), default=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class PresentationSettings:
    """A way in which accepted papers are presented."""

    slug: str = entry(fields.slug(40))
    name: str = entry(fields.line(60, is_needed=True))
    capacity: int | None = entry(fields.whole_number(" of papers", 1, 9999), default=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class AwardSettings:
    """An award with the presentation that it brings."""

    slug: str = entry(fields.slug(40))
    name: str = entry(fields.line(100, is_needed=True))
    presentation: str = entry(fields.slug(40), default="")


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionWordSettings:
    """How OpenReview words one of our decisions, where the field mapping does not tell; no presentation: still open, or a reject."""

    outcome: str = entry(fields.choice(Decision.Outcome))
    presentation: str = entry(fields.slug(40), default="")
    word: str = entry(fields.line(500, is_needed=True))


def read_decision_words(reader: Reader, value: Any, path: str) -> Any:
    """Read words for decisions into their one order: by outcome, then presentation."""
    found = items(read_entries(DecisionWordSettings), most=100)(reader, value, path)
    return sort_decision_words(found) if isinstance(found, tuple) else found


def sort_decision_words(words: tuple[DecisionWordSettings, ...]) -> tuple[DecisionWordSettings, ...]:
    """Return words for decisions in the order in which files have them."""
    return tuple(sorted(words, key=lambda one: (str(one.outcome), str(one.presentation))))


@dataclass(frozen=True, slots=True, kw_only=True)
class EarlierDate:
    """A value that a date had before."""

    at: Moment | None = entry(day_or_instant, default=None)
    zone: str = zone_entry(fields.zone)
    note: str = entry(fields.line(300), default="")
    changed_at: dt.datetime | None = entry(stamp, default=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class DateSettings:
    """A date with the values it had before, oldest first."""

    kind: str = entry(fields.choice(ImportantDate.Kind), default="other")
    name: str = entry(fields.line(200, is_needed=True))
    at: Moment | None = entry(day_or_instant, default=None)
    until: dt.date | None = entry(fields.day, default=None)
    zone: str = zone_entry(fields.zone)
    note: str = entry(fields.line(300), default="")
    is_new: bool = entry(fields.yes_or_no, default=False)
    shows_history: bool = entry(fields.yes_or_no, default=True)
    earlier: tuple[EarlierDate, ...] = entry(items(lambda *told: read_in_own_zone(EarlierDate, *told), most=100), default=())


@dataclass(frozen=True, slots=True, kw_only=True)
class FreeTimeSettings:
    """A time when a person can."""

    starts_at: dt.datetime = entry(stamp)
    ends_at: dt.datetime = entry(stamp)


def read_free_times(reader: Reader, value: Any, path: str) -> Any:
    """Read the times when a person can into the order of the clock."""
    found = items(read_entries(FreeTimeSettings), most=100)(reader, value, path)
    if found is fields.MISTAKEN:
        return found
    whole = [one for one in found if isinstance(one.starts_at, dt.datetime) and isinstance(one.ends_at, dt.datetime)]
    return tuple(sorted(whole, key=lambda one: (one.starts_at, one.ends_at)))


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonSettings:
    """Somebody named on the site."""

    name: str = entry(fields.line(200, is_needed=True))
    program_name: str = entry(fields.line(200), default="")
    title: str = entry(fields.line(200), default="")
    affiliation: str = entry(fields.line(300), default="")
    url: str = entry(fields.web_address, default="")
    photo: str = entry(fields.line(300), default="")
    email: str = entry(fields.mail_address, default="")
    zone: str = entry(fields.zone_or_nothing, default="")
    attends: str = entry(fields.choice(Person.Attendance), default="")
    talk_title: str = entry(fields.line(500), default="")
    abstract: str = entry(fields.text(10_000), default="")
    bio: str = entry(fields.text(10_000), default="")
    slides_url: str = entry(fields.web_address, default="")
    availability: tuple[FreeTimeSettings, ...] = entry(read_free_times, default=())
    confirmed_at: dt.datetime | None = entry(stamp, default=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class RolesSettings:
    """The names in each role, in printed order."""

    organizer: tuple[str, ...] = entry(NAMES, default=())
    speaker: tuple[str, ...] = entry(NAMES, default=())
    panelist: tuple[str, ...] = entry(NAMES, default=())
    moderator: tuple[str, ...] = entry(NAMES, default=())
    volunteer: tuple[str, ...] = entry(NAMES, default=())
    committee: tuple[str, ...] = entry(NAMES, default=())
    advisor: tuple[str, ...] = entry(NAMES, default=())


@dataclass(frozen=True, slots=True, kw_only=True)
class OrganizationSettings:
    """A sponsor or an affiliation."""

    name: str = entry(fields.line(200), default="")
    url: str = entry(fields.web_address, default="")
    logo: str = entry(fields.line(300), default="")
    logo_url: str = entry(fields.web_address, default="")
    logo_height: int | None = entry(fields.whole_number(" of pixels", 1, 9999), default=None)
    level: str = entry(fields.line(60), default="")


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionSettings:
    """A session with the names of its people and what is held in it; `uid` is its key, settled by its place where it is empty."""

    uid: str = entry(fields.row_key, default="")
    kind: str = entry(fields.choice(Session.Kind), default="other")
    starts_at: Moment | None = entry(instant, default=None)
    minutes: int | None = entry(fields.whole_number(" of minutes", 1, 10080), default=None)
    label: str = entry(fields.line(200), default="")
    title: str = entry(fields.line(500), default="")
    room: str = entry(fields.line(200), default="")
    link: str = entry(fields.web_address, default="")
    is_parallel: bool = entry(fields.yes_or_no, default=False)
    is_streamed: bool = entry(fields.yes_or_no, default=False)
    is_pinned: bool = entry(fields.yes_or_no, default=False)
    speakers: tuple[str, ...] = entry(NAMES, default=())
    panelists: tuple[str, ...] = entry(NAMES, default=())
    moderators: tuple[str, ...] = entry(NAMES, default=())
    chairs: tuple[str, ...] = entry(NAMES, default=())
    papers: tuple[Place, ...] = entry(items(read_place), default=(), write=write_places)
    note: str = entry(fields.text(5000), default="")


@dataclass(frozen=True, slots=True, kw_only=True)
class BlockSettings:
    """A marked block in a file of the site."""

    name: str = entry(fields.slug(60))
    path: str = entry(fields.site_path)
    format: str = entry(fields.slug(60))
    options: tuple[tuple[str, Any], ...] = entry(read_options, default=(), write=dict)
    heading: str = entry(fields.line(200), default="")


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteSettings:
    """The existing site into which blocks are written."""

    url: str = entry(fields.web_address, default="")
    blocks: tuple[BlockSettings, ...] = entry(items(read_entries(BlockSettings), most=200), default=())


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkshopSettings:
    """Everything that is set for one workshop; what is left out of a file is empty, but for `days`, `rooms`, `boards`, which stay."""

    slug: str = entry(fields.slug(60))
    series: SeriesSettings | None = entry(read_entries(SeriesSettings), default=None)
    name: str = entry(fields.line(300, is_needed=True))
    short_name: str = entry(fields.line(60, is_needed=True))
    edition: int | None = entry(fields.whole_number("", 1, 999), default=None)
    year: int = entry(fields.whole_number("", 1990, 2100))
    conference: str = entry(fields.line(100), default="")
    starts_on: dt.date | None = entry(fields.day, default=None)
    ends_on: dt.date | None = entry(fields.day, default=None)
    part_of_day: str = entry(fields.choice(Workshop.PartOfDay), default="")
    mode: str = entry(fields.choice(Workshop.Mode), default="in-person")
    place: str = entry(fields.line(200), default="")
    room: str = entry(fields.line(200), default="")
    zone: str = entry(fields.zone)
    contact_email: str = entry(fields.mail_address, default="")
    about: str = entry(fields.text(50_000), default="")
    booktitle: str = entry(fields.line(300), default="")
    venue_id: str = entry(fields.line(200), default="")
    submission_invitations: tuple[str, ...] = entry(items(fields.line(300, is_needed=True), most=50), default=())
    required_review_count: int = entry(fields.whole_number(" of reviews", 0, 99), default=3)
    blocks_underreviewed: bool = entry(fields.yes_or_no, default=False)
    hides_conflicted: bool = entry(fields.yes_or_no, default=True)
    pushes_decisions: bool = entry(fields.yes_or_no, default=False)
    letters_per_minute: int = entry(fields.whole_number(" of letters", 1, 1000), default=60)
    has_public_reviews: bool = entry(fields.yes_or_no, default=False)
    links: tuple[LinkSettings, ...] = entry(items(read_entries(LinkSettings), most=200), default=())
    tracks: tuple[TrackSettings, ...] = entry(items(read_entries(TrackSettings), most=100), default=())
    presentations: tuple[PresentationSettings, ...] = entry(items(read_entries(PresentationSettings), most=100), default=())
    awards: tuple[AwardSettings, ...] = entry(items(read_entries(AwardSettings), most=100), default=())
    required_files: tuple[RequiredFileSettings, ...] = entry(items(read_entries(RequiredFileSettings), most=200), default=())
    hand_over: HandOverSettings = entry(read_entries(HandOverSettings), default=HandOverSettings())
    mapping: MappingSettings = entry(read_entries(MappingSettings), default=MappingSettings())
    decision_words: tuple[DecisionWordSettings, ...] = entry(read_decision_words, default=())
    dates: tuple[DateSettings, ...] = entry(items(lambda *told: read_in_own_zone(DateSettings, *told), most=200), default=())
    topics: tuple[str, ...] = entry(items(fields.line(2000, is_needed=True), most=200), default=())
    people: tuple[PersonSettings, ...] = entry(items(read_entries(PersonSettings)), default=())
    roles: RolesSettings = entry(read_entries(RolesSettings), default=RolesSettings())
    sponsors: tuple[OrganizationSettings, ...] = entry(items(read_entries(OrganizationSettings), most=500), default=())
    affiliations: tuple[OrganizationSettings, ...] = entry(items(read_entries(OrganizationSettings), most=500), default=())
    days: tuple[DaySettings, ...] | None = entry(items(read_entries(DaySettings), most=100), default=None)
    rooms: tuple[RoomSettings, ...] | None = entry(items(read_entries(RoomSettings), most=500), default=None)
    boards: tuple[BoardsSettings, ...] | None = entry(items(read_entries(BoardsSettings), most=500), default=None)
    sessions: tuple[SessionSettings, ...] = entry(items(read_entries(SessionSettings)), default=())
    site: SiteSettings | None = entry(read_entries(SiteSettings), default=None)


def read_in_own_zone(cls: type[Any], reader: Reader, value: Any, path: str) -> Any:
    """Read an entry whose times are in the zone that it states, else in the one around it."""
    stated = value.get("zone") if isinstance(value, dict) else None
    is_known = isinstance(stated, str) and stated in list_zones()
    return read_entry(cls, reader.in_zone(str(stated)) if is_known else reader, value, path)
