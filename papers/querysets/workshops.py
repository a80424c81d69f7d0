"""Reads of workshops with what hangs on them directly."""

from __future__ import annotations

import datetime as dt
import json
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.db import models
from django.db.models import Exists, OuterRef, Q, Subquery, Value
from django.db.models.functions import Cast

if TYPE_CHECKING:
    from papers.models import FieldMapping, HistoryLine, Paper, User, Workshop  # noqa: F401 (named in generics)
    from papers.sight import Sight

get_model = apps.get_model  # by name, because the models import this module

# What may be told of a paper to somebody with a conflict of interest: it is known to its authors, too. Any other field is a judgment.
OPEN_FIELDS = ("title", "abstract", "tldr", "keywords", "authors", "author", "track", "wants_proceedings", "standing", "link")


class WorkshopQuerySet(models.QuerySet["Workshop"]):
    """Workshops as pages need them."""

    def with_member(self, user: User) -> WorkshopQuerySet:
        """Keep the workshops in which `user` has a role."""
        return self.filter(memberships__user=user).distinct()

    def with_author(self, user: User) -> WorkshopQuerySet:
        """Keep the workshops in which `user` has claimed a paper."""
        return self.filter(papers__claims__user=user).distinct()

    def with_public_papers(self) -> WorkshopQuerySet:
        """Keep the workshops of which the world sees at least one paper, the newest first."""
        shown = get_model("papers", "Paper").objects.filter(workshop=OuterRef("pk"), is_test=False).accepted().released()
        return self.filter(Exists(shown)).order_by("-year", "slug")

    def for_api(self, user: User | None) -> WorkshopQuerySet:
        """Keep the workshops with public papers, and those in which `user` has a role, the newest first; annotate `member_role`."""
        shown = get_model("papers", "Paper").objects.filter(workshop=OuterRef("pk"), is_test=False).accepted().released()
        role = get_model("papers", "Membership").objects.filter(workshop=OuterRef("pk"), user=user).values("role")[:1]
        mine = self.annotate(member_role=Subquery(role))
        return mine.filter(Q(member_role__isnull=False) | Exists(shown)).order_by("-year", "slug")

    def for_switcher(self, user: User) -> WorkshopQuerySet:
        """Keep the workshops of a user; annotate `member_role` (or nothing) and `is_author`."""
        role = get_model("papers", "Membership").objects.filter(workshop=OuterRef("pk"), user=user).values("role")[:1]
        claims = get_model("papers", "AuthorClaim").objects.filter(paper__workshop=OuterRef("pk"), user=user)
        mine = self.annotate(member_role=Subquery(role), is_author=Exists(claims))
        return mine.filter(Q(member_role__isnull=False) | Q(is_author=True)).order_by("-year", "slug")


def list_slugs(workshop: Workshop) -> list[tuple[str, str, str]]:
    """Return the presentations, awards and tracks of a workshop: kind, slug, name."""
    named = {"presentations": "PresentationKind", "awards": "Award", "tracks": "Track"}
    kinds = [
        get_model("papers", model)
        .objects.filter(workshop=workshop)
        .order_by()
        .annotate(kind=Value(kind))
        .values_list("kind", "slug", "name")
        for kind, model in named.items()
    ]
    return list(kinds[0].union(*kinds[1:], all=True))


class HistoryQuerySet(models.QuerySet["HistoryLine"]):
    """Changes as pages need them."""

    def seen_by(self, sight: Sight) -> HistoryQuerySet:
        """Keep the changes that a person may know of: nothing outside, no judgment of a paper with which they have a conflict.

        A line about many papers goes with its batch: where that holds such a paper, the line is left out.
        """
        if not sight.is_inside:
            return self.none()
        if not sight.hidden:
            return self
        rows = get_model("papers", "BatchRow").objects.filter(batch=OuterRef("batch"), paper__in=sight.hidden)
        return self.exclude(~Q(field__in=OPEN_FIELDS), paper__in=sight.hidden).exclude(Exists(rows), paper__isnull=True)

    def for_history_page(self) -> HistoryQuerySet:
        """Bring who did it, to which paper, in which batch, the newest first."""
        return self.select_related("by", "paper", "batch").defer("paper__abstract", "paper__search_text", "paper__imported").in_order()

    def in_order(self) -> HistoryQuerySet:
        """Order by time, the newest first."""
        return self.order_by("-at", "-pk")

    def of_field(self, paper: Paper, field: str) -> HistoryQuerySet:
        """Keep the changes of one field of a paper with who made them, the newest first."""
        return self.filter(paper=paper, field=field).select_related("by").in_order()

    def older_than(self, line: HistoryLine) -> HistoryQuerySet:
        """Keep what was changed before a line."""
        return self.filter(at__lte=line.at).exclude(at=line.at, pk__gte=line.pk)

    def newer_than(self, line: HistoryLine) -> HistoryQuerySet:
        """Keep what was changed after a line, the oldest of it first."""
        return self.filter(at__gte=line.at).exclude(at=line.at, pk__lte=line.pk).order_by("at", "pk")

    def of_papers(self, papers: models.QuerySet[Paper]) -> HistoryQuerySet:
        """Keep the changes of these papers."""
        return self.filter(paper__in=papers.order_by().values("pk"))

    def done_by(self, user_id: int | None) -> HistoryQuerySet:
        """Keep what one person did, or what nobody did in person."""
        return self.filter(by__isnull=True) if user_id is None else self.filter(by=user_id)

    def in_action(self, action: str) -> HistoryQuerySet:
        """Keep the changes of one kind."""
        return self.filter(action=action)

    def in_field(self, field: str) -> HistoryQuerySet:
        """Keep the changes of one field with its parts."""
        return self.filter(Q(field=field) | Q(field__startswith=f"{field}.") | Q(field__startswith=f"{field}["))

    def in_batch(self, batch_id: int) -> HistoryQuerySet:
        """Keep what was changed in one act."""
        return self.filter(batch=batch_id)

    def since(self, moment: dt.datetime) -> HistoryQuerySet:
        """Keep the changes from an instant on."""
        return self.filter(at__gte=moment)

    def before(self, moment: dt.datetime) -> HistoryQuerySet:
        """Keep the changes before an instant."""
        return self.filter(at__lt=moment)

    def telling(self, words: str) -> HistoryQuerySet:
        """Keep the changes in which every word occurs: in what was done, who did it, to which paper, what stood there before and after."""
        found = self.annotate(before_text=Cast("before", models.TextField()), after_text=Cast("after", models.TextField()))
        for word in words.split():
            # SQLite knows no case beyond ASCII, and keeps JSON as it was written, with such letters spelled out.
            cases = {word} if word.isascii() else {word, word.lower(), word.upper(), word.capitalize()}
            spellings = cases | {json.dumps(case)[1:-1] for case in cases}
            columns = ("action", "field", "actor", "note", "by__name", "by__email", "paper__title")
            asked = [Q(**{f"{column}__icontains": case}) for column in columns for case in sorted(cases)]
            asked += [Q(**{f"{side}_text__icontains": spelling}) for side in ("before", "after") for spelling in sorted(spellings)]
            found = found.filter(reduce(or_, asked))
        return found

    def count_up_to(self, most: int) -> int:
        """Count the changes; one more than `most` stands for any larger figure."""
        return self.order_by()[: most + 1].count()

    def list_kinds(self) -> models.QuerySet[HistoryLine, tuple[Any, ...]]:
        """Return each combination of person (key, name, address), action and field that there is."""
        return self.order_by().values_list("by", "by__name", "by__email", "action", "field").distinct()

    def list_hidden_batches(self, lines: list[HistoryLine], sight: Sight) -> set[int]:
        """Return the batches of these lines that hold a paper whose judgments are hidden."""
        keys = {line.batch_id for line in lines if line.batch_id is not None}
        if not keys or not sight.hidden:
            return set()
        rows = get_model("papers", "BatchRow").objects.filter(batch__in=keys, paper__in=sight.hidden)
        return set(rows.values_list("batch", flat=True))


class MappingQuerySet(models.QuerySet["FieldMapping"]):
    """Sources of tracks and decisions as pages need them."""

    def for_mapping_page(self) -> MappingQuerySet:
        """Bring the values of each source."""
        return self.prefetch_related("values")
