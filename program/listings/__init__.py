"""What the world may see of the program, as plain values."""

from program.listings.values import CalendarMark, GoneItem, ListedPerson, ListedSession, ListedSlot, Listing

__all__ = ["CalendarMark", "GoneItem", "ListedPerson", "ListedSession", "ListedSlot", "Listing"]
