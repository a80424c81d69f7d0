"""Words that the organizers' pages use for papers and imports."""

import re
from typing import Any

from django import template
from django.utils.safestring import SafeString

from papers.listings import is_in_proceedings
from papers.models import HistoryLine, ImportRun, Paper
from papers.templatetags.words import badge

register = template.Library()

STEM = 4  # letters by which "decided" and "decision" are one word
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
def change_words(line: HistoryLine) -> str:
    """Return what a line of the history did: Corrected title, Decided, Added member."""
    action, field = line.action[:1].upper() + line.action[1:], line.field.replace("_", " ")
    is_said = not field or field in line.action or field[:STEM] == line.action[:STEM]
    return action if is_said else f"{action} {field}"


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
