"""The nouns of the papers app."""

from papers.models.access_token import AccessToken
from papers.models.account import User
from papers.models.authorship import Attendance, ChangeRequest, MetadataConfirmation, PaperLink, Presenter
from papers.models.batch import Batch, BatchRow
from papers.models.camera_ready import FileExtension, FileFinding, FileVerdict, FileVersion, RequiredFile
from papers.models.dates import DateChange, ImportantDate
from papers.models.decision import Decision, UpstreamDecision
from papers.models.hand_over import HandOver, NameSplit
from papers.models.handling import ConflictOfInterest, Handling, ReadMark, Recommendation, Remark
from papers.models.importing import FieldConflict, ImportRun, RawNote
from papers.models.job import Job
from papers.models.letter import Audience, Letter, LetterTemplate, Mailing, Route
from papers.models.mapping import FieldMapping, MappedValue
from papers.models.member import AuthorClaim, Invitation, Membership, Role
from papers.models.paper import Author, Paper, ProfileAlias
from papers.models.personal_link import PersonalLink
from papers.models.push import PushedDecision
from papers.models.reminder import LetterSettings, Reminder, ReminderMoment, ReminderRule
from papers.models.review import Review
from papers.models.saved_view import SavedView
from papers.models.stored_file import FileKind, StoredFile, Upload, UploadChunk
from papers.models.table_record import TableRecord
from papers.models.track import Award, PresentationKind, Track
from papers.models.upstream_file import FileSource, UpstreamFile
from papers.models.workshop import HistoryLine, Series, Topic, Workshop

__all__ = [
    "AccessToken",
    "Attendance",
    "Audience",
    "Author",
    "AuthorClaim",
    "Award",
    "Batch",
    "BatchRow",
    "ChangeRequest",
    "ConflictOfInterest",
    "DateChange",
    "Decision",
    "FieldConflict",
    "FieldMapping",
    "FileExtension",
    "FileFinding",
    "FileKind",
    "FileSource",
    "FileVerdict",
    "FileVersion",
    "HandOver",
    "Handling",
    "HistoryLine",
    "ImportRun",
    "ImportantDate",
    "Invitation",
    "Job",
    "Letter",
    "LetterSettings",
    "LetterTemplate",
    "Mailing",
    "MappedValue",
    "Membership",
    "MetadataConfirmation",
    "NameSplit",
    "Paper",
    "PaperLink",
    "PersonalLink",
    "PresentationKind",
    "Presenter",
    "ProfileAlias",
    "PushedDecision",
    "RawNote",
    "ReadMark",
    "Recommendation",
    "Remark",
    "Reminder",
    "ReminderMoment",
    "ReminderRule",
    "RequiredFile",
    "Review",
    "Role",
    "Route",
    "SavedView",
    "Series",
    "StoredFile",
    "TableRecord",
    "Topic",
    "Track",
    "Upload",
    "UploadChunk",
    "UpstreamDecision",
    "UpstreamFile",
    "User",
    "Workshop",
]
