"""The solver searches for a moment only, with moves compiled once for all tests of a process."""

import os

import pytest

from program.filling import searching
from program.solver.searching import Effort


@pytest.fixture(autouse=True, scope="session")
def _compiled(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Name where the compiler keeps what it makes."""
    os.environ.setdefault("NUMBA_CACHE_DIR", str(tmp_path_factory.mktemp("solver")))


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Count moves instead of seconds, however busy the machine is."""
    monkeypatch.setattr(searching, "repeat_effort", lambda seconds, seed: Effort(300, seed=seed, moves=5_000))
