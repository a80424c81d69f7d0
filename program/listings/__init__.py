"""What the world may see of the program, as plain values."""

from program.listings.values import ListedPerson, ListedSession, Listing

__all__ = ["ListedPerson", "ListedSession", "Listing"]
