"""Passages: the runs of folded characters that two texts share, each as long as it can be."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from corpus_tools.dedupe.fold import Codes
from corpus_tools.dedupe.seeds import Hashes, Places


class Run(NamedTuple):
    """A run that two texts share: where it begins in each, and how long it is, in folded characters."""

    a: int
    b: int
    length: int


class SeedList(NamedTuple):
    """The seeds of one text, sorted by hash."""

    hash: Hashes
    place: Places


def shared_runs(a: Codes, b: Codes, a_seeds: SeedList, b_seeds: SeedList, min_length: int) -> list[Run]:
    """All maximal shared runs of at least `min_length` characters, in order of their places.

    Maximal: one more character on either side would differ. A passage repeated in one text gives a run for each
    pairing. Every such run holds a seed that both texts have at the same place of it, so only the diagonals (place in
    a less place in b) of shared seeds are compared.
    """
    i, j = _matches(a_seeds, b_seeds)
    runs: list[Run] = []
    for diagonal in np.unique(i - j).tolist():
        runs += _runs_on_diagonal(a, b, diagonal, min_length)
    return sorted(runs)


def _matches(a: SeedList, b: SeedList) -> tuple[Places, Places]:
    """The places of every pair of equal seeds."""
    low = np.searchsorted(a.hash, b.hash, "left")
    count = np.searchsorted(a.hash, b.hash, "right") - low
    j = np.repeat(np.arange(len(b.hash)), count)
    i = np.repeat(low - np.cumsum(count) + count, count) + np.arange(len(j))
    return a.place[i], b.place[j]


def _runs_on_diagonal(a: Codes, b: Codes, diagonal: int, min_length: int) -> list[Run]:
    start = max(0, diagonal)
    size = min(len(a) - start, len(b) - start + diagonal)
    same = np.zeros(size + 2, np.bool_)
    same[1:-1] = a[start : start + size] == b[start - diagonal : start - diagonal + size]
    edges: NDArray[np.intp] = np.flatnonzero(same[1:] != same[:-1])
    begins, ends = edges[::2], edges[1::2]
    long = ends - begins >= min_length
    return [
        Run(start + begin, start - diagonal + begin, end - begin)
        for begin, end in zip(begins[long].tolist(), ends[long].tolist(), strict=True)
    ]
