"""Rules on templates: what they may reach, what a strict content security policy forbids."""

import re
from collections.abc import Iterator

from tests.house.sources import Finding, Source

INLINE = (
    (re.compile(r"<script(?![^>]*\bsrc=)[^>]*>", re.IGNORECASE), "has a script inside the page"),
    (re.compile(r"<style\b", re.IGNORECASE), "has a style sheet inside the page"),
    (re.compile(r"<[^>]*\sstyle\s*=", re.IGNORECASE), "has an inline style"),
    (re.compile(r"<[^>]*\son[a-z]+\s*=\s*[\"']", re.IGNORECASE), "has an inline handler"),
    (re.compile(r"<[^>]*\shx-on[:-]", re.IGNORECASE), "has an inline htmx handler"),
    (re.compile(r"(?:href|src|action)\s*=\s*[\"']?\s*javascript:", re.IGNORECASE), "has a javascript: address"),
)
FROM_ELSEWHERE = re.compile(r"<(?:script|link|img|iframe)\b[^>]*\s(?:src|href)\s*=\s*[\"'](?:https?:)?//", re.IGNORECASE)
URL_TAG = re.compile(r"{%\s*(?:url|nav_link)\s+[\"']([\w:-]+)[\"']")
NAMED_TEMPLATE = re.compile(r"{%\s*(?:extends|include|partial)\s+[\"']([^\"'#]+)")
PERSONAL = re.compile(r"{[{%][^}]*\b(?:request|user|perms|messages)\b|base\.html|csrf_token")


def find_inline_code(template: Source) -> list[Finding]:
    """Find scripts, styles and handlers inside a page, which its security policy refuses to run."""
    return [Finding(template.path, line, f"{sentence}.") for pattern, sentence in INLINE for line in _lines(template, pattern)]


def find_foreign_assets(template: Source) -> list[Finding]:
    """Find scripts, styles and pictures that a browser would fetch from another host."""
    return [Finding(template.path, line, "loads something from another host.") for line in _lines(template, FROM_ELSEWHERE)]


def find_foreign_names(template: Source, folder: str, url_names: set[str]) -> list[Finding]:
    """Find templates of this folder, and addresses of these names, that the template uses."""
    used = [
        (found.start(), found[1])
        for pattern, is_foreign in ((NAMED_TEMPLATE, lambda name: name.startswith(folder)), (URL_TAG, url_names.__contains__))
        for found in pattern.finditer(template.text)
        if is_foreign(found[1])
    ]
    return [Finding(template.path, _line_at(template, at), f"uses {name!r}, which it must not know.") for at, name in sorted(used)]


def find_personal_words(template: Source) -> list[Finding]:
    """Find what an export must not depend on: the request, the person, the page frame."""
    return [Finding(template.path, line, "depends on who asks for the export.") for line in _lines(template, PERSONAL)]


def _lines(template: Source, pattern: re.Pattern[str]) -> Iterator[int]:
    return (_line_at(template, found.start()) for found in pattern.finditer(template.text))


def _line_at(template: Source, position: int) -> int:
    return template.text.count("\n", 0, position) + 1
