"""Reads the abstract as a paper prints it."""

import re

from papers.pdf_checks.document import INTRODUCTION, RUN_IN_ABSTRACT, Document

LONGEST = 4000
END = re.compile(r"(?:keywords?|index terms|ccs concepts)\b.*", re.IGNORECASE)


def read_abstract(document: Document) -> str:
    """Return the text between the word Abstract and the introduction, words broken at a line's end made whole; nothing without either."""
    heading = document.abstract
    if heading is None:
        return ""
    lines = [line for page in document.lines[:2] for line in page]
    first = next((place for place, line in enumerate(lines) if line is heading), len(lines))
    begun = RUN_IN_ABSTRACT.match(heading.text)
    text = heading.text[begun.end() :].strip() if begun else ""
    for line in lines[first + 1 :]:
        if INTRODUCTION.fullmatch(line.text) or END.fullmatch(line.text):
            return text.strip()
        broken = text.endswith(("-", "\u00ad")) and line.text[:1].islower()
        text = f"{text[:-1]}{line.text}" if broken else f"{text} {line.text}"
        if len(text) > LONGEST:
            break
    return text[:LONGEST].strip()
