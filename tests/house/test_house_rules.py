"""Every rule of the house finds the breach it is for, at its line, next to the right way."""

from collections.abc import Callable

import pytest

from tests.house import directions, shapes, templates
from tests.house.sources import Finding, Source, list_imports

Rule = Callable[[Source], list[Finding]]


def places(rule: Rule, path: str, *lines: str) -> list[int]:
    return [finding.line for finding in rule(Source(path, "\n".join(lines) + "\n"))]


def test_finding_names_file_and_line() -> None:
    source = Source("papers/views/list.py", '"""Shows a list."""\npapers = Paper.objects.filter(pk=1)\n')
    assert [str(finding) for finding in shapes.find_query_verbs(source)] == [
        "papers/views/list.py:2: calls filter(); make it a word of a queryset."
    ]


def test_imports_are_read_wherever_they_stand() -> None:
    text = (
        "import a.b\nfrom . import c\nfrom ..d import e\nif TYPE_CHECKING:\n    import f\nelse:\n    import g\n"
        "def run():\n    try:\n        import h\n    except ImportError:\n        pass\n"
    )
    found = [(item.target, item.line, item.is_typing, item.is_local) for item in list_imports(Source("papers/views/x.py", text))]
    assert found == [
        ("a.b", 1, False, False),
        ("papers.views.c", 2, False, False),
        ("papers.d.e", 3, False, False),
        ("f", 5, True, False),
        ("g", 7, False, False),
        ("h", 10, False, True),
    ]


def test_relative_imports_of_a_package_count_from_the_package() -> None:
    assert [item.target for item in list_imports(Source("papers/models/__init__.py", "from .paper import Paper\n"))] == [
        "papers.models.paper.Paper"
    ]


@pytest.mark.parametrize(
    "line",
    [
        "import program",
        "import program.sites as sites",
        "from program.models import Session",
        "if TYPE_CHECKING: from program.models import Session",
        'model = apps.get_model("program.Session")',
        'template = "program/schedule.html"',
        'address = reverse("program:schedule")',
    ],
)
def test_foreign_imports_are_found(line: str) -> None:
    free = ["import programming", 'title = "program"', 'words = "the program.", "program. "', "from papers.program import x"]
    assert places(lambda source: directions.find_foreign_imports(source, "program"), "papers/x.py", *free, line) == [5]


def test_docstrings_may_name_another_app() -> None:
    assert places(lambda source: directions.find_foreign_imports(source, "program"), "papers/x.py", '"""program.sites reads this."""') == []


def test_openreview_is_found_outside_its_package() -> None:
    lines = [
        "import openreview",
        "from openreview.api import OpenReviewClient",
        "from papers.openreview import client",
        "import openreviews",
    ]
    assert places(directions.find_openreview_imports, "papers/imports.py", *lines) == [1, 2]
    assert places(directions.find_openreview_imports, "papers/openreview/client.py", *lines) == []


@pytest.mark.parametrize(
    ("path", "line"),
    [
        ("papers/querysets.py", "from papers.models import Paper"),
        ("papers/querysets.py", "from papers import models"),
        ("papers/models/paper.py", "from papers.access import reach_workshop"),
        ("papers/access.py", "from papers.decisions import accept_paper"),
        ("papers/listings.py", "from papers.imports import import_submissions"),
        ("papers/decisions.py", "from papers.views.paper import show_paper"),
        ("papers/decisions.py", "import papers.forms"),
        ("program/sites.py", "from program.management import refusals"),
        ("papers/openreview/client.py", "from papers.models import Paper"),
        ("papers/openreview/client.py", "from ..access import reach_workshop"),
    ],
)
def test_upward_imports_are_found(path: str, line: str) -> None:
    assert places(directions.find_upward_imports, path, "import django", line, f"if TYPE_CHECKING: {line}") == [2]


@pytest.mark.parametrize(
    ("path", "line"),
    [
        ("papers/views/paper.py", "from papers.forms.papers import EditForm"),
        ("papers/management/commands/work.py", "from papers.worker import run"),
        ("papers/decisions.py", "from papers.history import record_change"),
        ("papers/models/paper.py", "from papers.querysets import PaperQuerySet"),
        ("program/models/schedule.py", "from papers.decisions import x"),
        ("syntagen/urls.py", "from papers.views import paper"),
    ],
)
def test_downward_imports_are_free(path: str, line: str) -> None:
    assert places(directions.find_upward_imports, path, line) == []


def test_database_is_found_in_pure_rooms() -> None:
    lines = ["from django.db import models", "from papers.models import Paper", "from papers.errors import Refusal", "import django.dbs"]
    assert places(directions.find_database_imports, "program/exports/bibtex.py", *lines) == [1, 2]
    assert places(directions.find_database_imports, "papers/texts.py", *lines) == [1, 2]
    assert places(directions.find_database_imports, "program/sites.py", *lines) == []


def test_local_imports_are_found() -> None:
    lines = [
        "import json",
        "def run():",
        "    import pandas",
        "    import csv",
        "class A:",
        "    def go(self):",
        "        from papers import x",
    ]
    assert places(directions.find_local_imports, "papers/tables.py", *lines) == [4, 7]


def test_named_late_imports_are_free() -> None:
    lines = ["def main():", "    from django.core.management import execute_from_command_line", "    import csv"]
    assert places(directions.find_local_imports, "manage.py", *lines) == [3]
    assert places(directions.find_local_imports, "papers/imports.py", *lines) == [2, 3]


def test_own_signals_are_found() -> None:
    lines = [
        "from django.db.models.signals import post_save",
        "from django.dispatch import Signal",
        "from django.dispatch import receiver",
        "from allauth.account.signals import email_confirmed",
    ]
    assert places(directions.find_own_signals, "papers/claims.py", *lines) == [1, 2]


def test_rings_are_found_once() -> None:
    files = {
        "papers/a.py": "from papers.b import x",
        "papers/b.py": "def run():\n    from papers import c",
        "papers/c.py": "import papers.a",
        "papers/d.py": "from papers.a import x\nif TYPE_CHECKING:\n    from papers.e import y",
        "papers/e.py": "from papers.d import x",
        "papers/models/__init__.py": "from papers.models.paper import Paper",
        "papers/models/paper.py": "from papers.models.track import Track",
        "papers/models/track.py": "",
    }
    found = directions.find_cycles(Source(path, text + "\n") for path, text in files.items())
    assert [str(finding) for finding in found] == ["papers/a.py:1: is in a ring of imports: papers.a, papers.b, papers.c."]


def test_addresses_of_another_app_are_found() -> None:
    urls = Source("program/urls.py", 'urlpatterns = [path("s/", show, name="schedule"), path("t/", show), include("x", namespace="y")]\n')
    assert directions.list_url_names(urls) == {"schedule"}
    lines = ['redirect("schedule", slug=slug)', 'urls.reverse("schedule")', 'redirect("paper")', 'release("schedule")', "redirect(name)"]
    assert places(lambda source: directions.find_foreign_addresses(source, {"schedule"}), "papers/views/x.py", *lines) == [1, 2]


def test_foreign_names_in_templates_are_found() -> None:
    lines = [
        '{% extends "base.html" %}',
        '{% include "program/day.html#rows" with a=b %}',
        "{%include 'program/day.html'%}",
        "{% url 'schedule' slug %} {% url 'paper' slug %}",
        '{% nav_link "schedule" "Schedule" %}',
        "the program/day",
    ]
    assert places(lambda page: templates.find_foreign_names(page, "program/", {"schedule"}), "templates/papers/x.html", *lines) == [
        2, 3, 4, 5,
    ]  # fmt: skip


@pytest.mark.parametrize(
    "line",
    [
        "<script>go()</script>",
        '<script type="module">go()</script>',
        "<style>p {}</style>",
        '<p class="a" style="color: red">',
        '<button onclick="go()">',
        '<button hx-on:click="go()">',
        '<a href="javascript:go()">',
        "<body ONLOAD='go()'>",
    ],
)
def test_inline_code_is_found(line: str) -> None:
    free = ['<script src="a.js"></script>', '<link rel="stylesheet" href="a.css">', '<p data-on="x" class="style">', "one = two"]
    assert places(templates.find_inline_code, "templates/x.html", *free, line) == [5]


@pytest.mark.parametrize(
    "line",
    [
        '<script src="https://example.org/a.js"></script>',
        "<link rel='stylesheet' href='//example.org/a.css'>",
        '<img alt="" src="http://example.org/a.png">',
    ],
)
def test_foreign_assets_are_found(line: str) -> None:
    free = ['<a href="https://example.org/">', "<img src=\"{% static 'a.png' %}\">"]
    assert places(templates.find_foreign_assets, "templates/x.html", *free, line) == [3]


@pytest.mark.parametrize("line", ["{{ request.path }}", "{% if user.is_staff %}", '{% extends "base.html" %}', "{% csrf_token %}"])
def test_personal_words_in_exports_are_found(line: str) -> None:
    assert places(templates.find_personal_words, "templates/exports/x.html", "the user's request {{ paper.title }}", line) == [2]


def test_long_files_are_found() -> None:
    assert places(shapes.find_long_file, "papers/x.py", *["x = 1"] * 400) == []
    assert places(shapes.find_long_file, "papers/x.py", *["x = 1"] * 401) == [401]


@pytest.mark.parametrize("path", ["papers/utils.py", "papers/helpers/dates.py", "program/views/base.py", "program/services.py"])
def test_empty_names_are_found(path: str) -> None:
    assert places(shapes.find_empty_name, path, "x = 1") == [1]
    assert places(shapes.find_empty_name, "papers/database.py", "x = 1") == []


@pytest.mark.parametrize(
    "line",
    [
        "x = 1",
        "# Reads papers.",
        '"""Reads papers"""',
        '"""Reads papers. Writes them too."""',
        '"""Reads papers.\n\nAt length."""',
    ],
)
def test_bad_docstrings_are_found(line: str) -> None:
    assert places(shapes.find_bad_docstring, "papers/x.py", line) == [1]


@pytest.mark.parametrize(
    "line", ['"""Reads papers: title, authors."""', '"""Merges one field. Pure."""', '"""Runs it: python -m x --data A.json --port 0."""']
)
def test_good_docstrings_are_free(line: str) -> None:
    assert places(shapes.find_bad_docstring, "papers/x.py", line, "x = 1") == []


def test_empty_init_needs_no_docstring() -> None:
    assert shapes.find_bad_docstring(Source("papers/__init__.py", "")) == []


def test_rooms_with_and_are_found() -> None:
    assert places(shapes.find_room_with_and, "papers/x/__init__.py", '"""Reads and writes."""') == [1]
    assert places(shapes.find_room_with_and, "papers/x/__init__.py", '"""Reads sand."""') == []
    assert places(shapes.find_room_with_and, "papers/x.py", '"""Reads and writes."""') == []


def test_long_functions_are_found() -> None:
    body = ["    x = 1"]
    assert places(shapes.find_long_functions, "papers/x.py", "def run():", *body * 59) == []
    assert places(shapes.find_long_functions, "papers/x.py", "class A:", "  async def run():", *body * 60) == [2]


@pytest.mark.parametrize("verb", ["filter", "exclude", "annotate", "aggregate", "order_by", "select_related", "prefetch_related"])
def test_queries_in_views_are_found(verb: str) -> None:
    free = ["papers = Paper.objects.for_paper_table()", "long = filter(None, papers)", "title = paper.filter"]
    assert places(shapes.find_query_verbs, "papers/views/x.py", *free, f"papers = Paper.objects.{verb}(a=1)") == [4]


@pytest.mark.parametrize("verb", ["save", "create", "get_or_create", "update_or_create", "bulk_create", "bulk_update", "delete"])
def test_writes_in_views_are_found(verb: str) -> None:
    free = ["decision = accept_paper(paper, by=user)", "create(paper)", "text = page.save"]
    assert places(shapes.find_writes, "papers/views/x.py", *free, f"paper.{verb}(a=1)") == [4]


def test_action_switches_are_found() -> None:
    assert places(shapes.find_action_switches, "papers/views/x.py", 'if action == "save":', "    pass", 'if kind == "a":', "    pass") == [
        1
    ]


def test_undated_promises_are_found() -> None:
    word = "TO" + "DO"
    lines = [f"# {word} later", f"# {word} 2027-01-01 when Django 6 is here", "# mastodon", f"{{# {word} #}}", f'words = ("{word}",)']
    assert places(shapes.find_undated_todos, "papers/x.py", *lines, f"go()  # {word}", f"// {word}", f"<!-- {word} -->") == [1, 4, 6, 7, 8]
