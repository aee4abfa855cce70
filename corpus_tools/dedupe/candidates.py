"""Candidate pairs: texts that have two seeds in common, without the square of those that have one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from corpus_tools.dedupe.clusters import families
from corpus_tools.dedupe.config import DedupeConfig
from corpus_tools.dedupe.fast import loops
from corpus_tools.dedupe.fold import Places
from corpus_tools.dedupe.pair_sets import in_order, pairs_of_keys
from corpus_tools.dedupe.parts import Numbers, Part, Parts, filed
from corpus_tools.dedupe.postings import COUNT_BITS, COUNT_MASK, TEXT_BITS, TEXT_MASK, by_lesser_text
from corpus_tools.dedupe.processes import Workers, in_turn
from corpus_tools.dedupe.seeds import Hashes

TURN_BITS = np.uint64(8)  # below a seed: whether the list is of the texts that have it twice
PIECE = 250_000  # seeds looked at in one go
NO_TEXTS = np.empty(0, np.int64)
# A seed is given up as boilerplate when its texts fail verification together: after this many leaders, or two that
# hardly any of a sample of the others agree with.
MOST_LEADERS = 20
SAMPLE = 32
HARDLY_ANY = 0.05

# What two texts are to each other: nothing; each other's part or something like it; near duplicates.
APART, AKIN, ALIKE = range(3)
Kin = Callable[[Places], NDArray[np.int8]]


class Lists(NamedTuple):
    """Texts under the same seed: neighbours with the same number are one list."""

    seed: Hashes
    text: Places


class Candidates(NamedTuple):
    """What the seeds propose."""

    pairs: Places  # with two seeds in common and still to be compared: shape (n, 2), in order, the lesser first
    frequent: Lists  # the texts of each seed that more than so many have


def candidate_pairs(
    seeds: Parts,
    counts: Places,
    rank: Places,
    kin: Kin,
    proposing: Proposing,
    config: DedupeConfig,
    workers: Workers | None = None,
) -> Candidates:
    """The pairs that share two seeds, and the seeds that may be common property.

    `counts` says how many seeds each text has. A seed of more than `star_above` texts gives no square of pairs: `kin`
    compares its texts with a leader, the first by `rank`, and those that belong to the leader are done with; what
    remains has a next leader, or is few enough to be paired. Families so found are paired if they are not too large.
    """
    pairs, large, frequent = Parts(), [], []
    for part in in_turn(workers, proposing.part, seeds):
        pairs.add(part.pairs)
        large += part.large
        frequent.append(part.frequent)
    pairs.add(by_lesser_text(led(_joined(large), rank, kin, config), len(counts)))
    found = in_turn(workers, partial(sharing_two, short=counts < 2), pairs)
    return Candidates(pairs_of_keys(np.concatenate(list(found))), _in_order(_added(*frequent)))


def sharing_two(part: Part, short: NDArray[np.bool_]) -> Hashes:
    """Of counted pairs those that share two seeds, in order; or one seed, where a text is too short for two."""
    total = merged([part.fetch()])
    enough = (total & COUNT_MASK) > 1
    keys = total >> COUNT_BITS
    if short.any():
        enough |= short[(keys >> TEXT_BITS).astype(np.int64)] | short[(keys & TEXT_MASK).astype(np.int64)]
    return keys[enough]


class Proposed(NamedTuple):
    """What one part of the seeds proposes."""

    pairs: Numbers  # counted
    large: list[Lists]  # the texts of each seed that has too many
    frequent: Lists


@dataclass(frozen=True, slots=True)
class Proposing:
    """What it takes to propose pairs, in any process."""

    distinct: NDArray[np.bool_]  # the texts that take part
    star_above: int
    common_above: int
    numba: bool = False
    folder: Path | None = None

    def part(self, seeds: Part) -> Proposed:
        """What one part of the seeds proposes."""
        pairs, large, frequent = self.proposed(seeds.fetch())
        block = by_lesser_text(pairs, len(self.distinct))
        return Proposed(filed(block, self.folder, "pairs"), large, frequent)

    def proposed(self, seeds: Hashes) -> tuple[Hashes, list[Lists], Lists]:
        """The pairs of these seeds, counted; the lists of seeds that have too many texts for that; frequent seeds."""
        mine = seeds[self.distinct[(seeds & TEXT_MASK).astype(np.int64)]]
        mine.sort()
        keys = []
        large = [Lists(mine[:0], NO_TEXTS), Lists(mine[:0], NO_TEXTS)]
        frequent = [Lists(mine[:0], NO_TEXTS)]
        for piece in _pieces(_repeated(mine)):
            for turn, lists in enumerate(_lists(piece)):
                size = _sizes(lists.seed)
                few = size <= self.star_above
                keys.append(paired(_chosen(lists, few), self.numba))
                large[turn] = _added(large[turn], _chosen(lists, ~few))
                if turn == 0:
                    frequent.append(_chosen(lists, size > self.common_above))
        return _counted(np.concatenate([mine[:0], *keys])), large, _added(*frequent)


def _repeated(numbers: Hashes) -> Hashes:
    """Those of the sorted numbers whose seed is there more than once; most seeds of most texts are theirs alone."""
    same = (numbers[1:] ^ numbers[:-1]) <= TEXT_MASK
    kept = np.zeros(len(numbers), np.bool_)
    kept[1:] = same
    kept[:-1] |= same
    return numbers[kept]


def _pieces(numbers: Hashes) -> Iterator[Hashes]:
    """The sorted numbers in pieces that are cut between two seeds."""
    start = 0
    while start < len(numbers):
        end = min(start + PIECE, len(numbers))
        end = int(np.searchsorted(numbers, numbers[end - 1] | TEXT_MASK, "right"))
        yield numbers[start:end]
        start = end


def _added(*lists: Lists) -> Lists:
    return Lists(*(np.concatenate(column) for column in zip(*lists, strict=True)))


def common_seeds(frequent: Lists, family: Places, common_above: int) -> Hashes:
    """The seeds that more than so many families of texts have, in order."""
    carriers = (frequent.seed << TEXT_BITS) | family[frequent.text].astype(np.uint64)
    carriers.sort()
    seed = carriers[_firsts(carriers)] >> TEXT_BITS
    first = _firsts(seed)
    return seed[first[np.diff(np.append(first, len(seed))) > common_above]]


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


def lists_above(numbers: Hashes, most: int) -> list[Lists]:
    """Of these sorted numbers the lists of more than so many texts, and of those that have the seed twice or more."""
    return [_chosen(lists, _sizes(lists.seed) > most) for lists in _lists(numbers)]


def large_lists(numbers: Hashes, star_above: int) -> Lists:
    """The lists that `led` takes, of these sorted numbers; under each seed, eight bits up, the turn."""
    return _joined(lists_above(numbers, star_above))


def _firsts(numbers: Hashes) -> Places:
    """Where in a sorted array each number stands for the first time."""
    return np.flatnonzero(np.append(True, numbers[1:] != numbers[:-1])[: len(numbers)])


def _sizes(seed: Hashes) -> Places:
    """For each place of a sorted array how often its number is there."""
    size = np.diff(np.append(_firsts(seed), len(seed)))
    return np.repeat(size, size)


def _chosen(lists: Lists, which: NDArray[np.bool_] | Places) -> Lists:
    return Lists(lists.seed[which], lists.text[which])


def _joined(lists: list[Lists]) -> Lists:
    """All lists as one; the second turns of a seed become lists of their own."""
    numbered = [Lists((part.seed << TURN_BITS) | np.uint64(turn % 2), part.text) for turn, part in enumerate(lists)]
    seed = np.concatenate([np.empty(0, np.uint64), *(part.seed for part in numbered)])
    text = np.concatenate([np.empty(0, np.int64), *(part.text for part in numbered)])
    return _in_order(Lists(seed, text))


def _in_order(lists: Lists) -> Lists:
    order = np.argsort(lists.seed, kind="stable")
    return _chosen(lists, order)


def paired(lists: Lists, numba: bool = False) -> Hashes:
    """Every two texts of a list, as one number each."""
    if numba and (fast := loops()):
        return np.asarray(fast.paired(*lists))
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
    return (np.minimum(x, y) << TEXT_BITS) | np.maximum(x, y)


def _counted(keys: Hashes) -> Hashes:
    """Each pair once, in order, with how often it is there, up to two, in the lowest bits."""
    keys.sort()
    first = _firsts(keys)
    times = np.minimum(np.diff(np.append(first, len(keys))), 2).astype(np.uint64)
    return (keys[first] << COUNT_BITS) | times


def merged(parts: list[Hashes]) -> Hashes:
    """The pairs of all parts, each once and in order, with the sum of their counts, up to two."""
    keys = np.concatenate([np.empty(0, np.uint64), *parts])
    parts.clear()
    keys.sort()
    same = np.zeros(len(keys) + 1, np.bool_)
    same[1:-1] = (keys[1:] ^ keys[:-1]) <= COUNT_MASK
    first, again = ~same[:-1], same[1:]
    twice = first & again
    keys[twice] = (keys[twice] & ~COUNT_MASK) | np.uint64(2)
    return keys[first]


def led(lists: Lists, rank: Places, kin: Kin, config: DedupeConfig) -> Hashes:
    """The pairs that remain of large lists when all who belong to a leader have been taken out, and those of families.

    Before a leader is compared with a whole list, a sample of it shows whether that is worth while.
    """
    number = np.cumsum(lists.seed != np.roll(lists.seed, 1))
    order = in_order(np.stack([number, rank[lists.text]], axis=1))
    lists = Lists(lists.seed[order], lists.text[order])
    idle = np.zeros(len(lists.seed), np.int64)  # of the list, at each of its places: leaders whom hardly any follow
    verdicts = Verdicts(kin)
    rest: list[Hashes] = []
    for _ in range(MOST_LEADERS):
        few = _sizes(lists.seed) <= config.star_above
        rest.append(_counted(paired(_chosen(lists, few))))
        lists, idle = _chosen(lists, ~few), idle[~few]
        if not len(lists.seed):
            break
        first = _firsts(lists.seed)
        size = np.diff(np.append(first, len(lists.seed)))
        place = np.arange(len(lists.seed)) - np.repeat(first, size)
        leader = np.repeat(lists.text[first], size)
        keys = _keys(leader.astype(np.uint64), lists.text.astype(np.uint64))
        sampled = verdicts(keys, (place > 0) & (place <= SAMPLE))
        promising = np.repeat(np.add.reduceat(sampled.astype(np.int64), first) >= HARDLY_ANY * SAMPLE, size)
        follows = sampled | verdicts(keys, (place > SAMPLE) & promising)
        idle = np.where(promising, 0, idle + 1)
        keep = ~follows & (place > 0) & (idle < 2)
        lists, idle = _chosen(lists, keep), idle[keep]
    rest.append(_within_families(verdicts, len(rank), config.pairs_up_to))
    return merged(rest)


def _within_families(verdicts: Verdicts, texts: int, pairs_up_to: int) -> Hashes:
    """Every two texts of a family and its guests, counted as sharing two seeds; of large families none.

    A family is what near duplicates make, directly or through others; its guests belong together with one of it: a
    truncated copy, a compilation. Guests join no families, or one compilation would make one of five.
    """
    pairs = pairs_of_keys(verdicts.known[verdicts.kin != APART])
    family = families(pairs_of_keys(verdicts.known[verdicts.kin == ALIKE]), texts)
    here = np.stack([family[pairs], family[pairs[:, ::-1]]]).ravel().astype(np.uint64)
    rows = np.unique((here << TEXT_BITS) | np.tile(pairs.ravel(), 2).astype(np.uint64))
    lists = Lists(rows >> TEXT_BITS, (rows & TEXT_MASK).astype(np.int64))
    keys = paired(_chosen(lists, _sizes(lists.seed) <= pairs_up_to))
    return (np.unique(keys) << COUNT_BITS) | np.uint64(2)


class Verdicts:
    """What two texts are to each other, each pair compared once and only if it shares two of the large lists."""

    def __init__(self, compare: Kin) -> None:
        self._compare = compare
        self.known = np.empty(0, np.uint64)
        self.kin = np.empty(0, np.int8)

    def __call__(self, keys: Hashes, asked: NDArray[np.bool_]) -> NDArray[np.bool_]:
        """Whether each pair that is asked for belongs together, no for the others."""
        counted = _counted(keys[asked])
        fresh = counted[(counted & COUNT_MASK) > 1] >> COUNT_BITS
        fresh = fresh[~np.isin(fresh, self.known)]
        if len(fresh):
            order = np.argsort(np.concatenate([self.known, fresh]))
            self.kin = np.concatenate([self.kin, self._compare(pairs_of_keys(fresh))])[order]
            self.known = np.concatenate([self.known, fresh])[order]
        answer = np.zeros(len(keys), np.bool_)
        if len(self.known):
            wanted = keys[asked]
            at = np.minimum(np.searchsorted(self.known, wanted), len(self.known) - 1)
            answer[asked] = (self.known[at] == wanted) & (self.kin[at] != APART)
        return answer
