"""Every read that a page needs, as words."""

from papers.querysets.access_tokens import AccessTokenQuerySet
from papers.querysets.authorship import ChangeRequestQuerySet, PersonalLinkQuerySet
from papers.querysets.batches import BatchQuerySet
from papers.querysets.camera_ready import FileFindingQuerySet, FileVersionQuerySet, RequiredFileQuerySet, UploadQuerySet
from papers.querysets.handling import ConflictOfInterestQuerySet, HandlingQuerySet, RecommendationQuerySet, RemarkQuerySet
from papers.querysets.imports import ImportRunQuerySet, RawNoteQuerySet
from papers.querysets.jobs import JobQuerySet
from papers.querysets.letters import LetterQuerySet, LetterTemplateQuerySet, MailingQuerySet
from papers.querysets.members import InvitationQuerySet, MembershipQuerySet
from papers.querysets.papers import PaperQuerySet
from papers.querysets.reminders import LetterSettingsQuerySet, ReminderQuerySet, ReminderRuleQuerySet
from papers.querysets.saved_views import SavedViewQuerySet
from papers.querysets.upstream_files import UpstreamFileQuerySet
from papers.querysets.workshops import HistoryQuerySet, MappingQuerySet, WorkshopQuerySet

__all__ = [
    "AccessTokenQuerySet",
    "BatchQuerySet",
    "ChangeRequestQuerySet",
    "ConflictOfInterestQuerySet",
    "FileFindingQuerySet",
    "FileVersionQuerySet",
    "HandlingQuerySet",
    "HistoryQuerySet",
    "ImportRunQuerySet",
    "InvitationQuerySet",
    "JobQuerySet",
    "LetterQuerySet",
    "LetterSettingsQuerySet",
    "LetterTemplateQuerySet",
    "MailingQuerySet",
    "MappingQuerySet",
    "MembershipQuerySet",
    "PaperQuerySet",
    "PersonalLinkQuerySet",
    "RawNoteQuerySet",
    "RecommendationQuerySet",
    "RemarkQuerySet",
    "ReminderQuerySet",
    "ReminderRuleQuerySet",
    "RequiredFileQuerySet",
    "SavedViewQuerySet",
    "UploadQuerySet",
    "UpstreamFileQuerySet",
    "WorkshopQuerySet",
]
