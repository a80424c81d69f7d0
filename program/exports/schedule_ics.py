"""The schedule as a calendar to subscribe to."""

from program.exports.calendar_items import list_session_items, write_calendar
from program.exports.formats import Format, Options
from program.listings import Listing


def write_schedule_ics(listing: Listing, options: Options) -> bytes:
    """Write an entry a session that has a start; what a version took out stays as canceled."""
    return write_calendar(list_session_items(listing), listing)


SCHEDULE_ICS = Format(
    name="schedule-ics",
    sentence="The program as a calendar; entries keep their identity, so subscribed calendars follow changes.",
    media_type="text/calendar; charset=utf-8",
    file_name="program.ics",
    write=write_schedule_ics,
)
