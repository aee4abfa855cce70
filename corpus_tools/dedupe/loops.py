"""The hot loops, written for numba, which makes machine code of them; without numba nobody calls them.

Each has a form in numpy that gives the same results (the tests hold them against each other): `fold.py`, `seeds.py` and
`kernel.py` say what they do. Numbers that must not become floats are given their type.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

import numpy as np

Array = Any  # numba's arrays have no type that mypy knows

BASE = np.uint64(0x9E3779B97F4A7C15)  # odd: no power of it vanishes
MIX = np.uint64(0xBF58476D1CE4E5B9)  # from splitmix64
MOST_REPEATS = 200


@cache
def compiled(loop: Callable[..., Any]) -> Callable[..., Any] | None:
    """The loop as machine code, which is kept on disk from the first use on; None where numba is not installed."""
    try:
        from numba import njit
    except ImportError:
        return None
    code: Callable[..., Any] = njit(cache=True)(loop)
    return code


def fold_codes(raw: Array, ends: Array, starts: Array, counts: Array, cells: Array) -> Array:
    """What the characters fold to, one text after the other, and the bounds of the texts."""
    last = len(counts) - 1
    total = 0
    for i in range(len(raw)):
        total += counts[min(np.int64(raw[i]), last)]
    codes = np.empty(total, np.uint32)
    bounds = np.zeros(len(ends), np.int64)
    found = 0
    for text in range(len(ends) - 1):
        for i in range(ends[text], ends[text + 1]):
            code = min(np.int64(raw[i]), last)
            first = starts[code]
            for cell in range(counts[code]):
                codes[found] = cells[first + cell]
                found += 1
        bounds[text + 1] = found
    return codes, bounds


def with_any(raw: Array, ends: Array, table: Array) -> Array:
    """Which texts have a character that the table marks."""
    found = np.zeros(len(ends) - 1, np.bool_)
    last = len(table) - 1
    for text in range(len(ends) - 1):
        for i in range(ends[text], ends[text + 1]):
            if table[min(np.int64(raw[i]), last)]:
                found[text] = True
                break
    return found


def grams_of(codes: Array, length: int) -> Array:
    """The hash of every run of that length."""
    count = max(len(codes) - length + 1, 0)
    hashes = np.empty(count, np.uint64)
    power = np.uint64(1)
    for _ in range(length):
        power = power * BASE
    rolled = np.uint64(0)
    for i in range(min(length, len(codes))):
        one = (np.uint64(codes[i]) + np.uint64(1)) * MIX
        rolled = rolled * BASE + (one ^ (one >> np.uint64(29)))
    for i in range(count):
        mixed = (rolled ^ (rolled >> np.uint64(32))) * MIX
        hashes[i] = mixed ^ (mixed >> np.uint64(29))
        if i + length < len(codes):
            gone = (np.uint64(codes[i]) + np.uint64(1)) * MIX
            gone = (gone ^ (gone >> np.uint64(29))) * power
            one = (np.uint64(codes[i + length]) + np.uint64(1)) * MIX
            rolled = rolled * BASE + ((one ^ (one >> np.uint64(29))) - gone)
    return hashes


def winnow(grams: Array, bounds: Array, window: int, length: int) -> Array:
    """How many seeds each text has, and the place and the hash (its upper 40 bits) of each seed.

    `ring` holds the last `window` hashes, each with its place in the lower bits so that the first among equals is the
    least: up to the one just written as they came, after it the least from there to the end of the window before.
    The arrays never grow, and every place is written before it is known to count: without branches a processor goes
    through them several times as fast.
    """
    counts = np.zeros(len(bounds) - 1, np.int64)
    places = np.empty(len(grams) + 1, np.int64)
    seeds = np.empty(len(grams) + 1, np.uint64)
    found = 0
    low = np.uint64((1 << 24) - 1)
    ring = np.empty(window, np.uint64)
    for text in range(len(bounds) - 1):
        start = bounds[text]
        size = bounds[text + 1] - start - length + 1
        before = found
        least = ~np.uint64(0)
        last = least
        at = 0
        for i in range(size):
            key = (grams[start + i] & ~low) | (np.uint64(i) & low)
            least = min(least, key)
            ring[at] = key
            at += 1
            best = least
            if at == window:
                for j in range(window - 2, -1, -1):
                    ring[j] = min(ring[j], ring[j + 1])
                at = 0
                least = ~np.uint64(0)
            elif i >= window:
                best = min(least, ring[at])
            elif i < size - 1:
                continue
            places[found] = i - np.int64((np.uint64(i) - best) & low)
            seeds[found] = best & ~low
            found += best != last
            last = best
        counts[text] = found - before
    return counts, places[:found].copy(), seeds[:found].copy()


def distinct(grams: Array, bounds: Array, wanted: Array) -> Array:
    """How many different 8-grams each wanted text has, 0 for the others."""
    found = np.zeros(len(bounds) - 1, np.int64)
    for text in range(len(found)):
        if not wanted[text]:
            continue
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
                found[text] += 1
    return found


def compare(codes: Array, grams: Array, bounds: Array, a_of: Array, b_of: Array, min_run: int, runs: Array) -> Array:
    """Different 8-grams of each a, those shared by each pair, and how many runs there are; as many as fit into `runs`.

    `slots` is an open hash table of a's 8-grams by the first place of each; `home` gives that place for every place,
    `following` the next place of the same gram. `maybe` is a coarse table of the same: most grams of unrelated texts
    are told apart by it alone. Where a gram of b is met, both texts are followed as far as they agree: nothing need be
    looked up on the way.
    """
    slot: Any
    of_a = np.zeros(len(bounds) - 1, np.int64)
    both = np.zeros(len(a_of), np.int64)
    found = 0
    step = min_run - 7
    longest = 0
    for pair in range(len(a_of)):
        longest = max(longest, bounds[a_of[pair] + 1] - bounds[a_of[pair]])
    room = 16
    while room < 2 * longest:
        room *= 2
    slots = np.empty(room, np.int32)
    maybe = np.empty(4 * room, np.uint8)
    times = np.empty(longest, np.int32)
    stamps = np.empty(longest, np.int32)
    following = np.empty(longest, np.int32)
    home = np.empty(longest, np.int32)
    mask = np.int64(0)
    for pair in range(len(a_of)):
        a_start = bounds[a_of[pair]]
        a_length = bounds[a_of[pair] + 1] - a_start
        if pair == 0 or a_of[pair - 1] != a_of[pair]:
            size = 16
            while size < 2 * a_length:
                size *= 2
            mask = np.int64(size - 1)
            slots[:size] = 0
            maybe[: 4 * size] = 0
            different = 0
            for i in range(a_length - 7):
                gram = grams[a_start + i]
                maybe[np.int64(gram >> np.uint64(40)) & (4 * mask + 3)] = 1
                slot = np.int64(gram >> np.uint64(24)) & mask
                while slots[slot] != 0 and grams[a_start + slots[slot] - 1] != gram:
                    slot = (slot + 1) & mask
                stamps[i] = -1
                times[i] = 1
                home[i] = i
                following[i] = -1
                if slots[slot] == 0:
                    slots[slot] = i + 1
                    different += 1
                else:
                    first = slots[slot] - 1
                    times[first] += 1
                    home[i] = first
                    following[i] = following[first]
                    following[first] = i
            of_a[a_of[pair]] = different
        b_start = bounds[b_of[pair]]
        b_length = bounds[b_of[pair] + 1] - b_start
        shared = 0
        known = np.int64(-1)  # up to here b's grams are those of a along the diagonal `ahead`
        ahead = np.int64(0)
        probe = np.int64(0)  # the last place up to j where runs are looked for
        for j in range(b_length - 7):
            if j - probe == step:
                probe = j
            if j <= known:
                first = home[j + ahead]
            else:
                gram = grams[b_start + j]
                if maybe[np.int64(gram >> np.uint64(40)) & (4 * mask + 3)] == 0:
                    continue
                slot = np.int64(gram >> np.uint64(24)) & mask
                while slots[slot] != 0 and grams[a_start + slots[slot] - 1] != gram:
                    slot = (slot + 1) & mask
                if slots[slot] == 0:
                    continue
                first = slots[slot] - 1
                ahead = np.int64(first) - j
                known = j
                while known + 8 < b_length and known + 8 + ahead < a_length:
                    if codes[a_start + ahead + known + 8] != codes[b_start + known + 8]:
                        break
                    known += 1
            if stamps[first] != pair:
                stamps[first] = pair
                shared += 1
            if min_run == 0 or j != probe or times[first] > MOST_REPEATS:
                continue
            i = np.int64(first)
            while i >= 0:
                left = 0
                while left < step and left < i and left < j:
                    if codes[a_start + i - left - 1] != codes[b_start + j - left - 1]:
                        break
                    left += 1
                right = 0
                if left < step:  # otherwise it has been grown from an earlier probe
                    while i + right < a_length and j + right < b_length:
                        if codes[a_start + i + right] != codes[b_start + j + right]:
                            break
                        right += 1
                if left < step and left + right >= min_run:
                    if found < len(runs):
                        runs[found, 0] = pair
                        runs[found, 1] = i - left
                        runs[found, 2] = j - left
                        runs[found, 3] = left + right
                    found += 1
                i = np.int64(following[i])
        both[pair] = shared
    return of_a, both, found
