"""The hot loops, which numba makes machine code of; imported only where numba is installed (`fast.py`).

Each has a form in numpy that gives the same results (the tests hold them against each other): `fold.py`, `seeds.py` and
`kernel.py` say what they do. Numbers that must not become floats are given their type. No array grows and none is
replaced inside a loop: numba's code is several times as fast that way.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar, cast

import numpy as np
from numba import njit

from corpus_tools.dedupe.config import BASE, GRAM_LENGTH, MIX, MOST_REPEATS

# what numba takes for one kind of number or array is several to mypy
Array = Any
Number = Any
Loop = TypeVar("Loop", bound=Callable[..., Any])


def machine_code(loop: Loop) -> Loop:
    """The loop as machine code, which is kept on disk from the first use on."""
    return cast(Loop, njit(cache=True)(loop))


@machine_code
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


@machine_code
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


@machine_code
def one(code: Number) -> Number:
    """The hash of a single character."""
    mixed = (np.uint64(code) + np.uint64(1)) * MIX
    return mixed ^ (mixed >> np.uint64(29))


@machine_code
def grams_of(codes: Array, length: int) -> Array:
    """The hash of every run of that length."""
    count = max(len(codes) - length + 1, 0)
    hashes = np.empty(count, np.uint64)
    power = np.uint64(1)
    for _ in range(length):
        power = power * BASE
    rolled = np.uint64(0)
    for i in range(min(length, len(codes))):
        rolled = rolled * BASE + one(codes[i])
    for i in range(count):
        mixed = (rolled ^ (rolled >> np.uint64(32))) * MIX
        hashes[i] = mixed ^ (mixed >> np.uint64(29))
        if i + length < len(codes):
            rolled = rolled * BASE + (one(codes[i + length]) - one(codes[i]) * power)
    return hashes


@machine_code
def winnow(grams: Array, bounds: Array, window: int, length: int) -> Array:
    """How many seeds each text has, and the place and the hash (its upper 40 bits) of each seed.

    `ring` holds the last `window` hashes, each with its place in the lower bits so that the first among equals is the
    least: up to the one just written as they came, after it the least from there to the end of the window before.
    Every seed is written before it is known to be a new one: a branch would be guessed wrong too often.
    """
    counts = np.zeros(len(bounds) - 1, np.int64)
    places = np.empty(len(grams) + 1, np.int64)
    seeds = np.empty(len(grams) + 1, np.uint64)
    found = 0
    low = np.uint64((1 << 24) - 1)
    most = ~np.uint64(0)
    ring = np.empty(window, np.uint64)
    for text in range(len(bounds) - 1):
        start = bounds[text]
        size = bounds[text + 1] - start - length + 1
        before = found
        least = last = most
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
                least = most
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


@machine_code
def slot_of(grams: Array, slots: Array, mask: Number, gram: Number) -> Number:
    """Where in an open hash table of places (counted from 1, 0 where there is none) a gram stands or would."""
    slot = np.int64(gram >> np.uint64(24)) & mask
    while slots[slot] != 0 and grams[slots[slot] - 1] != gram:
        slot = (slot + 1) & mask
    return slot


@machine_code
def room_for(count: Number) -> Number:
    """The size of a hash table for so many grams, a power of two."""
    size = 16
    while size < 2 * count:
        size *= 2
    return size


@machine_code
def distinct(grams: Array, bounds: Array, wanted: Array) -> Array:
    """How many different 8-grams each wanted text has, 0 for the others."""
    found = np.zeros(len(bounds) - 1, np.int64)
    slots = np.empty(room_for(np.diff(bounds).max()), np.int32)
    for text in range(len(found)):
        if wanted[text]:
            mine = grams[bounds[text] : bounds[text + 1] - GRAM_LENGTH + 1]
            size = room_for(len(mine))
            slots[:size] = 0
            for i in range(len(mine)):
                slot = slot_of(mine, slots, size - 1, mine[i])
                if slots[slot] == 0:
                    slots[slot] = i + 1
                    found[text] += 1
    return found


@machine_code
def may_be(filter_: Array, mask: Number, gram: Number) -> Number:
    """Whether a gram may be in the table: one bit for several grams, of which there are many more than grams."""
    bit = np.int64(gram >> np.uint64(37))
    return filter_[(bit >> 3) & (4 * mask + 3)] >> (bit & 7) & 1 != 0


@machine_code
def entered(
    grams: Array, mask: Number, slots: Array, filter_: Array, home: Array, following: Array, times: Array
) -> Number:
    """How many different grams a text has, with all of them entered into the tables.

    `slots` holds the first place of each gram; for each place `home` gives the first place of its gram and `following`
    the next; for each first place `times` says how often the gram is there.
    """
    slots[: mask + 1] = 0
    filter_[: 4 * mask + 4] = 0
    different = 0
    for i in range(len(grams)):
        bit = np.int64(grams[i] >> np.uint64(37))
        filter_[(bit >> 3) & (4 * mask + 3)] |= 1 << (bit & 7)
        slot = slot_of(grams, slots, mask, grams[i])
        home[i] = i
        following[i] = -1
        times[i] = 1
        if slots[slot] == 0:
            slots[slot] = i + 1
            different += 1
        else:
            first = slots[slot] - 1
            home[i] = first
            following[i] = following[first]
            following[first] = i
            times[first] += 1
    return different


@machine_code
def grown(a: Array, b: Array, i: Number, j: Number, step: Number) -> tuple[Number, Number]:
    """How far two texts agree before and after a place of each; to the left no further than `step`."""
    left = 0
    while left < step and left < i and left < j and a[i - left - 1] == b[j - left - 1]:
        left += 1
    right = 0
    if left < step:
        while i + right < len(a) and j + right < len(b) and a[i + right] == b[j + right]:
            right += 1
    return left, right


@machine_code
def compare(codes: Array, grams: Array, bounds: Array, a_of: Array, b_of: Array, min_run: int, runs: Array) -> Array:
    """Different 8-grams of each a, those shared by each pair, and how many runs there are; as many as fit into `runs`.

    Where a gram of b is met in a, both are followed as far as they agree, and nothing need be looked up on the way.
    """
    i: Number
    j: Number
    most: Number
    of_a = np.zeros(len(bounds) - 1, np.int64)
    both = np.zeros(len(a_of), np.int64)
    longest = np.diff(bounds).max()
    slots = np.empty(room_for(longest), np.int32)
    filter_ = np.empty(4 * len(slots), np.uint8)
    home, following = np.empty(longest, np.int32), np.empty(longest, np.int32)
    times, stamps = np.empty(longest, np.int32), np.empty(longest, np.int32)
    mask = 0
    found = 0
    step = min_run - GRAM_LENGTH + 1
    for pair in range(len(a_of)):
        a = codes[bounds[a_of[pair]] : bounds[a_of[pair] + 1]]
        b = codes[bounds[b_of[pair]] : bounds[b_of[pair] + 1]]
        a_grams = grams[bounds[a_of[pair]] : bounds[a_of[pair] + 1] - GRAM_LENGTH + 1]
        b_grams = grams[bounds[b_of[pair]] : bounds[b_of[pair] + 1] - GRAM_LENGTH + 1]
        if pair == 0 or a_of[pair - 1] != a_of[pair]:
            mask = room_for(len(a)) - 1
            of_a[a_of[pair]] = entered(a_grams, mask, slots, filter_, home, following, times)
            stamps[: len(a)] = -1
        shared = 0
        j = 0
        while j < len(b_grams):
            if not may_be(filter_, mask, b_grams[j]):
                j += 1
                continue
            slot = slot_of(a_grams, slots, mask, b_grams[j])
            if slots[slot] == 0:
                j += 1
                continue
            ahead = np.int64(slots[slot]) - 1 - j
            start = j
            most = min(len(b_grams), len(a_grams) - ahead)
            j += 1
            while j < most and a_grams[j + ahead] == b_grams[j]:
                j += 1
            for i in range(start + ahead, j + ahead):
                first = home[i]
                shared += stamps[first] != pair
                stamps[first] = pair
            if min_run == 0:
                continue
            for probe in range((start + step - 1) // step * step, j, step):
                i = np.int64(home[probe + ahead])
                if times[i] > MOST_REPEATS:
                    continue
                while i >= 0:
                    left, right = grown(a, b, i, probe, step)
                    if left < step and left + right >= min_run:  # else too short, or grown from an earlier probe
                        if found < len(runs):
                            runs[found, 0] = pair
                            runs[found, 1] = i - left
                            runs[found, 2] = probe - left
                            runs[found, 3] = left + right
                        found += 1
                    i = np.int64(following[i])
        both[pair] = shared
    return of_a, both, found
