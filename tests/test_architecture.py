"""Holds what a machine can of the house: one direction, plain shapes, clean templates."""

from collections.abc import Callable, Iterable

from tests.house import directions, shapes, templates
from tests.house.sources import PRODUCT, ROOMS, Finding, Source, read_files, read_python, read_templates

PAPERS, PROGRAM, SYNTAGEN, STANDIN = (read_python(room) for room in ("papers", "program", "syntagen", "standin"))
PRODUCT_CODE = [*read_python(*PRODUCT, ""), *read_files("bin/*.py")]
CODE = read_python(*ROOMS, "")
VIEWS = [source for source in PRODUCT_CODE if "/views/" in source.path or source.path.endswith("/admin.py")]
PAGES = [page for page in read_templates() if not page.path.startswith(("templates/exports/", "templates/books/"))]
SCREEN_FILES = [*read_files("static/js/**/*.js", "bin/*", ".ci/run", "benchmarks/**/*.py"), *read_templates()]


def find(rule: Callable[[Source], list[Finding]], sources: Iterable[Source]) -> str:
    """Return what the rule finds in all sources, a line each."""
    return "\n".join(str(finding) for source in sources for finding in rule(source))


def list_program_addresses() -> set[str]:
    """Return the URL names that only the program app gives."""
    papers, program = (
        {source.path: source for source in app}[f"{name}/urls.py"] for app, name in ((PAPERS, "papers"), (PROGRAM, "program"))
    )
    return directions.list_url_names(program) - directions.list_url_names(papers)


def test_rooms_are_read() -> None:
    assert all((PAPERS, PROGRAM, SYNTAGEN, STANDIN, VIEWS, PAGES))
    assert {"manage.py", "papers/imports.py", "tests/test_architecture.py"} <= {source.path for source in CODE}


def test_papers_knows_neither_program_nor_syntagen_nor_standin() -> None:
    assert find(lambda source: directions.find_foreign_imports(source, "program", "syntagen", "standin", "tests"), PAPERS) == ""


def test_program_knows_neither_syntagen_nor_standin() -> None:
    assert find(lambda source: directions.find_foreign_imports(source, "syntagen", "standin", "tests"), PROGRAM) == ""


def test_wiring_knows_no_standin() -> None:
    assert find(lambda source: directions.find_foreign_imports(source, "standin", "tests"), [*SYNTAGEN, *read_python("")]) == ""


def test_standin_knows_no_product() -> None:
    assert find(lambda source: directions.find_foreign_imports(source, *PRODUCT, "tests", "django"), STANDIN) == ""


def test_papers_asks_for_no_address_of_program() -> None:
    names = list_program_addresses()
    assert find(lambda source: directions.find_foreign_addresses(source, names), PAPERS) == ""


def test_templates_of_papers_use_nothing_of_program() -> None:
    names = list_program_addresses()
    assert find(lambda page: templates.find_foreign_names(page, "program/", names), read_templates("templates/papers")) == ""


def test_openreview_is_imported_in_one_package_only() -> None:
    assert find(directions.find_openreview_imports, PRODUCT_CODE) == ""


def test_imports_inside_an_app_go_downward() -> None:
    assert find(directions.find_upward_imports, [*PAPERS, *PROGRAM]) == ""


def test_pure_rooms_know_no_database() -> None:
    assert find(directions.find_database_imports, PRODUCT_CODE) == ""


def test_imports_stand_at_the_top() -> None:
    assert find(directions.find_local_imports, [*PRODUCT_CODE, *STANDIN]) == ""


def test_imports_make_no_ring() -> None:
    assert "\n".join(map(str, directions.find_cycles([*PRODUCT_CODE, *STANDIN]))) == ""


def test_modules_call_each_other_without_signals() -> None:
    assert find(directions.find_own_signals, PRODUCT_CODE) == ""


def test_files_stay_short() -> None:
    assert find(shapes.find_long_file, [*CODE, *SCREEN_FILES]) == ""


def test_functions_stay_short() -> None:
    assert find(shapes.find_long_functions, CODE) == ""


def test_modules_are_named_after_their_subject() -> None:
    assert find(shapes.find_empty_name, CODE) == ""


def test_modules_say_in_one_sentence_what_they_are_for() -> None:
    assert find(shapes.find_bad_docstring, CODE) == ""


def test_rooms_need_no_and() -> None:
    assert find(shapes.find_room_with_and, [*PAPERS, *PROGRAM]) == ""


def test_views_compose_no_queries() -> None:
    assert find(shapes.find_query_verbs, VIEWS) == ""


def test_views_write_through_stages() -> None:
    assert find(shapes.find_writes, VIEWS) == ""


def test_views_do_one_thing() -> None:
    assert find(shapes.find_action_switches, VIEWS) == ""


def test_promises_are_dated() -> None:
    assert find(shapes.find_undated_todos, [*PRODUCT_CODE, *STANDIN, *SCREEN_FILES]) == ""


def test_pages_hold_no_inline_code() -> None:
    assert find(templates.find_inline_code, PAGES) == ""


def test_pages_load_nothing_from_elsewhere() -> None:
    assert find(templates.find_foreign_assets, PAGES) == ""


def test_exports_do_not_depend_on_who_asks() -> None:
    assert find(templates.find_personal_words, read_templates("templates/exports")) == ""
