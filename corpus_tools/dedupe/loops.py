"""The hot loops, which numba makes machine code of; imported only where numba is installed (`fast.py`).

Each has a form in numpy that gives the same results (the tests hold them against each other): `fold.py`, `seeds.py`,
`candidates.py` and `kernel.py` say what they do. Numbers that must not become floats are given their type. No array
grows and none is replaced inside a loop: numba's code is several times as fast that way.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar, cast

import numpy as np
from numba import njit

from corpus_tools.dedupe.config import BASE, GRAM_LENGTH, MIX, MOST_REPEATS, SEVERAL

# what numba takes for one kind of number or array is several to mypy
Array = Any
Number = Any
Loop = TypeVar("Loop", bound=Callable[..., Any])


def machine_code(loop: Loop) -> Loop:
    """The loop as machine code, which is kept on disk from the first use on where there is a folder for that."""
    try:
        return cast(Loop, njit(cache=True)(loop))
    except RuntimeError:  # a system that nothing can be written to, as some containers are
        return cast(Loop, njit(loop))


@machine_code
def fold_codes(
    raw: Array, ends: Array, plain: Array, starts: Array, counts: Array, cells: Array, codes: Array
) -> Array:
    """The bounds of the texts in `codes`, where what the characters fold to is written, one text after the other.

    `codes` has room for one character each and a few more; the last bound is -1 where that is not enough.
    """
    bounds = np.zeros(len(ends), np.int64)
    last = len(plain) - 1
    spare = len(codes) - len(raw)
    found = 0
    for text in range(len(ends) - 1):
        for i in range(ends[text], ends[text + 1]):
            code = min(np.int64(raw[i]), last)
            single = plain[code]
            if single != SEVERAL:
                codes[found] = single
                found += single != 0
                continue
            spare -= counts[code] - 1
            if spare < 0:
                bounds[-1] = -1
                return bounds
            for cell in range(counts[code]):
                codes[found] = cells[starts[code] + cell]
                found += 1
        bounds[text + 1] = found
    return bounds


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

    A seed holds until a lesser hash comes or its own place leaves the window, and then the window is looked through.
    """
    counts = np.zeros(len(bounds) - 1, np.int64)
    places = np.empty(len(grams), np.int64)
    seeds = np.empty(len(grams), np.uint64)
    found = 0
    low = np.uint64((1 << 24) - 1)
    for text in range(len(counts)):
        size = bounds[text + 1] - bounds[text] - length + 1
        mine = grams[bounds[text] : bounds[text] + max(size, 0)]
        before = found
        best = ~low
        place = -window
        for i in range(max(min(window, size) - 1, 0), size):
            if place <= i - window:
                place = max(i - window + 1, 0)
                best = mine[place] & ~low
                for j in range(place + 1, i + 1):
                    if mine[j] & ~low < best:
                        best = mine[j] & ~low
                        place = j
            elif mine[i] & ~low < best:
                best = mine[i] & ~low
                place = i
            else:
                continue
            places[found] = place
            seeds[found] = best
            found += 1
        counts[text] = found - before
    return counts, places[:found].copy(), seeds[:found].copy()


@machine_code
def paired(seed: Array, text: Array) -> Array:
    """Every two texts under the same seed, in one number: the lesser above, the greater in the lower 24 bits."""
    total = before = 0
    for i in range(1, len(seed)):
        before = before + 1 if seed[i] == seed[i - 1] else 0
        total += before
    pairs = np.empty(total, np.uint64)
    found = before = 0
    for i in range(1, len(seed)):
        before = before + 1 if seed[i] == seed[i - 1] else 0
        for j in range(i - before, i):
            pairs[found] = (np.uint64(min(text[i], text[j])) << np.uint64(24)) | np.uint64(max(text[i], text[j]))
            found += 1
    return pairs


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
def may_be(filter_: Array, mask: Number, gram: Number) -> Number:
    """Whether a gram may be in the table: one bit for several grams, of which there are many more than grams."""
    bit = np.int64(gram >> np.uint64(37))
    return filter_[(bit >> 3) & (4 * mask + 3)] >> (bit & 7) & 1 != 0


@machine_code
def mark(filter_: Array, mask: Number, gram: Number) -> None:
    """Say that a gram may be in the table."""
    bit = np.int64(gram >> np.uint64(37))
    filter_[(bit >> 3) & (4 * mask + 3)] |= 1 << (bit & 7)


@machine_code
def distinct(grams: Array, bounds: Array, wanted: Array) -> Array:
    """How many different 8-grams each wanted text has, 0 for the others.

    Most grams are met for the first time, as one bit for several grams tells. Those of which that is not sure, few, are
    counted exactly: all there are of them less one of each kind.
    """
    found = np.zeros(len(bounds) - 1, np.int64)
    longest = np.diff(bounds).max()
    slots, filter_ = np.empty(room_for(longest), np.int32), np.empty(4 * room_for(longest), np.uint8)
    doubtful = np.empty(longest + 1, np.uint64)
    for text in range(len(found)):
        if not wanted[text]:
            continue
        mine = grams[bounds[text] : bounds[text + 1] - GRAM_LENGTH + 1]
        mask = room_for(len(mine)) - 1
        filter_[: 4 * mask + 4] = 0
        count = 0
        for gram in mine:
            doubtful[count] = gram
            count += may_be(filter_, mask, gram)
            mark(filter_, mask, gram)
        found[text] = len(mine)
        if count == 0:
            continue
        small = room_for(count) - 1
        slots[: small + 1] = 0
        filter_[: 4 * mask + 4] = 0
        for i in range(count):
            slot = slot_of(doubtful, slots, small, doubtful[i])
            found[text] += slots[slot] == 0
            slots[slot] = i + 1
            mark(filter_, mask, doubtful[i])
        for gram in mine:
            if may_be(filter_, mask, gram):
                found[text] -= slots[slot_of(doubtful, slots, small, gram)] != 0
    return found


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
        mark(filter_, mask, grams[i])
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
def back(a: Array, b: Array, i: Number, j: Number, most: Number) -> Number:
    """How far two texts agree before a place of each, up to so many characters."""
    size = 0
    while size < most and size < i and size < j and a[i - size - 1] == b[j - size - 1]:
        size += 1
    return size


@machine_code
def onward(a: Array, b: Array, i: Number, j: Number) -> Number:
    """How far two texts agree from a place of each on."""
    size = 0
    while i + size < len(a) and j + size < len(b) and a[i + size] == b[j + size]:
        size += 1
    return size


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
            first_probe = (start + step - 1) // step * step
            for probe in range(first_probe, j, step):
                i = np.int64(home[probe + ahead])
                # later probes that meet nothing else would grow what the first one has
                if times[i] > MOST_REPEATS or (times[i] == 1 and probe > first_probe):
                    continue
                while i >= 0:
                    if i == probe + ahead:
                        left = probe - start + back(a, b, start + ahead, start, start + step - probe)
                        right = j + GRAM_LENGTH - 1 - probe
                    else:
                        left = back(a, b, i, probe, step)
                        right = onward(a, b, i, probe) if left < step else 0
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
