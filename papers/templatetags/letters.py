"""Words that the pages of letters use for states."""

from collections.abc import Mapping

from django import template
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from papers.models import Letter
from papers.templatetags.words import badge

register = template.Library()

TONES = {
    "waiting": "plain",
    "claimed": "info",
    "sent": "good",
    "failed": "bad",
    "unclear": "amber",
    "bounced": "bad",
    "canceled": "plain",
    "settled": "plain",
}


@register.simple_tag
def letter_badge(letter: Letter) -> SafeString:
    """Write the state of a letter."""
    return badge(letter.get_state_display(), TONES[letter.state])


@register.filter
def state_tone(state: str) -> str:
    """Return the tone of a state."""
    return TONES.get(state, "plain")


@register.simple_tag
def state_badges(found: Mapping[str, int]) -> SafeString:
    """Write how many letters are in each state."""
    counts = [(found[state], label, TONES[state]) for state, label in Letter.State.choices]
    return format_html_join(" ", "{}", [(badge(f"{count} {label.lower()}", tone),) for count, label, tone in counts if count])
