"""Words that the organizers' pages use for papers and imports."""

import re
from typing import Any

from django import template
from django.utils.safestring import SafeString

from papers.listings import is_in_proceedings
from papers.models import ImportRun, Paper
from papers.templatetags.words import badge

register = template.Library()

DIGEST = re.compile(r"[0-9a-f]{64}")
RUN_TONES = {"done": "good", "failed": "bad", "paused": "amber", "running": "info"}


@register.simple_tag
def proceedings_words(paper: Paper) -> str:
    """Say whether a paper goes into the proceedings, as far as it is known."""
    if paper.track is None:
        return ""
    if paper.track.proceedings == "option" and paper.wants_proceedings is None:
        return "Open"
    return "Yes" if is_in_proceedings(paper) else "No"


@register.simple_tag
def run_badge(run: ImportRun) -> SafeString:
    """Write the state of an import."""
    return badge(run.get_state_display(), RUN_TONES.get(run.state, "plain"))


@register.filter
def field_words(name: str) -> str:
    """Return what a field is called: wants_proceedings as wants proceedings."""
    return name.replace("_", " ")


@register.filter
def plain_value(value: Any) -> str:
    """Say a JSON value in words: author lists by name, decisions by outcome."""
    if value is None or value == "":
        return "nothing"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, dict):
        if "name" in value:
            return str(value["name"])
        return ", ".join(
            f"{name.replace('_', ' ')} {plain_value(part)}" if name != "outcome" else str(part) for name, part in value.items() if part
        )
    if isinstance(value, list):
        return ", ".join(plain_value(part) for part in value)
    text = str(value)
    return f"{text[:8]}…" if DIGEST.fullmatch(text) else text
