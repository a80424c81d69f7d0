"""Rules on who may import whom: one direction between apps, downward inside an app."""

import ast
import re
from collections.abc import Iterable, Iterator

from tests.house.sources import Finding, Import, Source, list_imports, list_strings

# Names in an app from the ground up; a module that is not named is a stage.
GROUND, MODELS, VALUES, STAGES, DOORS = range(5)
LEVELS = {
    "querysets": GROUND,
    "errors": GROUND,
    "letter_language": GROUND,
    "spreadsheets": GROUND,
    "submissions": GROUND,
    "texts": GROUND,
    "zones": GROUND,
    "merging": GROUND,
    "compat": GROUND,
    "openreview": GROUND,
    "models": MODELS,
    "access": VALUES,
    "conflicts": VALUES,
    "history": VALUES,
    "listings": VALUES,
    "sight": VALUES,
    "accounts": DOORS,
    "admin": DOORS,
    "apps": DOORS,
    "context": DOORS,
    "forms": DOORS,
    "job_kinds": DOORS,
    "management": DOORS,
    "middleware": DOORS,
    "templatetags": DOORS,
    "urls": DOORS,
    "views": DOORS,
}
LEVEL_NAMES = ("ground", "models", "values", "stages", "doors")

# Rooms of values and pure functions: no database, whatever else they do.
PURE_ROOMS = (
    "papers/byte_ranges.py",
    "papers/file_names.py",
    "papers/letter_language.py",
    "papers/balancing.py",
    "papers/interest_matching.py",
    "papers/merging.py",
    "papers/openreview/",
    "papers/pdf_checks/",
    "papers/search/language.py",
    "papers/search/mistakes.py",
    "papers/search/nodes.py",
    "papers/search/tokens.py",
    "papers/reminder_times.py",
    "papers/spreadsheets.py",
    "papers/submissions.py",
    "papers/supplement_checks/",
    "papers/texts.py",
    "papers/zones.py",
    "program/conflicts/",
    "program/exports/",
    "program/moves/",
    "program/published/",
    "program/solver/",
)
DATABASE = ("django.db", "papers.models", "papers.querysets", "program.models", "program.querysets")

# Libraries that cost too much to load for whoever does not need them.
HEAVY = frozenset({"PIL", "numba", "openpyxl", "openreview", "ortools", "pandas", "pikepdf", "pypdfium2", "weasyprint"})

# Modules whose job is to load something late, with the reason.
LATE_IMPORTS = {
    ("gunicorn.conf.py", "papers.worker"): "Django is set up only when a worker starts",
    ("manage.py", "django.core.management"): "the settings must be named first",
    ("papers/apps.py", "papers.sign_ins"): "the models are there only when the app is ready",
    ("program/filling/runs.py", "program.filling.posed"): "loads numpy, which nothing else needs at the start",
    ("program/filling/runs.py", "program.filling.searching"): "loads numpy, which nothing else needs at the start",
    ("program/filling/runs.py", "program.filling.taking"): "loads numpy, which nothing else needs at the start",
    ("program/solver/days/solving.py", "program.solver.placement_search"): "compiles: its cache must be named, a first answer told before",
    ("program/solver/solving.py", "program.solver.placement_search"): "compiles: its cache must be named, a first answer told before",
    ("program/solver/solving.py", "program.solver.session_search"): "compiles: its cache must be named, a first answer told before",
}

# Django's own signals are refused between our modules; allauth's are another's and stay allowed.
SIGNAL_SOURCES = ("django.db.models.signals", "django.core.signals", "django.dispatch.Signal", "django.test.signals")

ADDRESS_MAKERS = frozenset({"reverse", "reverse_lazy", "redirect", "resolve_url"})


def find_foreign_imports(source: Source, *forbidden: str) -> list[Finding]:
    """Find imports of these modules, be it by a dotted name or a path in a string."""
    found = [
        Finding(source.path, item.line, f"imports {item.target}, but {source.app} must not know {root}.")
        for item in list_imports(source)
        for root in forbidden
        if item.reaches(root)
    ]
    spelled = re.compile(rf"(?:{'|'.join(map(re.escape, forbidden))})[./:]\w")
    named = [(text, line) for text, line in list_strings(source) if spelled.match(text)]
    return found + [Finding(source.path, line, f"names {text!r}, but {source.app} must not know it.") for text, line in named]


def find_openreview_imports(source: Source) -> list[Finding]:
    """Find imports of the OpenReview library outside the one package that owns it."""
    if source.path.startswith("papers/openreview/"):
        return []
    return [
        Finding(source.path, item.line, "imports openreview, which only papers/openreview/ may do.")
        for item in list_imports(source)
        if item.reaches("openreview")
    ]


def find_upward_imports(source: Source) -> list[Finding]:
    """Find imports from a higher level of the same app; what only type checkers see is free."""
    own = level_of(source.module)
    if own is None:
        return []
    return [
        Finding(
            source.path, item.line, f"imports {item.target} ({LEVEL_NAMES[other]}) from {LEVEL_NAMES[own]}; inside an app only downward."
        )
        for item in list_imports(source)
        if item.reaches(source.app) and not item.is_typing and (other := level_of(item.target)) is not None and other > own
    ]


def level_of(module: str) -> int | None:
    """Return the level of an app's module; nothing for the app itself and for modules elsewhere."""
    app, _, rest = module.partition(".")
    if app not in {"papers", "program"} or not rest:
        return None
    return LEVELS.get(rest.split(".")[0], STAGES)


def find_database_imports(source: Source) -> list[Finding]:
    """Find imports of models and of Django's database layer in rooms that promise to be pure."""
    if not source.path.startswith(PURE_ROOMS):
        return []
    return [
        Finding(source.path, item.line, f"imports {item.target}, but this room knows no database.")
        for item in list_imports(source)
        if item.reaches(*DATABASE) and not item.is_typing
    ]


def find_local_imports(source: Source) -> list[Finding]:
    """Find imports inside functions, but for heavy libraries and the named late ones."""
    return [
        Finding(source.path, item.line, f"imports {item.target} inside a function; only {', '.join(sorted(HEAVY))} may come late.")
        for item in list_imports(source)
        if item.is_local and not item.reaches(*HEAVY) and not _is_late(source, item)
    ]


def _is_late(source: Source, item: Import) -> bool:
    return any(source.path == path and item.reaches(root) for path, root in LATE_IMPORTS)


def find_own_signals(source: Source) -> list[Finding]:
    """Find the use of Django's signals, by which our modules would act behind each other's back."""
    return [
        Finding(source.path, item.line, f"uses {item.target}; our own modules call each other.")
        for item in list_imports(source)
        if item.reaches(*SIGNAL_SOURCES)
    ]


def find_cycles(sources: Iterable[Source]) -> list[Finding]:
    """Find modules that import each other in a ring, each ring once; what only type checkers see is free."""
    by_module = {source.module: source for source in sources}
    graph = {name: sorted(set(_neighbors(source, by_module))) for name, source in by_module.items()}
    rings = (ring for ring in _strong_components(graph) if len(ring) > 1)
    return sorted(Finding(by_module[ring[0]].path, 1, f"is in a ring of imports: {', '.join(ring)}.") for ring in rings)


def _neighbors(source: Source, by_module: dict[str, Source]) -> Iterator[str]:
    for item in list_imports(source):
        target = item.target if item.target in by_module else item.target.rpartition(".")[0]
        if not item.is_typing and target in by_module and target != source.module:
            yield target


def _strong_components(graph: dict[str, list[str]]) -> list[list[str]]:
    reach = {name: _reachable(graph, name) for name in graph}
    rings = {tuple(sorted(other for other in reach[name] if name in reach[other])) for name in graph}
    return [list(ring) for ring in sorted(rings) if ring]


def _reachable(graph: dict[str, list[str]], start: str) -> set[str]:
    seen: set[str] = set()
    waiting = list(graph[start])
    while waiting:
        name = waiting.pop()
        if name not in seen:
            seen.add(name)
            waiting.extend(graph[name])
    return seen


def list_url_names(source: Source) -> set[str]:
    """Return the names that a urls module gives to its addresses."""
    calls = (node for node in ast.walk(source.tree) if isinstance(node, ast.Call))
    named = (word.value for call in calls for word in call.keywords if word.arg == "name")
    return {value.value for value in named if isinstance(value, ast.Constant) and isinstance(value.value, str)}


def find_foreign_addresses(source: Source, names: set[str]) -> list[Finding]:
    """Find `reverse` and its kin called with one of these URL names."""
    calls = (node for node in ast.walk(source.tree) if isinstance(node, ast.Call) and node.args)
    asked = ((call, call.args[0]) for call in calls if ast.unparse(call.func).rpartition(".")[2] in ADDRESS_MAKERS)
    return [
        source.find(call, f"asks for the address {name.value!r}, which {source.app} must not know.")
        for call, name in asked
        if isinstance(name, ast.Constant) and name.value in names
    ]
