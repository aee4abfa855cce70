"""The comparison of pairs of texts, the same with numba as without.

How runs are found: a run of `min_run` characters in b holds an 8-gram whose place is a multiple of `step`; so b is
probed at those places only, and every probe that meets the same 8-gram in a is grown both ways.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from corpus_tools.dedupe.config import GRAM_LENGTH, MOST_REPEATS
from corpus_tools.dedupe.fast import loops
from corpus_tools.dedupe.fold import Codes, Folded, Places
from corpus_tools.dedupe.seeds import Hashes, rolling_hashes


class Compared(NamedTuple):
    """What comparing a batch of pairs gave."""

    distinct: Places  # for each text of the batch, how many different 8-grams it has
    both: Places  # for each pair, how many of them the two texts share
    runs: NDArray[np.int32]  # shape (n, 4): the pair, where the run begins in a and in b, its length; in order


def compare(folded: Folded, a_of: Places, b_of: Places, min_run: int, numba: bool) -> Compared:
    """The comparison of pairs of texts, those with the same a together; no text is shorter than 8 characters.

    Without `min_run` (0) no runs are looked for. `numba` asks for the fast form, where it is installed.
    """
    codes, bounds = folded
    grams = rolling_hashes(codes, GRAM_LENGTH, numba)
    if numba and (fast := loops()):
        count = 4 * len(a_of) + 1024
        runs = np.empty((0, 4), np.int32)
        while len(runs) < count:  # twice where the first guess was too low
            runs = np.empty((count, 4), np.int32)
            distinct, both, count = fast.compare(codes, grams, bounds, a_of, b_of, min_run, runs)
        runs = runs[:count]
        distinct += fast.distinct(grams, bounds, distinct == 0)
    else:
        both, runs = compare_by_arrays(codes, grams, bounds, a_of, b_of, min_run)
        distinct = distinct_by_arrays(grams, bounds)
    return Compared(distinct, both, runs[np.lexsort((runs[:, 2], runs[:, 1], runs[:, 0]))])


def distinct_by_arrays(grams: Hashes, bounds: Places) -> Places:
    """How many different 8-grams each text has."""
    pairs = zip(bounds[:-1].tolist(), bounds[1:].tolist(), strict=True)
    return np.array([len(np.unique(grams[start : end - GRAM_LENGTH + 1])) for start, end in pairs], np.int64)


def compare_by_arrays(
    codes: Codes, grams: Hashes, bounds: Places, a_of: Places, b_of: Places, min_run: int
) -> tuple[Places, NDArray[np.int32]]:
    """Shared 8-grams of each pair, and the runs."""
    both = np.zeros(len(a_of), np.int64)
    runs = [np.empty((0, 4), np.int32)]
    first = np.flatnonzero(np.diff(a_of, prepend=-1))
    for begin, end in zip(first.tolist(), [*first[1:].tolist(), len(a_of)], strict=True):
        a = slice(bounds[a_of[begin]], bounds[a_of[begin] + 1])
        a_grams = grams[a.start : a.stop - GRAM_LENGTH + 1]
        order = np.argsort(a_grams, kind="stable")
        known = a_grams[order]
        for pair in range(begin, end):
            b = slice(bounds[b_of[pair]], bounds[b_of[pair] + 1])
            b_grams = grams[b.start : b.stop - GRAM_LENGTH + 1]
            low = np.searchsorted(known, b_grams)
            met = known[np.minimum(low, len(known) - 1)] == b_grams
            both[pair] = len(np.unique(low[met]))
            if min_run and met.any():
                found = _runs(codes[a], codes[b], known, order, b_grams, met, min_run)
                runs.append(np.insert(found, 0, pair, axis=1))
    return both, np.concatenate(runs)


def _runs(
    a: Codes, b: Codes, known: Hashes, order: Places, b_grams: Hashes, met: NDArray[np.bool_], min_run: int
) -> NDArray[np.int32]:
    """The runs of two texts, columns: where each begins in a and in b, its length."""
    step = min_run - GRAM_LENGTH + 1
    probes = np.flatnonzero(met[::step]) * step
    low = np.searchsorted(known, b_grams[probes], "left")
    times = np.searchsorted(known, b_grams[probes], "right") - low
    times[times > MOST_REPEATS] = 0
    j = np.repeat(probes, times)
    i = order[np.repeat(low - np.cumsum(times) + times, times) + np.arange(len(j))]
    found: list[tuple[int, int, int]] = []
    for diagonal in np.unique(i - j).tolist():
        on_diagonal = set(j[i - j == diagonal].tolist())
        for start, size in _runs_on_diagonal(a, b, diagonal, min_run):
            if -(-(start - diagonal) // step) * step in on_diagonal:
                found.append((start, start - diagonal, size))
    return np.array(found, np.int32).reshape(-1, 3)


def _runs_on_diagonal(a: Codes, b: Codes, diagonal: int, min_run: int) -> list[tuple[int, int]]:
    """Where in a the runs of one diagonal (place in a less place in b) begin, and how long they are."""
    start = max(0, diagonal)
    size = min(len(a) - start, len(b) - start + diagonal)
    same = np.zeros(size + 2, np.bool_)
    same[1:-1] = a[start : start + size] == b[start - diagonal : start - diagonal + size]
    edges = np.flatnonzero(same[1:] != same[:-1])
    begins, ends = edges[::2], edges[1::2]
    long = ends - begins >= min_run
    return [(start + i, k - i) for i, k in zip(begins[long].tolist(), ends[long].tolist(), strict=True)]
