"""The workshop made to leak."""

import pytest

from tests.access.world import World, build_world


@pytest.fixture
def world(db: None) -> World:
    return build_world()
