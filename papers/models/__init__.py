"""The nouns of the papers app."""

from papers.models.account import User
from papers.models.dates import DateChange, ImportantDate
from papers.models.decision import Decision, UpstreamDecision
from papers.models.importing import FieldConflict, ImportRun, RawNote
from papers.models.job import Job
from papers.models.mapping import FieldMapping, MappedValue
from papers.models.member import AuthorClaim, Invitation, Membership, Role
from papers.models.paper import Author, Paper, ProfileAlias
from papers.models.review import Review
from papers.models.table_record import TableRecord
from papers.models.track import Award, PresentationKind, Track
from papers.models.workshop import HistoryLine, Series, Topic, Workshop

__all__ = [
    "Author",
    "AuthorClaim",
    "Award",
    "DateChange",
    "Decision",
    "FieldConflict",
    "FieldMapping",
    "HistoryLine",
    "ImportRun",
    "ImportantDate",
    "Invitation",
    "Job",
    "MappedValue",
    "Membership",
    "Paper",
    "PresentationKind",
    "ProfileAlias",
    "RawNote",
    "Review",
    "Role",
    "Series",
    "TableRecord",
    "Topic",
    "Track",
    "UpstreamDecision",
    "User",
    "Workshop",
]
