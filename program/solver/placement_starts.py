"""A first placement of as many items as have a place, without the compiler."""

import numpy as np

from program.solver.placements import UNPLACED, Matrix, Placement, PlacementProblem


def start_placement(problem: PlacementProblem, seed: int) -> Placement:
    """Return a placement of as many items as can stand at once, by augmenting paths; the others stay unplaced."""
    shape = problem.allowed.shape
    random = np.random.default_rng(seed)
    places = [random.permutation(np.flatnonzero(row)).tolist() for row in problem.allowed.reshape(shape[0], shape[1] * shape[2])]
    owners: dict[int, int] = {}
    for item in sorted(range(shape[0]), key=lambda one: (len(places[one]), one)):
        _give_place(item, places, owners)
    times, rooms = (np.full(shape[0], UNPLACED, dtype=np.int64) for _ in range(2))
    for place, item in owners.items():
        times[item], rooms[item] = divmod(place, shape[2])
    return Placement(times, rooms)


def _give_place(item: int, places: list[list[int]], owners: dict[int, int]) -> bool:
    """Find a place for the item, breadth first, moving others along the shortest chain that frees one."""
    came_from: dict[int, int] = {}
    queue = [item]
    for one in queue:
        for place in places[one]:
            if place in came_from:
                continue
            came_from[place] = one
            if place not in owners:
                _move_chain(place, came_from, owners)
                return True
            queue.append(owners[place])
    return False


def _move_chain(place: int, came_from: dict[int, int], owners: dict[int, int]) -> None:
    """Give the free place to whoever reached it, theirs to whoever reached that."""
    held = {owner: own for own, owner in owners.items()}
    free: int | None = place
    while free is not None:
        mover = came_from[free]
        owners[free] = mover
        free = held.get(mover)


def list_waiting(placement: Placement) -> Matrix:
    """Return the items that stand nowhere."""
    return np.flatnonzero(placement.times == UNPLACED)
