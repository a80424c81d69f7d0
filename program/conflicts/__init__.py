"""What is wrong with a schedule: sessions in, conflicts out; pure."""

from program.conflicts.finding import find_conflicts
from program.conflicts.timing import describe_session
from program.conflicts.values import (
    HARD,
    ORAL,
    SEVERITIES,
    SOFT,
    Conflict,
    DraftAuthor,
    DraftDay,
    DraftPaper,
    DraftPerson,
    DraftRoom,
    DraftSession,
    DraftSlot,
    Frame,
    Way,
)

__all__ = [
    "HARD",
    "ORAL",
    "SEVERITIES",
    "SOFT",
    "Conflict",
    "DraftAuthor",
    "DraftDay",
    "DraftPaper",
    "DraftPerson",
    "DraftRoom",
    "DraftSession",
    "DraftSlot",
    "Frame",
    "Way",
    "describe_session",
    "find_conflicts",
]
