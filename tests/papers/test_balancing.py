"""Papers are shared evenly, as far as conflicts and limits allow."""

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from papers.balancing import DEAREST, Place, Want, balance


def count_loads(shares: dict[int, list[int]], places: list[Place]) -> dict[int, int]:
    """Return how many papers each person has in the end."""
    taken = Counter(key for share in shares.values() for key in share)
    return {place.key: place.load + taken[place.key] for place in places}


def test_loads_differ_by_at_most_one() -> None:
    places = [Place(key) for key in range(3)]
    shares = balance([Want(key) for key in range(10)], places)
    assert sorted(count_loads(shares, places).values()) == [3, 3, 4]
    assert {len(share) for share in shares.values()} == {1}


def test_what_people_have_counts() -> None:
    places = [Place(1, load=5), Place(2), Place(3, load=1)]
    loads = count_loads(balance([Want(key) for key in range(6)], places), places)
    assert (loads[1], sorted(loads.values())) == (5, [3, 4, 5])


def test_conflicts_are_never_assigned_even_when_loads_suffer() -> None:
    wants = [Want(key, forbidden=frozenset({1})) for key in range(4)] + [Want(9)]
    places = [Place(1), Place(2)]
    assert balance(wants, places) == {0: [2], 1: [2], 2: [2], 3: [2], 9: [1]}


def test_a_paper_gets_different_people() -> None:
    places = [Place(1), Place(2), Place(3)]
    shares = balance([Want(key, need=2) for key in range(6)], places)
    assert {len(set(share)) for share in shares.values()} == {2}
    assert count_loads(shares, places) == {1: 4, 2: 4, 3: 4}


def test_limits_hold_and_as_many_as_possible_are_served() -> None:
    places = [Place(1, capacity=2), Place(2, load=3, capacity=3), Place(3, capacity=1)]
    shares = balance([Want(key) for key in range(5)], places)
    assert count_loads(shares, places) == {1: 2, 2: 3, 3: 1}
    assert sorted(len(share) for share in shares.values()) == [0, 0, 1, 1, 1]


def test_far_fewer_can_take_the_papers_than_there_are_people() -> None:
    """The first level is too low by far: one person must take what forty others may not."""
    places = [Place(key) for key in range(41)]
    wants = [Want(key, forbidden=frozenset(range(40))) for key in range(200)]
    assert count_loads(balance(wants, places), places)[40] == 200


def test_costs_decide_where_loads_do_not() -> None:
    wants = [Want(key, costs={1: 0, 2: DEAREST} if key % 2 else {1: DEAREST, 2: 0}) for key in range(20)]
    shares = balance(wants, [Place(1), Place(2)])
    assert shares == {key: [1] if key % 2 else [2] for key in range(20)}


def test_loads_come_before_costs() -> None:
    places = [Place(1), Place(2)]
    wants = [Want(key, costs={2: DEAREST}) for key in range(10)]
    assert count_loads(balance(wants, places), places) == {1: 5, 2: 5}


def test_same_seed_same_answer_other_seed_another() -> None:
    wants, places = [Want(key) for key in range(30)], [Place(key) for key in range(4)]
    assert balance(wants, places, seed=7) == balance(list(reversed(wants)), list(reversed(places)), seed=7)
    assert balance(wants, places, seed=7) != balance(wants, places, seed=8)


@pytest.mark.parametrize(("wants", "places"), [([], [Place(1)]), ([Want(5)], []), ([Want(5, need=0)], [Place(1)])])
def test_nothing_to_share(wants: list[Want], places: list[Place]) -> None:
    assert balance(wants, places) == {want.key: [] for want in wants}


def test_nobody_is_left_when_all_are_in_conflict() -> None:
    assert balance([Want(1, forbidden=frozenset({1, 2})), Want(2)], [Place(1), Place(2, load=1)]) == {1: [], 2: [1]}


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_shares_are_as_even_as_any_exchange_could_make_them(data: st.DataObject) -> None:
    """No single paper can go from one person to another, who may take it, and leave the two loads closer."""
    count = data.draw(st.integers(1, 4))
    places = [Place(key, load=data.draw(st.integers(0, 4)), capacity=data.draw(st.none() | st.integers(0, 6))) for key in range(count)]
    forbidden = st.frozensets(st.integers(0, count - 1), max_size=count)
    wants = [Want(key, need=data.draw(st.integers(1, 2)), forbidden=data.draw(forbidden)) for key in range(data.draw(st.integers(1, 8)))]
    shares = balance(wants, places, seed=data.draw(st.integers(0, 3)))
    loads = count_loads(shares, places)
    for want in wants:
        share = shares[want.key]
        assert not set(share) & want.forbidden
        assert len(share) == len(set(share)) <= want.need
        free = [place for place in places if place.key not in want.forbidden and place.key not in share]
        free = [place for place in free if place.capacity is None or loads[place.key] < place.capacity]
        assert len(share) == want.need or free == []
        assert [(one, other.key) for one in share for other in free if loads[one] - loads[other.key] > 1] == []
    assert all(place.capacity is None or loads[place.key] <= max(place.load, place.capacity) for place in places)
