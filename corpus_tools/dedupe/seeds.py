"""Winnowed seeds: few hashes per text, so chosen that a shared run leaves the same ones in both texts.

Source: Schleimer, Wilkerson, Aiken 2003, "Winnowing: local algorithms for document fingerprinting".
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from corpus_tools.dedupe.config import GRAM_LENGTH, SEED_LENGTH
from corpus_tools.dedupe.fold import Codes

Hashes = NDArray[np.uint64]
Places = NDArray[np.int64]

BASE = 0x9E3779B97F4A7C15  # odd: no power of it vanishes
MIX = np.uint64(0xBF58476D1CE4E5B9)  # from splitmix64
# 40 bits of hash and 24 of place in one number: the least of a window is then the first among equals
PLACE_BITS = np.uint64(24)
PLACE_MASK = np.uint64((1 << 24) - 1)
LAST = np.uint64(0xFFFFFFFFFFFFFFFF)


class Seeds(NamedTuple):
    """Seeds of several texts, in order: the text's number, the first folded character, the hash."""

    text: NDArray[np.int64]
    place: Places
    hash: Hashes


def rolling_hashes(codes: Codes, length: int) -> Hashes:
    """The hash of every run of `length` characters, 8 or 12; empty when there are fewer."""
    if len(codes) < length:
        return np.empty(0, np.uint64)
    one = (codes.astype(np.uint64) + np.uint64(1)) * MIX
    one ^= one >> np.uint64(29)
    two = one[:-1] * _power(1) + one[1:]
    four = two[:-2] * _power(2) + two[2:]
    eight = four[:-4] * _power(4) + four[4:]
    hashes = eight if length == GRAM_LENGTH else eight[:-4] * _power(4) + four[8:]
    hashes = (hashes ^ (hashes >> np.uint64(32))) * MIX
    hashes ^= hashes >> np.uint64(29)
    return hashes


def gram_hashes(codes: Codes, bounds: Places) -> tuple[Hashes, Places]:
    """Hashes of the 8-grams of each text, and where each text's begin: text i has `[starts[i], starts[i + 1])`.

    A text of fewer than eight characters has one gram, all of it; an empty one has none.
    """
    lengths = np.diff(bounds)
    hashes = np.zeros(len(codes), np.uint64)
    rolled = rolling_hashes(codes, GRAM_LENGTH)
    hashes[: len(rolled)] = rolled
    for i in np.flatnonzero((lengths > 0) & (lengths < GRAM_LENGTH)).tolist():
        # filled up with a character that folding never leaves
        cells = np.zeros(GRAM_LENGTH, np.uint32)
        cells[: lengths[i]] = codes[bounds[i] : bounds[i + 1]]
        hashes[bounds[i]] = rolling_hashes(cells, GRAM_LENGTH)[0]
    counts = np.where(lengths < GRAM_LENGTH, np.minimum(lengths, 1), lengths - GRAM_LENGTH + 1)
    starts = np.zeros(len(bounds), np.int64)
    np.cumsum(counts, out=starts[1:])
    return hashes[_within(bounds, counts)], starts


def winnowed(codes: Codes, bounds: Places, window: int) -> Seeds:
    """The seeds of each text: the least 12-gram hash of every `window` of them in a row, the first among equals.

    Two texts that share a run of `window` + 11 characters share a seed of it. A text with fewer grams has the least of
    what it has; one of fewer than 12 characters has none. Windows never reach from one text into the next.
    """
    grams = rolling_hashes(codes, SEED_LENGTH)
    counts = np.maximum(np.diff(bounds) - SEED_LENGTH + 1, 0)
    if not len(grams):
        return Seeds(np.empty(0, np.int64), np.empty(0, np.int64), grams)
    keys = (grams & ~PLACE_MASK) | (np.arange(len(grams), dtype=np.uint64) & PLACE_MASK)
    windows = _within(bounds, np.maximum(counts - window + 1, 0))
    least = _least_of_window(keys, window)
    best = least[windows] & PLACE_MASK
    # the place is known but for its upper bits, and lies less than a window after the window's start
    places = windows + ((best.astype(np.int64) - windows) & int(PLACE_MASK))
    short = [
        int(bounds[i] + np.argmin(keys[bounds[i] : bounds[i] + counts[i]] & ~PLACE_MASK))
        for i in np.flatnonzero((counts > 0) & (counts < window)).tolist()
    ]
    first = np.ones(len(places), np.bool_)
    first[1:] = places[1:] != places[:-1]
    places = places[first]
    if short:
        places = np.sort(np.concatenate([places, np.array(short, np.int64)]))
    text = np.searchsorted(bounds, places, "right") - 1
    return Seeds(text, places - bounds[text], grams[places])


def _least_of_window(keys: Hashes, window: int) -> Hashes:
    """For each place the least of `window` keys from there on; meaningless in the last `window` - 1 places."""
    least, reach = keys.copy(), 1
    while reach < window:
        step = min(reach, window - reach)
        least[:-step] = np.minimum(least[:-step], least[step:])
        reach += step
    return least


def _within(bounds: Places, counts: Places) -> Places:
    """The first `counts[i]` places of each text, in order."""
    starts = np.repeat(bounds[:-1] - (np.cumsum(counts) - counts), counts)
    return starts + np.arange(len(starts))


def _power(exponent: int) -> np.uint64:
    return np.uint64(pow(BASE, exponent, 1 << 64))
