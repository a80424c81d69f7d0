"""Checks what a file would do or carry: scripts, launched programs, attachments, forms, comments, links."""

import re
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

import pikepdf

from papers.pdf_checks.findings import Box, Finding
from papers.pdf_checks.remedies import make_finding, shorten
from papers.pdf_checks.rules import Rules

COMMENTS = frozenset(
    [
        "/Text",
        "/FreeText",
        "/Line",
        "/Square",
        "/Circle",
        "/Polygon",
        "/PolyLine",
        "/Highlight",
        "/Underline",
        "/Squiggly",
        "/StrikeOut",
        "/Stamp",
        "/Caret",
        "/Ink",
        "/Redact",
    ]
)
CARRIERS = frozenset(("/FileAttachment", "/RichMedia", "/Movie", "/Sound", "/3D"))
NOWHERE = (
    r"(?:localhost|127\.[\d.]+|0\.0\.0\.0|\[::1\]|10\.\d+\.\d+\.\d+|192\.168\.[\d.]+|172\.(?:1[6-9]|2\d|3[01])\.[\d.]+|169\.254\.[\d.]+)"
    r"(?=[:/?#]|$)|anonymous\.4open|anonymous(?:files|-?github|repo)|anonym[\w-]*\.github\.io|github\.com/anonym|[^/]*overleaf\.com/(?:project|read|\d)"
)
LOST_LINK = re.compile(rf"file:|https?://(?:[^/@]*@)?(?:www\.)?(?:{NOWHERE})|(?:www\.)?anonymous\.4open\.science", re.IGNORECASE)
LOST_ADDRESS = re.compile(rf"(?:(?<![a-z])file:///|https?://(?:[^/@]*@)?(?:www\.)?(?:{NOWHERE}))[\w./~:-]*", re.IGNORECASE)
MOST_NODES = 20_000
ERRORS = (pikepdf.PdfError, ValueError, TypeError, KeyError, AttributeError, RecursionError)


def check_actions(pdf: pikepdf.Pdf, rules: Rules) -> list[Finding]:
    """Find scripts, launch actions, attachments, form fields, comments and lost links."""
    findings = list(_check_catalog(pdf, rules))
    for number, page in enumerate(pdf.pages, start=1):
        findings += _check_action_dictionary(page.obj.get("/AA", None), f"page {number} is shown", number, rules)
        findings += _check_annotations(page, number, rules)
    return _keep_first(findings)


def _check_catalog(pdf: pikepdf.Pdf, rules: Rules) -> Iterator[Finding]:
    root = pdf.Root
    yield from _check_action(root.get("/OpenAction", None), "the file is opened", None, rules)
    yield from _check_action_dictionary(root.get("/AA", None), "the file is opened or closed", None, rules)
    names = root.get("/Names", None)
    tree = names if isinstance(names, pikepdf.Dictionary) else pikepdf.Dictionary()
    if any(True for _ in _list_name_tree(tree.get("/JavaScript", None))):
        yield make_finding(rules, "javascript", where="when the file is opened")
    attached = [name for name, _ in islice(_list_name_tree(tree.get("/EmbeddedFiles", None)), 20)]
    for name in attached or ["a file of the document's own"] * _has_files(root.get("/AF", None)):
        yield make_finding(rules, "embedded_file", name=shorten(name))
    yield from _check_form(root.get("/AcroForm", None), rules)
    for item in _list_outline(root.get("/Outlines", None)):
        yield from _check_action(item.get("/A", None), "a bookmark is clicked", None, rules)


def _check_form(form: Any, rules: Rules) -> Iterator[Finding]:
    if not isinstance(form, pikepdf.Dictionary):
        return
    fields = list(_list_fields(form.get("/Fields", None)))
    if fields or "/XFA" in form:
        yield make_finding(rules, "form_field")
    for item in fields:
        yield from _check_action(item.get("/A", None), "a form is clicked", None, rules)
        yield from _check_action_dictionary(item.get("/AA", None), "a form is filled in", None, rules)


def _check_annotations(page: pikepdf.Page, number: int, rules: Rules) -> Iterator[Finding]:
    annotations = page.obj.get("/Annots", None)
    if not isinstance(annotations, pikepdf.Array):
        return
    for item in islice(annotations, MOST_NODES):
        if not isinstance(item, pikepdf.Dictionary):
            continue
        kind = str(item.get("/Subtype", ""))
        box = _read_box(page, item)
        if kind in COMMENTS:
            yield make_finding(rules, "comment_annotation", page=number, box=box, kind=kind.lstrip("/"))
        elif kind in CARRIERS:
            yield make_finding(rules, "embedded_file", page=number, box=box, name=kind.lstrip("/"))
        elif kind == "/Widget":
            yield make_finding(rules, "form_field", page=number, box=box)
        yield from _check_action(item.get("/A", None), f"something on page {number} is clicked", number, rules, box)
        yield from _check_action_dictionary(item.get("/AA", None), f"something on page {number} is touched", number, rules)


def _check_action_dictionary(actions: Any, where: str, page: int | None, rules: Rules) -> Iterator[Finding]:
    if isinstance(actions, pikepdf.Dictionary):
        for action in actions.values():
            yield from _check_action(action, where, page, rules)


def _check_action(action: Any, where: str, page: int | None, rules: Rules, box: Box | None = None) -> Iterator[Finding]:
    """Look at an action and those chained to it, by what they do and not by where they stand."""
    for one in _list_chain(action):
        kind = str(one.get("/S", ""))
        if kind == "/JavaScript" or (kind == "/Rendition" and "/JS" in one):
            yield make_finding(rules, "javascript", page=page, box=box, where=f"when {where}")
        elif kind == "/Launch":
            yield make_finding(rules, "launch_action", page=page, box=box, where=where)
        elif kind == "/URI":
            target = str(one.get("/URI", ""))
            if LOST_LINK.match(target.strip()):
                yield make_finding(rules, "bad_link", page=page, box=box, target=shorten(target))


def _list_chain(action: Any) -> Iterator[Any]:
    waiting, count = [action], 0
    while waiting and count < 100:
        one = waiting.pop()
        count += 1
        if isinstance(one, pikepdf.Array):
            waiting.extend(islice((item for item in one if isinstance(item, pikepdf.Dictionary)), 20))
        elif isinstance(one, pikepdf.Dictionary):
            yield one
            waiting.append(one.get("/Next", None))


def _list_name_tree(root: Any) -> Iterator[tuple[str, Any]]:
    waiting, count = [root], 0
    while waiting and count < MOST_NODES:
        node = waiting.pop()
        count += 1
        if not isinstance(node, pikepdf.Dictionary):
            continue
        pairs = node.get("/Names", None)
        if isinstance(pairs, pikepdf.Array):
            values = list(islice(pairs, MOST_NODES))
            yield from ((str(name), value) for name, value in zip(values[::2], values[1::2], strict=False))
        kids = node.get("/Kids", None)
        if isinstance(kids, pikepdf.Array):
            waiting.extend(islice(kids, MOST_NODES))


def _has_files(files: Any) -> bool:
    """Tell whether associated files are listed that no name tree leads to."""
    return isinstance(files, pikepdf.Array) and any(isinstance(item, pikepdf.Dictionary) and "/EF" in item for item in islice(files, 100))


def _list_fields(fields: Any) -> Iterator[Any]:
    """Yield the fields of a form with those below them, each once."""
    waiting, count = [fields], 0
    while waiting and count < MOST_NODES:
        node = waiting.pop()
        count += 1
        if isinstance(node, pikepdf.Array):
            waiting.extend(islice(node, MOST_NODES - count))
        elif isinstance(node, pikepdf.Dictionary):
            yield node
            waiting.append(node.get("/Kids", None))


def _list_outline(root: Any) -> Iterator[Any]:
    waiting, count = [root], 0
    seen: set[tuple[int, int]] = set()
    while waiting and count < MOST_NODES:
        node = waiting.pop()
        count += 1
        if not isinstance(node, pikepdf.Dictionary) or (node.is_indirect and node.objgen in seen):
            continue
        seen.add(node.objgen)
        yield node
        waiting += [node.get("/First", None), node.get("/Next", None)]


def _read_box(page: pikepdf.Page, annotation: Any) -> Box | None:
    """Return the annotation's rectangle from the top left corner of the visible page."""
    try:
        left, bottom, right, top = (float(value) for value in annotation["/Rect"])
        corner = [float(value) for value in page.cropbox]
    except ERRORS:
        return None
    return min(left, right) - corner[0], corner[3] - max(top, bottom), max(left, right) - corner[0], corner[3] - min(top, bottom)


def _keep_first(findings: Iterable[Finding]) -> list[Finding]:
    """Return one finding of a code per page and sentence; a field that is also a widget counts once."""
    kept: dict[tuple[str, int | None, str], Finding] = {}
    for finding in findings:
        place = None if finding.code == "form_field" else finding.page
        kept.setdefault((finding.code, place, finding.message), finding)
    return list(kept.values())
