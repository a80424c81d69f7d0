"""A loopback OpenReview: the part of API v2 and its v1 twin that a program chair's importer meets."""

from standin.faults import Fault, Faults
from standin.server import Standin
from standin.store import Store
from standin.venue import Venue
from standin.venue_v1 import VenueV1

__all__ = ["Fault", "Faults", "Standin", "Store", "Venue", "VenueV1"]
