"""One folder of compiled code for all tests of a run."""

from collections.abc import Iterator
from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Return where the compiler keeps what it made."""
    with pytest.MonkeyPatch.context() as patch:
        folder = tmp_path_factory.mktemp("solver")
        patch.setenv("NUMBA_CACHE_DIR", str(folder))
        yield folder
