"""The nouns of the program app."""

from program.models.boards import BoardRange
from program.models.calendar_links import CalendarLink
from program.models.days import Day
from program.models.filling import FillRules, FillRun
from program.models.invitations import InvitationSettings, PersonAvailability, PersonInvitation, PersonProposal
from program.models.live import LiveMark, ToldDelay
from program.models.people import Organization, Person, PersonRole
from program.models.rooms import Room, RoomClosure
from program.models.schedule import ScheduleRelease, Session, SessionPart
from program.models.schedule_edits import ScheduleEdit
from program.models.site import SiteBlock, SiteTarget
from program.models.slots import Slot
from program.models.versions import ScheduleVersion

__all__ = [
    "BoardRange",
    "CalendarLink",
    "Day",
    "FillRules",
    "FillRun",
    "InvitationSettings",
    "LiveMark",
    "Organization",
    "Person",
    "PersonAvailability",
    "PersonInvitation",
    "PersonProposal",
    "PersonRole",
    "Room",
    "RoomClosure",
    "ScheduleEdit",
    "ScheduleRelease",
    "ScheduleVersion",
    "Session",
    "SessionPart",
    "SiteBlock",
    "SiteTarget",
    "Slot",
    "ToldDelay",
]
