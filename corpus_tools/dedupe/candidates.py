"""Candidate pairs: texts that have two seeds in common, without the square of those that have one."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from typing import BinaryIO, NamedTuple

import numpy as np
from numpy.typing import NDArray

from corpus_tools.dedupe.fold import Places
from corpus_tools.dedupe.seeds import PLACE_BITS, Hashes, Seeds

# One number per seed: 40 bits of hash, 24 of text. Sixteen million texts are what one index is for.
TEXT_BITS = PLACE_BITS
TEXT_MASK = np.uint64((1 << 24) - 1)
MOST_TEXTS = 1 << 24
PARTS = 16  # ranges of hash, each looked at by itself
IN_MEMORY = 32_000_000  # seeds
# A seed is given up as boilerplate when its texts fail verification together: after this many leaders, or two that
# hardly any of the others agree with.
MOST_LEADERS = 20
HARDLY_ANY = 0.05

Together = Callable[[Places], NDArray[np.bool_]]


class Postings:
    """Which texts have which seeds, by ranges of hash; in temporary files when there are many."""

    def __init__(self) -> None:
        self._parts: list[list[Hashes]] = [[] for _ in range(PARTS)]
        self._files: list[BinaryIO] = []
        self._waiting = 0

    def add(self, numbers: Hashes, first_text: int) -> None:
        """Add what `packed` made of the seeds of further texts, the first of which has the number `first_text`."""
        numbers = numbers + np.uint64(first_text)
        part = (numbers >> np.uint64(60)).astype(np.uint8)
        for i in range(PARTS):
            self._parts[i].append(numbers[part == i])
        self._waiting += len(numbers)
        if self._waiting > IN_MEMORY:
            self._to_files()

    def parts(self) -> Iterator[Hashes]:
        """All seeds of each range of hash, sorted by hash and text; each range is let go when the next is asked for."""
        for i in range(PARTS):
            pieces, self._parts[i] = self._parts[i], []
            if self._files:
                self._files[i].seek(0)
                pieces.append(np.frombuffer(self._files[i].read(), np.uint64))
                self._files[i].close()
            numbers = np.concatenate([np.empty(0, np.uint64), *pieces])
            del pieces
            numbers.sort()
            yield numbers

    def _to_files(self) -> None:
        if not self._files:
            self._files = [tempfile.TemporaryFile() for _ in range(PARTS)]  # noqa: SIM115
        for i in range(PARTS):
            for piece in self._parts[i]:
                self._files[i].write(piece.tobytes())
            self._parts[i] = []
        self._waiting = 0


def packed(seeds: Seeds) -> Hashes:
    """One number for each seed: hash above, number of the text below."""
    return (seeds.hash & ~TEXT_MASK) | seeds.text.astype(np.uint64)


class Lists(NamedTuple):
    """Texts under the same seed: neighbours with the same number are one list."""

    seed: Hashes
    text: Places


class Counted(NamedTuple):
    """Pairs of texts as one number each (a above, b below), sorted, with how many seeds they have in common."""

    key: Hashes
    times: Places

    def pairs(self) -> Places:
        """The pairs, shape (n, 2)."""
        low = self.key & np.uint64(0xFFFFFFFF)
        return np.stack([(self.key >> np.uint64(32)).astype(np.int64), low.astype(np.int64)], axis=1)


class Candidates(NamedTuple):
    """What the seeds propose."""

    pairs: Places  # with two seeds in common and still to be compared: shape (n, 2), in order, the lesser first
    frequent: Lists  # the texts of each seed that more than so many have


def candidate_pairs(
    postings: Postings,
    distinct: NDArray[np.bool_],
    rank: Places,
    star_above: int,
    common_above: int,
    together: Together,
) -> Candidates:
    """The pairs that share two seeds, and the seeds that may be common property.

    Only texts of `distinct` take part. A seed of more than `star_above` texts gives no square of pairs: `together`
    compares its texts with a leader, the first by `rank`, and those that belong to the leader are done with; what
    remains has a next leader, or is few enough to be paired.
    """
    counted: list[Counted] = []
    large: list[Lists] = []
    frequent: list[Lists] = []
    seeds_of = np.zeros(len(distinct), np.int64)
    for numbers in postings.parts():
        mine = numbers[distinct[(numbers & TEXT_MASK).astype(np.int64)]]
        seeds_of += np.bincount((mine & TEXT_MASK).astype(np.int64), minlength=len(distinct))
        for turn, lists in enumerate(_lists(mine)):
            size = _sizes(lists.seed)
            if turn == 0:
                frequent.append(_chosen(lists, size > common_above))
            few = size <= star_above
            counted.append(_counted(_paired(_chosen(lists, few))))
            large.append(_chosen(lists, ~few))
    rest = _led(_joined(large), rank, star_above, together)
    total = _merged([*counted, rest])
    pairs = total.pairs()
    # a text with a single seed cannot have two in common with any other
    enough = total.times >= np.minimum(2, seeds_of[pairs].min(axis=1, initial=2))
    return Candidates(pairs[enough], Lists(*(np.concatenate(column) for column in zip(*frequent, strict=True))))


def common_seeds(frequent: Lists, family: Places, common_above: int) -> Hashes:
    """The seeds that more than so many families of texts have, in order."""
    carriers = np.unique(np.stack([frequent.seed.astype(np.int64), family[frequent.text]], axis=1), axis=0)
    seed, times = np.unique(carriers[:, 0], return_counts=True)
    return seed[times > common_above].astype(np.uint64)


def _lists(numbers: Hashes) -> list[Lists]:
    """The texts under each seed that two or more have; in a second turn those that have it twice or more.

    A run of one character, or of one word over and over, has the same seed again and again.
    """
    again = np.zeros(len(numbers), np.bool_)
    again[1:] = numbers[1:] == numbers[:-1]
    third = np.zeros(len(numbers), np.bool_)
    third[1:] = again[1:] & again[:-1]
    found = []
    for turn in (numbers[~again], numbers[again & ~third]):
        lists = Lists(turn >> TEXT_BITS, (turn & TEXT_MASK).astype(np.int64))
        found.append(_chosen(lists, _sizes(lists.seed) > 1))
    return found


def _sizes(seed: Hashes) -> Places:
    """For each place of a sorted array how often its number is there."""
    first = np.flatnonzero(np.append(True, seed[1:] != seed[:-1])[: len(seed)])
    size = np.diff(np.append(first, len(seed)))
    return np.repeat(size, size)


def _chosen(lists: Lists, which: NDArray[np.bool_]) -> Lists:
    return Lists(lists.seed[which], lists.text[which])


def _joined(lists: list[Lists]) -> Lists:
    """All lists as one; the second turns of a seed become lists of their own."""
    numbered = [Lists((part.seed << np.uint64(8)) | np.uint64(turn % 2), part.text) for turn, part in enumerate(lists)]
    seed = np.concatenate([np.empty(0, np.uint64), *(part.seed for part in numbered)])
    text = np.concatenate([np.empty(0, np.int64), *(part.text for part in numbered)])
    order = np.argsort(seed, kind="stable")
    return Lists(seed[order], text[order])


def _paired(lists: Lists) -> Hashes:
    """Every two texts of a list, as one number each."""
    text = lists.text.astype(np.uint64)
    found = [np.empty(0, np.uint64)]
    left, step = np.arange(len(text)), 1
    while len(left):
        left = left[left + step < len(text)]
        left = left[lists.seed[left] == lists.seed[left + step]]
        found.append(_keys(text[left], text[left + step]))
        step += 1
    return np.concatenate(found)


def _keys(x: NDArray[np.uint64], y: NDArray[np.uint64]) -> Hashes:
    return (np.minimum(x, y) << np.uint64(32)) | np.maximum(x, y)


def _counted(keys: Hashes) -> Counted:
    keys = np.sort(keys)
    first = np.flatnonzero(np.append(True, keys[1:] != keys[:-1])[: len(keys)])
    return Counted(keys[first], np.diff(np.append(first, len(keys))))


def _merged(parts: list[Counted]) -> Counted:
    """The pairs of all parts, each once."""
    keys = np.concatenate([part.key for part in parts])
    times = np.concatenate([part.times for part in parts])
    order = np.argsort(keys)
    keys, times = keys[order], times[order]
    first = np.flatnonzero(np.append(True, keys[1:] != keys[:-1])[: len(keys)])
    return Counted(keys[first], np.add.reduceat(times, first) if len(first) else times)


def _led(lists: Lists, rank: Places, star_above: int, together: Together) -> Counted:
    """The pairs that remain of large lists when all who belong to a leader have been taken out."""
    rest = [Counted(np.empty(0, np.uint64), np.empty(0, np.int64))]
    idle = np.zeros(len(lists.seed), np.int64)  # of the list, at each of its places: leaders whom hardly any follow
    verdicts = Verdicts(together)
    by_rank = np.argsort(rank)
    for _ in range(MOST_LEADERS):
        few = _sizes(lists.seed) <= star_above
        rest.append(_counted(_paired(_chosen(lists, few))))
        lists, idle = _chosen(lists, ~few), idle[~few]
        if not len(lists.seed):
            break
        first = np.flatnonzero(np.append(True, lists.seed[1:] != lists.seed[:-1]))
        size = np.diff(np.append(first, len(lists.seed)))
        leader = np.repeat(by_rank[np.minimum.reduceat(rank[lists.text], first)], size)
        follows = verdicts(_keys(leader.astype(np.uint64), lists.text.astype(np.uint64)), leader != lists.text)
        few_follow = np.add.reduceat(follows, first) < HARDLY_ANY * size
        idle = np.where(np.repeat(few_follow, size), idle + 1, 0)
        keep = ~follows & (leader != lists.text) & (idle < 2)
        lists, idle = _chosen(lists, keep), idle[keep]
    return _merged(rest)


class Verdicts:
    """Whether two texts belong together, each pair compared once and only if it shares two of the large lists."""

    def __init__(self, together: Together) -> None:
        self._together = together
        self._known = np.empty(0, np.uint64)
        self._yes = np.empty(0, np.bool_)

    def __call__(self, keys: Hashes, asked: NDArray[np.bool_]) -> NDArray[np.bool_]:
        """The verdict on each pair that is asked for, no on the others."""
        counted = _counted(keys[asked])
        fresh = counted.key[(counted.times > 1) & ~np.isin(counted.key, self._known)]
        if len(fresh):
            yes = self._together(Counted(fresh, fresh.astype(np.int64)).pairs())
            order = np.argsort(np.concatenate([self._known, fresh]))
            self._known = np.concatenate([self._known, fresh])[order]
            self._yes = np.concatenate([self._yes, yes])[order]
        answer = np.zeros(len(keys), np.bool_)
        if len(self._known):
            at = np.minimum(np.searchsorted(self._known, keys), len(self._known) - 1)
            answer = (self._known[at] == keys) & self._yes[at] & asked
        return answer
