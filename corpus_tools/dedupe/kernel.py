"""The inner loop of the comparison, in two forms with the same results.

The form of loops is written for numba, which makes it fast; the form of arrays needs numpy only. Both take the texts of
one batch and the pairs among them, and give for each pair how many different 8-grams the two share, and every maximal
shared run.

How runs are found: a run of `min_run` characters in b holds an 8-gram whose place is a multiple of `step`; so b is
probed at those places only, and every probe that meets the same 8-gram in a is grown both ways.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from corpus_tools.dedupe.config import GRAM_LENGTH
from corpus_tools.dedupe.fold import Codes, Folded, Places
from corpus_tools.dedupe.seeds import Hashes, rolling_hashes

# A text that says one thing a thousand times over would share a million runs with its like: an 8-gram that stands in a
# text more often than this starts none.
MOST_REPEATS = 200


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
    grams = rolling_hashes(codes, GRAM_LENGTH)
    distinct_of, compare_all = (_compiled() if numba else None) or (distinct_by_arrays, compare_by_arrays)
    both, runs = compare_all(codes, grams, bounds, a_of, b_of, min_run)
    runs = runs[np.lexsort((runs[:, 2], runs[:, 1], runs[:, 0]))]
    return Compared(distinct_of(grams, bounds), both, runs)


@cache
def _compiled() -> tuple[Callable[..., Any], Callable[..., Any]] | None:
    """The loops as machine code, kept on disk from the first use on; None without numba."""
    try:
        from numba import njit
    except ImportError:
        return None
    return njit(cache=True)(distinct_by_loops), njit(cache=True)(compare_by_loops)


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


def distinct_by_loops(grams: Any, bounds: Any) -> Any:  # noqa: ANN401
    """As `distinct_by_arrays`."""
    distinct = np.zeros(len(bounds) - 1, np.int64)
    for text in range(len(distinct)):
        start = bounds[text]
        count = bounds[text + 1] - start - 7
        size = 16
        while size < 2 * count:
            size *= 2
        slots = np.zeros(size, np.int32)
        for i in range(count):
            gram = grams[start + i]
            slot = np.int64(gram >> np.uint64(24)) & (size - 1)
            while slots[slot] != 0 and grams[start + slots[slot] - 1] != gram:
                slot = (slot + 1) & (size - 1)
            if slots[slot] == 0:
                slots[slot] = i + 1
                distinct[text] += 1
    return distinct


def compare_by_loops(codes: Any, grams: Any, bounds: Any, a_of: Any, b_of: Any, min_run: int) -> Any:  # noqa: ANN401
    """As `compare_by_arrays`. An open hash table of a's 8-grams; `following` chains the places of one gram."""
    both = np.zeros(len(a_of), np.int64)
    runs = np.empty((1024, 4), np.int32)
    found = 0
    step = min_run - 7
    size = 16
    slots = np.zeros(size, np.int32)
    times = np.zeros(size, np.int32)
    stamps = np.zeros(size, np.int32)
    following = np.zeros(16, np.int32)
    for pair in range(len(a_of)):
        a_start = bounds[a_of[pair]]
        a_length = bounds[a_of[pair] + 1] - a_start
        if pair == 0 or a_of[pair - 1] != a_of[pair]:
            size = 16
            while size < 2 * a_length:
                size *= 2
            slots = np.zeros(size, np.int32)
            times = np.zeros(size, np.int32)
            stamps = np.full(size, -1, np.int32)
            following = np.zeros(a_length, np.int32)
            for i in range(a_length - 7):
                gram = grams[a_start + i]
                slot = np.int64(gram >> np.uint64(24)) & (size - 1)
                while slots[slot] != 0 and grams[a_start + slots[slot] - 1] != gram:
                    slot = (slot + 1) & (size - 1)
                following[i] = slots[slot]
                slots[slot] = i + 1
                times[slot] += 1
        b_start = bounds[b_of[pair]]
        b_length = bounds[b_of[pair] + 1] - b_start
        for j in range(b_length - 7):
            gram = grams[b_start + j]
            slot = np.int64(gram >> np.uint64(24)) & (size - 1)
            while slots[slot] != 0 and grams[a_start + slots[slot] - 1] != gram:
                slot = (slot + 1) & (size - 1)
            if slots[slot] == 0:
                continue
            if stamps[slot] != pair:
                stamps[slot] = pair
                both[pair] += 1
            if min_run == 0 or j % step != 0 or times[slot] > MOST_REPEATS:
                continue
            chain = slots[slot]
            while chain != 0:
                i = chain - 1
                chain = following[i]
                left = 0
                while left < step and left < i and left < j:
                    if codes[a_start + i - left - 1] != codes[b_start + j - left - 1]:
                        break
                    left += 1
                if left == step:
                    continue  # grown from an earlier probe
                right = 0
                while i + right < a_length and j + right < b_length:
                    if codes[a_start + i + right] != codes[b_start + j + right]:
                        break
                    right += 1
                if left + right < min_run:
                    continue
                if found == len(runs):
                    more = np.empty((2 * found, 4), np.int32)
                    more[:found] = runs
                    runs = more
                runs[found, 0] = pair
                runs[found, 1] = i - left
                runs[found, 2] = j - left
                runs[found, 3] = left + right
                found += 1
    return both, runs[:found]
