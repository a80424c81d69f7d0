"""Reads of letters."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Count, Max, Min, Q
from django.db.models.functions import Coalesce, TruncDate

if TYPE_CHECKING:
    from papers.models import Letter, LetterTemplate, Mailing, Workshop

STATES = ("waiting", "claimed", "sent", "failed", "unclear", "bounced", "canceled", "settled")


class LetterTemplateQuerySet(models.QuerySet["LetterTemplate"]):
    """Templates as pages need them."""

    def for_template_page(self) -> LetterTemplateQuerySet:
        """Annotate when each was last sent; in the organizers' order."""
        return self.annotate(last_mailing_at=Max("mailings__created_at")).order_by("position", "id")

    def select_workshop(self) -> LetterTemplateQuerySet:
        """Bring the workshop."""
        return self.select_related("workshop")

    def list_keys(self) -> list[int]:
        """Return the keys of all."""
        return list(self.order_by("position", "id").values_list("pk", flat=True))

    def chosen(self, keys: Iterable[int]) -> list[LetterTemplate]:
        """Return those with these keys in the organizers' order."""
        return list(self.filter(pk__in=list(keys)).order_by("position", "id"))


class MailingQuerySet(models.QuerySet["Mailing"]):
    """Mailings as pages need them."""

    def for_mailing_page(self) -> MailingQuerySet:
        """Bring who sent; annotate how many letters are in each state as `waiting_count` and so on."""
        counts = {f"{state}_count": Count("letters", filter=Q(letters__state=state)) for state in STATES}
        return self.select_related("by", "workshop").annotate(letter_count=Count("letters"), **counts).order_by("-created_at", "-pk")

    def without_notices(self) -> MailingQuerySet:
        """Leave out what followed acts: a mailing each, which are shown by day."""
        return self.exclude(kind="notice")

    def answering(self, nonce: str) -> Mailing | None:
        """Return the mailing that a question has already led to."""
        return self.filter(nonce=nonce).first() if nonce else None


class LetterQuerySet(models.QuerySet["Letter"]):
    """Letters as pages and the outbox need them."""

    def of_workshop(self, workshop: Workshop, route: str = "") -> LetterQuerySet:
        """Keep the letters of one workshop, of one route when it is named."""
        return self.filter(mailing__workshop=workshop, **({"mailing__route": route} if route else {}))

    def of_mailing(self, mailing: Mailing) -> LetterQuerySet:
        """Keep the letters of one mailing."""
        return self.filter(mailing=mailing)

    def after_acts(self, day: dt.date, zone: dt.tzinfo) -> LetterQuerySet:
        """Keep letters that followed acts on a day of that zone."""
        midnights = [dt.datetime.combine(day + dt.timedelta(days=distance), dt.time(), tzinfo=zone) for distance in (0, 1)]
        return self.filter(mailing__kind="notice", mailing__created_at__gte=midnights[0], mailing__created_at__lt=midnights[1])

    def count_after_acts(self, workshop: Workshop, zone: dt.tzinfo) -> list[dict[str, Any]]:
        """Return the days of that zone with letters that followed acts: `day`, `last_at`, `letter_count`, counts by state; newest first."""
        found = self.filter(mailing__workshop=workshop, mailing__kind="notice").order_by()
        counts = {state: Count("pk", filter=Q(state=state)) for state in STATES}
        days = found.annotate(day=TruncDate("mailing__created_at", tzinfo=zone)).values("day")
        days = days.annotate(last_at=Max("mailing__created_at"), letter_count=Count("pk"), **counts).order_by("-day")
        return [dict(day) for day in days]

    def waiting(self) -> LetterQuerySet:
        """Keep letters that are to leave and are not held back by a person."""
        return self.filter(state="waiting", mailing__paused_at__isnull=True, mailing__canceled_at__isnull=True)

    def due(self, moment: dt.datetime) -> LetterQuerySet:
        """Keep waiting letters that may leave at `moment`, the oldest first."""
        return self.waiting().filter(Q(retry_at__isnull=True) | Q(retry_at__lte=moment)).order_by("pk")

    def find_next_retry(self) -> dt.datetime | None:
        """Return when the first of the waiting letters may be tried again."""
        found: dt.datetime | None = self.waiting().aggregate(at=Min("retry_at"))["at"]
        return found

    def find_last_claim(self) -> dt.datetime | None:
        """Return when the last letter was taken to be sent."""
        found: dt.datetime | None = self.aggregate(at=Max("claimed_at"))["at"]
        return found

    def claimed_by(self, run: str) -> LetterQuerySet:
        """Keep what this run has in hand, also when it was believed dead meanwhile."""
        return self.filter(claim=run, state__in=["claimed", "unclear"])

    def left_behind(self, run: str) -> LetterQuerySet:
        """Keep what another run had in hand when it stopped."""
        return self.filter(state="claimed").exclude(claim=run)

    def in_state(self, state: str) -> LetterQuerySet:
        """Keep letters in this state; all when it is empty."""
        return self.filter(state=state) if state else self

    def matching(self, words: str) -> LetterQuerySet:
        """Keep letters in whose address, name, paper or trouble every word occurs."""
        found = self
        for word in words.split()[:10]:
            is_number = Q(paper__number=int(word)) if word.isdecimal() and len(word) < 8 else Q()
            places = Q(address__icontains=word) | Q(name__icontains=word) | Q(paper__title__icontains=word) | Q(trouble__icontains=word)
            found = found.filter(places | is_number if is_number else places)
        return found

    def for_outbox_page(self) -> LetterQuerySet:
        """Bring paper and mailing without the long texts; what needs a look comes first, then the newest."""
        ranks = {"unclear": 0, "failed": 1, "bounced": 1, "claimed": 2, "waiting": 3, "sent": 4, "settled": 5, "canceled": 5}
        rank = models.Case(*[models.When(state=state, then=models.Value(place)) for state, place in ranks.items()])
        return (
            self.select_related("paper", "mailing")
            .defer("body", "mailing__body", "paper__abstract", "paper__search_text", "paper__imported")
            .order_by(rank, "-mailing", "pk")
        )

    def for_letter_page(self) -> LetterQuerySet:
        """Bring paper, mailing with who sent it."""
        return self.select_related("paper", "mailing__workshop", "mailing__by")

    def for_states(self) -> LetterQuerySet:
        """Bring what the table of states holds, in the order of papers."""
        return self.select_related("paper", "mailing").defer("body", "mailing__body").order_by("mailing", "paper__number", "paper", "pk")

    def count_states(self) -> dict[str, int]:
        """Count letters by state, states without a letter included."""
        found = dict(self.order_by().values_list("state").annotate(n=Count("pk")))
        return {state: found.get(state, 0) for state in STATES}

    def sent_before(self, template: LetterTemplate) -> set[tuple[int, str]]:
        """Return paper and address of all that of this template has left, is to leave, or perhaps left."""
        gone = self.filter(mailing__template=template, state__in=["waiting", "claimed", "sent", "unclear", "bounced"])
        return {(paper, address.lower()) for paper, address in gone.exclude(paper=None).order_by().values_list("paper_id", "address")}

    def list_reminded(self, workshop: Workshop, since: dt.datetime) -> dict[tuple[int, str], dt.datetime]:
        """Return paper and address of all that was written to since then about what is owed, or is to be, with when."""
        at = Coalesce("sent_at", "claimed_at", "mailing__created_at")
        told = self.filter(mailing__workshop=workshop, asks__isnull=False, state__in=["waiting", "claimed", "sent", "unclear"])
        rows = told.annotate(told_at=at).filter(told_at__gte=since).order_by("told_at", "pk")
        return {(paper, address.lower()): when for paper, address, when in rows.values_list("paper_id", "address", "told_at")}

    def find_bounced(self, workshop: Workshop) -> dict[str, str]:
        """Return the addresses that refused or sent back a letter, with what was said; without those that took one later."""
        told: dict[str, str] = {}
        rows = self.filter(mailing__workshop=workshop, state__in=["bounced", "failed", "sent"]).order_by("pk")
        for address, state, bounce, trouble in rows.values_list("address", "state", "bounce", "trouble"):
            if state == "sent":
                told.pop(address.lower(), None)
            elif bounce:
                told[address.lower()] = trouble
        return told

    def by_message_id(self, message_ids: Iterable[str]) -> list[Letter]:
        """Return the letters with these Message-IDs."""
        return list(self.filter(message_id__in=list(message_ids)).select_related("mailing__workshop", "paper"))

    def newest_to(self, address: str) -> Letter | None:
        """Return the newest letter to an address that has left, or perhaps has."""
        gone = self.filter(address__iexact=address, state__in=["sent", "unclear", "bounced"])
        return gone.select_related("mailing__workshop", "paper").order_by("-sent_at", "-pk").first()
