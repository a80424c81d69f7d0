"""Words that the pages of letters use for states."""

from django import template
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from papers.models import Letter, Mailing
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
def mailing_badges(mailing: Mailing) -> SafeString:
    """Write how many letters of a mailing are in each state; it was brought by `for_mailing_page`."""
    counts = [(getattr(mailing, f"{state}_count"), label, TONES[state]) for state, label in Letter.State.choices]
    return format_html_join(" ", "{}", [(badge(f"{count} {label.lower()}", tone),) for count, label, tone in counts if count])
