"""Days, rooms and poster boards."""

from papers.models import Workshop
from program.models import BoardRange, Day, Room, RoomClosure
from program.workshop_files.fields import settle_line
from program.workshop_files.frames import BoardsSettings, ClosureSettings, DaySettings, RoomSettings
from program.workshop_files.moments import make_moment
from program.workshop_files.tables.rows import save_row, take_fields
from program.workshop_files.values import WorkshopSettings

ROOM_FIELDS = ("capacity", "link")
BOARD_FIELDS = ("last", "prefix", "rule", "topic")


def read_days(workshop: Workshop) -> tuple[DaySettings, ...]:
    """Return the days in the order of the calendar."""
    zone = workshop.zone
    return tuple(
        DaySettings(
            starts_at=make_moment(day.starts_at, zone, has_time=True),
            ends_at=make_moment(day.ends_at, zone, has_time=True),
        )
        for day in workshop.days.order_by("starts_at", "pk")
    )


def save_days(workshop: Workshop, settings: WorkshopSettings) -> None:
    """Write the days; one stays the same day as long as its date does."""
    held = {day.on: day for day in workshop.days.all()}
    wanted = {one.starts_at.day: one for one in settings.days or ()}
    for on, day in held.items():
        if on not in wanted:
            day.delete()
    for on, one in wanted.items():
        save_row(held.get(on) or Day(workshop=workshop, on=on), starts_at=one.starts_at.at, ends_at=one.ends_at.at)


def read_rooms(workshop: Workshop) -> tuple[RoomSettings, ...]:
    """Return the rooms in their order, with the times at which they are closed."""
    return tuple(
        take_fields(
            RoomSettings,
            room,
            closures=tuple(_read_closure(closure, workshop.zone) for closure in room.closures.all()),
        )
        for room in workshop.rooms.prefetch_related("closures")
    )


def save_rooms(workshop: Workshop, settings: WorkshopSettings) -> None:
    """Write the rooms; one stays the same room as long as its name does."""
    held = {settle_line(room.name): room for room in workshop.rooms.prefetch_related("closures")}
    for position, one in enumerate(settings.rooms or (), start=1):
        room = held.pop(one.name, None) or Room(workshop=workshop, name=one.name)
        save_row(room, position=position, kinds=list(one.kinds), **{name: getattr(one, name) for name in ROOM_FIELDS})
        _save_closures(room, one)
    for room in held.values():
        room.delete()


def read_boards(workshop: Workshop) -> tuple[BoardsSettings, ...]:
    """Return the ranges of boards by number."""
    return tuple(take_fields(BoardsSettings, boards) for boards in workshop.board_ranges.all())


def save_boards(workshop: Workshop, settings: WorkshopSettings) -> None:
    """Write the ranges of boards; one stays the same range as long as its first board does."""
    held = {boards.first: boards for boards in workshop.board_ranges.all()}
    for one in settings.boards or ():
        boards = held.pop(one.first, None) or BoardRange(workshop=workshop, first=one.first)
        save_row(boards, **{name: getattr(one, name) for name in BOARD_FIELDS})
    for boards in held.values():
        boards.delete()


def _read_closure(closure: RoomClosure, zone: str) -> ClosureSettings:
    return ClosureSettings(
        starts_at=make_moment(closure.starts_at, zone, has_time=True),
        ends_at=make_moment(closure.ends_at, zone, has_time=True),
        reason=settle_line(closure.reason),
    )


def _save_closures(room: Room, settings: RoomSettings) -> None:
    held = {(closure.starts_at, closure.ends_at): closure for closure in room.closures.all()}
    for one in settings.closures:
        key = (one.starts_at.at, one.ends_at.at)
        row = held.pop(key, None) or RoomClosure(room=room, starts_at=key[0], ends_at=key[1])
        save_row(row, reason=one.reason)
    for closure in held.values():
        closure.delete()
