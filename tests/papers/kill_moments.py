"""When tests kill a process: at moments drawn from a seed, spread over its whole run."""

import os
import random

KILLS = int(os.environ.get("SYNTAGEN_KILLS", "6"))


def draw_moments(seed: int) -> list[float]:
    """Return fractions of a run, one from each of as many equal parts of it."""
    chance = random.Random(seed)
    return [(part + chance.random()) / KILLS for part in range(KILLS)]
