"""The search itself: from blocks of texts to everything known of who shares text with whom, as arrays."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from corpus_tools.dedupe.candidates import Lists, Proposing, candidate_pairs, common_seeds
from corpus_tools.dedupe.clusters import families
from corpus_tools.dedupe.config import SEED_LENGTH, DedupeConfig
from corpus_tools.dedupe.fold import Places, digests_of, fold
from corpus_tools.dedupe.pair_sets import without
from corpus_tools.dedupe.parts import Numbers, Parts, filed
from corpus_tools.dedupe.postings import MOST_TEXTS, packed
from corpus_tools.dedupe.processes import in_turn, processes
from corpus_tools.dedupe.seeds import Hashes, winnowed
from corpus_tools.dedupe.shelf import Shelf, Shelved, put, scratch, shared
from corpus_tools.dedupe.verify import (
    NONE,
    SHARES,
    Verified,
    among,
    belong_together,
    joined,
    kinship,
    verify,
    with_seeds,
)
from corpus_tools.errors import ConfigError

NO_COUNTS = np.empty(0, np.int64)
LARGE = 3_000_000  # characters; below, loading what numba compiled takes longer than it saves


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
    shelved: Shelved
    digests: bytes
    seeds: Numbers
    counts: Places  # of the seeds of each text


class Gathered(NamedTuple):
    """What the first pass has taken from all blocks."""

    shelf: Shelf
    digests: NDArray[np.void]
    seeds: Parts
    counts: Places


class Compared(NamedTuple):
    """Everything a search has gathered before it says who is related; the shelf is closed when the search ends."""

    shelf: Shelf
    copies: Mapping[int, Sequence[int]]
    digests: NDArray[np.void]
    verified: Verified  # also of pairs without a relation, with every seed of their runs


def search(
    blocks: Iterable[Block],
    characters: int,
    config: DedupeConfig,
    note: Callable[[Batch], None] | None = None,
    keep: Callable[[Compared], None] | None = None,
) -> Found:
    """Who shares text with whom among all texts of the blocks, numbered in order.

    `characters` is about how much there is in all: little is done in memory, much on disk and by numba. `note` is given
    each block's ids and places, in order; `keep` everything, for an index that later changes start from.
    """
    large = characters > LARGE
    with scratch(large) as folder, processes(config.workers) as workers:
        work = partial(digest, window=config.window, numba=large, folder=folder)
        shelf, digests, postings, counts = _first_pass(in_turn(workers, work, blocks), note)
        copies = _copies(digests, shelf.lengths)
        times = np.zeros(len(shelf), np.int64)
        times[list(copies)] = [len(same) for same in copies.values()]
        distinct = times > 0
        known: list[Verified] = []

        def kin(pairs: Places) -> NDArray[np.int8]:
            known.append(verify(shelf, pairs, config, large, workers))
            return kinship(known[-1])

        proposing = Proposing(distinct, config.star_above, config.common_above, large, folder)
        pairs, frequent = candidate_pairs(postings, counts, ranks(digests, times), kin, proposing, config, workers)
        frequent_seeds = np.unique(frequent.seed)
        before = joined(known) if keep else with_seeds(joined(known), frequent_seeds)
        seeds = None if keep else shared(frequent_seeds, folder)
        pairs = without(pairs, before.pairs)
        if config.passages:
            pairs = np.concatenate([pairs, _with_itself(copies, shelf.lengths)])
        verified = joined([before, verify(shelf, pairs, config, large, workers, seeds)])
        if keep:
            keep(Compared(shelf, copies, digests, verified))
            verified = with_seeds(verified, frequent_seeds)
    links = verified.pairs[(verified.relation != NONE) | belong_together(verified)]
    return Found(related(verified, links, frequent, len(shelf), config), copies, digests, shelf.lengths)


def digest(block: Block, window: int, numba: bool, folder: Path | None) -> Digested:
    """Folded characters, digests and seeds of a block."""
    batch = block.load()
    folded = fold(batch.texts, numba)
    seeds = winnowed(folded, window, numba)
    return Digested(
        batch._replace(texts=()),
        put(folded, folder),
        b"".join(digests_of(folded)),
        filed(packed(seeds), folder, "seeds"),
        np.bincount(seeds.text, minlength=len(batch.texts)),
    )


def _first_pass(blocks: Iterable[Digested], note: Callable[[Batch], None] | None) -> Gathered:
    shelf, seeds, digests, counts, texts = Shelf(), Parts(), [], [NO_COUNTS], 0
    for block in blocks:
        shelf.add(block.shelved)
        seeds.add(block.seeds, texts)
        digests.append(block.digests)
        counts.append(block.counts)
        texts += len(block.counts)
        if texts > MOST_TEXTS:
            raise ConfigError(f"One search takes up to {MOST_TEXTS:,} texts; split the corpus.")
        if note:
            note(block.batch)
    shelf.close()
    return Gathered(shelf, np.frombuffer(b"".join(digests), "V16"), seeds, np.concatenate(counts))


def _copies(digests: NDArray[np.void], lengths: Places) -> dict[int, list[int]]:
    """Texts that fold to the same, by the first of them; those that fold to nothing are left out."""
    groups: dict[bytes, list[int]] = {}
    for text, digest in enumerate(digests.tolist()):
        if lengths[text]:
            if digest in groups:
                groups[digest].append(text)
            else:
                groups[digest] = [text]
    return {members[0]: members for members in groups.values()}


def _with_itself(copies: Mapping[int, Sequence[int]], lengths: Places) -> Places:
    """Each text that there is more than once, paired with itself: what its copies share, repeated passages too."""
    same = [first for first, members in copies.items() if len(members) > 1 and lengths[first] >= SEED_LENGTH]
    return np.array([(first, first) for first in same], np.int64).reshape(-1, 2)


def ranks(digests: NDArray[np.void], times: Places) -> Places:
    """A number for each text that depends on what it says and not on where it stands; the most copied come first.

    `times` is how many fold to the same: what has many such copies is likely the source of the edited ones.
    """
    halves = digests.view(np.uint64).reshape(-1, 2)
    ranks = np.empty(len(halves), np.int64)
    ranks[np.lexsort((halves[:, 1], halves[:, 0], -times))] = np.arange(len(halves))
    return ranks


def related(verified: Verified, links: Places, frequent: Lists, texts: int, config: DedupeConfig) -> Verified:
    """The pairs that have a relation: by their shares, or by a passage that is not common property.

    `links` are the pairs that make families. Common property is what very many unrelated texts carry, a small part of
    each: a site's stock introduction, a slogan of the year.
    """
    common = common_seeds(frequent, families(links, texts), config.common_above)
    relation = relations_with_passages(verified, common, config)
    kept = relation != NONE
    numbers = (np.cumsum(kept) - 1).astype(np.int32)
    runs = verified.runs[kept[verified.runs[:, 0]]]
    runs[:, 0] = numbers[runs[:, 0]]
    scores = verified.jaccard[kept], verified.containment[kept], relation[kept]
    return Verified(verified.pairs[kept], *scores, runs, verified.seeds[:0])


def relations_with_passages(verified: Verified, common: Hashes, config: DedupeConfig) -> NDArray[np.int8]:
    """The relation of each pair, when `common` are the seeds that are common property, in order."""
    relation = verified.relation.copy()
    if config.min_passage:
        own = _own(verified, common, config.min_passage) | _edited(verified, config)
        relation[(relation == NONE) & (own | belong_together(verified))] = SHARES
    return relation


def _own(verified: Verified, common: Hashes, min_passage: int) -> NDArray[np.bool_]:
    """Which pairs share a stretch of that length with no seed in it that is common property."""
    pair, place, _ = verified.seeds[(verified.seeds[:, 2] < 0) | among(verified.seeds[:, 2], common)].T
    own = np.zeros(len(verified.pairs), np.bool_)
    own[pair[1:][np.diff(place) - SEED_LENGTH >= min_passage]] = True
    return own


def _edited(verified: Verified, config: DedupeConfig) -> NDArray[np.bool_]:
    """Which pairs share no run, since edits have broken up what they share, but many grams."""
    no_run = np.ones(len(verified.pairs), np.bool_)
    no_run[verified.seeds[:, 0]] = False
    return no_run & (verified.containment >= config.min_share)
