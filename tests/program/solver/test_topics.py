"""How alike texts are by their words."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from program.solver.topics import ALIKE, compare_texts, list_words


def test_texts_that_share_rare_words_are_alike() -> None:
    texts = ["Diffusion for faces", "Faces by diffusion", "Robots grasp boxes", "A robot grasps a box", ""]
    alike = compare_texts(texts)
    assert alike[0, 1] == ALIKE
    assert alike[0, 2] == 0
    assert alike[2, 3] > 50
    assert alike[4].tolist() == [0, 0, 0, 0, ALIKE]


def test_words_leave_out_what_tells_nothing() -> None:
    assert list_words("We propose a new Method: the GANs' class, state-of-the-art (2024)") == ["gan", "class", "state-of-the-art"]


@given(st.lists(st.text(max_size=40), max_size=6))
def test_any_texts_compare(texts: list[str]) -> None:
    alike = compare_texts(texts)
    assert alike.shape == (len(texts), len(texts))
    assert (alike == alike.T).all()
    assert ((alike >= 0) & (alike <= ALIKE)).all()
    assert (np.diagonal(alike) == ALIKE).all()
