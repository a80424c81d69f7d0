"""Opens a file: is it a PDF, whole, free of a password, small enough to look into."""

import hashlib
import zlib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pikepdf

from papers.pdf_checks.findings import Finding
from papers.pdf_checks.remedies import make_finding
from papers.pdf_checks.rules import Limits, Rules

HEADER_WITHIN = 1024
MOST_PIXELS = 150_000_000  # of one picture
# What pikepdf raises when an object is of another kind than the standard says.
MALFORMED = (pikepdf.PdfError, ValueError, TypeError, KeyError, IndexError, AttributeError, RecursionError, OverflowError, RuntimeError)
REPAIRS = ("damaged", "reconstruct", "xref", "recover", "endstream", "startxref", "trailer")


@dataclass
class Opened:
    """What opening gave: the file unless it cannot be read, findings, facts."""

    pdf: pikepdf.Pdf | None = None
    findings: list[Finding] = field(default_factory=list)
    facts: dict[str, Any] = field(default_factory=dict)
    is_readable: bool = False


def open_pdf(path: Path, rules: Rules) -> Opened:
    """Open a file; `is_readable` tells whether its pages may be looked at."""
    content = path.read_bytes()
    opened = Opened(facts={"bytes": len(content), "sha256": hashlib.sha256(content).hexdigest()})
    if b"%PDF-" not in content[:HEADER_WITHIN]:
        opened.findings.append(make_finding(rules, "not_a_pdf", start=_describe_start(content)))
        return opened
    if len(content) > rules.max_bytes:
        opened.findings.append(make_finding(rules, "file_size", size=len(content) / 1e6, limit=rules.max_bytes / 1e6))
    try:
        opened.pdf = pikepdf.open(path, suppress_warnings=True)
        page_count = len(opened.pdf.pages)
    except pikepdf.PasswordError:
        opened.findings.append(make_finding(rules, "encrypted", how="It opens only with a password, so nothing else could be checked"))
        opened.findings.append(make_finding(rules, "unreadable", why="its pages are locked by a password"))
        return opened
    except MALFORMED as error:
        opened.findings.append(make_finding(rules, "unreadable", why=_first_line(error)))
        return opened
    _judge(opened, opened.pdf, content, page_count, rules)
    return opened


def _judge(opened: Opened, pdf: pikepdf.Pdf, content: bytes, page_count: int, rules: Rules) -> None:
    opened.facts |= _read_facts(pdf, page_count)
    if pdf.is_encrypted:
        opened.findings.append(make_finding(rules, "encrypted", how="It opens without a password, but it is locked against changes"))
    is_repaired = any(mark in str(warning).lower() for warning in pdf.get_warnings() for mark in REPAIRS)
    if page_count == 0 or (is_repaired and _is_cut(content)):
        opened.findings.append(make_finding(rules, "unreadable", why="its end is missing" if page_count else "it holds no page"))
        return
    if is_repaired:
        opened.findings.append(make_finding(rules, "damaged_structure"))
    cost = _find_cost(pdf, page_count, rules.limits)
    if cost:
        opened.findings.append(make_finding(rules, "resource_limit", why=cost))
        return
    opened.is_readable = True


def _read_facts(pdf: pikepdf.Pdf, page_count: int) -> dict[str, Any]:
    facts: dict[str, Any] = {"pages": page_count, "pdf_version": pdf.pdf_version, "is_encrypted": pdf.is_encrypted}
    try:
        info = pdf.docinfo
        facts |= {
            name: str(info[key])[:500]
            for name, key in (("producer", "/Producer"), ("creator", "/Creator"), ("docinfo_title", "/Title"))
            if key in info
        }
    except MALFORMED:
        pass  # a broken info dictionary is no harm to anyone
    return facts


def _is_cut(content: bytes) -> bool:
    """Tell whether the end mark is missing, or much follows the last one."""
    end = content.rfind(b"%%EOF")
    return end < 0 or len(content[end + 5 :].strip()) > HEADER_WITHIN


def _find_cost(pdf: pikepdf.Pdf, page_count: int, limits: Limits) -> str:
    """Return why the file is too costly to look into, or nothing."""
    if page_count > limits.pages:
        return f"it has {page_count} pages; {limits.pages} are looked at"
    total = 0
    for item in pdf.objects:
        if not isinstance(item, pikepdf.Stream):
            continue
        try:
            size = _measure_stream(item, limits.stream_bytes)
        except MALFORMED:
            continue  # what cannot be inflated costs nothing
        total += size
        if size > limits.stream_bytes or total > limits.inflated_bytes:
            return f"its contents inflate to more than {limits.stream_bytes // 1_000_000} MB"
    return ""


def _measure_stream(stream: pikepdf.Stream, limit: int) -> int:
    """Return to how many bytes a stream inflates, at most a little over the limit; pictures by their pixels."""
    if stream.get("/Subtype") == "/Image":
        return limit + 1 if _count_pixels(stream) > MOST_PIXELS else 0
    raw = bytes(stream.read_raw_bytes())
    filters = stream.get("/Filter")
    names = [str(name) for name in filters] if isinstance(filters, pikepdf.Array) else [str(filters)]
    for name in names:
        if name not in {"/FlateDecode", "/Fl"}:
            return len(raw)
        raw = inflate(raw, limit)
    return len(raw)


def _count_pixels(picture: pikepdf.Stream) -> int:
    width, height = picture.get("/Width", 0), picture.get("/Height", 0)
    return width * height if isinstance(width, int) and isinstance(height, int) else 0


def inflate(raw: bytes, limit: int) -> bytes:
    """Return the inflated bytes, cut just after the limit; what cannot be inflated stays."""
    try:
        return zlib.decompressobj().decompress(raw, limit + 1)
    except zlib.error:
        return raw


def _describe_start(content: bytes) -> str:
    start = content[:HEADER_WITHIN].lstrip()[:15].lower()
    if not content:
        return "It is empty"
    if start.startswith((b"<!doctype", b"<html", b"<?xml")):
        return "It is a web page, as downloads that failed leave behind"
    if start.startswith(b"pk\x03\x04"):
        return "It is a ZIP or an office document"
    return "Its first bytes are not those of a PDF"


def _first_line(error: BaseException) -> str:
    lines = str(error).splitlines() or [type(error).__name__]
    return lines[0].rpartition(": ")[2][:200] or type(error).__name__
