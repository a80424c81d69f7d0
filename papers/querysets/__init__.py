"""Every read that a page needs, as words."""

from papers.querysets.imports import ImportRunQuerySet, RawNoteQuerySet
from papers.querysets.jobs import JobQuerySet
from papers.querysets.members import InvitationQuerySet, MembershipQuerySet
from papers.querysets.papers import PaperQuerySet
from papers.querysets.workshops import HistoryQuerySet, MappingQuerySet, WorkshopQuerySet

__all__ = [
    "HistoryQuerySet",
    "ImportRunQuerySet",
    "InvitationQuerySet",
    "JobQuerySet",
    "MappingQuerySet",
    "MembershipQuerySet",
    "PaperQuerySet",
    "RawNoteQuerySet",
    "WorkshopQuerySet",
]
