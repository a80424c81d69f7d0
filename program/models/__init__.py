"""The nouns of the program app."""

from program.models.people import Organization, Person, PersonRole
from program.models.schedule import ScheduleRelease, Session, SessionPart, Slot
from program.models.site import SiteBlock, SiteTarget

__all__ = ["Organization", "Person", "PersonRole", "ScheduleRelease", "Session", "SessionPart", "SiteBlock", "SiteTarget", "Slot"]
