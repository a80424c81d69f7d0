"""The lists among a workshop's settings: what each is called, how its entries look in a table, which form changes one."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from papers.models import ImportantDate
from papers.zones import find_zone, format_clock, format_day, format_instant
from program.forms.settings.accepting import AwardForm, PresentationForm, TrackForm
from program.forms.settings.dates import DateForm
from program.forms.settings.entries import EntryForm
from program.forms.settings.people import LinkForm, OrganizationForm, PersonForm
from program.forms.settings.sessions import SessionForm
from program.forms.settings.site import BlockForm, write_option
from program.models import PersonRole, Session
from program.workshop_files import WorkshopSettings
from program.workshop_files.checks import PARTS, ROLES
from program.workshop_files.edits import SORTED_SECTIONS, list_entries
from program.workshop_files.moments import Moment

Show = Callable[[Any, WorkshopSettings], str]


@dataclass(frozen=True, slots=True)
class Section:
    """A list: the first column is what an entry is called by; `page` is the address under which it is shown."""

    name: str
    page: str
    title: str
    noun: str
    sentence: str
    form: type[EntryForm]
    columns: tuple[tuple[str, Show], ...]
    empty: str = ""

    @property
    def one(self) -> str:
        """Return the noun with its article: an award."""
        return f"{'an' if self.noun[0] in 'aeiou' else 'a'} {self.noun}"

    @property
    def is_ordered_by_hand(self) -> bool:
        """Tell whether entries can be moved up and down."""
        return self.name not in SORTED_SECTIONS

    def list_rows(self, settings: WorkshopSettings) -> list[list[tuple[str, str]]]:
        """Return for each entry its cells with their headings."""
        return [[(heading, show(entry, settings)) for heading, show in self.columns] for entry in list_entries(settings, self.name)]

    def name_entry(self, settings: WorkshopSettings, index: int) -> str:
        """Return how sentences call an entry."""
        entry = list_entries(settings, self.name)[index]
        return next((shown for _, show in self.columns if (shown := show(entry, settings))), f"{self.noun} {index + 1}")


def field(name: str) -> Show:
    """Show a field as it is."""
    return lambda entry, _: str(getattr(entry, name) or "")


def flag(name: str, word: str) -> Show:
    """Show a word where a field is true."""
    return lambda entry, _: word if getattr(entry, name) else ""


def show_moment(moment: Moment | None) -> str:
    """Show an instant in its zone, or its day."""
    return format_instant(moment.at, moment.zone, has_time=moment.has_time) if moment else ""


def show_start(entry: Any, settings: WorkshopSettings) -> str:
    """Show when a session starts, with the day unless the workshop has only one."""
    if entry.starts_at is None:
        return ""
    local = entry.starts_at.at.astimezone(find_zone(settings.zone))
    is_only_day = local.date() == settings.starts_on and settings.ends_on is None
    return format_clock(local) if is_only_day else f"{format_day(local.date())}, {format_clock(local)}"


def show_date(entry: Any, _: WorkshopSettings) -> str:
    """Show a date with its last candidate day."""
    return f"{show_moment(entry.at)} or {format_day(entry.until)}" if entry.until else show_moment(entry.at)


def show_earlier(entry: Any, _: WorkshopSettings) -> str:
    """Show the values that a date had before."""
    told = "; ".join(show_moment(one.at) or one.note for one in entry.earlier)
    return told if entry.shows_history or not told else f"{told} (not printed)"


def show_roles(entry: Any, settings: WorkshopSettings) -> str:
    """Show the roles of a person."""
    labels = dict(PersonRole.Kind.choices)
    return ", ".join(str(labels[role]) for role in ROLES if entry.name in getattr(settings.roles, role))


def show_session(entry: Any, _: WorkshopSettings) -> str:
    """Show what a session is called."""
    return ": ".join(told for told in (entry.label, entry.title) if told) or str(dict(Session.Kind.choices)[entry.kind])


def show_parts(entry: Any, _: WorkshopSettings) -> str:
    """Show everybody in a session."""
    return ", ".join(dict.fromkeys(name for part in PARTS for name in getattr(entry, part)))


def show_options(entry: Any, _: WorkshopSettings) -> str:
    """Show the options of a block."""
    return ", ".join(f"{key}={write_option(value)}" for key, value in entry.options)


ORGANIZATION = (
    ("Name", lambda entry, _: entry.name or entry.url),
    ("Address", field("url")),
    ("Logo", field("logo")),
    ("Height", field("logo_height")),
    ("Level", field("level")),
)

SECTIONS: dict[str, Section] = {
    section.name: section
    for section in (
        Section(
            "tracks",
            "settings-tracks",
            "Tracks",
            "track",
            "What can be submitted: page limit, proceedings, awards.",
            TrackForm,
            (
                ("Name", field("name")),
                ("Slug", field("slug")),
                ("Pages", field("page_limit")),
                ("Not counted", lambda entry, _: ", ".join(entry.uncounted_parts)),
                ("Proceedings", field("proceedings")),
                ("Awards", flag("is_award_eligible", "eligible")),
                ("Target", lambda entry, _: "" if entry.target_percent is None else f"{entry.target_percent} %"),
            ),
        ),
        Section(
            "presentations",
            "settings-tracks",
            "Presentations",
            "presentation",
            "How accepted papers are presented; listings follow this order.",
            PresentationForm,
            (("Name", field("name")), ("Slug", field("slug")), ("At most", field("capacity"))),
        ),
        Section(
            "awards",
            "settings-tracks",
            "Awards",
            "award",
            "What papers of eligible tracks can win.",
            AwardForm,
            (("Name", field("name")), ("Slug", field("slug")), ("Brings", field("presentation"))),
        ),
        Section(
            "dates",
            "settings-dates",
            "Dates",
            "date",
            "Deadlines and days. A date that moves keeps what it was before.",
            DateForm,
            (
                ("Name", field("name")),
                ("When", show_date),
                ("Before", show_earlier),
                ("Kind", lambda entry, _: str(dict(ImportantDate.Kind.choices)[entry.kind])),
                ("Note", field("note")),
                ("New", flag("is_new", "new")),
            ),
        ),
        Section(
            "people",
            "settings-people",
            "People",
            "person",
            "Everybody whom the site or the schedule names.",
            PersonForm,
            (
                ("Name", field("name")),
                ("Roles", show_roles),
                ("Title", field("title")),
                ("Affiliation", field("affiliation")),
                ("In the schedule", field("program_name")),
            ),
        ),
        Section("sponsors", "settings-sponsors", "Sponsors", "sponsor", "With their logos.", OrganizationForm, ORGANIZATION),
        Section(
            "affiliations",
            "settings-sponsors",
            "Affiliations",
            "affiliation",
            "Of the organizers, with their logos.",
            OrganizationForm,
            ORGANIZATION,
        ),
        Section(
            "links",
            "settings-site",
            "Links",
            "link",
            "The site, the virtual page, recordings, templates.",
            LinkForm,
            (("Kind", field("kind")), ("Label", field("label")), ("Address", field("url"))),
        ),
        Section(
            "sessions",
            "settings-sessions",
            "Sessions",
            "session",
            "The schedule, in the workshop's time zone; a talk that is not timed yet comes last.",
            SessionForm,
            (
                ("Session", show_session),
                ("Start", show_start),
                ("Minutes", field("minutes")),
                ("Kind", lambda entry, _: str(dict(Session.Kind.choices)[entry.kind])),
                ("People", show_parts),
                ("Papers", lambda entry, _: str(len(entry.papers) or "")),
                ("Room", field("room")),
            ),
        ),
        Section(
            "blocks",
            "settings-site",
            "Blocks",
            "block",
            "The files of the existing site, and what is written between markers in them.",
            BlockForm,
            (
                ("Block", field("name")),
                ("File", field("path")),
                ("Format", field("format")),
                ("Options", show_options),
                ("Heading", field("heading")),
            ),
        ),
    )
}
