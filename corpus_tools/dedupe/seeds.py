"""Winnowed seeds: few hashes per text, so chosen that a shared run leaves the same ones in both texts.

Source: Schleimer, Wilkerson, Aiken 2003, "Winnowing: local algorithms for document fingerprinting".
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from corpus_tools.dedupe.config import BASE, GRAM_LENGTH, MIX, SEED_LENGTH
from corpus_tools.dedupe.fast import loops
from corpus_tools.dedupe.fold import Codes, Folded, Places

Hashes = NDArray[np.uint64]

# 40 bits of hash and 24 of place in one number: the least of a window is then the first among equals
PLACE_BITS = np.uint64(24)
PLACE_MASK = np.uint64((1 << 24) - 1)
CHUNK = 1 << 16  # characters hashed at once: what a processor keeps near


class Seeds(NamedTuple):
    """Seeds of several texts, in order: the text's number, the first folded character, the hash's upper 40 bits."""

    text: Places
    place: Places
    hash: Hashes


def rolling_hashes(codes: Codes, length: int, numba: bool = False) -> Hashes:
    """The hash of every run of `length` characters, 8 or 12; empty when there are fewer.

    `numba` asks for the fast form, where it is installed.
    """
    if numba and (fast := loops()):
        return np.asarray(fast.grams_of(codes, length))
    size = len(codes) - length + 1
    if size <= CHUNK:
        return _rolling(codes, length)
    hashes = np.empty(size, np.uint64)
    for start in range(0, size, CHUNK):
        hashes[start : start + CHUNK] = _rolling(codes[start : start + CHUNK + length - 1], length)
    return hashes


def _rolling(codes: Codes, length: int) -> Hashes:
    if len(codes) < length:
        return np.empty(0, np.uint64)
    one = (codes.astype(np.uint64) + np.uint64(1)) * MIX
    one ^= one >> np.uint64(29)
    two = one[:-1] * _power(1) + one[1:]
    four = two[:-2] * _power(2) + two[2:]
    hashes = four[:-4] * _power(4) + four[4:]
    if length != GRAM_LENGTH:
        hashes = hashes[:-4] * _power(4) + four[8:]
    hashes ^= hashes >> np.uint64(32)
    hashes *= MIX
    hashes ^= hashes >> np.uint64(29)
    return hashes


def winnowed(folded: Folded, window: int, numba: bool = False) -> Seeds:
    """The seeds of each text: the least 12-gram hash of every `window` of them in a row, the first among equals.

    Two texts that share a run of `window` + 11 characters share a seed of it. A text with fewer grams has the least of
    what it has; one of fewer than 12 characters has none. Windows never reach from one text into the next.
    """
    codes, bounds = folded
    grams = rolling_hashes(codes, SEED_LENGTH, numba)
    if numba and (fast := loops()):
        found, places, hashes = fast.winnow(grams, bounds, window, SEED_LENGTH)
        return Seeds(np.repeat(np.arange(len(found)), found), places, hashes)
    counts = np.maximum(np.diff(bounds) - SEED_LENGTH + 1, 0)
    if not len(grams):
        return Seeds(np.empty(0, np.int64), np.empty(0, np.int64), grams)
    windows = within(bounds, np.maximum(counts - window + 1, 0))
    best = _best_of_window(grams, window)[windows]
    # the place is known but for its upper bits, and lies less than a window after the window's start
    places = windows + ((best - windows) & int(PLACE_MASK))
    first = np.ones(len(places), np.bool_)
    first[1:] = places[1:] != places[:-1]
    places = places[first]
    short = [
        int(bounds[i] + np.argmin(grams[bounds[i] : bounds[i] + counts[i]] >> PLACE_BITS))
        for i in np.flatnonzero((counts > 0) & (counts < window)).tolist()
    ]
    if short:
        places = np.sort(np.concatenate([places, np.array(short, np.int64)]))
    text = np.searchsorted(bounds, places, "right") - 1
    return Seeds(text, places - bounds[text], grams[places] & ~PLACE_MASK)


def _best_of_window(grams: Hashes, window: int) -> Places:
    """For each place where the least of `window` hashes from there on stands, modulo 2^24.

    Meaningless in the last `window` - 1 places.
    """
    best = np.empty(len(grams), np.int64)
    for start in range(0, len(grams), CHUNK):
        stop = min(start + CHUNK + window - 1, len(grams))
        least = (grams[start:stop] & ~PLACE_MASK) | (np.arange(start, stop, dtype=np.uint64) & PLACE_MASK)
        reach = 1
        while reach < window:
            step = min(reach, window - reach)
            np.minimum(least[:-step], least[step:], out=least[:-step])
            reach += step
        best[start : start + CHUNK] = (least[:CHUNK] & PLACE_MASK).astype(np.int64)
    return best


def within(bounds: Places, counts: Places) -> Places:
    """The first `counts[i]` places of each text, in order."""
    starts = np.repeat(bounds[:-1] - (np.cumsum(counts) - counts), counts)
    return starts + np.arange(len(starts))


def _power(exponent: int) -> np.uint64:
    return np.uint64(pow(int(BASE), exponent, 1 << 64))
