"""Python files and templates as values that rules read."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PRODUCT = ("papers", "program", "syntagen")
ROOMS = (*PRODUCT, "standin", "benchmarks", "tests")


@dataclass(frozen=True, order=True, slots=True)
class Finding:
    """A breach of a rule at a place; `line` counts from 1."""

    path: str
    line: int
    sentence: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.sentence}"


@dataclass(frozen=True)
class Source:
    """One text file; `path` is relative to the top folder, with slashes."""

    path: str
    text: str

    @property
    def app(self) -> str:
        """Return the first folder."""
        return self.path.split("/", 1)[0]

    @cached_property
    def module(self) -> str:
        """Return the dotted name under which Python imports the file."""
        return self.path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")

    @cached_property
    def tree(self) -> ast.Module:
        """Return the parsed Python."""
        return ast.parse(self.text, self.path)

    def find(self, node: ast.expr | ast.stmt | ast.arg, sentence: str) -> Finding:
        """Return a finding at the node's line."""
        return Finding(self.path, node.lineno, sentence)


@dataclass(frozen=True, slots=True)
class Import:
    """One imported name: `from a import b` is the target `a.b`."""

    target: str
    line: int
    is_typing: bool
    is_local: bool

    def reaches(self, *roots: str) -> bool:
        """Return whether the target is one of these modules or stands in one."""
        return any(self.target == root or self.target.startswith(root + ".") for root in roots)


def read_python(*rooms: str) -> list[Source]:
    """Read the Python files of these rooms without migrations, and those of the top folder for the room ``."""
    paths = [path for room in rooms for path in ((ROOT / room).rglob("*.py") if room else ROOT.glob("*.py"))]
    return _read(path for path in paths if "migrations" not in path.parts)


def read_templates(folder: str = "templates") -> list[Source]:
    """Read the templates below this folder."""
    return _read(path for path in (ROOT / folder).rglob("*") if path.is_file())


def read_files(*patterns: str) -> list[Source]:
    """Read the files that match these patterns below the top folder."""
    return _read(path for pattern in patterns for path in ROOT.glob(pattern) if path.is_file())


def _read(paths: Iterator[Path] | list[Path]) -> list[Source]:
    return [Source(path.relative_to(ROOT).as_posix(), path.read_text(encoding="utf-8")) for path in sorted(set(paths))]


def list_imports(source: Source) -> list[Import]:
    """Return every imported name with whether only type checkers see it and whether it stands inside a function."""
    return list(_walk_imports(source, source.tree, is_typing=False, is_local=False))


def _walk_imports(source: Source, node: ast.AST, *, is_typing: bool, is_local: bool) -> Iterator[Import]:
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.Import):
            yield from (Import(alias.name, child.lineno, is_typing, is_local) for alias in child.names)
        elif isinstance(child, ast.ImportFrom):
            prefix = _resolve(source, child)
            yield from (Import(f"{prefix}.{alias.name}", child.lineno, is_typing, is_local) for alias in child.names)
        elif isinstance(child, ast.If) and "TYPE_CHECKING" in ast.unparse(child.test):
            typing_only = ast.Module(body=child.body, type_ignores=[])
            otherwise = ast.Module(body=child.orelse, type_ignores=[])
            yield from _walk_imports(source, typing_only, is_typing=True, is_local=is_local)
            yield from _walk_imports(source, otherwise, is_typing=is_typing, is_local=is_local)
        else:
            is_function = isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)
            yield from _walk_imports(source, child, is_typing=is_typing, is_local=is_local or is_function)


def _resolve(source: Source, node: ast.ImportFrom) -> str:
    if not node.level:
        return node.module or ""
    package = source.module if source.path.endswith("__init__.py") else source.module.rpartition(".")[0]
    parts = package.split(".")[: len(package.split(".")) - node.level + 1]
    return ".".join([*parts, *([node.module] if node.module else [])])


def list_strings(source: Source) -> list[tuple[str, int]]:
    """Return every string constant that is not a docstring, with its line."""
    holders = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    docstrings = {
        id(node.body[0].value)
        for node in ast.walk(source.tree)
        if isinstance(node, holders) and node.body and isinstance(node.body[0], ast.Expr)
    }
    return [
        (node.value, node.lineno)
        for node in ast.walk(source.tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docstrings
    ]
