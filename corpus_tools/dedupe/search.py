"""The search itself: from blocks of texts to everything known of who shares text with whom, as arrays."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from contextlib import contextmanager
from hashlib import blake2b
from itertools import pairwise
from typing import NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from corpus_tools.dedupe.candidates import MOST_TEXTS, Lists, Postings, candidate_pairs, common_seeds, packed
from corpus_tools.dedupe.clusters import families
from corpus_tools.dedupe.config import SEED_LENGTH, DedupeConfig
from corpus_tools.dedupe.fold import Folded, Places, fold
from corpus_tools.dedupe.seeds import Hashes, winnowed
from corpus_tools.dedupe.shelf import Shelf
from corpus_tools.dedupe.verify import NONE, SHARES, Verified, belong_together, joined, open_shelf, verify
from corpus_tools.errors import ConfigError


class Found(NamedTuple):
    """Related pairs of texts that differ, with their runs in folded characters; and which texts are the same."""

    verified: Verified
    copies: Mapping[int, Sequence[int]]  # for the first of each all texts that fold to the same, itself included
    digests: NDArray[np.void]
    lengths: Places


class Batch(NamedTuple):
    """Some texts; from a file also their ids and the places of their rows."""

    texts: Sequence[str]
    names: list[str | int]
    starts: Places


class Block(Protocol):
    """Something that texts can be loaded from, in whichever process works on them."""

    def load(self) -> Batch:
        """The texts of the block."""


class Digested(NamedTuple):
    """What the first pass takes from a block of texts."""

    batch: Batch  # without the texts
    folded: Folded
    digests: bytes
    seeds: Hashes


def search(blocks: Iterable[Block], config: DedupeConfig, note: Callable[[Batch], None] | None = None) -> Found:
    """Who shares text with whom among all texts of the blocks, numbered in order.

    `note` is given each block's ids and places, in order.
    """
    with Shelf() as shelf:
        postings, digests = _first_pass(blocks, shelf, config, note)
        copies = _copies(digests, shelf.lengths())
        distinct = np.zeros(len(shelf), np.bool_)
        distinct[list(copies)] = True
        with _processes(config.workers, shelf, config) as pool:
            led: list[Verified] = []

            def together(pairs: Places) -> NDArray[np.bool_]:
                led.append(verify(shelf, pairs, config, pool))
                return belong_together(led[-1])

            pairs, frequent = candidate_pairs(
                postings, distinct, _ranks(digests), config.star_above, config.common_above, together
            )
            known = joined(led)
            pairs = pairs[~np.isin(_numbers(pairs), _numbers(known.pairs))]
            if config.passages:
                pairs = np.concatenate([pairs, _with_itself(copies, shelf.lengths())])
            verified = joined([known, verify(shelf, pairs, config, pool)])
        return Found(_related(verified, frequent, len(shelf), config), copies, digests, shelf.lengths())


def digest(block: Block, window: int) -> Digested:
    """Folded characters, digests and seeds of a block."""
    batch = block.load()
    folded = fold(batch.texts)
    edges = (folded.bounds * folded.codes.itemsize).tolist()
    data = folded.codes.tobytes()
    digests = [blake2b(data[i:j], digest_size=16).digest() for i, j in pairwise(edges)]
    return Digested(batch._replace(texts=()), folded, b"".join(digests), packed(winnowed(folded, window)))


def _first_pass(
    blocks: Iterable[Block], shelf: Shelf, config: DedupeConfig, note: Callable[[Batch], None] | None
) -> tuple[Postings, NDArray[np.void]]:
    postings, digests, count = Postings(), [], 0
    for digested in _digested(blocks, config):
        shelf.add(digested.folded)
        postings.add(digested.seeds, count)
        digests.append(digested.digests)
        count += len(digested.folded.bounds) - 1
        if count > MOST_TEXTS:
            raise ConfigError(f"One search takes up to {MOST_TEXTS:,} texts; split the corpus.")
        if note:
            note(digested.batch)
    shelf.close()
    return postings, np.frombuffer(b"".join(digests), "V16")


def _digested(blocks: Iterable[Block], config: DedupeConfig) -> Iterator[Digested]:
    """The blocks digested, in order, a few of them under way at a time."""
    if config.workers == 1:
        yield from (digest(block, config.window) for block in blocks)
        return
    with ProcessPoolExecutor(config.workers) as pool:
        waiting: deque[Future[Digested]] = deque()
        for block in blocks:
            waiting.append(pool.submit(digest, block, config.window))
            if len(waiting) > 2 * config.workers:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()


@contextmanager
def _processes(workers: int, shelf: Shelf, config: DedupeConfig) -> Iterator[Executor | None]:
    if workers == 1:
        yield None
        return
    with ProcessPoolExecutor(workers, initializer=open_shelf, initargs=(shelf, config)) as pool:
        yield pool


def _copies(digests: NDArray[np.void], lengths: Places) -> dict[int, list[int]]:
    """Texts that fold to the same, by the first of them; those that fold to nothing are left out."""
    groups: dict[bytes, list[int]] = defaultdict(list)
    for text, (digest, length) in enumerate(zip(digests.tolist(), lengths.tolist(), strict=True)):
        if length:
            groups[digest].append(text)
    return {members[0]: members for members in groups.values()}


def _with_itself(copies: Mapping[int, Sequence[int]], lengths: Places) -> Places:
    """Each text that there is more than once, paired with itself: what its copies share, repeated passages too."""
    same = [first for first, members in copies.items() if len(members) > 1 and lengths[first] >= SEED_LENGTH]
    return np.array([(first, first) for first in same], np.int64).reshape(-1, 2)


def _ranks(digests: NDArray[np.void]) -> Places:
    """A number for each text that depends on what it says and not on where it stands."""
    halves = digests.view(np.uint64).reshape(-1, 2)
    ranks = np.empty(len(halves), np.int64)
    ranks[np.lexsort((halves[:, 1], halves[:, 0]))] = np.arange(len(halves))
    return ranks


def _related(verified: Verified, frequent: Lists, texts: int, config: DedupeConfig) -> Verified:
    """The pairs that have a relation: by their shares, or by a passage that is not common property.

    Common property is what very many unrelated texts carry: a site's stock introduction, a slogan of the year.
    """
    pairs, relation = verified.pairs, verified.relation.copy()
    family = families(pairs[relation != NONE], texts)
    pair, seed = verified.seeds.T
    common = common_seeds(frequent, family, config.common_above)
    own = np.bincount(pair[~np.isin(seed, common)], minlength=len(pairs))
    # passages that edits have broken up leave no run but many shared grams
    edited = (np.bincount(pair, minlength=len(pairs)) == 0) & (verified.containment >= config.min_share)
    if config.min_passage:
        relation[(relation == NONE) & ((own >= 2) | edited)] = SHARES
    kept = relation != NONE
    numbers = (np.cumsum(kept) - 1).astype(np.int32)
    runs = verified.runs[kept[verified.runs[:, 0]]]
    runs[:, 0] = numbers[runs[:, 0]]
    scores = verified.jaccard[kept], verified.containment[kept], relation[kept]
    return Verified(pairs[kept], *scores, runs, verified.seeds[:0])


def _numbers(pairs: Places) -> Places:
    return (pairs[:, 0] << 32) | pairs[:, 1]
