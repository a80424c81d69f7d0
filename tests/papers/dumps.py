"""What the database holds, as plain values that can be compared."""

from typing import Any

from django.apps import apps
from django.db import models

from papers.models import ImportRun, Workshop

Row = dict[str, Any]

# Instants of our own clock differ between two runs that end in the same state; whether they are set must not.
CLOCK = frozenset({"decided_at", "seen_at", "first_seen_at", "gone_at", "not_visible_since", "found_at", "resolved_at"})
KEYS = frozenset({"id", "paper", "run", "workshop", "mapping"})


def dump_papers(workshop: Workshop) -> list[Row]:
    """Return the papers with all that hangs on them, without keys and without our own clock."""
    dumped = []
    related = ("authors", "reviews", "upstream_decisions", "conflicts", "raw_notes")
    papers = workshop.papers.select_related("track", "decision__presentation").prefetch_related(*related)
    for paper in papers.order_by("note_id", "number"):
        decision = getattr(paper, "decision", None)
        row = describe_row(paper)
        row["track"] = paper.track and paper.track.slug
        row["authors"] = [describe_row(author) for author in paper.authors.all()]
        row["reviews"] = [describe_row(review) for review in sorted(paper.reviews.all(), key=lambda row: row.note_id)]
        row["upstream_decisions"] = [describe_row(reply) for reply in sorted(paper.upstream_decisions.all(), key=lambda row: row.note_id)]
        row["decision"] = decision and {**describe_row(decision), "presentation": decision.presentation and decision.presentation.slug}
        row["conflicts"] = [describe_row(conflict) for conflict in paper.conflicts.all()]
        row["raw"] = [raw.sha256 for raw in paper.raw_notes.all()]
        dumped.append(row)
    return dumped


def dump_mapping(workshop: Workshop) -> list[Any]:
    """Return every rule with its values."""
    return [
        [rule.target, rule.source, rule.key, list(rule.values.order_by("value").values_list("value", "meaning"))]
        for rule in workshop.mappings.order_by("target", "position")
    ]


def dump_state(workshop: Workshop) -> dict[str, Any]:
    """Return everything that an import leaves behind, but its own record and the history."""
    aliases = list(workshop.profile_aliases.order_by("profile_id", "alias").values_list("profile_id", "alias"))
    return {"papers": dump_papers(workshop), "mapping": dump_mapping(workshop), "aliases": aliases}


def describe_row(row: models.Model) -> Row:
    """Return a row without its keys; an instant of our clock becomes whether it is set."""
    values = {field.name: getattr(row, field.attname) for field in row._meta.concrete_fields if field.name not in KEYS}
    return {name: value is not None if name in CLOCK else value for name, value in values.items()}


def dump_tables(*, without: tuple[type[models.Model], ...] = (ImportRun,)) -> dict[str, list[Row]]:
    """Return every row of every table of the two apps, by table."""
    kinds = [model for app in ("papers", "program") for model in apps.get_app_config(app).get_models() if model not in without]
    return {model._meta.label: list(model._default_manager.order_by("pk").values()) for model in kinds}
