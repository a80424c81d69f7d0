"""Checks fonts: embedded, no Type 3, also inside figures, patterns, annotations."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pikepdf

from papers.pdf_checks.document import Document
from papers.pdf_checks.findings import Box, Finding
from papers.pdf_checks.layout import join_boxes
from papers.pdf_checks.remedies import make_finding
from papers.pdf_checks.rules import FONT_FAMILIES, TIMES_CLONES, Rules, squeeze_font

FONT_FILES = ("/FontFile", "/FontFile2", "/FontFile3")
DEEPEST = 40
SIZE_TOLERANCE = 0.3  # TeX has 9.96 pt for 10


@dataclass(frozen=True, slots=True)
class Font:
    """A font as a page names it; `page` is the first one that does."""

    name: str
    kind: str
    is_embedded: bool
    page: int

    def as_json(self) -> dict[str, Any]:
        """Return the font as a fact."""
        return {"name": self.name, "kind": self.kind, "is_embedded": self.is_embedded, "page": self.page}


def list_fonts(pdf: pikepdf.Pdf) -> list[Font]:
    """List all fonts that pages reach, each once: its subsets are one font."""
    seen: set[tuple[int, int]] = set()
    fonts: dict[tuple[str, str, bool], Font] = {}
    for number, page in enumerate(pdf.pages, start=1):
        for raw in _walk(_page_roots(page), seen):
            font = _describe(raw, number)
            fonts.setdefault((bare_name(font.name), font.kind, font.is_embedded), font)
    return list(fonts.values())


def _page_roots(page: pikepdf.Page) -> list[Any]:
    roots = [page.obj.get("/Resources", None), _inherited_resources(page)]
    annotations = page.obj.get("/Annots", None)
    if isinstance(annotations, pikepdf.Array):
        for annotation in annotations:
            if isinstance(annotation, pikepdf.Dictionary):
                roots.extend(_list_appearances(annotation.get("/AP", None)))
    return [root for root in roots if root is not None]


def _inherited_resources(page: pikepdf.Page) -> Any:
    try:
        return page.resources
    except (pikepdf.PdfError, AttributeError, KeyError, ValueError, TypeError):
        return None


def _list_appearances(appearance: Any) -> Iterator[Any]:
    """Yield the drawings of an annotation's appearance, one level of states included."""
    if not isinstance(appearance, pikepdf.Dictionary):
        return
    for drawing in appearance.values():
        if isinstance(drawing, pikepdf.Stream):
            yield drawing
        elif isinstance(drawing, pikepdf.Dictionary):
            yield from (state for state in drawing.values() if isinstance(state, pikepdf.Stream))


def _walk(roots: list[Any], seen: set[tuple[int, int]]) -> Iterator[Any]:
    """Yield the font dictionaries below resources, forms, patterns and soft masks; each object is entered once."""
    waiting = [(root, 0) for root in roots]
    while waiting:
        item, depth = waiting.pop()
        if not isinstance(item, pikepdf.Dictionary | pikepdf.Stream) or depth > DEEPEST or _is_seen(item, seen):
            continue
        resources = item.get("/Resources", None) if isinstance(item, pikepdf.Stream) or "/Resources" in item else item
        if not isinstance(resources, pikepdf.Dictionary):
            continue
        for font in _values(resources, "/Font"):
            if _is_seen(font, seen):
                continue
            yield font
            if font.get("/Subtype", None) == "/Type3":
                waiting.append((font, depth + 1))
        waiting += [(inner, depth + 1) for inner in _list_inner(resources)]


def _list_inner(resources: pikepdf.Dictionary) -> Iterator[Any]:
    yield from (form for form in _values(resources, "/XObject") if form.get("/Subtype", None) == "/Form")
    yield from (pattern for pattern in _values(resources, "/Pattern") if isinstance(pattern, pikepdf.Stream))
    for state in _values(resources, "/ExtGState"):
        mask = state.get("/SMask", None)
        if isinstance(mask, pikepdf.Dictionary) and "/G" in mask:
            yield mask["/G"]


def _values(resources: pikepdf.Dictionary, kind: str) -> Iterator[Any]:
    group = resources.get(kind, None)
    if isinstance(group, pikepdf.Dictionary):
        yield from (value for value in group.values() if isinstance(value, pikepdf.Dictionary | pikepdf.Stream))


def _is_seen(item: Any, seen: set[tuple[int, int]]) -> bool:
    if not item.is_indirect:
        return False
    key = item.objgen
    if key in seen:
        return True
    seen.add(key)
    return False


def _describe(font: Any, page: int) -> Font:
    kind = str(font.get("/Subtype", "")).lstrip("/")
    carrier = font
    descendants = font.get("/DescendantFonts", None)
    if kind == "Type0" and isinstance(descendants, pikepdf.Array) and len(descendants):
        carrier = descendants[0]
    described = carrier.get("/FontDescriptor", None) if isinstance(carrier, pikepdf.Dictionary) else None
    descriptor = described if isinstance(described, pikepdf.Dictionary) else pikepdf.Dictionary()
    name = font.get("/BaseFont", None) or descriptor.get("/FontName", None) or font.get("/Name", None)
    is_embedded = kind == "Type3" or any(key in descriptor for key in FONT_FILES)
    return Font(str(name or "without a name").lstrip("/"), kind, is_embedded, page)


def check_fonts(fonts: list[Font], document: Document) -> list[Finding]:
    """Find fonts that are not embedded, then Type 3 fonts."""
    loose = [_find(document, "font_not_embedded", font) for font in fonts if not font.is_embedded]
    return loose + [_find(document, "type3_font", font) for font in fonts if font.kind == "Type3"]


def bare_name(name: str) -> str:
    """Return a font's name without the mark of its subset, `ABCDEF+Times` as `Times`."""
    return name.partition("+")[2] or name


def _find(document: Document, code: str, font: Font) -> Finding:
    return make_finding(
        document.rules, code, page=font.page, box=_find_spot(document, font), font=bare_name(font.name), where=f" on page {font.page}"
    )


def _find_spot(document: Document, font: Font) -> Box | None:
    """Return where the font is used on its first page, as far as its words tell."""
    bare = bare_name(font.name)
    words = (
        [word.box for word in document.pages[font.page - 1].words if word.style.font == bare] if font.page <= len(document.pages) else []
    )
    return join_boxes(words) if words else None


def check_body_font(document: Document, rules: Rules) -> list[Finding]:
    """Find a text font that is not wanted, text smaller than wanted, another number of columns."""
    findings = []
    font = squeeze_font(document.body_font)
    if document.body_font and rules.body_fonts and not any(clone in font for clone in rules.body_fonts):
        findings.append(make_finding(rules, "wrong_body_font", page=1, font=document.body_font, **name_body_fonts(rules)))
    if document.body_size < rules.body_size - SIZE_TOLERANCE:
        findings.append(make_finding(rules, "font_size_small", page=1, size=document.body_size, wanted=rules.body_size))
    if rules.column_count == 2 and not document.is_two_columns:
        findings.append(make_finding(rules, "single_column", page=1))
    if rules.column_count == 1 and document.is_two_columns:
        findings.append(make_finding(rules, "two_columns", page=1))
    return findings


def name_body_fonts(rules: Rules) -> dict[str, Any]:
    """Return the wanted fonts in words, by families where whole ones are wanted, with the LaTeX package that gives the first."""
    left, named = list(rules.body_fonts), []
    for family, fonts in FONT_FAMILIES.items():
        if set(fonts) <= set(left):
            named.append(family.title())
            left = [font for font in left if font not in fonts]
    package = ", with `\\usepackage{times}`," if rules.body_fonts == TIMES_CLONES else ""
    return {"wanted": " or ".join([*named, *(font.title() for font in left)]), "package": package}
