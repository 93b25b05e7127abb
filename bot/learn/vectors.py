"""Vectors of words, from texts that nobody labelled: words that stand in like company are alike.

Positive pointwise mutual information of words that stand near each other, reduced by a singular value decomposition
(Levy, Goldberg and Dagan 2015, "Improving distributional similarity with lessons learned from word embeddings").
"""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import regex
from scipy.sparse import coo_matrix, csr_matrix
from sklearn.utils.extmath import randomized_svd

from bot.learn.calibrate import TooFewExamples

NEAR = 5
"""Words apart; the nearer, the more it counts."""
RAREST = 5
"""Times that a word must stand in the texts …"""
COMMONEST = 0.01
"""… and the share of the words, the commonest, that get no vector: they stand in any company."""
MOST = 25_000
"""Words."""
FEWEST = 500
"""Words: of fewer, it could not be told which are alike."""
SIZE = 150
"""Numbers of a vector."""
SMOOTHING = 0.75
"""Power of the frequency of what stands near, which keeps rare company from counting too much."""
_WORD = regex.compile(r"\p{L}[\p{L}\p{M}]*(?:['’]\p{L}+)*")
_NO_NUMBERS = np.zeros(SIZE, dtype=np.float32)


@dataclass(frozen=True, slots=True, eq=False)
class Vectors:
    """The vector of each word, of length one."""

    places: dict[str, int]
    """Row of each word."""
    rows: Any
    """Words × SIZE, float32."""

    def sum(self, words: Iterable[str]) -> Any:
        """SIZE numbers: the vectors of the words together; of those that have one."""
        known = [self.places[word] for word in words if word in self.places]
        return self.rows[known].sum(axis=0) if known else _NO_NUMBERS


def words_of(text: str) -> list[str]:
    """As they stand, in lower case."""
    found: list[str] = _WORD.findall(text.lower().replace("’", "'"))
    return found


def vectors_of(texts: Iterable[str], names: Collection[str] = ()) -> Vectors:
    """The vectors of the words of some thousands of texts, always the same for the same texts.

    ``names`` and what is somebody's get none: what is learned must not hang on who is named. Raises TooFewExamples.
    """
    split = [words_of(text) for text in texts]
    counts = Counter(word for words in split for word in words)
    kept = [word for word, count in counts.most_common(MOST) if count >= RAREST]
    if len(kept) < FEWEST:
        raise TooFewExamples(
            f"only {len(kept)} words stand {RAREST} times in the texts without labels; at least {FEWEST} are needed to"
            " tell which are alike. Cure: give a longer backlog, or none."
        )
    places = {word: number for number, word in enumerate(kept)}
    vectors, strengths, _ = randomized_svd(_information(_company(split, places)), SIZE, random_state=0)
    rows = vectors * np.sqrt(strengths)
    rows = rows / (np.linalg.norm(rows, axis=1, keepdims=True) + 1e-9)
    telling = {
        word: place
        for word, place in places.items()
        if place >= COMMONEST * len(kept) and word.removesuffix("'s") not in names
    }
    return Vectors(telling, rows.astype(np.float32))


def _company(texts: Sequence[Sequence[str]], places: dict[str, int]) -> csr_matrix:
    """How much each word stands near each other one; words × words."""
    rows, columns, weights = [], [], []
    for words in texts:
        numbers = [places.get(word) for word in words]
        for here, word in enumerate(numbers):
            for distance, other in enumerate(numbers[here + 1 : here + 1 + NEAR], start=1):
                if word is not None and other is not None and word != other:
                    rows.append(word)
                    columns.append(other)
                    weights.append(1 / distance)
    one_way = coo_matrix((weights, (rows, columns)), shape=(len(places), len(places))).tocsr()
    return one_way + one_way.T


def _information(company: csr_matrix) -> csr_matrix:
    """Its positive pointwise mutual information."""
    pairs = company.tocoo()
    totals = np.maximum(np.asarray(company.sum(axis=1)).ravel(), 1)
    expected = totals**SMOOTHING / (totals**SMOOTHING).sum()
    information = np.log(pairs.data / (totals[pairs.row] * expected[pairs.col]))
    more = information > 0
    return csr_matrix((information[more], (pairs.row[more], pairs.col[more])), shape=company.shape)
