"""Words that templates use for dates, figures, badges and ways."""

import datetime as dt
from typing import Any

from django import template
from django.templatetags.static import static
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from papers.models import Decision, Paper, PresentationKind
from papers.zones import describe_distance, format_clock, format_day, format_instant

register = template.Library()

PRESENTATION_TONES = {"oral": "violet", "talk": "violet", "spotlight": "amber", "highlight": "amber", "poster": "teal"}
STANDING_TONES = {"active": "plain", "withdrawn": "amber", "desk-rejected": "bad", "deleted": "bad", "left": "amber"}


@register.filter
def instant(at: dt.datetime | None, zone: str = "UTC") -> str:
    """Return an instant in a zone with its label: Mar 22, 2025, 11:59 PM PDT."""
    return format_instant(at, zone) if at else ""


@register.filter
def day(at: dt.datetime | dt.date | None, zone: str = "UTC") -> str:
    """Return the day of an instant in a zone, or a plain day: Mar 22, 2025."""
    if isinstance(at, dt.datetime):
        return format_instant(at, zone, has_time=False)
    return format_day(at) if at else ""


@register.filter
def clock(at: dt.datetime | None) -> str:
    """Return the time of day of an instant in the zone that it carries: 9:00 AM."""
    return format_clock(at) if at else ""


@register.filter
def relative(at: dt.datetime | None) -> str:
    """Return how far an instant is from now: in 3 days, 2 hours ago."""
    return describe_distance(at, timezone.now()) if at else ""


@register.filter
def rating(value: float | None) -> str:
    """Return a mean or a rating with one decimal, a dash where there is none."""
    return f"{value:.1f}" if value is not None else "–"


@register.filter
def diff_lines(diff: str) -> list[tuple[str, str]]:
    """Return the lines of a unified diff with their kind: head, place, added, removed, same."""
    kinds = {"+++": "head", "---": "head", "@@": "place", "+": "added", "-": "removed"}
    return [(next((kind for start, kind in kinds.items() if line.startswith(start)), "same"), line) for line in diff.splitlines()]


@register.filter
def presentation_tone(slug: str) -> str:
    """Return the tone of a presentation kind by its slug."""
    return PRESENTATION_TONES.get(slug, "info")


@register.simple_tag
def moment(at: dt.datetime | None, zone: str = "UTC", has_time: bool = True) -> str:
    """Write a `<time>` in a zone, with the distance from now as its title."""
    if at is None:
        return ""
    return format_html(
        '<time datetime="{}" title="{}">{}</time>',
        at.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        relative(at),
        format_instant(at, zone, has_time=has_time),
    )


@register.simple_tag
def icon(name: str) -> SafeString:
    """Write an icon of the sprite; it is decoration, the words beside it say the same."""
    return format_html('<svg class="icon" aria-hidden="true"><use href="{}#{}"></use></svg>', static("icons.svg"), name)


@register.simple_tag
def badge(text: str, tone: str = "plain") -> SafeString:
    """Write a badge; tones: plain, good, bad, amber, info, violet, teal."""
    return format_html('<span class="badge is-{}">{}</span>', tone, text)


@register.simple_tag
def decision_badge(decision: Decision | None) -> SafeString:
    """Write what was decided for organizers; dashed while authors do not see it."""
    if not decision:
        return badge("Undecided")
    tone = "good" if decision.outcome == "accept" else "bad"
    if decision.released_at:
        return badge(decision.get_outcome_display(), tone)
    return format_html(
        '<span class="badge is-{} is-draft" title="Not released">{}<span class="sr-only">, not released</span></span>',
        tone,
        decision.get_outcome_display(),
    )


@register.simple_tag
def presentation_badge(kind: PresentationKind | None) -> SafeString | str:
    """Write a presentation kind."""
    return badge(kind.name, presentation_tone(kind.slug)) if kind else ""


@register.simple_tag
def standing_badge(paper: Paper) -> SafeString | str:
    """Write where a paper stands when it is not active."""
    return badge(paper.get_standing_display(), STANDING_TONES[paper.standing]) if paper.standing != "active" else ""


@register.simple_tag(takes_context=True)
def nav_link(context: template.Context, name: str, label: str, image: str, roles: str = "") -> SafeString | str:
    """Write a way into the current workshop: nothing where the address or the role is missing."""
    workshop = context.get("workshop")
    if roles and str(getattr(workshop, "role", "")) not in roles.split():
        return ""
    try:
        href = reverse(name, args=[workshop.slug] if workshop else [])
    except NoReverseMatch:
        return ""
    return format_html('<a class="nav-link" href="{}"{}>{}<span>{}</span></a>', href, _current(context, href, name), icon(image), label)


@register.simple_tag(takes_context=True)
def nav_item(context: template.Context, name: str, label: object, slug: str = "", image: str = "", note: str = "") -> SafeString | str:
    """Write a line of a menu: nothing where the address does not exist."""
    try:
        href = reverse(name, args=[slug] if slug else [])
    except NoReverseMatch:
        return ""
    return format_html(
        '<a class="menu-item" href="{}"{}>{}<span>{}</span>{}</a>',
        href,
        _current(context, href, name),
        icon(image) if image else "",
        label,
        badge(note) if note else "",
    )


def _current(context: template.Context, href: str, name: str) -> SafeString | str:
    request: Any = context.get("request")
    if request is None:
        return ""
    if request.path == href:
        return SafeString(' aria-current="page"')
    is_below = request.path.startswith(href) and not name.endswith("-home") and name != "home"
    return SafeString(' aria-current="true"') if is_below else ""
