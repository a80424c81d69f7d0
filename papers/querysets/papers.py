"""Reads of papers; every ordering is total."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.db import models
from django.db.models import Count, Exists, F, OuterRef, Prefetch, Q, Subquery, Value
from django.db.models.functions import Coalesce

from papers.querysets.table_orders import count_reviews, group_by, mean_rating, order_by_column
from papers.querysets.waiting import bring_waiting, count_waiting, is_handled_by, is_waiting_for
from papers.texts import fold_text

if TYPE_CHECKING:
    from papers.models import Paper, User, Workshop
    from papers.sight import Sight

get_model = apps.get_model  # by name, because the models import this module


class PaperQuerySet(models.QuerySet["Paper"]):
    """Papers as pages need them; every ordering is total."""

    def in_workshop(self, workshop: Workshop) -> PaperQuerySet:
        """Keep the papers of one workshop, tests excluded."""
        return self.filter(workshop=workshop, is_test=False)

    def of_workshop(self, slug: str) -> PaperQuerySet:
        """Keep the papers of the workshop with this slug."""
        return self.filter(workshop__slug=slug)

    def active(self) -> PaperQuerySet:
        """Keep papers that are neither withdrawn, desk-rejected, deleted nor gone elsewhere."""
        return self.filter(standing="active")

    def withdrawn(self) -> PaperQuerySet:
        """Keep papers that their authors took back."""
        return self.filter(standing="withdrawn")

    def accepted(self) -> PaperQuerySet:
        """Keep active papers with a decision to accept, released or not."""
        return self.active().filter(decision__outcome="accept")

    def released(self) -> PaperQuerySet:
        """Keep papers whose decision authors may see."""
        return self.filter(decision__released_at__isnull=False)

    def undecided(self) -> PaperQuerySet:
        """Keep active papers without a decision."""
        return self.active().filter(decision__isnull=True)

    def in_track(self, track: str) -> PaperQuerySet:
        """Keep the papers of the track with this slug."""
        return self.filter(track__slug=track)

    def without_readable_decision(self) -> PaperQuerySet:
        """Keep papers for which no decision reply was ever read."""
        return self.filter(upstream_decisions__isnull=True)

    def written_by(self, profile_ids: Iterable[str]) -> PaperQuerySet:
        """Keep active papers of which one of these profiles is an author."""
        return self.active().filter(authors__profile_id__in=list(profile_ids)).distinct()

    def without_track(self) -> PaperQuerySet:
        """Keep active papers whose track is not known."""
        return self.active().filter(track__isnull=True)

    def matching(self, words: str) -> PaperQuerySet:
        """Keep papers in whose title, abstract, authors or number every word occurs."""
        found = self
        for word in fold_text(words).split():
            found = found.filter(search_text__contains=word)
        return found

    def index_by_note(self, rows: list[dict[str, Any]]) -> dict[str, Paper]:
        """Return the papers that the rows of a report name, by note id."""
        wanted = {str(row.get("note_id") or "") for row in rows} - {""}
        return {paper.note_id: paper for paper in self.filter(note_id__in=wanted).only("note_id", "number", "title")} if wanted else {}

    def before_number(self, number: int) -> Paper | None:
        """Return the paper with the next smaller number."""
        return self.filter(number__lt=number).order_by("-number", "-id").only("number", "title").first()

    def after_number(self, number: int) -> Paper | None:
        """Return the paper with the next larger number."""
        return self.filter(number__gt=number).order_by("number", "id").only("number", "title").first()

    def in_standing(self, standing: str) -> PaperQuerySet:
        """Keep papers of one standing; all but test submissions when none is named, only those for `test`."""
        if standing == "test":
            return self.filter(is_test=True)
        return self.filter(is_test=False, standing=standing) if standing else self.filter(is_test=False)

    def presented_as(self, presentation: str) -> PaperQuerySet:
        """Keep papers with this presentation; `none` keeps accepted ones that have none."""
        if presentation == "none":
            return self.accepted().filter(decision__presentation__isnull=True)
        return self.filter(decision__presentation__slug=presentation)

    def in_table_order(self, sorts: Sequence[tuple[str, bool]], group: str = "", *, judged: Q, decided: Q) -> PaperQuerySet:
        """Order by the group, then by columns of the table (True for descending), empty values last, then by number and key.

        `judged` and `decided` say of which papers reviews and decisions may be told; the others count as empty.
        """
        fields = group_by(group, judged=judged, decided=decided)[1] if group else []
        for name, is_descending in sorts:
            figure = order_by_column(name, judged=judged, decided=decided)
            fields.append(figure.desc(nulls_last=True) if is_descending else figure.asc(nulls_last=True))
        if "number" not in dict(sorts):
            fields.append(F("number").asc(nulls_last=True))
        return self.order_by(*fields, "id")

    def list_keys(self, group: str = "", *, judged: Q, decided: Q) -> models.QuerySet[Paper, tuple[int, Any]]:
        """Return the key of each paper with that of its group, in the order of the queryset."""
        key = group_by(group, judged=judged, decided=decided)[0] if group else Value(None, output_field=models.IntegerField())
        return self.values_list("pk", key)

    def count_groups(self, group: str, *, judged: Q, decided: Q) -> dict[Any, int]:
        """Return how many papers each group has."""
        key = group_by(group, judged=judged, decided=decided)[0]
        return dict(self.order_by().annotate(group_key=key).values_list("group_key").annotate(n=Count("pk")))

    def for_paper_page(self) -> PaperQuerySet:
        """Bring all that the organizers' page of one paper shows."""
        related = ("authors", "reviews", "upstream_decisions", "conflicts", "claims__user", "claims__author")
        return self.select_related("workshop", "track", "decision__presentation", "decision__award", "decision__by").prefetch_related(
            *related
        )

    def with_review_figures(self) -> PaperQuerySet:
        """Annotate `review_count` and `rating_mean` over the live reviews."""
        return self.annotate(review_count=count_reviews(), rating_mean=mean_rating())

    def in_listing_order(self) -> PaperQuerySet:
        """Order as listings print: by presentation, then number, then note id."""
        return self.order_by(F("decision__presentation__position").asc(nulls_last=True), F("number").asc(nulls_last=True), "note_id", "id")

    def for_paper_table(self, pks: Sequence[int]) -> dict[int, Paper]:
        """Return these papers by key with all of their own that the organizers' table shows."""
        papers = self.select_related("track", "decision__presentation", "decision__award")
        unused = ("abstract", "tldr", "extras", "imported", "search_text", "fingerprint", "decision__comment")
        return papers.defer(*unused).in_bulk(list(pks))

    def for_listing(self) -> PaperQuerySet:
        """Bring all that a public listing prints of accepted and released papers, in its order."""
        return (
            self.accepted()
            .released()
            .select_related("track", "decision__presentation", "decision__award")
            .prefetch_related("authors")
            .defer("imported", "search_text")
            .in_listing_order()
        )

    def for_files(self) -> PaperQuerySet:
        """Bring what is needed to say which files a paper owes."""
        return self.select_related("workshop", "track", "decision").prefetch_related("authors")

    def for_readiness(self) -> PaperQuerySet:
        """Keep accepted and released papers, tests excluded, by number, with what says which files they owe."""
        return (
            self.filter(is_test=False)
            .accepted()
            .released()
            .select_related("track", "decision")
            .defer("abstract", "extras", "imported", "search_text", "tldr", "keywords")
            .order_by(F("number").asc(nulls_last=True), "id")
        )

    def for_owed_files(self, workshop: Workshop, keys: Sequence[int]) -> list[Paper]:
        """Return the accepted and released papers of `workshop` with these keys, in their order."""
        found = self.for_readiness().in_bulk(list(keys))
        for paper in found.values():
            paper.workshop = workshop
        return [found[key] for key in keys if key in found]

    def list_board_facts(self) -> list[tuple[Any, ...]]:
        """Return of each accepted and released paper, tests excluded, by number, what the board asks, as plain values.

        Key, number, title, track, choice about the proceedings, when its decision was released, how it is presented, whether
        its metadata was ever confirmed, whether an author attends.
        """
        attending = get_model("papers", "Attendance").objects.filter(author__paper=OuterRef("pk"))
        return list(
            self.filter(is_test=False)
            .accepted()
            .released()
            .order_by(F("number").asc(nulls_last=True), "id")
            .values_list(
                "pk",
                "number",
                "title",
                "track_id",
                "wants_proceedings",
                "decision__released_at",
                "presenter__mode",
                Exists(get_model("papers", "MetadataConfirmation").objects.filter(paper=OuterRef("pk"))),
                Exists(attending),
            )
        )

    def for_hand_over(self) -> PaperQuerySet:
        """Bring of accepted and released papers, tests excluded, by number, all that their proceedings print or wait for."""
        waiting = get_model("papers", "ChangeRequest").objects.filter(answered_at__isnull=True)
        return (
            self.filter(is_test=False)
            .accepted()
            .released()
            .select_related("track", "decision__presentation", "decision__award", "metadata_confirmation")
            .prefetch_related("authors", "links", Prefetch("change_requests", waiting, to_attr="open_requests"))
            .defer("extras", "imported", "search_text")
            .order_by(F("number").asc(nulls_last=True), "id")
        )

    def for_metadata(self) -> PaperQuerySet:
        """Keep accepted and released papers, by number, with all that is printed of them and what OpenReview last said of it."""
        return (
            self.filter(is_test=False, standing="active")
            .accepted()
            .released()
            .select_related("track")
            .prefetch_related("authors")
            .defer("extras", "search_text", "tldr")
            .order_by(F("number").asc(nulls_last=True), "id")
        )

    def find_imported(
        self, workshop: Workshop, note_ids: list[str], numbers: list[int | None]
    ) -> list[tuple[int, str, int | None, str, dt.datetime | None]]:
        """Return pk, note id, number, fingerprint and since when it is not visible, of the papers with these keys."""
        wanted = Q(note_id__in=note_ids) | Q(number__in=[number for number in numbers if number is not None])
        columns = ("pk", "note_id", "number", "fingerprint", "not_visible_since")
        return list(self.filter(wanted, workshop=workshop).values_list(*columns))

    def for_merge(self, pks: list[int], *, is_locked: bool = False) -> dict[int, Paper]:
        """Return papers by key with all that a merge compares; locked until the transaction around it ends, if so wanted."""
        related = ("authors", "reviews", "upstream_decisions", "conflicts")
        papers = self.select_for_update(of=("self",)) if is_locked else self
        return papers.select_related("workshop", "track", "decision__presentation").prefetch_related(*related).in_bulk(pks)

    def for_table(self) -> PaperQuerySet:
        """Bring all that a table's rows are compared with; annotate `is_from_openreview` where a raw version is kept."""
        raw = get_model("papers", "RawNote").objects.filter(paper=OuterRef("pk"))
        return (
            self.select_related("workshop", "track", "decision__presentation", "decision__award", "table_record")
            .prefetch_related("authors", "conflicts__run", "upstream_decisions")
            .annotate(is_from_openreview=Exists(raw))
            .order_by("id")
        )

    def not_among(self, note_ids: set[str]) -> list[Paper]:
        """Return the papers from OpenReview, visible until now, whose note is not in `note_ids`."""
        held = self.exclude(note_id="").filter(not_visible_since__isnull=True).exclude(standing__in=["deleted", "left"])
        lost = [pk for pk, note_id in held.order_by().values_list("pk", "note_id") if note_id not in note_ids]
        return list(self.filter(pk__in=lost).order_by("number", "pk")) if lost else []

    def judged_by(self, sight: Sight) -> PaperQuerySet:
        """Leave out the papers whose judgments a person must not see."""
        return self.filter(sight.judged)

    def unhandled(self) -> PaperQuerySet:
        """Keep papers that nobody looks after."""
        return self.filter(~Exists(get_model("papers", "Handling").objects.filter(paper=OuterRef("pk"))))

    def handled_by(self, user: User) -> PaperQuerySet:
        """Keep the papers that `user` looks after."""
        return self.filter(is_handled_by(user))

    def waiting_for(self, user: User) -> PaperQuerySet:
        """Keep the papers that wait for `user`; `is_waiting_for` is the condition that `is:waiting` asks as well."""
        return self.filter(is_waiting_for(user))

    def for_waiting_page(self, user: User) -> PaperQuerySet:
        """Bring what waits for `user` with why: `is_handled`, `is_recommended`, `unread_count`, `mention_count`."""
        return bring_waiting(self, user)

    def count_waiting(self, user: User) -> dict[str, int]:
        """Count what waits for `user`: without_recommendation, undecided, unread, mentions."""
        return count_waiting(self, user)

    def claimed_by(self, user: User) -> PaperQuerySet:
        """Keep the papers of which `user` is a proven author."""
        return self.filter(claims__user=user)

    def for_author_page(self, user: User) -> PaperQuerySet:
        """Bring a user's papers as their authors may see them."""
        authors = get_model("papers", "Author").objects.select_related("attendance__by").order_by("position")
        return (
            self.claimed_by(user)
            .select_related("workshop", "track", "decision__presentation", "decision__award")
            .select_related("presenter__author", "presenter__by", "metadata_confirmation__by")
            .prefetch_related(Prefetch("authors", authors), "workshop__dates__changes")
            .order_by("-workshop__year", "workshop__slug", F("number").asc(nulls_last=True), "id")
        )

    def with_links(self) -> PaperQuerySet:
        """Bring the links that authors gave."""
        return self.prefetch_related("links")

    def changed_since_confirmation(self, fields: Iterable[str]) -> PaperQuerySet:
        """Keep papers of which one of these fields changed after an author confirmed them; bring what is confirmed, by key."""
        lines = get_model("papers", "HistoryLine").objects.filter(paper=OuterRef("pk"), field__in=list(fields))
        authors = get_model("papers", "Author").objects.order_by("position")
        return (
            self.filter(Exists(lines.filter(at__gte=OuterRef("metadata_confirmation__at"))), metadata_confirmation__isnull=False)
            .select_related("metadata_confirmation", "track", "decision__presentation")
            .prefetch_related(Prefetch("authors", authors), "links")
            .order_by("pk")
        )

    def for_letters(self, *, with_reviews: bool = False, with_debts: bool = False) -> PaperQuerySet:
        """Bring all that a letter on each paper says, and the addresses of its authors; in the order of numbers."""
        related = ["authors", "claims__user__emailaddress_set", *(["reviews"] if with_reviews else [])]
        if with_debts:
            return self.for_debts().prefetch_related(*related[1:])
        return (
            self.select_related("workshop", "track", "decision__presentation", "decision__award")
            .prefetch_related(*related)
            .defer("abstract", "extras", "imported", "search_text", "tldr", "keywords")
            .order_by(F("number").asc(nulls_last=True), "id")
        )

    def for_debts(self) -> PaperQuerySet:
        """Bring all that says what each paper owes; in the order of numbers."""
        authors = get_model("papers", "Author").objects.select_related("attendance").order_by("position")
        return (
            self.select_related("workshop", "track", "decision__presentation", "decision__award")
            .select_related("presenter__author", "metadata_confirmation__by")
            .prefetch_related(Prefetch("authors", authors), "links", "workshop__dates")
            .defer("extras", "imported", "search_text", "tldr")
            .order_by(F("number").asc(nulls_last=True), "id")
        )

    def count_figures(self, *, judged: Q, decided: Q) -> dict[str, int]:
        """Count papers by standing, decision and what they lack, test submissions excluded.

        `judged` and `decided` say of which papers reviews and decisions may be told; the others are counted by standing only.
        """
        active = Q(standing="active")
        told, accepted = active & decided, active & decided & Q(decision__outcome="accept")
        live = get_model("papers", "Review").objects.filter(paper=OuterRef("pk"), kind="review", gone_at__isnull=True)
        reviews = Coalesce(Subquery(live.order_by().values("paper").annotate(n=Count("pk")).values("n")), 0)
        few = active & judged & Q(review_count__lt=F("workshop__required_review_count"), decision__isnull=True)
        return (
            self.filter(is_test=False)
            .annotate(review_count=reviews)
            .aggregate(
                total=Count("pk"),
                active=Count("pk", filter=active),
                withdrawn=Count("pk", filter=Q(standing__in=["withdrawn", "desk-rejected", "deleted"])),
                accepted=Count("pk", filter=accepted),
                rejected=Count("pk", filter=told & Q(decision__outcome="reject")),
                undecided=Count("pk", filter=active & judged & Q(decision__isnull=True)),
                unreleased=Count("pk", filter=active & judged & Q(decision__isnull=False, decision__released_at__isnull=True)),
                without_track=Count("pk", filter=active & Q(track__isnull=True)),
                hidden_authors=Count("pk", filter=accepted & Q(has_hidden_authors=True)),
                vanished=Count("pk", filter=Q(not_visible_since__isnull=False)),
                few_reviews=Count("pk", filter=few),
            )
        )

    def count_by(self, field: str) -> dict[Any, int]:
        """Return how many papers have each value of `field`."""
        return dict(self.order_by().values_list(field).annotate(n=Count("pk")))
