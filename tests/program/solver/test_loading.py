"""The solver costs nothing to whoever does not solve."""

import subprocess
import sys

from tests.house.sources import ROOT

HEAVY = ("numba", "numpy", "ortools")
CODE = f"import django, sys; django.setup(); print([name for name in {HEAVY} if name in sys.modules])"
DOORS = "import program.solver.solving, sys; print([name for name in ('numba', 'ortools') if name in sys.modules])"


def ask(code: str) -> str:
    """Return what the code prints in a process of its own."""
    environment = {"DJANGO_SETTINGS_MODULE": "tests.settings", "PATH": ""}
    return subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=environment, capture_output=True, text=True, check=True).stdout


def test_setup_loads_nothing_heavy() -> None:
    assert ask(CODE) == "[]\n"


def test_doors_load_neither_compiler_nor_exact_solver() -> None:
    assert ask(DOORS) == "[]\n"
