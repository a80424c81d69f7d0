"""What the entries of a workshop file say about each other."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from program.errors import WrongOption
from program.exports.registry import FORMATS
from program.models.site import WHOLE_FILE
from program.workshop_files.file_settings import check_hand_over, check_required_files
from program.workshop_files.frames import find_frame_mistakes
from program.workshop_files.mapping_values import check_mapping
from program.workshop_files.mistakes import Mistake, Reader, suggest
from program.workshop_files.places import PaperPlace, TalkPlace
from program.workshop_files.values import (
    BlockSettings,
    DateSettings,
    OrganizationSettings,
    PersonSettings,
    RolesSettings,
    SessionSettings,
    WorkshopSettings,
)

ROLES = tuple(RolesSettings.__dataclass_fields__)
PARTS = ("speakers", "panelists", "moderators", "chairs")


def check_settings(settings: WorkshopSettings) -> list[Mistake]:
    """Return every reference that points nowhere, every duplicate, every day before another that it must follow."""
    reader = Reader()
    _check_days(reader, settings)
    _check_accepted_as(reader, settings)
    check_required_files(reader, settings.required_files, tracks={track.slug for track in settings.tracks}, year=settings.year)
    check_hand_over(reader, settings.hand_over)
    for index, date in enumerate(settings.dates):
        _check_date(reader, date, f"$.dates[{index}]")
    _refuse_repeats(reader, "$.dates", settings.dates, lambda date: (date.kind, date.name), "kind and name")
    _refuse_repeats(reader, "$.topics", settings.topics, lambda topic: topic, "text")
    _check_people(reader, settings)
    _check_frame(reader, settings)
    for section in ("sponsors", "affiliations"):
        _check_organizations(reader, f"$.{section}", getattr(settings, section))
    if settings.site:
        _check_blocks(reader, settings.site.blocks)
    return reader.mistakes


def _check_days(reader: Reader, settings: WorkshopSettings) -> None:
    if settings.ends_on and not settings.starts_on:
        reader.refuse("$.starts_on", "a workshop with a last day needs its first.")
    elif settings.ends_on and settings.starts_on and settings.ends_on < settings.starts_on:
        reader.refuse("$.ends_on", f"the last day, {settings.ends_on}, lies before the first, {settings.starts_on}.")


def _check_accepted_as(reader: Reader, settings: WorkshopSettings) -> None:
    presentations = {presentation.slug for presentation in settings.presentations}
    for section in ("tracks", "presentations", "awards"):
        _refuse_repeats(reader, f"$.{section}", getattr(settings, section), lambda one: one.slug, "slug")
    for index, award in enumerate(settings.awards):
        if award.presentation and award.presentation not in presentations:
            hint = suggest(award.presentation, presentations)
            reader.refuse(f"$.awards[{index}].presentation", f"there is no presentation “{award.presentation}”.{hint}")
    check_mapping(reader, settings.mapping, tracks={track.slug for track in settings.tracks}, presentations=presentations)
    _check_decision_words(reader, settings, presentations)


def _check_decision_words(reader: Reader, settings: WorkshopSettings, presentations: set[str]) -> None:
    path = "$.decision_words"
    _refuse_repeats(reader, path, settings.decision_words, lambda one: f"{one.outcome} {one.presentation}", "decision")
    rejects = {one.word for one in settings.decision_words if one.outcome == "reject"}
    for index, one in enumerate(settings.decision_words):
        if one.outcome == "reject" and one.presentation:
            reader.refuse(f"{path}[{index}].presentation", "a reject has no presentation; leave it out.")
        elif one.presentation and one.presentation not in presentations:
            hint = suggest(one.presentation, presentations)
            reader.refuse(f"{path}[{index}].presentation", f"there is no presentation “{one.presentation}”.{hint}")
        if one.outcome == "accept" and one.word in rejects:
            reader.refuse(f"{path}[{index}].word", f"“{one.word}” can't mean accept and reject at once.")


def _check_date(reader: Reader, date: DateSettings, path: str) -> None:
    if date.until is None:
        return
    if date.at is None:
        reader.refuse(f"{path}.at", "a date with a last candidate day needs its first.")
    elif date.at.has_time:
        reader.refuse(f"{path}.at", "a date with several candidate days has no time of day; write the day alone.")
    elif date.until <= date.at.day:
        reader.refuse(f"{path}.until", f"the last candidate day, {date.until}, does not come after the first, {date.at.day}.")


def _check_people(reader: Reader, settings: WorkshopSettings) -> None:
    _refuse_repeats(reader, "$.people", settings.people, lambda person: person.name, "name")
    names = {person.name for person in settings.people}
    for index, person in enumerate(settings.people):
        _check_free_times(reader, person, f"$.people[{index}].availability")
    for role in ROLES:
        _check_names(reader, f"$.roles.{role}", getattr(settings.roles, role), names)
    for index, session in enumerate(settings.sessions):
        _check_session(reader, session, f"$.sessions[{index}]", names)


def _check_free_times(reader: Reader, person: PersonSettings, path: str) -> None:
    last = None
    for index, time in enumerate(person.availability):
        if time.ends_at <= time.starts_at:
            reader.refuse(f"{path}[{index}]", "the end does not come after the start.")
        elif last and time.starts_at < last:
            reader.refuse(f"{path}[{index}]", "this time begins before the one above has ended.")
        last = time.ends_at


def _check_session(reader: Reader, session: SessionSettings, path: str, names: set[str]) -> None:
    for part in PARTS:
        _check_names(reader, f"{path}.{part}", getattr(session, part), names)
    _refuse_repeats(reader, f"{path}.papers", session.papers, lambda place: isinstance(place, PaperPlace) and place.paper, "paper")
    _refuse_repeats(reader, f"{path}.papers", session.papers, lambda place: place.board, "board")
    for index, place in enumerate(session.papers):
        if place.minutes and place.question_minutes and place.question_minutes > place.minutes:
            more = f"{place.question_minutes} min of questions are more than the {place.minutes} min in all."
            reader.refuse(f"{path}.papers[{index}].question_minutes", more)
        if isinstance(place, TalkPlace) and place.person and place.person not in names:
            found = f"“{place.person}” is not among the people.{suggest(place.person, names)}"
            reader.refuse(f"{path}.papers[{index}].person", found)


def _check_frame(reader: Reader, settings: WorkshopSettings) -> None:
    reader.mistakes.extend(find_frame_mistakes({name: getattr(settings, name) for name in ("days", "rooms", "boards")}))
    _refuse_repeats(reader, "$.days", settings.days or (), lambda day: day.starts_at and day.starts_at.day, "date")
    _refuse_repeats(reader, "$.rooms", settings.rooms or (), lambda room: room.name, "name")
    _refuse_repeats(reader, "$.sessions", settings.sessions, lambda session: session.uid, "uid")


def _check_names(reader: Reader, path: str, given: Sequence[str], names: set[str]) -> None:
    for index, name in enumerate(given):
        if name and name not in names:
            reader.refuse(f"{path}[{index}]", f"“{name}” is not among the people.{suggest(name, names)}")
    _refuse_repeats(reader, path, given, lambda name: name, "name")


def _check_organizations(reader: Reader, path: str, organizations: Sequence[OrganizationSettings]) -> None:
    for index, one in enumerate(organizations):
        if not (one.name or one.url):
            reader.refuse(f"{path}[{index}]", "write a name or an address.")
    _refuse_repeats(reader, path, organizations, lambda one: (one.name, one.url), "name and address")


def _check_blocks(reader: Reader, blocks: Sequence[BlockSettings]) -> None:
    _refuse_repeats(reader, "$.site.blocks", blocks, lambda block: (block.path, block.name), "path and name")
    for index, block in enumerate(blocks):
        path = f"$.site.blocks[{index}]"
        if block.format not in FORMATS:
            if block.format:
                reader.refuse(f"{path}.format", f"there is no format “{block.format}”.{suggest(block.format, FORMATS)}")
            continue
        options = dict(block.options)
        if not isinstance(options.pop(WHOLE_FILE, False), bool):
            reader.refuse(f"{path}.options.{WHOLE_FILE}", "write true or false.")
        try:
            FORMATS[block.format].settle_options(options)
        except WrongOption as refusal:
            reader.refuse(f"{path}.options", refusal.sentence[:1].lower() + refusal.sentence[1:])


def _refuse_repeats(reader: Reader, path: str, found: Iterable[Any], key: Callable[[Any], Any], noun: str) -> None:
    first: dict[Any, int] = {}
    for index, one in enumerate(found):
        told = key(one)
        if told in first and told and told != ("", ""):
            reader.refuse(f"{path}[{index}]", f"the same {noun} stands at {path}[{first[told]}] already.")
        first.setdefault(told, index)
