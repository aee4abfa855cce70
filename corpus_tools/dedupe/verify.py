"""Exact verification of candidate pairs, in batches that fit in memory, by one process or several."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from corpus_tools.dedupe.candidates import AKIN, ALIKE, APART
from corpus_tools.dedupe.config import GRAM_LENGTH, MOST_REPEATS, SEED_LENGTH, DedupeConfig
from corpus_tools.dedupe.fold import Folded, Places
from corpus_tools.dedupe.kernel import Compared, compare
from corpus_tools.dedupe.pair_sets import in_order
from corpus_tools.dedupe.processes import Workers, in_turn
from corpus_tools.dedupe.seeds import PLACE_BITS, Hashes, rolling_hashes, winnowed, within
from corpus_tools.dedupe.shelf import Shared, Shelf, Slip
from corpus_tools.records import Relation

BATCH = 1_000_000  # characters compared at a time
RELATIONS: tuple[Relation | None, ...] = (None, "near_duplicate", "contains_a", "contains_b", "shares_passage")
NONE, NEAR, CONTAINS_A, CONTAINS_B, SHARES = range(5)
# When two of many texts under one seed belong together; what they are to each other is decided later.
TOGETHER_JACCARD, TOGETHER_CONTAINMENT = 0.3, 0.5


class Verified(NamedTuple):
    """What is known of compared pairs, sorted by pair, and the runs they share."""

    pairs: Places  # shape (n, 2)
    jaccard: NDArray[np.float64]
    containment: NDArray[np.float64]
    relation: NDArray[np.int8]
    runs: NDArray[np.int32]  # shape (n, 4): pair, start in a, start in b, length
    seeds: Places  # shape (n, 3): of pairs that passages alone may relate, what `_seeds_of_runs` gives


class Task(NamedTuple):
    """A batch of pairs to compare, wherever that is done."""

    slip: Slip
    pairs: Places
    a_of: Places  # places of the texts on the slip
    b_of: Places


def verify(
    shelf: Shelf,
    pairs: Places,
    config: DedupeConfig,
    numba: bool,
    workers: Workers | None = None,
    frequent: Shared | None = None,
) -> Verified:
    """All pairs compared. Runs are kept where `config.passages` asks for them; of their seeds the frequent ones."""
    tasks = (_task(shelf, pairs[batch]) for batch in _batches(shelf.lengths, pairs))
    work = partial(compare_task, config=config, numba=numba, frequent=frequent)
    return joined(list(in_turn(workers, work, tasks)))


def with_seeds(verified: Verified, frequent: Hashes) -> Verified:
    """The same without the seeds of runs that are not among these, which are in order.

    Where a run has none of these, nothing else need be known of its pair.
    """
    seeds = verified.seeds[(verified.seeds[:, 2] < 0) | among(verified.seeds[:, 2], frequent)]
    begins = (seeds[:, 1] < 0) & (np.append(seeds[1:, 2], 0) < 0)
    first = np.flatnonzero(begins)
    first = first[np.diff(seeds[first, 0], prepend=-1) != 0]
    settled = np.zeros(len(verified.pairs), np.bool_)
    settled[seeds[first, 0]] = True
    kept = ~settled[seeds[:, 0]]
    kept[first] = kept[first + 1] = True
    return verified._replace(seeds=seeds[kept])


def among(numbers: Places, known: Hashes) -> NDArray[np.bool_]:
    """Which of the numbers are known; those known are in order."""
    if not len(known):
        return np.zeros(len(numbers), np.bool_)
    asked = numbers.astype(np.uint64)
    found: NDArray[np.bool_] = known[np.minimum(np.searchsorted(known, asked), len(known) - 1)] == asked
    return found


def _task(shelf: Shelf, pairs: Places) -> Task:
    texts, at = np.unique(pairs, return_inverse=True)
    return Task(shelf.slip(texts), pairs, *at.reshape(-1, 2).T.copy())


def joined(parts: list[Verified]) -> Verified:
    """Several results as one, sorted by pair."""
    parts = [NOTHING, *parts]
    offsets = np.cumsum([0, *(len(part.pairs) for part in parts)])[:-1]
    pairs, jaccard, containment, relation, runs, seeds = (np.concatenate(column) for column in zip(*parts, strict=True))
    order = in_order(pairs)
    place = np.empty(len(order), np.int32)
    place[order] = np.arange(len(order))
    runs[:, 0] = place[runs[:, 0] + np.repeat(offsets, [len(part.runs) for part in parts])]
    seeds[:, 0] = place[seeds[:, 0] + np.repeat(offsets, [len(part.seeds) for part in parts])]
    runs = runs[np.argsort(runs[:, 0], kind="stable")]
    return Verified(pairs[order], jaccard[order], containment[order], relation[order], runs, seeds)


def relations(a: Places, b: Places, both: Places, config: DedupeConfig) -> NDArray[np.int8]:
    """What the shares alone say of texts with `a` and `b` different 8-grams, NONE where neither is mostly the other.

    A copy of like length is a near duplicate. One that is much shorter and stands nearly whole in the other is
    contained in it: a truncated copy, an excerpt, one essay of a compilation.
    """
    less, more = np.minimum(a, b), np.maximum(a, b)
    near = both >= config.min_jaccard * (a + b - both)
    held = both >= config.min_containment * less
    alike = less >= config.same_length * more
    contains = np.where(a <= b, CONTAINS_A, CONTAINS_B)
    return np.select([near & alike, held, near], [NEAR, contains, NEAR], NONE).astype(np.int8)


def belong_together(verified: Verified) -> NDArray[np.bool_]:
    """Whether two texts that share a frequent seed also share much else."""
    return (verified.jaccard >= TOGETHER_JACCARD) | (verified.containment >= TOGETHER_CONTAINMENT)


def kinship(verified: Verified) -> NDArray[np.int8]:
    """What the texts of each pair are to each other, for whoever looks for families."""
    return np.select([~belong_together(verified), verified.relation == NEAR], [APART, ALIKE], AKIN).astype(np.int8)


NO_SEEDS = np.empty((0, 3), np.int64)
NOTHING = Verified(
    np.empty((0, 2), np.int64),
    np.empty(0),
    np.empty(0),
    np.empty(0, np.int8),
    np.empty((0, 4), np.int32),
    NO_SEEDS,
)


def compare_task(task: Task, config: DedupeConfig, numba: bool, frequent: Shared | None = None) -> Verified:
    """The comparison of one batch, of the seeds of runs the frequent ones if these are given."""
    folded = task.slip.fetch()
    distinct, both, runs = _compared(folded, task, config.min_passage, numba)
    a, b = distinct[task.a_of], distinct[task.b_of]
    relation = relations(a, b, both, config)
    for pair in np.flatnonzero((relation == CONTAINS_A) & (a == b)).tolist():
        # of two alike in size the one that sorts first counts as the part, in whatever order they are compared
        if _other_first(folded, task, pair):
            relation[pair] = CONTAINS_B
    found = Verified(task.pairs, both / (a + b - both), both / np.minimum(a, b), relation, runs, NO_SEEDS)
    doubtful = (relation == NONE) & ~belong_together(found)
    seeds = _seeds_of_runs(folded, task.a_of, runs[doubtful[runs[:, 0]]], config.window, numba)
    found = found._replace(seeds=seeds, runs=runs if config.passages else runs[:0])
    return with_seeds(found, frequent.fetch()) if frequent else found


def _compared(folded: Folded, task: Task, min_run: int, numba: bool) -> Compared:
    """The comparison of the pairs, the same whichever text of a pair stands first.

    Runs start from 8-grams that are not too frequent in the first text (`kernel.py`). Where a text has some that are,
    the one that sorts first is taken for the first.
    """
    found = compare(folded, task.a_of, task.b_of, min_run, numba)
    repeated = np.diff(folded.bounds) - GRAM_LENGTH + 1 - found.distinct >= MOST_REPEATS
    repeated[repeated] = [_most_repeats(folded, text) > MOST_REPEATS for text in np.flatnonzero(repeated).tolist()]
    doubtful = np.flatnonzero(repeated[task.a_of] | repeated[task.b_of]).tolist()
    turned = np.array([pair for pair in doubtful if _other_first(folded, task, pair)], np.int64)
    if not len(turned):
        return found
    turned = turned[np.argsort(task.b_of[turned], kind="stable")]
    again = compare(folded, task.b_of[turned], task.a_of[turned], min_run, numba=False).runs[:, [0, 2, 1, 3]]
    again[:, 0] = turned[again[:, 0]]
    runs = np.concatenate([found.runs[~np.isin(found.runs[:, 0], turned)], again])
    return found._replace(runs=runs[np.lexsort((runs[:, 2], runs[:, 1], runs[:, 0]))])


def _most_repeats(folded: Folded, text: int) -> int:
    """How often a text has the 8-gram that it has most often."""
    return int(np.unique(rolling_hashes(folded.one(text), GRAM_LENGTH), return_counts=True)[1].max())


def _other_first(folded: Folded, task: Task, pair: int) -> bool:
    """Whether the second text of a pair sorts before the first."""
    return folded.one(task.b_of[pair]).tobytes() < folded.one(task.a_of[pair]).tobytes()


def _seeds_of_runs(folded: Folded, a_of: Places, runs: NDArray[np.int32], window: int, numba: bool) -> Places:
    """For each of these runs in turn the seeds that every text with the run has: pair, place in the run, seed.

    Before and after stands a row without a seed (-1): as if a seed ended where the run begins and one began at its end.
    """
    sizes = runs[:, 3].astype(np.int64)
    starts = folded.bounds[a_of[runs[:, 0]]] + runs[:, 1]
    codes = folded.codes[within(np.append(starts, 0), sizes)]
    seeds = winnowed(Folded(codes, np.append(0, np.cumsum(sizes))), window, numba)
    number = np.arange(len(runs))
    run = np.concatenate([number, seeds.text, number])
    place = np.concatenate([np.full(len(runs), -SEED_LENGTH), seeds.place, sizes])
    edge = np.full(len(runs), -1)
    seed = np.concatenate([edge, (seeds.hash >> PLACE_BITS).astype(np.int64), edge])
    order = np.lexsort((place, run))
    return np.stack([runs[run, 0].astype(np.int64), place, seed], axis=1)[order]


def _batches(lengths: Places, pairs: Places) -> Iterator[Places]:
    """The numbers of the pairs of each batch; pairs of one family stand together, so that its texts are read once."""
    if not len(pairs):
        return
    family = np.arange(len(lengths))
    for _ in range(3):
        least = np.minimum(family[pairs[:, 0]], family[pairs[:, 1]])
        np.minimum.at(family, pairs[:, 0], least)
        np.minimum.at(family, pairs[:, 1], least)
    order = in_order(pairs)
    order = order[np.argsort(family[pairs[order, 0]], kind="stable")]
    a, b = pairs[order, 0], pairs[order, 1]
    cost = lengths[b] + np.where(np.diff(a, prepend=-1) != 0, lengths[a], 0)
    batch = np.cumsum(cost) // BATCH
    yield from np.split(order, np.flatnonzero(np.diff(batch)) + 1)
