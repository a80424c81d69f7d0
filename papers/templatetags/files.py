"""Words for camera-ready files: how far they are, how large they may be."""

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from papers.file_rules import MEGABYTE, find_most_bytes, name_media_types
from papers.models import FileKind, RequiredFile
from papers.owed_files import OwedFile
from papers.pdf_checks.own_layout import OwnLayout, describe_layout
from papers.templatetags.words import badge

register = template.Library()

TONES = {
    "Owed": "amber",
    "Optional": "plain",
    "Being checked": "info",
    "Received": "info",
    "Approved": "good",
}


@register.simple_tag
def file_badge(owed: OwedFile) -> SafeString:
    """Write how far a file is."""
    word = owed.state_words
    return badge(word, TONES.get(word, "bad"))


@register.simple_tag
def file_limits(required: RequiredFile) -> str:
    """Say in which formats and up to which size a file is taken."""
    if required.kind == FileKind.VIDEO:
        return "An address that begins with https://"
    return f"{name_media_types(required.kind)}, up to {round(find_most_bytes(required) / MEGABYTE, 1):g} MB"


@register.simple_tag
def file_layout(required: RequiredFile) -> str:
    """Say by which layout a paper is judged: the style, then what is asked otherwise."""
    said = describe_layout(OwnLayout.from_json(required.layout))
    style = "Own layout" if required.style == RequiredFile.Style.OWN else required.get_style_display()
    return f"{style}: {said}" if said else style


@register.filter
def code_spans(text: str) -> SafeString:
    """Write a sentence with what stands between backticks as code; everything is escaped, a single backtick stays."""
    parts = text.split("`")
    if len(parts) % 2 == 0:
        parts[-2:] = ["`".join(parts[-2:])]
    spans = (format_html("<code>{}</code>" if place % 2 else "{}", part) for place, part in enumerate(parts))
    return format_html_join("", "{}", ((span,) for span in spans))


@register.filter
def megabytes(size: int) -> str:
    """Return a size in words: 12 kB, 3.4 MB."""
    return f"{size / MEGABYTE:.1f} MB" if size >= MEGABYTE else f"{max(1, size // 1024)} kB"
