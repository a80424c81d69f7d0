"""Reads of what the paper table shows beside the papers themselves, each in one query for any number of papers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.db.models import Count, F, OuterRef, Q, Subquery

from papers.querysets.workshops import OPEN_FIELDS

if TYPE_CHECKING:
    from papers.models import User

get_model = apps.get_model  # by name, because the models import this room


@dataclass(frozen=True, slots=True)
class LastLetter:
    """The newest letter about a paper: which mailing, in which state, sent when."""

    name: str
    state: str
    sent_at: dt.datetime | None


def read_authors(pks: Sequence[int]) -> dict[int, list[str]]:
    """Return the names of the authors of these papers in printed order."""
    authors = get_model("papers", "Author").objects.filter(paper__in=pks).order_by("paper", "position")
    found: dict[int, list[str]] = {}
    for paper, name in authors.values_list("paper", "name"):
        found.setdefault(paper, []).append(name)
    return found


def read_institutions(pks: Sequence[int]) -> dict[int, list[str]]:
    """Return where the authors of these papers work, each place once, in the order of the authors."""
    authors = get_model("papers", "Author").objects.filter(paper__in=pks).order_by("paper", "position")
    found: dict[int, dict[str, None]] = {}
    for paper, places in authors.values_list("paper", "institutions"):
        found.setdefault(paper, {}).update((str(place["name"]), None) for place in places if place.get("name"))
    return {paper: list(places) for paper, places in found.items()}


def read_ratings(pks: Sequence[int]) -> dict[int, list[tuple[float | None, float | None]]]:
    """Return rating and confidence of each live review of these papers, the lowest rating first."""
    reviews = get_model("papers", "Review").objects.filter(paper__in=pks, kind="review", gone_at__isnull=True)
    found: dict[int, list[tuple[float | None, float | None]]] = {}
    for paper, rating, confidence in reviews.order_by("paper", F("rating").asc(nulls_last=True), "pk").values_list(
        "paper", "rating", "confidence"
    ):
        found.setdefault(paper, []).append((rating, confidence))
    return found


def read_handlers(pks: Sequence[int]) -> dict[int, list[str]]:
    """Return the names of those who look after these papers, the first assigned first."""
    handlings = get_model("papers", "Handling").objects.filter(paper__in=pks).order_by("pk")
    found: dict[int, list[str]] = {}
    for paper, name, email in handlings.values_list("paper", "member__user__name", "member__user__email"):
        found.setdefault(paper, []).append(name or email)
    return found


def read_recommendations(pks: Sequence[int]) -> dict[int, dict[str, int]]:
    """Return how often each outcome is recommended for these papers."""
    held = get_model("papers", "Recommendation").objects.filter(paper__in=pks).order_by("outcome")
    found: dict[int, dict[str, int]] = {}
    for paper, outcome, count in held.values_list("paper", "outcome").annotate(n=Count("pk")):
        found.setdefault(paper, {})[outcome] = count
    return found


def read_remarks(pks: Sequence[int], user: User) -> dict[int, tuple[int, int]]:
    """Return how many remarks the discussions of these papers have, and how many of them are news to `user`."""
    read_until = get_model("papers", "ReadMark").objects.filter(paper=OuterRef("paper"), user=user).values("at")[:1]
    standing = get_model("papers", "Remark").objects.filter(paper__in=pks, withdrawn_at__isnull=True)
    remarks = standing.annotate(read_until=Subquery(read_until))
    is_new = ~Q(by=user) & (Q(read_until__isnull=True) | Q(at__gt=F("read_until")))
    counted = remarks.order_by().values_list("paper").annotate(n=Count("pk"), unread=Count("pk", filter=is_new))
    return {paper: (count, unread) for paper, count, unread in counted}


def read_letters(pks: Sequence[int]) -> dict[int, LastLetter]:
    """Return the newest letter about each of these papers."""
    letters = get_model("papers", "Letter").objects.filter(paper__in=pks).order_by("pk")
    rows: Any = letters.values_list("paper", "mailing__name", "state", "sent_at")
    return {paper: LastLetter(name, state, sent_at) for paper, name, state, sent_at in rows}


def read_camera_ready(pks: Sequence[int]) -> dict[int, str]:
    """Return what became of the newest camera-ready file of each of these papers: received, returned or approved."""
    versions = get_model("papers", "FileVersion").objects.filter(paper__in=pks, kind="paper", withdrawn_at__isnull=True)
    said = {None: "received", False: "returned", True: "approved"}
    newest = versions.order_by("paper", "number").values_list("paper", "verdict__is_approved")
    return {paper: said[is_approved] for paper, is_approved in newest}


def read_presenters(pks: Sequence[int]) -> dict[int, str]:
    """Return who presents each of these papers, in which way."""
    presenters = get_model("papers", "Presenter").objects.filter(paper__in=pks).select_related("author")
    return {held.paper_id: f"{held.author.name}, {held.get_mode_display().lower()}" for held in presenters}


def read_attending(pks: Sequence[int]) -> dict[int, list[str]]:
    """Return the authors of these papers who said that they come, in printed order."""
    coming = get_model("papers", "Author").objects.filter(paper__in=pks, attendance__isnull=False).order_by("paper", "position")
    found: dict[int, list[str]] = {}
    for paper, name in coming.values_list("paper", "name"):
        found.setdefault(paper, []).append(name)
    return found


def read_differing(pks: Sequence[int], hidden: frozenset[int]) -> set[int]:
    """Return which of these papers differ from upstream in something that may be told."""
    conflicts = get_model("papers", "FieldConflict").objects.filter(paper__in=pks, resolved_at__isnull=True)
    told = conflicts.exclude(~Q(field__in=OPEN_FIELDS), paper__in=hidden) if hidden else conflicts
    return set(told.order_by().values_list("paper", flat=True))
