"""Many words looked for in one look at a text.

A text is read once for all of them: each two neighbouring characters are one number, and a table says of a number
whether a word may begin with it. A search for each word, or a pattern of where one may begin, takes ten times as long.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import numpy as np
from numpy.typing import NDArray

from corpus_tools.codes import code_points

PAIRS = 1 << 16  # numbers of pairs; a few pairs share one, and are told apart by their characters
SPREAD = 0x9E37  # odd, so that pairs of neighbouring code points get numbers far apart


class Spotter:
    """Words of two characters or more, to be found in texts.

    >>> list(Spotter(["支教", "支教老师", "老师"]).places("去支教的支教老师"))
    [(1, '支教'), (4, '支教'), (4, '支教老师'), (6, '老师')]
    """

    def __init__(self, words: Iterable[str]) -> None:
        self._by_pair: dict[str, list[str]] = {}
        for word in sorted(set(words)):
            self._by_pair.setdefault(word[:2], []).append(word)
        self._may_begin = np.zeros(PAIRS, np.bool_)
        for pair in self._by_pair:
            self._may_begin[_numbers(code_points(pair))] = True

    def places(self, text: str) -> Iterator[tuple[int, str]]:
        """Where which of the words begin in `text`, from left to right."""
        by_pair = self._by_pair
        for at in self._may_begin.take(_numbers(code_points(text))).nonzero()[0].tolist():
            for word in by_pair.get(text[at : at + 2], ()):
                if text.startswith(word, at):
                    yield at, word

    def standing_in(self, text: str) -> frozenset[str]:
        """Those of the words that stand in `text`."""
        return frozenset(word for _, word in self.places(text))


def _numbers(codes: NDArray[np.uint32]) -> NDArray[np.uint32]:
    """A number for each code point with the one behind it."""
    return (codes[:-1] * np.uint32(SPREAD) + codes[1:]) & np.uint32(PAIRS - 1)
