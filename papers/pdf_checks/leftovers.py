"""Checks for what was left in the text: unresolved references, notes, text that nobody sees, lost links."""

import re
from collections.abc import Iterator, Sequence

from papers.pdf_checks.actions import LOST_ADDRESS
from papers.pdf_checks.document import Document
from papers.pdf_checks.findings import Box, Finding
from papers.pdf_checks.layout import Line, make_lines
from papers.pdf_checks.reading import Page, Word
from papers.pdf_checks.remedies import make_finding, shorten

QUESTION = re.compile(r"[^\w?]*\?\?[^\w?]*|[\[(]\?[\])][.,;:]?")
NAMED_QUESTION = re.compile(
    r"(?:Sec(?:tion|\.)?|Fig(?:ure|s?\.)?|Tab(?:le|\.)?|Eqs?\.?|Equation|Appendix|Algorithm|\u00a7)[\s~]*\(?\?\?|\(\?\?\)"
    r"|\[[\d,\s\u2013\-]*\?[\d,\s?\u2013\-]*\]",
    re.IGNORECASE,
)
NOTE = re.compile(r"\b(?:TO" r"DO|FIX" r"ME|[Tt]o" r"do:)(?!\w)")
LETTERS = re.compile(r"[^\W\d_]{2}")
SMALL_WORDS = frozenset(("a", "all", "and", "any", "are", "as", "do", "for", "from", "give", "if", "in", "is", "not", "of", "only"))
SMALL_WORDS |= {"our", "please", "positive", "previous", "that", "the", "this", "to", "we", "with", "you", "your", "it", "on", "or"}
ADDRESSED = re.compile(
    r"ignore (?:all |any |the )*(?:previous|prior|above)|(?:positive|favou?rable|good) review|recommend (?:to )?(?:accept|strong)"
    r"|accept(?:ing)? this (?:paper|submission)|(?:as|you are) an? (?:ai|large )?\s?language model|do not (?:mention|highlight|raise)",
    re.IGNORECASE,
)
INVISIBLE_MODES = (3, 7)
FAINT = 13  # of 255
PALE = 200
TINY = 2.0
FEWEST_UNSEEN = 4
FEWEST_TINY = 8
CONTRAST = 40
MOST_PER_CODE = 5


def check_leftovers(document: Document) -> list[Finding]:
    """Find what was left in the text; at most a few of each kind."""
    findings = [finding for lines in document.lines for line in lines for finding in _check_line(document, line)]
    for page in document.pages:
        findings += _find_hidden(document, page)
    kept: list[Finding] = []
    for finding in findings:
        if sum(1 for other in kept if other.code == finding.code) < MOST_PER_CODE:
            kept.append(finding)
    return kept


def _check_line(document: Document, line: Line) -> Iterator[Finding]:
    if "?" in line.text and (
        NAMED_QUESTION.search(line.text) or any(_is_unresolved(line.words, index) for index in range(len(line.words)))
    ):
        yield make_finding(document.rules, "unresolved_refs", page=line.page, box=line.box, text=shorten(line.text))
    if NOTE.search(line.text):
        yield make_finding(document.rules, "todo_marker", page=line.page, box=line.box, text=shorten(line.text))
    lost = LOST_ADDRESS.search(line.text.replace(" ", "")) if "/" in line.text else None
    if lost:
        yield make_finding(document.rules, "bad_link", page=line.page, box=line.box, target=shorten(lost.group()))


def _is_unresolved(words: Sequence[Word], index: int) -> bool:
    """Tell whether a word is LaTeX's bold question mark for a reference it does not know; a lone mark stands in plain text."""
    word = words[index]
    if not word.style.is_bold or "?" not in word.text:
        return False
    neighbors = [*words[max(0, index - 1) : index], *words[index + 1 : index + 2]]
    is_lone = word.text.strip(".,;:") == "?" and len(neighbors) > 0 and not any(other.style.is_bold for other in neighbors)
    return is_lone or QUESTION.fullmatch(word.text) is not None


def _find_hidden(document: Document, page: Page) -> list[Finding]:
    """Find sentences that are drawn but not seen: invisible, in the color of what is behind them, or tiny.

    Dark ones that are covered count when they speak to a reviewer: figures that are clipped cover their own labels.
    """
    upright = [word for word in page.words if word.is_upright and _is_on_page(word, page)]
    unseen = make_lines(page.number, (word for word in upright if _is_pale(word) and _is_unseen(word.box, page)))
    dark = make_lines(page.number, (word for word in upright if not _is_pale(word)))
    unseen += [line for line in dark if ADDRESSED.search(line.text) and _is_unseen(line.box, page)]
    tiny = make_lines(page.number, (word for word in upright if word.size < TINY))
    return [
        make_finding(document.rules, "hidden_text", page=page.number, box=line.box, text=shorten(line.text))
        for lines, fewest in ((unseen, FEWEST_UNSEEN), (tiny, FEWEST_TINY))
        for line in lines
        if _is_sentence(line, fewest)
    ]


def _is_on_page(word: Word, page: Page) -> bool:
    left, top, right, bottom = word.box
    return right > 0 and bottom > 0 and left < page.width and top < page.height


def _is_pale(word: Word) -> bool:
    red, green, blue, alpha = word.style.color
    return word.style.mode in INVISIBLE_MODES or alpha < FAINT or 0.3 * red + 0.59 * green + 0.11 * blue > PALE


def _is_sentence(line: Line, fewest: int) -> bool:
    """Tell whether a line is more than labels of a figure: several words, among every four a small word of a sentence."""
    words = [word.text.lower().strip(".,:;!?()") for word in line.words]
    return sum(1 for word in words if LETTERS.search(word)) >= fewest and len(SMALL_WORDS.intersection(words)) >= fewest // 4


def _is_unseen(box: Box, page: Page) -> bool:
    """Tell whether the picture of the page shows nothing where words stand."""
    left, top, right, bottom = (round(value) for value in box)
    part = page.ink.crop((max(0, left), max(0, top), min(page.ink.width, right + 1), min(page.ink.height, bottom + 1)))
    if not part.width or not part.height:
        return False
    darkest, lightest = part.getextrema()
    return bool(lightest - darkest < CONTRAST)
