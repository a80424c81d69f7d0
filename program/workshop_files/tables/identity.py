"""The workshop itself with its series, links, topics, words for decisions."""

from typing import Any

from papers.models import Series, Topic, Workshop
from program.workshop_files.fields import settle_line, settle_text
from program.workshop_files.tables.rows import save_row
from program.workshop_files.values import (
    DecisionWordSettings,
    LinkSettings,
    PresentationSettings,
    SeriesSettings,
    WorkshopSettings,
    sort_decision_words,
)

FIELDS = (
    "name",
    "short_name",
    "edition",
    "year",
    "conference",
    "starts_on",
    "ends_on",
    "part_of_day",
    "mode",
    "place",
    "room",
    "zone",
    "contact_email",
    "about",
    "booktitle",
    "venue_id",
    "required_review_count",
    "blocks_underreviewed",
    "hides_conflicted",
    "pushes_decisions",
    "letters_per_minute",
    "has_public_reviews",
)


def read_identity(workshop: Workshop) -> dict[str, Any]:
    """Return the plain fields of the workshop with its series and links."""
    found = {name: getattr(workshop, name) for name in FIELDS}
    found = {name: settle_line(value) if isinstance(value, str) else value for name, value in found.items()}
    series = workshop.series
    return {
        **found,
        "slug": workshop.slug,
        "about": settle_text(workshop.about),
        "series": SeriesSettings(slug=series.slug, name=settle_line(series.name)) if series else None,
        "submission_invitations": tuple(settle_line(str(one)) for one in workshop.submission_invitations),
        "links": tuple(_read_link(link) for link in workshop.links),
    }


def save_identity(workshop: Workshop, settings: WorkshopSettings) -> None:
    """Write the plain fields of the workshop, its series and links."""
    links = [{"kind": link.kind, "label": link.label, "url": link.url} for link in settings.links]
    save_row(
        workshop,
        series=save_series(settings.series),
        submission_invitations=list(settings.submission_invitations),
        links=links,
        **{name: getattr(settings, name) for name in FIELDS},
    )


def save_series(settings: SeriesSettings | None) -> Series | None:
    """Return the series of this slug under its name; its other editions see the name as well."""
    if settings is None:
        return None
    series = Series.objects.filter(slug=settings.slug).first() or Series(slug=settings.slug)
    save_row(series, name=settings.name)
    return series


def read_topics(workshop: Workshop) -> tuple[str, ...]:
    """Return the topics in printed order."""
    return tuple(settle_line(topic.text) for topic in workshop.topics.all())


def save_topics(workshop: Workshop, settings: WorkshopSettings) -> None:
    """Write the topics: what stands at a place is replaced, what is left over goes."""
    wanted = dict(enumerate(settings.topics, start=1))
    held = {topic.position: topic for topic in workshop.topics.all()}
    workshop.topics.exclude(position__in=wanted).delete()
    for position, text in wanted.items():
        save_row(held.get(position) or Topic(workshop=workshop, position=position), text=text)


def _read_link(link: Any) -> LinkSettings:
    told = link if isinstance(link, dict) else {}
    return LinkSettings(**{key: settle_line(str(told.get(key) or "")) for key in ("kind", "label", "url")})


def read_decision_words(workshop: Workshop, presentations: tuple[PresentationSettings, ...]) -> tuple[DecisionWordSettings, ...]:
    """Return how OpenReview words the decisions that the workshop has; words for others say nothing any more."""
    keys = [f"accept:{kind.slug}" for kind in presentations] + ["accept", "reject"]
    held = {key: settle_line(str(workshop.decision_words.get(key) or "")) for key in keys}
    parts = [(*key.partition(":")[::2], word) for key, word in held.items() if word]
    return sort_decision_words(tuple(DecisionWordSettings(outcome=outcome, presentation=slug, word=word) for outcome, slug, word in parts))


def save_decision_words(workshop: Workshop, settings: WorkshopSettings) -> None:
    """Write how OpenReview words our decisions; keys as `papers.decision_words` has them."""
    told = {f"{one.outcome}:{one.presentation}" if one.presentation else one.outcome: one.word for one in settings.decision_words}
    save_row(workshop, decision_words=dict(sorted(told.items())))
