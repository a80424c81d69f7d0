"""Rules on the shape of a file: names, lengths, docstrings, what a view may say."""

import ast
import re

from tests.house.sources import Finding, Source

MAX_FILE_LINES = 400
MAX_FUNCTION_LINES = 60
EMPTY_NAMES = frozenset({"utils", "helpers", "common", "services", "base", "misc", "tools", "lib"})
QUERY_VERBS = frozenset({"filter", "exclude", "annotate", "aggregate", "order_by", "select_related", "prefetch_related"})
WRITE_VERBS = frozenset({"save", "create", "get_or_create", "update_or_create", "bulk_create", "bulk_update", "delete"})
SECOND_SENTENCE = re.compile(r"[.!?]\s+(?!Pure\.$)[A-Z]")  # "Pure." marks a module without clock, network and database
UNDATED_TODO = re.compile(r"(?:#|//|/\*|<!--).*\b(?:TODO|FIXME|XXX)\b(?!.*\b20\d\d-\d\d-\d\d\b)")

Function = ast.FunctionDef | ast.AsyncFunctionDef


def find_long_file(source: Source) -> list[Finding]:
    """Find a file that should be a folder by now."""
    count = len(source.text.splitlines())
    if count <= MAX_FILE_LINES:
        return []
    return [Finding(source.path, MAX_FILE_LINES + 1, f"has {count} lines; grow it into a folder at {MAX_FILE_LINES}, one noun each.")]


def find_empty_name(source: Source) -> list[Finding]:
    """Find a module or folder whose name says nothing of its subject."""
    words = source.path.removesuffix(".py").split("/")
    return [Finding(source.path, 1, f"is called {word!r}; name the subject.") for word in words if word in EMPTY_NAMES]


def find_bad_docstring(source: Source) -> list[Finding]:
    """Find a module without a docstring of one line and one sentence; an empty `__init__` needs none."""
    if not source.text.strip():
        return []
    docstring = ast.get_docstring(source.tree, clean=False)
    if docstring is None:
        return [Finding(source.path, 1, "does not say in a docstring what it is for.")]
    if "\n" in docstring:
        return [Finding(source.path, 1, "says what it is for in more than one line.")]
    if not docstring.endswith(".") or SECOND_SENTENCE.search(docstring):
        return [Finding(source.path, 1, "does not say what it is for in one sentence with a full stop.")]
    return []


def find_room_with_and(source: Source) -> list[Finding]:
    """Find a package that needs "and" to say what it is for."""
    docstring = (ast.get_docstring(source.tree) or "") if source.path.endswith("__init__.py") else ""
    return [Finding(source.path, 1, 'needs "and" to say what it is for.')] if re.search(r"\band\b", docstring) else []


def list_functions(source: Source) -> list[tuple[Function, int]]:
    """Return every function and method with its number of lines, decorators left out."""
    functions = (node for node in ast.walk(source.tree) if isinstance(node, Function))
    return [(node, (node.end_lineno or node.lineno) - node.lineno + 1) for node in functions]


def find_long_functions(source: Source) -> list[Finding]:
    """Find functions that do not fit on a screen."""
    return [
        source.find(node, f"{node.name} has {count} lines; {MAX_FUNCTION_LINES} are the most.")
        for node, count in list_functions(source)
        if count > MAX_FUNCTION_LINES
    ]


def find_query_verbs(source: Source) -> list[Finding]:
    """Find queries composed in a view instead of named by a queryset word."""
    return [source.find(call, f"calls {verb}(); make it a word of a queryset.") for call, verb in list_method_calls(source, QUERY_VERBS)]


def find_writes(source: Source) -> list[Finding]:
    """Find a view that writes by itself instead of calling a stage function."""
    return [source.find(call, f"calls {verb}(); let a stage function write.") for call, verb in list_method_calls(source, WRITE_VERBS)]


def list_method_calls(source: Source, names: frozenset[str]) -> list[tuple[ast.Call, str]]:
    """Return the calls of methods with these names."""
    calls = (node for node in ast.walk(source.tree) if isinstance(node, ast.Call))
    return [(call, call.func.attr) for call in calls if isinstance(call.func, ast.Attribute) and call.func.attr in names]


def find_action_switches(source: Source) -> list[Finding]:
    """Find a view that is several: one action, one URL, one function."""
    return [
        source.find(node, "switches on an action; one action, one URL, one function.")
        for node in ast.walk(source.tree)
        if isinstance(node, ast.Compare) and isinstance(node.left, ast.Name) and node.left.id == "action"
    ]


def find_undated_todos(source: Source) -> list[Finding]:
    """Find promises without a date."""
    lines = enumerate(source.text.splitlines(), start=1)
    return [
        Finding(source.path, number, "promises something without a dated reason.") for number, line in lines if UNDATED_TODO.search(line)
    ]
