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


def fold_codes(raw: Array, ends: Array, table: Array, several: int) -> Array:
    """Codes after the table, those that fold to nothing left out, and the bounds; empty bounds: use the other form."""
    codes = np.empty(len(raw), np.uint32)
    bounds = np.zeros(len(ends), np.int64)
    count = 0
    last = len(table) - 1
    for text in range(len(ends) - 1):
        for i in range(ends[text], ends[text + 1]):
            code = table[min(np.int64(raw[i]), last)]
            if code == several:
                return codes[:0], bounds[:0]
            codes[count] = code
            count += code != 0
        bounds[text + 1] = count
    return codes[:count].copy(), bounds


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
    hashes = np.empty(max(len(codes) - length + 1, 0), np.uint64)
    power = np.uint64(1)
    for _ in range(length):
        power = power * BASE
    ring = np.zeros(length, np.uint64)
    rolled = np.uint64(0)
    at = 0
    for i in range(len(codes)):
        one = (np.uint64(codes[i]) + np.uint64(1)) * MIX
        one = one ^ (one >> np.uint64(29))
        rolled = rolled * BASE + one - ring[at] * power
        ring[at] = one
        at += 1
        if at == length:
            at = 0
        if i >= length - 1:
            mixed = (rolled ^ (rolled >> np.uint64(32))) * MIX
            hashes[i - length + 1] = mixed ^ (mixed >> np.uint64(29))
    return hashes


def winnow(grams: Array, bounds: Array, window: int, length: int) -> Array:
    """Text and place of each seed."""
    texts = np.empty(len(grams) // 4 + len(bounds) + 16, np.int64)
    places = np.empty(len(texts), np.int64)
    count = 0
    shift = np.uint64(24)
    for text in range(len(bounds) - 1):
        start = bounds[text]
        size = bounds[text + 1] - start - length + 1
        best = -1
        for i in range(size):
            if best < 0 or best <= i - window:
                # the least has left the window: the first among the least of those still in it
                best = max(0, i - window + 1)
                for j in range(best + 1, i + 1):
                    if grams[start + j] >> shift < grams[start + best] >> shift:
                        best = j
            elif grams[start + i] >> shift < grams[start + best] >> shift:
                best = i
            if i < window - 1 and i < size - 1:
                continue
            if count == 0 or texts[count - 1] != text or places[count - 1] != best:
                if count == len(texts):
                    texts = np.concatenate((texts, texts))
                    places = np.concatenate((places, places))
                texts[count] = text
                places[count] = best
                count += 1
    return texts[:count].copy(), places[:count].copy()


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


def compare(codes: Array, grams: Array, bounds: Array, a_of: Array, b_of: Array, min_run: int) -> Array:
    """Different 8-grams of each a, those shared by each pair, and the runs.

    An open hash table of a's 8-grams; `following` chains the places of one gram, `slot_of` says which slot a place has.
    Where a gram of b is met, both texts are followed as far as they agree: nothing need be looked up on the way.
    """
    i: Any
    slot: Any
    chain: Any
    of_a = np.zeros(len(bounds) - 1, np.int64)
    both = np.zeros(len(a_of), np.int64)
    runs = np.empty((1024, 4), np.int32)
    found = 0
    step = min_run - 7
    size = 16
    slots = np.zeros(size, np.int32)
    times = np.zeros(size, np.int32)
    stamps = np.zeros(size, np.int32)
    following = np.zeros(16, np.int32)
    slot_of = np.zeros(16, np.int32)
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
            slot_of = np.zeros(a_length, np.int32)
            different = 0
            for i in range(a_length - 7):
                gram = grams[a_start + i]
                slot = np.int64(gram >> np.uint64(24)) & (size - 1)
                while slots[slot] != 0 and grams[a_start + slots[slot] - 1] != gram:
                    slot = (slot + 1) & (size - 1)
                different += slots[slot] == 0
                following[i] = slots[slot]
                slots[slot] = i + 1
                slot_of[i] = slot
                times[slot] += 1
            of_a[a_of[pair]] = different
        b_start = bounds[b_of[pair]]
        b_length = bounds[b_of[pair] + 1] - b_start
        known = -1  # up to here b's grams are those of a along the diagonal `ahead`
        ahead = np.int64(0)
        for j in range(b_length - 7):
            if j <= known:
                slot = np.int64(slot_of[j + ahead])
            else:
                gram = grams[b_start + j]
                slot = np.int64(gram >> np.uint64(24)) & (size - 1)
                while slots[slot] != 0 and grams[a_start + slots[slot] - 1] != gram:
                    slot = (slot + 1) & (size - 1)
                if slots[slot] == 0:
                    continue
                i = np.int64(slots[slot]) - 1
                reach = 8
                while i + reach < a_length and j + reach < b_length:
                    if codes[a_start + i + reach] != codes[b_start + j + reach]:
                        break
                    reach += 1
                known = j + reach - 8
                ahead = i - j
            if stamps[slot] != pair:
                stamps[slot] = pair
                both[pair] += 1
            if min_run == 0 or j % step != 0 or times[slot] > MOST_REPEATS:
                continue
            chain = np.int64(slots[slot])
            while chain != 0:
                i = chain - 1
                chain = np.int64(following[i])
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
    return of_a, both, runs[:found].copy()
