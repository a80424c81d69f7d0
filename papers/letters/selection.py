"""Finds the papers of a letter, and those whose secret it would tell."""

from dataclasses import dataclass

from django.db.models import Q

from papers.letter_fields import Frame
from papers.letters.templates import ReadDraft
from papers.models import Paper
from papers.querysets import PaperQuerySet
from papers.search import search_papers
from papers.sight import Sight


@dataclass(frozen=True, slots=True)
class BlindSight(Sight):
    """The eyes of a member to whom nothing is shown that authors do not see yet."""

    @property
    def judged(self) -> Q:
        """Return the condition that no paper fulfills."""
        return Q(pk__in=[])

    @property
    def decided(self) -> Q:
        """Return the condition that only a released decision fulfills."""
        return Q(decision__released_at__isnull=False)


def find_letter_papers(sight: Sight, query: str) -> PaperQuerySet:
    """Return the active papers that the search of a letter finds for these eyes; raises SearchMistake."""
    return search_papers(sight, query).active()


def find_untold_papers(read: ReadDraft, frame: Frame, sight: Sight) -> list[Paper]:
    """Return the papers whose authors would learn from this letter what was not released to them.

    A letter tells when it prints or asks a decision or reviews, and when its search finds other papers for who sees decisions
    and ratings than for who does not: who gets it then says something about the paper.
    """
    found = find_letter_papers(sight, read.draft.query)
    if not read.tells(frame):
        blind = BlindSight(sight.workshop, sight.user, is_inside=True)
        if set(found.values_list("pk", flat=True)) == set(find_letter_papers(blind, read.draft.query).values_list("pk", flat=True)):
            return []
    return list(found.filter(decision__released_at__isnull=True).order_by("number", "pk"))
