"""How alike papers are by their words: TF-IDF over titles, keywords, abstracts."""

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence

import numpy as np

from program.solver.placements import Matrix

ALIKE = 100  # of two papers with the same words
MOST_WORDS = 4_000  # the most frequent ones; rarer words hardly say what papers share
SHORTEST = 3
WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
EMPTY_WORDS = frozenset(
    WORD.findall(
        """
        about above across after all also among and any are been before being between both but can could does each from further had
        has have here how however into its itself more most not nor often only other our over own propose proposed same several show
        shows should some such than that the their them then there these they this those through thus under until upon use used using
        very via was well were what when where which while who whose why will with within without would yet you your paper approach
        method methods results work novel new based
        """
    )
)


def compare_texts(texts: Sequence[str]) -> Matrix:
    """Return how alike each two texts are, 0 to ALIKE: the cosine of their TF-IDF vectors; a text without words is like none."""
    counts = [Counter(list_words(text)) for text in texts]
    spread = Counter(word for count in counts for word in count)
    known = sorted((word for word, number in spread.items() if number > 1), key=lambda word: (-spread[word], word))[:MOST_WORDS]
    places = {word: place for place, word in enumerate(known)}
    vectors = np.zeros((len(texts), len(known)), dtype=np.float32)
    for row, count in enumerate(counts):
        for word, number in count.items():
            if word in places:
                vectors[row, places[word]] = (1 + np.log(number)) * np.log(len(texts) / spread[word] + 1)
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    vectors /= np.where(lengths == 0, 1, lengths)
    alike: Matrix = np.rint(ALIKE * (vectors @ vectors.T)).clip(0, ALIKE).astype(np.int64)
    np.fill_diagonal(alike, ALIKE)
    return alike


def list_words(text: str) -> list[str]:
    """Return the words of a text that tell something, without a plural's s."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    words = (word for word in WORD.findall(plain) if len(word) >= SHORTEST and word not in EMPTY_WORDS)
    return [word[:-1] if word.endswith("s") and not word.endswith("ss") and len(word) > SHORTEST else word for word in words]
