"""The nouns of the program app."""

from program.models.invitations import InvitationSettings, PersonAvailability, PersonInvitation, PersonProposal
from program.models.people import Organization, Person, PersonRole
from program.models.schedule import ScheduleRelease, Session, SessionPart, Slot
from program.models.site import SiteBlock, SiteTarget

__all__ = [
    "InvitationSettings",
    "Organization",
    "Person",
    "PersonAvailability",
    "PersonInvitation",
    "PersonProposal",
    "PersonRole",
    "ScheduleRelease",
    "Session",
    "SessionPart",
    "SiteBlock",
    "SiteTarget",
    "Slot",
]
