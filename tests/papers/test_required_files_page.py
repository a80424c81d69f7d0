"""Organizers say on a page which layout of their own papers keep to."""

from typing import Any

import pytest
from django.template import Context, Template
from django.test import Client
from django.urls import reverse

from papers.errors import Refusal
from papers.file_rules import build_rules
from papers.models import RequiredFile, User, Workshop
from papers.pdf_checks.own_layout import OWN_LAYOUT
from papers.templatetags.files import code_spans, file_layout
from tests.papers.handed_in import ask

GIVEN = {
    "kind": "paper",
    "style": "own",
    "is_blocking": "on",
    "page_limit": "6",
    "paper_size": "A4",
    "print_area": "25 25 185 272 mm",
    "columns": "1",
    "page_numbers": "no",
    "references_last": "yes",
    "fonts": "Palatino,  My  Serif ,",
    "body_size": "11",
}
KEPT = {
    "page_limit": 6,
    "paper_size": [595.3, 841.9],
    "print_area": [70.9, 70.9, 524.4, 771.0],
    "columns": 1,
    "page_numbers": False,
    "references_last": True,
    "fonts": ["Palatino", "My Serif"],
    "body_size": 11.0,
}


def url(workshop: Workshop, *args: int) -> str:
    return reverse("required-file" if args else "required-files", args=(workshop.slug, *args))


def test_own_layout_is_kept_shown_and_changed(client: Client, workshop: Workshop, olga: User) -> None:
    client.force_login(olga)
    assert client.post(url(workshop), GIVEN).status_code == 302
    required = RequiredFile.objects.get()
    assert (required.style, required.layout) == ("own", KEPT)
    said = (
        "Own layout: 6 pages, A4, print area 70.9 70.9 524.4 771 pt, one column, no page numbers, "
        "only references at the end, Palatino or My Serif, 11 pt"
    )
    assert said in client.get(url(workshop)).content.decode()
    page = client.get(url(workshop, required.pk)).content.decode()
    for value in ("A4", "70.9 70.9 524.4 771 pt", "Palatino, My Serif", "6", "11.0"):
        assert f'value="{value}"' in page
    changed = {**GIVEN, "columns": "", "page_numbers": "yes", "references_last": "", "fonts": "", "print_area": "", "body_size": ""}
    assert client.post(url(workshop, required.pk), changed).status_code == 302
    required.refresh_from_db()
    assert required.layout == {"page_limit": 6, "paper_size": [595.3, 841.9], "page_numbers": True}


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"paper_size": "legal"}, "Write Letter, A4, or width and height, for example 210 x 297 mm."),
        ({"print_area": "25 25 185"}, "Write four numbers, for example 25 25 185 272 mm: left, top, right, bottom."),
        ({"print_area": "25 25 285 272 mm"}, "It must lie on the paper of 595.3 x 841.9 points"),
        ({"paper_size": ""}, "Say on which paper the print area lies."),
        ({"style": "cvpr", "print_area": ""}, "Another paper than the style&#x27;s needs a print area of its own."),
        ({"style": "any"}, "With this style nobody looks at the layout: choose another style."),
        ({"page_limit": "0"}, "greater than or equal to 1"),
        ({"columns": "4"}, "Select a valid choice."),
    ],
)
def test_layout_that_cannot_be_is_the_same_form_again(
    client: Client, workshop: Workshop, olga: User, given: dict[str, str], sentence: str
) -> None:
    client.force_login(olga)
    response = client.post(url(workshop), {**GIVEN, **given})
    page = response.content.decode()
    assert (response.status_code, sentence in page, RequiredFile.objects.count()) == (422, True, 0)
    assert '<details class="fold" open>' in page


def test_layout_is_folded_where_the_style_counts(client: Client, workshop: Workshop, olga: User) -> None:
    client.force_login(olga)
    assert '<details class="fold">' in client.get(url(workshop)).content.decode()


def test_layout_makes_the_rules_of_a_track(workshop: Workshop) -> None:
    track = workshop.tracks.get(slug="short")
    rules = build_rules(RequiredFile(kind="paper", style="own", layout={"columns": 2}), track)
    assert (rules.name, rules.page_limit, rules.column_count, rules.print_area) == ("own-short", 4, 2, OWN_LAYOUT.print_area)
    assert build_rules(RequiredFile(kind="paper", style="cvpr", layout={"page_limit": 6}), track).page_limit == 6
    assert build_rules(RequiredFile(kind="paper", style="own"), None).page_limit == 60
    assert build_rules(RequiredFile(kind="poster", style="own", layout={"columns": 1}), track).column_count == 2
    track.uncounted_parts = ["Appendix"]
    assert build_rules(RequiredFile(kind="paper", style="own", layout={"references_last": True}), track).are_references_last


def test_layout_that_cannot_be_is_refused_whoever_asks(workshop: Workshop) -> None:
    with pytest.raises(Refusal, match="This layout can't be: columns: write 1, 2, or 0"):
        ask(workshop, layout={"columns": 7})
    with pytest.raises(Refusal, match="with this style nobody looks at the layout"):
        ask(workshop, style="any", layout={"columns": 2})
    assert not RequiredFile.objects.exists()


def test_layout_in_words() -> None:
    rows: list[dict[str, Any]] = [{"style": "own"}, {"style": "cvpr", "layout": {"columns": 0}}, {"style": "neurips"}]
    words = [file_layout(RequiredFile(kind="paper", **row)) for row in rows]
    assert words == ["Own layout", "CVPR and ICCV kits: any number of columns", "NeurIPS kits"]


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("Use `\\author{...}` or `x`.", "Use <code>\\author{...}</code> or <code>x</code>."),
        ("`<b>` & <i>", "<code>&lt;b&gt;</code> &amp; &lt;i&gt;"),
        ("one ` alone", "one ` alone"),
        ("`a` and ` alone", "<code>a</code> and ` alone"),
        ("", ""),
    ],
)
def test_code_stands_out_and_is_escaped(text: str, written: str) -> None:
    assert code_spans(text) == written
    assert Template("{% load files %}{{ text|code_spans }}").render(Context({"text": text})) == written
